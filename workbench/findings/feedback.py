"""Direct feedback counted apart from interviews: items by sort, and people where known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from workbench.base.languages import date, words
from workbench.base.problems import Problem, WorkbenchError
from workbench.coding.codebook import Codebook
from workbench.findings.quality import BAD, GOOD
from workbench.findings.results import Result
from workbench.findings.survey import one_of
from workbench.material.counted import Mark
from workbench.material.feedback import Feedback, FeedbackForm, Message, Sort
from workbench.material.segments import SegmentLevel
from workbench.study import Study

SORTS = (*Sort, "")
"""The sorts of feedback, and what no sort was said of."""

Marks = tuple[Mark, ...]
Item = tuple[str, Message, Marks]
"""An item with the name of its source, and the marks for which it is counted."""


@dataclass
class Heap:
    """Feedback items that are kept together, to be counted and to be read.

    `items` are messages with their source and the marks that put them here. A sender is a person
    within one source only: two sources may give one pseudonym to different people.
    """

    items: list[Item] = field(default_factory=list)

    @property
    def people(self) -> set[tuple[str, str]]:
        """Return the known senders, as (source, pseudonym)."""
        return {(source, m.sender) for source, m, _ in self.items if m.sender}

    def toned(self, facet: str) -> Heap:
        """Return the items whose marks here have a facet."""
        return Heap([item for item in self.items if any(facet in k.facets for k in item[2])])


@dataclass
class Tally:
    """Feedback items that were counted together, and are not kept.

    `people` are the known senders, as (source, pseudonym); `sorts` and `facets` say how many items
    are of a sort, and have marks here with a facet.
    """

    items: int = 0
    people: set[tuple[str, str]] = field(default_factory=set)
    sorts: Counter[str] = field(default_factory=Counter)
    facets: Counter[str] = field(default_factory=Counter)

    def add(
        self, items: int, people: set[tuple[str, str]], sort: str, facets: Iterable[str]
    ) -> None:
        """Count items of one sort and with the same facets."""
        self.items += items
        self.people |= people
        self.sorts[sort] += items
        self.facets.update(dict.fromkeys(facets, items))

    def __iadd__(self, other: Tally) -> Tally:
        self.items += other.items
        self.people |= other.people
        self.sorts.update(other.sorts)
        self.facets.update(other.facets)
        return self


@dataclass
class Tallies:
    """Feedback counted by one thing: the tally of each, and of all items; they can be added up.

    `unknown` items have no known sender.
    """

    each: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    whole: Tally = field(default_factory=Tally)
    unknown: int = 0

    def __iadd__(self, other: Tallies) -> Tallies:
        for key, tally in other.each.items():
            self.each[key] += tally
        self.whole += other.whole
        self.unknown += other.unknown
        return self


@dataclass(frozen=True, repr=False)
class FeedbackCounts(Result):
    """Feedback items by code, segment, month or sort; `rows` are (what, its label, tally).

    `problems` are those of a table that was counted without being part of the study.
    """

    study: Study
    by: str
    rows: tuple[tuple[str, str, Tally], ...]
    whole: Tally
    problems: tuple[Problem, ...] = ()

    @property
    def sorts(self) -> tuple[str, ...]:
        """Return the sorts there are in this view."""
        return tuple(sort for sort in SORTS if self.whole.sorts[sort])

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each code, segment or month: items, known people, sorts, tones."""
        say, book = words(self.language), self.study.codebook
        good, bad = book.called(GOOD), book.called(BAD)
        keys = [f"feedback_by_{self.by}", "feedback_items", "feedback_people"]
        sorts = self.sorts if self.sorts != ("",) else ()
        keys += [f"feedback_{sort or 'unsorted'}" for sort in sorts]
        rows = [
            (
                label,
                tally.items,
                len(tally.people),
                *(tally.sorts[sort] for sort in sorts),
                tally.facets[good],
                tally.facets[bad],
            )
            for _, label, tally in self.rows
        ]
        columns = [say(key) for key in (*keys, "feedback_good", "feedback_bad")]
        return pd.DataFrame(rows, columns=columns)


def feedback(
    study: Study, language: str = "fi", *, name: str = "", by: str = "code", tree: str = ""
) -> FeedbackCounts:
    """Count the direct feedback of a view by `code`, `segment`, `month` or `sort`.

    All sources together, unless `name` says one. An item counts once under a code and under each
    code above it; `tree` keeps one tree of codes. Items without a known sender count as items and
    not as people. Raises `NoSurvey` for a study without feedback.
    """
    sources = [one_of(study.feedback, "feedback", name)] if name or not study.feedback else [
        *study.feedback.values()
    ]  # fmt: skip
    counted = Tallies()
    for source in sources:
        counted += tallied(study.codebook, by, source.id, source.rows)
    forms, left_out = [s.form for s in sources], sum(s.left_out for s in sources)
    return told(study, language, by, tree, counted, forms, left_out)


def tallied(book: Codebook, by: str, source: str, rows: Iterable[Message]) -> Tallies:
    """Count the items of a source; those of several parts of it, added up, are those of the whole.

    Raises `WorkbenchError` for something that feedback is not counted by.
    """
    if by not in _BY:
        raise WorkbenchError(f"Feedback is counted by {', '.join(_BY)}, not by '{by}'.")

    key, alike = _BY[by], defaultdict(list)
    for m in rows:
        alike[m.marks, m.sort, key(m) if key else ""].append(m.sender)
    found = Tallies()
    for (marks, sort, name), senders in alike.items():
        here = dict(_codes(book, marks)) if key is None else {name: marks}
        people = {(source, sender) for sender in senders if sender}
        for what, given in here.items():
            found.each[what].add(len(senders), people, sort, _facets(given))
        found.whole.add(len(senders), people, sort, ())
        found.unknown += senders.count("")
    return found


def told(
    study: Study,
    language: str,
    by: str,
    tree: str,
    counted: Tallies,
    forms: Iterable[FeedbackForm],
    left_out: int,
    problems: Iterable[Problem] = (),
) -> FeedbackCounts:
    """Return what was counted as a result, in the order and the words of its readers."""
    tallies: dict[str, Tally] = counted.each
    if tree:
        tallies = {c: t for c, t in tallies.items() if study.codebook[c].tree == tree}
    rows = tuple((key, _label(study, by, key, language), tallies[key])
                 for key in _ordered(study, by, tallies))  # fmt: skip
    caption = _caption(forms, counted, left_out, language)
    return FeedbackCounts(caption, language, study, by, rows, counted.whole, tuple(problems))


def heaps_by_code(study: Study, sources: Iterable[Feedback]) -> dict[str, Heap]:
    """Return the feedback items under each code; a code holds what the codes below it hold."""
    heaps: dict[str, Heap] = {}
    for source in sources:
        for message in source.rows:
            for code, marks in _codes(study.codebook, message.marks):
                heaps.setdefault(code, Heap()).items.append((source.id, message, marks))
    return heaps


def _codes(book: Codebook, given: Marks) -> Iterator[tuple[str, Marks]]:
    by: dict[str, Marks] = {}
    for mark in given:
        if mark.code in book:
            for code in book.path(mark.code):
                by[code] = (*by.get(code, ()), mark)
    yield from by.items()


def _facets(marks: Marks) -> frozenset[str]:
    return frozenset[str]().union(*(mark.facets for mark in marks))


_BY: dict[str, Callable[[Message], str] | None] = {
    "code": None,
    "segment": lambda message: message.group.segment,
    "month": lambda message: message.date[:7],
    "sort": lambda message: message.sort,
}


def _ordered(study: Study, by: str, tallies: dict[str, Tally]) -> list[str]:
    if by == "code":
        return sorted(tallies, key=lambda c: (-tallies[c].items, -len(tallies[c].people), c))
    if by == "segment":
        base = [s.id for s in study.segments if s.level is SegmentLevel.BASE]
        return [name for name in (*base, "") if name in tallies]
    if by == "sort":
        return [sort for sort in SORTS if sort in tallies]
    return sorted(tallies)


def _label(study: Study, by: str, key: str, language: str) -> str:
    say = words(language)
    if by == "code":
        return study.codebook[key].label.say(language)
    if by == "segment":
        return study.segments[key].label.say(language) if key else say("feedback_no_segment")
    if by == "month":
        return date(key, language) if key else say("unknown")
    return say(f"feedback_{key or 'unsorted'}")


def _caption(forms: Iterable[FeedbackForm], counted: Tallies, left_out: int, language: str) -> str:
    say, whole = words(language), counted.whole
    titles = ", ".join(form.title.say(language) for form in forms)
    parts = [say("feedback_caption", title=titles, n=whole.items, people=len(whole.people))]
    parts += [say("feedback_unknown", n=counted.unknown)] if counted.unknown else []
    parts += [say("survey_left_out", n=left_out)] if left_out else []
    return " ".join([*parts, say("feedback_apart")])
