"""The load of each handler, and how evenly it lies: only what was counted, for management only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import fixed, number, words
from workbench.care.cover import covers
from workbench.care.handlers import Handler
from workbench.findings.results import Result
from workbench.practice.hours import Missing, Work, work_of, work_of_handler
from workbench.practice.registers import name_of
from workbench.study import Study

SHOWN = 2
"""Missing figures named in a handler's row; `Workload.missing` names them all."""


@dataclass(frozen=True, slots=True)
class HandlerLoad:
    """What a handler has to do in a year, in hours, and how much of it somebody could take over.

    `backed` is the part of the known work of own relationships with a competent backup,
    `safe` of `own` relationships have one.
    """

    handler: Handler
    work: Work
    own: int
    safe: int
    backed: float | None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is missing to know the handler's utilisation."""
        hours = (Missing("hours", handler=self.handler.id),) if self.handler.hours is None else ()
        return (*self.work.missing, *hours)

    @property
    def utilisation(self) -> float | None:
        """Return load per working hours, None as long as anything is missing."""
        if self.work.hours is None or not self.handler.hours:
            return None
        return self.work.hours / self.handler.hours


@dataclass(frozen=True, repr=False)
class Workload(Result):
    """A row for each handler; `fairness` over those whose utilisation is known."""

    study: Study
    rows: tuple[HandlerLoad, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return hours, load, utilisation, backed share, and what is missing to know them."""
        say = words(self.language)
        keys = ("handler", "unit", "own", "hours", "known", "load", "utilisation", "safe",
                "backed", "missing")  # fmt: skip
        return pd.DataFrame(
            [self._row(r) for r in self.rows], columns=[say(f"load_{k}") for k in keys]
        )

    def _row(self, r: HandlerLoad) -> tuple[object, ...]:
        return (
            r.handler.id,
            name_of(r.handler.unit, "unit", self.study, self.language),
            r.own,
            r.handler.hours,
            round(r.work.known),
            None if r.work.hours is None else round(r.work.hours),
            percent(r.utilisation, self.language),
            f"{r.safe}/{r.own}",
            percent(r.backed, self.language),
            self._lacks(r.missing),
        )

    def _lacks(self, missing: Sequence[Missing]) -> str:
        shown = [m.say(self.study, self.language) for m in missing[:SHOWN]]
        more = len(missing) - len(shown)
        return "; ".join([*shown, *([words(self.language)("load_more", n=more)] if more else [])])

    @property
    def missing(self) -> pd.DataFrame:
        """Return each figure that is missing and the handlers whose load waits for it."""
        waits: dict[Missing, list[str]] = {}
        for row in self.rows:
            for lack in row.missing:
                waits.setdefault(lack, []).append(row.handler.id)
        say = words(self.language)
        rows = [(m.say(self.study, self.language), ", ".join(who)) for m, who in waits.items()]
        return pd.DataFrame(rows, columns=[say("load_missing"), say("load_waits")])

    @property
    def fairness(self) -> Fairness | None:
        """Return how evenly the known utilisations lie; None for fewer than two."""
        return fairness([r.utilisation for r in self.rows if r.utilisation is not None])


@dataclass(frozen=True, slots=True)
class Fairness:
    """How evenly `n` utilisations lie: the largest per the mean, and Jain's index."""

    n: int
    peak: float
    jain: float


def workload(study: Study, language: str = "fi") -> Workload:
    """Return the load of each handler in hours a year; what is not known stays so and is named.

    Load is Σ relationships Σ encounters count × minutes × complexity, and fixed hours: the work of
    the cases and not their number (R68; domain practice:
    https://tcomconversations.org/caseload-versus-workload-management/).
    """
    found = covers(study.care)
    rows = []
    for handler in study.care.handlers.values():
        own = [found[name] for name in handler.primary if name in found]
        works = [(work_of(c.relationship, study.care), bool(c.able)) for c in own]
        known = [(w.hours, safe) for w, safe in works if w.hours is not None]
        total = sum(hours for hours, _ in known)
        backed = sum(hours for hours, safe in known if safe) / total if total else None
        whole = backed if len(known) == len(works) else None
        safe = sum(safe for _, safe in works)
        work = work_of_handler(handler, study.care)
        rows.append(HandlerLoad(handler, work, len(own), safe, whole))
    return Workload(_caption(rows, language), language, study, tuple(rows))


def fairness(utilisations: Sequence[float]) -> Fairness | None:
    """Return the largest utilisation per the mean, and Jain's index (Σx)² / nΣx².

    The index is 1 where all are alike and k/n where k of n share everything evenly (Jain, Chiu &
    Hawe 1984, DEC-TR-301, https://arxiv.org/abs/cs/9809099). None for fewer than two.
    """
    n, total = len(utilisations), sum(utilisations)
    if n < 2 or total <= 0:
        return None
    jain = total**2 / (n * sum(x * x for x in utilisations))
    return Fairness(n, max(utilisations) * n / total, jain)


def _caption(rows: Sequence[HandlerLoad], language: str) -> str:
    say = words(language)
    known = [r.utilisation for r in rows if r.utilisation is not None]
    parts = [say("load_caption", n=len(known), of=len(rows))]
    if even := fairness(known):
        peak, jain = fixed(even.peak, language), fixed(even.jain, language)
        parts.append(say("load_fairness", n=even.n, peak=peak, jain=jain))
    return " ".join(parts)


def percent(share: float | None, language: str) -> str:
    """Return a share of hours as a whole percentage, nothing if it is not known."""
    return "" if share is None else f"{number(round(100 * share), language)} %"
