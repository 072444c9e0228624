"""Citations edited as text: when codings get another code, the evidence that names them follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.base.problems import WorkbenchError
from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import Node, Scalar, parse
from workbench.base.strict_yaml import Sequence as SequenceNode
from workbench.care.claims import Citation, parse_citation

Becomes = Callable[[Citation], Sequence[str]]
"""Tells which codes the cited codings have now; the code itself if nothing changed."""


class CannotFollow(WorkbenchError):
    """A citation is written in a form that cannot be edited as text; nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: a citation in this file cannot be edited. Write each on a line of its own "
            "(`- h03/2 saavutettavuus`) and try again."
        )


@dataclass(frozen=True, slots=True)
class _Swap:
    line: int
    old: str
    new: tuple[str, ...]
    in_list: bool


def follow(text: str, path: Path, becomes: Becomes, names: Mapping[str, str]) -> str:
    """Return a file of the care model with its citations brought after the codings they cite.

    `names` are codes with another name now, for what names a code by itself (`code:` of a need).
    What a list of evidence holds already is not written twice. Raises `CannotFollow` if the text
    cannot be edited so that it says exactly that.
    """
    root, _ = parse(text, path)
    swaps = sorted(_swaps(root, becomes, names), key=lambda s: -s.line)
    for swap in swaps:
        text = _swapped(text, swap)
    if swaps and _plain(parse(text, path)[0]) != _plain(root, becomes, names):
        raise CannotFollow(path)
    return text


def _new(text: str, becomes: Becomes) -> tuple[str, ...]:
    citation = parse_citation(text)
    if citation is None or tuple(codes := becomes(citation)) == (citation.code,):
        return (text,)
    return tuple(f"{citation.document}/{citation.turn} {code}" for code in codes)


def _list(items: Sequence[Scalar], becomes: Becomes) -> list[tuple[str, ...]]:
    news = [_new(item.value, becomes) for item in items]
    seen = {item.value for item, new in zip(items, news, strict=True) if new == (item.value,)}
    result = []
    for item, new in zip(items, news, strict=True):
        changed = new != (item.value,)
        result.append(tuple(text for text in new if not changed or text not in seen))
        seen |= set(new)
    return result


def _swaps(node: Node, becomes: Becomes, names: Mapping[str, str]) -> Iterator[_Swap]:
    if isinstance(node, SequenceNode):
        texts = [item for item in node.items if isinstance(item, Scalar)]
        for item, new in zip(texts, _list(texts, becomes), strict=True):
            if new != (item.value,):
                yield _Swap(item.line, item.value, new, True)
        for child in node.items:
            yield from _swaps(child, becomes, names)
    elif isinstance(node, MappingNode):
        for key, child in node.items.items():
            if not isinstance(child, Scalar):
                yield from _swaps(child, becomes, names)
            elif key == "code" and child.value in names:
                yield _Swap(child.line, child.value, (names[child.value],), False)
            elif (new := _new(child.value, becomes)) != (child.value,):
                yield _Swap(child.line, child.value, new, False)


def _plain(
    node: Node, becomes: Becomes = lambda c: (c.code,), names: Mapping[str, str] | None = None
) -> object:
    """Return what a node says, after the swaps."""
    names = names or {}
    if isinstance(node, Scalar):
        new = _new(node.value, becomes)
        return new[0] if len(new) == 1 else list(new)
    if isinstance(node, SequenceNode):
        texts = [item for item in node.items if isinstance(item, Scalar)]
        others = [_plain(i, becomes, names) for i in node.items if not isinstance(i, Scalar)]
        return [text for new in _list(texts, becomes) for text in new] + others
    return {
        key: names[child.value]
        if key == "code" and isinstance(child, Scalar) and child.value in names
        else _plain(child, becomes, names)
        for key, child in node.items.items()
    }


def _swapped(text: str, swap: _Swap) -> str:
    lines = text.split("\n")
    old = re.escape(swap.old)
    item = re.fullmatch(rf"(\s*-\s+)([\"']?){old}\2(\s*(?:#.*)?)", lines[swap.line - 1])
    if item and swap.in_list:
        ends = [item[3], *[""] * len(swap.new)]
        new = [f"{item[1]}{item[2]}{t}{item[2]}{e}" for t, e in zip(swap.new, ends, strict=False)]
        return "\n".join([*lines[: swap.line - 1], *new, *lines[swap.line :]])
    start = sum(len(line) + 1 for line in lines[: swap.line - 1])
    token = re.compile(rf"(?<![^\s\[\"',{{:])([\"']?){old}\1(?![^\s\]\"',}}])")
    found = token.search(text, start)
    if found is None:
        return text
    if swap.new:
        new_text = ", ".join(f"{found[1]}{t}{found[1]}" for t in swap.new)
        new_text = f"[{new_text}]" if len(swap.new) > 1 and not swap.in_list else new_text
        return text[: found.start()] + new_text + text[found.end() :]
    if comma := re.compile(r"\s*,[ \t]*").match(text, found.end()):
        return text[: found.start()] + text[comma.end() :]
    return re.sub(r",\s*$", "", text[: found.start()]) + text[found.end() :]
