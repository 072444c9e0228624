"""A study in a real JupyterLab and Chromium, for what is measured there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM, QUIET
from tests.lab import Lab


@contextmanager
def opened(study: Callable[[Path], Path], cell: str, shows: str) -> Iterator[Lab | None]:
    """Yield a notebook of one cell, run on `study(folder)`; nothing without a browser."""
    if CHROMIUM is None:
        print("No Chromium on this machine: what needs a browser was not measured.")
        yield None
        return
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, "--no-sandbox"]
        )
        lab = Lab(study(Path(place) / "study"), browser, cell, shows)
        yield lab
        lab.close()
        browser.close()
