"""Forty things people get wrong in a care model: each is told, with its place and its remedy."""

import importlib
import pkgutil
import shutil
from pathlib import Path

import pytest

import tests.faults
from tests.environment import ROOT
from tests.faults import Fault
from workbench import load

FAULTS: dict[str, Fault] = {
    name: fault
    for module in sorted(m.name for m in pkgutil.iter_modules(tests.faults.__path__))
    for name, fault in importlib.import_module(f"tests.faults.{module}").FAULTS.items()
}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "study"
    for name in ("parameters", "interviews", "observations"):
        shutil.copytree(ROOT / name, folder / name)
    assert load(folder).problems == ()
    return folder


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_care_model_is_told_with_place_and_remedy(example: Path, name: str) -> None:
    fault = FAULTS[name]
    path = example / "parameters" / fault.file
    sound = path.read_text(encoding="utf-8") if path.exists() else None
    broken = fault.new
    if fault.old:
        assert sound is not None and fault.old in sound
        broken = sound.replace(fault.old, fault.new, 1)
    path.write_text(broken, encoding="utf-8")
    try:
        problems = load(example).problems
    finally:
        path.unlink() if sound is None else path.write_text(sound, encoding="utf-8")
    file = Path("parameters") / fault.file
    told = [p for p in problems if p.path == file and fault.said in p.message]
    assert told, "\n".join(map(str, problems))
    assert fault.at in broken.split("\n")[told[0].line - 1]
    assert told[0].hint
