"""Two records of the same id compared, field by field, in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.base.languages import words
from workbench.base.records import Link, Prose
from workbench.care.links import kinds
from workbench.practice.registers import FOOTING, footing, name_of, say_value
from workbench.study import Study


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of a field: its name, its label, what stood there, what stands there now."""

    name: str
    field: str
    before: str
    after: str


def plain(value: Any) -> Any:
    """Return a value without where it was written, so that two can be compared."""
    if isinstance(value, Prose):
        return dict(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = (f.name for f in dataclasses.fields(value) if f.name not in ("place", "path"))
        return {name: plain(getattr(value, name)) for name in named}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Reader:
    """Says the fields of two rounds: what stood there with the names of then, now with today's."""

    then: Study
    now: Study
    language: str

    def edits(self, old: Any, new: Any, above: str = "") -> Iterator[Edit]:
        """Yield the fields in which two records of one form differ; those of a part by path."""
        say = words(self.language)
        grounded = hasattr(new, "basis")
        if grounded and _rests(old) != _rests(new):
            before, after = (footing(record, self.language) for record in (old, new))
            yield Edit("footing", above + say("field_footing"), before, after)
        for name in (f.name for f in dataclasses.fields(new) if f.name != "place"):
            a, b = getattr(old, name), getattr(new, name)
            if plain(a) != plain(b) and not (grounded and name in FOOTING):
                key = f"register_{name}" if name in FOOTING else f"field_{name}"
                yield from self._field(a, b, (kinds(new).get(name, ""), name), above + say(key))

    def _field(self, a: Any, b: Any, form: tuple[str, str], label: str) -> Iterator[Edit]:
        if dataclasses.is_dataclass(b) and type(a) is type(b):
            yield from self.edits(a, b, f"{label} › ")
        elif (pair := self._pair(a, b, form)) != ("", ""):
            yield Edit(form[1], label, *pair)

    def _pair(self, a: Any, b: Any, form: tuple[str, str]) -> tuple[str, str]:
        """Return what stood in a field and what stands there now; of several only what moved."""
        if isinstance(a, Prose) and isinstance(b, Prose):
            return _texts(a, b, self.language)
        if isinstance(a, tuple) and isinstance(b, tuple):
            gone, come = _missing(a, b), _missing(b, a)
            return self._all(gone, form, self.then), self._all(come, form, self.now)
        if isinstance(a, Mapping) and isinstance(b, Mapping):
            a, b = ({k: v for k, v in x.items() if y.get(k) != v} for x, y in ((a, b), (b, a)))
        return self._one(a, form, self.then), self._one(b, form, self.now)

    def _all(self, items: list[Any], form: tuple[str, str], study: Study) -> str:
        return "; ".join(self._one(item, form, study) for item in items)

    def _one(self, value: Any, form: tuple[str, str], study: Study) -> str:
        kind, name = form
        if isinstance(value, Link) and kind:
            told = name_of(value, kind, study, self.language)
            return told if told == value else f"{told} ({value})"
        told = say_value(value, kind, name, study, self.language)
        under = footing(value, self.language) if hasattr(value, "basis") else ""
        return f"{told} [{under}]" if under else told


def _rests(record: Any) -> list[Any]:
    return [plain(getattr(record, name)) for name in FOOTING]


def _missing(items: tuple[Any, ...], others: tuple[Any, ...]) -> list[Any]:
    there = [plain(item) for item in others]
    return [item for item in items if plain(item) not in there]


def _texts(a: Prose, b: Prose, language: str) -> tuple[str, str]:
    """Return two texts in `language`; in the first one they differ in where it is not that."""
    if a.get(language, "") != b.get(language, ""):
        return a.get(language, ""), b.get(language, "")
    other = next(x for x in (*a, *b) if a.get(x, "") != b.get(x, ""))
    return f"{other}: {a.get(other, '')}", f"{other}: {b.get(other, '')}"


def title(record: Any, language: str) -> str:
    """Return what a record is called: its first text, or nothing."""
    values = (getattr(record, f.name) for f in dataclasses.fields(record))
    return next((v.say(language) for v in values if isinstance(v, Prose)), "")
