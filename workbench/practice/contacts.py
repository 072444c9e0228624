"""The contact plan: how often each segment is met in a year, and on what occasions (R70)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.clock import Contact
from workbench.findings.results import Result
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Met:
    """A segment and the contacts planned with it or with one above it; the reason if none is."""

    segment: str
    contacts: tuple[Contact, ...]
    reason: str

    @property
    def own(self) -> tuple[Contact, ...]:
        """Return the contacts that name the segment itself, not one above it."""
        return tuple(c for c in self.contacts if self.segment in c.segments)

    @property
    def times(self) -> int:
        """Return how many times a year it is met."""
        return sum(contact.times for contact in self.contacts)


@dataclass(frozen=True, repr=False)
class ContactPlan(Result):
    """Each segment with its planned contacts."""

    rows: tuple[Met, ...]
    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each segment: occasions with their times, times in all, or why none."""
        say = words(self.language)
        keys = ("segment", "occasions", "times", "reason")
        rows = [(self.name(m), self.occasions(m), m.times, m.reason) for m in self.rows]
        return pd.DataFrame(rows, columns=[say(f"contacts_{key}") for key in keys])

    def name(self, met: Met) -> str:
        """Return the label of a segment."""
        return self.study.segments[met.segment].label.say(self.language)

    def occasions(self, met: Met) -> str:
        """Return the occasions, each with its times a year."""
        said = (f"{c.occasion.say(self.language)} ({c.times})" for c in met.contacts)
        return "; ".join(said)


def contact_plan(study: Study, language: str = "fi") -> ContactPlan:
    """Return the contact plan by segment; a view of a segment has that segment only.

    A segment without a planned contact has the reason that stands with it, or says that none does.
    """
    names = [study.segment] if study.segment else list(study.segments.all)
    rows = tuple(_met(name, study, language) for name in names)
    planned = {contact.id for row in rows for contact in row.contacts}
    caption = words(language)("contacts_caption", n=len(planned), segments=len(rows))
    return ContactPlan(caption, language, rows, study)


def _met(name: str, study: Study, language: str) -> Met:
    above = set(study.segments.holding(name))
    met = tuple(c for c in study.care.contacts.values() if not above.isdisjoint(c.segments))
    told = study.segments[name].contact_reason
    reason = told.say(language) if told else words(language)("contacts_no_reason")
    return Met(name, met, "" if met else reason)
