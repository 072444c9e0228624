"""Plain text brought in: lines become numbered turns; headings and speakers are kept."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.files import Text, read, write
from workbench.base.problems import Level, Problem, WorkbenchError
from workbench.material.documents import Document, Kind, Turn, parse_document

_LABEL = re.compile(r"([^\W\d_][\w.-]{0,19}):(?= |$)\s*(.*)")
_MARK = re.compile(r"\[\d|#|[-*•] ")
_FOLDER = {Kind.INTERVIEW: "interviews", Kind.OBSERVATION: "observations"}
LEAST_TIMES = 2


class CannotImport(WorkbenchError):
    """A file could not be brought in; nothing was written, nor of the files beside it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why} Nothing was brought in.")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file: where it is now, its size, and the speakers and headings found."""

    source: Path
    path: Path
    turns: int
    speakers: tuple[str, ...]
    headings: int
    notes: tuple[Problem, ...] = ()


def speakers_in(text: str) -> tuple[str, ...]:
    """Return the labels that begin at least two lines as `NAME: `, in order of appearance."""
    return tuple(name for name, times in _labels(text).items() if times >= LEAST_TIMES)


def _labels(text: str) -> Counter[str]:
    return Counter(m[1] for line in text.split("\n") if (m := _LABEL.match(line.strip())))


def transcript(
    text: str,
    *,
    id: str,
    kind: Kind,
    date: str,
    language: str,
    informant: str = "",
    speakers: Collection[str] = (),
    names: Mapping[str, str] | None = None,
    origin: str = "",
) -> str:
    """Return plain text as a transcript; pure. `names` maps labels of the text to speakers.

    Each line that is not blank becomes a turn, since exports write a paragraph on one line; lines
    that follow a speaker's without a blank one go on in the same turn, unless they begin with a
    list mark. A short line in capitals alone becomes a heading. Words are kept letter for letter.
    """
    head = {"id": id, "kind": kind, "date": date, "informant": informant, "language": language}
    names = {name: name for name in (informant, *speakers) if name} | dict(names or {})
    others = [name for name in dict.fromkeys(names.values()) if name != informant]
    lines = ["---", *(f"{k}: {v}" for k, v in head.items() if v)]
    lines += [f"speakers: [{', '.join(others)}]"] if others else []
    lines += [f"origin: {origin}"] if origin else []
    lines.append("---")
    number, speaking = 0, False
    for line in text.split("\n"):
        words = line.strip()
        match = _LABEL.match(words)
        label = names.get(match[1], "") if match else ""
        if not words:
            speaking = False
        elif _is_heading(words):
            lines += ["", f"## {words}"]
            speaking = False
        elif speaking and not label and not _MARK.match(words):
            lines.append(words)
        else:
            number += 1
            speaking = bool(label)
            said = f"{label}: {match[2]}" if match and label else words
            lines += ["", f"[{number}] {said}"]
    return "\n".join(lines) + "\n"


def import_text(
    files: Collection[Path],
    folder: Path,
    *,
    kind: str = "interview",
    date: str,
    language: str = "fi",
    informant: str = "",
    not_speakers: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> list[Imported]:
    r"""Bring plain text files into the study in `folder`; the originals stay as they are.

    `informant` is a pseudonym, or a regular expression that finds it in each file's name
    (`P\d+`). `names` maps labels of the text to speakers (`{"Esimies": "E01"}`). Who is a speaker
    in one of the files is one in all of them. Raises `CannotImport` for a file that is not UTF-8
    text, has no words, or whose id is taken; nothing is written then.
    """
    sort, given = Kind(kind), dict(names or {})
    texts = {source: _content(source) for source in files}
    voices = {name for text, _ in texts.values() for name in speakers_in(text)}
    voices -= set(not_speakers)
    made: dict[Path, str] = {}
    imported = []
    for source, (content, faults) in texts.items():
        name = slug(source.stem)
        path = folder / _FOLDER[sort] / f"{name}.md"
        if path.exists() or path in made:
            raise CannotImport(source, f"{path} is there already; rename the file first.")
        person = _informant(informant, source)
        speakers = [s for s in _labels(content) if s in {*voices, *given, person}]
        made[path] = result = transcript(
            content, id=name, kind=sort, date=date, language=language,
            informant=person, speakers=[s for s in speakers if s not in given], names=given,
        )  # fmt: skip
        document, errors = parse_document(result, path, {})
        if document is None:
            raise CannotImport(source, f"{errors[0].message} {errors[0].hint}")
        headings = sum(line.startswith("## ") for line in result.split("\n"))
        notes = (*faults, *_unclaimed(document))
        imported.append(
            Imported(source, path, len(document.turns), tuple(speakers), headings, notes)
        )
    for path, result in made.items():
        write(Text(path, ""), result)
    return imported


def _content(source: Path) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file and what is to be noted of it."""
    text, problems = read(source)
    errors = [p for p in problems if p.level == "error"]
    if errors:
        why = f"line {errors[0].line}: {errors[0].message} Save it as plain text in UTF-8."
        raise CannotImport(source, why)
    content = text.content.replace("\f", "\n")
    if not content.strip():
        raise CannotImport(source, "it holds no words.")
    return content, tuple(problems)


def _informant(wanted: str, source: Path) -> str:
    """Return the pseudonym that `wanted` finds in the file's name, or `wanted` if it is one."""
    try:
        match = re.search(wanted, source.stem)
    except re.error as error:
        raise CannotImport(source, f"'{wanted}' is no pattern: {error}.") from None
    if match and match[0]:
        return match[0]
    if not re.fullmatch(r"[\w-]*", wanted):
        raise CannotImport(source, f"its name holds no informant like '{wanted}'.")
    return wanted


def _unclaimed(document: Document) -> Iterator[Problem]:
    """Note the paragraphs between speakers' turns that name nobody: who goes on is a guess."""
    last = Turn(0, "", "", 0)
    for turn in document.turns.values():
        before = last.speaker if last.heading == turn.heading else ""
        if before and not turn.speaker:
            message = f"turn [{turn.number}] names no speaker."
            hint = f"If {before} goes on speaking, begin it with `{before}: `."
            yield Problem(document.path, turn.line, message, hint, Level.WARNING)
        last = replace(turn, speaker=turn.speaker or before)


def slug(name: str) -> str:
    """Return `name` as an id: ASCII letters, digits, - and _, never empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-_")[:64] or "document"


def _is_heading(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 2 and line.upper() == line and len(line) <= 60 and line[-1] not in ".?!:,"
