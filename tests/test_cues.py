"""Captions give pieces of speech with speaker and time; what is malformed is kept and told."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.material.cues import cues

PATH = Path("talk.vtt")
TEAMS = """\
WEBVTT

NOTE duration:"00:20:00"

b3f5/12-0
00:00:01.000 --> 00:00:04.000
<v Matti Meri>Hei vaan,</v>

b3f5/13-0
00:00:04.200 --> 00:00:06.000 align:start
<v Matti Meri>kuuluuko &amp; näkyykö?</v>

00:05.500 --> 01:00:08.000
<v.loud Liisa>Kuuluu.</v><v Matti Meri> Hyvä.
"""


def told(text: str) -> list[tuple[str, str, str]]:
    return [(p.time, p.label, p.text) for p in cues(text, PATH)[0]]


def warned(text: str) -> list[tuple[int, str]]:
    return [(p.line, p.message.split()[0]) for p in cues(text, PATH)[1]]


def test_cues_say_who_when_and_what() -> None:
    assert told(TEAMS) == [
        ("0:00:01", "Matti Meri", "Hei vaan,"),
        ("0:00:04", "Matti Meri", "kuuluuko & näkyykö?"),
        ("0:00:05", "Liisa", "Kuuluu."),
        ("0:00:05", "Matti Meri", "Hyvä."),
    ]
    assert warned(TEAMS) == []


def test_subrip_is_read_alike_and_numbers_are_no_words() -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\n<i>Hei</i>\n{\\an8}vaan.\n"
    text += "2\n00:00:05,000 --> 00:00:06,000\n42\n"
    assert told(text) == [("0:00:01", "", "Hei vaan."), ("0:00:05", "", "42")]


def test_a_name_before_the_words_may_be_a_speaker() -> None:
    assert told("00:01.000 --> 00:02.000\nMatti Meri: Hei.") == [
        ("0:00:01", "Matti Meri", "Matti Meri: Hei.")
    ]


def test_only_known_tags_are_taken_away() -> None:
    text = "00:01.000 --> 00:02.000\n<b>a</b> <lol> 3 < 4 &lt;b&gt; <00:01.500>x <c.red>y</c>"
    assert told(text) == [("0:00:01", "", "a <lol> 3 < 4 <b> x y")]


def test_a_pause_and_the_end_of_a_sentence_part_what_nobody_is_named_for() -> None:
    text = "".join(
        f"00:{a:02}.000 --> 00:{b:02}.000\n{words}\n\n"
        for a, b, words in ((1, 2, "no niin"), (2, 3, "joo."), (3, 4, "ja"), (9, 10, "sitten"))
    )
    assert [p.pause for p in cues(text, PATH)[0]] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "kept", "warning"),
    [
        ("00:01.000 --> 00:02.000\nHei\n\nvaan.\n", ["Hei", "vaan."], (4, "these")),
        ("00:01 -> 00:02\nHei.\n", ["00:01 -> 00:02 Hei."], (1, "these")),
        ("00:xx.000 --> 00:02.000\nHei.\n", ["Hei."], (1, "the")),
        ("Hei.\n", ["Hei."], (1, "these")),
    ],
)
def test_what_is_malformed_keeps_its_words_and_is_told_with_its_line(
    text: str, kept: list[str], warning: tuple[int, str]
) -> None:
    assert [words for *_, words in told(text)] == kept
    assert warned(text) == [warning]


letters = st.text(st.characters(categories=["L"]), min_size=1, max_size=6)
word = letters.map(lambda w: unicodedata.normalize("NFC", w))
payload = st.lists(word, min_size=1, max_size=4).map(" ".join)
voice = st.sampled_from(["<v Matti>", "<v Liisa Meri>", ""])


@given(st.lists(st.tuples(voice, payload, st.booleans()), min_size=1, max_size=8))
def test_every_word_of_every_cue_is_kept_in_order(made: list[tuple[str, str, bool]]) -> None:
    text = "WEBVTT\n\n" + "".join(
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{who}{words}{chr(10) * (1 + apart)}"
        for n, (who, words, apart) in enumerate(made)
    )
    found = cues(text, PATH)[0]
    assert [p.text for p in found] == [" ".join(words.split()) for _, words, _ in made]
    assert [p.time for p in found] == [f"0:00:{n:02}" for n, _ in enumerate(made)]


@given(st.text(st.sampled_from(list("<>v/ca&;#:-.0159 \n\tNOTEä\x00")), max_size=80))
def test_nothing_makes_it_fail(text: str) -> None:
    found, problems = cues(text, PATH)
    assert all(p.text and p.line for p in found)
    assert all(p.line for p in problems)


@pytest.mark.parametrize(
    "payload", ["<v " * 10**5, "<c." * 10**5, "&" * 10**6, "{\\" * 10**5, "<" * 10**6]
)
def test_a_hostile_payload_takes_no_longer_than_another(payload: str) -> None:
    assert len(cues(f"00:01.000 --> 00:02.000\n{payload}\n", PATH)[0]) == 1
