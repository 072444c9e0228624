"""The coder in a browser, from a key to saved and painted: 100,000 characters, 5,000 codings."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

from benchmarks.browser import opened
from tests.conftest import STUDY, write_study
from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage, format_codings

CHARACTERS, CODINGS, KEYS, FRAME = 100_000, 5_000, 25, 1 / 60
CODES = ("saavutettavuus", "odotusaika", "kohteliaisuus", "nimetty-yhteyshenkilö")
SAID = "palkka tuli taas myöhässä ja soitin käsittelijälle mutta kukaan ei vastannut koko päivänä"
REST = "await new Promise((done) => setTimeout(done, 200));"
"""A key finds the page at rest, as between the keys of somebody who reads."""
PRESS = f"""async (key) => {{
  {REST}
  const status = document.querySelector(".wb-coder .status");
  const paper = document.querySelector(".wb-coder .paper");
  status.textContent = "";
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const start = performance.now();
  const saved = new Promise((done) => new MutationObserver((_, watch) => {{
    if (!status.textContent) return;
    watch.disconnect();
    frame().then(done);
  }}).observe(status, {{ childList: true, characterData: true, subtree: true }}));
  paper.dispatchEvent(new KeyboardEvent("keydown", {{ key, bubbles: true }}));
  await frame();
  const painted = performance.now() - start;
  await saved;
  if (status.classList.contains("wrong")) throw new Error(status.textContent);
  return [painted, performance.now() - start];
}}"""
"""Milliseconds until what the key does is seen, and until it is saved and that is seen."""
ECHO = f"""async () => {{
  {REST}
  const start = performance.now();
  await window.echo();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}}"""
CELL = '''
import anywidget
from IPython.display import display
import workbench as wb

class Echo(anywidget.AnyWidget):
    _esm = """export default { render({ model }) {
      window.echo = () => new Promise((done) => {
        const hear = () => { model.off("msg:custom", hear); done(); };
        model.on("msg:custom", hear);
        model.send({});
      });
    } };"""

echo = Echo()
echo.on_msg(lambda *_: echo.send({}))
display(wb.Coder(wb.load('..'), 'aino', 'h01'), echo)
'''
REPAINT = """async () => {
  const paper = document.querySelector(".wb-coder .paper");
  for (let y = 0; y < paper.scrollHeight; y += 400) {
    paper.scrollTop = y;
    await new Promise(requestAnimationFrame);
  }
  const sections = [...paper.querySelectorAll(".turn")].map((turn) => turn.cloneNode(true));
  sections.forEach((turn) => { turn.style.contentVisibility = "visible"; });
  const start = performance.now();
  paper.replaceChildren(...sections);
  paper.getBoundingClientRect();
  sections.at(-1).getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


def large(folder: Path) -> Path:
    """Write a study whose interview h01 has 100,000 characters and 5,000 codings of aino's."""
    dice = random.Random(1)
    words, turns = SAID.split(), list[str]()
    while sum(map(len, turns)) < CHARACTERS:
        turns.append(" ".join(dice.choice(words) for _ in range(60)))
    head = STUDY["interviews/h01.md"].split("[1]")[0]
    text = head + "\n\n".join(f"[{n}] E01: {turn}" for n, turn in enumerate(turns, 1)) + "\n"
    path = folder / "interviews/h01.aino.tsv"
    codings: dict[tuple[int, int, int, str], Coding] = {}
    while len(codings) < CODINGS:
        n = dice.randrange(len(turns))
        start = dice.randrange(len(turns[n]) - 60)
        quote = turns[n][start : start + dice.randrange(15, 60)].strip()
        start = turns[n].index(quote, start)
        passage = Passage("h01", n + 1, start, start + len(quote), quote)
        made = Coding(passage, dice.choice(CODES), "aino", Place(path, 1))
        codings[made.key] = made
    return write_study(
        folder,
        {
            "interviews/h01.md": text,
            "interviews/h01.aino.tsv": format_codings(codings.values()),
            "interviews/h01.eero.tsv": None,
        },
    )


def measured() -> list[tuple[str, float, str, float, float]]:
    """Return the rows of the table; none without a browser."""
    with opened(large, CELL, ".wb-coder .turn") as lab:
        if lab is None:
            return []
        page = lab.page
        page.locator(".wb-coder .chips button").first.click()
        page.wait_for_function("window.echo")
        pressed: dict[str, list[list[float]]] = {"a facet": [], "a code": []}
        echoes = list[float]()
        for n in range(KEYS):
            echoes.append(page.evaluate(ECHO) / 1000)
            pressed["a facet"].append(page.evaluate(PRESS, "+"))
            page.locator(".wb-coder .paper").focus()
            page.keyboard.press("ArrowDown")
            if n:
                pressed["a code"].append(page.evaluate(PRESS, "."))
            else:
                page.keyboard.press("/")
                page.keyboard.type("odotus")
                page.keyboard.press("Enter")
            page.wait_for_selector(".wb-coder:not([data-waits])")
        naive = page.evaluate(REPAINT) / 1000
    rows = []
    empty = statistics.median(echoes)
    for what, times in pressed.items():
        painted, saved = ([x / 1000 for x in column] for column in zip(*times, strict=True))
        seen, typical = statistics.median(painted), statistics.median(saved)
        print(
            f"coder, {what}, {CODINGS} codings: seen after {1000 * seen:.0f} ms, saved and seen "
            f"after {1000 * min(saved):.0f} to {1000 * max(saved):.0f}, median "
            f"{1000 * typical:.0f} ms; an empty message there and back {1000 * empty:.0f} ms."
        )
        rows += [
            (f"coder: {what}, key to saved and seen", typical, "repaint of all turns", naive, 0.2),
            ("  the same", typical, "two frames of 1/60 s", 2 * FRAME, 1.0),
            ("  the same", typical, "an empty message, there and back", empty, 2.0),
            (f"coder: {what}, key to seen", seen, "two frames of 1/60 s", 2 * FRAME, 1.0),
        ]
    return rows


if __name__ == "__main__":
    for row in measured():
        print(row)
