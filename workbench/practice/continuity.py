"""Whether customers meet their own handler, and whether work would go on without that one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import number, words
from workbench.care.cover import Cover, covers
from workbench.findings.results import Result
from workbench.practice.hours import Missing, Work, sum_of, work_of
from workbench.practice.registers import name_of
from workbench.practice.structure import latest
from workbench.practice.workload import percent
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Kept:
    """A relationship: encounters counted by who met them, its work, and who could take it over."""

    cover: Cover
    own: int
    counted: int
    work: Work
    missing: tuple[Missing, ...]


@dataclass(frozen=True, repr=False)
class Continuity(Result):
    """Continuity and bus factor, relationship by relationship."""

    study: Study
    rows: tuple[Kept, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return for each relationship own encounters per counted, and who could take it over."""
        say, at = words(self.language), self.language
        rows = [
            (
                name_of(k.cover.relationship.id, "relationship", self.study, at),
                f"{k.own}/{k.counted}" if k.counted else "",
                ", ".join(h.id for h in k.cover.able) or say("nobody"),
                None if k.work.hours is None else round(k.work.hours),
                "; ".join(m.say(self.study, at) for m in k.missing),
            )
            for k in self.rows
        ]
        keys = ("relationship", "own", "able", "load", "missing")
        return pd.DataFrame(rows, columns=[say(f"continuity_{key}") for key in keys])

    @property
    def share(self) -> float | None:
        """Return the share of encounters that met their own handler, where it was counted."""
        counted = sum(k.counted for k in self.rows)
        return sum(k.own for k in self.rows) / counted if counted else None

    @property
    def safe(self) -> tuple[int, int]:
        """Return how many relationships have a competent backup, and of how many."""
        return sum(bool(k.cover.able) for k in self.rows), len(self.rows)

    @property
    def bus_factor(self) -> float | None:
        """Return the share of load with a competent backup, None where any load is unknown."""
        total = sum_of(k.work for k in self.rows).hours
        backed = sum(k.work.known for k in self.rows if k.cover.able)
        return backed / total if total else None


def continuity(study: Study, language: str = "fi") -> Continuity:
    """Return how many encounters met the own handler, and how much work has a competent backup.

    Continuity is counted only where the files say `own:` beside `count:`; the rest is named as
    missing. The bus factor is the share of load that goes on without its handler (R68).
    """
    year = latest(study.care.relationships.values())
    rows = []
    for cover in covers(study.care).values():
        volumes = [v for v in cover.relationship.volumes if v.year in (None, year)]
        both = [(v.own, v.count) for v in volumes if v.own is not None and v.count is not None]
        lacks = () if volumes and len(both) == len(volumes) else (
            Missing("own", relationship=cover.relationship.id),
        )  # fmt: skip
        work = work_of(cover.relationship, study.care)
        own, counted = sum(o for o, _ in both), sum(n for _, n in both)
        rows.append(Kept(cover, own, counted, work, lacks))
    bare = Continuity("", language, study, tuple(rows))
    return Continuity(_caption(bare), language, study, tuple(rows))


def _caption(c: Continuity) -> str:
    say = words(c.language)
    counted, own = sum(k.counted for k in c.rows), sum(k.own for k in c.rows)
    safe, of = c.safe
    parts = [
        say("continuity_share", own=number(own, c.language), n=number(counted, c.language))
        if counted
        else say("continuity_none"),
        say("continuity_safe", n=safe, of=of),
    ]
    if c.bus_factor is not None:
        parts.append(say("continuity_bus", share=percent(c.bus_factor, c.language)))
    return " ".join(parts)
