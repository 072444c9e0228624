"""Parameters are declared and typed in the notebook; nothing else is ever passed on."""

import json
from pathlib import Path

import pytest

from workbench.runs.parameters import BadParameter, NoParameters, checked, declared


def notebook(folder: Path, source: str, tags: tuple[str, ...] = ("parameters",)) -> Path:
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source}
    path = folder / "11_koe.ipynb"
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return path


TYPED = 'segment: str = "a"\nmost: int = 5\nshare: float = 0.5\nquotes: bool = True'


def test_declared_parameters_have_type_and_default(tmp_path: Path) -> None:
    found = declared(notebook(tmp_path, TYPED))
    assert {p.name: (p.type, p.default) for p in found.values()} == {
        "segment": (str, "a"), "most": (int, 5), "share": (float, 0.5), "quotes": (bool, True)
    }  # fmt: skip


def test_a_text_is_converted_to_the_declared_type(tmp_path: Path) -> None:
    values = {"segment": "007", "most": "12", "share": "1", "quotes": "false"}
    assert checked(notebook(tmp_path, TYPED), values) == {
        "segment": "007", "most": 12, "share": 1.0, "quotes": False
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("most", "many"), ("most", 1.5), ("most", True), ("quotes", "no"), ("segment", 7)],
)
def test_a_value_of_another_type_is_refused(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(BadParameter, match=f"parameter '{name}' must be"):
        checked(notebook(tmp_path, TYPED), {name: value})


def test_a_misspelt_parameter_is_refused_with_the_near_miss(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match=r"'segmnt' is not declared. Did you mean 'segment'"):
        checked(notebook(tmp_path, TYPED), {"segmnt": "a"})


def test_a_key_that_is_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadParameter, match="is not declared"):
        checked(notebook(tmp_path, TYPED), {"segment=1; import os #": "a"})


@pytest.mark.parametrize("source", ["segment = 'a'", "import os", "x: list = []", "a: str"])
def test_a_parameters_cell_holds_typed_assignments_only(tmp_path: Path, source: str) -> None:
    with pytest.raises(NoParameters, match="declares no typed parameter"):
        declared(notebook(tmp_path, source))


def test_a_notebook_without_a_parameters_cell_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoParameters, match="0 cells are tagged `parameters`"):
        declared(notebook(tmp_path, TYPED, tags=()))
