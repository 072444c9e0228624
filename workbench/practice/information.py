"""Customer information in tables: who needs what, what nobody needs, who may see it, its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbench.base.languages import words
from workbench.base.records import Link
from workbench.care.balance import citations, people
from workbench.care.checks.information import STATES
from workbench.care.information import (
    GUARDED,
    Frequency,
    Item,
    ItemState,
    Sensitivity,
    needless,
)
from workbench.findings.results import Result
from workbench.practice.registers import name_of, say_field
from workbench.study import Study, Unknown


@dataclass(frozen=True, repr=False)
class _Items(Result):
    """A result over the items of customer information of a study."""

    study: Study

    @property
    def items(self) -> Mapping[str, Item]:
        """Return the items by their ids."""
        return self.study.care.information

    def field(self, item: Item, name: str) -> str:
        """Return a field of an item as text."""
        return say_field(item, name, self.study, self.language)

    def party(self, name: str) -> str:
        """Return the label of a party."""
        return name_of(name, "party", self.study, self.language)

    def head(self, *names: str) -> list[str]:
        """Return headings for fields."""
        say = words(self.language)
        return [say(f"field_{name}") for name in names]


@dataclass(frozen=True, repr=False)
class NeedsMatrix(_Items):
    """How often each party needs each item (R13)."""

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Return the parties somebody asked or named, in the order of their file."""
        named = {party for item in self.items.values() for party, _ in item.needed.pairs()}
        known = [p for p in self.study.care.parties if p in named]
        return (*known, *sorted(named - {*known}))

    def cell(self, item: str, party: str) -> Frequency | None:
        """Return how often a party needs an item; None if nobody has said."""
        return {str(p): f for p, f in self.items[item].needed.pairs()}.get(party)

    @property
    def unneeded(self) -> tuple[str, ...]:
        """Return the items nobody needs: an empty row, or one of "never" only."""
        return tuple(item.id for item in self.items.values() if not item.needed.by)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each item, a column for each party; empty where nobody has said."""
        say = words(self.language)
        rows = []
        for item in self.items.values():
            often = (self.cell(item.id, party) for party in self.parties)
            said = [say(f"needed_{f}") if f else "" for f in often]
            rows.append((item.id, self.field(item, "label"), *said))
        return pd.DataFrame(
            rows, columns=[*self.head("id", "label"), *map(self.party, self.parties)]
        )


def needs_matrix(study: Study, language: str = "fi") -> NeedsMatrix:
    """Return who needs which item of customer information how often (R13)."""
    known = study.care.information
    unneeded = sum(not item.needed.by for item in known.values())
    caption = words(language)("matrix_of_needs", n=len(known), unneeded=unneeded)
    return NeedsMatrix(caption, language, study)


@dataclass(frozen=True, repr=False)
class Superfluous(_Items):
    """What is collected though nobody needs it and no strategy asks for it, with decisions."""

    @cached_property
    def found(self) -> tuple[Item, ...]:
        """Return the superfluous items."""
        return tuple(needless(self.items.values(), self.study.care.asked_for()))

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each item: who was asked, what was decided and why."""
        say = words(self.language)
        rows = [
            (
                item.id,
                self.field(item, "label"),
                "; ".join(map(self.party, item.needed.never)),
                self.field(item, "verdict") or say("undecided"),
                self.field(item, "reason"),
            )
            for item in self.found
        ]
        names = ("id", "label", "never", "verdict", "reason")
        return pd.DataFrame(rows, columns=self.head(*names))


def superfluous(study: Study, language: str = "fi") -> Superfluous:
    """Return what is collected, needed by nobody and asked for by no strategy (R22)."""
    n = len(needless(study.care.information.values(), study.care.asked_for()))
    caption = words(language)("superfluous_items", n=n, total=len(study.care.information))
    return Superfluous(caption, language, study)


@dataclass(frozen=True, repr=False)
class ByClass(_Items):
    """The items in the classes of one classification (R17)."""

    name: str

    @cached_property
    def classes(self) -> dict[str, tuple[Item, ...]]:
        """Return the items of each class, empty classes too."""
        return {
            key: tuple(i for i in self.items.values() if i.classes.get(self.name) == key)
            for key in self.study.care.classifications[self.name].classes
        }

    @property
    def total(self) -> int:
        """Return how many items the classes hold together."""
        return sum(map(len, self.classes.values()))

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each class: how many items, and which."""
        labels = self.study.care.classifications[self.name].classes
        rows = [
            (
                labels[key].say(self.language),
                len(found),
                "; ".join(self.field(item, "label") for item in found),
            )
            for key, found in self.classes.items()
        ]
        say = words(self.language)
        heads = [say("class_of_information"), say("items_n"), say("register_information")]
        return pd.DataFrame(rows, columns=heads)


def by_class(study: Study, classification: str = "hellman4", language: str = "fi") -> ByClass:
    """Return the items by the classes of a classification; all give the same total.

    Raises `Unknown` for a classification that is not in `classifications.yml`.
    """
    known = study.care.classifications
    if classification not in known:
        raise Unknown("classification", classification, known)
    label = known[classification].label.say(language)
    source = known[classification].source.say(language)
    caption = words(language)("items_by_class", name=label, source=source)
    return ByClass(caption, language, study, classification)


@dataclass(frozen=True, repr=False)
class Viewers(_Items):
    """Who may see each item, who may and must keep it true, the most sensitive first (R19, R20)."""

    def viewers(self, item: Item) -> str:
        """Return who may see an item; all, or all of the service, where nobody is named."""
        if item.view_right:
            return self.field(item, "view_right")
        return words(self.language)(f"viewers_{item.sensitivity}")

    def blind(self, item: Item) -> tuple[Link, ...]:
        """Return who needs a personal or special item but may not see it."""
        if item.sensitivity not in GUARDED:
            return ()
        return tuple(p for p in item.needed.by if p not in item.view_right)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each item."""
        say = words(self.language)
        order = list(Sensitivity)[::-1]
        rows = [
            (
                item.id,
                self.field(item, "label"),
                self.field(item, "sensitivity"),
                self.viewers(item),
                "; ".join(map(self.party, self.blind(item))),
                self.field(item, "update_right"),
                self.field(item, "update_duty") or say("nobodys_duty"),
            )
            for item in sorted(self.items.values(), key=lambda i: order.index(i.sensitivity))
        ]
        heads = self.head("id", "label", "sensitivity", "view_right", "update_right", "update_duty")
        return pd.DataFrame(rows, columns=[*heads[:4], say("needs_unseen"), *heads[4:]])


def who_may_see(study: Study, language: str = "fi") -> Viewers:
    """Return who may see and who must keep up each item; with `superfluous`, R17-R22 in full."""
    items = study.care.information.values()
    nobody = sum(item.update_duty is None for item in items)
    guarded = sum(item.sensitivity in GUARDED for item in items)
    caption = words(language)("who_may_see", n=len(items), guarded=guarded, nobody=nobody)
    return Viewers(caption, language, study)


@dataclass(frozen=True, repr=False)
class ItemStates(_Items):
    """The items by their state, with the words it is read from (R18)."""

    def people(self, item: Item) -> frozenset[str]:
        """Return the informants whose words an item's state is read from."""
        return people(item.said, self.study.witness)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each item, in the order of states: people, their words, what to do."""
        order, witness = list(ItemState), self.study.witness
        rows = []
        for item in sorted(self.items.values(), key=lambda i: order.index(i.state)):
            said = [c for cited in citations(item.said, witness) for c in witness.passages(cited)]
            rows.append((
                self.field(item, "state"), item.id, self.field(item, "label"),
                len(self.people(item)),
                " | ".join(dict.fromkeys(c.passage.quote for c in said)),
                self.field(item, "development"),
            ))  # fmt: skip
        say = words(self.language)
        heads = [*self.head("state", "id", "label"), say("people"), say("words")]
        return pd.DataFrame(rows, columns=[*heads, *self.head("development")])

    @property
    def unread(self) -> pd.DataFrame:
        """Return the words that tell a state, though no item has taken it from them."""
        book, witness = self.study.codebook, self.study.witness
        cited = {str(link) for item in self.items.values() for link in item.said}
        rows = [
            (str(c), code.label.say(self.language),
             " | ".join(dict.fromkeys(p.passage.quote for p in witness.passages(c))))
            for code in book if code.ref in STATES
            for c in witness.by_code.get(code.id, ()) if str(c) not in cited
        ]  # fmt: skip
        heads = [*self.head("where", "code"), words(self.language)("words")]
        return pd.DataFrame(rows, columns=heads)


def item_states(study: Study, language: str = "fi") -> ItemStates:
    """Return what is in order, missing, outdated, scattered, superfluous or unused, and the words.

    `.unread` lists what was coded so and is no item's yet. The words are the analyst's; no report
    prints them from here.
    """
    items = study.care.information.values()
    n = sum(item.state is not ItemState.OK for item in items)
    return ItemStates(words(language)("item_states", n=n, total=len(items)), language, study)
