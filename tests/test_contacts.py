"""The contact plan by segment."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.test_clock_checks import CHANNELS, CONTACT

Write = Callable[..., Path]


def plan(write: Write, contact: str) -> dict[str, tuple[str, int, str]]:
    files = {"parameters/care/channels.yml": CHANNELS, "parameters/care/contacts.yml": contact}
    table = wb.contact_plan(wb.load(write(files)), "en").table
    return {row[0]: row[1:] for row in table.itertuples(index=False, name=None)}


def test_a_segment_has_its_own_contacts_and_its_parent_s(study_with: Write) -> None:
    both = CONTACT + CONTACT.replace("YP01", "YP02").replace("-koulu", "").replace("Visit", "Call")
    rows = plan(study_with, both)
    assert rows["School supervisors"] == ("Visit (1); Call (1)", 2, "")
    assert rows["Market supervisors"] == ("Call (1)", 1, "")


def test_a_segment_nobody_meets_says_that_no_reason_is_written(study_with: Write) -> None:
    rows = plan(study_with, CONTACT)
    assert rows["Market supervisors"] == ("", 0, "No reason is written down.")


def test_a_view_has_one_row(study_with: Write) -> None:
    files = {"parameters/care/channels.yml": CHANNELS, "parameters/care/contacts.yml": CONTACT}
    view = wb.load(study_with(files)).where(segment="esimiehet-koulu")
    assert [row.segment for row in wb.contact_plan(view).rows] == ["esimiehet-koulu"]
