"""Feedback and its answers: what is open, and older than its channel promised (R82)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbench.base.languages import date, words
from workbench.base.problems import WorkbenchError
from workbench.care.calendar import moved
from workbench.care.channels import FeedbackChannel
from workbench.findings.results import Result
from workbench.material.feedback import Message, Sort
from workbench.study import Study


class Fate(StrEnum):
    """What became of an item by a day."""

    IN_TIME = "in-time"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"


class NoDay(WorkbenchError):
    """There is no day on which to look at the feedback."""

    def __init__(self) -> None:
        super().__init__("No feedback has a date; say on which day to look: on='2010-05-31'.")


@dataclass(frozen=True, slots=True)
class Owed:
    """An item somebody waits to be answered: its channel, the last day for it, its fate."""

    channel: FeedbackChannel
    message: Message
    due: datetime.date
    fate: Fate


@dataclass(frozen=True, repr=False)
class Responses(Result):
    """Feedback that is owed an answer; `nobody` is how many items are promised by no channel.

    Thanks and what came without a sender are owed none: nobody waits, or nobody can be answered.
    """

    items: tuple[Owed, ...]
    on: datetime.date
    nobody: int

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each item that is older than its promise and was not answered."""
        say = words(self.language)
        rows = [
            (
                date(o.message.date, self.language),
                say(f"feedback_{o.message.sort or 'unsorted'}"),
                o.channel.label.say(self.language),
                date(o.due.isoformat(), self.language),
                o.message.text,
            )
            for o in self.of(Fate.OVERDUE)
        ]
        keys = ("date", "response_sort", "response_channel", "response_due", "response_words")
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def by_channel(self) -> pd.DataFrame:
        """Return a row for each feedback channel: its promise, and items by what became of them."""
        say = words(self.language)
        channels = dict.fromkeys(o.channel for o in self.items)
        rows = [
            (c.label.say(self.language), c.days, *(len(self.of(fate, c)) for fate in Fate))
            for c in channels
        ]
        heads = ["response_channel", "response_days", *(f"response_{fate}" for fate in Fate)]
        return pd.DataFrame(rows, columns=[say(head) for head in heads])

    def of(self, fate: Fate, channel: FeedbackChannel | None = None) -> list[Owed]:
        """Return the items of one fate, oldest first, of one channel if it is given."""
        kept = (o for o in self.items if o.fate is fate and channel in (None, o.channel))
        return sorted(kept, key=lambda o: o.message.date)


def feedback_open(study: Study, language: str = "fi", *, on: str = "") -> Responses:
    """Return the feedback that waits for an answer longer than its channel promised.

    `on` is the day on which one looks, that of the latest item or answer unless given. Promises
    count in bank days. An item belongs to the first feedback channel that names its table and
    whose channel has its code. Raises `NoDay` if no item has a date.
    """
    every = [(name, m) for name, source in study.feedback.items() for m in source.rows]
    day = _day(on or max((d for _, m in every for d in (m.date, m.answered) if len(d) > 7),
                         default=""))  # fmt: skip
    asked = [(name, m) for name, m in every if m.sender and m.sort != Sort.THANKS]
    asked = [(name, m) for name, m in asked if m.date and m.date <= day.isoformat()]
    items = tuple(o for name, m in asked if (o := _owed(name, m, day, study)))
    open_, over = (sum(o.fate is f for o in items) for f in (Fate.WAITING, Fate.OVERDUE))
    caption = words(language)(
        "response_caption", day=date(day.isoformat(), language), n=len(items), waiting=open_,
        over=over, nobody=len(asked) - len(items),
    )  # fmt: skip
    return Responses(caption, language, items, day, len(asked) - len(items))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise NoDay from None


def _owed(source: str, message: Message, on: datetime.date, study: Study) -> Owed | None:
    channel = _promised(source, message, study)
    if channel is None:
        return None
    given = datetime.date.fromisoformat(f"{message.date}-01"[:10])
    due = moved(given, channel.days)
    answered = message.answered if message.answered <= on.isoformat() else ""
    if answered:
        fate = Fate.IN_TIME if answered <= due.isoformat() else Fate.LATE
    else:
        fate = Fate.WAITING if on <= due else Fate.OVERDUE
    return Owed(channel, message, due, fate)


def _promised(source: str, message: Message, study: Study) -> FeedbackChannel | None:
    channels = study.care.channels
    fits: Iterable[FeedbackChannel] = (
        f
        for f in study.care.feedback.values()
        if source in f.sources
        and f.channel in channels
        and message.channel
        and channels[f.channel].facet == message.channel
    )
    return next(iter(fits), None)
