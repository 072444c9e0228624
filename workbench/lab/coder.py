"""The coder: a document, its codes and one coder's desk, as a widget for JupyterLab."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import anywidget

from workbench.base.languages import dictionary, words
from workbench.base.problems import WorkbenchError
from workbench.coding.codebook import Code
from workbench.coding.codings import Coding
from workbench.coding.desk import CannotCode, Desk, Key
from workbench.study import Study, Unknown

WORDS = "coder_"


class Coder(anywidget.AnyWidget):
    """Code a document with mouse or keyboard; every act is in the coder's TSV when it shows.

    The browser holds what it is told by message, never as synced state: a saved notebook carries
    neither transcript nor codings. Raises `Unknown` for a document the study does not have, and
    `CannotCode` if the coder's file has lines that cannot be read.
    """

    _esm = Path(__file__).with_name("coder.js")
    _css = Path(__file__).with_name("coder.css")

    def __init__(self, study: Study, document: str, coder: str, language: str = "fi") -> None:
        if document not in study.documents:
            raise Unknown("document", document, study.documents)
        self.desk = Desk(study.documents[document], coder, study.codebook)
        self.language = language
        super().__init__()
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return f"<Coder of {self.desk.coder}: {self.desk.document.id}>"

    def _hear(self, _: object, content: dict[str, Any], __: object) -> None:
        """Do what the browser asks and tell every view what changed."""
        asked = content.get("id")
        if content.get("act") == "hello":
            self.send({"kind": "desk", **described(self.desk, self.language)})
            return
        before = {(line, c) for line, c in self._pairs()}
        try:
            made = _do(self.desk, content)
        except WorkbenchError as error:
            every = dict.fromkeys(self.desk.document.turns)
            self.send({"kind": "refused", "id": asked, "why": str(error), **self._turns(every)})
            return
        after = {(line, c) for line, c in self._pairs()}
        changed = sorted({c.passage.turn for _, c in before ^ after})
        key = list(made.key) if isinstance(made, Coding) else None
        self.send({"kind": "acted", "id": asked, "made": key, **self._turns(changed)})

    def _pairs(self) -> Iterable[tuple[Coding, Coding]]:
        return zip(self.desk.sheet.lines, self.desk.sheet.placed, strict=True)

    def _turns(self, turns: Iterable[int]) -> dict[str, object]:
        return {"turns": by_turn(self.desk, turns)}


def _do(desk: Desk, content: dict[str, Any]) -> Coding | None:
    """Do one act; what the browser sends is as little trusted as a file."""
    acts: dict[str, Callable[..., object]] = {
        "code": desk.code,
        "uncode": desk.uncode,
        "facet": desk.facet,
        "memo": desk.memo,
        "recode": desk.recode,
        "stretch": desk.stretch,
        "split": desk.split,
        "undo": desk.undo,
        "redo": desk.redo,
        "refresh": desk.refresh,
    }
    name, given = content.get("act"), content.get("with")
    if name not in acts or not isinstance(given, list):
        raise CannotCode(f"The coder knows no act '{name}'.")
    arguments = [_key(a) if isinstance(a, list) and len(a) == 4 else a for a in given]
    try:
        made = acts[name](*arguments)
    except TypeError as error:
        raise CannotCode(f"The act '{name}' cannot be done with {given}.") from error
    made = made[0] if isinstance(made, tuple) else made
    return made if isinstance(made, Coding) else None


def _key(values: list[Any]) -> Key:
    turn, start, end, code = values
    return turn, start, end, code


def described(desk: Desk, language: str) -> dict[str, object]:
    """Return all that a view needs, as plain data: turns, codes, codings, words."""
    say = words(language)
    return {
        "document": desk.document.id,
        "coder": desk.coder,
        "language": language,
        "lang": desk.document.language,
        "text": [
            [t.number, t.speaker, t.text, t.heading, desk.document.verbatim(t)]
            for t in desk.document.turns.values()
        ],
        "trees": {t.id: t.label.say(language) for t in desk.codebook.trees.values()},
        "codes": [_shown(c, language) for c in desk.codebook.content.values()],
        "facets": [_shown(c, language) for c in desk.codebook.facets.values()],
        "turns": by_turn(desk, desk.document.turns),
        "say": {key: say(key) for key in dictionary() if key.startswith(WORDS)},
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
    }


def by_turn(desk: Desk, turns: Iterable[int]) -> dict[str, list[list[object]]]:
    """Return the codings of `turns`: key in the file, start, end, facets, memo, standing."""
    found: dict[str, list[list[object]]] = {str(n): [] for n in turns}
    for line, placed in zip(desk.sheet.lines, desk.sheet.placed, strict=True):
        if (turn := str(placed.passage.turn)) in found:
            p = placed.passage
            facets = sorted(placed.facets)
            found[turn].append(
                [list(line.key), p.start, p.end, facets, placed.memo, placed.standing.value]
            )
    return found
