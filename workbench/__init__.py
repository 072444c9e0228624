"""Workbench: from what customers say to a care model, in plain files and notebooks.

import workbench as wb
study = wb.load("..")
here = study.where(segment="esimiehet")
wb.quality(here)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.assistant.ask import ask
    from workbench.concordance.autocode import autocode
    from workbench.concordance.cluster import codes_of, on_dask
    from workbench.concordance.kwic import Index, search
    from workbench.concordance.lines import feedback_lines
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
    from workbench.findings.equality import equal_service
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
    from workbench.loading import load
    from workbench.practice.absence import absence, leaves
    from workbench.practice.blueprint import blueprint
    from workbench.practice.channels import channel_fit
    from workbench.practice.competence import competence
    from workbench.practice.contacts import contact_plan
    from workbench.practice.continuity import continuity
    from workbench.practice.failure import failure_demand
    from workbench.practice.flows import flows
    from workbench.practice.gaps import gaps
    from workbench.practice.information import (
        by_class,
        item_states,
        needs_matrix,
        superfluous,
        who_may_see,
    )
    from workbench.practice.interfaces import interfaces
    from workbench.practice.ledger import balance
    from workbench.practice.letters import letter
    from workbench.practice.levels import actions_by_level
    from workbench.practice.measures import measures
    from workbench.practice.project import phases, raci
    from workbench.practice.rebalancing import rebalancing
    from workbench.practice.registers import register
    from workbench.practice.responses import feedback_open
    from workbench.practice.risks import risks
    from workbench.practice.rounds import at_round, changes_since
    from workbench.practice.scale import payslips
    from workbench.practice.service_models import service_model, service_models
    from workbench.practice.structure import structure
    from workbench.practice.summary import levers, problems_summary
    from workbench.practice.trace import trace
    from workbench.practice.volumes import volumes
    from workbench.practice.workload import workload
    from workbench.practice.year import year
    from workbench.reports.call import call_card
    from workbench.reports.cards import product_cards
    from workbench.reports.handbook import handbook
    from workbench.reports.management import management
    from workbench.reports.pages import account_plan, profile
    from workbench.reports.why import why
    from workbench.reports.year import annual_clock
    from workbench.runs.batch import run
    from workbench.study import Study, status
    from workbench.teamwork import adjudicate, release, settle, visible_to, work

_LATER = {
    "Coder": "lab.coder",
    "Comparing": "lab.comparing",
    "Hits": "lab.hits",
    "Index": "concordance.kwic",
    "Study": "study",
    "absence": "practice.absence",
    "account_plan": "reports.pages",
    "actions_by_level": "practice.levels",
    "adjudicate": "teamwork",
    "agreement": "findings.agreement",
    "annual_clock": "reports.year",
    "ask": "assistant.ask",
    "at_round": "practice.rounds",
    "autocode": "concordance.autocode",
    "balance": "practice.ledger",
    "beliefs": "findings.beliefs",
    "blueprint": "practice.blueprint",
    "by_class": "practice.information",
    "call_card": "reports.call",
    "changes_since": "practice.rounds",
    "channel_fit": "practice.channels",
    "clusters": "findings.clustering",
    "codes_of": "concordance.cluster",
    "compare_segmentations": "findings.segmentation",
    "competence": "practice.competence",
    "contact_plan": "practice.contacts",
    "continuity": "practice.continuity",
    "cooccurrence": "findings.cooccurrence",
    "counter": "findings.counter",
    "counts": "findings.counts",
    "coverage": "findings.coverage",
    "crosstab": "findings.crosstab",
    "disagreements": "findings.disagreements",
    "documents": "findings.counts",
    "draft_summaries": "findings.framework",
    "encounters": "findings.encounters",
    "equal_service": "findings.equality",
    "explore": "lab.explorer",
    "failure_demand": "practice.failure",
    "feedback": "findings.feedback",
    "feedback_lines": "concordance.lines",
    "feedback_open": "practice.responses",
    "flows": "practice.flows",
    "framework": "findings.framework",
    "gaps": "practice.gaps",
    "handbook": "reports.handbook",
    "importance": "findings.importance",
    "interfaces": "practice.interfaces",
    "item_states": "practice.information",
    "leaves": "practice.absence",
    "letter": "practice.letters",
    "levers": "practice.summary",
    "load": "loading",
    "management": "reports.management",
    "mark_seen": "findings.counter",
    "measures": "practice.measures",
    "needs_matrix": "practice.information",
    "on_dask": "concordance.cluster",
    "outcome": "findings.perceived",
    "payslips": "practice.scale",
    "perceived": "findings.perceived",
    "phases": "practice.project",
    "portrait": "findings.portrait",
    "priorities": "findings.priorities",
    "problems_summary": "practice.summary",
    "product_cards": "reports.cards",
    "profile": "reports.pages",
    "quality": "findings.quality",
    "quotes": "findings.quotes",
    "raci": "practice.project",
    "rebalancing": "practice.rebalancing",
    "register": "practice.registers",
    "release": "teamwork",
    "renew_summaries": "findings.framework",
    "risks": "practice.risks",
    "run": "runs.batch",
    "salience": "findings.salience",
    "saturation": "findings.saturation",
    "saturation_by_segment": "findings.saturation",
    "search": "concordance.kwic",
    "service_model": "practice.service_models",
    "service_models": "practice.service_models",
    "settle": "teamwork",
    "splits": "findings.segmentation",
    "status": "study",
    "structure": "practice.structure",
    "suggest": "concordance.suggestions",
    "superfluous": "practice.information",
    "survey": "findings.survey",
    "terms": "concordance.terms",
    "trace": "practice.trace",
    "triangulation": "findings.triangulation",
    "visible_to": "teamwork",
    "volumes": "practice.volumes",
    "who_may_see": "practice.information",
    "why": "reports.why",
    "work": "teamwork",
    "workload": "practice.workload",
    "year": "practice.year",
}
"""Names are imported when first used, so that what needs little starts quickly."""

__all__ = [
    "Coder",
    "Comparing",
    "Hits",
    "Index",
    "Study",
    "absence",
    "account_plan",
    "actions_by_level",
    "adjudicate",
    "agreement",
    "annual_clock",
    "ask",
    "at_round",
    "autocode",
    "balance",
    "beliefs",
    "blueprint",
    "by_class",
    "call_card",
    "changes_since",
    "channel_fit",
    "clusters",
    "codes_of",
    "compare_segmentations",
    "competence",
    "contact_plan",
    "continuity",
    "cooccurrence",
    "counter",
    "counts",
    "coverage",
    "crosstab",
    "disagreements",
    "documents",
    "draft_summaries",
    "encounters",
    "equal_service",
    "explore",
    "failure_demand",
    "feedback",
    "feedback_lines",
    "feedback_open",
    "flows",
    "framework",
    "gaps",
    "handbook",
    "importance",
    "interfaces",
    "item_states",
    "leaves",
    "letter",
    "levers",
    "load",
    "management",
    "mark_seen",
    "measures",
    "needs_matrix",
    "on_dask",
    "outcome",
    "payslips",
    "perceived",
    "phases",
    "portrait",
    "priorities",
    "problems_summary",
    "product_cards",
    "profile",
    "quality",
    "quotes",
    "raci",
    "rebalancing",
    "register",
    "release",
    "renew_summaries",
    "risks",
    "run",
    "salience",
    "saturation",
    "saturation_by_segment",
    "search",
    "service_model",
    "service_models",
    "settle",
    "splits",
    "status",
    "structure",
    "suggest",
    "superfluous",
    "survey",
    "terms",
    "trace",
    "triangulation",
    "visible_to",
    "volumes",
    "who_may_see",
    "why",
    "work",
    "workload",
    "year",
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


def modules() -> list[str]:
    """Return the modules behind the names that are imported when first used."""
    return sorted({f"workbench.{place}" for place in _LATER.values()})


def __dir__() -> list[str]:
    return sorted(__all__)
