"""What widgets and the browser say to one another: acts asked for, answers to every view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget

from workbench.base.languages import said
from workbench.base.problems import WorkbenchError
from workbench.coding.codebook import Code, Codebook
from workbench.coding.desk import CannotCode, Key

Answer = dict[str, object]


class Widget(anywidget.AnyWidget):
    """A face of files: what its browser asks is done and every view is told what became of it.

    A widget says what an act is answered with (`answer`), and how things stand where one was
    refused (`standing`). Nothing is synced state: a saved notebook carries what it shows as text.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        super().__init__()
        self.on_msg(self._hear)

    def answer(self, content: Mapping[str, Any]) -> Answer:
        """Do what the browser asks and return what to tell, or nothing; may raise in words."""
        raise NotImplementedError

    def standing(self) -> Answer:
        """Return what a view needs to show things as they are."""
        raise NotImplementedError

    def _hear(self, _: object, content: dict[str, Any], __: object) -> None:
        try:
            told = self.answer(content)
        except WorkbenchError as error:
            where = getattr(error, "where", 0)
            why = said(error, self.language)
            told = {"kind": "refused", "why": why, "where": where, **self.standing()}
        if told:
            self.send({**told, "id": content.get("id")})


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
