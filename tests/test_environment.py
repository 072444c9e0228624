"""pyproject.toml, the lock and environment.yml hold together."""

import ast
import re
import sys
import tomllib
from pathlib import Path

from tests.environment import ROOT, expected

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CARD = {"jupyterlab", "pandas", "plotly", "ipywidgets", "papermill", "nbval", "pytest"}
DISTRIBUTION = {
    "Stemmer": "pystemmer",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
    "markupsafe": "jinja2",
    "PIL": "pillow",
}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", r)[0].lower().replace("_", "-") for r in requirements}


def locked() -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE))


def test_environment_yml_is_what_pyproject_generates() -> None:
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == expected()


def test_the_card_s_packages_are_dependencies() -> None:
    assert names(PROJECT["dependencies"]) >= CARD


def test_the_lock_pins_every_requirement_within_its_bounds() -> None:
    pins = locked()
    for requirement in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]:
        name, _, least = requirement.partition(">=")
        pin = pins[name.partition("[")[0].lower().replace("_", "-")]
        number = [int(n) for n in re.findall(r"\d+", pin)]
        assert number >= [int(n) for n in re.findall(r"\d+", least)], requirement


def test_every_pin_in_the_lock_has_a_hash() -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9._-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) > 100
    assert [b.split()[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_the_lock_names_no_index_and_no_machine() -> None:
    assert "://" not in LOCK
    assert "/home/" not in LOCK


def test_what_is_imported_is_declared() -> None:
    stated = names(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
    for folder in ("workbench", "tests", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            for name in imported(path) - {"workbench", "tests", "benchmarks"}:
                used = DISTRIBUTION.get(name, name).lower().replace("_", "-")
                assert used in stated, f"{path} imports {name}"


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names)
