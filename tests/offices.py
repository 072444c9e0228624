"""A small office for tests: a unit, two customers, two kinds of encounter, as files."""

UNITS = """\
kouluyksikko: {label: {fi: Yksikkö, en: Unit}, serves: [esimiehet-koulu, esimiehet-tori, esimiehet]}
"""
CUSTOMERS = """\
koulu: {label: {fi: Koulu, en: School}, segment: esimiehet-koulu, source: s}
tori: {label: {fi: Tori, en: Market}, segment: esimiehet-tori, source: s}
"""
ENCOUNTERS = """\
soitto:
  label: {fi: Soitto, en: Call}
  demand: remote
  channels: [puhelin]
  activities:
    - {what: {fi: Soittaa, en: Calls}, actor: customer, party: esimies, minutes: 2}
    - what: {fi: Vastaa, en: Answers}
      actor: provider
      party: kasittelija
      minutes: 3
      evidence: nimi
      findings: [F01]
    - {what: {fi: Kirjaa, en: Notes}, actor: provider, visible: false, minutes: null, system: j}
    - {what: {fi: Kuittaa, en: Confirms}, actor: system, system: j}
  needs: [N01]
käynti: {label: {fi: Käynti, en: Visit}, demand: personal, channels: [puhelin], needs: [N01]}
"""
RELATIONSHIPS = """\
koulu:
  label: {fi: Koulu, en: School}
  customer: koulu
  unit: kouluyksikko
  phase: established
  value_customer: {fi: vastaus, en: answer}
  value_provider: {fi: rauha, en: peace}
  complexity: 2
  needs: [N01]
  volumes:
    - {encounter: soitto, count: 100, source: s}
tori:
  label: {fi: Tori, en: Market}
  customer: tori
  unit: kouluyksikko
  phase: established
  value_customer: {fi: vastaus, en: answer}
  value_provider: {fi: rauha, en: peace}
  needs: [N01]
  volumes:
    - {encounter: soitto, count: null, source: s}
"""
OFFICE: dict[str, str | None] = {
    "parameters/care/units.yml": UNITS,
    "parameters/care/customers.yml": CUSTOMERS,
    "parameters/care/encounters.yml": ENCOUNTERS,
    "parameters/care/relationships.yml": RELATIONSHIPS,
}
"""The files of the office, for `write_study`."""
