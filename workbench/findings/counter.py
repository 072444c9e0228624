"""What speaks against a finding: its negative cases in words, and the note that they were seen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.base.files import read, write
from workbench.base.languages import words
from workbench.base.problems import Problem, WorkbenchError
from workbench.base.records import Link, Reader, When
from workbench.base.strict_yaml import parse
from workbench.care.balance import Witness
from workbench.care.claims import Finding, Seen, State
from workbench.care.negatives import Answer, Case, cases
from workbench.care.writing import add, put
from workbench.coding.booktext import CannotEdit, written
from workbench.findings.results import Result
from workbench.study import Study, Unknown

FINDINGS = Path("parameters", "care", "findings.yml")


class NotOpposite(WorkbenchError):
    """A passage was marked as seen that is not among those waiting for it."""

    def __init__(self, finding: str, passage: str) -> None:
        super().__init__(
            f"'{passage}' is not an opposite passage of {finding} that waits to be looked at. "
            f"`workbench counter {finding}` lists them."
        )


@dataclass(frozen=True, repr=False)
class Counter(Result):
    """The negative cases of a finding; `cases` holds each with its codings and its answer."""

    finding: Finding
    cases: tuple[Case, ...]
    witness: Witness

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the opposite passages nobody has answered yet, as they would be cited."""
        return tuple(str(c.citation) for c in self.cases if c.answer is Answer.OPEN)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each passage: where it stands, whose it is, its words, its answer."""
        say, w = words(self.language), self.witness
        rows = [
            (
                str(case.citation),
                w.speaker(case.citation) or say("counter_note"),
                " | ".join(dict.fromkeys(c.passage.quote for c in case.passages)),
                say(f"counter_{case.answer}"),
                case.why,
            )
            for case in self.cases
        ]
        keys = ("counter_place", "counter_who", "quote", "counter_answer", "counter_why")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])


def counter(study: Study, finding: str, language: str = "fi") -> Counter:
    """List the opposite passages of a finding, from all of the study, with their quotes.

    Each is cited as `counter`, was seen and set aside (with the reason), or still waits. Raises
    `Unknown` for a finding the study does not have.
    """
    known = study.care.findings
    if finding not in known:
        raise Unknown("finding", finding, known)
    found = cases(known[finding], study.witness)
    n = {answer: sum(c.answer is answer for c in found) for answer in Answer}
    say = words(language)
    caption = say(
        "counter_caption",
        id=finding,
        statement=known[finding].statement.say(language),
        state=say(f"state_{known[finding].state}"),
        counter=n[Answer.COUNTER],
        seen=n[Answer.SEEN],
        open=n[Answer.OPEN],
    )
    return Counter(caption, language, known[finding], found, study.witness)


def mark_seen(
    study: Study,
    finding: str,
    by: str,
    *,
    why: str = "",
    passages: Sequence[str] | None = None,
    state: str = "",
    date: str = "",
) -> tuple[str, ...]:
    """Write into a finding that its opposite passages were looked at; return which are new there.

    `passages` are those set aside for the reason `why` (all that wait, unless given); what speaks
    against the finding is cited under `counter` by hand instead. `state` moves the finding on. A
    look is added to the text of findings.yml, all other lines stay. Raises `NotOpposite` for a
    passage that does not wait, `CannotEdit` for a text that cannot be edited line by line.
    """
    waiting = counter(study, finding).waiting
    chosen = waiting if passages is None else tuple(passages)
    if strange := [p for p in chosen if p not in waiting]:
        raise NotOpposite(finding, strange[0])
    if state and state not in list(State):
        raise Unknown("state", state, list(State))
    old = study.care.findings[finding]
    when = date or datetime.date.today().isoformat()
    path = study.folder / FINDINGS
    text, _ = read(path)
    content = add(text.content, (finding,), "seen", _look(by, when, chosen, why))
    if state:
        content = put(content, (finding,), "state", [f"state: {state}"])
    look = Seen(by=by, date=When(when), passages=tuple(Link(p, old.place) for p in chosen), why=why)
    meant = replace(old, seen=(*old.seen, look), state=State(state or old.state))
    now, problems = _read(content, path, study)
    if problems or replace(now[finding], place=old.place) != meant:
        told = f" ({problems[0].message})" if problems else ""
        raise CannotEdit(f"{path}: {finding} cannot be edited safely{told}; do it by hand.")
    write(text, content)
    return chosen


def _look(by: str, date: str, passages: Sequence[str], why: str) -> list[str]:
    lines = [f"- by: {written(by)}", f"  date: {date}"]
    lines += ["  passages:", *(f"    - {p}" for p in passages)] if passages else []
    return [*lines, f"  why: {written(why)}"] if why else lines


def _read(text: str, path: Path, study: Study) -> tuple[dict[str, Finding], list[Problem]]:
    root, problems = parse(text, path)
    reader = Reader(path, problems, study.settings.languages)
    return reader.table(Finding, root), problems
