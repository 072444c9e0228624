"""From what a verb wants to a change: texts proved, codings counted, evidence brought along."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from workbench.base.edits import Edit
from workbench.base.files import Text, read
from workbench.base.records import Prose
from workbench.care.citing import follow
from workbench.care.claims import Citation
from workbench.coding.booktext import CannotEdit, point
from workbench.coding.codebook import Codebook
from workbench.coding.codings import MEANING, Coding, Standing
from workbench.coding.decisions import ENDING, format_decisions, parse_decisions
from workbench.coding.history import HEADER, Entry, format_entries
from workbench.coding.recoding import meaning, names, stamped
from workbench.coding.sheets import edit as edit_sheet
from workbench.material.counted import Description
from workbench.material.renaming import in_form, in_table
from workbench.revision.changes import CannotChange, Change, Fate, FateKind
from workbench.revision.shelf import Sheet, Shelf, book_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a verb wants: new tree texts and the book they must hold, and each coding's new self.

    `concerns` says which codings are told one by one, `become` gives a coding (as it stands in its
    file) its new code and facets, `undecided` says which are left open. `names` are the codes that
    have another name now.
    """

    entries: tuple[Entry, ...]
    concerns: Callable[[Coding], bool]
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
    for text in shelf.decisions:
        content = _decided(text, shelf, plan)
        if content != text.content:
            edits.append(Edit(text, content))
    for form, description, table in shelf.sources if plan.names else ():
        edits += _renamed(form, description, table, plan.names)
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


def _renamed(
    form: Description, description: Text, table: Text, names: Mapping[str, str]
) -> Iterator[Edit]:
    """Yield the edits that give counted material the new names of its codes."""
    told = in_form(description.content, description.path, names)
    if told != description.content:
        yield Edit(description, told)
    cells = in_table(table.content, form, names)
    if cells != table.content:
        yield Edit(table, cells)


def _decided(text: Text, shelf: Shelf, plan: Plan) -> str:
    """Return a file of decisions in which every judgement has its new code and facets."""
    document = text.path.name.removesuffix(ENDING)
    agreed = shelf.study.settings.agreed
    before, _ = parse_decisions(text.content, text.path, document, agreed)

    def now(codings: Iterable[Coding]) -> tuple[Coding, ...]:
        made: dict[object, Coding] = {}
        for new in map(plan.become, codings):
            twin = made.get((new.coder, new.key))
            made[new.coder, new.key] = _joined(twin, new) if twin else new
        return tuple(made.values())

    made = tuple(replace(d, judged=now(d.judged), agreed=now(d.agreed)) for d in before.made)
    if made == before.made:
        return text.content
    return format_decisions(replace(before, made=made), plan.book.facets)


def _touched(fates: Iterable[Fate], entry: Entry) -> int:
    return sum(f.kind is not FateKind.KEPT and entry.code in names(f.before) for f in fates)


def _prove(shelf: Shelf, plan: Plan) -> None:
    texts = [
        replace(text, content=plan.trees.get(name, text.content))
        for name, text in shelf.trees.items()
    ]
    book, problems = book_of(texts, shelf.study.settings.languages)
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
            if rest or plan.concerns(sheet.lines[n]):
                kind = _kind(sheet.lines[n], whole, len(members), plan)
                fates.append(Fate(before, whole.at(before.passage, before.standing), kind))
    _distinct(sheet, changes)
    return fates, changes


def _kind(line: Coding, after: Coding, members: int, plan: Plan) -> FateKind:
    if members > 1:
        return FateKind.TOGETHER
    if plan.undecided(line):
        return FateKind.OPEN
    if names(line) != names(after):
        return FateKind.RECODED
    return FateKind.KEPT if line == after else FateKind.CONFIRMED


def _joined(a: Coding, b: Coding) -> Coding:
    """Return two judgements on the same words as one: facets of both, memos one below the other."""
    memos = dict.fromkeys(m for m in (a.memo, b.memo) if m)
    mine, theirs = dict(a.extra), dict(b.extra)
    extra = {
        k: " | ".join(dict.fromkeys(v for v in (mine.get(k, ""), theirs.get(k, "")) if v))
        for k in {**mine, **theirs}
        if k != MEANING
    }
    numbers = {
        name: max(meaning(c, name) for c in (a, b) if name in names(c))
        for name in {*names(a), *names(b)}
    }
    whole = replace(a, facets=a.facets | b.facets, memo="\n".join(memos))
    whole = replace(whole, extra=tuple(extra.items()))
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
