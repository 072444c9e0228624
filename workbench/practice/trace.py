"""A trail through the care model: what became of somebody's words, or why a line of it exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import networkx as nx
import pandas as pd

from workbench.base.languages import words
from workbench.care.claims import Basis, Grounded, parse_citation
from workbench.care.links import within
from workbench.findings.results import Result
from workbench.practice.gaps import Gaps, gaps
from workbench.practice.registers import name_of
from workbench.practice.trails import (
    WORDS,
    Node,
    content,
    identity,
    in_order,
    said,
    start,
    trails,
)
from workbench.study import Study


@dataclass(frozen=True, repr=False)
class Trace(Result):
    """All that stands on one trail, from the words up.

    `begun` is where the trail begins: the citations of words that were asked about, or one record.
    `nodes` are all that the beginning rests on, and all that stands on it. `against` are findings
    these words were weighed against, `unused` the words no finding rests on, `open` what is missing
    on the trail.
    """

    what: str
    begun: tuple[Node, ...]
    nodes: tuple[Node, ...]
    against: tuple[str, ...]
    unused: tuple[Node, ...]
    open: Gaps
    study: Study

    @property
    def forward(self) -> bool:
        """Tell whether the trail begins with words."""
        return said(self.study, self.what)

    def of(self, *tables: str) -> tuple[Node, ...]:
        """Return the nodes of these tables, in order."""
        return tuple(node for node in self.nodes if node[0] in tables)

    @property
    def above(self) -> tuple[Node, ...]:
        """Return what stands on actions and needs: rules, cards, events, plans and the rest."""
        return tuple(n for n in self.nodes if n[0] not in (WORDS, "findings", "needs", "actions"))

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each thing on the trail: what it is, its id, what it says, its ground.

        Only the ground on this trail is named; of what rests on a theory, a law or a decision
        also that.
        """
        say = words(self.language)
        graph, on = trails(self.study), set(self.nodes)
        rows = []
        for node in self.nodes:
            ground = in_order(on.intersection(graph.predecessors(node)))
            named = [identity(n, self.study) for n in ground if n[0] != WORDS]
            counted = len(ground) - len(named)
            told = [say("trace_passages", n=counted)] if counted else []
            rows.append(
                (
                    say(f"trace_{node[0]}" if node[0] == WORDS else f"register_{node[0]}"),
                    identity(node, self.study),
                    content(node, self.study, self.language),
                    "; ".join(filter(None, (", ".join(named), *told, *self._bases(node)))),
                )
            )
        keys = ("trace_step", "trace_id", "trace_text", "field_footing")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def _bases(self, node: Node) -> Iterable[str]:
        """Return the theories, laws and decisions a record rests on, each once."""
        if node[0] == WORDS:
            return ()
        say = words(self.language)
        lines = within(self.study.care.table(node[0])[node[1]], Grounded)
        return dict.fromkeys(
            f"{say(f'basis_{line.basis}')}: {line.reference.say(self.language)}"
            for line in lines
            if line.basis is not Basis.MATERIAL and line.reference
        )


def trace(study: Study, what: str, language: str = "fi") -> Trace:
    """Follow a trail: `trace(study, "E03")` what came of it, `trace(study, "PS-E-06")` why it is.

    `what` is a person, a document, a turn (`h03/2`), a code, or any id of the care model; where
    files share an id, with the file (`plans/esimiehet`). This is the analyst's view: it names
    pseudonyms and words. Raises `Unknown` and `Ambiguous`.
    """
    whole = study.whole or study
    begun = start(whole, what)
    graph = trails(whole)
    if said(whole, what):
        used = [node for node in begun if graph.out_degree(node)]
        against = _against(begun, whole)
        on = set(used).union(*(nx.descendants(graph, node) for node in used))
    else:
        used, against, (node,) = begun, (), begun
        on = {node} | nx.ancestors(graph, node) | nx.descendants(graph, node)
    unused = tuple(node for node in begun if node not in used and node[1] not in _weighed(whole))
    missing = gaps(whole, language)
    left = tuple(g for g in missing.found if g.node in on and g.kind != "basis")
    found = Trace("", language, what, tuple(begun), tuple(in_order(on)), against, unused,
                  replace(missing, found=left), whole)  # fmt: skip
    return replace(found, caption=_caption(found))


def _weighed(study: Study) -> dict[str, list[str]]:
    """Return the words that were cited against findings or set aside, with these findings."""
    found: dict[str, list[str]] = {}
    for finding in study.care.findings.values():
        looks = (link for look in finding.seen for link in look.passages)
        for link in (*finding.counter, *looks):
            found.setdefault(str(link), []).append(finding.id)
    return found


def _against(nodes: Iterable[Node], study: Study) -> tuple[str, ...]:
    """Return the findings that name some of these words as speaking against them."""
    keys = {key for _, key in nodes}
    return tuple(f.id for f in study.care.findings.values() if keys.intersection(f.counter))


def _caption(found: Trace) -> str:
    say = words(found.language)
    counted = {table: len(found.of(table)) for table in ("findings", "needs", "actions")}
    lines = len(found.above)
    if not found.forward:
        passages = [parse_citation(key) for _, key in found.of(WORDS)]
        voices = {found.study.witness.speaker(c) for c in passages if c} - {""}
        told = say("trace_back", what=found.what, passages=len(passages), people=len(voices))
    elif found.of("findings"):
        told = say("trace_forth", what=found.what, n=len(found.begun), lines=lines, **counted)
    else:
        told = say("trace_nothing", what=found.what, n=len(found.begun))
    if found.against:
        told += " " + say("trace_against", ids=", ".join(found.against))
    if found.unused:
        themes = themes_of(found.unused, found.study, found.language)
        told += " " + say("trace_unused", n=len(found.unused), themes=themes)
    return told + (" " + say("trace_open", n=len(found.open.found)) if found.open.found else "")


def themes_of(nodes: Iterable[Node], study: Study, language: str, most: int = 6) -> str:
    """Return what words are about: the labels of their codes, the commonest first."""
    codes = Counter(c.code for _, key in nodes if (c := parse_citation(key)))
    labels = [name_of(code, "code", study, language) for code, _ in codes.most_common(most)]
    return ", ".join(labels) + (", …" if len(codes) > most else "")
