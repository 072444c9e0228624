"""Runs of the project's own segment notebooks beside plain Papermill, each in a process of its own.

`python -m benchmarks.runs` takes about a quarter of an hour: plain Papermill is what takes it.
`--whole` measures all runs beside the floor; `--plans N` executes the account plans of twelve
segments so often that there are N of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("interviews", "observations", "parameters", "notebooks")
SEGMENTS = (
    "esimiehet", "esimiehet-mvk", "esimiehet-opetus", "esimiehet-soster", "esimiehet-tike",
    "esimiehet-varhaiskasvatus", "palkansaajat", "palkansaajat-mvk", "palkansaajat-opetus",
    "palkansaajat-soster", "tuntipalkkaiset", "uudet-esimiehet",
)  # fmt: skip
NOTEBOOKS = ("11_profiili", "12_asiakkuussuunnitelma")
CORES = os.cpu_count() or 1
BIN = Path(sys.executable).parent
PLAIN = """
import papermill, sys
for notebook in sys.argv[1].split():
    for segment in sys.argv[2].split():
        papermill.execute_notebook(
            f"{notebook}.ipynb", f"../out/{notebook}-{segment}.ipynb", progress_bar=False,
            parameters={"segment": segment, "language": "fi", "report_folder": "../build/report"},
        )
"""
POOL = """
import papermill, sys, itertools
from concurrent.futures import ProcessPoolExecutor
def one(pair):
    notebook, segment = pair
    papermill.execute_notebook(
        f"{notebook}.ipynb", f"../out/{notebook}-{segment}.ipynb", progress_bar=False,
        parameters={"segment": segment, "language": "fi", "report_folder": "../build/report"},
    )
if __name__ == "__main__":
    with ProcessPoolExecutor() as pool:
        list(pool.map(one, itertools.product(sys.argv[1].split(), sys.argv[2].split())))
"""
FLOOR = """
import ast, json, sys, time
import workbench as wb, workbench.reports.charts
from IPython.core.interactiveshell import InteractiveShell
shown = InteractiveShell.instance().display_formatter.format
cells, wish = {}, [word.split(":") for word in sys.argv[1:]]
for name in dict.fromkeys(name for name, _, _ in wish):
    notebook = json.load(open(f"{name}.ipynb", encoding="utf-8"))
    cells[name] = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
def executed(name, segment, language):
    space = {}
    for n, source in enumerate(cells[name]):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), space)
        if last is not None:
            shown(eval(compile(ast.Expression(last.value), "cell", "eval"), space))
        if not n:
            given = {"language": language, "report_folder": "../build/report"}
            space |= {**given, "segment": segment} if segment else given
for name in cells:
    executed(*next(w for w in wish if w[0] == name))
begun = time.process_time()
for one in wish:
    executed(*one)
print(time.process_time() - begun)
"""
AGAIN = """
import sys, time
import workbench as wb
from workbench.runs.batch import run
wish = sys.argv[1].split(), ["fi"]
begun = time.perf_counter()
assert all(o.spared for o in run("..", *wish))
print(time.perf_counter() - begun)
"""


@contextmanager
def study() -> Iterator[Path]:
    """Give a copy of the example study, its notebooks' folder."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "study"
        for name in FOLDERS:
            shutil.copytree(ROOT / name, folder / name)
        for name in ("out", "build/report"):
            (folder / name).mkdir(parents=True)
        yield folder / "notebooks"


def taken(command: list[str], here: Path) -> tuple[float, float, str]:
    """Return how long a command takes (s), the memory of all its processes at most (MB), its words.

    Of memory that processes share each has its part.
    """
    most, over = [0.0], threading.Event()
    process = subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE, text=True)
    begun = time.perf_counter()

    def watch() -> None:
        while not over.wait(0.25):
            most[0] = max(most[0], sum(map(_memory, _family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = process.communicate()
    spent = time.perf_counter() - begun
    over.set()
    watcher.join()
    assert process.returncode == 0, command
    return spent, most[0], said


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(place.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0.0


def python(program: str, *words: str) -> list[str]:
    """Return the command that runs a program with these words."""
    return [sys.executable, "-c", program, *words]


def ours(*more: str) -> list[str]:
    """Return the command that makes the reports of the twelve segments."""
    return [str(BIN / "workbench"), "run", "--study", "..", *SEGMENTS, "--language", "fi", *more]


def commands(here: Path, export: bool) -> float:
    """Return how long Papermill's command takes for each run, with or without nbconvert's."""
    begun = time.perf_counter()
    for notebook in NOTEBOOKS:
        for segment in SEGMENTS:
            out = f"../out/{notebook}-{segment}.ipynb"
            given = ["-p", "segment", segment, "-p", "language", "fi"]
            words = [str(BIN / "papermill"), "--no-progress-bar", f"{notebook}.ipynb", out, *given]
            subprocess.run(words, cwd=here, check=True, capture_output=True)
            if export:
                words = [str(BIN / "jupyter"), "nbconvert", "--to", "html", out]
                subprocess.run(words, cwd=here, check=True, capture_output=True)
    return time.perf_counter() - begun


def measured(rounds: int = 2) -> None:
    """Measure all ways in turn, and print the table."""
    times: dict[str, list[float]] = {}
    memory: dict[str, float] = {}

    def note(what: str, spent: float, most: float = 0.0) -> None:
        times.setdefault(what, []).append(spent)
        memory[what] = max(memory.get(what, 0.0), most)

    words = " ".join(NOTEBOOKS), " ".join(SEGMENTS)
    for n in range(rounds):
        with study() as here:
            note("plain Papermill, API", *taken(python(PLAIN, *words), here)[:2])
        with study() as here:
            note("plain Papermill, a pool", *taken(python(POOL, *words), here)[:2])
        if not n:
            with study() as here:
                note("papermill and jupyter nbconvert, commands", commands(here, export=True))
        with study() as here:
            wish = [f"{n}:{s}:fi" for n in NOTEBOOKS for s in SEGMENTS]
            note("floor", float(taken(python(FLOOR, *wish), here)[2]) / CORES)
        with study() as here:
            note("ours, cold", *taken(ours(), here)[:2])
            note("ours, nothing new, command", *taken(ours(), here)[:2])
            note("ours, nothing new", float(taken(python(AGAIN, words[1]), here)[2]))
            changed = here.parent / "interviews" / "h30.aino.tsv"
            lines = changed.read_text(encoding="utf-8").splitlines(keepends=True)
            changed.write_text("".join(lines[:-1]), encoding="utf-8")
            spent, most, said = taken(ours(), here)
            note("ours, one coding dropped", spent, most)
    print(said.strip())
    best = {what: min(found) for what, found in times.items()}
    goals = (
        ("ours, cold", "plain Papermill, API", 13),
        ("ours, cold", "papermill and jupyter nbconvert, commands", 25),
        ("ours, nothing new", "plain Papermill, API", 500),
        ("ours, nothing new, command", "plain Papermill, API", 500),
    )
    print(f"{'24 runs (12 segments, 2 notebooks)':<46}{'s':>9}{'MB':>7}")
    for what, spent in best.items():
        print(f"{what:<46}{spent:>9.3f}{memory[what] or float('nan'):>7.0f}")
    print(f"\n{'ours':<28}{'reference':<44}{'times':>8}{'goal':>6}  met")
    for what, reference, goal in goals:
        ratio = best[reference] / best[what]
        print(
            f"{what:<28}{reference:<44}{ratio:>8.1f}{goal:>6}  {'yes' if ratio >= goal else 'no'}"
        )


def plans(n: int) -> None:
    """Execute account plans until there are `n`, and print how many a minute."""
    program = f"""
import time
from dataclasses import replace
from pathlib import Path
from workbench.loading import load
from workbench.runs.batch import _done
from workbench.runs import fresh
from workbench.runs.matrix import plan
study = load("..")
runs = [r for r in plan(study, {SEGMENTS!r}, ["fi"]) if r.notebook.stem.startswith("12")]
many = [
    replace(r, output=r.output.with_name(f"{{r.name}}-{{k}}.ipynb"),
            parameters={{**r.parameters, "report_folder": f"../build/plans/{{k}}"}})
    for k in range({n} // len(runs)) for r in runs
]
begun = time.perf_counter()
outcomes = _done(many, fresh.Now.of(Path("..").resolve()), None, "", False)
spent = time.perf_counter() - begun
assert not [o.error for o in outcomes if o.error]
print(len(many), spent)
"""
    with study() as here:
        (here.parent / "build/runs").mkdir()
        _, most, said = taken(python(program), here)
        size = sum(f.stat().st_size for f in (here.parent / "build").rglob("*") if f.is_file())
    count, spent = said.split()
    a_minute = 60 * int(count) / float(spent)
    print(f"{count} account plans: {float(spent):.1f} s, {a_minute:.0f} a minute, "
          f"{most:.0f} MB of memory, {size / 1e6:.0f} MB on disk")  # fmt: skip


def whole(rounds: int = 2) -> None:
    """Measure all runs of the example beside the floor: what their cells alone take."""
    spent, floor = [], []
    with study() as here:
        for _ in range(rounds):
            shutil.rmtree(here.parent / "build")
            command = [str(BIN / "workbench"), "run", "--study", ".."]
            time_, most, said = taken(command, here)
            spent.append(time_)
            names = [p.stem for p in (here.parent / "build/runs").glob("[12]*.ipynb")]
            wish = [_split(name) for name in names]
            floor.append(float(taken(python(FLOOR, *wish), here)[2]) / CORES)
    ratio = min(spent) / min(floor)
    print(said.strip())
    met = "met" if ratio <= 1.6 else "not met"
    print(f"{len(names)} runs: {min(spent):.1f} s, {most:.0f} MB; floor {min(floor):.1f} s: "
          f"{ratio:.2f} times the floor, goal 1.6: {met}")  # fmt: skip


def _split(name: str) -> str:
    """Return `notebook:segment:language` of a run's name."""
    notebook, *segment, language = name.split("-")
    return f"{notebook}:{'-'.join(segment)}:{language}"


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, action="append", default=[])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--whole", action="store_true", help="all runs of the example")
    asked = parser.parse_args()
    for n in asked.plans:
        plans(n)
    if asked.whole:
        whole(asked.rounds)
    if not (asked.plans or asked.whole):
        measured(asked.rounds)


if __name__ == "__main__":
    main()
