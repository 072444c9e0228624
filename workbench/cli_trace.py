"""The verbs of the balance on the command line: trace, gaps, letter."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import click

from workbench.cli_show import line
from workbench.loading import load

STUDY = click.option(
    "--study", "folder", type=click.Path(path_type=Path), default=".", help="The study's folder."
)
LANGUAGE = click.option("--language", default="fi", help="The language of the answer.")


def _rows(rows: Iterable[tuple[str, ...]]) -> None:
    """Print rows under the heading of their first column, once each."""
    for heading, own in itertools.groupby(rows, key=lambda row: row[0]):
        click.echo(line(heading))
        for _, *cells in own:
            click.echo(line("  " + "  ".join(filter(None, cells)).replace("\n", " ")))


@click.command()
@click.argument("what")
@STUDY
@LANGUAGE
@click.option(
    "--words", "spoken", is_flag=True, help="With the words; else only who rests on what."
)
@click.option("--public", is_flag=True, help="Only what a report may tell.")
@click.option("--letter", "sending", is_flag=True, help="As an answer to the person WHAT.")
def trace(
    what: str, folder: Path, language: str, spoken: bool, public: bool, sending: bool
) -> None:
    """Say what became of WHAT (a person, document, turn, code), or why WHAT (an id) exists.

    This is the analyst's view; --public and --letter may be given away.
    """
    from workbench.practice.letters import letter
    from workbench.practice.trace import trace as follow

    study = load(folder)
    if public:
        from workbench.reports.why import why

        click.echo("\n".join(map(line, why(study, what, language).split("\n"))))
        return
    if sending:
        click.echo("\n".join(map(line, letter(study, what, language).split("\n"))))
        return
    found = follow(study, what, language)
    kept = [n for n, node in enumerate(found.nodes) if spoken or node[0] != "words"]
    _rows(
        (step, name, text, f"← {ground}" if ground else "")
        for step, name, text, ground in found.table.iloc[kept].itertuples(index=False)
    )
    if found.open.found:
        click.echo("")
        _rows(found.open.lines)
    click.echo(line(found.caption), err=True)


@click.command()
@STUDY
@LANGUAGE
def gaps(folder: Path, language: str) -> None:
    """List what keeps the care model from balancing: needs, findings, promises left alone."""
    from workbench.practice.gaps import gaps as missing

    found = missing(load(folder), language)
    _rows(found.lines)
    click.echo(line(found.caption), err=True)
