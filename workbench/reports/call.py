"""Before you call: what one must know of a segment on one page, without names (R15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.languages import day_of, words
from workbench.care.clock import Clock, Occurrence, clock_year
from workbench.care.plans import AccountPlan, Line
from workbench.care.rules import ServiceRule
from workbench.reports.numbers import NO_NUMBERS, Sheet, plan_of
from workbench.reports.pages import CALL, HANDBOOK, PLAN, YEAR, Page, page, page_name, speaks
from workbench.reports.privacy import gate
from workbench.study import Study, segment_of

WHO, VALUE, WRONG, ASK, AVOID, PROMISES, DATES = 2, 2, 2, 3, 2, 4, 6
"""How many lines each part of the card has room for."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the card, and the place that says why."""

    text: str
    why: str


def call_card(view: Study, language: str = "fi") -> Page:
    """Return the card of a segment to read before one calls: one A4, no person, no number.

    `view` is `study.where(segment=…)`. What it tells stands in the segment's plan or, without
    one, in that of the nearest segment above, in the rules and in the clock; its sheet holds no
    numbers of people, so it can print none. Raises `NotInLanguage`.
    """
    speaks(view, language)
    segment = segment_of(view)
    plan = plan_of(view, segment.id)
    told = _parts(plan, view, language) if plan else {}
    return page(CALL, view, segment, gate(view), Sheet(NO_NUMBERS), language, told=told)


def _parts(plan: AccountPlan, view: Study, language: str) -> dict[str, list[Told]]:
    """Return the parts of the card in the order one needs them; empty ones are left out."""
    there = page_name(view, PLAN, view.segment, language)

    def lines(found: Iterable[Line], most: int) -> list[Told]:
        return [Told(x.text.say(language), f"{there}#{x.anchor}") for x in [*found][:most]]

    def why(rule: ServiceRule) -> str:
        action = answered(rule, plan)
        book = page_name(view, HANDBOOK, "", language)
        return f"{there}#{action}" if action else f"{book}#{rule.id}"

    year = page_name(view, YEAR, view.segment, language)
    r, call = plan.relationship, plan.call
    parts = {
        "best": lines([call.best], 1) if call else [],
        "who": lines(plan.starting_information, WHO),
        "ask": lines(call.ask, ASK) if call else [],
        "avoid": lines(call.avoid, AVOID) if call else [],
        "value": lines([r.value_customer, *r.strengths], VALUE),
        "wrong": lines(r.tensions, WRONG),
        "promised": [Told(_promise(x, language), why(x)) for x in promised(view, plan)],
        "dates": [
            Told(f"{day_of(x.day, language)} {x.event.title.say(language)}", year)
            for x in dates(view)
        ],
    }
    return {key: found for key, found in parts.items() if found}


def promised(view: Study, plan: AccountPlan) -> list[ServiceRule]:
    """Return the rules about people such as a segment's, those that realise its plan first.

    A rule is about the party that is its actor or counterpart; a party has the name of the role
    in a segment's rule.
    """
    chain = view.segments.holding(view.segment)
    roles = {role for s in chain for role in view.segments[s].rule.get("role", ())}
    rules = [r for r in view.care.rules.values() if roles & {r.actor, r.counterpart}]
    order = [*plan.development, ""]
    rules.sort(key=lambda r: order.index(answered(r, plan)))
    return rules[:PROMISES]


def answered(rule: ServiceRule, plan: AccountPlan) -> str:
    """Return the first action of a plan that a rule realises, or nothing."""
    return next((str(a) for a in plan.development if a in rule.actions), "")


def _promise(rule: ServiceRule, language: str) -> str:
    parts = {name: getattr(rule, name).say(language) for name in ("trigger", "must", "by_when")}
    return words(language)("call_promise", **parts)


def dates(view: Study) -> list[Occurrence]:
    """Return the days that come next for a segment, each event once.

    They follow the month of the latest material, whatever day it is on the machine.
    """
    chain = view.segments.holding(view.segment)
    documents = (view.whole or view).documents
    latest = max((d.date for d in documents.values()), default="")
    clock, year = Clock(view.care.clock, view.segments), clock_year(documents)
    days = (o for y in (year, year + 1) for o in clock.year(y) if o.event.reaches(chain))
    coming: dict[str, Occurrence] = {}
    for one in days:
        if one.day.isoformat()[: len(latest)] > latest:
            coming.setdefault(one.event.id, one)
    return list(coming.values())[:DATES]
