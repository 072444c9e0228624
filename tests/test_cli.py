"""The verbs: what they print, how they end, and that each is documented and a function too."""

from collections.abc import Callable
from pathlib import Path

import click
from click.testing import CliRunner, Result

from tests.conftest import STUDY
from tests.endpoint import Says, codings, item, serving
from tests.environment import ROOT
from tests.notebooks import PARAMETERS, write
from tests.sources import ALL
from workbench.cli import main

Write = Callable[..., Path]


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def commands(group: click.Group, before: str = "") -> dict[str, click.Command]:
    found, context = {}, click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found[f"{before}{name}"] = command
    return found


def test_check_of_a_sound_study_ends_with_0(study_with: Write) -> None:
    result = call("check", study_with())
    assert result.exit_code == 0
    assert "4 documents, 4 informants, 9 codings: 0 errors, 0 warnings." in result.output


def test_check_prints_path_line_message_and_ends_with_1(study_with: Write) -> None:
    rows = STUDY["interviews/h03.aino.tsv"].replace("saavutettavuus", "saavutetavuus")
    result = call("check", study_with({"interviews/h03.aino.tsv": rows}))
    assert result.exit_code == 1
    said = "interviews/h03.aino.tsv:2: no code 'saavutetavuus'. Did you mean 'saavutettavuus'?"
    assert said in result.output


def test_a_moved_coding_is_a_warning_and_does_not_fail_the_check(study_with: Write) -> None:
    text = STUDY["interviews/h03.md"].replace("Linja oli", "Aina vaan. Linja oli")
    result = call("check", study_with({"interviews/h03.md": text}))
    assert result.exit_code == 0
    assert "warning: 'Linja oli taas varattu.' moved from [1] 0–23 to [1] 11–34." in result.output


def test_misuse_is_one_sentence_not_a_traceback(tmp_path: Path) -> None:
    result = call("check", tmp_path)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "workbench new study" in result.output


def test_status_tells_what_was_counted(study_with: Write) -> None:
    output = call("status", study_with(ALL)).output
    assert "kysely: 3 of 3 people answered.\n" in output
    assert "palaute: 4 items of feedback, 4 of them coded.\n" in output
    assert "kohtaamiset: 3 rows of encounters.\n" in output


def test_status_says_what_is_coded_by_whom(study_with: Write) -> None:
    output = call("status", study_with({"interviews/h03.aino.tsv": None})).output
    assert "aino: 7 codings in 3 documents." in output
    assert "Not coded by anybody: h03." in output


def test_import_says_which_speakers_it_found(study_with: Write, tmp_path: Path) -> None:
    source = tmp_path / "P7 talk.txt"
    source.write_text("ALKU\nTK: Niin?\nP7: Joo.\nTK: Entä?\nP7: En tiedä.\n", encoding="utf-8")
    folder = study_with()
    result = call("import", source, "--into", folder, "--date", "2010-03", "--informant", r"P\d+")
    assert "h" not in result.output.split(":")[0].split("/")[-1].replace("P7-talk.md", "")
    assert "4 turns, 1 headings, speakers: TK, P7" in result.output
    assert "informant: P7" in (folder / "interviews/P7-talk.md").read_text(encoding="utf-8")


def test_import_prints_what_it_could_not_decide(study_with: Write, tmp_path: Path) -> None:
    source = tmp_path / "P7.txt"
    source.write_text("P7: Joo.\n\nSe vei viikon.\n", encoding="utf-8")
    result = call("import", source, "--into", study_with(), "--date", "2010", "--informant", "P7")
    assert "P7.md:11: warning: turn [2] names no speaker. If P7 goes on speaking" in result.output


def test_import_tells_what_it_took_for_granted_and_how_to_change_it(
    study_with: Write, tmp_path: Path
) -> None:
    source = tmp_path / "P7.txt"
    source.write_text("P7: Joo.\n", encoding="utf-8")
    common = ("import", source, "--into", study_with(), "--date", "2010", "--informant", "P7")
    told = call(*common).output
    assert "interview (--kind says another), language fi (--language says another)." in told
    source.rename(tmp_path / "o.txt")
    rest = ("--kind", "interview", "--language", "en")
    assert "granted" not in call("import", tmp_path / "o.txt", *common[2:], *rest).output


def test_nothing_is_put_into_a_folder_that_holds_no_study(tmp_path: Path) -> None:
    source = tmp_path / "P7.txt"
    source.write_text("P7: Joo.\n", encoding="utf-8")
    for verb in (("import", source, "--date", "2010"), ("new", "segment", "uusi")):
        result = call(*verb, "--into", tmp_path / "tutkimsu")
        assert result.exit_code == 1
        assert "tutkimsu holds no study" in result.output
    assert not (tmp_path / "tutkimsu").exists()


def test_run_refuses_a_misspelt_segment_before_it_starts(study_with: Write) -> None:
    folder = study_with()
    (folder / "notebooks").mkdir()
    (folder / "notebooks/11_a.ipynb").write_text('{"cells": []}')
    result = call("run", "esimihet", "--study", folder)
    assert result.exit_code == 1
    assert "Did you mean 'esimiehet'?" in result.output


def given(study_with: Write, values: str, body: str = "pass") -> Path:
    """Write the small study with one notebook, and values for its runs."""
    path = "parameters/segments/esimiehet.yml"
    folder = study_with({path: f"{STUDY[path]}parameters: {values}\n"})
    write(folder, "11_koe", PARAMETERS + "\ncodes: list[str] = []", body)
    return folder


def test_check_tells_what_a_segment_gives_that_no_notebook_declares(study_with: Write) -> None:
    result = call("check", given(study_with, "{mots: 5}"))
    assert result.exit_code == 1
    assert (
        "parameters/segments/esimiehet.yml:5: parameter 'mots' is declared by no notebook that is "
        "run. Did you mean 'most'?\n" in result.output
    )
    assert "1 errors, 0 warnings." in result.output


def test_run_prints_every_fault_of_parameters_and_touches_nothing(study_with: Write) -> None:
    folder = given(study_with, "{mots: 5, most: many}")
    result = call("run", "--study", folder, "-p", "language=fi", "-p", "x\x1b=1")
    assert result.exit_code == 2
    told = result.output.splitlines()
    assert told[-1] == "Nothing was run."
    assert [line.rpartition("parameter ")[2].split(" ")[0] for line in told[-5:-1]] == [
        "'most'", "'mots'", "'language'", r"'x\x1b'"
    ]  # fmt: skip
    assert not (folder / "build").exists()


def test_run_takes_a_repeated_parameter_as_a_list(study_with: Write) -> None:
    folder = given(study_with, "{most: 5}", "assert (most, codes) == (6, ['a=b', 'c']), most")
    more = ["-p", "most=6", "-p", "codes=a=b", "-p", "codes=c"]
    result = call("run", "esimiehet", "--language", "fi", "--study", folder, *more)
    assert (result.exit_code, "1 of 1 runs done" in result.output) == (0, True)
    result = call("run", "esimiehet", "--study", folder, "-p", "most=6", "-p", "most=7")
    assert (result.exit_code, "must be int, not ['6', '7']" in result.output) == (2, True)


def test_search_prints_each_hit_between_its_neighbours(study_with: Write) -> None:
    result = call("search", "jonottaa", study_with(), "--language", "en")
    assert result.exit_code == 0
    assert "h01/2" in result.output
    assert "läpi. Mä [jonotin] puoli tuntia" in result.output
    assert "jonottaa: 1 hits, 1 documents (fi: " in result.output


def test_a_query_that_cannot_be_read_is_one_sentence(study_with: Write) -> None:
    result = call("search", "oma käsittelijä", study_with())
    assert result.exit_code == 1
    assert result.output.startswith("Error: oma käsittelijä – at character 5:")


def test_autocode_shows_first_and_writes_when_asked(study_with: Write) -> None:
    book = "parameters/codebook/laatutekijat.yml"
    ruled = STUDY[book].replace("definition: Jonotus.", "definition: J.\n        auto: [jonottaa]")
    folder = study_with({book: ruled})
    shown = call("autocode", "odotusaika", "--into", folder)
    said = "h01/2 odotusaika: Mä jonotin puoli tuntia, ihan turhaan.  (jonottaa)"
    assert said in shown.output
    assert not (folder / "interviews/h01.auto.tsv").exists()
    call("autocode", "--into", folder, "--write")
    assert (folder / "interviews/h01.auto.tsv").exists()
    assert call("check", folder).exit_code == 0


def test_ask_prints_what_would_be_sent_and_sends_it_only_when_told(study_with: Write) -> None:
    good = codings(item(2, "se vastaa", "saavutettavuus"))
    with serving(lambda _: Says(good)) as endpoint:
        own = f"assistant: {{coder: kone, url: {endpoint.url}, model: malli}}\n"
        names = {"private/names.yml": "people: [ihminen]\n"}
        settings = {"parameters/study.yml": STUDY["parameters/study.yml"] + own}
        folder = study_with({**settings, **names})
        assert "not laid out" in call("ask", "h02", "--into", folder, "--send").output
        seen = call("ask", "h02", "h03", "--into", folder)
        assert endpoint.got == []
        assert seen.exit_code == 0
        said = call("ask", "h02", "--into", folder, "--send")
    body = endpoint.got[0].body.decode()
    assert body in seen.output
    assert "h02: ihminen → [henkilö 1] (1)" in seen.output
    assert "h03 (no consent to quote). Add --send to send it." in seen.output
    assert (said.exit_code, len(endpoint.got)) == (0, 1)
    assert "1 codings; 1 of 1 requests are answered." in said.output
    assert (folder / "interviews/h02.kone.tsv").exists()


def test_ask_without_an_assistant_is_one_sentence(study_with: Write) -> None:
    result = call("ask", "h02", "--into", study_with())
    assert result.exit_code == 1
    assert result.output.startswith("Error: There is no assistant to ask.")


def test_every_verb_is_documented() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (
        ROOT / "docs/architecture.md"
    ).read_text(encoding="utf-8")
    missing = [name for name in commands(main) if f"workbench {name}" not in text]
    assert missing == []


def test_every_verb_has_a_help_text() -> None:
    assert [name for name, command in commands(main).items() if not command.help] == []
