"""The explorer: which words stand behind which number, asked and answered in JupyterLab."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

import ipywidgets  # type: ignore[import-untyped]
import numpy as np

import workbench.reports.charts  # noqa: F401  # draws the figure
from workbench.base.languages import dictionary, words
from workbench.coding.codebook import TreeKind
from workbench.coding.codings import Coding
from workbench.coding.desk import CannotCode
from workbench.concordance.sentences import sentence_spans
from workbench.findings.columns import Ints, columns, every, narrowed
from workbench.findings.crosstab import ALL, COUNTED, Crosstab, crosstab
from workbench.findings.feedback import Heap, heaps_by_code
from workbench.findings.groups import divided
from workbench.lab.messages import Answer, Widget, book, do
from workbench.lab.modules import module, style
from workbench.material.documents import Document, Kind, Turn
from workbench.material.informants import Side
from workbench.study import Study, Unknown

T = TypeVar("T")
WORDS = ("explore_", "coder_", "people", "documents", "passages", "together", "no_room")
PAGE = 50
SHORT = 300
"""Characters of a turn that is shown whole; of a longer one the sentences around the words are."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: filters, what to count by, and the cell whose words are read.

    An empty name chooses nothing. `row` (a code) and `group` name the cell; a group without a row
    is no cell.
    """

    segment: str = ""
    side: str = ""
    kind: str = ""
    coder: str = ""
    tree: str = ""
    code: str = ""
    facets: tuple[str, ...] = ()
    by: str = "segment"
    count: str = "people"
    row: str = ""
    group: str = ALL


VIEW = ("segment", "side", "kind", "coder")
CRUMBS = (*VIEW, "tree", "code")


class Explorer(Widget):
    """Ask which people speak of what, and read the words behind every number.

    Every answer is a `crosstab` of a view of the study, whose call is shown. What was asked stays
    in the kernel, so a reloaded page goes on where it was; the browser holds what it is told by
    message, never as synced state: a saved notebook carries neither words nor pseudonyms. Only
    the figure is an output, drawn when a browser asks for it: labels and numbers of people.
    """

    _esm = module("palette.js", "wire.js", "explorer.js")
    _css = style("explorer.css")

    def __init__(self, study: Study, language: str = "fi") -> None:
        self.study = study
        every(study), columns(study)  # made now, so that no answer waits for them
        self.asked = [Question()]
        self.at = 0
        self.choices = _choices(study, language)
        self._views: dict[object, Study] = {}
        self._tables: dict[object, Crosstab] = {}
        super().__init__(language)
        self.figure = ipywidgets.Output(layout={"max_height": "34rem", "overflow": "auto"})
        self.panel = ipywidgets.VBox([self, self.figure])

    def __repr__(self) -> str:
        n, codings = len(self.study.documents), len(self.study.codings)
        return f"<Explorer of {n} documents, {codings} codings>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = self.panel._repr_mimebundle_(**kwargs)
        data, *rest = shown if isinstance(shown, tuple) else (shown,)
        named = {**data, "text/plain": repr(self)}
        return (named, *rest) if rest else named

    def answer(self, content: Mapping[str, Any]) -> Answer:
        """Do an act; each has its own answer."""
        told = do(self._acts(), content)
        return told if isinstance(told, dict) else {}

    def _acts(self) -> dict[str, Callable[..., Answer]]:
        return {
            "hello": self._hello,
            "ask": self._ask,
            "back": lambda: self._go(-1),
            "forward": lambda: self._go(1),
            "more": self._more,
            "turn": self._turn,
            "figure": self._figure,
            "draw": self._draw,
        }

    # ---- what is asked -------------------------------------------------------------------------

    @property
    def question(self) -> Question:
        """Return what is asked now."""
        return self.asked[self.at]

    @property
    def result(self) -> Crosstab:
        """Return the table that answers; made once for what was asked lately."""
        q = self.question
        here = tuple((name, value) for name in VIEW if (value := getattr(q, name)))

        def made() -> Crosstab:
            view = _once(self._views, here, lambda: narrowed(self.study, **dict(here)))
            given = {"by": q.by, "facets": q.facets, **self._rows(q), **_heard(view, q.by)}
            return crosstab(view, self.language, **given)

        return _once(self._tables, (here, q.tree, q.code, q.facets, q.by), made)

    def _rows(self, q: Question) -> dict[str, Any]:
        """Return which rows the table has: the topmost codes, a tree, or a code with its own."""
        if q.code:
            below = self.study.codebook.below(q.code)
            return {"codes": [c for c in self.study.codebook.content if c in below]}
        return {"tree": q.tree} if q.tree else {"top": True}

    def _ask(self, changes: dict[str, Any]) -> Answer:
        """Ask something else; what led here can be gone back to."""
        if not isinstance(changes, dict):
            raise CannotCode("code_not_with", act="ask", given=changes)
        question = _settled(replace(self.question, **self._proved(changes)), changes)
        before, at = self.asked, self.at
        if question != self.question:
            self.asked = [*before[: at + 1], question]
            self.at = len(self.asked) - 1
        try:
            return self._found()
        except Unknown:  # a cell the table has not
            self.asked, self.at = before, at
            raise

    def _proved(self, changes: dict[str, Any]) -> dict[str, Any]:
        known = {f.name for f in fields(Question)}
        for name, value in changes.items():
            if name not in known:
                raise Unknown("choice", str(name), known)
            if name in ("row", "group"):  # proved by the table
                if not isinstance(value, str):
                    raise CannotCode("code_not_with", act="ask", given=changes)
                continue
            values = tuple(value) if name == "facets" else (value,)
            for one in values:
                if one not in self.choices[name] and (one or name in ("facets", "by", "count")):
                    raise Unknown(name, str(one), self.choices[name])
        facets = changes.get("facets", self.question.facets)
        return {**changes, "facets": tuple(f for f in self.choices["facets"] if f in facets)}

    def _go(self, step: int) -> Answer:
        self.at = max(0, min(self.at + step, len(self.asked) - 1))
        return self._found()

    # ---- what is answered ----------------------------------------------------------------------

    def _found(self) -> Answer:
        return {"kind": "found", **self.standing()}

    def _hello(self) -> Answer:
        say = words(self.language)
        choices = {name: self.choices[name] for name in (*VIEW, "tree", "by", "count")}
        return {
            **self.standing(),
            "kind": "all",
            "language": self.language,
            **book(self.study.codebook, self.language),
            "choices": {name: list(found.items()) for name, found in choices.items()},
            "say": {key: say(key) for key in dictionary() if key.startswith(WORDS)},
        }

    def standing(self) -> Answer:
        """Return what is asked now and its answer: the table, and the first of the words."""
        q, result = self.question, self.result
        rows = self._behind()
        return {
            "question": asdict(q),
            "crumbs": self._crumbs(),
            "steps": [self.at > 0, self.at < len(self.asked) - 1],
            "figure": self.figure.layout.display != "none",
            "caption": f"{result.caption} {words(self.language)('explore_private')}",
            "groups": [[g.name, g.label] for g in result.groups[:-1]],
            "rows": self._table(),
            "told": self._told(rows),
            "apart": self._apart(),
            "call": self.call,
            **self._page(rows, 0),
        }

    def _table(self) -> list[list[object]]:
        """Return a row for each code: id, depth, tree, its three numbers, a cell for each group."""
        result, book = self.result, self.study.codebook
        count = getattr(result, self.question.count)
        of = [f"/{len(g.of)}" if self.question.count == "people" else "" for g in result.groups]
        every = len(result.groups[-1].of)
        top = min((len(book.path(c)) for c in result.codes), default=1)
        found: list[list[object]] = []
        for n, code in enumerate(result.codes):
            whole = [int(getattr(result, what)[n, -1]) for what in COUNTED]
            cells = [f"{k}{m}" for k, m in zip(count[n, :-1].tolist(), of, strict=False)]
            numbers = [f"{whole[0]}/{every}", *map(str, whole[1:])]
            depth = len(book.path(code)) - top
            found.append([code, depth, book[code].tree, numbers, cells])
        return found

    def _behind(self) -> Ints:
        """Return the rows of the codings behind the cell, or the whole table, as they were said."""
        q, result = self.question, self.result
        codes = (q.row,) if q.row else result.codes
        rows = result.behind(codes, q.group if q.row else ALL)
        cols = result.division.cols
        if (np.diff(cols.turn[rows]) >= 0).all() and not q.row:
            return rows  # a file is sorted, and a large one takes a while
        return rows[np.lexsort((cols.end[rows], cols.start[rows], cols.turn[rows]))]

    def _told(self, rows: Ints) -> str:
        """Say how many people, documents and passages stand behind what is read."""
        say, q, cols = words(self.language), self.question, self.result.division.cols
        name = q.group if q.row else ALL
        of = next(g.of for g in self.result.groups if g.name == name)
        numbers = (
            f"{_different(cols.person[rows])}/{len(of)}",
            _different(cols.document[rows]),
            len(rows),
        )
        return " · ".join(f"{say(what)} {n}" for what, n in zip(COUNTED, numbers, strict=True))

    def _apart(self) -> str:
        """Say how much direct feedback speaks of the same; nothing where that cannot be said.

        It is counted apart: neither a coder nor a kind of document chooses among feedback.
        """
        q, study, say = self.question, self.result.study, words(self.language)
        code = q.row or q.code
        if not study.feedback or q.kind or q.coder or q.group != ALL or (q.tree and not code):
            return ""
        sources = study.feedback.values()
        if code:
            items = heaps_by_code(study, sources).get(code, Heap()).items
        else:
            items = [(source.id, m, m.marks) for source in sources for m in source.rows]
        seen = [i for i in items if not q.facets or any(k.facets >= {*q.facets} for k in i[2])]
        heap = Heap(seen)
        numbers = {"feedback_items": len(heap.items), "feedback_people": len(heap.people)}
        told = " · ".join(f"{say(key)} {n}" for key, n in numbers.items())
        return f"{say('explore_apart')}: {told}"

    def _crumbs(self) -> list[list[object]]:
        """Return what is chosen: its kind, its label, and the change that takes it away."""
        q, say = self.question, words(self.language)
        found: list[list[object]] = [
            [say(f"explore_{name}"), self.choices[name][value].lstrip("– "), {name: ""}]
            for name in CRUMBS
            if (value := getattr(q, name))
        ]
        for facet in q.facets:
            label = self.choices["facets"][facet]
            rest = [f for f in q.facets if f != facet]
            found.append([say("explore_facet"), label, {"facets": rest}])
        if q.row:
            label = self.choices["code"][q.row]
            if q.group != ALL:
                label += " · " + next(g.label for g in self.result.groups if g.name == q.group)
            found.append([say("explore_cell"), label, {"row": "", "group": ALL}])
        return found

    @property
    def call(self) -> str:
        """Return the Python that gives the same table, and the same words if a cell is read."""
        q = self.question
        view = _written(**{name: getattr(q, name) for name in VIEW if getattr(q, name)})
        study = f"study.where({view})" if view else "study"
        given: dict[str, object] = {} if q.by == "segment" else {"by": q.by}
        given |= self._rows(q) | ({"facets": list(q.facets)} if q.facets else {})
        given |= _heard(self.result.study, q.by)
        language = "" if self.language == "fi" else f"{_text(self.language)}, "
        made = f"wb.crosstab({study}, {language}{_written(**given)})"
        if not q.row:
            return made
        cell = [q.row] if q.group == ALL else [q.row, q.group]
        return f"{made}.quotes({', '.join(map(_text, cell))})"

    # ---- the words -----------------------------------------------------------------------------

    def _more(self, start: int) -> Answer:
        return {
            "kind": "more",
            "question": asdict(self.question),
            **self._page(self._behind(), start),
        }

    def _page(self, rows: Ints, start: int) -> Answer:
        """Return a page of places; several codings of the same words are one place."""
        cols = self.result.division.cols
        place = np.stack([cols.turn[rows], cols.start[rows], cols.end[rows]])
        first = np.flatnonzero(np.any(np.diff(place, axis=1, prepend=-1) != 0, axis=0))
        page = first[start : start + PAGE]
        ends = np.append(first, len(rows))[1:][start : start + PAGE]
        quotes = [
            self._quote([cols.codings[n] for n in rows[a:b]])
            for a, b in zip(page, ends, strict=True)
        ]
        return {"from": start, "total": len(first), "quotes": quotes}

    def _quote(self, codings: list[Coding]) -> Answer:
        p = codings[0].passage
        document = self.study.documents[p.document]
        turn = document.turns[p.turn]
        begin, end = around(turn.text, p.start, p.end)
        return {
            "place": [p.document, p.turn, p.start, p.end],
            "who": self._who(document, turn),
            "group": self._group(codings[0]),
            "lang": document.language,
            "note": not document.verbatim(turn),
            "words": [
                ("… " if begin else "") + turn.text[begin : p.start],
                turn.text[p.start : p.end],
                turn.text[p.end : end] + (" …" if end < len(turn.text) else ""),
            ],
            "codes": [[self.choices["code"][c.code], self._angles(c), c.memo] for c in codings],
        }

    def _angles(self, coding: Coding) -> list[str]:
        return [label for f, label in self.choices["facets"].items() if f in coding.facets]

    def _who(self, document: Document, turn: Turn) -> str:
        """Name a speaker: a pseudonym, the interviewer, or the observer's own note."""
        if not document.verbatim(turn):
            return words(self.language)("explore_note")
        name = turn.speaker or document.informant
        return words(self.language)("explore_asker") if name == document.interviewer else name

    def _group(self, coding: Coding) -> str:
        """Return the base segment of who speaks, or that it is the provider."""
        study = self.study.whole or self.study
        name = study.speaker(coding)
        if base := study.segments.base_of(name):
            return study.segments[base].label.say(self.language)
        return words(self.language)(f"side_{study.informants[name].side}") if name else ""

    def _turn(self, document: str, number: int, start: int, end: int) -> Answer:
        """Return a whole turn, the words in it apart, and the turns before and after it."""
        if document not in self.study.documents:
            raise Unknown("document", str(document), self.study.documents)
        text = self.study.documents[document]
        numbers = list(text.turns)
        if number not in text.turns:
            raise Unknown(f"turn in {document}", str(number), map(str, numbers))
        at = numbers.index(number)
        turns = [text.turns[n] for n in numbers[max(0, at - 1) : at + 2]]
        parts = [
            (t.text[:start], t.text[start:end], t.text[end:]) if t.number == number else (t.text,)
            for t in turns
        ]
        shown = [
            [t.number, self._who(text, t), t.time, not text.verbatim(t), part]
            for t, part in zip(turns, parts, strict=True)
        ]
        return {"kind": "turn", "place": [document, number, start, end], "turns": shown}

    # ---- the figure ----------------------------------------------------------------------------

    def _figure(self, shown: bool) -> Answer:
        """Show the figure, or put it away."""
        self.figure.layout.display = None if shown else "none"
        if not shown:
            self.figure.outputs = ()
        return {"kind": "figure", "figure": bool(shown)}

    def _draw(self) -> Answer:
        """Draw the table that is shown; asked for once a browser has shown the table."""
        drawn = [self.result.chart().bundle] if self.result.codes else []
        self.figure.outputs = tuple(
            {"output_type": "display_data", "data": data, "metadata": {}} for data in drawn
        )
        return {}


KEPT = 20
"""Views and tables that are kept, so that going back is at once."""


def _once(made: dict[object, T], key: object, make: Callable[[], T]) -> T:
    """Return what was made for `key` lately, or make it and forget the oldest."""
    if key not in made:
        made[key] = make()
        if len(made) > KEPT:
            del made[next(iter(made))]
    return made[key]


def explore(study: Study, language: str = "fi") -> Explorer:
    """Explore a study or a view of it in JupyterLab or Notebook 7: filters, table, words, figure.

    Choose a segment, a code with those below it, facets, side, kind of material, coder and what
    to count by; press a number to read the words behind it. The call that gives the same table in
    a notebook stands below. For analysts: pseudonyms are shown and consent is not asked about.
    Raises `UnknownLanguage`.
    """
    return Explorer(study, language)


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the context of `[start, end)` begins and ends: a short turn, or sentences."""
    if len(text) <= SHORT:
        return 0, len(text)
    spans = [(a, b) for a, b in sentence_spans(text) if a < end and start < b]
    return min([start, *(a for a, _ in spans)]), max([end, *(b for _, b in spans)])


def _different(numbers: Ints) -> int:
    """Count the different numbers; below 0 is nobody."""
    return int(np.count_nonzero(np.bincount(numbers[numbers >= 0])))


def _heard(view: Study, by: str) -> dict[str, Any]:
    """Return which groups are shown, if not all: those of somebody who could have said it."""
    division = divided(view, by)
    coded = np.any(division.member, axis=0).tolist()
    names = [g.name for g, n in zip(division.groups, coded, strict=True) if g.of or n]
    return {"groups": names} if 0 < len(names) < len(division.groups) else {}


def _settled(question: Question, changes: Mapping[str, Any]) -> Question:
    """Let go of what a new choice makes meaningless: a tree beside a code, a cell elsewhere."""
    if changes.get("code"):
        question = replace(question, tree="")
    elif changes.get("tree"):
        question = replace(question, code="")
    if changes.keys() & {"code", "tree", "by", *VIEW} and not changes.get("row"):
        question = replace(question, row="", group=ALL)
    return question if question.row else replace(question, group=ALL)


def _choices(study: Study, language: str) -> dict[str, dict[str, str]]:
    """Return what may be chosen, by kind of choice: id and label."""
    say, book = words(language), study.codebook
    kinds = {d.kind for d in study.documents.values()}
    sides = {p.side for p in study.informants.values()}
    sides |= {d.side for d in study.documents.values() if d.side}
    trees = {t.id: t.label.say(language) for t in book.trees.values()}
    facets = {t: label for t, label in trees.items() if book.trees[t].kind is TreeKind.FACET}
    depth = {s.id: len(study.segments.holding(s.id)) - 1 for s in study.segments}
    own = {name: say(f"explore_{name}") for name in ("segment", "side", "kind", "coder")}
    return {
        "segment": {s.id: "– " * depth[s.id] + s.label.say(language) for s in study.segments},
        "side": {str(side): say(f"side_{side}") for side in Side if side in sides},
        "kind": {str(kind): say(kind) for kind in Kind if kind in kinds},
        "coder": {name: name for name in study.coders},
        "tree": {t: label for t, label in trees.items() if t not in facets},
        "code": {c.id: c.label.say(language) for c in book.content.values()},
        "facets": {c.id: c.label.say(language) for c in book.facets.values()},
        "by": {
            **own,
            **{name: _attribute(name, language) for name in study.settings.attributes},
            **facets,
        },
        "count": {what: say(what) for what in COUNTED},
    }


def _attribute(name: str, language: str) -> str:
    """Return the label of an attribute of informants; one the workbench does not know is its id."""
    key = f"explore_by_{name}"
    return words(language)(key) if key in dictionary() else name


def _written(**given: object) -> str:
    """Write keyword arguments as Python."""
    return ", ".join(f"{name}={_text(value)}" for name, value in given.items())


def _text(value: object) -> str:
    return str(value) if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
