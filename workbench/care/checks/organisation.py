"""Units, services and processes: who serves whom, is each service told and measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.base.problems import Level, Problem
from workbench.base.records import Link
from workbench.care.balance import Witness
from workbench.care.model import Care
from workbench.care.organisation import Process, QualityTarget, Service
from workbench.material.segments import SegmentLevel, Segments

DETERMINANTS = "DET."
"""How the reference of a determinant of quality begins in the codebook."""


def check_organisation(care: Care, witness: Witness) -> list[Problem]:
    """Note who is not served, targets without a measure and open cycles."""
    segments = witness.segments
    problems = [*_hierarchy(care), *_unserved(care, segments), *_cycle(care)]
    for service in care.services.values():
        problems += _service(service, care, segments)
        for target in service.quality:
            problems += _target(service, target, witness)
    return problems


def served_by(care: Care, unit: str) -> tuple[Link, ...]:
    """Return the segments a unit serves; none for a unit that is not there."""
    return care.units[unit].serves if unit in care.units else ()


def meets(segment: str, served: Iterable[str], segments: Segments) -> bool:
    """Tell whether who serves these segments serves `segment`: itself, above it or below it."""
    return segment in segments and not segments.kin(segment).isdisjoint(served)


def _hierarchy(care: Care) -> Iterator[Problem]:
    for unit in care.units.values():
        seen, above = {unit.id}, unit.parent
        while above and above in care.units and above not in seen:
            seen.add(above)
            above = care.units[above].parent
        if above == unit.id:
            hint = "Let the topmost unit have no `parent`."
            yield unit.place.problem(f"{unit.id} stands above itself.", hint)


def _unserved(care: Care, segments: Segments) -> Iterator[Problem]:
    if not care.units:
        return
    served = {s for unit in care.units.values() for s in unit.serves}
    for segment in segments:
        below = {s.id for s in segments.children(segment.id) if s.level is SegmentLevel.BASE}
        summed = segment.level is SegmentLevel.ROLLUP and below and below <= served
        if segment.id not in served and not summed:
            message = f"no unit serves '{segment.id}'."
            hint = "Add it to `serves` of a unit in care/units.yml."
            yield segment.place.problem(message, hint)


def _service(service: Service, care: Care, segments: Segments) -> Iterator[Problem]:
    for unit in service.unit:
        served = served_by(care, unit)
        if unit in care.units and not any(meets(s, served, segments) for s in service.segments):
            message = f"{unit} serves none of the segments of {service.id}."
            hint = "Name another unit, or add the segment to its `serves`."
            yield unit.place.problem(message, hint)
    every = {s for unit in service.unit for s in served_by(care, unit)}
    for segment in service.segments:
        if segment in segments and not meets(segment, every, segments):
            message = f"no unit of {service.id} serves '{segment}'."
            yield segment.place.problem(message, "Name a unit that serves it.")


def _target(service: Service, target: QualityTarget, witness: Witness) -> Iterator[Problem]:
    code = witness.codebook.content.get(target.determinant)
    if code is not None and not code.ref.startswith(DETERMINANTS):
        message = f"'{target.determinant}' is no determinant of quality."
        hint = f"Name a code whose `ref` begins with {DETERMINANTS}"
        yield target.determinant.place.problem(message, hint)
    if target.measure is None:
        message = f"a quality target of {service.id} has no measure."
        hint = "Add `measure: …`: what is counted, how often."
        yield target.place.problem(message, hint, Level.WARNING)


def _cycle(care: Care) -> Iterator[Problem]:
    """Note processes from which the others cannot all be reached: the cycle is open there."""
    for process in care.processes.values():
        missing = care.processes.keys() - _fed(process, care)
        if missing:
            message = f"what {process.id} feeds does not lead to {', '.join(sorted(missing))}."
            hint = "Let `feeds` name the next process, the last one the first."
            yield process.place.problem(message, hint)


def _fed(process: Process, care: Care) -> set[str]:
    found: set[str] = set()
    ahead = list(process.feeds)
    while ahead:
        name = ahead.pop()
        if name in care.processes and name not in found:
            found.add(name)
            ahead += care.processes[name].feeds
    return found
