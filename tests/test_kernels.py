"""A kernel out of the warm process is a kernel like any other: the same notebooks in both."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from difflib import unified_diff
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from tests.conftest import write_study
from tests.kernel_cases import CASES, HELPER, MATPLOTLIB, TOO_SLOW, cells

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="warm kernels are forks")

PLAIN, WARM, ORDINARY = "plain", "warm", "ordinary"
ENGINES: dict[str, dict[str, Any]] = {
    PLAIN: {"engine_name": None},
    WARM: {"engine_name": "workbench"},
    ORDINARY: {"engine_name": "workbench", "kernels": "ordinary"},
}
IN_ALL_THREE = (
    "an error stops the notebook and leaves its traceback",
    "output widgets capture",
    "writing below Python",
    "a kernel that exits",
    TOO_SLOW,
)
SCRUBBED = {
    r"0x[0-9a-f]{6,}": "ADDRESS",
    r"ipykernel_\d+/\d+\.py": "ipykernel_PID/CELL.py",
    r"tmp[a-z0-9_]{8}\.json": "CONNECTION",
    r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}": "ID",
    r'"id": "[0-9a-f]{8}"': '"id": "ID"',
}
"""What differs from one kernel to the next, warm or not."""


def notebook(case: str) -> nbformat.NotebookNode:
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    other: dict[str, Callable[..., nbformat.NotebookNode]] = {
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    for number, (source, tags) in enumerate(cells(CASES[case])):
        kind = other.get("".join(tags), nbformat.v4.new_code_cell)
        node.cells.append(kind(source, id=f"c{number}", metadata={"tags": tags}))
    return node


def executed(case: str, engine: str, root: Path) -> list[str]:
    """Run a case in a study of its own and return what a reader of the notebook sees."""
    root = root / engine[0]  # folders as long as one another: what is shown wraps alike
    study = write_study(root / f"{list(CASES).index(case):02}")
    here = study / "notebooks"
    here.mkdir()
    (here / "beside.py").write_text(HELPER, encoding="utf-8")
    (here / "in.ipynb").write_text(nbformat.writes(notebook(case)), encoding="utf-8")
    error = ""
    try:
        papermill.execute_notebook(
            here / "in.ipynb",
            here / "out.ipynb",
            progress_bar=False,
            execution_timeout=1 if case == TOO_SLOW else 60,
            resources={"metadata": {"path": str(here)}},
            **ENGINES[engine],
        )
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    return told(nbformat.read(here / "out.ipynb", as_version=4), error, root)


def told(node: nbformat.NotebookNode, error: str, root: Path) -> list[str]:
    """Return a notebook and how its run ended in lines, without times and names of a day."""
    changing = ["start_time", "end_time", "duration"]
    if not error.startswith("PapermillExecutionError"):  # plain Papermill calls such a cell done
        changing += ["status", "exception"]
    for part in (node, *node.cells):
        for name in changing:
            part.metadata.get("papermill", {}).pop(name, None)
        part.metadata.pop("execution", None)
        if "outputs" in part:
            part.outputs = joined(part.outputs)
    widgets = node.metadata.pop("widgets", {})
    states = [state for kind in widgets.values() for state in kind["state"].values()]
    return [
        *scrubbed([node, error], root),
        *sorted(line for s in states for line in scrubbed(s, root)),
    ]


def joined(outputs: list[Any]) -> list[Any]:
    """Return outputs with a stream in one piece that happened to come in two."""
    found: list[Any] = []
    for output in outputs:
        if found and output.get("name") == found[-1].get("name", ""):
            found[-1].text += output.text
        else:
            found.append(output)
    return found


def scrubbed(told: Any, root: Path, indent: int | None = 1) -> list[str]:
    text = json.dumps(told, ensure_ascii=False, indent=indent, sort_keys=True)
    text = text.replace(str(root), "ROOT")
    for pattern, name in SCRUBBED.items():
        text = re.sub(pattern, name, text)
    return text.split("\n")


def difference(plain: list[str], ours: list[str]) -> str:
    lines = unified_diff(plain, ours, PLAIN, "ours", n=0, lineterm="")
    return "\n".join(line[:400] for line in lines)


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Own folders for all that kernels leave behind: profile, connection files, temporary files."""
    root = tmp_path_factory.mktemp("kernels")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "TMPDIR"):
            (root / name).mkdir(mode=0o700)
            patch.setenv(name, str(root / name))
        patch.setattr(tempfile, "tempdir", str(root / "TMPDIR"))
        patch.delenv("PYTEST_CURRENT_TEST")  # kernels leave what is below Python alone in tests
        yield root


@pytest.fixture(scope="module")
def results(around: Path, request: pytest.FixtureRequest) -> Iterator[dict[tuple[str, str], Any]]:
    """Run the cases that are asked for: ordinary kernels two at once, warm ones meanwhile."""
    asked = {item.callspec.params.get("case") for item in request.session.items
             if isinstance(item, pytest.Function) and hasattr(item, "callspec")}  # fmt: skip
    found: dict[tuple[str, str], Future[list[str]]] = {}
    with ThreadPoolExecutor(2) as pool, ThreadPoolExecutor(1) as alone:
        for case in CASES:
            for engine in ENGINES:
                if case in asked and (engine != ORDINARY or case in IN_ALL_THREE):
                    at = alone if engine == WARM else pool
                    found[case, engine] = at.submit(executed, case, engine, around)
    yield found


@pytest.mark.parametrize("case", CASES)
def test_a_notebook_is_the_same_out_of_a_warm_kernel(
    case: str, results: dict[tuple[str, str], Any]
) -> None:
    if case == MATPLOTLIB and importlib.util.find_spec("matplotlib") is None:
        pytest.skip("matplotlib is not installed, and the workbench needs none")
    assert difference(results[case, PLAIN].result(), results[case, WARM].result()) == ""


@pytest.mark.parametrize("case", IN_ALL_THREE)
def test_a_notebook_is_the_same_out_of_an_ordinary_kernel(
    case: str, results: dict[tuple[str, str], Any]
) -> None:
    assert difference(results[case, PLAIN].result(), results[case, ORDINARY].result()) == ""
