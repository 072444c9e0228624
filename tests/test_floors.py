"""Rooms import downwards only, and heavy packages stay on their floors."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import workbench
from tests.conftest import STUDY

ROOT = Path(workbench.__file__).parent
FLOORS = (
    "base", "material", "coding", "care", "study", "loading", "teamwork", "revision", "findings",
    "practice", "concordance", "assistant", "reports", "runs", "lab", "new", "asked", "cli_anchor",
    "cli_care", "cli_codebook", "cli_findings", "cli_show", "cli_trace", "cli_run", "cli_study",
    "cli", "__main__",
)  # fmt: skip
KEPT_TO = {
    "pandas": {"findings", "practice", "concordance", "assistant", "reports", "runs"},
    "plotly": {"reports"},
    "papermill": {"runs"},
    "jinja2": {"reports"},
    "click": {
        "cli",
        "cli_anchor",
        "cli_care",
        "cli_run",
        "cli_study",
        "cli_codebook",
        "cli_findings",
        "cli_show",
        "cli_trace",
    },
    "anywidget": {"lab"},
    "ipywidgets": {"lab"},
    "yaml": {"base"},
    "http": {"assistant"},
    "socket": {"assistant", "runs"},  # runs speak to their own warm process, by no address
    "ssl": {"assistant"},
    "httpx": {"assistant"},
    "requests": {"assistant"},
    "urllib.request": {"assistant"},
}


def imports() -> Iterator[tuple[Path, str]]:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                name = node.module
                if name == "workbench":
                    yield from ((path, f"workbench.{alias.name}") for alias in node.names)
                else:
                    yield path, name


def room(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


def test_imports_point_down_only() -> None:
    upwards = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, name in imports()
        if name.startswith("workbench.") and path.name != "__init__.py"
        and FLOORS.index(name.split(".")[1]) > FLOORS.index(room(path))
    ]  # fmt: skip
    assert upwards == []


def test_every_room_has_a_floor() -> None:
    rooms = {room(path) for path in ROOT.rglob("*.py")} - {"__init__"}
    assert rooms == set(FLOORS)


def test_heavy_packages_stay_on_their_floors() -> None:
    strayed = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path, name in imports()
        if (kept := KEPT_TO.get(name) or KEPT_TO.get(name.split(".")[0])) and room(path) not in kept
    ]
    assert strayed == []


def test_a_check_starts_without_pandas_plotly_and_papermill() -> None:
    code = (
        "import sys, workbench.cli, workbench as wb; wb.load;"
        "print(sorted({'pandas', 'plotly', 'papermill', 'jinja2'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.stdout == "[]\n", result.stderr


def test_a_check_loads_nothing_that_reaches_a_network(study_with: Callable[..., Path]) -> None:
    own = "assistant: {coder: kone, url: https://example.fi/v1, model: m}\n"
    folder = study_with({"parameters/study.yml": STUDY["parameters/study.yml"] + own})
    code = (
        "import sys, workbench.cli as cli\n"
        "try: cli.main(['check', sys.argv[1]])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print(sorted({'http.client', 'ssl', 'workbench.assistant', 'pandas'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=False
    )
    assert result.stdout == "[]\n", result.stderr


def test_every_module_says_in_one_sentence_what_lives_there() -> None:
    for path in ROOT.rglob("*.py"):
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[
            0
        ]
        assert first.endswith("."), path


def test_no_public_name_hides_a_room() -> None:
    rooms = {path.stem for path in ROOT.iterdir() if path.is_dir()}
    assert rooms.isdisjoint(workbench.__all__)
