"""What a line of the care model points at: the kind of thing stands in the field's own type.

A field `owner: ToParty` is read as a `Link` and proved against the parties; one walk over the
records finds every link and everything that must rest on something, whatever file it stands in.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from workbench.base.records import Link, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class To:
    """Marks a link with the kind of what it names: a party, a segment, a rule and so on."""

    kind: str


ToAction = Annotated[Link, To("action")]
ToArea = Annotated[Link, To("area")]
ToCard = Annotated[Link, To("card")]
ToChannel = Annotated[Link, To("channel")]
ToClassification = Annotated[Link, To("classification")]
ToCode = Annotated[Link, To("code")]
ToCustomer = Annotated[Link, To("customer")]
ToEncounter = Annotated[Link, To("encounter")]
ToEvent = Annotated[Link, To("event")]
ToFacet = Annotated[Link, To("facet")]
ToFinding = Annotated[Link, To("finding")]
ToGoal = Annotated[Link, To("goal")]
ToIndicator = Annotated[Link, To("indicator")]
ToItem = Annotated[Link, To("item")]
ToNeed = Annotated[Link, To("need")]
ToParty = Annotated[Link, To("party")]
ToProcess = Annotated[Link, To("process")]
ToRelationship = Annotated[Link, To("relationship")]
ToRule = Annotated[Link, To("rule")]
ToSegment = Annotated[Link, To("segment")]
ToService = Annotated[Link, To("service")]
ToSystem = Annotated[Link, To("system")]
ToUnit = Annotated[Link, To("unit")]


def links(thing: object) -> Iterator[tuple[str, Link]]:
    """Yield every link of a record and of the records in it, with the kind of what it names."""
    for record in within(thing, object):
        for name, kind in kinds(record).items():
            for link in _links(getattr(record, name)):
                yield kind, link


def within(thing: object, cls: type[T]) -> Iterator[T]:
    """Yield a record and all records in it, as deep as they go, that are a `cls`."""
    if isinstance(thing, tuple):
        for item in thing:
            yield from within(item, cls)
    elif isinstance(thing, Mapping):
        for item in thing.values():
            yield from within(item, cls)
    elif thing is not None:
        if isinstance(thing, cls):
            yield thing
        for name in _holding(type(thing)):  # type: ignore[arg-type]  # every class is hashable
            yield from within(getattr(thing, name), cls)


@functools.cache
def _holding(cls: type) -> tuple[str, ...]:
    """Return the fields of a record in which other records may stand."""
    hints = typing.get_type_hints(cls)
    return tuple(f.name for f in dataclasses.fields(cls) if _holds(hints[f.name]))


def _holds(hint: Any) -> bool:
    if dataclasses.is_dataclass(hint):
        return hint is not Place
    return any(map(_holds, typing.get_args(hint)))


def _links(value: object) -> Iterator[Link]:
    if isinstance(value, Link):
        yield value
    elif isinstance(value, (tuple, Mapping)):
        yield from (item for item in value if isinstance(item, Link))


def kinds(record: object) -> dict[str, str]:
    """Return the fields of a record that hold links, with the kind of what they name."""
    return _of(type(record))  # type: ignore[arg-type]  # every class is hashable


@functools.cache
def _of(cls: type) -> dict[str, str]:
    hints = typing.get_type_hints(cls, include_extras=True)
    found = ((name, _kind(hint)) for name, hint in hints.items())
    return {name: kind for name, kind in found if kind}


def _kind(hint: Any) -> str:
    for mark in getattr(hint, "__metadata__", ()):
        if isinstance(mark, To):
            return mark.kind
    return next(filter(None, map(_kind, typing.get_args(hint))), "")
