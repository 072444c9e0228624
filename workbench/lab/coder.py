"""The coder: a document, its codes and one coder's desk, as a widget for JupyterLab."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from workbench.base.languages import dictionary, number, words
from workbench.coding.codings import Coding, Standing
from workbench.coding.desk import Desk
from workbench.coding.invivo import in_vivo
from workbench.concordance.suggestions import learn
from workbench.lab.messages import Answer, Widget, book, do
from workbench.lab.modules import module, style
from workbench.study import Study, Unknown
from workbench.teamwork import seen_by

WORDS = ("coder_", "no_answer", "no_room")


class Coder(Widget):
    """Code documents with mouse or keyboard; every act is in the coder's TSV when it shows.

    Begins with `document`, or with the first one in which the coder has coded nothing. The
    browser holds what it is told by message, never as synced state: a saved notebook carries
    neither transcript nor codings. Raises `Unknown` for a document or coder the study does not
    have, and `CannotCode` if the coder's file has lines that cannot be read. Others' codings can
    be shown beside, unless the document is coded blind. With `suggest` the study's codings this
    coder may see are learnt from, and the likeliest codes are shown beside chosen words, with how
    often such suggestions were right; raises `TooLittle` where there is not enough to learn from.
    """

    _esm = module("palette.js", "choosing.js", "wire.js", "coder.js")
    _css = style("coder.css")

    def __init__(
        self,
        study: Study,
        coder: str,
        document: str = "",
        language: str = "",
        *,
        suggest: bool = False,
    ) -> None:
        self.study = seen_by(study, coder)
        self.desk = self._desk(coder, document or _first_uncoded(study, coder))
        self.learnt = learn(self.study) if suggest else None
        super().__init__(language or study.settings.languages[0])

    def __repr__(self) -> str:
        return f"<Coder of {self.desk.coder}: {self.desk.document.id}>"

    def _desk(self, coder: str, document: str) -> Desk:
        if document not in self.study.documents:
            raise Unknown("document", document, self.study.documents)
        return Desk(self.study.documents[document], coder, self.study.codebook)

    def answer(self, content: Mapping[str, Any]) -> Answer:
        """Do an act and return the turns it changed, or what else it is answered with."""
        if content.get("act") == "hello":
            return self._all()
        done = do(self._acts(), content)
        if isinstance(done, dict):
            return done
        made = _made(done)
        turns = by_turn(self.desk, self.desk.touched)
        return {"kind": "acted", "made": list(made.key) if made else None, "turns": turns}

    def standing(self) -> Answer:
        """Return the codings of all turns."""
        return {"turns": by_turn(self.desk, self.desk.document.turns)}

    def _all(self) -> Answer:
        told = described(self.study, self.desk, self.language)
        return {"kind": "desk", **told, "suggests": self._trust()}

    def _trust(self) -> str:
        """Say how often suggestions were right; nothing if there are none."""
        if self.learnt is None:
            return ""
        first, right = (
            number(round(100 * x), self.language) for x in (self.learnt.first, self.learnt.right)
        )
        return words(self.language)("coder_hints_trust", first=first, right=right)

    def _acts(self) -> dict[str, Callable[..., object]]:
        desk = self.desk
        return {
            "open": self._open,
            "invivo": self._in_vivo,
            "suggest": self._suggest,
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

    def _open(self, document: str) -> Answer:
        """Go to another document; undo begins anew."""
        self.desk = self._desk(self.desk.coder, document)
        return self._all()

    def _suggest(self, turn: int, start: int, end: int) -> Answer:
        """Tell which codes the study's own codings suggest for the chosen words."""
        if self.learnt is None:
            return {}
        (found,) = self.learnt.suggested([self.desk.passage(turn, start, end)])
        among = words(self.language)(
            "coder_hints_among", n=found.among, codes=len(self.learnt.codes)
        )
        at = [turn, start, end]
        return {"kind": "suggested", "at": at, "codes": list(found.codes), "among": among}

    def _in_vivo(self, turn: int, start: int, end: int) -> Coding:
        """Make a code of the chosen words themselves, and code them with it."""
        passage = self.desk.passage(turn, start, end)
        settings = self.study.settings
        grown, code = in_vivo(
            self.study.folder, self.study.codebook, passage.quote, settings.languages
        )
        self.study = replace(self.study, codebook=grown)
        self.desk.codebook = grown
        self.send({"kind": "codes", **book(self.study.codebook, self.language)})
        return self.desk.code(turn, start, end, code)


def _made(result: object) -> Coding | None:
    """Return the coding an act gave; of two parts the first."""
    first = result[0] if isinstance(result, tuple) else result
    return first if isinstance(first, Coding) else None


def _first_uncoded(study: Study, coder: str) -> str:
    done = {c.document for c in study.codings if c.coder == coder}
    return next((d for d in study.documents if d not in done), next(iter(study.documents), ""))


def described(study: Study, desk: Desk, language: str) -> dict[str, object]:
    """Return all that a view needs, as plain data: turns, codes, codings, words."""
    say = words(language)
    document = desk.document
    return {
        "document": document.id,
        "documents": _progress(study, desk),
        "coder": desk.coder,
        "language": language,
        "lang": document.language,
        "text": [
            [t.number, t.speaker, t.text, t.heading, document.verbatim(t), t.time]
            for t in document.turns.values()
        ],
        **book(study.codebook, language),
        "turns": by_turn(desk, document.turns),
        "others": _others(study, desk),
        "lost": [[c.code, c.passage.quote] for c in desk.codings if c.standing is Standing.LOST],
        "say": {key: say(key) for key in dictionary() if key.startswith(WORDS)},
    }


def _progress(study: Study, desk: Desk) -> list[list[object]]:
    """Return id, number of turns and of coded turns for every document of the study."""
    coded: dict[str, set[int]] = defaultdict(set)
    for c in study.codings:
        if c.coder == desk.coder:
            coded[c.document].add(c.passage.turn)
    coded[desk.document.id] = {c.passage.turn for c in desk.codings}
    return [[d.id, len(d.turns), len(coded[d.id])] for d in study.documents.values()]


def by_turn(desk: Desk, turns: Iterable[int]) -> dict[str, list[list[object]]]:
    """Return the codings of `turns`: key in the file, start, end, facets, memo, standing."""
    found: dict[int, list[list[object]]] = {n: [] for n in turns}
    for row in desk.standing_in(found):
        found[row.placed.passage.turn].append([list(row.line.key), *_told(row.placed)])
    return {str(n): told for n, told in found.items()}


def _told(c: Coding) -> list[object]:
    return [c.passage.start, c.passage.end, sorted(c.facets), c.memo, c.standing.value]


def _others(study: Study, desk: Desk) -> dict[str, dict[str, list[list[object]]]]:
    """Return the codings of the other coders in the form of `by_turn`; they are only shown."""
    found: dict[str, dict[str, list[list[object]]]] = defaultdict(lambda: defaultdict(list))
    for c in study.codings:
        if c.document == desk.document.id and c.coder != desk.coder:
            key = [c.coder, *c.key]
            found[c.coder][str(c.passage.turn)].append([key, *_told(c)])
    return found
