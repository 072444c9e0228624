"""A folder read into a study: every reader in turn, all faults in one pass."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from workbench.base.edits import JOURNAL, unfinished
from workbench.base.files import read, stamp
from workbench.base.languages import in_order
from workbench.base.lemmas import OwnWords, parse_words
from workbench.base.problems import Level, Problem, WorkbenchError, near_miss
from workbench.base.records import Link
from workbench.care.balance import Witness, check
from workbench.care.checks import CHECKS
from workbench.care.framework import astray
from workbench.care.model import load_care
from workbench.care.negatives import unseen
from workbench.coding.agreed import check_decisions
from workbench.coding.anchors import anchor
from workbench.coding.codebook import Codebook, assemble, parse_tree
from workbench.coding.codings import Coding, by_document, check_codes, parse_codings
from workbench.coding.decisions import ENDING, Decisions, parse_decisions, settled
from workbench.coding.history import NAME as HISTORY
from workbench.coding.history import History, parse_history
from workbench.coding.machines import MODEL
from workbench.coding.recoding import forked, told
from workbench.coding.work import Work, check_work, parse_work
from workbench.material.documents import Document, Kind, parse_document
from workbench.material.informants import Informant, Vocabulary, parse_informants
from workbench.material.segments import arrange, parse_segment
from workbench.material.settings import Settings, parse_settings
from workbench.material.sources import Sources, load_sources
from workbench.study import Study, witnesses

T = TypeVar("T")
MATERIAL = {"interviews": Kind.INTERVIEW, "observations": Kind.OBSERVATION}
CHANNELS, ENCOUNTERS = "CH.", "ENC."
"""How references of the codebook's channels and encounters begin."""


class NoStudy(WorkbenchError):
    """The folder holds no study."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no study: there is no parameters/study.yml. "
            f"Start one with `workbench new study {folder}`."
        )


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from searching a growing study for garbage: there is none in it.

    Freezing and thawing makes what was read old at once, so that it is not searched right after.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def load(folder: str | Path = ".") -> Study:
    """Read the study in `folder`; what is wrong in its files comes back as `study.problems`.

    Raises `NoStudy` if there is no `parameters/study.yml`; nothing else is ever raised for what
    stands in the files.
    """
    root = Path(folder)
    if not (root / "parameters" / "study.yml").is_file():
        raise NoStudy(root)
    return steady(root)[0] if watcher is None else watcher(root)


watcher: Callable[[Path], Study] | None = None
"""Who gives a study instead of `load`, to see what it is asked (`runs.reads`)."""
_kept: dict[Path, tuple[str, Study]] = {}
"""By the name of its folder the study that was read beforehand: its stamp and itself."""


def keep(folder: str | Path) -> Study | None:
    """Read a study for the next `load` of a folder so named, which gets it if its files are these.

    For a process that is forked before it works (`runs.warm`): each fork loads once what was
    read once, be it from another folder with the same files. Returns the study if it was read
    now, and nothing if it was there or cannot be read.
    """
    root = Path(folder)
    if not (root / "parameters" / "study.yml").is_file():
        return None
    if root in _kept and _kept[root][0] == stamp(root):
        return None
    _kept.clear()
    study, now = steady(root, stamped=True)
    if now:
        _kept[root] = now, study
    return study


def steady(root: Path, stamped: bool = False) -> tuple[Study, str]:
    """Return the study in a folder and, if `stamped`, the stamp of the files it was read from.

    There is no stamp if they changed meanwhile.
    """
    before, study = _kept.pop(root, ("", None))
    now = stamp(root) if stamped or study is not None else ""
    if study is not None and before == now:
        return study, now
    study = _read(root)
    return study, now if stamped and stamp(root) == now else ""


@_without_collector()
def _read(root: Path) -> Study:
    parameters = root / "parameters"
    problems: list[Problem] = []

    def parsed(
        path: Path, parse: Callable[..., tuple[T, list[Problem]]], *more: object
    ) -> T | None:
        text, faults = read(path)
        problems.extend(faults)
        if any(fault.level is Level.ERROR for fault in faults):
            return None
        result, found = parse(text.content, path, *more)
        problems.extend(found)
        return result

    settings = parsed(parameters / "study.yml", parse_settings) or Settings()
    languages, vocabulary = settings.languages, settings.attributes
    people = parameters / "informants.yml"
    informants = (parsed(people, parse_informants, vocabulary) if people.exists() else None) or {}
    codebook, found = assemble(
        book
        for path in sorted((parameters / "codebook").glob("*.yml"))
        if (book := parsed(path, parse_tree, languages)) is not None
    )
    problems += found
    own = parameters / "words.yml"
    words = (parsed(own, parse_words) if own.exists() else None) or OwnWords()
    loaded = {
        path.stem: segment
        for path in in_order((parameters / "segments").glob("*.yml"), lambda p: p.stem)
        if (segment := parsed(path, parse_segment, languages, vocabulary)) is not None
    }
    segments, found = arrange(loaded, informants)
    problems += found
    documents = _documents(root, vocabulary, parsed, problems)
    problems += _strangers(documents, informants)
    problems += _withheld(documents, informants)
    codings = _codings(root, documents, settings, parsed, problems)
    sources, found = load_sources(root / "observations", languages, vocabulary, segments)
    problems += found
    past = parameters / "codebook" / HISTORY
    history = (parsed(past, parse_history) if past.exists() else None) or History()
    if codebook.codes:
        problems += _unknown_codes(settings, codebook)
        problems += check_codes(codings, codebook.content, codebook.facets, history.hint)
        problems += _uncoded(sources, codebook, history)
    problems += told(codings, codebook) + forked(codings, codebook, history)
    problems += unfinished(parameters / JOURNAL)
    work, found = _work(parameters / "work.yml", documents, settings)
    problems += found
    coded = by_document(codings)
    decisions = _decisions(root, documents, coded, settings, parsed, problems)
    care, found = load_care(parameters / "care", languages)
    problems += found
    heard = witnesses(coded, settings)
    witness = Witness(
        documents, informants, segments, codebook, heard, settings.grades, tuple(sources.feedback)
    )
    problems += check(care, witness)
    for prove in CHECKS:
        problems += prove(care, witness)
    problems += unseen(care, witness) + astray(care, witness)
    return Study(
        folder=root,
        settings=settings,
        documents=documents,
        informants=informants,
        codings=tuple(codings),
        codebook=codebook,
        history=history,
        segments=segments,
        care=care,
        work=work,
        decisions=decisions,
        words=words,
        surveys=sources.surveys,
        feedback=sources.feedback,
        encounters=sources.encounters,
        problems=tuple(sorted(set(relative(problems, root)))),
    )


def _documents(
    root: Path,
    vocabulary: Vocabulary,
    parsed: Callable[..., Document | None],
    problems: list[Problem],
) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    seen: dict[str, Path] = {}
    for name, kind in MATERIAL.items():
        for path in in_order((root / name).glob("*.md"), lambda p: p.name):
            if path.name == "README.md":
                continue
            document = parsed(path, parse_document, vocabulary)
            if document is None:
                continue
            if document.kind is not kind:
                message = f"this is an {document.kind} among the {name}."
                problems.append(Problem(path, 1, message, "Move the file or change `kind`."))
            twin = seen.setdefault(document.id.casefold(), path)
            if twin != path:
                message = f"the id '{document.id}' is also that of {twin.name}."
                problems.append(Problem(path, 1, message, "Give one of them another id."))
                continue
            documents[document.id] = document
    return documents


def _strangers(documents: dict[str, Document], informants: dict[str, Informant]) -> list[Problem]:
    return [
        d.informant.place.problem(
            f"the informant '{d.informant}' is not in parameters/informants.yml.",
            near_miss(d.informant, informants) or "Add them there, with side and role.",
        )
        for d in documents.values()
        if isinstance(d.informant, Link) and d.informant not in informants
    ]


def _withheld(
    documents: dict[str, Document], informants: dict[str, Informant]
) -> Iterator[Problem]:
    """Note turns that are to be withheld but are not there."""
    turns = {f"{d.id}/{number}" for d in documents.values() for number in d.turns}
    for person in informants.values():
        for link in person.consent.withhold:
            if link not in turns:
                message = f"there is no turn '{link}' to withhold."
                yield link.place.problem(message, "Write document/turn, such as h03/2.")


def _codings(
    root: Path,
    documents: dict[str, Document],
    settings: Settings,
    parsed: Callable[..., list[Coding] | None],
    problems: list[Problem],
) -> list[Coding]:
    codings: list[Coding] = []
    for name in MATERIAL:
        for path in in_order((root / name).glob("*.tsv"), lambda p: p.name):
            stem, _, coder = path.name.removesuffix(".tsv").rpartition(".")
            if not stem:
                message = "the name says no coder."
                problems.append(Problem(path, 1, message, "Call it DOCUMENT.CODER.tsv."))
            elif stem not in documents:
                there = path.with_name(f"{stem}.md").exists()
                why = "cannot be read" if there else "is not there"
                hint = "Mend it first." if there else near_miss(stem, documents)
                message = f"codings of '{stem}', a document that {why}."
                problems.append(Problem(path, 1, message, hint))
            else:
                found = parsed(path, parse_codings, stem, coder) or []
                problems += _unnamed(path, coder, found, settings)
                placed, moves = anchor(found, documents[stem])
                codings += placed
                problems += moves
    return codings


def _uncoded(sources: Sources, codebook: Codebook, history: History) -> list[Problem]:
    """Note codes of counted material that are not in the codebook, with what became of them."""
    content, facets = codebook.content, codebook.facets
    channels, kinds = (
        [f.id for f in facets.values() if f.ref.startswith(ref)] or list(facets)
        for ref in (CHANNELS, ENCOUNTERS)
    )

    def hint(name: str, is_code: bool) -> str:
        other = is_code and name in facets
        wrong = "It is a facet: write it after a code." if other else ""
        return history.hint(name) or wrong or near_miss(name, content if is_code else facets)

    return sources.check(content, facets, channels, kinds, hint)


def _unknown_codes(settings: Settings, codebook: Codebook) -> list[Problem]:
    named = settings.assistant.codes if settings.assistant else ()
    known = {*codebook.codes, *codebook.trees}
    return [
        name.place.problem(f"no code or tree '{name}'.", near_miss(name, known))
        for name in named
        if name not in known
    ]


def _unnamed(
    path: Path, coder: str, codings: Iterable[Coding], settings: Settings
) -> Iterable[Problem]:
    """Note a coder whom study.yml does not name: a person, or a model that would pass for one."""
    if coder in (*settings.coders, settings.agreed, *settings.machines):
        return
    if any(dict(c.extra).get(MODEL) for c in codings):
        hint = f"Write `assistant: {{coder: {coder}}}` in study.yml; it asks nobody anything."
        yield Problem(path, 1, "a model made these codings, and they would count.", hint)
    elif settings.coders:
        hint = near_miss(coder, settings.coders) or "Add them to study.yml."
        yield Problem(path, 1, f"no coder '{coder}' in study.yml.", hint)


def _work(
    path: Path, documents: dict[str, Document], settings: Settings
) -> tuple[Work, list[Problem]]:
    if not path.exists():
        return Work(), []
    text, problems = read(path)
    work, found = parse_work(text.content, path)
    known = check_work(work, path, text.content, documents, settings.coders)
    return work, problems or [*found, *known]


def _decisions(
    root: Path,
    documents: dict[str, Document],
    coded: Mapping[str, list[Coding]],
    settings: Settings,
    parsed: Callable[..., Decisions | None],
    problems: list[Problem],
) -> dict[str, Decisions]:
    decisions: dict[str, Decisions] = {}
    for name in MATERIAL:
        for path in in_order((root / name).glob(f"*{ENDING}"), lambda p: p.name):
            stem = path.name.removesuffix(ENDING)
            if stem not in documents:
                message = f"decisions on '{stem}', a document that is not there."
                problems.append(Problem(path, 1, message, near_miss(stem, documents)))
            elif made := parsed(path, parse_decisions, stem, settings.agreed):
                document = documents[stem]
                decisions[stem] = settled(made, document)
                here = coded.get(stem, [])
                problems += check_decisions(document, here, decisions[stem], settings.agreed)
    return decisions


def relative(problems: Iterable[Problem], root: Path) -> Iterable[Problem]:
    """Yield problems with their files as they are called from the study's folder."""
    for problem in problems:
        if problem.path.is_relative_to(root):
            yield replace(problem, path=problem.path.relative_to(root))
        else:
            yield problem
