"""The risks of the project as a matrix of five by five, and what is done about each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.project import SCALE, Risk, Zone, zone
from workbench.findings.results import Result
from workbench.practice.registers import name_of
from workbench.study import Study

MARKS = {Zone.ACT: "▲", Zone.WATCH: "◆", Zone.BEAR: "○"}
"""A mark for each zone of the risk matrix, so that it is read without colours."""


@dataclass(frozen=True, repr=False)
class Risks(Result):
    """Risks by probability and impact, the highest first.

    One that is off the scale stands in no cell; `workbench check` names it.
    """

    study: Study
    risks: tuple[Risk, ...]

    @property
    def cells(self) -> dict[tuple[int, int], tuple[Risk, ...]]:
        """Return every cell of the 5 × 5 with its risks, the likeliest row first."""
        return {
            (p, i): tuple(r for r in self.risks if (r.probability, r.impact) == (p, i))
            for p in reversed(SCALE)
            for i in SCALE
        }

    @property
    def table(self) -> pd.DataFrame:
        """Return probability in rows (5 on top), impact in columns; a cell is its zone and ids."""
        say = words(self.language)
        heads = [say("risk_probability"), *(say("risk_impact_n", n=i) for i in SCALE)]
        rows = [[p, *(self.cell(p, i) for i in SCALE)] for p in reversed(SCALE)]
        return pd.DataFrame(rows, columns=heads)

    def cell(self, probability: int, impact: int) -> str:
        """Return what stands in a cell: the mark of its zone, and the ids of its risks."""
        ids = ", ".join(r.id for r in self.cells[probability, impact])
        return f"{MARKS[zone(probability, impact)]} {ids}".strip()

    @property
    def list(self) -> pd.DataFrame:
        """Return a row for each risk, the highest first: what is done, by whom, when it begins."""
        say = words(self.language)
        keys = ("risk", "zone", "risk_score", "risk_why", "field_owner", "field_response")
        heads = [say(key) for key in (*keys, "risk_trigger")]
        return pd.DataFrame([self._row(r) for r in self.risks], columns=heads)

    def _row(self, risk: Risk) -> tuple[str, ...]:
        say, language = words(self.language), self.language
        asks = say(f"zone_{risk.zone}")
        return (
            f"{risk.id} {risk.text.say(language)}",
            f"{MARKS[risk.zone]} {asks}",
            f"{risk.probability} × {risk.impact} = {risk.score}",
            risk.why.say(language),
            name_of(risk.owner, "party", self.study, language),
            " ".join((risk.response.say(language), *(f"({a})" for a in risk.actions))),
            risk.trigger.say(language) if risk.trigger else "",
        )


def risks(study: Study, language: str = "fi") -> Risks:
    """Return the risks of the project as a 5 × 5 matrix; `.list` says what is done (R52)."""
    found = sorted(study.care.risks.values(), key=lambda r: (-r.score, r.id))
    say = words(language)
    counts = {str(z): sum(r.zone is z for r in found) for z in Zone}
    caption = say("risks_caption", n=len(found), **counts)
    return Risks(caption, language, study, tuple(found))
