"""The workbench's own words: complete in three languages, used, and in Finnish order."""

import dataclasses
import re
import string
import typing
from enum import StrEnum

import pytest

from tests.environment import ROOT
from workbench.base.languages import (
    LANGUAGES,
    Near,
    Said,
    UnknownLanguage,
    date,
    dictionary,
    in_order,
    number,
    period,
    said,
    words,
)
from workbench.base.problems import WorkbenchError, near_miss
from workbench.care.model import FOLDERS, TABLES

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in ("*.py", "*.html", "*.js")
    for path in (ROOT / "workbench").rglob(pattern)
)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_word_is_there_in_every_language_with_the_same_blanks() -> None:
    odd = [
        key
        for key, texts in dictionary().items()
        if set(texts) != set(LANGUAGES)
        or len({frozenset(fields(text)) for text in texts.values()}) != 1
    ]
    assert odd == []


def register_words() -> set[str]:
    """Return the words a register of the care model may say: its fields and their values."""
    found: set[str] = set()

    def look(name: str, hint: object) -> None:
        for inner in typing.get_args(hint):
            look(name, inner)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            found.update(f"{name}_{member}" for member in hint)
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            known = typing.get_type_hints(hint)
            for field in dataclasses.fields(hint):
                if field.name not in ("place", "needs", "findings", "basis", "reference"):
                    found.add(f"field_{field.name}")
                    look(field.name, known[field.name])

    for cls in {**TABLES, **FOLDERS}.values():
        look("", cls)
    return found


def test_every_field_of_the_care_model_and_its_values_have_a_word() -> None:
    assert register_words() - set(dictionary()) == set()


def test_every_word_is_used_somewhere() -> None:
    said = set(re.findall(r'say\(\s*["\'](\w+?)["\']', SOURCES))
    prefixes = set(re.findall(r'["\'](\w+_)["\'] ~', SOURCES)) | set(
        re.findall(r'(?:f"|`)(\w+_)\$?\{', SOURCES)
    )
    quoted = set(re.findall(r'["\'](\w+)["\']', SOURCES))
    used = said | quoted | register_words()
    unused = [
        key
        for key in dictionary()
        if key not in used and not any(key.startswith(p) for p in prefixes)
    ]
    assert unused == []


def test_every_word_that_is_said_exists() -> None:
    said = set(re.findall(r'(?<![.\w])say\(\s*["\'](\w+?)["\']\s*[,)]', SOURCES))
    assert len(said) > 20
    assert said - set(dictionary()) == set()


def test_an_error_says_itself_in_any_language_and_is_english_as_text() -> None:
    error = Said("decide_no_code", code="odotus", hint=Near("odotus", ["odotusaika"]))
    assert str(error) == "The codebook has no 'odotus'. Did you mean 'odotusaika'?"
    assert said(error, "fi").endswith("koodia 'odotus'. Tarkoititko 'odotusaika'?")
    assert said(error, "sv").endswith("kod 'odotus'. Menade du 'odotusaika'?")


def test_an_error_without_words_of_its_own_is_said_as_it_is() -> None:
    assert said(WorkbenchError("No such thing."), "fi") == "No such thing."


@pytest.mark.parametrize("known", [["odotusaika"], ["x", "y"], list("abcdefghij"), []])
def test_a_hint_in_english_is_the_one_that_problems_give(known: list[str]) -> None:
    assert Near("odotus", known).say("en") == near_miss("odotus", known)


def test_every_error_that_is_said_has_its_word() -> None:
    keys = set(re.findall(r'CannotDecide\(\s*"(\w+)"', SOURCES))
    assert len(keys) > 8
    assert keys - set(dictionary()) == set()


def test_a_language_without_words_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownLanguage, match="Known: en, fi, sv"):
        words("de")


@pytest.mark.parametrize(
    ("language", "written"), [("fi", "1\xa0234,5"), ("en", "1,234.5"), ("sv", "1\xa0234,5")]
)
def test_numbers_are_written_as_people_of_the_language_do(language: str, written: str) -> None:
    assert number(1234.5, language) == written


@pytest.mark.parametrize(
    ("when", "written"),
    [("2010", "2010"), ("2010-03", "maaliskuu 2010"), ("2010-03-15", "15. maaliskuuta 2010")],
)
def test_a_date_is_as_exact_as_it_is_known(when: str, written: str) -> None:
    assert date(when, "fi") == written


def test_a_period_names_a_common_year_once() -> None:
    assert period(["2010-04", "2010-02", "2010-03"], "fi") == "helmi–huhtikuu 2010"
    assert period(["2009-12", "2010-02"], "sv") == "december 2009\u2009–\u2009februari 2010"
    assert period(["2010-02", "2010-02-11"], "fi") == "helmikuu 2010"
    assert period(["2009", "2010-03"], "fi") == "2009–2010"
    assert period([], "fi") == ""


def test_order_is_finnish_and_counts_digits_as_numbers() -> None:
    assert in_order(["öljy", "P10", "ääni", "åker", "zorro", "P9", "Aamu"]) == [
        "Aamu", "P9", "P10", "zorro", "åker", "ääni", "öljy",
    ]  # fmt: skip
