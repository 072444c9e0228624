"""The framework matrix held against the words: what each person says of a theme now."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Link
from workbench.care.balance import Witness, nowhere
from workbench.care.claims import Citation, parse_citation
from workbench.care.model import Care
from workbench.care.summaries import Summary, Theme

_DIGITS = 12


def passages_of(code: str, witness: Witness) -> dict[str, tuple[Citation, ...]]:
    """Return what each informant says of a theme: passages coded with `code` or one below it."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for name in witness.codebook.below(code):
        for citation in witness.by_code.get(name, ()):
            found[witness.speaker(citation)].append(citation)
    found.pop("", None)
    return {who: tuple(sorted(cs, key=_order)) for who, cs in sorted(found.items())}


def fingerprint(cited: Iterable[Citation], witness: Witness) -> str:
    """Return what changes with the words and facets of passages, and not with their codes' names.

    Twelve hexadecimal digits of a SHA-256, the same in whatever order the passages come.
    """
    said = {
        (c.document, c.turn, k.passage.quote, *sorted(k.facets))
        for c in cited
        for k in witness.passages(c)
    }
    return hashlib.sha256(repr(sorted(said)).encode()).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a summary is from the words now: passages since, and others said differently."""

    new: tuple[Citation, ...]
    changed: bool

    def __bool__(self) -> bool:
        return bool(self.new) or self.changed


def drift(summary: Summary, said: Iterable[Citation], witness: Witness) -> Drift:
    """Compare a summary with what its informant says of the theme now."""
    cited = {c for link in summary.cites if (c := parse_citation(link)) is not None}
    new = tuple(c for c in said if c not in cited)
    return Drift(new, fingerprint(cited, witness) != summary.words)


def astray(care: Care, witness: Witness) -> list[Problem]:
    """Note summaries that cite what is not there, and those behind the words as they are now."""
    problems: list[Problem] = []
    first: dict[str, Theme] = {}
    for theme in care.themes.values():
        content = witness.codebook.content
        if theme.code not in content:
            hint = near_miss(theme.code, content)
            problems.append(theme.code.place.problem(f"no code '{theme.code}'.", hint))
            continue
        if (twin := first.setdefault(theme.code, theme)) is not theme:
            message = f"'{theme.code}' is summed up in {twin.place.path.name} already."
            problems.append(theme.code.place.problem(message, "Put both into one file."))
        said = passages_of(theme.code, witness)
        for summary in theme.people.values():
            problems += _summary(summary, theme.code, said, witness)
    return problems


def _summary(
    summary: Summary, code: str, said: Mapping[str, tuple[Citation, ...]], witness: Witness
) -> Iterable[Problem]:
    if summary.id not in witness.informants:
        hint = near_miss(summary.id, witness.informants)
        yield summary.place.problem(f"no informant '{summary.id}'.", hint)
        return
    own = said.get(summary.id, ())
    wrong = [p for link in summary.cites if (p := _cited(link, summary.id, code, own, witness))]
    yield from wrong
    away = drift(summary, own, witness)
    if not summary.written or wrong or not away:
        return
    if away.new:
        new = ", ".join(map(str, away.new))
        message = f"{summary.id} says more of '{code}' than is summed up: {new}."
    else:
        message = f"the words or facets that {summary.id} is summed up from have changed."
    hint = f"Read `workbench framework {code} --stale`, mend the text, then `--renew {summary.id}`."
    yield summary.place.problem(message, hint, Level.WARNING)


def _cited(
    link: Link, who: str, code: str, own: Iterable[Citation], witness: Witness
) -> Problem | None:
    """Return what is wrong with a passage cited for an informant and a theme."""
    citation = parse_citation(link)
    if citation is None:
        hint = "Write document/turn and code, such as `h03/2 saavutettavuus`."
        return link.place.problem(f"'{link}' is no passage.", hint)
    if not witness.holds(citation):
        return nowhere(link, citation, witness)
    if citation not in own:
        if citation.code not in witness.codebook.below(code):  # it may have moved out of the theme
            hint = "Take it out, or put the code below the theme again."
            return link.place.problem(f"'{link}' is not about '{code}'.", hint, Level.WARNING)
        hint = "A summary cites one person's words on its theme."
        return link.place.problem(f"'{link}' is not of {who}.", hint)
    return None


def _order(citation: Citation) -> tuple[str, int, str]:
    return citation.document, citation.turn, citation.code
