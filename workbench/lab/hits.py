"""Hits of a search in their context, coded with one key, as a widget for JupyterLab."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workbench.base.languages import dictionary, words
from workbench.coding.codings import Coding, Passage, Standing
from workbench.coding.desk import CannotCode, Key
from workbench.coding.desks import Desks, Named
from workbench.concordance.kwic import Concordance, Hit, Index, search
from workbench.lab.bar import Bar, usual
from workbench.lab.messages import Answer, Widget, book, do, utf16
from workbench.lab.modules import module, style
from workbench.study import Study, Unknown
from workbench.teamwork import seen_by

WORDS = ("coder_", "hits_", "no_answer", "no_room")
PAGE = 200


class Hits(Widget):
    """Search the material and code what is found, hit by hit or all that are marked, by key.

    `query` is in the language of `search`. Every act is in the coder's files when it shows, and
    can be undone in whatever document it was. The codes `pinned` keep the first number keys. The
    browser holds what it is told by message, never as synced state: a saved notebook carries
    neither transcript nor codings. Raises `Unknown` for a coder or code the study does not have and
    `BadQuery` for a query that cannot be read.
    """

    _esm = module("palette.js", "wire.js", "hits.js")
    _css = style("hits.css")

    def __init__(
        self,
        study: Study,
        coder: str,
        query: str = "",
        language: str = "",
        *,
        pinned: Iterable[str] = (),
    ) -> None:
        self.study = seen_by(study, coder)
        self.language = language or study.settings.languages[0]  # the first search speaks already
        self.desks = Desks(study.documents, coder, study.codebook)
        kept = tuple(pinned)
        for code in kept:
            if code not in study.codebook.content:
                raise Unknown("code", code, study.codebook.content)
        self.bar = Bar(kept, usual(self.study, coder))
        self.index = Index(self.study)
        self.found: Concordance | None = None
        self._places: dict[tuple[str, int, int, int], Hit] = {}
        self._turns: set[tuple[str, int]] = set()
        if query.strip():
            self._find(query)
        super().__init__(self.language)

    def __repr__(self) -> str:
        found = f": {self.found.query!r}, {len(self.found.hits)} hits" if self.found else ""
        return f"<Hits of {self.desks.coder}{found}>"

    def answer(self, content: Mapping[str, Any]) -> Answer:
        """Do an act; each has its own answer."""
        told = do(self._acts(), content)
        return told if isinstance(told, dict) else {}

    def _acts(self) -> dict[str, Callable[..., Answer]]:
        return {
            "hello": self._hello,
            "search": self._search,
            "more": self._more,
            "code": self._code,
            "facet": self._facet,
            "uncode": self._uncode,
            "take": self._take,
            "undo": self._undo,
            "redo": self._redo,
        }

    # ---- what is found -------------------------------------------------------------------------

    def _find(self, query: str) -> None:
        """Search among the codings as they are now; on a bad query what was found stays."""
        self.index.coded(self._codings())
        self.found = search(self.index, query, self.language)
        self._places = {_place(hit): hit for hit in self.hits}
        self._turns = {place[:2] for place in self._places}

    def _codings(self) -> Iterable[Coding]:
        opened = self.desks.opened
        for c in self.study.codings:
            if c.coder != self.desks.coder or c.document not in opened:
                yield c
        for desk in opened.values():
            yield from desk.codings

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return what the last search found, in the order it is shown."""
        return self.found.hits if self.found else ()

    def _hello(self) -> Answer:
        say = words(self.language)
        return {
            "kind": "all",
            "coder": self.desks.coder,
            "language": self.language,
            **book(self.study.codebook, self.language),
            "say": {key: say(key) for key in dictionary() if key.startswith(WORDS)},
            **self.bar.told(),
            **self._list(),
        }

    def _search(self, query: str) -> Answer:
        self.desks.close()
        self._find(query)
        return {"kind": "hits", **self._list()}

    def _list(self) -> Answer:
        found = self.found
        return {
            "query": found.query if found else "",
            "caption": found.caption if found else "",
            "total": len(self.hits),
            **self._page(0),
        }

    def _more(self, start: int) -> Answer:
        return {"kind": "more", **self._page(start)}

    def _page(self, start: int) -> Answer:
        """Return the next hits with the turns they stand in and what is coded there."""
        page = self.hits[start : start + PAGE]
        turns = dict.fromkeys((h.passage.document, h.passage.turn) for h in page)
        return {
            "from": start,
            "hits": [self._shown(h) for h in page],
            "texts": {_name(*turn): self._text(*turn) for turn in turns},
            "turns": self._by_turn(turns),
        }

    def _shown(self, hit: Hit) -> Answer:
        segment = self.study.segments[hit.segment].label.say(self.language) if hit.segment else ""
        text = self._turn(hit)
        spans = {scope: _passage(hit, scope, text) for scope in ("word", "sentence", "turn")}
        return {
            "place": list(_place(hit)),
            "speaker": hit.speaker,
            "segment": segment,
            "spans": {s: [utf16(text, p.start), utf16(text, p.end)] for s, p in spans.items()},
        }

    def _turn(self, hit: Hit) -> str:
        return self.study.documents[hit.passage.document].turns[hit.passage.turn].text

    def _text(self, document: str, turn: int) -> list[object]:
        found = self.study.documents[document]
        said = found.turns[turn]
        return [said.text, found.language, found.verbatim(said), said.time]

    # ---- what is coded -------------------------------------------------------------------------

    def _by_turn(self, turns: Iterable[tuple[str, int]]) -> dict[str, list[list[object]]]:
        """Return this coder's codings in `turns`: name, start, end, facets, memo."""
        found: dict[str, list[list[object]]] = {_name(*turn): [] for turn in turns}
        for document, numbers in _grouped(turns).items():
            for key, c in self._own(document, numbers):
                if c.standing is not Standing.LOST:
                    found[_name(document, c.passage.turn)].append(
                        [[document, *key], *self._told(c)]
                    )
        return found

    def _own(self, document: str, turns: frozenset[int]) -> Iterable[tuple[Key, Coding]]:
        try:
            rows = self.desks[document].standing_in(turns)
            return [(row.line.key, row.placed) for row in rows]
        except CannotCode:  # told when somebody codes there
            own = (c for c in self.study.codings if c.coder == self.desks.coder)
            there = (c for c in own if c.document == document and c.passage.turn in turns)
            return [(c.key, c) for c in there]

    def _told(self, c: Coding) -> list[object]:
        p, text = c.passage, self.study.documents[c.document].turns[c.passage.turn].text
        return [utf16(text, p.start), utf16(text, p.end), sorted(c.facets), c.memo]

    def standing(self) -> Answer:
        """Return the turns among the hits that the last act changed, as they are now."""
        changed = {(d, n) for d, turns in self.desks.touched.items() for n in turns}
        return {"turns": self._by_turn(sorted(self._turns & changed)), **self.bar.told()}

    def _acted(self, made: Iterable[Named], key: str, **values: object) -> Answer:
        told = words(self.language)(key, **values)
        names = [[document, *key] for document, key in made]
        return {"kind": "acted", "made": names, "told": told, **self.standing()}

    def _code(self, places: list[Any], code: str, scope: str) -> Answer:
        """Code the hits at `places`, each as far as `scope` says."""
        wanted = [self._places.get(tuple(place)) for place in places]
        if None in wanted or scope not in SCOPES:
            raise CannotCode("code_no_hit")
        passages = [_passage(hit, scope, self._turn(hit)) for hit in wanted if hit]
        there = self.desks.code(passages, code)
        self.bar.take(code)
        told = "hits_coded" if self.desks.touched else "hits_already"
        return self._acted(there, told, code=self._label(code), n=len(there))

    def _facet(self, codings: list[Any], facet: str) -> Answer:
        made = self.desks.facet(map(_named, codings), facet)
        return self._acted(made, "coder_saved")

    def _uncode(self, codings: list[Any]) -> Answer:
        self.desks.uncode(map(_named, codings))
        return self._acted((), "coder_saved")

    def _take(self, code: str) -> Answer:
        """Make a code the active one without coding."""
        if code not in self.study.codebook.content or self.study.codebook[code].retired:
            raise CannotCode("code_not_in_use", code=code)
        self.desks.touched = {}
        self.bar.take(code)
        return self._acted((), "hits_taken", code=self._label(code))

    def _undo(self) -> Answer:
        done = self.desks.undo()
        return self._acted((), "hits_undone" if done else "hits_no_undo", where=self._where())

    def _redo(self) -> Answer:
        done = self.desks.redo()
        return self._acted((), "hits_redone" if done else "hits_no_redo", where=self._where())

    def _label(self, code: str) -> str:
        return self.study.codebook[code].label.say(self.language)

    def _where(self) -> str:
        touched = self.desks.touched.items()
        return ", ".join(f"{d} {' '.join(f'[{n}]' for n in sorted(turns))}" for d, turns in touched)


SCOPES: Mapping[str, Callable[[Hit, str], tuple[int, int]]] = {
    "word": lambda hit, _: (hit.passage.start, hit.passage.end),
    "sentence": lambda hit, _: (hit.sentence.start, hit.sentence.end),
    "turn": lambda _, text: (0, len(text)),
}
"""How far from a hit the passage reaches that is coded."""


def _passage(hit: Hit, scope: str, text: str) -> Passage:
    start, end = SCOPES[scope](hit, text)
    return Passage(hit.passage.document, hit.passage.turn, start, end, text[start:end])


def _place(hit: Hit) -> tuple[str, int, int, int]:
    p = hit.passage
    return p.document, p.turn, p.start, p.end


def _name(document: str, turn: int) -> str:
    return f"{document} {turn}"


def _grouped(turns: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Return the numbers of the turns by document."""
    found: dict[str, set[int]] = defaultdict(set)
    for document, turn in turns:
        found[document].add(turn)
    return {document: frozenset(numbers) for document, numbers in found.items()}


def _named(values: Any) -> Named:
    match values:
        case [str(document), int(turn), int(start), int(end), str(code)]:
            return document, (turn, start, end, code)
        case _:
            raise CannotCode("code_no_coding_named", code=values)
