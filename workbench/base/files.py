"""Text files, read with their fingerprint and written whole, under a lock, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from workbench.base.languages import Said
from workbench.base.problems import Level, Problem

LOCK_SECONDS = 10.0
STUDY = ("interviews", "observations", "parameters")
"""The folders that a study is read from."""


class Changed(Said):
    """The file is no longer as it was read; nothing was written."""

    def __init__(self, path: Path, kept: Path | None = None) -> None:
        super().__init__("file_changed_kept" if kept else "file_changed", path=path, kept=kept)


class Locked(Said):
    """Another program holds the file's lock; nothing was written."""

    def __init__(self, path: Path) -> None:
        super().__init__("file_locked", path=path, seconds=round(LOCK_SECONDS))


@dataclass(frozen=True, slots=True)
class Text:
    r"""The content of a text file: NFC, `\n` only, and what is needed to write it back.

    `digest` is the SHA-256 of the bytes on disk, empty where there was no file; `newline` is the
    line end found on disk.
    """

    path: Path
    content: str
    digest: str = ""
    newline: str = "\n"


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(path: Path) -> tuple[Text, list[Problem]]:
    r"""Read a UTF-8 text file; what is wrong with its bytes comes back as problems.

    Bytes that are not UTF-8 leave the content empty: half a file is never taken for the whole.
    A byte order mark is dropped, line ends become `\n` and letters NFC in the copy returned.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or "unreadable"
        return Text(path, ""), [
            Problem(path, 1, f"cannot be read: {why}.", "Check name and rights.")
        ]
    return decode(path, data)


def decode(path: Path, data: bytes) -> tuple[Text, list[Problem]]:
    """Read `data` as the bytes of the text file `path`, the way `read` does."""
    try:
        raw = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8."
        hint = "Save the file as UTF-8; nothing of it was read."
        return Text(path, "", digest(data)), [Problem(path, line, message, hint)]
    newline = "\r\n" if "\r\n" in raw else "\n"
    content = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    problems = []
    if not _latin(content) and not unicodedata.is_normalized("NFC", content):
        at = next(
            n
            for n, line in enumerate(content.split("\n"), 1)
            if not unicodedata.is_normalized("NFC", line)
        )
        hint = "It is read as NFC, so that offsets count whole letters; save it as NFC."
        problems.append(
            Problem(path, at, "letters are decomposed (NFD).", hint, level=Level.WARNING)
        )
        content = unicodedata.normalize("NFC", content)
    if "\0" in content:
        at = content.count("\n", 0, content.index("\0")) + 1
        problems.append(Problem(path, at, "holds a NUL character.", "Remove it."))
    return Text(path, content, digest(data), newline), problems


def _latin(text: str) -> bool:
    """Tell whether all letters are of Latin-1: then they are NFC, and this is told much sooner."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def write(text: Text, content: str) -> Text:
    """Replace the file of `text` by `content`, whole or not at all, and return the new text.

    `text` is what was read before (`Text(path, "")` for a new file). Raises `Changed` if the file
    is no longer the one that was read; the refused version is then kept beside it under
    `<name>.refused-<digest>`. Raises `Locked` if another program holds the lock. The order of
    calls (temporary file in the same folder, flush, fsync, replace, fsync of the folder) is the
    one that lost nothing in 1,000 kills.
    """
    from filelock import SoftFileLock, Timeout  # only for writers, so that a check starts fast

    path = text.path
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.replace("\n", text.newline).encode("utf-8")
    fingerprint = digest(data)
    try:
        with SoftFileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS):
            found = digest(path.read_bytes()) if path.exists() else ""
            if found != text.digest:
                kept = path.with_name(f"{path.name}.refused-{fingerprint[:8]}")
                replace(kept, data)
                raise Changed(path, kept)
            if found != fingerprint:
                replace(path, data)
    except Timeout:
        raise Locked(path) from None
    return Text(path, content, fingerprint, text.newline)


def stamp(study: Path) -> str:
    """Return a digest of every file that a study may be read from: their names and their bytes."""
    found = hashlib.blake2b(digest_size=20)
    for room in STUDY:
        for place, folders, files in os.walk(study / room):
            folders.sort()
            for path in (Path(place, name) for name in sorted(files)):
                with contextlib.suppress(OSError):
                    content = path.read_bytes()
                    found.update(f"{path.relative_to(study)}\0{len(content)}\0".encode())
                    found.update(content)
    return found.hexdigest()


def put(path: Path, content: str, newline: str = "\n") -> None:
    """Write a file that is made by program, whole or not at all, whatever stood there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, content.replace("\n", newline).encode("utf-8"))


def replace(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file, whole or not at all, whatever stood there."""
    handle, name = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
