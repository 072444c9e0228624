"""The page on handlers stands alone, says so, and no other page tells anything of a handler."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

import workbench as wb
from tests.environment import ROOT
from tests.staff import SERVED, encounter, handler, relationship, staffed
from workbench.cli import main
from workbench.reports.handbook import APPENDICES, CHAPTERS, handbook
from workbench.reports.management import leaves_picture, load_picture, management
from workbench.reports.pages import NotInLanguage, Page, account_plan, index, profile
from workbench.study import Study

LANGUAGES = ("fi", "en", "sv")
ONLY = {"fi": "Vain johdolle", "en": "For management", "sv": "Endast för ledningen"}


@pytest.fixture(scope="module")
def study() -> Study:
    return wb.load(ROOT)


@pytest.fixture(scope="module")
def book(study: Study) -> Page:
    return handbook(study, "fi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_on_top_for_whom_it_is_and_links_to_no_other_page(
    study: Study, language: str
) -> None:
    page = management(study, language)
    assert ONLY[language] in page.body[: page.body.index("<h2")]
    links = set(re.findall(r'href="([^"#]+)', page.frame))
    assert links <= {f"management-{code}.html" for code in LANGUAGES}


def test_it_tells_of_every_handler_and_every_month_with_absences(study: Study) -> None:
    body = management(study, "fi").body
    test = body[body.index('id="absence"') : body.index('id="leaves"')]
    for name in study.care.handlers:
        assert f'<th scope="row">{name}</th>' in test
    assert all(month in test for month in ("kesäkuu 2010", "heinäkuu 2010", "elokuu 2010"))


def test_every_part_of_the_single_handler_model_is_there(study: Study) -> None:
    heads = re.findall(r'<h[23] id="(\w+)"', management(study, "en").body)
    assert heads == [
        "first", "load", "missing", "continuity", "scale", "absence", "leaves", "moves", "prices",
        "competence", "models", "asked",
    ]  # fmt: skip


def handled(study: Study) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(study.care.handlers)})\b|management-")


def test_neither_front_page_nor_handbook_names_a_handler(study: Study, book: Page) -> None:
    for page in (index(study, "fi"), book):
        assert not handled(study).search(page.frame), page.file


@pytest.mark.campaign
@pytest.mark.parametrize("language", ["en", "sv"])
def test_nor_does_the_handbook_in_another_language(study: Study, language: str) -> None:
    assert not handled(study).search(handbook(study, language).frame)


def test_no_page_of_a_segment_names_a_handler(study: Study) -> None:
    for view in (study.where(segment=s.id) for s in study.segments):
        for page in (profile(view), account_plan(view)):
            assert not handled(study).search(page.frame), page.file


def test_no_chapter_shows_the_register_of_handlers() -> None:
    assert all("handlers" not in c.registers for c in (*CHAPTERS, *APPENDICES))


def test_the_chapters_tell_the_organisations_figures_and_no_handlers(
    study: Study, book: Page
) -> None:
    start, end = (book.body.index(f'<h2 id="{key}"') for key in ("organising", "cooperation"))
    chapters = book.body[start:end]
    rows = wb.workload(study).rows
    hours = {f"{h:.0f}" for r in rows for h in (r.work.known, r.handler.hours) if h}
    plain = re.sub(r"(?<=\d)[\s\xa0](?=\d)", "", re.sub("<[^>]+>", " ", chapters))
    assert hours.isdisjoint(re.findall(r"\d{3,}", plain))


def test_bars_are_as_long_as_the_hours_and_the_days() -> None:
    call = encounter("soitto", SERVED)
    a = relationship("a", volumes={"soitto": 1000})
    own = handler("K1", "a", hours=1000, fixed=250, away=[("2010-07-05", "2010-07-11")])
    other = handler("K2", "b", hours=500, away=[("2010-07-12", "2010-07-18")])
    study = staffed(call, a, relationship("b"), own, other)
    picture = load_picture(wb.workload(study))
    assert [(x.row, x.width / picture.width, x.look) for x in picture.boxes[:2]] == [
        (0, 0.25, "fixed"), (0, 0.5, "own"),
    ]  # fmt: skip
    assert picture.marks == ((0, picture.width), (1, picture.width / 2))
    days = leaves_picture(wb.leaves(study))
    assert [(x.row, x.x / days.width, x.width / days.width) for x in days.boxes] == [
        (0, 0.0, 0.5), (1, 0.5, 0.5),
    ]  # fmt: skip


def test_a_study_without_handlers_still_has_the_page(study: Study) -> None:
    page = management(Study(Path(), settings=study.settings))
    assert "<h1>Käsittelijät" in page.body


def test_a_language_the_study_does_not_have_is_refused(study: Study) -> None:
    with pytest.raises(NotInLanguage):
        management(study, "de")


def test_a_telephone_shows_it_without_scrolling_sideways(
    study: Study, browser: Browser, tmp_path: Path
) -> None:
    management(study, "fi").save(tmp_path)
    view = browser.new_page(viewport={"width": 390, "height": 800})
    view.goto((tmp_path / "management-fi.html").as_uri())
    assert view.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_verb_writes_it_into_a_folder_of_its_own(study_with: Callable[..., Path]) -> None:
    folder = study_with()
    said = CliRunner().invoke(main, ["management", str(folder)])
    assert said.exit_code == 0 and "for management only" in said.output
    written = sorted(p.relative_to(folder).as_posix() for p in (folder / "build").rglob("*.html"))
    assert written == ["build/management/management-en.html", "build/management/management-fi.html"]
