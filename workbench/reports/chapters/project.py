"""The project: its goals and whether they were reached, who did what, what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.care.project import SCALE, Aspect, Duty, zone
from workbench.practice.project import phases
from workbench.practice.registers import name_of
from workbench.practice.risks import MARKS, risks
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the goals with their actions, the tasks by duty, the phases and the risk matrix."""
    care = study.care

    def names(parties: tuple[str, ...]) -> str:
        return ", ".join(name_of(p, "party", study, language) for p in parties)

    return {
        "goals": [
            (goal, [a for a in care.actions.values() if goal.id in a.goals])
            for goal in care.goals.values()
        ],
        "tasks": [
            (task, [(duty, names(task.holding(duty))) for duty in _DUTIES])
            for task in care.tasks.values()
        ],
        "board": phases(study, language),
        "risks": risks(study, language),
        "scale": SCALE,
        "zone": zone,
        "marks": MARKS,
        "owner": lambda party: name_of(party, "party", study, language),
        "lessons": [
            (aspect, [lesson for lesson in care.lessons.values() if lesson.about is aspect])
            for aspect in Aspect
        ],
    }


_DUTIES = (Duty.ACCOUNTABLE, Duty.RESPONSIBLE, Duty.CONSULTED, Duty.INFORMED)
