"""Runs in other processes and on other machines: the study goes there once, its reports come back.

A study is packed into one archive. A worker unpacks it into a folder that only it can read, and
executes runs there as they are executed anywhere (`runs.papermill.execute`), one at a time in each
such folder, so that what a run wrote is known: everything under `build`, which is sent back and
written into the study's own `build`. What lies elsewhere, git's history for one, is not there.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import platform
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from workbench.base.files import digest, replace
from workbench.base.problems import WorkbenchError, visible
from workbench.base.workers import Workers, batches, each, everywhere, shares
from workbench.runs.code import ROOT, installed, sources
from workbench.runs.papermill import execute
from workbench.runs.run import NOTEBOOKS, RUNS, Outcome, Run

FOLDERS = (NOTEBOOKS, "interviews", "observations", "parameters")
"""What a study is: these folders travel."""
BUILD, WORDS = "build", "words"
"""What comes back, but for the words that were looked up."""
TOGETHER = 8
"""Runs given out together where the study travels with each part."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the earliest a zip can tell."""
STARTER = "starter"
"""A folder of the library that is no code and is not there before it is built."""

Files = dict[str, bytes]


class BadName(WorkbenchError):
    """A file came under a name that leads out of where it belongs."""

    def __init__(self, name: str, folders: Sequence[str]) -> None:
        super().__init__(
            f"'{visible(name)}' is no name of a file in {', '.join(folders)}. Nothing of this was "
            "written; what sent it is not a workbench, or its disk is at fault."
        )


class OtherCode(WorkbenchError):
    """A worker has other code than this process, so its reports could differ."""

    def __init__(self, where: str, differences: Sequence[str]) -> None:
        more = f"; and {len(differences) - FEW} more" if len(differences) > FEW else ""
        super().__init__(
            f"The worker {where} runs other code than this process: "
            f"{'; '.join(differences[:FEW])}{more}. No run was taken from it. Install the same "
            "workbench and the same requirements.lock there, and start its workers anew."
        )


FEW, NOT = 3, "not installed"
"""So many differences are named, and what is said of a package that is not there."""


@dataclass(frozen=True, slots=True)
class Code:
    """The code that a process runs: its library's files with their digests, all that is installed.

    `where` names the process.
    """

    where: str
    files: Mapping[str, str]
    installed: Sequence[str]

    @property
    def digest(self) -> str:
        """Return what is the same only for the same code."""
        return digest(repr((sorted(self.files.items()), list(self.installed))).encode())

    def differences(self, other: Code) -> list[str]:
        """Return what the other has otherwise, installed packages first."""
        mine, theirs = dict(map(_named, self.installed)), dict(map(_named, other.installed))
        found = [
            f"{name} {theirs.get(name, NOT)} there, {mine.get(name, NOT)} here"
            for name in dict.fromkeys((*mine, *theirs))
            if mine.get(name) != theirs.get(name)
        ]
        both = sorted(self.files.keys() | other.files.keys())
        return found + [
            f"workbench/{name} differs"
            for name in both
            if self.files.get(name) != other.files.get(name)
        ]


def _named(installed: str) -> tuple[str, str]:
    """Return name and version of what is installed; the first of them is Python itself."""
    if not installed.endswith(".dist-info"):
        return "Python", installed
    name, _, version = installed.removesuffix(".dist-info").rpartition("-")
    return name, version


@functools.cache
def code() -> Code:
    """Return the code of this process, as it was when this was first asked."""
    files = {
        name: digest(Path(file).read_bytes())
        for file in sources()
        if not (name := Path(file).relative_to(ROOT).as_posix()).startswith(STARTER)
    }
    return Code(f"{platform.node()} (process {os.getpid()})", files, installed())


@dataclass(frozen=True, slots=True)
class Package:
    """A study on its way: its archive, and what its runs must be done with."""

    archive: bytes
    digest: str
    code: str
    kernels: str = ""


def packed(folder: Path, kernels: str = "") -> Package:
    """Pack the study in a folder; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    content = made.getvalue()
    return Package(content, digest(content), code().digest, kernels)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that a study is, by name, without what editors keep in hidden folders."""
    for room in sorted(FOLDERS):
        for place, folders, files in os.walk(folder / room):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (path for name in sorted(files) if (path := Path(place, name)).is_file())


def unpacked(archive: bytes) -> Path:
    """Unpack a study into a new folder nobody else can read, which goes when this process ends.

    In a Dask worker it is in that worker's own scratch space, which Dask clears also after one
    that was killed. Raises `BadName` for an archive with anything else than files of a study.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        names = content.namelist()
        for name in names:
            _checked(name, FOLDERS)
        folder = Path(tempfile.mkdtemp(prefix="workbench-", dir=_scratch()))
        Finalize(None, shutil.rmtree, (folder, True), exitpriority=0)
        for name in names:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read(name))
    return folder


def _checked(name: str, folders: Sequence[str]) -> str:
    """Return the name of a file that is inside one of the folders; raises `BadName`."""
    first, *others = name.split("/")
    if first not in folders or not others or {"", ".", ".."} & {*others}:
        raise BadName(name, folders)
    if any(mark in name for mark in "\\:\0"):  # these mean something on some systems
        raise BadName(name, folders)
    return name


def _scratch() -> str | None:
    """Return the folder of the Dask worker that this thread works for, if there is one."""
    distributed: Any = sys.modules.get("distributed")
    with contextlib.suppress(AttributeError, ValueError):
        return str(distributed.get_worker().local_directory)
    return None


_free: dict[tuple[int, str], list[Path]] = {}
"""Folders with a study in which nobody works, by process and archive: a fork makes its own."""


@contextlib.contextmanager
def _unpacked_once(package: Package) -> Iterator[Path]:
    """Give a folder with the study in which nobody else works: one that is there, or a new one."""
    free = _free.setdefault((os.getpid(), package.digest), [])
    try:
        folder = free.pop()
    except IndexError:
        folder = unpacked(package.archive)
    yield folder
    free.append(folder)


def forget(archive: str) -> None:
    """Remove the study with this digest from this process."""
    for folder in _free.pop((os.getpid(), archive), []):
        shutil.rmtree(folder, ignore_errors=True)


def perform(runs: Iterable[Run], package: Package) -> list[tuple[Outcome, Files]] | Code:
    """Execute runs of a packed study in this process, and return what became of each.

    A process that has other code does nothing and returns which.
    """
    if code().digest != package.code:
        return code()
    done = []
    for one in runs:
        with _unpacked_once(package) as folder:
            (folder / RUNS).mkdir(parents=True, exist_ok=True)
            done.append((execute(one, folder, package.kernels), _taken(folder)))
    return done


def _taken(folder: Path) -> Files:
    """Take what a run made out of its folder."""
    paths = [path for path in sorted((folder / BUILD).rglob("*")) if path.is_file()]
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    made = {}
    for name, path in named.items():
        if not name.startswith(f"{BUILD}/{WORDS}/"):
            made[name] = path.read_bytes()
            path.unlink()
    return made


def results(
    executor: Workers, folder: Path, runs: Sequence[Run], kernels: str = ""
) -> Iterator[Outcome]:
    """Have runs of the study in a folder done by others; yield what became of each, as it comes.

    When an outcome is yielded the files of its run are in the study's `build`, written whole. Each
    run comes once. In a Dask cluster it is done again elsewhere if its worker dies; what breaks
    for good, an executor or a connection, is the outcome of the runs that were lost. To a Dask
    cluster, and to threads, the study goes once; to any other executor with every `TOGETHER` runs.
    Raises `OtherCode` for a worker whose library, Python or installed packages are not those here,
    and `NoWorkers`.
    """
    package = packed(folder, kernels)
    size = 1 if shares(executor) else TOGETHER
    parts = list(batches(runs, size))
    try:
        for n, future in each(executor, perform, parts, package):
            for outcome, files in _received(future, parts[n]):
                for name, content in files.items():
                    path = folder / _checked(name, (BUILD,))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    replace(path, content)
                yield outcome
    finally:
        everywhere(executor, forget, package.digest)


def _received(future: Any, part: Sequence[Run]) -> list[tuple[Outcome, Files]]:
    try:
        answer: list[tuple[Outcome, Files]] | Code = future.result()
    except ImportError as error:
        raise OtherCode("that took the first run", [str(error)]) from None
    except Exception as error:  # whatever became of the worker is told, and the others go on
        what = f"{type(error).__name__}: {error}"
        return [(Outcome(one, what), {}) for one in part]
    if isinstance(answer, Code):
        raise OtherCode(answer.where, code().differences(answer))
    return answer
