"""The four levels of the customer base: sums agree on each, and what nobody knows stays unknown."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import add
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.offices import OFFICE, RELATIONSHIPS
from workbench.base.records import Label, Link, Place, Prose
from workbench.care.model import Care
from workbench.care.relationships import (
    Activity,
    Actor,
    Customer,
    Demand,
    Encounter,
    Phase,
    Relationship,
    Volume,
)
from workbench.material.segments import Population, Segment, SegmentLevel, Segments
from workbench.practice.structure import Level, Row, Structure, Total, structure
from workbench.study import Study, Unknown

Write = Callable[..., Path]
HERE = Place(Path("care.yml"), 1)
NAME, SOURCE = Label({"fi": "n", "en": "n"}), Prose({"fi": "lähde"})
SUMS = ("encounters", "activities", "work", "theirs")
PARENTS = {"a-1": "a", "a-2": "a", "b-1": "b", "a": None, "b": None}


def link(name: str) -> Link:
    return Link(name, HERE)


def segment(name: str, parent: str | None) -> Segment:
    level = SegmentLevel.BASE if parent else SegmentLevel.ROLLUP
    above = link(parent) if parent else None
    return Segment(id=name, label=NAME, level=level, place=HERE,
                   population=Population(None, SOURCE), parent=above)  # fmt: skip


SEGMENTS = Segments({n: segment(n, p) for n, p in PARENTS.items()})
counts = st.none() | st.integers(0, 10**6)
minutes = st.none() | st.sampled_from([0.1, 0.5, 1, 2.5, 7, 1 / 3])
activities = st.builds(
    Activity, place=st.just(HERE), what=st.just(NAME), actor=st.sampled_from(Actor), minutes=minutes
)
encounters = st.lists(st.lists(activities, max_size=4), min_size=1, max_size=3)
volumes = st.dictionaries(st.integers(0, 2), counts, max_size=3)
relationships = st.lists(
    st.tuples(st.sampled_from(["a-1", "a-2", "b-1"]), volumes, st.sampled_from([0.9, 1.0, 1.1])),
    max_size=5,
)


@st.composite
def studies(draw: st.DrawFn) -> Study:
    kinds = {
        f"e{n}": Encounter(
            id=f"e{n}", label=NAME, demand=Demand.REMOTE, channels=(), place=HERE,
            activities=tuple(steps),
        )
        for n, steps in enumerate(draw(encounters))
    }  # fmt: skip
    customers, related = {}, {}
    for n, (of, counted, weight) in enumerate(draw(relationships)):
        name = f"c{n}"
        customers[name] = Customer(
            id=name, place=HERE, label=NAME, segment=link(of), source=SOURCE
        )  # fmt: skip
        related[name] = Relationship(
            id=name, place=HERE, label=NAME, customer=link(name), unit=link("u"),
            phase=Phase.ESTABLISHED, complexity=weight,
            volumes=tuple(
                Volume(place=HERE, encounter=link(f"e{e}"), count=count, source=SOURCE)
                for e, count in counted.items() if f"e{e}" in kinds
            ),
        )  # fmt: skip
    care = Care(customers=customers, relationships=related, encounters=kinds)
    return Study(Path(), segments=SEGMENTS, care=care)


def summed(rows: tuple[Row, ...], name: str) -> Total:
    return reduce(add, (getattr(r, name) for r in rows), Total())


@settings(deadline=None)
@given(studies())
def test_relationships_segments_and_roll_ups_add_up_to_the_base(study: Study) -> None:
    whole = structure(study, level="base").whole
    for level in ("rollup", "segment", "relationship", "encounter"):
        rows = structure(study, level=level).rows
        assert [summed(rows, name) for name in SUMS] == [getattr(whole, n) for n in SUMS]


@settings(deadline=None)
@given(studies())
def test_minutes_and_doings_of_activities_add_up_to_the_base(study: Study) -> None:
    found = structure(study, level="activity")
    for name in ("activities", "work", "theirs"):
        assert summed(found.rows, name) == getattr(found.whole, name)


@settings(deadline=None)
@given(studies())
def test_views_of_the_roll_ups_add_up_to_the_base(study: Study) -> None:
    parts = tuple(structure(study.where(segment=s), level="base").whole for s in ("a", "b"))
    whole = structure(study, level="base").whole
    assert [summed(parts, name) for name in SUMS] == [getattr(whole, n) for n in SUMS]


@settings(deadline=None)
@given(studies(), st.randoms())
def test_the_order_of_the_files_changes_no_sum(study: Study, random: object) -> None:
    backwards = dict(reversed(study.care.relationships.items()))
    turned = Study(Path(), segments=SEGMENTS, care=Care(
        customers=study.care.customers, relationships=backwards, encounters=study.care.encounters,
    ))  # fmt: skip
    for level in Level:
        by_key = {r.key: r for r in structure(study, level=level).rows}
        assert by_key == {r.key: r for r in structure(turned, level=level).rows}


def loaded(write: Write, relationships: str = RELATIONSHIPS) -> Study:
    return wb.load(write({**OFFICE, "parameters/care/relationships.yml": relationships}))


def base(study: Study) -> Structure:
    return structure(study, "en", level="base")


def test_what_nobody_counted_is_told_and_not_summed_as_nothing(study_with: Write) -> None:
    # koulu: 100 calls (customer 2 min, provider 3 + null min); tori: nobody counted its calls
    whole = base(loaded(study_with)).whole
    assert whole.encounters == Total(Fraction(100), 1, 2)
    assert whole.work == Total(Fraction(600), 3, 4)  # 100 × 3 min × complexity 2
    assert whole.theirs == Total(Fraction(200), 1, 2)  # no complexity: the customer's own time
    assert base(loaded(study_with)).table.iloc[0, 2] == "100 (not known: 1 of 2)"


def test_an_encounter_without_activities_takes_minutes_nobody_knows(study_with: Write) -> None:
    study = loaded(study_with, RELATIONSHIPS.replace("soitto", "käynti"))
    assert base(study).whole.work == Total(Fraction(0), 2, 2)
    assert base(study).table.iloc[0, 4] == "unknown"


def test_a_relationship_nobody_counted_has_a_row(study_with: Write) -> None:
    text = RELATIONSHIPS.split("  volumes:")[0]
    rows = structure(loaded(study_with, text), "en").table
    assert list(rows.iloc[0]) == ["School", "1", "–", "–", "–", "–"]


def test_the_latest_year_counts_unless_another_is_asked_for(study_with: Write) -> None:
    more = "    - {encounter: soitto, year: 2010, count: 7, source: s}\n"
    dated = RELATIONSHIPS.replace("count: 100", "year: 2009, count: 100").replace(
        "tori:", f"{more}tori:"
    )
    study = loaded(study_with, dated)
    assert structure(study, level="base").whole.encounters.value == 7
    assert structure(study, level="base", year="2009").whole.encounters.value == 100


def test_a_roll_up_holds_the_relationships_of_its_base_segments(study_with: Write) -> None:
    (row,) = structure(loaded(study_with), "en", level="rollup").rows
    assert (row.key, row.label, row.relationships) == ("esimiehet", "Supervisors", 2)


def test_a_level_that_is_none_is_refused(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no level 'segmetn'"):
        structure(loaded(study_with), level="segmetn")
