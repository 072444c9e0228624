"""Records of the care model as text: a field replaced or added to, all other lines as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.base.strict_yaml import Mapping, Node, parse
from workbench.coding.booktext import CannotEdit, end_of, indent_of


def put(text: str, record: Sequence[str], field: str, block: Sequence[str]) -> str:
    """Return `text` with a field of a record replaced by the lines of `block`, or put in last.

    `record` are the keys that lead to it (`("F03",)`; none for the file itself); lines are given
    as they stand at the left margin. Raises `CannotEdit` for what is written in braces.
    """
    node, lines = _record(text, record), text.split("\n")
    if field in node.items:
        start = node.lines[field] - 1
        return _with(lines, start, end_of(lines, start), block, indent_of(lines[start]))
    last = max(end_of(lines, line - 1) for line in node.lines.values())
    return _with(lines, last, last, block, indent_of(lines[min(node.lines.values()) - 1]))


def add(text: str, record: Sequence[str], field: str, block: Sequence[str]) -> str:
    """Return `text` with lines put in last below a field, two deeper; the field is made if need be.

    Raises `CannotEdit` if the field holds something on its own line already.
    """
    node, lines = _record(text, record), text.split("\n")
    deeper = [f"  {line}" for line in block]
    if field not in node.items:
        return put(text, record, field, [f"{field}:", *deeper])
    start = node.lines[field] - 1
    if lines[start].split("#")[0].rstrip()[-1:] != ":":
        raise CannotEdit(f"Write what stands in `{field}` on lines of its own and try again.")
    end = end_of(lines, start)
    inner = [x for x in lines[start + 1 : end] if x.strip() and x.lstrip()[0] != "#"]
    indent = indent_of(inner[0]) if inner else indent_of(lines[start]) + 2
    return _with(lines, end, end, block, indent)


def _record(text: str, keys: Sequence[str]) -> Mapping:
    node: Node = parse(text, Path())[0]
    for key in keys:
        line = node.lines.get(key) if isinstance(node, Mapping) else None
        node = node.items[key] if line and isinstance(node, Mapping) else node
        if line is None:
            raise CannotEdit(f"'{key}' is not in this file.")
        if not isinstance(node, Mapping) or node.line == line:
            raise CannotEdit(f"Write '{key}' on lines of its own, a field on each, and try again.")
    return node  # type: ignore[return-value]


def _with(lines: list[str], start: int, end: int, block: Sequence[str], indent: int) -> str:
    new = [" " * indent + line for line in block]
    return "\n".join([*lines[:start], *new, *lines[end:]])
