"""Which runs need not be repeated, and why the others must: what each run rests on, on record.

A record lies beside each executed notebook. It names what the run was (notebook, parameters, code,
what is installed), what it asked of the study with a digest of each answer, which other files it
read, and what it made. A run is spared only if all of this is as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from workbench.base.files import put, stamp
from workbench.runs.code import ROOT, installed, sources
from workbench.runs.files import content
from workbench.runs.run import RUNS, Run

if TYPE_CHECKING:
    from workbench.runs.reads import Answers
    from workbench.study import Study

ALWAYS = "always"
"""The tag of a cell whose run is never spared."""
CODE, ASKED = RUNS / "code", ".asked.json"


@dataclass(frozen=True)
class Record:
    """What a run rested on and what it made; files by their way from the study where they can be.

    `stamp` is the digest of all files of the study, `notebook`, `parameters` and `code` those of
    what was run. In which `languages` texts were read, and whether `places` where things are
    written were, holds for all that was asked.
    """

    stamp: str
    notebook: str
    parameters: str
    code: str
    languages: str = ""
    places: bool = False
    read: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    beyond: tuple[str, ...] = ()


class Now:
    """A study and the code as they are, against which records are held."""

    def __init__(self, folder: Path, read: tuple[Study, str] | None = None) -> None:
        self.folder = folder
        self._study: Study | None
        self._study, self._stamp = read or (None, "")
        self._digests: dict[str, str] = {}

    @classmethod
    def of(cls, folder: Path) -> Now:
        """Read the study too, so that it can be asked."""
        from workbench.loading import steady

        return cls(folder, steady(folder, stamped=True))

    @cached_property
    def stamp(self) -> str:
        """Return the digest of all files of the study; another each time if they are changing."""
        return (self._stamp or uuid4().hex) if self._study else stamp(self.folder)

    @property
    def study(self) -> Study:
        """Return the study, if it was read."""
        assert self._study is not None
        return self._study

    @cached_property
    def answers(self) -> Answers | None:
        """Return whom to ask about the study, if it was read."""
        from workbench.runs.reads import Answers

        return Answers(self._study) if self._study else None

    @cached_property
    def files(self) -> dict[str, str]:
        """Return a digest of each file of the library, and one of all that is installed."""
        own = {os.path.relpath(file, ROOT): content(file) for file in sources()}
        return {**own, "": digested(installed())}

    @cached_property
    def code(self) -> str:
        """Return the digest of all code."""
        return digested(self.files)

    def record(self, run: Run) -> Record:
        """Return the record of a run that has asked nothing yet."""
        return Record(self.stamp, self.notebook(run), digested(dict(run.parameters)), self.code)

    def content(self, file: str) -> str:
        """Return the digest of a file."""
        if file not in self._digests:
            self._digests[file] = content(str(self.folder / file))
        return self._digests[file]

    def notebook(self, run: Run) -> str:
        """Return the digest of a notebook without what it showed when it was last saved."""
        name = str(run.notebook)
        if name not in self._digests:
            notebook = json.loads((self.folder / name).read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                cell.pop("outputs", None)
                cell.pop("execution_count", None)
            self._digests[name] = digested(notebook)
        return self._digests[name]


def why(run: Run, now: Now) -> Iterator[str]:
    """Yield why a run must be done (again); nothing if it need not be."""
    old = recorded(run, now.folder)
    if old is None:
        yield "it has not been done, or did not finish"
        return
    new = now.record(run)
    if old.notebook != new.notebook:
        yield "the notebook is another"
    if old.parameters != new.parameters:
        yield "the parameters are others"
    if old.code != new.code:
        yield from _other_code(old, now)
    yield from (f"it read {file}" for file, was in old.read.items() if now.content(file) != was)
    for file, was in old.made.items():
        if now.content(file) != was:
            yield f"{file} is gone, or not as it was made"
    yield from (f"it reached beyond files: {what}" for what in old.beyond)
    if old.stamp != new.stamp:
        yield from _other_answers(run, old, now)


def _other_code(old: Record, now: Now) -> Iterator[str]:
    before = _json(now.folder / CODE / f"{old.code}.json") or {}
    for file in sorted(before.keys() | now.files.keys()):
        if before.get(file) != now.files.get(file):
            yield f"code: {file or 'what is installed'}"


def _other_answers(run: Run, old: Record, now: Now) -> Iterator[str]:
    asked = _json(_file(run, now.folder, ASKED))
    if now.answers is None or asked is None:
        yield "the study is another"
        return
    for address, aspects in asked:
        way = tuple(address)
        for was, *aspect in aspects:
            if now.answers.digest(way, aspect, old.languages, old.places) != was:
                told = " ".join(map(str, aspect))
                yield f"it asked for {' ▸ '.join(address) or 'the study'} {told}"


def spared(run: Run, now: Now) -> bool:
    """Tell whether a run need not be done, and note in its record that it holds still."""
    if any(why(run, now)):
        return False
    old = recorded(run, now.folder)
    if old is not None and old.stamp != now.stamp:
        put(_file(run, now.folder), json.dumps(asdict(replace(old, stamp=now.stamp))))
    return True


def keep(run: Run, told: str, now: Now) -> None:
    """Put on record what a run rested on, by what its kernel `told`.

    There is no record if nothing was told, or if study or notebook changed while it ran.
    """
    before, answers = now.record(run), now.answers
    if not told or answers is None or Now(now.folder).notebook(run) != before.notebook:
        return
    found = json.loads(told)
    if not {before.stamp}.issuperset(found["stamps"]):
        return
    languages, places = " ".join(found["languages"]), found["places"]
    asked = [
        (a, [(answers.digest(tuple(a), x, languages, places), *x) for x in aspects])
        for a, aspects in found["asked"]
    ]
    made = {name: content(str(now.folder / name)) for name in (*found["wrote"], str(run.output))}
    record = replace(
        before,
        languages=languages,
        places=places,
        read=found["read"],
        made={name: digest for name, digest in made.items() if digest},
        beyond=(*found["beyond"], *_always(run, now)),
    )
    put(_file(run, now.folder, ASKED), json.dumps(asked, ensure_ascii=False))
    code = now.folder / CODE / f"{now.code}.json"
    if not code.exists():
        put(code, json.dumps(now.files))
    put(_file(run, now.folder), json.dumps(asdict(record), ensure_ascii=False))


def _always(run: Run, now: Now) -> Iterator[str]:
    """Yield that a cell asks for it, if one does: a run that is never spared."""
    notebook = json.loads((now.folder / run.notebook).read_text(encoding="utf-8"))
    if any(ALWAYS in cell["metadata"].get("tags", []) for cell in notebook["cells"]):
        yield f"a cell is tagged {ALWAYS}"


def forget(run: Run, folder: Path) -> None:
    """Take a run off record, before it is done again."""
    _file(run, folder).unlink(missing_ok=True)


def recorded(run: Run, folder: Path) -> Record | None:
    """Return the record of a run, or nothing if there is none that can be read."""
    try:
        return Record(**_json(_file(run, folder)))
    except TypeError:
        return None


def spelled(run: Run) -> dict[str, Any]:
    """Return a run as JSON can hold it."""
    return {**asdict(run), "notebook": str(run.notebook), "output": str(run.output)}


def run_of(told: dict[str, Any]) -> Run:
    """Return the run that `spelled` told of."""
    return Run(**{**told, "notebook": Path(told["notebook"]), "output": Path(told["output"])})


def digested(value: Any) -> str:
    """Return a digest of what can be written as JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def _file(run: Run, folder: Path, sort: str = ".json") -> Path:
    return folder / run.output.with_suffix(sort)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
