"""The handbook: Part II of the thesis, assembled from the files of the care model."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

from workbench.base.languages import words
from workbench.practice.registers import register
from workbench.reports.numbers import Sheet, numbers
from workbench.reports.pages import HANDBOOK, Page, fill, render, setting, speaks
from workbench.study import Study

_TEMPLATES = Path(__file__).with_name("templates") / "chapters"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its template has its name, and so has the module that counts for it.

    Without a template of its own it shows its `registers` as tables.
    """

    key: str
    registers: tuple[str, ...] = ()


CHAPTERS = (
    Chapter("reader"),
    Chapter("unit", ("units",)),
    Chapter("process", ("encounters",)),
    Chapter("content", ("services",)),
    Chapter("quality"),
    Chapter("customers", ("customers", "relationships")),
    Chapter("grouping"),
    Chapter("management", ("processes",)),
    Chapter("strategy", ("principles", "strategies")),
    Chapter("organising", ("models",)),
    Chapter("competence", ("areas",)),
    Chapter("cooperation", ("contacts",)),
    Chapter("interface", ("interfaces", "scripts")),
    Chapter("documentation", ("records",)),
    Chapter("general_rules"),
    Chapter("supervisor_rules"),
    Chapter("payee_rules"),
    Chapter("channels", ("channels",)),
    Chapter("plans"),
    Chapter("clock", ("clock",)),
    Chapter("cards", ("cards",)),
    Chapter("information", ("information", "questions")),
    Chapter("systems", ("systems",)),
    Chapter("feedback", ("feedback",)),
)
"""Part II in the order of the thesis's table of contents (requirements R61-R82)."""

APPENDICES = (
    Chapter("project", ("goals", "limits", "risks", "phases", "tasks", "member_checks", "lessons")),
    Chapter("measures", ("measured",)),
    Chapter("evidence", ("needs",)),
)


def handbook(study: Study, language: str = "fi") -> Page:
    """Return the handbook of the whole care model in one language, each line with its basis.

    Raises `NotInLanguage` for a language the study has no texts in.
    """
    speaks(study, language)
    study = study.whole or study
    sheet = Sheet(numbers(study))
    common = setting(HANDBOOK, study, language)

    def written(chapters: tuple[Chapter, ...]) -> list[tuple[str, Markup]]:
        return [(c.key, _written(c, study, language, sheet, common)) for c in chapters]

    parts = {"chapters": written(CHAPTERS), "appendices": written(APPENDICES)}
    title = words(language)("handbook_title")
    return render(HANDBOOK, study, sheet, language, title=title, **parts)


def _written(
    chapter: Chapter, study: Study, language: str, sheet: Sheet, common: Mapping[str, object]
) -> Markup:
    own: dict[str, object] = {}
    if find_spec(f"workbench.reports.chapters.{chapter.key}"):
        module = importlib.import_module(f"workbench.reports.chapters.{chapter.key}")
        own = dict(module.chapter(study, language, sheet))
    template = f"{chapter.key}.html"
    if not (_TEMPLATES / template).exists():
        template = "registers.html"
        tables = (register(study, name, language) for name in chapter.registers)
        own["registers"] = [table for table in tables if table.rows]
    return fill(f"chapters/{template}", common, **own)
