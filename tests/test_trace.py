"""Forward: what became of somebody's words. Backward: why a line exists. The two agree."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.test_trails import RULE, RULES
from workbench import load
from workbench.practice.trace import Trace, trace
from workbench.practice.trails import WORDS
from workbench.study import Study, Unknown

Write = Callable[..., Path]
NEEDS = "parameters/care/needs.yml"


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


def ids(found: Trace) -> list[str]:
    return [key for table, key in found.nodes if table != WORDS]


def test_what_became_of_a_person_s_words_is_followed_to_the_rule(study_with: Write) -> None:
    found = trace(load(study_with({RULES: RULE})), "E01", "en")
    assert ids(found) == ["F01", "N01", "T01", "PS-E-01", "esimiehet"]
    assert found.caption == (
        "What came of it: E01. Coded passages 3; on them rest findings 1, needs 1, actions 1 "
        "and other lines of the care model 2. Passages no finding rests on: 2 (Access, Courtesy). "
        "Open: 1."
    )
    assert [(gap.kind, gap.node[1]) for gap in found.open.found] == [("measure", "PS-E-01")]


def test_when_nothing_came_of_it_that_is_said(study_with: Write) -> None:
    found = trace(load(study_with()), "E02", "en")
    assert found.nodes == ()
    assert "Nothing yet: coded passages 2, but no finding rests on them." in found.caption
    assert "Speaks against: F01." in found.caption
    assert found.unused == ((WORDS, "h02/3 nimetty-yhteyshenkilö"),)


def test_why_a_rule_exists_leads_to_people_and_passages(study_with: Write) -> None:
    found = trace(load(study_with({RULES: RULE})), "PS-E-01", "en")
    assert ids(found) == ["F01", "N01", "T01", "PS-E-01"]
    assert "Behind it: people 2, passages 2." in found.caption


def test_each_step_names_its_ground_on_this_trail(study_with: Write) -> None:
    table = trace(load(study_with({RULES: RULE})), "E01", "en").table
    assert dict(zip(table["Id"], table["Rests on"], strict=True)) == {
        "h01/2 odotusaika": "",
        "F01": "passages: 1",
        "N01": "F01",
        "T01": "N01",
        "PS-E-01": "T01",
        "esimiehet": "N01, T01",
    }


def test_a_law_behind_a_line_is_named(study_with: Write) -> None:
    law = RULE.replace("actions: [T01]", "basis: law\n  reference: {fi: KVTES, en: KVTES}")
    table = trace(load(study_with({RULES: law})), "PS-E-01", "en").table
    assert table["Rests on"].tolist() == ["Based on law or agreement: KVTES"]


def test_what_is_open_on_the_trail_is_told_and_nothing_beside_it(study_with: Write) -> None:
    more = STUDY[NEEDS] + STUDY[NEEDS].replace("N01", "N02").replace("F01", "F02")
    two = STUDY["parameters/care/findings.yml"]
    other = two.replace("F01", "F02").replace("h01/2 odotusaika, h03/1", "h03/1")
    study = load(study_with({NEEDS: more, "parameters/care/findings.yml": two + other}))
    open_ = {gap.node[1]: gap.kind for gap in trace(study, "E01", "en").open.found}
    assert open_ == {"T01": "idle"}
    assert trace(study, "E03", "en").open.found[0].node == ("needs", "N02")


def test_words_under_a_code_the_book_does_not_have_are_named_by_it(study_with: Write) -> None:
    codings = STUDY["interviews/h02.aino.tsv"].replace("\tsaavutettavuus", "\tsaatavuus")
    found = trace(load(study_with({"interviews/h02.aino.tsv": codings})), "E02", "en")
    assert "saatavuus" in found.caption


def test_an_unknown_person_is_told_with_its_near_miss(study_with: Write) -> None:
    with pytest.raises(Unknown, match="Did you mean 'E01'"):
        trace(load(study_with()), "E011")


def test_forward_and_backward_agree_on_every_grounded_line_of_the_example(example: Study) -> None:
    """Whatever passage a line leads back to leads forward to that line."""
    reached: dict[str, set[tuple[str, str]]] = {}
    lines = {(table, key) for table, key, _ in example.care.grounded()}
    for table, key in sorted(lines):
        for passage in trace(example, f"{table}/{key}").of(WORDS):
            words = passage[1]
            if words not in reached:
                reached[words] = set(trace(example, words).nodes)
            assert (table, key) in reached[words], f"{words} does not lead to {table}/{key}"
    assert len(reached) > 100


def test_a_person_reaches_what_their_passages_reach_and_nothing_more(example: Study) -> None:
    found = trace(example, "E03")
    each = (
        trace(example, words).nodes for _, words in found.begun if (WORDS, words) in found.nodes
    )
    assert set(found.nodes) == {node for nodes in each for node in nodes}


def test_a_view_of_a_segment_traces_through_the_whole_study(example: Study) -> None:
    here = example.where(segment="esimiehet")
    assert trace(here, "P07").caption == trace(example, "P07").caption
