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
from workbench.care.balance import citations, grade, people
from workbench.care.claims import Action, Finding, Need, State
from workbench.care.plans import AccountPlan
from workbench.coding.codings import Coding
from workbench.findings.counts import counts
from workbench.findings.quality import quality
from workbench.material.informants import Side
from workbench.material.segments import Segment
from workbench.reports.privacy import Gate, attribution, choose_quotes, gate
from workbench.study import Study, segment_of

PROFILE, PLAN, INDEX = "profile", "plan", "index"
CODES_SHOWN, QUOTES_PER_FINDING, QUOTES_PER_SIDE = 12, 4, 3


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
    passed = _gated(view, language)
    shown = passed.study
    segment = segment_of(view)
    parts: dict[str, object] = dict.fromkeys(("counts", "words", "quality", "unmet", "findings"))
    if shown is not None:
        parts["counts"] = counted = counts(shown, language, most=CODES_SHOWN)
        parts["words"] = {
            code: _quotes(shown, tally.passages, language) for code, tally in counted.rows
        }
        parts["findings"] = [_claim(f, shown, language) for f in _findings(shown)]
        found = quality(shown, language)
        if found.determinants:
            parts["quality"] = found
            parts["unmet"] = [
                (
                    shown.codebook[d.code].label.say(language),
                    len(d.unmet),
                    _quotes(shown, (c for e, _ in d.unmet.values() for c in e), language),
                    _quotes(shown, (c for _, b in d.unmet.values() for c in b), language),
                )
                for d in found.determinants
                if d.unmet
            ]
    return _page(PROFILE, view, segment, passed, language, **parts)


def account_plan(view: Study, language: str = "fi") -> Page:
    """Return the account plan of a segment, each line with the words it stands on.

    A segment without a plan of its own gets that of its nearest parent, and the page says so.
    """
    passed = _gated(view, language)
    segment = segment_of(view)
    plans = view.care.plans
    names = view.segments.holding(segment.id)
    name = next((n for n in names if n in plans), "")
    chosen = plans.get(name)
    parts: dict[str, object] = {"plan": chosen, "plan_of": view.segments.all.get(name)}
    if chosen is not None:
        parts["actions"] = [
            _answer(view.care.actions[a], passed.study, view, language)
            for a in chosen.development
            if a in view.care.actions
        ]
        parts["cards"] = [c for c in view.care.cards.values() if set(names) & set(c.segments)]
        parts["why"] = lambda needs: _reasons(needs, passed.study, view, language)
        parts["evidence"] = _evidence_note(chosen, passed.study, language)
    return _page(PLAN, view, segment, passed, language, **parts)


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
    rows = [(s, gate(study.where(segment=s.id))) for s in study.segments]
    findings = [_claim(f, study, language) for f in _told(study.care.findings.values())]
    body_parts = {
        "rows": rows,
        "failed": sorted(failed),
        "made": made,
        "findings": findings,
        "documents": list(study.documents.values()),
        "months": period((d.date for d in study.documents.values()), language),
        "people": len(study.informants),
        "providers": sum(p.side is Side.PROVIDER for p in study.informants.values()),
    }
    return _render(INDEX, study, language, title=study.settings.title.say(language), **body_parts)


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

    `own` of its `people` belong to the segment the page is about.
    """

    finding: Finding
    grade: str
    people: int
    own: int
    documents: int
    quotes: tuple[Quote, ...]
    against: tuple[Quote, ...]


@dataclass(frozen=True)
class Answer:
    """An action as a page shows it, with the needs and claims it answers."""

    action: Action
    owner: str
    reasons: tuple[tuple[Need, tuple[Claim, ...]], ...]


def _gated(view: Study, language: str) -> Gate:
    _speaks(view, language)
    return gate(view)


def _speaks(study: Study, language: str) -> None:
    if language not in study.settings.languages:
        raise NotInLanguage(language, study.settings.languages)


def _told(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings a report may tell: drafts are for analysts only.

    Those that are not published yet say so on the page (`parts.html`).
    """
    return [f for f in findings if f.state is not State.DRAFT]


def _findings(shown: Study) -> list[Finding]:
    kin = shown.segments.kin(shown.segment)
    found = [f for f in _told(shown.care.findings.values()) if kin & set(f.segments)]
    own = [f for f in found if shown.segment in f.segments]
    return own + [f for f in found if f not in own]


def _claim(finding: Finding, shown: Study, language: str) -> Claim:
    witness = shown.witness
    cited = citations(finding.evidence, witness)
    voices = people(finding.evidence, witness)
    return Claim(
        finding,
        grade(finding, witness),
        len(voices),
        len(voices & set(shown.informants)),
        len({c.document for c in cited}),
        _cited(finding.evidence, shown, language),
        _cited(finding.counter, shown, language),
    )


def _cited(links: Iterable[Link], shown: Study, language: str) -> tuple[Quote, ...]:
    witness = shown.witness
    cited = citations(links, witness)
    if shown.segment:
        cited.sort(key=lambda c: not witness.speaks_of(c, shown.segment))
    passages = [witness.passages(c)[0] for c in cited]
    return _quotes(shown, passages, language, QUOTES_PER_FINDING)


def _quotes(
    shown: Study, codings: Iterable[Coding], language: str, most: int = QUOTES_PER_SIDE
) -> tuple[Quote, ...]:
    whole = shown.whole or shown
    quotes = []
    for coding in choose_quotes(shown, codings, most):
        group = whole.segments[attribution(shown, whole.speaker(coding))].label.say(language)
        p = coding.passage
        spoken = whole.documents[p.document].language
        quotes.append(Quote(p.quote, group, spoken))
    return tuple(quotes)


def _answer(action: Action, shown: Study | None, view: Study, language: str) -> Answer:
    party = view.care.parties.get(action.owner)
    owner = party.label.say(language) if party else words(language)("unknown")
    return Answer(action, owner, _reasons(action.needs, shown, view, language))


def _reasons(
    needs: Iterable[str], shown: Study | None, view: Study, language: str
) -> tuple[tuple[Need, tuple[Claim, ...]], ...]:
    study = shown or view.whole or view
    return tuple(
        (
            view.care.needs[need],
            tuple(_claim(f, study, language) for f in _concerning(view, [need])),
        )
        for need in needs
        if need in view.care.needs
    )


def _concerning(view: Study, needs: Iterable[str]) -> list[Finding]:
    """Return the findings behind `needs` that speak of the segment's kin or of the provider."""
    kin = view.segments.kin(view.segment)
    found = _told(view.care.findings_of(needs))
    return [f for f in found if f.side is Side.PROVIDER or kin & set(f.segments)]


def _evidence_note(
    plan: AccountPlan, shown: Study | None, language: str
) -> dict[str, object] | None:
    if shown is None:
        return None
    needs = [n for line in plan.lines for n in line.needs]
    needs += [n for task in plan.responsibilities for n in task.needs]
    actions = [shown.care.actions[a] for a in plan.development if a in shown.care.actions]
    needs += [n for action in actions for n in action.needs]
    findings = _concerning(shown, dict.fromkeys(needs))
    links = [link for f in findings for link in (*f.evidence, *f.counter)]
    witness = shown.witness
    voices = people(links, witness)
    documents = {c.document: witness.documents[c.document] for c in citations(links, witness)}
    return {
        "people": len(voices),
        "own": len(voices & set(shown.informants)),
        "documents": len(documents),
        "months": period((d.date for d in documents.values()), language),
        "findings": len(findings),
    }


def _page(
    kind: str, view: Study, segment: Segment, passed: Gate, language: str, **parts: object
) -> Page:
    shown = passed.study
    title = segment.label.say(language)
    return _render(
        kind,
        view,
        language,
        title=title,
        segment=segment,
        gate=passed,
        parent=view.segments.all.get(passed.shown),
        documents=list(shown.documents.values()) if shown else [],
        months=period((d.date for d in shown.documents.values()), language) if shown else "",
        **parts,
    )


def _render(kind: str, study: Study, language: str, title: str, **parts: object) -> Page:
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
        languages=others,
    )
    return Page(page_name(study, kind, study.segment, language), title, language, body, frame)


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
