"""What a run asked of its study: noted in its kernel, and asked again of the study as it is now.

In a kernel, `begin` lets `load` return a study that notes what is read of it, and `told` returns
the notes. A later run is spared if `Answers` of the study as it is then gives the same answers.
What looks at much and tells little (`study.answered`) is noted by its answer alone.
"""

from __future__ import annotations

import importlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from workbench import loading
from workbench.care.balance import Witness
from workbench.care.claims import Citation
from workbench.care.model import Care
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding, by_document
from workbench.material.segments import Segments
from workbench.reports.numbers import Numbers, numbers
from workbench.runs.files import Files, content
from workbench.runs.noted import CALL, FIELD, ITEM, KEY, KEYS, Address, NotedTable, Notes, digest
from workbench.study import Study

PARTS = (
    "coders", "codings", "counting", "decisions", "encounters", "feedback", "history", "problems",
    "surveys", "words", "work",
)  # fmt: skip
"""What of a study is noted as one thing."""
VIEW = "where "
CITED = ("coded", "concerns", "holds", "passages", "side", "speaker", "speaks_of")
"""What the index over the material is asked about a citation."""


def tables(study: Study) -> Iterator[tuple[Address, Mapping[Any, Any]]]:
    """Yield the tables of records in a study, with their addresses."""
    yield ("documents",), study.documents
    yield ("informants",), study.informants
    yield ("segments", "all"), study.segments.all
    yield ("codebook", "trees"), study.codebook.trees
    yield ("codebook", "codes"), study.codebook.codes
    for field in fields(Care):
        yield ("care", field.name), getattr(study.care, field.name)


def records(study: Study) -> Iterator[tuple[Address, Any]]:
    """Yield the records of a study that are noted field by field, with their addresses."""
    yield ("settings",), study.settings
    for address, table in tables(study):
        for key, record in table.items():
            if is_dataclass(record) and hasattr(type(record), "__slots__"):
                yield (*address, str(key)), record
    for document in study.documents.values():
        for number, turn in document.turns.items():
            yield ("documents", document.id, "turns", str(number)), turn
    for name, coding in named(study).items():
        yield ("coded", name), coding
        yield ("coded", name, "passage"), coding.passage


def named(study: Study) -> dict[str, Coding]:
    """Return the codings by names that stay when others come and go."""
    found: dict[str, Coding] = {}
    count: Counter[str] = Counter()
    for coding in (study.whole or study).codings:
        p = coding.passage
        name = f"{p.document}/{p.turn} {coding.code} {coding.coder}"
        count[name] += 1
        found[f"{name} {count[name]}"] = coding
    return found


class Answers:
    """A study as it is, asked by address and aspect; equal questions are answered once."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.known = {id(record): address for address, record in records(study)}
        self._coded = named(study)
        self._things: dict[Address, Any] = {(): study}
        self._found: dict[tuple[Any, ...], str] = {}

    def digest(self, address: Address, aspect: Sequence[Any], languages: str, places: bool) -> str:
        """Return the digest of an aspect of a thing, or why there is none."""
        question = (address, *aspect, languages, places)
        if question not in self._found:
            try:
                value = _aspect(self._thing(address), *aspect)
                self._found[question] = digest(value, self.known, languages.split(), places)
            except (KeyError, AttributeError) as gone:
                self._found[question] = f"{type(gone).__name__} {gone}"
        return self._found[question]

    def _thing(self, address: Address) -> Any:
        if address not in self._things:
            *way, step = address
            if address == ("numbers",):
                self._things[address] = numbers(self.study)
            elif address[0] == "coded" and len(address) == 2:
                self._things[address] = self._coded[step]
            else:
                self._things[address] = _step(self._thing(tuple(way)), step)
        return self._things[address]


def _step(thing: Any, step: str) -> Any:
    if step.startswith(VIEW):
        return thing.where(**json.loads(step.removeprefix(VIEW)))
    if not isinstance(thing, Mapping):
        return getattr(thing, step)
    return thing[step] if step in thing else thing[int(step)]


def _aspect(thing: Any, sort: str, name: Any = "", *given: Any) -> Any:
    if sort == KEYS:
        return list(thing)
    if sort == FIELD:
        return getattr(thing, name)
    if sort == KEY:
        return name in thing
    if sort == ITEM:
        return thing[name]
    if ":" in name:
        module, _, function = name.partition(":")
        return getattr(importlib.import_module(module), function).__wrapped__(thing, *given)
    if isinstance(thing, Witness):
        given = (Citation(*given[:3]), *given[3:])
    found = getattr(thing, name)(*given)
    return list(found) if isinstance(found, Iterator) else found


class NotedStudy(Study):
    """A study, or a view of one, that notes what it is asked.

    What looks at much is asked of the `plain` study, which notes nothing; the answer is noted. A
    view that is made of one by other means than `where` has no plain one, and notes all it reads.
    """

    notes: Notes
    address: Address
    plain: Study | None = None

    @classmethod
    def of(cls, plain: Study, notes: Notes, address: Address, **parts: Any) -> NotedStudy:
        """Return a study that notes at this address what is asked of a plain one."""
        held = {f.name: getattr(plain, f.name) for f in fields(Study)}
        for name in ("documents", "informants"):
            table = {key: notes.twins(record) for key, record in held[name].items()}
            held[name] = NotedTable(notes, (*address, name), table)
        study = cls(**{**held, **parts})
        study.__dict__.update(notes=notes, address=address, plain=plain)
        return study

    def where(self, **how: Any) -> Study:
        """Return a view; what of it is read is noted then."""
        if self.plain is None:
            return super().where(**how)
        with self.notes.quiet():
            plain = self.plain.where(**how)
        if plain is self.plain:
            return self
        step = VIEW + json.dumps({k: how[k] for k in sorted(how) if how[k] is not None})
        kept = {name: getattr(self, name) for name in ("segments", "codebook", "care", "settings")}
        whole = (self.whole or self) if plain.whole else None
        return NotedStudy.of(plain, self.notes, (*self.address, step), whole=whole, **kept)

    def answer(self, question: Callable[..., Any], *given: Any) -> Any:
        """Return the answer to a question, noting it alone."""
        if self.plain is None:
            return super().answer(question, *given)
        name = f"{question.__module__}:{question.__name__}"
        self.notes.note(self.address, CALL, name, *given)
        with self.notes.quiet():
            return question(self.plain, *given)

    def voice(self, document: str, turn: int) -> str:
        """Return the informant who speaks in a turn, noting who it is."""
        whole = self.whole or self
        if not isinstance(whole, NotedStudy) or whole.plain is None:
            return super().voice(document, turn)
        whole.notes.note((), CALL, "voice", document, turn)
        return whole.plain.voice(document, turn)

    @cached_property
    def by_document(self) -> Any:
        """Return the codings of each document, noting of which."""
        if self.plain is None:
            return by_document(self.codings)
        found = {name: self.notes.twins(here) for name, here in self.plain.by_document.items()}
        return NotedTable(self.notes, (*self.address, "by_document"), found, values=True)

    @cached_property
    def witness(self) -> Any:
        """Return the index by which evidence is proved; it notes what it is asked."""
        if self.whole is not None or self.plain is None:
            return super().witness
        plain, table = self.plain.witness, partial(NotedTable, self.notes)
        codings = {name: self.notes.twins(here) for name, here in plain.codings.items()}
        found = NotedWitness(
            self.documents, self.informants, self.segments, self.codebook,
            table(("witness", "codings"), codings, values=True), plain.grades,
            table(("feedback",), dict.fromkeys(plain.feedback)),
        )  # fmt: skip
        found.__dict__.update(notes=self.notes, plain=plain)
        return found


def _part(name: str) -> property:
    """Return what is noted of a study as one thing."""

    def read(study: NotedStudy) -> Any:
        if study.plain is None:
            own = getattr(Study, name, None)
            return own.func(study) if isinstance(own, cached_property) else study.__dict__[name]
        study.notes.note(study.address, FIELD, name)
        with study.notes.quiet():
            return study.notes.twins(getattr(study.plain, name))

    return property(read, lambda study, value: study.__dict__.__setitem__(name, value))


for _name in PARTS:
    setattr(NotedStudy, _name, _part(_name))


class NotedWitness(Witness):
    """The index over the material, noting which citations it is asked about."""

    notes: Notes
    plain: Witness

    @property
    def by_code(self) -> Any:
        """Return what can be cited, by code."""
        self.notes.note(("witness",), FIELD, "by_code")
        return self.plain.by_code


def _cited(name: str) -> Callable[..., Any]:
    """Return a question about a citation that is noted."""
    inner = getattr(Witness, name)

    def ask(witness: NotedWitness, citation: Citation, *given: Any) -> Any:
        c = citation
        witness.notes.note(("witness",), CALL, name, c.document, c.turn, c.code, *given)
        found = inner(witness.plain, citation, *given)
        return witness.notes.twins(list(found) if isinstance(found, Iterator) else found)

    return ask


for _name in CITED:
    setattr(NotedWitness, _name, _cited(_name))


class NotedNumbers(Numbers):
    """Which numbers may be printed, noting which are asked for."""

    notes: Notes

    def shown(self, measure: str, group: str) -> Any:
        """Return the number that may be printed, or how it is hidden."""
        self.notes.note(("numbers",), CALL, "shown", measure, group)
        groups = self.groups.plain if isinstance(self.groups, NotedTable) else self.groups
        return Numbers(self.counted, groups, self.prints).shown(measure, group)


def noted(plain: Study, notes: Notes) -> Study:
    """Return a study that notes what is read of a plain one."""
    for address, record in records(plain):
        notes.twin(record, address)
    twins, table = notes.twins, partial(NotedTable, notes)
    for coding in plain.codings:
        notes.give(coding, passage=twins(coding.passage))
    for name, document in plain.documents.items():
        turns = {number: twins(turn) for number, turn in document.turns.items()}
        notes.give(document, turns=table(("documents", name, "turns"), turns))
    found = {
        address: table(address, {key: twins(record) for key, record in records.items()})
        for address, records in tables(plain)
    }
    people = table(("segments", "people"), plain.segments.people, values=True)
    segments = Segments(found[("segments", "all")], people)
    codebook = Codebook(found[("codebook", "trees")], found[("codebook", "codes")])
    for name in ("content", "facets"):
        part = {key: twins(code) for key, code in getattr(plain.codebook, name).items()}
        codebook.__dict__[name] = table(("codebook", name), part)
    care = Care(**{f.name: found[("care", f.name)] for f in fields(Care)})
    whole = NotedStudy.of(
        plain, notes, (), segments=segments, codebook=codebook, care=care,
        settings=twins(plain.settings),
    )  # fmt: skip
    ready = numbers(plain)
    groups = table(("numbers", "groups"), ready.groups, values=True)
    whole.derived[numbers] = shown = NotedNumbers(ready.counted, groups, ready.prints)
    shown.__dict__["notes"] = notes
    return whole


class Watch:
    """Watches one kernel: what its notebook asks of the study, and which files it reads beside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.notes, self.files = Notes(), Files(self.folder)
        self.stamps: set[str] = set()
        self.notes.watch_texts()

    def load(self, folder: Path) -> Study:
        """Return the study in a folder; if it is the one that is watched, one that notes."""
        if folder.resolve() != self.folder:
            return loading.steady(folder)[0]
        with self.files.paused(), self.notes.quiet():
            study, stamp = loading.steady(folder, stamped=True)
            self.stamps.add(stamp)
            return noted(study, self.notes)

    def told(self) -> str:
        """Return all that was noted, as JSON."""
        with self.files.paused():
            read = {self._named(path): content(path) for path in self.files.read}
            return json.dumps(
                {
                    "stamps": sorted(self.stamps),
                    "asked": [
                        [address, sorted(aspects, key=repr)]
                        for address, aspects in sorted(self.notes.read.items())
                    ],
                    "languages": sorted(self.notes.languages),
                    "places": self.notes.places,
                    "read": dict(sorted(read.items())),
                    "wrote": sorted(map(self._named, self.files.wrote)),
                    "beyond": self.files.reached(),
                }
            )

    def _named(self, path: str) -> str:
        return os.path.relpath(path, self.folder) if path.startswith(f"{self.folder}/") else path


_watching: list[Watch] = []


def begin(study: str) -> None:
    """Watch from now on what is asked of the study in a folder."""
    _watching[:] = [Watch(Path(study))]
    loading.watcher = _watching[0].load


def told() -> str:
    """Return what was noted since `begin`, as JSON."""
    return _watching[0].told() if _watching else ""
