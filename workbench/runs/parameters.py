"""Parameters of a notebook: declared and typed in its own cell, checked before any run.

Papermill only warns of an unknown parameter, and writes the *key* into the notebook as code. So
only keys that the notebook declares, with values of the declared type, are ever passed on.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.base.problems import WorkbenchError, near_miss

_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}


class BadParameter(WorkbenchError):
    """A run was asked for with a parameter that the notebook does not declare or cannot take."""

    def __init__(self, notebook: Path, name: str, what: str, hint: str = "") -> None:
        super().__init__(f"{notebook.name}: parameter '{name}' {what}. {hint}".strip())


class NoParameters(WorkbenchError):
    """The notebook has no cell tagged `parameters`, or that cell holds something else."""

    def __init__(self, notebook: Path, why: str) -> None:
        super().__init__(
            f"{notebook.name}: {why}. Tag one cell `parameters` and write in it only lines such as "
            "`segment: str = 'esimiehet'`."
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter: `name: type = default`."""

    name: str
    type: type
    default: object


def declared(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters that a notebook declares.

    Raises `NoParameters` if there is no such cell or it is not made of typed assignments.
    """
    found: dict[str, Parameter] = {}
    cells = [
        cell
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if "parameters" in cell["metadata"].get("tags", [])
    ]
    if len(cells) != 1:
        raise NoParameters(notebook, f"{len(cells)} cells are tagged `parameters`")
    for line in ast.parse("".join(cells[0]["source"])).body:
        if not (
            isinstance(line, ast.AnnAssign)
            and isinstance(line.target, ast.Name)
            and isinstance(line.annotation, ast.Name)
            and line.annotation.id in _TYPES
            and line.value is not None
        ):
            raise NoParameters(notebook, f"`{ast.unparse(line)}` declares no typed parameter")
        kind = _TYPES[line.annotation.id]
        default = ast.literal_eval(line.value)
        found[line.target.id] = Parameter(line.target.id, kind, default)
    return found


def checked(notebook: Path, values: Mapping[str, object]) -> dict[str, Any]:
    """Return `values` as the notebook's types; a text is converted where it says the type.

    Raises `BadParameter` for an unknown name or a value of another type.
    """
    known = declared(notebook)
    result = {}
    for name, value in values.items():
        if name not in known:
            raise BadParameter(notebook, name, "is not declared", near_miss(name, known))
        result[name] = _converted(notebook, known[name], value)
    return result


def _converted(notebook: Path, parameter: Parameter, value: object) -> object:
    kind = parameter.type
    if type(value) is kind:
        return value
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(value, str):
        try:
            if kind is bool:
                return {"true": True, "false": False}[value]
            return kind(value)
        except (KeyError, ValueError):
            pass
    what = f"must be {kind.__name__}, not {value!r}"
    raise BadParameter(notebook, parameter.name, what)
