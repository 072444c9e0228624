"""Report pages: accessible HTML of our own, readable from disk, without scripts or a network."""

from __future__ import annotations

import functools
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workbench.base.files import put
from workbench.base.languages import date, number, period, words
from workbench.care.balance import citations
from workbench.care.plans import AccountPlan, shared_tasks
from workbench.material.informants import Side
from workbench.material.segments import Segment
from workbench.practice.known import known
from workbench.reports.disclosure import Print
from workbench.reports.evidence import answer, cards_of, claim, open_needs, reasons
from workbench.reports.listings import figure
from workbench.reports.numbers import EVERYONE, Sheet, numbers, plan_of, planned, told, underlying
from workbench.reports.privacy import Gate, Reason, gate
from workbench.reports.uses import SATISFACTION, grouping, highlights, satisfaction
from workbench.study import NotInLanguage, Study, segment_of

PROFILE, PLAN, CALL, YEAR = "profile", "plan", "call", "year"
INDEX, HANDBOOK, CARDS = "index", "handbook", "cards"
SEGMENT_PAGES = (PROFILE, PLAN, CALL, YEAR)
"""The pages there are for every segment, in the order in which they link to one another."""
STUDY_PAGES = (HANDBOOK, CARDS)
"""The pages about the whole, which every page links to beside the front page."""
MANAGEMENT = "management"
"""The page on handlers: nothing links to it, and it links to nothing."""


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
            put(Path(folder) / self.file, self.frame)

    def __repr__(self) -> str:
        return f"<Page {self.file}: {self.title}>"

    def _repr_html_(self) -> str:
        return self.body


def profile(view: Study, language: str = "fi") -> Page:
    """Return the profile of a segment: who they are, what matters, and what it is all used for.

    `view` is `study.where(segment=…)`. What is shown passes the privacy gate first: a segment
    with too few informants gets its parent's material, and the page says so.
    """
    passed, sheet = gated(view, language)
    shown = passed.study
    used = satisfaction(shown, sheet, language)
    grouped = grouping(view, shown, sheet, language)
    top = highlights(shown, used, grouped, language) if shown else None
    parts = {"used": used, "grouped": grouped, "top": top}
    return page(PROFILE, view, segment_of(view), passed, sheet, language, **parts)


def account_plan(view: Study, language: str = "fi") -> Page:
    """Return the account plan of a segment, each line with the words it stands on.

    A segment without a plan of its own gets that of its nearest parent, and the page says so.
    """
    passed, sheet = gated(view, language)
    segment = segment_of(view)
    chosen = plan_of(view, segment.id)
    parts: dict[str, object] = {
        "plan": chosen,
        "plan_of": view.segments.all.get(chosen.id) if chosen else None,
    }
    if chosen is not None:
        parts["actions"] = [
            answer(view.care.actions[a], passed.study, view, sheet, language)
            for a in chosen.development
            if a in view.care.actions
        ]
        parts["known"] = known(view, segment.id, language)
        parts["needs"] = open_needs(chosen, view)
        parts["shared"] = shared_tasks(view.care.plans, view.segments.holding(chosen.id)[1:])
        parts["cards"] = cards_of(view)
        parts["why"] = lambda needs: reasons(needs, passed.study, view, sheet, language)
        parts["evidence"] = _evidence_note(chosen, passed, sheet, language)
    return page(PLAN, view, segment, passed, sheet, language, **parts)


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
    speaks(study, language)
    study = study.whole or study
    rows = [(s, gate(study.where(segment=s.id))) for s in study.segments]
    sheet = Sheet(numbers(study))
    findings = [claim(f, study, sheet, language) for f in told(study.care.findings.values())]
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
    }
    title = study.settings.title.say(language)
    return render(INDEX, study, sheet, language, title=title, **body_parts)


def gated(view: Study, language: str) -> tuple[Gate, Sheet]:
    """Return what of a view may be shown, and the sheet that decides about its numbers."""
    speaks(view, language)
    return gate(view), Sheet(numbers(view))


def speaks(study: Study, language: str) -> None:
    """Raise `NotInLanguage` for a language the study has no texts in."""
    if language not in study.settings.languages:
        raise NotInLanguage(language, study.settings.languages)


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


def page(
    kind: str,
    view: Study,
    segment: Segment,
    passed: Gate,
    sheet: Sheet,
    language: str,
    **parts: object,
) -> Page:
    """Return a page about a segment, with what all such pages tell of their material."""
    shown = passed.study
    title = segment.label.say(language)
    return render(
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


def render(
    kind: str, study: Study, sheet: Sheet, language: str, title: str, **parts: object
) -> Page:
    """Return the page of a kind: its template `<kind>.html` with `parts`, in the frame of all."""
    common = {**setting(kind, study, language), "title": title, **parts}
    body = fill(f"{kind}.html", common)
    others = [
        (code, words(code)("language_name"), page_name(study, kind, study.segment, code))
        for code in study.settings.languages
    ]
    protection = _protection(study, sheet, language)
    frame = fill("frame.html", {**common, "body": body}, protection=protection, languages=others)
    return Page(page_name(study, kind, study.segment, language), title, language, body, frame)


def setting(kind: str, study: Study, language: str) -> dict[str, object]:
    """Return what every template may use: words, dates and numbers, links to other pages."""
    k = study.settings.privacy.cell
    return {
        "say": words(language),
        "language": language,
        "study": study,
        "settings": study.settings,
        "kind": kind,
        "date": functools.partial(date, language=language),
        "number": functools.partial(number, language=language),
        "privacy": study.settings.privacy,
        "href": functools.partial(page_name, study, language=language),
        "use_of": SATISFACTION,
        "figure": functools.partial(figure, k=k, language=language),
        "evidence_at": "" if kind == HANDBOOK else page_name(study, HANDBOOK, "", language),
        "segment_pages": SEGMENT_PAGES,
        "study_pages": STUDY_PAGES,
        "inner": kind == MANAGEMENT,
        "gate": None,
    }


def fill(template: str, common: Mapping[str, object], **parts: object) -> Markup:
    """Return one of our own autoescaping templates, filled."""
    return Markup(environment().get_template(template).render(common, **parts))  # noqa: S704


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
def environment() -> Environment:
    """Return the templates of all pages."""
    return Environment(
        loader=PackageLoader("workbench.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
