"""Findings of 1,000 documents and 100,000 codings, beside the same questions to QualCoder's tables.

`python -m benchmarks.findings --ten` asks them of ten times as much too, and says how time grows.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.generated import CODERS, DOCUMENTS, write_peer, write_study
from workbench.findings.agreement import Agreement, agreement
from workbench.findings.columns import Columns
from workbench.findings.cooccurrence import CoOccurrence, cooccurrence
from workbench.findings.crosstab import Crosstab, crosstab
from workbench.findings.quotes import Quotes, quotes
from workbench.loading import load
from workbench.study import Study

T = TypeVar("T")
Row = tuple[str, float, str, float, float]
ROOT = Path(__file__).parent.parent
CODE, RESAMPLINGS, TRIED = "k1-2-3", 1_000, 10
FRESH = "import sys, workbench as wb; wb.load(sys.argv[1])"
FRESH_PEER = "import sys; from benchmarks.findings import whole_file; whole_file(sys.argv[1])"


def timed(function: Callable[[], T], times: int = 3) -> tuple[T, float]:
    """Return the answer and the shortest of several times in seconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        answer = function()
        spent.append(time.perf_counter() - start)
    return answer, min(spent)


def fresh(program: str, path: Path) -> float:
    """Return how long a program takes in a new process, from its start to its end."""
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, str(path)]
    return timed(lambda: subprocess.run(command, env=here, check=True))[1]


# ---- the same questions, as QualCoder asks its tables -------------------------------------------


def whole_file(path: str) -> list[list[tuple[object, ...]]]:
    """Read all texts, codes, codings, cases and attributes; nothing is checked."""
    tables = ("source", "code_name", "code_text", "cases", "case_text", "attribute")
    with closing(sqlite3.connect(path)) as base:
        return [base.execute(f"select * from {table}").fetchall() for table in tables]


def peer_crosstab(base: sqlite3.Connection) -> dict[tuple[str, str, str], dict[str, int]]:
    """Count the codings of each code in each case, a query for each; by role, sector and case."""
    codes = base.execute("select cid, name from code_name").fetchall()
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for caseid, case in base.execute("select caseid, name from cases").fetchall():
        of = "select value from attribute where id = ? and name = ?"
        role, sector = (base.execute(of, (caseid, a)).fetchone()[0] for a in ("role", "sector"))
        parts = base.execute("select fid, pos0, pos1 from case_text where caseid = ?", (caseid,))
        for fid, start, end in parts.fetchall():
            for cid, code in codes:
                (n,) = base.execute(
                    "select count(*) from code_text where cid = ? and fid = ? and pos0 >= ? "
                    "and pos1 <= ? and owner = ?", (cid, fid, start, end, CODERS[0]),
                ).fetchone()  # fmt: skip
                if n:
                    cells = found[code, role, sector]
                    cells[case] = cells.get(case, 0) + n
    return found


def peer_together(base: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """Compare every two codings of a file, and count those that share a character."""
    pairs: Counter[tuple[str, str]] = Counter()
    of = (
        "select name, pos0, pos1 from code_text join code_name using (cid) "
        "where fid = ? and code_text.owner = ?"
    )
    for (fid,) in base.execute("select id from source").fetchall():
        here = base.execute(of, (fid, CODERS[0])).fetchall()
        for (one, a, b), (other, c, d) in itertools.combinations(here, 2):
            if a < d and c < b and one != other:
                pairs[min(one, other), max(one, other)] += 1
    return pairs


def peer_quotes(base: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return document and words of each coding of a code."""
    return base.execute(
        "select source.name, seltext from code_text join code_name using (cid) "
        "join source on fid = source.id where code_name.name = ? and code_text.owner = ?",
        (CODE, CODERS[0]),
    ).fetchall()


def peer_agreement(base: sqlite3.Connection, draws: int) -> dict[str, float]:
    """Return Cohen's kappa of each code, turn by turn, and draw documents anew `draws` times."""
    double = "select distinct fid from code_text where owner = ? order by fid"
    files = [fid for (fid,) in base.execute(double, (CODERS[1],)).fetchall()]
    turns = {fid: _answers(base, fid) for fid in files}
    kappas = {}
    for cid, code in base.execute("select cid, name from code_name").fetchall():
        tables = [_table(base, cid, fid, turns[fid]) for fid in files]
        kappas[code] = _kappa(tables)
        dice = np.random.default_rng(1)
        for _ in range(draws):
            _kappa([tables[n] for n in dice.integers(len(tables), size=len(tables))])
    return kappas


def _answers(base: sqlite3.Connection, fid: int) -> list[tuple[int, int]]:
    """Return where the answers of a text begin and end: its lines that are no question."""
    (text,) = base.execute("select fulltext from source where id = ?", (fid,)).fetchone()
    found, at = [], 0
    for line in text.split("\n"):
        if not line.endswith("?"):
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _table(
    base: sqlite3.Connection, cid: int, fid: int, turns: list[tuple[int, int]]
) -> Counter[tuple[bool, bool]]:
    """Count the turns in which both coders gave the code, one of them, or none."""
    asked = "select pos0, pos1 from code_text where cid = ? and fid = ? and owner = ?"
    spans = [base.execute(asked, (cid, fid, coder)).fetchall() for coder in CODERS]
    return Counter(
        tuple(any(a < end and start < b for a, b in own) for own in spans)  # type: ignore[misc]
        for start, end in turns
    )


def _kappa(tables: Iterable[Counter[tuple[bool, bool]]]) -> float:
    both, one, other, none = (
        sum(t[key] for t in tables)
        for tables in [list(tables)]
        for key in ((True, True), (True, False), (False, True), (False, False))
    )
    n = both + one + other + none
    chance = ((both + one) * (both + other) + (none + one) * (none + other)) / n**2
    return ((both + none) / n - chance) / (1 - chance)


# ---- are the answers the same? ------------------------------------------------------------------


def same_crosstab(
    ours: Crosstab, theirs: dict[tuple[str, str, str], dict[str, int]], study: Study
) -> None:
    """Stop unless each code, with those below it, has the same people and passages a segment."""
    for k, group in enumerate(ours.groups[:-1]):
        rule = study.segments[group.name].rule
        cells: dict[str, Counter[str]] = defaultdict(Counter)
        for (code, role, sector), cases in theirs.items():
            if role in rule.get("role", (role,)) and sector in rule.get("sector", (sector,)):
                for above in study.codebook.path(code):
                    cells[above].update(cases)
        for n, code in enumerate(ours.codes):
            told = len(cells[code]), cells[code].total()
            assert told == (ours.people[n, k], ours.passages[n, k]), (code, group.name)


def same_pairs(ours: CoOccurrence, theirs: Counter[tuple[str, str]]) -> None:
    """Stop unless the same codes share words as often."""
    told = {(min(p.one, p.other), max(p.one, p.other)): p.passages for p in ours.pairs}
    assert told == theirs, "other codes stand together"


def same_quotes(ours: Quotes, theirs: list[tuple[str, str]]) -> None:
    """Stop unless the same words are quoted."""
    assert sorted((c.document, c.passage.quote) for c in ours.codings) == sorted(theirs)


def same_agreement(ours: Agreement, theirs: dict[str, float]) -> None:
    """Stop unless kappa is the same for each code."""
    told = {row.code: row.kappa.value for row in ours.rows if row.code}
    assert told.keys() == theirs.keys(), "other codes"
    assert np.allclose([told[c] for c in told], [theirs[c] for c in told]), "other kappas"


# ---- the table ----------------------------------------------------------------------------------

Asked = dict[str, tuple[object, float]]


def asked(folder: Path) -> tuple[Study, Asked]:
    """Return the study and, for each question, the answer and its seconds."""
    study, loading = timed(lambda: load(folder), 2)
    assert not study.problems, study.problems[:3]
    found: Asked = {
        "load, a fresh process": (None, fresh(FRESH, folder)),
        "load": (None, loading),
        "codings put into columns, once": timed(lambda: Columns.of(study, study.counting), 2),
        "18 views by segment": timed(lambda: [study.where(segment=s.id) for s in study.segments]),
        "crosstab by segment": timed(lambda: crosstab(study, by="segment"), 5),
        "co-occurrence": timed(lambda: cooccurrence(study, within="overlap"), 5),
        "quotes of a code": timed(lambda: _shown(quotes(study, CODE)), 5),
        "agreement, 1,000 draws": timed(lambda: agreement(study, resamplings=RESAMPLINGS), 1),
    }
    return study, found


def _shown(found: Quotes) -> Quotes:
    assert len(found.table)
    return found


GOALS = {
    "load, a fresh process": 2.0, "18 views by segment": 0.3, "crosstab by segment": 0.05,
    "co-occurrence": 0.1, "quotes of a code": 0.02, "agreement, 1,000 draws": 5.0,
}  # fmt: skip


def measured() -> list[Row]:
    """Return the rows of the table: each question against its goal and beside the peer's way."""
    with tempfile.TemporaryDirectory() as name:
        study, ours = asked(write_study(Path(name) / "study"))
        path = write_peer(study, Path(name) / "peer.qda")
        with closing(sqlite3.connect(path)) as base:
            peers = {
                "load, a fresh process": (
                    "QualCoder's tables read whole, no check", fresh(FRESH_PEER, path), 20.0,
                ),
                **_peers(base, study, ours),
            }  # fmt: skip
    rows: list[Row] = []
    for what, (_, seconds) in ours.items():
        if what in GOALS:
            rows.append((what, seconds, "the goal", GOALS[what], 1.0))
        if what in peers:
            reference, theirs, goal = peers[what]
            rows.append((f"  beside the peer, {what}"[:42], seconds, reference, theirs, goal))
    return rows


def _peers(
    base: sqlite3.Connection, study: Study, ours: Asked
) -> dict[str, tuple[str, float, float]]:
    counted, crossing = timed(lambda: peer_crosstab(base), 1)
    pairs, pairing = timed(lambda: peer_together(base), 1)
    words, quoting = timed(lambda: peer_quotes(base))
    _, plain = timed(lambda: peer_agreement(base, 0), 1)
    kappas, drawn = timed(lambda: peer_agreement(base, TRIED), 1)
    same_crosstab(ours["crosstab by segment"][0], counted, study)  # type: ignore[arg-type]
    same_pairs(ours["co-occurrence"][0], pairs)  # type: ignore[arg-type]
    same_quotes(ours["quotes of a code"][0], words)  # type: ignore[arg-type]
    same_agreement(ours["agreement, 1,000 draws"][0], kappas)  # type: ignore[arg-type]
    agreeing = plain + (drawn - plain) * RESAMPLINGS / TRIED
    return {
        "crosstab by segment": ("a query for each code and case", crossing, 1 / 50),
        "co-occurrence": ("every two codings of a file, in Python", pairing, 1 / 50),
        "quotes of a code": ("one query, no table", quoting, 5.0),
        "agreement, 1,000 draws": (
            f"kappa alone, {TRIED} draws in Python, times 100",
            agreeing,
            0.5,
        ),
    }


def grown() -> list[Row]:
    """Return each question to ten times as much, against ten times its seconds."""
    with tempfile.TemporaryDirectory() as name:
        once = asked(write_study(Path(name) / "one"))[1]
        ten = asked(write_study(Path(name) / "ten", 10 * DOCUMENTS))[1]
    return [
        (what, ten[what][1], "the same of a tenth, times 10", 10 * once[what][1], 1.2)
        for what in ten
    ]


if __name__ == "__main__":
    for what, ours, reference, theirs, goal in (grown if "--ten" in sys.argv else measured)():
        ratio = ours / theirs
        print(f"{what:<42}{ours:>9.3f}  {reference:<44}{theirs:>9.3f}{ratio:>9.4f}{goal:>8.3f}")
