"""Fast matching finds what a plain search finds, for every kind of query."""

import random

import numpy as np
import pytest

from tests.environment import ROOT
from tests.plain_search import PlainText
from workbench.base.lemmas import Analyser
from workbench.coding.query import parse_query
from workbench.concordance.corpus import Corpus
from workbench.concordance.matching import Matcher
from workbench.loading import load

QUERIES = (
    "palkka", "=palkka", "käsittelijä & !loma", '"oma käsittelijä"', '"oma käsittelijä"~3',
    "/^soit/", "soittaa ~5 puhelin", "virhe ~sentence korjata", "palkka ~turn (virhe | väärin)",
    "(lomake | sähköinen) & (vaikea | pitkä | ulos)", "!palkka & (puhelin | =soittaa)",
    '"oma käsittelijä" ~4 vaihtua', "(palkka ~3 virhe) ~turn =soittaa", "esimies NOT /työ/",
    "päivä ~2 päivä", '"se olla"~6', '"joo ei"', "palkka | puhelin & !(oma | =se)",
    "soittaa | =soittaa", "(palkka | (virhe & korjata)) | (loma | !olla & päivä)",
)  # fmt: skip


@pytest.fixture(scope="module")
def finnish() -> Analyser:
    return Analyser("fi")


@pytest.fixture(scope="module")
def turns() -> list[str]:
    study = load(ROOT)
    texts = [t.text for d in study.documents.values() for t in d.turns.values()]
    return random.Random(1).sample(texts, 150)


@pytest.mark.parametrize("asked", QUERIES)
def test_every_kind_of_query_finds_what_a_plain_search_finds(
    asked: str, turns: list[str], finnish: Analyser
) -> None:
    query = parse_query(asked)
    matcher = Matcher(Corpus.of(turns), {"fi": finnish})
    plain = [
        (n, s) for n, text in enumerate(turns) for s in PlainText(text, finnish).true_of(query)
    ]
    fast = np.flatnonzero(matcher.matches(query))
    first = np.searchsorted(matcher.corpus.text_of, range(len(turns)))
    assert {(n, int(first[n]) + s) for n, s in plain} == {
        (int(matcher.corpus.text_of[s]), int(s)) for s in fast
    }


def test_a_phrase_does_not_go_on_into_the_next_sentence(finnish: Analyser) -> None:
    matcher = Matcher(Corpus.of(["Oma. Käsittelijä vaihtuu.", "Oma käsittelijä."]), {"fi": finnish})
    assert matcher.matches(parse_query('"oma käsittelijä"~2')).tolist() == [False, False, True]


def test_a_turn_matches_where_one_of_its_sentences_does(finnish: Analyser) -> None:
    matcher = Matcher(Corpus.of(["Palkka tuli. Loma alkoi.", "Palkka.", ""]), {"fi": finnish})
    asked = (
        "palkka & loma",
        "palkka !loma",
        "(palkka & loma) | (palkka !loma)",
        "tulla | (loma & x)",
    )
    told = {q: matcher.matches(parse_query(q), "turn").tolist() for q in asked}
    assert told == {
        "palkka & loma": [True, False, False],
        "palkka !loma": [False, True, False],
        "(palkka & loma) | (palkka !loma)": [True, True, False],
        "tulla | (loma & x)": [True, False, False],
    }
