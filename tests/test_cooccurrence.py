"""Codes that stand together: the same people, counted as a plain double loop counts them."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from tests import people
from workbench import load
from workbench.coding.codings import Coding
from workbench.findings.cooccurrence import NotWithin, cooccurrence
from workbench.study import Study

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def example() -> Study:
    return people.example()


def near(study: Study, a: Coding, b: Coding, turns: int) -> bool:
    order = list(study.documents[a.document].turns)
    apart = abs(order.index(a.passage.turn) - order.index(b.passage.turn))
    return a.document == b.document and apart <= turns


def overlap(a: Coding, b: Coding) -> bool:
    p, q = a.passage, b.passage
    return (p.document, p.turn) == (q.document, q.turn) and p.start < q.end and q.start < p.end


@pytest.mark.parametrize("within", ["overlap", "turn", "near", "document"])
def test_pairs_are_those_of_a_plain_double_loop(example: Study, within: str) -> None:
    alike = {
        "overlap": overlap,
        "turn": lambda a, b: near(example, a, b, 0),
        "near": lambda a, b: near(example, a, b, 2),
        "document": lambda a, b: a.document == b.document,
    }[within]
    people: dict[frozenset[str], set[str]] = {}
    passages: dict[frozenset[str], int] = {}
    for a, b in combinations(example.counting, 2):
        who = example.speaker(a)
        if a.code != b.code and who == example.speaker(b) and alike(a, b):
            key = frozenset((a.code, b.code))
            people.setdefault(key, set()).update({who} - {""})
            passages[key] = passages.get(key, 0) + 1
    found = cooccurrence(example, within=within).pairs
    assert {frozenset(p[:2]): p.people for p in found} == {k: len(v) for k, v in people.items()}
    assert {frozenset(p[:2]): p.passages for p in found} == passages


def test_words_that_only_touch_do_not_overlap(study_with: Write) -> None:
    rows = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n"
    rows += "2\t0\t24\tsaavutettavuus\t\tPitäis päästä heti läpi.\t\n"
    rows += "2\t24\t49\tkohteliaisuus\t\t Mä jonotin puoli tuntia,\t\n"
    study = load(study_with({"interviews/h01.aino.tsv": rows}))
    pair = {"saavutettavuus", "kohteliaisuus"}
    assert not [p for p in cooccurrence(study).pairs if set(p[:2]) == pair]
    assert [p for p in cooccurrence(study, within="turn").pairs if set(p[:2]) == pair]


def test_behind_a_pair_stand_the_words_of_both(study_with: Write) -> None:
    found = cooccurrence(load(study_with()), "en", within="turn").quotes(
        "saavutettavuus", "odotusaika"
    )
    assert [c.passage.turn for c in found.codings] == [2, 2]
    assert found.caption.startswith("Access + Waiting: 2 passages, 1 people")


def test_with_top_a_code_counts_as_the_one_above_it_and_never_beside_itself(
    study_with: Write,
) -> None:
    result = cooccurrence(load(study_with()), within="turn", top=True)
    assert "odotusaika" not in {code for p in result.pairs for code in p[:2]}
    assert all(p.one != p.other for p in result.pairs)


def test_the_matrix_is_symmetric_and_has_people_in_it(study_with: Write) -> None:
    result = cooccurrence(load(study_with()), "en", within="document").matrix
    matrix = result.table.set_index("Code")
    assert matrix.loc["Access", "Courtesy"] == matrix.loc["Courtesy", "Access"] == 1
    assert matrix.loc["Access", "Access"] == 0


def test_another_reach_is_refused_with_those_there_are(study_with: Write) -> None:
    with pytest.raises(NotWithin, match="overlap, turn, near, document"):
        cooccurrence(load(study_with()), within="page")


def test_pairs_of_most_people_come_first(example: Study) -> None:
    pairs = cooccurrence(example, within="document").pairs
    assert [p[2:] for p in pairs] == sorted((p[2:] for p in pairs), reverse=True)


def test_only_the_codes_asked_for_are_paired(example: Study) -> None:
    wanted = {"viestintä", "turvallisuus", "pätevyys"}
    pairs = cooccurrence(example, within="document", codes=wanted).pairs
    assert {code for p in pairs for code in p[:2]} == wanted
