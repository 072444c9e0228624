"""A real Dask cluster in processes of its own: runs when a worker is killed, a million lines."""

import csv
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated import write_feedback
from tests.environment import ROOT
from workbench.base.workers import connected
from workbench.concordance.cluster import codes_of
from workbench.concordance.lines import feedback_lines
from workbench.loading import load
from workbench.runs.batch import LOG, run
from workbench.runs.remote import FOLDERS

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(os.name != "posix", reason="signals are POSIX"),
]

LINES = 1_000_000
FIGURES = logging.getLogger("figures")
"""Says how long things took: seen with `pytest -m campaign -o log_cli=true`."""


class Cluster:
    """A scheduler and two workers, each a process as somebody starts them on machines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contact = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.start("scheduler", "--port", "0", "--no-dashboard")
        self.workers = [self.worker(), self.worker()]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", self.contact]
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        return self.start("worker", *options, "--local-directory", str(self.folder / "scratch"))

    @property
    def address(self) -> str:
        while not (self.contact.exists() and (text := self.contact.read_text("utf-8"))):
            time.sleep(0.1)
        return str(text.partition('"address": "')[2].partition('"')[0])

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(30)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.end()


def example(folder: Path) -> Path:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in (folder / "build").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def kill_in_the_middle(folder: Path, victim: subprocess.Popen[bytes], done: int) -> None:
    """Kill a process when so many runs have come back."""
    while len(list((folder / "build/runs").glob("*.ipynb"))) < done:
        time.sleep(0.05)
    victim.send_signal(signal.SIGKILL)


def test_every_report_arrives_once_and_as_here_though_a_worker_is_killed(
    tmp_path: Path, cluster: Cluster
) -> None:
    here, there = example(tmp_path / "here"), example(tmp_path / "there")
    began = time.monotonic()
    run(load(here), languages=["fi"])
    alone = time.monotonic() - began
    killer = threading.Thread(target=kill_in_the_middle, args=(there, cluster.workers[0], 12))
    with connected(cluster.address) as client:
        client.wait_for_workers(2)
        killer.start()
        began = time.monotonic()
        outcomes = run(load(there), languages=["fi"], executor=client)
        together = time.monotonic() - began
        killer.join()
        assert len(client.scheduler_info()["workers"]) == 1
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert [o.error for o in outcomes if o.error] == []
    log = (there / LOG).read_text(encoding="utf-8").splitlines()
    told = [line.split()[1].rstrip(":") for line in log]
    assert sorted(told) == sorted(o.run.name for o in outcomes)
    one, other = files(here), files(there)
    del one[LOG.as_posix()], other[LOG.as_posix()]
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    FIGURES.warning(
        "%d runs, %d files: here %.1f s; on two workers, one of them killed after 12 runs, %.1f s",
        len(outcomes), len(one), alone, together,
    )  # fmt: skip


def test_what_a_killed_worker_leaves_of_a_study_goes_when_another_starts(
    tmp_path: Path, cluster: Cluster
) -> None:
    root = example(tmp_path / "study")
    killer = threading.Thread(target=kill_in_the_middle, args=(root, cluster.workers[0], 3))
    with connected(cluster.address) as client:
        client.wait_for_workers(2)
        killer.start()
        run(load(root), ["palkansaajat"], executor=client)
        killer.join()
    scratch = cluster.folder / "scratch"
    assert len(list(scratch.rglob("workbench-*"))) == 1
    cluster.worker()
    end = time.monotonic() + 60
    while list(scratch.rglob("workbench-*")) and time.monotonic() < end:
        time.sleep(0.2)
    assert list(scratch.rglob("workbench-*")) == []


def test_a_million_lines_are_coded_and_counted_as_here(tmp_path: Path, cluster: Cluster) -> None:
    table = write_feedback(ROOT / "observations/feedback.csv", tmp_path / "iso/palaute.csv", LINES)
    study = load(ROOT)
    took = {}
    with connected(cluster.address) as client:
        client.wait_for_workers(2)
        for by in ("code", "segment"):
            began = time.monotonic()
            here = feedback_lines(study, table, by=by, auto=True)
            middle = time.monotonic()
            there = feedback_lines(study, table, by=by, auto=True, executor=client)
            took[by] = middle - began, time.monotonic() - middle
            assert here.whole.items == LINES
            assert (there.caption, there.rows, there.problems) == (
                here.caption, here.rows, here.problems,
            )  # fmt: skip
        with table.open(encoding="utf-8", newline="") as file:
            texts = [row["palaute"] for row in csv.DictReader(file)]
        rules = {code.id: code.auto for code in study.codebook if code.auto}
        began = time.monotonic()
        alone = codes_of(texts, rules)
        middle = time.monotonic()
        assert codes_of(texts, rules, executor=client) == alone
        took["codes_of"] = middle - began, time.monotonic() - middle
    size = table.stat().st_size / 1e6
    FIGURES.warning("%d lines, %.0f MB, %d with a code", LINES, size, sum(map(bool, alone)))
    for what, (one, other) in took.items():
        FIGURES.warning("%s: here %.1f s, on two workers %.1f s", what, one, other)
