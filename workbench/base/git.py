"""What git remembers of a file; nothing is known where git or the file's history is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

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


def _git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed verbs; names and commits only as arguments
            ["git", *arguments],  # noqa: S607 - the user's own git, wherever it is
            cwd=folder,
            check=False,
            capture_output=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
