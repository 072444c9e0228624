"""Edits of several files as one: shown as one diff, written all or none, finished after a crash."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.base.files import Changed, Text, digest, read, write
from workbench.base.problems import Problem, WorkbenchError

JOURNAL = ".change.json"
"""In `parameters/`: what a change of several files has still to write, should it be killed."""


class NothingWritten(WorkbenchError):
    """A file is no longer as it was read, or an older change is unfinished: no file was touched."""


class HalfWritten(WorkbenchError):
    """Somebody wrote a file in the very moment of a change, and not all could be put back."""

    def __init__(self, changed: Path, left: Sequence[Path]) -> None:
        names = ", ".join(str(p) for p in left)
        super().__init__(
            f"{changed}: somebody changed this file in the middle of the change. These files hold "
            f"the new state and could not be put back: {names}. Compare them in git."
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """New content for a file that was read as `text`."""

    text: Text
    content: str


def diff(edits: Iterable[Edit], root: Path) -> str:
    """Return all edits as one unified diff, paths relative to `root`."""
    shown: list[str] = []
    for edit in edits:
        name = edit.text.path.relative_to(root).as_posix()
        old = edit.text.content.splitlines(keepends=True)
        new = edit.content.splitlines(keepends=True)
        before = f"a/{name}" if edit.text.digest else "/dev/null"
        lines = difflib.unified_diff(old, new, before, f"b/{name}", n=1)
        shown += (x if x.endswith("\n") else f"{x}\n\\ No newline at end of file\n" for x in lines)
    return "".join(shown)


def write_all(edits: Sequence[Edit], journal: Path) -> None:
    """Write every file or none.

    All are compared with what was read before the first is touched. What is to be written stands
    in `journal` first, so that a killed process can be finished (`finish`); it is removed at the
    end. Raises `NothingWritten` if a file has changed or a journal is there; if somebody writes
    between the comparison and the writing, what was written is put back and `NothingWritten`
    raised, or `HalfWritten` where that cannot be done.
    """
    if journal.exists():
        raise NothingWritten(f"{unfinished(journal)[0]}")
    for edit in edits:
        if _found(edit.text.path) != edit.text.digest:
            raise NothingWritten(
                f"{edit.text.path}: somebody changed this file since the study was read; "
                "no file was touched. Read the study again and repeat the change."
            )
    log = write(Text(journal, ""), _written(edits, journal.parent))
    done: list[tuple[Edit, Text]] = []
    for edit in edits:
        try:
            done.append((edit, write(edit.text, edit.content)))
        except WorkbenchError as error:
            _put_back(done, edit.text.path, log)
            raise NothingWritten(f"{error} No other file was changed.") from error
    log.path.unlink()


def _put_back(done: Iterable[tuple[Edit, Text]], changed: Path, log: Text) -> None:
    left = []
    for edit, now in reversed(list(done)):
        try:
            if edit.text.digest:
                write(now, edit.text.content)
            else:
                now.path.unlink()
        except Changed:
            left.append(now.path)
    log.path.unlink()
    if left:
        raise HalfWritten(changed, left)


def _found(path: Path) -> str:
    return digest(path.read_bytes()) if path.exists() else ""


def _written(edits: Iterable[Edit], root: Path) -> str:
    entries = [
        {
            "path": Path(os.path.relpath(e.text.path, root)).as_posix(),
            "old": e.text.digest,
            "newline": e.text.newline,
            "content": e.content,
        }
        for e in edits
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _planned(journal: Path) -> list[Edit]:
    entries = json.loads(read(journal)[0].content)
    return [
        Edit(Text(journal.parent / e["path"], "", e["old"], e["newline"]), e["content"])
        for e in entries
    ]


def _done(edit: Edit) -> bool:
    data = edit.content.replace("\n", edit.text.newline).encode("utf-8")
    return _found(edit.text.path) == digest(data)


def unfinished(journal: Path) -> list[Problem]:
    """Return the problem that a change was interrupted, with how far it came, or nothing."""
    if not journal.exists():
        return []
    planned = _planned(journal)
    done = sum(_done(edit) for edit in planned)
    message = f"a change of several files was interrupted: {done} of {len(planned)} are written."
    return [Problem(journal, 1, message, "Finish it with `workbench code resume`.")]


def finish(journal: Path) -> list[Path]:
    """Write what an interrupted change left to write; return the files it could not.

    A file that somebody has changed since is left as it is; the planned version is kept beside it.
    """
    left = []
    for edit in _planned(journal) if journal.exists() else []:
        try:
            if not _done(edit):
                write(edit.text, edit.content)
        except Changed:
            left.append(edit.text.path)
    journal.unlink(missing_ok=True)
    return left
