"""Suggestions: off until there is enough to learn from, honest about how often they were right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.environment import ROOT
from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage, format_codings
from workbench.concordance.suggestions import COVERED, Suggestions, TooLittle, learn, suggest
from workbench.study import Study, load


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


def two_codes(folder: Path, codes: tuple[str, str]) -> Study:
    """Return a study of five interviews with fifty coded turns each."""
    head = STUDY["interviews/h01.md"].split("[1]")[0]
    for n in range(5):
        name, said = (
            f"h{n + 10}",
            {"0": "Odotin puoli tuntia jonossa.", "1": "Oma käsittelijä vastasi."},
        )
        path = folder / "interviews" / f"{name}.aino.tsv"
        turns = [said[str(k % 2)] for k in range(50)]
        text = "\n\n".join(f"[{k}] E01: {words}" for k, words in enumerate(turns, 1))
        path.with_name(f"{name}.md").write_text(head.replace("h01", name) + text + "\n", "utf-8")
        codings = [
            Coding(
                Passage(name, k, 0, len(words), words), codes[(k - 1) % 2], "aino", Place(path, 1)
            )
            for k, words in enumerate(turns, 1)
        ]
        path.write_text(format_codings(codings), encoding="utf-8")
    return load(folder)


def test_two_codes_are_enough_and_one_is_not(study_with: Callable[..., Path]) -> None:
    learnt = learn(two_codes(study_with(), ("odotusaika", "kohteliaisuus")))
    assert learnt.first == 1
    (found,) = learnt.suggested([Passage("h10", 1, 0, 8, "jonossa odotin")])
    assert found.codes[0] == "odotusaika"
    assert learnt.suggested([]) == []


def test_one_code_alone_teaches_nothing(study_with: Callable[..., Path]) -> None:
    with pytest.raises(TooLittle):
        learn(two_codes(study_with(), ("odotusaika", "odotusaika")))
