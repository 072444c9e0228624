"""Customer information: every item has its keeper, its class and its viewers, and no value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Prose
from workbench.care.balance import Witness, nowhere
from workbench.care.claims import parse_citation
from workbench.care.information import (
    GUARDED,
    Item,
    ItemState,
    Question,
    Record,
    System,
    SystemSide,
    Verdict,
    needless,
)
from workbench.care.model import Care

STATES = {
    "INFO.1": ItemState.MISSING,
    "INFO.2": ItemState.OUTDATED,
    "INFO.3": ItemState.SCATTERED,
    "INFO.4": ItemState.SUPERFLUOUS,
    "INFO.6": ItemState.UNUSED,
}
"""What a code of the tree of customer information says of an item (R18), by its `ref`."""

_VALUE = re.compile(r"\b\d{6}[-+A]\d{3}[0-9A-Y]\b|\b[A-Z]{2}\d{2}(?: ?\d{4}){3,}|\b\d{6}-\d{2,8}\b")
"""A personal identity code, or an account number in its new or its old form."""


def check_information(care: Care, witness: Witness) -> list[Problem]:
    """Prove the items, systems, questions and records of customer information (R13-R23, R72)."""
    unneeded = {item.id for item in needless(care.information.values(), care.asked_for())}
    problems: list[Problem] = []
    for item in care.information.values():
        problems += chain(
            _classes(item, care), _keepers(item), _viewers(item, care), _need(item),
            _verdict(item, item.id in unneeded), _state(item, witness), _values(item),
        )  # fmt: skip
    for system in care.systems.values():
        problems += _feeds(system)
    for question in care.questions.values():
        problems += _answer(question)
    for record in care.records.values():
        problems += _kept(record)
    return problems


def _classes(item: Item, care: Care) -> Iterator[Problem]:
    for name, classification in care.classifications.items():
        if name not in item.classes:
            hint = f"Add {name}: {' | '.join(classification.classes)}."
            yield item.place.problem(f"{item.id} has no class in '{name}'.", hint)
    for name, link in item.classes.items():
        if name not in care.classifications:
            hint = near_miss(name, care.classifications)
            yield link.place.problem(f"no classification '{name}'.", hint)
        elif link not in (known := care.classifications[name].classes):
            hint = near_miss(link, known) or f"Its classes are {', '.join(known)}."
            yield link.place.problem(f"'{name}' has no class '{link}'.", hint)


def _keepers(item: Item) -> Iterator[Problem]:
    """Note an item that nobody has to keep true, or somebody must who may not (R19)."""
    duty = item.update_duty
    if duty is None and item.development is None:
        message = f"it is nobody's duty to keep {item.id} up to date."
        hint = "Add `update_duty: PARTY`, or say under `development` who decides it."
        yield item.place.problem(message, hint, Level.WARNING)
    if duty is not None and duty not in item.update_right:
        message = f"'{duty}' must keep {item.id} up to date but has no right to."
        yield duty.place.problem(message, f"Add {duty} to `update_right`.")
    if item.collected and item.how is None:
        message = f"{item.id} is collected, but not told how."
        yield item.place.problem(message, "Add `how: …`.", Level.WARNING)


def _viewers(item: Item, care: Care) -> Iterator[Problem]:
    """Note a personal item that anybody sees, or somebody without a use for it (R20)."""
    if item.sensitivity not in GUARDED:
        return
    if not item.view_right:
        message = f"{item.id} is {item.sensitivity}, and nobody says who may see it."
        yield item.place.problem(message, "Add `view_right: [PARTY, …]`.")
    elif set(care.parties) <= set(item.view_right):
        message = f"{item.id} is {item.sensitivity}, and everybody may see it."
        yield item.view_right[0].place.problem(message, "Name only those who need it.")
    used = {*item.needed.by, *item.update_right}
    for party in item.view_right:
        if item.needed.by and party not in used:
            message = f"'{party}' may see {item.id}, which is {item.sensitivity}, without a need."
            hint = "Take the right away, or say under `needed` how often it is needed."
            yield party.place.problem(message, hint)


def _need(item: Item) -> Iterator[Problem]:
    seen: set[str] = set()
    for party, _ in item.needed.pairs():
        if party in seen:
            message = f"'{party}' needs {item.id} in two ways."
            yield party.place.problem(message, "Name each party once under `needed`.")
        seen.add(party)
    missing = item.state is ItemState.MISSING
    if item.needed.daily and not item.collected and not missing:
        message = f"{item.id} is needed daily and not collected."
        yield item.needed.daily[0].place.problem(message, "Collect it, or write `state: missing`.")
    if item.collected and not item.systems and not missing:
        message = f"{item.id} is collected but held nowhere."
        yield item.place.problem(message, "Add `systems: […]`, or write `collected: false`.")


def _verdict(item: Item, unneeded: bool) -> Iterator[Problem]:
    """Note a superfluous item without a decision, and a decision against a need (R22)."""
    if unneeded and item.verdict is None:
        message = f"{item.id} is collected, but nobody needs it and no strategy asks for it."
        yield item.place.problem(message, "Decide: `verdict: keep` or `verdict: drop`.")
    if item.verdict is not None and item.reason is None:
        message = f"{item.id} has a verdict without a reason."
        yield item.place.problem(message, "Add `reason: …`.")
    if not unneeded and (
        item.verdict is Verdict.DROP or (item.state is ItemState.SUPERFLUOUS and item.collected)
    ):
        by = ", ".join(item.needed.by) or "a strategy"
        message = f"{item.id} is called superfluous, but needed by {by}."
        yield item.place.problem(message, "Keep it, or say under `needed` that nobody needs it.")


def _state(item: Item, witness: Witness) -> Iterator[Problem]:
    """Note words that do not stand, or that tell another state than the item's (R18)."""
    told = set()
    for link in item.said:
        citation = parse_citation(link)
        if citation is None:
            message = f"'{link}' is no evidence."
            hint = "Write document/turn and code, such as `h08/8 tieto-vanhentunut`."
            yield link.place.problem(message, hint)
        elif not witness.holds(citation):
            yield nowhere(link, citation, witness)
        elif citation.code in witness.codebook:
            told.add(STATES.get(witness.codebook[citation.code].ref))
    named = sorted(filter(None, told))
    if named and item.state not in (*named, ItemState.SUPERFLUOUS):
        message = f"{item.id} is called {item.state}, but the words cited say {', '.join(named)}."
        yield item.place.problem(message, "Correct `state`, or cite other words under `said`.")


def _values(item: Item) -> Iterator[Problem]:
    """Note what looks like somebody's number in a description (R20)."""
    for text in _texts((item.label, item.how, item.development, item.reason)):
        if _VALUE.search(text):
            message = f"{item.id} seems to hold a value: a number of a person or an account."
            yield item.place.problem(message, "Describe what the item is; never write its value.")
            return


def _texts(proses: Iterable[Prose | None]) -> Iterator[str]:
    return chain.from_iterable(prose.values() for prose in proses if prose is not None)


def _feeds(system: System) -> Iterator[Problem]:
    """Note a system that feeds itself, or nothing without saying why (R21)."""
    for feed in system.feeds:
        if feed.to == system.id:
            message = f"'{system.id}' feeds itself."
            yield feed.to.place.problem(message, "Name the system it feeds.")
    ends = system.side in (SystemSide.REPORTING, SystemSide.OUTSIDE)
    if not system.feeds and not ends and system.note is None:
        message = f"'{system.id}' feeds nothing."
        hint = "Add `feeds:`, or say in `note` why what it holds goes nowhere."
        yield system.place.problem(message, hint, Level.WARNING)


def _answer(question: Question) -> Iterator[Problem]:
    if (question.answer is None) != (question.date is None):
        what = "a date without an answer" if question.answer is None else "an answer without a date"
        yield question.place.problem(f"{question.id} has {what}.", "Write both, or neither.")


def _kept(record: Record) -> Iterator[Problem]:
    if record.where is None and record.note is None:
        message = f"nobody says where {record.id} is kept."
        yield record.place.problem(message, "Add `where: SYSTEM`, or say it in `note`.")
