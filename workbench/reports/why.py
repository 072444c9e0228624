"""Why a line of the care model exists, as anybody may be told: numbers and words past the gate."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import networkx as nx

from workbench.base.languages import words
from workbench.base.problems import WorkbenchError
from workbench.care.claims import Basis, Grounded
from workbench.care.links import within
from workbench.practice.trails import WORDS, content, identity, in_order, said, start, trails
from workbench.reports.disclosure import Print
from workbench.reports.evidence import Claim, claim
from workbench.reports.listings import figure
from workbench.reports.numbers import Sheet, numbers, told
from workbench.reports.pages import speaks
from workbench.study import Study


class NotPublic(WorkbenchError):
    """What became of one person's words was asked for as something everybody may read."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"What became of '{what}' would tell whose words stand where. For the person: "
            "`workbench trace NAME --letter`."
        )


def why(study: Study, what: str, language: str = "fi") -> str:
    """Return why a rule, card, event, plan, action or need exists, as a text that may be sent.

    Findings come with their grade, the number of people a report may print and the words it may
    quote; drafts are left out. Raises `NotPublic` for a person, a document or words, `Unknown` and
    `Ambiguous` as `trace` does, `NotInLanguage` for a language the study lacks.
    """
    speaks(study, language)
    whole = study.whole or study
    if said(whole, what):
        raise NotPublic(what)
    return "\n".join(_lines(whole, what, language)).strip()


def _lines(study: Study, what: str, language: str) -> Iterator[str]:
    say, graph = words(language), trails(study)
    (node,) = start(study, what)
    sheet = Sheet(numbers(study))
    if node[0] != "findings":
        yield f"{identity(node, study)} {content(node, study, language)}"
    behind = in_order({node} | nx.ancestors(graph, node))
    for ground in behind[::-1]:
        if ground != node and ground[0] not in (WORDS, "findings"):
            yield f"← {identity(ground, study)} {content(ground, study, language)}"
    if node[0] != "findings":
        for line in within(study.care.table(node[0])[node[1]], Grounded):
            if line.basis is not Basis.MATERIAL and line.reference:
                yield f"{say(f'basis_{line.basis}')}: {line.reference.say(language)}"
    findings = (study.care.findings[key] for table, key in behind if table == "findings")
    for finding in told(findings):
        yield from ("", *_claimed(claim(finding, study, sheet, language), study, language))


def _claimed(c: Claim, study: Study, language: str) -> Iterator[str]:
    say = words(language)
    shown = functools.partial(figure, k=study.settings.privacy.cell, language=language)
    if c.people is Print.WITHHELD:
        people = say("people_withheld")
    else:
        people = say("people_1") if c.people == 1 else say("people_n", n=shown(c.people))
    yield f"{c.finding.id} {c.finding.statement.say(language)}"
    yield f"   {say(f'type_{c.finding.type}')}, {say(f'grade_{c.grade}')}, {people}"
    for quote in c.quotes:
        yield f"   {say('quote_mark')}{quote.words}” {quote.group}"
    if not c.quotes:
        yield f"   {say('words_hidden')}"
    for quote in c.against:
        yield f"   {say('against')}: {say('quote_mark')}{quote.words}” {quote.group}"
