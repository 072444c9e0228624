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
from workbench.practice.ledger import Balance
from workbench.reports.charts.agreement import agreement_chart
from workbench.reports.charts.counts import counts_chart
from workbench.reports.charts.crosstab import coverage_chart, crosstab_chart, matrix_chart
from workbench.reports.charts.dress import quietly
from workbench.reports.charts.encounters import encounters_chart
from workbench.reports.charts.feedback import feedback_chart
from workbench.reports.charts.ledger import balance_chart
from workbench.reports.charts.network import network_chart
from workbench.reports.charts.perceived import outcome_chart, perceived_chart
from workbench.reports.charts.portrait import portrait_chart
from workbench.reports.charts.priorities import priorities_chart
from workbench.reports.charts.quadrants import importance_chart, salience_chart
from workbench.reports.charts.quality import quality_chart
from workbench.reports.charts.saturation import saturation_chart
from workbench.reports.charts.segmentation import clusters_chart, splits_chart
from workbench.reports.charts.survey import survey_chart
from workbench.reports.charts.terms import terms_chart

charts.update(
    {
        Agreement: agreement_chart,
        Balance: balance_chart,
        Clusters: clusters_chart,
        CoOccurrence: network_chart,
        CodeMatrix: matrix_chart,
        Counts: counts_chart,
        Coverage: coverage_chart,
        Crosstab: crosstab_chart,
        EncounterCounts: encounters_chart,
        FeedbackCounts: feedback_chart,
        Importance: importance_chart,
        Outcome: outcome_chart,
        Perceived: perceived_chart,
        Portrait: portrait_chart,
        Priorities: priorities_chart,
        Quality: quality_chart,
        Salience: salience_chart,
        Saturation: saturation_chart,
        Scores: survey_chart,
        Splits: splits_chart,
        Terms: terms_chart,
    }
)
charts.update({kind: quietly(draw) for kind, draw in charts.items()})
