"""Direct feedback counted apart from interviews: items by sort, and people where known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from workbench.base.languages import date, words
from workbench.base.problems import WorkbenchError
from workbench.findings.quality import BAD, GOOD
from workbench.findings.results import Result
from workbench.findings.survey import one_of
from workbench.material.counted import Mark
from workbench.material.feedback import Feedback, Message, Sort
from workbench.material.segments import SegmentLevel
from workbench.study import Study

SORTS = (*Sort, "")
"""The sorts of feedback, and what no sort was said of."""

Item = tuple[str, Message, tuple[Mark, ...]]
"""An item with the name of its source, and the marks for which it is counted."""


@dataclass
class Heap:
    """Feedback items that are counted together.

    `items` are messages with their source and the marks that put them here. A sender is a person
    within one source only: two sources may give one pseudonym to different people.
    """

    items: list[Item] = field(default_factory=list)

    @property
    def people(self) -> set[tuple[str, str]]:
        """Return the known senders, as (source, pseudonym)."""
        return {(source, m.sender) for source, m, _ in self.items if m.sender}

    def of(self, sort: str) -> int:
        """Return how many items are of one sort."""
        return sum(m.sort == sort for _, m, _ in self.items)

    def toned(self, facet: str) -> Heap:
        """Return the items whose marks here have a facet."""
        return Heap([item for item in self.items if any(facet in k.facets for k in item[2])])


@dataclass(frozen=True, repr=False)
class FeedbackCounts(Result):
    """Feedback items by code, segment, month or sort; `rows` are (what, its label, heap)."""

    study: Study
    by: str
    rows: tuple[tuple[str, str, Heap], ...]
    whole: Heap

    @property
    def sorts(self) -> tuple[str, ...]:
        """Return the sorts there are in this view."""
        return tuple(sort for sort in SORTS if self.whole.of(sort))

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
                len(heap.items),
                len(heap.people),
                *(heap.of(sort) for sort in sorts),
                len(heap.toned(good).items),
                len(heap.toned(bad).items),
            )
            for _, label, heap in self.rows
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
    if by not in _BY:
        raise WorkbenchError(f"Feedback is counted by {', '.join(_BY)}, not by '{by}'.")
    heaps: dict[str, Heap] = {}
    whole = Heap([(s.id, m, m.marks) for s in sources for m in s.rows])
    for item in whole.items:
        for key, marks in _BY[by](study, item):
            heaps.setdefault(key, Heap()).items.append((item[0], item[1], marks))
    if tree:
        heaps = {c: h for c, h in heaps.items() if study.codebook[c].tree == tree}
    rows = tuple((key, _label(study, by, key, language), heaps[key])
                 for key in _ordered(study, by, heaps))  # fmt: skip
    return FeedbackCounts(_caption(sources, whole, language), language, study, by, rows, whole)


def heaps_by_code(study: Study, sources: Iterable[Feedback]) -> dict[str, Heap]:
    """Return the feedback items under each code; a code holds what the codes below it hold."""
    heaps: dict[str, Heap] = {}
    for source in sources:
        for message in source.rows:
            for code, marks in _codes(study, (source.id, message, message.marks)):
                heaps.setdefault(code, Heap()).items.append((source.id, message, marks))
    return heaps


def _codes(study: Study, item: Item) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    by: dict[str, tuple[Mark, ...]] = {}
    for mark in item[2]:
        if mark.code in study.codebook:
            for code in study.codebook.path(mark.code):
                by[code] = (*by.get(code, ()), mark)
    yield from by.items()


def _segments(_: Study, item: Item) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    yield item[1].group.segment, item[2]


def _months(_: Study, item: Item) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    yield item[1].date[:7], item[2]


def _sorts(_: Study, item: Item) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    yield item[1].sort, item[2]


_BY: dict[str, Callable[[Study, Item], Iterator[tuple[str, tuple[Mark, ...]]]]] = {
    "code": _codes,
    "segment": _segments,
    "month": _months,
    "sort": _sorts,
}


def _ordered(study: Study, by: str, heaps: dict[str, Heap]) -> list[str]:
    if by == "code":
        return sorted(heaps, key=lambda c: (-len(heaps[c].items), -len(heaps[c].people), c))
    if by == "segment":
        base = [s.id for s in study.segments if s.level is SegmentLevel.BASE]
        return [name for name in (*base, "") if name in heaps]
    if by == "sort":
        return [sort for sort in SORTS if sort in heaps]
    return sorted(heaps)


def _label(study: Study, by: str, key: str, language: str) -> str:
    say = words(language)
    if by == "code":
        return study.codebook[key].label.say(language)
    if by == "segment":
        return study.segments[key].label.say(language) if key else say("feedback_no_segment")
    if by == "month":
        return date(key, language) if key else say("unknown")
    return say(f"feedback_{key or 'unsorted'}")


def _caption(sources: Iterable[Feedback], whole: Heap, language: str) -> str:
    say = words(language)
    unknown = sum(not m.sender for _, m, _ in whole.items)
    titles = ", ".join(s.form.title.say(language) for s in sources)
    left_out = sum(s.left_out for s in sources)
    parts = [say("feedback_caption", title=titles, n=len(whole.items), people=len(whole.people))]
    parts += [say("feedback_unknown", n=unknown)] if unknown else []
    parts += [say("survey_left_out", n=left_out)] if left_out else []
    return " ".join([*parts, say("feedback_apart")])
