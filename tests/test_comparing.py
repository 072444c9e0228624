"""Coders side by side: told by message, and in real JupyterLab with the files compared."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import STUDY, write_study
from tests.lab import Lab, asked, drag
from workbench.lab.comparing import Comparing
from workbench.loading import load

Write = Callable[..., Path]
FAMILY = "👩‍👩‍👧‍👦"
EERO = "interviews/h01.eero.tsv"
DECISIONS = "interviews/h01.decisions.yml"
AGREED = "interviews/h01.sovittu.tsv"


@pytest.fixture
def comparing(study_with: Write) -> Comparing:
    return Comparing(load(study_with()), "h01", "TK")


def name(comparing: Comparing, how: str = "code") -> str:
    points = asked(comparing, act="hello")["points"]
    assert isinstance(points, list)
    return next(p["id"] for p in points if p["how"] == how)


def folder_of(comparing: Comparing) -> Path:
    return comparing.adjudication.path.parent.parent


def test_a_view_is_told_everything_by_message_and_nothing_is_kept_in_the_state(
    comparing: Comparing,
) -> None:
    told = asked(comparing, act="hello")
    assert told["coders"] == ["aino", "eero"]
    assert "jonotin" in json.dumps(told, ensure_ascii=False)
    state = {k: v for k, v in comparing.get_state().items() if k not in ("_esm", "_css")}
    assert "jonotin" not in repr(state)


def test_a_decision_is_on_disk_when_it_is_answered(comparing: Comparing) -> None:
    answer = asked(
        comparing, act="decide", **{"with": [name(comparing), "eero", "Väljempi riittää."]}
    )
    assert (answer["kind"], answer["left"]) == ("acted", 2)
    (decided,) = (p for p in answer["points"] if p["decision"])  # type: ignore[union-attr]
    assert decided["decision"]["take"] == "eero"
    text = (folder_of(comparing) / DECISIONS).read_text("utf-8")
    assert "Väljempi riittää." in text


def other(**changed: object) -> dict[str, object]:
    return {"code": "kohteliaisuus", "facets": ["+"], "start": 28, "end": 35} | changed


def test_a_third_solution_names_code_facets_and_any_words(comparing: Comparing) -> None:
    answer = asked(comparing, act="decide", **{"with": [name(comparing), other(), "Kumpikaan ei."]})
    (decided,) = (p["decision"] for p in answer["points"] if p["decision"])  # type: ignore[union-attr]
    assert (decided["take"], decided["agreed"][0]["code"]) == ("other", "kohteliaisuus")
    (made,) = comparing.adjudication.decisions.made
    assert made.agreed[0].passage.quote == "jonotin"


@pytest.mark.parametrize(("language", "why"), [("fi", "ei ole sanoja"), ("sv", "inga ord"), ("en", "no words")])  # fmt: skip  # noqa: E501
def test_what_is_refused_is_said_in_the_widget_s_language(
    study_with: Write, language: str, why: str
) -> None:
    comparing = Comparing(load(study_with()), "h01", "TK", language)
    nowhere = other(start=900, end=10**30)
    answer = asked(comparing, act="decide", **{"with": [name(comparing), nowhere, "Koska."]})
    assert why in str(answer["why"])


def test_a_widget_speaks_the_study_s_first_language(study_with: Write) -> None:
    settings = STUDY["parameters/study.yml"].replace("[fi, en]", "[en, fi]")
    comparing = Comparing(load(study_with({"parameters/study.yml": settings})), "h01")
    assert asked(comparing, act="hello")["say"]["compare_undo"] == "Undo"  # type: ignore[index]


def test_an_undo_is_on_disk_when_it_is_answered(comparing: Comparing) -> None:
    asked(comparing, act="decide", **{"with": [name(comparing), "eero", "Koska."]})
    answer = asked(comparing, act="undo", **{"with": []})
    assert (answer["kind"], answer["left"], answer["steps"]) == ("acted", 3, [0, 1])
    assert "Koska." not in (folder_of(comparing) / DECISIONS).read_text("utf-8")
    assert asked(comparing, act="redo", **{"with": []})["steps"] == [1, 0]
    assert "Koska." in (folder_of(comparing) / DECISIONS).read_text("utf-8")


def test_offsets_are_told_in_utf_16(study_with: Write) -> None:
    said = f"Perhe {FAMILY} odotti."
    start = said.index("odotti")
    note = STUDY["interviews/h03.md"].replace("Linja oli taas varattu.", said)
    rows = STUDY["interviews/h03.aino.tsv"].split("\n")[0]
    rows += f"\n1\t{start}\t{start + 6}\todotusaika\t\todotti\t\n"
    theirs = rows.replace("odotusaika", "saavutettavuus")
    changes = {"md": note, "aino.tsv": rows, "eero.tsv": theirs}
    folder = study_with({f"interviews/h03.{ending}": t for ending, t in changes.items()})
    (point,) = asked(Comparing(load(folder), "h03"), act="hello")["points"]  # type: ignore[misc]
    units = said.encode("utf-16-le")
    c = point["codings"][0]
    assert units[2 * c["start"] : 2 * c["end"]].decode("utf-16-le") == "odotti"


@pytest.mark.parametrize(
    "content",
    [
        {"act": "decide", "with": ["jotain", "aino", "Koska."]},
        {"act": "decide", "with": [1, 2, 3]},
        {"act": "decide", "with": []},
        {"act": "__class__", "with": []},
        {"act": "reopen", "with": "jotain"},
        {"act": "undo", "with": [1]},
        {},
    ],
)
def test_what_a_view_may_not_ask_is_refused_in_words(
    comparing: Comparing, content: dict[str, object]
) -> None:
    answer = asked(comparing, **content)
    assert answer["kind"] == "refused"
    assert str(answer["why"]).endswith(".")
    assert not (folder_of(comparing) / DECISIONS).exists()


def test_a_decision_without_its_reason_is_refused(comparing: Comparing) -> None:
    answer = asked(comparing, act="decide", **{"with": [name(comparing), "aino", " "]})
    assert "perustelun" in str(answer["why"])


def test_codings_changed_underneath_are_refused_and_shown_as_they_are(comparing: Comparing) -> None:
    point = name(comparing)
    path = folder_of(comparing) / EERO
    path.write_text(STUDY[EERO].replace("saavutettavuus", "kohteliaisuus"), "utf-8")
    answer = asked(comparing, act="decide", **{"with": [point, "eero", "Koska."]})
    assert answer["kind"] == "refused"
    assert "kohteliaisuus" in {c["code"] for p in answer["points"] for c in p["codings"] if c["coder"] == "eero"}  # type: ignore[union-attr]  # fmt: skip  # noqa: E501


# ---- in a real browser -----------------------------------------------------------------------

MORE = f"\n[4] E01: Perhe {FAMILY} odotti kauan, ja sitten vielä toisen kerran.\n"


def rows(coder: str) -> str:
    text = MORE.split(": ", 1)[1].rstrip("\n")

    def row(words: str, code: str) -> str:
        at = text.index(words)
        return f"4\t{at}\t{at + len(words)}\t{code}\t\t{words}\t\n"

    own = {
        "aino": row("odotti kauan", "odotusaika")
        + row("odotti kauan, ja sitten", "saavutettavuus"),
        "eero": row("Perhe", "kohteliaisuus") + row("odotti kauan, ja", "odotusaika"),
    }
    return STUDY[f"interviews/h01.{coder}.tsv"] + own[coder]


def fresh(folder: Path) -> None:
    for left in (DECISIONS, AGREED):
        (folder / left).unlink(missing_ok=True)
    for coder in ("aino", "eero"):
        (folder / f"interviews/h01.{coder}.tsv").write_text(rows(coder), "utf-8")


def started(folder: Path, browser: Browser, app: str) -> Lab:
    write_study(folder, {"interviews/h01.md": STUDY["interviews/h01.md"] + MORE})
    fresh(folder)
    source = "import workbench as wb\nwb.Comparing(wb.load('..'), 'h01', 'TK')"
    return Lab(folder, browser, source, ".wb-compare .turn", app)


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = started(tmp_path_factory.mktemp("lab") / "study", browser, "lab")
    yield lab
    lab.close()


@pytest.fixture
def page(lab: Lab) -> Page:
    fresh(lab.folder)
    lab.run(lab.page)
    expect(widget(lab.page).locator(".count")).to_have_text("päätetty 0/6")
    widget(lab.page).locator(".list").focus()
    return lab.page


def widget(page: Page) -> Locator:
    return page.locator(".wb-compare").last


def decide(page: Page, key: str, reason: str) -> None:
    page.keyboard.press(key)
    expect(widget(page).locator("textarea")).to_be_focused()
    page.keyboard.type(reason)
    page.keyboard.press("Enter")
    expect(widget(page).locator(".status")).to_contain_text("Tallennettu.")
    expect(widget(page).locator(".list")).to_be_focused()


def current(page: Page) -> str:
    return widget(page).locator(".list [aria-selected=true]").inner_text()


@pytest.mark.browser
def test_all_differences_are_decided_by_keyboard_and_the_agreed_file_is_there(
    page: Page, lab: Lab
) -> None:
    for n, key in enumerate("1b1021"):
        reasons = (lab.folder / DECISIONS).read_text("utf-8").count("reason:") if n else 0
        assert reasons == n
        assert not (lab.folder / AGREED).exists()
        decide(page, key, f"Perustelu {n} näin.")
    expect(widget(page).locator(".status")).to_contain_text("Kaikki on päätetty")
    expect(widget(page).locator(".count")).to_have_text("päätetty 6/6")
    study = load(lab.folder)
    assert [str(p) for p in study.problems] == []
    agreed = {c.passage.quote for c in study.counting if c.document == "h01"}
    assert "Pitäis päästä heti läpi." in agreed
    assert (lab.folder / DECISIONS).read_text("utf-8").count("reason:") == 6


@pytest.mark.browser
def test_arrows_go_from_difference_to_difference_and_mark_the_words(page: Page) -> None:
    first = current(page)
    page.keyboard.press("ArrowDown")
    assert current(page) != first
    marked = widget(page).locator(".words .current")
    expect(marked).to_have_text("Mä jonotin puoli tuntia,")
    page.keyboard.press("ArrowUp")
    assert current(page) == first


@pytest.mark.browser
def test_words_after_an_emoji_are_marked_where_they_are(page: Page) -> None:
    widget(page).locator("[data-point*='odotusaika']", has_text="Odotusaika").last.click()
    assert "".join(widget(page).locator("[data-n='4'] .current").all_inner_texts()) == (
        "odotti kauan, ja"
    )


@pytest.mark.browser
def test_the_notebooks_own_shortcuts_do_not_hear_the_keys(page: Page) -> None:
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    for key in "dd", "a", "b", "m", "y", "0", "0", "x":
        page.keyboard.press("Escape")
        page.keyboard.type(key)
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    expect(widget(page)).to_be_visible()


@pytest.mark.browser
def test_what_was_typed_waits_for_one_who_looks_elsewhere_first(page: Page) -> None:
    page.keyboard.press("1")
    page.keyboard.type("Kesken")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(widget(page).locator("textarea")).to_have_value("")
    page.keyboard.press("ArrowUp")
    expect(widget(page).locator("textarea")).to_have_value("Kesken")
    expect(widget(page).locator("[data-take=aino]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.browser
def test_a_decision_without_reason_asks_for_it(page: Page, lab: Lab) -> None:
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    expect(widget(page).locator(".status")).to_have_text("Kirjoita perustelu ja paina Enter.")
    assert not (lab.folder / DECISIONS).exists()


@pytest.mark.browser
def test_another_solution_and_the_last_reason_again(page: Page, lab: Lab) -> None:
    decide(page, "2", "Sama linja.")
    page.keyboard.press("o")
    widget(page).locator("[data-own=code]").select_option("kohteliaisuus")
    widget(page).locator("[data-facet=odotettu]").click()
    widget(page).locator("textarea").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(widget(page).locator(".count")).to_have_text("päätetty 2/6")
    (made,) = (d for d in load(lab.folder).decisions["h01"].made if d.agreed)
    assert (made.agreed[0].code, made.reason) == ("kohteliaisuus", "Sama linja.")
    assert "odotettu" in made.agreed[0].facets


def chosen(page: Page) -> str:
    return "".join(widget(page).locator(".words .own").all_text_contents())


def agreed(lab: Lab) -> list[tuple[str, str]]:
    made = load(lab.folder).decisions["h01"].made
    return [(c.code, c.passage.quote) for d in made for c in d.agreed]


@pytest.mark.browser
def test_another_solution_takes_any_words_chosen_with_the_mouse(page: Page, lab: Lab) -> None:
    widget(page).locator("[data-point*='odotusaika']", has_text="Odotusaika").last.click()
    drag(page, widget(page).locator("[data-n='4'] .words"), f"{FAMILY} odotti kau")
    assert chosen(page) == f"{FAMILY} odotti kau"
    drag(page, widget(page).locator("[data-n='4'] .words"), "odotti kauan, ja sitten vielä")
    assert chosen(page) == "odotti kauan, ja sitten vielä"
    page.keyboard.press("Enter")
    page.keyboard.type("Kohtel")
    widget(page).locator("textarea").focus()
    page.keyboard.type("Kumpikaan ei.")
    page.keyboard.press("Enter")
    expect(widget(page).locator(".count")).to_have_text("päätetty 1/6")
    assert agreed(lab) == [("kohteliaisuus", "odotti kauan, ja sitten vielä")]


@pytest.mark.browser
def test_another_solution_takes_any_words_chosen_by_keyboard(page: Page, lab: Lab) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("w")
    assert chosen(page) == "Mä jonotin puoli tuntia,"
    for key, words in (
        ("ArrowUp", "Pitäis päästä heti läpi."),
        ("ArrowDown", "Mä jonotin puoli tuntia, ihan turhaan."),
        ("ArrowLeft", "Mä jonotin puoli tuntia, ihan"),
        ("Alt+ArrowRight", "jonotin puoli tuntia, ihan"),
        ("Alt+ArrowLeft", "Mä jonotin puoli tuntia, ihan"),
        ("ArrowUp", "Pitäis päästä heti läpi."),
        ("Shift+ArrowDown", "Pitäis päästä heti läpi. Mä jonotin puoli tuntia, ihan turhaan."),
        ("Shift+ArrowUp", "Pitäis päästä heti läpi."),
        ("ArrowRight", "Pitäis päästä heti läpi. Mä"),
    ):
        page.keyboard.press(key)
        assert chosen(page) == words
    page.keyboard.press("Escape")
    expect(widget(page).locator(".list")).to_be_focused()
    widget(page).locator("textarea").focus()
    page.keyboard.type("Koska.")
    page.keyboard.press("Enter")
    expect(widget(page).locator(".count")).to_have_text("päätetty 1/6")
    assert [words for _, words in agreed(lab)] == ["Pitäis päästä heti läpi. Mä"]


@pytest.mark.browser
def test_words_of_another_turn_are_refused_in_words(page: Page) -> None:
    drag(page, widget(page).locator("[data-n='3'] .words"), "aina")
    expect(widget(page).locator(".status.wrong")).to_contain_text("puheenvuorosta [2]")
    assert chosen(page) == ""


@pytest.mark.browser
def test_decisions_are_undone_and_redone_and_the_file_follows(page: Page, lab: Lab) -> None:
    first = current(page)
    decide(page, "1", "Yksi.")
    decide(page, "2", "Kaksi.")
    page.keyboard.press("z")
    expect(widget(page).locator(".count")).to_have_text("päätetty 1/6")
    page.keyboard.press("Control+z")
    expect(widget(page).locator(".count")).to_have_text("päätetty 0/6")
    assert current(page) == first
    assert "Yksi." not in (lab.folder / DECISIONS).read_text("utf-8")
    expect(widget(page).get_by_role("button", name="Kumoa")).to_be_disabled()
    page.keyboard.press("Z")
    expect(widget(page).locator(".count")).to_have_text("päätetty 1/6")
    assert "Yksi." in (lab.folder / DECISIONS).read_text("utf-8")


@pytest.mark.browser
def test_undo_of_what_somebody_changed_is_refused_and_told(page: Page, lab: Lab) -> None:
    decide(page, "1", "Yksi.")
    path = lab.folder / DECISIONS
    path.write_text(path.read_text("utf-8").replace("Yksi.", "Eeron sana."), "utf-8")
    page.keyboard.press("z")
    expect(widget(page).locator(".status.wrong")).to_contain_text("mitään ei kumottu")
    assert "Eeron sana." in path.read_text("utf-8")


@pytest.mark.browser
def test_a_decision_is_opened_again_and_survives_a_reload_before_that(page: Page, lab: Lab) -> None:
    decide(page, "1", "Koska.")
    other = lab.open()
    expect(widget(other).locator(".count")).to_have_text("päätetty 1/6")
    other.close()
    page.keyboard.press("ArrowUp")
    expect(widget(page).locator(".decided")).to_contain_text("Koska. — TK")
    page.keyboard.press("Delete")
    expect(widget(page).locator(".count")).to_have_text("päätetty 0/6")
    assert "Koska." not in (lab.folder / DECISIONS).read_text("utf-8")


@pytest.mark.browser
def test_a_coder_who_changes_a_coding_meanwhile_is_noticed(page: Page, lab: Lab) -> None:
    path = lab.folder / "interviews/h01.aino.tsv"
    path.write_text(
        rows("aino").replace("saavutettavuus\todotettu", "kohteliaisuus\todotettu"), "utf-8"
    )
    page.keyboard.press("1")
    page.keyboard.type("Koska.")
    page.keyboard.press("Enter")
    expect(widget(page).locator(".status.wrong")).to_contain_text("Joku on sillä välin")
    expect(widget(page).locator(".list [aria-selected=true]")).to_contain_text("Kohteliaisuus")


@pytest.mark.browser
def test_it_is_free_of_accessibility_faults_in_light_and_dark(page: Page) -> None:
    page.keyboard.press("o")
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
        )
        light = str(theme.endswith("Light")).lower()
        page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        page.wait_for_timeout(500)
        found = Axe().run(page, context=".wb-compare")
        assert found.violations_count == 0, f"{theme}: {found.generate_report()}"


@pytest.mark.browser
@pytest.mark.parametrize("width", [700, 420])
def test_nothing_scrolls_sideways_in_a_narrow_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    page.wait_for_timeout(300)
    for part in (widget(page), widget(page).locator(".paper"), widget(page).locator(".side")):
        assert part.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
def test_beside_the_file_list_on_a_telephone_a_press_makes_room(page: Page) -> None:
    page.set_viewport_size({"width": 430, "height": 900})
    page.evaluate("window.jupyterapp.shell.expandLeft()")
    only = widget(page).locator(".narrow")
    expect(only).to_contain_text("Sulje")
    expect(widget(page).locator(".paper")).to_be_hidden()
    assert only.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    only.focus()
    page.keyboard.press("Enter")
    expect(widget(page).locator(".paper")).to_be_visible()
    expect(only).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
def test_the_same_widget_works_in_notebook_7(browser: Browser, tmp_path: Path) -> None:
    lab = started(tmp_path / "study", browser, "notebook")
    try:
        page = lab.page
        widget(page).locator("[data-point*='odotusaika']", has_text="Odotusaika").last.click()
        drag(page, widget(page).locator("[data-n='4'] .words"), "odotti kauan, ja sitten vielä")
        assert chosen(page) == "odotti kauan, ja sitten vielä"
        widget(page).locator("textarea").focus()
        page.keyboard.type("Kumpikaan ei.")
        page.keyboard.press("Enter")
        expect(widget(page).locator(".count")).to_have_text("päätetty 1/6")
        assert agreed(lab) == [("odotusaika", "odotti kauan, ja sitten vielä")]
        page.keyboard.press("z")
        expect(widget(page).locator(".count")).to_have_text("päätetty 0/6")
        assert agreed(lab) == []
        for part in ".list", ".paper":
            widget(page).locator(part).focus()
            for key in "Z", "x", "d", "d", "a", "m", "1":
                page.keyboard.press("Escape")
                page.keyboard.press(key)
        assert page.locator(".jp-Notebook .jp-Cell").count() == 1
        expect(widget(page)).to_be_visible()
    finally:
        lab.close()
