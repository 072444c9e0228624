"""Is every relationship somebody's, and does anybody stand in? Skills, absences, accepted gaps."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from workbench.base.problems import Level, Problem
from workbench.base.records import Prose
from workbench.care.balance import Witness
from workbench.care.cover import Cover, covers, first, lacking, last, level, weekdays
from workbench.care.handlers import COMPETENT, Accepted, Handler
from workbench.care.links import within
from workbench.care.model import FOLDERS, TABLES, Care

HIGHEST = 3
_ACCEPT = "or say under `accepted:` why it stays so"


def check_handlers(care: Care, _: Witness) -> list[Problem]:
    """Note what is wrong in handlers, areas and models; weaknesses of cover are only listed."""
    problems: list[Problem] = []
    for handler in care.handlers.values():
        problems += _handler(handler)
    if care.handlers:
        for cover in covers(care).values():
            problems += _served(cover)
            problems += _weak(cover)
        problems += _held(care)
    return [*problems, *_leaves(care), *_idle(care), *_judged(care), *_named(care)]


def _handler(handler: Handler) -> Iterator[Problem]:
    if handler.hours is not None and handler.hours <= 0:
        message = f"{handler.id} cannot work {handler.hours:g} hours a year."
        hint = "Write the hours of a year, or null if nobody knows them."
        yield handler.place.problem(message, hint)
    if handler.fixed is not None and not 0 <= handler.fixed <= (handler.hours or handler.fixed):
        message = f"{handler.id} cannot have {handler.fixed:g} hours bound of those in a year."
        yield handler.place.problem(message, "Write a part of `hours`, or null if not known.")
    for area, held in handler.skills.items():
        if not 0 <= held <= HIGHEST:
            message = f"{handler.id} cannot hold '{area}' at level {held}."
            hint = f"Levels go from 0 (none) to {HIGHEST}; {COMPETENT} stands in alone."
            yield area.place.problem(message, hint)
    for link in handler.backup:
        if link in handler.primary:
            message = (
                f"{handler.id} is the backup of '{link}', which is already {handler.id}'s own."
            )
            yield link.place.problem(message, "Name somebody else as backup.")
    for away in handler.away:
        if last(away.end) < first(away.start):
            message = f"{handler.id} is back on {away.end} before leaving on {away.start}."
            yield away.place.problem(message, "Put the first day under `start:`.")


def _served(cover: Cover) -> Iterator[Problem]:
    """Note a relationship nobody has, or two have."""
    name = cover.relationship.id
    if not cover.primary:
        message = f"nobody is the handler of '{name}'."
        hint = "Write it under `primary:` of a handler in handlers.yml."
        yield cover.relationship.place.problem(message, hint)
    for second in cover.primary[1:]:
        message = f"'{name}' has {cover.primary[0].id} and {second.id} as its handler."
        link = next(link for link in second.primary if link == name)
        yield link.place.problem(message, "Leave one `primary:` and make the other a `backup:`.")


def _weak(cover: Cover) -> Iterator[Problem]:
    """List what is weak in the cover of a relationship and was not accepted."""
    for own in cover.primary[:1]:
        if _accepted(own, cover):
            continue
        name = cover.relationship.id
        link = next(link for link in own.primary if link == name)
        if missing := lacking(own, cover.relationship):
            message = f"{own.id} does not hold {_list(missing)}, which '{name}' asks for."
            hint = f"Plan training (`training:` of the area), {_ACCEPT}."
            yield link.place.problem(message, hint, Level.WARNING)
        if not cover.backup:
            message = f"nobody stands in for {own.id} with '{name}'."
            hint = f"Write it under `backup:` of a handler, {_ACCEPT}."
            yield link.place.problem(message, hint, Level.WARNING)
        for backup in cover.backup:
            if backup is own or not (missing := lacking(backup, cover.relationship)):
                continue
            here = next(link for link in backup.backup if link == name)
            message = f"{backup.id} stands in with '{name}' without holding {_list(missing)}."
            hint = f"Plan training (`training:` of the area), choose another backup, {_ACCEPT}."
            yield here.place.problem(message, hint, Level.WARNING)


def _leaves(care: Care) -> Iterator[Problem]:
    """List planned absences in which those who stand in are away too."""
    found = covers(care)
    for handler in care.handlers.values():
        own = [found[name] for name in handler.primary if name in found]
        open_ = [cover for cover in own if cover.able and not _accepted(handler, cover)]
        for away in handler.away:
            days = weekdays(away)
            alone = [c for c in open_ if c.without(days)]
            if alone:
                names = _list(c.relationship.id for c in alone)
                who = _list(dict.fromkeys(h.id for c in alone for h in c.able))
                message = f"{handler.id} and {who} are away at the same time: {names}."
                hint = f"Move an absence, name a second backup, {_ACCEPT}."
                yield away.place.problem(message, hint, Level.WARNING)


def _held(care: Care) -> Iterator[Problem]:
    """List areas that fewer hold than must."""
    for area in care.areas.values():
        holders = sum(level(h, area.id) >= COMPETENT for h in care.handlers.values())
        if holders < area.least and area.accepted is None:
            message = f"{holders} hold '{area.id}' at level {COMPETENT}, {area.least} must."
            hint = "Plan `training:`, or say under `accepted:` why it stays so."
            yield area.place.problem(message, hint, Level.WARNING)


def _idle(care: Care) -> Iterator[Problem]:
    """Note what is accepted of relationships that are another's."""
    for handler in care.handlers.values():
        for link in (link for kept in handler.accepted for link in kept.relationships):
            if link in care.relationships and link not in handler.primary:
                message = f"{handler.id} accepts a weakness of '{link}', which is another's."
                yield link.place.problem(message, "Write it with the handler whose own it is.")


def _judged(care: Care) -> Iterator[Problem]:
    """Note findings a service model judges twice."""
    for model in care.models.values():
        seen: set[str] = set()
        for link in (link for effect in model.effects for link in effect.of):
            if link in seen:
                message = f"'{model.id}' judges {link} twice."
                yield link.place.problem(message, "Leave one of the two effects.")
            seen.add(link)


def _named(care: Care) -> Iterator[Problem]:
    """Note texts of segments' documents that name a handler: those are for management only."""
    if not care.handlers:
        return
    name = re.compile(rf"\b(?:{'|'.join(map(re.escape, care.handlers))})\b")
    for table in (*TABLES, *FOLDERS):
        if table == "handlers":
            continue
        for record in care.table(table).values():
            found = next(filter(None, map(name.search, _texts(record))), None)
            if found:
                message = f"a text of '{record.id}' names the handler {found[0]}."
                hint = "Handlers are named in handlers.yml only; say the role (own handler, pair)."
                yield record.place.problem(message, hint)


def _texts(record: object) -> Iterator[str]:
    """Yield every text a record and the records in it hold, in all languages."""
    for part in within(record, object):
        for field in dataclasses.fields(part):  # type: ignore[arg-type]  # records are dataclasses
            value = getattr(part, field.name)
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, Prose):
                    yield from text.values()


def _accepted(handler: Handler, cover: Cover) -> Accepted | None:
    name = cover.relationship.id
    return next((kept for kept in handler.accepted if name in kept.relationships), None)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
