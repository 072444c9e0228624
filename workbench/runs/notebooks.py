"""The notebooks that are run, read as files a stranger may have written: what keeps each from it.

Papermill would find out in the middle of a run, each time anew; and it puts the parameters of a
run where those of an earlier one stand, which may be before the defaults, which then win.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.base.files import read
from workbench.base.problems import Level, Problem
from workbench.runs.parameters import Parameter, declarations
from workbench.runs.run import NOTEBOOKS

SEGMENT_NOTEBOOKS, MODEL_NOTEBOOKS = "1*.ipynb", "2*.ipynb"
"""Notebooks run for each segment and language, and those of the whole care model: a language."""
OWN = ("segment", "language", "report_folder")
"""What a run says itself."""
TAG, INJECTED = "parameters", "injected-parameters"
FORMAT = 4
LARGEST = 50_000_000
"""Bytes of a notebook; more is no text that people wrote, and would be read for every run."""


_Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook that is run, the parameters it declares, and what keeps it from running.

    `each`: it is run for each segment.
    """

    path: Path
    each: bool
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def notebooks(study: Path) -> list[Notebook]:
    """Return the notebooks that are run of the study in a folder, those of segments first."""
    return [
        _read(path, pattern == SEGMENT_NOTEBOOKS)
        for pattern in (SEGMENT_NOTEBOOKS, MODEL_NOTEBOOKS)
        for path in sorted((study / NOTEBOOKS).glob(pattern))
    ]


def _read(path: Path, each: bool) -> Notebook:
    if not path.is_file():
        problem = Problem(path, 1, "is no file.", "Move it out of the folder.")
        return Notebook(path, each, problems=(problem,))
    if path.stat().st_size > LARGEST:
        message = f"holds more than {LARGEST:,} bytes."
        problem = Problem(path, 1, message, "Clear its outputs in JupyterLab and save it.")
        return Notebook(path, each, problems=(problem,))
    text, problems = read(path)
    if errors := [p for p in problems if p.level is Level.ERROR]:
        return Notebook(path, each, problems=tuple(errors))
    parameters, problems = parse_notebook(text.content, path, own(each))
    return Notebook(path, each, parameters, tuple(problems))


def own(each: bool) -> tuple[str, ...]:
    """Return what a run says to a notebook: one of the whole care model is told no segment."""
    return OWN if each else OWN[1:]


def parse_notebook(
    text: str, path: Path, said: tuple[str, ...] = ()
) -> tuple[dict[str, Parameter], list[Problem]]:
    """Read the parameters of a notebook, which must declare as texts what is `said` to it; pure."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"is no notebook, whose text is JSON: {error.msg}."
        return {}, [Problem(path, error.lineno, message, _AGAIN)]
    except (ValueError, RecursionError):
        message = "is no notebook: its numbers or brackets are too many to read."
        return {}, [Problem(path, 1, message, _AGAIN)]
    if why := _misshapen(content):
        return {}, [Problem(path, 1, f"is no notebook of format {FORMAT}: {why}.", _AGAIN)]
    parameters, faults = _parameters(content["cells"], said)
    faults = [*_around(content), *faults]
    return parameters, [Problem(path, 1, message, hint) for message, hint in faults]


_AGAIN = "Open it in JupyterLab and save it; else take it from an earlier commit."


def _around(content: _Json) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a notebook beside the cell of its parameters."""
    kernel = content["metadata"].get("kernelspec")
    if not (isinstance(kernel, dict) and isinstance(kernel.get("name"), str)):
        yield "names no kernel.", "Open it in JupyterLab, choose Python 3 and save it."
    if any(INJECTED in _tags(cell) for cell in content["cells"]):
        message = f"holds the parameters of an earlier run, in a cell tagged `{INJECTED}`."
        yield message, "Delete that cell."


def _parameters(
    cells: Sequence[_Json], said: tuple[str, ...]
) -> tuple[dict[str, Parameter], list[tuple[str, str]]]:
    """Return what the one cell of parameters declares, and what is wrong with it."""
    tagged = [(n, cell) for n, cell in enumerate(cells, 1) if TAG in _tags(cell)]
    if len(tagged) != 1 or tagged[0][1]["cell_type"] != "code":
        what = "one of text" if len(tagged) == 1 else str(len(tagged))
        hint = "Tag one cell of code so and write in it `segment: str = 'esimiehet'`, say."
        return {}, [(f"needs one cell tagged `{TAG}`, and has {what}.", hint)]
    ((number, cell),) = tagged
    parameters, wrong = declarations("".join(cell["source"]))
    faults = [(f"line {f.line} of cell {number}: {f.message}", f.hint) for f in wrong]
    for name in said:
        if name not in parameters and not wrong:
            message = f"does not declare '{name}', which every run of it says."
            faults.append((message, f"Add `{name}: str = ''` to cell {number}."))
        elif name in parameters and parameters[name].form != "str":
            message = f"declares '{name}' as {parameters[name].form}, but a run says a text."
            faults.append((message, f"Write `{name}: str`."))
    return parameters, faults


def _misshapen(content: object) -> str:
    """Return what a notebook lacks of the form that everybody reads it by; nothing if it is one."""
    if not isinstance(content, dict):
        return "it is no object"
    if content.get("nbformat") != FORMAT:
        return "its nbformat is another"
    if not isinstance(content.get("metadata"), dict):
        return "it has no metadata"
    if not isinstance(content.get("cells"), list):
        return "it has no cells"
    for number, cell in enumerate(content["cells"], 1):
        for why in _missing(cell):
            return f"cell {number} has no {why}"
    return ""


def _missing(cell: object) -> Iterator[str]:
    if not isinstance(cell, dict):
        yield "form"
    elif not isinstance(cell.get("cell_type"), str):
        yield "cell_type"
    elif not isinstance(cell.get("metadata"), dict):
        yield "metadata"
    elif not isinstance(cell["metadata"].get("tags", []), list):
        yield "list of tags"
    elif not isinstance(source := cell.get("source"), str) and not (
        isinstance(source, list) and all(isinstance(line, str) for line in source)
    ):
        yield "source"


def _tags(cell: _Json) -> list[object]:
    tags: list[object] = cell["metadata"].get("tags", [])
    return tags
