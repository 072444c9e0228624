"""What a change is asked with: who and why, and codings whose code is swapped."""

from tests.test_recoding import coding
from workbench.coding.recoding import meaning, stamped
from workbench.revision.asking import Note, key, swapped


def test_a_note_without_a_date_is_of_today() -> None:
    assert Note(date="2026-10-01").entry("retire", "a").date == "2026-10-01"
    assert len(Note().entry("retire", "a").date) == len("2026-10-01")


def test_a_code_or_a_facet_is_swapped_and_the_rest_stays() -> None:
    old = coding("a", "x", "y")
    assert swapped(old, "a", "b", 1).code == "b"
    assert swapped(old, "x", "z", 1).facets == {"z", "y"}
    assert swapped(old, "q", "z", 1) is old


def test_a_facet_that_was_there_already_keeps_the_newer_meaning() -> None:
    old = stamped(coding("a", "x", "y"), "y", 3)
    assert meaning(swapped(old, "x", "y", 2), "y") == 3
    assert swapped(old, "x", "y", 2).facets == {"y"}


def test_a_judgement_is_named_by_document_coder_place_and_code() -> None:
    assert key(coding("a", "x"), "x") == ("h01", "aino", 2, 0, 4, "x")
