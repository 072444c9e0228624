"""Which action first: a ladder of reasons, where each stands on it, and how firmly it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from itertools import zip_longest

import pandas as pd

from workbench.base.languages import words
from workbench.care.balance import citations, grade, people
from workbench.care.claims import OVER, Action, Basis, Effort, Finding, Grade, Horizon, State
from workbench.findings.counts import could_have_said
from workbench.findings.quality import BAD, EXPECTED, EXPERIENCED
from workbench.findings.results import Result
from workbench.material.informants import Side
from workbench.material.segments import SegmentLevel
from workbench.study import Study, Unknown

RULE = "lexicographic_v1"
TOP = 5
SAFETY, AT_ONCE = "DET.08", ("DET.08.2", "DET.08.3")
"""Security and what of it cannot wait: pay that did not come, and what others should not see."""
RUNGS = ("urgent", "grade", "unmet", "groups", "horizon", "effort")
_STRENGTH = (Grade.BROAD, Grade.REPEATED, Grade.CONTESTED, Grade.SINGLE, None)


@dataclass(frozen=True, slots=True)
class Rungs:
    """What the ladder asks of an action, from the weightiest down.

    `urgent`: pay, safety or law. `grade`: of its best finding; None if no words are left behind
    it. `unmet`: people with an unmet expectation of what its findings are mostly about.
    `groups`: base segments helped.
    """

    urgent: bool
    grade: Grade | None
    unmet: int
    groups: int
    horizon: Horizon
    effort: Effort

    @property
    def key(self) -> tuple[int, ...]:
        """Return what sorts: the smaller, the earlier."""
        return (
            not self.urgent,
            _STRENGTH.index(self.grade),
            -self.unmet,
            -self.groups,
            list(Horizon).index(self.horizon),
            list(Effort).index(self.effort),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """An action on the ladder: its rungs, with `of` people who could have had the expectation.

    `ladder` is the rank the rule gives, `rank` the one shown: another only where people set it.
    `decided` names the rung by which it stands before the next: `tie`, `manual`, or nothing for
    the last. `without` holds the ladder's rank with each person left out.
    """

    action: Action
    findings: tuple[Finding, ...]
    rungs: Rungs
    of: int
    rank: int
    ladder: int
    decided: str
    without: tuple[int, ...]

    @property
    def stays(self) -> int:
        """Return in how many leave-outs of one person it is among the first five."""
        return sum(rank <= TOP for rank in self.without)

    @property
    def spread(self) -> tuple[int, int]:
        """Return the best and the worst rank of all leave-outs, and with nobody left out."""
        ranks = (self.ladder, *self.without)
        return min(ranks), max(ranks)


@dataclass(frozen=True, repr=False)
class Priorities(Result):
    """Actions in their order; `left_out` people were left out one at a time."""

    rows: tuple[Standing, ...]
    left_out: int

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each action: every rung in words, what decided, how firmly it stands."""
        say = words(self.language)
        keys = ("rank", "action", "findings", *RUNGS, "decided", "spread", "stays", "by_hand")
        headings = [say(f"priorities_{key}") for key in keys]
        return pd.DataFrame([self._row(s) for s in self.rows], columns=headings)

    def _row(self, s: Standing) -> tuple[object, ...]:
        say, r = words(self.language), s.rungs
        return (
            s.rank,
            f"{s.action.id} {s.action.what.say(self.language)}",
            ", ".join(f.id for f in s.findings),
            say("priorities_yes") if r.urgent else "",
            say(f"grade_{r.grade}") if r.grade else say("priorities_no_words"),
            f"{r.unmet}/{s.of}" if s.of else "–",
            r.groups,
            say(f"horizon_{r.horizon}"),
            say(f"effort_{r.effort}"),
            say(f"priorities_by_{s.decided}") if s.decided else "",
            "–".join(map(str, dict.fromkeys(s.spread))),
            f"{s.stays}/{self.left_out}",
            self._by_hand(s),
        )

    def _by_hand(self, s: Standing) -> str:
        own = s.action.priority
        if own is None:
            return ""
        say = words(self.language)
        said = say("priorities_set", by=own.by, date=own.date, ladder=s.ladder)
        return f"{own.reason} ({said})"


def priorities(study: Study, language: str = "fi", *, rule: str = RULE) -> Priorities:
    """Put the actions that are still to be done in order, by reasons and not by a weighted sum.

    The ladder `lexicographic_v1` (domain practice): pay, safety or law first; then the grade of
    the best finding behind it, drafts left out; people with an unmet expectation of the top code
    most people of a finding speak of; base segments helped; how soon customers notice; how
    little work it is. Equal actions share a rank. A rank set by hand (`priority:` of the action)
    holds, with the ladder's beside it. How firmly an action stands is exact: everybody who could
    have said something is left out once, and the whole ladder climbed again. A view of a segment
    ranks what concerns it. Raises `Unknown` for another rule.
    """
    if rule != RULE:
        raise Unknown("rule of priority", rule, [RULE])
    ladder = _Ladder(study)
    base = ladder.climb()
    without = [_ranks(ladder.climb(name)) for name in sorted(ladder.heard)]
    n = len(without)
    caption = words(language)("priorities_caption", n=len(base), people=n)
    return Priorities(caption, language, tuple(_standings(ladder, base, without)), n)


class _Ladder:
    """The actions of a view and what is known of each, ready to be climbed with somebody out."""

    def __init__(self, study: Study) -> None:
        self.study, self.witness = study, study.witness
        segments, care = study.segments, study.care
        self.actions: dict[str, tuple[Action, tuple[Finding, ...]]] = {}
        for action in care.actions.values():
            findings = tuple(f for f in care.findings_of(action.needs) if _concerns(f, study))
            here = findings or action.basis is not Basis.MATERIAL or not study.segment
            if here and action.status not in OVER:
                self.actions[action.id] = (action, findings)
        self.findings = {f.id: f for _, found in self.actions.values() for f in found}
        self.cited = {
            f.id: [(self.witness.concerns(c), c.code) for c in citations(f.evidence, self.witness)]
            for f in self.findings.values()
        }
        self.against = {f.id: people(f.counter, self.witness) for f in self.findings.values()}
        self.grades = {f.id: self._grade(f, "") for f in self.findings.values()}
        self.people = {
            f.id: frozenset().union(*(segments.people[s] for s in f.segments if s in segments))
            for f in self.findings.values()
        }
        self.heard = could_have_said(study)
        self.unmet = _unmet(study)
        self.safety = _below(study, (SAFETY,))
        self.at_once = _below(study, AT_ONCE)

    def climb(self, without: str = "") -> dict[str, Rungs]:
        """Return the rungs of each action, with one person left out."""
        grades = {name: self._grade(f, without) for name, f in self.findings.items()}
        return {
            action.id: Rungs(
                self._urgent(action, findings, without),
                min((grades[f.id] for f in findings), key=_STRENGTH.index, default=None),
                len(self._let_down(findings, without)),
                len(_helped(findings, self.study)),
                action.horizon,
                action.effort,
            )
            for action, findings in self.actions.values()
        }

    def of(self, action: str) -> int:
        """Return how many people could have had the expectations an action answers."""
        _, findings = self.actions[action]
        return len(self.heard.intersection(n for f in findings for n in self.people[f.id]))

    def _grade(self, finding: Finding, without: str) -> Grade | None:
        voices = {who for who, _ in self.cited[finding.id]} | self.against[finding.id]
        if without and without not in voices:
            return self.grades[finding.id]
        left = self._left(finding.id, without)
        return grade(finding, self.witness, without) if left else None

    def _left(self, finding: str, without: str) -> list[tuple[str, str]]:
        return [c for c in self.cited[finding] if not without or c[0] != without]

    def _urgent(self, action: Action, findings: Iterable[Finding], without: str) -> bool:
        needs = self.study.care.needs
        codes = {needs[n].code for n in action.needs if n in needs}
        cited = {code for f in findings for _, code in self._left(f.id, without)}
        return (
            action.basis is Basis.LAW
            or not self.safety.isdisjoint(codes)
            or not self.at_once.isdisjoint(cited)
        )

    def _let_down(self, findings: Iterable[Finding], without: str) -> frozenset[str]:
        let_down: frozenset[str] = frozenset()
        for f in findings:
            for top in self._about(f.id, without):
                let_down |= self.unmet.get(top, frozenset()) & self.people[f.id]
        return let_down - {without}

    def _about(self, finding: str, without: str) -> list[str]:
        """Return the top code most people of a finding speak of; several where they are level."""
        book = self.study.codebook
        found = {(who, book.path(c)[-1]) for who, c in self._left(finding, without) if c in book}
        tops = Counter(top for _, top in found)
        return [top for top, n in tops.items() if n == max(tops.values())]


def _unmet(study: Study) -> dict[str, frozenset[str]]:
    """Return by top code who expected something of it and met with bad (as `quality` does)."""
    book = study.codebook
    hope, felt, bad = (book.called(ref) for ref in (EXPECTED, EXPERIENCED, BAD))
    hoped: dict[str, set[str]] = defaultdict(set)
    met: dict[str, set[str]] = defaultdict(set)
    for c in study.counting:
        if c.code in book:
            top, who = book.path(c.code)[-1], study.speaker(c)
            if hope in c.facets:
                hoped[top].add(who)
            if felt in c.facets and bad in c.facets:
                met[top].add(who)
    return {top: frozenset(hoped[top] & met[top] - {""}) for top in hoped.keys() & met.keys()}


def _concerns(finding: Finding, study: Study) -> bool:
    if finding.state is State.DRAFT:
        return False
    if not study.segment or finding.side is Side.PROVIDER:
        return True
    return bool(study.segments.kin(study.segment) & set(finding.segments))


def _below(study: Study, refs: Iterable[str]) -> frozenset[str]:
    names = (study.codebook.called(ref) for ref in refs)
    return frozenset().union(*(study.codebook.below(name) for name in names if name))


def _helped(findings: Iterable[Finding], study: Study) -> frozenset[str]:
    """Return the base segments findings speak of: named, below a named one, or cut by it."""
    segments = study.segments
    named = {s for f in findings for s in f.segments if s in segments}
    base = {s.id for s in segments if s.level is SegmentLevel.BASE}
    cross = {s for s in named if segments[s].level is SegmentLevel.CROSS}
    cut = {segments.base_of(name) for s in cross for name in segments.people[s]}
    return frozenset(b for b in base if b in cut or named & set(segments.holding(b)))


def _ranks(climbed: dict[str, Rungs]) -> dict[str, int]:
    """Return the rank of each action; equal ones share the first of theirs."""
    keys = sorted(r.key for r in climbed.values())
    return {name: keys.index(r.key) + 1 for name, r in climbed.items()}


def _standings(
    ladder: _Ladder, base: dict[str, Rungs], without: Sequence[dict[str, int]]
) -> Iterable[Standing]:
    ranks = _ranks(base)
    shown = _shown(ladder, ranks)
    order = sorted(base, key=lambda name: (shown[name], ranks[name], name))
    for name, following in zip_longest(order, order[1:], fillvalue=""):
        action, findings = ladder.actions[name]
        yield Standing(
            action,
            findings,
            base[name],
            ladder.of(name),
            shown[name],
            ranks[name],
            _decided(ladder, base, name, following),
            tuple(left[name] for left in without),
        )


def _shown(ladder: _Ladder, ranks: dict[str, int]) -> dict[str, int]:
    """Return the ranks with those set by hand in their places and the others around them.

    Equal actions share a rank as long as none set by hand comes between them.
    """
    by_hand = {a.id: a.priority.rank for a, _ in ladder.actions.values() if a.priority}
    others = sorted((n for n in ranks if n not in by_hand), key=lambda n: ranks[n])
    free = [n for n in range(1, len(ranks) + 1) if n not in by_hand.values()]
    shown = dict(by_hand)
    for n, (name, place) in enumerate(zip(others, free, strict=False)):
        before = others[n - 1] if n and free[n - 1] == place - 1 else ""
        level = before and ranks[before] == ranks[name]
        shown[name] = shown[before] if level else place
    return shown


def _decided(ladder: _Ladder, base: dict[str, Rungs], name: str, following: str) -> str:
    if not following:
        return ""
    if any(ladder.actions[n][0].priority for n in (name, following)):
        return "manual"
    return _first_difference(astuple(base[name]), astuple(base[following]))


def _first_difference(a: Sequence[object], b: Sequence[object]) -> str:
    return next((rung for rung, x, y in zip(RUNGS, a, b, strict=True) if x != y), "tie")
