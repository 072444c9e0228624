"""Notebooks as JupyterLab writes them, made of a few lines, for tests that need some."""

from __future__ import annotations

import json
from pathlib import Path

PARAMETERS = 'segment: str = ""\nlanguage: str = "fi"\nreport_folder: str = ""\nmost: int = 3'
WHOLE = 'language: str = "fi"\nreport_folder: str = ""'
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}


def cell(source: str, *tags: str, kind: str = "code") -> dict[str, object]:
    """Return a cell of code with these tags."""
    return {
        "cell_type": kind, "id": f"c{abs(hash(source)) % 9999}", "metadata": {"tags": list(tags)},
        "source": source, "outputs": [], "execution_count": None,
    }  # fmt: skip


def notebook(*cells: dict[str, object], **changes: object) -> str:
    """Return the text of a notebook made of cells, some of its parts changed."""
    whole = {"metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5, "cells": list(cells)}
    return json.dumps({**whole, **changes})


def write(folder: Path, name: str, parameters: str, *bodies: str) -> None:
    """Write a notebook into a study: its parameters, then cells of code."""
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    text = notebook(cell(parameters, "parameters"), *map(cell, bodies))
    path.write_text(text, encoding="utf-8")
