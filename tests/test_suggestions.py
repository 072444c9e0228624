"""Suggestions: off until there is enough to learn from, honest about how often they were right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import two_codes
from tests.environment import ROOT
from workbench.coding.codings import Passage
from workbench.concordance.suggestions import COVERED, Suggestions, TooLittle, learn, suggest
from workbench.study import load


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
