"""Customer information: the superfluous, who sees and needs what, its state, open questions."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.care.balance import citations
from workbench.care.information import Item, ItemState, Sensitivity
from workbench.practice.information import by_class, needs_matrix, superfluous, who_may_see
from workbench.practice.registers import name_of
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the items by sensitivity and by state, what is in order last, and the tables."""
    care = study.care
    items = care.information.values()
    needless = superfluous(study, language)
    return {
        "superfluous": needless,
        "viewers": who_may_see(study, language),
        "guarded": {s: [i for i in items if i.sensitivity is s] for s in list(Sensitivity)[::-1]},
        "states": {
            s: [i for i in items if i.state is s and i not in needless.found]
            for s in sorted(ItemState, key=lambda s: s is ItemState.OK)
        },
        "heard": {item.id: _sides(item, study) for item in items},
        "matrix": needs_matrix(study, language),
        "classes": [by_class(study, name, language) for name in care.classifications],
        "questions": sorted(care.questions.values(), key=lambda q: q.answer is not None),
        "open": sum(q.answer is None for q in care.questions.values()),
        "named": lambda names, kind: "; ".join(name_of(n, kind, study, language) for n in names),
    }


def _sides(item: Item, study: Study) -> list[str]:
    """Return the sides whose words an item's state is read from; never whose, nor how many."""
    found = {study.witness.side(c) for c in citations(item.said, study.witness)}
    return sorted(side.value for side in found if side is not None)
