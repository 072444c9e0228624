"""The care model: its files are read as one, and links lead both ways."""

from pathlib import Path

from tests.conftest import write_study
from workbench.care.model import load_care


def test_an_absent_care_model_is_empty_without_a_problem(tmp_path: Path) -> None:
    care, problems = load_care(tmp_path / "none", ("fi",))
    assert (care.findings, care.plans, problems) == ({}, {}, [])


def test_links_lead_from_the_action_to_the_finding_and_back(tmp_path: Path) -> None:
    care, problems = load_care(write_study(tmp_path) / "parameters/care", ("fi", "en"))
    assert problems == []
    assert [f.id for f in care.findings_of(care.actions["T01"].needs)] == ["F01"]
    assert [n.id for n in care.needs_from("F01")] == ["N01"]
    assert [a.id for a in care.actions_for(["N01"])] == ["T01"]


def test_a_record_remembers_where_it_stands(tmp_path: Path) -> None:
    folder = write_study(tmp_path) / "parameters/care"
    care, _ = load_care(folder, ("fi", "en"))
    place = care.actions["T01"].place
    assert (place.path, place.line) == (folder / "actions.yml", 1)
    assert care.actions["T01"].needs[0].place.line == 9


def test_one_bad_record_leaves_the_others(tmp_path: Path) -> None:
    folder = write_study(tmp_path) / "parameters/care"
    path = folder / "parties.yml"
    path.write_text(
        path.read_text(encoding="utf-8") + "tiimi: {side: provider}\n", encoding="utf-8"
    )
    care, problems = load_care(folder, ("fi", "en"))
    assert set(care.parties) == {"kasittelija", "esimies"}
    assert [p.message for p in problems] == ["'label' is missing in party."]
