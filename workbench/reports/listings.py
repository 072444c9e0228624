"""Tables of a page: people with the words behind them, and what was counted otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.base.languages import words
from workbench.findings.counts import tally
from workbench.findings.encounters import Sum, encounters
from workbench.findings.feedback import feedback
from workbench.reports.disclosure import Print
from workbench.reports.evidence import Quote, quotes
from workbench.reports.numbers import Sheet, felt
from workbench.study import Study

CODES_SHOWN, DIFFERENCES_SHOWN, TOPICS_SHOWN = 12, 6, 5
BOTH = 2
"""So many people at least must speak of a thing before groups are set beside one another on it."""

Figure = int | Print
"""A number of people, or how it is hidden."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of people of those who could have said it."""

    number: Figure
    of: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of people: what they speak of, a number in each column, and words behind it.

    Where the number is hidden, `beside` is a wider group with its own.
    """

    label: str
    cells: tuple[Cell, ...]
    quotes: tuple[Quote, ...] = ()
    beside: tuple[str, Cell] | None = None


@dataclass(frozen=True, slots=True)
class People:
    """A table of people; `heads` are the headings of label and cells."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A table of plain cells with its caption: what is counted in another way than by people."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figure(number: Figure, k: int, language: str, of: int | None = None) -> str:
    """Return a number of people as it is printed: "7", "7/9", "fewer than 5" or that it is not."""
    say = words(language)
    if isinstance(number, Print):
        return say(f"number_{number}", k=k)
    return str(number) if of is None else say("people_of", n=number, of=of)


def cell(sheet: Sheet, measure: str, group: str) -> Cell:
    """Return what may be printed of a measure in a group."""
    return Cell(sheet.shown(measure, group), len(sheet.numbers.groups[group]))


def in_turn(known: Mapping[str, Figure]) -> list[str]:
    """Return what is not 0: printed numbers by size, then hidden ones in the order given."""
    told = [(n, name) for name, n in known.items() if not isinstance(n, Print) and n]
    hidden = [name for name, n in known.items() if isinstance(n, Print)]
    return [name for _, name in sorted(told, key=lambda t: -t[0])] + hidden


def spoken(shown: Study, sheet: Sheet, language: str, tree: str = "") -> People:
    """Return what a group speaks of, or what of one tree of codes."""
    group, book = shown.segment, shown.codebook
    found = {code: t.passages for code, t in tally(shown).items()}
    known = {
        c.id: sheet.numbers.shown(c.id, group)
        for c in book.content.values()
        if not tree or c.tree == tree
    }
    rows = tuple(
        Row(
            book[code].label.say(language),
            (cell(sheet, code, group),),
            quotes(shown, found.get(code, ()), sheet, language),
            _beside(code, shown, sheet, language) if isinstance(known[code], Print) else None,
        )
        for code in in_turn(known)[:CODES_SHOWN]
    )
    return People(heads(language, "code", "people"), rows)


def _beside(code: str, shown: Study, sheet: Sheet, language: str) -> tuple[str, Cell] | None:
    """Return the nearest wider group whose number may be printed, with that number."""
    for name in shown.segments.holding(shown.segment)[1:]:
        if name in sheet.numbers.groups:
            found = cell(sheet, code, name)
            if not isinstance(found.number, Print):
                return shown.segments[name].label.say(language), found
    return None


def angles(
    shown: Study, sheet: Sheet, language: str, ref: str, head: str, *, toned: bool = False
) -> People:
    """Return the facets whose reference begins with `ref` by people, if `toned` good and bad too.

    Facets nobody's words have are left out.
    """
    group, book = shown.segment, shown.codebook
    hows = ("any", "good", "bad") if toned else ("any",)
    named = [f.id for f in book.facets.values() if f.ref.startswith(ref)]
    known = {name: sheet.numbers.shown(felt(name, "any"), group) for name in named}
    rows = tuple(
        Row(
            book[name].label.say(language),
            tuple(cell(sheet, felt(name, how), group) for how in hows),
            quotes(shown, (c for c in shown.counting if name in c.facets), sheet, language),
        )
        for name in in_turn(known)
    )
    tones = ("experienced_good", "experienced_bad") if toned else ()
    return People(heads(language, head, "people", *tones), rows)


def differing(shown: Study, sheet: Sheet, language: str) -> People:
    """Return the topics in which a group's share differs most from that of a wider group.

    A group without a parent is set beside the other one at the top. A description: so few people
    are no sample, so nothing is tested. Where a number is hidden no difference can be shown.
    """
    segments, numbers = shown.segments, sheet.numbers
    own, of = shown.segment, {name: len(group) for name, group in numbers.groups.items()}
    tops = [s.id for s in segments if not s.parent and s.id != own]
    wider = next((n for n in (*segments.holding(own)[1:], *tops) if n in numbers.groups), "")
    if not wider:
        return People((), ())
    here_there = [
        (code.id, numbers.shown(code.id, own), numbers.shown(code.id, wider))
        for code in shown.codebook
        if not code.parent
    ]
    topics = [
        (abs(here / of[own] - there / of[wider]), code)
        for code, here, there in here_there
        if isinstance(here, int) and isinstance(there, int) and max(here, there) >= BOTH
    ]
    rows = tuple(
        Row(
            shown.codebook[code].label.say(language),
            tuple(cell(sheet, code, name) for name in (own, wider)),
        )
        for gap, code in sorted(topics, key=lambda t: (-t[0], t[1]))[:DIFFERENCES_SHOWN]
        if gap
    )
    labels = (segments[name].label.say(language) for name in (own, wider))
    return People((*heads(language, "code"), *labels), rows)


def given(shown: Study, language: str) -> Iterator[Counted]:
    """Yield direct feedback by type and by topic: items, which are no people."""
    if not any(source.rows for source in shown.feedback.values()):
        return
    say = words(language)
    by_sort = feedback(shown, language, by="sort")
    titles = ", ".join(source.form.title.say(language) for source in shown.feedback.values())
    caption = say("use_items", title=titles, n=by_sort.whole.items)
    rows = tuple((label, str(tally.items)) for _, label, tally in by_sort.rows)
    keys = heads(language, "feedback_by_sort", "feedback_items")
    yield Counted(f"{caption} {say('feedback_apart')}", keys, rows)
    by_code = feedback(shown, language, by="code")
    top = [row for row in by_code.rows if not shown.codebook[row[0]].parent][:TOPICS_SHOWN]
    rows = tuple((label, str(tally.items)) for _, label, tally in top)
    yield Counted(say("use_topics"), heads(language, "feedback_by_code", "feedback_items"), rows)


def met(shown: Study, language: str) -> Iterator[Counted]:
    """Yield the encounters of a group by channel, as the service counted them."""
    for name, source in shown.encounters.items():
        if source.rows:
            found = encounters(shown, language, name=name)
            channels = dict.fromkeys(r.channel for r in source.rows)
            sums = [(c, Sum.of(r.count for r in source.rows if r.channel == c)) for c in channels]
            sums.sort(key=lambda row: -(row[1].value or 0))
            rows = tuple((found.label(channel), found.said(total)) for channel, total in sums)
            yield Counted(
                found.caption, heads(language, "encounters_channel", "encounters_count"), rows
            )


def heads(language: str, *keys: str) -> tuple[str, ...]:
    """Return the headings of a table in a language."""
    return tuple(map(words(language), keys))
