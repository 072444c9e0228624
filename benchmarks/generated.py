"""A large study of invented words, the same each time, and the same codings as QualCoder's file."""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage, format_codings
from workbench.study import Study

DOCUMENTS, TURNS, CODINGS, DOUBLE = 1_000, (40, 60), 100, 5
"""Documents, turns of each, codings of each, and every which one a second coder codes too."""
SECTORS = ("koulu", "tori", "satama", "puisto", "kirjasto")
ROLES = ("esimies", "palkansaaja")
TREES, TOPS, BELOW = 4, 5, 4
"""Trees of content codes, top codes of each, codes below each top one: 100 codes in all."""
CODES = tuple(
    name
    for tree in range(TREES)
    for top in range(TOPS)
    for name in (f"k{tree}-{top}", *(f"k{tree}-{top}-{n}" for n in range(BELOW)))
)
FACETS = ("odotettu", "koettu", "tekninen", "toiminnallinen", "+", "-")
CODERS = ("aino", "eero")
SYLLABLES = ("ka", "lo", "mi", "ten", "sä", "ru", "vii", "po", "hau", "ni", "tel", "jo", "kä", "es")
Turn = tuple[str, str]


def write_study(folder: Path, documents: int = DOCUMENTS) -> Path:
    """Write a study whose every document has one informant; a fifth of them has two coders."""
    dice = random.Random(20261125)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(5_000)]
    for name, text in _parameters(documents):
        path = folder / "parameters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    material = folder / "interviews"
    material.mkdir()
    for n in range(1, documents + 1):
        path, turns = material / f"h{n:05}.md", _turns(n, words, dice)
        path.write_text(_head(n) + "".join(_said(k, t) for k, t in enumerate(turns, 1)), "utf-8")
        first = _coded(path, turns, dice)
        _write_codings(path, CODERS[0], first)
        if n % DOUBLE == 0:
            _write_codings(path, CODERS[1], _again(path, turns, first, dice))
    return folder


def _parameters(documents: int) -> Iterator[tuple[str, str]]:
    def attribute(values: tuple[str, ...]) -> str:
        return "".join(f"    {v}: {{fi: {v}}}\n" for v in values)

    yield (
        "study.yml",
        f"title: {{fi: Keksitty}}\nlanguages: [fi]\ncoders: [{', '.join(CODERS)}]\nattributes:\n"
        f"  role:\n{attribute(ROLES)}  sector:\n{attribute(SECTORS)}",
    )
    yield (
        "informants.yml",
        "".join(
            f"E{n:05}: {{side: customer, role: {ROLES[n % 2]}, sector: {SECTORS[n % 5]}, "
            "consent: {quote: true}}\n"
            for n in range(1, documents + 1)
        ),
    )
    yield "segments/kaikki.yml", _segment("kaikki", "rollup", f"{{role: [{', '.join(ROLES)}]}}")
    for role in ROLES:
        yield f"segments/{role}.yml", _segment(role, "rollup", f"{{role: {role}}}", "kaikki")
        for sector in SECTORS:
            name = f"{role}-{sector}"
            rule = f"{{role: {role}, sector: {sector}}}"
            yield f"segments/{name}.yml", _segment(name, "base", rule, role)
    for sector in SECTORS:
        yield f"segments/{sector}.yml", _segment(sector, "cross", f"{{sector: {sector}}}")
    for tree in range(TREES):
        lines = [f"label: {{fi: Puu {tree}}}", "codes:"]
        for top in range(TOPS):
            name = f"k{tree}-{top}"
            lines += _code(name, "  ")
            lines += ["    codes:"]
            lines += [line for n in range(BELOW) for line in _code(f"{name}-{n}", "      ")]
        yield f"codebook/puu{tree}.yml", "\n".join(lines) + "\n"
    angles = "\n".join(line for facet in FACETS for line in _code(f'"{facet}"', "  "))
    yield "codebook/nakokulma.yml", f"label: {{fi: Kulma}}\nkind: facet\ncodes:\n{angles}\n"


def _segment(name: str, level: str, rule: str, parent: str = "") -> str:
    above = f"parent: {parent}\n" if parent else ""
    size = "population: {value: null, source: keksitty}"
    return f"label: {{fi: {name}}}\nlevel: {level}\n{above}rule: {rule}\n{size}\n"


def _code(name: str, indent: str) -> list[str]:
    label = name.strip('"')
    return [
        f"{indent}{name}:",
        f'{indent}  label: {{fi: "{label}"}}',
        f"{indent}  definition: Keksitty koodi.",
    ]


def _head(n: int) -> str:
    return (
        f"---\nid: h{n:05}\nkind: interview\ndate: 2010-{n % 12 + 1:02}\ninformant: E{n:05}\n"
        "interviewer: TK\nlanguage: fi\n---\n"
    )


def _said(number: int, turn: Turn) -> str:
    return f"[{number}] {turn[0]}: {turn[1]}\n\n"


def _turns(n: int, words: list[str], dice: random.Random) -> list[Turn]:
    """Return questions and answers in turn, about 8,000 characters in all."""
    turns = []
    for k in range(dice.randint(*TURNS)):
        who, length = ("TK", dice.randint(5, 12)) if k % 2 == 0 else (f"E{n:05}", None)
        said = dice.choices(words, k=length or dice.randint(16, 58))
        turns.append((who, f"{' '.join(said).capitalize()}{'?' if length else '.'}"))
    return turns


def _coded(path: Path, turns: list[Turn], dice: random.Random) -> list[Coding]:
    """Return codings of 20 to 300 characters on whole words of answers, no two the same."""
    found: dict[tuple[int, int, int, str], Coding] = {}
    answers = [(k, text) for k, (who, text) in enumerate(turns, 1) if who != "TK"]
    while len(found) < CODINGS:
        turn, text = dice.choice(answers)
        start = text.rfind(" ", 0, dice.randrange(len(text) - 20)) + 1
        end = text.find(" ", start + dice.randint(20, 280))
        end = len(text) if end < 0 else end
        facets = frozenset(dice.sample(FACETS, dice.randrange(4)))
        if 20 <= end - start <= 300:
            c = _coding(path, CODERS[0], turn, start, text[start:end], dice.choice(CODES), facets)
            found.setdefault(c.key, c)
    return list(found.values())


def _again(path: Path, turns: list[Turn], first: list[Coding], dice: random.Random) -> list[Coding]:
    """Return what a second coder makes of it: three in four alike, the others of another code."""
    found: dict[tuple[int, int, int, str], Coding] = {}
    for c in first:
        p, code = c.passage, c.code if dice.random() < 0.75 else dice.choice(CODES)
        start = p.start if dice.random() < 0.8 else turns[p.turn - 1][1].find(" ", p.start) + 1
        quote = turns[p.turn - 1][1][start : p.end]
        other = _coding(path, CODERS[1], p.turn, start, quote, code, c.facets)
        found.setdefault(other.key, other)
    return list(found.values())


def _coding(
    path: Path, coder: str, turn: int, start: int, quote: str, code: str, facets: frozenset[str]
) -> Coding:
    passage = Passage(path.stem, turn, start, start + len(quote), quote)
    return Coding(passage, code, coder, Place(path, 1), facets)


def _write_codings(path: Path, coder: str, codings: list[Coding]) -> None:
    text = format_codings(codings, FACETS)
    path.with_name(f"{path.stem}.{coder}.tsv").write_text(text, encoding="utf-8")


def write_feedback(source: Path, table: Path, lines: int) -> Path:
    """Write a feedback table of as many lines, cut from the words of one with its description.

    A line keeps days, groups and sort of a line of the source; its sender is one of about twenty
    thousand, and its text some words out of a text, the same each time.
    """
    dice = random.Random(20261125)
    with source.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    sender, text = head.index("lähettäjä"), head.index("palaute")
    words = [row[text].split() for row in rows]
    table.parent.mkdir(parents=True, exist_ok=True)
    description = source.with_suffix(".yml").read_text(encoding="utf-8")
    table.with_suffix(".yml").write_text(description, encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        for _ in range(lines):
            n = dice.randrange(len(rows))
            said = words[dice.randrange(len(words))]
            start = dice.randrange(len(said))
            row = rows[n].copy()
            row[sender] = f"{row[sender]}-{dice.randrange(50)}" if row[sender] else ""
            row[text] = " ".join(said[start : start + dice.randint(6, 18)])
            writer.writerow(row)
    return table


TABLES = """
create table source (id integer primary key, name text, fulltext text, owner text);
create table code_name (cid integer primary key, name text, owner text, unique (name));
create table code_text (
  ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
  owner text, unique (cid, fid, pos0, pos1, owner));
create table cases (caseid integer primary key, name text);
create table case_text (
  id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer);
create table attribute (
  attrid integer primary key, name text, attr_type text, value text, id integer,
  unique (name, attr_type, id));
"""
"""QualCoder's tables, with the columns that answers need and its only index."""


def write_peer(study: Study, path: Path) -> Path:
    """Write documents, informants and codings of a study the way QualCoder holds them."""
    with closing(sqlite3.connect(path)) as base, base:
        base.executescript(TABLES)
        codes = {name: n for n, name in enumerate(study.codebook.content, 1)}
        cases = {name: n for n, name in enumerate(study.informants, 1)}
        base.executemany(
            "insert into code_name values (?, ?, ?)", ((n, c, "") for c, n in codes.items())
        )
        base.executemany("insert into cases values (?, ?)", ((n, c) for c, n in cases.items()))
        base.executemany(
            "insert into attribute (name, attr_type, value, id) values (?, 'case', ?, ?)",
            (
                (key, value, cases[p.id])
                for p in study.informants.values()
                for key, values in p.attributes.items()
                for value in values
            ),
        )
        starts: dict[tuple[str, int], int] = {}
        files: dict[str, int] = {}
        for n, document in enumerate(study.documents.values(), 1):
            files[document.id], at = n, 0
            for turn in document.turns.values():
                starts[document.id, turn.number] = at
                at += len(turn.text) + 1
            text = "\n".join(t.text for t in document.turns.values())
            base.execute("insert into source values (?, ?, ?, '')", (n, document.id, text))
            whole = (cases[document.informant], n, 0, len(text))
            base.execute(
                "insert into case_text (caseid, fid, pos0, pos1) values (?, ?, ?, ?)", whole
            )
        base.executemany(
            "insert into code_text (cid, fid, seltext, pos0, pos1, owner) "
            "values (?, ?, ?, ?, ?, ?)",
            (
                (codes[c.code], files[c.document], p.quote, at + p.start, at + p.end, c.coder)
                for c in study.codings
                for p in (c.passage,)
                for at in (starts[c.document, p.turn],)
            ),
        )
    return path
