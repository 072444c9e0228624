"""Direct feedback: thanks, ideas, complaints and questions as they came, coded item by item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Link, Place, Reader
from workbench.base.strict_yaml import Mapping, parse
from workbench.material.counted import (
    YES,
    Choice,
    Counted,
    Description,
    Group,
    Mark,
    Sheet,
    describe,
    keys,
    marks,
    sheet,
    shown,
)  # fmt: skip
from workbench.material.informants import Vocabulary
from workbench.material.segments import Segments


class Sort(StrEnum):
    """What a feedback item is."""

    THANKS = "thanks"
    IDEA = "idea"
    COMPLAINT = "complaint"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackForm(Description):
    """The description of direct feedback.

    `codes` is a column of codes with facets; `marks` are columns that each stand for a code, given
    to the items whose cell is not empty. `facets` is a column whose cells mean a facet of every
    code of the item. `quote` says that the giver agreed to be quoted; without it nobody is.
    `answered` is a column of days on which a person answered the giver.
    """

    anybody = True

    text: Link
    date_column: Link | None = None
    type: Choice | None = None
    channel: Link | None = None
    codes: Link | None = None
    marks: dict[str, str] = field(default_factory=dict)
    facets: Choice | None = None
    language: Link | None = None
    quote: Link | None = None
    answered: Link | None = None
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One feedback item. `sender` is a pseudonym, or nothing; `sort` is empty where unknown.

    `answered` is the day on which somebody answered, as ISO text, or nothing.
    """

    line: int
    group: Group
    text: str
    sender: str = ""
    date: str = ""
    sort: str = ""
    channel: str = ""
    marks: tuple[Mark, ...] = ()
    language: str = ""
    quote: bool = False
    answered: str = ""


@dataclass(frozen=True, slots=True)
class Feedback(Counted[FeedbackForm, Message]):
    """Direct feedback: its description and its items, in the order of the file."""

    def marks(self) -> Iterator[tuple[Place, tuple[Mark, ...]]]:
        """Yield the codes of each item, with their places."""
        seen: set[tuple[Mark, ...]] = set()
        for row in self.rows:
            if row.marks not in seen:
                seen.add(row.marks)
                yield Place(self.path, row.line), row.marks


def parse_feedback(
    text: str,
    path: Path,
    table: str,
    beside: Path,
    languages: tuple[str, ...],
    vocabulary: Vocabulary,
    segments: Segments,
) -> tuple[Feedback | None, list[Problem]]:
    """Read direct feedback from the `text` of its description and of its `table`; pure."""
    root, problems = parse(text, path)
    reader = Reader(path, problems, languages)
    form = describe(FeedbackForm, root, reader)
    if form is None:
        return None, problems
    named = (form.text, form.date_column, form.channel, form.codes, form.language, form.quote,
             form.answered)  # fmt: skip
    chosen = (choice.column for choice in (form.type, form.facets) if choice)
    columns = [(str(link), link.place.line) for link in (*named, *chosen) if link is not None]
    columns += keys(root.items.get("marks"))
    problems += _sorts(form, root)
    read = sheet(form, root, table, beside, columns, vocabulary, problems)
    if read is None:
        return None, problems
    rows = tuple(_messages(read, vocabulary, segments))
    problems += _one_group_each(rows, beside)
    problems += _answered_before(rows, beside)
    return Feedback(form, beside, rows, read.left_out), problems


def _sorts(form: FeedbackForm, root: Mapping) -> Iterator[Problem]:
    node = root.items.get("type")
    values = node.items.get("values") if isinstance(node, Mapping) else None
    for cell, line in keys(values):
        sort = form.type.values.get(cell, "") if form.type else ""
        if sort and sort not in list(Sort):
            message = f"no type of feedback '{sort}'."
            yield Problem(form.place.path, line, message, near_miss(sort, list(Sort)))


def _messages(
    read: Sheet[FeedbackForm], vocabulary: Vocabulary, segments: Segments
) -> Iterator[Message]:
    form = read.form
    columns = zip(
        read.rows,
        read.groups(vocabulary, segments),
        read.column(form.text),
        read.column(form.person),
        read.dates(form.date_column),
        _chosen(read, form.type),
        read.column(form.channel),
        _given(read),
        read.column(form.language),
        (cell.casefold() in YES for cell in read.column(form.quote)),
        read.dates(form.answered),
        strict=True,
    )
    for (line, _), *cells in columns:
        yield Message(line, *cells)


def _chosen(read: Sheet[FeedbackForm], choice: Choice | None) -> list[str]:
    """Return what the cells of a choice mean; note those that are not explained, once each."""
    if choice is None:
        return [""] * len(read.rows)
    told: set[str] = set()
    cells = read.column(choice.column)
    for (line, _), cell in zip(read.rows, cells, strict=True):
        if cell and cell not in choice.values and cell not in told:
            told.add(cell)
            hint = near_miss(cell, choice.values) or "Add it to `values` in the description."
            read.add(line, f"{choice.column}: nothing says what '{shown(cell)}' is.", hint)
    return [choice.values.get(cell, "") for cell in cells]


def _given(read: Sheet[FeedbackForm]) -> list[tuple[Mark, ...]]:
    """Return the codes of each item: those of its cell, and those it is marked with."""
    form = read.form
    columns = {name: code for name, code in form.marks.items() if name in read.at}
    marked = [read.column(name) for name in columns]
    codes = [marks(code) for code in columns.values()]
    facets = _chosen(read, form.facets)
    made: dict[tuple[object, ...], tuple[Mark, ...]] = {}
    given = []
    for n, (cell, facet) in enumerate(zip(read.column(form.codes), facets, strict=True)):
        which = tuple(k for k, column in enumerate(marked) if column[n])
        key = (cell, which, facet)
        if key not in made:
            found = (*marks(cell), *(mark for k in which for mark in codes[k]))
            more = frozenset(facet.split())
            made[key] = tuple(dict.fromkeys(Mark(m.code, m.facets | more) for m in found))
        given.append(made[key])
    return given


def _one_group_each(rows: tuple[Message, ...], path: Path) -> Iterator[Problem]:
    """Note senders who are of one segment here and of another there: they would count twice."""
    first: dict[str, Message] = {}
    told: set[str] = set()
    for row in rows:
        if not row.sender or row.sender in told:
            continue
        before = first.setdefault(row.sender, row)
        if before.group.segment != row.group.segment:
            told.add(row.sender)
            message = (
                f"{shown(row.sender)} belongs to {row.group.segment or 'no segment'} here and to "
                f"{before.group.segment or 'no segment'} on line {before.line}."
            )
            yield Problem(path, row.line, message, "Mend one of them.", Level.WARNING)


def _answered_before(rows: tuple[Message, ...], path: Path) -> Iterator[Problem]:
    """Note items that were answered before they were given."""
    for row in rows:
        if row.answered and row.date and row.answered < row.date[: len(row.answered)]:
            message = f"answered on {row.answered}, but given on {row.date}."
            yield Problem(path, row.line, message, "Mend one of the two days.")
