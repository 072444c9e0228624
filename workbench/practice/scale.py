"""Public figures on the size of pay offices, beside one's own: a check of scale, never a norm."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import fixed, number, words
from workbench.findings.results import Result
from workbench.study import Study

PAYSLIPS = 12
"""Payslips a person gets in a year, if one a month (an assumption, said in the caption)."""
_STATE = "https://budjetti.vm.fi"
PUBLIC = (
    ("Puolustushallinnon palvelukeskus", 2008, 4930, _STATE),
    ("Palkeet", 2012, 8445, _STATE),
    ("Palkeet", 2019, 10549, _STATE),
)
"""Payslips per person-year in Finnish state service centres: who, year, number, source."""


@dataclass(frozen=True, repr=False)
class Scale(Result):
    """Public figures, and the person-years so many payees would take by them."""

    payees: int | None

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each public figure, with the person-years it would mean here."""
        say, at = words(self.language), self.language
        rows = [
            (who, str(year), number(per, at), self._years(per), source)
            for who, year, per, source in PUBLIC
        ]
        keys = ("who", "year", "payslips", "here", "source")
        return pd.DataFrame(rows, columns=[say(f"scale_{key}") for key in keys])

    def _years(self, per: int) -> str:
        years = person_years(self.payees, per) if self.payees else None
        return "" if years is None else fixed(years, self.language, 1)


def payslips(study: Study, payees: int | None = None, language: str = "fi") -> Scale:
    """Return payslips per person-year of public service centres, and what `payees` would mean.

    Systems, agreements and what else is done differ, so this is a check of scale and no norm (R68).
    """
    del study  # the same for every study; asked like every other result
    say = words(language)
    lacks = "" if payees else say("scale_unknown")
    return Scale(f"{say('scale_caption', n=PAYSLIPS)} {lacks}".strip(), language, payees)


def person_years(payees: int, per: int) -> float:
    """Return the person-years that `payees` take where one makes `per` payslips a year."""
    return payees * PAYSLIPS / per
