"""Runs done by others give the files that runs give here; what is hostile or other is refused."""

import contextlib
import io
import json
import multiprocessing
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import distributed
import pytest

from tests.conftest import write_study
from tests.test_cli import call
from tests.test_papermill import NOTEBOOK, PARAMETERS, cell
from workbench.loading import keep, load
from workbench.runs import remote
from workbench.runs.batch import LOG, run
from workbench.runs.kernels import WARM
from workbench.runs.matrix import plan
from workbench.runs.papermill import Outcome
from workbench.runs.remote import (
    BadName,
    Code,
    OtherCode,
    Package,
    packed,
    perform,
    results,
    unpacked,
)

Told = list[tuple[str, str, int]]
BODY = """\
from pathlib import Path
import workbench as wb
here = wb.load("..").where(segment=segment)
wb.profile(here, language).save(report_folder)
Path(report_folder, f"{segment}-{language}.ics").write_bytes(b"BEGIN:VCALENDAR\\r\\n")
assert segment != "esimiehet-tori", "no market today"
wb.search(here, "jonottaa", language)
"""


def ready(root: Path) -> Path:
    """Write the small study with a notebook that fails for one segment, after its page."""
    write_study(root)
    (root / "notebooks").mkdir()
    cells = [cell(PARAMETERS, "parameters"), cell(BODY)]
    text = json.dumps({**NOTEBOOK, "cells": cells})
    (root / "notebooks/11_koe.ipynb").write_text(text, encoding="utf-8")
    return root


@contextlib.contextmanager
def cluster() -> Iterator[distributed.Client]:
    made = distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=":0")
    with made, made.get_client() as client:
        yield client


CREWS: dict[str, Callable[[], contextlib.AbstractContextManager[Any]]] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": lambda: ProcessPoolExecutor(1),
    "dask": cluster,
}


def done(root: Path, executor: Any = None) -> tuple[Told, dict[str, bytes]]:
    """Run everything and return what was told of it, and the files it left but for the log.

    The two cells by which Papermill marks a failure have names drawn by lot.
    """
    outcomes = run(load(ready(root)), executor=executor)
    made = (path for path in (root / "build").rglob("*") if path.is_file())
    files = {
        path.relative_to(root).as_posix(): re.sub(rb'"id": "[0-9a-f]{8}"', b"", path.read_bytes())
        for path in made
    }
    kept = {n: f for n, f in files.items() if not n.startswith(("build/runs/log", "build/words"))}
    return [(o.run.name, o.error, o.cell) for o in outcomes], kept


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, dict[str, bytes]]:
    return done(tmp_path_factory.mktemp("here"))


# processes are forked and a cluster is started where nothing else goes on: `make campaign`
APART = ("processes", "dask")


@pytest.fixture(
    scope="module",
    params=[pytest.param(c, marks=[pytest.mark.campaign] * (c in APART)) for c in CREWS],
)
def there(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Told, dict[str, bytes]]:
    with CREWS[request.param]() as executor:
        return done(tmp_path_factory.mktemp(request.param), executor)


def test_files_are_the_same_to_the_byte_wherever_they_were_made(
    here: tuple[Told, dict[str, bytes]], there: tuple[Told, dict[str, bytes]]
) -> None:
    reports = [n for n in here[1] if n.endswith((".ipynb", ".html", ".ics"))]
    assert len(reports) == 6 + 6 + 6 + 2
    assert there[1].keys() == here[1].keys()
    assert [name for name, content in here[1].items() if there[1][name] != content] == []


def test_a_failed_run_is_told_alike_wherever_it_failed(
    here: tuple[Told, dict[str, bytes]], there: tuple[Told, dict[str, bytes]]
) -> None:
    assert [(name, at) for name, error, at in here[0] if error] == [
        ("11_koe-esimiehet-tori-fi", 3), ("11_koe-esimiehet-tori-en", 3),
    ]  # fmt: skip
    assert there[0] == here[0]


def test_a_run_gives_what_it_made_and_nothing_of_the_run_before(tmp_path: Path) -> None:
    root = ready(tmp_path)
    made = perform(plan(load(root), ["esimiehet", "esimiehet-koulu"], ["fi"]), packed(root))
    assert [sorted(files) for _, files in made] == [
        [
            f"build/report/{name}-fi.ics", f"build/report/profile-{name}-fi.html",
            f"build/runs/11_koe-{name}-fi.ipynb",
        ] for name in ("esimiehet", "esimiehet-koulu")
    ]  # fmt: skip


def warm_processes() -> int:
    return int(WARM._now is not None)


@pytest.mark.campaign
@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
def test_a_forked_process_leaves_the_warm_process_to_the_one_it_came_from(
    here: tuple[Told, dict[str, bytes]],
) -> None:
    assert warm_processes() == 1
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        assert pool.submit(warm_processes).result() == 0
    assert warm_processes() == 1


class Posed(Executor):
    """An executor that answers what it was given, and notes what it was asked."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[Any] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(args[0])
        future: Future[Any] = Future()
        if isinstance(self.answer, Exception):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer)
        return future


def test_an_executor_that_is_sent_the_study_each_time_gets_several_runs_with_it(
    tmp_path: Path,
) -> None:
    root = ready(tmp_path)
    runs = plan(load(root), more={"most": 4}) * 2
    posed = Posed([])
    assert list(results(posed, root, runs)) == []
    assert posed.asked == [tuple(runs[:8]), tuple(runs[8:])]


def test_runs_that_were_lost_with_their_worker_are_told_as_failed(tmp_path: Path) -> None:
    root = ready(tmp_path)
    told = list(results(Posed(OSError("no space left")), root, plan(load(root))))
    assert {o.error for o in told} == {"OSError: no space left"}
    assert len(told) == 6


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


HOSTILE = [
    "../x", "/etc/x", "parameters/../../x", "parameters/./x", "parameters//x", "parameters/",
    "parameters", "build/x", "x", "parameters\\..\\x", "parameters/c:x",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_an_archive_that_holds_anything_but_a_study_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(BadName, match="is no name of a file in notebooks, interviews"):
        unpacked(zipped("parameters/study.yml", name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "interviews/h01.md", "build/../parameters/study.yml"])
def test_a_worker_can_write_nowhere_but_in_build(tmp_path: Path, name: str) -> None:
    root = ready(tmp_path / "study")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    runs = plan(load(root))[:1]
    with pytest.raises(BadName, match="is no name of a file in build"):
        list(results(Posed([(Outcome(runs[0]), {name: b"x"})]), root, runs))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_same_files_are_packed_as_the_same_bytes(tmp_path: Path) -> None:
    one, other = ready(tmp_path / "one"), ready(tmp_path / "other")
    os.utime(other / "parameters/study.yml", (1, 1))
    (other / "interviews/.ipynb_checkpoints").mkdir()
    (other / "interviews/.ipynb_checkpoints/h01.md").write_text("old", "utf-8")
    (other / "README.md").write_text("not the study", "utf-8")
    assert packed(one).archive == packed(other).archive
    (other / "interviews/h01.md").write_text("new", "utf-8")
    assert packed(one).digest != packed(other).digest


def test_a_study_is_unpacked_as_it_was_for_nobody_else_to_read(tmp_path: Path) -> None:
    root = ready(tmp_path)
    made = unpacked(packed(root).archive)
    files = [path.relative_to(root) for path in root.rglob("*") if path.is_file()]
    assert {name: (made / name).read_bytes() for name in files} == {
        name: (root / name).read_bytes() for name in files
    }
    assert os.name != "posix" or made.stat().st_mode & 0o777 == 0o700


def test_when_the_runs_are_done_no_study_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, scratch = ready(tmp_path / "study"), tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with ThreadPoolExecutor(1) as pool:
        coming = results(pool, root, plan(load(root), ["esimiehet-koulu"]))
        assert next(coming).error == ""
        assert [path.name[:10] for path in scratch.glob("workbench-*")] == ["workbench-"]
        assert next(coming).error == ""
        assert list(coming) == []
    assert list(scratch.glob("workbench-*")) == []


def pretend() -> None:
    """Let this process have an older pandas and another file of the library."""
    own = remote.code()
    older = ["pandas-0.1.dist-info" if "pandas-" in name else name for name in own.installed]
    other = Code("cellar", {**own.files, "cli.py": ""}, older)
    remote.code = lambda: other  # type: ignore[assignment]


def test_a_worker_with_other_code_is_refused_with_what_differs(tmp_path: Path) -> None:
    root = ready(tmp_path)
    with ProcessPoolExecutor(1, initializer=pretend) as pool, pytest.raises(OtherCode) as told:
        list(results(pool, root, plan(load(root))))
    assert "The worker cellar runs other code than this process: pandas 0.1 there, " in str(
        told.value
    )
    assert "workbench/cli.py differs. No run was taken from it." in str(told.value)
    assert not (root / "build").exists()


def test_a_worker_without_the_library_is_refused(tmp_path: Path) -> None:
    root = ready(tmp_path)
    gone = Posed(ModuleNotFoundError("No module named 'workbench'"))
    with pytest.raises(OtherCode, match="No module named 'workbench'"):
        list(results(gone, root, plan(load(root))))


def test_differences_name_python_packages_and_files() -> None:
    one = Code("a", {"cli.py": "1", "new.py": "1"}, ["3.11.7 (main)", "numpy-2.0.dist-info"])
    other = Code("b", {"cli.py": "2"}, ["3.12.0 (main)", "dask-2026.8.0.dist-info"])
    assert one.differences(other) == [
        "Python 3.12.0 (main) there, 3.11.7 (main) here",
        "numpy not installed there, 2.0 here",
        "dask 2026.8.0 there, not installed here",
        "workbench/cli.py differs",
        "workbench/new.py differs",
    ]
    assert one.differences(replace(one, where="c")) == []
    assert one.digest == replace(one, where="c").digest != other.digest


def test_a_study_read_in_one_folder_serves_another_with_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "other"):
        ready(tmp_path / name)
    monkeypatch.chdir(tmp_path / "one/notebooks")
    kept = keep("..")
    assert kept is not None
    monkeypatch.chdir(tmp_path / "other/notebooks")
    assert keep("..") is None
    assert load("..") is kept
    assert load("..") is not kept


@pytest.mark.campaign
def test_the_verb_takes_the_address_of_a_scheduler(tmp_path: Path) -> None:
    root = ready(tmp_path)
    given = ("run", "esimiehet-koulu", "--study", root, "--language", "fi", "--scheduler")
    with cluster() as client:
        told = call(*given, client.scheduler.address)
    assert "cell" not in (root / LOG).read_text(encoding="utf-8")  # which are told only here
    assert (told.exit_code, told.output) == (0, "1 of 1 runs done: build/report/index.html\n")
    wrong = call(*given, "http://host:8786")
    assert (wrong.exit_code, wrong.output.startswith("Error: http://host:8786: ")) == (1, True)


def test_a_package_says_how_its_kernels_are_to_be_started(tmp_path: Path) -> None:
    assert (
        packed(ready(tmp_path), "ordinary")
        == replace(packed(tmp_path), kernels="ordinary")
        != Package(b"", "", "")
    )
