"""Notebooks are read as a stranger's files: what keeps one from running is told before any runs."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.environment import ROOT
from tests.notebooks import KERNEL, PARAMETERS, WHOLE, cell, notebook, write
from workbench.runs import notebooks as own
from workbench.runs.notebooks import INJECTED, OWN, notebooks, parse_notebook

PATH = Path("11_koe.ipynb")
SOUND = cell(PARAMETERS, "parameters")
UNTAGGED = {"cell_type": "code", "metadata": {}, "source": "1"}


def told(text: str, said: tuple[str, ...] = OWN) -> list[str]:
    return [str(problem) for problem in parse_notebook(text, PATH, said)[1]]


def test_a_sound_notebook_has_no_problem_and_the_parameters_of_its_cell() -> None:
    found, problems = parse_notebook(notebook(cell("1"), SOUND, cell("2")), PATH, OWN)
    assert problems == []
    assert list(found) == ["segment", "language", "report_folder", "most"]


def test_a_source_may_be_one_text_or_its_lines() -> None:
    lines = {**SOUND, "source": PARAMETERS.splitlines(keepends=True)}
    assert parse_notebook(notebook(lines), PATH) == parse_notebook(notebook(SOUND), PATH)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: is no notebook, whose text is JSON: Expecting value."),
        ('{"cells": [],\n}', "2: is no notebook, whose text is JSON: Expecting property name"),
        ("<<<<<<< HEAD\n{}", "1: is no notebook, whose text is JSON: Expecting value."),
        ("[" * 200_000, "1: is no notebook: its numbers or brackets are too many to read."),
        ("9" * 5000, "1: is no notebook: its numbers or brackets are too many to read."),
        ("[]", "1: is no notebook of format 4: it is no object."),
        ("{}", "1: is no notebook of format 4: its nbformat is another."),
        (notebook(nbformat=3), "1: is no notebook of format 4: its nbformat is another."),
        (notebook(nbformat="4"), "1: is no notebook of format 4: its nbformat is another."),
        (notebook(metadata=[]), "1: is no notebook of format 4: it has no metadata."),
        (notebook(cells={}), "1: is no notebook of format 4: it has no cells."),
        (notebook(cells=[1]), "1: is no notebook of format 4: cell 1 has no form."),
        (notebook(SOUND, {}), "1: is no notebook of format 4: cell 2 has no cell_type."),
        (notebook({**SOUND, "metadata": 1}), "1: is no notebook of format 4: cell 1 has no meta"),
        (notebook({**SOUND, "metadata": {"tags": 1}}), "1: is no notebook of format 4: cell 1 has"),
        (notebook({**SOUND, "source": [1]}), "1: is no notebook of format 4: cell 1 has no source"),
        (notebook({**SOUND, "source": 5}), "1: is no notebook of format 4: cell 1 has no source"),
        (notebook(SOUND, metadata={}), "1: names no kernel. Open it in JupyterLab, choose Python"),
        (notebook(SOUND, metadata={"kernelspec": {"name": 3}}), "1: names no kernel."),
        (notebook(UNTAGGED), "1: needs one cell tagged `parameters`, and has 0. Tag one cell of"),
        (notebook(SOUND, SOUND), "1: needs one cell tagged `parameters`, and has 2."),
        (notebook(cell(PARAMETERS, "parameters", kind="markdown")),
         "1: needs one cell tagged `parameters`, and has one of text."),
        (notebook(cell("1", INJECTED), SOUND),
         "1: holds the parameters of an earlier run, in a cell tagged `injected-parameters`. Del"),
        (notebook(cell("1"), cell(PARAMETERS + "\nx = 1", "parameters")),
         "1: line 5 of cell 2: 'x = 1' declares no typed parameter. Write only lines such as"),
        (notebook(cell(WHOLE, "parameters")),
         "1: does not declare 'segment', which every run of it says. Add `segment: str = ''` to"),
        (notebook(cell(PARAMETERS.replace('segment: str = ""', "segment: int = 1"), "parameters")),
         "1: declares 'segment' as int, but a run says a text. Write `segment: str`."),
    ],
)  # fmt: skip
def test_what_keeps_a_notebook_from_running_is_told(text: str, said: str) -> None:
    assert [one[: len(said) + 13] for one in told(text)] == [f"11_koe.ipynb:{said}"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
CELL = st.fixed_dictionaries(
    {
        "cell_type": st.just("code") | JSON,
        "metadata": st.just({"tags": ["parameters"]}) | JSON,
        "source": st.sampled_from([PARAMETERS, [PARAMETERS], "x: int"]) | JSON,
    }
)
WHOLE_FILE = st.fixed_dictionaries(
    {"nbformat": st.just(4), "metadata": st.just(KERNEL) | JSON, "cells": st.lists(CELL) | JSON}
)


@settings(deadline=None)
@given(WHOLE_FILE | JSON)
def test_whatever_json_a_notebook_holds_is_sound_or_told(content: object) -> None:
    found, problems = parse_notebook(json.dumps(content), PATH, OWN)
    assert problems or set(OWN) <= set(found)
    assert all(p.hint and p.message.endswith(".") for p in problems)


def test_all_that_is_wrong_with_a_notebook_is_told_at_once() -> None:
    text = notebook(cell("1", INJECTED), cell("x = 1\ny: int = 'a'", "parameters"), metadata={})
    assert len(told(text)) == 4


def test_notebooks_of_segments_come_first_and_those_of_the_analyst_are_not_run(
    tmp_path: Path,
) -> None:
    for name in ("21_b", "11_a", "01_own"):
        write(tmp_path, name, PARAMETERS)
    found = notebooks(tmp_path)
    assert [(n.path.name, n.each, n.problems) for n in found] == [
        ("11_a.ipynb", True, ()), ("21_b.ipynb", False, ())
    ]  # fmt: skip


def test_a_notebook_of_the_whole_needs_no_segment(tmp_path: Path) -> None:
    write(tmp_path, "21_b", WHOLE)
    assert notebooks(tmp_path)[0].problems == ()


def test_what_is_no_text_of_a_sensible_size_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "11_a", PARAMETERS)
    folder = tmp_path / "notebooks"
    (folder / "12_b.ipynb").mkdir()
    (folder / "13_c.ipynb").write_bytes(b'{"cells": "\xe4"}')
    size = (folder / "11_a.ipynb").stat().st_size
    monkeypatch.setattr(own, "LARGEST", size)
    assert notebooks(tmp_path)[0].problems == ()
    monkeypatch.setattr(own, "LARGEST", size - 1)
    said = [problem.message for n in notebooks(tmp_path) for problem in n.problems]
    large = f"holds more than {size - 1} bytes."
    assert said == [large, "is no file.", "byte 11 (0xe4) is not UTF-8."]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_pipe_called_like_a_notebook_keeps_nobody_waiting(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    os.mkfifo(tmp_path / "notebooks/11_a.ipynb")
    assert [p.message for p in notebooks(tmp_path)[0].problems] == ["is no file."]


def test_the_notebooks_of_the_example_are_sound() -> None:
    found = notebooks(ROOT)
    assert len(found) >= 6
    assert [problem for n in found for problem in n.problems] == []


def test_a_decomposed_letter_in_an_output_is_nobody_s_fault(tmp_path: Path) -> None:
    write(tmp_path, "11_a", PARAMETERS)
    path = tmp_path / "notebooks/11_a.ipynb"
    text = notebook(cell(PARAMETERS, "parameters"), cell("# a\u0308"), metadata=KERNEL)
    path.write_text(json.dumps(json.loads(text), ensure_ascii=False), encoding="utf-8")
    assert notebooks(tmp_path)[0].problems == ()
