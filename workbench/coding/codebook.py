"""The codebook: trees of codes with definition, use when and not when; facets stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from workbench.base.problems import Problem, near_miss
from workbench.base.records import Label, Link, Place, Prose, Reader, When
from workbench.base.strict_yaml import Mapping, Node, parse
from workbench.coding.query import BadQuery, check_rule, parse_rules


class TreeKind(StrEnum):
    """Content codes say what a passage is about; facets say from which angle."""

    CONTENT = "content"
    FACET = "facet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code. `parent` is the code above it, or nothing at the top of its `tree`.

    `meaning` counts its redefinitions, from 1. A `retired` code is given no longer; its codings
    stay and count. `into` names the codes it was split into, as long as codings wait for that.
    `ask` is a question for the next interview, should nobody have spoken of it.
    `auto` are the rules by which its passages may be found (`coding.query`): any of them finds,
    one that begins with NOT excludes.
    """

    id: str
    tree: str
    place: Place
    label: Label
    definition: Prose
    ref: str = ""
    use_when: Prose | None = None
    not_when: Prose | None = None
    example: str = ""
    ask: Prose | None = None
    auto: tuple[Link, ...] = ()
    parent: str = ""
    meaning: int = 1
    retired: When | None = None
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A file of the codebook: codes that belong together."""

    id: str
    label: Label
    kind: TreeKind
    place: Place
    source: str = ""


@dataclass(frozen=True)
class Codebook:
    """All codes of a study by id, and the trees they stand in."""

    trees: dict[str, Tree] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.codes

    def __getitem__(self, name: str) -> Code:
        return self.codes[name]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def content(self) -> dict[str, Code]:
        """Return the codes that may stand in the code column of a coding."""
        return {c.id: c for c in self if self.trees[c.tree].kind is TreeKind.CONTENT}

    @cached_property
    def facets(self) -> dict[str, Code]:
        """Return the codes that may stand in the facets column of a coding."""
        return {c.id: c for c in self if self.trees[c.tree].kind is TreeKind.FACET}

    def tree(self, name: str) -> list[Code]:
        """Return the codes of one tree, parents before their children."""
        return [c for c in self if c.tree == name]

    def called(self, ref: str) -> str:
        """Return the id of the code with this `ref` (`DET.04`, say), or nothing."""
        return next((c.id for c in self if c.ref == ref), "")

    def path(self, name: str) -> tuple[str, ...]:
        """Return the code and those above it, the topmost last."""
        chain = [name]
        while parent := self.codes[chain[-1]].parent:
            chain.append(parent)
        return tuple(chain)

    def below(self, name: str) -> frozenset[str]:
        """Return the code and all codes below it."""
        return frozenset(c.id for c in self if name in self.path(c.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _TreeHead:
    label: Label
    kind: TreeKind = TreeKind.CONTENT
    source: str = ""


def parse_tree(
    text: str, path: Path, languages: tuple[str, ...]
) -> tuple[tuple[Tree, list[Code]] | None, list[Problem]]:
    """Read one tree file of the codebook, its head and its codes; the tree's id is the file's name.

    A file that cannot be read as a whole, or whose head is wrong, gives no tree.
    """
    root, problems = parse(text, path)
    if problems and not root.items:
        return None, problems
    reader = Reader(path, problems, languages)
    codes: list[Code] = []
    if "codes" in root.items:
        _read_codes(root.items["codes"], path.stem, "", reader, codes)
    else:
        reader.add(1, "there are no `codes`.", "Add `codes:` and below it one code.")
    own = {k: v for k, v in root.items.items() if k != "codes"}
    head = reader.record(_TreeHead, Mapping(own, 1, root.lines))
    if head is None:
        return None, problems
    tree = Tree(
        id=path.stem, label=head.label, kind=head.kind, source=head.source, place=Place(path, 1)
    )
    return (tree, codes), problems


def _read_codes(node: Node, tree: str, parent: str, reader: Reader, codes: list[Code]) -> None:
    if not isinstance(node, Mapping):
        reader.add(node.line, "`codes` must hold `code-id:` lines.")
        return
    for name, child in node.items.items():
        line = node.lines[name]
        if not isinstance(child, Mapping):
            reader.add(line, f"the code '{name}' needs a label and a definition below it.")
            continue
        if not name or any(c.isspace() for c in name):
            reader.add(line, f"'{name}' cannot be a code.", "Use one word; join words with -.")
            continue
        own = {k: v for k, v in child.items.items() if k != "codes"}
        known = {"id": name, "tree": tree, "parent": parent, "place": Place(reader.path, line)}
        code = reader.record(Code, Mapping(own, line, child.lines), **known)
        if code is not None:
            reader.problems.extend(_check_rules(code))
            codes.append(code)
        if "codes" in child.items:
            _read_codes(child.items["codes"], tree, name if code else parent, reader, codes)


def _check_rules(code: Code) -> list[Problem]:
    """Note rules that cannot be read, with their lines."""
    problems = []
    for rule in code.auto:
        try:
            check_rule(rule)
        except BadQuery as bad:
            told = f"the rule {rule} cannot be read at character {bad.where}: {bad.message}"
            problems.append(rule.place.problem(told, bad.hint))
    if code.auto and not problems and parse_rules(code.auto) is None:
        hint = "Add a rule that finds something."
        problems.append(code.auto[0].place.problem("these rules only exclude.", hint))
    return problems


def assemble(books: Iterable[tuple[Tree, list[Code]]]) -> tuple[Codebook, list[Problem]]:
    """Put trees and their codes together; a code may stand only once in the whole book."""
    trees: dict[str, Tree] = {}
    found: dict[str, Code] = {}
    problems = []
    for tree, codes in books:
        trees[tree.id] = tree
        for code in codes:
            if code.id in found:
                first = found[code.id].place
                message = f"the code '{code.id}' stands twice (first in {first.path.name})."
                problems.append(code.place.problem(message, "Give one of them another id."))
                continue
            found[code.id] = code
            if code.auto and tree.kind is TreeKind.FACET:
                message = f"the facet '{code.id}' cannot have rules."
                problems.append(code.auto[0].place.problem(message, "Rules give content codes."))
    for code in found.values():
        for name in code.into:
            if name not in found:
                message = f"'{code.id}' is to be split into '{name}', which is no code."
                problems.append(code.place.problem(message, near_miss(name, found)))
    return Codebook(trees, found), problems
