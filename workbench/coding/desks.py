"""One coder's desks in many documents, each opened when it is needed, with one history of acts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from workbench.base.files import Changed
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, Passage
from workbench.coding.desk import CannotCode, Desk, Key
from workbench.material.documents import Document

Named = tuple[str, Key]
"""What names a coding in the study: its document, and its key there."""


class Desks:
    """The codings of `coder` in `documents`.

    An act may touch several documents: it is in all their files before it returns or, where one
    desk refuses, in none, and is undone and redone as one. What was done at a desk before it had
    to read its file anew (`Changed`) cannot be undone any more.
    """

    def __init__(self, documents: Mapping[str, Document], coder: str, codebook: Codebook) -> None:
        self.documents = documents
        self.coder = coder
        self.codebook = codebook
        self.touched: dict[str, frozenset[int]] = {}
        """The turns whose codings the last act changed, by document."""
        self._open: dict[str, Desk] = {}
        self._undo: list[tuple[str, ...]] = []
        self._redo: list[tuple[str, ...]] = []

    def __getitem__(self, document: str) -> Desk:
        """Return the desk of a document; raises `CannotCode` if the coder's file is unreadable."""
        if document not in self.documents:
            raise CannotCode("code_no_document", document=document)
        if document not in self._open:
            self._open[document] = Desk(self.documents[document], self.coder, self.codebook)
        return self._open[document]

    @property
    def opened(self) -> Mapping[str, Desk]:
        """Return the desks that are open, by document."""
        return self._open

    def code(self, passages: Iterable[Passage], code: str) -> tuple[Named, ...]:
        """Code several passages with one act; those coded so already stay as they are.

        Return the codings that are there now. If nothing is new, nothing is `touched`.
        """
        places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for p in passages:
            places[p.document].append((p.turn, p.start, p.end))
        there: list[Named] = []

        def coded(document: str, desk: Desk) -> bool:
            before = len(desk.rows)
            there.extend((document, key) for key in desk.code_each(places[document], code))
            return len(desk.rows) > before

        self._act(places, coded)
        return tuple(there)

    def facet(self, codings: Iterable[Named], facet: str) -> tuple[Named, ...]:
        """Give codings a facet with one act, or take it away where all of them have it."""
        keys = _by_document(codings)
        given = not all(
            facet in c.facets
            for document, wanted in keys.items()
            for c in _placed(self[document], wanted)
        )
        made: list[Named] = []

        def faceted(document: str, desk: Desk) -> bool:
            changed = desk.facet_each(keys[document], facet, given)
            made.extend((document, c.key) for c in changed)
            return True

        self._act(keys, faceted)
        return tuple(made)

    def uncode(self, codings: Iterable[Named]) -> None:
        """Take codings away with one act."""
        keys = _by_document(codings)

        def uncoded(document: str, desk: Desk) -> bool:
            desk.uncode(*keys[document])
            return True

        self._act(keys, uncoded)

    def undo(self) -> bool:
        """Take the last act back in all its documents; tell whether there was one."""
        return self._step(self._undo, self._redo, Desk.undo, Desk.redo)

    def redo(self) -> bool:
        """Do again what was taken back last; tell whether there was something."""
        return self._step(self._redo, self._undo, Desk.redo, Desk.undo)

    def close(self) -> None:
        """Let go of desks whose file somebody changed, unless an act can be undone there.

        They read their files anew when they are needed next.
        """
        needed = {name for act in (*self._undo, *self._redo) for name in act}
        for name in [n for n, desk in self._open.items() if n not in needed and desk.outdated]:
            del self._open[name]

    def _act(self, documents: Iterable[str], act: Callable[[str, Desk], bool]) -> None:
        changed = self._all(documents, act, Desk.undo)
        if changed:
            self._undo.append(changed)
            self._redo.clear()

    def _step(
        self,
        here: list[tuple[str, ...]],
        there: list[tuple[str, ...]],
        act: Callable[[Desk], bool],
        back: Callable[[Desk], bool],
    ) -> bool:
        while here:
            changed = self._all(here[-1], lambda _, desk: act(desk), back)
            here.pop()
            if changed:
                there.append(changed)
                return True
        self.touched = {}
        return False

    def _all(
        self,
        documents: Iterable[str],
        act: Callable[[str, Desk], bool],
        back: Callable[[Desk], bool],
    ) -> tuple[str, ...]:
        """Act at every desk, or at none where one refuses; return where something changed."""
        done: list[str] = []
        name = ""
        self.touched = {}
        try:
            for name in documents:
                if act(name, self[name]):
                    done.append(name)
        except Exception as error:
            again = {name} if isinstance(error, Changed) else set()
            for name in reversed(done):
                try:
                    back(self[name])
                except Changed:
                    again.add(name)
            self.touched = {name: self[name].touched for name in again}
            if done:
                self._redo.clear()  # a desk that acted and went back has lost its own
            raise
        self.touched = {name: self[name].touched for name in done}
        return tuple(done)


def _by_document(codings: Iterable[Named]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = defaultdict(list)
    for document, key in dict.fromkeys(codings):
        found[document].append(key)
    return found


def _placed(desk: Desk, keys: Iterable[Key]) -> Iterable[Coding]:
    wanted = set(keys)
    return (row.placed for row in desk.rows if row.line.key in wanted)
