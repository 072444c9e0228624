"""Plain text and captions brought in as numbered turns: headings, speakers and times are kept."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.base.files import Text, decode, read, write
from workbench.base.problems import Level, Problem, WorkbenchError
from workbench.base.strict_yaml import quoted
from workbench.material.cues import ENDINGS, cues
from workbench.material.documents import Document, Kind, Turn, parse_document
from workbench.material.docx import NotWord, paragraphs
from workbench.material.settings import settings_of
from workbench.material.stamps import LEAST_TIMES, Piece, pieces

_BARE = re.compile(r"\(?(\d{1,3}:[0-5]\d)\b")
_MARK = re.compile(r"\[\d|#|[-*•] ")
_FOLDER = {Kind.INTERVIEW: "interviews", Kind.OBSERVATION: "observations"}
LARGEST = 200
"""Megabytes; no transcript is larger, and a film taken for one should not fill the memory."""

OTHERS = frozenset(
    [
        ".csv", ".doc", ".htm", ".html", ".json", ".m4a", ".mp3", ".mp4", ".odt", ".pdf", ".qdpx",
        ".rtf", ".tsv", ".wav", ".xls", ".xlsx", ".xml", ".yaml", ".yml", ".zip",
    ]
)  # fmt: skip
"""Endings of files that hold no words as they stand, or words among marks."""


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
    kind: Kind
    language: str
    notes: tuple[Problem, ...] = ()


def speakers_in(text: str) -> tuple[str, ...]:
    """Return the labels that begin at least two lines as `NAME: `, in order of appearance."""
    return _often(pieces(text)[0])


def _often(said: Iterable[Piece]) -> tuple[str, ...]:
    times = Counter(piece.label for piece in said if piece.label)
    return tuple(name for name, number in times.items() if number >= LEAST_TIMES)


@dataclass(slots=True)
class _Paragraph:
    """A turn in the making: `parts` are its words, each with what joins it to those before."""

    time: str = ""
    voice: str = ""
    parts: list[str] = field(default_factory=list)
    heading: bool = False

    def add(self, words: str, joint: str) -> None:
        self.parts.append(joint + words if any(self.parts) else words)

    def written(self, number: int) -> str:
        said = "".join(self.parts)
        if self.heading:
            return f"## {said}"
        said = f"{self.voice}: {said}" if self.voice else said
        return f"[{number}{' ' if self.time else ''}{self.time}] {said}"


def transcript(
    said: Iterable[Piece],
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
    """Return what was `said`, by `stamps.pieces` or `cues.cues`, as a transcript; pure.

    `names` maps labels of the text to speakers. Each line that is not blank becomes a turn, since
    exports write a paragraph on one line; lines that follow a speaker's without a blank one go on
    in the same turn, unless they begin with a list mark. A stamp begins a turn, and who spoke goes
    on. A short line in capitals alone becomes a heading. Words are kept letter for letter.
    """
    head = {"id": id, "kind": kind, "date": date, "informant": informant, "language": language}
    names = {name: name for name in (informant, *speakers) if name} | dict(names or {})
    names = {label: _one_word(name) for label, name in names.items()}
    others = [name for name in dict.fromkeys(names.values()) if name != informant]
    lines = ["---", *(f"{k}: {v}" for k, v in head.items() if v)]
    lines += [f"speakers: [{', '.join(map(quoted, others))}]"] if others else []
    lines += [f"origin: {origin}"] if origin else []
    lines.append("---")
    number = 0
    for paragraph in _paragraphs(said, names):
        number += not paragraph.heading
        lines += ["", paragraph.written(number)]
    return "\n".join(lines) + "\n"


def _paragraphs(said: Iterable[Piece], names: Mapping[str, str]) -> list[_Paragraph]:
    made: list[_Paragraph] = []
    voice, going = "", False  # who speaks, and whether lines go on in their turn
    for piece in said:
        label = names.get(piece.label, "")
        words = piece.words if label else piece.text
        time = piece.time if label or piece.sure else ""
        waits = bool(made) and not any(made[-1].parts)  # a speaker whose words are to come
        if piece.cue and made and label in ("", voice) and (voice or not piece.pause):
            made[-1].add(words, " ")
        elif not words and not label:
            going = going and waits
            voice = voice if going else ""
        elif not label and not time and _is_heading(words):
            made.append(_Paragraph(parts=[words], heading=True))
            voice, going = "", False
        elif going and not label and (waits or not (time or _MARK.match(words))):
            made[-1].add(words, "\n")
            made[-1].time = made[-1].time or time
        else:
            voice = label or (voice if time else "")
            made.append(_Paragraph(time, voice, [words] if words else []))
            going = bool(voice)
    return made


def _one_word(name: str) -> str:
    """Return a speaker's name as transcripts write it: without blanks and colons."""
    return re.sub(r"[\s:]+", "-", name).strip("-")[:40]


def import_text(
    files: Collection[Path],
    folder: Path,
    *,
    kind: str = "",
    date: str,
    language: str = "",
    informant: str = "",
    not_speakers: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> list[Imported]:
    r"""Bring text, Word and caption files (.vtt, .srt) into the study in `folder`; originals stay.

    Without `kind` they are interviews, without `language` in the study's first one.
    `informant` is a pseudonym, or a regular expression that finds it in each file's name
    (`P\d+`). `names` maps labels of the text to speakers (`{"Esimies": "E01"}`). Who is a speaker
    in one of the files is one in all of them. Raises `CannotImport` for a file that is not UTF-8
    text, has no words, is too large, or whose id is taken; nothing is written then.
    """
    sort, given = Kind(kind or Kind.INTERVIEW), dict(names or {})
    language = language or settings_of(folder).languages[0]
    texts = {source: _read(source, sort) for source in files}
    voices = {name for said, _ in texts.values() for name in _often(said)}
    voices |= {p.label for said, _ in texts.values() for p in said if p.cue and p.text == p.words}
    voices -= {*not_speakers, ""}
    made: dict[Path, str] = {}
    imported = []
    for source, (said, faults) in texts.items():
        name = slug(source.stem)
        path = folder / _FOLDER[sort] / f"{name}.md"
        if path.exists() or path in made:
            raise CannotImport(source, f"{path} is there already; rename the file first.")
        person = _informant(informant, source)
        labels = dict.fromkeys(piece.label for piece in said)
        speakers = [s for s in labels if s in {*voices, *given, person}]
        made[path] = result = transcript(
            said, id=name, kind=sort, date=date, language=language,
            informant=person, speakers=[s for s in speakers if s not in given], names=given,
        )  # fmt: skip
        document, errors = parse_document(result, path, {})
        if document is None:
            raise CannotImport(source, f"{errors[0].message} {errors[0].hint}")
        headings = sum(line.startswith("## ") for line in result.split("\n"))
        notes = (*faults, *_clocks(source, said, speakers), *_unclaimed(document))
        imported.append(
            Imported(
                source, path, len(document.turns), tuple(speakers), headings, sort, language, notes
            )
        )
    for path, result in made.items():
        write(Text(path, ""), result)
    return imported


def _read(source: Path, kind: Kind) -> tuple[list[Piece], tuple[Problem, ...]]:
    """Return what a file says, piece by piece, and what is to be noted of it."""
    if source.suffix.lower() in OTHERS:
        raise CannotImport(
            source,
            f"{source.suffix} is no transcript; save it as plain text, .docx, .vtt or .srt, "
            "a table as .csv.",
        )
    if (size := source.stat().st_size // 10**6) > LARGEST:
        raise CannotImport(source, f"it has {size} MB; a transcript has {LARGEST} at most.")
    text, problems = _word(source) if source.suffix.lower() == ".docx" else read(source)
    errors = [p for p in problems if p.level == "error"]
    if errors:
        why = f"line {errors[0].line}: {errors[0].message} Save it as plain text in UTF-8."
        raise CannotImport(source, why)
    content = text.content.replace("\f", "\n")
    if source.suffix.lower() in ENDINGS:
        said, faults = cues(content, source)
        problems += faults
    else:
        said, lost = pieces(content, kind is Kind.INTERVIEW)
        problems += [_endless(source, *one) for one in lost]
    if not any(piece.text for piece in said):
        raise CannotImport(source, "it holds no words.")
    return said, tuple(problems)


def _word(source: Path) -> tuple[Text, list[Problem]]:
    try:
        return decode(source, paragraphs(source, LARGEST * 10**6).encode("utf-8"))
    except NotWord as why:
        raise CannotImport(source, str(why)) from None


def _endless(source: Path, line: int, time: str) -> Problem:
    message = f"the time stamp {time} begins no turn and was left out."
    hint = "Turns say where they begin, not where they end."
    return Problem(source, line, message, hint, Level.WARNING)


def _clocks(source: Path, said: Iterable[Piece], speakers: Collection[str]) -> Iterator[Problem]:
    """Note the times that begin a line and were left among its words."""
    for piece in said:
        bare = _BARE.match(piece.text)
        if bare and not piece.cue and not (piece.time and piece.label in speakers):
            message = f"{bare[1]} was left among the words."
            hint = f"If it is a time stamp, write it as [{bare[1]}]."
            yield Problem(source, piece.line, message, hint, Level.WARNING)


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
