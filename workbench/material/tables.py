"""Tables of counted material: CSV read strictly, each fault on the line its record begins on."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workbench.base.problems import Problem, near_miss

LONGEST = csv.field_size_limit()
"""Characters of the longest cell; a longer one is nearly always a quotation mark left open."""

_MERGE = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table as text, letter for letter; `rows` are (line, cells)."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A table breaks off in the record that begins on `line`; `why` is the reader's word for it."""

    line: int
    why: str


def records(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], Broken | None]:
    """Return the records of CSV text, each with the line it begins on, and where it breaks off.

    Blank lines are no records.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, line = [], 1
    try:
        for cells in reader:
            if cells:
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        return found, Broken(line, str(error))
    return found, None


def parse_table(text: str, path: Path, separator: str = ",") -> tuple[Table | None, list[Problem]]:
    """Read CSV (RFC 4180) whose first record names the columns; pure.

    Rows of a wrong length are problems and left out. A table that breaks off (a quotation mark
    left open, a cell longer than `LONGEST`) gives none: half of it is never taken for the whole.
    """
    found, fault = records(text, separator)
    if not found and fault:
        return None, [broken(path, fault)]
    if not found:
        return None, [Problem(path, 1, "holds no table.", "The first line names the columns.")]
    columns = tuple(name.strip() for name in found[0][1])
    problems = _header(path, columns)
    if problems:
        return None, problems
    rows = []
    for line, cells in found[1:]:
        if cells[0].startswith(_MERGE):
            hint = "Keep the lines of both sides and remove the marks."
            problems.append(Problem(path, line, "an unfinished merge stands here.", hint))
        elif len(cells) != len(columns):
            message = f"{len(cells)} fields instead of {len(columns)}."
            hint = f"Put a cell that holds '{separator}' in double quotes."
            problems.append(Problem(path, line, message, hint))
        elif any(cells):
            rows.append((line, cells))
    if fault:
        return None, [*problems, broken(path, fault)]
    return Table(path, columns, tuple(rows)), problems


def broken(path: Path, fault: Broken) -> Problem:
    """Return what is wrong where a table breaks off."""
    line, why = fault.line, fault.why
    if "field larger" in why:
        message = f"a cell of the record that begins here has over {LONGEST} characters."
        return Problem(path, line, message, 'Is a quotation mark (") left open? Nothing was read.')
    if "unexpected end" in why:
        message = "a quotation mark opens in the record that begins here and never closes."
        return Problem(path, line, message, 'Close it, or write it twice (""). Nothing was read.')
    message = "text follows a closing quotation mark in the record that begins here."
    return Problem(path, line, message, 'Write a quotation mark in a cell as "".')


def _header(path: Path, columns: tuple[str, ...]) -> list[Problem]:
    if len(columns) == 1 and (other := re.search(r"[;,\t|]", columns[0])):
        message = f"the header is one column that holds '{other[0]}'."
        hint = f'Write `separator: "{other[0]}"` in the description, or use `workbench import`.'
        return [Problem(path, 1, message.replace("\t", "\\t"), hint.replace("\t", "\\t"))]
    twice = [name for name, n in Counter(columns).items() if n > 1 and name]
    hint = "Give each column a name of its own, or use `workbench import`."
    return [Problem(path, 1, f"the column '{name}' stands twice.", hint) for name in twice]


def missing(name: str, table: Table) -> tuple[str, str]:
    """Return message and hint for a column that the table has not."""
    return f"{table.path.name} has no column '{name}'.", near_miss(name, table.columns)
