"""Feedback tables of any length: read, coded and counted in parts, by workers if there are any."""

from __future__ import annotations

import csv
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.files import read
from workbench.base.languages import words
from workbench.base.lemmas import OwnWords
from workbench.base.problems import Level, Problem, WorkbenchError
from workbench.base.records import Reader
from workbench.base.strict_yaml import Scalar, parse
from workbench.base.workers import Workers, answers
from workbench.coding.codebook import Codebook
from workbench.concordance.autocode import rules_of
from workbench.concordance.cluster import Codes, analyser, codes_of
from workbench.findings.feedback import FeedbackCounts, Tallies, tallied, told
from workbench.material.counted import Mark, describe
from workbench.material.feedback import FeedbackForm, Message, parse_feedback
from workbench.material.informants import Side, Vocabulary
from workbench.material.segments import Segments
from workbench.study import Study

TOGETHER = 20_000
"""Lines of a table that are counted together: some megabytes."""


class BadTable(WorkbenchError):
    """A feedback table cannot be counted as a whole, so nothing of it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every part: how to read it, how to code it, what to count by."""

    table: Path
    description: str
    header: str
    languages: tuple[str, ...]
    vocabulary: Vocabulary
    segments: Segments
    segment: str
    book: Codebook
    by: str
    rules: Mapping[str, tuple[str, ...]] | None
    own: OwnWords


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a part holds; `broken` says why it could not be read, and then nothing is counted."""

    tallies: Tallies
    left_out: int = 0
    languages: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    broken: Problem | None = None


def feedback_lines(
    study: Study,
    table: Path,
    language: str = "fi",
    *,
    by: str = "code",
    tree: str = "",
    auto: bool = False,
    executor: Workers | None = None,
) -> FeedbackCounts:
    """Count a feedback table of any length, read in parts that are not kept.

    `table` is a CSV with its description beside it, as in `observations/` but elsewhere: what lies
    there is read by every `load`. The numbers are those `wb.feedback` gives for the same lines.
    With `auto` an item has the codes that the codebook's rules find in its text, and no others. An
    `executor` of `concurrent.futures` or a Dask client has the parts counted by its workers.

    Raises `BadTable` if the table cannot be read to its end, and `NoRules`; what is wrong in single
    lines is in the result's `problems`, told part by part.
    """
    path = Path(table)
    form, description = _described(path.with_suffix(".yml"), study.settings.languages)
    tallied(study.codebook, by, "", ())  # what it cannot be counted by is refused before the work
    parts = _parts(path, form.separator)
    asked = _Asked(
        path, description, next(parts, (1, ""))[1], study.settings.languages,
        study.settings.attributes, study.segments, study.segment, study.codebook, by,
        rules_of(study.codebook) if auto else None, study.words,
    )  # fmt: skip
    counted, left_out, problems, spoken = Tallies(), 0, {}, set[str]()
    header = -1, _count((1, ""), asked)  # alone: what every part would tell, told first
    for n, part in itertools.chain([header], answers(executor, _count, parts, asked)):
        if part.broken is not None:
            raise BadTable(part.broken)
        counted += part.tallies
        left_out += part.left_out
        problems[n] = part.problems
        spoken |= part.languages
    in_order = dict.fromkeys(problem for n in sorted(problems) for problem in problems[n])
    result = told(study, language, by, tree, counted, [form], left_out, in_order)
    if not auto:
        return result
    names = "; ".join(f"{x}: {analyser(x, study.words).name}" for x in sorted(spoken))
    by_rules = words(language)("feedback_auto", analyser=names)
    return replace(result, caption=f"{result.caption} {by_rules}")


def _described(path: Path, languages: tuple[str, ...]) -> tuple[FeedbackForm, str]:
    """Return a description of feedback and its text; raises `BadTable`."""
    text, problems = read(path)
    root, found = parse(text.content, path)
    problems += found
    kind = root.items.get("kind")
    if not problems and not (isinstance(kind, Scalar) and kind.value == "feedback"):
        problems.append(Problem(path, 1, "describes no feedback.", "Write `kind: feedback`."))
    form = describe(FeedbackForm, root, Reader(path, problems, languages))
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors or form is None:
        raise BadTable((errors or problems)[0])
    return form, text.content


def _parts(path: Path, separator: str) -> Iterator[tuple[int, str]]:
    """Yield the header of a table, then its records by thousands, each with its first line.

    They are cut by the reader that reads them again, since a line end may stand in a cell.
    """
    lines: list[str] = []
    begin, size = 1, 1
    try:
        with path.open(encoding="utf-8-sig") as file:
            try:
                for cells in csv.reader(_kept(file, lines), delimiter=separator, strict=True):
                    if cells and len(lines) >= size:
                        yield begin, "".join(lines)
                        begin, size = begin + len(lines), TOGETHER
                        lines.clear()
            except csv.Error:
                pass  # whoever counts these lines says what is wrong
            if lines:
                yield begin, "".join(lines)
    except UnicodeDecodeError:
        why = "is not UTF-8 from here on."
        raise BadTable(
            Problem(path, begin, why, "Save it as UTF-8; nothing was counted.")
        ) from None
    except OSError as error:
        why = f"cannot be read: {error.strerror or 'unreadable'}."
        raise BadTable(Problem(path, 1, why, "Check name and rights.")) from None


def _kept(file: Iterable[str], lines: list[str]) -> Iterator[str]:
    for line in file:
        lines.append(line)
        yield line


def _count(part: tuple[int, str], asked: _Asked) -> _Counted:
    """Count the records of a part, of which the first stands on a line of the table."""
    begin, text = part
    path, header = asked.table, asked.header
    found, problems = parse_feedback(
        asked.description, path.with_suffix(".yml"), unicodedata.normalize("NFC", header + text),
        path, asked.languages, asked.vocabulary, asked.segments,
    )  # fmt: skip
    above = header.count("\n")
    placed = tuple(
        replace(p, line=p.line - above + begin - 1) if p.path == path and p.line > above else p
        for p in problems
    )
    if found is None:
        return _Counted(Tallies(), broken=placed[-1])
    if asked.segment and found.form.side is Side.PROVIDER:
        found = replace(found, rows=())
    elif asked.segment:
        found = found.of(lambda g: asked.segments.fits(asked.segment, dict(g.attributes)))
    rows = found.rows if asked.rules is None else _coded(found.rows, asked.rules, asked)
    tallies = tallied(asked.book, asked.by, found.id, rows)
    spoken = frozenset(m.language or asked.languages[0] for m in found.rows)
    return _Counted(tallies, found.left_out, spoken, placed)


def _coded(
    rows: Sequence[Message], rules: Mapping[str, tuple[str, ...]], asked: _Asked
) -> list[Message]:
    """Return items with the codes that rules find, in the language of each."""
    spoken = [m.language or asked.languages[0] for m in rows]
    found: dict[int, Codes] = {}
    for language in dict.fromkeys(spoken):
        own = [n for n, name in enumerate(spoken) if name == language]
        texts = (rows[n].text for n in own)
        found |= dict(zip(own, codes_of(texts, rules, language, asked.own), strict=True))
    return [replace(m, marks=tuple(map(Mark, found[n]))) for n, m in enumerate(rows)]
