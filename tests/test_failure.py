"""Failure demand: three sources beside one another, the rule that prevents, what none does."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.desks_and_lines import ENCOUNTERS, RULE, SERVICE, SERVICES
from workbench.practice.failure import FailureDemand

Write = Callable[..., Path]
FAILING = ENCOUNTERS + "  failure_of: [neuvonta]\n"
CODINGS = """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
2\t25\t49\todotusaika\tkoettu neuvonta -\tMä jonotin puoli tuntia,\t
3\t0\t30\tkohteliaisuus\tkoettu +\tYstävällisiä ne kyllä on aina.\t
"""


def failing(write: Write, rule: str = RULE) -> FailureDemand:
    files = {
        **SERVICE,
        "parameters/care/encounters.yml": FAILING,
        "parameters/care/services.yml": SERVICES,
        "parameters/care/rules.yml": rule,
        "interviews/h01.aino.tsv": CODINGS,
        "interviews/h01.eero.tsv": None,
    }
    return wb.failure_demand(wb.load(write(files)), "en")


def test_a_study_that_calls_nothing_a_failure_has_no_failure_demand(study_with: Write) -> None:
    found = wb.failure_demand(wb.load(study_with(SERVICE)))
    assert found.table.empty
    assert found.rules == ()


def test_each_source_has_its_own_number_and_none_is_a_sum(study_with: Write) -> None:
    row = failing(study_with).table.iloc[0]
    assert list(row)[2:] == ["1/3", 2, "230"]


def test_a_service_names_the_rules_that_prevent_its_failures(study_with: Write) -> None:
    row = failing(study_with).by_service.iloc[0]
    assert list(row) == ["Advice", "Call", "100 (not known: 1 of 2)", "PS-Y-01"]


def test_words_that_are_no_business_of_a_preventing_rule_are_prevented_by_none(
    study_with: Write,
) -> None:
    found = failing(study_with)
    assert list(found.by_rule.iloc[0])[3:] == ["0/3", 0]
    assert [list(row) for row in found.unprevented.itertuples(index=False)] == [
        ["Waiting", "1/3", "2"]
    ]


def test_a_rule_is_about_the_codes_above_and_below_its_determinant(study_with: Write) -> None:
    found = failing(study_with, RULE.replace("kohteliaisuus", "saavutettavuus"))
    assert list(found.by_rule.iloc[0])[3:] == ["1/3", 2]
    assert found.unprevented.empty


def test_a_rule_is_about_the_words_it_rests_on(study_with: Write) -> None:
    grounded = RULE.replace("  basis: management\n  reference: päätös\n", "  needs: [N01]\n")
    assert failing(study_with, grounded).unprevented.empty


def test_an_encounter_no_rule_prevents_comes_first(study_with: Write) -> None:
    found = failing(study_with, RULE.replace("  prevents: [soitto]\n", ""))
    assert [row[0] for row in found.unprevented.itertuples(index=False)] == ["Call", "Waiting"]
    assert found.by_service.iloc[0].iloc[3] == "no rule prevents it"
