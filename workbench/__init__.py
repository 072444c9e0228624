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
    from workbench.findings.cooccurrence import cooccurrence
    from workbench.findings.counts import counts, documents
    from workbench.findings.crosstab import crosstab
    from workbench.findings.disagreements import disagreements
    from workbench.findings.quality import quality
    from workbench.findings.quotes import quotes
    from workbench.lab.coder import Coder
    from workbench.lab.comparing import Comparing
    from workbench.lab.hits import Hits
    from workbench.reports.pages import account_plan, profile
    from workbench.runs.papermill import run

_LATER = {
    "Coder": "lab.coder",
    "Comparing": "lab.comparing",
    "Hits": "lab.hits",
    "Index": "concordance.kwic",
    "ask": "assistant.ask",
    "autocode": "concordance.autocode",
    "on_dask": "concordance.cluster",
    "search": "concordance.kwic",
    "suggest": "concordance.suggestions",
    "agreement": "findings.agreement",
    "cooccurrence": "findings.cooccurrence",
    "counts": "findings.counts",
    "crosstab": "findings.crosstab",
    "documents": "findings.counts",
    "disagreements": "findings.disagreements",
    "quality": "findings.quality",
    "quotes": "findings.quotes",
    "account_plan": "reports.pages",
    "profile": "reports.pages",
    "run": "runs.papermill",
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
    "cooccurrence",
    "counts",
    "crosstab",
    "disagreements",
    "documents",
    "load",
    "on_dask",
    "profile",
    "quality",
    "quotes",
    "release",
    "run",
    "search",
    "settle",
    "status",
    "suggest",
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
