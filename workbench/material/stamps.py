"""Time stamps in transcripts: the forms they are written in, told from clock times in speech."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_FRACTION = r"(?:[.,-]\d{1,7})?"
_LONG = rf"\d{{1,2}}:[0-5]?\d:[0-5]?\d(?::\d\d)?{_FRACTION}"
_SHORT = rf"\d{{1,3}}:[0-5]\d{_FRACTION}"
_ANY = rf"(?:{_LONG}|{_SHORT})(?:\s*(?:-->|[-–—])\s*(?:{_LONG}|{_SHORT}))?"
_MARKED = re.compile(rf"\[\s*({_ANY})\s*\]|#({_ANY})#|\(\s*({_LONG})\s*\)")
_FIRST = re.compile(rf"(?:\(\s*({_SHORT})\s*\)|({_LONG})(?:\s*-->\s*{_LONG})?)(?=\s|$)\s*")
_CLOCK = re.compile(rf"({_SHORT})(?:\s+(?=\S)|$)")
_NAME = r"[^\W\d_][\w.-]{0,19}(?: [A-ZÅÄÖ\d][\w.-]{0,19}){0,2}"
_LABEL = re.compile(rf"({_NAME}):(?= |$)\s*(.*)", re.DOTALL)
_LATE = re.compile(rf"({_NAME})\s*(?:\[({_ANY})\]|\(({_ANY})\)|({_ANY}))\s*:(?= |$)\s*(.*)")
_HEADER = re.compile(rf"({_NAME})[\s|]+(?:\[({_ANY})\]|\(({_ANY})\)|({_ANY}))")
_START = re.compile(r"(\d+):(\d+)(?::(\d+))?")
LEAST_TIMES = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a part of one: `label` may be who says `words`; both are in `text`.

    `time` says where in the recording it begins. It holds if a form of stamps is `sure`, else only
    if the label is a speaker's: `12:31 H: …`. Captions are cut in `cue`s, which go on in the turn
    of the same speaker; behind a `pause` only if somebody is named.
    """

    line: int
    text: str
    label: str = ""
    words: str = ""
    time: str = ""
    sure: bool = True
    cue: bool = False
    pause: bool = False


def clock(stamp: str) -> str:
    """Return a stamp as `h:mm:ss`; two parts are minutes and seconds, and fractions are dropped."""
    match = _START.search(stamp)
    parts = [int(n) for n in match.groups() if n] if match else [0, 0]
    hours, minutes, seconds = parts if match and match[3] else (0, *parts)
    return f"{hours + minutes // 60}:{minutes % 60:02}:{seconds:02}"


def label_of(text: str) -> tuple[str, str]:
    """Return who may speak in a text that begins with `NAME: `, and what; else nothing."""
    match = _LABEL.fullmatch(text)
    return (match[1], match[2]) if match else ("", "")


def pieces(text: str, spoken: bool = True) -> tuple[list[Piece], list[tuple[int, str]]]:
    """Take the stamps out of plain text: its lines and parts of lines, each with its time.

    A stamp in brackets, or between `#` as f4, easytranscript and MAXQDA write it, begins a new
    piece wherever it stands; at the end of a line, or alone on one, it is the time of what comes
    next. A bare time is a stamp where it stands before a speaker's label, behind a name that heads
    a turn, or has hours and begins a line; all others are words (`klo 12:31 soitin`). In notes that
    are not `spoken` bare times are the clock's. Also returns stamps that begin nothing, with lines.
    """
    heads = _headers(text) if spoken else {}
    found: list[Piece] = []
    lost: list[tuple[int, str]] = []
    waits: tuple[int, str] | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line:
            found.append(Piece(number, ""))
            continue
        for piece in _parts(number, line, spoken, heads):
            if waits and (not piece.text or (piece.time and piece.sure)):
                lost += [waits] if waits[1] != piece.time else []
                waits = None
            if not piece.text:
                waits = (number, piece.time)
            else:
                found.append(replace(piece, time=waits[1], sure=True) if waits else piece)
                waits = None
    return found, lost + ([waits] if waits else [])


def _headers(text: str) -> dict[str, re.Match[str]]:
    """Return the lines that are a name and a time, of names that head several turns in order."""
    lines = {line.strip(): _HEADER.fullmatch(line.strip()) for line in text.split("\n")}
    heads = {line: m for line, m in lines.items() if m and m[1][0].isupper()}
    often = Counter(m[1] for m in heads.values())
    heads = {line: m for line, m in heads.items() if often[m[1]] >= LEAST_TIMES}
    times = [tuple(map(int, clock(_last(m)).split(":"))) for m in heads.values()]
    return heads if times == sorted(times) else {}


def _last(match: re.Match[str]) -> str:
    """Return the stamp among the groups of a match."""
    return next(g for g in reversed(match.groups()) if g and g[0].isdigit())


def _parts(
    number: int, line: str, spoken: bool, heads: dict[str, re.Match[str]]
) -> Iterator[Piece]:
    if head := heads.get(line):
        yield Piece(number, f"{head[1]}:", head[1], "", clock(_last(head)))
        return
    if (late := _LATE.fullmatch(line)) and (spoken or late[2]):
        time = clock(late[2] or late[3] or late[4])
        text = f"{late[1]}: {late[5]}" if late[2] else line
        yield Piece(number, text, late[1], late[5], time, sure=bool(late[2]))
        return
    time, rest = "", line
    if spoken and (first := _FIRST.match(line)):
        time, rest = clock(first[1] or first[2]), line[first.end() :]
    elif spoken and (bare := _CLOCK.match(line)):
        after = line[bare.end() :]
        label = _LABEL.fullmatch(after)
        if not after:
            yield Piece(number, "", time=clock(bare[1]))
            return
        if label and not _MARKED.search(after):
            yield Piece(number, line, label[1], label[2], clock(bare[1]), sure=False)
            return
    yield from _split(number, rest, time)


def _split(number: int, line: str, time: str) -> Iterator[Piece]:
    """Split a line at its marked stamps; one behind a speaker's label is the time of that turn."""
    if "#" not in line and "[" not in line and "(" not in line:
        yield Piece(number, line, *label_of(line), time)
        return
    before, at = "", 0
    for mark in [*_MARKED.finditer(line), None]:
        text = before + line[at : mark.start() if mark else len(line)].strip()
        label = _LABEL.fullmatch(text)
        if mark and label and not label[2] and not time:
            before, time = f"{label[1]}: ", clock(_last(mark))
            at = mark.end()
            continue
        if text:
            yield Piece(number, text, *label_of(text), time)
        elif time:
            yield Piece(number, "", time=time)
        before, time = "", clock(_last(mark)) if mark else ""
        at = mark.end() if mark else at
    if time:
        yield Piece(number, "", time=time)
