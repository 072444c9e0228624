"""The codebook edited as text: the lines of one code, and no others."""

import pytest

from workbench.coding.booktext import (
    CannotEdit,
    block,
    cut,
    paste,
    point,
    rename,
    set_fields,
    written,
)

TREE = """\
# Our codes.
label: Laatu
codes:
  # Getting through.
  saavutettavuus:
    ref: DET.04   # from the table
    label: 'Saavutettavuus'
    definition: Saako yhteyden.

    codes:
      # Both kinds.
      jono: {label: Jono, definition: "Jonotus → odotus"}
      odotus:
        label: Odotus
        definition: >
          Kauan
          kestää.

  # Manners.
  käytös:
    label: Käytös
    definition: Käytös.
"""


def changed(new: str, old: str = TREE) -> tuple[list[str], list[str]]:
    """Return the lines taken out and put in."""
    was, now = old.split("\n"), new.split("\n")
    return [x for x in was if x not in now], [x for x in now if x not in was]


def test_a_renamed_code_changes_one_line() -> None:
    assert changed(rename(TREE, "jono", "odotusjono")) == (
        ['      jono: {label: Jono, definition: "Jonotus → odotus"}'],
        ['      odotusjono: {label: Jono, definition: "Jonotus → odotus"}'],
    )


def test_quotes_around_a_code_stay_and_come_where_needed() -> None:
    assert rename('codes:\n  "+": {label: a}\n', "+", "++") == 'codes:\n  "++": {label: a}\n'
    assert rename("codes:\n  a: {label: a}\n", "a", "-") == 'codes:\n  "-": {label: a}\n'


@pytest.mark.parametrize(
    "text",
    [
        "Jono → odotus",
        "→ lisäksi odotus, tai",
        "x → a (odotus). odotus",
        '"→ odotus"',
        "{fi: → odotus}",
    ],
)
def test_arrows_point_to_the_new_name_and_words_stay(text: str) -> None:
    before, _, after = text.partition("odotus")
    assert point(text, "odotus", "kesto") == f"{before}kesto{after}"
    assert point("odotus → odotusaika", "odotus", "kesto") == "odotus → odotusaika"


def test_a_code_is_cut_with_its_comment_and_all_below_it() -> None:
    text, taken = cut(TREE, "saavutettavuus")
    assert taken.startswith("  # Getting through.\n  saavutettavuus:")
    assert taken.endswith("          kestää.")
    assert text == TREE.replace(f"{taken}\n", "")


def test_the_last_code_takes_the_line_above_it_along() -> None:
    text = cut(cut(TREE, "jono")[0], "odotus")[0]
    assert "    codes:" not in text
    assert cut(cut(text, "saavutettavuus")[0], "käytös")[0].startswith(
        "# Our codes.\nlabel: Laatu\ncodes: {}"
    )


def test_a_code_is_pasted_with_the_indentation_of_its_new_place() -> None:
    text, taken = cut(TREE, "odotus")
    assert paste(text, taken, under="käytös").endswith(
        "    definition: Käytös.\n    codes:\n      odotus:\n        label: Odotus\n"
        "        definition: >\n          Kauan\n          kestää.\n"
    )
    assert paste(text, taken).endswith(
        "    definition: Käytös.\n  odotus:\n"
        + taken.split("\n", 1)[1]
        .replace("        ", "    ", 1)
        .replace("\n        d", "\n    d")
        .replace("\n          ", "\n      ")
        + "\n"
    )
    assert "  # Manners.\n  käytös:" in paste(text, taken, after="saavutettavuus")


def test_a_tree_without_codes_gets_its_first() -> None:
    new = block("a", {"label": "A"})
    assert paste("label: x\ncodes: {}\n", new) == "label: x\ncodes:\n  a:\n    label: A\n"


def test_below_a_code_in_braces_something_can_be_pasted() -> None:
    text = paste(TREE, block("a", {"label": "A"}), under="jono")
    assert '      jono:\n        label: Jono\n        definition: "Jonotus → odotus"\n' in text
    assert "        codes:\n          a:\n            label: A\n      odotus:" in text


def test_fields_are_replaced_put_in_before_the_codes_and_taken_out() -> None:
    text = set_fields(TREE, "saavutettavuus", {"definition": '"Uusi."', "meaning": "2", "ref": ""})
    assert changed(text) == (
        ["    ref: DET.04   # from the table", "    definition: Saako yhteyden."],
        ['    definition: "Uusi."', "    meaning: 2"],
    )
    assert text.index("meaning") < text.index("    codes:")


def test_a_text_of_several_lines_is_replaced_as_a_whole() -> None:
    text = set_fields(TREE, "odotus", {"definition": "x"})
    assert changed(text)[0] == ["        definition: >", "          Kauan", "          kestää."]


def test_codes_side_by_side_in_braces_are_refused() -> None:
    with pytest.raises(CannotEdit, match="Give each code its own line"):
        rename("codes: {a: {label: A}, b: {label: B}}\n", "b", "c")


def test_values_are_written_as_the_strict_reader_reads_them() -> None:
    assert written({"fi": "Sana", "en": 'two "words"'}) == '{fi: Sana, en: "two \\"words\\""}'
    assert written(["a-b", "+"]) == '[a-b, "+"]'
    assert written("null") == '"null"'
