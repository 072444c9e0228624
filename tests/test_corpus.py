"""Texts as arrays: positions lead back to code points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.concordance.corpus import WORD, Corpus


def test_positions_lead_back_to_the_words() -> None:
    corpus = Corpus.of(["Eka lause. Toka, vai?", "", "Ovtes:n työ-asia 😀 loppu"])
    every = np.arange(len(corpus.ids), dtype=np.int32)
    places = corpus.code_points(every, every)
    words = [corpus.texts[text][start:end] for text, start, end, *_ in places]
    assert [corpus.texts[text][a:b] for text, _, _, a, b in places][:3] == [
        "Eka lause.", "Eka lause.", "Toka, vai?",
    ]  # fmt: skip
    assert words == ["Eka", "lause", "Toka", "vai", "Ovtes:n", "työ-asia", "loppu"]


def test_a_form_has_all_its_positions() -> None:
    corpus = Corpus.of(["a b a", "b a"])
    a = np.array([corpus.forms.index(("fi", "a"))], np.int32)
    assert corpus.positions(a).tolist() == [0, 2, 4]
    assert corpus.turn_of.tolist() == [0, 0, 0, 1, 1]


def test_the_same_form_in_two_languages_is_two() -> None:
    corpus = Corpus.of(["kiss", "kiss"], ["sv", "en"])
    assert corpus.forms == (("sv", "kiss"), ("en", "kiss"))


def test_no_texts_are_an_empty_corpus() -> None:
    corpus = Corpus.of([])
    assert (len(corpus.ids), corpus.sentence_of.tolist()) == (0, [])


@given(st.lists(st.text(alphabet="aä .!?-\n", max_size=40), max_size=5))
def test_every_word_of_every_text_is_in_it_once(texts: list[str]) -> None:
    corpus = Corpus.of(texts)
    forms = [corpus.forms[n][1] for n in corpus.ids.tolist()]
    assert forms == [word for text in texts for word in WORD.findall(text)]
