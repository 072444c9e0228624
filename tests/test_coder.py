"""The coder in real JupyterLab: mouse and keyboard, and the TSV on disk compared each time."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import STUDY, write_study
from workbench.lab.coder import Coder
from workbench.study import Unknown, load

Write = Callable[..., Path]
FAMILY = "👩‍👩‍👧‍👦"
TOKEN = "koe"
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "cells": [
        {
            "cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None,
            "source": "import workbench as wb\nwb.Coder(wb.load('..'), 'h01', 'aino')",
        }
    ],
}  # fmt: skip


def asked(coder: Coder, **content: object) -> dict[str, object]:
    """Send what a browser would; return the answer."""
    answers: list[dict[str, object]] = []
    coder.send = lambda message, *_: answers.append(message)  # type: ignore[method-assign]
    coder._hear(coder, {"id": 1, **content}, [])
    (answer,) = answers
    return answer


@pytest.fixture
def coder(study_with: Write) -> Coder:
    return Coder(load(study_with()), "h01", "aino")


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
        Coder(load(study_with()), "h1", "aino")


# ---- in a real browser -----------------------------------------------------------------------


class Lab:
    """A JupyterLab on a fresh small study, with its notebook open and run."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.folder = folder
        more = f"\n[4] E01: Perhe {FAMILY} odotti kauan.\n"
        write_study(folder, {"interviews/h01.md": STUDY["interviews/h01.md"] + more})
        (folder / "notebooks").mkdir()
        (folder / "notebooks/02.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        home = folder / "home"
        overrides = home / "settings-overrides"
        overrides.mkdir(parents=True)
        environment = {
            **os.environ, "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "lab"), "IPYTHONDIR": str(home / "ipython"),
        }  # fmt: skip
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
             "--expose-app-in-browser", f"--port={self.port}", f"--ServerApp.root_dir={folder}",
             f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url=",
             "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{self.port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/api?token={TOKEN}")
                break
            except OSError:
                time.sleep(0.1)
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.open()

    def open(self) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.url}/lab/tree/notebooks/02.ipynb?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60000)
        page.wait_for_function("window.jupyterapp !== undefined")
        self.run(page)
        return page

    def run(self, page: Page) -> None:
        page.wait_for_function(
            "() => { const n = window.jupyterapp.shell.currentWidget; "
            "return n?.sessionContext?.session?.kernel?.status === 'idle'; }",
            timeout=60000,
        )
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(".wb-coder .turn", timeout=60000)

    def close(self) -> None:
        self.context.close()
        self.server.terminate()
        self.server.wait()

    def lines(self) -> list[str]:
        return (self.folder / "interviews/h01.aino.tsv").read_text("utf-8").split("\n")[1:-1]


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("lab") / "study", browser)
    yield lab
    lab.close()


@pytest.fixture
def page(lab: Lab) -> Page:
    (lab.folder / "interviews/h01.aino.tsv").write_text(
        STUDY["interviews/h01.aino.tsv"], encoding="utf-8"
    )
    lab.run(lab.page)
    return lab.page


def paper(page: Page) -> Locator:
    return page.locator(".wb-coder .paper").last


def select(page: Page, turn: int, words: str) -> None:
    """Drag the mouse over `words` of a turn, by the rectangles of a DOM range."""
    box = page.evaluate(
        """([turn, words]) => {
          const el = [...document.querySelectorAll(`.wb-coder [data-n="${turn}"] .words`)].pop();
          el.scrollIntoView({block: "center"});
          const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
          const at = el.textContent.indexOf(words);
          const point = (offset) => {
            walker.currentNode = el; let seen = 0, node;
            while ((node = walker.nextNode())) {
              if (offset <= seen + node.length) {
                const r = document.createRange(); r.setStart(node, offset - seen); r.collapse(true);
                const b = r.getBoundingClientRect(); return [b.x, b.y + b.height / 2];
              }
              seen += node.length;
            }
          };
          return [point(at), point(at + words.length)];
        }""",
        [turn, words],
    )
    (x1, y1), (x2, y2) = box
    page.mouse.move(x1 + 1, y1)
    page.mouse.down()
    page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2, steps=4)
    page.mouse.move(x2, y2, steps=4)
    page.mouse.up()
    expect(page.locator(".wb-coder .chosen").last).to_have_text(words)


def give(page: Page, code: str) -> None:
    page.keyboard.press("Enter")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    saved(page)


def saved(page: Page) -> None:
    expect(page.locator(".wb-coder .status").last).to_have_text("Tallennettu.")


@pytest.mark.browser
def test_words_chosen_with_the_mouse_are_coded_by_keyboard(page: Page, lab: Lab) -> None:
    select(page, 3, "Ystävällisiä")
    give(page, "odotus")
    assert "3\t0\t12\todotusaika\t\tYstävällisiä\t" in lab.lines()
    page.keyboard.press("2")
    expect(page.locator(".wb-coder .chips [aria-pressed=true] small")).to_have_text(" Koettu")
    assert "3\t0\t12\todotusaika\tkoettu\tYstävällisiä\t" in lab.lines()
