"""One table: what, ours, reference, ratio, goal, met. Best of several, peer in the same run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import yaml

from benchmarks import autocoding, coding, explorer, finding, findings, hits
from workbench.base.files import read
from workbench.base.strict_yaml import parse
from workbench.coding.codings import parse_codings
from workbench.loading import load

ROOT = Path(__file__).parent.parent
TIMES = 5


def best(function: Callable[[], object]) -> float:
    """Return the shortest of several times in seconds."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def rows(n: int) -> str:
    lines = [
        f"{i // 9 + 1}\t{i % 9}\t{i % 9 + 20}\tkoodi-{i % 60}\tkoettu -\tsanat\t" for i in range(n)
    ]
    return "\n".join(["turn\tstart\tend\tcode\tfacets\tquote\tmemo", *lines]) + "\n"


def main() -> None:
    """Print the table."""
    sidecars = sorted((*ROOT.glob("interviews/*.tsv"), *ROOT.glob("observations/*.tsv")))
    books = [p.read_text(encoding="utf-8") for p in (ROOT / "parameters/codebook").glob("*.yml")]
    table = rows(20_000)
    as_yaml = yaml.safe_dump(
        [{"turn": i, "code": f"koodi-{i % 60}", "quote": "sanat"} for i in range(2_000)]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codings.tsv"
        path.write_text(table, encoding="utf-8")
        measured = [
            (
                "load the example, every check",
                best(lambda: load(ROOT)),
                "read the same files with pandas and PyYAML, no check",
                best(
                    lambda: (
                        [pd.read_csv(p, sep="\t", quoting=3) for p in sidecars],
                        [yaml.safe_load(b) for b in books],
                    )
                ),
                1.0,
            ),
            (
                "read 20,000 codings from TSV",
                best(lambda: parse_codings(read(path)[0].content, path, "h01", "aino")),
                "2,000 codings from YAML, times 10",
                10 * best(lambda: yaml.safe_load(as_yaml)),
                0.2,
            ),
            (
                "strict YAML, the codebook",
                best(lambda: [parse(b, ROOT) for b in books]),
                "PyYAML safe_load",
                best(lambda: [yaml.safe_load(b) for b in books]),
                1.1,
            ),
        ]
    measured += [*findings.measured(), *autocoding.measured()]
    measured += [*coding.measured(), *hits.measured(), *explorer.measured()]
    print("\n".join(finding.table()), end="\n\n")
    print(f"{'what':<42}{'ours ms':>9}  {'reference':<54}{'ms':>9}{'ratio':>8}{'goal':>8}  met")
    for what, ours, reference, theirs, goal in measured:
        ratio = ours / theirs
        met = "yes" if ratio <= goal else "no"
        print(
            f"{what:<42}{1000 * ours:>9.1f}  {reference:<54}{1000 * theirs:>9.1f}"
            f"{ratio:>8.4f}{goal:>8.4f}  {met}"
        )


if __name__ == "__main__":
    main()
