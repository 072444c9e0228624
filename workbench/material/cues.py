"""Captions as transcripts: the cues of WebVTT and SubRip files, with their speakers and times."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from workbench.base.problems import Level, Problem
from workbench.material.stamps import Piece, clock, label_of

ENDINGS = (".vtt", ".srt")
PAUSE = 2.0
"""So many seconds of silence begin a new turn where nobody says who speaks."""
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"({_TIME})\s*-->\s*({_TIME})(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION|WEBVTT)(?:\s.*)?")
_SENTENCE = re.compile(r"[.?!…][\"'”’)\]]*$")


def cues(text: str, path: Path) -> tuple[list[Piece], list[Problem]]:
    """Read the cues of a caption file in their order; pure. Every word of them is kept.

    After https://www.w3.org/TR/webvtt1/ and what SubRip files look like: a cue says its times,
    below it words, in which `<v Name>` or `Name: ` may say who speaks. Words without a time, as
    behind a blank line inside a cue, go on where they stand, with a warning. Headers, style and
    notes between cues are no words of anybody.
    """
    lines = [line.strip() for line in text.split("\n")]
    found: list[Piece] = []
    problems: list[Problem] = []
    last, at = 0.0, 0
    while at < len(lines):
        line, cue = lines[at], _cue(lines, at)
        if not line or (not cue and _cue(lines, at + 1)):
            at += 1  # a blank line, or what the next cue is called
            continue
        end = _end(lines, at)
        if not cue and _ASIDE.fullmatch(line):
            at = end
            continue
        if not cue:
            problems.append(_told(path, at + 1, line))
        payload = " ".join(lines[at if not cue and "-->" not in line else at + 1 : end])
        begins = _seconds(cue[1]) if cue else last
        time = clock(cue[1]) if cue else ""
        for label, words, said in _spoken(payload):
            ended = begins - last >= PAUSE or (found and _SENTENCE.search(found[-1].text))
            pause = bool(cue and ended)
            found.append(Piece(at + 1, said, label, words, time, cue=True, pause=pause))
        last = _seconds(cue[2]) if cue else last
        at = end
    return found, problems


def _cue(lines: list[str], at: int) -> re.Match[str] | None:
    """Return the times of a cue, if a line holds them."""
    line = lines[at] if at < len(lines) else ""
    return _CUE.fullmatch(line) if "-->" in line else None


def _end(lines: list[str], at: int) -> int:
    """Return where the block that begins `at` ends: at a blank line, or at the next cue."""
    end = at + 1
    while end < len(lines) and lines[end] and not _cue(lines, end):
        end += 1
    called = end < len(lines) and lines[end] and end - 1 > at and lines[end - 1].isdecimal()
    return end - 1 if called else end


def _spoken(payload: str) -> Iterator[tuple[str, str, str]]:
    """Yield who speaks in a cue, what, and the whole of it, for each of them."""
    before, *voices = _VOICE.split(payload)
    if said := _words(before):
        yield (*label_of(said), said)
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        if said := _words(words):
            yield _words(name or ""), said, said


def _words(payload: str) -> str:
    """Return what is said in a payload: without tags, with its character references resolved."""
    plain = html.unescape(_TAG.sub("", payload))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _seconds(time: str) -> float:
    *hours, minutes, seconds = time.replace(",", ".").split(":")
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


def _told(path: Path, line: int, text: str) -> Problem:
    if "-->" in text:
        message = "the times of this cue cannot be read; its words are kept."
        hint = "Write them as 00:00:01.000 --> 00:00:04.000."
    else:
        message = "these words stand in no cue; they go on the turn before them."
        hint = "Take out the blank line before them, or write their times above them."
    return Problem(path, line, message, hint, Level.WARNING)
