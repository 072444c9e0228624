"""The framework matrix: people by themes, each cell a summary with the passages it sums up.

After Ritchie & Spencer (1994): every cell refers to the original text, and the matrix is read
along its rows (one person, one segment) and down its columns (one theme across segments).
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.base.files import Text, read, write
from workbench.base.languages import in_order, words
from workbench.base.records import Reader
from workbench.base.strict_yaml import parse
from workbench.care.claims import Citation
from workbench.care.framework import Drift, drift, fingerprint, passages_of
from workbench.care.summaries import UNWRITTEN, Theme, read_theme
from workbench.care.writing import add, put
from workbench.coding.booktext import CannotEdit, written
from workbench.findings.counts import could_have_said
from workbench.findings.results import Result
from workbench.study import Study, Unknown

FOLDER = Path("parameters", "care", "summaries")
_STYLE = (
    "<style>.wb-framework{max-height:70vh;overflow:auto;font-size:13px}"
    ".wb-framework table{border-collapse:separate;border-spacing:0}"
    ".wb-framework th,.wb-framework td{text-align:left!important;vertical-align:top!important;"
    "white-space:normal!important;padding:6px 8px!important;border-bottom:1px solid #9a9a9a;"
    "min-width:12em;max-width:24em;background:var(--jp-layout-color0,#fff)}"
    ".wb-framework thead th{position:sticky;top:0;z-index:2;border-bottom:2px solid #1b1b1b}"
    ".wb-framework tbody th{position:sticky;left:0;min-width:3em;max-width:10em;z-index:1}"
    ".wb-framework thead th:first-child{left:0;z-index:3;min-width:3em}"
    ".wb-framework .group th,.wb-framework .group td{border-top:2px solid #1b1b1b;font-weight:700}"
    ".wb-framework small{display:block;color:var(--jp-ui-font-color2,#555)}</style>"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one person says of one theme.

    `said` are the passages now. `text` is empty where nobody has summed them up; `behind` tells
    what has changed since somebody did, and is None where nothing is written.
    """

    person: str
    code: str
    said: tuple[Citation, ...]
    text: str = ""
    cites: tuple[str, ...] = ()
    behind: Drift | None = None


@dataclass(frozen=True, repr=False)
class Framework(Result):
    """People by themes; `groups` are (segment or nothing, its people), `cells` by person, code.

    `of` says how many of each group's people could have said it.
    """

    codes: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    cells: dict[tuple[str, str], Cell]
    of: dict[str, int]
    study: Study

    @property
    def stale(self) -> tuple[Cell, ...]:
        """Return the cells whose summary is behind its passages."""
        return tuple(cell for cell in self.cells.values() if cell.behind)

    @property
    def unwritten(self) -> tuple[Cell, ...]:
        """Return the cells with passages that nobody has summed up."""
        return tuple(cell for cell in self.cells.values() if cell.said and not cell.text)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each person, by segment: the summary and the passages of each theme."""
        say = words(self.language)
        rows = [
            [self._group(group), person, *(self._text(person, code) for code in self.codes)]
            for group, people in self.groups
            for person in people
        ]
        headings = [say("framework_group"), say("framework_person"), *self._labels()]
        return pd.DataFrame(rows, columns=headings)

    def _labels(self) -> list[str]:
        return [self.study.codebook[code].label.say(self.language) for code in self.codes]

    def _group(self, group: str) -> str:
        segments = self.study.segments
        if group:
            return segments[group].label.say(self.language)
        return words(self.language)("framework_provider")

    def _text(self, person: str, code: str) -> str:
        cell = self.cells[person, code]
        if not cell.said and not cell.text:
            return ""
        mark = "⚠ " if cell.behind else ""
        text = cell.text or words(self.language)("framework_unwritten")
        places = dict.fromkeys(c.split()[0] for c in cell.cites or map(str, cell.said))
        return f"{mark}{text} ({', '.join(places)})"

    def _repr_html_(self) -> str:
        """Show the matrix with its head and its people in sight while one scrolls."""
        say = words(self.language)
        heads = "".join(f"<th scope=col>{html.escape(label)}</th>" for label in self._labels())
        body = "".join(self._rows(group, people) for group, people in self.groups)
        return (
            f"{_STYLE}<p>{html.escape(self.caption)}</p><div class=wb-framework tabindex=0><table>"
            f"<thead><tr><th scope=col>{html.escape(say('framework_person'))}</th>{heads}</tr>"
            f"</thead><tbody>{body}</tbody></table></div>"
        )

    def _rows(self, group: str, people: Sequence[str]) -> str:
        told = [sum(bool(self.cells[p, code].said) for p in people) for code in self.codes]
        counts = "".join(f"<td>{n}/{self.of[group]}</td>" for n in told)
        name = html.escape(self._group(group))
        rows = [f"<tr class=group><th scope=rowgroup>{name}</th>{counts}</tr>"]
        for person in people:
            cells = "".join(f"<td>{self._shown(person, code)}</td>" for code in self.codes)
            rows.append(f"<tr><th scope=row>{html.escape(person)}</th>{cells}</tr>")
        return "".join(rows)

    def _shown(self, person: str, code: str) -> str:
        text, _, places = self._text(person, code).rpartition(" (")
        return f"{html.escape(text)}<small>({html.escape(places)}</small>" if text else ""


def framework(
    study: Study, language: str = "fi", *, codes: Sequence[str] | None = None
) -> Framework:
    """Set people by segment beside themes: what each says of each, summed up by the analyst.

    `codes` are those with a file of summaries unless given; the people are those of the view who
    could have said something. It names single people by pseudonym and is for analysts only.
    Raises `Unknown` for a code the codebook does not have.
    """
    themes = {str(t.code): t for t in study.care.themes.values()}
    chosen = tuple(codes if codes is not None else (c for c in themes if c in study.codebook))
    for code in chosen:
        if code not in study.codebook.content:
            raise Unknown("code", code, study.codebook.content)
    heard = could_have_said(study)
    groups = _groups(study, heard)
    cells = {}
    for code in chosen:
        said = passages_of(code, study.witness)
        for _, people in groups:
            for person in people:
                own = said.get(person, ())
                cells[person, code] = _cell(study, themes.get(code), person, code, own, language)
    of = {group: len(people) for group, people in groups}
    caption = _caption(cells.values(), len(heard), len(chosen), language)
    return Framework(caption, language, chosen, groups, cells, of, study)


def _caption(cells: Collection[Cell], people: int, themes: int, language: str) -> str:
    say = words(language)
    written = sum(bool(cell.text) for cell in cells)
    caption = say("framework_caption", people=people, themes=themes, written=written)
    behind = sum(bool(cell.behind) for cell in cells)
    return f"{caption} {say('framework_behind', n=behind)}" if behind else caption


def _groups(study: Study, heard: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {name: [] for name in (*study.segments.all, "")}
    for person in in_order(heard):
        found[study.segments.base_of(person)].append(person)
    return tuple((group, tuple(people)) for group, people in found.items() if people)


def _cell(
    study: Study,
    theme: Theme | None,
    person: str,
    code: str,
    said: tuple[Citation, ...],
    language: str,
) -> Cell:
    summary = theme.people.get(person) if theme else None
    if summary is None or not summary.written:
        return Cell(person, code, said)
    away = drift(summary, said, study.witness)
    text = summary.summary.say(language)
    return Cell(person, code, said, text, tuple(map(str, summary.cites)), away)


def draft_summaries(study: Study, code: str) -> tuple[str, ...]:
    """Write a draft of the summaries a theme still lacks; return the people it is for.

    Each has the quotes as comments, and three dots to replace. A new file is
    `parameters/care/summaries/CODE.yml`; to one that is there the missing people are added, all
    else stays. Raises `Unknown` for a code that is not there, `CannotEdit` for a text that cannot
    be edited line by line.
    """
    matrix = framework(study, codes=[code])
    theme = _theme(study, code)
    known = theme.people if theme else {}
    missing = [cell for cell in matrix.unwritten if cell.person not in known]
    missing = in_order(missing, lambda cell: cell.person)
    lines = [line for cell in missing for line in _draft(cell, study)]
    if lines and theme:
        text, _ = read(theme.place.path)
        _write(text, add(text.content, (), "people", lines), code, study)
    elif lines:
        text = Text(study.folder / FOLDER / f"{_ascii(code)}.yml", "")
        body = "\n".join(f"  {line}" for line in lines)
        _write(text, f"code: {written(code)}\npeople:\n{body}\n", code, study)
    return tuple(cell.person for cell in missing)


def renew_summaries(study: Study, code: str, people: Sequence[str]) -> None:
    """Let the summaries of some people stand for their passages as they are now.

    For after they were read again and the text mended: the lines `cites` and `words` are written
    anew, all others stay. Raises `Unknown` for a theme or person without a summary, `CannotEdit`
    for a text that cannot be edited line by line.
    """
    theme = _theme(study, code)
    if theme is None:
        raise Unknown("summary of", code, [t.code for t in study.care.themes.values()])
    said = passages_of(code, study.witness)
    text, _ = read(theme.place.path)
    content = text.content
    for person in people:
        if person not in theme.people:
            raise Unknown("summary of", person, theme.people)
        for field, line in _grounds(said.get(person, ()), study):
            content = put(content, ("people", person), field, [line])
    _write(text, content, code, study)


def _theme(study: Study, code: str) -> Theme | None:
    return next((t for t in study.care.themes.values() if t.code == code), None)


def _write(text: Text, content: str, code: str, study: Study) -> None:
    """Write a file of summaries, if it can be read again as one of this theme."""
    root, problems = parse(content, text.path)
    theme = read_theme(root, Reader(text.path, problems, study.settings.languages))
    if problems or theme is None or theme.code != code:
        told = f" ({problems[0].message})" if problems else ""
        raise CannotEdit(f"{text.path} cannot be edited safely{told}; mend it by hand first.")
    write(text, content)


def _draft(cell: Cell, study: Study) -> Iterable[str]:
    yield f"{written(cell.person)}:"
    said = [c for citation in cell.said for c in study.witness.passages(citation)]
    for document, turn, quote in dict.fromkeys(
        (c.document, c.passage.turn, c.passage.quote) for c in said
    ):
        yield f"  # {document}/{turn} {' '.join(quote.split())}"
    yield f"  summary: {UNWRITTEN}"
    for _, line in _grounds(cell.said, study):
        yield f"  {line}"


def _grounds(said: Sequence[Citation], study: Study) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        ("cites", f"cites: [{', '.join(map(str, said))}]"),
        ("words", f"words: {fingerprint(said, study.witness)}"),
    )


def _ascii(code: str) -> str:
    """Return a code as the name of a file, whatever stands in it."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", code.translate(str.maketrans("äöåÄÖÅ", "aoaAOA")))
