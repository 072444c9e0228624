"""What a segment profile is for: five uses of satisfaction information, eight of segmentation.

The uses are those of the thesis, pages 10–11 (segmentation) and 18 (satisfaction).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbench.care.claims import OVER, Action, FindingType, Grade, Need
from workbench.care.plans import ProductCard
from workbench.coding.codings import Coding, Passage
from workbench.findings.perceived import OUTCOME, PROCESS, Outcome, outcome
from workbench.findings.quality import BAD, GOOD, Determinant, Quality, quality
from workbench.material.segments import Segment, SegmentLevel
from workbench.reports.disclosure import Print
from workbench.reports.evidence import (
    Claim,
    Quote,
    cards_of,
    claim,
    findings_of,
    owner_of,
    quotes,
)
from workbench.reports.listings import (
    Cell,
    Counted,
    Figure,
    People,
    angles,
    cell,
    differing,
    given,
    in_turn,
    met,
    spoken,
)
from workbench.reports.means import surveyed, weighed, widest_gap
from workbench.reports.numbers import (
    CHANNELS,
    ENCOUNTERS,
    QUOTES_PER_SIDE,
    SOURCES,
    Sheet,
    felt,
    plan_of,
    reached,
)
from workbench.reports.privacy import choose_quotes, quotable
from workbench.study import Study, segment_of

IDEAS = "DEV."
"""How the references of development ideas begin."""

STRENGTH = (Grade.BROAD, Grade.REPEATED, Grade.CONTESTED, Grade.SINGLE, "few")
"""Grades as pages tell them, the strongest evidence first."""

SATISFACTION = {
    FindingType.PROBLEM: "problems",
    FindingType.STRENGTH: "keep",
    FindingType.EXPECTATION: "value",
    FindingType.CONTRADICTION: "tell",
}
"""The use of satisfaction information that each type of finding serves."""

GAP = " […] "
"""Between words of one turn that are quoted as one."""


class Step(NamedTuple):
    """An action with the name of its owner."""

    action: Action
    owner: str


@dataclass(frozen=True, slots=True)
class Felt:
    """A determinant: who expected it, met it well or badly, was let down, and both their words."""

    label: str
    expected: Figure
    good: Figure
    bad: Figure
    unmet: Cell
    hoped_words: tuple[Quote, ...]
    bad_words: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What satisfaction information is used for; each finding stands under one use only."""

    problems: tuple[Claim, ...] = ()
    keep: tuple[Claim, ...] = ()
    value: tuple[Claim, ...] = ()
    tell: tuple[Claim, ...] = ()
    survey: tuple[Counted, ...] = ()
    feedback: tuple[Counted, ...] = ()
    importance: tuple[Counted, ...] = ()
    sources: People | None = None

    @property
    def findings(self) -> frozenset[str]:
        """Return the names of the findings told."""
        told = (*self.problems, *self.keep, *self.value, *self.tell)
        return frozenset(c.finding.id for c in told)


@dataclass(frozen=True, slots=True)
class Grouping:
    """What grouping customers is used for; what comes from the material is empty without any.

    `outcomes` has a cell for each outcome and process, good or bad.
    """

    plan: Segment | None
    actions: tuple[Step, ...]
    messages: tuple[Step, ...]
    crossing: tuple[Segment, ...]
    cards: tuple[ProductCard, ...]
    needs: tuple[Need, ...]
    encounters: People | None = None
    codes: People | None = None
    differing: People | None = None
    channels: People | None = None
    counted: tuple[Counted, ...] = ()
    quality: Quality | None = None
    felt: tuple[Felt, ...] = ()
    unmet: tuple[Felt, ...] = ()
    outcomes: dict[tuple[str, str], Cell] | None = None
    wrong_way: tuple[Quote, ...] = ()
    ideas: People | None = None


@dataclass(frozen=True, slots=True)
class Highlights:
    """What matters most, each only where all its parts are proved and may be told.

    The strongest problem and strength, where most people were let down, where survey answers fall
    furthest short of expectation, and the first action of the plan that is not over.
    """

    problem: Claim | None
    strength: Claim | None
    unmet: Felt | None
    gap: tuple[str, str] | None
    step: Step | None


def satisfaction(shown: Study | None, sheet: Sheet, language: str) -> Satisfaction:
    """Gather the five uses of satisfaction information from the material that may be shown."""
    if shown is None:
        return Satisfaction()
    claims = sorted((claim(f, shown, sheet, language) for f in findings_of(shown)), key=_rank)
    used = {
        use: tuple(c for c in claims if c.finding.type is kind)
        for kind, use in SATISFACTION.items()
    }
    return Satisfaction(
        **used,
        survey=tuple(surveyed(shown, language)),
        feedback=tuple(given(shown, language)),
        importance=tuple(weighed(shown, language)),
        sources=angles(shown, sheet, language, SOURCES, "use_source"),
    )


def _rank(told: Claim) -> tuple[bool, int, int]:
    """Return where a claim stands, by nothing but what the page tells of it.

    Last what nobody of the group says itself; then the strongest evidence, and most people, first.
    """
    known = 0 if isinstance(told.people, Print) else told.people
    return told.own == 0, STRENGTH.index(told.grade), -known


def grouping(view: Study, shown: Study | None, sheet: Sheet, language: str) -> Grouping:
    """Gather the eight uses of segmentation for a segment; `shown` is what may be shown."""
    plan = plan_of(view, view.segment)
    found = findings_of(shown) if shown else []
    needs = {need.id: need for f in found for need in view.care.needs_from(f.id)}
    told = {f.id for f in found if SATISFACTION[f.type] in ("value", "tell")}
    wished = [need.id for need in needs.values() if told & set(need.findings)]
    whole = Grouping(
        plan=view.segments.all.get(plan.id) if plan else None,
        actions=_steps(view, plan.development if plan else (), language),
        messages=_steps(view, (a.id for a in view.care.actions_for(wished)), language),
        crossing=tuple(crossing(view)),
        cards=tuple(cards_of(view)),
        needs=tuple(needs.values()),
    )
    return _heard(whole, shown, sheet, language) if shown else whole


def _heard(whole: Grouping, shown: Study, sheet: Sheet, language: str) -> Grouping:
    """Add what the material says."""
    ideas = next((c.tree for c in shown.codebook if c.ref.startswith(IDEAS)), "")
    found, result = quality(shown, language), outcome(shown, language)
    rows = {d.code: _felt(d, found, sheet, language) for d in found.determinants}
    let_down = in_turn({code: row.unmet.number for code, row in rows.items()})
    outcomes = {way: cell(sheet, reached(*way), shown.segment) for way in result.cells}
    return replace(
        whole,
        encounters=angles(shown, sheet, language, ENCOUNTERS, "encounters_kind"),
        codes=spoken(shown, sheet, language),
        differing=differing(shown, sheet, language),
        channels=angles(shown, sheet, language, CHANNELS, "encounters_channel", toned=True),
        counted=tuple(met(shown, language)),
        quality=found if found.determinants else None,
        felt=tuple(rows.values()),
        unmet=tuple(rows[code] for code in let_down),
        outcomes=outcomes if any(c.number for c in outcomes.values()) else None,
        wrong_way=tuple(_wrong_way(result, sheet, language)),
        ideas=spoken(shown, sheet, language, ideas) if ideas else None,
    )


def _felt(d: Determinant, found: Quality, sheet: Sheet, language: str) -> Felt:
    shown = found.study
    expected, good, bad = (
        sheet.shown(felt(d.code, how), shown.segment) for how in ("expected", "good", "bad")
    )
    sides = ((c for pair in d.unmet.values() for c in pair[side]) for side in (0, 1))
    hoped_words, bad_words = (quotes(shown, side, sheet, language) for side in sides)
    return Felt(
        shown.codebook[d.code].label.say(language),
        expected,
        good,
        bad,
        cell(sheet, felt(d.code, "unmet"), shown.segment),
        hoped_words,
        bad_words,
    )


def _wrong_way(found: Outcome, sheet: Sheet, language: str) -> Iterator[Quote]:
    """Yield words on a right result, each with words of the same turn on the wrong way to it.

    They are one quote with a gap, since no page tells which quotes are one person's.
    """
    shown, told = found.study, found.cells[GOOD, BAD].codings
    result, way = (shown.codebook.called(ref) for ref in (OUTCOME, PROCESS))
    about = [c for c in told if result in c.facets]
    for coding in choose_quotes(shown, about, QUOTES_PER_SIDE, sheet.refused):
        beside = [c for c in told if way in c.facets and _turn(c) == _turn(coding)]
        wrong = next((c for c in beside if quotable(shown, c)), None)
        if wrong:
            whole = quotes(shown, [coding], sheet, language, 1)[0]
            yield replace(whole, words=_gapped(coding.passage, wrong.passage))


def _turn(coding: Coding) -> tuple[str, int]:
    return coding.document, coding.passage.turn


def _gapped(*passages: Passage) -> str:
    """Return the words of passages of one turn in their order, a gap between, no word twice."""
    parts, end = [], -1
    for p in sorted(passages, key=lambda p: (p.start, -p.end)):
        if p.end > end:
            parts.append(p.quote[max(0, end - p.start) :])
            end = p.end
    return GAP.join(parts)


def _steps(view: Study, names: Iterable[str], language: str) -> tuple[Step, ...]:
    known = view.care.actions
    return tuple(Step(known[n], owner_of(known[n], view, language)) for n in names if n in known)


def crossing(view: Study) -> Iterator[Segment]:
    """Yield the cross segments that cut through a segment, or the segments a cross segment cuts."""
    own = segment_of(view)
    wanted = SegmentLevel.BASE if own.level is SegmentLevel.CROSS else SegmentLevel.CROSS
    above = {own.id, own.parent} - {None}
    for other in view.segments:
        if other.level is wanted and other.parent in above and other.id != own.id:
            yield other


def highlights(shown: Study, used: Satisfaction, grouped: Grouping, language: str) -> Highlights:
    """Choose what matters most of what a profile tells."""
    told = [f for f in grouped.unmet if not isinstance(f.unmet.number, Print)]
    known = shown.care.parties
    steps = [s for s in grouped.actions if s.action.status not in OVER and s.action.owner in known]
    return Highlights(
        problem=next(iter(used.problems), None),
        strength=next(iter(used.keep), None),
        unmet=next(iter(told), None),
        gap=next(widest_gap(shown, language), None),
        step=next(iter(steps), None),
    )
