"""Any file of the care model as a table, in the words of its language."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from workbench.base.languages import dictionary, words
from workbench.base.records import Link, Place, Prose
from workbench.care.claims import Basis
from workbench.care.links import kinds
from workbench.care.model import FOLDERS, NAMED, TABLES
from workbench.findings.results import Result
from workbench.study import Study, Unknown

FOOTING = ("needs", "findings", "basis", "reference")
"""What a line rests on: told in one column, the last."""


@dataclass(frozen=True, repr=False)
class Register(Result):
    """The records of a file of the care model, a row for each."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each record; columns nobody fills are left out."""
        frame = pd.DataFrame(list(self.rows), columns=list(self.headings))
        return frame[[h for n, h in enumerate(self.headings) if any(row[n] for row in self.rows)]]


def register(study: Study, name: str, language: str = "fi") -> Register:
    """Return a file of `parameters/care/` as a table: `register(study, "rules")`.

    What a record names is said by its label. A view of a segment shows what is for it, for a
    segment above it, or for all. Raises `Unknown` for a file the care model does not know.
    """
    known = {**TABLES, **FOLDERS}
    if name not in known:
        raise Unknown("register", name, known)
    fields = [f.name for f in dataclasses.fields(known[name]) if f.name != "place"]
    shown = [f for f in fields if f not in FOOTING]
    grounded = "basis" in fields
    records = [r for r in study.care.table(name).values() if concerns(r, study)]
    rows = [
        tuple(say_field(r, field, study, language) for field in shown)
        + ((footing(r, language),) if grounded else ())
        for r in records
    ]
    say = words(language)
    headings = [say(f"field_{field}") for field in shown] + [say("field_footing")] * grounded
    caption = say("register_caption", name=say(f"register_{name}"), n=len(rows))
    return Register(caption, language, name, tuple(rows), tuple(headings))


def concerns(record: object, study: Study) -> bool:
    """Tell whether a record is for a view's segment: for it, for one above it, or for nobody."""
    one = getattr(record, "segment", None)
    named = (one,) if one else getattr(record, "segments", ())
    above = set(study.segments.holding(study.segment)) if study.segment else set()
    left_out = not above.isdisjoint(getattr(record, "without", ()))
    return not above or not named or not (left_out or above.isdisjoint(named))


def say_field(record: Any, field: str, study: Study, language: str) -> str:
    """Return a field of a record as text in `language`."""
    kind = kinds(record).get(field, "")
    return say_value(getattr(record, field), kind, field, study, language)


def footing(record: Any, language: str) -> str:
    """Return what a record rests on: needs and findings, or the basis and its reference."""
    if record.basis is Basis.MATERIAL:
        return ", ".join((*record.needs, *record.findings, *getattr(record, "actions", ())))
    reference = record.reference.say(language) if record.reference else ""
    return f"{words(language)(f'basis_{record.basis}')}: {reference}"


def name_of(link: str, kind: str, study: Study, language: str) -> str:
    """Return the label of what a link names; the link itself if it has none."""
    if kind == "segment":
        known: Mapping[str, Any] = study.segments.all
    elif kind in ("code", "facet"):
        known = study.codebook.codes
    else:
        known = study.care.table(NAMED[kind]) if kind in NAMED else {}
    record = known.get(link)
    for field in ("label", "name", "title", "text", "occasion"):
        if isinstance(label := getattr(record, field, None), Prose):
            return label.say(language)
    return link


def say_value(value: Any, kind: str, field: str, study: Study, language: str) -> str:
    """Return a value of a field, or one item of it, as text; `kind` is that of what it names."""
    say = words(language)
    if value in (None, "", ()):
        return ""
    if isinstance(value, Prose):
        return value.say(language)
    if isinstance(value, Link):
        return name_of(value, kind, study, language) if kind else str(value)
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(value, StrEnum):
        key = f"{field}_{value}"
        return say(key) if key in dictionary() else str(value)
    if isinstance(value, tuple):
        return "; ".join(filter(None, (say_value(v, kind, field, study, language) for v in value)))
    if isinstance(value, Mapping):
        pairs = (
            (name_of(k, kind, study, language), say_value(v, "", field, study, language))
            for k, v in value.items()
        )
        return "; ".join(f"{k}: {v}" for k, v in pairs)
    if dataclasses.is_dataclass(value):
        own = (f.name for f in dataclasses.fields(value) if f.name != "place")
        parts = (say_field(value, name, study, language) for name in own if name not in FOOTING)
        return ", ".join(filter(None, parts))
    if isinstance(value, Place):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
