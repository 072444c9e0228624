"""Decisions where coders differed: everybody's judgement, what was agreed and why; their file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.problems import Problem, near_miss
from workbench.base.records import Place, Reader, Verbatim, When
from workbench.base.strict_yaml import parse, quoted
from workbench.coding.anchors import anchor
from workbench.coding.codings import Coding, Passage
from workbench.coding.comparison import How, Judgement, Point, judgement
from workbench.material.documents import Document

ENDING = ".decisions.yml"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what coders had judged, what was agreed instead, why, by whom and when.

    `judged` keeps the words of everybody, also of those whose coding was not taken; `agreed` is
    empty where no coding was to stand.
    """

    judged: tuple[Coding, ...]
    agreed: tuple[Coding, ...]
    reason: str
    by: str
    date: str
    place: Place

    @property
    def basis(self) -> frozenset[Judgement]:
        """Return what the decision was made on."""
        return frozenset(judgement(c) for c in self.judged)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions on one document, and between which coders."""

    coders: tuple[str, ...] = ()
    made: tuple[Decision, ...] = ()

    def on(self, point: Point) -> Decision | None:
        """Return the decision made on exactly these judgements."""
        return next((d for d in self.made if d.basis == point.basis), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    code: str
    quote: Verbatim
    coder: str = ""
    facets: str = ""
    memo: str = ""
    place: Place

    def coding(self, document: str, turn: int, agreed: str) -> Coding:
        passage = Passage(document, turn, self.start, self.end, self.quote)
        facets = frozenset(self.facets.split())
        return Coding(passage, self.code, self.coder or agreed, self.place, facets, self.memo)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decision:
    turn: int
    reason: str
    by: str
    date: When
    judged: tuple[_Line, ...]
    agreed: tuple[_Line, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    coders: tuple[str, ...]
    decisions: tuple[_Decision, ...] = ()


def decisions_file(document: Path) -> Path:
    """Return the file of the decisions on a document: `h03.decisions.yml` beside `h03.md`."""
    return document.with_name(f"{document.stem}{ENDING}")


def parse_decisions(
    text: str, path: Path, document: str, agreed: str
) -> tuple[Decisions, list[Problem]]:
    """Read the decisions on a document; `agreed` is the coder of what was agreed. Pure."""
    root, problems = parse(text, path)
    reader = Reader(path, problems)
    file = reader.record(_File, root)
    if file is None:
        return Decisions(), problems
    made = []
    for d in file.decisions:
        if found := _faults(d, file.coders):
            problems += found
            continue
        judged, kept = (
            tuple(line.coding(document, d.turn, agreed) for line in lines)
            for lines in (d.judged, d.agreed)
        )
        made.append(Decision(judged, kept, d.reason, d.by, d.date, d.place))
    return Decisions(file.coders, tuple(made)), problems


def _faults(d: _Decision, coders: tuple[str, ...]) -> list[Problem]:
    problems = []
    if not d.judged:
        problems.append(d.place.problem("nothing is `judged` in this decision.", "Remove it."))
    for line in d.judged:
        if line.coder not in coders:
            hint = near_miss(line.coder, coders)
            problems.append(line.place.problem(f"no coder '{line.coder}' under coders.", hint))
    for line in (*d.judged, *d.agreed):
        if line.start < 0:
            message = f"start is {line.start}, before the turn."
            problems.append(line.place.problem(message, "Offsets count from 0."))
    return problems


def format_decisions(decisions: Decisions, facet_order: Iterable[str] = ()) -> str:
    """Return YAML text: a block for each decision, in the order of turns and words."""
    order = {name: n for n, name in enumerate(facet_order)}
    lines = [f"coders: [{', '.join(quoted(c) for c in decisions.coders)}]"]
    lines.append("decisions:" if decisions.made else "decisions: []")
    for d in sorted(decisions.made, key=lambda d: [(*c.key, c.coder) for c in d.judged]):
        lines += [
            "",
            f"- turn: {d.judged[0].passage.turn}",
            f"  reason: {quoted(d.reason)}",
            f"  by: {quoted(d.by)}",
            f"  date: {d.date}",
        ]
        for name, codings in (("judged", d.judged), ("agreed", d.agreed)):
            lines.append(f"  {name}:" if codings else f"  {name}: []")
            lines += [f"  - {{{_flow(c, name == 'judged', order)}}}" for c in codings]
    return "\n".join(lines) + "\n"


def _flow(c: Coding, named: bool, order: dict[str, int]) -> str:
    p = c.passage
    facets = " ".join(sorted(c.facets, key=lambda f: (order.get(f, len(order)), f)))
    cells = [("start", str(p.start)), ("end", str(p.end)), ("code", quoted(c.code))]
    cells = [("coder", quoted(c.coder)), *cells] if named else cells
    cells += [("facets", quoted(facets))] if facets else []
    cells += [("quote", quoted(p.quote))]
    cells += [("memo", quoted(c.memo))] if c.memo else []
    return ", ".join(f"{name}: {value}" for name, value in cells)


def settled(decisions: Decisions, document: Document) -> Decisions:
    """Return the same decisions on the words as they stand now: they follow an edited text."""
    made = tuple(
        replace(
            d,
            judged=tuple(anchor(d.judged, document)[0]),
            agreed=tuple(anchor(d.agreed, document)[0]),
        )
        for d in decisions.made
    )
    return replace(decisions, made=made)


def open_points(points: Iterable[Point], decisions: Decisions) -> tuple[Point, ...]:
    """Return the disagreements on which nothing is decided."""
    return tuple(p for p in points if p.how is not How.SAME and decisions.on(p) is None)


def outdated(points: Iterable[Point], decisions: Decisions) -> tuple[Decision, ...]:
    """Return the decisions whose basis is no more: somebody has changed a coding since."""
    now = {p.basis for p in points}
    return tuple(d for d in decisions.made if d.basis not in now)
