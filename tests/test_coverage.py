"""Whom nobody has heard on what, from either side, and what to ask them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import load
from workbench.findings.coverage import coverage
from workbench.study import Unknown

Write = Callable[..., Path]
BOOK = "parameters/codebook/laatutekijat.yml"
PEOPLE = "parameters/informants.yml"


def test_a_cell_holds_the_people_of_a_base_segment_who_spoke_of_it(study_with: Write) -> None:
    table = coverage(load(study_with()), "en").table
    assert list(table.iloc[0]) == ["School supervisors", "Customers", "2/2", "1/2", "1/2"]
    assert list(table.iloc[1]) == ["Market supervisors", "Customers", "1/1", "0/1", "0/1"]


def test_of_a_segment_nobody_serves_nothing_is_known(study_with: Write) -> None:
    table = coverage(load(study_with()), "en").table
    assert list(table.iloc[2]) == ["School supervisors", "Provider", "–", "–", "–"]


def test_the_provider_s_people_count_where_they_serve(study_with: Write) -> None:
    people = STUDY[PEOPLE].replace("{side: provider}", "{side: provider, sector: koulu}")
    changed = {
        PEOPLE: people,
        "interviews/h09.md": STUDY["interviews/h03.md"].replace("h03", "h09").replace("E03", "S01"),
        "interviews/h09.aino.tsv": STUDY["interviews/h03.aino.tsv"],
    }
    rows = coverage(load(study_with(changed)), "en").rows
    heard = {
        r.segment: (len(r.of), r.people["saavutettavuus"]) for r in rows if r.side == "provider"
    }
    assert heard == {"esimiehet-koulu": (1, {"S01"}), "esimiehet-tori": (0, frozenset())}


def test_gaps_become_questions_of_the_codebook_with_those_of_the_codes_below(
    study_with: Write,
) -> None:
    book = STUDY[BOOK].replace(
        "    definition: Käytös.", "    definition: Käytös.\n    ask: Miten sinut otettiin vastaan?"
    )
    plan = coverage(load(study_with({BOOK: book})), "en").plan
    asked = [(g.segment, g.side, g.questions) for g in plan.gaps if g.code == "kohteliaisuus"]
    assert ("esimiehet-tori", "customer", ("Miten sinut otettiin vastaan?",)) in asked


def test_a_code_without_a_question_gets_one_made_of_its_label(study_with: Write) -> None:
    plan = coverage(load(study_with()), "en").plan
    (question,) = next(g.questions for g in plan.gaps if g.code == "kohteliaisuus")
    assert question.startswith("Courtesy: tell of the last time")


def test_groups_nobody_of_whom_was_interviewed_come_first(study_with: Write) -> None:
    gaps = coverage(load(study_with()), "en").plan.gaps
    heard = [g.of > 0 for g in gaps]
    assert heard == sorted(heard) and True in heard and False in heard


def test_a_tree_that_is_not_there_is_told(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no tree of codes 'laatu'"):
        coverage(load(study_with()), tree="laatu")
