"""Two versions of a codebook compared: which codes changed, which codings would fall otherwise."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench.base.problems import WorkbenchError
from workbench.coding.booktext import point
from workbench.coding.codebook import Code, Codebook
from workbench.coding.codings import Coding
from workbench.coding.history import History
from workbench.loading import load
from workbench.study import Study


class NoVersion(WorkbenchError):
    """Git has no such version of the study."""

    def __init__(self, revision: str, why: str) -> None:
        super().__init__(f"There is no version '{revision}' of this study. Git says: {why}")


class Turned(StrEnum):
    """What happened to a code between two versions."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    REDEFINED = "redefined"
    REWORDED = "reworded"
    RETIRED = "retired"


FALLS = {Turned.GONE, Turned.MERGED, Turned.SPLIT, Turned.MOVED, Turned.REDEFINED}
"""A coding of such a code would be another judgement now; a new name or wording is the same."""


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A code before and after, the topmost code above it, and how many codings it had."""

    before: str
    after: tuple[str, ...]
    turned: tuple[Turned, ...]
    top_before: str = ""
    top_after: str = ""
    codings: int = 0


@dataclass(frozen=True, slots=True)
class Fall:
    """A coding made under the old book, and the codes it would have (or has) under the new."""

    coding: Coding
    change: CodeChange
    after: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions of a codebook: its codes, and the codings, one by one."""

    changes: tuple[CodeChange, ...]
    falls: tuple[Fall, ...]
    codings: int

    def __str__(self) -> str:
        head = ("code", "now", "what", "codings", "top before", "top now")
        rows = [
            (c.before or "–", " | ".join(c.after) or "–", ", ".join(c.turned), str(c.codings),
             c.top_before, c.top_after)
            for c in self.changes
        ]  # fmt: skip
        wide = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, wide)).rstrip() for row in (head, *rows)]
        lines.append(f"{len(self.falls)} of {self.codings} codings would fall differently.")
        return "\n".join(lines) + "\n"


def compare(
    old: Codebook,
    new: Codebook,
    codings: Iterable[Coding],
    history: History | None = None,
    now: Iterable[Coding] = (),
) -> Comparison:
    """Compare two books over the codings made under the old one.

    The history tells a renamed code from a new one; `now` are the codings as they are today, which
    tell where those of a code that was split went.
    """
    past, made = history or History(), list(codings)
    number = Counter(c.code for c in made)
    changes = {code.id: _change(code, old, new, past, number[code.id]) for code in old}
    known = {name for change in changes.values() for name in change.after}
    known |= {name for name in old.codes if past.became(name) == name}
    fresh = [
        CodeChange("", (c.id,), (Turned.NEW,), "", new.path(c.id)[-1])
        for c in new
        if c.id not in known
    ]
    today: dict[object, set[str]] = defaultdict(set)
    for c in now:
        today[c.coder, c.passage].add(c.code)
    falls = []
    for c in made:
        change = changes.get(c.code)
        if change and FALLS.intersection(change.turned):
            found = tuple(code for code in change.after if code in today[c.coder, c.passage])
            falls.append(Fall(c, change, found or change.after))
    differing = tuple(change for change in changes.values() if change.turned)
    return Comparison((*differing, *fresh), tuple(falls), len(made))


def _change(code: Code, old: Codebook, new: Codebook, past: History, number: int) -> CodeChange:
    top = old.path(code.id)[-1]
    name = next((n for n in (past.became(code.id), code.id) if n in new), "")
    if not name:
        return CodeChange(code.id, (), (Turned.GONE,), top, "", number)
    other = new[name]
    after = other.into or (name,)
    tops = tuple(dict.fromkeys(new.path(one)[-1] for one in after))
    merged = name != code.id and any(e.verb == "merge" for e in past.chain(code.id))
    above, here = code.parent or code.tree, other.parent or other.tree
    stayed = here in (above, past.became(above)) and {top, past.became(top)} & set(tops)
    turned = {
        Turned.RENAMED: name != code.id and not merged,
        Turned.MERGED: merged,
        Turned.SPLIT: bool(other.into) and not code.into,
        Turned.MOVED: not stayed and name == code.id and not other.into,
        Turned.REDEFINED: other.meaning > code.meaning and not merged,
        Turned.REWORDED: not merged and _said(code, past) != _said(other, past),
        Turned.RETIRED: other.retired is not None and code.retired is None and not other.into,
    }
    kinds = tuple(kind for kind, so in turned.items() if so)
    return CodeChange(code.id, after, kinds, top, " | ".join(tops), number)


def _said(code: Code, past: History) -> list[str]:
    """Return a code's texts, with arrows to the present names of other codes."""
    prose = (code.label, code.definition, code.use_when, code.not_when)
    texts = [f"{language}: {text}" for one in prose if one for language, text in one.items()]
    for entry in past.entries:
        if entry.verb in ("rename", "merge"):
            texts = [point(text, entry.code, entry.to[0]) for text in texts]
    return texts


def compare_studies(old: Study, new: Study) -> Comparison:
    """Compare the codebooks of two versions of a study over the codings of the old one."""
    fresh = tuple(e for e in new.history.entries if e not in old.history.entries)
    return compare(old.codebook, new.codebook, old.codings, History(fresh), new.codings)


def version(study: Study, revision: str) -> Study:
    """Return the study as it was in a git revision; raises `NoVersion` if there is none."""
    if revision.startswith("-"):
        raise NoVersion(revision, "a revision cannot begin with -.")
    command = ["git", "-C", str(study.folder), "archive", "--format=tar", revision]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # no shell
    if done.returncode:
        raise NoVersion(revision, done.stderr.decode(errors="replace").strip())
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return load(Path(folder))
