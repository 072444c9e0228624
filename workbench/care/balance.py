"""Does the care model balance? Every claim has a voice, and every loud voice an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.base.problems import Level, Problem, near_miss
from workbench.base.records import Link
from workbench.care.claims import (
    Basis,
    Citation,
    Finding,
    FindingType,
    Grade,
    Grounded,
    State,
    parse_citation,
)
from workbench.care.links import links
from workbench.care.model import FOLDERS, NAMED, TABLES, Care
from workbench.care.plans import AccountPlan
from workbench.care.strategies import Strategy
from workbench.coding.codebook import Codebook
from workbench.coding.codings import Coding
from workbench.material.documents import Document
from workbench.material.informants import Informant, Side
from workbench.material.segments import Segments
from workbench.material.settings import Grades


@dataclass(frozen=True)
class Witness:
    """The material as a witness: who said what was coded so, and of which segments it speaks.

    One index serves the checks, the grades and the pages. `codings` holds those of each document
    that bear witness, the weightiest first; `feedback` are the names of the feedback tables.
    """

    documents: Mapping[str, Document]
    informants: Mapping[str, Informant]
    segments: Segments
    codebook: Codebook
    codings: Mapping[str, Sequence[Coding]]
    grades: Grades
    feedback: Collection[str] = ()

    @cached_property
    def by_code(self) -> dict[str, list[Citation]]:
        """Return what can be cited, by code, in the order of the material."""
        every = (c for here in self.codings.values() for c in here)
        cited = dict.fromkeys(Citation(c.document, c.passage.turn, c.code) for c in every)
        found: dict[str, list[Citation]] = {}
        for citation in cited:
            found.setdefault(citation.code, []).append(citation)
        return found

    def passages(self, citation: Citation) -> tuple[Coding, ...]:
        """Return the codings a citation names, by all coders."""
        return tuple(c for c in self.coded(citation) if c.code == citation.code)

    def coded(self, citation: Citation) -> Iterator[Coding]:
        """Yield the codings of the turn that is cited, whatever their code."""
        here = self.codings.get(citation.document, ())
        return (c for c in here if c.passage.turn == citation.turn)

    def speaker(self, citation: Citation) -> str:
        """Return the informant whose words are cited, or nothing."""
        document = self.documents[citation.document]
        name = document.author(document.turns[citation.turn])
        return name if name in self.informants else ""

    def concerns(self, citation: Citation) -> str:
        """Return the informant who speaks or whom an observer's note is about, or nothing."""
        document = self.documents[citation.document]
        name = document.author(document.turns[citation.turn]) or document.informant
        return name if name in self.informants else ""

    def side(self, citation: Citation) -> Side | None:
        """Return the side from which the cited words come."""
        name = self.concerns(citation)
        return self.informants[name].side if name else self.documents[citation.document].side

    def speaks_of(self, citation: Citation, segment: str) -> bool:
        """Tell whether the cited words come from `segment`."""
        name = self.concerns(citation)
        if name:
            return name in self.segments.people[segment]
        document = self.documents[citation.document]
        return document.side is not Side.PROVIDER and self.segments.fits(
            segment, document.attributes
        )

    def holds(self, citation: Citation) -> bool:
        """Tell whether document and turn exist and somebody coded the turn so."""
        document = self.documents.get(citation.document)
        return (
            document is not None
            and citation.turn in document.turns
            and bool(self.passages(citation))
        )


def citations(links: Iterable[Link], witness: Witness) -> list[Citation]:
    """Return those of `links` that hold."""
    parsed = (parse_citation(link) for link in links)
    return [c for c in parsed if c is not None and witness.holds(c)]


def people(links: Iterable[Link], witness: Witness) -> frozenset[str]:
    """Return the informants whose words `links` cite."""
    return _voices(citations(links, witness), witness)


def grade(finding: Finding, witness: Witness, without: str = "") -> Grade:
    """Grade a finding by the people it cites (domain practice; `grades` of study.yml).

    CONTESTED: against it speak at least half as many as for it. BROAD: at least three people of
    two base segments or two kinds of source. REPEATED: at least two people. Else SINGLE. `without`
    leaves out an informant's words, and notes about them.
    """
    at = witness.grades
    found = citations(finding.evidence, witness)
    cited = [c for c in found if not without or witness.concerns(c) != without]
    voices = _voices(cited, witness)
    against = people(finding.counter, witness) - voices - {without}
    if len(voices) > 1 and len(against) >= at.contested * len(voices):
        return Grade.CONTESTED
    groups = {witness.segments.base_of(name) for name in voices} - {""}
    kinds = {witness.documents[c.document].kind for c in cited}
    if len(voices) >= at.broad and (len(groups) > 1 or len(kinds) > 1):
        return Grade.BROAD
    return Grade.REPEATED if len(voices) >= at.repeated else Grade.SINGLE


def _voices(cited: Iterable[Citation], witness: Witness) -> frozenset[str]:
    return frozenset(filter(None, map(witness.speaker, cited)))


def check(care: Care, witness: Witness) -> list[Problem]:
    """Prove every link of the care model and list strong findings that no action answers."""
    problems: list[Problem] = []
    for finding in care.findings.values():
        problems += _finding(finding, witness)
    problems += _linked(care, witness)
    for need in care.needs.values():
        if not need.findings:
            problems.append(need.place.problem(f"{need.id} cites no finding.", "Add `findings:`."))
        behind = care.findings_of([need.id])
        if behind and all(f.state is State.DRAFT for f in behind):
            message = f"{need.id} rests on drafts only."
            hint = f"Prove {', '.join(f.id for f in behind)} and let it be `state: supported`."
            problems.append(need.place.problem(message, hint, Level.WARNING))
    for _, _, line in care.grounded():
        problems += _basis(line)
    problems += _ranks(care)
    for name, table in (("plan", care.plans), ("strategy", care.strategies)):
        for key, record in table.items():
            if key not in witness.segments:
                hint = near_miss(key, witness.segments.all)
                problems.append(record.place.problem(f"no segment '{key}' for this {name}.", hint))
    problems += _foreign(care, witness)
    return problems + _unanswered(care, witness)


def _finding(finding: Finding, witness: Witness) -> list[Problem]:
    problems: list[Problem] = []
    segments = [s for s in finding.segments if s in witness.segments]
    if (finding.side is Side.CUSTOMER) != bool(finding.segments):
        message = f"{finding.id} must name `segments`, or be `side: provider` without any."
        hint = "Add `segments: […]` for customers; take them away for the provider."
        problems.append(finding.place.problem(message, hint))
    if not finding.evidence:
        problems.append(finding.place.problem(f"{finding.id} cites no words.", "Add `evidence:`."))
    for link in (*finding.evidence, *finding.counter):
        citation = parse_citation(link)
        if citation is None:
            message = f"'{link}' is no evidence."
            hint = "Write document/turn and code, such as `h03/2 saavutettavuus`."
            problems.append(link.place.problem(message, hint))
        elif not witness.holds(citation):
            problems.append(nowhere(link, citation, witness))
        elif finding.side is not witness.side(citation):
            message = f"'{link}' is not from the {finding.side} side, of which {finding.id} speaks."
            hint = f"Cite the {finding.side} side's words here, or write a finding for the other."
            problems.append(link.place.problem(message, hint))
        elif segments and not any(witness.speaks_of(citation, s) for s in segments):
            message = f"'{link}' comes from none of the segments of {finding.id}."
            hint = f"It speaks of {', '.join(segments)}."
            problems.append(link.place.problem(message, hint))
    return problems


def nowhere(link: Link, citation: Citation, witness: Witness) -> Problem:
    """Return the problem that a citation does not hold: which part of it is not there."""
    document = witness.documents.get(citation.document)
    if document is None:
        near = near_miss(citation.document, witness.documents)
        hint = f"Look first whether its file can be read. {near}".rstrip()
        return link.place.problem(f"'{link}': no document '{citation.document}'.", hint)
    if citation.turn not in document.turns:
        hint = f"Its turns end at [{max(document.turns, default=0)}]."
        return link.place.problem(f"'{link}': {document.id} has no turn [{citation.turn}].", hint)
    codes = {c.code for c in witness.coded(citation)}
    hint = f"The turn is coded {', '.join(sorted(codes))}." if codes else "The turn is not coded."
    message = f"'{link}': the turn is not coded '{citation.code}'."
    return link.place.problem(message, hint)


def _linked(care: Care, witness: Witness) -> list[Problem]:
    """Note every link that names nothing, in whatever file of the care model it stands."""
    known: dict[str, Collection[str]] = {k: care.table(name) for k, name in NAMED.items()}
    known["segment"] = witness.segments.all
    known["code"], known["facet"] = witness.codebook.content, witness.codebook.facets
    return [
        link.place.problem(f"no {kind} '{link}'.", near_miss(link, known[kind]))
        for name in (*TABLES, *FOLDERS)
        for record in care.table(name).values()
        for kind, link in links(record)
        if link not in known[kind]
    ]


def _basis(line: Grounded) -> list[Problem]:
    name = getattr(line, "id", "this line")
    if line.basis is not Basis.MATERIAL:
        if line.reference:
            return []
        message = f"{name} rests on {line.basis} without saying which."
        return [line.place.problem(message, "Add `reference: …`.")]
    if line.needs or line.findings or getattr(line, "actions", ()):
        return []
    message = f"{name} rests on nothing."
    hint = "Cite `needs:`, or give `basis: theory | law | management` with a `reference:`."
    return [line.place.problem(message, hint)]


def _ranks(care: Care) -> list[Problem]:
    """Note ranks given by hand that no list of the actions can have."""
    problems: list[Problem] = []
    first: dict[int, str] = {}
    for action in care.actions.values():
        if (own := action.priority) is None:
            continue
        if not 1 <= own.rank <= len(care.actions):
            message = f"{action.id} cannot stand at rank {own.rank}."
            hint = f"There are {len(care.actions)} actions; write a rank from 1 to that."
            problems.append(own.place.problem(message, hint))
        elif (other := first.setdefault(own.rank, action.id)) != action.id:
            message = f"{action.id} is put at rank {own.rank}, where {other} stands."
            problems.append(own.place.problem(message, "Give one of them another rank."))
    return problems


def _foreign(care: Care, witness: Witness) -> list[Problem]:
    """Note what a line cites that speaks of none of its segments, of no parent and no child."""
    cited: list[tuple[object, str, Link]] = []
    for name, key, line in care.grounded():
        record = care.table(name)[key]
        cited += [(record, "need", link) for link in line.needs]
        cited += [(record, "finding", link) for link in line.findings]
        cited += [(record, "action", link) for link in getattr(line, "actions", ())]
    for plan in care.plans.values():
        cited += [(plan, "action", link) for link in plan.development]
    problems = []
    for record, kind, link in cited:
        kin = _kin(record, witness)
        if kin and not _speaks(kind, link, kin, care):
            whose = "" if kind == "finding" else "no finding behind "
            says = "does not speak" if kind == "finding" else "speaks"
            message = f"{whose}'{link}' {says} of '{', '.join(_meant(record))}'."
            hint = f"Cite {'an' if kind == 'action' else 'a'} {kind} of this segment."
            problems.append(link.place.problem(message, hint))
    return problems


def _meant(record: object) -> tuple[str, ...]:
    """Return the segments a record is for: its own, or that of a plan or strategy."""
    if isinstance(record, (AccountPlan, Strategy)):
        return (record.id,)
    return () if isinstance(record, Finding) else tuple(getattr(record, "segments", ()))


def _kin(record: object, witness: Witness) -> set[str]:
    meant = [s for s in _meant(record) if s in witness.segments]
    return set().union(*(witness.segments.kin(s) for s in meant))


def _speaks(kind: str, link: str, kin: set[str], care: Care) -> bool:
    """Tell whether a finding behind what is cited speaks of these segments; so does an unknown."""
    if kind == "finding":
        found = [care.findings[link]] if link in care.findings else []
    elif kind == "need":
        found = care.findings_of([link])
    else:
        found = care.findings_of(care.actions[link].needs) if link in care.actions else []
    return not found or any(f.side is Side.PROVIDER or kin & set(f.segments) for f in found)


def unanswered(care: Care, witness: Witness) -> Iterator[tuple[Finding, Grade]]:
    """Yield the findings of more than one voice that no action answers, with their grade.

    A strength is answered where a plan keeps it.
    """
    kept = {need for plan in care.plans.values() for line in plan.lines for need in line.needs}
    for finding in care.findings.values():
        strength = grade(finding, witness)
        needs = {n.id for n in care.needs_from(finding.id)}
        if finding.state is State.DRAFT or strength is Grade.SINGLE or care.actions_for(needs):
            continue
        if finding.type is not FindingType.STRENGTH or not kept & needs:
            yield finding, strength


def _unanswered(care: Care, witness: Witness) -> list[Problem]:
    problems = []
    for finding, strength in unanswered(care, witness):
        needs = ", ".join(n.id for n in care.needs_from(finding.id))
        message = f"{finding.id} is {strength} and no action answers it."
        more = f" (needs {needs})." if needs else " and the need it shows."
        hint = "Write an action for it" + more
        problems.append(finding.place.problem(message, hint, Level.WARNING))
    return problems
