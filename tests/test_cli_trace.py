"""The verbs trace and gaps, as they are typed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.environment import ROOT
from tests.test_cli_findings import call
from tests.test_trails import RULE, RULES

Write = Callable[..., Path]


def test_a_trail_is_printed_step_by_step_with_its_ground(study_with: Write) -> None:
    folder = study_with({RULES: RULE + "  measure: {fi: vastatut, en: answered}\n"})
    result = call("trace", "PS-E-01", "--study", folder, "--language", "en")
    assert result.exit_code == 0
    assert result.stdout == (
        "Findings\n  F01  The phone line is jammed.  ← passages: 2\n"
        "Needs\n  N01  One named person.  ← F01\n"
        "Actions\n  T01  Names are published.  ← N01\n"
        "Service rules\n  PS-E-01  When you call: answers  ← T01\n"
    )
    assert "Behind it: people 2, passages 2." in result.stderr


def test_the_words_are_printed_when_they_are_asked_for(study_with: Write) -> None:
    folder = study_with()
    assert "jonotin" not in call("trace", "F01", "--study", folder).stdout
    told = call("trace", "F01", "--study", folder, "--words").stdout
    assert told.startswith("Sanat\n  h01/2 odotusaika  Mä jonotin puoli tuntia,\n")


def test_what_is_open_stands_below_the_trail(study_with: Write) -> None:
    told = call("trace", "E01", "--study", study_with(), "--language", "en").stdout
    assert told.endswith(
        "\naction in no rule, card or event – Make a rule, a card or an event of the clock of it."
        "\n  T01  Names are published.\n"
    )


def test_a_letter_and_a_public_answer_hold_nobody_s_name(study_with: Write) -> None:
    folder = study_with({RULES: RULE})
    for what, how in (("E01", "--letter"), ("PS-E-01", "--public")):
        told = call("trace", what, "--study", folder, how).stdout
        assert "Puhelimella ei pääse läpi." in told
        assert "E01" not in told
        assert "h01" not in told


def test_misuse_is_one_sentence(study_with: Write) -> None:
    folder = study_with()
    told = call("trace", "E1", "--study", folder).output
    assert told == (
        "Error: There is no person, document, code or id 'E1' in this study. Did you mean 'E01'?\n"
    )
    assert "--letter" in call("trace", "E01", "--study", folder, "--public").output


def test_gaps_are_printed_by_kind_and_counted(study_with: Write) -> None:
    result = call("gaps", "--study", study_with(), "--language", "en")
    assert result.stdout.startswith("action in no rule, card or event – ")
    assert result.stderr == "Gaps: 1. Lines that rest on something but words: 0.\n"


def test_a_control_character_of_a_file_does_not_reach_the_terminal(study_with: Write) -> None:
    escape = RULE.replace("en: answers", 'en: "ans\\x1b[31mwers"')
    told = call("trace", "PS-E-01", "--study", study_with({RULES: escape}), "--language", "en")
    assert "\x1b" not in told.output


def test_the_example_says_what_became_of_an_interview_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "workbench", "trace", "E03", "--letter"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Kiitos, että kerroit meille kokemuksistasi (maaliskuu 2010).")
