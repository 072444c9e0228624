"""The customer interface: where people meet the service, by how many the material tells of it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.base.languages import words
from workbench.care.balance import people
from workbench.care.claims import FindingType
from workbench.care.rules import Interface
from workbench.findings.counts import could_have_said
from workbench.findings.results import Result
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Touch:
    """An interface, who tells of it, which problems they tell, and the tools there are for it."""

    interface: Interface
    people: frozenset[str]
    problems: tuple[str, ...]
    tools: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Interfaces(Result):
    """Interfaces by their impact: the people who tell of them, never passages (R24)."""

    touches: tuple[Touch, ...]
    of: int

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each interface, most people first: people, problems, tools."""
        say = words(self.language)
        rows = [
            (
                t.interface.label.say(self.language),
                say("yes" if t.interface.direct else "no"),
                f"{len(t.people)}/{self.of}",
                ", ".join(t.problems) or "–",
                ", ".join(t.tools) or "–",
            )
            for t in self.touches
        ]
        keys = ("field_label", "field_direct", "people", "interface_problems", "interface_tools")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])


def interfaces(study: Study, language: str = "fi") -> Interfaces:
    """Rank the interfaces by the people whose words stand behind what is found of them (R24, R25).

    Tools are its rules and cards. A view counts only its own people.
    """
    heard = could_have_said(study)
    touches = [_touch(i, heard, study) for i in study.care.interfaces.values()]
    touches.sort(key=lambda t: -len(t.people))
    caption = words(language)("interfaces_caption", n=len(heard))
    return Interfaces(caption, language, tuple(touches), len(heard))


def _touch(interface: Interface, heard: frozenset[str], study: Study) -> Touch:
    care, witness = study.care, study.witness
    found = [care.findings[f] for f in interface.findings if f in care.findings]
    told = frozenset[str]().union(*(people((*f.evidence, *f.counter), witness) for f in found))
    problems = tuple(f.id for f in found if f.type is FindingType.PROBLEM)
    return Touch(interface, told & heard, problems, (*interface.rules, *interface.cards))
