"""Product cards as a page: all cards of a study in one file, each one printed A4 (R63, R79)."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.base.languages import in_order, words
from workbench.care.plans import ProductCard
from workbench.practice.registers import name_of
from workbench.reports.numbers import NO_NUMBERS, Sheet
from workbench.reports.pages import CARDS, Page, render, speaks
from workbench.study import Study


@dataclass(frozen=True)
class Shown:
    """A card with the names of what it links, and the rules and dates that name it."""

    card: ProductCard
    segments: tuple[str, ...]
    channels: tuple[str, ...]
    owner: str
    rules: tuple[str, ...]
    dates: tuple[str, ...]


def product_cards(study: Study, language: str = "fi") -> Page:
    """Return all product cards with a list at the top: whom to call, and what is promised.

    Raises `NotInLanguage` for a language the study has no texts in.
    """
    speaks(study, language)
    study = study.whole or study
    title, cards = words(language)("cards_title"), shown_cards(study, language)
    return render(CARDS, study, Sheet(NO_NUMBERS), language, title=title, cards=cards)


def shown_cards(study: Study, language: str) -> list[Shown]:
    """Return the cards of a study by name, as a page shows them."""
    cards = in_order(study.care.cards.values(), key=lambda card: card.name.say(language))
    return [_shown(card, study, language) for card in cards]


def _shown(card: ProductCard, study: Study, language: str) -> Shown:
    care = study.care
    return Shown(
        card,
        tuple(name_of(s, "segment", study, language) for s in card.segments),
        tuple(name_of(c, "channel", study, language) for c in card.channels),
        name_of(card.owner, "party", study, language),
        tuple(r.id for r in care.rules.values() if card.id in r.cards),
        tuple(e.title.say(language) for e in care.clock.values() if card.id in e.cards),
    )
