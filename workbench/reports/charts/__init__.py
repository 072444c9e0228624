"""Plotly figures for JupyterLab: a file for each picture, entered here for its kind of result."""

from __future__ import annotations

from workbench.findings.agreement import Agreement
from workbench.findings.counts import Counts
from workbench.findings.crosstab import Crosstab
from workbench.findings.quality import Quality
from workbench.findings.results import charts
from workbench.reports.charts.agreement import agreement_chart
from workbench.reports.charts.counts import counts_chart
from workbench.reports.charts.crosstab import crosstab_chart
from workbench.reports.charts.quality import quality_chart

charts.update(
    {
        Agreement: agreement_chart,
        Counts: counts_chart,
        Crosstab: crosstab_chart,
        Quality: quality_chart,
    }
)
