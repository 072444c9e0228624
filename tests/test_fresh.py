"""A run is spared if it would give what is there: real kernels, a small study."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_papermill import NOTEBOOK, PARAMETERS, cell
from workbench.runs.batch import run, whys

Write = Callable[..., Path]
PAGE = """import workbench as wb
wb.profile(wb.load('..').where(segment=segment), language).save(report_folder)"""


@pytest.fixture
def folder(study_with: Write) -> Path:
    root = study_with()
    (root / "notebooks").mkdir()
    note(root)
    run(root, ["esimiehet"], ["fi"])
    return root


def note(root: Path, *tags: str) -> None:
    cells = [cell(PARAMETERS, "parameters"), cell(PAGE, *tags)]
    text = json.dumps({**NOTEBOOK, "cells": cells})
    (root / "notebooks/11_koe.ipynb").write_text(text, encoding="utf-8")


def spared(root: Path) -> bool:
    (outcome,) = run(root, ["esimiehet"], ["fi"])
    assert not outcome.error
    return outcome.spared


def add(root: Path, name: str, text: str) -> None:
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_run_is_spared_until_something_it_shows_is_another(folder: Path) -> None:
    assert spared(folder)
    add(folder, "parameters/study.yml", "# a remark\n")
    assert spared(folder)
    page = folder / "parameters/segments/esimiehet.yml"
    page.write_text(page.read_text(encoding="utf-8").replace("fi: ", "fi: Uudet ", 1), "utf-8")
    ((_, reasons),) = whys(folder, ["esimiehet"], ["fi"])
    assert reasons
    assert not spared(folder)


def test_what_was_made_and_is_gone_is_made_again(folder: Path) -> None:
    (folder / "build/report/profile-esimiehet-fi.html").unlink()
    assert not spared(folder)
    assert (folder / "build/report/profile-esimiehet-fi.html").exists()


def test_a_cell_may_say_that_its_run_is_never_spared(folder: Path) -> None:
    note(folder, "always")
    assert not spared(folder)
    assert not spared(folder)
