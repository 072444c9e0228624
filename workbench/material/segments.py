"""Customer segments: groups by rule, rolled up to parents, each informant in one base segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from workbench.base.problems import Problem, near_miss
from workbench.base.records import Label, Link, Place, Prose, Reader
from workbench.base.strict_yaml import Mapping as MappingNode
from workbench.base.strict_yaml import parse
from workbench.material.informants import Informant, Side, Vocabulary, read_attributes

Attributes = Mapping[str, tuple[str, ...]]


class SegmentLevel(StrEnum):
    """Roll-ups sum base segments, which exclude one another; cross segments cut through them."""

    ROLLUP = "rollup"
    BASE = "base"
    CROSS = "cross"


class ContactLevel(StrEnum):
    """How actively a relationship is cared for."""

    PROACTIVE = "proactive"
    AGREED = "agreed"
    ON_REQUEST = "on-request"


@dataclass(frozen=True, slots=True)
class Population:
    """How many people the segment has; unknown stays unknown, with its source."""

    value: int | None
    source: Prose
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A group of customers, and one run of each segment notebook.

    `rule` maps attributes to the values that belong. A roll-up holds whom its children hold; its
    own rule, if any, adds observations that are about no single child. `parameters` are given to
    its runs, before those of study.yml.
    """

    id: str
    label: Label
    level: SegmentLevel
    place: Place
    population: Population
    parent: Link | None = None
    rule: dict[str, tuple[str, ...]] = field(default_factory=dict)
    description: Prose | None = None
    serving_unit: Prose | None = None
    service_model: Prose | None = None
    rhythm: Prose | None = None
    contact_level: ContactLevel | None = None
    contact_reason: Prose | None = None
    parameters: dict[Link, object] = field(default_factory=dict)

    def fits(self, attributes: Attributes) -> bool:
        """Tell whether somebody with `attributes` belongs here by the segment's own rule."""
        return bool(self.rule) and all(
            set(values) & set(attributes.get(key, ())) for key, values in self.rule.items()
        )


def parse_segment(
    text: str, path: Path, languages: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Segment | None, list[Problem]]:
    """Read one segment file; its id is the file's name."""
    root, problems = parse(text, path)
    if problems and not root.items:
        return None, problems
    reader = Reader(path, problems, languages)
    segment = reader.record(Segment, root, id=path.stem)
    rule = root.items.get("rule")
    if isinstance(rule, MappingNode):
        read_attributes(rule, vocabulary, reader)
    if segment is not None and segment.level is not SegmentLevel.ROLLUP and not segment.rule:
        reader.add(root.lines.get("rule", 1), "a segment needs a rule.", "Add `rule: {role: …}`.")
    return segment, problems


@dataclass(frozen=True)
class Segments:
    """All segments of a study, and who belongs to which.

    `people` maps each segment to the pseudonyms of its informants.
    """

    all: dict[str, Segment]
    people: dict[str, frozenset[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Segment:
        return self.all[name]

    def __contains__(self, name: object) -> bool:
        return name in self.all

    def __iter__(self) -> Iterator[Segment]:
        return iter(self.all.values())

    def __len__(self) -> int:
        return len(self.all)

    def children(self, name: str) -> list[Segment]:
        """Return the segments whose parent is `name`."""
        return [s for s in self if s.parent == name]

    def fits(self, name: str, attributes: Attributes) -> bool:
        """Tell whether `attributes` belong to the segment or, for a roll-up, to a child of it."""
        return self.all[name].fits(attributes) or any(
            self.fits(child.id, attributes)
            for child in self.children(name)
            if child.level is not SegmentLevel.CROSS
        )

    def base_of(self, informant: str) -> str:
        """Return the base segment of an informant, or nothing."""
        for segment in self:
            if segment.level is SegmentLevel.BASE and informant in self.people[segment.id]:
                return segment.id
        return ""

    def holding(self, name: str) -> tuple[str, ...]:
        """Return `name` and its parents upwards."""
        chain = [name]
        while (parent := self.all[chain[-1]].parent) and parent in self.all and parent not in chain:
            chain.append(str(parent))
        return tuple(chain)

    def kin(self, name: str) -> frozenset[str]:
        """Return `name`, its parents upwards and its children: what is said of them concerns it."""
        return frozenset((*self.holding(name), *(s.id for s in self.children(name))))


def arrange(
    segments: dict[str, Segment], informants: Mapping[str, Informant]
) -> tuple[Segments, list[Problem]]:
    """Put each customer into segments; note whoever fits no base segment or more than one.

    Roll-ups come first, then base, then cross segments.
    """
    problems = []
    levels = list(SegmentLevel)
    segments = dict(sorted(segments.items(), key=lambda item: levels.index(item[1].level)))
    for segment in segments.values():
        if segment.parent is not None and segment.parent not in segments:
            message = f"no segment '{segment.parent}'."
            hint = near_miss(segment.parent, segments)
            problems.append(segment.parent.place.problem(message, hint))
    segments, found = _without_loops(Segments(segments))
    problems += found
    whole = Segments(segments)
    customers = [p for p in informants.values() if p.side is Side.CUSTOMER]
    alike: dict[frozenset[tuple[str, tuple[str, ...]]], list[Informant]] = defaultdict(list)
    for person in customers:
        alike[frozenset(person.attributes.items())].append(person)
    people = {
        name: frozenset(
            p.id for group in alike.values() if whole.fits(name, group[0].attributes) for p in group
        )
        for name in segments
    }
    base = [s for s in segments.values() if s.level is SegmentLevel.BASE]
    for person in customers:
        names = [s.id for s in base if person.id in people[s.id]]
        if base and len(names) != 1:
            which = f"to {len(names)}: {', '.join(names)}" if names else "to none"
            message = f"{person.id} must belong to one base segment but belongs {which}."
            hint = "Change the informant's attributes or the rules in parameters/segments/."
            problems.append(person.place.problem(message, hint))
    return Segments(segments, people), problems


def _without_loops(segments: Segments) -> tuple[dict[str, Segment], list[Problem]]:
    """Take the parent from each segment that is above itself, so that all others still stand."""
    kept, problems = {}, []
    for segment in segments:
        chain = segments.holding(segment.id)
        kept[segment.id] = segment
        if segment.parent is not None and segments[chain[-1]].parent == segment.id:
            message = f"'{segment.id}' is above itself: {' ▸ '.join((*chain, segment.id))}."
            hint = "Remove one `parent` of these."
            problems.append(segment.parent.place.problem(message, hint))
            kept[segment.id] = replace(segment, parent=None)
    return kept, problems
