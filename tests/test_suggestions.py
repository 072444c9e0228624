"""Suggestions: off until there is enough to learn from, honest about how often they were right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.environment import ROOT
from workbench.concordance.suggestions import COVERED, Suggestions, TooLittle, suggest
from workbench.study import load


@pytest.fixture(scope="module")
def suggested() -> Suggestions:
    return suggest(load(ROOT))


def test_a_small_study_gets_no_suggestions(study_with: Callable[..., Path]) -> None:
    with pytest.raises(TooLittle, match="at least 200 coded passages"):
        suggest(load(study_with()))


def test_the_whole_set_holds_the_right_code_as_often_as_it_should(suggested: Suggestions) -> None:
    assert COVERED - 0.02 <= suggested.covered <= COVERED + 0.05


def test_how_often_suggestions_were_right_is_said(suggested: Suggestions) -> None:
    assert 0.15 < suggested.first < suggested.right < suggested.covered
    assert f"{round(100 * suggested.first)} kertaa sadasta" in suggested.caption
    assert f"{round(100 * suggested.right)} kertaa sadasta" in suggested.caption


def test_only_sentences_nobody_coded_are_suggested_for(suggested: Suggestions) -> None:
    coded = [(c.document, c.passage.turn, c.passage) for c in suggested.study.codings]
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
        assert set(s.codes) <= set(suggested.study.codebook.content)
    among = [s.among for s in suggested.made]
    assert among == sorted(among)
    assert len(suggested.table) == len(suggested.made)
