"""The evidence: every need with what was found, words that may be quoted, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.care.claims import Need
from workbench.practice.registers import name_of
from workbench.practice.trails import Node, content, in_order, trails
from workbench.reports.evidence import Claim, claim, owner_of
from workbench.reports.numbers import Sheet, told
from workbench.study import Study

ANSWERS = ("actions", "rules", "cards", "clock", "contacts", "plans")


@dataclass(frozen=True, slots=True)
class Ground:
    """A need as the appendix shows it: its claims, and what stands on it, by kind.

    A claim that another need was shown with first is not `anchored` again.
    """

    need: Need
    code: str
    claims: tuple[tuple[Claim, bool], ...]
    answers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def chapter(study: Study, language: str, sheet: Sheet) -> Mapping[str, object]:
    """Return the needs with their grounds, the actions, and findings without a need.

    Numbers are those of the front page, quotes pass the gate, drafts are left out.
    """
    shown: set[str] = set()
    grounds = []
    for need in study.care.needs.values():
        claims = []
        for finding in told(study.care.findings_of([need.id])):
            claims.append((claim(finding, study, sheet, language), finding.id not in shown))
            shown.add(finding.id)
        label = name_of(need.code, "code", study, language)
        grounds.append(Ground(need, label, tuple(claims), _answers(need, study, language)))
    rest = [f for f in told(study.care.findings.values()) if f.id not in shown]
    return {
        "grounds": grounds,
        "rest": [claim(f, study, sheet, language) for f in rest],
        "actions": [(a, owner_of(a, study, language)) for a in study.care.actions.values()],
    }


def _answers(
    need: Need, study: Study, language: str
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what stands on a need or on an action for it: kind, then ids with what they say."""
    graph = trails(study)
    found: set[Node] = set(graph.successors(("needs", need.id)))
    for node in [n for n in found if n[0] == "actions"]:
        found |= set(graph.successors(node))
    ordered = in_order(found)
    kinds = ((t, [n for n in ordered if n[0] == t]) for t in ANSWERS)
    return tuple(
        (table, tuple((key, content((_, key), study, language)) for _, key in nodes))
        for table, nodes in kinds
        if nodes
    )
