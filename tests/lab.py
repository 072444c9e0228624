"""A real Jupyter with a notebook open and run in Chromium: what the widget tests stand on."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from workbench.lab.messages import Widget

TOKEN = "koe"
NOTEBOOK = "notebooks/02.ipynb"
SERVERS = {
    "lab": ["-m", "jupyterlab", "--LabApp.news_url="],
    "notebook": ["-m", "notebook"],
}
PLACES = {"lab": f"lab/tree/{NOTEBOOK}", "notebook": f"notebooks/{NOTEBOOK}"}


def cell(source: str) -> str:
    """Return a notebook of one cell."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            "cells": [
                {
                    "cell_type": "code",
                    "id": "a",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": source,
                }
            ],
        }
    )


def asked(widget: Widget, **content: object) -> dict[str, object]:
    """Send a widget what a browser would; return the answer."""
    answers: list[dict[str, object]] = []
    widget.send = lambda message, *_: answers.append(message)
    widget._hear(widget, {"id": 1, **content}, [])
    (answer,) = answers
    return answer


def cells(page: Page) -> int:
    """Return how many cells the notebook has: one, if no shortcut of its own was heard."""
    found = page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    assert found == page.locator(".jp-CodeCell").count()
    return int(found)


class Lab:
    """JupyterLab or Notebook 7 on a study in `folder`, its one cell run until `shows` is there."""

    def __init__(
        self, folder: Path, browser: Browser, source: str, shows: str, app: str = "lab"
    ) -> None:
        self.folder, self.shows, self.app = folder, shows, app
        (folder / NOTEBOOK).parent.mkdir(exist_ok=True)
        (folder / NOTEBOOK).write_text(cell(source), encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        home = folder / "home"
        quiet = home / "lab/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
        quiet.parent.mkdir(parents=True)
        quiet.write_text('{"fetchNews": "false"}', encoding="utf-8")
        own = {"JUPYTER_CONFIG_DIR": "", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "ipython"}
        own["JUPYTERLAB_SETTINGS_DIR"] = "lab"
        own["JUPYTERLAB_WORKSPACES_DIR"] = "workspaces"
        self.server = subprocess.Popen(
            [sys.executable, *SERVERS[app], "--no-browser", "--allow-root",
             "--expose-app-in-browser", f"--port={port}", f"--ServerApp.root_dir={folder}",
             f"--IdentityProvider.token={TOKEN}"],
            env={**os.environ, **{name: str(home / where) for name, where in own.items()}},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
        self._wait()
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.open()

    def _wait(self) -> None:
        for _ in range(600):
            try:
                self.ask("api")
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("Jupyter did not start")

    def ask(self, path: str, method: str = "GET") -> bytes:
        """Ask Jupyter's own interface."""
        request = urllib.request.Request(f"{self.url}/{path}?token={TOKEN}", method=method)
        with urllib.request.urlopen(request) as answer:
            return bytes(answer.read())

    def open(self) -> Page:
        """Open the notebook in a new tab and run it."""
        page = self.context.new_page()
        page.goto(f"{self.url}/{PLACES[self.app]}?token={TOKEN}&reset")
        self.run(page)
        return page

    def second(self) -> Page:
        """Open the saved notebook, whose kernel is running, in another tab; run nothing."""
        page = self.context.new_page()
        page.goto(f"{self.url}/{PLACES[self.app]}?token={TOKEN}&reset")
        page.wait_for_selector(self.shows, timeout=60000)
        return page

    def save(self, page: Page) -> None:
        """Save the notebook and wait until it is."""
        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")

    def run(self, page: Page) -> None:
        """Run all cells once the kernel is idle."""
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60000)
        page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
            "?.status === 'idle'",
            timeout=60000,
        )
        page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(self.shows, timeout=60000)

    def restart(self, page: Page) -> None:
        """Restart the kernel, without running anything."""
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
        page.wait_for_timeout(500)

    def close(self) -> None:
        """Stop the browser's side and the server."""
        self.context.close()
        self.server.terminate()
        self.server.wait()


def drag(page: Page, words: Locator, wanted: str) -> None:
    """Drag the mouse over `wanted` inside an element, by the rectangles of a DOM range."""
    ends = words.evaluate(
        """async (el, wanted) => {
          el.scrollIntoView({block: "center"});
          for (let n = 0; n < 6; n += 1) await new Promise(requestAnimationFrame);
          const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
          const at = el.textContent.indexOf(wanted);
          const point = (offset, last) => {
            walker.currentNode = el;
            let seen = 0, node;
            while ((node = walker.nextNode())) {
              if (last ? offset <= seen + node.length : offset < seen + node.length) {
                const r = document.createRange();
                r.setStart(node, offset - seen);
                r.collapse(true);
                const b = r.getBoundingClientRect();
                return [b.x, b.y + b.height / 2];
              }
              seen += node.length;
            }
          };
          return [point(at, false), point(at + wanted.length, true)];
        }""",
        wanted,
    )
    (x1, y1), (x2, y2) = ends
    page.mouse.move(x1 + 1, y1)
    page.mouse.down()
    page.mouse.move((x1 + x2) / 2, (y1 + y2) / 2, steps=4)
    page.mouse.move(x2, y2, steps=4)
    page.mouse.up()
