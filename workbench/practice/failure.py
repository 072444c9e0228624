"""Failure demand: contacts caused by our own failure, and the rule that would end each (R28, R30).

Named so by Seddon; Swedish authorities call it "onödig efterfrågan" (Riksrevisionen 2022).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import number, words
from workbench.care.claims import Citation, Finding, parse_citation
from workbench.care.relationships import Encounter
from workbench.care.rules import ServiceRule
from workbench.coding.codings import Coding
from workbench.findings.counts import could_have_said
from workbench.findings.encounters import Sum
from workbench.findings.results import Result
from workbench.material.feedback import Message
from workbench.practice.registers import name_of
from workbench.practice.structure import Total, done_in, latest, related
from workbench.study import Study

Told = tuple[Coding, ...]
Items = tuple[Message, ...]


@dataclass(frozen=True, repr=False)
class FailureDemand(Result):
    """Failure demand of a view, source beside source: their people and matters are not the same.

    `encounters` are those some service's failure causes. By their codes of the codebook `told`
    holds the words of interviews and observations, `items` the feedback, `counted` the encounters.
    """

    study: Study
    encounters: tuple[Encounter, ...]
    told: Mapping[str, Told]
    items: Mapping[str, Items]
    counted: Mapping[str, Sum]
    of: int

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each kind of the codebook: people who tell, items, counted encounters.

        The three columns come from three sources and are never added up.
        """
        say = words(self.language)
        rows = [
            (
                name_of(kind, "facet", self.study, self.language),
                "; ".join(e.label.say(self.language) for e in self._of(kind)),
                f"{len(self._people(self.told[kind]))}/{self.of}",
                len(self.items[kind]),
                self._sum(self.counted[kind]),
            )
            for kind in self.told
        ]
        keys = ("failure_kind", "field_encounter", "failure_told", "failure_items",
                "failure_counted")  # fmt: skip
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def by_service(self) -> pd.DataFrame:
        """Return a row for each service and encounter its failure causes: a year's number, rules.

        An encounter that several services cause is named with each; its number is for all of them.
        """
        say, year = words(self.language), self._year()
        rows = [
            (
                name_of(service, "service", self.study, self.language),
                e.label.say(self.language),
                year[e.id].said(self.language),
                ", ".join(r.id for r in self.preventing(e)) or say("failure_nothing"),
            )
            for service in dict.fromkeys(s for e in self.encounters for s in e.failure_of)
            for e in self.encounters
            if service in e.failure_of
        ]
        keys = ("failure_service", "field_encounter", "fit_said", "failure_rules")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def by_rule(self) -> pd.DataFrame:
        """Return a row for each rule that prevents: what, and who tells of what it is about.

        People and items are those that tell of such a contact and of what the rule is about: its
        determinant, or a code of the words it rests on.
        """
        say = words(self.language)
        rows = [
            (
                r.id,
                r.must.say(self.language),
                "; ".join(
                    e.label.say(self.language) for e in self.encounters if e.id in r.prevents
                ),
                f"{len(self._people(self.told_of(r)))}/{self.of}",
                sum(1 for _ in self._items_of(r)),
            )
            for r in self.rules
        ]
        keys = ("failure_rules", "field_must", "field_prevents", "failure_told", "failure_items")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def unprevented(self) -> pd.DataFrame:
        """Return what people tell of that no rule about it prevents, most people first.

        A code is what the contact was about; encounters no rule at all prevents come first.
        """
        say = words(self.language)
        rows = [
            (e.label.say(self.language), "–", "–")
            for e in self.encounters
            if not self.preventing(e)
        ]
        rows += [
            (name_of(code, "code", self.study, self.language), f"{len(people)}/{self.of}", str(n))
            for code, people, n in sorted(self._beyond(), key=lambda row: (-len(row[1]), -row[2]))
        ]
        keys = ("failure_about", "failure_told", "failure_items")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def rules(self) -> tuple[ServiceRule, ...]:
        """Return the rules that prevent at least one of these encounters."""
        wanted = {e.id for e in self.encounters}
        return tuple(r for r in self.study.care.rules.values() if wanted & set(r.prevents))

    def preventing(self, encounter: Encounter) -> list[ServiceRule]:
        """Return the rules that prevent an encounter."""
        return [r for r in self.rules if encounter.id in r.prevents]

    def told_of(self, rule: ServiceRule) -> Told:
        """Return the words about a contact that a rule prevents and about what it is for."""
        kinds = self._kinds(rule)
        return tuple(c for k in kinds for c in self.told[k] if self._about(c.code, rule))

    def _items_of(self, rule: ServiceRule) -> Iterator[Message]:
        for kind in self._kinds(rule):
            for m in self.items[kind]:
                if any(kind in x.facets and self._about(x.code, rule) for x in m.marks):
                    yield m

    def _beyond(self) -> Iterator[tuple[str, set[str], int]]:
        """Yield each code told of with such a contact that is the business of no rule for it."""
        book = self.study.codebook.content
        for code in book:
            told = [c for k, own in self.told.items() for c in own if self._missed(c.code, k, code)]
            items = {
                id(m)
                for k, own in self.items.items()
                for m in own
                if any(k in x.facets and self._missed(x.code, k, code) for x in m.marks)
            }
            if (people := self._people(told)) or items:
                yield code, people, len(items)

    def _missed(self, given: str, kind: str, code: str) -> bool:
        rules = (r for r in self.rules if kind in self._kinds(r))
        return given == code and not any(self._about(code, r) for r in rules)

    def _about(self, code: str, rule: ServiceRule) -> bool:
        """Tell whether a rule rests on words with this code, or on a determinant near it."""
        book, of = self.study.codebook, rule.determinant
        if of in book and code in book and (of in book.path(code) or code in book.path(str(of))):
            return True
        return any(c.code == code for f in self.study.care.behind(rule) for c in cited(f))

    def _kinds(self, rule: ServiceRule) -> tuple[str, ...]:
        return tuple(
            kind for kind in self.told if any(e.id in rule.prevents for e in self._of(kind))
        )

    def _of(self, kind: str) -> list[Encounter]:
        return [e for e in self.encounters if e.facet == kind]

    def _people(self, codings: Iterable[Coding]) -> set[str]:
        return {self.study.speaker(c) for c in codings} - {""}

    def _sum(self, total: Sum) -> str:
        known = number(total.value, self.language) if total.value is not None else "–"
        say = words(self.language)
        return f"{known} {say('encounters_unknown', n=total.unknown)}" if total.unknown else known

    def _year(self) -> dict[str, Total]:
        relationships = related(self.study)
        done = [d for r in relationships for d in done_in(r, self.study, latest(relationships))]
        return {
            e.id: Total.of(d.times for d in done if d.volume.encounter == e.id)
            for e in self.encounters
        }


def cited(finding: Finding) -> Iterator[Citation]:
    """Yield the words a finding rests on."""
    yield from filter(None, map(parse_citation, finding.evidence))


def failure_demand(study: Study, language: str = "fi") -> FailureDemand:
    """Answer "which contacts are caused by our own failure?" by service and by rule.

    An encounter is one if it names the services whose failure causes it (`failure_of`); its
    evidence are the passages, items and counts with its code of the codebook.
    """
    encounters = tuple(e for e in study.care.encounters.values() if e.failure_of)
    kinds = tuple(dict.fromkeys(str(e.facet) for e in encounters if e.facet in study.codebook))
    messages = [m for source in study.feedback.values() for m in source.rows]
    rows = [r for source in study.encounters.values() for r in source.rows]
    told = {k: tuple(c for c in study.counting if k in c.facets) for k in kinds}
    items = {k: tuple(m for m in messages if any(k in x.facets for x in m.marks)) for k in kinds}
    counted = {k: Sum.of(r.count for r in rows if r.encounter == k) for k in kinds}
    of = len(could_have_said(study))
    caption = words(language)("failure_caption", kinds=len(encounters), n=of)
    return FailureDemand(caption, language, study, encounters, told, items, counted, of)
