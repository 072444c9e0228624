"""An edited transcript moves or loses codings; none ever stands on other words."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.problems import Level
from workbench.base.records import Place
from workbench.coding.anchors import anchor
from workbench.coding.codings import Coding, Passage, Standing
from workbench.material.documents import Document, Kind, Turn

FAMILY = "👩‍👩‍👧‍👦"
SAID = [
    "Käsittelijä vaihtui taas.",
    f"Perhe {FAMILY} odotti.",
    "Jono\u2029katkesi kesken.",
    "Joo. Joo.",
]


def document(*said: str, first: int = 1) -> Document:
    turns = {n: Turn(n, "E01", text, n) for n, text in enumerate(said, first)}
    return Document("h01", Kind.INTERVIEW, "2010", "fi", Path("h01.md"), turns, "E01")


def coding(turn: int, start: int, end: int, quote: str) -> Coding:
    return Coding(Passage("h01", turn, start, end, quote), "a", "aino", Place(Path("h01.tsv"), 2))


def every_word(said: list[str]) -> list[Coding]:
    """Code every run of one to three words, the way a coder's mouse would."""
    found = []
    for number, text in enumerate(said, 1):
        starts = [i for i, c in enumerate(text) if c != " " and (i == 0 or text[i - 1] == " ")]
        for n, start in enumerate(starts):
            for m in range(n, min(n + 3, len(starts))):
                end = starts[m + 1] - 1 if m + 1 < len(starts) else len(text)
                found.append(coding(number, start, end, text[start:end]))
    return found


def settled(codings: list[Coding], now: Document) -> list[Coding]:
    placed, problems = anchor(codings, now)
    assert len(placed) == len(codings)
    for c in placed:
        p = c.passage
        if c.standing is not Standing.LOST:
            assert now.turns[p.turn].text[p.start : p.end] == p.quote
    doubts = [p for p in problems if "stands in its place" in p.message]
    assert len(problems) - len(doubts) == sum(c.standing is not Standing.EXACT for c in placed)
    return placed


def test_in_an_unchanged_transcript_every_coding_is_in_its_place() -> None:
    assert {c.standing for c in settled(every_word(SAID), document(*SAID))} == {Standing.EXACT}


def test_a_turn_put_in_before_moves_the_codings_with_their_words() -> None:
    placed = settled(every_word(SAID), document("Uusi alku.", *SAID))
    assert {c.standing for c in placed} == {Standing.MOVED}
    assert all(
        c.passage.turn == old.passage.turn + 1
        for c, old in zip(placed, every_word(SAID), strict=True)
    )


def test_a_sentence_moved_within_its_turn_is_followed_and_told() -> None:
    before, after = "Ensin jono. Sitten kiitos.", "Sitten kiitos. Ensin jono."
    placed, (problem,) = anchor([coding(1, 0, 11, "Ensin jono.")], document(after))
    assert document(before).turns[1].text[0:11] == "Ensin jono."
    assert placed[0].passage == Passage("h01", 1, 15, 26, "Ensin jono.")
    assert (problem.level, problem.message) == (
        Level.WARNING, "'Ensin jono.' moved from [1] 0–11 to [1] 15–26.",
    )  # fmt: skip


def test_a_replaced_word_loses_the_coding_and_shows_what_is_most_similar() -> None:
    placed, (problem,) = anchor(
        [coding(1, 0, 18, "Käsittelijä vaihtu")], document("Käsittelijä vaihdettiin taas.")
    )
    assert placed[0].standing is Standing.LOST
    assert problem.level is Level.ERROR
    assert "is no longer in h01; the coding does not count" in problem.message
    assert "Most similar: [1] 'Käsittelijä vaihdettiin'" in problem.hint


def test_of_two_places_the_nearest_is_taken_and_the_doubt_is_told() -> None:
    placed, (problem,) = anchor([coding(1, 9, 13, "Joo.")], document("Joo. Niin. Joo."))
    assert placed[0].passage.start == 11
    assert "The words stand in 2 places" in problem.hint


@pytest.mark.parametrize("now", ["Ainakin jonotin.", "Sitä vaihdettiin."])
def test_words_are_not_followed_into_the_middle_of_another_word(now: str) -> None:
    placed, _ = anchor([coding(1, 0, 4, "Aina"), coding(1, 5, 7, "ei")], document("Vei.", now))
    assert {c.standing for c in placed} == {Standing.LOST}


@pytest.mark.parametrize("turn", [0, 9])
def test_words_of_a_turn_that_is_gone_are_looked_for_elsewhere(turn: int) -> None:
    placed, _ = anchor([coding(turn, 0, 4, "Jono")], document("Ei.", "Jono oli pitkä."))
    assert (placed[0].standing, placed[0].passage.turn) == (Standing.MOVED, 2)


def test_offsets_count_code_points_not_bytes_or_glyphs() -> None:
    text = f"ä{FAMILY}\u2029loppu"
    start = 1 + 7 + 1
    placed = settled([coding(1, start, start + 5, "loppu")], document(text))
    assert placed[0].standing is Standing.EXACT


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_whatever_is_edited_no_coding_stands_on_other_words(seed: int, edits: int) -> None:
    dice = random.Random(seed)
    said = list(SAID)
    for _ in range(edits):
        at = dice.randrange(len(said))
        words = said[at].split(" ")
        match dice.randrange(4):
            case 0:
                said.insert(at, dice.choice(["Hm.", "Käsittelijä soitti.", f"{FAMILY}"]))
            case 1:
                words[dice.randrange(len(words))] = dice.choice(["jotain", "ä", FAMILY])
                said[at] = " ".join(words)
            case 2:
                dice.shuffle(words)
                said[at] = " ".join(words)
            case _:
                said.append(said.pop(at))
    settled(every_word(SAID), document(*said))
