"""Where coders differ on the same words, with everybody's quote and code beside one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.coding.codings import Coding
from workbench.coding.comparison import How, Point
from workbench.findings.results import Result
from workbench.study import Study
from workbench.teamwork import points


@dataclass(frozen=True, repr=False)
class Disagreements(Result):
    """The points on which coders differ; `same` counts those on which they do not."""

    points: tuple[Point, ...]
    same: int
    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each disagreement, with code, words, facets and memo of each coder."""
        say = words(self.language)
        coders = tuple(dict.fromkeys(c for p in self.points for c in p.coders))
        heads = [say(key) for key in ("document", "turn", "difference")]
        heads += [f"{coder}: {say(key)}" for coder in coders for key in _KEYS]
        heads += [say("decision"), say("reason")]
        return pd.DataFrame([self._row(p, coders) for p in self.points], columns=heads)

    @property
    def kinds(self) -> pd.DataFrame:
        """Return a row for each kind of difference and how many there are, the most first."""
        say = words(self.language)
        found = Counter(say(f"how_{p.how}") for p in self.points).most_common()
        return pd.DataFrame(found, columns=[say("difference"), say("number")])

    def _row(self, point: Point, coders: Iterable[str]) -> list[object]:
        say = words(self.language)
        cells = [cell for coder in coders for cell in self._cells(point.of(coder))]
        made = self.study.decisions.get(point.document)
        decision = made.on(point) if made else None
        agreed = "; ".join(self._label(c.code) for c in decision.agreed) if decision else ""
        decided = agreed or (say("no_coding") if decision else "")
        reason = decision.reason if decision else ""
        return [point.document, point.turn, say(f"how_{point.how}"), *cells, decided, reason]

    def _cells(self, codings: tuple[Coding, ...]) -> list[str]:
        return [
            "; ".join(self._label(c.code) for c in codings),
            " | ".join(c.passage.quote for c in codings),
            " | ".join(", ".join(map(self._label, sorted(c.facets))) for c in codings),
            " | ".join(c.memo for c in codings if c.memo),
        ]

    def _label(self, code: str) -> str:
        book = self.study.codebook
        return book[code].label.say(self.language) if code in book else code


_KEYS = ("code", "quote", "facets", "memo")


def disagreements(
    study: Study,
    language: str = "fi",
    *,
    documents: Iterable[str] | None = None,
    coders: Iterable[str] = (),
) -> Disagreements:
    """List where coders differ: on the code, on boundaries, on facets, or only one coded.

    `documents` are all that several have coded and that are not coded blind any more; `coders`
    those of the document's assignment. Raises `Sealed` for a named document that is still blind.
    """
    found = points(study, documents, coders)
    apart = tuple(p for p in found if p.how is not How.SAME)
    sealed = sum(study.work.sealed(d) for d in study.documents) if documents is None else 0
    say = words(language)
    caption = say(
        "disagreements_caption",
        n=len(apart),
        same=len(found) - len(apart),
        documents=len({p.document for p in found}),
    )
    if sealed:
        caption = f"{caption} {say('disagreements_sealed', n=sealed)}"
    return Disagreements(caption, language, apart, len(found) - len(apart), study)
