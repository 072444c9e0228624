"""What was agreed where coders differed: decisions with their reasons, and the agreed codings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.files import read, write
from workbench.base.problems import Level, Problem, WorkbenchError, near_miss
from workbench.base.records import Place, Reader, Verbatim, When
from workbench.base.strict_yaml import parse, quoted
from workbench.coding.anchors import anchor
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, Passage, format_codings, parse_codings, sidecar
from workbench.coding.comparison import How, Judgement, Point, compare, judgement
from workbench.material.documents import Document

ENDING = ".decisions.yml"
NONE, BOTH = "none", "both"


class CannotDecide(WorkbenchError):
    """A decision asks for what cannot be; nothing was changed."""


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


def agreed_codings(
    points: Iterable[Point], decisions: Decisions, coder: str, document: Document
) -> tuple[Coding, ...]:
    """Return what coders judged alike and what was decided, as codings of `coder`."""
    place = Place(sidecar(document.path, coder), 1)
    found: dict[tuple[int, int, int, str], Coding] = {}
    for point in points:
        decision = decisions.on(point)
        if point.how is How.SAME:
            memo = " / ".join(dict.fromkeys(c.memo for c in point.codings if c.memo))
            kept: tuple[Coding, ...] = (replace(point.codings[0], memo=memo),)
        else:
            kept = decision.agreed if decision else ()
        for c in kept:
            twin = found.get(c.key, c)
            facets = c.facets | twin.facets
            found[c.key] = Coding(c.passage, c.code, coder, place, facets, twin.memo or c.memo)
    return tuple(found[key] for key in sorted(found))


def check_decisions(
    document: Document,
    codings: Sequence[Coding],
    decisions: Decisions,
    agreed: str,
) -> list[Problem]:
    """Note decisions whose basis has changed, and an agreed file that is not what they give."""
    points = compare(document, codings, decisions.coders)
    problems = [
        d.place.problem(
            "somebody changed a coding this decision rests on.",
            f"Decide again or remove the block; `workbench disagreements {document.id}` shows why.",
            Level.WARNING,
        )
        for d in outdated(points, decisions)
    ]
    written = [c for c in codings if c.coder == agreed]
    if not written or problems:
        return problems
    kept = agreed_codings(points, decisions, agreed, document)
    path = sidecar(document.path, agreed)
    if count := len(open_points(points, decisions)):
        message = f"was agreed before {count} of the disagreements there are now."
    elif {judgement(c) for c in kept} != {judgement(c) for c in written}:
        message = "is not what the coders' files and the decisions give."
    else:
        return problems
    hint = f"Decide anew, then `workbench settle {document.id}` writes it again."
    return [*problems, Problem(path, 1, message, hint, Level.WARNING)]


class Adjudication:
    """The disagreements of `coders` on a document, decided one at a time by `by`.

    Every decision is in `DOCUMENT.decisions.yml` before it returns; when the last one is made the
    agreed codings are written to the TSV of the coder called `agreed`. Raises `CannotDecide` if a
    file that is needed has lines that cannot be read: they would be lost.
    """

    def __init__(
        self,
        document: Document,
        coders: Iterable[str],
        codebook: Codebook,
        by: str = "",
        agreed: str = "sovittu",
    ) -> None:
        self.document = document
        self.coders = tuple(coders)
        self.codebook = codebook
        self.by = by
        self.agreed = agreed
        self.path = decisions_file(document.path)
        self.refresh()

    def refresh(self) -> None:
        """Read the coders' files and the decisions again."""
        codings: list[Coding] = []
        for coder in self.coders:
            path = sidecar(self.document.path, coder)
            if path.exists():
                text, faults = read(path)
                found, more = parse_codings(text.content, path, self.document.id, coder)
                _sound(faults + more)
                codings += anchor(found, self.document)[0]
        self.points: tuple[Point, ...] = compare(self.document, codings, self.coders)
        self._text, faults = read(self.path)
        kept = Decisions(self.coders)
        if self.path.exists():
            kept, more = parse_decisions(
                self._text.content, self.path, self.document.id, self.agreed
            )
            _sound(faults + more)
        self.decisions = settled(kept, self.document)

    @property
    def disagreements(self) -> tuple[Point, ...]:
        """Return the points on which the coders differ, decided or not."""
        return tuple(p for p in self.points if p.how is not How.SAME)

    @property
    def left(self) -> tuple[Point, ...]:
        """Return the disagreements on which nothing is decided."""
        return open_points(self.points, self.decisions)

    def decide(
        self,
        point: Point,
        take: str | Iterable[Coding],
        reason: str,
        on: str = "",
    ) -> Decision:
        """Decide on a point and save it.

        `take` names a coder, "both" or "none", or gives other codings. Of codings under one code
        "both" makes one, over the words and with the facets of all. The date is today unless `on`
        gives it. Raises `CannotDecide` without a reason or a decider, and if somebody has changed
        the codings of the point since it was read.
        """
        self.refresh()
        point = self._still(point)
        if not reason.strip():
            raise CannotDecide("A decision needs its reason: the next coder will ask for it.")
        if not self.by.strip():
            raise CannotDecide("A decision needs to say who decided: give `by`.")
        taken = self.taken(point, take) if isinstance(take, str) else self._other(point, take)
        place = Place(self.path, 1)
        agreed = tuple(replace(c, coder=self.agreed, place=place) for c in taken)
        date = on or datetime.date.today().isoformat()
        made = Decision(point.codings, agreed, reason.strip(), self.by.strip(), date, place)
        self._save([*self._others(point), made])
        return made

    def reopen(self, point: Point) -> None:
        """Take the decision on a point back; an agreed file stays as it was and `check` tells."""
        self.refresh()
        self._save(self._others(self._still(point)))

    def settle(self) -> bool:
        """Write the agreed codings if nothing is left to decide; tell whether it was so."""
        if self.left:
            return False
        path = sidecar(self.document.path, self.agreed)
        kept = agreed_codings(self.points, self.decisions, self.agreed, self.document)
        write(read(path)[0], format_codings(kept, self.codebook.facets))
        return True

    def _still(self, point: Point) -> Point:
        for now in self.disagreements:
            if now.basis == point.basis:
                return now
        raise CannotDecide(
            f"Somebody has changed the codings of [{point.turn}] {point.start}–{point.end} since; "
            "look at them as they are now."
        )

    def _others(self, point: Point) -> list[Decision]:
        """Return the decisions that stay when `point` is decided: not those it takes over from."""
        gone = outdated(self.points, self.decisions)
        return [
            d
            for d in self.decisions.made
            if d.basis != point.basis and not (d in gone and _meets(d, point))
        ]

    def taken(self, point: Point, take: str) -> tuple[Coding, ...]:
        """Return the codings that a choice leaves: a coder's, "both", or "none"."""
        if take == NONE:
            return ()
        if take == BOTH:
            same = len({c.code for c in point.codings}) == 1
            return (self._merged(point),) if same else point.codings
        if take not in self.coders:
            raise CannotDecide(f"'{take}' cannot be taken. {near_miss(take, self._choices)}")
        return point.of(take)

    @property
    def _choices(self) -> tuple[str, ...]:
        return (*self.coders, BOTH, NONE)

    def _merged(self, point: Point) -> Coding:
        first = point.codings[0]
        facets = frozenset(f for c in point.codings for f in c.facets)
        memo = " / ".join(dict.fromkeys(c.memo for c in point.codings if c.memo))
        passage = self._passage(point.turn, point.start, point.end)
        return replace(first, passage=passage, facets=facets, memo=memo)

    def _other(self, point: Point, codings: Iterable[Coding]) -> tuple[Coding, ...]:
        kept = []
        for c in codings:
            known = [
                (c.code, self.codebook.content),
                *((f, self.codebook.facets) for f in c.facets),
            ]
            for name, book in known:
                if name not in book:
                    raise CannotDecide(f"The codebook has no '{name}'. {near_miss(name, book)}")
            kept.append(
                replace(c, passage=self._passage(point.turn, c.passage.start, c.passage.end))
            )
        return tuple(kept)

    def _passage(self, turn: int, start: int, end: int) -> Passage:
        words = self.document.turns[turn].text[start:end]
        if start < 0 or not words.strip():
            raise CannotDecide(f"There are no words at [{turn}] {start}–{end}.")
        return Passage(self.document.id, turn, start, start + len(words), words)

    def _save(self, made: list[Decision]) -> None:
        between = self.decisions.coders
        if not set(between) <= set(self.coders):
            raise CannotDecide(
                f"The decisions on {self.document.id} are between {', '.join(between)}: "
                "set all of them side by side to decide."
            )
        kept = Decisions(self.coders, tuple(made))
        self._text = write(self._text, format_decisions(kept, self.codebook.facets))
        self.decisions = kept
        self.settle()


def _meets(decision: Decision, point: Point) -> bool:
    return any(
        c.passage.turn == point.turn and c.passage.start < point.end and point.start < c.passage.end
        for c in decision.judged
    )


def _sound(problems: Iterable[Problem]) -> None:
    for problem in problems:
        if problem.level is Level.ERROR:
            raise CannotDecide(f"{problem} Mend the file first, so that nothing is lost.")
