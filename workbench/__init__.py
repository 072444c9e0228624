"""Workbench: from what customers say to a care model, in plain files and notebooks.

import workbench as wb
study = wb.load("..")
here = study.where(segment="esimiehet")
wb.quality(here)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from workbench.study import Study, load, status
from workbench.teamwork import adjudicate, release, settle, visible_to, work

if TYPE_CHECKING:
    from workbench.assistant.ask import ask
    from workbench.concordance.autocode import autocode
    from workbench.concordance.cluster import on_dask
    from workbench.concordance.kwic import Index, search
    from workbench.concordance.suggestions import suggest
    from workbench.findings.agreement import agreement
    from workbench.findings.beliefs import beliefs
    from workbench.findings.cooccurrence import cooccurrence
    from workbench.findings.counts import counts, documents
    from workbench.findings.coverage import coverage
    from workbench.findings.crosstab import crosstab
    from workbench.findings.disagreements import disagreements
    from workbench.findings.encounters import encounters
    from workbench.findings.feedback import feedback
    from workbench.findings.importance import importance
    from workbench.findings.perceived import outcome, perceived
    from workbench.findings.portrait import portrait
    from workbench.findings.quality import quality
    from workbench.findings.quotes import quotes
    from workbench.findings.salience import salience
    from workbench.findings.survey import survey
    from workbench.findings.triangulation import triangulation
    from workbench.lab.coder import Coder
    from workbench.lab.comparing import Comparing
    from workbench.lab.hits import Hits
    from workbench.reports.pages import account_plan, profile
    from workbench.runs.papermill import run

_LATER = {
    "account_plan": "reports.pages",
    "agreement": "findings.agreement",
    "ask": "assistant.ask",
    "autocode": "concordance.autocode",
    "beliefs": "findings.beliefs",
    "cooccurrence": "findings.cooccurrence",
    "counts": "findings.counts",
    "coverage": "findings.coverage",
    "crosstab": "findings.crosstab",
    "disagreements": "findings.disagreements",
    "documents": "findings.counts",
    "on_dask": "concordance.cluster",
    "outcome": "findings.perceived",
    "perceived": "findings.perceived",
    "portrait": "findings.portrait",
    "profile": "reports.pages",
    "quality": "findings.quality",
    "encounters": "findings.encounters",
    "feedback": "findings.feedback",
    "importance": "findings.importance",
    "salience": "findings.salience",
    "survey": "findings.survey",
    "triangulation": "findings.triangulation",
    "quotes": "findings.quotes",
    "run": "runs.papermill",
    "search": "concordance.kwic",
    "suggest": "concordance.suggestions",
    "Coder": "lab.coder",
    "Comparing": "lab.comparing",
    "Hits": "lab.hits",
    "Index": "concordance.kwic",
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
    "beliefs",
    "cooccurrence",
    "counts",
    "coverage",
    "crosstab",
    "disagreements",
    "documents",
    "encounters",
    "feedback",
    "importance",
    "load",
    "on_dask",
    "outcome",
    "perceived",
    "portrait",
    "profile",
    "quality",
    "quotes",
    "release",
    "run",
    "salience",
    "search",
    "settle",
    "status",
    "suggest",
    "survey",
    "triangulation",
    "visible_to",
    "work",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'workbench' has no name '{name}'")
    if _LATER[name].startswith("findings"):
        importlib.import_module("workbench.reports.charts")
    return getattr(importlib.import_module(f"workbench.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
