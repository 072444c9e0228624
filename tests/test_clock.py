"""The clock: events counted from one another, whom they reach, and what clashes."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.conftest import STUDY
from workbench.care.clock import Clock, clashes, clock_year
from workbench.care.recurrence import BadRule

Write = Callable[..., Path]
CLOCK = "parameters/care/clock.yml"


def event(name: str, kind: str, when: str, segments: str = "esimiehet", more: str = "") -> str:
    return f"""\
{name}:
  title: {{fi: Tapahtuma {name}, en: Event {name}}}
  kind: {kind}
  layer: month
  when: {when}
  segments: [{segments}]
  owner: kasittelija
  needs: [N01]
{more}"""


PAY = event("V01", "pay-day", "15th or previous bank day")


def clock(write: Write, *events: str) -> Clock:
    study = wb.load(write({CLOCK: "".join(events)}))
    return Clock(study.care.clock, study.segments)


def of(made: Clock, name: str, year: int = 2010) -> list[str]:
    return [o.day.isoformat()[5:] for o in made.of(name, year)]


def test_an_event_is_counted_from_another_by_its_id(study_with: Write) -> None:
    made = clock(study_with, PAY, event("V02", "deadline", "V01 - 5 business days"))
    assert of(made, "V01")[:5] == ["01-15", "02-15", "03-15", "04-15", "05-14"]
    assert of(made, "V02")[:5] == ["01-08", "02-08", "03-08", "04-08", "05-06"]


def test_an_event_may_have_any_name_and_one_that_is_not_there_is_told(study_with: Write) -> None:
    named = event("palkkapäivä-1", "pay-day", "15th")
    after = event("V02", "task", "palkkapäivä-1 + 1 day")
    made = clock(study_with, named, after, event("V03", "task", "huomenna"))
    assert of(made, "V02")[0] == "01-16"
    with pytest.raises(BadRule, match="no event 'huomenna' to count from\\. Known: V02"):
        made.of("V03", 2010)


def test_a_day_before_new_year_belongs_to_the_year_it_falls_in(study_with: Write) -> None:
    early = event("V02", "task", "V01 - 20 days")
    made = clock(study_with, event("V01", "pay-day", "01-07"), early)
    assert of(made, "V02", 2009) == ["12-18"]
    assert made.of("V02", 2009)[0].start == datetime.date(2010, 1, 7)


def test_pay_day_is_the_segment_s_own_and_else_its_parent_s(study_with: Write) -> None:
    own = event("V02", "pay-day", "20th", "esimiehet-koulu")
    before = "pay day - 1 day"
    made = clock(
        study_with, PAY, own, event("V03", "task", before, "esimiehet-koulu"),
        event("V04", "task", before, "esimiehet-tori"),
    )  # fmt: skip
    assert of(made, "V03")[0] == "01-19"
    assert of(made, "V04")[0] == "01-14"


def test_a_pay_day_that_is_not_for_a_segment_is_not_counted_from(study_with: Write) -> None:
    pay = event("V01", "pay-day", "15th", more="  without: [esimiehet-tori]\n")
    made = clock(study_with, pay, event("V02", "task", "pay day", "esimiehet-tori"))
    with pytest.raises(BadRule, match="no pay day for the segments of V02"):
        made.of("V02", 2010)


def test_events_that_count_from_one_another_are_refused_with_their_way(study_with: Write) -> None:
    circle = [event("V01", "task", "V02 - 1 day"), event("V02", "task", "V01 - 1 day")]
    with pytest.raises(BadRule, match="V01 ▸ V02 ▸ V01"):
        clock(study_with, *circle).of("V01", 2010)


def test_a_long_chain_of_events_is_refused_before_it_leads_out_of_time(study_with: Write) -> None:
    chain = [event(f"V{n}", "task", f"V{n + 1} - 1 day") for n in range(300)]
    study = wb.load(study_with({CLOCK: "".join((*chain, event("V300", "task", "15th")))}))
    told = [p.message for p in study.problems]
    assert "V0: it is counted over more than 20 events." in told
    assert not any(m.startswith("V299:") for m in told)


def test_material_of_the_year_9999_and_a_lead_of_ages_stop_nothing(study_with: Write) -> None:
    head = STUDY["interviews/h03.md"].replace("2010-03", "9999-12")
    text = event("V01", "task", "03-15", more="  lead: 999999999\n")
    study = wb.load(study_with({"interviews/h03.md": head, CLOCK: text}))
    assert "V01 is told 999999999 days ahead" in study.problems[0].message
    assert wb.year(study).table.shape[0] == 1


def test_two_starts_that_fall_on_one_day_are_one_occasion(study_with: Write) -> None:
    made = clock(study_with, event("V01", "task", "15th of May or previous bank day, 05-14"))
    assert of(made, "V01") == ["05-14"]


def test_an_event_reaches_whom_it_names_and_those_below_but_not_whom_it_leaves_out(
    study_with: Write,
) -> None:
    left = event("V01", "task", "15th", more="  without: [esimiehet-tori]\n")
    made = clock(study_with, left)
    reached = [s.id for s in made.segments if made.events["V01"].reaches(
        made.segments.holding(s.id))]  # fmt: skip
    assert reached == ["esimiehet", "esimiehet-koulu"]


def test_people_are_told_so_many_days_before(study_with: Write) -> None:
    made = clock(study_with, event("V01", "task", "03-15", more="  lead: 20\n"))
    assert made.of("V01", 2010)[0].notice == datetime.date(2010, 2, 23)


def test_a_deadline_within_a_day_of_a_pay_day_clashes_if_both_name_a_segment(
    study_with: Write,
) -> None:
    near, far = event("V02", "deadline", "03-16"), event("V03", "deadline", "03-17")
    other = event("V04", "deadline", "03-15", "esimiehet-tori")
    made = clock(study_with, PAY, near, far, other)
    pairs = [(a.event.id, b.event.id) for a, b in clashes(made.year(2010))]
    assert pairs == [("V02", "V01"), ("V02", "V03")]


def test_tasks_and_pay_days_among_themselves_clash_with_nothing(study_with: Write) -> None:
    same = [event("V02", "pay-day", "03-15"), event("V03", "task", "03-15")]
    assert clashes(clock(study_with, PAY, *same).year(2010)) == []


def test_a_year_leaves_out_events_whose_rule_gives_no_days(study_with: Write) -> None:
    made = clock(study_with, PAY, event("V02", "task", "02-30"))
    assert {o.event.id for o in made.year(2010)} == {"V01"}


def test_the_clock_s_year_is_that_of_the_latest_material(study_with: Write) -> None:
    head = STUDY["interviews/h03.md"].replace("2010-03", "2012-03")
    assert clock_year(wb.load(study_with({"interviews/h03.md": head})).documents) == 2012
