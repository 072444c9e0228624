"""Informants: who spoke, by pseudonym, with the attributes that put them into segments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from workbench.base.problems import Problem, near_miss
from workbench.base.records import Label, Link, Place, Reader
from workbench.base.strict_yaml import Mapping, parse


class Side(StrEnum):
    """Which end of the service somebody speaks from."""

    CUSTOMER = "customer"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Consent:
    """What an informant agreed to: that words may be quoted, that material may be archived.

    `withhold` names turns (`h06/20`) that are not quoted all the same: they tell too much.
    """

    quote: bool = False
    archive: bool = False
    withhold: tuple[Link, ...] = ()

    def covers(self, document: str, turn: int) -> bool:
        """Tell whether the words of a turn may be quoted."""
        return self.quote and f"{document}/{turn}" not in self.withhold


@dataclass(frozen=True, slots=True)
class Informant:
    """A person by pseudonym. `attributes` (role, sector, …) use the values of study.yml."""

    id: str
    side: Side
    place: Place
    consent: Consent = Consent()
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)


Vocabulary = dict[str, dict[str, Label]]


def parse_informants(
    text: str, path: Path, vocabulary: Vocabulary
) -> tuple[dict[str, Informant], list[Problem]]:
    """Read `informants.yml`: pseudonym -> side, consent and the study's attributes."""
    root, problems = parse(text, path)
    reader = Reader(path, problems)
    informants = {}
    for name, node in root.items.items():
        line = root.lines[name]
        if not isinstance(node, Mapping):
            reader.add(line, f"informant {name}: expected `side: …` and attributes below it.")
            continue
        own = {k: v for k, v in node.items.items() if k in ("side", "consent")}
        extra = {k: v for k, v in node.items.items() if k not in own}
        attributes = read_attributes(Mapping(extra, line, node.lines), vocabulary, reader, own)
        known = {"id": name, "attributes": attributes, "place": Place(path, line)}
        informant = reader.record(Informant, Mapping(own, line, node.lines), **known)
        if informant is not None:
            informants[name] = informant
    return informants, problems


def read_attributes(
    node: Mapping, vocabulary: Vocabulary, reader: Reader, others: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Return the attributes in `node` whose names and values study.yml knows; note the others.

    `others` are the keys that might have been meant besides attributes.
    """
    found = {}
    for key, child in node.items.items():
        place = Place(reader.path, node.lines[key])
        values = reader.texts(child, key)
        if key not in vocabulary:
            hint = near_miss(key, [*vocabulary, *others])
            message = f"no attribute '{key}' in study.yml."
            reader.problems.append(place.problem(message, hint or "Add it to `attributes` there."))
            continue
        for value in values:
            if value not in vocabulary[key]:
                hint = near_miss(value, vocabulary[key]) or "Add it in study.yml."
                reader.problems.append(place.problem(f"'{key}' cannot be '{value}'.", hint))
        found[key] = tuple(v for v in values if v in vocabulary[key])
    return found
