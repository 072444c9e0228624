"""The verbs of the care model on the command line: `workbench diff`, `workbench management`."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.base.problems import visible
from workbench.loading import load


@click.command("diff")
@click.argument("since", metavar="ROUND")
@click.option(
    "--study", "folder", type=click.Path(path_type=Path), default=".", help="The study's folder."
)
@click.option("--to", "until", default="", metavar="ROUND", help="A later round; the files as now.")
@click.option("--language", default="fi", help="The language of the answer.")
def changed(since: str, folder: Path, until: str, language: str) -> None:
    """Say what changed since ROUND, a tag or commit, and because of which words."""
    from workbench.practice.rounds import at_round, changes_since, compared

    if until:
        found = compared(at_round(folder, since), at_round(folder, until), since, language)
    else:
        found = changes_since(load(folder), since, language)
    for line in found.lines:
        click.echo(visible(line))
    click.echo(visible(found.caption), err=True)


@click.command("management")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def handled(folder: Path) -> None:
    """Write the page on handlers into build/management, for management only.

    Load, absences, competence and service models: about identifiable persons, so it stands apart
    from every report and nothing links to it.
    """
    from workbench.reports.management import management

    study = load(folder)
    into = folder / "build" / "management"
    for language in study.settings.languages:
        page = management(study, language)
        page.save(into)
        click.echo(f"{into / page.file}: for management only.")
