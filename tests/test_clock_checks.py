"""What is said of a clock and a contact plan, and of what nothing is said."""

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import workbench as wb
import workbench.care.checks
from tests.test_clock import CLOCK, PAY, event
from workbench.base.problems import Level

Write = Callable[..., Path]
CONTACT = """\
YP01:
  occasion: {fi: Käynti, en: Visit}
  segments: [esimiehet-koulu]
  channel: kaynti
  owner: kasittelija
  times: 1
  agenda: [{fi: Päivät, en: Dates}]
  needs: [N01]
"""
CHANNELS = """\
kaynti:
  label: {fi: Käynti, en: Visit}
  level: personal
  fits: [personal]
  owner: kasittelija
  uses: {fi: Kaikki, en: All}
  needs: [N01]
"""


def test_every_check_there_is_is_made() -> None:
    modules = (
        importlib.import_module(f"workbench.care.checks.{m.name}")
        for m in pkgutil.iter_modules(workbench.care.checks.__path__)
    )
    written = {f for module in modules for n, f in vars(module).items() if n.startswith("check_")}
    assert {f.__name__ for f in written - set(workbench.care.checks.CHECKS)} == set()


def told(write: Write, files: dict[str, str]) -> list[str]:
    problems = wb.load(write({f"parameters/care/{n}.yml": t for n, t in files.items()})).problems
    own = ("clock.yml", "contacts.yml", "segments")
    return [p.message for p in problems if any(name in p.path.as_posix() for name in own)]


def clock(write: Write, *events: str) -> list[str]:
    return told(write, {Path(CLOCK).stem: "".join(events)})


def test_a_sound_clock_is_not_spoken_of(study_with: Write) -> None:
    assert clock(study_with, PAY, event("V02", "deadline", "V01 - 5 business days")) == []


def test_a_deadline_at_a_weekend_in_a_later_year_is_told_now(study_with: Write) -> None:
    (message,) = clock(study_with, event("V02", "deadline", "04-12"))  # a Monday in 2010
    assert message == "V02 falls on Saturday 2014-04-12, which is no bank day."


def test_the_day_of_a_task_may_be_a_holiday(study_with: Write) -> None:
    assert clock(study_with, event("V02", "task", "01-01")) == []


def test_a_deadline_that_a_shift_brings_to_its_pay_day_is_told(study_with: Write) -> None:
    late = event("V02", "deadline", "V01 - 1 day or next bank day")  # 15 February was a Monday
    assert clock(study_with, PAY, late)[0] == (
        "V02 falls on Monday 2010-02-15, not before the pay day it is for (2010-02-15)."
    )


def test_a_lead_as_long_as_the_gap_is_told(study_with: Write) -> None:
    assert clock(study_with, event("V02", "task", "1st of every month", more="  lead: 27\n")) == []
    (message,) = clock(study_with, event("V02", "task", "1st", more="  lead: 28\n"))
    assert message == "V02 is told 28 days ahead but comes after 28 days."


def test_hours_without_a_source_are_told(study_with: Write) -> None:
    (message,) = clock(study_with, event("V02", "task", "1st", more="  hours: 3\n"))
    assert message == "V02 takes 3 hours, but nobody says who counted them."


def test_without_contacts_nobody_is_said_to_be_left_out(study_with: Write) -> None:
    assert told(study_with, {"channels": CHANNELS}) == []


def test_a_segment_nobody_meets_is_told_unless_its_parent_is_met(study_with: Write) -> None:
    files = {"channels": CHANNELS, "contacts": CONTACT}
    assert sorted(told(study_with, files)) == [
        "no contact with 'esimiehet' is planned.",
        "no contact with 'esimiehet-tori' is planned.",
    ]
    files["contacts"] = CONTACT.replace("esimiehet-koulu", "esimiehet")
    assert told(study_with, files) == []


def test_a_reason_to_wait_for_requests_is_enough(study_with: Write) -> None:
    folder = study_with({"parameters/care/channels.yml": CHANNELS,
                         "parameters/care/contacts.yml": CONTACT})  # fmt: skip
    for path in (folder / "parameters/segments").glob("esimiehet*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            f"{text}contact_level: on-request\ncontact_reason: {{fi: Kysyvät, en: They ask}}\n",
            encoding="utf-8",
        )
    assert wb.load(folder).problems == ()


def test_a_contact_more_often_than_its_events_is_told(study_with: Write) -> None:
    contact = CONTACT.replace("esimiehet-koulu", "esimiehet").replace("times: 1", "times: 3")
    files = {"channels": CHANNELS, "clock": event("V01", "meeting", "05-14, 10-14"),
             "contacts": contact + "  events: [V01]\n"}  # fmt: skip
    assert told(study_with, files) == ["YP01 is planned 3 times, but its events come 2."]


def test_a_clash_is_a_warning_and_told_once_for_a_pair(study_with: Write) -> None:
    deadline = event("V02", "deadline", "16th or next bank day")
    problems = wb.load(study_with({CLOCK: PAY + deadline})).problems
    assert [p.level for p in problems] == [Level.WARNING]
    assert "V02 on 2010-02-16 clashes with V01 on 2010-02-15." in problems[0].message


def test_a_contact_about_nothing_is_told(study_with: Write) -> None:
    contact = CONTACT.replace("esimiehet-koulu", "esimiehet")
    contact = contact.replace("[{fi: Päivät, en: Dates}]", "[]")
    assert told(study_with, {"channels": CHANNELS, "contacts": contact}) == ["YP01 has no agenda."]


def test_a_contact_no_time_a_year_is_told(study_with: Write) -> None:
    contact = CONTACT.replace("esimiehet-koulu", "esimiehet").replace("times: 1", "times: 0")
    files = {"channels": CHANNELS, "contacts": contact}
    assert told(study_with, files) == ["YP01 is planned 0 times."]


def test_a_lead_or_hours_below_nothing_are_told(study_with: Write) -> None:
    more = "  lead: -1\n  hours: -2\n  source: {fi: arvio, en: guess}\n"
    assert sorted(clock(study_with, event("V02", "task", "1st", more=more))) == [
        "V02 takes -2 hours.",
        "V02 would be told after it has happened (lead -1).",
    ]
