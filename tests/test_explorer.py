"""The explorer: what is asked and answered, and in real Jupyter with mouse and keyboard."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import workbench as wb
from tests.conftest import STUDY, write_study
from tests.lab import Lab, asked, cells
from workbench.base.languages import UnknownLanguage
from workbench.lab.explorer import PAGE, SHORT, Explorer, around, explore

Write = Callable[..., Path]
SAID = "Linja oli taas varattu."


def act(explorer: Explorer, name: str, *given: object) -> dict[str, Any]:
    return asked(explorer, act=name, **{"with": list(given)})


def ask(explorer: Explorer, **changes: object) -> dict[str, Any]:
    return act(explorer, "ask", changes)


def numbers(told: dict[str, Any], code: str) -> tuple[list[str], dict[str, str]]:
    """Return the three numbers of a row, and its cells by the names of their groups."""
    (row,) = [row for row in told["rows"] if row[0] == code]
    return row[3], dict(zip([name for name, _ in told["groups"]], row[4], strict=True))


def quoted(told: dict[str, Any]) -> list[str]:
    return [quote["words"][1] for quote in told["quotes"]]


@pytest.fixture
def explorer(study_with: Write) -> Explorer:
    return explore(wb.load(study_with()))


def test_a_view_is_told_the_table_and_the_words_by_message_only(explorer: Explorer) -> None:
    told = act(explorer, "hello")
    assert numbers(told, "saavutettavuus") == (
        ["3/3", "4", "6"],
        {"esimiehet": "3/3", "esimiehet-koulu": "2/2", "esimiehet-tori": "1/1"},
    )
    assert told["told"] == "Haastateltavia 3/3 · Dokumentteja 4 · Katkelmia 8"
    assert SAID in quoted(told)
    state = {k: v for k, v in explorer.get_state().items() if k not in ("_esm", "_css")}
    assert "Linja" not in repr(state)
    assert "E03" not in repr(state)
    assert repr(explorer) == "<Explorer of 4 documents, 9 codings>"


def test_the_figure_is_drawn_when_asked_for_and_holds_no_words_and_no_pseudonyms(
    explorer: Explorer,
) -> None:
    assert explorer.figure.outputs == ()
    explorer._hear(explorer, {"act": "draw", "with": []}, [])
    ((shown),) = explorer.figure.outputs
    drawn = json.dumps(shown, ensure_ascii=False)
    assert "Saavutettavuus" in drawn
    assert "3/3" in drawn
    for private in ("E01", "E02", "E03", "h01", SAID):
        assert private not in drawn
    assert act(explorer, "figure", False)["figure"] is False
    assert (explorer.figure.outputs, explorer.figure.layout.display) == ((), "none")
    assert act(explorer, "hello")["figure"] is False


def test_a_number_narrows_to_its_words_and_the_table_stays(explorer: Explorer) -> None:
    before = act(explorer, "hello")["rows"]
    told = ask(explorer, row="saavutettavuus", group="esimiehet-tori")
    assert told["rows"] == before
    assert quoted(told) == [SAID]
    assert told["told"] == "Haastateltavia 1/1 · Dokumentteja 1 · Katkelmia 1"
    kind, label, away = told["crumbs"][-1]
    assert (kind, label) == ("Luku", "Saavutettavuus · Torin esimiehet")
    assert act(explorer, "ask", away)["crumbs"] == []


@pytest.mark.parametrize("change", [{"by": "kind"}, {"code": "odotusaika"}, {"side": "customer"}])
def test_another_table_lets_go_of_the_cell(explorer: Explorer, change: dict[str, str]) -> None:
    ask(explorer, row="saavutettavuus", group="esimiehet-tori")
    told = ask(explorer, **change)
    assert (told["kind"], told["question"]["row"]) == ("found", "")
    assert "Luku" not in [crumb[0] for crumb in told["crumbs"]]


def test_every_filter_narrows_and_can_be_taken_away(explorer: Explorer) -> None:
    told = ask(explorer, segment="esimiehet-koulu")
    assert told["told"] == "Haastateltavia 2/2 · Dokumentteja 2 · Katkelmia 5"
    told = ask(explorer, code="saavutettavuus")
    assert [row[0] for row in told["rows"]] == ["saavutettavuus", "odotusaika"]
    told = ask(explorer, facets=["-", "koettu"])
    assert quoted(told) == ["Mä jonotin puoli tuntia,"]
    assert [crumb[0] for crumb in told["crumbs"]] == [
        "Asiakasryhmä",
        "Koodi",
        "Näkökulma",
        "Näkökulma",
    ]
    for _ in range(4):
        told = act(explorer, "ask", told["crumbs"][-1][2])
    assert told["told"] == "Haastateltavia 3/3 · Dokumentteja 4 · Katkelmia 8"


def test_documents_and_passages_can_be_counted_instead_of_people(explorer: Explorer) -> None:
    ask(explorer, by="kind", count="documents")
    _, cells = numbers(ask(explorer), "saavutettavuus")
    assert cells == {"interview": "3", "observation": "1"}
    _, cells = numbers(ask(explorer, count="passages"), "saavutettavuus")
    assert cells == {"interview": "4", "observation": "2"}


def test_a_coder_s_own_view_counts_what_that_coder_coded(explorer: Explorer) -> None:
    assert quoted(ask(explorer, coder="eero")) == ["Mä jonotin puoli tuntia,"]
    assert numbers(ask(explorer, coder="", by="coder"), "saavutettavuus")[1] == {
        "aino": "3/3",
        "eero": "1/1",
    }


def test_groups_in_which_nobody_could_have_said_it_are_left_out(explorer: Explorer) -> None:
    told = ask(explorer, segment="esimiehet-tori")
    assert [name for name, _ in told["groups"]] == ["esimiehet", "esimiehet-tori"]


def test_what_was_asked_is_gone_back_to_and_forward(explorer: Explorer) -> None:
    first = act(explorer, "hello")
    assert first["steps"] == [False, False]
    ask(explorer, segment="esimiehet-tori")
    second = ask(explorer, code="odotusaika")
    assert act(explorer, "back")["question"]["segment"] == "esimiehet-tori"
    assert act(explorer, "back")["rows"] == first["rows"]
    assert act(explorer, "back")["steps"] == [False, True]
    act(explorer, "forward")
    assert act(explorer, "forward")["question"] == second["question"]
    act(explorer, "back")
    assert ask(explorer, kind="interview")["steps"] == [True, False]
    assert act(explorer, "back")["question"]["kind"] == ""
    assert act(explorer, "back")["question"] == first["question"]


def test_a_new_view_is_told_what_was_asked_last(explorer: Explorer) -> None:
    ask(explorer, segment="esimiehet-tori", facets=["koettu"])
    told = act(explorer, "hello")
    assert (told["question"]["segment"], told["question"]["facets"]) == (
        "esimiehet-tori",
        ("koettu",),
    )


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"segment": "esimiehet-tori"},
        {"segment": "esimiehet", "side": "customer", "kind": "interview", "coder": "aino"},
        {"tree": "laatutekijat", "by": "sector", "facets": ["koettu", "-"]},
        {"code": "saavutettavuus", "by": "nakokulma", "segment": "esimiehet-koulu"},
        {"code": "saavutettavuus", "row": "odotusaika", "group": "esimiehet-koulu"},
        {"row": "saavutettavuus", "group": ""},
    ],
)
def test_the_call_gives_the_same_table_or_the_same_words(
    study_with: Write, language: str, changes: dict[str, object]
) -> None:
    study = wb.load(study_with())
    explorer = explore(study, language)
    told = ask(explorer, **changes)
    again = eval(told["call"], {"wb": wb, "study": study})
    if "row" in changes:
        assert sorted(c.passage.quote for c in again.codings) == sorted(quoted(told))
    else:
        assert again.table.equals(explorer.result.table)


@pytest.mark.parametrize(
    ("act_", "given"),
    [
        ("ask", [{"segment": "esimiehe"}]),
        ("ask", [{"coder": "ainu"}]),
        ("ask", [{"by": "document"}]),
        ("ask", [{"by": ""}]),
        ("ask", [{"count": 5}]),
        ("ask", [{"facets": ["odotusaika"]}]),
        ("ask", [{"facets": None}]),
        ("ask", [{"facets": [[]]}]),
        ("ask", [{"row": "koettu"}]),
        ("ask", [{"row": "saavutettavuus", "group": "tori"}]),
        ("ask", [{"row": {}}]),
        ("ask", [{"study": "x"}]),
        ("ask", [[1, 2, 3, 4]]),
        ("ask", []),
        ("more", ["x"]),
        ("turn", ["h99", 1, 0, 3]),
        ("turn", ["h01", 99, 0, 3]),
        ("turn", ["h01", 2, "x", 3]),
        ("turn", [["h01"], 2, 0, 3]),
        ("send", []),
    ],
)
def test_what_a_view_may_not_ask_is_refused_and_changes_nothing(
    explorer: Explorer, act_: str, given: list[object]
) -> None:
    before = ask(explorer, segment="esimiehet-tori")
    answer = act(explorer, act_, *given)
    assert answer["kind"] == "refused"
    assert str(answer["why"]).rstrip().endswith((".", "?"))
    kept = act(explorer, "hello")
    for name in ("question", "rows", "told", "steps"):
        assert kept[name] == answer[name] == before[name]


def test_a_press_opens_the_whole_turn_and_its_neighbours(explorer: Explorer) -> None:
    told = ask(explorer, row="kohteliaisuus", group="")
    (quote,) = told["quotes"]
    assert (quote["who"], quote["group"]) == ("E01", "Koulun esimiehet")
    opened = act(explorer, "turn", *quote["place"])
    said = "Pitäis päästä heti läpi. Mä jonotin puoli tuntia, ihan turhaan."
    assert [turn[:2] for turn in opened["turns"]] == [[2, "E01"], [3, "E01"]]
    assert opened["turns"][0][4] == (said,)
    assert opened["turns"][1][4] == ("", "Ystävällisiä ne kyllä on aina.", "")
    assert act(explorer, "turn", "h01", 2, 0, 5)["turns"][0][:2] == [1, "haastattelija"]


def test_an_observer_s_note_is_no_person_s_words(explorer: Explorer) -> None:
    note = ask(explorer, kind="observation", code="odotusaika")["quotes"][0]
    assert (note["note"], note["who"], note["group"]) == (True, "havainnoijan muistiinpano", "")
    told = ask(explorer)
    assert told["told"].startswith("Haastateltavia 0/0 · Dokumentteja 1")


def test_the_same_words_are_shown_once_with_all_their_codes(study_with: Write) -> None:
    more = (
        STUDY["interviews/h03.aino.tsv"] + "1\t0\t23\tkohteliaisuus\t\tLinja oli taas varattu.\t\n"
    )
    explorer = explore(wb.load(study_with({"interviews/h03.aino.tsv": more})))
    told = ask(explorer, segment="esimiehet-tori")
    (quote,) = told["quotes"]
    assert [label for label, _, _ in quote["codes"]] == ["Saavutettavuus", "Kohteliaisuus"]
    assert told["told"].endswith("Katkelmia 2")


def test_of_a_long_turn_the_sentences_around_the_words_are_shown() -> None:
    text = f"Alku tässä. {'Välissä on paljon. ' * 20}Sitten tuli se sana. Loppu."
    at = text.index("se sana")
    begin, end = around(text, at, at + 7)
    assert text[begin:end] == "Sitten tuli se sana."
    assert around("Lyhyt. Toinen.", 0, 5) == (0, 14)
    assert around("x" * (SHORT + 1), 5, 7) == (0, SHORT + 1)


def long(said: int) -> dict[str, str | None]:
    """Return changes that give h03 one turn of `said` sentences, each coded."""
    text = "Jono oli pitkä. " * said
    rows = [
        f"1\t{n * 16}\t{n * 16 + 15}\todotusaika\tkoettu -\tJono oli pitkä.\t" for n in range(said)
    ]
    head = STUDY["interviews/h03.aino.tsv"].split("\n")[0]
    return {
        "interviews/h03.md": STUDY["interviews/h03.md"].replace(SAID, text.strip()),
        "interviews/h03.aino.tsv": "\n".join([head, *rows]) + "\n",
    }


def test_words_come_by_the_page(study_with: Write) -> None:
    explorer = explore(wb.load(study_with(long(130))))
    told = ask(explorer, segment="esimiehet-tori")
    assert (told["total"], told["from"], len(told["quotes"])) == (130, 0, PAGE)
    last = act(explorer, "more", 2 * PAGE)
    assert (last["from"], len(last["quotes"])) == (100, 30)
    assert last["quotes"][-1]["place"] == ["h03", 1, 129 * 16, 129 * 16 + 15]


FEEDBACK = {
    "observations/feedback.yml": """\
kind: feedback
title: {fi: Palaute, en: Feedback}
date: 2010-05
origin: {fi: keksitty, en: invented}
person: kuka
attributes: {role: rooli, sector: ala}
text: palaute
codes: koodit
""",
    "observations/feedback.csv": """\
kuka,rooli,ala,palaute,koodit
P1,esimies,koulu,Jonotin.,odotusaika koettu -
P1,esimies,koulu,Kiitos.,kohteliaisuus koettu +; saavutettavuus odotettu
P2,esimies,tori,Jonotin taas.,odotusaika koettu -
""",
}


def test_direct_feedback_is_told_beside_and_never_added(study_with: Write) -> None:
    explorer = explore(wb.load(study_with(FEEDBACK)))
    assert explorer.study.problems == ()
    told = act(explorer, "hello")
    apart = "Suora palaute, laskettu erikseen: Palautteita 3 · Tunnettuja antajia 2"
    assert (told["told"], told["apart"]) == (
        "Haastateltavia 3/3 · Dokumentteja 4 · Katkelmia 8",
        apart,
    )
    assert ask(explorer, code="saavutettavuus")["apart"] == apart
    assert ask(explorer, facets=["koettu"])["apart"].endswith(
        "Palautteita 2 · Tunnettuja antajia 2"
    )
    told = ask(explorer, segment="esimiehet-koulu")
    assert told["apart"].endswith("Palautteita 1 · Tunnettuja antajia 1")
    assert ask(explorer, kind="interview")["apart"] == ""


def test_a_language_without_words_is_told(study_with: Write) -> None:
    with pytest.raises(UnknownLanguage):
        explore(wb.load(study_with()), "de")
    assert ask(explore(wb.load(study_with()), "sv"))["told"].startswith("Personer 3/3")


def test_a_view_of_a_study_is_explored_like_the_whole(study_with: Write) -> None:
    explorer = explore(wb.load(study_with()).where(segment="esimiehet-koulu"))
    assert ask(explorer)["told"] == "Haastateltavia 2/2 · Dokumentteja 2 · Katkelmia 5"


def test_a_study_without_codes_and_codings_is_said_to_have_no_words(study_with: Write) -> None:
    nothing: dict[str, str | None] = {n: None for n in STUDY if n.endswith(".tsv")}
    nothing |= {n: None for n in STUDY if n.startswith("parameters/c")}
    explorer = explore(wb.load(study_with(nothing)))
    told = act(explorer, "hello")
    assert (told["rows"], told["quotes"], told["total"]) == ([], [], 0)
    explorer._hear(explorer, {"act": "draw", "with": []}, [])
    assert explorer.figure.outputs == ()


# ---- in a browser --------------------------------------------------------------------------------

SOURCE = "import workbench as wb\nwb.explore(wb.load('..'))"
SHOWS = ".wb-explore .quotes > li"


def started(folder: Path, browser: Browser, app: str) -> Lab:
    lab = Lab(write_study(folder, long(130)), browser, SOURCE, SHOWS, app)
    lab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lab


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = started(tmp_path_factory.mktemp("lab") / "study", browser, "lab")
    yield lab
    lab.close()


@pytest.fixture
def page(lab: Lab) -> Page:
    lab.run(lab.page)
    lab.page.locator(".wb-explore tbody button").first.focus()
    return lab.page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def answered(page: Page, told: str) -> None:
    expect(page.locator(".wb-explore .status")).to_contain_text(told)
    page.wait_for_function("!document.querySelector('.wb-explore').dataset.waits")


def crumbs(page: Page) -> list[str]:
    return page.locator(".wb-explore .crumbs small").all_inner_texts()


CHOSEN = ".wb-explore td [aria-pressed=true]"


@pytest.mark.browser
def test_a_number_is_pressed_and_its_words_are_read_in_their_turn(page: Page) -> None:
    page.locator(".wb-explore td button[data-code='kohteliaisuus']").first.click()
    answered(page, "Haastateltavia 1/3 · Dokumentteja 1 · Katkelmia 1")
    expect(page.locator(".wb-explore mark")).to_have_text(["Ystävällisiä ne kyllä on aina."])
    page.locator(".wb-explore .head").click()
    expect(page.locator(".wb-explore div.whole p")).to_have_count(2)
    expect(page.locator(".wb-explore div.whole p").first).to_contain_text("[2] E01 Pitäis")
    page.locator(".wb-explore .head").click()
    expect(page.locator(".wb-explore div.whole")).to_be_hidden()
    page.locator(CHOSEN).first.click()
    answered(page, "Haastateltavia 3/3")
    assert crumbs(page) == []


@pytest.mark.browser
def test_all_is_done_by_key_and_the_notebook_hears_none_of_it(page: Page) -> None:
    press(page, "ArrowDown", "ArrowRight", "ArrowRight", "Enter")
    answered(page, "Dokumentteja 1 · Katkelmia 1")
    assert page.locator(CHOSEN).first.get_attribute("data-code") == "kohteliaisuus"
    press(page, "l", "Enter")
    expect(page.locator(".wb-explore .head")).to_have_attribute("aria-expanded", "true")
    press(page, "Backspace")
    answered(page, "Haastateltavia 3/3")
    press(page, "-", "/")
    answered(page, "Katkelmia 133")
    page.keyboard.type("odotus")
    press(page, "Enter")
    answered(page, "Katkelmia 132")
    assert crumbs(page) == ["Koodi", "Näkökulma"]
    press(page, "z", "z")
    answered(page, "Haastateltavia 3/3")
    press(page, "Z", "Z")
    answered(page, "Katkelmia 132")
    press(page, "x", "d", "d", "a", "b", "y", "m", "v")
    answered(page, "Haastateltavia 3/3")
    press(page, "r", "ArrowDown")
    answered(page, "Haastateltavia 3/3")
    assert crumbs(page) == ["Asiakasryhmä"]
    assert page.evaluate("document.activeElement.closest('.wb-explore') !== null")
    assert cells(page) == 1


@pytest.mark.browser
def test_more_words_come_as_the_list_is_scrolled_and_walked(page: Page) -> None:
    rows = page.locator(".wb-explore .quotes > li")
    expect(rows).to_have_count(PAGE)
    page.locator(".wb-explore .quotes").evaluate("e => e.scrollTo(0, e.scrollHeight)")
    expect(rows).to_have_count(2 * PAGE)
    press(page, "l", "End", "ArrowDown")
    expect(rows).to_have_count(137)
    expect(page.locator(".wb-explore .rest")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.n") == str(2 * PAGE)


@pytest.mark.browser
def test_the_figure_is_drawn_and_offers_no_upload(page: Page) -> None:
    plot = page.locator(".js-plotly-plot")
    expect(plot).to_have_count(1, timeout=30000)
    titles = page.locator(".modebar-btn").evaluate_all("e => e.map((b) => b.dataset.title)")
    assert titles
    assert [t for t in titles if "share" in t.lower() or "cloud" in t.lower()] == []
    assert plot.evaluate("e => e._context.plotlyServerURL") == ""
    press(page, "p")
    expect(plot).to_have_count(0)
    page.locator(".wb-explore td button").first.click()
    answered(page, "Dokumentteja")
    press(page, "p")
    expect(plot).to_have_count(1)


@pytest.mark.browser
def test_the_choice_survives_a_reload_and_a_dead_kernel_is_told(page: Page, lab: Lab) -> None:
    page.locator(".wb-explore select").first.select_option("esimiehet-tori")
    answered(page, "Haastateltavia 1/1")
    page.locator(".wb-explore td button").first.click()
    answered(page, "Haastateltavia 1/1 · Dokumentteja 1 · Katkelmia 130")
    lab.save(page)
    page.reload()
    page.wait_for_selector(SHOWS, timeout=60000)
    assert crumbs(page) == ["Asiakasryhmä", "Luku"]
    expect(page.locator(CHOSEN)).to_have_count(3)
    press(page, "t")
    lab.restart(page)
    page.locator(".wb-explore tbody button").first.focus()
    press(page, "x")
    expect(page.locator(".wb-explore .status.wrong")).to_contain_text("Ydin ei vastaa")


@pytest.mark.browser
def test_the_saved_notebook_holds_neither_words_nor_pseudonyms(page: Page, lab: Lab) -> None:
    page.locator(".wb-explore td button").first.click()
    answered(page, "Dokumentteja")
    expect(page.locator(".js-plotly-plot")).to_have_count(1, timeout=30000)
    page.evaluate(
        "window.jupyterapp.commands.execute('@jupyter-widgets/jupyterlab-manager:saveWidgetState')"
    )
    lab.save(page)
    text = (lab.folder / "notebooks/02.ipynb").read_text("utf-8")
    assert "Explorer of 4 documents" in text
    assert "application/vnd.jupyter.widget-state+json" in text
    for private in ("Jono oli", "jonotin", "varattu", "E01", "E02", "E03"):
        assert private not in text


@pytest.mark.browser
def test_the_python_call_is_copied(page: Page) -> None:
    page.locator(".wb-explore select").first.select_option("esimiehet-tori")
    answered(page, "Haastateltavia 1/1")
    press(page, "t", "c")
    answered(page, "Kopioitu")
    told = page.evaluate("navigator.clipboard.readText()")
    assert told.startswith('wb.crosstab(study.where(segment="esimiehet-tori"), top=True')


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_the_explorer_is_accessible_and_fits_a_telephone(page: Page, theme: str) -> None:
    page.evaluate(
        "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached")
    page.wait_for_timeout(500)
    page.locator(".wb-explore td button").first.click()
    answered(page, "Dokumentteja")
    press(page, "l", "Enter")
    expect(page.locator(".wb-explore div.whole").first).to_be_visible()
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    for width in (1400, 700, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, context=".wb-explore").response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
        wide = page.locator(".wb-explore").evaluate("e => e.scrollWidth - e.clientWidth")
        assert wide <= 0
        small = page.locator(".wb-explore :is(button, select, summary)").evaluate_all(
            "e => e.filter((b) => b.checkVisibility() && b.getBoundingClientRect().height < 24)"
            ".map((b) => b.outerHTML)"
        )
        assert small == []
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
def test_a_pressed_number_stays_readable_under_the_mouse(page: Page) -> None:
    number = page.locator(".wb-explore td button").first
    number.click()
    expect(number).to_have_attribute("aria-pressed", "true")
    number.hover()
    ink, paper = number.evaluate(
        "b => [getComputedStyle(b).backgroundColor, getComputedStyle(b).color]"
    )
    plain = page.locator(".wb-explore .frame, .wb-explore").first
    assert [paper, ink] == plain.evaluate(
        "f => ['--paper', '--ink'].map((name) => { const i = document.createElement('i');"
        "i.style.color = `var(${name})`; f.append(i);"
        "const c = getComputedStyle(i).color; i.remove(); return c; })"
    )


@pytest.mark.browser
def test_the_same_explorer_works_in_notebook_7(browser: Browser, tmp_path: Path) -> None:
    lab = started(tmp_path / "study", browser, "notebook")
    try:
        expect(lab.page.locator(".js-plotly-plot")).to_have_count(1, timeout=30000)
        lab.page.locator(".wb-explore td button").first.click()
        answered(lab.page, "Dokumentteja 4")
        press(lab.page, "x", "d", "d", "a", "-")
        answered(lab.page, "Katkelmia 133")
        assert crumbs(lab.page) == ["Näkökulma"]
        assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 1
    finally:
        lab.close()
