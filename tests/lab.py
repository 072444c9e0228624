"""A real JupyterLab on a study, with one notebook of one cell open and run in Chromium."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page

TOKEN = "koe"


def notebook(source: str) -> str:
    """Return a notebook whose only cell is `source`."""
    cell = {
        "cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None,
        "source": source,
    }  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3"}
    metadata = {"kernelspec": kernel}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]})


class Lab:
    """A JupyterLab on the study in `folder`; `source` is run and `shown` must appear."""

    def __init__(
        self, folder: Path, browser: Browser, source: str, shown: str, home: Path | None = None
    ) -> None:
        self.folder = folder
        self.shown = shown
        (folder / "notebooks").mkdir(exist_ok=True)
        (folder / "notebooks/02.ipynb").write_text(notebook(source), encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        home = home or folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ, "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "lab"), "IPYTHONDIR": str(home / "ipython"),
        }  # fmt: skip
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
             "--expose-app-in-browser", f"--port={port}", f"--ServerApp.root_dir={folder}",
             f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url=",
             "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
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
        page.wait_for_selector(self.shown, timeout=60000)

    def close(self) -> None:
        self.context.close()
        self.server.terminate()
        self.server.wait()
