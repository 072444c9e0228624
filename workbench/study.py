"""A study: everything in a folder as one immutable value, and views of it with the same methods."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import TypeVar

from workbench.base.languages import in_order
from workbench.base.lemmas import OwnWords
from workbench.base.problems import Problem, WorkbenchError, near_miss
from workbench.care.balance import Witness
from workbench.care.model import Care
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, Standing, by_document
from workbench.coding.decisions import Decisions
from workbench.coding.history import History
from workbench.coding.work import Work
from workbench.material.counted import Description, Group
from workbench.material.documents import Document, Kind
from workbench.material.encounters import Encounters
from workbench.material.feedback import Feedback
from workbench.material.informants import Informant, Side
from workbench.material.segments import Segment, Segments
from workbench.material.settings import Settings
from workbench.material.surveys import Survey

T = TypeVar("T")


def answered(question: Callable[..., T]) -> Callable[..., T]:
    """Make a function of a study, and of plain texts and numbers, a question with a short answer.

    A run that asks it rests on the answer alone and not on all that was read to find it, so it is
    not repeated while the answer stays (`runs.reads`).
    """

    @wraps(question)
    def ask(study: Study, *given: object) -> T:
        return study.answer(question, *given)

    return ask


class Unknown(WorkbenchError):
    """A view was asked for something the study does not have."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no {what} '{name}' in this study. {near_miss(name, known)}")


class NotInLanguage(WorkbenchError):
    """A report was asked for in a language the study does not have."""

    def __init__(self, language: str, known: Iterable[str]) -> None:
        super().__init__(
            f"The study has no texts in '{language}'; its languages are {', '.join(known)}. "
            "They stand in parameters/study.yml."
        )


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
        return self.voice(coding.document, coding.passage.turn)

    def voice(self, document: str, turn: int) -> str:
        """Return the informant who speaks in a turn, or nothing."""
        return (self.whole or self)._voices[document].get(turn, "")

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

    def answer(self, question: Callable[..., T], *given: object) -> T:
        """Return the answer to an `answered` question; a study that is watched notes it."""
        return question(self, *given)

    @cached_property
    def derived(self) -> dict[object, object]:
        """Return what higher floors have computed from this very view, to compute it once."""
        return {}

    @cached_property
    def witness(self) -> Witness:
        """Return the index by which evidence is proved, over the whole study."""
        if self.whole:
            return self.whole.witness
        codings = witnesses(self.by_document, self.settings)
        return Witness(
            self.documents,
            self.informants,
            self.segments,
            self.codebook,
            codings,
            self.settings.grades,
            tuple(self.feedback),
        )


def witnesses(coded: Mapping[str, list[Coding]], settings: Settings) -> dict[str, list[Coding]]:
    """Return of each document what somebody judged and is not lost, the agreed first.

    What machines coded is among it only where study.yml says so.
    """
    silent = {coder for coder in settings.machines if not settings.judges(coder)}
    judged = {}
    for name, here in coded.items():
        kept = [c for c in here if c.coder not in silent and c.standing is not Standing.LOST]
        judged[name] = sorted(kept, key=lambda c: c.coder != settings.agreed)
    return judged


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
