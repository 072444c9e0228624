"""Hours of a relationship are counted from work, and what nobody counted is named."""

import pytest

from tests.staff import SERVED, encounter, handler, relationship, staffed
from workbench.care.relationships import Actor
from workbench.practice.hours import Missing, minutes_of, work_of, work_of_handler

CALL = encounter("soitto", SERVED)


def test_hours_are_count_times_minutes_times_complexity() -> None:
    served = encounter("soitto", (Actor.PROVIDER, 20.0), (Actor.CUSTOMER, 99.0), SERVED)
    a = relationship("a", volumes={"soitto": 90}, complexity=1.5)
    work = work_of(a, staffed(served).care)
    assert work.hours == pytest.approx(90 * 50 * 1.5 / 60) == 112.5


def test_only_the_providers_minutes_are_work_and_one_unknown_makes_them_unknown() -> None:
    assert minutes_of(encounter("x", SERVED, (Actor.CUSTOMER, None))) == 30
    assert minutes_of(encounter("x", SERVED, (Actor.PROVIDER, None))) is None
    assert minutes_of(encounter("x", (Actor.SYSTEM, None))) == 0
    assert minutes_of(encounter("x")) is None


def test_an_unknown_count_and_unknown_minutes_are_named_and_the_rest_still_counts() -> None:
    care = staffed(CALL, encounter("kirje")).care
    work = work_of(relationship("a", volumes={"soitto": 4, "kirje": 5, "vieras": None}), care)
    assert (work.hours, work.known) == (None, 2)
    assert work.missing == (
        Missing("minutes", "kirje"),
        Missing("count", "vieras", "a"),
        Missing("minutes", "vieras"),
    )


def test_what_never_happens_needs_no_minutes() -> None:
    work = work_of(relationship("a", volumes={"kirje": 0}), staffed(encounter("kirje")).care)
    assert work.hours == 0


def test_of_two_years_the_latest_of_the_base_counts() -> None:
    old = relationship("a", volumes={"soitto": 500}, year="2008")
    new = relationship("b", volumes={"soitto": 20}, year="2009")
    care = staffed(CALL, old, new).care
    assert work_of(new, care).hours == 10
    assert work_of(old, care).missing == (Missing("volumes", relationship="a"),)


def test_a_relationship_nobody_counted_has_no_hours() -> None:
    assert work_of(relationship("a"), staffed().care).missing == (
        Missing("volumes", relationship="a"),
    )


def test_a_handlers_work_is_the_relationships_and_the_fixed_hours() -> None:
    study = staffed(CALL, *(relationship(n, volumes={"soitto": 20}) for n in "ab"))
    assert work_of_handler(handler("K1", primary="ab", fixed=100), study.care).hours == 120
    unknown = work_of_handler(handler("K1", primary="a", fixed=None), study.care)
    assert (unknown.hours, unknown.known) == (None, 10)
    assert unknown.missing == (Missing("fixed", handler="K1"),)


def test_what_is_missing_is_said_by_its_name() -> None:
    study = staffed(CALL, relationship("a"))
    said = Missing("count", "soitto", "a").say(study, "en")
    assert said == "count a year: Kohtaaminen soitto (Asiakkuus a)"
