"""An old and a new text side by side: which coded words are certain, which are asked about."""

from pathlib import Path

import pytest

from workbench.base.records import Place
from workbench.coding.alignment import Alignment, Fate, Move
from workbench.coding.codings import Coding, Passage
from workbench.material.documents import Document, parse_document

HEAD = "---\nid: h01\nkind: interview\ndate: 2010\ninformant: E01\nlanguage: fi\n---\n"
SAID = (
    "Soitin maanantaina kello yhdeksän ja jonotin puoli tuntia, eikä kukaan vastannut koko aikana."
)
OTHER = "Sähköpostiin sain vastauksen samana päivänä ja se oli selvää suomea alusta loppuun asti."


def document(*turns: str) -> Document:
    text = HEAD + "\n\n".join(f"[{n}] E01: {turn}" for n, turn in enumerate(turns, 1)) + "\n"
    made, problems = parse_document(text, Path("h01.md"), {})
    assert made is not None
    assert problems == []
    return made


def followed(old: tuple[str, ...], new: tuple[str, ...], quote: str, turn: int = 1) -> Move:
    start = old[turn - 1].index(quote)
    passage = Passage("h01", turn, start, start + len(quote), quote)
    coding = Coding(passage, "odotusaika", "aino", Place(Path("h01.aino.tsv"), 2))
    return Alignment(document(*old), document(*new)).follow(coding)


@pytest.mark.parametrize(
    ("new", "fate", "words"),
    [
        ((SAID, OTHER), Fate.EXACT, "jonotin puoli tuntia"),
        ((f"No siis, {SAID}", OTHER), Fate.MOVED, "jonotin puoli tuntia"),
        ((OTHER, SAID), Fate.MOVED, "jonotin puoli tuntia"),
        (
            (SAID.replace("puoli tuntia", "melkein tunnin"), OTHER),
            Fate.CHANGED,
            "jonotin melkein tunnin,",
        ),
        (
            (SAID.replace("kello yhdeksän", "aamulla"), OTHER),
            Fate.AMBIGUOUS,
            "jonotin puoli tuntia",
        ),
    ],
)
def test_words_are_followed_through_an_edit(new: tuple[str, ...], fate: Fate, words: str) -> None:
    move = followed((SAID, OTHER), new, "jonotin puoli tuntia")
    assert (move.fate, move.places[0].quote) == (fate, words)


def test_words_that_are_gone_are_lost() -> None:
    move = followed((SAID, OTHER), ("Ei mitään.", OTHER), "jonotin puoli tuntia")
    assert (move.fate, move.places) == (Fate.LOST, ())


def test_a_short_answer_whose_turn_is_gone_is_never_certain_elsewhere() -> None:
    move = followed(("Joo.", SAID, "Joo."), (SAID, "Joo."), "Joo.", turn=1)
    assert not move.sure


def test_code_points_count_whatever_stands_before() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    move = followed(
        (SAID, OTHER), (f"{family} Äiti\u2029sanoi. {SAID}", OTHER), "jonotin puoli tuntia"
    )
    (place,) = move.places
    assert f"{family} Äiti\u2029sanoi. {SAID}"[place.start : place.end] == "jonotin puoli tuntia"
