"""Evidence on a page: findings, needs and actions, with the words that may be quoted for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.languages import words
from workbench.base.records import Link
from workbench.care.balance import citations, grade
from workbench.care.claims import OVER, Action, Finding, Grade, Need, parse_citation
from workbench.care.plans import AccountPlan, ProductCard
from workbench.coding.codings import Coding
from workbench.practice.registers import concerns
from workbench.reports.disclosure import Print
from workbench.reports.numbers import (
    EVERYONE,
    QUOTES_PER_FINDING,
    QUOTES_PER_SIDE,
    Sheet,
    claimed,
    concerning,
    told,
)
from workbench.reports.privacy import attribution, choose_quotes
from workbench.study import Study, answered


@dataclass(frozen=True)
class Quote:
    """Words that may be shown, and the group they are attributed to.

    Which document they stand in is not told: it would tie one person's quotes together. `old` says
    that they are much older than the newest of the material (R39).
    """

    words: str
    group: str
    language: str
    old: bool = False


@dataclass(frozen=True)
class Claim:
    """A finding as a page shows it: its grade, its numbers and its quotes.

    `own` of its `people` belong to the segment the page is about. The number of documents is
    left out where that of people is hidden, since it tells nearly the same.
    """

    finding: Finding
    grade: str
    people: int | Print
    own: int | Print
    documents: int | None
    quotes: tuple[Quote, ...]
    against: tuple[Quote, ...]


@dataclass(frozen=True)
class Answer:
    """An action as a page shows it, with the needs and claims it answers.

    `realised` holds what carries it out for the segment: id and name, by the file they stand in.
    """

    action: Action
    owner: str
    determinants: tuple[str, ...]
    realised: dict[str, list[tuple[str, str]]]
    reasons: tuple[tuple[Need, tuple[Claim, ...]], ...]


def findings_of(shown: Study) -> list[Finding]:
    """Return the findings that concern a view's segment, those that name it first."""
    kin = shown.segments.kin(shown.segment)
    found = [f for f in told(shown.care.findings.values()) if kin & set(f.segments)]
    own = [f for f in found if shown.segment in f.segments]
    return own + [f for f in found if f not in own]


def claim(finding: Finding, shown: Study, sheet: Sheet, language: str) -> Claim:
    """Return a finding with its numbers and quotes, those of the view's segment first."""
    witness = shown.witness
    measure = claimed(finding.id)
    people = sheet.shown(measure, EVERYONE)
    hidden = isinstance(people, Print)
    graded = grade(finding, witness)
    few = hidden and graded in (Grade.SINGLE, Grade.REPEATED)
    return Claim(
        finding,
        "few" if few else graded,
        people,
        sheet.shown(measure, shown.segment) if shown.segment else people,
        None if hidden else len({c.document for c in citations(finding.evidence, witness)}),
        _cited(finding.evidence, shown, sheet, language),
        _cited(finding.counter, shown, sheet, language),
    )


def _cited(links: Iterable[Link], shown: Study, sheet: Sheet, language: str) -> tuple[Quote, ...]:
    witness = shown.witness
    cited = citations(links, witness)
    if shown.segment:
        cited.sort(key=lambda c: not witness.speaks_of(c, shown.segment))
    passages = [witness.passages(c)[0] for c in cited]
    return quotes(shown, passages, sheet, language, QUOTES_PER_FINDING)


def quotes(
    shown: Study,
    codings: Iterable[Coding],
    sheet: Sheet,
    language: str,
    most: int = QUOTES_PER_SIDE,
) -> tuple[Quote, ...]:
    """Return at most `most` of the words of `codings` that may be quoted, each with its group."""
    whole = shown.whole or shown
    found = []
    for coding in choose_quotes(shown, codings, most, sheet.refused):
        p = coding.passage
        spoken = whole.documents[p.document].language
        name = attribution(shown, whole.speaker(coding), spoken)
        group = whole.segments[name].label.say(language)
        found.append(Quote(p.quote, group, spoken, is_old(whole, p.document)))
    return tuple(found)


@answered
def is_old(study: Study, document: str) -> bool:
    """Tell whether a document is more than `fresh` months older than the newest of the study.

    Satisfaction is of its time (thesis, p. 18); a date that gives only the year is its January.
    """
    newest = max(_months(d.date) for d in study.documents.values())
    return newest - _months(study.documents[document].date) > study.settings.fresh


def _months(when: str) -> int:
    return 12 * int(when[:4]) + int(when[5:7] or 1)


def answer(action: Action, shown: Study | None, view: Study, sheet: Sheet, language: str) -> Answer:
    """Return an action with its owner's name and the needs and claims it answers."""
    return Answer(
        action,
        owner_of(action, view, language),
        determinants(action, view, language),
        _realised(action, view, language),
        reasons(action.needs, shown, view, sheet, language),
    )


def determinants(action: Action, view: Study, language: str) -> tuple[str, ...]:
    """Return the quality determinants an action is about, in the codebook's order.

    Of each finding behind it the one that most of its citations speak of: what the findings' own
    file says, and no number of people.
    """
    book, found = view.codebook, set()
    for finding in view.care.behind(action):
        cited = filter(None, map(parse_citation, finding.evidence))
        tops = [book.path(c.code)[-1] for c in cited if c.code in book.codes]
        of = Counter(t for t in tops if book[t].ref.startswith("DET."))
        found |= {code for code, _ in of.most_common(1)}
    return tuple(code.label.say(language) for code in book if code.id in found)


_NAMED = ("name", "title", "label", "must")
"""The fields that say what a card, an event, a channel or a rule is called."""


def _realised(action: Action, view: Study, language: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for file, record in view.care.realising(action.id):
        if concerns(record, view):
            named = (getattr(record, field, None) for field in _NAMED)
            name = next((text.say(language) for text in named if text), "")
            found.setdefault(file, []).append((record.id, name))
    return found


def open_needs(plan: AccountPlan, view: Study) -> list[Need]:
    """Return the needs of a plan's actions that are not over, each once."""
    actions = (view.care.actions[a] for a in plan.development if a in view.care.actions)
    names = dict.fromkeys(n for a in actions if a.status not in OVER for n in a.needs)
    return [view.care.needs[n] for n in names if n in view.care.needs]


def reasons(
    needs: Iterable[str], shown: Study | None, view: Study, sheet: Sheet, language: str
) -> tuple[tuple[Need, tuple[Claim, ...]], ...]:
    """Return the needs of these names, each with the claims behind it that concern the segment."""
    study = shown or view.whole or view
    sheet = Sheet(sheet.numbers, refused=sheet.refused)  # its numbers are not printed here
    return tuple(
        (
            view.care.needs[need],
            tuple(claim(f, study, sheet, language) for f in concerning(view, [need])),
        )
        for need in needs
        if need in view.care.needs
    )


def owner_of(action: Action, view: Study, language: str) -> str:
    """Return the name of the party that owns an action, or that nobody knows it."""
    party = view.care.parties.get(action.owner)
    return party.label.say(language) if party else words(language)("unknown")


def cards_of(view: Study) -> list[ProductCard]:
    """Return the cards that name a view's segment or one above it."""
    names = set(view.segments.holding(view.segment))
    return [card for card in view.care.cards.values() if names & set(card.segments)]
