"""Time stamps become times of turns; clock times in speech stay words, and no word is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.material.stamps import Piece, clock, pieces


def told(text: str, spoken: bool = True) -> list[tuple[str, str]]:
    return [(p.time if p.sure else "", p.text) for p in pieces(text, spoken)[0] if p.text]


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("00:12:31", "0:12:31"),
        ("12:31", "0:12:31"),
        ("75:10", "1:15:10"),
        ("0:0:5.120", "0:00:05"),
        ("00:12:31-5", "0:12:31"),
        ("01:02:03,999", "1:02:03"),
        ("00:00:59:24", "0:00:59"),
    ],
)
def test_a_stamp_is_read_to_the_second(stamp: str, time: str) -> None:
    assert clock(stamp) == time


@pytest.mark.parametrize(
    "line",
    [
        "[00:12:31] H: Niin.",
        "(0:12:31) H: Niin.",
        "(12:31) H: Niin.",
        "00:12:31 H: Niin.",
        "#00:12:31-5# H: Niin.",
        "H: [00:12:31] Niin.",
        "H [00:12:31]: Niin.",
        "H (12:31): Niin.",
        "H: #00:12:31-5# Niin.",
        "[00:12:31.000 --> 00:12:40.000]  H: Niin.",
        "12:31 H: Niin.",
    ],
)
def test_the_forms_in_which_a_turn_carries_its_time(line: str) -> None:
    (piece,) = pieces(line)[0]
    assert (piece.time, piece.label, piece.words) == ("0:12:31", "H", "Niin.")


@pytest.mark.parametrize(
    "line",
    [
        "klo 12:31 soitin",
        "H: palaveri alkaa 9:00",
        "12:31 soitin",
        "H: 12:31 soitin sinne",
        "se kesti (9:00) asti",
        "Palaveri 9:00: se alkoi",
        "Kokous (9:00): se alkoi",
        "suhde on 3:4 ja 12:75 ei ole aika",
        "Raamattu, 1. Moos. 12:31-35",
    ],
)
def test_a_clock_time_in_speech_stays_words(line: str) -> None:
    assert told(line) == [("", line)]


def test_a_stamp_inside_a_line_parts_it() -> None:
    line = "H: Ensin näin. [00:01:00] Sitten noin. #00:02:00-1# Lopuksi."
    assert told(line) == [
        ("", "H: Ensin näin."),
        ("0:01:00", "Sitten noin."),
        ("0:02:00", "Lopuksi."),
    ]


def test_a_stamp_at_the_end_is_where_the_next_turn_begins() -> None:
    """So f4 writes it, and the last one begins nothing: it is told with its line."""
    found, lost = pieces("I: Missä? #00:00:05-1#\nB: Täällä. #00:00:09-8#\n\n")
    assert [(p.time, p.text) for p in found if p.text] == [
        ("", "I: Missä?"),
        ("0:00:05", "B: Täällä."),
    ]
    assert lost == [(2, "0:00:09")]


def test_an_end_that_the_next_line_says_too_is_not_told() -> None:
    text = "#00:00:00-0# I: Missä? #00:00:05-1#\n#00:00:05-1# B: Täällä."
    assert pieces(text)[1] == []
    assert pieces(text.replace("\n#00:00:05-1#", "\n#00:00:06-0#"))[1] == [(1, "0:00:05")]


def test_a_time_alone_on_a_line_is_that_of_the_next() -> None:
    assert told("0:03\nNo niin.\n00:00:07\nAlkaako?") == [
        ("0:00:03", "No niin."),
        ("0:00:07", "Alkaako?"),
    ]


def test_names_that_head_turns_with_a_time_are_speakers() -> None:
    """So Teams and Otter write it; a heading that stands once is none."""
    text = "Palaveri 9:00\nMatti Meri   0:03\nHei vaan.\n\nSpeaker 2   0:05\nHei.\nMatti Meri   1:15:07\nNo.\nSpeaker 2   1:16:00\nNiin."  # noqa: E501
    found = [p for p in pieces(text)[0] if p.text]
    assert (found[0].text, found[0].time) == ("Palaveri 9:00", "")
    assert [(p.label, p.time) for p in found if p.label] == [
        ("Matti Meri", "0:00:03"),
        ("Speaker 2", "0:00:05"),
        ("Matti Meri", "1:15:07"),
        ("Speaker 2", "1:16:00"),
    ]


def test_in_notes_a_bare_time_is_the_clock_s() -> None:
    text = "9:00\n9:05 asiakas1: Huomenta.\n09:10:30 jono\n[0:12:31] puhetta"
    assert told(text, spoken=False) == [
        ("", "9:00"),
        ("", "9:05 asiakas1: Huomenta."),
        ("", "09:10:30 jono"),
        ("0:12:31", "puhetta"),
    ]


MARKS = re.compile(r"\[0:01:0\d\]|#00:02:0\d-5#")
word = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=6)
clean = word.filter(lambda w: not re.search(r"\d:\d|[\[\]#()]", w))
stamp = st.sampled_from(["[0:01:07]", "#00:02:03-5#"])
lines = st.lists(st.lists(clean | stamp, max_size=7).map(" ".join), max_size=6)


@given(lines)
def test_no_word_is_lost_and_no_stamp_left_whatever_stands_where(made: list[str]) -> None:
    text = "\n".join(made)
    found, lost = pieces(text)
    words = " ".join(p.text for p in found).split()
    assert words == MARKS.sub(" ", text).split()
    times = {p.time for p in found if p.time} | {time for _, time in lost}
    assert times == {clock(mark) for mark in MARKS.findall(text)}


@pytest.mark.parametrize(
    "line", ["[" * 10**6, "0:" * 10**6, "#0:00:" * 10**5, "A " * 10**6, "1" * 10**6]
)
def test_a_hostile_line_takes_no_longer_than_another(line: str) -> None:
    assert pieces(line)[0] == [Piece(1, line.strip())]
