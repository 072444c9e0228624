"""Faults of account plans and product cards."""

from tests.environment import ROOT
from tests.faults import Fault

ROLLUP, OWN = "care/plans/esimiehet.yml", "care/plans/esimiehet-opetus.yml"
CARD = "care/cards/tuntipalkat.yml"
ONE_MORE = """\
name: {fi: Kortti, en: Card, sv: Kort}
promise: {fi: Lupaus, en: Promise, sv: Löfte}
segments: [esimiehet]
when: {fi: Aina, en: Always, sv: Alltid}
inputs: []
result: {fi: Palkka, en: Pay, sv: Lön}
contact: {fi: Käsittelijä, en: Handler, sv: Handläggare}
channels: [tiski]
owner: kasittelija
review: 2011-01
needs: [N06]
"""

STEPS = (ROOT / "parameters/care/cards/tyotodistus.yml").read_text("utf-8")
ALL_OURS = (STEPS, STEPS.replace("side: customer", "side: provider"))

FAULTS = {
    "two A's in a RACI row": Fault(
        ROLLUP, "accountable: esimies", "accountable: [esimies, kasittelija]",
        "accountable:", "'accountable' must be one value",
    ),
    "a task nobody does": Fault(
        OWN, "responsible: [yhdyshenkilo]", "responsible: []",
        "- task:", "nobody is responsible for 'Sopimusten lähettäminen",
    ),
    "a task that stands in the plan above already": Fault(
        OWN, "Sopimusten lähettäminen heti, kun tunnit on jaettu",
        "Työkokemuslisän täyttymisen seuranta", "- task:", "stands twice, first in esimiehet.yml",
    ),
    "a missing Swedish label": Fault(
        OWN, "fi: \"Toinen käsittelijä elokuuksi ja hänen nimensä poissaoloviestiin\"\n"
        "      en: \"A second handler for August, named in the out-of-office reply\"\n"
        "      sv:", "fi: \"Toinen käsittelijä\"\n      en: \"A second handler\"\n      fr:",
        "Toinen käsittelijä", "'task' is not given in sv",
    ),
    "a relationship without value for the customer": Fault(
        OWN, "fi: \"Rehtori voi luvata uudelle opettajalle palkkapäivän, ja lupaus pitää.\"",
        "fi: \"\"", 'fi: ""', "'text' has no text in 'fi'",
    ),
    "a follow-up before the last action is due": Fault(
        OWN, "follow_up: 2011-01", "follow_up: 2010-09",
        "handler:", "followed up in 2010-09, before its last action (2010-12-31)",
    ),
    "a handler without a backup": Fault(
        OWN, "backup: kasittelijan-pari\n", "", "handler:", "nobody to stand in",
    ),
    "an owner of actions without a level": Fault(
        "care/parties.yml", "  level: team\n", "", "palveluesimies:",
        "'palveluesimies' owns actions, and no level",
    ),
    "a card whose steps are all ours": Fault(
        "care/cards/tyotodistus.yml", *ALL_OURS, "side: provider",
        "all steps of tyotodistus are taken by the provider side",
    ),
    "a card without a channel": Fault(
        CARD, "channels: [oma-numero, sisaposti]\n", "", "name:", "names no channel",
    ),
    "a card that will not fit one page": Fault(
        CARD, "fi: \"Tuntipalkat\"", f"fi: \"Tuntipalkat {'x' * 900}\"",
        "name:", "characters in 'fi'",
    ),
    "a card whose review is past": Fault(
        CARD, "review: 2010-11", "review: 2009-11",
        "name:", "was to be reviewed in 2009-11; the material is of 2010-04",
    ),
    "a card of no service": Fault(
        "care/cards/tuntipalkka.yml", "", ONE_MORE, "name:", "no service 'tuntipalkka' for this",
    ),
    "a mistake of a card that rests on nothing": Fault(
        CARD, "    findings: [F04]\n", "", "- text:", "this line rests on nothing",
    ),
    "a service without a card": Fault(
        "care/services.yml", "tyotodistus:", "tyotodistukset:",
        "tyotodistukset:", "tyotodistukset has no product card",
    ),
}  # fmt: skip
