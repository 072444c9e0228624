"""The project as tables: who has which part in its tasks, and how far its phases have come."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.checks.project import notebooks
from workbench.care.project import ProjectPhase, ProjectTask
from workbench.findings.results import Result
from workbench.practice.registers import name_of
from workbench.study import Study


@dataclass(frozen=True, repr=False)
class Raci(Result):
    """Tasks by parties: who does, answers, is asked, is told."""

    study: Study
    tasks: tuple[ProjectTask, ...]
    parties: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each task, a column for each party that has any part."""
        say = words(self.language)
        heads = [name_of(p, "party", self.study, self.language) for p in self.parties]
        rows = [
            [t.label.say(self.language), *(t.duties.get(p, "") for p in self.parties)]  # type: ignore[call-overload]  # a name finds its link
            for t in self.tasks
        ]
        return pd.DataFrame(rows, columns=[say("field_task"), *heads])


def raci(study: Study, language: str = "fi") -> Raci:
    """Return who has which part in the project's tasks, parties in their file's order (R53)."""
    tasks = tuple(study.care.tasks.values())
    named = {str(party) for task in tasks for party in task.duties}
    known = [p for p in study.care.parties if p in named]
    parties = (*known, *sorted(named - set(known)))
    caption = words(language)("raci_caption", n=len(tasks))
    return Raci(caption, language, study, tasks, parties)


@dataclass(frozen=True, repr=False)
class Phases(Result):
    """The phase board: each phase, where it stands, what lets one begin it and leave it."""

    study: Study
    phases: tuple[ProjectPhase, ...]

    @property
    def now(self) -> ProjectPhase | None:
        """Return the phase that is going on: the first that is not done."""
        return next((p for p in self.phases if not p.done), None)

    def standing(self, phase: ProjectPhase) -> str:
        """Return where a phase stands: `done`, `now` or `ahead`."""
        return "done" if phase.done else "now" if phase is self.now else "ahead"

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each phase in its order; notebooks by their names where they exist."""
        say, language = words(self.language), self.language
        rows = [
            (
                n,
                phase.label.say(language),
                say(f"project_{self.standing(phase)}"),
                phase.entry.say(language),
                phase.exit.say(language),
                ", ".join(self.notebooks(phase)),
                ", ".join(phase.goals),
            )
            for n, phase in enumerate(self.phases, 1)
        ]
        keys = ("project_n", "field_phase", "field_status", *(f"field_{k}" for k in _PHASE))
        return pd.DataFrame(rows, columns=[say(k) for k in keys])

    def notebooks(self, phase: ProjectPhase) -> list[str]:
        """Return the names of a phase's notebooks; a number that names none stays as it is."""
        there = sorted((self.study.folder / "notebooks").glob("*.ipynb"))
        found = {number: notebooks(number, there) for number in phase.notebooks}
        return [name for n, ps in found.items() for name in ([p.stem for p in ps] or [str(n)])]


_PHASE = ("entry", "exit", "notebooks", "goals")


def phases(study: Study, language: str = "fi") -> Phases:
    """Return the project's phases in their order, with the evidence of entry and exit (R54)."""
    found = tuple(study.care.phases.values())
    caption = words(language)("phases_caption", done=sum(p.done for p in found), n=len(found))
    return Phases(caption, language, study, found)
