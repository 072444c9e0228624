"""The files of `parameters/care/` as one model, with the way back from any line to the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from workbench.base.files import read
from workbench.base.problems import Level, Problem
from workbench.base.records import Reader
from workbench.base.strict_yaml import Mapping, parse
from workbench.care.claims import Action, Finding, Need, Party
from workbench.care.plans import BLOCKS, AccountPlan, ProductCard
from workbench.care.summaries import Theme, read_theme

T = TypeVar("T")


@dataclass(frozen=True)
class Care:
    """Findings, needs, actions, parties, plans (by segment), cards (by service) and summaries.

    `themes` are by the name of their file, each with a summary for each informant.
    """

    findings: dict[str, Finding] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    plans: dict[str, AccountPlan] = field(default_factory=dict)
    cards: dict[str, ProductCard] = field(default_factory=dict)
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


def load_care(folder: Path, languages: tuple[str, ...]) -> tuple[Care, list[Problem]]:
    """Read everything in `parameters/care/`; what is not there is empty."""
    problems: list[Problem] = []

    def table(name: str, cls: type[T]) -> dict[str, T]:
        path = folder / f"{name}.yml"
        opened = _open(path, languages, problems) if path.exists() else None
        return opened[1].table(cls, opened[0]) if opened else {}

    def each(name: str, one: Callable[[Mapping, Reader], T | None]) -> dict[str, T]:
        found = {}
        for path in sorted((folder / name).glob("*.yml")):
            opened = _open(path, languages, problems)
            if opened and (record := one(*opened)) is not None:
                found[path.stem] = record
        return found

    care = Care(
        findings=table("findings", Finding),
        needs=table("needs", Need),
        actions=table("actions", Action),
        parties=table("parties", Party),
        plans=each("plans", _plan),
        cards=each("cards", lambda root, r: r.record(ProductCard, root, id=r.path.stem)),
        themes=each("summaries", read_theme),
    )
    return care, problems


def _plan(root: Mapping, reader: Reader) -> AccountPlan | None:
    plan = reader.record(AccountPlan, root, id=reader.path.stem)
    for block in BLOCKS:
        if plan is not None and not getattr(plan, block):
            line = root.lines.get(block, 1)
            reader.add(line, f"the block '{block}' is empty.", "All four blocks are mandatory.")
    return plan


def _open(
    path: Path, languages: tuple[str, ...], problems: list[Problem]
) -> tuple[Mapping, Reader] | None:
    """Return the top of a file and its reader; None if it cannot be read as a whole."""
    text, faults = read(path)
    problems += faults
    if any(fault.level is Level.ERROR for fault in faults):
        return None
    root, found = parse(text.content, path)
    problems += found
    return None if found and not root.items else (root, Reader(path, problems, languages))
