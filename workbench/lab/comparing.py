"""Coders side by side, as a widget for JupyterLab: their disagreements, decided one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workbench.base.languages import dictionary, words
from workbench.base.records import Place
from workbench.coding.adjudication import BOTH, NONE, Adjudication, CannotDecide
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, Passage
from workbench.coding.comparison import How, Point
from workbench.coding.decisions import Decision
from workbench.lab.messages import Answer, Widget
from workbench.lab.modules import module
from workbench.study import Study
from workbench.teamwork import adjudicate

WORDS = ("compare_", "how_", "no_answer", "no_room")
OTHER = "other"


class Comparing(Widget):
    """See what several coders made of a document and decide where they differ.

    Every decision of `by` is on disk when it shows, and so is every undo and redo. The
    browser holds what it is told by message, never as synced state: a saved notebook carries
    neither transcript nor codings. Speaks `language`, or the first one of the study. Raises
    `Unknown` for a document the study does not have and `Sealed` while it is coded blind.
    """

    _esm = module("wire.js", "choosing.js", "comparing.js")
    _css = Path(__file__).with_name("comparing.css")

    def __init__(
        self,
        study: Study,
        document: str,
        by: str = "",
        language: str = "",
        coders: Iterable[str] = (),
    ) -> None:
        self.adjudication = adjudicate(study, document, by, coders)
        super().__init__(language or study.settings.languages[0])

    def __repr__(self) -> str:
        a = self.adjudication
        return f"<Comparing {a.document.id}: {', '.join(a.coders)}; {len(a.left)} open>"

    def answer(self, content: Mapping[str, Any]) -> Answer:
        """Decide, take back or read anew, and return how all differences stand."""
        if content.get("act") == "hello":
            return {"kind": "table", **described(self.adjudication, self.language)}
        _do(self.adjudication, content.get("act"), content.get("with"))
        return {"kind": "acted", **self.standing()}

    def standing(self) -> Answer:
        """Return the differences and what is left of them."""
        return standing(self.adjudication)


def _do(table: Adjudication, act: object, given: object) -> None:
    """Do one act; what the browser sends is as little trusted as a file."""
    match act, given:
        case "refresh", []:
            table.refresh()
        case "reopen", [str(name)]:
            table.reopen(_named(table, name))
        case "decide", [str(name), str(take), str(reason)]:
            table.decide(_named(table, name), take, reason)
        case "decide", [
            str(name),
            {"code": str(code), "facets": list(facets), "start": int(start), "end": int(end)},
            str(reason),
        ]:
            point = _named(table, name)
            passage = Passage(point.document, point.turn, start, end, "")
            place = Place(table.path, 1)
            own = Coding(passage, code, table.agreed, place, frozenset(map(str, facets)))
            table.decide(point, [own], reason)
        case "undo", []:
            table.undo()
        case "redo", []:
            table.redo()
        case _:
            raise CannotDecide("decide_act", act=act, given=given)


def _named(table: Adjudication, name: str) -> Point:
    for point in table.disagreements:
        if name_of(point) == name:
            return point
    raise CannotDecide("decide_changed")


def name_of(point: Point) -> str:
    """Return a name of the point that changes when a judgement in it does."""
    return "; ".join(
        f"{c.coder} {c.passage.turn} {c.passage.start}-{c.passage.end} {c.code} "
        f"{' '.join(sorted(c.facets))}"
        for c in point.codings
    )


def described(table: Adjudication, language: str) -> dict[str, object]:
    """Return all that a view needs, as plain data: turns, codes, points, words."""
    say = words(language)
    return {
        "document": table.document.id,
        "coders": list(table.coders),
        "by": table.by,
        "lang": table.document.language,
        "text": [
            [t.number, t.speaker, t.text, t.heading, table.document.verbatim(t)]
            for t in table.document.turns.values()
        ],
        "codes": _codes(table.codebook, language),
        "facets": {c.id: c.label.say(language) for c in table.codebook.facets.values()},
        "say": {key: say(key) for key in dictionary() if key.startswith(WORDS)},
        **standing(table),
    }


def _codes(book: Codebook, language: str) -> dict[str, dict[str, object]]:
    return {
        c.id: {
            "label": c.label.say(language),
            "definition": c.definition.say(language),
            "use_when": c.use_when.say(language) if c.use_when else "",
            "not_when": c.not_when.say(language) if c.not_when else "",
            "tree": book.trees[c.tree].label.say(language),
            "retired": bool(c.retired),
        }
        for c in book.content.values()
    }


def standing(table: Adjudication) -> dict[str, object]:
    """Return the points with their decisions, how many are left and what can be undone, redone."""
    points = [_shown(table, p) for p in table.points]
    return {"points": points, "left": len(table.left), "steps": list(table.steps)}


def _shown(table: Adjudication, point: Point) -> dict[str, object]:
    text = table.document.turns[point.turn].text
    decision = table.decisions.on(point) if point.how is not How.SAME else None
    return {
        "id": name_of(point),
        "turn": point.turn,
        "how": point.how.value,
        "codings": [{"coder": c.coder, **_plain(c, text)} for c in point.codings],
        "decision": decision
        and {
            "agreed": [_plain(c, text) for c in decision.agreed],
            "take": _taken(table, point, decision),
            "reason": decision.reason,
            "by": decision.by,
            "date": decision.date,
        },
    }


def _plain(c: Coding, text: str) -> dict[str, object]:
    """Return a coding with its offsets in UTF-16, as the browser counts."""
    start, end = (
        len(text[:at].encode("utf-16-le")) // 2 for at in (c.passage.start, c.passage.end)
    )
    facets = sorted(c.facets)
    return {"start": start, "end": end, "code": c.code, "facets": facets, "memo": c.memo}


def _taken(table: Adjudication, point: Point, decision: Decision) -> str:
    """Return which choice a decision was: the first that gives the same codings."""
    agreed = {(c.key, c.facets) for c in decision.agreed}
    for take in (NONE, *table.coders, BOTH):
        if {(c.key, c.facets) for c in table.taken(point, take)} == agreed:
            return take
    return OTHER
