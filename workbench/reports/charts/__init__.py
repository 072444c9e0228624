"""Plotly figures for JupyterLab: a file for each picture, entered here for its kind of result."""

from __future__ import annotations

from workbench.concordance.terms import Terms
from workbench.findings.agreement import Agreement
from workbench.findings.clustering import Clusters
from workbench.findings.cooccurrence import CodeMatrix, CoOccurrence
from workbench.findings.counts import Counts
from workbench.findings.coverage import Coverage
from workbench.findings.crosstab import Crosstab
from workbench.findings.encounters import EncounterCounts
from workbench.findings.equality import EqualService
from workbench.findings.feedback import FeedbackCounts
from workbench.findings.importance import Importance
from workbench.findings.perceived import Outcome, Perceived
from workbench.findings.portrait import Portrait
from workbench.findings.priorities import Priorities
from workbench.findings.quality import Quality
from workbench.findings.results import charts
from workbench.findings.salience import Salience
from workbench.findings.saturation import Saturation
from workbench.findings.segmentation import Splits
from workbench.findings.survey import Scores
from workbench.practice.absence import Absence, Leaves
from workbench.practice.blueprint import Blueprint
from workbench.practice.competence import Competence
from workbench.practice.flows import Flows
from workbench.practice.ledger import Balance
from workbench.practice.levels import Levels
from workbench.practice.risks import Risks
from workbench.practice.structure import Structure
from workbench.practice.workload import Workload
from workbench.practice.year import Weeks, Year
from workbench.reports.charts.absence import absence_chart, leaves_chart
from workbench.reports.charts.agreement import agreement_chart
from workbench.reports.charts.blueprint import blueprint_chart
from workbench.reports.charts.competence import competence_chart
from workbench.reports.charts.counts import counts_chart
from workbench.reports.charts.crosstab import coverage_chart, crosstab_chart, matrix_chart
from workbench.reports.charts.dress import quietly
from workbench.reports.charts.encounters import encounters_chart
from workbench.reports.charts.equality import equality_chart
from workbench.reports.charts.feedback import feedback_chart
from workbench.reports.charts.flows import flows_chart
from workbench.reports.charts.ledger import balance_chart
from workbench.reports.charts.levels import levels_chart
from workbench.reports.charts.network import network_chart
from workbench.reports.charts.perceived import outcome_chart, perceived_chart
from workbench.reports.charts.portrait import portrait_chart
from workbench.reports.charts.priorities import priorities_chart
from workbench.reports.charts.quadrants import importance_chart, salience_chart
from workbench.reports.charts.quality import quality_chart
from workbench.reports.charts.risks import risks_chart
from workbench.reports.charts.saturation import saturation_chart
from workbench.reports.charts.segmentation import clusters_chart, splits_chart
from workbench.reports.charts.structure import structure_chart
from workbench.reports.charts.survey import survey_chart
from workbench.reports.charts.terms import terms_chart
from workbench.reports.charts.workload import workload_chart
from workbench.reports.charts.year import weeks_chart, year_chart

charts.update(
    {
        Absence: absence_chart,
        Agreement: agreement_chart,
        Balance: balance_chart,
        Blueprint: blueprint_chart,
        Clusters: clusters_chart,
        CoOccurrence: network_chart,
        CodeMatrix: matrix_chart,
        Competence: competence_chart,
        Counts: counts_chart,
        Coverage: coverage_chart,
        Crosstab: crosstab_chart,
        EncounterCounts: encounters_chart,
        EqualService: equality_chart,
        FeedbackCounts: feedback_chart,
        Flows: flows_chart,
        Importance: importance_chart,
        Leaves: leaves_chart,
        Levels: levels_chart,
        Outcome: outcome_chart,
        Perceived: perceived_chart,
        Portrait: portrait_chart,
        Priorities: priorities_chart,
        Quality: quality_chart,
        Risks: risks_chart,
        Salience: salience_chart,
        Saturation: saturation_chart,
        Scores: survey_chart,
        Splits: splits_chart,
        Structure: structure_chart,
        Terms: terms_chart,
        Weeks: weeks_chart,
        Workload: workload_chart,
        Year: year_chart,
    }
)
charts.update({kind: quietly(draw) for kind, draw in charts.items()})
