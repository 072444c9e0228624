"""Channels: where one is served, for what they fit, what they promise (R28-R30, R76, R82)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workbench.base.records import Label, Place, Prose
from workbench.care.claims import Grounded
from workbench.care.links import ToAction, ToChannel, ToEncounter, ToFacet, ToParty
from workbench.care.relationships import Demand, Encounter


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """An encounter that a channel serves although it does not fit it, and why that may be."""

    place: Place
    encounter: ToEncounter
    why: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Grounded):
    """A channel: the level of service it gives, and the levels of demand it fits.

    `facet` is its code in the codebook. An electronic channel owes a promise, its measure and a
    fallback. `accepted` are the misfits somebody has decided to live with.
    """

    id: str
    label: Label
    level: Demand
    fits: tuple[Demand, ...]
    owner: ToParty
    uses: Label
    facet: ToFacet | None = None
    electronic: bool = False
    login: Prose | None = None
    promise: Label | None = None
    measure: Label | None = None
    fallback: ToChannel | None = None
    accessibility: Prose | None = None
    cost: Prose | None = None
    accepted: tuple[Misfit, ...] = ()
    actions: tuple[ToAction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackChannel(Grounded):
    """A way to give feedback: what it captures, its threshold, and when one hears back.

    `steps` is how many steps giving takes, `days` within how many days the giver is answered;
    `sources` are the feedback tables of the study that hold what came in by it.
    """

    id: str
    label: Label
    captures: Label
    channel: ToChannel
    owner: ToParty
    loop_back: Label
    days: int
    steps: int | None = None
    route: Label | None = None
    sources: tuple[str, ...] = ()
    actions: tuple[ToAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """An encounter in one of its channels; `accepted` is why it may be there though it misfits."""

    encounter: Encounter
    channel: Channel
    accepted: Misfit | None = None

    @property
    def fits(self) -> bool:
        """Tell whether the channel fits the level of service the encounter needs."""
        return self.encounter.demand in self.channel.fits


def served(encounters: Iterable[Encounter], channels: Mapping[str, Channel]) -> Iterator[Served]:
    """Yield each encounter in each channel where it is done today; unknown channels are none."""
    for encounter in encounters:
        for name in encounter.channels:
            if channel := channels.get(name):
                agreed = (a for a in channel.accepted if a.encounter == encounter.id)
                yield Served(encounter, channel, next(agreed, None))


def fallbacks(start: str, channels: Mapping[str, Channel]) -> tuple[str, ...]:
    """Return a channel and those one is led to when each fails; the last twice if they go round."""
    path = [start]
    while path[-1] in channels and (after := channels[path[-1]].fallback):
        path.append(after)
        if path.count(after) > 1:
            break
    return tuple(path)
