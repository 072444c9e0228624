"""Informants: pseudonyms with the study's attributes; consent is never assumed."""

from pathlib import Path

from workbench.base.records import Label
from workbench.material.informants import Consent, Side, parse_informants

PATH = Path("informants.yml")
VOCABULARY = {
    "role": {"esimies": Label({"fi": "esimies"})},
    "sector": {"koulu": Label({"fi": "koulu"}), "tori": Label({"fi": "tori"})},
}


def told(text: str) -> list[str]:
    return [str(p) for p in parse_informants(text, PATH, VOCABULARY)[1]]


def test_an_informant_has_side_consent_and_attributes() -> None:
    text = "E01:\n  side: customer\n  role: esimies\n  consent: {quote: true, archive: false}\n"
    found, problems = parse_informants(text, PATH, VOCABULARY)
    one = found["E01"]
    assert (problems, one.side, one.attributes) == ([], Side.CUSTOMER, {"role": ("esimies",)})
    assert (one.consent, one.place.line) == (Consent(quote=True), 1)


def test_without_a_word_of_consent_nothing_may_be_quoted() -> None:
    found, _ = parse_informants("E01: {side: customer}\n", PATH, VOCABULARY)
    assert found["E01"].consent == Consent(quote=False, archive=False)


def test_an_attribute_may_have_several_values() -> None:
    found, _ = parse_informants("E01: {side: customer, sector: [koulu, tori]}", PATH, VOCABULARY)
    assert found["E01"].attributes["sector"] == ("koulu", "tori")


def test_faults_are_told_with_the_near_miss() -> None:
    assert told("E01: {side: custmer}\n")[0] == (
        "informants.yml:1: 'side' cannot be 'custmer'. Did you mean 'customer'?"
    )
    assert told("E01:\n  side: customer\n  sector: kolu\n") == [
        "informants.yml:3: 'sector' cannot be 'kolu'. Did you mean 'koulu'?"
    ]
    assert told("E01:\n  side: customer\n  sektor: koulu\n") == [
        "informants.yml:3: no attribute 'sektor' in study.yml. Did you mean 'sector'?"
    ]
    assert told("E01: koulu\n") == [
        "informants.yml:1: informant E01: expected `side: …` and attributes below it."
    ]


def test_a_wrong_value_leaves_the_informant_and_the_others() -> None:
    text = "E01: {side: customer, sector: kolu}\nE02: {side: provider}\n"
    found, _ = parse_informants(text, PATH, VOCABULARY)
    assert {name: p.attributes for name, p in found.items()} == {"E01": {"sector": ()}, "E02": {}}
