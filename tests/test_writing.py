"""A field of a record put into the text, and nothing else touched."""

import pytest

from workbench.care.writing import add, put
from workbench.coding.booktext import CannotEdit

TEXT = """\
# alku
a:
  x: 1  # miksi
  y:
    - k: 1
      m: 2

b:
    x: 2
"""


def test_a_field_is_replaced_in_its_own_indent() -> None:
    assert put(TEXT, ("b",), "x", ["x: 3"]) == TEXT.replace("x: 2", "x: 3")


def test_a_field_of_several_lines_is_replaced_whole() -> None:
    old = "  y:\n    - k: 1\n      m: 2\n"
    assert put(TEXT, ("a",), "y", ["y: []"]) == TEXT.replace(old, "  y: []\n")


def test_a_new_field_stands_last_in_its_record() -> None:
    assert put(TEXT, ("a",), "z", ["z: 1"]) == TEXT.replace("m: 2\n", "m: 2\n  z: 1\n")
    assert put(TEXT.rstrip("\n"), ("b",), "z", ["z: 1"]) == TEXT + "    z: 1"


def test_an_item_stands_behind_those_there_are() -> None:
    assert add(TEXT, ("a",), "y", ["- k: 3"]) == TEXT.replace("m: 2\n", "m: 2\n    - k: 3\n")


def test_a_field_is_made_for_its_first_item() -> None:
    assert add(TEXT, ("b",), "y", ["- k"]) == TEXT + "    y:\n      - k\n"


def test_an_empty_field_gets_its_first_item() -> None:
    assert add("a:\n  y: # tähän\n", ("a",), "y", ["- k"]) == "a:\n  y: # tähän\n    - k\n"


def test_a_record_goes_below_a_field_of_the_file() -> None:
    assert add("n: 1\np:\n  a:\n    x: 1\n", (), "p", ["b:", "  x: 2"]) == (
        "n: 1\np:\n  a:\n    x: 1\n  b:\n    x: 2\n"
    )


def test_items_right_below_their_key_get_their_like() -> None:
    assert add("y:\n- a\n- b\n", (), "y", ["- c"]) == "y:\n- a\n- b\n- c\n"


@pytest.mark.parametrize("text", ["a: {x: 1}\n", "a: 1\n", "b:\n  x: 1\n"])
def test_what_is_in_braces_or_not_there_is_refused(text: str) -> None:
    with pytest.raises(CannotEdit, match="'a'"):
        put(text, ("a",), "x", ["x: 2"])


@pytest.mark.parametrize("value", ["[k]", "k", "{}"])
def test_a_list_on_its_key_s_line_is_refused(value: str) -> None:
    with pytest.raises(CannotEdit, match="`y`"):
        add(f"a:\n  y: {value}\n", ("a",), "y", ["- m"])
