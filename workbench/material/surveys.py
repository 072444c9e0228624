"""Surveys: who answered what on a scale, and who was asked: a CSV and the yml beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Label, Link, Place, Reader, When
from workbench.base.strict_yaml import Mapping, parse
from workbench.material.counted import (
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
)
from workbench.material.informants import Vocabulary
from workbench.material.segments import SegmentLevel, Segments


class Asks(StrEnum):
    """What an item asks about its code; `overall` is satisfaction as a whole and has no code."""

    EXPECTED = "expected"
    EXPERIENCED = "experienced"
    IMPORTANCE = "importance"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of the answering scale; `whole` scales have no answers between the steps."""

    low: float
    high: float
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An item of the survey; its id is its column. In a `reversed` one low is good.

    Answers to it are turned when they are read, so that high is good in all of them.
    """

    id: str
    place: Place
    asks: Asks
    text: Label
    code: Link | None = None
    reversed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question answered in words; `codes` is the column of what they were coded with."""

    id: str
    place: Place
    text: Label
    codes: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyForm(Description):
    """The description of a survey; `invited` says how many of each base segment were asked."""

    date: When
    person: Link
    scale: Scale
    invited: dict[str, int | None] = field(default_factory=dict)
    items: dict[str, Question] = field(default_factory=dict)
    open: dict[str, OpenQuestion] = field(default_factory=dict)

    def asking(self, asks: Asks) -> list[Question]:
        """Return the items that ask one thing, in the order of the description."""
        return [item for item in self.items.values() if item.asks is asks]


@dataclass(frozen=True, slots=True)
class Said:
    """An open answer and the codes somebody gave it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's answers: `answers` by item, only those given; `said` by open question."""

    id: str
    line: int
    group: Group
    answers: dict[str, float]
    said: dict[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Survey(Counted[SurveyForm, Respondent]):
    """A survey: its description and its respondents."""

    @property
    def answered(self) -> tuple[Respondent, ...]:
        """Return those who answered at least one item."""
        return tuple(r for r in self.rows if r.answers)

    def marks(self) -> Iterator[tuple[Place, tuple[Mark, ...]]]:
        """Yield the codes of open answers, with their places."""
        for row in self.rows:
            for said in row.said.values():
                yield Place(self.path, row.line), said.marks


def parse_survey(
    text: str,
    path: Path,
    table: str,
    beside: Path,
    languages: tuple[str, ...],
    vocabulary: Vocabulary,
    segments: Segments,
) -> tuple[Survey | None, list[Problem]]:
    """Read a survey from the `text` of its description and of its `table`; pure."""
    root, problems = parse(text, path)
    reader = Reader(path, problems, languages)
    apart: dict[str, object] = {
        key: reader.table(form, root.items[key])
        for key, form in (("items", Question), ("open", OpenQuestion))
        if key in root.items
    }
    form = describe(SurveyForm, root, reader, apart)
    if form is None:
        return None, problems
    problems += _questions(form)
    columns = [(q.id, q.place.line) for q in form.items.values()]
    columns += [(q.id, q.place.line) for q in form.open.values()]
    columns += [(q.codes, q.codes.place.line) for q in form.open.values() if q.codes]
    read = sheet(form, root, table, beside, columns, vocabulary, problems)
    if read is None:
        return None, problems
    survey = Survey(form, beside, _respondents(read, vocabulary, segments), read.left_out)
    problems += _invited(survey, root, segments)
    return survey, problems


def _questions(form: SurveyForm) -> Iterator[Problem]:
    for question in form.items.values():
        if question.code is None and question.asks is not Asks.OVERALL:
            message = f"'{question.id}' says no code."
            yield question.place.problem(message, "Add `code:`, or `asks: overall`.")
    if form.scale.low >= form.scale.high:
        message = f"the scale from {form.scale.low:g} to {form.scale.high:g} has no steps."
        yield form.place.problem(message, "Write the lower end as `low`.")


def _respondents(
    read: Sheet[SurveyForm], vocabulary: Vocabulary, segments: Segments
) -> tuple[Respondent, ...]:
    form = read.form
    if second := _second_header(read):
        hint = "Remove it; `workbench import` takes a second header row for the questions' texts."
        read.add(second, "no item has a number here: a second header row?", hint)
        read.rows = read.rows[1:]
    names = _people(read)
    answers = {name: _answers(read, item) for name, item in form.items.items() if name in read.at}
    words = {name: read.column(name) for name in form.open}
    codes = {name: read.column(q.codes) for name, q in form.open.items()}
    groups = read.groups(vocabulary, segments)
    return tuple(
        Respondent(
            names[n],
            line,
            groups[n],
            {name: a for name, column in answers.items() if (a := column[n]) is not None},
            {name: Said(column[n], marks(codes[name][n]))
             for name, column in words.items() if column[n] or codes[name][n]},
        )
        for n, (line, _) in enumerate(read.rows)
        if names[n]
    )  # fmt: skip


def _second_header(read: Sheet[SurveyForm]) -> int:
    """Return the line of a first row in which every item holds words, or 0."""
    columns = [read.at[name] for name in read.form.items if name in read.at]
    if not read.rows or len(columns) < 2:
        return 0
    line, cells = read.rows[0]
    return line if all(any(map(str.isalpha, cells[at])) for at in columns) else 0


def _people(read: Sheet[SurveyForm]) -> list[str]:
    """Return each row's respondent, empty where nobody or somebody for the second time."""
    first: dict[str, int] = {}
    names = []
    for (line, _), name in zip(read.rows, read.column(read.form.person), strict=True):
        if not name and read.form.person in read.at:
            read.add(line, "names no respondent.", f"Give a pseudonym in '{read.form.person}'.")
        elif name and first.setdefault(name, line) != line:
            message = f"'{shown(name)}' answered on line {first[name]} too."
            read.add(line, message, "This answer was left out; keep one of them.")
        names.append(name if first.get(name) == line else "")
    return names


def _answers(read: Sheet[SurveyForm], item: Question) -> list[float | None]:
    scale = read.form.scale

    def fault(value: float) -> str:
        if not scale.low <= value <= scale.high:
            return f"{value:g} is not on the scale {scale.low:g}–{scale.high:g}."
        return f"{value:g} is between the steps of the scale." if scale.whole and value % 1 else ""

    given = read.numbers(item.id, fault)
    if not item.reversed:
        return given
    return [None if value is None else scale.low + scale.high - value for value in given]


def _invited(survey: Survey, root: Mapping, segments: Segments) -> Iterator[Problem]:
    path = survey.form.place.path
    base = [s.id for s in segments if s.level is SegmentLevel.BASE]
    for name, line in keys(root.items.get("invited")):
        if name not in base:
            hint = near_miss(name, base) or "Say how many of each base segment were invited."
            yield Problem(path, line, f"no base segment '{name}' was invited.", hint)
            continue
        answered = sum(r.group.segment == name for r in survey.answered)
        asked = survey.form.invited.get(name)
        if asked is not None and answered > asked:
            message = f"{answered} answers from '{name}', where {asked} were invited."
            yield Problem(path, line, message, "Mend the number or the respondents' attributes.")
    answering = {r.group.segment for r in survey.answered}
    for name in base if survey.form.invited else ():
        if name not in survey.form.invited and name in answering:
            message = f"'{name}' has answers, but `invited` does not say how many were asked."
            yield Problem(path, 1, message, "Add it, or null if unknown.", Level.WARNING)
