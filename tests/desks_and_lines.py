"""A small service for tests: two channels, two encounters, a rule and what was counted of them."""

from tests.offices import OFFICE
from tests.sources import ALL

CHANNELS = """\
puhelin:
  label: {fi: Puhelin, en: Phone}
  level: remote
  fits: [remote]
  owner: kasittelija
  uses: {fi: neuvonta, en: advice}
  facet: puhelin
  needs: [N01]
posti:
  label: {fi: Posti, en: Mail}
  level: remote
  fits: [remote]
  owner: kasittelija
  uses: {fi: viestit, en: messages}
  facet: sähköposti
  needs: [N01]
"""
ENCOUNTERS = """\
soitto:
  label: {fi: Soitto, en: Call}
  demand: remote
  channels: [puhelin, posti]
  facet: neuvonta
  needs: [N01]
"""
SERVICES = """\
neuvonta:
  label: {fi: Neuvonta, en: Advice}
  group: advice
  unit: [kouluyksikko]
  segments: [esimiehet]
  what: {fi: neuvo, en: advice}
  result: {fi: vastaus, en: answer}
  needs: [N01]
"""
RULE = """\
PS-Y-01:
  set: general
  trigger: {fi: puhelin soi, en: the phone rings}
  actor: kasittelija
  must: {fi: käsittelijä vastaa, en: the handler answers}
  by_when: {fi: heti, en: at once}
  escalation: {fi: soita esimiehelle, en: call the lead}
  measure: {fi: vastatut, en: answered}
  owner: kasittelija
  valid_from: 2010-09
  determinant: kohteliaisuus
  prevents: [soitto]
  basis: management
  reference: päätös
"""
FEEDBACK = """\
postipalaute:
  label: {fi: Palaute postilla, en: Feedback by mail}
  captures: {fi: kaikki, en: all}
  channel: posti
  owner: kasittelija
  loop_back: {fi: viidessä päivässä, en: in five days}
  days: 5
  sources: [palaute]
  needs: [N01]
"""
ITEMS = """\
tunnus,rooli,toimiala,pvm,laji,kanava,palaute,koodit,lainata,vastattu
P1,esimies,koulu,2010-03-01,moite,sähköposti,Kolmas viesti,odotusaika neuvonta -,ei,2010-03-08
P1,esimies,koulu,2010-03-01,moite,sähköposti,Neljäs viesti,odotusaika neuvonta -,ei,2010-03-09
P3,esimies,tori,2010-03-01,moite,sähköposti,Viides viesti,saavutettavuus koettu -,ei,
P3,esimies,tori,2010-03-09,moite,sähköposti,Kuudes viesti,saavutettavuus koettu -,ei,
P3,esimies,tori,2010-03-01,kiitos,sähköposti,Hyvä,kohteliaisuus koettu +,ei,
,,,2010-03-01,moite,sähköposti,Nimetön,odotusaika koettu -,ei,
P3,esimies,tori,2010-03-01,moite,puhelin,Puhelu,saavutettavuus koettu -,ei,
"""
SERVICE: dict[str, str | None] = {
    **ALL,
    **OFFICE,
    "parameters/care/channels.yml": CHANNELS,
    "parameters/care/encounters.yml": ENCOUNTERS,
    "parameters/care/rules.yml": RULE,
    "parameters/care/feedback.yml": FEEDBACK,
    "observations/palaute.csv": ITEMS,
    "observations/palaute.yml": (ALL["observations/palaute.yml"] or "")
    + "channel: kanava\nanswered: vastattu\n",
}
"""The files of the service, for `write_study`."""
