"""Workbench: from what customers say to a care model, in plain files and notebooks.

import workbench as wb
study = wb.load("..")
here = study.where(segment="esimiehet")
wb.quality(here)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from workbench.loading import load
from workbench.study import Study, status
from workbench.teamwork import adjudicate, release, settle, visible_to, work

if TYPE_CHECKING:
    from workbench.assistant.ask import ask
    from workbench.concordance.autocode import autocode
    from workbench.concordance.cluster import on_dask
    from workbench.concordance.kwic import Index, search
    from workbench.concordance.suggestions import suggest
    from workbench.concordance.terms import terms
    from workbench.findings.agreement import agreement
    from workbench.findings.beliefs import beliefs
    from workbench.findings.clustering import clusters
    from workbench.findings.cooccurrence import cooccurrence
    from workbench.findings.counter import counter, mark_seen
    from workbench.findings.counts import counts, documents
    from workbench.findings.coverage import coverage
    from workbench.findings.crosstab import crosstab
    from workbench.findings.disagreements import disagreements
    from workbench.findings.encounters import encounters
    from workbench.findings.feedback import feedback
    from workbench.findings.framework import draft_summaries, framework, renew_summaries
    from workbench.findings.importance import importance
    from workbench.findings.perceived import outcome, perceived
    from workbench.findings.portrait import portrait
    from workbench.findings.priorities import priorities
    from workbench.findings.quality import quality
    from workbench.findings.quotes import quotes
    from workbench.findings.salience import salience
    from workbench.findings.saturation import saturation, saturation_by_segment
    from workbench.findings.segmentation import compare_segmentations, splits
    from workbench.findings.survey import survey
    from workbench.findings.triangulation import triangulation
    from workbench.lab.coder import Coder
    from workbench.lab.comparing import Comparing
    from workbench.lab.explorer import explore
    from workbench.lab.hits import Hits
    from workbench.practice.gaps import gaps
    from workbench.practice.ledger import balance
    from workbench.practice.letters import letter
    from workbench.practice.registers import register
    from workbench.practice.trace import trace
    from workbench.reports.handbook import handbook
    from workbench.reports.pages import account_plan, profile
    from workbench.reports.why import why
    from workbench.runs.papermill import run

_LATER = {
    "Coder": "lab.coder",
    "Comparing": "lab.comparing",
    "Hits": "lab.hits",
    "Index": "concordance.kwic",
    "account_plan": "reports.pages",
    "agreement": "findings.agreement",
    "ask": "assistant.ask",
    "autocode": "concordance.autocode",
    "balance": "practice.ledger",
    "beliefs": "findings.beliefs",
    "clusters": "findings.clustering",
    "compare_segmentations": "findings.segmentation",
    "cooccurrence": "findings.cooccurrence",
    "counter": "findings.counter",
    "counts": "findings.counts",
    "coverage": "findings.coverage",
    "crosstab": "findings.crosstab",
    "disagreements": "findings.disagreements",
    "documents": "findings.counts",
    "draft_summaries": "findings.framework",
    "encounters": "findings.encounters",
    "feedback": "findings.feedback",
    "framework": "findings.framework",
    "handbook": "reports.handbook",
    "gaps": "practice.gaps",
    "importance": "findings.importance",
    "letter": "practice.letters",
    "mark_seen": "findings.counter",
    "explore": "lab.explorer",
    "on_dask": "concordance.cluster",
    "outcome": "findings.perceived",
    "perceived": "findings.perceived",
    "portrait": "findings.portrait",
    "priorities": "findings.priorities",
    "profile": "reports.pages",
    "quality": "findings.quality",
    "quotes": "findings.quotes",
    "register": "practice.registers",
    "renew_summaries": "findings.framework",
    "run": "runs.papermill",
    "salience": "findings.salience",
    "saturation": "findings.saturation",
    "saturation_by_segment": "findings.saturation",
    "search": "concordance.kwic",
    "splits": "findings.segmentation",
    "suggest": "concordance.suggestions",
    "survey": "findings.survey",
    "terms": "concordance.terms",
    "trace": "practice.trace",
    "triangulation": "findings.triangulation",
    "why": "reports.why",
}
"""Names that load pandas or more; they are imported when first used, so that a check is quick."""

__all__ = [
    "Coder",
    "Comparing",
    "Hits",
    "Index",
    "Study",
    "account_plan",
    "adjudicate",
    "agreement",
    "ask",
    "autocode",
    "balance",
    "beliefs",
    "clusters",
    "compare_segmentations",
    "cooccurrence",
    "counter",
    "counts",
    "coverage",
    "crosstab",
    "disagreements",
    "documents",
    "draft_summaries",
    "encounters",
    "explore",
    "feedback",
    "framework",
    "gaps",
    "handbook",
    "importance",
    "letter",
    "load",
    "mark_seen",
    "on_dask",
    "outcome",
    "perceived",
    "portrait",
    "priorities",
    "profile",
    "quality",
    "quotes",
    "register",
    "release",
    "renew_summaries",
    "run",
    "salience",
    "saturation",
    "saturation_by_segment",
    "search",
    "settle",
    "splits",
    "status",
    "suggest",
    "survey",
    "terms",
    "trace",
    "triangulation",
    "visible_to",
    "why",
    "work",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'workbench' has no name '{name}'")
    if _LATER[name].startswith(("findings", "practice", "concordance.terms")):
        importlib.import_module("workbench.reports.charts")
    return getattr(importlib.import_module(f"workbench.{_LATER[name]}"), name)


def room_of(name: str) -> str:
    """Return the room a public name is imported from when it is first used, or nothing."""
    return _LATER.get(name, "").split(".")[0]


def __dir__() -> list[str]:
    return sorted(__all__)
