"""A coder's file edited line by line: only the lines of codings that changed are touched."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.coding.codings import COLUMNS, MEANING, Coding, escape


def edit(text: str, changes: Mapping[int, Coding | None]) -> str:
    """Return TSV `text` with the codings on some lines (from 1) replaced, or taken out (None).

    Order of columns and all other lines stay; what a coding has and the file has no column for
    adds one. Lines that stood sorted by turn, start, end and code stay so.
    """
    lines = text.split("\n")
    old = lines[0].split("\t")
    columns = _columns(old, [c for c in changes.values() if c])
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = dict(zip(old, line.split("\t"), strict=False))
        if number not in changes:
            short = columns in (old, [*old, MEANING])
            rows.append(line if short or not line else _row(cells, columns))
        elif (coding := changes[number]) is not None:
            rows.append(_row({**cells, MEANING: "", **_cells(coding, cells)}, columns))
    end = [""] if rows and not rows[-1] else []
    body = rows[:-1] if end else rows
    filled = [line for line in lines[1:] if line]
    if "" not in body and filled == sorted(filled, key=lambda row: _key(row, old)):
        body.sort(key=lambda row: _key(row, columns))
    return "\n".join(["\t".join(columns), *body, *end])


def _columns(old: list[str], codings: list[Coding]) -> list[str]:
    wanted = ["memo" for c in codings if c.memo] + [n for c in codings for n, _ in c.extra]
    new = [name for name in dict.fromkeys(wanted) if name not in old]
    if not new:
        return old
    last = [MEANING] if MEANING in (*old, *new) else []
    return [name for name in (*old, *new) if name != MEANING] + last


def _cells(coding: Coding, old: Mapping[str, str]) -> dict[str, str]:
    facets = [f for f in old["facets"].split() if f in coding.facets]
    facets += sorted(coding.facets - set(facets))
    own = {"code": coding.code, "facets": " ".join(facets), "memo": escape(coding.memo)}
    return {**dict(coding.extra), **own}


def _row(cells: Mapping[str, str], columns: list[str]) -> str:
    row = [cells.get(name, "") for name in columns]
    return "\t".join(row[:-1] if columns[-1] == MEANING and not row[-1] else row)


def _key(row: str, columns: list[str]) -> tuple[int, int, int, str]:
    cells = row.split("\t")
    turn, start, end, code = (cells[columns.index(name)] for name in COLUMNS[:4])
    return int(turn), int(start), int(end), code
