"""The verbs of the codebook on the command line: `workbench code …`, `recode`, `codebook …`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from workbench.base.files import read
from workbench.coding.recoding import Decision, format_waiting, parse_decisions
from workbench.loading import load
from workbench.revision import queue, verbs
from workbench.revision.asking import Note
from workbench.revision.changes import CannotChange, Change, apply
from workbench.revision.changes import resume as finish
from workbench.revision.versions import compare_studies, version
from workbench.study import Study

Command = Callable[..., Any]
STUDY = click.option(
    "--study", "folder", type=click.Path(path_type=Path), default=".", help="The study's folder."
)
FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=".")
WORDS = "LANGUAGE=TEXT"


def _asked(command: Command) -> Command:
    """Give a command the options of every change: see it first, say yes, say who and why."""
    for option in (
        click.option("--who", default="", help="Who changes it; for the history."),
        click.option("--reason", default="", help="Why; for the history."),
        click.option("--yes", is_flag=True, help="Do it without asking."),
        click.option("--dry-run", is_flag=True, help="Show what would change; write nothing."),
        STUDY,
    ):
        command = option(command)
    return command


def _do(change: Change, dry_run: bool, yes: bool) -> None:
    """Show a change, ask, write it."""
    click.echo(str(change))
    if dry_run or not (yes or click.confirm(f"Write {len(change.edits)} files?")):
        click.echo("Nothing was written.")
        return
    study = apply(change)
    click.echo(f"{len(change.edits)} files written; {len(study.problems)} problems in the study.")


def _texts(given: Iterable[str], study: Study) -> dict[str, str]:
    """Return texts by language; one without `fi=` is in the study's first language."""
    texts = {}
    for text in given:
        language, mark, rest = text.partition("=")
        if mark and language in study.settings.languages:
            texts[language] = rest
        else:
            texts[study.settings.languages[0]] = text
    return texts


@click.group()
def code() -> None:
    """Change the codebook, and take codings and evidence along; each shows its diff first."""


@code.command()
@click.argument("old")
@click.argument("new")
@click.option("--label", "labels", multiple=True, metavar=WORDS, help="A new label too.")
@_asked
def rename(
    old: str, new: str, labels: tuple[str, ...], folder: Path,
    dry_run: bool, yes: bool, reason: str, who: str,
) -> None:  # fmt: skip
    """Call the code OLD NEW: in the codebook, all codings and all evidence."""
    study = load(folder)
    label, note = _texts(labels, study), Note(reason=reason, who=who)
    _do(verbs.rename(study, old, new, label, note), dry_run, yes)


@code.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="The code that stays.")
@_asked
def merge(
    codes: tuple[str, ...], into: str, folder: Path,
    dry_run: bool, yes: bool, reason: str, who: str,
) -> None:  # fmt: skip
    """Let the codings of CODES be codings of another; what was coded both falls together."""
    _do(verbs.merge(load(folder), codes, into, Note(reason=reason, who=who)), dry_run, yes)


@code.command()
@click.argument("name")
@click.option("--into", multiple=True, required=True, help="A code it becomes; give two or more.")
@click.option("--by", multiple=True, metavar="FACET=CODE", help="Codings with this facet go there.")
@click.option("--from", "decisions", type=click.Path(path_type=Path), help="A list of decisions.")
@_asked
def split(
    name: str, into: tuple[str, ...], by: tuple[str, ...], decisions: Path | None, folder: Path,
    dry_run: bool, yes: bool, reason: str, who: str,
) -> None:  # fmt: skip
    """Part the code NAME; codings that no facet and no list decides wait in the queue."""
    if wrong := [pair for pair in by if "=" not in pair]:
        raise click.UsageError(f"--by {wrong[0]}: write it as --by FACET=CODE.")
    facets = {facet: to for facet, _, to in (pair.partition("=") for pair in by)}
    chosen = _decisions(decisions) if decisions else []
    note = Note(reason=reason, who=who)
    _do(verbs.split(load(folder), name, into, facets, chosen, note), dry_run, yes)


@code.command()
@click.argument("name")
@click.option("--under", default="", help="The code above it.")
@click.option("--to-tree", "tree", default="", help="The top of this tree.")
@_asked
def move(
    name: str, under: str, tree: str, folder: Path,
    dry_run: bool, yes: bool, reason: str, who: str,
) -> None:  # fmt: skip
    """Put the code NAME elsewhere in the codebook; its codings stay as they are."""
    if bool(under) == bool(tree):
        raise click.UsageError("Say one of --under CODE and --to-tree TREE.")
    _do(verbs.move(load(folder), name, under, tree, Note(reason=reason, who=who)), dry_run, yes)


@code.command()
@click.argument("name")
@click.option("--definition", multiple=True, metavar=WORDS, help="The new definition.")
@click.option("--use-when", multiple=True, metavar=WORDS, help="When to use it.")
@click.option("--not-when", multiple=True, metavar=WORDS, help="When not to.")
@click.option("--label", multiple=True, metavar=WORDS, help="The new label.")
@_asked
def redefine(
    name: str, definition: tuple[str, ...], use_when: tuple[str, ...], not_when: tuple[str, ...],
    label: tuple[str, ...], folder: Path, dry_run: bool, yes: bool, reason: str, who: str,
) -> None:  # fmt: skip
    """Let the code NAME mean something else; its codings so far wait in the queue.

    Without any text: the meaning was changed in the file by hand.
    """
    study = load(folder)
    given = {
        "definition": definition, "use_when": use_when, "not_when": not_when, "label": label,
    }  # fmt: skip
    texts = {field: _texts(words, study) for field, words in given.items() if words}
    _do(verbs.redefine(study, name, texts, Note(reason=reason, who=who)), dry_run, yes)


@code.command()
@click.argument("name")
@_asked
def retire(name: str, folder: Path, dry_run: bool, yes: bool, reason: str, who: str) -> None:
    """Take the code NAME out of use; its codings stay and count."""
    _do(verbs.retire(load(folder), name, Note(reason=reason, who=who)), dry_run, yes)


@code.command()
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@FOLDER
def follow(folder: Path, dry_run: bool, yes: bool) -> None:
    """Bring codings that came late (from another branch) after renamed and merged codes."""
    _do(queue.follow(load(folder)), dry_run, yes)


@code.command()
@FOLDER
def resume(folder: Path) -> None:
    """Finish a change that was interrupted in the middle."""
    for path in finish(folder):
        click.echo(f"{path}: somebody changed this file since; look at the version beside it.")
    click.echo(f"{len(load(folder).problems)} problems in the study.")


def _decisions(path: Path) -> list[Decision]:
    text, faults = read(path)
    decisions, problems = parse_decisions(text.content, path)
    if told := [str(problem) for problem in faults + problems]:
        raise CannotChange("\n".join(told))
    return decisions


@click.command()
@FOLDER
@click.option("--tsv", is_flag=True, help="As a list to fill in: the column `to` decides.")
@click.option("--from", "decided", type=click.Path(path_type=Path), help="A filled-in list.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
def recode(folder: Path, tsv: bool, decided: Path | None, dry_run: bool, yes: bool) -> None:
    """List the codings made before their code's meaning changed, or decide them."""
    study = load(folder)
    if decided:
        _do(queue.decide(study, _decisions(decided)), dry_run, yes)
        return
    waiting = queue.recoding_queue(study)
    if tsv:
        click.echo(format_waiting((w.line, w.code) for w in waiting), nl=False)
        return
    click.echo(queue.shown(study, waiting), nl=False)


@click.group()
def codebook() -> None:
    """Compare versions of the codebook, read its history."""


@codebook.command("diff")
@click.argument("revision")
@STUDY
@click.option("--codings", is_flag=True, help="Name each coding that would fall differently.")
def compare(revision: str, folder: Path, codings: bool) -> None:
    """Say what changed since a git REVISION, and which codings would fall differently."""
    study = load(folder)
    found = compare_studies(version(study, revision), study)
    click.echo(str(found), nl=False)
    for fall in found.falls if codings else ():
        p = fall.coding.passage
        where = f"{p.document}.{fall.coding.coder} [{p.turn}] {p.start}–{p.end}"
        click.echo(f"{where} '{p.quote}': {fall.coding.code} → {' | '.join(fall.after) or '–'}")


@codebook.command()
@FOLDER
def history(folder: Path) -> None:
    """Tell what was done to the codebook, when, by whom and why."""
    for e in load(folder).history.entries:
        to = f" → {', '.join(e.to)}" if e.to else ""
        why = "; ".join(filter(None, (e.who, e.reason)))
        click.echo(f"{e.date} {e.verb} {e.code}{to}: {e.codings} codings{f' ({why})' * bool(why)}")
