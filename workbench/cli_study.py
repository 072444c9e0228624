"""The verbs of the material: proving, importing, coding and searching it, and new studies."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from workbench import new as start
from workbench import teamwork
from workbench.base.problems import Level, visible
from workbench.cli_run import pairs
from workbench.coding.comparison import How
from workbench.loading import NoStudy, load
from workbench.material.documents import Kind
from workbench.material.sources import READERS
from workbench.runs.given import parameter_problems
from workbench.study import Unknown, status

FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=".")


def _is_study(_: click.Context, __: click.Parameter, folder: Path) -> Path:
    if not (folder / "parameters" / "study.yml").is_file():
        raise NoStudy(folder)
    return folder


INTO = click.option(
    "--into", "folder", type=click.Path(path_type=Path), default=".", help="The study's folder.",
    callback=_is_study,
)  # fmt: skip
KINDS = [*(k.value for k in Kind), *READERS]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@FOLDER
def check(folder: Path) -> None:
    """Print everything that is wrong in the study's files, in one pass; exit 1 for errors."""
    study = load(folder)
    problems = sorted([*study.problems, *parameter_problems(study)])
    for problem in problems:
        click.echo(problem)
    errors = sum(p.level is Level.ERROR for p in problems)
    warnings = len(problems) - errors
    click.echo(
        f"{len(study.documents)} documents, {len(study.informants)} informants, "
        f"{len(study.codings)} codings: {errors} errors, {warnings} warnings.",
        err=True,
    )
    sys.exit(bool(errors))


@click.command("status")
@FOLDER
def show_status(folder: Path) -> None:
    """Say what is coded by whom."""
    study = load(folder)
    click.echo(f"{'document':<14}{'turns':>7}{'words':>8}  {'coder':<12}{'codings':>8}{'turns':>7}")
    for row in status(study):
        d = row.document
        lost = f"  {row.lost} lost" if row.lost else ""
        click.echo(
            f"{d.id:<14}{len(d.turns):>7}{d.words:>8}  {row.coder or '–':<12}"
            f"{row.codings:>8}{row.turns:>7}{lost}"
        )
    for coder in study.coders:
        own = study.where(coder=coder).codings
        documents = len({c.document for c in own})
        click.echo(f"{coder}: {len(own)} codings in {documents} documents.")
    for name, survey in study.surveys.items():
        click.echo(f"{name}: {len(survey.answered)} of {len(survey.rows)} people answered.")
    for name, feedback in study.feedback.items():
        coded = sum(bool(m.marks) for m in feedback.rows)
        click.echo(f"{name}: {len(feedback.rows)} items of feedback, {coded} of them coded.")
    for name, encounters in study.encounters.items():
        click.echo(f"{name}: {len(encounters.rows)} rows of encounters.")
    uncoded = [row.document.id for row in status(study) if not row.codings]
    if uncoded:
        click.echo(f"Not coded by anybody: {', '.join(uncoded)}.")


@click.command("work")
@FOLDER
@click.option("--coder", default="", help="Only this coder's work, with the turns still uncoded.")
def show_work(folder: Path, coder: str) -> None:
    """Say who has what left to code, after parameters/work.yml."""
    tasks = teamwork.work(load(folder), coder)
    if not tasks:
        click.echo("No work is divided: there are no assignments in parameters/work.yml.")
    for t in tasks:
        state = f"{len(t.left)} turns left" if t.codings else "not begun"
        state = state if t.left else "every turn coded"
        blind = "  blind" if t.sealed else ""
        click.echo(f"{t.document:<14}{t.coder:<12}{t.codings:>5} codings  {state}{blind}")
        if coder and t.left:
            click.echo(f"    turns {', '.join(map(str, t.left))}")


@click.command()
@click.argument("documents", nargs=-1, required=True)
@INTO
@click.option("--anyway", is_flag=True, help="Though a coder has not begun.")
def release(documents: tuple[str, ...], folder: Path, anyway: bool) -> None:
    """Let the coders of DOCUMENTS that are coded blind see one another."""
    opened = teamwork.release(folder, documents, anyway=anyway)
    click.echo(f"Released: {', '.join(opened) or 'nothing, they were released before'}.")


@click.command("disagreements")
@click.argument("documents", nargs=-1)
@INTO
def show_disagreements(documents: tuple[str, ...], folder: Path) -> None:
    """Print where coders differ in DOCUMENTS (all that are released unless named)."""
    study = load(folder)
    points = teamwork.points(study, documents or None)
    for point in points:
        made = study.decisions.get(point.document)
        if point.how is not How.SAME:
            decided = "  decided" if made and made.on(point) else ""
            click.echo(f"{point.document}/{point.turn}  {point.how}{decided}")
            for c in point.codings:
                facets = " ".join(sorted(c.facets))
                line = f"    {c.coder}: {c.code} ({facets}) '{c.passage.quote}' {c.memo}"
                click.echo(visible(line.replace("\n", " ").rstrip()))
    same = sum(point.how is How.SAME for point in points)
    click.echo(f"{len(points) - same} disagreements, {same} places judged alike.")


@click.command()
@click.argument("documents", nargs=-1, required=True)
@INTO
def settle(documents: tuple[str, ...], folder: Path) -> None:
    """Write the agreed codings of DOCUMENTS where every disagreement is decided."""
    study = load(folder)
    left = teamwork.settle(study, documents)
    for name, count in left.items():
        state = f"{count} disagreements are left to decide" if count else "agreed and written"
        click.echo(f"{name}: {state}.")
    sys.exit(any(left.values()))


@click.command("search")
@click.argument("query")
@FOLDER
@click.option("--segment", help="Only the material of this segment.")
@click.option("--speaker", help="Only this informant's or speaker's words.")
@click.option("--code", help="Only words coded with this code or one below it.")
@click.option("--within", default="sentence", help="Where AND and NOT hold: sentence or turn.")
@click.option("--language", default="fi", help="The language of the last line.")
def find(
    query: str,
    folder: Path,
    segment: str | None,
    speaker: str | None,
    code: str | None,
    within: str,
    language: str,
) -> None:
    """Print the places where QUERY stands, by base form and compound part."""
    from workbench.concordance.kwic import search

    found = search(
        load(folder), query, language, segment=segment, speaker=speaker, code=code, within=within
    )
    for hit in found.hits:
        place = f"{hit.passage.document}/{hit.passage.turn}"
        click.echo(f"{place:<8}{hit.left:>61}[{hit.passage.quote}]{hit.right}".replace("\n", " "))
    click.echo(f"{found.caption} ({found.analysed_by})", err=True)


@click.command()
@click.argument("codes", nargs=-1)
@INTO
@click.option("--write", "writing", is_flag=True, help="Write them as codings of `auto`.")
def autocode(codes: tuple[str, ...], folder: Path, writing: bool) -> None:
    """Show what the codebook's rules find for CODES (all that have rules); --write keeps it."""
    from workbench.concordance.autocode import autocode as find_passages

    preview = find_passages(load(folder), codes)
    for found in preview.found:
        passage = found.hit.sentence
        place = f"{passage.document}/{passage.turn} {found.code}"
        click.echo(f"{place}: {passage.quote}  ({' | '.join(found.rules)})".replace("\n", " "))
    click.echo(preview.caption, err=True)
    if writing:
        for path in preview.write():
            click.echo(path)
    else:
        click.echo("Nothing was written; add --write to keep them as codings of `auto`.", err=True)


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOC…")
@INTO
@click.option("--send", "sending", is_flag=True, help="Send what was shown before, and write.")
@click.option("--language", default="en", help="The language of the last line.")
def ask(documents: tuple[str, ...], folder: Path, sending: bool, language: str) -> None:
    """Show what the assistant of study.yml would be sent about DOC…; --send sends just that."""
    from workbench.assistant.ask import ask as prepare

    preview = prepare(load(folder), documents, language)
    if not sending:
        for path, request in zip(preview.show(), preview.requests, strict=True):
            click.echo("\n".join((str(path), *map(visible, request.body.split("\n")))))
        for document, mark, said, times in preview.replaced.itertuples(index=False):
            click.echo(visible(f"{document}: {said} → {mark} ({times})"), err=True)
        click.echo(f"{visible(preview.caption)} Add --send to send it.", err=True)
        return
    answered = preview.send()
    for path in answered.write():
        click.echo(path)
    click.echo(visible(answered.caption), err=True)
    sys.exit(bool(answered.stopped))


@click.group()
def new() -> None:
    """Start a study, an interview, an observation, a segment, a card or any record."""


@new.command("study")
@click.argument("folder", type=click.Path(path_type=Path))
def new_study(folder: Path) -> None:
    """Start an empty study in FOLDER."""
    click.echo(f"{start.new_study(folder)} is ready. Next: workbench check {folder}")


@new.command("interview")
@click.argument("name")
@click.option("--informant", default="E01", help="The informant's pseudonym.")
@INTO
def new_interview(name: str, informant: str, folder: Path) -> None:
    """Start the transcript NAME."""
    click.echo(start.new_interview(folder, name, informant))


def _simple(verb: str, function: Callable[[Path, str], Path]) -> None:
    @new.command(verb, help=f"Start the {verb} NAME.")
    @click.argument("name")
    @INTO
    def command(name: str, folder: Path) -> None:
        click.echo(function(folder, name))


_simple("observation", start.new_observation)
_simple("segment", start.new_segment)
_simple("card", start.new_card)


@new.command("record")
@click.argument("table")
@click.argument("name")
@INTO
def new_record(table: str, name: str, folder: Path) -> None:
    """Start the record NAME in a TABLE of the care model (rules, clock, plans and so on)."""
    path = start.new_record(folder, table, name)
    click.echo(f"{path}: {name} is begun. Fill in every `…`; next: workbench check")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@INTO
@click.option("--kind", type=click.Choice(KINDS), default=None)
@click.option("--date", required=True, help="When it was gathered: 2010 or 2010-03.")
@click.option("--language", default="", help="The language spoken; the study's first one.")
@click.option("--informant", default="", help=r"Pseudonym, or a pattern for it such as 'P\d+'.")
@click.option("--name", "names", multiple=True, metavar="LABEL=NAME", help="Esimies=E01, say.")
@click.option("--not-speaker", "not_speakers", multiple=True, help="A label that is no speaker.")
def bring_in(
    files: tuple[Path, ...],
    folder: Path,
    kind: str | None,
    date: str,
    language: str,
    informant: str,
    names: tuple[str, ...],
    not_speakers: tuple[str, ...],
) -> None:
    """Bring plain text, Word or caption FILES (.vtt, .srt) into a study as numbered turns.

    Headings, speakers and time stamps are kept. A table (.csv, .tsv; .txt with --kind) comes in as
    a survey, feedback or encounter counts, with a description drafted beside it.
    """
    from workbench.material.importing import import_text
    from workbench.material.tabling import ENDINGS

    if kind in READERS or (kind is None and all(f.suffix.lower() in ENDINGS for f in files)):
        for file in files:
            _bring_table(file, folder, kind or "survey", date)
        return
    made = import_text(
        files, folder, kind=kind or "", date=date, language=language,
        informant=informant, not_speakers=not_speakers, names=pairs("--name", names),
    )  # fmt: skip
    for one in made:
        voices = ", ".join(one.speakers) or "none"
        click.echo(f"{one.path}: {one.turns} turns, {one.headings} headings, speakers: {voices}")
        for note in one.notes:
            click.echo(note)
    assumed = [] if kind else [f"{made[0].kind} (--kind says another)"]
    assumed += [] if language else [f"language {made[0].language} (--language says another)"]
    if assumed:
        click.echo(f"Taken for granted: {', '.join(assumed)}.", err=True)


def _bring_table(file: Path, folder: Path, kind: str, date: str) -> None:
    from workbench.material.tabling import import_table

    made = import_table(file, folder, kind=kind, date=date)
    click.echo(visible(f"{made.path}: {made.rows} rows, {len(made.columns)} columns as {kind}"))
    for note in made.notes:
        click.echo(visible(f"  {note}"), err=True)
    click.echo(f"{made.form}: drafted; mend what was guessed, above all every `?`.")
    for fault in made.faults:
        click.echo(fault)


@click.command("anchor")
@click.argument("name", metavar="DOC")
@INTO
@click.option("--sure", "only", is_flag=True, help="Ask nothing; leave the unsure as they are.")
@click.option("--each", is_flag=True, help="Ask about everything that is not certain.")
@click.option("--dry-run", is_flag=True, help="Only show the moves; write nothing.")
def anchor_again(name: str, folder: Path, only: bool, each: bool, dry_run: bool) -> None:
    """Let the codings of an edited document follow their words; ask about the unsure."""
    from workbench.cli_anchor import ask, shown
    from workbench.coding.moves import followed, settle

    study = load(folder)
    if name not in study.documents:
        raise Unknown("document", name, study.documents)
    document = study.documents[name]
    trails = followed(document)
    for trail in trails:
        click.echo("\n".join(shown(trail, document, asking=not (only or dry_run))))
    if dry_run:
        return
    moves = [m for t in trails for m in t.moves if not (m.nowhere or m.sure)]
    answers = {} if only else ask([m for m in moves if each or not m.told], document)
    for trail in settle(
        document, trails, lambda m: answers.get(m.coding) or m.followed(), study.codebook.facets
    ):
        click.echo(f"{trail.text.path.name}, as it is now: {trail.summary}")
    if left := sum(not m.told and answers.get(m.coding, m.coding) == m.coding for m in moves):
        click.echo(f"{left} left as they are; `workbench anchor {name}` asks about them again.")
