"""Several coders on one study: who codes and may see what, where they differ, what is agreed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from workbench.base.files import read, write
from workbench.base.problems import Problem, WorkbenchError
from workbench.coding.adjudication import Adjudication
from workbench.coding.codings import sidecar
from workbench.coding.comparison import Point, compare
from workbench.coding.work import Task, parse_work, released, tasks
from workbench.loading import load
from workbench.study import Study, Unknown


class Sealed(WorkbenchError):
    """A document is coded blind and not released yet: its coders are not set side by side."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"{document} is coded blind. When all its coders are done: "
            f"`workbench release {document}`."
        )


class CannotRelease(WorkbenchError):
    """A document cannot be released; nothing was changed."""


def work(study: Study, coder: str = "") -> tuple[Task, ...]:
    """Return what is to do by whom, after work.yml: each document and coder with what is left.

    Raises `Unknown` for a coder who has no assignment.
    """
    whole = study.whole or study
    found = tasks(study.work, study.documents, whole.codings)
    coders = dict.fromkeys(task.coder for task in found)
    if coder and coder not in coders:
        raise Unknown("coder with work", coder, coders)
    return tuple(task for task in found if coder in ("", task.coder))


def visible_to(study: Study, coder: str) -> Study:
    """Return the study as `coder` may see it.

    Of documents that are coded blind and not released, only their own codings are left, and no
    problem or decision that would tell of the others'. Whoever has the repository can still open
    the files; that others' codings are not even there takes a branch for each coder.
    """
    hidden = {
        sidecar(study.documents[c.document].path, c.coder)
        for c in (study.whole or study).codings
        if c.document in study.documents and c.coder != coder and study.work.sealed(c.document)
    }
    whole = visible_to(study.whole, coder) if study.whole else None
    return replace(
        study,
        codings=tuple(
            c for c in study.codings if c.coder == coder or not study.work.sealed(c.document)
        ),
        decisions={d: v for d, v in study.decisions.items() if not study.work.sealed(d)},
        problems=tuple(p for p in study.problems if study.folder / p.path not in hidden),
        whole=whole,
    )


def seen_by(study: Study, coder: str) -> Study:
    """Return the study as one of its coders may see it (`visible_to`).

    Raises `Unknown` if study.yml names coders and not this one.
    """
    named = study.settings.coders
    if named and coder not in named:
        raise Unknown("coder", coder, named)
    return visible_to(study, coder)


def release(
    folder: str | Path, documents: Iterable[str], on: str = "", anyway: bool = False
) -> tuple[str, ...]:
    """Let the coders of `documents` see one another; return those that were sealed until now.

    Writes the date (today, unless `on` gives it) into `parameters/work.yml`. Raises `Unknown` for
    a document that is not coded blind and, unless `anyway`, `CannotRelease` where a coder has not
    coded anything yet.
    """
    study = load(folder)
    names = tuple(dict.fromkeys(documents))
    for name in names:
        if name not in study.work.blind:
            raise Unknown("blind document", name, study.work.blind)
    sealed = tuple(name for name in names if study.work.sealed(name))
    idle = [t for t in work(study) if t.document in sealed and not t.codings]
    if idle and not anyway:
        who = ", ".join(f"{t.coder} in {t.document}" for t in idle)
        raise CannotRelease(f"Nothing is coded yet by {who}. Wait for them or add --anyway.")
    if sealed:
        path = Path(folder) / "parameters" / "work.yml"
        text = read(path)[0]
        date = on or datetime.date.today().isoformat()
        content = released(text.content, path, sealed, date)
        after, problems = parse_work(content, path)
        if problems or any(after.sealed(name) for name in sealed):
            raise CannotRelease(_by_hand(path, sealed, date, problems))
        write(text, content)
    return sealed


def _by_hand(path: Path, names: Iterable[str], date: str, problems: list[Problem]) -> str:
    why = f" ({problems[0].message})" if problems else ""
    lines = ", ".join(f"`{name}: {date}`" for name in names)
    return f"{path} could not be changed safely{why}. Write {lines} below `released:` by hand."


def compared(study: Study, document: str) -> tuple[str, ...]:
    """Return whose codings of a document are set side by side.

    Those between whom decisions were made; else those it is assigned to; else all people. In each
    case only who has coded it, and never the agreed codings themselves.
    """
    coded = {c.coder for c in study.by_document.get(document, ())}
    coded.discard(study.settings.agreed)
    made = study.decisions.get(document)
    for named in (made.coders if made else (), study.work.coders(document)):
        if len(found := tuple(c for c in named if c in coded)) > 1:
            return found
    people = coded.difference(study.settings.machines)
    return tuple(c for c in study.coders if c in people)


def set_beside(
    study: Study, documents: Iterable[str] | None = None, coders: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Return the documents in which coders are set side by side, and which coders.

    Documents with one coder are left out, and so are sealed ones unless they are named: then
    `Sealed` is raised. Raises `Unknown` for a document or coder the study does not have.
    """
    named = tuple(documents) if documents is not None else None
    wanted = tuple(coders)
    for coder in wanted:
        if coder not in study.coders:
            raise Unknown("coder", coder, study.coders)
    found: dict[str, tuple[str, ...]] = {}
    for name in study.documents if named is None else named:
        if name not in study.documents:
            raise Unknown("document", name, study.documents)
        if study.work.sealed(name):
            if named is not None:
                raise Sealed(name)
            continue
        between = wanted or compared(study, name)
        coded = {c.coder for c in study.by_document.get(name, ())} & {*between}
        if len(between) > 1 and (named is not None or len(coded) > 1):
            found[name] = between
    return found


def points(
    study: Study, documents: Iterable[str] | None = None, coders: Iterable[str] = ()
) -> tuple[Point, ...]:
    """Return where coders judged the same words, alike or not, document by document.

    Which documents and coders, and what is raised, is `set_beside`'s.
    """
    return tuple(
        point
        for name, between in set_beside(study, documents, coders).items()
        for point in compare(study.documents[name], study.by_document.get(name, ()), between)
    )


def adjudicate(
    study: Study, document: str, by: str = "", coders: Iterable[str] = ()
) -> Adjudication:
    """Return the disagreements on a document, ready to be decided by `by` and saved one by one.

    Raises `Unknown` for a document the study does not have, `Sealed` while it is coded blind and
    `WorkbenchError` if fewer than two have coded it.
    """
    if document not in study.documents:
        raise Unknown("document", document, study.documents)
    if study.work.sealed(document):
        raise Sealed(document)
    between = tuple(coders) or compared(study, document)
    if len(between) < 2:
        who = between[0] if between else "nobody"
        raise WorkbenchError(f"{document} is coded by {who} only: there is nothing to compare.")
    text = study.documents[document]
    return Adjudication(text, between, study.codebook, by, study.settings.agreed)


def settle(study: Study, documents: Iterable[str]) -> dict[str, int]:
    """Write the agreed codings of `documents`; return how many disagreements each still has.

    A document with something left is not written. Doing it again changes nothing.
    """
    left = {}
    for name in documents:
        table = adjudicate(study, name)
        table.settle()
        left[name] = len(table.left)
    return left


__all__ = [
    "CannotRelease", "Sealed", "adjudicate", "compared", "points", "release", "seen_by",
    "set_beside", "settle", "visible_to", "work",
]  # fmt: skip
