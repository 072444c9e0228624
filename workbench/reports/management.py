"""The page on handlers: load, absences, competence. For management only, in a folder of its own."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.practice.absence import Absence, Case, Held, absence, leaves
from workbench.practice.competence import competence
from workbench.practice.continuity import continuity
from workbench.practice.rebalancing import PRICE, rebalancing
from workbench.practice.scale import payslips
from workbench.practice.service_models import service_models
from workbench.practice.workload import Workload, workload
from workbench.reports.chapters.organising import ORDER, verdicts
from workbench.reports.numbers import Sheet, numbers
from workbench.reports.pages import MANAGEMENT, Page, render, speaks
from workbench.study import Study

PRICES = (0.0, 20.0, PRICE, 80.0, 160.0)
"""Prices of a broken relationship, in hours, side by side: how much hangs on it?"""
_ROW, _TOP, _LEFT, _WIDTH = 28, 26, 60, 640


@dataclass(frozen=True, slots=True)
class Box:
    """A bar of a picture: where it begins and how long it is, in its units, what it says."""

    row: int
    x: float
    width: float
    look: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars beside the names of handlers, with ticks above, ready for the template to draw."""

    names: tuple[str, ...]
    boxes: tuple[Box, ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[tuple[int, float], ...] = ()

    row, top, left, width = _ROW, _TOP, _LEFT, _WIDTH

    @property
    def height(self) -> int:
        """Return the height of the whole."""
        return _TOP + _ROW * len(self.names) + 6


def management(study: Study, language: str = "fi") -> Page:
    """Return the page on handlers, for management only: `.save("build/management")`.

    It is about identifiable persons: no other page links to it, and it is no part of a segment's
    documents or the handbook. Raises `NotInLanguage`.
    """
    speaks(study, language)
    study = study.whole or study
    sheet = Sheet(numbers(study))
    test, away = absence(study, language=language), leaves(study, language)
    load = workload(study, language)
    title = words(language)("management_title")
    models = study.care.models.values()
    return render(
        MANAGEMENT, study, sheet, language, title=title,
        load=load, load_picture=load_picture(load), load_table=_narrow(load),
        over=[r.handler.id for r in load.rows if (r.utilisation or 0) > 1],
        continuity=continuity(study, language),
        test=test, uncovered=_by_handler(test), held=Held,
        leaves=away, leaves_picture=leaves_picture(away), open_leaves=_open(away),
        moves=rebalancing(study, language=language),
        prices=[rebalancing(study, price, language) for price in PRICES],
        competence=competence(study, language),
        compared=service_models(study, language),
        verdicts=[(model, verdicts(model, study)) for model in models], order=ORDER,
        scale=payslips(study, language=language),
    )  # fmt: skip


def _narrow(load: Workload) -> pd.DataFrame:
    """Return the table of loads without what the page tells elsewhere: unit, missing figures."""
    say = words(load.language)
    return load.table.drop(columns=[say("load_unit"), say("load_missing")])


def _by_handler(test: Absence) -> list[tuple[str, list[tuple[str, Case]]]]:
    """Return for each handler the relationships that do not hold, month by month."""
    handlers = dict.fromkeys(case.handler for _, case in test.cases)
    return [
        (name, [(t, c) for t, c in test.cases if c.handler == name and c.held is not Held.COVERED])
        for name in handlers
    ]


def _open(away: Absence) -> list[tuple[str, Case]]:
    return [(time, case) for time, case in away.cases if case.held is not Held.COVERED]


def load_picture(load: Workload) -> Picture:
    """Return the load of each handler as bars of hours, the working year as a mark."""
    rows = load.rows
    most = max([*(r.work.known for r in rows), *(r.handler.hours or 0 for r in rows), 1.0])
    unit = _WIDTH / most
    boxes = []
    for at, r in enumerate(rows):
        bound = (r.handler.fixed or 0) * unit
        look = "own" if r.work.hours is not None else "least"
        boxes.append(Box(at, 0, bound, "fixed"))
        boxes.append(Box(at, bound, r.work.known * unit - bound, look))
    marks = tuple((at, r.handler.hours * unit) for at, r in enumerate(rows) if r.handler.hours)
    ticks = tuple((h * unit, f"{h}") for h in range(0, int(most) + 1, 500))
    return Picture(tuple(r.handler.id for r in rows), tuple(boxes), ticks, marks)


def leaves_picture(away: Absence) -> Picture:
    """Return planned absences as bars of days; how a bar looks is the worst it leaves behind."""
    spans = {time: tuple(map(datetime.date.fromisoformat, time.split("/"))) for time in away.times}
    if not spans:
        return Picture((), (), ())
    start, end = min(a for a, _ in spans.values()), max(b for _, b in spans.values())
    unit = _WIDTH / ((end - start).days + 1)
    names = tuple(dict.fromkeys(case.handler for _, case in away.cases))
    boxes = []
    for name in names:
        for time in dict.fromkeys(t for t, c in away.cases if c.handler == name):
            a, b = spans[time]
            cases = [c for t, c in away.cases if (t, c.handler) == (time, name)]
            length = ((b - a).days + 1) * unit
            boxes.append(
                Box(
                    names.index(name),
                    (a - start).days * unit,
                    length,
                    _worst(cases),
                    away.when(time),
                )
            )
    mondays = [start + datetime.timedelta(n) for n in range((end - start).days + 1)]
    ticks = tuple(
        ((d - start).days * unit, f"{d.day}.{d.month}.")
        for d in mondays
        if d.weekday() == 0 and d.isocalendar().week % 2 == 0
    )
    return Picture(names, tuple(boxes), ticks)


def _worst(cases: Sequence[Case]) -> str:
    found = {case.held for case in cases}
    return next(h for h in (Held.UNCOVERED, Held.NOMINAL, Held.COVERED) if h in found)
