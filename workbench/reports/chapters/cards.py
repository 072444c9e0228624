"""Product cards in the handbook: a line for each, which leads to the card itself."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.reports.cards import shown_cards
from workbench.reports.numbers import Sheet
from workbench.study import Study


def chapter(study: Study, language: str, _: Sheet) -> Mapping[str, object]:
    """Return the product cards by name."""
    return {"cards": shown_cards(study, language)}
