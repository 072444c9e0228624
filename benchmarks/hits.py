"""The list of search hits in a browser: a key to painted with 5,000 hits built, beside 200."""

from __future__ import annotations

import statistics

from playwright.sync_api import Page

from benchmarks.browser import opened
from benchmarks.coding import large
from workbench.lab.hits import PAGE

HITS, KEYS = 5_000, 25
CELL = "import workbench as wb\nwb.Hits(wb.load('..'), 'aino', '/./')"
PRESS = """async (key) => {
  const frame = document.querySelector(".wb-hits");
  const list = frame.querySelector(".hits");
  const start = performance.now();
  list.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  while (frame.dataset.waits) {
    await new Promise((done) => new MutationObserver((_, watch) => {
      watch.disconnect();
      done();
    }).observe(frame, { attributes: true }));
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


def _walk_and_code(page: Page) -> tuple[float, float]:
    """Return the median seconds of a step in the list, and of a code until it is saved."""
    steps, codes = list[float](), list[float]()
    for _ in range(KEYS):
        steps.append(page.evaluate(PRESS, "ArrowDown") / 1000)
        codes.append(page.evaluate(PRESS, "1") / 1000)
    return statistics.median(steps), statistics.median(codes)


def measured() -> list[tuple[str, float, str, float, float]]:
    """Return the rows of the table; none without a browser."""
    with opened(large, CELL, ".wb-hits .hit") as lab:
        if lab is None:
            return []
        few = _walk_and_code(lab.page)
        built = lab.page.locator(".wb-hits .hit")
        while built.count() < HITS:
            lab.page.evaluate(PRESS, "End")
            lab.page.evaluate(PRESS, "ArrowDown")
        many = _walk_and_code(lab.page)
    peer = f"the same with {PAGE}"
    return [
        (f"hits: a step, {HITS} built", many[0], peer, few[0], 2.0),
        (f"hits: a code until saved, {HITS} built", many[1], peer, few[1], 2.0),
    ]


if __name__ == "__main__":
    for row in measured():
        print(row)
