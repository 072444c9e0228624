"""Suggestions: off until there is enough to learn from, honest about how often they were right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY, two_codes
from tests.environment import ROOT
from workbench.coding.codings import Passage
from workbench.concordance.suggestions import COVERED, Suggestions, TooLittle, learn, suggest
from workbench.loading import load


@pytest.fixture(scope="module")
def suggested() -> Suggestions:
    return suggest(load(ROOT))


def test_a_small_study_gets_no_suggestions(study_with: Callable[..., Path]) -> None:
    with pytest.raises(TooLittle, match="at least 200 coded passages"):
        suggest(load(study_with()))


def test_the_whole_set_holds_the_right_code_as_often_as_it_should(suggested: Suggestions) -> None:
    assert COVERED - 0.02 <= suggested.learnt.covered <= COVERED + 0.05


def test_how_often_suggestions_were_right_is_said(suggested: Suggestions) -> None:
    assert 0.15 < suggested.learnt.first < suggested.learnt.right < suggested.learnt.covered
    assert f"{round(100 * suggested.learnt.first)} kertaa sadasta" in suggested.caption
    assert f"{round(100 * suggested.learnt.right)} kertaa sadasta" in suggested.caption


def test_only_sentences_nobody_coded_are_suggested_for(suggested: Suggestions) -> None:
    coded = [(c.document, c.passage.turn, c.passage) for c in suggested.learnt.study.codings]
    assert suggested.made
    for s in suggested.made:
        p = s.passage
        assert not [
            q for d, t, q in coded if (d, t) == (p.document, p.turn)
            and q.start < p.end and p.start < q.end
        ]  # fmt: skip


def test_a_list_is_short_of_codes_that_exist_and_the_surest_comes_first(
    suggested: Suggestions,
) -> None:
    for s in suggested.made:
        assert 1 <= len(s.codes) <= 3
        assert set(s.codes) <= set(suggested.learnt.study.codebook.content)
    among = [s.among for s in suggested.made]
    assert among == sorted(among)
    assert len(suggested.table) == len(suggested.made)


def test_two_codes_are_enough_and_one_is_not(study_with: Callable[..., Path]) -> None:
    learnt = learn(load(two_codes(study_with(), ("odotusaika", "kohteliaisuus"))))
    assert learnt.first > 0.99
    (found,) = learnt.suggested([Passage("h10", 1, 0, 8, "jonossa odotin")])
    assert found.codes[0] == "odotusaika"
    assert learnt.suggested([]) == []


def test_one_code_alone_teaches_nothing(study_with: Callable[..., Path]) -> None:
    with pytest.raises(TooLittle):
        learn(load(two_codes(study_with(), ("odotusaika", "odotusaika"))))


def test_a_code_of_one_document_alone_is_learnt_but_never_proved(
    study_with: Callable[..., Path],
) -> None:
    none = {f"interviews/{n}.tsv": None for n in ("h01.aino", "h01.eero")}
    folder = two_codes(study_with(none), ("odotusaika", "odotusaika"))
    path = folder / "interviews/h10.aino.tsv"
    lines = path.read_text("utf-8").split("\n")
    other = [
        line.replace("odotusaika", "kohteliaisuus") if "Oma" in line else line for line in lines
    ]
    path.write_text("\n".join(other), encoding="utf-8")
    learnt = learn(load(folder))
    assert set(learnt.codes) == {"kohteliaisuus", "odotusaika"}
    assert learnt.first < 0.9  # 50 of 250 passages are of the document whose codes nobody proved


def test_how_many_codes_are_possible_is_counted_from_those_that_score_enough(
    study_with: Callable[..., Path],
) -> None:
    learnt = learn(load(two_codes(study_with(), ("odotusaika", "kohteliaisuus"))))
    said = ("Odotin puoli tuntia jonossa.", "Hyvää huomenta sinne.")
    one, none = learnt.suggested([Passage("h10", 1, 0, len(words), words) for words in said])
    assert (one.codes[0], one.among) == ("odotusaika", 1)
    assert none.among == 0


def test_nothing_is_learnt_from_a_machine_even_if_it_counts(
    study_with: Callable[..., Path],
) -> None:
    settings = "parameters/study.yml"
    named = STUDY[settings].replace("coders: [aino, eero]", "coders: [aino, eero, auto]")
    folder = two_codes(study_with({settings: named}), ("odotusaika", "kohteliaisuus"))
    before = learn(load(folder)).passages
    (folder / "interviews/h10.aino.tsv").rename(folder / "interviews/h10.auto.tsv")
    assert learn(load(folder)).passages == before - 50
