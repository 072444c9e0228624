"""Calendars, read back by another library than the one that wrote them."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import vobject

import workbench as wb
from tests.environment import ROOT
from tests.test_clock import CLOCK, PAY, event
from workbench.reports.calendars import ics

Write = Callable[..., Path]


def entries(data: bytes) -> list[Any]:
    return list(vobject.readOne(data.decode()).vevent_list)


def test_every_day_and_reminder_of_the_example_is_read_back() -> None:
    study = wb.load(ROOT)
    for segment in study.segments.all:
        result = wb.year(study.where(segment=segment), "fi")
        read = entries(ics(result, "x"))
        assert [e.dtstart.value for e in read] == [o.day for o in result.days]
        assert [e.summary.value for e in read] == [o.event.title.say("fi") for o in result.days]
        told = [
            e.dtstart.value + datetime.timedelta(e.valarm.trigger.value.days)
            if hasattr(e, "valarm")
            else e.dtstart.value
            for e in read
        ]
        assert told == [o.notice for o in result.days]


def test_an_entry_lasts_the_whole_day_and_blocks_nothing(study_with: Write) -> None:
    (entry,) = entries(
        ics(wb.year(wb.load(study_with({CLOCK: event("V01", "task", "03-15")}))), "x")
    )
    assert entry.dtstart.value == datetime.date(2010, 3, 15)
    assert entry.dtend.value == datetime.date(2010, 3, 16)
    assert entry.transp.value == "TRANSPARENT"


def test_people_are_reminded_in_the_morning(study_with: Write) -> None:
    text = event("V01", "task", "03-15", more="  lead: 3\n")
    (entry,) = entries(ics(wb.year(wb.load(study_with({CLOCK: text}))), "x"))
    assert entry.valarm.trigger.value == datetime.timedelta(days=-3, hours=9)


def test_the_same_occasion_has_one_name_in_every_segment_and_language(study_with: Write) -> None:
    study = wb.load(study_with({CLOCK: PAY}))
    school = study.where(segment="esimiehet-koulu")
    names = [
        [e.uid.value for e in entries(ics(wb.year(view, language), "x"))]
        for view in (study, school)
        for language in ("fi", "en")
    ]
    assert all(n == names[0] for n in names)
    assert len(set(names[0])) == 12
    assert names[0][2].startswith("V01-2010-03@")


def test_a_day_that_moves_keeps_its_name(study_with: Write) -> None:
    def names(when: str) -> list[str]:
        study = wb.load(study_with({CLOCK: event("V01", "task", when)}))
        return [e.uid.value for e in entries(ics(wb.year(study), "x"))]

    assert names("03-15") == names("03-16")


def test_the_bytes_are_the_same_each_time_and_read_no_clock(study_with: Write) -> None:
    result = wb.year(wb.load(study_with({CLOCK: PAY})))
    assert ics(result, "x") == ics(result, "x")
    assert {e.dtstamp.value.date() for e in entries(ics(result, "x"))} == {
        datetime.date(2010, 3, 1)
    }


def test_the_words_are_in_the_language_of_the_page(study_with: Write) -> None:
    text = event("V01", "task", "03-15", more="  what: {fi: Tee näin, en: 'Do, like; this'}\n")
    (entry,) = entries(ics(wb.year(wb.load(study_with({CLOCK: text})), "en"), "Year"))
    assert entry.description.value == "Do, like; this\nWho sees to it: own handler"


def test_a_text_cannot_add_an_entry(study_with: Write) -> None:
    bad = event("V01", "task", "03-15").replace(
        "{fi: Tapahtuma V01, en: Event V01}",
        '{fi: "x\\nEND:VEVENT\\nBEGIN:VEVENT", en: "x\\r\\nATTENDEE:y"}',
    )
    study = wb.load(study_with({CLOCK: bad}))
    for language in ("fi", "en"):
        (entry,) = entries(ics(wb.year(study, language), "x"))
        assert not hasattr(entry, "attendee")
