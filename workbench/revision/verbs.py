"""What can be done to a codebook: rename, merge, split, move, redefine, retire; and to codings.

Each verb is a function from a study to a `Change`; nothing is written before `apply(change)`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.base.problems import near_miss
from workbench.base.records import Label as LabelText
from workbench.base.records import Place, Prose, When
from workbench.coding import booktext
from workbench.coding.booktext import cut, paste, point, set_fields, written
from workbench.coding.codebook import Code, Codebook
from workbench.coding.codings import Coding
from workbench.coding.history import Entry
from workbench.coding.recoding import Decision, meaning, names, stamped, waiting
from workbench.revision.changes import CannotChange, Change, Plan, Shelf, planned
from workbench.study import Study

UNWRITTEN = "…"
Texts = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Who changes the codebook, why and when; all of it may be left out."""

    reason: str = ""
    who: str = ""
    date: str = ""

    def entry(self, verb: str, code: str, to: Iterable[str] = (), was: str = "") -> Entry:
        """Return the line of the history."""
        day = self.date or datetime.date.today().isoformat()
        return Entry(
            date=day, verb=verb, code=code, to=tuple(to), who=self.who, reason=self.reason, was=was
        )


NO_NOTE = Note()


def rename(
    study: Study, old: str, new: str, label: Texts | None = None, note: Note = NO_NOTE
) -> Change:
    """Give a code another id (and label) in the codebook, all codings and all evidence.

    Raises `CannotChange` if there is no `old` or there is a `new`.
    """
    shelf = Shelf.of(study)
    code = _code(shelf.book, old)
    _free(shelf.book, new)
    tree = booktext.rename(_text(shelf, code), old, new)
    now = replace(code, id=new)
    if label:
        now = replace(now, label=LabelText({**code.label, **label}))
        tree = set_fields(tree, new, {"label": written(now.label)})
    trees = _pointed({**_texts(shelf), code.tree: tree}, {old: new})
    trees, codes = _split_targets(trees, {**shelf.book.codes, old: now}, {old: new})
    codes = {c.id: replace(c, parent=new) if c.parent == old else c for c in codes.values()}
    plan = Plan(
        entries=(note.entry("rename", old, [new]),),
        codes=[old, new],
        trees=trees,
        book=Codebook(shelf.book.trees, codes),
        become=lambda c: _swapped(c, old, new, meaning(c, old)),
        names={old: new},
    )
    return planned(shelf, plan)


def merge(study: Study, old: Sequence[str], into: str, note: Note = NO_NOTE) -> Change:
    """Let the codings of some codes be codings of another; the codes leave the book.

    What a coder coded with both falls together: facets of both, memos one below the other. Codes
    below the old ones move under the new one. Raises `CannotChange` for unknown or unlike codes.
    """
    shelf = Shelf.of(study)
    book, target = shelf.book, _usable(shelf.book, into)
    gone = dict.fromkeys(dict.fromkeys(old), into)
    trees, codes, entries, notes = _texts(shelf), dict(book.codes), [], []
    for name in gone:
        code = _like(book, _code(book, name), target)
        if name in book.path(into):
            raise CannotChange(f"'{into}' is '{name}' or stands below it. Move it out first.")
        if code.into:
            raise CannotChange(f"'{name}' is being split. Finish that with `workbench recode`.")
        for child in [c.id for c in codes.values() if c.parent == name]:
            trees, codes = _moved(trees, codes, child, into, target.tree)
        trees[code.tree], was = cut(trees[code.tree], name)
        del codes[name]
        entries.append(note.entry("merge", name, [into], was))
        if code.ref:
            notes.append(f"the reference {code.ref} of '{name}' leaves the book with it.")
    trees = _pointed(trees, gone)
    trees, codes = _split_targets(trees, codes, gone)

    def become(c: Coding) -> Coding:
        for name in gone:
            fresh = name in book and meaning(c, name) >= book[name].meaning
            c = _swapped(c, name, into, target.meaning if fresh else target.meaning - 1)
        return c

    plan = Plan(
        entries=tuple(entries),
        codes=[*gone, into],
        trees=trees,
        book=Codebook(book.trees, codes),
        become=become,
        names=gone,
        notes=tuple(notes),
    )
    return planned(shelf, plan)


def split(
    study: Study,
    old: str,
    into: Sequence[str],
    by: Texts | None = None,
    decisions: Iterable[Decision] = (),
    note: Note = NO_NOTE,
) -> Change:
    """Part a code in several; those that are not in the book yet are put in, to be described.

    `by` says which facet goes where, `decisions` which coding does; all other codings wait in the
    re-coding queue. If `old` is among `into` it stays, with a narrower meaning; else it retires.
    """
    shelf = Shelf.of(study)
    book, code = shelf.book, _usable(shelf.book, old)
    if len(set(into)) < 2:
        raise CannotChange(f"'{old}' must be split into two codes or more.")
    codes, tree = dict(book.codes), _text(shelf, code)
    for name in reversed([name for name in into if name not in book]):
        _free(book, name)
        codes[name] = _form(code, name, study.settings.languages)
        tree = paste(tree, _block(codes[name]), after=old)
    for name in into:
        _like(book, _usable(Codebook(book.trees, codes), name), code)
    day = note.entry("split", old).date
    if old in into:
        codes[old] = replace(code, meaning=code.meaning + 1)
        tree = set_fields(tree, old, {"meaning": str(code.meaning + 1)})
    else:
        codes[old] = replace(code, retired=When(day), into=tuple(into))
        tree = set_fields(tree, old, {"retired": day, "into": written(into)})
    new = Codebook(book.trees, codes)
    chosen = _chosen(decisions, into)
    facets = {**(by or {})}
    for facet, target in facets.items():
        _code(book, facet)
        _one_of(target, into)

    def target_of(c: Coding) -> str:
        found = {facets[f] for f in c.facets if f in facets and f != old}
        return chosen.get(_key(c, old)) or (found.pop() if len(found) == 1 else "")

    def become(c: Coding) -> Coding:
        to = target_of(c) if old in names(c) else ""
        return _swapped(c, old, to, new[to].meaning) if to else c

    _all_found(chosen, shelf)
    unwritten = ", ".join(f"'{n}'" for n in into if n not in book)
    plan = Plan(
        entries=(note.entry("split", old, into),),
        codes=[old],
        trees={code.tree: tree},
        book=new,
        become=become,
        undecided=lambda c: not target_of(c),
        names={},
        notes=(f"write label and definition of {unwritten}.",) if unwritten else (),
    )
    return planned(shelf, plan)


def move(study: Study, name: str, under: str = "", tree: str = "", note: Note = NO_NOTE) -> Change:
    """Put a code, with all below it, under another code or at the top of a tree.

    The codings stay as they are; what counts under the codes above them changes.
    """
    shelf = Shelf.of(study)
    book, code = shelf.book, _code(shelf.book, name)
    if under:
        tree = _like(book, _code(book, under), code).tree
        if name in book.path(under):
            raise CannotChange(f"'{under}' is '{name}' or stands below it.")
    if tree not in book.trees:
        raise CannotChange(f"The codebook has no tree '{tree}'. {near_miss(tree, book.trees)}")
    if book.trees[tree].kind is not book.trees[code.tree].kind:
        raise CannotChange(f"'{tree}' and '{code.tree}' are not of one kind (content, facet).")
    if (code.parent, code.tree) == (under, tree):
        raise CannotChange(f"'{name}' stands there already.")
    trees, codes = _moved(_texts(shelf), dict(book.codes), name, under, tree)
    plan = Plan(
        entries=(note.entry("move", name, [under or tree], was=code.parent or code.tree),),
        codes=[name],
        trees=trees,
        book=Codebook(book.trees, codes),
        names={},
    )
    return planned(shelf, plan)


def redefine(
    study: Study, name: str, texts: Mapping[str, Texts] | None = None, note: Note = NO_NOTE
) -> Change:
    """Change what a code means; the codings made so far wait in the re-coding queue.

    `texts` gives new text by field (definition, use_when, not_when, label) and language; without
    any, the meaning was changed in the file by hand. Raises `CannotChange` if a text is the same.
    """
    shelf = Shelf.of(study)
    code = _usable(shelf.book, name)
    fields = {"meaning": str(code.meaning + 1)}
    now, notes = replace(code, meaning=code.meaning + 1), []
    for field, given in (texts or {}).items():
        if field not in ("definition", "use_when", "not_when", "label"):
            raise CannotChange(f"'{field}' cannot be redefined. Known: definition, use_when, …")
        old: Prose = getattr(code, field) or Prose({})
        kind = LabelText if field == "label" else Prose
        if all(old.get(language) == text for language, text in given.items()):
            raise CannotChange(f"The {field} of '{name}' says that already.")
        new = kind({**old, **given})
        now = replace(now, **{field: new})  # type: ignore[arg-type]  # the four fields are texts
        only = study.settings.languages[:1] == tuple(new)
        fields[field] = written(next(iter(new.values()))) if only else written(new)
        if left := [language for language in old if language not in given]:
            notes.append(f"the {field} of '{name}' in {', '.join(left)} is as it was.")
    tree = set_fields(_text(shelf, code), name, fields)
    removed = _taken(_text(shelf, code), tree)
    plan = Plan(
        entries=(note.entry("redefine", name, was=removed),),
        codes=[name],
        trees={code.tree: tree},
        book=Codebook(shelf.book.trees, {**shelf.book.codes, name: now}),
        undecided=lambda _: True,
        names={},
        notes=tuple(notes),
    )
    return planned(shelf, plan)


def retire(study: Study, name: str, note: Note = NO_NOTE) -> Change:
    """Take a code out of use: nothing more is coded with it, its codings stay and count."""
    shelf = Shelf.of(study)
    code = _usable(shelf.book, name)
    entry = note.entry("retire", name)
    plan = Plan(
        entries=(entry,),
        codes=[name],
        trees={code.tree: set_fields(_text(shelf, code), name, {"retired": entry.date})},
        book=Codebook(
            shelf.book.trees,
            {**shelf.book.codes, name: replace(code, retired=When(entry.date))},
        ),
        names={},
        notes=tuple(
            f"the need {need.id} is still coded '{name}'."
            for need in study.care.needs.values()
            if need.code == name
        ),
    )
    return planned(shelf, plan)


def follow(study: Study) -> Change:
    """Bring codings and citations after codes that were renamed or merged before they came.

    So the work of a colleague who coded in another branch is not lost. Raises `CannotChange` if
    nothing is behind.
    """
    shelf = Shelf.of(study)
    book, past = shelf.book, study.history
    late = {name for c, _ in shelf.codings() for name in names(c)} | {e.code for e in past.entries}
    gone = {n: now for n in sorted(late - set(book.codes)) if (now := past.became(n)) in book}

    def become(c: Coding) -> Coding:
        for old, new in gone.items():
            c = _swapped(c, old, new, book[new].meaning if meaning(c, old) == 1 else 0)
        return c

    plan = Plan(
        entries=(),
        codes=list(gone),
        trees={},
        book=book,
        become=become,
        names=gone,
    )
    change = planned(shelf, plan)
    if not change.edits:
        raise CannotChange("No coding is behind the history of the codebook.")
    return change


@dataclass(frozen=True, slots=True)
class Waiting:
    """A coding to look at again: as it stands in its file, where its words are, and which code."""

    line: Coding
    coding: Coding
    code: str

    def become(self, to: str) -> Decision:
        """Return the decision that the coding gets `to`; the same code confirms it."""
        return Decision.on(self.line, self.code, to)


def recoding_queue(study: Study) -> tuple[Waiting, ...]:
    """Return the codings made before their code's meaning changed, and not confirmed since."""
    shelf = Shelf.of(study)
    return tuple(
        Waiting(line, placed, name)
        for line, placed in shelf.codings()
        for name in waiting(line, shelf.book)
    )


def decide(study: Study, decisions: Iterable[Decision], note: Note = NO_NOTE) -> Change:
    """Confirm codings under the present meaning of their code, or give them another.

    Raises `CannotChange` for a coding that is not there, or a code that cannot be given.
    """
    shelf = Shelf.of(study)
    book = shelf.book
    chosen = {(d.document, d.coder, d.turn, d.start, d.end, d.code): d.to for d in decisions}
    if not chosen:
        raise CannotChange("Nothing is decided. Fill in the column `to` of the list.")
    for (*_, code), to in chosen.items():
        _like(book, _usable(book, to), _code(book, code))
    _all_found(chosen, shelf)

    def become(c: Coding) -> Coding:
        for name in names(c):
            if to := chosen.get(_key(c, name), ""):
                c = _swapped(c, name, to, book[to].meaning)
        return c

    pairs = Counter((key[-1], to) for key, to in chosen.items())
    entries = tuple(
        replace(note.entry("confirm", a) if a == b else note.entry("recode", a, [b]), codings=n)
        for (a, b), n in pairs.items()
    )
    codes = {key[-1] for key in chosen}
    plan = Plan(
        entries=entries,
        codes=codes,
        trees={},
        book=book,
        become=become,
        undecided=lambda c: bool(waiting(become(c), book)),
        names={},
    )
    return planned(shelf, plan)


def _key(c: Coding, name: str) -> tuple[str, str, int, int, int, str]:
    p = c.passage
    return p.document, c.coder, p.turn, p.start, p.end, name


def _chosen(
    decisions: Iterable[Decision], into: Iterable[str]
) -> dict[tuple[str, str, int, int, int, str], str]:
    return {
        (d.document, d.coder, d.turn, d.start, d.end, d.code): _one_of(d.to, into)
        for d in decisions
    }


def _one_of(name: str, into: Iterable[str]) -> str:
    if name not in into:
        raise CannotChange(f"'{name}' is none of {', '.join(into)}.")
    return name


def _all_found(chosen: Iterable[tuple[str, str, int, int, int, str]], shelf: Shelf) -> None:
    known = {_key(line, name) for line, _ in shelf.codings() for name in names(line)}
    for document, coder, turn, start, end, code in set(chosen) - known:
        raise CannotChange(
            f"{document}.{coder} has no coding '{code}' at [{turn}] {start}–{end}. "
            "Make the list again with `workbench recode --tsv`."
        )


def _swapped(c: Coding, old: str, new: str, number: int) -> Coding:
    """Return a coding with `new` in place of the code or facet `old`, under a meaning of `new`."""
    if old not in names(c):
        return c
    had = new != old and new in names(c)
    number = max(number, meaning(c, new)) if had else number
    code = new if c.code == old else c.code
    facets = frozenset(new if f == old else f for f in c.facets)
    return stamped(replace(c, code=code, facets=facets), new, number)


def _code(book: Codebook, name: str) -> Code:
    if name not in book:
        raise CannotChange(f"The codebook has no '{name}'. {near_miss(name, book.codes)}")
    return book[name]


def _usable(book: Codebook, name: str) -> Code:
    code = _code(book, name)
    if code.retired:
        raise CannotChange(f"'{name}' is retired since {code.retired}.")
    return code


def _like(book: Codebook, code: Code, other: Code) -> Code:
    if book.trees[code.tree].kind is not book.trees[other.tree].kind:
        raise CannotChange(f"'{code.id}' and '{other.id}' are not of one kind (content, facet).")
    return code


def _free(book: Codebook, name: str) -> None:
    if name in book:
        raise CannotChange(f"The codebook has '{name}' already. Merge the two, or choose another.")
    if not name or any(c.isspace() or c in "\"'\\,[]{}:#" for c in name):
        raise CannotChange(f"'{name}' cannot be a code. Use one word; join words with -.")


def _texts(shelf: Shelf) -> dict[str, str]:
    return {name: text.content for name, text in shelf.trees.items()}


def _text(shelf: Shelf, code: Code) -> str:
    return shelf.trees[code.tree].content


def _pointed(trees: Mapping[str, str], renamed: Mapping[str, str]) -> dict[str, str]:
    found = dict(trees)
    for old, new in renamed.items():
        found = {name: point(text, old, new) for name, text in found.items()}
    return found


def _split_targets(
    trees: dict[str, str], codes: Mapping[str, Code], renamed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Code]]:
    """Let codes that are being split point to the new names."""
    found = {}
    for code in codes.values():
        into = tuple(dict.fromkeys(renamed.get(name, name) for name in code.into))
        found[code.id] = replace(code, into=into)
        if into != code.into:
            trees[code.tree] = set_fields(trees[code.tree], code.id, {"into": written(into)})
    return trees, found


def _moved(
    trees: dict[str, str], codes: dict[str, Code], name: str, under: str, tree: str
) -> tuple[dict[str, str], dict[str, Code]]:
    book = Codebook({}, codes)
    text, block = cut(trees[codes[name].tree], name)
    trees = {**trees, codes[name].tree: text}
    trees[tree] = paste(trees[tree], block, under=under)
    below = book.below(name)
    codes = {c.id: replace(c, tree=tree) if c.id in below else c for c in codes.values()}
    codes[name] = replace(codes[name], parent=under)
    return trees, codes


def _form(like: Code, name: str, languages: Sequence[str]) -> Code:
    place = Place(like.place.path, like.place.line)
    label = LabelText(dict.fromkeys(languages, name))
    definition = Prose({languages[0]: UNWRITTEN})
    return Code(
        id=name, tree=like.tree, place=place, label=label, definition=definition,
        parent=like.parent,
    )  # fmt: skip


def _block(code: Code) -> str:
    fields = {"label": written(code.label), "definition": written(UNWRITTEN)}
    return booktext.block(code.id, fields)


def _taken(old: str, new: str) -> str:
    """Return the lines of `old` that `new` has not."""
    kept = new.split("\n")
    return "\n".join(line.strip() for line in old.split("\n") if line not in kept)
