"""The competence matrix: who holds which area of knowledge, and which areas too few hold (R69)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import date, words
from workbench.care.cover import level
from workbench.care.handlers import COMPETENT, Area, Handler
from workbench.findings.results import Result
from workbench.study import Study


@dataclass(frozen=True, repr=False)
class Competence(Result):
    """Areas by handlers, levels 0–3; `asked` counts relationships that ask for an area."""

    areas: tuple[Area, ...]
    handlers: tuple[Handler, ...]
    asked: dict[str, int]

    def holders(self, area: Area) -> tuple[str, ...]:
        """Return the handlers who hold an area at `COMPETENT` or above."""
        return tuple(h.id for h in self.handlers if level(h, area.id) >= COMPETENT)

    @property
    def short(self) -> tuple[Area, ...]:
        """Return the areas fewer hold than must."""
        return tuple(a for a in self.areas if len(self.holders(a)) < a.least)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each area: levels, holders against the least, and the plan for more."""
        say, at = words(self.language), self.language
        rows = [
            (
                area.label.say(at),
                *(level(h, area.id) for h in self.handlers),
                f"{len(self.holders(area))}/{area.least}",
                self.asked.get(area.id, 0),
                "; ".join(f"{t.what.say(at)} ({date(t.due, at)})" for t in area.training),
            )
            for area in self.areas
        ]
        ends = [say(f"competence_{key}") for key in ("holders", "asked", "training")]
        columns = [say("competence_area"), *(h.id for h in self.handlers), *ends]
        return pd.DataFrame(rows, columns=columns)


def competence(study: Study, language: str = "fi") -> Competence:
    """Return who holds which area, how many of how many must, and the training plan."""
    care = study.care
    asked = Counter(str(area) for r in care.relationships.values() for area in r.areas)
    bare = Competence(
        "", language, tuple(care.areas.values()), tuple(care.handlers.values()), dict(asked)
    )
    names = ", ".join(area.label.say(language) for area in bare.short)
    say = words(language)
    key = "competence_short" if names else "competence_enough"
    caption = say(key, n=len(bare.short), of=len(bare.areas), names=names, level=COMPETENT)
    return Competence(caption, language, bare.areas, bare.handlers, bare.asked)
