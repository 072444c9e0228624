"""Negative cases: the passages that say the opposite of a finding, and who has looked at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness, citations, nowhere
from workbench.care.claims import Citation, Finding, FindingType, State, parse_citation
from workbench.care.model import Care
from workbench.coding.codings import Coding

GOOD, BAD = "TONE.P", "TONE.N"
OBLIGED = (State.CHALLENGED, State.PUBLISHED)
_NAMED = 5


class Answer(StrEnum):
    """What the analyst made of an opposite passage."""

    COUNTER = "counter"
    SEEN = "seen"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Case:
    """A passage against a finding: the codings with the opposite tone, and what became of it.

    A passage cited as `counter` from elsewhere stands here with all its codings.
    """

    citation: Citation
    passages: tuple[Coding, ...]
    answer: Answer
    why: str = ""


def cases(finding: Finding, witness: Witness) -> tuple[Case, ...]:
    """Return the negative cases of a finding, what it cites as `counter` first.

    They are the passages of the codes it cites (and those below) with the opposite tone, of the
    same segments (of the provider's side for a provider's finding), and what it cites as counter-
    evidence from elsewhere (negative case analysis; domain practice: before a finding is
    published, somebody has looked at them).
    """
    seen = {str(link): look.why for look in finding.seen for link in look.passages}
    against = _against(finding, witness)
    counter = citations(finding.counter, witness)
    near = _near(finding, witness, against)
    found = {c: _opposed(c, witness, against) for c in (*counter, *near)}
    return tuple(
        Case(
            c,
            said or witness.passages(c),
            Answer.COUNTER if c in counter else Answer.SEEN if str(c) in seen else Answer.OPEN,
            seen.get(str(c), ""),
        )
        for c, said in found.items()
    )


def unseen(care: Care, witness: Witness) -> list[Problem]:
    """Note findings past `supported` whose opposite passages nobody, or not all, has looked at."""
    problems: list[Problem] = []
    for finding in care.findings.values():
        problems += _dead(finding, witness)
        if finding.state not in OBLIGED:
            continue
        waiting = [str(c.citation) for c in cases(finding, witness) if c.answer is Answer.OPEN]
        if not finding.seen:
            message = f"{finding.id} is {finding.state}, but nobody has looked at what is opposite."
            hint = f"Read `workbench counter {finding.id}`, then add `--seen NAME`."
            problems.append(finding.place.problem(message, hint))
        elif waiting:
            few = ", ".join(waiting[:_NAMED]) + (" …" if len(waiting) > _NAMED else "")
            came = (
                "1 opposite passage" if len(waiting) == 1 else f"{len(waiting)} opposite passages"
            )
            message = f"{finding.id} is {finding.state}, but {came} came since: {few}."
            hint = f"Read `workbench counter {finding.id}`; cite them as `counter` or add `--seen`."
            problems.append(finding.place.problem(message, hint, Level.WARNING))
    return problems


def _near(finding: Finding, witness: Witness, against: frozenset[str]) -> Iterable[Citation]:
    """Return what stands against a finding among its codes, from where it speaks of."""
    cited = {c.code for c in citations(finding.evidence, witness)}
    book = witness.codebook
    codes = dict.fromkeys(
        below for code in sorted(cited & set(book.codes)) for below in sorted(book.below(code))
    )
    segments = [s for s in finding.segments if s in witness.segments]
    for c in (c for code in codes for c in witness.by_code.get(code, ())):
        opposed = witness.side(c) is finding.side and _opposed(c, witness, against)
        if opposed and (not segments or any(witness.speaks_of(c, s) for s in segments)):
            yield c


def _opposed(cited: Citation, witness: Witness, against: frozenset[str]) -> tuple[Coding, ...]:
    return tuple(c for c in witness.passages(cited) if c.facets & against)


def _against(finding: Finding, witness: Witness) -> frozenset[str]:
    """Return the tones that speak against a finding: for a problem praise, for a strength blame.

    For an expectation or contradiction those that its own evidence has not.
    """
    good, bad = witness.codebook.called(GOOD), witness.codebook.called(BAD)
    both = frozenset((good, bad)) - {""}
    if finding.type is FindingType.PROBLEM:
        return both - {bad}
    if finding.type is FindingType.STRENGTH:
        return both - {good}
    own = (
        c.facets for cited in citations(finding.evidence, witness) for c in witness.passages(cited)
    )
    return both - frozenset().union(*own) or both


def _dead(finding: Finding, witness: Witness) -> Iterable[Problem]:
    """Note passages that were seen and are no longer there, or never were."""
    for link in (link for look in finding.seen for link in look.passages):
        citation = parse_citation(link)
        if citation is None:
            hint = "Write document/turn and code, such as `h03/2 saavutettavuus`."
            yield link.place.problem(f"'{link}' is no passage.", hint)
        elif not witness.holds(citation):
            gone = nowhere(link, citation, witness)
            hint = f"{gone.hint} If its coding is gone, take it out of `seen`."
            yield link.place.problem(gone.message, hint, Level.WARNING)
