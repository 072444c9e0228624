"""Transcripts and observation notes: YAML front matter, then numbered turns."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from workbench.base.bulk import records
from workbench.base.problems import Problem, near_miss
from workbench.base.records import Link, Reader, When
from workbench.base.strict_yaml import Mapping, parse
from workbench.material.informants import Side, Vocabulary, read_attributes

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_TURN = re.compile(r"\[(\d{1,9})(?: (\d{1,3}(?::\d\d){1,2}))?\](?: (.*))?")
_HEADING = re.compile(r"#{1,6} (.+)")
_SPEAKER = re.compile(r"([^\s:]{1,40}): ?")
_LOOKS_LIKE_SPEAKER = re.compile(r"[A-ZÅÄÖ]{1,3}\d{1,3}")


class Kind(StrEnum):
    """What sort of document this is."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"


@dataclass(frozen=True, slots=True)
class Turn:
    """A numbered paragraph; the number is its name, not its position.

    `text` starts after number and speaker; offsets of codings count its code points. `time` is
    where it begins in the recording (`0:12:31`), if the transcript says so. A turn without a
    speaker in an observation is a field note: the observer's words, never a quote.
    """

    number: int
    speaker: str
    text: str
    line: int
    heading: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _FrontMatter:
    """Front matter of a document."""

    id: str
    kind: Kind
    date: When
    language: str
    informant: Link | None = None
    interviewer: str = ""
    observer: str = ""
    speakers: tuple[str, ...] = ()
    place: str = ""
    origin: str = ""
    confidential: bool = False
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One interview or observation note.

    The words of a `confidential` one are neither quoted in a report nor sent anywhere. `side` and
    `attributes` (role, sector …) say whom an observation is about; an interview takes them from
    its informant.
    """

    id: str
    kind: Kind
    date: str
    language: str
    path: Path
    turns: dict[int, Turn]
    informant: str | Link = ""
    interviewer: str = ""
    observer: str = ""
    speakers: tuple[str, ...] = ()
    where: str = ""
    origin: str = ""
    confidential: bool = False
    side: Side | None = None
    attributes: AnyMapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self) -> int:
        """Return the number of words in all turns."""
        return sum(len(turn.text.split()) for turn in self.turns.values())

    def author(self, turn: Turn) -> str:
        """Return the speaker whose words `turn` holds, or nothing for an observer's note."""
        if not self.verbatim(turn):
            return ""
        return turn.speaker or self.informant

    def verbatim(self, turn: Turn) -> bool:
        """Tell whether `turn` holds somebody's words rather than an observer's note."""
        return self.kind is Kind.INTERVIEW or bool(turn.speaker)


def parse_document(
    text: str, path: Path, vocabulary: Vocabulary
) -> tuple[Document | None, list[Problem]]:
    """Read a transcript from its text; pure: nothing is opened.

    Returns no document when the front matter cannot be used. The form is in
    docs/files.md: `---`, YAML, `---`, then turns `[1] SPEAKER: words`; a speaker counts as one
    only if the front matter names it, so `Niin: …` stays text.
    """
    problems: list[Problem] = []
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        message = "the front matter is missing."
        hint = "Begin the file with `---`, then id, kind, date and language, then `---`."
        return None, [Problem(path, 1, message, hint)]
    node, problems = parse("\n" + "\n".join(lines[1:end]), path)
    if problems:
        return None, problems
    known = {f.name for f in fields(_FrontMatter)}
    own = {k: v for k, v in node.items.items() if k in known}
    extra = {k: v for k, v in node.items.items() if k not in known}
    reader = Reader(path, problems)
    attributes = read_attributes(Mapping(extra, node.line, node.lines), vocabulary, reader, known)
    head = reader.record(_FrontMatter, Mapping(own, node.line, node.lines))
    if head is None:
        return None, problems
    line = node.lines.get("id", 1)
    if not ID.fullmatch(head.id):
        reader.add(line, f"'{head.id}' cannot be an id.", "Use letters a–z, digits, - and _.")
    if head.id != path.stem:
        message = f"the id '{head.id}' is not the file's name '{path.stem}'."
        reader.add(line, message, "Make them the same; codings are found by it.")
    if head.kind is Kind.INTERVIEW and not head.informant:
        reader.add(line, "an interview needs an informant.", "Add `informant: E01`.")
    speakers = {s for s in (head.informant, head.interviewer, head.observer, *head.speakers) if s}
    document = Document(
        id=head.id,
        kind=head.kind,
        date=head.date,
        language=head.language,
        path=path,
        turns=_turns(lines, end + 1, speakers, reader),
        informant=head.informant or "",
        interviewer=head.interviewer,
        observer=head.observer,
        speakers=head.speakers,
        where=head.place,
        origin=head.origin,
        confidential=head.confidential,
        side=head.side,
        attributes=attributes,
    )
    turns = document.turns.values()
    silent = document.informant not in (document.author(turn) for turn in turns)
    if head.kind is Kind.INTERVIEW and turns and silent:
        message = f"the informant '{head.informant}' speaks no turn."
        hint = f"Call the speaker so in the turns, as in `[2] {head.informant}: …`."
        reader.add(node.lines.get("informant", line), message, hint)
    if not document.turns:
        reader.add(end + 1, "there are no turns.", "Write the first as `[1] TK: …`.")
    return document, problems


def _turns(lines: list[str], start: int, speakers: set[str], reader: Reader) -> dict[int, Turn]:
    """Return the turns by number; of two with the same number the first."""
    rows: dict[int, tuple[int, str, str, int, str, str]] = {}
    for number, line, heading, time, body in _paragraphs(lines, start, reader):
        if number in rows:
            message = f"turn [{number}] stands twice (first on line {rows[number][3]})."
            hint = f"Give one of them a free number, such as [{max(rows) + 1}]."
            reader.add(line, message, hint)
        elif number:
            text = "\n".join(body).strip("\n")
            speaker, said = _spoken(text, line, speakers, reader)
            rows[number] = number, speaker, said, line, heading, time
    return dict(zip(rows, records(Turn, rows.values()), strict=True))


def _paragraphs(
    lines: list[str], start: int, reader: Reader
) -> list[tuple[int, int, str, str, list[str]]]:
    """Return of each turn its number, line, heading and time, and its lines of text."""
    found: list[tuple[int, int, str, str, list[str]]] = []
    heading, body = "", None
    for at, line in enumerate(map(str.rstrip, lines[start:]), start + 1):
        if line.startswith("[") and (match := _TURN.fullmatch(line)):
            number, time, words = match.groups("")
            body = [words]
            found.append((int(number), at, heading, time, body))
        elif line.startswith("#") and (match := _HEADING.fullmatch(line)):
            heading, body = match[1], None
        elif body is not None:
            body.append(line)
        elif line:
            reader.add(at, "this text has no turn number.", "Begin it with `[1] `, say.")
    return found


def _spoken(text: str, line: int, speakers: set[str], reader: Reader) -> tuple[str, str]:
    """Return who speaks and what; what looks like a speaker whom nobody named is told."""
    match = _SPEAKER.match(text)
    if match and match[1] in speakers:
        return match[1], text[match.end() :]
    if match and _LOOKS_LIKE_SPEAKER.fullmatch(match[1]):
        hint = near_miss(match[1], speakers) + " Name it in the front matter under `speakers`."
        reader.add(line, f"'{match[1]}' is no speaker of this document.", hint.strip())
    return "", text
