"""Report pages: accessible HTML of our own, readable from disk, without scripts or a network."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workbench.base.files import Text, digest, write
from workbench.base.languages import in_order, month, number, words
from workbench.base.problems import WorkbenchError
from workbench.base.records import Link
from workbench.care.balance import citations, grade, people
from workbench.care.claims import Action, Finding, Need
from workbench.care.plans import AccountPlan
from workbench.coding.codings import Coding
from workbench.findings.counts import counts
from workbench.findings.quality import NoQuality, quality
from workbench.material.documents import Document
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


@dataclass(frozen=True)
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
    parts: dict[str, object] = {"counts": None, "quality": None, "unmet": [], "findings": []}
    if shown is not None:
        parts["counts"] = counts(shown, language, most=CODES_SHOWN)
        parts["findings"] = [_claim(f, shown, language) for f in _findings(shown)]
        try:
            parts["quality"] = found = quality(shown, language)
        except NoQuality:
            pass
        else:
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
        parts["why"] = lambda needs: _reasons(needs, passed.study, view, language)
        parts["evidence"] = _evidence_note(chosen, view, language)
    return _page(PLAN, view, segment, passed, language, **parts)


def index(study: Study, language: str, failed: Iterable[str] = ()) -> Page:
    """Return the front page: every segment with its informants, profile and plan.

    `failed` names the segments whose run did not finish.
    """
    _speaks(study, language)
    rows = [(s, gate(study.where(segment=s.id))) for s in study.segments]
    findings = [_claim(f, study, language) for f in study.care.findings.values()]
    body_parts = {
        "rows": rows,
        "failed": sorted(failed),
        "findings": findings,
        "documents": list(study.documents.values()),
        "months": _months(study.documents.values(), language),
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
    """A finding as a page shows it: its grade, its numbers and its quotes."""

    finding: Finding
    grade: str
    people: int
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


def _findings(shown: Study) -> list[Finding]:
    kin = {*shown.segments.holding(shown.segment)}
    kin |= {s.id for s in shown.segments.children(shown.segment)}
    found = [f for f in shown.care.findings.values() if kin & set(f.segments)]
    own = [f for f in found if shown.segment in f.segments]
    return own + [f for f in found if f not in own]


def _claim(finding: Finding, shown: Study, language: str) -> Claim:
    witness = shown.witness
    cited = citations(finding.evidence, witness)
    return Claim(
        finding,
        grade(finding, witness),
        len(people(finding.evidence, witness)),
        len({c.document for c in cited}),
        _cited(finding.evidence, shown, language),
        _cited(finding.counter, shown, language),
    )


def _cited(links: Iterable[Link], shown: Study, language: str) -> tuple[Quote, ...]:
    witness = shown.witness
    passages = [witness.passages(c)[0] for c in citations(links, witness)]
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
    owner = view.care.parties[action.owner].label.say(language)
    return Answer(action, owner, _reasons(action.needs, shown, view, language))


def _reasons(
    needs: Iterable[str], shown: Study | None, view: Study, language: str
) -> tuple[tuple[Need, tuple[Claim, ...]], ...]:
    found = [view.care.needs[n] for n in needs if n in view.care.needs]
    study = shown or view
    return tuple(
        (need, tuple(_claim(f, study, language) for f in view.care.findings_of([need.id])))
        for need in found
    )


def _evidence_note(plan: AccountPlan, view: Study, language: str) -> dict[str, object]:
    needs = [n for line in plan.lines for n in line.needs]
    needs += [n for task in plan.responsibilities for n in task.needs]
    actions = [view.care.actions[a] for a in plan.development if a in view.care.actions]
    needs += [n for action in actions for n in action.needs]
    findings = view.care.findings_of(dict.fromkeys(needs))
    links = [link for f in findings for link in (*f.evidence, *f.counter)]
    witness = view.witness
    documents = [witness.documents[c.document] for c in citations(links, witness)]
    return {
        "people": len(people(links, witness)),
        "documents": len({d.id for d in documents}),
        "months": _months(documents, language),
        "findings": len(findings),
    }


def _months(documents: Iterable[Document], language: str) -> str:
    dates = in_order({d.date for d in documents})
    if not dates:
        return ""
    ends = dict.fromkeys((month(dates[0], language), month(dates[-1], language)))
    return "–".join(ends)


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
        months=_months(shown.documents.values(), language) if shown else "",
        asked_people=len(view.informants),
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
        "month": functools.partial(month, language=language),
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
