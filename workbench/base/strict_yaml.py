"""Strict YAML: the one reader of the project. Scalars stay text and every node knows its line.

YAML guesses (`on` is true, `9:05` is 545, the last of two equal keys wins) and can attack
(aliases, tags, nesting). Here nothing is guessed: anchors, aliases, tags, repeated or lookalike
keys, several documents and deep nesting are problems with path and line.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

from workbench.base.problems import Problem

DEPTH = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not allow, and U+0085, U+2028 and U+2029: it would end a line there, unseen."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w-]*\w)?")
_FLAT = re.compile(r"([a-z]{1,40}): ([A-Za-z0-9][A-Za-z0-9_-]{0,79})")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it stands in the file; `quoted` tells `"null"` from `null`."""

    value: str
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in the order of the file, each with its line, and their nodes."""

    items: dict[str, Node]
    line: int
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, line: int, message: str, hint: str = "") -> None:
        self.line, self.message, self.hint = line, message, hint


def parse(text: str, path: Path) -> tuple[Mapping, list[Problem]]:
    """Parse one YAML document whose top level is a mapping; pure: no file is read.

    A file that cannot be read as a whole gives an empty mapping and one problem.
    """
    problems: list[Problem] = []
    if odd := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        code = f"{ord(odd[0]):04X}"
        hint = f"Remove it; in double quotes it can be written \\u{code.lower()}."
        message = f"character U+{code} is not allowed in YAML."
        return Mapping({}, 1), [Problem(path, line, message, hint)]
    if flat := _flat(text):
        return flat, []
    try:
        node = _document(yaml.parse(text, Loader=_LOADER), path, problems)
    except _Refused as refused:
        return Mapping({}, 1), [Problem(path, refused.line, refused.message, refused.hint)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        why = error.problem or "not YAML"
        if text.split("\n")[line - 1 : line] and text.split("\n")[line - 1].lstrip(" ")[:1] == "\t":
            why = "a tab indents this line"
        return Mapping({}, 1), [Problem(path, line, f"{why}.", _yaml_hint(why))]
    if isinstance(node, Mapping):
        return node, problems
    if node is None:
        return Mapping({}, 1), problems
    message = "the file must hold `key: value` lines at its top level."
    return Mapping({}, 1), [*problems, Problem(path, node.line, message)]


def _flat(text: str) -> Mapping | None:
    """Return a text that plainly is nothing but lines `key: word`; None where it may be more.

    Most front matters are, and this is ten times as fast as asking YAML, which says the same.
    """
    items, lines = dict[str, Node](), dict[str, int]()
    for number, line in enumerate(text.split("\n"), 1):
        match = _FLAT.fullmatch(line)
        if line and (not match or match[1] in items):
            return None
        if match:
            items[match[1]], lines[match[1]] = Scalar(match[2], number), number
    return Mapping(items, min(lines.values()), lines) if items else None


def quoted(text: str) -> str:
    """Return `text` as one scalar on one line, in quotes unless it is a plain word."""
    if _PLAIN.fullmatch(text) and text != "null":
        return text
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda odd: f"\\u{ord(odd[0]):04x}", written)


def _yaml_hint(why: str) -> str:
    if "tab" in why or "\\t" in why:
        return "Indent with spaces; tabs are not allowed."
    if "mapping values" in why:
        return 'Put text that holds ": " in double quotes.'
    return "Look at this line and the one before it: quotes, colons, indentation."


def _document(events: Iterator[yaml.Event], path: Path, problems: list[Problem]) -> Node | None:
    seen = False
    node: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                hint = "Remove `---` or split the file."
                raise _Refused(_line(event), "holds a second document.", hint)
            seen = True
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event, events, path, problems, 1)
    return node


def _node(
    event: yaml.NodeEvent, events: Iterator[yaml.Event], path: Path, problems: list[Problem], n: int
) -> Node:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise _Refused(line, "anchors (&) and aliases (*) are not allowed.", "Write the text out.")
    if not isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
        raise _Refused(line, "not understood.")
    if event.tag is not None and event.tag != "!":
        raise _Refused(line, "tags (!) are not allowed.", "Put the text in double quotes.")
    if n > DEPTH:
        raise _Refused(line, f"nested deeper than {DEPTH} levels.", "Flatten it.")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line, bool(event.style))
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            assert isinstance(inner, yaml.NodeEvent)
            items.append(_node(inner, events, path, problems, n + 1))
        return Sequence(tuple(items), line)
    found: dict[str, Node] = {}
    lines: dict[str, int] = {}
    while not isinstance(inner := next(events), yaml.MappingEndEvent):
        assert isinstance(inner, yaml.NodeEvent)
        name = _node(inner, events, path, problems, n + 1)
        value_event = next(events)
        assert isinstance(value_event, yaml.NodeEvent)
        value = _node(value_event, events, path, problems, n + 1)
        if not isinstance(name, Scalar):
            problems.append(Problem(path, name.line, "a key must be a plain text."))
            continue
        key = unicodedata.normalize("NFC", name.value).strip()
        if key in found:
            message = f"the key '{key}' stands twice (first on line {lines[key]})."
            problems.append(Problem(path, name.line, message, "Keep one of them."))
            continue
        if mixed := _mixed_script(key):
            message = f"the key '{key}' mixes alphabets ({mixed})."
            problems.append(Problem(path, name.line, message, "Type it again in one alphabet."))
        found[key], lines[key] = value, name.line
    return Mapping(found, line, lines)


@lru_cache(maxsize=1024)
def _mixed_script(key: str) -> str:
    scripts = {unicodedata.name(c, "?").split()[0] for c in key if c.isalpha()}
    return " and ".join(sorted(scripts)) if len(scripts) > 1 else ""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
