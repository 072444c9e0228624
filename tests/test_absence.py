"""The absence test agrees with going through every day by hand."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.staff import handler, relationship, staffed
from workbench.care.handlers import Handler
from workbench.care.relationships import Relationship
from workbench.practice.absence import Held
from workbench.study import Unknown

AREAS, NAMES, MONTH = ("x", "y"), ("a", "b", "c"), "2010-06"


@st.composite
def offices(draw: st.DrawFn) -> list[object]:
    """Return up to three handlers with skills, absences in June, own and backup relationships."""
    some = st.lists(st.sampled_from(AREAS), unique=True)
    records: list[object] = [relationship(n, draw(some)) for n in NAMES]
    owner = {n: draw(st.integers(0, 2)) for n in NAMES}
    for k in range(3):
        start = draw(st.integers(1, 30))
        end = draw(st.integers(start, 30))
        away = [(f"2010-06-{start:02}", f"2010-06-{end:02}")] if draw(st.booleans()) else []
        own = [n for n in NAMES if owner[n] == k]
        backup = [n for n in NAMES if owner[n] != k and draw(st.booleans())]
        skills = {area: draw(st.integers(0, 3)) for area in AREAS}
        records.append(handler(f"K{k}", own, backup, skills, away))
    return records


def by_hand(records: list[object], who: str) -> dict[str, Held]:
    """Go through every day of June and every colleague, with no function of the workbench."""
    staff = [r for r in records if isinstance(r, Handler)]
    tasks = {r.id: r for r in records if isinstance(r, Relationship)}
    found = {}
    for name in next(h for h in staff if h.id == who).primary:
        named = [h for h in staff if name in h.backup]
        alone = 0
        for number in range(1, 31):
            day = datetime.date(2010, 6, number)
            ready = 0
            for h in named:
                knows = all(dict(h.skills).get(a, 0) >= 2 for a in tasks[name].areas)
                here = not any(a.start <= str(day) <= a.end for a in h.away)
                ready += knows and here
            alone += day.isoweekday() <= 5 and not ready
        found[str(name)] = Held.UNCOVERED if not named else Held.NOMINAL if alone else Held.COVERED
    return found


@given(offices())
@settings(max_examples=200, deadline=None)
def test_the_absence_test_equals_going_through_every_day_by_hand(records: list[object]) -> None:
    study = staffed(*records)
    for who in study.care.handlers:
        cases = wb.absence(study, who, MONTH).cases
        assert {c.cover.relationship.id: c.held for _, c in cases} == by_hand(records, who)


def test_a_backup_who_is_away_half_the_month_covers_in_name_only() -> None:
    own, backup = handler("K1", "a"), handler("K2", backup="a", away=[("2010-06-01", "2010-06-11")])
    ((_, case),) = wb.absence(staffed(relationship("a"), own, backup), "K1", MONTH).cases
    assert case.held is Held.NOMINAL
    assert (case.by, case.gone, len(case.without), len(case.days)) == (("K2",), ("K2",), 9, 22)


def test_without_a_handler_everybody_is_taken_away_in_turn_in_the_months_with_absences() -> None:
    own = handler("K1", "a", away=[("2010-07-30", "2010-08-02")])
    result = wb.absence(staffed(relationship("a"), relationship("b"), own, handler("K2", "b")))
    assert result.times == ("2010-07", "2010-08")
    assert [(time, case.handler) for time, case in result.cases] == [
        ("2010-07", "K1"), ("2010-08", "K1"), ("2010-07", "K2"), ("2010-08", "K2"),
    ]  # fmt: skip


def test_where_nobody_is_away_as_planned_the_backup_is_asked_for_any_time() -> None:
    study = staffed(relationship("a"), handler("K1", "a"), handler("K2", backup="a"))
    ((time, case),) = wb.absence(study, language="en").cases
    assert (time, case.held, case.by) == ("", Held.COVERED, ("K2",))


def test_the_table_says_who_covers_and_why_not() -> None:
    study = staffed(
        relationship("a", ["x"]), handler("K1", "a"), handler("K2", backup="a", skills={"x": 1})
    )
    row = wb.absence(study, "K1", MONTH, "en").table.iloc[0]
    assert list(row[["Does it hold", "Who covers", "Weekdays without", "Why not"]]) == [
        "only nominally", "", "22/22", "K2 does not hold: x",
    ]  # fmt: skip


def test_the_list_of_planned_absences_counts_the_days_without_anybody() -> None:
    own = handler("K1", "a", away=[("2010-07-05", "2010-07-16")])
    backup = handler("K2", backup="a", away=[("2010-07-14", "2010-07-20")])
    result = wb.leaves(staffed(relationship("a"), own, backup), "en")
    assert list(result.table["Weekdays without"]) == ["3/10"]
    assert "1 only nominally" in result.caption


@pytest.mark.parametrize(("who", "month"), [("K9", MONTH), ("K1", "2010-13"), ("K1", "kesäkuu")])
def test_a_handler_or_month_there_is_not_is_refused(who: str, month: str) -> None:
    with pytest.raises(Unknown):
        wb.absence(staffed(handler("K1")), who, month)
