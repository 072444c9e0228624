"""Service rules with both sides, a time and a measure; scripts and interfaces with their tools."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.base.problems import Level, Problem
from workbench.care.balance import Witness
from workbench.care.claims import FindingType
from workbench.care.model import Care
from workbench.care.rules import Interface, RuleSet, Script, ServiceRule
from workbench.material.informants import Side


def check_rules(care: Care, _: Witness) -> list[Problem]:
    """Note rules that bind one side, cannot be measured, end nowhere or contradict another."""
    problems: list[Problem] = []
    for rule in care.rules.values():
        problems += [*_sided(rule), *_opposite(rule, care), *_kept(rule)]
    problems += _contradicting(care)
    for script in care.scripts.values():
        problems += _script(script)
    for interface in care.interfaces.values():
        problems += _interface(interface, care)
    return problems


def _sided(rule: ServiceRule) -> Iterator[Problem]:
    """Note a rule that says who but not what, or binds only us where both must act."""
    half = (rule.counterpart is None) != (rule.counterpart_does is None)
    alone = rule.set is not RuleSet.GENERAL and rule.counterpart is None
    if half or alone:
        hint = "Say in `counterpart` who the other side is and in `counterpart_does` what it does."
        yield rule.place.problem(f"{rule.id} binds one side only.", hint)


def _opposite(rule: ServiceRule, care: Care) -> Iterator[Problem]:
    """Note a rule for customers whose two parties do not sit on two sides of the desk."""
    if rule.set is RuleSet.GENERAL:
        return
    for link, side, field in (
        (rule.actor, Side.PROVIDER, "actor"),
        (rule.counterpart, Side.CUSTOMER, "counterpart"),
    ):
        party = care.parties.get(link or "")
        if link is not None and party is not None and party.side is not side:
            message = f"'{link}' is on the {party.side} side, but {field} of {rule.id}."
            names = (p.id for p in care.parties.values() if p.side is side)
            yield link.place.problem(message, f"Name one of {', '.join(names)}.")


def _kept(rule: ServiceRule) -> Iterator[Problem]:
    if rule.measure is None:
        hint = "Say in `measure` how one sees that it was kept."
        message = f"nobody measures what {rule.id} promises."
        yield rule.place.problem(message, hint, Level.WARNING)
    if rule.escalation is None:
        message = f"{rule.id} promises a time and does not say what happens when it passes."
        hint = "Say in `escalation` whom one turns to then."
        yield rule.place.problem(message, hint, Level.WARNING)


def _contradicting(care: Care) -> Iterator[Problem]:
    """Note rules for the same people and trigger that promise different times."""
    first: dict[tuple[RuleSet, str, str], ServiceRule] = {}
    for rule in care.rules.values():
        for language, text in rule.trigger.items():
            before = first.setdefault((rule.set, language, _plain(text)), rule)
            if _plain(before.by_when.say(language)) != _plain(rule.by_when.say(language)):
                message = f"{rule.id} and {before.id} have one trigger and two times."
                hint = f"Make one rule of them, or say in `trigger` how it differs ({language})."
                yield rule.place.problem(message, hint)
                break


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _script(script: Script) -> Iterator[Problem]:
    for name, links in (("rule", script.rules), ("card", script.cards)):
        if not links:
            hint = f"Name under `{name}s` what the one at the desk leans on."
            yield script.place.problem(f"script {script.id} leans on no {name}.", hint)
    if not script.do:
        message = f"script {script.id} does nothing."
        yield script.place.problem(message, "Write under `do` the steps, the first one first.")


def _interface(interface: Interface, care: Care) -> Iterator[Problem]:
    """Note an interface customers have trouble with and nobody has a tool for."""
    found = (care.findings[f] for f in interface.findings if f in care.findings)
    trouble = [f.id for f in found if f.type is FindingType.PROBLEM]
    if trouble and not (interface.rules or interface.cards):
        message = f"customers have trouble at {interface.id} ({', '.join(trouble)}); no tool is."
        hint = "Name the rules and cards that help there, or write one."
        yield interface.place.problem(message, hint, Level.WARNING)
