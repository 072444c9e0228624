"""The agreed codings: what coders judged alike and what was decided, and what their file says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.base.problems import Level, Problem
from workbench.base.records import Place
from workbench.coding.codings import Coding, sidecar
from workbench.coding.comparison import How, Point, compare, judgement
from workbench.coding.decisions import Decisions, open_points, outdated
from workbench.material.documents import Document


def agreed_codings(
    points: Iterable[Point], decisions: Decisions, coder: str, document: Document
) -> tuple[Coding, ...]:
    """Return what coders judged alike and what was decided, as codings of `coder`."""
    place = Place(sidecar(document.path, coder), 1)
    found: dict[tuple[int, int, int, str], Coding] = {}
    for point in points:
        decision = decisions.on(point)
        if point.how is How.SAME:
            memo = " / ".join(dict.fromkeys(c.memo for c in point.codings if c.memo))
            kept: tuple[Coding, ...] = (replace(point.codings[0], memo=memo),)
        else:
            kept = decision.agreed if decision else ()
        for c in kept:
            twin = found.get(c.key, c)
            facets = c.facets | twin.facets
            found[c.key] = Coding(c.passage, c.code, coder, place, facets, twin.memo or c.memo)
    return tuple(found[key] for key in sorted(found))


def check_decisions(
    document: Document,
    codings: Sequence[Coding],
    decisions: Decisions,
    agreed: str,
) -> list[Problem]:
    """Note decisions whose basis has changed, and an agreed file that is not what they give."""
    points = compare(document, codings, decisions.coders)
    problems = [
        d.place.problem(
            "somebody changed a coding this decision rests on.",
            f"Decide again or remove the block; `workbench disagreements {document.id}` shows why.",
            Level.WARNING,
        )
        for d in outdated(points, decisions)
    ]
    written = [c for c in codings if c.coder == agreed]
    if not written or problems:
        return problems
    kept = agreed_codings(points, decisions, agreed, document)
    path = sidecar(document.path, agreed)
    if count := len(open_points(points, decisions)):
        message = f"was agreed before {count} of the disagreements there are now."
    elif {judgement(c) for c in kept} != {judgement(c) for c in written}:
        message = "is not what the coders' files and the decisions give."
    else:
        return problems
    hint = f"Decide anew, then `workbench settle {document.id}` writes it again."
    return [*problems, Problem(path, 1, message, hint, Level.WARNING)]
