"""Gaps of the care model: where a voice has no answer, an answer no voice, a promise no measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.balance import unanswered
from workbench.care.claims import Basis, State, Status, parse_citation
from workbench.care.links import within
from workbench.care.model import REALISING
from workbench.findings.counts import could_have_said, tally
from workbench.findings.results import Result
from workbench.practice.trails import (
    CODES,
    PEOPLE,
    WORDS,
    Node,
    content,
    identity,
    in_order,
    trails,
)
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing (`kind`) at a thing; `beside` is what tells how much, or which."""

    kind: str
    node: Node
    beside: str = ""


@dataclass(frozen=True, repr=False)
class Gaps(Result):
    """What is missing in the care model, by kind; lines that rest on no words stand at the end."""

    found: tuple[Gap, ...]
    study: Study

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each gap: what is missing, where, what it says, what to do."""
        say = words(self.language)
        rows = [
            (
                say(f"gap_{gap.kind}"),
                identity(gap.node, self.study),
                content(gap.node, self.study, self.language),
                gap.beside,
                say(f"gap_do_{gap.kind}"),
            )
            for gap in self.found
        ]
        keys = ("gap", "trace_id", "trace_text", "gap_beside", "gap_do")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def lines(self) -> list[tuple[str, str, str, str]]:
        """Return what is missing and what to do about it, then where, what it says and a detail."""
        return [
            (f"{kind} – {do}", name, text, f"({beside})" if beside else "")
            for kind, name, text, beside, do in self.table.itertuples(index=False)
        ]


def gaps(study: Study, language: str = "fi") -> Gaps:
    """List what keeps the care model from balancing, and what rests on something but words.

    Kinds: `need` no action answers it; `unanswered` a finding of several voices without an action;
    `finding` no need was read out of it; `action` without words behind it; `idle` an action in no
    rule, card or event; `code` many people speak of it and no finding does; `person` nobody's
    finding cites them; `measure` a promise without one; `basis` theory, law or a decision instead
    of words (no gap, but listed).
    """
    whole = study.whole or study
    known = whole.derived.get((gaps, language))
    if not isinstance(known, Gaps):
        found = tuple(gap for look in _LOOKS for gap in look(whole, language))
        missing = sum(gap.kind != "basis" for gap in found)
        caption = words(language)("gaps_caption", n=missing, basis=len(found) - missing)
        known = whole.derived[gaps, language] = Gaps(caption, language, found, whole)
    return known


def _needs(study: Study, _: str) -> Iterator[Gap]:
    over = {("actions", a.id) for a in study.care.actions.values() if a.status is Status.REJECTED}
    for need in study.care.needs:
        standing = set(trails(study).successors(("needs", need))) - over
        if not {table for table, _ in standing} & {"actions", "plans", *REALISING}:
            yield Gap("need", ("needs", need))


def _unanswered(study: Study, language: str) -> Iterator[Gap]:
    say = words(language)
    for finding, strength in unanswered(study.care, study.witness):
        yield Gap("unanswered", ("findings", finding.id), say(f"grade_{strength}"))


def _findings(study: Study, _: str) -> Iterator[Gap]:
    for finding in study.care.findings.values():
        if finding.state is not State.DRAFT and not study.care.needs_from(finding.id):
            yield Gap("finding", ("findings", finding.id))


def _actions(study: Study, _: str) -> Iterator[Gap]:
    graph, care = trails(study), study.care
    for action in care.actions.values():
        node = ("actions", action.id)
        if action.status is Status.REJECTED:
            continue
        proved = [f for f in care.behind(action) if f.state is not State.DRAFT]
        if action.basis is Basis.MATERIAL and not any(
            graph.in_degree(("findings", f.id)) for f in proved
        ):
            yield Gap("action", node)
        if not {table for table, _ in graph.successors(node)} & set(REALISING):
            yield Gap("idle", node)


def _measures(study: Study, language: str) -> Iterator[Gap]:
    """Yield what promises or aims at something and has a place for a measure, but none in it."""
    for node in in_order(n for n in trails(study) if n[0] != WORDS):
        for line in within(study.care.table(node[0])[node[1]], object):
            promises = getattr(line, "promise", True) is not None
            if promises and getattr(line, "measure", "") is None:
                texts = (
                    getattr(line, name, None) for name in ("target", "text", "promise", "must")
                )
                told = next((text.say(language) for text in texts if text), "")
                yield Gap("measure", node, told)


def _people(study: Study, _: str) -> Iterator[Gap]:
    """Yield of each person whom no finding cites the words that wait."""
    witness, cited = study.witness, set()
    for finding in study.care.findings.values():
        for link in (*finding.evidence, *finding.counter):
            if (citation := parse_citation(link)) and witness.holds(citation):
                cited.add(witness.concerns(citation))
    for person in sorted(could_have_said(study) - cited):
        yield Gap("person", (PEOPLE, person))


def _codes(study: Study, language: str) -> Iterator[Gap]:
    """Yield the codes that many speak of (`grades.broad`) and no finding cites, nor one below."""
    links = (
        link
        for finding in study.care.findings.values()
        for link in (*finding.evidence, *finding.counter)
    )
    codes = (citation.code for citation in map(parse_citation, links) if citation)
    cited = {above for code in codes for above in study.codebook.path(code)}
    counted = sorted(tally(study).items(), key=lambda item: (-len(item[1].people), item[0]))
    for code, found in counted:
        people = len(found.people)
        if code not in cited and people >= study.settings.grades.broad:
            yield Gap("code", (CODES, code), words(language)("people_n", n=people))


def _bases(study: Study, language: str) -> Iterator[Gap]:
    say = words(language)
    for table, key, line in study.care.grounded():
        if line.basis is not Basis.MATERIAL and line.reference:
            told = f"{say(f'basis_{line.basis}')}: {line.reference.say(language)}"
            yield Gap("basis", (table, key), told)


_LOOKS: tuple[Callable[[Study, str], Iterator[Gap]], ...] = (
    _needs, _unanswered, _findings, _actions, _codes, _people, _measures, _bases
)  # fmt: skip
