"""Pages opened from disk in a real browser with the network blocked: reachable, named, narrow."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from workbench.loading import load
from workbench.reports.pages import account_plan, index, profile

pytestmark = pytest.mark.browser
Write = Callable[..., Path]


@pytest.fixture
def report(study_with: Write, tmp_path: Path) -> Path:
    study = load(study_with())
    for language in study.settings.languages:
        index(study, language).save(tmp_path / "report")
        for segment in study.segments:
            view = study.where(segment=segment.id)
            profile(view, language).save(tmp_path / "report")
            account_plan(view, language).save(tmp_path / "report")
    return tmp_path / "report"


def opened(browser: Browser, path: Path, width: int = 1200, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script, offline=True
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def test_every_page_is_free_of_accessibility_faults(browser: Browser, report: Path) -> None:
    for path in (*report.glob("*-fi.html"), report / "index.html"):
        page = opened(browser, path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path.name}: {found.generate_report()}"


def test_no_page_asks_for_anything_from_outside(browser: Browser, report: Path) -> None:
    for path in sorted(report.glob("*.html")):
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]


def test_no_page_scrolls_sideways_on_a_narrow_phone(browser: Browser, report: Path) -> None:
    for path in sorted(report.glob("*.html")):
        page = opened(browser, path, width=320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name


def test_every_number_of_a_profile_is_in_sight_on_a_narrow_phone(
    browser: Browser, report: Path
) -> None:
    page = opened(browser, report / "profile-esimiehet-fi.html", width=320)
    hidden = page.locator(".wide:has(.line), .wide:has(.stack)").evaluate_all(
        "boxes => boxes.map(box => box.scrollWidth - box.clientWidth)"
    )
    assert len(hidden) >= 3
    assert max(hidden) == 0


def test_from_the_front_page_the_words_behind_an_action_are_two_clicks_away(
    browser: Browser, report: Path
) -> None:
    page = opened(browser, report / "index.html")
    page.get_by_role("link", name="Asiakkuussuunnitelma Esimiehet", exact=True).click()
    words = page.locator("#T01").get_by_text("Mä jonotin puoli tuntia,")
    assert not words.is_visible()
    page.locator("#T01 summary").click()
    assert words.is_visible()


def test_the_language_can_be_changed_on_every_page(browser: Browser, report: Path) -> None:
    page = opened(browser, report / "profile-esimiehet-fi.html")
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Supervisors"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_first_stop_of_the_keyboard_leads_to_the_content(
    browser: Browser, report: Path
) -> None:
    page = opened(browser, report / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_everything_is_there_without_scripts(browser: Browser, report: Path) -> None:
    page = opened(browser, report / "profile-esimiehet-fi.html", script=False)
    assert page.get_by_role("heading", name="Odotettu ja koettu laatu").is_visible()
    assert page.get_by_role("img").first.is_visible()
