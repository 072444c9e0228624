"""Encounters as counted by the service: how many, how many minutes, by channel and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Link, Reader
from workbench.base.strict_yaml import parse
from workbench.material.counted import Counted, Description, Group, Sheet, describe, sheet, shown
from workbench.material.informants import Vocabulary
from workbench.material.segments import Segments


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterForm(Description):
    """The description of encounter counts; `minutes` are minutes of work in all."""

    month: Link
    channel: Link
    encounter: Link
    count: Link
    minutes: Link | None = None


@dataclass(frozen=True, slots=True)
class Encountered:
    """Encounters of one kind in one month, channel and group; None is what nobody counted."""

    line: int
    group: Group
    month: str
    channel: str
    encounter: str
    count: int | None
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Encounters(Counted[EncounterForm, Encountered]):
    """Encounter counts: their description and their rows."""


def parse_encounters(
    text: str,
    path: Path,
    table: str,
    beside: Path,
    languages: tuple[str, ...],
    vocabulary: Vocabulary,
    segments: Segments,
) -> tuple[Encounters | None, list[Problem]]:
    """Read encounter counts from the `text` of their description and of their `table`; pure."""
    root, problems = parse(text, path)
    form = describe(EncounterForm, root, Reader(path, problems, languages))
    if form is None:
        return None, problems
    named = (form.month, form.channel, form.encounter, form.count, form.minutes)
    columns = [(link, link.place.line) for link in named if link is not None]
    read = sheet(form, root, table, beside, columns, vocabulary, problems)
    if read is None:
        return None, problems
    rows = tuple(_rows(read, vocabulary, segments))
    problems += _repeated(rows, beside)
    return Encounters(form, beside, rows, read.left_out), problems


def _rows(
    read: Sheet[EncounterForm], vocabulary: Vocabulary, segments: Segments
) -> Iterator[Encountered]:
    form = read.form
    columns = zip(
        read.rows,
        read.groups(vocabulary, segments),
        read.dates(form.month),
        read.column(form.channel),
        read.column(form.encounter),
        read.numbers(form.count, lambda n: f"{n:g} is no count." if n < 0 or n % 1 else ""),
        read.numbers(form.minutes, lambda n: f"{n:g} are no minutes." if n < 0 else ""),
        strict=True,
    )
    for (line, _), group, month, channel, encounter, count, minutes in columns:
        whole = None if count is None else int(count)
        yield Encountered(line, group, month[:7], channel, encounter, whole, minutes)


def _repeated(rows: tuple[Encountered, ...], path: Path) -> Iterator[Problem]:
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (row.group, row.month, row.channel, row.encounter)
        if (line := first.setdefault(key, row.line)) != row.line:
            message = f"the same group, month, channel and encounter stand on line {line}."
            yield Problem(path, row.line, message, "Both count; if one is a copy, remove it.",
                          Level.WARNING)  # fmt: skip


def check_encounters(
    encounters: Encounters, channels: Collection[str], kinds: Collection[str]
) -> Iterator[Problem]:
    """Note channels and encounters that are not in the codebook's trees of them, once each."""
    told: set[tuple[str, str]] = set()
    for row in encounters.rows:
        for what, name, known in (
            ("channel", row.channel, channels),
            ("encounter", row.encounter, kinds),
        ):
            if name not in known and (what, name) not in told:
                told.add((what, name))
                message = f"no {what} '{shown(name)}' in the codebook." if name else f"no {what}."
                yield Problem(encounters.path, row.line, message, near_miss(name, known))
