"""Channels: what an electronic one owes, where one ends when it fails, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness
from workbench.care.channels import Channel, fallbacks, served
from workbench.care.model import Care

_REFS = "CH."
"""How references of the codebook's channels begin."""


def check_channels(care: Care, witness: Witness) -> list[Problem]:
    """Note channels that promise nothing, lead nowhere or are used for what they do not fit."""
    problems: list[Problem] = []
    for channel in care.channels.values():
        problems += _owed(channel)
        problems += _round(channel, care)
        problems += _coded(channel, witness)
    return [*problems, *_misfits(care), *_needless(care), *_feedback(care, witness)]


def _owed(channel: Channel) -> Iterator[Problem]:
    if channel.level not in channel.fits:
        hint = f"Add {channel.level} to `fits`, or change its level."
        yield channel.place.problem(
            f"{channel.id} gives {channel.level} service but does not fit it.", hint
        )
    if channel.electronic and channel.promise is None:
        hint = "Say in `promise` when one hears from a person, or that it is ready."
        yield channel.place.problem(f"{channel.id} is electronic and promises nothing.", hint)
    if channel.electronic and channel.fallback is None:
        hint = "Name in `fallback` the channel for those who cannot use it."
        yield channel.place.problem(f"{channel.id} is electronic and has no fallback.", hint)
    if channel.promise is not None and channel.measure is None:
        message = f"nobody measures what {channel.id} promises."
        hint = "Say in `measure` how one sees that it was kept."
        yield channel.place.problem(message, hint, Level.WARNING)


def _round(channel: Channel, care: Care) -> Iterator[Problem]:
    """Note a channel whose fallbacks lead back to itself, so that one never reaches a person."""
    path = fallbacks(channel.id, care.channels)
    if channel.fallback and len(path) > 1 and path[-1] == channel.id:
        message = f"the fallbacks of {channel.id} go round: {' → '.join(path)}."
        hint = "Let one of them end with a person or on paper."
        yield channel.fallback.place.problem(message, hint)


def _coded(channel: Channel, witness: Witness) -> Iterator[Problem]:
    code = witness.codebook.facets.get(channel.facet or "")
    if code and channel.facet and not code.ref.startswith(_REFS):
        message = f"'{code.id}' is no channel of the codebook, so nothing counted there is its."
        channels = (c.id for c in witness.codebook.facets.values() if c.ref.startswith(_REFS))
        yield channel.facet.place.problem(message, f"Channels are {', '.join(channels)}.")


def _misfits(care: Care) -> Iterator[Problem]:
    for here in served(care.encounters.values(), care.channels):
        if not here.fits and here.accepted is None:
            encounter, channel = here.encounter, here.channel
            link = next(name for name in encounter.channels if name == channel.id)
            message = f"{encounter.id} needs {encounter.demand} service; {channel.id} does not fit."
            hint = f"Lead it elsewhere, or say under `accepted` of {channel.id} why it may stay."
            yield link.place.problem(message, hint, Level.WARNING)


def _needless(care: Care) -> Iterator[Problem]:
    """Note exceptions for what is not done in a channel, or fits it by now."""
    odd = {(s.channel.id, s.encounter.id)
           for s in served(care.encounters.values(), care.channels) if not s.fits}  # fmt: skip
    for channel in care.channels.values():
        for one in channel.accepted:
            if one.encounter in care.encounters and (channel.id, str(one.encounter)) not in odd:
                message = f"{channel.id} accepts {one.encounter}, which is no misfit there."
                yield one.encounter.place.problem(message, "Remove it.", Level.WARNING)


def _feedback(care: Care, witness: Witness) -> Iterator[Problem]:
    for channel in care.feedback.values():
        if channel.days < 1:
            message = f"{channel.id} promises an answer in {channel.days} days."
            yield channel.place.problem(message, "Write working days, 1 or more, in `days`.")
        for name in channel.sources:
            if name not in witness.feedback:
                known = ", ".join(witness.feedback) or "none"
                message = f"no feedback table '{name}' for {channel.id}."
                hint = f"Tables of feedback in observations/: {known}."
                yield channel.place.problem(message, hint)
