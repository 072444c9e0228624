"""Feedback that waits for an answer: in time, late, waiting, older than its channel promised."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.desks_and_lines import SERVICE
from workbench.practice.responses import Fate, NoDay

Write = Callable[..., Path]


def test_promises_count_in_bank_days_from_the_day_it_was_given(study_with: Write) -> None:
    """Given on Monday 1 March with five days: due on Monday the 8th."""
    found = wb.feedback_open(wb.load(study_with(SERVICE)), on="2010-03-10")
    assert [(o.message.text, o.fate) for o in found.items] == [
        ("Kolmas viesti", Fate.IN_TIME),
        ("Neljäs viesti", Fate.LATE),
        ("Viides viesti", Fate.OVERDUE),
        ("Kuudes viesti", Fate.WAITING),
    ]


def test_only_what_is_older_than_its_promise_is_listed(study_with: Write) -> None:
    found = wb.feedback_open(wb.load(study_with(SERVICE)), "en", on="2010-03-10")
    assert list(found.table["Feedback"]) == ["Viides viesti"]
    assert list(found.by_channel.iloc[0]) == ["Feedback by mail", 5, 1, 1, 1, 1]


def test_thanks_and_nameless_items_are_owed_nothing_and_a_channel_without_promise_is_told(
    study_with: Write,
) -> None:
    found = wb.feedback_open(wb.load(study_with(SERVICE)), on="2010-03-10")
    assert len(found.items) == 4
    assert found.nobody == 1


def test_an_earlier_day_knows_no_later_answers(study_with: Write) -> None:
    found = wb.feedback_open(wb.load(study_with(SERVICE)), on="2010-03-02")
    assert Counter(o.fate for o in found.items) == {Fate.WAITING: 3}


def test_without_a_day_one_looks_on_that_of_the_latest_item_or_answer(study_with: Write) -> None:
    assert wb.feedback_open(wb.load(study_with(SERVICE))).on.isoformat() == "2010-03-09"


def test_feedback_without_any_day_needs_one(study_with: Write) -> None:
    with pytest.raises(NoDay, match="on='2010-05-31'"):
        wb.feedback_open(wb.load(study_with()))


def test_an_answer_before_the_feedback_is_told_with_its_line(study_with: Write) -> None:
    table = (SERVICE["observations/palaute.csv"] or "").replace("2010-03-08", "2010-02-08")
    problems = wb.load(study_with({**SERVICE, "observations/palaute.csv": table})).problems
    assert [str(p) for p in problems if "answered" in p.message] == [
        "observations/palaute.csv:2: answered on 2010-02-08, but given on 2010-03-01. "
        "Mend one of the two days."
    ]
