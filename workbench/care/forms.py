"""Blank forms of the care model's records, made from the records' own types."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
import types
import typing
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from workbench.base.records import Link, Prose, When
from workbench.base.strict_yaml import quoted
from workbench.care.claims import Grounded
from workbench.care.links import To

BLANK = "…"
_FOOTING = ("needs", "findings", "basis", "reference")
"""What a line rests on: asked for last, and the first of them asked for always."""


def form(cls: type, languages: Sequence[str], name: str = "") -> str:
    """Return a record of `cls` to fill in, as YAML: what must be there, then what may, commented.

    With `name` it is a record of a table under that id, without it a file of its own.
    """
    about = inspect.getdoc(cls) or ""
    head = [f"# {line}".rstrip() for line in about.split("\n")]
    body = [*_fields(cls, languages, must=True), *_fields(cls, languages, must=False)]
    if name:
        body = [f"{quoted(name)}:", *(f"  {line}" for line in body)]
    return "\n".join([*head, *body]) + "\n"


def _fields(cls: type, languages: Sequence[str], *, must: bool) -> Iterator[str]:
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = sorted(dataclasses.fields(cls), key=lambda f: f.name in _FOOTING)
    for field in fields:
        needed = field.default is field.default_factory is dataclasses.MISSING
        needed |= field.name == _FOOTING[0] and issubclass(cls, Grounded)
        if field.name not in ("id", "place") and needed == must:
            lines = _lines(field.name, hints[field.name], languages)
            yield from lines if must else (f"# {line}" for line in lines)


def _lines(name: str, hint: Any, languages: Sequence[str]) -> list[str]:
    kind, several = _plain(hint)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        inner = list(_fields(kind, languages, must=True)) or [BLANK]
        if several:
            return [f"{name}:", *_item(inner)]
        return [f"{name}:", *textwrap.indent("\n".join(inner), "  ").split("\n")]
    blank, note = _blank(kind, hint, languages)
    return [f"{name}: {f'[{blank}]' if several else blank}{f'  # {note}' if note else ''}"]


def _item(lines: Sequence[str]) -> list[str]:
    return [f"  {'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines)]


def _blank(kind: Any, hint: Any, languages: Sequence[str]) -> tuple[str, str]:
    if mark := _mark(hint):
        return BLANK, f"the id of {'an' if mark[0] in 'aeiou' else 'a'} {mark}"
    if typing.get_origin(hint) is not None and _mapping(hint):
        return "{}", "a name and its value for each"
    if isinstance(kind, type):
        if issubclass(kind, StrEnum):
            return str(next(iter(kind))), " | ".join(kind)
        if issubclass(kind, Prose):
            return f"{{{', '.join(f'{x}: {BLANK}' for x in languages)}}}", ""
        plain = {bool: "false", int: "1", float: "1", When: "2010-01"}
        if kind in plain:
            return plain[kind], ""
    return BLANK, ""


def _plain(hint: Any) -> tuple[Any, bool]:
    """Return the type of a field without its marks, and whether it holds several."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return arguments[0], False
    if origin in (typing.Union, types.UnionType):
        return _plain(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        return _plain(arguments[0])[0], True
    return (Link if hint is Link else hint), False


def _mark(hint: Any) -> str:
    for mark in getattr(hint, "__metadata__", ()):
        if isinstance(mark, To):
            return mark.kind
    return next(filter(None, map(_mark, typing.get_args(hint))), "")


def _mapping(hint: Any) -> bool:
    return "Mapping" in str(typing.get_origin(hint)) or typing.get_origin(hint) is dict
