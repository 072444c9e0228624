"""Customers, relationships and encounters: both gain, somebody serves, every count stands once."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness
from workbench.care.checks.organisation import meets, served_by
from workbench.care.model import Care
from workbench.care.relationships import Activity, Actor, Encounter, Relationship
from workbench.material.informants import Side
from workbench.material.segments import Segments


def check_relationships(care: Care, witness: Witness) -> list[Problem]:
    """Note one-sided relationships, uncovered customers, and encounters nobody can follow."""
    problems = [*_customers(care)]
    for relationship in care.relationships.values():
        problems += [*_values(relationship), *_served(relationship, care, witness.segments)]
        problems += _volumes(relationship)
    for encounter in care.encounters.values():
        problems += _encounter(encounter, care)
    return problems


def _customers(care: Care) -> Iterator[Problem]:
    covered = {r.customer for r in care.relationships.values()}
    for customer in care.customers.values():
        if customer.id not in covered:
            message = f"{customer.id} has no relationship with any unit."
            hint = f"Add one with `customer: {customer.id}` to care/relationships.yml."
            yield customer.place.problem(message, hint)
        if customer.size is not None and customer.size < 0:
            hint = "Write how many they are, or null and a source that says why."
            yield customer.place.problem(f"{customer.id} cannot be {customer.size} people.", hint)


def _values(relationship: Relationship) -> Iterator[Problem]:
    for side in ("customer", "provider"):
        if getattr(relationship, f"value_{side}") is None:
            message = f"{relationship.id} has no value for the {side}."
            hint = f"Add `value_{side}: …`: in a relationship both gain."
            yield relationship.place.problem(message, hint)
    if relationship.complexity <= 0:
        message = f"{relationship.id} cannot have a complexity of {relationship.complexity:g}."
        yield relationship.place.problem(message, "Write 1 for the usual, 1.2 for a fifth more.")


def _served(relationship: Relationship, care: Care, segments: Segments) -> Iterator[Problem]:
    customer = care.customers.get(relationship.customer)
    if customer is None or customer.segment not in segments or relationship.unit not in care.units:
        return
    if not meets(customer.segment, served_by(care, relationship.unit), segments):
        message = f"{relationship.unit} does not serve '{customer.segment}' of {customer.id}."
        hint = "Name the unit that does, or add the segment to its `serves`."
        yield relationship.unit.place.problem(message, hint)


def _volumes(relationship: Relationship) -> Iterator[Problem]:
    seen: dict[str, set[str]] = {}
    for volume in relationship.volumes:
        years, year = seen.setdefault(volume.encounter, set()), volume.year or ""
        if years and (year in years or "" in years or not year):
            message = f"{relationship.id} counts '{volume.encounter}' twice."
            hint = "Keep one line for each encounter and year."
            yield volume.encounter.place.problem(message, hint)
        years.add(year)
        if volume.count is not None and volume.count < 0:
            message = f"{volume.count} is no count of '{volume.encounter}'."
            yield volume.place.problem(message, "Write a whole number, or null if nobody counted.")


def _encounter(encounter: Encounter, care: Care) -> Iterator[Problem]:
    if not encounter.channels:
        hint = "Add `channels:`, where it is done today."
        yield encounter.place.problem(f"{encounter.id} has no channel.", hint)
    if not encounter.activities:
        hint = "Add `activities:`, the customer's own steps too."
        yield encounter.place.problem(f"{encounter.id} has no activities.", hint, Level.WARNING)
    for activity in encounter.activities:
        yield from _activity(activity, care)


def _activity(activity: Activity, care: Care) -> Iterator[Problem]:
    if activity.minutes is not None and activity.minutes < 0:
        message = f"{activity.minutes:g} are no minutes."
        yield activity.place.problem(message, "Write minutes for one encounter, or null.")
    party = care.parties.get(activity.party or "")
    if party is None or activity.party is None:
        return
    if activity.actor is Actor.SYSTEM or (activity.actor is Actor.CUSTOMER) != (
        party.side is Side.CUSTOMER
    ):
        message = f"'{party.id}' is no {activity.actor}."
        yield activity.party.place.problem(message, "Name a party of that side, or none.")
