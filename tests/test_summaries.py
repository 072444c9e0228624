"""Summaries of the framework matrix as files: what is wrong in them is told with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import load
from workbench.care.framework import fingerprint, passages_of

Write = Callable[..., Path]
PATH = "parameters/care/summaries/saavutettavuus.yml"


def theme(folder: Path, person: str = "E01", code: str = "saavutettavuus") -> str:
    """Return a file of one summary that holds, for the small study in `folder`."""
    witness = load(folder).witness
    said = passages_of(code, witness)[person]
    cites = ", ".join(map(str, said))
    return (
        f"code: {code}\npeople:\n  {person}:\n    summary: {{fi: Jonotti puoli tuntia.}}\n"
        f"    cites: [{cites}]\n    words: {fingerprint(said, witness)}\n"
    )


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in load(folder).problems]


def with_theme(study_with: Write, old: str = "", new: str = "") -> Path:
    text = theme(study_with())
    assert old in text
    return study_with({PATH: text.replace(old, new, 1)})


def test_a_summary_of_all_a_person_says_of_a_theme_holds(study_with: Write) -> None:
    folder = with_theme(study_with)
    assert told(folder) == []
    (summary,) = load(folder).care.themes["saavutettavuus"].people.values()
    assert summary.cites == ("h01/2 odotusaika", "h01/2 saavutettavuus")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: saavutettavuus", "code: saavutettavus",
         ":1: no code 'saavutettavus'. Did you mean 'saavutettavuus'?"),
        ("code: saavutettavuus\n", "", ":1: 'code' is missing in theme. Add `code: …`."),
        ("  E01:", "  E91:", ":3: no informant 'E91'. Did you mean 'E01'?"),
        ("h01/2 odotusaika", "h09/2 odotusaika", ":5: 'h09/2 odotusaika': no document 'h09'."),
        ("h01/2 odotusaika", "h01/9 odotusaika",
         ":5: 'h01/9 odotusaika': h01 has no turn [9]. Its turns end at [3]."),
        ("h01/2 odotusaika", "h01/3 kohteliaisuus",
         ":5: warning: 'h01/3 kohteliaisuus' is not about 'saavutettavuus'. Take it out"),
        ("h01/2 odotusaika", "h02/2 saavutettavuus", ":5: 'h02/2 saavutettavuus' is not of E01."),
        ("h01/2 odotusaika", "h01 2", ":5: 'h01 2' is no passage. Write document/turn and code"),
        ("    summary: {fi: Jonotti puoli tuntia.}\n", "", ":4: 'summary' is missing in summary."),
        ("summary: {fi: ", "summary: {de: ", ":4: 'summary' has no language 'de'."),
        ("    words:", "    sanat:", ":6: unknown key 'sanat' in summary."),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_exactly(study_with: Write, old: str, new: str, said: str) -> None:
    problems = told(with_theme(study_with, old, new))
    assert any(p.startswith(PATH + said) for p in problems), problems


def test_a_new_passage_of_the_theme_is_told(study_with: Write) -> None:
    sheet = STUDY["interviews/h01.aino.tsv"].replace("kohteliaisuus", "saavutettavuus")
    folder = study_with({PATH: theme(study_with()), "interviews/h01.aino.tsv": sheet})
    assert told(folder) == [
        f"{PATH}:3: warning: E01 says more of 'saavutettavuus' than is summed up: "
        "h01/3 saavutettavuus. Read `workbench framework saavutettavuus --stale`, mend the text, "
        "then `--renew E01`."
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("interviews/h01.aino.tsv", "koettu -\tMä jonotin", "koettu +\tMä jonotin"),
        (
            "interviews/h01.aino.tsv",
            "49\todotusaika\tkoettu -\tMä jonotin puoli tuntia,",
            "40\todotusaika\tkoettu -\tMä jonotin puol",
        ),
        ("interviews/h01.eero.tsv", "koettu -", "odotettu"),
    ],
)
def test_changed_words_or_facets_are_told(study_with: Write, file: str, old: str, new: str) -> None:
    text = theme(study_with())
    sheet = STUDY[file].replace(old, new)
    folder = study_with({PATH: text, file: sheet})
    assert told(folder) == [
        f"{PATH}:3: warning: the words or facets that E01 is summed up from have changed. "
        "Read `workbench framework saavutettavuus --stale`, mend the text, then `--renew E01`."
    ]


def test_a_memo_or_a_second_coder_who_agrees_changes_nothing(study_with: Write) -> None:
    text = theme(study_with())
    sheet = STUDY["interviews/h01.aino.tsv"].replace("\tseuraa", "\tkatso tätä")
    same = STUDY["interviews/h01.aino.tsv"].splitlines(keepends=True)
    more = STUDY["interviews/h01.eero.tsv"] + same[1] + same[2]
    folder = study_with({PATH: text, "interviews/h01.aino.tsv": sheet,
                         "interviews/h01.eero.tsv": more})  # fmt: skip
    assert told(folder) == []


def test_a_passage_that_lost_its_coding_is_an_error(study_with: Write) -> None:
    text = theme(study_with())
    gone = STUDY["interviews/h01.aino.tsv"].replace("odotusaika", "kohteliaisuus")
    care = STUDY["parameters/care/findings.yml"].replace("h01/2 odotusaika, ", "")
    folder = study_with({PATH: text, "interviews/h01.aino.tsv": gone,
                         "parameters/care/findings.yml": care})  # fmt: skip
    assert any("'h01/2 odotusaika': the turn is not coded 'odotusaika'" in p for p in told(folder))


def test_a_draft_is_no_problem_until_it_is_written(study_with: Write) -> None:
    draft = theme(study_with()).replace("{fi: Jonotti puoli tuntia.}", "…").replace("words:", "# ")
    folder = study_with({PATH: draft})
    assert told(folder) == []
    assert not load(folder).care.themes["saavutettavuus"].people["E01"].written


def test_one_theme_in_two_files_is_told(study_with: Write) -> None:
    text = theme(study_with())
    folder = study_with({PATH: text, "parameters/care/summaries/toinen.yml": text})
    assert told(folder) == [
        "parameters/care/summaries/toinen.yml:1: 'saavutettavuus' is summed up in "
        "saavutettavuus.yml already. Put both into one file."
    ]


def test_the_order_of_passages_does_not_matter(study_with: Write) -> None:
    witness = load(study_with()).witness
    said = passages_of("saavutettavuus", witness)["E01"]
    assert fingerprint(said, witness) == fingerprint(reversed(said), witness)


def test_a_note_about_somebody_is_not_what_they_say(study_with: Write) -> None:
    note = STUDY["observations/o01.md"].replace("side: customer\nrole: esimies", "informant: E03")
    witness = load(study_with({"observations/o01.md": note})).witness
    said = passages_of("saavutettavuus", witness)
    assert [str(c) for c in said["E03"]] == ["h03/1 saavutettavuus"]
    assert set(said) == {"E01", "E02", "E03"}
