"""A study: everything in a folder as one immutable value, and views of it with the same methods."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from workbench.base.edits import JOURNAL, unfinished
from workbench.base.files import read
from workbench.base.languages import in_order
from workbench.base.lemmas import OwnWords, parse_words
from workbench.base.problems import Level, Problem, WorkbenchError, near_miss
from workbench.base.records import Link
from workbench.care.balance import Witness, check
from workbench.care.framework import astray
from workbench.care.model import Care, load_care
from workbench.care.negatives import unseen
from workbench.coding.agreed import check_decisions
from workbench.coding.anchors import anchor
from workbench.coding.codebook import Codebook, assemble, parse_tree
from workbench.coding.codings import Coding, Standing, by_document, check_codes, parse_codings
from workbench.coding.decisions import ENDING, Decisions, parse_decisions, settled
from workbench.coding.history import NAME as HISTORY
from workbench.coding.history import History, parse_history
from workbench.coding.machines import MODEL
from workbench.coding.recoding import forked, told
from workbench.coding.work import Work, check_work, parse_work
from workbench.material.counted import Description, Group
from workbench.material.documents import Document, Kind, parse_document
from workbench.material.encounters import Encounters
from workbench.material.feedback import Feedback
from workbench.material.informants import Informant, Side, Vocabulary, parse_informants
from workbench.material.segments import Segment, Segments, arrange, parse_segment
from workbench.material.settings import Settings, parse_settings
from workbench.material.sources import Sources, load_sources
from workbench.material.surveys import Survey

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


class Unknown(WorkbenchError):
    """A view was asked for something the study does not have."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no {what} '{name}' in this study. {near_miss(name, known)}")


@dataclass(frozen=True)
class Study:
    """A study, or a view of one: the same methods on less material.

    `documents`, `informants` and `codings` shrink with the view; codebook, segments, care model
    and problems stay those of the whole. `segment` and `coder` name the view. `surveys`,
    `feedback` and `encounters` shrink with segment and side; they are no documents, and are
    counted apart from what was said in interviews, always.
    """

    folder: Path
    settings: Settings = field(default_factory=Settings)
    documents: dict[str, Document] = field(default_factory=dict)
    informants: dict[str, Informant] = field(default_factory=dict)
    codings: tuple[Coding, ...] = ()
    codebook: Codebook = field(default_factory=Codebook)
    history: History = field(default_factory=History)
    segments: Segments = field(default_factory=lambda: Segments({}))
    care: Care = field(default_factory=Care)
    work: Work = field(default_factory=Work)
    decisions: dict[str, Decisions] = field(default_factory=dict)
    words: OwnWords = field(default_factory=OwnWords)
    surveys: dict[str, Survey] = field(default_factory=dict)
    feedback: dict[str, Feedback] = field(default_factory=dict)
    encounters: dict[str, Encounters] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    segment: str = ""
    coder: str = ""
    whole: Study | None = None

    def __repr__(self) -> str:
        view = f" of {self.segment}" if self.segment else ""
        return (
            f"<Study{view}: {len(self.documents)} documents, {len(self.informants)} informants, "
            f"{len(self.codings)} codings, {len(self.problems)} problems>"
        )

    def where(
        self,
        *,
        segment: str | None = None,
        side: str | None = None,
        kind: str | None = None,
        coder: str | None = None,
    ) -> Study:
        """Return the view with only this material.

        A segment holds the words of its informants, and observations of such people. Raises
        `Unknown` for a segment, side, kind or coder the study does not have.
        """
        view = self
        if segment is not None:
            view = view._of_segment(segment)
        if side is not None:
            wanted = _member(Side, "side", side)
            view = view._keep(lambda p: p.side is wanted, lambda d: d.side is wanted)
            view = view._counted(lambda form, _: form.side is wanted)
        if kind is not None:
            sort = _member(Kind, "kind", kind)
            documents = {d.id: d for d in view.documents.values() if d.kind is sort}
            view = view._limited(documents, view.informants)
        if coder is not None:
            if coder not in self.coders:
                raise Unknown("coder", coder, self.coders)
            kept = tuple(c for c in view.codings if c.coder == coder)
            view = replace(view, codings=kept, coder=coder)
        return view

    def _of_segment(self, name: str) -> Study:
        if name not in self.segments:
            raise Unknown("segment", name, self.segments.all)
        view = self._keep(
            lambda p: p.id in self.segments.people[name],
            lambda d: d.side is not Side.PROVIDER and self.segments.fits(name, d.attributes),
        )
        view = view._counted(
            lambda form, group: (
                form.side is not Side.PROVIDER and self.segments.fits(name, dict(group.attributes))
            )
        )
        return replace(view, segment=name)

    @property
    def counted(self) -> tuple[tuple[Description, Path], ...]:
        """Return the description and the table of each survey, feedback and encounter count."""
        surveys, feedback = self.surveys.values(), self.feedback.values()
        return (
            *((s.form, s.path) for s in surveys),
            *((s.form, s.path) for s in feedback),
            *((s.form, s.path) for s in self.encounters.values()),
        )

    def _counted(self, fits: Callable[[Description, Group], bool]) -> Study:
        """Keep the rows of counted material whose source and group fit."""
        return replace(
            self,
            surveys={n: s.of(partial(fits, s.form)) for n, s in self.surveys.items()},
            feedback={n: s.of(partial(fits, s.form)) for n, s in self.feedback.items()},
            encounters={n: s.of(partial(fits, s.form)) for n, s in self.encounters.items()},
        )

    def _keep(
        self, person: Callable[[Informant], bool], observed: Callable[[Document], bool]
    ) -> Study:
        people = {p.id: p for p in self.informants.values() if person(p)}
        documents = {
            d.id: d
            for d in self.documents.values()
            if d.informant in people or (d.kind is Kind.OBSERVATION and observed(d))
        }
        return self._limited(documents, people)

    def _limited(self, documents: dict[str, Document], people: dict[str, Informant]) -> Study:
        """Keep the codings in `documents`, but not the words of informants who are not here."""
        whole = self.whole or self
        heard = people.keys() | ({""} - whole.informants.keys())
        codings: list[Coding] = []
        for name, here in self.by_document.items():
            if name in documents:
                everybody = heard.issuperset(("", *whole._voices[name].values()))
                codings += here if everybody else [c for c in here if self.speaker(c) in heard]
        return replace(
            self, documents=documents, informants=people, codings=tuple(codings), whole=whole
        )

    def speaker(self, coding: Coding) -> str:
        """Return the informant whose words are coded, or nothing: a field note, an unknown."""
        return (self.whole or self)._voices[coding.document].get(coding.passage.turn, "")

    @cached_property
    def _voices(self) -> dict[str, dict[int, str]]:
        """Return the informant who speaks in each turn of each document, or nothing."""
        known = self.informants
        return {
            name: {
                turn.number: who if (who := document.author(turn)) in known else ""
                for turn in document.turns.values()
            }
            for name, document in self.documents.items()
        }

    @cached_property
    def by_document(self) -> dict[str, list[Coding]]:
        """Return the codings of each document that has any; not to be changed."""
        return by_document(self.codings)

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Return who has coded, by weight: what was agreed, as in study.yml, machines last."""
        if self.whole:
            return self.whole.coders
        found = {c.coder for c in self.codings}
        machines = self.settings.machines
        people = found.difference(machines)
        weighty = dict.fromkeys((self.settings.agreed, *self.settings.coders))
        named = [c for c in weighty if c in people]
        return (*named, *in_order(people - set(named)), *(m for m in machines if m in found))

    @cached_property
    def counting(self) -> tuple[Coding, ...]:
        """Return the codings that count: of each document those of its weightiest coder.

        Lost codings never count; a view of one coder counts that coder's. What a machine coded
        (`Settings.machines`) counts only in its own view, or after all people if study.yml names
        it. What was agreed comes first.
        """
        weightiest, agreed = self._weightiest, self.settings.agreed
        found = [
            c
            for name, here in self.by_document.items()
            for c in here
            if c.coder == weightiest.get(name) and c.standing is not Standing.LOST
        ]
        return tuple(sorted(found, key=lambda c: c.coder != agreed))

    @cached_property
    def _weightiest(self) -> dict[str, str]:
        """Return whose codings of each document count, in every view of the same coders alike."""
        if self.whole and not self.coder:
            return self.whole._weightiest
        own = self.coder in self.settings.machines
        judges = [c for c in self.coders if own or self.settings.judges(c)]
        found = {}
        for name, here in self.by_document.items():
            coded = {c.coder for c in here}
            if first := next((coder for coder in judges if coder in coded), ""):
                found[name] = first
        return found

    @cached_property
    def derived(self) -> dict[object, object]:
        """Return what higher floors have computed from this very view, to compute it once."""
        return {}

    @cached_property
    def witness(self) -> Witness:
        """Return the index by which evidence is proved, over the whole study."""
        if self.whole:
            return self.whole.witness
        judged, grades = _judged(self.by_document, self.settings), self.settings.grades
        return Witness(
            self.documents, self.informants, self.segments, self.codebook, judged, grades
        )


@contextmanager
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


@_without_collector()
def load(folder: str | Path = ".") -> Study:
    """Read the study in `folder`; what is wrong in its files comes back as `study.problems`.

    Raises `NoStudy` if there is no `parameters/study.yml`; nothing else is ever raised for what
    stands in the files.
    """
    root = Path(folder)
    parameters = root / "parameters"
    if not (parameters / "study.yml").is_file():
        raise NoStudy(root)
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
    judged = _judged(coded, settings)
    witness = Witness(documents, informants, segments, codebook, judged, settings.grades)
    problems += check(care, witness)
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
        problems=tuple(sorted(set(_relative(problems, root)))),
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


def _judged(coded: Mapping[str, list[Coding]], settings: Settings) -> dict[str, list[Coding]]:
    """Return of each document what somebody judged and is not lost, the agreed first.

    What machines coded is among it only where study.yml says so.
    """
    silent = {coder for coder in settings.machines if not settings.judges(coder)}
    judged = {}
    for name, here in coded.items():
        kept = [c for c in here if c.coder not in silent and c.standing is not Standing.LOST]
        judged[name] = sorted(kept, key=lambda c: c.coder != settings.agreed)
    return judged


def _relative(problems: Iterable[Problem], root: Path) -> Iterable[Problem]:
    for problem in problems:
        if problem.path.is_relative_to(root):
            yield replace(problem, path=problem.path.relative_to(root))
        else:
            yield problem


@dataclass(frozen=True)
class Coverage:
    """What of one document is coded by one coder."""

    document: Document
    coder: str
    codings: int
    turns: int
    lost: int


def status(study: Study) -> list[Coverage]:
    """Return what is coded by whom: a row for each document and coder, uncoded ones with none."""
    by: dict[tuple[str, str], list[Coding]] = defaultdict(list)
    for c in study.codings:
        by[c.document, c.coder].append(c)
    rows = []
    for document in study.documents.values():
        coders = [coder for coder in study.coders if (document.id, coder) in by]
        for coder in coders or [""]:
            found = by.get((document.id, coder), [])
            lost = Counter(c.standing for c in found)[Standing.LOST]
            turns = len({c.passage.turn for c in found})
            rows.append(Coverage(document, coder, len(found), turns, lost))
    return rows


def _member(kinds: type[T], what: str, name: str) -> T:
    known = [member.value for member in kinds]  # type: ignore[attr-defined]
    if name not in known:
        raise Unknown(what, name, known)
    return kinds(name)  # type: ignore[call-arg]


def segment_of(study: Study) -> Segment:
    """Return the segment of a view; raises `WorkbenchError` for a study without one."""
    if not study.segment:
        raise WorkbenchError("This needs one segment: use study.where(segment=…).")
    return study.segments[study.segment]


__all__ = ["Coverage", "NoStudy", "Study", "Unknown", "load", "segment_of", "status"]
