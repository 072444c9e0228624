"""What can be done to a codebook: rename, merge, split, move, redefine, retire.

Each verb is a function from a study to a `Change`; nothing is written before `apply(change)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbench.base.problems import near_miss
from workbench.base.records import Label as LabelText
from workbench.base.records import Place, Prose, When
from workbench.coding import booktext
from workbench.coding.booktext import cut, paste, point, set_fields, written
from workbench.coding.codebook import Code, Codebook
from workbench.coding.codings import Coding
from workbench.coding.recoding import Decision, meaning, names
from workbench.revision.asking import (
    NO_NOTE,
    Note,
    Texts,
    free,
    key,
    known,
    must_exist,
    of_one_kind,
    one_of,
    swapped,
    targets,
    usable,
)
from workbench.revision.changes import CannotChange, Change
from workbench.revision.planning import Plan, planned
from workbench.revision.shelf import Shelf
from workbench.study import Study

UNWRITTEN = "…"


def rename(
    study: Study, old: str, new: str, label: Texts | None = None, note: Note = NO_NOTE
) -> Change:
    """Give a code another id (and label) in the codebook, all codings and all evidence.

    Raises `CannotChange` if there is no `old` or there is a `new`.
    """
    shelf = Shelf.of(study)
    code = known(shelf.book, old)
    free(shelf.book, new)
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
        concerns=lambda c: old in names(c),
        trees=trees,
        book=Codebook(shelf.book.trees, codes),
        become=lambda c: swapped(c, old, new, meaning(c, old)),
        names={old: new},
    )
    return planned(shelf, plan)


def merge(study: Study, old: Sequence[str], into: str, note: Note = NO_NOTE) -> Change:
    """Let the codings of some codes be codings of another; the codes leave the book.

    What a coder coded with both falls together: facets of both, memos one below the other. Codes
    below the old ones move under the new one. Raises `CannotChange` for unknown or unlike codes.
    """
    shelf = Shelf.of(study)
    book, target = shelf.book, usable(shelf.book, into)
    gone = dict.fromkeys(dict.fromkeys(old), into)
    trees, codes, entries, notes = _texts(shelf), dict(book.codes), [], []
    for name in gone:
        code = of_one_kind(book, known(book, name), target)
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
            c = swapped(c, name, into, target.meaning if fresh else target.meaning - 1)
        return c

    plan = Plan(
        entries=tuple(entries),
        concerns=lambda c: not {*gone, into}.isdisjoint(names(c)),
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
    book, code = shelf.book, usable(shelf.book, old)
    if len(set(into)) < 2:
        raise CannotChange(f"'{old}' must be split into two codes or more.")
    codes, tree = dict(book.codes), _text(shelf, code)
    for name in reversed([name for name in into if name not in book]):
        free(book, name)
        codes[name] = _form(code, name, study.settings.languages)
        tree = paste(tree, _block(codes[name]), after=old)
    for name in into:
        of_one_kind(book, usable(Codebook(book.trees, codes), name), code)
    day = note.entry("split", old).date
    if old in into:
        codes[old] = replace(code, meaning=code.meaning + 1)
        tree = set_fields(tree, old, {"meaning": str(code.meaning + 1)})
    else:
        codes[old] = replace(code, retired=When(day), into=tuple(into))
        tree = set_fields(tree, old, {"retired": day, "into": written(into)})
    new = Codebook(book.trees, codes)
    chosen = targets(decisions)
    for to in (*chosen.values(), *(by or {}).values()):
        one_of(to, into)
    facets = {**(by or {})}
    for facet in facets:
        known(book, facet)

    def target_of(c: Coding) -> str:
        found = {facets[f] for f in c.facets if f in facets and f != old}
        return chosen.get(key(c, old)) or (found.pop() if len(found) == 1 else "")

    def become(c: Coding) -> Coding:
        to = target_of(c) if old in names(c) else ""
        return swapped(c, old, to, new[to].meaning) if to else c

    must_exist(chosen, shelf)
    unwritten = ", ".join(f"'{n}'" for n in into if n not in book)
    plan = Plan(
        entries=(note.entry("split", old, into, _taken(_text(shelf, code), tree)),),
        concerns=lambda c: old in names(c),
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
    book, code = shelf.book, known(shelf.book, name)
    if under:
        tree = of_one_kind(book, known(book, under), code).tree
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
        concerns=lambda c: name in names(c),
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
    code = usable(shelf.book, name)
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
        concerns=lambda c: name in names(c),
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
    code = usable(shelf.book, name)
    entry = note.entry("retire", name)
    plan = Plan(
        entries=(entry,),
        concerns=lambda c: name in names(c),
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
