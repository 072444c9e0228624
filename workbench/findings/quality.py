"""Expected against experienced quality, per determinant, after Grönroos (thesis pp. 15–17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.coding.codings import Coding
from workbench.findings.counts import could_have_said
from workbench.findings.results import Result
from workbench.study import Study

EXPECTED, EXPERIENCED = "VIEW.E", "VIEW.X"
GOOD, BAD = "TONE.P", "TONE.N"
DETERMINANTS = "DET."


@dataclass(frozen=True)
class Determinant:
    """One determinant in a view.

    Each field holds codings; people are counted from them. `unmet` pairs, for each informant who
    expected the thing and experienced it badly, the expectations and the bad experiences.
    """

    code: str
    expected: tuple[Coding, ...]
    good: tuple[Coding, ...]
    bad: tuple[Coding, ...]
    unmet: dict[str, tuple[tuple[Coding, ...], tuple[Coding, ...]]]


@dataclass(frozen=True, repr=False)
class Quality(Result):
    """Expected and experienced quality; `determinants` in the order of the codebook."""

    determinants: tuple[Determinant, ...]
    of: int
    study: Study

    def people(self, codings: Iterable[Coding]) -> int:
        """Return how many informants speak in `codings`."""
        return len({self.study.speaker(c) for c in codings} - {""})

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each determinant: people who expected, experienced, were let down."""
        say = words(self.language)
        keys = ("determinant", "expected", "experienced_good", "experienced_bad", "unmet")
        return pd.DataFrame(
            [
                (
                    self.study.codebook[d.code].label.say(self.language),
                    *(f"{self.people(c)}/{self.of}" for c in (d.expected, d.good, d.bad)),
                    f"{len(d.unmet)}/{self.of}",
                )
                for d in self.determinants
            ],
            columns=[say(key) for key in keys],
        )


def quality(study: Study, language: str = "fi") -> Quality:
    """Set expectation beside experience for each determinant of service quality.

    An unmet expectation is one informant's expectation and bad experience of the same
    determinant (domain practice §5.3, not a gap score: nothing is subtracted). A codebook without
    determinants, views or tones gives an empty result whose caption says what is missing.
    """
    book = study.codebook
    names = {ref: book.called(ref) for ref in (EXPECTED, EXPERIENCED, GOOD, BAD)}
    tops = determinants(study)
    missing = [ref for ref, name in names.items() if not name] + ([] if tops else [DETERMINANTS])
    of = len(could_have_said(study))
    if missing:
        caption = words(language)("quality_none", refs=", ".join(missing))
        return Quality(caption, language, (), of, study)
    rows = []
    for top in tops:
        below = book.below(top)
        about = [c for c in study.counting if c.code in below]
        expected = tuple(c for c in about if names[EXPECTED] in c.facets)
        felt = [c for c in about if names[EXPERIENCED] in c.facets]
        good = tuple(c for c in felt if names[GOOD] in c.facets)
        bad = tuple(c for c in felt if names[BAD] in c.facets)
        rows.append(Determinant(top, expected, good, bad, _unmet(study, expected, bad)))
    caption = words(language)("quality_caption", n=of)
    return Quality(caption, language, tuple(rows), of, study)


def determinants(study: Study) -> list[str]:
    """Return the codes of the determinants of quality, in the order of the codebook."""
    return [c.id for c in study.codebook if c.ref.startswith(DETERMINANTS) and not c.parent]


def _unmet(
    study: Study, expected: Iterable[Coding], bad: Iterable[Coding]
) -> dict[str, tuple[tuple[Coding, ...], tuple[Coding, ...]]]:
    hoped = _by_speaker(study, expected)
    met = _by_speaker(study, bad)
    return {name: (hoped[name], met[name]) for name in sorted(hoped.keys() & met.keys() - {""})}


def _by_speaker(study: Study, codings: Iterable[Coding]) -> dict[str, tuple[Coding, ...]]:
    found: dict[str, tuple[Coding, ...]] = {}
    for c in codings:
        name = study.speaker(c)
        found[name] = (*found.get(name, ()), c)
    return found
