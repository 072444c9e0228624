"""Runs: a real kernel for each segment and language; a failed run stops no other."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.loading import load
from workbench.runs.batch import run

Write = Callable[..., Path]
NOTEBOOK = {
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
    "cells": [],
}
PARAMETERS = 'segment: str = ""\nlanguage: str = "fi"\nreport_folder: str = ""\nmost: int = 3'


def cell(source: str, *tags: str) -> dict[str, object]:
    return {
        "cell_type": "code", "id": f"c{abs(hash(source)) % 9999}", "metadata": {"tags": list(tags)},
        "source": source, "outputs": [], "execution_count": None,
    }  # fmt: skip


@pytest.fixture
def folder(study_with: Write) -> Path:
    body = (
        "import workbench as wb\n"
        "assert segment != 'esimiehet-tori', 'no market today'\n"
        "wb.profile(wb.load('..').where(segment=segment), language).save(report_folder)"
    )
    root = study_with()
    (root / "notebooks").mkdir()
    text = json.dumps({**NOTEBOOK, "cells": [cell(PARAMETERS, "parameters"), cell(body)]})
    (root / "notebooks/11_koe.ipynb").write_text(text, encoding="utf-8")
    (root / "notebooks/01_oma.ipynb").write_text(text, encoding="utf-8")
    return root


def with_body(folder: Path, *bodies: str) -> None:
    cells = [cell(PARAMETERS, "parameters"), *map(cell, bodies)]
    text = json.dumps({**NOTEBOOK, "cells": cells})
    (folder / "notebooks/11_koe.ipynb").write_text(text, encoding="utf-8")


def test_a_failed_segment_is_named_and_the_others_are_done(folder: Path) -> None:
    outcomes = run(load(folder), languages=["fi"])
    said = {o.run.segment: o.error for o in outcomes}
    assert said["esimiehet-tori"].startswith("AssertionError: no market today")
    assert said["esimiehet"] == said["esimiehet-koulu"] == ""
    report = folder / "build/report"
    assert (report / "profile-esimiehet-koulu-fi.html").exists()
    assert not (report / "profile-esimiehet-tori-fi.html").exists()
    front = (report / "index.html").read_text(encoding="utf-8")
    assert "esimiehet-tori" in front
    assert 'href="profile-esimiehet-koulu-fi.html"' in front
    assert 'href="profile-esimiehet-tori-fi.html"' not in front


def test_an_executed_notebook_names_no_folder_of_the_machine(folder: Path) -> None:
    run(load(folder), ["esimiehet"], ["en"], {"most": "4"})
    text = (folder / "build/runs/11_koe-esimiehet-en.ipynb").read_text(encoding="utf-8")
    assert "most = 4" in text
    assert str(folder.parent) not in text


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_killed_kernel_is_told_as_a_failed_run_and_leaves_its_notebook(folder: Path) -> None:
    with_body(folder, "print('so far')", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    (outcome,) = run(load(folder), ["esimiehet"], ["fi"])
    assert outcome.error.startswith("DeadKernelError")
    assert outcome.cell == 4
    left = (folder / "build/runs/11_koe-esimiehet-fi.ipynb").read_text(encoding="utf-8")
    assert "so far" in left
    assert str(folder) not in left
    assert (folder / "build/report/index.html").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_runs_go_on_though_a_notebook_kills_what_it_came_from(folder: Path) -> None:
    with_body(folder, "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    outcomes = run(load(folder), languages=["fi"], jobs=1)
    assert len(outcomes) == 3
    assert [o.error for o in outcomes if o.error] == []
