"""Systems and what flows between them: from the customer interface to reports, and where it ends.

The thesis's figure of the flow (figure 2) is lost. What its text says (p. 13: front-line systems
feed one store, from it analysis and reports, and these serve management and care) is the order
in which the picture stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import pandas as pd

from workbench.base.languages import words
from workbench.care.information import Item, Purpose, System, SystemSide
from workbench.findings.results import Result
from workbench.practice.registers import name_of
from workbench.study import Study


@dataclass(frozen=True, repr=False)
class Flows(Result):
    """The systems as a directed graph; an edge knows `what` flows and whether by itself (`auto`).

    Purposes of reports (management, care) are nodes too: they end the flow.
    """

    study: Study

    @property
    def systems(self) -> dict[str, System]:
        """Return the systems by their ids."""
        return self.study.care.systems

    @cached_property
    def graph(self) -> nx.DiGraph:
        """Return systems and purposes as a graph, without feeds into what nobody knows."""
        graph = nx.DiGraph()
        graph.add_nodes_from(self.systems)
        for name, system in self.systems.items():
            for feed in system.feeds:
                if feed.to in self.systems:
                    what = feed.what.say(self.language)
                    graph.add_edge(name, str(feed.to), what=what, auto=feed.auto)
            graph.add_edges_from((name, str(p), {"what": "", "auto": True}) for p in system.serves)
        return graph

    def _of(self, *sides: SystemSide) -> list[str]:
        return [name for name, system in self.systems.items() if system.side in sides]

    @cached_property
    def dead_ends(self) -> tuple[str, ...]:
        """Return the systems that feed nothing, though they are no reports nor outside (R21)."""
        held = self._of(SystemSide.INTERFACE, SystemSide.STORE)
        return tuple(name for name in held if not self.graph.out_degree(name))

    @cached_property
    def reaching(self) -> tuple[str, ...]:
        """Return the interface systems from which something comes as far as a report."""
        reports = set(self._of(SystemSide.REPORTING))
        found = self._of(SystemSide.INTERFACE)
        return tuple(n for n in found if reports & nx.descendants(self.graph, n))

    @cached_property
    def by_itself(self) -> tuple[str, ...]:
        """Return those of `reaching` from which it comes there without anybody's hands (R23)."""
        auto = nx.DiGraph((a, b) for a, b, by in self.graph.edges(data="auto") if by)
        auto.add_nodes_from(self.graph)
        reports = set(self._of(SystemSide.REPORTING))
        return tuple(n for n in self.reaching if reports & nx.descendants(auto, n))

    @property
    def manual(self) -> tuple[tuple[str, str], ...]:
        """Return the feeds somebody carries by hand, from and to."""
        return tuple((a, b) for a, b, auto in self.graph.edges(data="auto") if not auto)

    @property
    def scattered(self) -> tuple[Item, ...]:
        """Return the items held in more than one system."""
        return tuple(i for i in self.study.care.information.values() if len(i.systems) > 1)

    def label(self, node: str) -> str:
        """Return the name of a system or a purpose."""
        if node in self.systems:
            return name_of(node, "system", self.study, self.language)
        return words(self.language)(f"serves_{node}")

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each feed, and one for each system that feeds nothing."""
        say = words(self.language)
        rows = [
            (self.label(a), self.label(b), edge["what"], self._by(b, auto=edge["auto"]))
            for a, b, edge in self.graph.edges(data=True)
        ]
        rows += [(self.label(name), "", say("dead_end"), "") for name in self.dead_ends]
        heads = [say("flow_from"), say("flow_to"), say("flow_what"), say("flow_how")]
        return pd.DataFrame(rows, columns=heads)

    def _by(self, end: str, *, auto: bool) -> str:
        say = words(self.language)
        if end in list(Purpose):
            return say("flow_used")
        return say("flow_auto") if auto else say("flow_manual")


def flows(study: Study, language: str = "fi") -> Flows:
    """Return the systems and what flows between them; its chart is drawn from left to right."""
    found = Flows("", language, study)
    caption = words(language)(
        "flows_caption", systems=len(found.systems), feeds=sum(
            b in found.systems for _, b in found.graph.edges
        ), manual=len(found.manual), ends=len(found.dead_ends),
        reaching=len(found.reaching), interfaces=len(found._of(SystemSide.INTERFACE)),
    )  # fmt: skip
    return Flows(caption, language, study)
