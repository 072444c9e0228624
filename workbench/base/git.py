"""What git remembers of a file; nothing is known where git or the file's history is missing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from workbench.base.files import decode
from workbench.base.problems import Level

_SECONDS = 30


def last_commit(path: Path) -> str | None:
    """Return the commit that last changed `path`, or None: no git, no repository, not tracked."""
    return next(iter(commits(path, "HEAD", 1)), None)


def commits(path: Path, until: str = "HEAD", most: int = 50) -> list[str]:
    """Return the commits up to `until` that changed `path`, newest first."""
    told = _git(path.parent, "log", f"-{most}", "--format=%H", until, "--", path.name)
    return told.decode("ascii").split() if told else []


def text_at(path: Path, commit: str) -> str | None:
    """Return the text of `path` as it was in `commit`, read as any file; None if it was not."""
    data = _git(path.parent, "show", f"{commit}:./{path.name}")
    if data is None:
        return None
    text, problems = decode(path, data)
    return None if any(p.level is Level.ERROR for p in problems) else text.content


def commit_named(folder: Path, name: str) -> str | None:
    """Return the commit a tag, branch or abbreviation names, or None: unknown, or no git."""
    if not name or name.startswith("-"):
        return None
    told = _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return told.decode("ascii").strip() if told else None


def tags(folder: Path) -> list[str] | None:
    """Return the tags of the repository around `folder`; None if there is none, or no git."""
    told = _git(folder, "tag")
    return None if told is None else told.decode("utf-8", "replace").split()


def is_shallow(folder: Path) -> bool:
    """Tell whether the repository around `folder` holds only a part of its history."""
    return _git(folder, "rev-parse", "--is-shallow-repository") == b"true\n"


def files_at(folder: Path, commit: str, under: Iterable[str]) -> dict[str, bytes] | None:
    """Return the files below the folders `under` of `folder` as they were in `commit`.

    Paths are relative to `folder`, which may lie anywhere in its repository; links and nested
    repositories are left out. None if git cannot give them.
    """
    told = _git(folder, "ls-tree", "-r", "-z", commit, "--", *under)
    if told is None:
        return None
    rows = (
        row.split("\t", 1) for row in told.decode("utf-8", "surrogateescape").split("\0") if row
    )
    blobs = {path: head.split()[2] for head, path in rows if _is_file(head, path)}
    data = _git(folder, "cat-file", "--batch", feed="\n".join([*blobs.values(), ""]).encode())
    return None if data is None else _cut(list(blobs), data)


def _is_file(head: str, path: str) -> bool:
    return head.startswith("100") and ".." not in PurePosixPath(path).parts


def _cut(paths: Iterable[str], data: bytes) -> dict[str, bytes] | None:
    """Cut the answer of `cat-file --batch` into the files it holds, one after the other."""
    found, at = {}, 0
    for path in paths:
        end = data.index(b"\n", at)
        kind, _, size = data[at:end].partition(b" blob ")
        if not kind or not size.isdigit():
            return None
        at = end + 1 + int(size)
        found[path] = data[end + 1 : at]
        at += 1
    return found


def _git(folder: Path, *arguments: str, feed: bytes = b"") -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed verbs; names and commits only as arguments
            ["git", *arguments],  # noqa: S607 - the user's own git, wherever it is
            cwd=folder,
            check=False,
            capture_output=True,
            input=feed,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
