"""The query language: what it reads, and what it says of what it cannot read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.query import (
    DEPTH,
    And,
    BadQuery,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Word,
    leaves,
    narrowed,
    parse_query,
    parse_rules,
)

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("palkka", Word("palkka")),
        ("=palkka", Word("palkka", exact=True)),
        ('"yksi luukku"', Phrase(("yksi", "luukku"))),
        ("”yksi luukku”~3", Phrase(("yksi", "luukku"), 3)),
        ('"palkka"', Word("palkka", exact=True)),
        (r"/palk\/+/", Pattern(r"palk\/+")),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a & (b | c)", And((A, Or((B, C))))),
        ("a NOT b", And((A, Not(B)))),
        ("a !b", And((A, Not(B)))),
        ("a & NOT NOT b", And((A, B))),
        ("a ~5 b", Near(A, B, "turn", 5)),
        ("a ~lause b", Near(A, B, "sentence")),
        ('"a b" ~3 c', Near(Phrase(("a", "b")), C, "turn", 3)),
        ("a ~turn (b | c) ~2 a", Near(Near(A, Or((B, C)), "turn"), A, "turn", 2)),
        ("a\u0308iti and isä".replace(" and ", " OR "), Or((Word("äiti"), Word("isä")))),
    ],
)
def test_a_query_is_read_as_it_is_meant(text: str, query: Query) -> None:
    assert parse_query(text) == query


@pytest.mark.parametrize(
    ("text", "rest", "where"),
    [
        ("palkka", "palkka", {}),
        ("palkka & loma speaker:E03", "palkka & loma", {"speaker": "E03"}),
        ("puhuja:E03 AND palkka", "palkka", {"speaker": "E03"}),
        ("ryhmä:esimiehet palkka & koodi:odotusaika", "palkka",
         {"segment": "esimiehet", "code": "odotusaika"}),
        ("palkka AND code:a AND speaker:b", "palkka", {"code": "a", "speaker": "b"}),
        ("palkka NOT speaker:TK", "palkka NOT speaker:TK", {}),
        ("palkka NOT  speaker:TK", "palkka NOT  speaker:TK", {}),
        ("palkka OR code:x", "palkka OR code:x", {}),
        ("HR:n palkka", "HR:n palkka", {}),
    ],
)  # fmt: skip
def test_where_to_look_is_taken_out_at_either_end(
    text: str, rest: str, where: dict[str, str]
) -> None:
    left, found = narrowed(text)
    assert (left.strip(), found) == (rest, where)
    assert left.find(rest) == text.find(rest)


def test_where_to_look_is_asked_once() -> None:
    with pytest.raises(BadQuery, match="E03 a puhuja:E04 – at character 15: 'puhuja:' stands"):
        narrowed("speaker:E03 a puhuja:E04")


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", 1, "there is nothing to find. Write a word"),
        ("yksi luukku", 6, "'luukku' follows without AND or OR"),
        ("a AND", 6, "a word is missing at the end"),
        ("a | & b", 5, "a word is missing before '&'"),
        ("(a", 1, "this parenthesis is never closed"),
        ("a)", 2, "this parenthesis was never opened"),
        (
            "a NOT speaker:TK",
            7,
            "'speaker:TK' says where to look. In a search put it first or last",
        ),
        ('a & "b', 5, "this quotation mark is never closed"),
        ("/palk", 1, "this regular expression is never closed"),
        ("a | /palk(/", 10, "the regular expression is wrong: missing )"),
        ("= a", 1, "a word must follow ="),
        ("a ~ b", 3, "'~' is no distance. Write ~5"),
        ("(a & b) ~3 c", 9, "'~3' cannot stand beside AND or NOT"),
        ('a & "  "', 5, "the phrase is empty"),
        ("NOT a", 1, "this only says what is not meant"),
        ("a OR NOT b", 1, "OR with NOT finds nearly everything"),
        ("(" * 5000 + "a", 5002, f"more than {DEPTH} parentheses and NOTs"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, where: int, said: str) -> None:
    with pytest.raises(BadQuery) as told:
        parse_query(text)
    assert told.value.where == where
    assert said in str(told.value)


@given(st.text(alphabet='ab "~5()&|!/=ANDOR\\', max_size=30))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        assert leaves(parse_query(text))
    except BadQuery as told:
        assert 1 <= told.where <= len(text) + 1
        assert told.hint


def test_rules_of_a_code_are_any_of_them_without_what_is_excluded() -> None:
    assert parse_rules(["a", "b & c", "NOT =loma"]) == And(
        (Or((A, And((B, C)))), Not(Word("loma", exact=True)))
    )
    assert parse_rules(["NOT a"]) is None


def test_leaves_are_what_is_looked_for() -> None:
    assert leaves(parse_query("(a | b) & !c")) == (A, B)
