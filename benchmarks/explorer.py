"""The explorer in a browser, from a press to table and words seen: 1,000 codings and 100,000."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from playwright.sync_api import Page

from benchmarks.browser import opened
from benchmarks.generated import CODINGS, DOCUMENTS, FACETS, ROLES, SECTORS, write_study

GOAL, FEW, CELLS = 0.150, 10, 12
CELL = "import workbench as wb\nwb.explore(wb.load('..'))"
DO = """async ([what, given]) => {
  await new Promise((done) => setTimeout(done, 200)); // the page is at rest, as before any press
  const frame = document.querySelector(".wb-explore");
  const one = (selector) => frame.querySelector(selector);
  const start = performance.now();
  if (what === "choose") {
    const box = one(`[data-name=${given[0]}] select`);
    box.value = given[1];
    box.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (what === "press") {
    const numbers = [...frame.querySelectorAll("td button")];
    numbers[(given * 37) % numbers.length].click();
  } else if (what === "facet") one(`[data-facet="${given}"]`).click();
  else one(".table").dispatchEvent(new KeyboardEvent("keydown", { key: given, bubbles: true }));
  while (frame.dataset.waits) {
    await new Promise((done) => new MutationObserver((_, watch) => {
      watch.disconnect();
      done();
    }).observe(frame, { attributes: true }));
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  if (one(".status.wrong")) throw new Error(one(".status").textContent);
  return (performance.now() - start) / 1000;
}"""
Ask = tuple[str, list[tuple[str, object]]]


def _asks() -> Iterator[Ask]:
    """Yield what is asked, by kind: nothing twice, but for what is gone back to."""
    segments = [f"{role}-{sector}" for role in ROLES for sector in SECTORS]
    yield "a number", [("press", n) for n in range(1, CELLS)]
    yield "back", [("key", "z")] * (CELLS - 1)
    yield "another grouping", [("choose", ["by", by]) for by in ("role", "sector", "coder", "kind")]
    yield "a facet, then another", [("facet", f) for f in FACETS[:3]]
    yield "all taken away", [("key", "x")]
    yield "a segment", [("choose", ["segment", name]) for name in (*ROLES, *segments)]
    yield "a coder", [("choose", ["coder", name]) for name in ("eero", "aino")]
    yield "a tree", [("choose", ["tree", f"puu{n}"]) for n in range(4)]


def _timed(page: Page) -> dict[str, float]:
    """Return the median seconds of each kind of question, the figure put away."""
    page.wait_for_selector(".js-plotly-plot", timeout=120_000)
    page.evaluate(DO, ["key", "p"])
    return {
        what: statistics.median(page.evaluate(DO, list(given)) for given in asks)
        for what, asks in _asks()
    }


def measured() -> list[tuple[str, float, str, float, float]]:
    """Return the rows of the table; none without a browser."""
    times: list[dict[str, float]] = []
    for documents in (FEW, DOCUMENTS):
        with opened(
            partial(write_study, documents=documents), CELL, ".wb-explore .quotes > li"
        ) as lab:
            if lab is None:
                return []
            times.append(_timed(lab.page))
    few, many = times
    peer = f"the same with {FEW * CODINGS:,} codings"
    rows = []
    for what, seconds in many.items():
        rows.append((f"explorer: {what}, {DOCUMENTS * CODINGS:,}", seconds, peer, few[what], 5.0))
        rows.append(("  the same", seconds, "the goal", GOAL, 1.0))
    return rows


if __name__ == "__main__":
    for row in measured():
        print(row)
