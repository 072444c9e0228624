"""Faults of customers, relationships, services and strategies."""

from tests.faults import Fault

LABEL = '{fi: "Lomittajat", en: "Relief workers", sv: "Avbytare"}'
PEOPLE = '{value: null, source: {fi: "ei tiedossa", en: "not known", sv: "inte känt"}}'
SEGMENT = (
    f"label: {LABEL}\nlevel: base\nparent: esimiehet\n"
    "rule: {role: esimies, sector: soster, situation: uusi-esimies}\n"
    f"population: {PEOPLE}\n"
)
FAULTS = {
    "a segment no unit serves": Fault(
        "segments/lomittajat.yml", "", SEGMENT, "label:", "no unit serves 'lomittajat'"
    ),
    "a segment without a strategy": Fault(
        "segments/lomittajat.yml", "", SEGMENT, "label:", "'lomittajat' has no strategy"
    ),
    "a relationship in which the customer gains nothing": Fault(
        "care/relationships.yml",
        '  value_customer: {fi: "Vuorolisät ovat oikein',
        '  value_custome: {fi: "Vuorolisät ovat oikein',
        "kotihoito-esimiehet:", "kotihoito-esimiehet has no value for the customer",
    ),
    "a customer whom nobody looks after": Fault(
        "care/customers.yml", "kirjastot-esimiehet:", "kirjasto-esimiehet:",
        "kirjasto-esimiehet:", "kirjasto-esimiehet has no relationship",
    ),
    "a relationship with a unit that does not serve the customer": Fault(
        "care/relationships.yml", "unit: soster", "unit: rekrytuki",
        "unit: rekrytuki", "rekrytuki does not serve 'esimiehet-soster'",
    ),
    "an encounter counted twice": Fault(
        "care/relationships.yml", "encounter: neuvontaviesti", "encounter: neuvontapuhelu",
        "count: 900", "counts 'neuvontapuhelu' twice",
    ),
    "a count below nothing": Fault(
        "care/relationships.yml", "count: 1200", "count: -1200",
        "count: -1200", "-1200 is no count",
    ),
    "an encounter without a channel": Fault(
        "care/encounters.yml", "channels: [toimeksiantolomake, oma-numero]", "channels: []",
        "uusi-tyontekija:", "uusi-tyontekija has no channel",
    ),
    "an encounter without activities": Fault(
        "care/encounters.yml", "  activities:", "  activities: []\nkohtaaminen:",
        "neuvontapuhelu:", "neuvontapuhelu has no activities",
    ),
    "a customer's step taken by the provider": Fault(
        "care/encounters.yml", "party: esimies", "party: kasittelija",
        "party: kasittelija", "'kasittelija' is no customer",
    ),
    "a service whose unit serves somebody else": Fault(
        "care/services.yml", "unit: [tuntipalkat]", "unit: [palkkiot]",
        "unit: [palkkiot]", "palkkiot serves none of the segments of tuntipalkat",
    ),
    "a service without a card": Fault(
        "care/services.yml", "tyotodistus:", "palvelutodistus:",
        "palvelutodistus:", "palvelutodistus has no product card",
    ),
    "a quality target nobody measures": Fault(
        "care/services.yml", "      measure: {fi: \"Korjattuja ensimmäisiä", "      #",
        "determinant: luotettavuus", "a quality target of uuden-tyontekijan-palkka has no measure",
    ),
    "a cycle that does not close": Fault(
        "care/processes.yml", "feeds: [tunnista]", "feeds: []",
        "tunnista:", "what tunnista feeds does not lead to tunnista",
    ),
    "a phase told twice in a strategy": Fault(
        "care/strategies/esimiehet.yml", "phase: ending", "phase: changing",
        "phase: changing", "tells the phase 'changing' twice",
    ),
    "a goal of a strategy nobody measures": Fault(
        "care/strategies/esimiehet-tike.yml", "    measure: {fi: \"Jälkikäteen maksetut",
        "    #measure: {fi: \"Jälkikäteen maksetut",
        "- text: {fi: \"Tunnit ja päivystykset", "a goal of esimiehet-tike has no measure",
    ),
}  # fmt: skip
