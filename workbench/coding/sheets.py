"""A coder's file edited line by line: only the lines of codings that changed are touched."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.coding.codings import COLUMNS, Coding, escape


def edit(text: str, changes: Mapping[int, Coding | None]) -> str:
    """Return TSV `text` with the codings on some lines (from 1) replaced, or taken out (None).

    Order of columns and all other lines stay; a coding with a further column adds it to the file.
    Lines that stood sorted by turn, start, end and code stay so.
    """
    lines = text.split("\n")
    columns = lines[0].split("\t")
    new = [c for coding in changes.values() if coding for c, v in coding.extra if v]
    more = [c for c in dict.fromkeys(new) if c not in columns]
    columns += more
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if number in changes:
            if (coding := changes[number]) is not None:
                rows.append(_row(coding, columns, line.split("\t")))
        else:
            rows.append(line + "\t" * len(more) if line else line)
    end = [""] if rows and not rows[-1] else []
    body = rows[:-1] if end else rows
    old = [line for line in lines[1:] if line]
    if "" not in body and old == sorted(old, key=lambda r: _key(r, columns)):
        body.sort(key=lambda r: _key(r, columns))
    return "\n".join(["\t".join(columns), *body, *end])


def _row(coding: Coding, columns: list[str], old: list[str]) -> str:
    facets = [f for f in old[columns.index("facets")].split() if f in coding.facets]
    facets += sorted(coding.facets - set(facets))
    own = {"code": coding.code, "facets": " ".join(facets), "memo": escape(coding.memo)}
    kept = dict(zip(columns, old, strict=False)) | dict(coding.extra) | own
    return "\t".join(kept.get(name, "") for name in columns)


def _key(row: str, columns: list[str]) -> tuple[int, int, int, str]:
    cells = row.split("\t")
    turn, start, end, code = (cells[columns.index(name)] for name in COLUMNS[:4])
    return int(turn), int(start), int(end), code
