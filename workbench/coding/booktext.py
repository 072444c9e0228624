"""A tree of the codebook as text: a code is renamed, cut, pasted or given fields line by line.

Comments, order and quoting of all other lines stay as they are. Nobody has to trust these edits:
whoever makes one reads the new text again and compares it with the book that was intended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.base.problems import WorkbenchError
from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import Node, Scalar, Sequence, parse

_PLAIN = re.compile(r"[^\W_][\w-]*")
_NULLS = ("null", "true", "false")
_BEFORE, _AFTER = r"(?<![^\s(])", r"(?![^\s).,;:\"'}])"
_POINTER = re.compile("→[^.;\"'}\\n]*")


class CannotEdit(WorkbenchError):
    """The text is written in a form that cannot be edited line by line; nothing was changed."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a code stands: its key's line and its lines `[top, end)`, from 0; `node` its fields."""

    line: int
    top: int
    end: int
    indent: int
    node: MappingNode
    parent: str


def rename(text: str, old: str, new: str) -> str:
    """Return `text` with the code `old` called `new`; its fields stay as they are."""
    lines = text.split("\n")
    line = _spot(text, old).line
    pattern = rf"^(\s*)([\"']?){re.escape(old)}\2(?=\s*:)"
    lines[line] = re.sub(pattern, lambda m: f"{m[1]}{_key(new, m[2])}", lines[line], count=1)
    return "\n".join(lines)


def point(text: str, old: str, new: str) -> str:
    """Return `text` with `new` for `old` wherever an arrow points to it ("Jono → odotusaika")."""
    pattern = re.compile(_BEFORE + re.escape(old) + _AFTER)
    return _POINTER.sub(lambda m: pattern.sub(lambda _: new, m[0]), text)


def cut(text: str, code: str) -> tuple[str, str]:
    """Return `text` without a code and all below it, and the lines taken out with their comment."""
    spot, lines = _spot(text, code), text.split("\n")
    taken = lines[spot.top : spot.end]
    del lines[spot.top : spot.end]
    _, container, at = _container(text, spot.parent)
    if len(container.items) == 1:
        if spot.parent:
            del lines[at]
        else:
            lines[at] = f"{lines[at].rstrip().rstrip(':')}: {{}}"
    return "\n".join(lines), "\n".join(taken)


def paste(text: str, block: str, under: str = "", after: str = "") -> str:
    """Return `text` with a code put in: behind `after`, or last `under` one or the top."""
    if after:
        spot = _spot(text, after)
        return _inserted(text, spot.end, _indented(block, spot.indent))
    if under and _is_flow(_spot(text, under)):
        text = unfold(text, under)
    node, container, at = _container(text, under)
    lines = text.split("\n")
    outer = _spot(text, under).indent + 2 if under else 0
    if "codes" not in node.items:
        new = [" " * outer + "codes:", *_indented(block, outer + 2)]
        return _inserted(text, _spot(text, under).end, new)
    if not container.items:
        lines[at] = " " * outer + "codes:"
        return _inserted("\n".join(lines), at + 1, _indented(block, outer + 2))
    inner = indent_of(lines[min(container.lines.values()) - 1])
    return _inserted(text, end_of(lines, at), _indented(block, inner))


def set_fields(text: str, code: str, fields: Mapping[str, str]) -> str:
    """Return `text` with fields of a code (name → YAML) replaced, put in, or (empty) taken out."""
    if _is_flow(_spot(text, code)):
        text = unfold(text, code)
    for name, value in fields.items():
        spot, lines = _spot(text, code), text.split("\n")
        own = [k for k in spot.node.items if k != "codes"]
        inner = indent_of(lines[min(spot.node.lines.values()) - 1])
        new = [f"{' ' * inner}{name}: {value}"] if value else []
        if name in spot.node.items:
            start = spot.node.lines[name] - 1
            end = end_of(lines, start)
        else:
            start = end = max(end_of(lines, spot.node.lines[k] - 1) for k in own)
        text = "\n".join([*lines[:start], *new, *lines[end:]])
    return text


def unfold(text: str, code: str) -> str:
    """Return `text` with a code written in braces on lines of its own."""
    spot, lines = _spot(text, code), text.split("\n")
    head = lines[spot.line][: lines[spot.line].index("{")].rstrip()
    new = [head, *_unfolded(spot.node, spot.indent + 2)]
    return "\n".join([*lines[: spot.line], *new, *lines[spot.end :]])


def block(code: str, fields: Mapping[str, str]) -> str:
    """Return the lines of a new code: fields are name → YAML."""
    return "\n".join([f"{_key(code)}:", *(f"  {name}: {value}" for name, value in fields.items())])


def written(value: str | Iterable[str] | Mapping[str, str]) -> str:
    """Return a text, a list or a text in several languages as YAML on one line."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value not in _NULLS
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(written(v) for v in value) + "]"


def _unfolded(node: MappingNode, indent: int) -> list[str]:
    lines = []
    for name, child in node.items.items():
        if name == "codes" and isinstance(child, MappingNode) and child.items:
            lines.append(" " * indent + "codes:")
            for key, code in child.items.items():
                lines.append(f"{' ' * (indent + 2)}{_key(key)}:")
                lines += _unfolded(code, indent + 4) if isinstance(code, MappingNode) else []
        else:
            lines.append(f"{' ' * indent}{name}: {_flow(child)}")
    return lines


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return json.dumps(node.value, ensure_ascii=False) if node.quoted else node.value
    if isinstance(node, Sequence):
        return "[" + ", ".join(_flow(n) for n in node.items) + "]"
    return "{" + ", ".join(f"{_key(k)}: {_flow(n)}" for k, n in node.items.items()) + "}"


def _key(name: str, quote: str = "") -> str:
    if quote == "'" and "'" not in name:
        return f"'{name}'"
    return json.dumps(name, ensure_ascii=False) if quote else written(name)


def _is_flow(spot: _Spot) -> bool:
    return spot.node.line == spot.line + 1


def _container(text: str, code: str) -> tuple[MappingNode, MappingNode, int]:
    """Return the fields of a code (or of the file), the codes below it and the line of `codes:`."""
    node = _spot(text, code).node if code else parse(text, Path())[0]
    codes = node.items.get("codes")
    below = codes if isinstance(codes, MappingNode) else MappingNode({}, 1)
    return node, below, node.lines.get("codes", 1) - 1


def _spot(text: str, code: str) -> _Spot:
    root, _ = parse(text, Path())
    found = _search(root, code, "")
    if found is None:
        raise CannotEdit(f"The code '{code}' is not in this file.")
    line, node, parent = found
    lines = text.split("\n")
    indent = indent_of(lines[line])
    if not re.match(rf"[\"']?{re.escape(code)}[\"']?\s*:", lines[line].lstrip(" ")):
        raise CannotEdit(f"'{code}' stands in the middle of a line. Give each code its own line.")
    top = line
    while top > 0 and re.match(rf" {{{indent}}}#", lines[top - 1]):
        top -= 1
    return _Spot(line, top, end_of(lines, line), indent, node, parent)


def _search(node: MappingNode, code: str, parent: str) -> tuple[int, MappingNode, str] | None:
    codes = node.items.get("codes")
    if not isinstance(codes, MappingNode):
        return None
    for name, child in codes.items.items():
        if isinstance(child, MappingNode):
            if name == code:
                return codes.lines[name] - 1, child, parent
            if found := _search(child, code, name):
                return found
    return None


def end_of(lines: list[str], line: int) -> int:
    """Return where what begins on `line` ends: before the next line indented no deeper.

    The dashes of a list may stand right below their key and still belong to it.
    """
    own, end = indent_of(lines[line]), line + 1
    for n in range(line + 1, len(lines)):
        dash = lines[n].lstrip().startswith("- ") and indent_of(lines[n]) == own
        deeper = dash or indent_of(lines[n]) > own
        if lines[n].strip() and not deeper and not lines[n].lstrip().startswith("#"):
            break
        end = n + 1 if lines[n].strip() and deeper else end
    return end


def indent_of(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _indented(block: str, indent: int) -> list[str]:
    lines = block.split("\n")
    move = indent - indent_of(lines[0])
    return [line if not line.strip() else " " * (indent_of(line) + move) + line.lstrip(" ")
            for line in lines]  # fmt: skip


def _inserted(text: str, at: int, new: list[str]) -> str:
    lines = text.split("\n")
    if at == len(lines) and lines[-1]:
        return "\n".join([*lines, *new])
    return "\n".join([*lines[:at], *new, *lines[at:]])
