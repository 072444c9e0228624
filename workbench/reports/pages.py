"""Report pages: accessible HTML of our own, readable from disk, without scripts or a network."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workbench.base.files import Text, digest, write
from workbench.base.languages import date, number, period, words
from workbench.base.problems import WorkbenchError
from workbench.base.records import Link
from workbench.care.balance import citations, grade
from workbench.care.claims import Action, Finding, Grade, Need
from workbench.care.plans import AccountPlan
from workbench.coding.codings import Coding
from workbench.findings.counts import Counts, Tally, counts
from workbench.findings.quality import Quality, quality
from workbench.material.informants import Side
from workbench.material.segments import Segment
from workbench.reports.disclosure import Print
from workbench.reports.numbers import (
    EVERYONE,
    QUOTES_PER_FINDING,
    QUOTES_PER_SIDE,
    Sheet,
    claimed,
    concerning,
    felt,
    numbers,
    plan_of,
    planned,
    underlying,
)
from workbench.reports.privacy import Gate, Reason, attribution, choose_quotes, gate
from workbench.study import Study, segment_of

PROFILE, PLAN, INDEX = "profile", "plan", "index"
CODES_SHOWN = 12
FELT = ("expected", "good", "bad", "unmet")


class NotInLanguage(WorkbenchError):
    """A report was asked for in a language the study does not have."""

    def __init__(self, language: str, known: Iterable[str]) -> None:
        super().__init__(
            f"The study has no texts in '{language}'; its languages are {', '.join(known)}. "
            "They stand in parameters/study.yml."
        )


@dataclass(frozen=True, repr=False)
class Page:
    """A finished page: shows its body in Jupyter, and `save` writes the whole file."""

    file: str
    title: str
    language: str
    body: str
    frame: str

    def save(self, folder: str | Path) -> None:
        """Write the page into `folder`; an empty name writes nothing."""
        if folder:
            path = Path(folder) / self.file
            old = digest(path.read_bytes()) if path.exists() else ""
            write(Text(path, "", old), self.frame)

    def __repr__(self) -> str:
        return f"<Page {self.file}: {self.title}>"

    def _repr_html_(self) -> str:
        return self.body


def profile(view: Study, language: str = "fi") -> Page:
    """Return the profile of a segment: who they are, what they speak of, where quality falls short.

    `view` is `study.where(segment=…)`. What is shown passes the privacy gate first: a segment
    with too few informants gets its parent's material, and the page says so.
    """
    passed, sheet = _gated(view, language)
    shown = passed.study
    segment = segment_of(view)
    parts: dict[str, object] = dict.fromkeys(("counts", "codes", "quality", "felt", "unmet"))
    parts["findings"] = None
    if shown is not None:
        parts["counts"] = counted = counts(shown, language)
        parts["codes"] = _themes(counted, sheet, language)
        parts["findings"] = [_claim(f, shown, sheet, language) for f in _findings(shown)]
        found = quality(shown, language)
        if found.determinants:
            parts["quality"] = found
            parts["felt"] = [_felt(d.code, shown, sheet, language) for d in found.determinants]
            parts["unmet"] = _unmet(found, sheet, language)
    return _page(PROFILE, view, segment, passed, sheet, language, **parts)


def account_plan(view: Study, language: str = "fi") -> Page:
    """Return the account plan of a segment, each line with the words it stands on.

    A segment without a plan of its own gets that of its nearest parent, and the page says so.
    """
    passed, sheet = _gated(view, language)
    segment = segment_of(view)
    chosen = plan_of(view, segment.id)
    parts: dict[str, object] = {
        "plan": chosen,
        "plan_of": view.segments.all.get(chosen.id) if chosen else None,
    }
    if chosen is not None:
        names = set(view.segments.holding(segment.id))
        parts["actions"] = [
            _answer(view.care.actions[a], passed.study, view, sheet, language)
            for a in chosen.development
            if a in view.care.actions
        ]
        parts["cards"] = [c for c in view.care.cards.values() if names & set(c.segments)]
        parts["why"] = lambda needs: _reasons(needs, passed.study, view, sheet, language)
        parts["evidence"] = _evidence_note(chosen, passed, sheet, language)
    return _page(PLAN, view, segment, passed, sheet, language, **parts)


def index(
    study: Study,
    language: str,
    failed: Iterable[str] = (),
    made: Container[str] | None = None,
) -> Page:
    """Return the front page: every segment with its informants, profile and plan.

    `failed` names the segments whose run did not finish, `made` the pages that exist (all of them
    unless given); the others are named without a link.
    """
    _speaks(study, language)
    study = study.whole or study
    rows = [(s, gate(study.where(segment=s.id))) for s in study.segments]
    sheet = Sheet(numbers(study))
    findings = [_claim(f, study, sheet, language) for f in study.care.findings.values()]
    providers = sum(p.side is Side.PROVIDER for p in study.informants.values())
    body_parts = {
        "rows": rows,
        "failed": sorted(failed),
        "made": made,
        "findings": findings,
        "documents": list(study.documents.values()),
        "months": period((d.date for d in study.documents.values()), language),
        "people": len(study.informants),
        "providers": Print.SMALL if 0 < providers < study.settings.privacy.cell else providers,
        "gate": None,
    }
    title = study.settings.title.say(language)
    return _render(INDEX, study, sheet, language, title=title, **body_parts)


@dataclass(frozen=True)
class Quote:
    """Words that may be shown, and the group they are attributed to.

    Which document they stand in is not told: it would tie one person's quotes together.
    """

    words: str
    group: str
    language: str


@dataclass(frozen=True)
class Claim:
    """A finding as a page shows it: its grade, its numbers and its quotes.

    `own` of its `people` belong to the segment the page is about. The number of documents is
    left out where that of people is hidden, since it tells nearly the same.
    """

    finding: Finding
    grade: str
    people: int | Print
    own: int | Print
    documents: int | None
    quotes: tuple[Quote, ...]
    against: tuple[Quote, ...]


@dataclass(frozen=True)
class Answer:
    """An action as a page shows it, with the needs and claims it answers."""

    action: Action
    owner: str
    reasons: tuple[tuple[Need, tuple[Claim, ...]], ...]


@dataclass(frozen=True)
class Theme:
    """A code as a profile shows it; where its number is hidden, that of a wider group `beside`."""

    code: str
    people: int | Print
    documents: int | None
    beside: tuple[str, int, int] | None
    quotes: tuple[Quote, ...]


def _gated(view: Study, language: str) -> tuple[Gate, Sheet]:
    _speaks(view, language)
    return gate(view), Sheet(numbers(view))


def _speaks(study: Study, language: str) -> None:
    if language not in study.settings.languages:
        raise NotInLanguage(language, study.settings.languages)


def _findings(shown: Study) -> list[Finding]:
    kin = shown.segments.kin(shown.segment)
    found = [f for f in shown.care.findings.values() if kin & set(f.segments)]
    own = [f for f in found if shown.segment in f.segments]
    return own + [f for f in found if f not in own]


def _themes(counted: Counts, sheet: Sheet, language: str) -> list[Theme]:
    """Return the codes most people speak of; those with hidden numbers as in the codebook."""
    shown = counted.study
    group, tallies = shown.segment, dict(counted.rows)
    known = {c.id: sheet.numbers.shown(c.id, group) for c in shown.codebook}
    told = [code for code in tallies if not isinstance(known[code], Print) and known[code]]
    hidden = [code for code, number in known.items() if isinstance(number, Print)]
    return [
        _theme(code, tallies.get(code, Tally()), shown, sheet, language)
        for code in [*told, *hidden][:CODES_SHOWN]
    ]


def _theme(code: str, found: Tally, shown: Study, sheet: Sheet, language: str) -> Theme:
    number = sheet.shown(code, shown.segment)
    hidden = isinstance(number, Print)
    return Theme(
        code,
        number,
        None if hidden else len(found.documents),
        _beside(code, shown, sheet, language) if hidden else None,
        _quotes(shown, found.passages, sheet, language),
    )


def _beside(measure: str, shown: Study, sheet: Sheet, language: str) -> tuple[str, int, int] | None:
    """Return the nearest wider group whose number may be printed: its name, number and size."""
    for name in shown.segments.holding(shown.segment)[1:]:
        if name in sheet.numbers.groups:
            number = sheet.shown(measure, name)
            if not isinstance(number, Print):
                label = shown.segments[name].label.say(language)
                return label, number, len(sheet.numbers.groups[name])
    return None


def _felt(code: str, shown: Study, sheet: Sheet, language: str) -> dict[str, object]:
    """Return the label of a determinant, and who expected it and met it how."""
    how = {name: sheet.shown(felt(code, name), shown.segment) for name in FELT}
    return {"label": shown.codebook[code].label.say(language), **how}


def _unmet(found: Quality, sheet: Sheet, language: str) -> list[tuple[object, ...]]:
    shown = found.study
    rows: list[tuple[object, ...]] = []
    for d in found.determinants:
        number = sheet.shown(felt(d.code, "unmet"), shown.segment)
        if number != 0:
            hopes = (c for e, _ in d.unmet.values() for c in e)
            blows = (c for _, b in d.unmet.values() for c in b)
            sides = (_quotes(shown, side, sheet, language) for side in (hopes, blows))
            rows.append((shown.codebook[d.code].label.say(language), number, *sides))
    return rows


def _claim(finding: Finding, shown: Study, sheet: Sheet, language: str) -> Claim:
    witness = shown.witness
    measure = claimed(finding.id)
    people = sheet.shown(measure, EVERYONE)
    hidden = isinstance(people, Print)
    graded = grade(finding, witness)
    few = hidden and graded in (Grade.SINGLE, Grade.REPEATED)
    return Claim(
        finding,
        "few" if few else graded,
        people,
        sheet.shown(measure, shown.segment) if shown.segment else people,
        None if hidden else len({c.document for c in citations(finding.evidence, witness)}),
        _cited(finding.evidence, shown, sheet, language),
        _cited(finding.counter, shown, sheet, language),
    )


def _cited(links: Iterable[Link], shown: Study, sheet: Sheet, language: str) -> tuple[Quote, ...]:
    witness = shown.witness
    cited = citations(links, witness)
    if shown.segment:
        cited.sort(key=lambda c: not witness.speaks_of(c, shown.segment))
    passages = [witness.passages(c)[0] for c in cited]
    return _quotes(shown, passages, sheet, language, QUOTES_PER_FINDING)


def _quotes(
    shown: Study,
    codings: Iterable[Coding],
    sheet: Sheet,
    language: str,
    most: int = QUOTES_PER_SIDE,
) -> tuple[Quote, ...]:
    whole = shown.whole or shown
    quotes = []
    for coding in choose_quotes(shown, codings, most, sheet.refused):
        p = coding.passage
        spoken = whole.documents[p.document].language
        name = attribution(shown, whole.speaker(coding), spoken)
        group = whole.segments[name].label.say(language)
        quotes.append(Quote(p.quote, group, spoken))
    return tuple(quotes)


def _answer(
    action: Action, shown: Study | None, view: Study, sheet: Sheet, language: str
) -> Answer:
    party = view.care.parties.get(action.owner)
    owner = party.label.say(language) if party else words(language)("unknown")
    return Answer(action, owner, _reasons(action.needs, shown, view, sheet, language))


def _reasons(
    needs: Iterable[str], shown: Study | None, view: Study, sheet: Sheet, language: str
) -> tuple[tuple[Need, tuple[Claim, ...]], ...]:
    study = shown or view.whole or view
    sheet = Sheet(sheet.numbers, refused=sheet.refused)  # its numbers are not printed here
    return tuple(
        (
            view.care.needs[need],
            tuple(_claim(f, study, sheet, language) for f in concerning(view, [need])),
        )
        for need in needs
        if need in view.care.needs
    )


def _evidence_note(
    plan: AccountPlan, passed: Gate, sheet: Sheet, language: str
) -> dict[str, object] | None:
    shown = passed.study
    if shown is None:
        return None
    findings = underlying(plan, shown)
    links = [link for f in findings for link in (*f.evidence, *f.counter)]
    documents = {
        c.document: shown.witness.documents[c.document] for c in citations(links, shown.witness)
    }
    measure = planned(plan.id, passed.shown)
    people = sheet.shown(measure, EVERYONE)
    return {
        "people": people,
        "own": sheet.shown(measure, passed.shown),
        "documents": None if isinstance(people, Print) else len(documents),
        "months": period((d.date for d in documents.values()), language),
        "findings": len(findings),
    }


def _page(
    kind: str,
    view: Study,
    segment: Segment,
    passed: Gate,
    sheet: Sheet,
    language: str,
    **parts: object,
) -> Page:
    shown = passed.study
    title = segment.label.say(language)
    return _render(
        kind,
        view,
        sheet,
        language,
        title=title,
        segment=segment,
        gate=passed,
        parent=view.segments.all.get(passed.shown),
        documents=list(shown.documents.values()) if shown else [],
        months=period((d.date for d in shown.documents.values()), language) if shown else "",
        **parts,
    )


def _render(
    kind: str, study: Study, sheet: Sheet, language: str, title: str, **parts: object
) -> Page:
    say = words(language)
    common = {
        "say": say,
        "language": language,
        "study": study,
        "settings": study.settings,
        "title": title,
        "kind": kind,
        "date": functools.partial(date, language=language),
        "number": functools.partial(number, language=language),
        "privacy": study.settings.privacy,
        "href": functools.partial(page_name, study, language=language),
        "figure": functools.partial(figure, k=study.settings.privacy.cell, language=language),
        **parts,
    }
    environment = _environment()
    body = environment.get_template(f"{kind}.html").render(common)
    others = [
        (code, words(code)("language_name"), page_name(study, kind, study.segment, code))
        for code in study.settings.languages
    ]
    frame = environment.get_template("frame.html").render(
        common,
        body=Markup(body),  # noqa: S704 - rendered by our own autoescaping template
        protection=_protection(study, sheet, language),
        languages=others,
    )
    return Page(page_name(study, kind, study.segment, language), title, language, body, frame)


def figure(number: int | Print, k: int, language: str, of: int | None = None) -> str:
    """Return a number of people as it is printed: "7", "7/9", "fewer than 5" or that it is not."""
    say = words(language)
    if isinstance(number, Print):
        return say(f"number_{number}", k=k)
    return str(number) if of is None else say("people_of", n=number, of=of)


def _protection(study: Study, sheet: Sheet, language: str) -> dict[str, object]:
    """Return what the page hid: how many numbers and quotes, and for which kinds of reason."""
    say, k = words(language), study.settings.privacy.cell
    refused = {words: why for words, why in sheet.refused.items() if why is not Reason.NOTE}
    few = 0 < len(refused) < k
    return {
        "small": sheet.hidden(Print.SMALL),
        "withheld": sheet.hidden(Print.WITHHELD),
        "quotes": figure(Print.SMALL if few else len(refused), k, language),
        "reasons": [say(f"refused_{why}") for why in Reason if why in refused.values()],
    }


def page_name(study: Study, kind: str, segment: str, language: str) -> str:
    """Return the file name of a page; the index of the study's first language is `index.html`."""
    first = kind == INDEX and language == study.settings.languages[0]
    return "-".join(filter(None, (kind, segment, "" if first else language))) + ".html"


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("workbench.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
