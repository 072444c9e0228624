"""The verbs of findings on the command line: `workbench counter` and `workbench framework`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbench.base.problems import visible
from workbench.loading import load

STUDY = click.option(
    "--study", "folder", type=click.Path(path_type=Path), default=".", help="The study's folder."
)


@click.command()
@click.argument("finding")
@STUDY
@click.option("--seen", "by", default="", metavar="NAME", help="NAME has looked at all that waits.")
@click.option("--why", default="", help="Why what was looked at does not speak against it.")
@click.option("--passage", "passages", multiple=True, help="Only this passage; repeatable.")
@click.option("--state", default="", help="Move the finding on: challenged or published.")
@click.option("--language", default="fi", help="The language of the list.")
def counter(
    finding: str,
    folder: Path,
    by: str,
    why: str,
    passages: tuple[str, ...],
    state: str,
    language: str,
) -> None:
    """List what speaks against FINDING, with its words; --seen notes who looked at it."""
    from workbench.findings import counter as negative

    study = load(folder)
    if not by and (why or passages or state):
        raise click.UsageError("Say who looked: --seen NAME.")
    found = negative.counter(study, finding, language)
    for row in found.table.itertuples(index=False):
        place, who, quote, answer, reason = map(str, row)
        click.echo(
            visible(f"{place} [{who}] {answer}: {quote} {reason}".replace("\n", " ").rstrip())
        )
    click.echo(visible(found.caption), err=True)
    if by:
        named = passages or None
        new = negative.mark_seen(study, finding, by, why=why, passages=named, state=state)
        click.echo(f"{finding}: {by} has looked; set aside: {len(new)}.")


@click.command()
@click.argument("codes", nargs=-1)
@STUDY
@click.option("--stale", is_flag=True, help="Only what is behind its passages; exit 1 if any.")
@click.option("--draft", is_flag=True, help="Write drafts of the summaries CODES still lack.")
@click.option("--renew", multiple=True, metavar="WHO", help="WHO's summary was mended; repeatable.")
@click.option("--language", default="fi", help="The language of the summaries.")
def framework(
    codes: tuple[str, ...],
    folder: Path,
    stale: bool,
    draft: bool,
    renew: tuple[str, ...],
    language: str,
) -> None:
    """Print the summaries of CODES (all that have any), person by person, with their passages."""
    from workbench.findings import framework as matrix

    if (draft or renew) and not codes:
        raise click.UsageError("Name the CODES.")
    for code in codes if draft or renew else ():
        if renew:
            matrix.renew_summaries(load(folder), code, renew)
            click.echo(f"{code}: renewed for {', '.join(renew)}.")
        if draft:
            new = matrix.draft_summaries(load(folder), code)
            told = f"drafts for {', '.join(new)}" if new else "nobody lacks one"
            click.echo(f"{code}: {told}.")
    if draft or renew:
        return
    study = load(folder)
    found = matrix.framework(study, language, codes=codes or None)
    for cell in found.cells.values():
        if cell.behind or (cell.said and not stale):
            mark = "⚠ " if cell.behind else ""
            click.echo(visible(f"{cell.person} {cell.code}: {mark}{cell.text or '–'}"))
            for citation in cell.said:
                mark = "+" if cell.behind and citation in cell.behind.new else " "
                said = (c.passage.quote for c in study.witness.passages(citation))
                for quote in dict.fromkeys(said):
                    click.echo(visible(f"  {mark} {citation}: {quote}"))
    click.echo(visible(found.caption), err=True)
    sys.exit(bool(stale and found.stale))
