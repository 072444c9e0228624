"""What widgets and the browser say to one another: the codebook told, an act done by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.coding.codebook import Code, Codebook
from workbench.coding.desk import CannotCode, Key


def do(acts: Mapping[str, Callable[..., object]], content: Mapping[str, Any]) -> object:
    """Do one act and return its result; what the browser sends is as little trusted as a file."""
    name, given = str(content.get("act")), content.get("with")
    if name not in acts or not isinstance(given, list):
        raise CannotCode("code_no_act", act=name)
    arguments = [_key(a) if isinstance(a, list) and len(a) == 4 else a for a in given]
    try:
        return acts[name](*arguments)
    except TypeError as error:
        raise CannotCode("code_not_with", act=name, given=given) from error


def _key(values: list[Any]) -> Key:
    turn, start, end, code = values
    return turn, start, end, code


def book(codebook: Codebook, language: str) -> dict[str, object]:
    """Return the codebook as plain data: trees by id, content codes and facets in order."""
    return {
        "trees": {t.id: t.label.say(language) for t in codebook.trees.values()},
        "codes": [_shown(c, language) for c in codebook.content.values()],
        "facets": [_shown(c, language) for c in codebook.facets.values()],
    }


def _shown(code: Code, language: str) -> dict[str, object]:
    return {
        "id": code.id,
        "tree": code.tree,
        "parent": code.parent,
        "label": code.label.say(language),
        "definition": code.definition.say(language),
        "use_when": code.use_when.say(language) if code.use_when else "",
        "not_when": code.not_when.say(language) if code.not_when else "",
        "example": code.example,
        "retired": bool(code.retired),
    }


def utf16(text: str, at: int) -> int:
    """Return where the code point `at` of a text stands as the browser counts."""
    return len(text[:at].encode("utf-16-le")) // 2
