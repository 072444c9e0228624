"""A run: one notebook executed for one segment and language; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.base.problems import WorkbenchError

NOTEBOOKS = "notebooks"
RUNS = Path("build/runs")
"""Where executed notebooks are, with what is on record of each."""


class NotReady(WorkbenchError):
    """Nothing was run: each line says where something is wrong, what, and what to do about it."""

    def __init__(self, faults: Sequence[object]) -> None:
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True, slots=True)
class Run:
    """One notebook executed for one segment (none: the whole) in one language.

    Paths are relative to the study.
    """

    notebook: Path
    segment: str
    language: str
    output: Path
    parameters: Mapping[str, object]

    @property
    def name(self) -> str:
        """Return what the run is called: notebook, segment, language."""
        return self.output.stem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run; `error` is empty when it finished.

    `cell`, from 1, is where it failed, and `told` what its kernel tells of what it read. A
    `spared` run was not executed, because nothing it rests on has changed.
    """

    run: Run
    error: str = ""
    cell: int = 0
    seconds: float = 0.0
    told: str = ""
    spared: bool = False
