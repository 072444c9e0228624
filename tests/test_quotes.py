"""Words behind a number: in the order of the material, with speaker, place and coding."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import load
from workbench.findings.quotes import quotes
from workbench.study import Unknown

Write = Callable[..., Path]


def test_words_stand_with_speaker_place_code_and_facets(study_with: Write) -> None:
    table = quotes(load(study_with()), "saavutettavuus", "en").table
    assert list(table.iloc[1]) == [
        "E01", "h01", 2, "Waiting", "Experienced, Bad", "Mä jonotin puoli tuntia,", "seuraa",
    ]  # fmt: skip


def test_only_words_with_all_facets_are_listed(study_with: Write) -> None:
    found = quotes(load(study_with()), "saavutettavuus", facets=["koettu", "+"])
    assert [c.passage.document for c in found.codings] == ["h02"]


def test_the_caption_says_that_pseudonyms_are_for_analysts(study_with: Write) -> None:
    assert "For analysts only" in quotes(load(study_with()), "kohteliaisuus", "en").caption


def test_a_view_lists_its_own_words_only(study_with: Write) -> None:
    view = load(study_with()).where(segment="esimiehet-tori")
    assert {c.document for c in quotes(view, "saavutettavuus").codings} == {"h03"}


def test_an_unknown_code_is_told(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no code 'puuttuva'"):
        quotes(load(study_with()), "puuttuva")
