"""Product cards: one for each service, said for both sides, short enough for one A4 (R79)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Prose
from workbench.care.balance import Witness
from workbench.care.model import Care
from workbench.care.plans import ProductCard

LONGEST = 1900
"""How many characters of text a card has room for on one A4; the tests print one as long."""


def check_cards(care: Care, witness: Witness) -> list[Problem]:
    """Note cards of no service, services without a card, and what a card leaves open."""
    problems: list[Problem] = []
    newest = max((d.date for d in witness.documents.values()), default="")
    for card in care.cards.values():
        if care.services and card.id not in care.services:
            hint = near_miss(card.id, care.services)
            problems.append(card.place.problem(f"no service '{card.id}' for this card.", hint))
        problems += _open(card, care)
        problems += _long(card)
        if card.review < newest[: len(card.review)]:
            message = f"{card.id} was to be reviewed in {card.review}; the material is of {newest}."
            hint = "Read it against the newer material, and set `review:` anew."
            problems.append(card.place.problem(message, hint, Level.WARNING))
    for service in care.services.values():
        if care.cards and service.id not in care.cards:
            hint = f"Start it with `workbench new card {service.id}`."
            message = f"{service.id} has no product card."
            problems.append(service.place.problem(message, hint, Level.WARNING))
    return problems


def _open(card: ProductCard, care: Care) -> Iterator[Problem]:
    if care.channels and not card.channels:
        message = f"{card.id} names no channel to turn to."
        yield card.place.problem(message, "Add `channels: [first, next]`.", Level.WARNING)
    if len(sides := {step.side for step in card.steps}) == 1:
        message = f"all steps of {card.id} are taken by the {sides.pop()} side."
        hint = "A service is made by both sides: write what the other one does."
        yield card.steps[0].place.problem(message, hint, Level.WARNING)


def _long(card: ProductCard) -> Iterator[Problem]:
    """Note the language in which a card's texts are longest, if they will not fit."""
    texts = list(_texts(card))
    lengths = {x: sum(len(t.get(x, "")) for t in texts) for t in texts for x in t}
    language = max(lengths, key=lambda x: lengths[x])
    if lengths[language] > LONGEST:
        message = f"{card.id} has {lengths[language]} characters in '{language}'."
        hint = f"One A4 has room for {LONGEST}: shorten or leave out."
        yield card.place.problem(message, hint, Level.WARNING)


def _texts(value: object) -> Iterator[Prose]:
    """Yield all texts of a record, as deep as they go."""
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, tuple):
        yield from (text for item in value for text in _texts(item))
    elif dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        yield from (text for field in fields for text in _texts(getattr(value, field.name)))
