"""Answers: only what stands in the words asked about is taken, and nothing ever raises."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.endpoint import codings, item
from workbench.assistant.answers import LONGEST, MOST, Refusal, items, judged, said
from workbench.material.pseudonyms import Masked, Swap

TURNS = {
    2: Masked("Mä jonotin puoli tuntia, ihan turhaan. Turhaan, turhaan."),
    4: Masked("Ja [henkilö 1] vastasi heti.", (Swap(3, 16, "Maija Virtane", "[henkilö 1]"),)),
}
CODES, FACETS = {"odotusaika", "saavutettavuus"}, {"koettu", "-"}


def taken(answer: str) -> tuple[list[tuple[int, int, int, str]], Counter[Refusal]]:
    made, refused = judged(answer, TURNS, CODES, FACETS)
    return [(j.turn, j.start, j.end, j.code) for j in made], refused


def test_a_good_item_is_taken_with_its_place() -> None:
    one = item(2, "Mä jonotin puoli tuntia", "odotusaika", facets=["koettu", "-"])
    (made,), refused = judged(codings(one), TURNS, CODES, FACETS)
    assert (made.start, made.end, made.facets) == (0, 23, {"koettu", "-"})
    assert (made.reason, made.confidence, refused) == ("Koska.", "0.80", Counter())


def test_marks_go_back_to_the_words_they_stand_for() -> None:
    one = codings(item(4, "[henkilö 1] vastasi heti", "saavutettavuus"))
    assert taken(one)[0] == [(4, 3, 29, "saavutettavuus")]


@pytest.mark.parametrize("quote", ["Mä  jonotin\npuoli tuntia", " Ma\u0308 jonotin puoli tuntia "])
def test_blanks_and_the_form_of_letters_may_differ(quote: str) -> None:
    assert taken(codings(item(2, quote, "odotusaika")))[0] == [(2, 0, 23, "odotusaika")]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("item", Refusal.TYPE),
        (None, Refusal.TYPE),
        ({}, Refusal.TYPE),
        (item(True, "Mä jonotin", "odotusaika"), Refusal.TYPE),
        (item(2, ["Mä"], "odotusaika"), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", facets="koettu"), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", facets=[["koettu"]]), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", reason={"a": 1}), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", confidence="high"), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", confidence=7), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", confidence=10**400), Refusal.TYPE),
        (item(2, "Mä jonotin", "odotusaika", confidence=float("nan")), Refusal.TYPE),
        (item(3, "Mä jonotin", "odotusaika"), Refusal.TURN),
        (item(2, "Hän jonotti", "odotusaika"), Refusal.QUOTE),
        (item(2, "jonot", "odotusaika"), Refusal.QUOTE),
        (item(2, "", "odotusaika"), Refusal.QUOTE),
        (item(2, "x" * 100_000, "odotusaika"), Refusal.QUOTE),
        (item(2, "turhaan", "odotusaika"), Refusal.SEVERAL),
        (item(2, "Mä jonotin", "hakkeri"), Refusal.CODE),
        (item(2, "Mä jonotin", "koettu"), Refusal.CODE),
        (item(2, "Mä jonotin", "odotusaika", facets=["odotusaika"]), Refusal.FACET),
        (item(2, "Mä jonotin", "odotusaika", reason="x" * (LONGEST + 1)), Refusal.REASON),
    ],
)
def test_a_wrong_item_is_refused_alone_and_counted(wrong: object, why: Refusal) -> None:
    good = item(2, "puoli tuntia", "odotusaika")
    assert taken(codings(wrong, good)) == ([(2, 11, 23, "odotusaika")], Counter({why: 1}))


def test_the_same_twice_and_too_many_are_counted() -> None:
    good = item(2, "puoli tuntia", "odotusaika")
    made, refused = taken(codings(*[good] * (MOST + 5)))
    assert len(made) == 1
    assert refused == {Refusal.TWICE: MOST - 1, Refusal.MANY: 5}


def test_a_reason_cannot_break_a_line_or_steer_a_terminal() -> None:
    reason = "eka\r\ntoka\tkolmas\u2028neljäs \x1b[2J\0 \ud800 \u202e"
    (made,), _ = judged(
        codings(item(2, "puoli tuntia", "odotusaika", reason=reason)), TURNS, CODES, FACETS
    )
    assert made.reason == r"eka toka kolmas neljäs \x1b[2J\x00 \ud800 \u202e"


@pytest.mark.parametrize(
    "around",
    ["{}", "```json\n{}\n```", "Tässä: {} Toivottavasti auttaa!", "[ok] {}", "\ufeff{}"],
)
def test_words_around_the_answer_are_overlooked(around: str) -> None:
    answer = around.replace("{}", codings(item(2, "puoli tuntia", "odotusaika")))
    assert len(items(answer) or []) == 1


def test_a_bare_list_is_an_answer_too() -> None:
    assert items(json.dumps([item(2, "puoli tuntia", "odotusaika")])) is not None


@pytest.mark.parametrize(
    "answer",
    ["", "En voi auttaa.", "{", '{"codings": 3}', "{" * 100_000, "[" * 100_000, '"codings"'],
)
def test_what_is_no_answer_is_counted_once(answer: str) -> None:
    assert judged(answer, TURNS, CODES, FACETS) == ([], Counter([Refusal.UNREADABLE]))


@pytest.mark.parametrize(
    "reply",
    ["", "[]", "{}", '{"choices": []}', '{"choices": [{"message": {"content": null}}]}',
     '{"choices": {"0": 1}}', '{"choices": [[]]}', "[" * 100_000, "1" * 10_000, '{"error": "x"}'],
)  # fmt: skip
def test_what_is_no_reply_says_nothing(reply: str) -> None:
    assert said(reply) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(list(item(1, "", ""))), inner),
    max_leaves=20,
)


@given(st.lists(JSON) | st.text())
def test_no_answer_whatsoever_raises_or_makes_up_words(answer: object) -> None:
    text = answer if isinstance(answer, str) else json.dumps({"codings": answer})
    made, refused = judged(text, TURNS, CODES, FACETS)
    assert made == []
    assert refused.total() == (len(answer) if isinstance(answer, list) else 1)
