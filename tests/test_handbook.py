"""The handbook: every chapter of Part II in the thesis's order, from the files alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_trails import RULE, RULES
from workbench import load
from workbench.base.languages import words
from workbench.reports.chapters.reader import mark
from workbench.reports.handbook import APPENDICES, CHAPTERS, handbook
from workbench.reports.pages import NotInLanguage

Write = Callable[..., Path]


def test_the_chapters_stand_in_the_order_of_the_thesis_in_each_language(study_with: Write) -> None:
    for language in ("fi", "en"):
        body = handbook(load(study_with()), language).body
        heads = re.findall(r'<h2 id="(\w+)">', body.split("</nav>")[1])
        assert heads == [c.key for c in (*CHAPTERS, *APPENDICES)]
        say = words(language)
        assert all(say(f"chapter_{c.key}") in body for c in (*CHAPTERS, *APPENDICES))


def test_what_nobody_has_written_is_said_and_not_left_out(study_with: Write) -> None:
    body = handbook(load(study_with()), "en").body
    assert "Nothing is written of this yet." in body.split('id="records"')[0]


def test_a_language_the_study_does_not_have_is_refused(study_with: Write) -> None:
    with pytest.raises(NotInLanguage):
        handbook(load(study_with()), "sv")


def test_the_mark_changes_with_the_study_and_not_with_the_place(study_with: Write) -> None:
    folder = study_with()
    before = mark(load(folder))
    assert mark(load(folder.rename(folder.with_name("elsewhere")))) == before
    elsewhere = folder.with_name("elsewhere")
    (elsewhere / RULES).write_text(RULE, encoding="utf-8")
    assert mark(load(elsewhere)) != before
