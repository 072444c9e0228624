"""Which numbers of people the reports may print: decided once, for all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from workbench.care.balance import grade, people
from workbench.care.claims import Finding, Grade, State
from workbench.care.plans import AccountPlan
from workbench.coding.codings import Coding
from workbench.findings.counts import could_have_said, tally
from workbench.findings.perceived import outcome
from workbench.findings.quality import BAD, GOOD, quality
from workbench.material.informants import Side
from workbench.material.segments import SegmentLevel
from workbench.reports.disclosure import Cell, Piece, Print, Relation, protect, union, within
from workbench.reports.privacy import Refused, gate, voices
from workbench.study import Study

People = frozenset[str]
EVERYONE = ""
"""The group of all informants, whom the front page counts."""
ANY = "*"
QUOTES_PER_FINDING, QUOTES_PER_SIDE = 4, 3
CHANNELS, ENCOUNTERS, SOURCES = "CH.", "ENC.", "EXP."
"""How the references of the facets begin that a profile counts."""
TONES = {"good": GOOD, "bad": BAD}


@dataclass(frozen=True)
class Numbers:
    """How many people stand behind each measure in each group, and how it is printed.

    A measure is a code, or what `felt`, `claimed` and `planned` call a determinant's
    expectations and experiences, a finding and the evidence of a plan.
    """

    counted: Mapping[str, People]
    groups: Mapping[str, People]
    prints: Mapping[tuple[str, str], Print]

    def shown(self, measure: str, group: str) -> int | Print:
        """Return the number that may be printed, or how it is hidden.

        A number that no report prints is withheld.
        """
        if measure not in self.counted:
            return 0
        how = self.prints.get((measure, group), Print.WITHHELD)
        return len(self.counted[measure] & self.groups[group]) if how is Print.EXACT else how


NO_NUMBERS = Numbers({}, {}, {})
"""For pages that tell of no people: none is counted, so none can be printed."""


@dataclass
class Sheet:
    """What one page prints and holds back, so that it can tell at its foot."""

    numbers: Numbers
    asked: dict[tuple[str, str], int | Print] = field(default_factory=dict)
    refused: Refused = field(default_factory=dict)

    def shown(self, measure: str, group: str) -> int | Print:
        """Return the number that may be printed, or how it is hidden."""
        self.asked[measure, group] = number = self.numbers.shown(measure, group)
        return number

    def hidden(self, how: Print) -> int:
        """Return how many numbers of the page are hidden so."""
        return sum(number is how for number in self.asked.values())


def felt(code: str, how: str) -> str:
    """Return the measure of the people who expected something of a determinant, or met it so.

    Of a facet (a channel, an encounter, a source of expectation) it is those who speak of it in
    `any` way, or in a good or bad one.
    """
    return f"{how} of {code}"


def reached(outcome: str, process: str) -> str:
    """Return the measure of the people who tell of such an outcome reached in such a way."""
    return f"{outcome} by {process}"


def claimed(finding: str) -> str:
    """Return the measure of the people whose words a finding cites."""
    return f"behind {finding}"


def planned(plan: str, shown: str) -> str:
    """Return the measure of the people behind a plan, where it stands beside that material."""
    return f"behind the plan {plan} of {shown}"


def numbers(study: Study) -> Numbers:
    """Decide which numbers of people the reports of a study may print; made once for a study.

    Considered together is what all pages print of all segments that pass the gate, with what
    one page less another gives: a roll-up without the parts that are printed, the people of two
    segments at once. What "everybody" or "nobody" in a printed group says of its parts is no
    secret. The numbers themselves are counted over the whole study.
    """
    whole = study.whole or study
    found = whole.derived.get(numbers)
    if not isinstance(found, Numbers):
        found = whole.derived[numbers] = printed(whole).decided(whole.settings.privacy.cell)
    return found


def told(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings a report may tell: drafts are for analysts only.

    Those that are not published yet say so on the page (`parts.html`).
    """
    return [f for f in findings if f.state is not State.DRAFT]


def concerning(study: Study, needs: Iterable[str]) -> list[Finding]:
    """Return the findings behind `needs` that speak of the view's kin or of the provider."""
    kin = study.segments.kin(study.segment)
    found = told(study.care.findings_of(needs))
    return [f for f in found if f.side is Side.PROVIDER or kin & set(f.segments)]


def underlying(plan: AccountPlan, shown: Study) -> list[Finding]:
    """Return the findings a plan stands on, where it is shown with this material."""
    needs = [need for line in plan.lines for need in line.needs]
    needs += [need for task in plan.responsibilities for need in task.needs]
    actions = [shown.care.actions[a] for a in plan.development if a in shown.care.actions]
    needs += [need for action in actions for need in action.needs]
    return concerning(shown, dict.fromkeys(needs))


def plan_of(study: Study, segment: str) -> AccountPlan | None:
    """Return the plan of a segment or of its nearest parent that has one."""
    plans = study.care.plans
    return next((plans[n] for n in study.segments.holding(segment) if n in plans), None)


def printed(study: Study) -> Table:
    """Return all numbers of people that the reports of a whole study would print."""
    gates = {s.id: gate(study.where(segment=s.id)) for s in study.segments}
    views = {g.shown: g.study for g in gates.values() if g.study}
    witness, share = study.witness, study.settings.privacy.share
    # how many people a grade tells of; the two lowest are not told apart on pages
    graded = {Grade.BROAD: study.settings.grades.broad, Grade.CONTESTED: 2}
    quoted = {ANY: voices(QUOTES_PER_SIDE, share)}
    table = Table.of(study, {name: frozenset(view.informants) for name, view in views.items()})
    codes = tally(study)
    for code, found in codes.items():
        table.count(code, frozenset(found.people), views, quoted)
    feelings = _felt(study)
    for (code, how), who in feelings.items():
        table.count(felt(code, how), who, views, quoted if how == "unmet" else {})
    for (facet, how), who in _turned(study).items():
        table.count(felt(facet, how), who, views, quoted if how == "any" else {})
        table.relate([within(felt(facet, how), felt(facet, "any"))] if how != "any" else ())
    for (result, way), cell in outcome(study).cells.items():
        table.count(
            reached(result, way), cell.people, views, quoted if (result, way) == (GOOD, BAD) else {}
        )
    for name, finding in study.care.findings.items():
        plain = {ANY: voices(QUOTES_PER_FINDING, share)}
        plain[EVERYONE] = max(plain[ANY], graded.get(grade(finding, witness), 0))
        table.count(claimed(name), people(finding.evidence, witness), table.groups, plain)
    for name, passed in gates.items():
        plan = plan_of(study, name)
        if (
            plan
            and passed.study
            and (measure := planned(plan.id, passed.shown)) not in table.counted
        ):
            findings = underlying(plan, passed.study)
            links = [link for f in findings for link in (*f.evidence, *f.counter)]
            table.count(measure, people(links, witness), (EVERYONE, passed.shown), {})
            table.relate(within(claimed(f.id), measure) for f in findings)
    for code in codes:
        below = [c.id for c in study.codebook if c.parent == code and c.id in codes]
        table.relate(union(code, below) if below else ())
    for code, how in feelings:
        table.relate([within(felt(code, how), code)])
        if how == "unmet":
            expected, bad, unmet = (felt(code, each) for each in ("expected", "bad", "unmet"))
            table.relate([within(unmet, expected), within(unmet, bad)])
            table.relate([Relation(frozenset((expected, bad)), frozenset((unmet, code)))])
    return table


def _felt(study: Study) -> dict[tuple[str, str], People]:
    """Return who expected something of each determinant, and who met it well, badly or in vain."""
    found = {}
    for d in quality(study).determinants:
        for how, codings in (("expected", d.expected), ("good", d.good), ("bad", d.bad)):
            found[d.code, how] = frozenset(study.speaker(c) for c in codings) - {""}
        found[d.code, "unmet"] = frozenset(d.unmet)
    return found


def _turned(study: Study) -> dict[tuple[str, str], People]:
    """Return who speaks of each channel, encounter and source of expectation, and how of channels.

    These are the facets that a profile counts.
    """
    book = study.codebook
    found = {}
    for facet in book.facets.values():
        if facet.ref.startswith((CHANNELS, ENCOUNTERS, SOURCES)):
            codings = [c for c in study.counting if facet.id in c.facets]
            found[facet.id, "any"] = speaking(study, codings)
            for how, tone in TONES.items() if facet.ref.startswith(CHANNELS) else ():
                toned = [c for c in codings if book.called(tone) in c.facets]
                found[facet.id, how] = speaking(study, toned)
    return found


def speaking(study: Study, codings: Iterable[Coding]) -> People:
    """Return the informants whose words are coded."""
    return frozenset(map(study.speaker, codings)) - {""}


@dataclass
class Table:
    """All that the reports print, in pieces: of each measure one for each of `atoms`.

    `atoms` are the smallest groups of people that the pages tell apart, `between` the groups one
    gets by subtracting one page from another, and whether the two are nearly the same.
    """

    groups: dict[str, People]
    atoms: list[People]
    between: dict[People, bool]
    within: dict[People, bool]
    counted: dict[str, People] = field(default_factory=dict)
    pieces: dict[str, Piece] = field(default_factory=dict)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    @classmethod
    def of(cls, study: Study, segments: dict[str, People]) -> Table:
        """Divide the informants who are heard by the segments whose pages show them."""
        heard = could_have_said(study)
        groups = {name: found & heard for name, found in segments.items()}
        alike: dict[People, set[str]] = defaultdict(set)
        for person in heard:
            alike[frozenset(name for name, g in groups.items() if person in g)].add(person)
        atoms = sorted(map(frozenset, alike.values()), key=min)
        within = dict(_between(groups, atoms, study))
        groups[EVERYONE] = heard
        return cls(groups, atoms, dict(_between(groups, atoms, study)), within)

    def count(
        self, measure: str, found: People, inside: Iterable[str], plain: Mapping[str, int]
    ) -> None:
        """Add a measure that is printed for the groups `inside`.

        `plain` tells how many people at least are told apart by their words, in which group.
        """
        self.counted[measure] = found
        for n, atom in enumerate(self.atoms):
            self.pieces[_piece(measure, n)] = Piece(len(found & atom), len(atom))
        known: set[str] = set()
        for name in inside:
            group = self.groups[name]
            number = len(found & group)
            least = min(number, plain.get(name, plain.get(ANY, 0)))
            self.cells[measure, name] = Cell(self._pieces(measure, group), least=least)
            if number in (0, len(group)):
                known |= group
        between = self.between if EVERYONE in inside else self.within
        for group, near in between.items():
            if not group <= known and (near or found & group):
                cell = Cell(self._pieces(measure, group), printed=False, guarded=near)
                self.cells[measure, " ".join(sorted(group))] = cell

    def relate(self, relations: Iterable[Relation]) -> None:
        """Add what holds between measures in every piece, where it does."""
        for r in relations:
            if r.few | r.many <= self.counted.keys():
                for n in range(len(self.atoms)):
                    few, many = (frozenset(_piece(m, n) for m in ms) for ms in (r.few, r.many))
                    if sum(self.pieces[p].people for p in few) <= sum(
                        self.pieces[p].people for p in many
                    ):
                        self.relations.append(Relation(few, many))

    def decided(self, k: int) -> Numbers:
        """Return the numbers with how each is printed."""
        prints = protect(self.pieces, self.cells, self.relations, k)
        return Numbers(self.counted, self.groups, prints)

    def _pieces(self, measure: str, group: People) -> frozenset[str]:
        return frozenset(_piece(measure, n) for n, atom in enumerate(self.atoms) if atom <= group)


def _piece(measure: str, atom: int) -> str:
    return f"{measure} {atom}"


def _between(
    groups: Mapping[str, People], atoms: Iterable[People], study: Study
) -> Iterator[tuple[People, bool]]:
    """Yield the groups that no page shows, and whether they come of two nearly the same.

    Two pages give what only one of them holds, and what both do; a roll-up less its parts gives
    the rest.
    """
    k = study.settings.privacy.cell
    found = dict.fromkeys(atoms, False)
    for one, other in combinations(groups.values(), 2):
        for a, b in ((one, other), (other, one)):
            found[a - b] = found.get(a - b, False) or (b < a and len(a - b) < k)
        found.setdefault(one & other, False)
    for name in groups.keys() - {EVERYONE}:
        parts = [c.id for c in study.segments.children(name) if c.level is SegmentLevel.BASE]
        rest = groups[name].difference(*(groups[part] for part in parts if part in groups))
        found.setdefault(rest, False)
    for group in found.keys() - set(groups.values()) - {frozenset()}:
        yield group, found[group]
