"""YAML is read without guessing, and what could mislead or attack is refused with its line."""

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.base.strict_yaml import DEPTH, Mapping, Node, Scalar, Sequence, parse, quoted

PATH = Path("study.yml")


def plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key: plain(child) for key, child in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(child) for child in node.items]
    return node.value


def told(text: str) -> list[str]:
    return [str(problem) for problem in parse(dedent(text), PATH)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "no",
        "Yes",
        "9:05",
        "1:30:00",
        "1.10",
        "0012",
        "0x1F",
        "1e3",
        "1_000",
        "2026-02-30",
        "~",
        "null",
        "NaN",
        ".inf",
        "=",
        "+358401234567",
        "true",
    ],
)
def test_a_plain_scalar_stays_the_text_that_stands_there(text: str) -> None:
    root, problems = parse(f"kello: {text}\n", PATH)
    assert root.items == {"kello": Scalar(text, 1)}
    assert problems == []


def test_keys_that_yaml_takes_for_something_else_stay_text() -> None:
    root, problems = parse("no: 1\n9:05: 2\n~: 3\n1.10: 4\n<<: 5\n", PATH)
    assert list(root.items) == ["no", "9:05", "~", "1.10", "<<"]
    assert problems == []


def test_quotes_tell_the_word_null_from_nothing() -> None:
    root, _ = parse("a: null\nb: 'null'\n", PATH)
    assert root.items == {"a": Scalar("null", 1, False), "b": Scalar("null", 2, True)}


def test_mappings_and_lists_come_as_they_stand() -> None:
    text = """\
        title: {fi: Koe, en: Trial}
        languages: [fi, en]
        codes:
          - kohteliaisuus
          - odotusaika
        definition: |
          yksi
          kaksi
        """
    assert plain(parse(dedent(text), PATH)[0]) == {
        "title": {"fi": "Koe", "en": "Trial"},
        "languages": ["fi", "en"],
        "codes": ["kohteliaisuus", "odotusaika"],
        "definition": "yksi\nkaksi\n",
    }


def test_every_key_and_value_knows_its_line() -> None:
    root, _ = parse("# Koe\ntitle: Koe\n\nattributes:\n  role:\n    - esimies\n", PATH)
    attributes = root.items["attributes"]
    assert isinstance(attributes, Mapping)
    assert root.lines == {"title": 2, "attributes": 4}
    assert attributes.lines == {"role": 5}
    assert attributes.items["role"].line == 6


def test_an_empty_file_is_an_empty_mapping_without_problems() -> None:
    root, problems = parse("# vain huomautus\n", PATH)
    assert (root, problems) == (Mapping({}, 1), [])


def test_a_repeated_key_is_refused_with_both_lines() -> None:
    text = """\
        laatu: tekninen
        muu: x
        laatu: toiminnallinen
        """
    assert told(text) == [
        "study.yml:3: the key 'laatu' stands twice (first on line 1). Keep one of them."
    ]


def test_of_two_equal_keys_the_first_holds_and_the_rest_is_read() -> None:
    root, _ = parse("a: 1\na: 2\nb: 3\n", PATH)
    assert plain(root) == {"a": "1", "b": "3"}


@pytest.mark.parametrize("twin", ["hyva\u0308", '"hyvä "'])
def test_keys_that_only_look_different_to_a_machine_are_equal(twin: str) -> None:
    (problem,) = told(f"hyvä: 1\n{twin}: 2\n")
    assert problem.startswith("study.yml:2: the key 'hyvä' stands twice (first on line 1).")


def test_a_key_that_mixes_alphabets_is_told() -> None:
    (problem,) = told("ok: 1\nla\u0430tu: 2\n")
    assert problem.startswith("study.yml:2: the key 'la\u0430tu' mixes alphabets (CYRILLIC and LAT")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: &x 2\n", "study.yml:2: anchors (&) and aliases (*) are not allowed."),
        ("a: 1\nb:\n  - *x\n", "study.yml:3: anchors (&) and aliases (*) are not allowed."),
        ("&k a: 1\n", "study.yml:1: anchors (&) and aliases (*) are not allowed."),
        ("a: 1\nb: !!python/name:os.getcwd\n", "study.yml:2: tags (!) are not allowed."),
        ("a: !!str on\n", "study.yml:1: tags (!) are not allowed."),
        ("a: !oma {b: 1}\n", "study.yml:1: tags (!) are not allowed."),
        ("a: 1\n---\na: 2\n", "study.yml:2: holds a second document."),
        ("a: 1\n...\n---\nb: 2\n", "study.yml:3: holds a second document."),
        ("- a\n- b\n", "study.yml:1: the file must hold `key: value` lines at its top level."),
        ("vain sana\n", "study.yml:1: the file must hold `key: value` lines at its top level."),
        ("a: 1\n[b]: 2\n", "study.yml:2: a key must be a plain text."),
        ("a: 1\nb: c: d\n", "study.yml:2: mapping values are not allowed in this context. Put"),
        ("a: 'x\nb: 2\n", "study.yml:3: found unexpected end of stream. Look at this line"),
        ("a: 1\nb: x\x07y\n", "study.yml:2: character U+0007 is not allowed in YAML. Remove it;"),
    ],
)
def test_what_is_not_strict_yaml_is_refused_with_its_line(text: str, said: str) -> None:
    (problem,) = told(text)
    assert problem.startswith(said)


def test_a_line_indented_by_a_tab_is_told_as_one() -> None:
    assert told("koodi:\n\tnimi: laatu\n") == [
        "study.yml:2: a tab indents this line. Indent with spaces; tabs are not allowed."
    ]


def test_of_a_refused_file_nothing_is_taken() -> None:
    root, (problem,) = parse("owner: anna\nmodel: !!python/name:os.getcwd x\n", PATH)
    assert root.items == {}
    assert problem.line == 2


def test_aliases_that_would_multiply_are_refused_at_the_first_anchor() -> None:
    bomb = 'a: &a ["x", "x"]\n' + "".join(
        f"{c}: &{c} [{', '.join([f'*{b}'] * 9)}]\n"
        for b, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (problem,) = told(bomb)
    assert problem.startswith("study.yml:1: anchors (&)")


def test_nesting_is_read_up_to_the_limit_and_refused_beyond_it() -> None:
    inside = DEPTH - 1
    assert told(f"a: {'[' * inside}{']' * inside}\n") == []
    assert told(f"a: {'[' * DEPTH}{']' * DEPTH}\n") == [
        f"study.yml:1: nested deeper than {DEPTH} levels. Flatten it."
    ]


def test_very_deep_nesting_is_a_problem_and_no_crash() -> None:
    (problem,) = told("a: " + "[" * 5000)
    assert "nested deeper than" in problem


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_a_character_that_ends_a_line_for_yaml_only_is_refused(end: str) -> None:
    (problem,) = told(f"a: yksi{end}consent: true\n")
    assert problem.startswith(f"study.yml:1: character U+{ord(end):04X} is not allowed in YAML.")


def test_in_double_quotes_such_a_character_can_be_written() -> None:
    root, problems = parse(r'a: "yksi\u2028kaksi"' + "\nb: 1\nb: 2\n", PATH)
    assert plain(root) == {"a": "yksi\u2028kaksi", "b": "1"}
    assert [p.line for p in problems] == [3]


@given(st.text(st.sampled_from("ab: -[]{}#&*!|>'\"%@`,?\n\t~\\x0\u2028ä\u0430"), max_size=40))
@settings(deadline=None, max_examples=300)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    root, problems = parse(text, PATH)
    assert isinstance(root, Mapping)
    assert all(
        1 <= problem.line <= text.count("\n") + text.count("\u2028") + 2 for problem in problems
    )


def escaped(character: str) -> str:
    return f"\\U{ord(character):08x}"


@given(st.dictionaries(st.from_regex(r"[a-zåäö]{1,8}", fullmatch=True), st.text(), min_size=1))
@settings(deadline=None)
def test_any_text_can_be_written_in_double_quotes(texts: dict[str, str]) -> None:
    lines = [f'{key}: "{"".join(map(escaped, value))}"' for key, value in texts.items()]
    root, problems = parse("\n".join(lines), PATH)
    assert problems == []
    assert plain(root) == texts


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(["null", "~", "- a", "\u2028", "a: b", "#"])
)
def test_a_text_written_as_a_scalar_is_read_back_to_the_letter(text: str) -> None:
    node, problems = parse(f"a: {{b: {quoted(text)}, c: 1}}", PATH)
    assert problems == []
    assert plain(node) == {"a": {"b": text, "c": "1"}}
    inner = node.items["a"]
    assert isinstance(inner, Mapping)
    scalar = inner.items["b"]
    assert isinstance(scalar, Scalar)
    assert scalar.quoted or text not in ("", "null", "~")


def test_a_plain_word_is_written_without_quotes() -> None:
    assert [quoted(t) for t in ("ääni-2", "koettu -", "null", "5")] == [
        "ääni-2", '"koettu -"', '"null"', '"5"',
    ]  # fmt: skip


WORDS_OF_YAML = st.sampled_from(
    ["id", "on", "h01", "2010-03", "9:05", "1.10", "null", "a b", "[a]", "#", "'x'", "-", "a-", "ä"]
)
FLAT_LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " "]), WORDS_OF_YAML, st.sampled_from([": ", ":", ":  "]),
        WORDS_OF_YAML, st.sampled_from(["", " ", "\r", " # b"]),
    ).map("".join) | st.sampled_from(["", "---", "..."]),
    max_size=5,
)  # fmt: skip


@given(FLAT_LINES | st.lists(st.sampled_from(["id: h01", "kind: interview", "date: 2010"])))
def test_plain_lines_are_what_yaml_says_they_are(lines: list[str]) -> None:
    """With the quick reading of plain lines taken away, the same comes of any text."""
    text = "\n".join(lines)
    quick = parse(text, PATH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.base.strict_yaml._flat", lambda _: None)
        assert parse(text, PATH) == quick
