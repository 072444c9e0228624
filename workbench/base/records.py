"""From strict YAML to frozen records: a dataclass is the form of a file, its type hints the rules.

Scalars arrive as text and are converted here, by the field's type, so `on`, `no` and `9:05` never
turn into something else. What does not fit becomes a problem with the line of the value.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import math
import re
import types
import typing
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from workbench.base.languages import LANGUAGES
from workbench.base.problems import Level, Problem, near_miss
from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import Node, Scalar
from workbench.base.strict_yaml import Sequence as SequenceNode

R = TypeVar("R")
_MISSING = object()
_BOOL = {"true": True, "false": False}
_LOOKS_LIKE_BOOL = {
    "on": "true", "yes": "true", "y": "true", "kyllä": "true",
    "off": "false", "no": "false", "n": "false", "ei": "false",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file and a line counted from 1."""

    path: Path
    line: int

    def problem(self, message: str, hint: str = "", level: Level = Level.ERROR) -> Problem:
        """Return a problem in this place."""
        return Problem(self.path, self.line, message, hint, level)


class Link(str):
    """The name of another thing, which remembers where it was written."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, name: str, place: Place) -> Link:
        """Make a link called `name` that stands in `place`."""
        link = super().__new__(cls, name)
        link.place = place
        return link

    def __getnewargs__(self) -> tuple[str, Place]:  # type: ignore[override]  # str gives less
        return str(self), self.place


class Verbatim(str):
    """A text to the letter, with the blanks at its ends."""

    __slots__ = ()


class When(str):
    """A year, month or day as ISO text: `2010`, `2010-03` or `2010-03-15`."""

    __slots__ = ()


class Prose(Mapping[str, str]):
    """A text in one or more languages; `prose.say("sv")` falls back to the first there is."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> typing.Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._texts!r})"

    def say(self, language: str) -> str:
        """Return the text in `language`, else in the first language there is, else nothing."""
        return self._texts.get(language) or next(iter(self._texts.values()), "")


class Label(Prose):
    """A text that must exist in every language of the study."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Reader:
    """Reads records from one file; problems collect in the list it was given.

    `languages` are those of the study, in which every `Label` must exist; texts in the workbench's
    other ones may stand there still.
    """

    path: Path
    problems: list[Problem]
    languages: Sequence[str] = ()

    def add(self, line: int, message: str, hint: str = "") -> None:
        """Note a problem on `line` of this file."""
        self.problems.append(Problem(self.path, line, message, hint))

    def record(self, cls: type[R], node: Node, **known: object) -> R | None:
        """Return `node` as a `cls`, or None if a required field is missing or wrong.

        `known` gives fields that do not stand in the node (an id, say). A field called `place`
        receives the file and line. `cls.REFUSES` says of some keys why they must not stand. All
        problems of the node are noted, not only the first.
        """
        if not isinstance(node, MappingNode):
            self.add(node.line, f"expected `key: value` lines for {_name(cls)}.")
            return None
        hints, fields = _form(cls)  # type: ignore[arg-type]  # every class is hashable
        values: dict[str, object] = dict(known)
        if hints.get("place") is Place:
            values["place"] = Place(self.path, node.line)
        allowed = [n for n in fields if n not in values]
        for key, child in node.items.items():
            if key in allowed:
                if (value := self.value(hints[key], child, key)) is not _MISSING:
                    values[key] = value
            elif reason := getattr(cls, "REFUSES", {}).get(key):
                self.add(node.lines[key], f"'{key}' is refused: {reason}", "Remove the line.")
            else:
                message = f"unknown key '{key}' in {_name(cls)}."
                self.add(node.lines[key], message, near_miss(key, allowed) or _keys(allowed))
        complete = True
        for name, field in fields.items():
            has_default = (
                field.default is not dataclasses.MISSING
                or field.default_factory is not dataclasses.MISSING
            )
            if name in values or has_default:
                continue
            complete = False
            if name not in node.items:
                self.add(node.line, f"'{name}' is missing in {_name(cls)}.", f"Add `{name}: …`.")
        return cls(**values) if complete else None

    def table(self, cls: type[R], node: Node, key: str = "id") -> dict[str, R]:
        """Return a mapping of ids to records; each record gets its id as field `key`."""
        if not isinstance(node, MappingNode):
            self.add(node.line, f"expected `id:` lines, each with {_name(cls)} below it.")
            return {}
        found = {}
        for name, child in node.items.items():
            record = self.record(cls, child, **{key: name})
            if record is not None:
                if isinstance(getattr(record, "place", None), Place):
                    place = Place(self.path, node.lines[name])
                    record = dataclasses.replace(record, place=place)  # type: ignore[type-var]
                found[name] = record
        return found

    def texts(self, node: Node, key: str) -> tuple[str, ...]:
        """Return `node`, one value or a list of them, as texts."""
        values = self._tuple(str, node, key)
        return () if values is _MISSING else values

    def value(self, hint: Any, node: Node, key: str) -> Any:
        """Return `node` converted to the type `hint`, or a marker after noting a problem."""
        if hint is str and isinstance(node, Scalar):
            return self._scalar(hint, node, key)
        if hint is object:
            return _plain(node)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            if isinstance(node, Scalar) and not node.quoted and node.value in ("", "null", "~"):
                return None
            (inner,) = (a for a in arguments if a is not type(None))
            return self.value(inner, node, key)
        if isinstance(hint, type) and issubclass(hint, Prose):
            return self._prose(hint, node, key)
        if origin is tuple:
            return self._tuple(arguments[0], node, key)
        if origin in (dict, Mapping):
            return self._mapping(arguments[0], arguments[1], node, key)
        if dataclasses.is_dataclass(hint):
            record = self.record(hint, node)  # type: ignore[arg-type]
            return _MISSING if record is None else record
        if not isinstance(node, Scalar):
            self.add(node.line, f"'{key}' must be one value, not several.", "Keep one of them.")
            return _MISSING
        return self._scalar(hint, node, key)

    def _scalar(self, hint: Any, node: Scalar, key: str) -> Any:
        if hint is Verbatim:
            return Verbatim(node.value)
        text = node.value.strip()
        if not node.quoted and text in ("", "null", "~"):
            self.add(node.line, f"'{key}' is empty.", "Write a value or remove the line.")
            return _MISSING
        if hint is Link:
            return Link(text, Place(self.path, node.line))
        if hint is When:
            return self._when(text, node.line, key)
        if hint is bool:
            if text in _BOOL:
                return _BOOL[text]
            wanted = _LOOKS_LIKE_BOOL.get(text.lower(), "true or false")
            self.add(node.line, f"'{key}': '{text}' is not true or false.", f"Write {wanted}.")
            return _MISSING
        if hint in (int, float):
            try:
                number = hint(text)
                if not math.isfinite(number):
                    raise ValueError
            except (ValueError, OverflowError):
                self.add(node.line, f"'{key}': '{text}' is not a number.")
                return _MISSING
            return number
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            if text in [m.value for m in hint]:
                return hint(text)
            known = [m.value for m in hint]
            self.add(node.line, f"'{key}' cannot be '{text}'.", near_miss(text, known))
            return _MISSING
        return text

    def _when(self, text: str, line: int, key: str) -> Any:
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
        try:
            if match is None:
                raise ValueError
            datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            hint = "Write 2010, 2010-03 or 2010-03-15."
            self.add(line, f"'{key}': '{text}' is not a date.", hint)
            return _MISSING
        return When(text)

    def _tuple(self, inner: Any, node: Node, key: str) -> Any:
        items = node.items if isinstance(node, SequenceNode) else (node,)
        if isinstance(node, MappingNode) and not (
            dataclasses.is_dataclass(inner)
            or (isinstance(inner, type) and issubclass(inner, Prose))
        ):
            self.add(node.line, f"'{key}' must be a list.", "Put `- ` before each item.")
            return _MISSING
        if isinstance(node, Scalar) and not node.quoted and node.value in ("", "null", "~"):
            return ()
        values = [self.value(inner, item, key) for item in items]
        return tuple(v for v in values if v is not _MISSING)

    def _mapping(self, outer: Any, inner: Any, node: Node, key: str) -> Any:
        if not isinstance(node, MappingNode):
            self.add(node.line, f"'{key}' must hold `key: value` lines.")
            return _MISSING
        values = {k: self.value(inner, child, k) for k, child in node.items.items()}
        found = {k: v for k, v in values.items() if v is not _MISSING}
        if outer is Link:
            return {Link(k, Place(self.path, node.lines[k])): v for k, v in found.items()}
        return found

    def _prose(self, cls: type[Prose], node: Node, key: str) -> Any:
        if isinstance(node, Scalar) and node.value.strip():
            if issubclass(cls, Label) and len(self.languages) > 1:
                wanted = ", ".join(f"{language}: …" for language in self.languages)
                hint = f"Write {key}: {{{wanted}}}."
                self.add(node.line, f"'{key}' needs a text for each language.", hint)
            return cls({self.languages[0] if self.languages else "fi": node.value.strip()})
        if not isinstance(node, MappingNode):
            self.add(node.line, f"'{key}' must be a text.")
            return _MISSING
        texts = {}
        for language, child in node.items.items():
            if not isinstance(child, Scalar) or not child.value.strip():
                message = f"'{key}' has no text in '{language}'."
                self.add(node.lines[language], message, "Write it between quotation marks.")
            elif self.languages and language not in {*self.languages, *LANGUAGES}:
                hint = near_miss(language, self.languages)
                self.add(node.lines[language], f"'{key}' has no language '{language}'.", hint)
            else:
                texts[language] = child.value.strip()
        missing: Collection[str] = [x for x in self.languages if x not in node.items]
        if issubclass(cls, Label) and missing:
            names = ", ".join(missing)
            hint = f"Add {', '.join(f'{x}: …' for x in missing)}."
            self.add(node.line, f"'{key}' is not given in {names}.", hint)
        return cls(texts) if texts else _MISSING


def _plain(node: Node) -> object:
    """Return a node as it stands, for whoever knows its type: a text, nothing, or several."""
    if isinstance(node, MappingNode):
        return {key: _plain(child) for key, child in node.items.items()}
    if isinstance(node, SequenceNode):
        return tuple(map(_plain, node.items))
    return None if not node.quoted and node.value in ("", "null", "~") else node.value


@functools.cache
def _form(cls: type) -> tuple[dict[str, Any], dict[str, dataclasses.Field[Any]]]:
    """Return the type hints and the fields of a dataclass."""
    fields = dataclasses.fields(cls)
    return typing.get_type_hints(cls), {f.name: f for f in fields}


def _name(cls: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__.strip("_")).lower()


def _keys(names: Sequence[str]) -> str:
    return f"Known keys: {', '.join(names)}."
