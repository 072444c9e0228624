"""What all counted material has in common: its description, its cells, and whose a row is."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Generic, Protocol, Self, TypeVar

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Label, Link, Place, Prose, Reader, Verbatim, When
from workbench.base.strict_yaml import Mapping, Node
from workbench.material.informants import Side, Vocabulary
from workbench.material.segments import SegmentLevel, Segments
from workbench.material.tables import Table, missing, parse_table

_NUMBER = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+)(?:\.[0-9]{1,9})?")
_DATES = {
    "iso": re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?"),
    "d.m.y": re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"),
    "d/m/y": re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
    "m/d/y": re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})"),
}
_TIME = re.compile(r"[ T][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?$")
COMMA, POINT = Verbatim(","), Verbatim(".")
YES = frozenset(["kyllä", "ja", "yes", "true", "1", "x"])
"""What a cell says that agrees, in any letter case."""


class DateForm(StrEnum):
    """How a column writes days; a month is always `2009-11`."""

    ISO = "iso"
    FINNISH = "d.m.y"
    DAY_FIRST = "d/m/y"
    MONTH_FIRST = "m/d/y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the yml beside a table says, whatever the table holds.

    `attributes` maps attributes of study.yml to columns, `values` what their cells hold to the
    attribute's values where the two differ. `where` keeps only rows whose cell in a column is
    among the values given (`{consent: yes}`). `missing` are cells that mean no answer
    in every column but that of people.
    """

    anybody: ClassVar[bool] = False
    """Whether a row may come from people nothing is known of."""

    id: str
    place: Place
    title: Label
    origin: Prose
    date: When | None = None
    side: Side = Side.CUSTOMER
    separator: Verbatim = COMMA
    decimal: Verbatim = POINT
    date_form: DateForm = DateForm.ISO
    person: Link | None = None
    attributes: dict[str, Link] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A column, and what its cells mean."""

    column: Link
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """People alike in every attribute, and the base segment they are in (or nothing)."""

    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A code given to the whole of an answer or a feedback item, with its facets."""

    code: str
    facets: frozenset[str] = frozenset()


class Row(Protocol):
    """One line of counted material."""

    @property
    def group(self) -> Group:
        """Return the people it is from."""

    @property
    def line(self) -> int:
        """Return where it begins in its table, from 1."""


D = TypeVar("D", bound=Description)
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Counted(Generic[D, R]):
    """A table read by its description; `left_out` rows are not there by its `where`."""

    form: D
    path: Path
    rows: tuple[R, ...]
    left_out: int = 0

    @property
    def id(self) -> str:
        """Return the name of its files."""
        return self.form.id

    def of(self, fits: Callable[[Group], bool]) -> Self:
        """Return the same material with only the rows of groups that fit."""
        kept = {group for group in {row.group for row in self.rows} if fits(group)}
        return replace(self, rows=tuple(row for row in self.rows if row.group in kept))


@dataclass(slots=True)
class Sheet(Generic[D]):
    """A table in reading: gives cells of its rows by column, and notes their faults."""

    form: D
    table: Table
    problems: list[Problem]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    left_out: int = 0
    at: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, message: str, hint: str = "", level: Level = Level.ERROR) -> None:
        """Note a fault in a row of the table."""
        self.problems.append(Problem(self.table.path, line, message, hint, level))

    def column(self, name: str | None) -> list[str]:
        """Return the cells of one column, without blanks at their ends; empty ones if None."""
        if name is None or name not in self.at:
            return [""] * len(self.rows)
        at, none = self.at[name], frozenset(self.form.missing)
        if name == self.form.person:
            none = frozenset()
        cells = [cells[at].strip() for _, cells in self.rows]
        return ["" if cell in none else cell for cell in cells] if none else cells

    def numbers(
        self, name: str | None, fault: Callable[[float], str] = lambda _: ""
    ) -> list[float | None]:
        """Return the numbers of one column, None where a cell is empty or no number."""
        return [
            self._number(line, name or "", cell, fault) if cell else None
            for (line, _), cell in zip(self.rows, self.column(name), strict=True)
        ]

    def _number(
        self, line: int, name: str, cell: str, fault: Callable[[float], str]
    ) -> float | None:
        number = numeral(cell, self.form.decimal)
        if number is None:
            other = "," if self.form.decimal == "." else "."
            swapped = numeral(cell, other) is not None
            hint = f'Write `decimal: "{other}"` in the description.' if swapped else ""
            self.add(line, f"{name}: '{shown(cell)}' is not a number.", hint or _NO_NUMBER)
        elif why := fault(number):
            self.add(line, f"{name}: {why}", "Mend it, or name it under `missing`.")
            return None
        return number

    def dates(self, name: str | None) -> list[str]:
        """Return the days or months of one column as ISO text, empty where there is none."""
        cells = self.column(name)
        known = {cell: iso(cell, self.form.date_form) if cell else "" for cell in set(cells)}
        wrong: dict[str, list[int]] = {}
        for (line, _), cell in zip(self.rows, cells, strict=True):
            if known[cell] is None:
                wrong.setdefault(cell, []).append(line)
        for cell, lines in wrong.items():
            hint = f"Dates here are written as {self.form.date_form}; see `date_form`."
            self.add(lines[0], f"{name}: '{shown(cell)}' is not a date{_more(lines)}.", hint)
        return [known[cell] or "" for cell in cells]

    def groups(self, vocabulary: Vocabulary, segments: Segments) -> list[Group]:
        """Return whose each row is, by the study's attributes and the segments' rules."""
        names = [a for a in self.form.attributes if a in vocabulary]
        cells = [self.column(self.form.attributes[a]) for a in names]
        rows = list(zip(*cells, strict=True)) if cells else [()] * len(self.rows)
        known: dict[tuple[str, ...], Group] = {}
        first: dict[tuple[str, ...], list[int]] = {}
        for (line, _), row in zip(self.rows, rows, strict=True):
            first.setdefault(row, []).append(line)
        for row, lines in first.items():
            known[row] = self._group(
                dict(zip(names, row, strict=True)), lines, vocabulary, segments
            )
        return [known[row] for row in rows]

    def _group(
        self, cells: dict[str, str], lines: list[int], vocabulary: Vocabulary, segments: Segments
    ) -> Group:
        attributes = {}
        for name, cell in cells.items():
            means = self.form.values.get(name, {})
            values = [means.get(part, part) for part in map(str.strip, cell.split(";")) if part]
            for value in (v for v in values if v not in vocabulary[name]):
                hint = near_miss(value, vocabulary[name]) or "Add it in study.yml, or to `values`."
                self.add(lines[0], f"'{name}' cannot be '{shown(value)}'{_more(lines)}.", hint)
            attributes[name] = tuple(v for v in values if v in vocabulary[name])
        held = {name: values for name, values in attributes.items() if values}
        base = [s.id for s in segments if s.level is SegmentLevel.BASE and s.fits(held)]
        if any(s.level is SegmentLevel.BASE for s in segments) and self.form.side is Side.CUSTOMER:
            self._unplaced(held, base, lines)
        return Group(tuple(held.items()), base[0] if len(base) == 1 else "")

    def _unplaced(
        self, held: dict[str, tuple[str, ...]], base: list[str], lines: list[int]
    ) -> None:
        """Note rows of no base segment or of several; feedback may come from anybody."""
        if len(base) == 1 or (not held and self.form.anybody):
            return
        has = ", ".join(f"{k} {'; '.join(v)}" for k, v in held.items()) or "no attributes"
        which = f"to {len(base)}: {', '.join(base)}" if base else "to none"
        message = f"must belong to one base segment but belongs {which} ({has}{_more(lines)})."
        level = Level.WARNING if self.form.anybody else Level.ERROR
        hint = "Change the attributes or the rules in parameters/segments/."
        self.add(lines[0], message, hint, level)


_NO_NUMBER = "Write digits, or leave the cell empty; what means no answer stands under `missing`."


def shown(cell: str) -> str:
    """Return a cell short enough for a message."""
    return cell if len(cell) <= 40 else f"{cell[:39]}…"


def _more(lines: list[int]) -> str:
    return f", {len(lines)} rows" if len(lines) > 1 else ""


def numeral(cell: str, decimal: str = ".") -> float | None:
    """Return the number a cell holds, in plain digits with blanks by thousands, or None."""
    plain = cell.replace(decimal, ".") if decimal != "." and "." not in cell else cell
    if decimal != "." and "." in cell:
        return None
    return float(re.sub(r"\s", "", plain)) if _NUMBER.fullmatch(plain) else None


def iso(cell: str, form: str) -> str | None:
    """Return the day or month a cell holds as ISO text, or None; a time after it is left out."""
    day_alone = _TIME.sub("", cell)
    match = _DATES["iso"].fullmatch(day_alone) or _DATES[form].fullmatch(day_alone)
    if match is None:
        return None
    year, month, day = match["y"], int(match["m"]), match["d"]
    try:
        whole = date(int(year), month, int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7]


def describe(
    form: type[D],
    root: Mapping,
    reader: Reader,
    own: dict[str, object] | None = None,
) -> D | None:
    """Return the description in `root`; `own` gives the fields that were read apart."""
    given = own or {}
    kept = {k: v for k, v in root.items.items() if k not in (*given, "kind")}
    known = {"id": reader.path.stem, **given}
    found = reader.record(form, Mapping(kept, 1, root.lines), **known)
    if found is None:
        return None
    for key, mark in (("separator", found.separator), ("decimal", found.decimal)):
        allowed = (",", ";", "\t", "|") if key == "separator" else (".", ",")
        if mark not in allowed:
            reader.add(root.lines[key], f"'{key}' cannot be '{mark}'.", 'Write "," or ";", say.')
            return None
    return replace(found, place=Place(reader.path, 1))


def sheet(
    form: D,
    root: Mapping,
    text: str,
    path: Path,
    columns: Iterable[tuple[str, int]],
    vocabulary: Vocabulary,
    problems: list[Problem],
) -> Sheet[D] | None:
    """Read the table of a description, without the rows that `where` leaves out.

    `columns` are those the description names, each with its line there; one that the table has
    not is a problem, and if it is among `where`, nothing is read: who did not agree would be.
    """
    table, faults = parse_table(text, path, form.separator)
    problems += faults
    if table is None:
        return None
    filters = list(keys(root.items.get("where")))
    shared = [(str(link), link.place.line) for link in (form.person, *form.attributes.values())
              if link is not None]  # fmt: skip
    for name, line in (*shared, *filters, *columns):
        if name not in table.columns:
            problems.append(Problem(form.place.path, line, *missing(name, table)))
    problems += _unknown_attributes(form, root, vocabulary)
    at = {name: n for n, name in enumerate(table.columns) if name}
    if any(name not in at for name, _ in filters):
        return None
    wanted = [(at[name], frozenset(form.where[name])) for name, _ in filters if name in form.where]
    rows = list(table.rows)
    for n, ok in wanted:
        rows = [row for row in rows if row[1][n].strip() in ok]
    return Sheet(form, table, problems, rows, len(table.rows) - len(rows), at)


def keys(node: Node | None) -> Iterator[tuple[str, int]]:
    """Yield the keys of a node of the description, each with its line."""
    if isinstance(node, Mapping):
        yield from node.lines.items()


def _unknown_attributes(form: D, root: Mapping, vocabulary: Vocabulary) -> Iterator[Problem]:
    for section in ("attributes", "values"):
        for name, line in keys(root.items.get(section)):
            if name not in vocabulary:
                message = f"no attribute '{name}' in study.yml."
                hint = near_miss(name, vocabulary) or "Add it to `attributes` there."
                yield Problem(form.place.path, line, message, hint)


def marks(cell: str) -> tuple[Mark, ...]:
    """Return the codes in a cell: `code facet facet; code`, each code with its facets once."""
    parts = (part.split() for part in cell.split(";"))
    return tuple(dict.fromkeys(Mark(p[0], frozenset(p[1:])) for p in parts if p))


def check_marks(
    given: Iterable[tuple[Place, Iterable[Mark]]],
    content: Container[str],
    facets: Container[str],
    hint: Callable[[str, bool], str],
) -> list[Problem]:
    """Note codes and facets that are not in the book; `hint(name, is_code)` says what to do."""
    problems = []
    for place, found in given:
        for mark in found:
            if mark.code not in content:
                message = f"no code '{shown(mark.code)}'."
                problems.append(place.problem(message, hint(mark.code, True)))
            for facet in sorted(f for f in mark.facets if f not in facets):
                message = f"no facet '{shown(facet)}'."
                problems.append(place.problem(message, hint(facet, False)))
    return problems
