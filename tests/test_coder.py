"""The coder in real JupyterLab: mouse and keyboard, and the TSV on disk compared each time."""

import contextlib
import json
import os
import queue
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import STUDY, two_codes, write_study
from tests.lab import Lab, asked, cells, drag
from workbench.concordance.suggestions import TooLittle
from workbench.lab.coder import Coder
from workbench.loading import load
from workbench.study import Unknown

Write = Callable[..., Path]
FAMILY = "👩‍👩‍👧‍👦"


@pytest.fixture
def coder(study_with: Write) -> Coder:
    return Coder(load(study_with()), "aino", "h01")


def test_a_view_is_told_everything_by_message_and_nothing_is_kept_in_the_state(
    coder: Coder,
) -> None:
    told = asked(coder, act="hello")
    assert told["document"] == "h01"
    assert "jonotin" in json.dumps(told, ensure_ascii=False)
    state = {k: v for k, v in coder.get_state().items() if k not in ("_esm", "_css")}
    assert "jonotin" not in repr(state)


def test_an_act_answers_with_the_turns_it_changed_and_the_coding_it_made(coder: Coder) -> None:
    answer = asked(coder, act="code", **{"with": [3, 0, 12, "odotusaika"]})
    assert (answer["kind"], answer["made"]) == ("acted", [3, 0, 12, "odotusaika"])
    turns = answer["turns"]
    assert isinstance(turns, dict)
    assert list(turns) == ["3"]
    assert "3\t0\t12\todotusaika" in coder.desk.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    [
        {"act": "code", "with": [9, 0, 3, "odotusaika"]},
        {"act": "code", "with": ["2", None, {}, 7]},
        {"act": "code", "with": []},
        {"act": "__class__", "with": []},
        {"act": "facet", "with": "koettu"},
        {},
    ],
)
def test_what_a_view_may_not_ask_is_refused_in_words(
    coder: Coder, content: dict[str, object]
) -> None:
    before = coder.desk.path.read_bytes()
    answer = asked(coder, **content)
    assert answer["kind"] == "refused"
    assert str(answer["why"]).endswith((".", "?"))
    assert coder.desk.path.read_bytes() == before


def test_an_unknown_document_is_named_with_the_near_miss(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no document 'h1'"):
        Coder(load(study_with()), "aino", "h1")


def test_a_coder_begins_with_the_first_document_not_yet_coded(study_with: Write) -> None:
    folder = study_with({"interviews/h02.aino.tsv": None})
    assert Coder(load(folder), "aino").desk.document.id == "h02"


def test_opening_another_document_shows_it_to_every_view(coder: Coder) -> None:
    told = asked(coder, act="open", **{"with": ["h02"]})
    assert (told["kind"], told["document"]) == ("desk", "h02")
    refused = asked(coder, act="open", **{"with": ["h22"]})
    assert str(refused["why"]).startswith("There is no document 'h22'")
    assert coder.desk.document.id == "h02"


def test_other_coders_codings_are_shown_and_cannot_be_changed(coder: Coder) -> None:
    told = asked(coder, act="hello")
    others = told["others"]
    assert isinstance(others, dict)
    (key, *_), *_ = others["eero"]["2"]
    assert key[0] == "eero"
    refused = asked(coder, act="uncode", **{"with": [key]})
    assert refused["kind"] == "refused"


def test_words_become_a_code_that_every_view_learns(coder: Coder) -> None:
    told: list[dict[str, object]] = []
    coder.send = lambda message, *_: told.append(message)  # type: ignore[method-assign]
    coder._hear(coder, {"act": "invivo", "with": [3, 0, 12], "id": 1}, [])
    assert [t["kind"] for t in told] == ["codes", "acted"]
    assert told[1]["made"] == [3, 0, 12, "ystävällisiä"]
    study = load(coder.study.folder)
    assert "ystävällisiä" in study.codebook
    assert not [p for p in study.problems if "in-vivo" in str(p)]


# ---- a real kernel, killed in mid-work ---------------------------------------------------------


class Kernel:
    """A kernel with the coder on, asked as a browser asks: acts by message, answers by message."""

    def __init__(self, folder: Path) -> None:
        self.manager, self.client = start_new_kernel(kernel_name="python3")
        opened: dict[str, str] = {}

        def hear(message: dict[str, Any]) -> None:
            if message["msg_type"] == "comm_open":
                state = message["content"]["data"].get("state", {})
                if "_esm" in state:
                    opened["id"] = message["content"]["comm_id"]

        source = f"import workbench as wb\nc = wb.Coder(wb.load({str(folder)!r}), 'aino', 'h01')"
        self.client.execute_interactive(source, output_hook=hear, timeout=60)
        self.comm = opened["id"]

    def ask(self, number: int, act: str, *given: object) -> None:
        content = {"act": act, "with": given, "id": number}
        data = {"method": "custom", "content": content}
        message = self.client.session.msg("comm_msg", {"comm_id": self.comm, "data": data})
        self.client.shell_channel.send(message)

    def acknowledged(self) -> list[int]:
        """Return the acts that were answered with `acted` before there was nothing more to hear."""
        told = []
        with contextlib.suppress(queue.Empty):
            while True:
                message = self.client.get_iopub_msg(timeout=0.3)
                said = message["content"].get("data", {}).get("content", {})
                if message["msg_type"] == "comm_msg" and said.get("kind") == "acted":
                    told.append(said["id"])
        return told

    def kill(self) -> None:
        os.kill(self.manager.provisioner.pid, signal.SIGKILL)


@pytest.mark.campaign
def test_no_acknowledged_coding_is_lost_when_the_kernel_is_killed_in_mid_work(
    tmp_path: Path,
) -> None:
    dice = random.Random(3)
    acknowledged = cut = 0
    for round_ in range(200):
        folder = write_study(tmp_path / str(round_))
        kernel = Kernel(folder)
        for n in range(40):
            kernel.ask(n, "code", 2, n % 20, n % 20 + 3 + n // 20, "odotusaika", [], str(n))
        time.sleep(dice.random() * 0.5)
        kernel.kill()
        told = kernel.acknowledged()
        kernel.client.stop_channels()
        kernel.manager.shutdown_kernel(now=True)
        kept = {c.memo for c in load(folder).codings if c.coder == "aino"}
        assert [n for n in told if str(n) not in kept] == []
        assert not [p for p in load(folder).problems if ".aino.tsv" in str(p)]
        acknowledged += len(told)
        cut += 0 < len(told) < 40
    told_of = f"{acknowledged} codings acknowledged, {cut} of 200 kernels killed in mid-work"
    sys.stdout.write(told_of + "\n")
    assert cut > 60


# ---- in a real browser -----------------------------------------------------------------------

MORE = f"""
[4 0:12:31] E01: Perhe {FAMILY} odotti a\u0308reästi.

[5] E01: Ystävällisiä ne on aina.
"""
SOURCE = "import workbench as wb\nwb.Coder(wb.load('..'), 'aino', 'h01')"
SHOWS = ".wb-coder .turn"


def started(folder: Path, browser: Browser, app: str) -> Lab:
    write_study(folder, {"interviews/h01.md": STUDY["interviews/h01.md"] + MORE})
    return Lab(folder, browser, SOURCE, SHOWS, app)


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = started(tmp_path_factory.mktemp("lab") / "study", browser, "lab")
    yield lab
    lab.close()


@pytest.fixture
def page(lab: Lab) -> Page:
    (lab.folder / "interviews/h01.aino.tsv").write_text(
        STUDY["interviews/h01.aino.tsv"], encoding="utf-8"
    )
    lab.run(lab.page)
    return lab.page


def lines(lab: Lab) -> list[str]:
    return (lab.folder / "interviews/h01.aino.tsv").read_text("utf-8").split("\n")[1:-1]


def row(lab: Lab, start: str) -> str:
    """Return the one line of the file that begins so, fields between bars."""
    (line,) = [line.replace("\t", "|") for line in lines(lab) if line.startswith(start)]
    return line


def words(page: Page, turn: int) -> Locator:
    return page.locator(f".wb-coder [data-n='{turn}'] .words")


def select(page: Page, turn: int, wanted: str) -> None:
    drag(page, words(page, turn), wanted)
    assert "".join(page.locator(".wb-coder .chosen").all_text_contents()) == wanted


def saved(page: Page) -> None:
    expect(page.locator(".wb-coder .status")).to_have_text("Tallennettu.")
    page.wait_for_function("document.querySelector('.wb-coder').dataset.waits !== 'true'")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        saved(page)


def give(page: Page, code: str) -> None:
    page.keyboard.press("Enter")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    saved(page)


@pytest.mark.browser
def test_words_chosen_with_the_mouse_are_coded_by_keyboard(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    assert row(lab, "5\t") == "5|0|12|odotusaika||Ystävällisiä|"
    press(page, "2")
    assert row(lab, "5\t") == "5|0|12|odotusaika|koettu|Ystävällisiä|"


@pytest.mark.browser
def test_a_whole_coding_is_made_without_the_mouse(page: Page, lab: Lab) -> None:
    page.locator(".wb-coder .paper").focus()
    page.keyboard.press("n")
    chosen = "".join(page.locator(".wb-coder .chosen").all_text_contents())
    give(page, "kohtel")
    page.keyboard.press("m")
    page.keyboard.type("hyvä esimerkki")
    page.keyboard.press("Enter")
    saved(page)
    press(page, "+")
    assert row(lab, "1\t") == f"1|0|{len(chosen)}|kohteliaisuus|+|{chosen}|hyvä esimerkki"


@pytest.mark.browser
def test_the_keyboard_goes_from_sentence_to_sentence_through_a_turn_and_back(page: Page) -> None:
    page.locator(".wb-coder .paper").focus()
    first, second = "Pitäis päästä heti läpi.", "Mä jonotin puoli tuntia, ihan turhaan."
    for key, wanted in (
        ("ArrowDown", "Miten saat yhteyden?"),
        ("ArrowDown", first),
        ("ArrowDown", second),
        ("ArrowUp", first),
        ("Shift+ArrowDown", f"{first} {second}"),
        ("Shift+ArrowUp", first),
        ("ArrowDown", second),
        ("ArrowDown", "Ystävällisiä ne kyllä on aina."),
    ):
        page.keyboard.press(key)
        assert "".join(page.locator(".wb-coder .chosen").all_text_contents()) == wanted


@pytest.mark.browser
def test_keys_pressed_before_the_answer_wait_for_the_coding_they_mean(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    page.keyboard.press("Enter")
    page.keyboard.type("odotus")
    page.keyboard.press("Enter")
    page.keyboard.type("2+")
    expect(page.locator(".wb-coder [data-n='5'] .chips small")).to_have_text(" Hyvä, Koettu")
    saved(page)
    assert row(lab, "5\t") == "5|0|12|odotusaika|koettu +|Ystävällisiä|"


@pytest.mark.browser
def test_keys_go_on_to_the_coder_after_a_chip_was_made_anew(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    page.locator(".wb-coder [data-n='5'] .chips button").click()
    press(page, "+", "1")
    assert row(lab, "5\t") == "5|0|12|odotusaika|odotettu +|Ystävällisiä|"
    press(page, "Delete", "z")
    assert row(lab, "5\t") == "5|0|12|odotusaika|odotettu +|Ystävällisiä|"


@pytest.mark.browser
def test_what_was_foreseen_and_refused_is_shown_as_it_was(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    select(page, 5, "Ystävällisiä")
    page.keyboard.press(".")
    expect(page.locator(".wb-coder .status.wrong")).to_contain_text("Ystävällisiä")
    expect(page.locator(".wb-coder [data-n='5'] .chips li")).to_have_count(1)
    assert "".join(page.locator(".wb-coder .chosen").all_text_contents()) == "Ystävällisiä"


@pytest.mark.browser
def test_after_a_coding_the_next_sentence_follows(page: Page, lab: Lab) -> None:
    page.locator(".wb-coder [data-n='5'] .words").click()
    page.keyboard.press("ArrowDown")
    give(page, "odotus")
    page.keyboard.press("ArrowUp")
    assert "".join(page.locator(".wb-coder .chosen").all_text_contents()).startswith("Perhe")
    page.locator(".wb-coder [data-n='2'] .words").click(position={"x": 5, "y": 10})
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    assert "".join(page.locator(".wb-coder .chosen").all_text_contents()).startswith("Mä jonotin")


@pytest.mark.browser
def test_a_second_selection_begun_inside_the_first_codes_its_own_words(
    page: Page, lab: Lab
) -> None:
    select(page, 2, "jonotin puoli tuntia")
    select(page, 2, "puoli tuntia")
    give(page, "kohtel")
    assert row(lab, "2\t36\t") == "2|36|48|kohteliaisuus||puoli tuntia|"


@pytest.mark.browser
def test_emoji_and_decomposed_letters_keep_offsets_in_code_points(page: Page, lab: Lab) -> None:
    select(page, 4, "odotti äreästi")
    give(page, "odotus")
    start = len(f"Perhe {FAMILY} ")
    assert row(lab, "4\t") == f"4|{start}|{start + 14}|odotusaika||odotti äreästi|"
    select(page, 4, FAMILY)
    give(page, "kohtel")
    assert row(lab, "4\t6\t") == f"4|6|{6 + len(FAMILY)}|kohteliaisuus||{FAMILY}|"


@pytest.mark.browser
def test_bounds_are_moved_split_and_set_by_keyboard(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    press(page, "ArrowRight")
    assert row(lab, "5\t").split("|")[5] == "Ystävällisiä ne"
    press(page, "Alt+ArrowRight")
    assert row(lab, "5\t").split("|")[5] == "ne"
    select(page, 5, "Ystävällisiä ne on")
    press(page, "b")
    assert row(lab, "5\t").split("|")[5] == "Ystävällisiä ne on"
    select(page, 5, "ne on")
    press(page, "x")
    assert [line.split("\t")[5] for line in lines(lab) if line[0] == "5"] == [
        "Ystävällisiä",
        "ne on",
    ]


@pytest.mark.browser
def test_everything_can_be_taken_back_and_done_again(page: Page, lab: Lab) -> None:
    before = lines(lab)
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    press(page, "1", "Delete")
    assert lines(lab) == before
    press(page, "z")
    assert row(lab, "5\t") == "5|0|12|odotusaika|odotettu|Ystävällisiä|"
    press(page, "z", "z")
    assert lines(lab) == before
    press(page, "Z", "Z")
    assert row(lab, "5\t") == "5|0|12|odotusaika|odotettu|Ystävällisiä|"


@pytest.mark.browser
def test_a_code_is_made_of_the_words_and_repeated_with_one_key(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    press(page, "i")
    assert row(lab, "5\t") == "5|0|12|ystävällisiä||Ystävällisiä|"
    select(page, 2, "puoli tuntia")
    press(page, ".")
    assert row(lab, "2\t36\t") == "2|36|48|ystävällisiä||puoli tuntia|"
    (lab.folder / "parameters/codebook/in-vivo.yml").unlink()


@pytest.mark.browser
def test_a_filter_hides_the_other_codes_and_another_coder_can_be_shown(page: Page) -> None:
    chips = page.locator(".wb-coder .chips li")
    before = chips.count()
    page.get_by_label("Kaikki koodit").select_option("odotusaika")
    expect(chips).to_have_count(1)
    page.get_by_label("Kaikki koodit").select_option("")
    expect(chips).to_have_count(before)
    page.get_by_label("Vain omat").select_option("eero")
    expect(page.locator(".wb-coder .chips .other").first).to_contain_text("– eero")


@pytest.mark.browser
def test_the_notebook_s_own_shortcuts_are_not_triggered(page: Page) -> None:
    page.locator(".wb-coder .paper").focus()
    page.keyboard.type("ddabymj")
    page.get_by_label("Etsi koodia").fill("dd")
    page.keyboard.press("Escape")
    assert cells(page) == 1


@pytest.mark.browser
def test_two_tabs_of_one_kernel_show_each_other_s_acts(page: Page, lab: Lab) -> None:
    lab.save(page)
    second = lab.second()
    page.bring_to_front()
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    second.bring_to_front()
    expect(second.locator(".wb-coder [data-n='5'] .chips")).to_contain_text("Odotusaika")
    second.close()


@pytest.mark.browser
def test_what_somebody_else_has_saved_is_not_overwritten(page: Page, lab: Lab) -> None:
    path = lab.folder / "interviews/h01.aino.tsv"
    theirs = path.read_text("utf-8") + "5\t0\t12\tkohteliaisuus\t\tYstävällisiä\tmuualta\n"
    path.write_text(theirs, encoding="utf-8")
    select(page, 2, "puoli tuntia")
    page.keyboard.press("Enter")
    page.keyboard.type("kohtel")
    page.keyboard.press("Enter")
    expect(page.locator(".wb-coder .status.wrong")).to_contain_text("joku on muuttanut tiedostoa")
    assert path.read_text("utf-8") == theirs
    expect(page.locator(".wb-coder [data-n='5'] .chips")).to_contain_text("muualta")
    (kept,) = path.parent.glob("h01.aino.tsv.refused-*")
    assert "2\t36\t48\tkohteliaisuus" in kept.read_text("utf-8")
    kept.unlink()


@pytest.mark.browser
def test_reload_and_restart_lose_nothing_and_a_dead_widget_says_so(page: Page, lab: Lab) -> None:
    select(page, 5, "Ystävällisiä")
    give(page, "odotus")
    lab.save(page)
    page.reload()
    page.wait_for_selector(SHOWS, timeout=60000)
    expect(page.locator(".wb-coder [data-n='5'] .chips")).to_contain_text("Odotusaika")
    select(page, 5, "ne on")
    give(page, "kohtel")
    after = lines(lab)
    assert len(after) == 5
    lab.restart(page)
    page.locator(".wb-coder [data-n='5'] .chips button").first.click()
    page.keyboard.press("Delete")
    expect(page.locator(".wb-coder .status.wrong")).to_contain_text("Ydin ei vastaa", timeout=15000)
    expect(page.locator(".wb-coder [data-n='5'] .chips li")).to_have_count(2)
    assert lines(lab) == after
    lab.run(page)
    expect(page.locator(".wb-coder [data-n='5'] .chips li")).to_have_count(2)


@pytest.mark.browser
def test_a_saved_notebook_holds_no_word_of_the_transcript(page: Page, lab: Lab) -> None:
    lab.save(page)
    text = (lab.folder / "notebooks/02.ipynb").read_text("utf-8")
    assert "Coder of aino: h01" in text
    assert "jonotin" not in text


@pytest.mark.browser
def test_the_widget_is_accessible_in_light_and_dark(page: Page) -> None:
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
        )
        page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached")
        page.wait_for_timeout(500)
        select(page, 5, "Ystävällisiä")
        found = Axe().run(page, context=".wb-coder").response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.browser
def test_beside_the_file_list_on_a_telephone_a_press_makes_room(page: Page) -> None:
    page.set_viewport_size({"width": 430, "height": 900})
    page.evaluate("window.jupyterapp.shell.expandLeft()")
    expect(page.locator(".wb-coder .narrow")).to_contain_text("Sulje")
    expect(page.locator(".wb-coder .paper")).to_be_hidden()
    page.locator(".wb-coder .narrow").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".wb-coder .paper")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.browser
def test_suggestions_are_shown_beside_chosen_words_with_how_often_they_were_right(
    browser: Browser, tmp_path: Path
) -> None:
    folder = two_codes(write_study(tmp_path / "study"), ("odotusaika", "kohteliaisuus"))
    source = SOURCE.replace("'h01'", "'h01', suggest=True")
    lab = Lab(folder, browser, source, SHOWS)
    try:
        select(lab.page, 2, "puoli tuntia")
        hints = lab.page.locator(".wb-coder .hints")
        expect(hints).to_contain_text(re.compile(r"osunut \d+ ja jokin ehdotuksista \d+ kertaa"))
        expect(hints.get_by_role("button").first).to_have_text("Alt+1 Odotusaika")
        lab.page.keyboard.press("Alt+1")
        saved(lab.page)
        assert row(lab, "2\t36\t") == "2|36|48|odotusaika||puoli tuntia|"
        expect(hints).to_be_empty()
    finally:
        lab.close()


def test_a_coder_gets_no_suggestions_unasked_or_without_enough_to_learn_from(
    study_with: Write,
) -> None:
    study = load(study_with())
    assert asked(Coder(study, "aino", "h01"), act="hello")["suggests"] == ""
    with pytest.raises(TooLittle):
        Coder(study, "aino", suggest=True)


@pytest.mark.browser
def test_the_same_widget_works_in_notebook_7(browser: Browser, tmp_path: Path) -> None:
    lab = started(tmp_path / "study", browser, "notebook")
    try:
        select(lab.page, 5, "Ystävällisiä")
        give(lab.page, "odotus")
        press(lab.page, "2")
        assert row(lab, "5\t") == "5|0|12|odotusaika|koettu|Ystävällisiä|"
        lab.page.locator(".wb-coder .paper").focus()
        for key in "z", "Z", "x", "d", "d", "a", "y":
            lab.page.keyboard.press(key)
            lab.page.wait_for_function(
                "document.querySelector('.wb-coder')?.dataset.waits !== 'true'"
            )
        assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 1
        expect(lab.page.locator(".wb-coder .paper")).to_be_visible()
    finally:
        lab.close()
