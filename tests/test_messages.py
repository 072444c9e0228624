"""What a widget tells of a codebook, and what it does when it is asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.coding.desk import CannotCode
from workbench.lab.messages import book, do
from workbench.loading import load

Write = Callable[..., Path]


def test_the_codebook_is_told_in_the_language_asked(study_with: Write) -> None:
    told = book(load(study_with()).codebook, "en")
    codes, facets = told["codes"], told["facets"]
    assert isinstance(codes, list)
    assert isinstance(facets, list)
    assert [(c["label"], c["parent"]) for c in codes][:2] == [
        ("Access", ""),
        ("Waiting", "saavutettavuus"),
    ]
    assert [c["id"] for c in facets] == ["odotettu", "koettu", "+", "-"]
    assert told["trees"] == {"laatutekijat": "Quality", "nakokulma": "View"}


def test_an_act_is_done_by_its_name_and_a_list_of_four_is_a_key() -> None:
    given: list[object] = []
    assert (
        do({"memo": lambda *a: given.extend(a)}, {"act": "memo", "with": [[1, 2, 3, "x"], "hm"]})
        is None
    )
    assert given == [(1, 2, 3, "x"), "hm"]


@pytest.mark.parametrize(
    "content", [{"act": "sing", "with": []}, {"act": "memo"}, {"act": "memo", "with": [1, 2, 3]}]
)
def test_what_cannot_be_done_is_refused_in_words(content: dict[str, object]) -> None:
    with pytest.raises(CannotCode, match=r"act '(sing|memo)'"):
        do({"memo": lambda key, text: None}, content)
