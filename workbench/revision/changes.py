"""A change of the codebook before it is done: edits of files, and what becomes of each coding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path

from workbench.base.edits import Edit, diff, finish, unfinished, write_all
from workbench.base.files import Text, read
from workbench.base.problems import Level, Problem, WorkbenchError, visible
from workbench.base.records import Place, Prose
from workbench.base.strict_yaml import parse
from workbench.care.citing import follow
from workbench.care.claims import Citation
from workbench.coding.booktext import CannotEdit, point
from workbench.coding.codebook import Codebook, assemble, parse_tree
from workbench.coding.codings import Coding, Standing, parse_codings
from workbench.coding.history import HEADER, NAME, Entry, format_entries
from workbench.coding.recoding import COLUMN, meaning, names, stamped
from workbench.coding.sheets import edit as edit_sheet
from workbench.study import JOURNAL, MATERIAL, Study, load

SHOWN = 60


class CannotChange(WorkbenchError):
    """A change asks for what cannot be; nothing was written."""


class Unsafe(WorkbenchError):
    """Files that name codes cannot be read whole; a change would leave codings behind."""

    def __init__(self, faults: Iterable[Problem]) -> None:
        told = "\n".join(str(fault) for fault in faults)
        super().__init__(f"The codebook was left as it is, because codings could be lost:\n{told}")


class FateKind(StrEnum):
    """What becomes of a coding: as it was, another code, one with another coding, to be decided."""

    KEPT = "kept"
    RECODED = "recoded"
    TOGETHER = "fallen together"
    OPEN = "to be decided"


@dataclass(frozen=True, slots=True)
class Fate:
    """One coding before and after a change; codings fallen together have the same one after."""

    before: Coding
    after: Coding
    kind: FateKind

    def __str__(self) -> str:
        c, p = self.before, self.before.passage
        quote = p.quote if len(p.quote) <= SHOWN else f"{p.quote[: SHOWN - 1]}…"
        was, now = (" ".join(names(x)) for x in (self.before, self.after))
        became = f"{was} → {now}" if was != now else was
        where = f"{c.document}.{c.coder} [{p.turn}] {p.start}–{p.end}"
        return visible(f"{where} '{quote}': {became} ({self.kind})")


@dataclass(frozen=True)
class Change:
    """A change that is planned and not done: look at it (`print`), then `apply` it.

    `fates` are the codings of the codes concerned, one by one; `untouched` counts all others.
    `counts` are the codings under each code whose number changes, before and after.
    """

    folder: Path
    entries: tuple[Entry, ...]
    edits: tuple[Edit, ...]
    fates: tuple[Fate, ...] = ()
    untouched: int = 0
    counts: tuple[tuple[str, int, int], ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.diff}\n{self.account}"

    @property
    def diff(self) -> str:
        """Return the edits of all files as one unified diff."""
        return diff(self.edits, self.folder)

    @property
    def account(self) -> str:
        """Return what becomes of the codings, one by one, and the numbers that change."""
        lines = [" ".join((e.verb, e.code, "→" * bool(e.to), *e.to)).rstrip() for e in self.entries]
        lines += [f"  {fate}" for fate in self.fates if fate.kind is not FateKind.KEPT]
        found = Counter(fate.kind for fate in self.fates)
        parts = [f"{found[kind]} {kind}" for kind in FateKind]
        lines.append(f"{', '.join(parts)}, {self.untouched} untouched.")
        lines += [f"  under {code}: {old} → {new}" for code, old, new in self.counts]
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)]) + "\n"


def apply(change: Change) -> Study:
    """Write all files of a change or none, and return the study as it is now.

    Raises `NothingWritten` if a file has changed since the change was planned.
    """
    write_all(change.edits, change.folder / "parameters" / JOURNAL)
    return load(change.folder)


def resume(folder: str | Path) -> list[Path]:
    """Finish a change that was interrupted; return the files somebody has changed since."""
    return finish(Path(folder) / "parameters" / JOURNAL)


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
    history: Text

    @classmethod
    def of(cls, study: Study) -> Shelf:
        """Read the files anew; raises `Unsafe` if one of them cannot be read whole."""
        study = load(study.folder)
        root, faults = study.folder, unfinished(study.folder / "parameters" / JOURNAL)
        parameters = root / "parameters"
        trees = [_read(path, faults) for path in sorted((parameters / "codebook").glob("*.yml"))]
        book, found = _book(trees, study.settings.languages)
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
        past = parameters / "codebook" / NAME
        history = _read(past, faults) if past.exists() else Text(past, "")
        if any(fault.level is Level.ERROR for fault in faults):
            raise Unsafe(fault for fault in faults if fault.level is Level.ERROR)
        by_id = {text.path.stem: text for text in trees}
        return cls(study, book, by_id, tuple(sheets), tuple(care), history)

    def codings(self) -> Iterable[tuple[Coding, Coding]]:
        """Return every coding as it stands in its file, and where its words stand now."""
        return chain.from_iterable(zip(s.lines, s.placed, strict=True) for s in self.sheets)


def _read(path: Path, faults: list[Problem]) -> Text:
    text, found = read(path)
    faults += found
    return text


def _book(trees: Iterable[Text], languages: tuple[str, ...]) -> tuple[Codebook, list[Problem]]:
    heads, codes, problems = [], [], []
    for text in trees:
        tree, found, faults = parse_tree(text.content, text.path, languages)
        heads += [tree] if tree else []
        codes += found
        problems += faults
    book, faults = assemble(heads, codes)
    return book, problems + faults


def _sheet(path: Path, placed: Mapping[Place, Coding], faults: list[Problem]) -> Sheet:
    document, _, coder = path.name.removesuffix(".tsv").rpartition(".")
    text = _read(path, faults)
    lines, found = parse_codings(text.content, path, document, coder)
    faults += found
    return Sheet(text, tuple(lines), tuple(placed.get(c.place, c) for c in lines))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a verb wants: new tree texts and the book they must hold, and each coding's new self.

    `become` gives a coding (as it stands in its file) its new code and facets; `undecided` says
    which are left open. `names` are the codes that have another name now.
    """

    entries: tuple[Entry, ...]
    codes: Collection[str]
    trees: Mapping[str, str]
    book: Codebook
    become: Callable[[Coding], Coding] = lambda c: c
    undecided: Callable[[Coding], bool] = lambda _: False
    names: Mapping[str, str]
    notes: tuple[str, ...] = ()


def planned(shelf: Shelf, plan: Plan) -> Change:
    """Return the change a plan makes of the files on the shelf; nothing is written.

    Raises `CannotEdit` if the text of the codebook would not say exactly what was intended.
    """
    edits = [
        Edit(text, plan.trees[name])
        for name, text in shelf.trees.items()
        if plan.trees.get(name, text.content) != text.content
    ]
    _prove(shelf, plan)
    fates: list[Fate] = []
    for sheet in shelf.sheets:
        own, changes = _fates(sheet, plan)
        fates += own
        if changes:
            edits.append(Edit(sheet.text, edit_sheet(sheet.text.content, changes)))
    becomes = _becomes(fates, plan.names)
    for text in shelf.care:
        content = follow(text.content, text.path, becomes, plan.names)
        if content != text.content:
            edits.append(Edit(text, content))
    entries = tuple(replace(e, codings=e.codings or _touched(fates, e)) for e in plan.entries)
    past = shelf.history.content
    past += "" if not past or past.endswith("\n") else "\n"
    if entries:
        edits.append(Edit(shelf.history, (past or HEADER) + format_entries(entries)))
    every = list(shelf.codings())
    notes = (*plan.notes, *_notebooks(shelf.study.folder, plan.names))
    return Change(
        folder=shelf.study.folder,
        entries=entries,
        edits=tuple(edits),
        fates=tuple(fates),
        untouched=len(every) - len(fates),
        counts=_counts(shelf, plan, fates, [placed for _, placed in every]),
        notes=notes,
    )


def _touched(fates: Iterable[Fate], entry: Entry) -> int:
    return sum(f.kind is not FateKind.KEPT and entry.code in names(f.before) for f in fates)


def _prove(shelf: Shelf, plan: Plan) -> None:
    texts = [
        replace(text, content=plan.trees.get(name, text.content))
        for name, text in shelf.trees.items()
    ]
    book, problems = _book(texts, shelf.study.settings.languages)
    if problems or _shape(book, plan.names) != _shape(plan.book, plan.names):
        told = "".join(f"\n{problem}" for problem in problems)
        raise CannotEdit(
            "The text of the codebook cannot be edited for this: write each code on lines of its "
            f"own, a field on each line, and try again.{told}"
        )


def _shape(book: Codebook, renamed: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Return what a book says of each code, wherever it stands; arrows point to the new names."""

    def now(text: str) -> str:
        for old, new in renamed.items():
            text = point(text, old, new)
        return text

    def value(thing: object) -> object:
        if isinstance(thing, Prose):
            return {language: now(text) for language, text in thing.items()}
        return now(thing) if isinstance(thing, str) else thing

    heads: dict[str, dict[str, object]] = {
        f"tree {t.id}": {"label": dict(t.label), "kind": t.kind, "source": t.source}
        for t in book.trees.values()
    }
    return heads | {
        c.id: {f.name: value(getattr(c, f.name)) for f in fields(c) if f.name != "place"}
        for c in book
    }


def _fates(sheet: Sheet, plan: Plan) -> tuple[list[Fate], dict[int, Coding | None]]:
    fates: list[Fate] = []
    changes: dict[int, Coding | None] = {}
    groups: dict[object, list[int]] = defaultdict(list)
    new = [plan.become(c) for c in sheet.lines]
    for n, placed in enumerate(sheet.placed):
        p = placed.passage
        groups[p.turn, p.start, p.end, p.quote, new[n].code].append(n)
    for members in groups.values():
        head, *rest = sorted(members, key=lambda n: sheet.lines[n].code != new[n].code)
        whole = new[head]
        for n in rest:
            whole = _joined(whole, new[n])
            changes[sheet.lines[n].place.line] = None
        if whole != sheet.lines[head]:
            changes[sheet.lines[head].place.line] = whole
        for n in members:
            before = sheet.placed[n]
            if rest or set(names(before)) & set(plan.codes):
                kind = _kind(sheet.lines[n], whole, len(members), plan)
                fates.append(Fate(before, whole.at(before.passage, before.standing), kind))
    _distinct(sheet, changes)
    return fates, changes


def _kind(line: Coding, after: Coding, members: int, plan: Plan) -> FateKind:
    if members > 1:
        return FateKind.TOGETHER
    if plan.undecided(line):
        return FateKind.OPEN
    return FateKind.KEPT if names(line) == names(after) else FateKind.RECODED


def _joined(a: Coding, b: Coding) -> Coding:
    """Return two judgements on the same words as one: facets of both, memos one below the other."""
    memos = dict.fromkeys(m for m in (a.memo, b.memo) if m)
    mine, theirs = dict(a.extra), dict(b.extra)
    extra = {
        k: " | ".join(dict.fromkeys(v for v in (mine.get(k, ""), theirs.get(k, "")) if v))
        for k in {**mine, **theirs}
        if k != COLUMN
    }
    numbers = {
        name: max(meaning(c, name) for c in (a, b) if name in names(c))
        for name in {*names(a), *names(b)}
    }
    whole = replace(a, facets=a.facets | b.facets, memo="\n".join(memos))
    whole = replace(whole, extra=tuple(extra.items()))
    if COLUMN in mine or COLUMN in theirs:
        whole = replace(whole, extra=(*whole.extra, (COLUMN, "")))
    for name, number in sorted(numbers.items()):
        whole = stamped(whole, name, number)
    return whole


def _distinct(sheet: Sheet, changes: Mapping[int, Coding | None]) -> None:
    """Refuse codings of the same offsets and code but other words: one of them has moved."""
    kept = (changes.get(c.place.line, c) for c in sheet.lines)
    keys = Counter(c.key for c in kept if c is not None)
    if twice := [key for key, number in keys.items() if number > 1]:
        turn, start, end, code = twice[0]
        raise CannotChange(
            f"{sheet.text.path}: two codings at [{turn}] {start}–{end} would both be '{code}', "
            "with other words. Correct their offsets first; see `workbench check`."
        )


def _becomes(
    fates: Iterable[Fate], renamed: Mapping[str, str]
) -> Callable[[Citation], tuple[str, ...]]:
    """Return which codes the codings behind a citation have now."""
    now: dict[Citation, dict[str, None]] = defaultdict(dict)
    for fate in fates:
        c = fate.before
        if c.standing is not Standing.LOST:
            now[Citation(c.document, c.passage.turn, c.code)][fate.after.code] = None
    return lambda cited: tuple(now.get(cited) or (renamed.get(cited.code, cited.code),))


def _counts(
    shelf: Shelf, plan: Plan, fates: Iterable[Fate], codings: Iterable[Coding]
) -> tuple[tuple[str, int, int], ...]:
    """Return the codings under each code, facets too, where the number changes."""
    if any(entry.verb == "rename" for entry in plan.entries):
        return ()
    after: dict[object, Coding] = {fate.before.place: fate.after for fate in fates}
    new = {(c.place.path, c.key): c for c in (after.get(c.place, c) for c in codings)}
    old, now = _under(shelf.book, codings), _under(plan.book, new.values())
    codes = dict.fromkeys([*shelf.book.codes, *plan.book.codes])
    return tuple((c, old[c], now[c]) for c in codes if old[c] != now[c])


def _under(book: Codebook, codings: Iterable[Coding]) -> Counter[str]:
    above = {code: book.path(code) for code in book.codes}
    return Counter(
        code for c in codings for name in names(c) if name in book for code in above[name]
    )


def _notebooks(folder: Path, renamed: Mapping[str, str]) -> list[str]:
    found = []
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        text = read(path)[0].content
        for old, new in renamed.items():
            if any(f"{quote}{old}{quote}" in text for quote in ('\\"', "'")):
                found.append(f"notebooks/{path.name} names '{old}'; write '{new}' there.")
    return found
