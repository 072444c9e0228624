"""The verb `show`: any counted answer of the library on the command line, and every register."""

from __future__ import annotations

import inspect
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import click

from workbench.asked import CannotShow, called, options_of, results
from workbench.base.problems import visible
from workbench.care.model import FOLDERS, TABLES
from workbench.loading import load


def line(text: str) -> str:
    """Return a line for a terminal: any blank as a plain one, control characters made visible."""
    return visible("".join(" " if unicodedata.category(c) == "Zs" else c for c in text))


def _printed(frame: Any) -> str:
    """Return a table as text: as it is where it fits the terminal, else row by row."""
    wide = str(frame.to_string(index=False, na_rep=""))
    most = shutil.get_terminal_size((100, 24)).columns
    if all(len(row) <= most for row in wide.split("\n")):
        return wide
    rows = (
        "\n".join(
            f"{heading}: {value}" if n else str(value)
            for n, (heading, value) in enumerate(zip(frame.columns, row, strict=True))
            if str(value).strip() not in ("", "nan", "None")
        )
        for row in frame.itertuples(index=False, name=None)
    )
    return "\n\n".join(rows)


def _list() -> None:
    for name, function in results().items():
        options = " ".join(f"{key}=" for key in options_of(function))
        first = (inspect.getdoc(function) or "").split("\n")[0]
        click.echo(f"{name:<22}{first}{f'  [{options}]' if options else ''}")
    click.echo(f"Registers: {', '.join((*TABLES, *FOLDERS))}")


@click.command()
@click.argument("name", default="")
@click.argument("options", nargs=-1, metavar="[KEY=VALUE]…")
@click.option("--study", "folder", type=click.Path(path_type=Path), default=".", help="The study.")
@click.option("--segment", help="Only the material of this segment.")
@click.option("--language", default="fi", help="The language of the answer.")
@click.option("--csv", "file", type=click.Path(path_type=Path), help="Write the table to FILE.")
def show(
    name: str,
    options: tuple[str, ...],
    folder: Path,
    segment: str | None,
    language: str,
    file: Path | None,
) -> None:
    """Print any counted answer: NAME is a function of the library or a file of the care model.

    Without NAME, list what there is. Options are those of the function; lists go by commas. A
    result with several tables gives each by its name: `coverage.plan`.
    """
    if not name:
        _list()
        return
    from workbench.findings.results import part_of

    study = load(folder)
    view = study.where(segment=segment) if segment else study
    name, _, part = name.partition(".")
    frame, caption = part_of(called(view, name, options, language), part)
    if file:
        try:
            frame.to_csv(file, index=False)
        except OSError as error:
            raise CannotShow(f"{file} cannot be written: {error.strerror}.") from None
        click.echo(f"{file}: {len(frame)} rows.", err=True)
    elif len(frame):
        click.echo("\n".join(map(line, _printed(frame).split("\n"))))
    click.echo(line(caption.replace("\n", " ")), err=True)
