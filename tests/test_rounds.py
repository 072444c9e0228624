"""A study held against what it was at a tag: what changed, and because of which words."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import workbench as wb
from tests.conftest import STUDY, write_study
from tests.edits import git
from workbench.care.claims import Grade
from workbench.cli import main
from workbench.practice.changes import Change, Changes
from workbench.practice.moved import How, Why
from workbench.practice.rounds import NoHistory, NoRound

CARE = "parameters/care/"
Then = Callable[..., Path]
NEW = {
    "interviews/h04.md": STUDY["interviews/h03.md"].replace("h03", "h04").replace("E03", "E02"),
    "interviews/h04.aino.tsv": STUDY["interviews/h03.aino.tsv"],
}
UNCODED = STUDY["interviews/h03.aino.tsv"].split("1\t")[0]
CITED = STUDY[CARE + "findings.yml"].replace("h03/1 saavu", "h03/1 saavutettavuus, h04/1 saavu")


@pytest.fixture
def then(tmp_path: Path) -> Then:
    """Return a function that commits the small study as the round r1 and then changes files."""

    def make(changes: dict[str, str | None] | None = None, under: str = ".") -> Path:
        folder = write_study(tmp_path / "repo" / under)
        git(tmp_path / "repo", "init", "-q")
        git(tmp_path / "repo", "add", "-A")
        git(tmp_path / "repo", "commit", "-qm", "koe")
        git(tmp_path / "repo", "tag", "r1")
        for name, text in (changes or {}).items():
            (folder / name).unlink(missing_ok=True)
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        return folder

    return make


def changes(folder: Path, language: str = "en") -> Changes:
    return wb.changes_since(wb.load(folder), "r1", language)


def one(folder: Path, part: str) -> Change:
    (found,) = (c for c in changes(folder).changes if c.part == part)
    return found


def test_where_nothing_changed_that_is_said(then: Then) -> None:
    found = changes(then())
    assert not found
    assert found.lines[0].startswith("Nothing has changed since r1 (")


def test_a_new_interview_brings_words_and_people_behind_a_finding(then: Then) -> None:
    behind = one(then({**NEW, CARE + "findings.yml": CITED}), "findings").behind
    assert behind is not None
    assert [(m.how, m.why, m.words[1]) for m in behind.moves] == [
        (How.NEW, Why.DOCUMENT, "Linja oli taas varattu.")
    ]
    assert [sorted(p) for p in behind.people] == [["E01", "E03"], ["E01", "E02", "E03"]]
    assert behind.grades == (Grade.CONTESTED, Grade.BROAD)


@pytest.mark.parametrize(
    ("edit", "gone", "come"),
    [
        ({"interviews/h03.md": None, "interviews/h03.aino.tsv": None}, "document", ""),
        ({"interviews/h03.aino.tsv": UNCODED}, "coding", ""),
        ({CARE + "findings.yml": CITED.replace(", h03/1 saavutettavuus, h04/1 saavutettavuus", "")},
         "citation", ""),
        ({"interviews/h03.md": STUDY["interviews/h03.md"].replace("taas", "aina"),
          "interviews/h03.aino.tsv": STUDY["interviews/h03.aino.tsv"].replace("taas", "aina")},
         "text", "text"),
    ],
)  # fmt: skip
def test_it_is_said_why_words_went(
    then: Then, edit: dict[str, str | None], gone: str, come: str
) -> None:
    behind = one(then(edit), "findings").behind
    assert behind is not None
    whys = {m.how: m.why for m in behind.moves}
    assert (whys[How.GONE], whys.get(How.NEW, "")) == (gone, come)


def test_words_taken_as_evidence_that_were_coded_before_are_no_new_words(then: Then) -> None:
    more = CITED.replace("h04/1 saavutettavuus", "h01/2 saavutettavuus")
    behind = one(then({CARE + "findings.yml": more}), "findings").behind
    assert behind is not None
    assert {m.why for m in behind.moves} == {Why.CITATION}


def test_an_action_changed_with_the_words_behind_it_names_the_finding(then: Then) -> None:
    action = STUDY[CARE + "actions.yml"].replace("2010-09-01", "2010-12-01")
    folder = then({**NEW, CARE + "findings.yml": CITED, CARE + "actions.yml": action})
    change = one(folder, "actions")
    assert [(e.field, e.before, e.after) for e in change.edits] == [
        ("Due", "2010-09-01", "2010-12-01")
    ]
    assert change.because == ("F01",)
    assert changes(folder).unheard == ()


def test_an_action_changed_without_new_words_is_a_decision(then: Then) -> None:
    action = STUDY[CARE + "actions.yml"].replace("owner: kasittelija", "owner: esimies")
    folder = then({CARE + "actions.yml": action})
    change = one(folder, "actions")
    assert change.because == ()
    told = "\n".join(changes(folder).lines)
    assert "Owner: own handler (kasittelija) → supervisor (esimies)" in told
    assert "Why: a decision; the words behind it are as they were." in told


def test_words_that_changed_with_nothing_following_are_named(then: Then) -> None:
    found = changes(then({**NEW, CARE + "findings.yml": CITED}))
    assert found.unheard == ("F01",)
    told = "The words of these findings changed, and nothing that rests on them did: F01."
    assert told in found.lines


def test_what_came_and_what_went_is_named(then: Then) -> None:
    risk = "RI1: {text: {fi: a, en: b}, probability: 1, impact: 1, why: {fi: a, en: b}, "
    risk += "owner: esimies, response: {fi: a, en: b}}\n"
    folder = then({CARE + "plans/esimiehet.yml": None, CARE + "risks.yml": risk})
    told = {(c.part, c.id): c for c in changes(folder).changes}
    assert told["plans", "esimiehet"].how is How.GONE
    assert told["plans", "esimiehet"].title == "Supervisors"
    assert told["risks", "RI1"].how is How.NEW
    assert told["risks", "RI1"].because is None


def test_a_field_within_a_part_of_a_plan_is_told_by_its_path(then: Then) -> None:
    plan = STUDY[CARE + "plans/esimiehet.yml"].replace("phase: established", "phase: changing")
    (edit,) = one(then({CARE + "plans/esimiehet.yml": plan}), "plans").edits
    assert edit.field.endswith(" › Phase")
    assert (edit.before, edit.after) == ("established", "changing")


def test_of_a_list_only_what_moved_is_told(then: Then) -> None:
    plan = STUDY[CARE + "plans/esimiehet.yml"].replace(
        "needs: [N01]}\nrelationship",
        "needs: [N01]}\n  - {text: {fi: Uusi., en: New.}, needs: [N01]}\nrelationship",
    )
    (edit,) = one(then({CARE + "plans/esimiehet.yml": plan}), "plans").edits
    assert (edit.before, edit.after) == ("", "New. [N01]")


def test_a_text_changed_in_another_language_is_told_in_that_one(then: Then) -> None:
    needs = STUDY[CARE + "needs.yml"].replace("Yksi nimetty ihminen.", "Yksi nimi.")
    (edit,) = one(then({CARE + "needs.yml": needs}), "needs").edits
    assert (edit.before, edit.after) == ("fi: Yksi nimetty ihminen.", "fi: Yksi nimi.")


def test_other_ground_for_a_line_is_told(then: Then) -> None:
    action = STUDY[CARE + "actions.yml"].replace(
        "needs: [N01]", "basis: law\n  reference: {fi: VLL 24 §}"
    )
    (edit,) = one(then({CARE + "actions.yml": action}), "actions").edits
    assert (edit.before, edit.after[-8:]) == ("N01", "VLL 24 §")


def test_an_edited_document_is_told_with_its_turns(then: Then) -> None:
    text = STUDY["interviews/h02.md"].replace("Entä sinä?", "Entä te?")
    (moved,) = changes(then({"interviews/h02.md": text})).documents
    assert (moved.document.id, moved.how, moved.turns) == ("h02", How.CHANGED, (1,))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("parameters/segments/esimiehet-tori.yml", "rule: {role", "description: x\nrule: {role",
         "  Segments: ~esimiehet-tori"),
        ("parameters/codebook/laatutekijat.yml", "Jonotus.", "Jono.", "  Codes: ~odotusaika"),
        ("parameters/informants.yml", "S01:", "S02:", "  Informants: +S02, −S01"),
        ("parameters/study.yml", "cell: 1", "cell: 3", "  Settings: ~study.yml"),
    ],
)  # fmt: skip
def test_nothing_has_changed_is_not_said_where_something_else_did(
    then: Then, file: str, old: str, new: str, said: str
) -> None:
    found = changes(then({file: STUDY[file].replace(old, new)}))
    assert found
    assert said in found.lines


def test_a_study_may_lie_anywhere_in_its_repository(then: Then) -> None:
    folder = then({CARE + "needs.yml": None}, under="work/hr äö")
    assert [(c.part, c.how) for c in changes(folder).changes if c.part == "needs"] == [
        ("needs", How.GONE)
    ]


def test_looking_back_touches_no_file(then: Then) -> None:
    folder = then(NEW)
    before = {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    changes(folder)
    assert {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()} == before


def test_a_round_with_errors_says_that_some_of_it_could_not_be_read(then: Then) -> None:
    folder = then({CARE + "needs.yml": "N01: [\n"})
    git(folder, "commit", "-qam", "rikki")
    git(folder, "tag", "-f", "r1")
    (folder / CARE / "needs.yml").write_text(STUDY[CARE + "needs.yml"], encoding="utf-8")
    assert changes(folder).lines[0].startswith("Note: the files of r1 (")


def test_without_git_it_is_said_what_a_round_is(tmp_path: Path) -> None:
    study = wb.load(write_study(tmp_path / "study"))
    with pytest.raises(NoHistory, match=r"in no git repository.*`git tag round-2010`"):
        wb.changes_since(study, "r1")


def test_a_machine_without_git_has_no_rounds(then: Then, monkeypatch: pytest.MonkeyPatch) -> None:
    study = wb.load(then())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoHistory, match="no git on this machine"):
        wb.changes_since(study, "r1")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("r1x", "Did you mean 'r1'"), ("vanha-kierros", "Known: r1."),
        ("--output=x", "no tag, branch or commit has that name"), ("", "has that name"),
    ],
)  # fmt: skip
def test_a_round_git_does_not_know_is_told(then: Then, name: str, said: str) -> None:
    study = wb.load(then())
    with pytest.raises(NoRound, match=said):
        wb.changes_since(study, name)


def test_a_round_from_before_the_study_is_told(then: Then, tmp_path: Path) -> None:
    then()
    later = write_study(tmp_path / "repo" / "toinen")
    with pytest.raises(NoRound, match=r"there was no parameters/study\.yml in this folder at"):
        wb.changes_since(wb.load(later), "r1")


def test_a_shallow_copy_says_how_to_get_the_rest(then: Then, tmp_path: Path) -> None:
    folder = then()
    git(folder, "commit", "-q", "--allow-empty", "-m", "uusi")
    copy = tmp_path / "copy"
    origin = folder.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth=1", "--no-tags", origin, copy], check=True)
    with pytest.raises(NoRound, match="git fetch --unshallow --tags"):
        wb.changes_since(wb.load(copy), "r1")


def test_a_table_has_a_row_for_each_field_and_each_passage(then: Then) -> None:
    table = changes(then({**NEW, CARE + "findings.yml": CITED})).table
    assert table[["Field", "Before", "Now", "Why"]].values.tolist() == [
        ["People", "2", "3", ""],
        ["Evidence", "contested", "broad", ""],
        ["Words", "", "h04/1 saavutettavuus ”Linja oli taas varattu.”", "a new document"],
    ]


def test_the_verb_prints_it_and_what_came_of_promises(then: Then) -> None:
    measured = (
        "MI1: {of: T01, what: {fi: Nimiä, en: Names}, unit: {fi: kpl, en: pcs}, better: up, "
        "baseline: 3, goal: 9, value: 3, date: 2010-10, source: {fi: keksitty}}\n"
    )
    folder = then({CARE + "measured.yml": measured})
    result = CliRunner().invoke(main, ["diff", "r1", "--study", str(folder), "--language", "en"])
    assert result.exit_code == 0
    assert "  + MI1 Names (new)\n" in result.output
    assert "  T01 Names: base line 3 pcs, now 3 pcs, goal 9 pcs: did not change\n" in result.output


def test_two_rounds_are_held_against_each_other(then: Then) -> None:
    folder = then({CARE + "needs.yml": None})
    verb = ["diff", "r1", "--to", "HEAD", "--study", str(folder), "--language", "en"]
    assert "Nothing has changed since r1" in CliRunner().invoke(main, verb).output


def test_a_round_of_a_folder_without_a_study_is_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["diff", "r1", "--study", str(tmp_path)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
