"""New files have the layout filled in, can be read at once, and overwrite nothing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import new
from workbench.care.model import FOLDERS, TABLES
from workbench.loading import load
from workbench.runs.given import parameter_problems
from workbench.study import Unknown


def test_a_new_study_has_no_problems_and_the_starter_codebook(tmp_path: Path) -> None:
    study = load(new.new_study(tmp_path / "oma"))
    assert study.problems == ()
    assert len(study.codebook) == 98
    assert sorted(p.name for p in (tmp_path / "oma").iterdir()) == [
        ".gitattributes", ".gitignore", "interviews", "notebooks", "observations", "parameters"
    ]  # fmt: skip


def test_a_new_study_can_drop_languages_as_its_form_says(tmp_path: Path) -> None:
    path = new.new_study(tmp_path / "oma") / "parameters/study.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("languages: [fi, en, sv]", "languages: [en]"), encoding="utf-8")
    study = load(tmp_path / "oma")
    assert study.settings.languages == ("en",)
    assert study.problems == ()


def test_a_new_study_s_notebooks_carry_nothing_of_the_example(tmp_path: Path) -> None:
    folder = new.new_study(tmp_path / "oma") / "notebooks"
    cells = [c for p in folder.glob("*.ipynb") for c in json.loads(p.read_text("utf-8"))["cells"]]
    assert len(cells) > 10
    assert [c for c in cells if c.get("outputs")] == []


def test_a_study_is_never_started_over_another(tmp_path: Path) -> None:
    new.new_study(tmp_path / "oma")
    with pytest.raises(new.Exists, match="was left as it is"):
        new.new_study(tmp_path / "oma")


def test_new_files_are_read_without_errors(tmp_path: Path) -> None:
    folder = new.new_study(tmp_path / "oma")
    (folder / "parameters/informants.yml").write_text("E01: {side: customer, role: esimies}\n")
    (folder / "parameters/care/parties.yml").write_text(
        "palvelupaallikko: {label: {fi: päällikkö, en: manager, sv: chef}, side: provider}\n"
    )
    new.new_interview(folder, "h01")
    new.new_observation(folder, "o01")
    new.new_segment(folder, "esimiehet")
    new.new_card(folder, "palkkatodistus")
    study = load(folder)
    assert set(study.documents) == {"h01", "o01"}
    assert set(study.care.cards) == {"palkkatodistus"}
    assert study.segments.people["esimiehet"] == {"E01"}
    (problem,) = study.problems
    assert "palkkatodistus rests on nothing" in problem.message


@pytest.mark.parametrize(
    ("name", "rule"), [("koulut", "{sector: koulu}"), ("muut", "{role: palkansaaja}")]
)
def test_a_new_segment_proposes_what_customers_really_are(
    study_with: Callable[..., Path], name: str, rule: str
) -> None:
    """The first role of study.yml is a supervisor's, which only providers have here."""
    people = STUDY["parameters/informants.yml"].replace("esimies", "palkansaaja")
    people += "".join(f"S{n}: {{side: provider, role: esimies}}\n" for n in range(10, 15))
    path = new.new_segment(study_with({"parameters/informants.yml": people}), name)
    assert f"rule: {rule}  #" in path.read_text("utf-8")


def test_forms_ask_for_the_study_s_own_languages_only(study_with: Callable[..., Path]) -> None:
    folder = study_with({"parameters/study.yml": STUDY["parameters/study.yml"].replace("[fi, en]", "[en]")})  # fmt: skip  # noqa: E501
    segment = new.new_segment(folder, "uudet").read_text("utf-8")
    assert segment.startswith('label: {en: "uudet"}\n')
    assert 'source: "unknown"' in segment
    card = new.new_card(folder, "todistus").read_text("utf-8")
    assert 'promise: {en: "What we promise, in a sentence"}' in card
    assert "each {en: …}" in card
    assert not re.search(r"\b(fi|sv):", segment + card)
    assert "language: en" in new.new_interview(folder, "h77").read_text("utf-8")


def test_parameters_that_forms_propose_are_declared_by_the_notebooks_of_a_new_study(
    tmp_path: Path,
) -> None:
    folder = new.new_study(tmp_path / "oma")
    for path in (folder / "parameters/study.yml", new.new_segment(folder, "uudet")):
        text = path.read_text("utf-8")
        assert "\n# parameters: {most: " in text
        path.write_text(text.replace("# parameters", "parameters"), "utf-8")
    study = load(folder)
    assert study.settings.parameters == {"most": "20"}
    assert study.segments["uudet"].parameters == {"most": "25"}
    assert [str(p) for p in (*study.problems, *parameter_problems(study))] == []


def test_a_study_without_attributes_or_informants_gets_a_form_too(tmp_path: Path) -> None:
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters/study.yml").write_text("title: {sv: Studie}\nlanguages: [sv]\n")
    text = new.new_segment(tmp_path, "alla").read_text("utf-8")
    assert 'label: {sv: "alla"}' in text
    assert "rule: {}" in text


def test_a_file_that_exists_is_left_as_it_is(tmp_path: Path) -> None:
    path = new.new_interview(tmp_path, "h01")
    path.write_text("oma työ", encoding="utf-8")
    with pytest.raises(new.Exists):
        new.new_interview(tmp_path, "h01")
    assert path.read_text(encoding="utf-8") == "oma työ"


@pytest.mark.parametrize("name", ["../ulos", "a/b", "h 1", "ä", "", "."])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(new.BadName):
        new.new_segment(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("table", [*TABLES, *FOLDERS])
def test_a_record_of_any_kind_can_be_begun_and_is_read_as_a_file(
    study_with: Callable[..., Path], table: str
) -> None:
    folder = study_with()
    path = new.new_record(folder, table, "UUSI1")
    text = path.read_text(encoding="utf-8")
    assert "sv: …" not in text and "…" in text
    faults = [str(p) for p in load(folder).problems]
    assert [f for f in faults if "is missing" in f or "unknown key" in f or "not YAML" in f] == []


def test_a_new_record_stands_behind_those_there_are(study_with: Callable[..., Path]) -> None:
    folder = study_with()
    before = (folder / "parameters/care/actions.yml").read_text(encoding="utf-8")
    path = new.new_record(folder, "actions", "T40")
    assert path.read_text(encoding="utf-8").startswith(before)
    assert set(load(folder).care.actions) == {"T01", "T40"}
    with pytest.raises(new.Exists, match="'T40' in "):
        new.new_record(folder, "actions", "T40")
    with pytest.raises(Unknown, match="Did you mean 'rules'"):
        new.new_record(folder, "ruls", "PS1")
