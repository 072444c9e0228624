"""Which channel each encounter is served in, whether it fits, and how often it happened there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import number, words
from workbench.care.channels import Served, served
from workbench.care.relationships import Demand
from workbench.findings.encounters import Sum
from workbench.findings.results import Result
from workbench.findings.survey import one_of
from workbench.practice.structure import Total, done_in, latest, related
from workbench.study import Study

LEVELS = tuple(Demand)


@dataclass(frozen=True, slots=True)
class Use:
    """An encounter in a channel: what was counted of both codes, what relationships say of it.

    `counted` is of all encounters and channels with these codes of the codebook, None where
    nothing is counted so; `said` is the encounter's number in a year in all its channels.
    """

    served: Served
    counted: Sum | None
    said: Total

    @property
    def fit(self) -> str:
        """Return whether it fits: `fits`, `accepted` though it does not, or `misfit`."""
        return "fits" if self.served.fits else "accepted" if self.served.accepted else "misfit"


@dataclass(frozen=True, repr=False)
class ChannelFit(Result):
    """Every encounter in every channel where it is done today, by the level it needs (R30)."""

    study: Study
    uses: tuple[Use, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each encounter and channel: levels, fit, counted, said in a year."""
        return self._listed(self.uses)

    @property
    def misfits(self) -> pd.DataFrame:
        """Return the rows whose channel does not fit, with the reason where one was accepted."""
        return self._listed(u for u in self.uses if not u.served.fits)

    @property
    def matrix(self) -> pd.DataFrame:
        """Return levels of demand × channels: whether they fit, how many encounters are there."""
        say, care = words(self.language), self.study.care
        rows = [
            [say(f"demand_{level}"), *(self.cell(level, name) for name in care.channels)]
            for level in LEVELS
        ]
        heads = [c.label.say(self.language) for c in care.channels.values()]
        return pd.DataFrame(rows, columns=[say("field_demand"), *heads])

    def cell(self, level: Demand, channel: str) -> str:
        """Return a cell of the matrix: fit or misfit, and how many kinds of encounter are there."""
        say = words(self.language)
        fits = level in self.study.care.channels[channel].fits
        here = self.kinds(level, channel)
        if not here:
            return say("fit_fits") if fits else "–"
        return f"{say('fit_fits' if fits else 'fit_misfit')}: {here}"

    def kinds(self, level: Demand, channel: str) -> int:
        """Return how many kinds of encounter that need a level are served in a channel."""
        return sum(
            u.served.encounter.demand is level and u.served.channel.id == channel for u in self.uses
        )

    def _listed(self, uses: Iterable[Use]) -> pd.DataFrame:
        say = words(self.language)
        keys = ("field_encounter", "field_demand", "field_channel", "field_level", "fit",
                "fit_counted", "fit_said")  # fmt: skip
        rows = [self._row(use) for use in uses]
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def _row(self, use: Use) -> tuple[str, ...]:
        say, here = words(self.language), use.served
        fit = say(f"fit_{use.fit}")
        why = f": {here.accepted.why.say(self.language)}" if here.accepted and not here.fits else ""
        return (
            here.encounter.label.say(self.language),
            say(f"demand_{here.encounter.demand}"),
            here.channel.label.say(self.language),
            say(f"level_{here.channel.level}"),
            f"{fit}{why}",
            self._counted(use.counted),
            use.said.said(self.language),
        )

    def _counted(self, counted: Sum | None) -> str:
        if counted is None or counted.value is None:
            return "–" if counted is None else words(self.language)("unknown")
        return number(counted.value, self.language)


def channel_fit(study: Study, language: str = "fi", *, name: str = "") -> ChannelFit:
    """Set each encounter beside each of its channels, with what was counted and what is said.

    Counts are of the codebook's channel and kind of encounter: several rows may share one, so
    they are never added up. `name` chooses among several tables of encounters.
    """
    counted = _counted(study, name)
    relationships = related(study)
    done = [d for r in relationships for d in done_in(r, study, latest(relationships))]
    said = {
        key: Total.of(d.times for d in done if d.volume.encounter == key)
        for key in study.care.encounters
    }
    uses = tuple(
        Use(here, counted.get(_codes(here)), said[here.encounter.id])
        for here in served(study.care.encounters.values(), study.care.channels)
    )
    odd = sum(not u.served.fits for u in uses)
    accepted = sum(u.fit == "accepted" for u in uses)
    caption = words(language)("fit_caption", n=len(uses), odd=odd, accepted=accepted)
    return ChannelFit(caption, language, study, uses)


def _codes(here: Served) -> tuple[str, str]:
    return str(here.channel.facet or ""), str(here.encounter.facet or "")


def _counted(study: Study, name: str) -> dict[tuple[str, str], Sum]:
    """Return the encounters a view's table counted, by channel and kind of the codebook."""
    if not study.encounters and not name:
        return {}
    rows = one_of(study.encounters, "encounters", name).rows
    pairs = dict.fromkeys((r.channel, r.encounter) for r in rows)
    return {
        pair: Sum.of(r.count for r in rows if (r.channel, r.encounter) == pair) for pair in pairs
    }
