"""The verbs of findings: what speaks against one, and what is summed up, on the command line."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from tests.conftest import STUDY
from tests.test_framework import MORE
from tests.test_summaries import PATH, theme
from workbench.cli import main
from workbench.loading import load

Write = Callable[..., Path]
FINDINGS = "parameters/care/findings.yml"
OPEN = STUDY[FINDINGS].replace("  counter: [h02/2 saavutettavuus]\n", "")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_what_speaks_against_a_finding_is_listed_with_its_words(study_with: Write) -> None:
    result = call("counter", "F01", "--study", study_with({FINDINGS: OPEN}), "--language", "en")
    assert result.stdout == (
        "h02/2 saavutettavuus [E02] waits to be looked at: "
        "Mulla on oma ihminen jolle soitan, ja se vastaa.\n"
    )


def test_a_look_is_noted_with_its_reason_and_the_finding_moves_on(study_with: Write) -> None:
    folder = study_with({FINDINGS: OPEN})
    own = ("--seen", "aino", "--why", "Muu asia.", "--state", "published")
    result = call("counter", "F01", "--study", folder, *own)
    assert result.stdout.endswith("F01: aino has looked; set aside: 1.\n")
    study = load(folder)
    assert study.problems == ()
    assert study.care.findings["F01"].seen[0].why == "Muu asia."


def test_a_reason_without_a_name_is_refused(study_with: Write) -> None:
    folder = study_with({FINDINGS: OPEN})
    result = call("counter", "F01", "--study", folder, "--why", "Muu asia.")
    assert (result.exit_code, "Say who looked: --seen NAME." in result.output) == (2, True)
    assert (folder / FINDINGS).read_text(encoding="utf-8") == OPEN


def test_a_misspelt_finding_is_one_sentence(study_with: Write) -> None:
    result = call("counter", "F1", "--study", study_with())
    assert result.output == "Error: There is no finding 'F1' in this study. Did you mean 'F01'?\n"


def test_summaries_are_printed_with_their_passages(study_with: Write) -> None:
    result = call("framework", "--study", study_with({PATH: theme(study_with())}))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "E01 saavutettavuus: Jonotti puoli tuntia.\n"
        "    h01/2 odotusaika: Mä jonotin puoli tuntia,\n"
    )


def test_only_what_is_behind_is_printed_with_what_is_new(study_with: Write) -> None:
    fine = study_with({PATH: theme(study_with())})
    assert (call("framework", "--stale", "--study", fine).exit_code,
            call("framework", "--stale", "--study", fine).stdout) == (0, "")  # fmt: skip
    folder = study_with({PATH: theme(study_with()), "interviews/h01.aino.tsv": MORE})
    result = call("framework", "--stale", "--study", folder)
    assert result.exit_code == 1
    assert "  + h01/3 saavutettavuus: Ystävällisiä ne kyllä on aina.\n" in result.stdout
    assert "E02" not in result.stdout


def test_drafts_are_written_and_summaries_renewed(study_with: Write) -> None:
    folder = study_with({PATH: theme(study_with()), "interviews/h01.aino.tsv": MORE})
    asked = ("framework", "saavutettavuus", "--study", folder)
    assert call(*asked, "--draft").output == "saavutettavuus: drafts for E02, E03.\n"
    assert call(*asked, "--draft").output == "saavutettavuus: nobody lacks one.\n"
    assert call(*asked, "--renew", "E01").output == "saavutettavuus: renewed for E01.\n"
    assert load(folder).problems == ()


def test_without_a_code_nothing_is_drafted_or_renewed(study_with: Write) -> None:
    result = call("framework", "--renew", "E01", "--study", study_with())
    assert (result.exit_code, "Name the CODES." in result.output) == (2, True)
