"""What rests on what: from words to findings, needs, actions and every line that stands on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

from workbench.base.problems import WorkbenchError
from workbench.base.records import Prose
from workbench.care.balance import citations
from workbench.care.claims import Citation, parse_citation
from workbench.care.information import Item
from workbench.care.links import links
from workbench.care.model import FOLDERS, NAMED, TABLES
from workbench.care.plans import AccountPlan
from workbench.care.rules import ServiceRule
from workbench.care.strategies import Strategy
from workbench.study import Study, Unknown

Node = tuple[str, str]
"""A thing on a trail: its table and its id; words are `("words", "h03/2 saavutettavuus")`."""

WORDS, PEOPLE, CODES = "words", "informants", "codes"
"""What stands on a trail, or in a gap of it, without being a record of the care model."""
CHAIN = ("finding", "need", "action")
LENT = ("rule", "card", "event")
"""On what a record stands that names nothing of the chain itself: a script on its rules."""

ORDER = (WORDS, "findings", "needs", "actions", "rules", "cards", "clock", "plans", "strategies")
LEVELS = (*ORDER, *(name for name in (*TABLES, *FOLDERS) if name not in ORDER))
_NAMES = ("statement", "what", "label", "name", "title", "text", "occasion", "situation")


class Ambiguous(WorkbenchError):
    """An id stands in several files of the care model."""

    def __init__(self, what: str, tables: Iterable[str]) -> None:
        names = ", ".join(f"{table}/{what}" for table in tables)
        super().__init__(f"'{what}' stands in several files. Name one: {names}.")


def trails(study: Study) -> nx.DiGraph:
    """Return what rests on what in a whole study; an edge leads from the ground to what stands.

    The nodes are the citations that hold and the records of the care model (`Node`).
    """
    whole = study.whole or study
    graph = whole.derived.get(trails)
    if not isinstance(graph, nx.DiGraph):
        graph = nx.DiGraph()
        for cited in whole.witness.by_code.values():
            graph.add_nodes_from((WORDS, str(citation)) for citation in cited)
        for name in (*TABLES, *FOLDERS):
            for key in whole.care.table(name):
                graph.add_node((name, key))
        for node in list(graph):
            graph.add_edges_from((ground, node) for ground in _grounds(node, whole))
        whole.derived[trails] = graph
    return graph


def _grounds(node: Node, study: Study) -> Iterator[Node]:
    """Yield what a record rests on, of what there is."""
    table, key = node
    if table == WORDS:
        return
    record = study.care.table(table)[key]
    if table == "findings":
        yield from ((WORDS, str(c)) for c in citations(record.evidence, study.witness))
        return
    if isinstance(record, Item):
        yield from ((WORDS, str(c)) for c in citations(record.said, study.witness))
    named = {(NAMED[kind], str(link)) for kind, link in links(record) if kind in (*CHAIN, *LENT)}
    chain = {NAMED[kind] for kind in CHAIN}
    own = {ground for ground in named if ground[0] in chain} or named
    if measured := getattr(record, "of", ""):
        own |= {("actions", str(measured)), ("rules", str(measured))}
    yield from sorted(g for g in own - {node} if g[1] in study.care.table(g[0]))


def start(study: Study, what: str) -> list[Node]:
    """Return where a trail begins: all that `what` said, or the record of that id.

    `what` is an informant, a document, a turn (`h03/2`), words (`h03/2 saavutettavuus`), a code,
    or an id of the care model (`PS-E-06`, or with its file: `plans/esimiehet`). Raises `Unknown`
    with the nearest name, and `Ambiguous` for an id of several files.
    """
    whole = study.whole or study
    graph, care = trails(whole), whole.care
    if said(whole, what):
        return [(WORDS, str(citation)) for citation in _spoken(whole, what)]
    table, _, key = what.partition("/")
    if (table, key) in graph:
        return [(table, key)]
    holding = [name for name in (*TABLES, *FOLDERS) if what in care.table(name)]
    if len(holding) > 1:
        raise Ambiguous(what, holding)
    if holding:
        return [(holding[0], what)]
    keys = (key for name in (*TABLES, *FOLDERS) for key in care.table(name))
    full = (f"{name}/{key}" for name, key in graph if name != WORDS)
    known = {*whole.informants, *whole.documents, *whole.codebook.content, *keys, *full}
    raise Unknown("person, document, code or id", what, known)


def said(study: Study, what: str) -> bool:
    """Tell whether `what` names words: a person, a document, a turn of it, or a code."""
    document, _, turn = what.partition("/")
    place = study.documents.get(document)
    exact = parse_citation(what)
    return (
        what in study.informants
        or what in study.documents
        or what in study.codebook.content
        or (place is not None and turn.isdecimal() and int(turn) in place.turns)
        or (exact is not None and exact in study.witness.by_code.get(exact.code, ()))
    )


def _spoken(study: Study, what: str) -> list[Citation]:
    """Return what can be cited of a person, document, turn or code, in the material's order."""
    every = [c for cited in study.witness.by_code.values() for c in cited]
    if what in study.informants:
        found = [c for c in every if study.witness.concerns(c) == what]
    else:
        found = [c for c in every if what in (c.document, c.code, _turn(c), str(c))]
    return sorted(found, key=lambda c: (c.document, c.turn, c.code))


def _turn(citation: Citation) -> str:
    return f"{citation.document}/{citation.turn}"


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes from the words up, those of a level by their ids."""
    return sorted(nodes, key=lambda node: (LEVELS.index(node[0]), node[1]))


def identity(node: Node, study: Study) -> str:
    """Return how a thing is called: its id, with its file where files share it."""
    table, key = node
    files = [name for name in (*TABLES, *FOLDERS) if key in study.care.table(name)]
    return key if len(files) < 2 else f"{table}/{key}"


def content(node: Node, study: Study, language: str) -> str:
    """Return what a thing says, in one line; of words, the words, and nothing of a person."""
    table, key = node
    if table == PEOPLE:
        return ""
    if table == CODES:
        return study.codebook.codes[key].label.say(language)
    if table == WORDS:
        citation = parse_citation(key)
        quotes = study.witness.passages(citation) if citation else ()
        return " … ".join(dict.fromkeys(c.passage.quote for c in quotes))
    record: Any = study.care.table(table)[key]
    if isinstance(record, (AccountPlan, Strategy)) and key in study.segments:
        return study.segments[key].label.say(language)
    if isinstance(record, ServiceRule):
        return f"{record.trigger.say(language)}: {record.must.say(language)}"
    texts = (getattr(record, name, None) for name in _NAMES)
    return next((text.say(language) for text in texts if isinstance(text, Prose)), key)
