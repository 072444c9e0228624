"""Salience × experience of interviews: how many bring a determinant up, and how they fared."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.findings.counts import could_have_said, tally
from workbench.findings.quality import BAD, DETERMINANTS, EXPERIENCED
from workbench.findings.results import Result
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Raised:
    """A determinant: the informants who bring it up, and of them those with a bad experience."""

    code: str
    people: frozenset[str]
    bad: frozenset[str]


@dataclass(frozen=True, repr=False)
class Salience(Result):
    """Determinants by informants who bring them up; not how important they are to anybody.

    Importance is what somebody is asked for, or what survey answers move with
    (`findings.importance`); that many speak of a thing shows only that it came up.
    """

    study: Study
    raised: tuple[Raised, ...]
    of: int

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each determinant: who brings it up, and whose experience is bad."""
        say, book = words(self.language), self.study.codebook
        keys = ("determinant", "salience_raised", "salience_bad")
        rows = [
            (book[r.code].label.say(self.language), f"{len(r.people)}/{self.of}",
             f"{len(r.bad)}/{len(r.people)}")
            for r in self.raised
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[say(key) for key in keys])


def salience(study: Study, language: str = "fi") -> Salience:
    """Count for each determinant who brings it up in interviews, and who fared badly.

    Most people first. Determinants nobody brings up are left out.
    """
    book = study.codebook
    felt, bad = book.called(EXPERIENCED), book.called(BAD)
    found = tally(study)
    raised = []
    for code in (c.id for c in book if c.ref.startswith(DETERMINANTS) and not c.parent):
        if code in found and found[code].people:
            ill = [c for c in found[code].passages if felt in c.facets and bad in c.facets]
            people = frozenset(found[code].people)
            raised.append(Raised(code, people, frozenset(map(study.speaker, ill)) & people))
    raised.sort(key=lambda r: (-len(r.people), -len(r.bad)))
    of = len(could_have_said(study))
    caption = words(language)("salience_caption", n=of)
    return Salience(caption, language, study, tuple(raised), of)
