"""Strategies: each base segment and roll-up has one, with all its parts (R7)."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness
from workbench.care.model import Care
from workbench.care.strategies import Strategy
from workbench.material.segments import SegmentLevel

PARTS = ("goals", "stages", "value", "information")


def check_strategies(care: Care, witness: Witness) -> list[Problem]:
    """List segments without a strategy and parts a strategy lacks; a phase stands in it once.

    A study that has no strategy at all has not begun with them, and nothing is listed.
    """
    problems: list[Problem] = []
    for segment in witness.segments if care.strategies else ():
        if segment.level is not SegmentLevel.CROSS and segment.id not in care.strategies:
            hint = f"Write care/strategies/{segment.id}.yml."
            message = f"'{segment.id}' has no strategy."
            problems.append(segment.place.problem(message, hint, Level.WARNING))
    for strategy in care.strategies.values():
        problems += [*_parts(strategy), *_phases(strategy)]
    return problems


def _parts(strategy: Strategy) -> Iterator[Problem]:
    for part in PARTS:
        if not getattr(strategy, part):
            message = f"the strategy of {strategy.id} has no {part}."
            yield strategy.place.problem(message, f"Add `{part}:`.", Level.WARNING)
    for goal in strategy.goals:
        if goal.measure is None:
            message = f"a goal of {strategy.id} has no measure."
            yield goal.place.problem(message, "Add `measure: …`.", Level.WARNING)


def _phases(strategy: Strategy) -> Iterator[Problem]:
    seen = set()
    for stage in strategy.stages:
        if stage.phase in seen:
            message = f"the strategy of {strategy.id} tells the phase '{stage.phase}' twice."
            yield stage.place.problem(message, "Put both into one stage.")
        seen.add(stage.phase)
