"""The verb of reports on the command line: `workbench run`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.base.problems import Level, visible

if TYPE_CHECKING:
    from workbench.study import Study

FEW = 3
"""How many reasons for a run are told."""


def pairs(option: str, texts: Iterable[str]) -> dict[str, str]:
    """Return what an option says of names, NAME=VALUE each time."""
    for text in texts:
        if "=" not in text:
            raise click.UsageError(f"{option} {text}: write it as {option} NAME=VALUE.")
    return {name: value for name, _, value in (text.partition("=") for text in texts)}


def _values(texts: Iterable[str]) -> dict[str, object]:
    found: dict[str, list[str]] = {}
    for text in texts:
        for name, value in pairs("-p", [text]).items():
            found.setdefault(name, []).append(value)
    return {name: said[0] if len(said) == 1 else said for name, said in found.items()}


@click.command()
@click.argument("segments", nargs=-1)
@click.option("--study", "folder", type=click.Path(path_type=Path), default=".")
@click.option("--language", "languages", multiple=True, help="Only this language; repeatable.")
@click.option(
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of notebooks, before what files give; repeated for a list.",
)
@click.option("--jobs", type=click.IntRange(1), help="Runs at a time; the number of cores.")
@click.option("--force", is_flag=True, help="Also runs that would give what is there.")
@click.option("--why", "asking", is_flag=True, help="Only say which runs would be done, and why.")
@click.option("--kernels", type=click.Choice(["warm", "ordinary"]), help="warm, where it can be.")
@click.option("--scheduler", metavar="ADDRESS", help="Runs on this Dask cluster: tcp://HOST:PORT.")
def run(
    segments: tuple[str, ...],
    folder: Path,
    languages: tuple[str, ...],
    parameters: tuple[str, ...],
    jobs: int | None,
    force: bool,
    asking: bool,
    kernels: str | None,
    scheduler: str | None,
) -> None:
    """Run the segment notebooks for SEGMENTS (all of them unless named) and write the report.

    Runs that would give what is there are spared.
    """
    from workbench.base.workers import connected
    from workbench.runs.batch import run as execute
    from workbench.runs.batch import whys
    from workbench.runs.run import NotReady

    def faults(study: Study) -> None:
        if errors := sum(p.level is Level.ERROR for p in study.problems):
            click.echo(f"The study has {errors} errors; see `workbench check {folder}`.", err=True)

    more = _values(parameters)
    try:
        if asking:
            for one, reasons in whys(folder, segments, languages, more):
                rest = f"; and {len(reasons) - FEW} more" if len(reasons) > FEW else ""
                told = "; ".join(reasons[:FEW]) + rest
                click.echo(visible(f"{one.name}: {told or 'spared'}"))
            return
        with connected(scheduler) if scheduler else nullcontext() as cluster:
            outcomes = execute(
                folder, segments, languages, more, jobs, kernels or "",
                force=force, executor=cluster, see=faults,
            )  # fmt: skip
    except NotReady as why:
        click.echo(f"{why}\nNothing was run.", err=True)
        sys.exit(2)
    failed = [o for o in outcomes if o.error]
    for outcome in failed:
        one = outcome.run
        click.echo(
            f"{one.segment or 'all'} ({one.language}, {one.notebook.stem}): {outcome.error}",
            err=True,
        )
    spared = sum(o.spared for o in outcomes)
    done = len(outcomes) - len(failed)
    note = f", {spared} of them before and nothing is new" if spared else ""
    click.echo(f"{done} of {len(outcomes)} runs done{note}: build/report/index.html")
    sys.exit(bool(failed))
