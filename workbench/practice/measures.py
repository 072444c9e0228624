"""Promised against measured: what came of each action and rule, and what nobody has measured."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import number, words
from workbench.base.records import Label
from workbench.care.claims import Action, Status
from workbench.care.project import Gain, Measurement
from workbench.care.rules import ServiceRule
from workbench.findings.results import Result
from workbench.study import Study

FAILED = (Gain.NOTHING, Gain.WORSE)
"""What came of a promise that achieved nothing."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action or a rule with one of its measurements, or none: nobody measures it."""

    of: Action | ServiceRule
    measured: Measurement | None

    @property
    def gain(self) -> Gain:
        """Return what came of it, as far as it is known."""
        return self.measured.gain if self.measured else Gain.UNKNOWN

    @property
    def text(self) -> Label:
        """Return what was promised."""
        return self.of.what if isinstance(self.of, Action) else self.of.must


@dataclass(frozen=True, repr=False)
class Measures(Result):
    """Every promise with what was measured of it: what failed first, the unmeasured last."""

    rows: tuple[Promise, ...]

    @property
    def failed(self) -> tuple[Promise, ...]:
        """Return the promises that achieved nothing, or made it worse."""
        return tuple(p for p in self.rows if p.gain in FAILED)

    @property
    def unmeasured(self) -> tuple[Promise, ...]:
        """Return the promises of which nothing is known yet."""
        return tuple(p for p in self.rows if p.gain is Gain.UNKNOWN)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each promise: what is measured, from where to where, what came of it."""
        say = words(self.language)
        fields = (f"field_{name}" for name in ("baseline", "goal", "value", "date"))
        keys = ("promise", "measured_what", *fields, "gain", "field_source")
        heads = [say(key) for key in keys]
        return pd.DataFrame([self._row(p) for p in self.rows], columns=heads)

    def _row(self, promise: Promise) -> tuple[str, ...]:
        say, language, m = words(self.language), self.language, promise.measured
        told = f"{promise.of.id} {promise.text.say(language)}"
        if m is None:
            measure = promise.of.measure
            planned = measure.say(language) if measure else ""
            return (told, planned, "", "", "", "", say("gain_nobody"), "")
        figures = (quantity(v, m, language) for v in (m.baseline, m.goal, m.value))
        source = m.source.say(language) if m.source else ""
        what = m.what.say(language)
        return (told, what, *figures, m.date or "", say(f"gain_{m.gain}"), source)


def quantity(value: float | None, m: Measurement, language: str) -> str:
    """Return a figure of a measurement with its unit, or nothing where there is none."""
    return "" if value is None else f"{number(value, language)} {m.unit.say(language)}"


def measures(study: Study, language: str = "fi") -> Measures:
    """Set what was measured beside what was promised, for every action and rule (R84).

    Those that achieved nothing come first. Actions that were rejected, and rules without a
    measure of their own that nobody measures either, are left out.
    """
    care = study.care
    promises: list[Promise] = []
    things: tuple[Action | ServiceRule, ...] = (*care.actions.values(), *care.rules.values())
    for thing in things:
        own = [m for m in care.measured.values() if m.of == thing.id]
        promises += [Promise(thing, m) for m in own]
        if not own and not (isinstance(thing, Action) and thing.status is Status.REJECTED):
            promises += [Promise(thing, None)] if thing.measure else []
    rows = tuple(sorted(promises, key=_weight))
    counts = {str(gain): sum(p.gain is gain for p in rows) for gain in Gain}
    counts["nearer"] += counts.pop("better")
    return Measures(words(language)("measures_caption", n=len(rows), **counts), language, rows)


def _weight(promise: Promise) -> tuple[int, bool]:
    return _ORDER.index(promise.gain), promise.measured is None


_ORDER = (
    Gain.WORSE, Gain.NOTHING, Gain.SHORT, Gain.NEARER, Gain.BETTER, Gain.REACHED, Gain.UNKNOWN,
)  # fmt: skip
