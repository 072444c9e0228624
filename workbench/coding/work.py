"""Who codes what: the assignments of `parameters/work.yml`, and which are coded blind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.base.problems import Problem, near_miss
from workbench.base.records import Link, Place, Reader, When
from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import parse
from workbench.coding.codings import Coding
from workbench.material.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Documents that these coders code; `blind`: none sees the others' codings until release."""

    documents: tuple[Link, ...]
    coders: tuple[Link, ...]
    place: Place
    blind: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All assignments, and when a document's codings were released to everybody."""

    assignments: tuple[Assignment, ...] = ()
    released: Mapping[str, When] = field(default_factory=dict)

    def coders(self, document: str) -> tuple[str, ...]:
        """Return who codes a document, in the order of the file."""
        given = (a.coders for a in self.assignments if document in a.documents)
        return tuple(dict.fromkeys(str(c) for coders in given for c in coders))

    @property
    def blind(self) -> frozenset[str]:
        """Return the documents that are, or were, coded blind."""
        return frozenset(str(d) for a in self.assignments if a.blind for d in a.documents)

    def sealed(self, document: str) -> bool:
        """Tell whether a document is coded blind and not released yet."""
        return document in self.blind and document not in self.released


@dataclass(frozen=True, slots=True)
class Task:
    """What a coder has to do in a document; `left` are the turns without a coding of theirs.

    The interviewer's turns are not counted among those left.
    """

    document: str
    coder: str
    codings: int
    left: tuple[int, ...]
    sealed: bool
    note: str


def parse_work(text: str, path: Path) -> tuple[Work, list[Problem]]:
    """Read work.yml; pure."""
    root, problems = parse(text, path)
    return Reader(path, problems).record(Work, root) or Work(), problems


def check_work(
    work: Work, path: Path, text: str, documents: Collection[str], coders: Collection[str]
) -> list[Problem]:
    """Note documents and coders that the study does not have, and releases of nothing."""
    problems = []
    for a in work.assignments:
        for document in a.documents:
            if document not in documents:
                message = f"there is no document '{document}' to code."
                problems.append(document.place.problem(message, near_miss(document, documents)))
        for coder in a.coders:
            if coders and coder not in coders:
                hint = near_miss(coder, coders) or "Add them to study.yml."
                problems.append(coder.place.problem(f"no coder '{coder}' in study.yml.", hint))
    node = parse(text, path)[0].items.get("released")
    for name, line in node.lines.items() if isinstance(node, MappingNode) else ():
        if name not in work.blind:
            message = f"'{name}' is released but no assignment has it coded blind."
            problems.append(Problem(path, line, message, near_miss(name, work.blind)))
    return problems


def tasks(
    work: Work, documents: Mapping[str, Document], codings: Iterable[Coding]
) -> tuple[Task, ...]:
    """Return a task for each document and coder of each assignment."""
    coded: dict[tuple[str, str], list[int]] = {}
    for c in codings:
        coded.setdefault((c.document, c.coder), []).append(c.passage.turn)
    found = {}
    for a in work.assignments:
        for document in (documents[d] for d in a.documents if d in documents):
            for coder in a.coders:
                turns = coded.get((document.id, coder), [])
                left = tuple(n for n in _to_code(document) if n not in turns)
                sealed = work.sealed(document.id)
                task = Task(document.id, str(coder), len(turns), left, sealed, a.note)
                found[document.id, str(coder)] = task
    return tuple(found.values())


def _to_code(document: Document) -> Iterable[int]:
    for turn in document.turns.values():
        if turn.text.strip() and (not turn.speaker or turn.speaker != document.interviewer):
            yield turn.number


def released(text: str, path: Path, names: Iterable[str], date: str) -> str:
    """Return the text of work.yml with `names` released on `date`; nothing else is touched."""
    root = parse(text, path)[0]
    node = root.items.get("released")
    lines = text.rstrip("\n").split("\n")
    if isinstance(node, MappingNode) and node.items:
        at = max(node.lines.values())
        indent = lines[at - 1][: len(lines[at - 1]) - len(lines[at - 1].lstrip())]
    elif "released" in root.items:
        at, indent = root.lines["released"], "  "
        lines[at - 1] = "released:"
    else:
        lines.append("released:")
        at, indent = len(lines), "  "
    lines[at:at] = [f"{indent}{name}: {date}" for name in names]
    return "\n".join(lines) + "\n"
