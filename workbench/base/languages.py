"""The workbench's own words in fi, en and sv, and how numbers, dates and order are written."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from workbench.base.problems import WorkbenchError, near_miss, nearest
from workbench.base.strict_yaml import Mapping, Scalar, parse

T = TypeVar("T")
LANGUAGES = ("fi", "en", "sv")
_WORDS = Path(__file__).with_name("words.yml")
_ALPHABET = {c: i for i, c in enumerate("0123456789abcdefghijklmnopqrstuvwxyzåäö")}


class UnknownLanguage(WorkbenchError):
    """A report was asked for in a language the workbench has no words in."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"No words in '{language}'. {near_miss(language, LANGUAGES)} "
            "The workbench's own words are in workbench/base/words.yml."
        )


@functools.cache
def dictionary() -> dict[str, dict[str, str]]:
    """Return all words of the workbench: key -> language -> text."""
    root, problems = parse(_WORDS.read_text(encoding="utf-8"), _WORDS)
    if problems:
        raise WorkbenchError(str(problems[0]))
    return {
        key: {lang: t.value for lang, t in node.items.items() if isinstance(t, Scalar)}
        for key, node in root.items.items()
        if isinstance(node, Mapping)
    }


def words(language: str) -> Callable[..., str]:
    """Return `say(key, **values)`, which gives the workbench's word for `key` in `language`."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)

    def say(key: str, **values: object) -> str:
        text = dictionary()[key][language]
        return text.format(**values) if values else text

    return say


class Said(WorkbenchError):
    """An error that people meet in a widget too: its sentence is the word `key`, in any language.

    As text it is English, like all errors. A value with `say(language)` is itself said so.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """Return the sentence in `language`."""
        values = {n: v.say(language) if hasattr(v, "say") else v for n, v in self.values.items()}
        return words(language)(self.key, **values).rstrip()


def said(error: WorkbenchError, language: str) -> str:
    """Return what an error says, in `language` if it has words in it."""
    return error.say(language) if isinstance(error, Said) else str(error)


@dataclass(frozen=True, slots=True)
class Near:
    """What may have been meant by `word`: the nearest of `known`, or the few there are."""

    word: str
    known: Iterable[str]

    def say(self, language: str) -> str:
        """Return the hint in `language`, or nothing if there is none to give."""
        close, few = nearest(self.word, self.known)
        say = words(language)
        if close:
            return say("near_one", word=close)
        return say("near_few", known=", ".join(few)) if few else ""


def number(value: float, language: str) -> str:
    """Return `value` as people of `language` write it: 1 234,5 in Finnish."""
    from babel.numbers import format_decimal  # only where numbers are shown: a check starts fast

    return format_decimal(value, locale=language)


def fixed(value: float, language: str, places: int = 2) -> str:
    """Return `value` with so many decimal places as people of `language` write it: 3,50."""
    from babel.numbers import format_decimal

    plain = format_decimal(round(value, places) + 0.0, f"#,##0.{'0' * places}", locale=language)
    return str(plain).replace("-", "−")


def date(when: str, language: str) -> str:
    """Return an ISO year, month or day (`2010-03`) as people of `language` write it."""
    from babel.dates import format_date

    form = {4: "yyyy", 7: "LLLL yyyy"}.get(len(when), "long")
    return format_date(_first_day(when), form, locale=language)


def period(dates: Iterable[str], language: str) -> str:
    """Return the months from the first to the last of ISO `dates`: helmi–huhtikuu 2010."""
    from babel.dates import format_interval

    known = sorted(dates)
    if not known:
        return ""
    form = "y" if any(len(when) == 4 for when in known) else "yMMMM"
    return format_interval(_first_day(known[0]), _first_day(known[-1]), form, locale=language)


def span(start: str, end: str, language: str) -> str:
    """Return two ISO days as people of `language` write a stretch of days: 5.7.–1.8.2010."""
    from babel.dates import format_interval

    days = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
    return format_interval(*days, "yMd", locale=language)


def months(language: str, width: Literal["abbreviated", "wide"] = "abbreviated") -> list[str]:
    """Return the names of the twelve months as they stand alone: tammi, helmi, maalis."""
    from babel.dates import get_month_names

    names = get_month_names(width, context="stand-alone", locale=language)
    return [names[month] for month in range(1, 13)]


def day_of(when: datetime.date, language: str) -> str:
    """Return a day with its weekday and without its year: such as pe 15.1."""
    from babel.dates import format_date

    form = "ccc d MMM" if language == "en" else "ccc d.M."
    return str(format_date(when, form, locale=language)).replace(" ", "\u00a0")


def _first_day(when: str) -> datetime.date:
    return datetime.date(*[*map(int, when.split("-")), 1, 1][:3])


def in_order(things: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
    """Sort by Finnish order: a … z å ä ö, digits as numbers, whatever the machine's locale is."""
    return sorted(things, key=lambda thing: order(key(thing)))


def order(text: str) -> tuple[tuple[int, int], ...]:
    """Return a sort key for Finnish order in which `P10` comes after `P9`."""
    keys: list[tuple[int, int]] = []
    digits = ""
    for c in f"{text.casefold()}\0":
        if c.isdigit() and c.isascii():
            digits += c
            continue
        if digits:
            keys.append((0, int(digits)))
            digits = ""
        keys.append((1, _ALPHABET.get(c, ord(c) - 0x110000 if c < "0" else ord(c))))
    return tuple(keys)
