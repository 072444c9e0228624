"""A result: a table with a caption that shows itself in Jupyter, and its figure."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.base.problems import WorkbenchError, near_miss

charts: dict[type, Callable[[Any], Any]] = {}
"""Which function draws which result; `reports.charts` enters its own here."""


class NoChart(WorkbenchError):
    """There is no figure for this kind of result."""

    def __init__(self, result: object) -> None:
        drawn = ", ".join(sorted(kind.__name__ for kind in charts)) or "none yet"
        super().__init__(
            f"{type(result).__name__} has no chart; use .table. With a chart: {drawn}."
        )


class NoPart(WorkbenchError):
    """A result was asked for a table that it does not have."""

    def __init__(self, result: object, part: str) -> None:
        kind = type(result)
        known = [name for name in dir(kind) if isinstance(getattr(kind, name), property)]
        super().__init__(f"{kind.__name__} has no table '{part}'. {near_miss(part, known)}")


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


def part_of(result: Result, part: str = "") -> tuple[pd.DataFrame, str]:
    """Return a table of a result with its caption: the first, or a further one by its name.

    Such are `plan` of a coverage and `items` of a survey; their index becomes a column. Raises
    `NoPart` for a name without a table.
    """
    found = getattr(result, part, None) if part else result
    if isinstance(found, Result):
        return found.table, found.caption
    if not isinstance(found, pd.DataFrame):
        raise NoPart(result, part)
    whole = found if isinstance(found.index, pd.RangeIndex) else found.reset_index()
    heads = (head if isinstance(head, tuple) else (head,) for head in whole.columns)
    return whole.set_axis([" ".join(filter(None, head)) for head in heads], axis=1), result.caption
