"""The files of a study that name codes, read for a change: trees, codings, care model, history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from workbench.base.edits import JOURNAL, unfinished
from workbench.base.files import Text, read
from workbench.base.problems import Level, Problem, WorkbenchError
from workbench.base.records import Place
from workbench.base.strict_yaml import parse
from workbench.coding.codebook import Codebook, assemble, parse_tree
from workbench.coding.codings import Coding, parse_codings
from workbench.coding.decisions import ENDING
from workbench.coding.history import NAME
from workbench.loading import MATERIAL, load
from workbench.material.counted import Description
from workbench.study import Study


class Unsafe(WorkbenchError):
    """Files that name codes cannot be read whole; a change would leave codings behind."""

    def __init__(self, faults: Iterable[Problem]) -> None:
        told = "\n".join(str(fault) for fault in faults)
        super().__init__(f"The codebook was left as it is, because codings could be lost:\n{told}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A coder's file: its lines, and the same codings where their words stand now."""

    text: Text
    lines: tuple[Coding, ...]
    placed: tuple[Coding, ...]


@dataclass(frozen=True)
class Shelf:
    """The files of a study that name codes, as they are read for a change."""

    study: Study
    book: Codebook
    trees: Mapping[str, Text]
    sheets: tuple[Sheet, ...]
    care: tuple[Text, ...]
    decisions: tuple[Text, ...]
    history: Text
    sources: tuple[tuple[Description, Text, Text], ...] = ()

    @classmethod
    def of(cls, study: Study) -> Shelf:
        """Read the files anew; raises `Unsafe` if one of them cannot be read whole."""
        study = load(study.folder)
        root, faults = study.folder, unfinished(study.folder / "parameters" / JOURNAL)
        parameters = root / "parameters"
        trees = [_read(path, faults) for path in sorted((parameters / "codebook").glob("*.yml"))]
        book, found = book_of(trees, study.settings.languages)
        faults += found
        placed = {c.place: c for c in study.codings}
        sheets = [
            _sheet(path, placed, faults)
            for folder in MATERIAL
            for path in sorted((root / folder).glob("*.tsv"))
        ]
        care = [_read(path, faults) for path in sorted((parameters / "care").rglob("*.yml"))]
        for text in care:
            faults += parse(text.content, text.path)[1]
        decided = [
            _read(path, faults)
            for folder in MATERIAL
            for path in sorted((root / folder).glob(f"*{ENDING}"))
        ]
        past = parameters / "codebook" / NAME
        history = _read(past, faults) if past.exists() else Text(past, "")
        sources = tuple(
            (form, _read(form.place.path, faults), _read(path, faults))
            for form, path in study.counted
        )
        faults += _unread(study)
        if any(fault.level is Level.ERROR for fault in faults):
            raise Unsafe(fault for fault in faults if fault.level is Level.ERROR)
        by_id = {text.path.stem: text for text in trees}
        return cls(study, book, by_id, tuple(sheets), tuple(care), tuple(decided), history, sources)

    def codings(self) -> Iterable[tuple[Coding, Coding]]:
        """Return every coding as it stands in its file, and where its words stand now."""
        return chain.from_iterable(zip(s.lines, s.placed, strict=True) for s in self.sheets)


def _unread(study: Study) -> list[Problem]:
    """Return why tables of counted material could not be read whole: their codes stay unknown."""
    whole = {path.stem for _, path in study.counted}
    tables = {path.stem for path in (study.folder / "observations").glob("*.csv")}
    return [p for p in study.problems if p.path.stem in tables - whole]


def _read(path: Path, faults: list[Problem]) -> Text:
    text, found = read(path)
    faults += found
    return text


def book_of(trees: Iterable[Text], languages: tuple[str, ...]) -> tuple[Codebook, list[Problem]]:
    """Return the codebook that the texts of its trees hold, with what is wrong in them."""
    books, problems = [], []
    for text in trees:
        book, faults = parse_tree(text.content, text.path, languages)
        books += [book] if book else []
        problems += faults
    whole, faults = assemble(books)
    return whole, problems + faults


def _sheet(path: Path, placed: Mapping[Place, Coding], faults: list[Problem]) -> Sheet:
    document, _, coder = path.name.removesuffix(".tsv").rpartition(".")
    text = _read(path, faults)
    lines, found = parse_codings(text.content, path, document, coder)
    faults += found
    return Sheet(text, tuple(lines), tuple(placed.get(c.place, c) for c in lines))
