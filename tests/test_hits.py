"""The widget of search hits: what it is told, and in real JupyterLab the TSV on disk each time."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import STUDY, write_study
from tests.lab import Lab, asked, cells
from workbench.coding.query import BadQuery
from workbench.lab.hits import PAGE, Hits
from workbench.loading import load
from workbench.study import Unknown

Write = Callable[..., Path]
FAMILY = "👩‍👩‍👧‍👦"
SENTENCE = "Mä jonotin puoli tuntia, ihan turhaan."


def ask(hits: Hits, act: str, *given: object) -> dict[str, object]:
    return asked(hits, act=act, **{"with": list(given)})


def places(told: dict[str, object]) -> list[object]:
    """Return the places of the hits a view was told of."""
    shown = told["hits"]
    assert isinstance(shown, list)
    return [hit["place"] for hit in shown]


def lines(folder: Path, document: str) -> list[str]:
    text = (folder / f"interviews/{document}.aino.tsv").read_text("utf-8")
    return [line.replace("\t", "|") for line in text.split("\n")[1:-1]]


@pytest.fixture
def hits(study_with: Write) -> Hits:
    return Hits(load(study_with()), "aino", "jonottaa")


def test_a_view_is_told_everything_by_message_and_nothing_is_kept_in_the_state(hits: Hits) -> None:
    told = ask(hits, "hello")
    assert (told["query"], told["total"], places(told)) == ("jonottaa", 1, [["h01", 2, 28, 35]])
    assert SENTENCE in json.dumps(told, ensure_ascii=False)
    state = {k: v for k, v in hits.get_state().items() if k not in ("_esm", "_css")}
    assert "jonotin" not in repr(state)
    assert repr(hits) == "<Hits of aino: 'jonottaa', 1 hits>"


def test_a_hit_is_coded_as_a_word_a_sentence_or_a_turn(hits: Hits) -> None:
    folder = hits.study.folder
    before = lines(folder, "h01")
    for scope in ("word", "sentence", "turn"):
        ask(hits, "code", [["h01", 2, 28, 35]], "kohteliaisuus", scope)
    assert [line for line in lines(folder, "h01") if line not in before] == [
        f"2|0|63|kohteliaisuus||Pitäis päästä heti läpi. {SENTENCE}|",
        f"2|25|63|kohteliaisuus||{SENTENCE}|",
        "2|28|35|kohteliaisuus||jonotin|",
    ]


def test_an_answer_holds_the_codings_made_and_the_turns_as_they_are_now(hits: Hits) -> None:
    answer = ask(hits, "code", [["h01", 2, 28, 35]], "kohteliaisuus", "sentence")
    assert (answer["kind"], answer["made"]) == ("acted", [["h01", 2, 25, 63, "kohteliaisuus"]])
    turns = answer["turns"]
    assert isinstance(turns, dict)
    assert [[c[0][-1], c[1:3]] for c in turns["h01 2"]] == [
        ["saavutettavuus", [0, 24]],
        ["odotusaika", [25, 49]],
        ["kohteliaisuus", [25, 63]],
    ]
    assert answer["active"] == "kohteliaisuus"


def test_hits_in_several_documents_are_one_act_and_one_undo(study_with: Write) -> None:
    hits = Hits(load(study_with()), "aino", "olla")
    folder = hits.study.folder
    before = [lines(folder, d) for d in ("h01", "h02", "h03")]
    every = places(ask(hits, "hello"))
    answer = ask(hits, "code", every, "kohteliaisuus", "sentence")
    assert answer["told"] == "Tallennettu: Kohteliaisuus, katkelmia 4."
    assert [len(lines(folder, d)) for d in ("h01", "h02", "h03")] == [3, 4, 2]
    assert ask(hits, "undo")["told"] == "Kumottu: h02 [2] [3], h03 [1]."
    assert [lines(folder, d) for d in ("h01", "h02", "h03")] == before
    assert ask(hits, "undo")["told"] == "Ei kumottavaa."


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("code", [[["h01", 2, 0, 3]], "odotusaika", "sentence"]),
        ("code", [[["h01", 2, 28, 35]], "odotusaika", "page"]),
        ("code", [[["h01", 2, 28, 35]], "odotus", "sentence"]),
        ("code", [[[{}, None]], 7, []]),
        ("facet", [[["h01", 2]], "koettu"]),
        ("facet", [[["h01", 2, 25, 49, "odotusaika"]], "odotusaika"]),
        ("uncode", [[["h01", 3, 0, 2, "odotusaika"]]]),
        ("take", ["koettu"]),
        ("search", [7]),
        ("more", ["x"]),
        ("send", []),
    ],
)
def test_what_a_view_may_not_ask_is_refused_in_words(
    hits: Hits, act: str, given: list[object]
) -> None:
    before = lines(hits.study.folder, "h01")
    answer = ask(hits, act, *given)
    assert answer["kind"] == "refused"
    assert str(answer["why"]).endswith((".", "?"))
    assert lines(hits.study.folder, "h01") == before


def test_a_bad_query_says_what_is_wrong_and_loses_nothing(hits: Hits) -> None:
    answer = ask(hits, "search", "jonottaa AND")
    assert answer["why"] == (
        "jonottaa AND – at character 13: a word is missing at the end. Write a word there."
    )
    assert answer["where"] == 13
    assert places(ask(hits, "hello")) == [["h01", 2, 28, 35]]
    with pytest.raises(BadQuery):
        Hits(hits.study, "aino", "(")


def test_a_search_by_code_knows_what_was_coded_a_moment_ago(hits: Hits) -> None:
    assert ask(hits, "search", "turhaan code:kohteliaisuus")["total"] == 0
    ask(hits, "search", "turhaan")
    ask(hits, "code", [["h01", 2, 55, 62]], "kohteliaisuus", "word")
    assert ask(hits, "search", "turhaan code:kohteliaisuus")["total"] == 1


def test_what_another_desk_coded_since_is_seen_by_the_next_search(hits: Hits) -> None:
    ask(hits, "hello")
    path = hits.study.folder / "interviews/h01.aino.tsv"
    path.write_text(path.read_text("utf-8") + "3\t0\t12\todotusaika\t\tYstävällisiä\t\n", "utf-8")
    turns = ask(hits, "search", "ystävällinen")["turns"]
    assert isinstance(turns, dict)
    assert [c[0][-1] for c in turns["h01 3"]] == ["odotusaika", "kohteliaisuus"]


def test_a_file_that_cannot_be_read_is_shown_as_far_as_it_can_and_not_coded(
    study_with: Write,
) -> None:
    broken = STUDY["interviews/h01.aino.tsv"] + "2\tx\t\n"
    hits = Hits(load(study_with({"interviews/h01.aino.tsv": broken})), "aino", "jonottaa")
    turns = ask(hits, "hello")["turns"]
    assert isinstance(turns, dict)
    assert len(turns["h01 2"]) == 2
    refused = ask(hits, "code", [["h01", 2, 28, 35]], "kohteliaisuus", "word")
    assert "Korjaa tiedosto ensin" in str(refused["why"])


BLIND = "assignments:\n  - {documents: [h01], coders: [aino, eero], blind: true}\n"


def test_others_codings_of_a_blind_document_cannot_be_searched(study_with: Write) -> None:
    asks = "jonotin code:kohteliaisuus"
    said = STUDY["interviews/h01.eero.tsv"].replace("saavutettavuus", "kohteliaisuus")
    theirs: dict[str, str | None] = {"interviews/h01.eero.tsv": said}
    assert len(Hits(load(study_with(theirs)), "aino", asks).hits) == 1
    folder = study_with({**theirs, "parameters/work.yml": BLIND})
    assert len(Hits(load(folder), "aino", asks).hits) == 0
    with pytest.raises(Unknown, match="no coder 'ainu'"):
        Hits(load(folder), "ainu")


def test_thousands_of_hits_come_by_the_page(study_with: Write) -> None:
    said = "Jono oli pitkä. " * 450
    note = STUDY["interviews/h03.md"].replace("Linja oli taas varattu.", said.strip())
    changes = {"interviews/h03.md": note, "interviews/h03.aino.tsv": None}
    hits = Hits(load(study_with(changes)), "aino", "jono speaker:E03")
    first = ask(hits, "hello")
    assert (first["total"], len(places(first))) == (450, PAGE)
    last = ask(hits, "more", 2 * PAGE)
    assert (last["from"], len(places(last))) == (400, 50)


def test_offsets_reach_the_browser_as_it_counts(study_with: Write) -> None:
    note = STUDY["interviews/h03.md"].replace("Linja", f"{FAMILY} Linja")
    changes = {"interviews/h03.md": note, "interviews/h03.aino.tsv": None}
    hits = Hits(load(study_with(changes)), "aino", "linja")
    told = ask(hits, "hello")["hits"]
    assert isinstance(told, list)
    assert told[0]["place"] == ["h03", 1, 8, 13]
    assert told[0]["spans"]["word"] == [12, 17]


def test_the_bar_begins_with_the_codes_given_most(hits: Hits) -> None:
    assert hits.bar.codes[0] == "saavutettavuus"
    pinned = Hits(hits.study, "aino", pinned=["kohteliaisuus"])
    assert pinned.bar.codes[:2] == ["kohteliaisuus", "saavutettavuus"]
    with pytest.raises(Unknown, match="no code 'kohteliaisus'"):
        Hits(hits.study, "aino", pinned=["kohteliaisus"])
    told = ask(hits, "take", "nimetty-yhteyshenkilö")
    assert (told["active"], told["turns"]) == ("nimetty-yhteyshenkilö", {})


# ---- in a real browser -----------------------------------------------------------------------

SOURCE = "import workbench as wb\nwb.Hits(wb.load('..'), 'aino', 'olla | jonottaa')"
SHOWS = ".wb-hits .hit"
LONG = "\n".join(f"\n[{n}] E03: Jono oli {n} metriä pitkä." for n in range(2, 502))


def started(folder: Path, browser: Browser, app: str) -> Lab:
    return Lab(write_study(folder), browser, SOURCE, SHOWS, app)


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = started(tmp_path_factory.mktemp("lab") / "study", browser, "lab")
    yield lab
    lab.close()


@pytest.fixture
def page(lab: Lab) -> Page:
    write_study(lab.folder)
    lab.run(lab.page)
    lab.page.locator(".wb-hits .hits").focus()
    return lab.page


def where(page: Page) -> str:
    """Return the document and turn of the hit one stands at."""
    return " ".join(page.locator(".wb-hits .hit.current .where").inner_text().split()[:2])


def saved(page: Page, told: str = "Tallennettu") -> None:
    expect(page.locator(".wb-hits .status")).to_contain_text(told)
    page.wait_for_function("document.querySelector('.wb-hits').dataset.waits !== 'true'")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def give(page: Page, code: str) -> None:
    press(page, "/")
    page.keyboard.type(code)
    press(page, "Enter")
    saved(page)


def find(page: Page, query: str) -> None:
    page.get_by_label("Hae aineistosta").fill(query)
    press(page, "Enter")


def new(folder: Path) -> list[str]:
    """Return the lines of aino's files that were not there at the start, document first."""
    return [
        f"{name}|{line}"
        for name in ("h01", "h02", "h03")
        for line in lines(folder, name)
        if line.replace("|", "\t") not in str(STUDY[f"interviews/{name}.aino.tsv"])
    ]


@pytest.mark.browser
def test_hits_are_walked_and_each_sentence_is_coded_with_one_key(page: Page, lab: Lab) -> None:
    rows = page.locator(".wb-hits .hit")
    expect(rows).to_have_count(5)
    expect(rows.nth(0).locator(".left")).to_have_text("Pitäis päästä heti läpi. Mä ")
    expect(rows.nth(0).locator(".right")).to_have_text("jonotin puoli tuntia, ihan turhaan.")
    press(page, "ArrowDown", "j", "k", "ArrowUp")
    assert where(page) == "h01 [2]"
    expect(page.locator(".wb-hits .numbers button").nth(1)).to_have_text("2 Odotusaika")
    press(page, "2")
    saved(page, "Tallennettu: Odotusaika, katkelmia 1.")
    press(page, "j", "j", ".")
    saved(page)
    assert new(lab.folder) == [
        f"h01|2|25|63|odotusaika||{SENTENCE}|",
        "h02|2|0|48|odotusaika||Mulla on oma ihminen jolle soitan, ja se vastaa.|",
    ]
    expect(rows.nth(2).locator(".chip")).to_have_text(["Odotusaika", "Saavutettavuus"])


@pytest.mark.browser
def test_one_key_widens_and_narrows_what_is_coded(page: Page, lab: Lab) -> None:
    chosen = page.locator(".wb-hits .words .chosen")
    press(page, "ArrowRight")
    assert "".join(chosen.all_text_contents()) == f"Pitäis päästä heti läpi. {SENTENCE}"
    give(page, "kohtel")
    press(page, "ArrowRight")
    assert chosen.all_text_contents() == ["jonotin"]
    press(page, "Enter")
    saved(page)
    press(page, "ArrowLeft", "ArrowLeft")
    assert "".join(chosen.all_text_contents()) == SENTENCE
    assert [line.split("|")[:4] for line in new(lab.folder)] == [
        ["h01", "2", "0", "63"],
        ["h01", "2", "28", "35"],
    ]


@pytest.mark.browser
def test_marked_hits_are_coded_faceted_and_taken_back_as_one(page: Page, lab: Lab) -> None:
    press(page, "j", "j", " ", "j", " ", "j", " ", "k")
    expect(page.locator(".wb-hits .count")).to_contain_text("3 merkitty")
    give(page, "kohtel")
    expect(page.locator(".wb-hits .count")).not_to_contain_text("merkitty")
    press(page, "Shift+Digit2", "+")
    expect(page.locator(".wb-hits [data-facet='+']")).to_have_attribute("aria-pressed", "true")
    wanted = [
        "h02|2|0|48|kohteliaisuus|koettu +|Mulla on oma ihminen jolle soitan, ja se vastaa.|",
        "h02|3|0|24|kohteliaisuus|koettu +|Saisi olla aina se sama.|",
        "h03|1|0|23|kohteliaisuus|koettu +|Linja oli taas varattu.|",
    ]
    assert [new(lab.folder), where(page)] == [wanted, "h02 [3]"]
    press(page, "z", "z", "z")
    saved(page, "Kumottu: h02 [2] [3], h03 [1].")
    assert new(lab.folder) == []
    press(page, "Home", "Z")
    saved(page, "Tehty uudelleen: h02 [2] [3], h03 [1].")
    assert where(page) == "h02 [2]"
    press(page, "Z", "Z", "Z")
    saved(page, "Ei uudelleen tehtävää.")
    assert new(lab.folder) == wanted


@pytest.mark.browser
def test_what_has_the_active_code_is_dimmed_and_skipped(page: Page) -> None:
    press(page, "/")
    page.keyboard.type("kohtel")
    press(page, "Shift+Enter")
    saved(page, "Käytössä: Kohteliaisuus.")
    expect(page.locator(".wb-hits .hit.done .where")).to_have_text(["h01 [3] E01"])
    press(page, "n")
    assert where(page) == "h02 [2]"
    press(page, "Enter")
    saved(page)
    expect(page.locator(".wb-hits .hit.done")).to_have_count(2)
    press(page, "Control+a", ".")
    expect(page.locator(".wb-hits .hit.done")).to_have_count(5)
    press(page, "n")
    saved(page, "Muita koodaamattomia osumia ei ole.")


@pytest.mark.browser
def test_a_coding_is_picked_and_taken_away_by_key(page: Page, lab: Lab) -> None:
    give(page, "kohtel")
    press(page, "<")
    saved(page, "Odotusaika")
    press(page, "Delete")
    expect(page.locator(".wb-hits .hit").first.locator(".chip")).to_have_text(["Kohteliaisuus"])
    assert [line.split("|")[3] for line in lines(lab.folder, "h01")] == [
        "saavutettavuus",
        "kohteliaisuus",
        "kohteliaisuus",
    ]


@pytest.mark.browser
def test_keys_pressed_before_the_answer_wait_for_it(page: Page, lab: Lab) -> None:
    press(page, "j", "3", "Shift+Digit1", "j", "j", "3", "+", "1", "-")
    expect(page.locator(".wb-hits .hit.current .chip")).to_have_count(3)
    page.wait_for_function("document.querySelector('.wb-hits').dataset.waits !== 'true'")
    expect(page.locator(".wb-hits [data-facet='-']")).to_have_attribute("aria-pressed", "true")
    assert new(lab.folder) == [
        "h01|3|0|30|kohteliaisuus|odotettu koettu +|Ystävällisiä ne kyllä on aina.|",
        "h02|3|0|24|kohteliaisuus|+|Saisi olla aina se sama.|",
        "h02|3|0|24|saavutettavuus|-|Saisi olla aina se sama.|",
    ]


@pytest.mark.browser
def test_a_bad_query_is_told_and_what_was_found_stays(page: Page) -> None:
    press(page, "Escape")
    find(page, "olla AND (")
    expect(page.locator(".wb-hits .fault")).to_contain_text("a word is missing at the end")
    expect(page.locator(".wb-hits .hit")).to_have_count(5)
    find(page, "olla speaker:E03")
    expect(page.locator(".wb-hits .hit .where")).to_have_text(["h03 [1] E03"])
    expect(page.locator(".wb-hits .fault")).to_be_hidden()
    assert where(page) == "h03 [1]"
    find(page, "lohikäärme")
    expect(page.locator(".wb-hits .hand")).to_have_text("Ei osumia.")
    press(page, "1", "n", "j", "Delete", "+")
    saved(page, "Koodaa osuma ensin.")


@pytest.mark.browser
def test_what_somebody_else_has_saved_is_not_overwritten(page: Page, lab: Lab) -> None:
    path = lab.folder / "interviews/h03.aino.tsv"
    theirs = path.read_text("utf-8") + "1\t0\t5\tkohteliaisuus\t\tLinja\tmuualta\n"
    path.write_text(theirs, encoding="utf-8")
    press(page, "Control+a")
    give_up = page.locator(".wb-hits .status.wrong")
    press(page, "3")
    expect(give_up).to_contain_text("joku on muuttanut tiedostoa")
    assert path.read_text("utf-8") == theirs
    assert [line for line in new(lab.folder) if "odotusaika" in line] == []
    for kept in path.parent.glob("*.refused-*"):
        kept.unlink()


@pytest.mark.browser
def test_the_notebook_s_own_shortcuts_are_not_triggered(page: Page) -> None:
    page.keyboard.type("ddabymjxv0")
    page.locator(".wb-hits .hit").nth(2).click()
    page.keyboard.type("dd")
    page.locator(".wb-hits .hand .chips button").first.click()
    page.locator(".wb-hits [data-facet='odotettu']").click()
    saved(page)
    assert page.evaluate("document.activeElement.closest('.wb-hits') !== null")
    page.keyboard.type("dd")
    page.get_by_label("Etsi koodia").fill("dd")
    press(page, "Escape")
    assert cells(page) == 1


@pytest.mark.browser
def test_thousands_of_hits_are_built_by_the_page(page: Page, lab: Lab) -> None:
    path = lab.folder / "interviews/h03.md"
    path.write_text(STUDY["interviews/h03.md"] + LONG, encoding="utf-8")
    lab.run(page)
    find(page, "jono & metri")
    rows = page.locator(".wb-hits .hit")
    expect(page.locator(".wb-hits .count")).to_contain_text("1000 osumaa")
    expect(rows).to_have_count(PAGE)
    press(page, "End", "j", "End")
    expect(rows).to_have_count(2 * PAGE)
    page.get_by_role("button", name=f"Näytä lisää ({2 * PAGE}/1000)").click()
    expect(rows).to_have_count(3 * PAGE)
    press(page, "Control+a")
    give(page, "odotus")
    assert len(new(lab.folder)) == 300
    press(page, "n")
    expect(rows).to_have_count(4 * PAGE)


@pytest.mark.browser
def test_two_tabs_reload_and_restart_lose_nothing(page: Page, lab: Lab) -> None:
    lab.save(page)
    second = lab.second()
    page.bring_to_front()
    press(page, "3")
    saved(page)
    expect(second.locator(".wb-hits .hit").first.locator(".chip")).to_have_count(2)
    second.close()
    page.reload()
    page.wait_for_selector(SHOWS, timeout=60000)
    expect(page.locator(".wb-hits .hit.done")).to_have_count(2)
    after = new(lab.folder)
    assert len(after) == 1
    lab.restart(page)
    page.locator(".wb-hits .hits").focus()
    press(page, "1")
    expect(page.locator(".wb-hits .status.wrong")).to_contain_text("Ydin ei vastaa", timeout=15000)
    assert new(lab.folder) == after


@pytest.mark.browser
def test_a_saved_notebook_holds_no_word_of_the_transcript(page: Page, lab: Lab) -> None:
    lab.save(page)
    text = (lab.folder / "notebooks/02.ipynb").read_text("utf-8")
    assert "Hits of aino: 'olla | jonottaa', 5 hits" in text
    assert "turhaan" not in text


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_the_widget_is_accessible_and_fits_a_telephone(page: Page, theme: str) -> None:
    page.evaluate(
        "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached")
    page.wait_for_timeout(500)
    press(page, " ", "j", "1", "j")
    page.get_by_label("Hae aineistosta").fill("(")
    press(page, "Enter")
    expect(page.locator(".wb-hits .fault")).to_be_visible()
    page.evaluate("window.jupyterapp.shell.collapseLeft()")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, context=".wb-hits").response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
        wide = page.locator(".wb-hits").evaluate("e => e.scrollWidth - e.clientWidth")
        assert wide <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
def test_the_same_widget_works_in_notebook_7(browser: Browser, tmp_path: Path) -> None:
    lab = started(tmp_path / "study", browser, "notebook")
    try:
        lab.page.locator(".wb-hits .hits").focus()
        press(lab.page, "2")
        saved(lab.page)
        assert new(lab.folder) == [f"h01|2|25|63|odotusaika||{SENTENCE}|"]
        for key in "z", "x", "d", "d", "a", "y":
            press(lab.page, key)
        saved(lab.page, "Kumottu: h01 [2].")
        assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 1
        expect(lab.page.locator(".wb-hits .hit")).to_have_count(5)
    finally:
        lab.close()
