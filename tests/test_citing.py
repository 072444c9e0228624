"""Citations follow the codings they cite, in lists of every form."""

from pathlib import Path

import pytest

from workbench.care.citing import CannotFollow, follow
from workbench.care.claims import Citation

PATH = Path("findings.yml")


def becomes(cited: Citation) -> tuple[str, ...]:
    """`a` became `c`; in turn 2 some of it became `b` and some stayed."""
    if cited.code != "a":
        return (cited.code,)
    return ("a", "b") if cited.turn == 2 else ("c",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("e:\n  - h01/1 a # why\n  - h01/1 ab\n", "e:\n  - h01/1 c # why\n  - h01/1 ab\n"),
        ("e:\n  - h01/1 a\n  - h01/1 c\n", "e:\n  - h01/1 c\n"),
        ("e:\n  - 'h01/2 a'\n", "e:\n  - 'h01/2 a'\n  - 'h01/2 b'\n"),
        ("e: [h01/1 a, h01/1 c]\n", "e: [h01/1 c]\n"),
        ("e: [h01/1 c, h01/1 a]\n", "e: [h01/1 c]\n"),
        ("e: [h01/2 a, h02/1 a]\n", "e: [h01/2 a, h01/2 b, h02/1 c]\n"),
        ("x:\n  e: h01/1 a\n  f: {e: \"h01/1 a\", g: [h01/1 a]}\n",
         "x:\n  e: h01/1 c\n  f: {e: \"h01/1 c\", g: [h01/1 c]}\n"),
        ("e: h01/2 a\n", "e: [h01/2 a, h01/2 b]\n"),
        ("n:\n  code: a\n  note: a\n", "n:\n  code: c\n  note: a\n"),
    ],
)  # fmt: skip
def test_only_the_citations_change(old: str, new: str) -> None:
    assert follow(old, PATH, becomes, {"a": "c"}) == new


def test_what_cannot_be_edited_is_refused() -> None:
    text = "e: [h01/1\n  a]\n"
    with pytest.raises(CannotFollow, match=r"findings\.yml"):
        follow(text, PATH, becomes, {})
