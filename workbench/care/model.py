"""The files of `parameters/care/` as one model, with the way back from any line to the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from workbench.base.files import read
from workbench.base.problems import Level, Problem
from workbench.base.records import Reader
from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import parse
from workbench.care.channels import Channel, FeedbackChannel
from workbench.care.claims import Action, Finding, Grounded, Need, Party
from workbench.care.clock import ClockEvent, Contact
from workbench.care.handlers import Area, Handler, ServiceModel
from workbench.care.information import Classification, Item, Question, Record, System
from workbench.care.links import within
from workbench.care.organisation import Principle, Process, Service, Unit
from workbench.care.plans import BLOCKS, AccountPlan, ProductCard
from workbench.care.project import (
    Goal,
    Lesson,
    Limit,
    Measurement,
    MemberCheck,
    ProjectPhase,
    ProjectTask,
    Risk,
)
from workbench.care.relationships import Customer, Encounter, Relationship
from workbench.care.rules import Indicator, Interface, Script, ServiceRule
from workbench.care.strategies import Strategy
from workbench.care.summaries import Theme, read_theme

T = TypeVar("T")


@dataclass(frozen=True)
class Care:
    """The care model: a mapping of ids to records for each file or folder of `parameters/care/`.

    Plans and strategies are by segment, cards by service, `themes` (the folder `summaries`) by
    the name of their file, each with a summary for each informant.
    """

    findings: dict[str, Finding] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    encounters: dict[str, Encounter] = field(default_factory=dict)
    principles: dict[str, Principle] = field(default_factory=dict)
    strategies: dict[str, Strategy] = field(default_factory=dict)
    plans: dict[str, AccountPlan] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    feedback: dict[str, FeedbackChannel] = field(default_factory=dict)
    rules: dict[str, ServiceRule] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    interfaces: dict[str, Interface] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)
    cards: dict[str, ProductCard] = field(default_factory=dict)
    clock: dict[str, ClockEvent] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    handlers: dict[str, Handler] = field(default_factory=dict)
    models: dict[str, ServiceModel] = field(default_factory=dict)
    classifications: dict[str, Classification] = field(default_factory=dict)
    information: dict[str, Item] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)
    phases: dict[str, ProjectPhase] = field(default_factory=dict)
    tasks: dict[str, ProjectTask] = field(default_factory=dict)
    member_checks: dict[str, MemberCheck] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    measured: dict[str, Measurement] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)

    def findings_of(self, needs: Iterable[str]) -> list[Finding]:
        """Return the findings behind `needs`, each once."""
        names = dict.fromkeys(f for n in needs if n in self.needs for f in self.needs[n].findings)
        return [self.findings[name] for name in names if name in self.findings]

    def needs_from(self, finding: str) -> list[Need]:
        """Return the needs that cite a finding."""
        return [n for n in self.needs.values() if finding in n.findings]

    def actions_for(self, needs: Iterable[str]) -> list[Action]:
        """Return the actions that answer at least one of `needs`."""
        wanted = set(needs)
        return [a for a in self.actions.values() if wanted & set(a.needs)]

    def needs_of(self, thing: Grounded) -> list[str]:
        """Return the needs a line rests on: its own, and those of the actions it realises."""
        realised = (self.actions.get(name) for name in getattr(thing, "actions", ()))
        theirs = (need for action in realised if action for need in action.needs)
        return list(dict.fromkeys((*thing.needs, *theirs)))

    def behind(self, thing: Grounded) -> list[Finding]:
        """Return the findings a line rests on, by its needs and by itself, each once."""
        own = [self.findings[f] for f in thing.findings if f in self.findings]
        return list({f.id: f for f in (*self.findings_of(self.needs_of(thing)), *own)}.values())

    def realising(self, action: str) -> list[tuple[str, Any]]:
        """Return what realises an action (events, rules, cards), with the table of each."""
        return [
            (name, record)
            for name in REALISING
            for record in self.table(name).values()
            if action in record.actions
        ]

    def asked_for(self) -> frozenset[str]:
        """Return the items of information some strategy asks for."""
        return frozenset(link for s in self.strategies.values() for link in s.information)

    def table(self, name: str) -> Mapping[str, Any]:
        """Return the records of a file or folder of `parameters/care/` by their ids."""
        found: Mapping[str, Any] = getattr(self, name)
        return found

    def grounded(self) -> Iterator[tuple[str, str, Grounded]]:
        """Yield everything that must rest on something: table, id of its record, the line."""
        for name in (*TABLES, *FOLDERS):
            for key, record in self.table(name).items():
                for line in within(record, Grounded):
                    yield name, key, line


REALISING = ("cards", "rules", "clock", "channels", "feedback")
"""The tables whose records carry actions out in everyday work, by their field `actions`."""

TABLES: dict[str, type] = {
    "findings": Finding,
    "needs": Need,
    "actions": Action,
    "parties": Party,
    "units": Unit,
    "services": Service,
    "customers": Customer,
    "relationships": Relationship,
    "encounters": Encounter,
    "principles": Principle,
    "channels": Channel,
    "feedback": FeedbackChannel,
    "rules": ServiceRule,
    "indicators": Indicator,
    "interfaces": Interface,
    "scripts": Script,
    "clock": ClockEvent,
    "contacts": Contact,
    "areas": Area,
    "handlers": Handler,
    "models": ServiceModel,
    "classifications": Classification,
    "information": Item,
    "systems": System,
    "questions": Question,
    "records": Record,
    "processes": Process,
    "goals": Goal,
    "limits": Limit,
    "risks": Risk,
    "phases": ProjectPhase,
    "tasks": ProjectTask,
    "member_checks": MemberCheck,
    "lessons": Lesson,
    "measured": Measurement,
}
"""Files that hold a record under each id, and the form of the record."""

FOLDERS: dict[str, type] = {"plans": AccountPlan, "cards": ProductCard, "strategies": Strategy}
"""Folders that hold a record in each file, by its name."""

NAMED = {
    "action": "actions",
    "area": "areas",
    "card": "cards",
    "channel": "channels",
    "classification": "classifications",
    "customer": "customers",
    "encounter": "encounters",
    "event": "clock",
    "finding": "findings",
    "goal": "goals",
    "indicator": "indicators",
    "item": "information",
    "need": "needs",
    "party": "parties",
    "process": "processes",
    "relationship": "relationships",
    "rule": "rules",
    "service": "services",
    "system": "systems",
    "unit": "units",
}
"""What a link names, and the table in which it stands."""


def load_care(folder: Path, languages: tuple[str, ...]) -> tuple[Care, list[Problem]]:
    """Read everything in `parameters/care/`; what is not there is empty."""
    problems: list[Problem] = []

    def table(name: str, cls: type[T]) -> dict[str, T]:
        path = folder / f"{name}.yml"
        opened = _open(path, languages, problems) if path.exists() else None
        return opened[1].table(cls, opened[0]) if opened else {}

    def each(name: str, one: Callable[[MappingNode, Reader], T | None]) -> dict[str, T]:
        found = {}
        for path in sorted((folder / name).glob("*.yml")):
            opened = _open(path, languages, problems)
            if opened and (record := one(*opened)) is not None:
                found[path.stem] = record
        return found

    def whole(name: str) -> Callable[[MappingNode, Reader], Any]:
        if name == "plans":
            return _plan
        return lambda root, reader: reader.record(FOLDERS[name], root, id=reader.path.stem)

    tables: dict[str, Any] = {name: table(name, cls) for name, cls in TABLES.items()}
    folders = {name: each(name, whole(name)) for name in FOLDERS}
    care = Care(**tables, **folders, themes=each("summaries", read_theme))
    return care, problems


def _plan(root: MappingNode, reader: Reader) -> AccountPlan | None:
    plan = reader.record(AccountPlan, root, id=reader.path.stem)
    for block in BLOCKS:
        if plan is not None and not getattr(plan, block):
            line = root.lines.get(block, 1)
            reader.add(line, f"the block '{block}' is empty.", "All four blocks are mandatory.")
    return plan


def _open(
    path: Path, languages: tuple[str, ...], problems: list[Problem]
) -> tuple[MappingNode, Reader] | None:
    """Return the top of a file and its reader; None if it cannot be read as a whole."""
    text, faults = read(path)
    problems += faults
    if any(fault.level is Level.ERROR for fault in faults):
        return None
    root, found = parse(text.content, path)
    problems += found
    return None if found and not root.items else (root, Reader(path, problems, languages))
