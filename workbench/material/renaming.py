"""Codes in tables and their descriptions under new names, edited as text; all else stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import Node, Scalar, parse
from workbench.material.counted import Description
from workbench.material.encounters import EncounterForm
from workbench.material.feedback import FeedbackForm
from workbench.material.surveys import SurveyForm

Names = Mapping[str, str]


def coded_columns(form: Description) -> list[str]:
    """Return the columns of a table whose cells hold codes or facets."""
    links: Collection[str | None] = ()
    if isinstance(form, FeedbackForm):
        links = (form.codes,)
    elif isinstance(form, EncounterForm):
        links = (form.channel, form.encounter)
    elif isinstance(form, SurveyForm):
        links = [question.codes for question in form.open.values()]
    return [str(link) for link in links if link]


def in_cell(cell: str, names: Names) -> str:
    """Return a cell of codes with their new names; what became the same stands once."""
    now = re.sub(r"[^\s;]+", lambda m: names.get(m[0], m[0]), cell)
    return cell if now == cell else "; ".join(dict.fromkeys(map(str.strip, now.split(";"))))


def in_table(text: str, form: Description, names: Names) -> str:
    """Return the text of a table with new names in its columns of codes; all else stays.

    The table must be one that `parse_table` reads whole.
    """
    wanted, columns = set(coded_columns(form)), [""]
    made, done = [], 0
    for first, column, start, end in _cells(text, form.separator):
        raw = text[start:end]
        plain = raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
        if first:
            columns = [*columns[:column], plain.strip(), ""]
        elif column < len(columns) and columns[column] in wanted:
            now = in_cell(plain, names)
            if now != plain:
                quoted = '"' + now.replace('"', '""') + '"'
                plainly = not raw.startswith('"') and form.separator not in now
                made += [text[done:start], now if plainly else quoted]
                done = end
    return "".join((*made, text[done:]))


def _cells(text: str, separator: str) -> Iterator[tuple[bool, int, int, int]]:
    """Yield each cell: whether it is of the first record, its column, its start and end."""
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(separator)}\n]*')
    at, column, first = 0, 0, True
    while at <= len(text):
        match = cell.match(text, at)
        assert match is not None
        yield first, column, at, match.end()
        more = text[match.end() : match.end() + 1] == separator
        column, first = (column + 1, first) if more else (0, False)
        at = match.end() + 1


def in_form(text: str, path: Path, names: Names) -> str:
    """Return the text of a description with new names, or as it is where that is not certain.

    What is written is read again: if it says anything else than the old text with new names, the
    old text stays, and `workbench check` tells which code is to be written by hand.
    """
    root = parse(text, path)[0]
    lines = text.split("\n")
    for scalar in _coded(root):
        for old, new in names.items():
            if old in scalar.value.split():
                token = rf"(?<![\w-]){re.escape(old)}(?![\w-])(?![\"']?\s*:)"
                line = lines[scalar.line - 1]
                lines[scalar.line - 1] = re.sub(token, lambda _, new=new: new, line)  # type: ignore[misc]
    now = "\n".join(lines)
    return now if _plain(parse(now, path)[0]) == _plain(root, names) else text


def _coded(root: MappingNode) -> Iterator[Scalar]:
    """Yield the scalars of a description that name codes or facets."""
    for place, scalar in _scalars(root, ()):
        if _names_codes(place):
            yield scalar


def _names_codes(place: tuple[str, ...]) -> bool:
    return (
        (len(place) == 3 and place[0] == "items" and place[2] == "code")
        or (len(place) == 2 and place[0] == "marks")
        or (len(place) == 3 and place[:2] == ("facets", "values"))
    )


def _scalars(node: Node, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    if isinstance(node, Scalar):
        yield place, node
    elif isinstance(node, MappingNode):
        for key, child in node.items.items():
            yield from _scalars(child, (*place, key))
    else:
        for n, child in enumerate(node.items):
            yield from _scalars(child, (*place, str(n)))


def _plain(root: MappingNode, names: Names | None = None) -> dict[tuple[str, ...], str]:
    return {
        place: in_cell(scalar.value, names) if names and _names_codes(place) else scalar.value
        for place, scalar in _scalars(root, ())
    }
