"""Cooperation with customers: who is met when, and what is talked about (R70)."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.base.languages import day_of
from workbench.practice.contacts import contact_plan
from workbench.practice.registers import name_of
from workbench.practice.year import year
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the plan by segment, and each contact with its days, its owner and its agenda."""
    days = year(study, language).days

    def name(link: str, kind: str) -> str:
        return name_of(link, kind, study, language)

    planned = [
        {
            "contact": contact,
            "segments": "; ".join(name(s, "segment") for s in contact.segments),
            "channel": name(contact.channel, "channel"),
            "owner": name(contact.owner, "party"),
            "days": [day_of(o.day, language) for o in days if o.event.id in contact.events],
        }
        for contact in study.care.contacts.values()
    ]
    return {"plan": contact_plan(study, language), "planned": planned}
