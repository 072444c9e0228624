"""Things people get wrong in a care model: each is told, with its place and its remedy."""

import importlib
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.faults
from tests.environment import ROOT
from tests.faults import Fault
from workbench import load
from workbench.base.problems import Problem

FAULTS: dict[str, Fault] = {
    name: fault
    for module in sorted(m.name for m in pkgutil.iter_modules(tests.faults.__path__))
    for name, fault in importlib.import_module(f"tests.faults.{module}").FAULTS.items()
}


def batches() -> Iterator[dict[str, Fault]]:
    """Yield all faults, in as few rounds as it takes to break each file once in a round."""
    left = dict(FAULTS)
    while left:
        first = {fault.file: name for name, fault in reversed(left.items())}
        yield {name: left.pop(name) for name in first.values()}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Problem]]:
    """Return the problems that tell each fault: many at once, and alone what others have hidden."""
    folder = tmp_path_factory.mktemp("example") / "study"
    for name in ("parameters", "interviews", "observations"):
        shutil.copytree(ROOT / name, folder / name)
    assert load(folder).problems == ()
    found: dict[str, list[Problem]] = {}
    for batch in batches():
        found |= tell(folder, batch)
    for name in [name for name, problems in found.items() if not problems]:
        found |= tell(folder, {name: FAULTS[name]})
    return found


def tell(folder: Path, batch: dict[str, Fault]) -> dict[str, list[Problem]]:
    paths = {name: folder / "parameters" / fault.file for name, fault in batch.items()}
    sound = {path: _text(path) for path in paths.values()}
    broken = {name: _broken(batch[name], sound[path]) for name, path in paths.items()}
    for name, path in paths.items():
        path.write_text(broken[name], encoding="utf-8")
    problems = load(folder).problems
    for path, text in sound.items():
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    return {n: [p for p in problems if _tells(p, batch[n], broken[n])] for n in batch}


def _tells(problem: Problem, fault: Fault, broken: str) -> bool:
    """Tell whether a problem is this fault's: its file, its sentence, its line, with a remedy."""
    return (
        problem.path == Path("parameters") / fault.file
        and fault.said in problem.message
        and fault.at in broken.split("\n")[problem.line - 1]
        and bool(problem.hint)
    )


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _broken(fault: Fault, sound: str | None) -> str:
    if not fault.old:
        return fault.new
    assert sound is not None and fault.old in sound, f"{fault.file} does not hold: {fault.old}"
    return sound.replace(fault.old, fault.new, 1)


def test_there_are_more_than_forty() -> None:
    assert len(FAULTS) >= 40
    assert len({fault.file for fault in FAULTS.values()}) >= 12


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_care_model_is_told_with_place_and_remedy(
    told: dict[str, list[Problem]], name: str
) -> None:
    assert told[name]
