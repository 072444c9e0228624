"""A round: the study as it was at a tag or commit, held against what it is now."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from workbench.base.git import commit_named, files_at, is_shallow, tags
from workbench.base.languages import words
from workbench.base.problems import Level, WorkbenchError, near_miss
from workbench.care.links import links
from workbench.care.model import Care
from workbench.loading import load
from workbench.practice.changes import PARTS, Change, Changes
from workbench.practice.differences import Reader, title
from workbench.practice.measures import measures
from workbench.practice.moved import How, Material
from workbench.practice.registers import name_of
from workbench.study import Study

ROOMS = ("interviews", "observations", "parameters")
"""The folders that are the study; everything else follows from them."""


class NoHistory(WorkbenchError):
    """Git remembers nothing of the study's folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Git remembers nothing of {folder}: it is in no git repository, or there is no git on "
            "this machine. A round is a tag or a commit: `git init`, `git add -A`, `git commit`, "
            "`git tag round-2010`."
        )


class NoRound(WorkbenchError):
    """There is no tag or commit of this name, or the study was not in it."""

    def __init__(self, folder: Path, name: str, why: str) -> None:
        part = ""
        if is_shallow(folder):
            part = (
                " This copy holds only a part of the history: "
                "`git fetch --unshallow --tags` brings the rest."
            )
        super().__init__(f"There is no round '{name}' of this study: {why}{part}")


def commit_of(folder: Path, name: str) -> str:
    """Return the commit of a round; raises `NoHistory` or `NoRound`."""
    known = tags(folder)
    if known is None:
        raise NoHistory(folder)
    commit = commit_named(folder, name)
    if commit is None:
        hint = near_miss(name, known) or "`git tag` and `git log --oneline` list what there is."
        raise NoRound(folder, name, f"no tag, branch or commit has that name. {hint}")
    return commit


def at_round(folder: str | Path, name: str) -> Study:
    """Read the study in `folder` as it was at a tag or commit.

    The folder may lie anywhere in its repository; nothing is checked out and no file of it is
    touched. Raises `NoHistory` without git, `NoRound` for a name git does not know or at which
    there was no study yet.
    """
    root = Path(folder)
    commit = commit_of(root, name)
    files = files_at(root, commit, ROOMS)
    if files is None:
        raise NoRound(root, name, "git cannot read its files.")
    if "parameters/study.yml" not in files:
        why = f"there was no parameters/study.yml in this folder at {commit[:7]}."
        raise NoRound(root, name, why)
    with tempfile.TemporaryDirectory(prefix="workbench-") as made:
        for path, data in files.items():
            here = Path(made, path)
            here.parent.mkdir(parents=True, exist_ok=True)
            here.write_bytes(data)
        return load(made)


def changes_since(study: Study, since: str, language: str = "fi") -> Changes:
    """Say what changed in a study since a round, and because of which words (R84).

    `since` is a tag or commit; the study is read as it was then and held against the files as
    they are now, committed or not. Raises `NoHistory` and `NoRound`, see `at_round`.
    """
    now = study.whole or study
    then = at_round(now.folder, since)
    commit = commit_of(now.folder, since)[:7]
    named = since if commit.startswith(since[:7]) else f"{since} ({commit})"
    return compared(then, now, named, language)


def compared(then: Study, now: Study, since: str, language: str = "fi") -> Changes:
    """Hold two rounds of a study against each other; `since` names the older one."""
    material = Material(then, now)
    found = sorted(_changes(material, language), key=lambda c: PARTS.index(c.part))
    moved = {c.id for c in found if c.behind and not c.behind.stays}
    changes = tuple(_grounded(c, then.care, now.care, moved) for c in found)
    old, new = material.coded
    documents, others = tuple(material.documents), tuple(material.others)
    unread = sum(p.level is Level.ERROR for p in then.problems)
    caption = words(language)("diff_caption", since=since, n=len(changes), documents=len(documents))
    codings = (len(new - old), len(old - new))
    promised = measures(now, language)
    return Changes(caption, language, since, documents, others, codings, changes, promised, unread)


def _changes(material: Material, language: str) -> Iterator[Change]:
    then, now = material.then, material.now
    reader = Reader(then, now, language)
    for part in PARTS:
        old, new = then.care.table(part), now.care.table(part)
        for name in dict.fromkeys((*new, *old)):
            a, b = old.get(name), new.get(name)
            how = How.CHANGED if a and b else How.NEW if b else How.GONE
            edits = tuple(reader.edits(a, b)) if how is How.CHANGED else ()
            behind = material.behind(a, b) if part == "findings" else None
            if behind and behind.moves:  # they say more than the citations do
                edits = tuple(e for e in edits if e.name != "evidence")
            if how is not How.CHANGED or edits or (behind and not behind.stays):
                called = _called(part, name, b or a, now if b else then, language)
                yield Change(part, name, called, how, edits, behind)


def _called(part: str, name: str, record: Any, study: Study, language: str) -> str:
    if part in ("plans", "strategies"):
        return name_of(name, "segment", study, language)
    return title(record, language)


def _grounded(change: Change, then: Care, now: Care, moved: Collection[str]) -> Change:
    """Return a change with the findings below it whose words changed."""
    if change.part == "findings":
        return change
    below: dict[str, None] = {}
    for care in (now, then):
        record = care.table(change.part).get(change.id)
        below |= dict.fromkeys(_below(record, care)) if record else {}
    because = tuple(name for name in below if name in moved) if below else None
    return Change(change.part, change.id, change.title, change.how, change.edits, None, because)


def _below(record: object, care: Care) -> Iterator[str]:
    """Yield the findings a record rests on: its own, and those of its needs and actions."""
    down: dict[str, Callable[[str], Iterable[str]]] = {
        "finding": lambda name: (name,),
        "need": lambda name: (str(f) for f in care.needs[name].findings if name in care.needs),
        "action": lambda name: (f.id for f in care.behind(care.actions[name])),
    }
    for kind, link in links(record):
        if kind in down and link in care.table(f"{kind}s"):
            yield from down[kind](link)
