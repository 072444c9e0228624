"""A letter to somebody who was heard: what became of their words, without naming anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.base.languages import date, period, words
from workbench.base.problems import WorkbenchError
from workbench.care.claims import State, Status
from workbench.care.model import FOLDERS
from workbench.practice.registers import concerns, name_of
from workbench.practice.trace import Trace, themes_of, trace
from workbench.practice.trails import Node, content, said
from workbench.study import Study, Unknown

SHOWN = ("rules", "cards", "clock", "contacts", "plans", "channels", "feedback")
"""Where somebody who was heard can see what came of it."""
MOST = 4


class Nobody(WorkbenchError):
    """A letter was asked for to something that is no person."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"'{what}' is no person to write to. Name a pseudonym of parameters/informants.yml."
        )


def letter(study: Study, person: str, language: str = "fi") -> str:
    """Return an answer to a person: what was heard, what is done, what is open, and by whom.

    It names no person, no document and nobody's words; drafts of findings and rejected actions are
    left out, and of rules, cards and the rest only what is for the person's segments is told.
    Raises `Nobody` for what is no person, `Unknown` for what is not there.
    """
    whole = study.whole or study
    if person not in whole.informants:
        if said(whole, person) or any(person in whole.care.table(t) for t in SHOWN):
            raise Nobody(person)
        raise Unknown("person", person, whole.informants)
    return "\n\n".join(_paragraphs(trace(whole, person, language), person))


def _paragraphs(found: Trace, person: str) -> Iterator[str]:
    say, study = words(found.language), found.study
    heard = (d for d in study.documents.values() if d.informant == person)
    yield say("letter_thanks", months=period((d.date for d in heard), found.language))
    statements = [_finding(key, study, found.language) for _, key in found.of("findings")]
    against = [_finding(key, study, found.language) for key in found.against]
    done = [_action(key, study, found.language) for _, key in found.of("actions")]
    left = [
        f"{content(gap.node, study, found.language)} ({say(f'gap_{gap.kind}')})"
        for gap in found.open.found
        if gap.kind in ("need", "finding", "unanswered") and _told(gap.node, study)
    ]
    for key, lines in (
        ("letter_heard", statements),
        ("letter_against", against),
        ("letter_do", done),
        ("letter_seen", _seen(found, person)),
        ("letter_open", left),
    ):
        if told := list(filter(None, lines)):
            yield "\n".join((say(key), *(f"– {line}" for line in told)))
    if found.unused or not found.of("findings"):
        themes = themes_of(found.unused or found.begun, study, found.language)
        yield say("letter_unused" if found.of("findings") else "letter_nothing", themes=themes)
    yield say("letter_privacy")


def _told(node: Node, study: Study) -> bool:
    finding = study.care.findings.get(node[1]) if node[0] == "findings" else None
    return finding is None or finding.state is not State.DRAFT


def _finding(key: str, study: Study, language: str) -> str:
    node = ("findings", key)
    return content(node, study, language) if _told(node, study) else ""


def _action(key: str, study: Study, language: str) -> str:
    action, say = study.care.actions[key], words(language)
    if action.status is Status.REJECTED:
        return ""
    owner = name_of(action.owner, "party", study, language)
    status = say(f"status_{action.status}")
    due = date(action.due, language)
    return say("letter_action", what=action.what.say(language), owner=owner, due=due, status=status)


def _seen(found: Trace, person: str) -> Iterable[str]:
    """Yield the rules, cards and the rest that stand on the trail and are for this person."""
    study, say = found.study, words(found.language)
    base = study.segments.base_of(person)
    own = study.where(segment=base) if base else study
    for table in SHOWN:
        keys = [key for _, key in found.of(table) if _for(table, key, own)]
        names = [content((table, key), study, found.language) for key in keys]
        more = [say("letter_more", n=len(names) - MOST)] if len(names) > MOST else []
        if names:
            yield f"{say(f'register_{table}')}: {'; '.join((*names[:MOST], *more))}"


def _for(table: str, key: str, own: Study) -> bool:
    if table in FOLDERS and key in own.segments:
        return not own.segment or key in own.segments.holding(own.segment)
    return concerns(own.care.table(table)[key], own)
