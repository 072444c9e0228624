"""Tables brought in: whatever bytes and separator, written as UTF-8 CSV with a drafted description.

Cells are kept letter for letter; what was taken for granted is told, and what the columns hold is
guessed into the description, for somebody to mend.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbench.base.edits import JOURNAL, Edit, write_all
from workbench.base.files import Text
from workbench.base.languages import LANGUAGES, words
from workbench.base.problems import Problem
from workbench.base.strict_yaml import quoted
from workbench.material.counted import iso, numeral, shown
from workbench.material.importing import LARGEST, CannotImport, slug
from workbench.material.informants import Vocabulary
from workbench.material.segments import Segments
from workbench.material.settings import settings_of
from workbench.material.sources import READERS
from workbench.material.tables import Broken, broken, records

ENDINGS = frozenset([".csv", ".tsv"])
SCALES = ((1, 4), (1, 5), (1, 7), (0, 10), (1, 10))
FEW = 12
"""So many different texts in a column, at most, are taken for values to choose from."""

_SEPARATORS = (";", ",", "\t", "|")
_SEP_LINE = re.compile(r"sep=(.)\n")
_PERSON = (re.compile(r"vastaaja|respondent|lähettäjä|sender|svarande", re.IGNORECASE),
           re.compile(r"tunn|person|\bid\b", re.IGNORECASE))  # fmt: skip
_UNKNOWN = "?"
NO_ANSWER = frozenset(["NA", "N/A", "n/a", "NULL", "null", "-", "–", "—"])
"""What stands for no answer where all other cells of a column are numbers."""

_TOLD = 8
_FORMS = ("iso", "d.m.y", "d/m/y", "m/d/y")


class Holds(StrEnum):
    """What a column seems to hold."""

    NOTHING = "nothing"
    NAME = "a name of its own for each row"
    WHOLE = "whole numbers"
    NUMBER = "numbers"
    DATE = "dates"
    CHOICE = "a few values"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was taken: its name, its words in a second header row, what it holds."""

    name: str
    words: str
    cells: tuple[str, ...]
    holds: Holds

    @property
    def numbers(self) -> list[float]:
        """Return the numbers in it."""
        return [n for cell in self.cells if (n := _number(cell)) is not None]


@dataclass(frozen=True, slots=True)
class Tabled:
    """What came of one table: where it and its description are, and what is to be known of it.

    `notes` say what was taken for granted; `faults` what `workbench check` will say of it.
    """

    source: Path
    path: Path
    form: Path
    columns: tuple[Column, ...]
    rows: int
    notes: tuple[str, ...]
    faults: tuple[Problem, ...]


def import_table(source: Path, folder: Path, *, kind: str = "survey", date: str) -> Tabled:
    """Bring a table into the study in `folder`: `observations/NAME.csv` and a drafted `NAME.yml`.

    UTF-8, UTF-16 and Windows-1252 are known, and `;`, `,`, tab and `|` between cells. Both files
    are written or none. Raises `CannotImport` for a table with rows of a wrong length, an open
    quotation mark, a NUL, no columns, or a name that is taken; each fault with its line.
    """
    settings = settings_of(folder)
    name = slug(source.stem)
    path = folder / "observations" / f"{name}.csv"
    form = path.with_suffix(".yml")
    if taken := next((p for p in (path, form) if p.exists()), None):
        raise CannotImport(source, f"{taken} is there already; rename the file first.")
    text, notes = _decoded(source)
    header, body = _parted(source, text, notes)
    columns = _columns(header, body, notes)
    draft = _draft(name, kind, date, columns, settings.languages, settings.attributes)
    table = _csv([c.name for c in columns], zip(*(c.cells for c in columns), strict=True))
    languages, vocabulary = settings.languages, settings.attributes
    _, faults = READERS[kind](draft, form, table, path, languages, vocabulary, Segments({}))
    edits = [Edit(Text(path, ""), table), Edit(Text(form, ""), draft)]
    write_all(edits, folder / "parameters" / JOURNAL)
    rows = len(columns[0].cells)
    return Tabled(source, path, form, tuple(columns), rows, tuple(notes), tuple(faults))


def _decoded(source: Path) -> tuple[str, list[str]]:
    r"""Return the text of a table with `\n` only, and what it was read as."""
    if (size := source.stat().st_size // 10**6) > LARGEST:
        raise CannotImport(source, f"it has {size} MB; a table has {LARGEST} at most.")
    data = source.read_bytes()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CannotImport(source, "it is a workbook of a spreadsheet; save the sheet as CSV.")
    encoding = "cp1252"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        try:
            data.decode("utf-8-sig")
            encoding = "utf-8-sig"
        except UnicodeDecodeError:
            pass
    try:
        raw = data.decode(encoding)
    except UnicodeDecodeError:
        raise CannotImport(source, "it is neither UTF-8 nor Windows-1252 text.") from None
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CannotImport(source, f"line {line} holds a NUL character; remove it.")
    known = {"cp1252": "Windows-1252", "utf-16": "UTF-16", "utf-8-sig": "UTF-8"}
    return text, [f"read as {known[encoding]}"]


def _parted(
    source: Path, text: str, notes: list[str]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return header and rows, cut where most rows have as many cells as the header."""
    before = 0
    if match := _SEP_LINE.match(text):
        before, text = 1, text[match.end() :]
        tried = [match[1]]
    else:
        tried = list(_SEPARATORS)
    found = {separator: records(text, separator) for separator in tried}
    best = max(found, key=lambda s: _fitness(*found[s]))
    rows, broke = found[best]
    if not rows or len(rows[0][1]) < 2:
        raise CannotImport(source, "it holds no table: no `;`, `,`, tab or `|` between columns.")
    header = rows[0][1]
    wrong = [
        f"line {line + before} has {len(cells)} cells instead of {len(header)}."
        for line, cells in rows[1:]
        if len(cells) != len(header)
    ]
    if len(wrong) > _TOLD:
        wrong[_TOLD:] = [f"So have {len(wrong) - _TOLD} more."]
    if broke:
        wrong.append(f"line {broke.line + before}: {broken(source, broke).message}")
    if wrong:
        raise CannotImport(source, " ".join(wrong))
    notes.append(f"columns parted by {'tabs' if best == chr(9) else f'`{best}`'}")
    kept = [(line + before, cells) for line, cells in rows[1:] if any(map(str.strip, cells))]
    if blank := len(rows) - 1 - len(kept):
        notes.append(f"{blank} blank rows left out")
    return header, kept


def _fitness(
    rows: list[tuple[int, list[str]]], broke: Broken | None
) -> tuple[bool, bool, float, int]:
    width = len(rows[0][1]) if rows else 0
    even = sum(len(cells) == width for _, cells in rows) / max(len(rows), 1)
    return width > 1, broke is None, even, width


def _columns(
    header: Sequence[str], body: Sequence[tuple[int, list[str]]], notes: list[str]
) -> list[Column]:
    """Return the columns by names of their own, a second header row taken as their words."""
    rows = [cells for _, cells in body]
    words = [""] * len(header)
    if second := _second_header(rows):
        line, words = body[0][0], [cell.strip() for cell in rows[0]]
        rows = rows[1:]
        notes.append(f"line {line} taken as a second header row, and not as a row")
    names = _merged(header, words) if second and "" in map(str.strip, header) else list(header)
    names = _unique(names, notes)
    cells = list(zip(*rows, strict=True)) or [()] * len(names)
    columns = [
        Column(name, said, own, _holds(own))
        for name, said, own in zip(names, words, cells, strict=True)
    ]
    lines = [line for line, _ in body[len(body) - len(rows) :]]
    for column in (c for c in columns if c.holds is Holds.DATE):
        for line, cell in zip(lines, column.cells, strict=True):
            if cell.strip() and not any(iso(cell.strip(), form) for form in _FORMS):
                notes.append(f"line {line}, {column.name}: '{shown(cell)}' is no date")
    formulas = sum(c.startswith(("=", "@")) for own in cells for c in map(str.strip, own))
    if formulas:
        notes.append(f"{formulas} cells look like formulas and are kept as text")
    return columns


def _second_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row holds words wherever the rows below it hold numbers."""
    if len(rows) < 3:
        return False
    numeric = [
        n
        for n, (first, *rest) in enumerate(zip(*rows, strict=True))
        if first.strip() and _holds(rest) in (Holds.WHOLE, Holds.NUMBER)
    ]
    return len(numeric) > 1 and all(_number(rows[0][n].strip()) is None for n in numeric)


def _merged(header: Sequence[str], words: Sequence[str]) -> list[str]:
    """Return names of two header rows, the upper one with cells merged over several columns."""
    names, above = [], ""
    for upper, lower in zip(header, words, strict=True):
        above = upper.strip() or above
        names.append(" / ".join(part for part in (above, lower) if part))
    return names


def _unique(header: Iterable[str], notes: list[str]) -> list[str]:
    """Return names that differ, without blanks at their ends or line breaks; note each change."""
    names: list[str] = []
    for n, given in enumerate(header, 1):
        plain = " ".join(given.split()) or f"column-{n}"
        name, k = plain, 1
        while name in names:
            k += 1
            name = f"{plain}-{k}"
        if name != given:
            notes.append(f"column {n} '{shown(given)}' is now '{shown(name)}'")
        names.append(name)
    return names


@functools.lru_cache(maxsize=1 << 16)
def _number(cell: str) -> float | None:
    return next((n for mark in ".," if (n := numeral(cell.strip(), mark)) is not None), None)


def _holds(cells: Sequence[str]) -> Holds:
    given = [cell.strip() for cell in cells if cell.strip()]
    if not given:
        return Holds.NOTHING
    said = [cell for cell in given if cell not in NO_ANSWER]
    numbers = [n for cell in said if (n := _number(cell)) is not None]
    if numbers and len(numbers) >= 0.8 * len(said):
        return Holds.WHOLE if all(n % 1 == 0 for n in numbers) else Holds.NUMBER
    times = Counter(given)
    dates = sum(n for cell, n in times.items() if any(iso(cell, form) for form in _FORMS))
    if dates >= 0.7 * len(given):
        return Holds.DATE
    different = len(times)
    if different <= FEW and different < len(given) and max(map(len, given)) <= 60:
        return Holds.CHOICE
    words = max(len(cell.split()) for cell in given)
    return Holds.NAME if different == len(given) and words == 1 else Holds.TEXT


def _csv(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue()


def _draft(
    name: str,
    kind: str,
    date: str,
    columns: Sequence[Column],
    languages: Sequence[str],
    vocabulary: Vocabulary,
) -> str:
    """Return the description of the columns as far as it can be guessed; `?` is to be filled in."""
    prose = {x: words(x)("unknown") for x in languages if x in LANGUAGES}
    attributes = dict(_attributes(columns, vocabulary))
    free = [c for c in columns if c.name not in {a.name for a in attributes.values()}]
    person = _person(free)
    free = [c for c in free if c is not person]
    lines = [
        f"kind: {kind}",
        f"title: {_in_all(name, languages)}",
        f"date: {date}",
        f"origin: {{{', '.join(f'{x}: {quoted(t)}' for x, t in prose.items())}}}",
    ]
    if person or kind == "survey":
        lines.append(f"person: {quoted(person.name if person else _UNKNOWN)}")
    if any(
        re.search(r"\d,\d", cell) for c in columns if c.holds is Holds.NUMBER for cell in c.cells
    ):
        lines.append('decimal: ","')
    none = {cell.strip() for c in columns if c.holds in (Holds.WHOLE, Holds.NUMBER)
            for cell in c.cells} & NO_ANSWER  # fmt: skip
    if none:
        lines.append(f"missing: [{', '.join(map(quoted, sorted(none)))}]")
    if (form := _date_form(columns)) != "iso":
        lines.append(f"date_form: {form}")
    if attributes:
        pairs = (f"{a}: {quoted(c.name)}" for a, c in attributes.items())
        lines.append(f"attributes: {{{', '.join(pairs)}}}")
        lines += _values(attributes, vocabulary)
    lines += _DRAFTS[kind](free, languages)
    lines += [
        "",
        "# What each column seems to hold. One that no line above names is kept and ignored.",
    ]
    lines += [f"#   {_one_line(c)}" for c in columns]
    return "\n".join(lines) + "\n"


def _person(columns: Sequence[Column]) -> Column | None:
    """Return the column that seems to name people: by its name, or by a name in each row."""
    short = [c for c in columns if c.holds is not Holds.NOTHING and max(map(len, c.cells)) <= 40]
    named = (c for sort in _PERSON for c in short if sort.search(c.name))
    return next(named, None) or next((c for c in short if c.holds is Holds.NAME), None)


def _in_all(text: str, languages: Sequence[str]) -> str:
    return f"{{{', '.join(f'{x}: {quoted(text)}' for x in languages)}}}"


def _one_line(column: Column) -> str:
    given = [cell.strip() for cell in column.cells if cell.strip()]
    told = f"{column.holds}, {len(given)} filled, {len(set(given))} different"
    if column.holds in (Holds.WHOLE, Holds.NUMBER):
        told += f", {min(column.numbers):g} to {max(column.numbers):g}"
    if column.holds is Holds.CHOICE:
        told += f": {'; '.join(shown(v) for v, _ in Counter(given).most_common())}"
    said = f" ({shown(column.words)})" if column.words else ""
    return "".join(c if c.isprintable() else " " for c in f"{column.name}{said}: {told}")


def _attributes(columns: Sequence[Column], vocabulary: Vocabulary) -> Iterator[tuple[str, Column]]:
    """Yield the study's attributes with the column whose cells are their values or labels."""
    taken: set[str] = set()
    for name, values in vocabulary.items():
        known = {said.casefold() for v, label in values.items() for said in (v, *label.values())}
        for column in columns:
            cells = {cell.strip().casefold() for cell in column.cells} - {""}
            if cells and cells <= known and column.name not in taken:
                taken.add(column.name)
                yield name, column
                break


def _values(attributes: dict[str, Column], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the lines that lead cells to the study's values where they are written otherwise."""
    pairs = {}
    for name, column in attributes.items():
        means = {
            said.casefold(): v
            for v, label in vocabulary[name].items()
            for said in (*label.values(), v)
        }
        cells = sorted({cell.strip() for cell in column.cells} - {"", *vocabulary[name]})
        if cells:
            own = (f"{quoted(cell)}: {quoted(means[cell.casefold()])}" for cell in cells)
            pairs[name] = f"{{{', '.join(own)}}}"
    if pairs:
        yield "values:"
        yield from (f"  {name}: {own}" for name, own in pairs.items())


def _date_form(columns: Sequence[Column]) -> str:
    """Return the form most dates are written in; a day above 12 tells days from months."""
    cells = [cell.strip() for c in columns if c.holds is Holds.DATE for cell in c.cells]
    fits = {form: sum(bool(iso(cell, form)) for cell in cells if cell) for form in _FORMS}
    return max(_FORMS, key=lambda form: fits[form])


def _scale(columns: Sequence[Column]) -> tuple[int, int]:
    """Return the scale most columns seem to be on; those of yes and no do not count."""
    usual = Counter(_own_scale(c.numbers) for c in columns if len(set(c.numbers)) > 2)
    return usual.most_common(1)[0][0] if usual else SCALES[0]


def _own_scale(given: Sequence[float]) -> tuple[int, int]:
    """Return the smallest usual scale that holds nearly all answers, or else three of four."""
    for share in (0.95, 0.75):
        for low, high in SCALES:
            if sum(low <= n <= high for n in given) >= share * len(given):
                return low, high
    return SCALES[-1]


def _survey(columns: Sequence[Column], languages: Sequence[str]) -> Iterator[str]:
    asked = [c for c in columns if c.holds is Holds.WHOLE and 1 < len(set(c.numbers)) <= FEW]
    low, high = _scale(asked)
    asked = [c for c in asked if sum(low <= n <= high for n in c.numbers) >= 0.5 * len(c.numbers)]
    yield f"scale: {{low: {low}, high: {high}}}  # guessed from the answers"
    yield "# invited: {segment: number asked}"
    yield (
        "# items: there is no column of answers on a scale"
        if not asked
        else "items:  # give each the code it asks about; asks: expected | experienced | importance"
    )
    for c in asked:
        text = _in_all(c.words or c.name, languages)
        code = quoted(_UNKNOWN)
        yield f"  {quoted(c.name)}: {{code: {code}, asks: experienced, text: {text}}}"
    if said := [c for c in columns if c.holds is Holds.TEXT]:
        yield "open:"
        yield from (
            f"  {quoted(c.name)}: {{text: {_in_all(c.words or c.name, languages)}}}" for c in said
        )


def _named(key: str, columns: Sequence[Column], holds: Holds, n: int = 0) -> str:
    found = [c.name for c in columns if c.holds is holds]
    return f"{key}: {quoted(found[n] if len(found) > n else _UNKNOWN)}"


def _feedback(columns: Sequence[Column], _: Sequence[str]) -> Iterator[str]:
    said = [c for c in columns if c.holds in (Holds.TEXT, Holds.NAME)]
    longest = max(said, key=lambda c: sum(map(len, c.cells)), default=None)
    yield f"text: {quoted(longest.name if longest else _UNKNOWN)}"
    if any(c.holds is Holds.DATE for c in columns):
        yield _named("date_column", columns, Holds.DATE)
    yield "# type: {column: …, values: {cell: thanks | idea | complaint | question}}"
    yield "# codes: column of codes; quote: column that says the giver agreed to be quoted"


def _encounters(columns: Sequence[Column], _: Sequence[str]) -> Iterator[str]:
    yield _named("month", columns, Holds.DATE)
    yield _named("channel", columns, Holds.CHOICE)
    yield _named("encounter", columns, Holds.CHOICE, 1)
    yield _named("count", columns, Holds.WHOLE)
    if sum(c.holds is Holds.WHOLE for c in columns) > 1:
        yield _named("minutes", columns, Holds.WHOLE, 1)


_DRAFTS: dict[str, Callable[[Sequence[Column], Sequence[str]], Iterator[str]]] = {
    "survey": _survey,
    "feedback": _feedback,
    "encounters": _encounters,
}
