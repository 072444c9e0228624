"""A result: a table with a caption that shows itself in Jupyter, and its figure."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.base.problems import WorkbenchError

charts: dict[type, Callable[[Any], Any]] = {}
"""Which function draws which result; `reports.charts` enters its own here."""


class NoChart(WorkbenchError):
    """There is no figure for this kind of result."""

    def __init__(self, result: object) -> None:
        drawn = ", ".join(sorted(kind.__name__ for kind in charts)) or "none yet"
        super().__init__(
            f"{type(result).__name__} has no chart; use .table. With a chart: {drawn}."
        )


@dataclass(frozen=True, repr=False)
class Result:
    """A counted answer: `.table` is its DataFrame, `.chart()` its plotly figure.

    `caption` says what is counted and below which line ("of 6 informants").
    """

    caption: str
    language: str

    @property
    def table(self) -> pd.DataFrame:
        """Return the result as a DataFrame, headings in the result's language."""
        raise NotImplementedError

    def chart(self) -> Any:
        """Return the result as a plotly figure; raises `NoChart` where there is none."""
        if type(self) not in charts:
            raise NoChart(self)
        return charts[type(self)](self)

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.table.to_string(index=False, na_rep='')}"

    def _repr_html_(self) -> str:
        table = self.table.to_html(index=False, border=0, na_rep="")
        return f"<p>{html.escape(self.caption)}</p>{table}"
