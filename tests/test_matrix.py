"""Which runs there are, and that none begins where something they need is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.notebooks import PARAMETERS, WHOLE, write
from workbench.base.problems import Level
from workbench.loading import load
from workbench.reports.pages import NotInLanguage
from workbench.runs.matrix import NoNotebooks, NoSegments, plan
from workbench.runs.run import NotReady
from workbench.study import Unknown

Write = Callable[..., Path]


@pytest.fixture
def folder(study_with: Write) -> Path:
    root = study_with()
    for name in ("11_koe", "01_oma"):
        write(root, name, PARAMETERS)
    write(root, "21_whole", WHOLE + "\nmost: int = 1")
    return root


def test_there_is_a_run_for_each_segment_language_and_segment_notebook(folder: Path) -> None:
    runs = plan(load(folder))
    assert [(r.segment, r.language, r.notebook.name) for r in runs][:3] == [
        ("esimiehet", "fi", "11_koe.ipynb"),
        ("esimiehet", "en", "11_koe.ipynb"),
        ("esimiehet-koulu", "fi", "11_koe.ipynb"),
    ]
    assert [r.name for r in runs][6:] == ["21_whole-fi", "21_whole-en"]


def test_a_run_says_its_segment_language_and_folder_and_that_of_the_whole_no_segment(
    folder: Path,
) -> None:
    write(folder, "21_whole", PARAMETERS.replace('""', '"esimiehet"', 1))
    runs = plan(load(folder), languages=["en"])
    own = {"language": "en", "report_folder": "../build/report"}
    assert runs[0].parameters == {"segment": "esimiehet", **own}
    assert runs[-1].parameters == own


def test_segments_and_languages_named_twice_are_run_once(folder: Path) -> None:
    assert len(plan(load(folder), ["esimiehet"] * 2, ["fi", "en", "fi"])) == 2


def test_what_is_about_the_whole_is_not_run_for_named_segments(folder: Path) -> None:
    assert {r.notebook.name for r in plan(load(folder), ["esimiehet"])} == {"11_koe.ipynb"}


def test_what_cannot_be_run_is_refused_before_anything_runs(folder: Path) -> None:
    study = load(folder)
    with pytest.raises(Unknown, match="Did you mean 'esimiehet-koulu'"):
        plan(study, ["esimiehet-kolu"])
    with pytest.raises(NotInLanguage):
        plan(study, languages=["sv"])
    with pytest.raises(NotReady, match="Did you mean 'most'"):
        plan(study, more={"mots": 3})
    with pytest.raises(NotReady, match="'segment' is set by the run itself"):
        plan(study, ["esimiehet"], more={"segment": "esimiehet-koulu"})
    assert not (folder / "build").exists()


def test_a_value_given_by_hand_reaches_only_the_notebooks_that_declare_it(folder: Path) -> None:
    write(folder, "12_toinen", PARAMETERS.replace("most: int = 3", "share: float = 1.0"))
    runs = plan(load(folder), languages=["fi"], more={"share": "0.5", "most": 7})
    found = {r.notebook.name: (r.parameters.get("most"), r.parameters.get("share")) for r in runs}
    assert found == {
        "11_koe.ipynb": (7, None), "12_toinen.ipynb": (None, 0.5), "21_whole.ipynb": (7, None)
    }  # fmt: skip


def test_a_name_that_only_notebooks_of_the_whole_declare_is_unknown_to_a_segment_s_run(
    folder: Path,
) -> None:
    write(folder, "21_whole", WHOLE + "\ncards: bool = True")
    assert plan(load(folder), more={"cards": "false"})[-1].parameters["cards"] is False
    with pytest.raises(NotReady, match="'cards' is declared by no notebook that is run"):
        plan(load(folder), ["esimiehet"], more={"cards": "false"})


def test_a_value_of_a_segment_goes_before_the_study_s_and_one_by_hand_before_both(
    folder: Path,
) -> None:
    for name, most in {"study": 7, "segments/esimiehet": 8}.items():
        path = f"parameters/{name}.yml"
        text = f"{STUDY[path]}parameters: {{most: {most}}}\n"
        (folder / path).write_text(text, encoding="utf-8")
    study = load(folder)
    assert [r.parameters["most"] for r in plan(study, languages=["fi"])] == [8, 7, 7, 7]
    assert {r.parameters["most"] for r in plan(study, more={"most": "9"})} == {9}


def test_all_that_is_wrong_is_told_at_once_whichever_segment_is_asked_for(folder: Path) -> None:
    own = STUDY["parameters/segments/esimiehet-tori.yml"] + "parameters: {most: many}\n"
    (folder / "parameters/segments/esimiehet-tori.yml").write_text(own, encoding="utf-8")
    own = STUDY["parameters/segments/esimiehet-koulu.yml"] + "parametres: {most: 5}\n"
    (folder / "parameters/segments/esimiehet-koulu.yml").write_text(own, encoding="utf-8")
    write(folder, "22_broken", WHOLE + "\nx = 1")
    with pytest.raises(NotReady) as refused:
        plan(load(folder), ["esimiehet"], more={"language": "fi"})
    assert str(refused.value).split("\n") == [
        "parameters/segments/esimiehet-koulu.yml:6: unknown key 'parametres' in segment. "
        "Did you mean 'parameters'?",
        "notebooks/22_broken.ipynb:1: line 3 of cell 1: 'x = 1' declares no typed parameter. Write "
        "only lines such as `segment: str = 'esimiehet'`; types are str, int, float, bool, "
        "list[str], Literal['a', 'b'], and any of them `| None`.",
        "parameters/segments/esimiehet-tori.yml:6: parameter 'most' must be int, not 'many'. "
        "It is declared in 11_koe.ipynb.",
        "parameter 'language' is set by the run itself. "
        "Choose by `workbench run SEGMENT --language LANGUAGE`.",
    ]


def test_an_error_in_study_yml_keeps_all_runs_from_starting_and_a_warning_none(
    folder: Path,
) -> None:
    path = folder / "parameters/segments/esimiehet.yml"
    path.write_text(path.read_text("utf-8") + "# a\u0308\n", encoding="utf-8")
    study = load(folder)
    assert [p.level for p in study.problems] == [Level.WARNING]
    assert plan(study)
    path = folder / "parameters/study.yml"
    path.write_text(path.read_text("utf-8").replace("quote:", "qoute:"), encoding="utf-8")
    with pytest.raises(NotReady, match=r"study.yml:4: unknown key 'qoute' in privacy."):
        plan(load(folder))


def test_nothing_that_is_told_can_steer_a_terminal(folder: Path) -> None:
    own = 'from typing import Literal\nlevel: Literal["\x1b[2J"] = "\x1b[2J"\n'
    write(folder, "11_koe", own + PARAMETERS)
    with pytest.raises(NotReady) as refused:
        plan(load(folder), more={"level": "\x1b", "\x1b": 1})
    assert "\x1b" not in str(refused.value)
    assert str(refused.value).count("\n") == 1


def test_what_is_wrong_with_the_material_keeps_no_run_from_starting(folder: Path) -> None:
    rows = STUDY["interviews/h03.aino.tsv"].replace("saavutettavuus", "saavutetavuus")
    (folder / "interviews/h03.aino.tsv").write_text(rows, encoding="utf-8")
    study = load(folder)
    assert {p.path.name for p in study.problems} >= {"h03.aino.tsv"}
    assert len(plan(study)) == 8


def test_two_runs_of_one_name_are_refused(folder: Path) -> None:
    old, text = "esimiehet-koulu", STUDY["parameters/segments/esimiehet-koulu.yml"]
    (folder / f"parameters/segments/{old}.yml").unlink()
    (folder / "parameters/segments/Koulu.yml").write_text(text, encoding="utf-8")
    write(folder, "11_koe-esimiehet", PARAMETERS)
    path = folder / "parameters/segments/esimiehet-koulu.yml"
    path.write_text(text.replace("level: base", "level: cross"), encoding="utf-8")
    with pytest.raises(
        NotReady, match="its run '11_koe-esimiehet-koulu-fi' has the name of one of"
    ):
        plan(load(folder))


def test_a_study_without_segment_notebooks_says_so(folder: Path) -> None:
    (folder / "notebooks/11_koe.ipynb").unlink()
    with pytest.raises(NoNotebooks, match="workbench new study"):
        plan(load(folder))


def test_a_study_without_segments_says_what_to_do(folder: Path) -> None:
    for path in (folder / "parameters/segments").glob("*.yml"):
        path.unlink()
    with pytest.raises(NoSegments, match="workbench new segment NAME"):
        plan(load(folder))
