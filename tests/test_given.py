"""What study.yml and segments give to runs is held to what notebooks declare, with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.notebooks import PARAMETERS, WHOLE, write
from workbench.loading import load
from workbench.runs.given import parameter_problems

Write = Callable[..., Path]
SEGMENT, SETTINGS = "parameters/segments/esimiehet.yml", "parameters/study.yml"


def told(study_with: Write, name: str, given: str) -> list[str]:
    """Return what is wrong if a file gives this."""
    root = study_with({name: f"{STUDY[name]}parameters:\n  {given}\n"})
    write(root, "11_koe", PARAMETERS + '\nlevel: bool = True\nname: str = ""')
    write(root, "12_toinen", PARAMETERS)
    write(root, "21_whole", WHOLE + "\ncards: int = 3")
    study = load(root)
    assert [p for p in study.problems if "parameter" in p.message] == []
    return [str(problem) for problem in parameter_problems(study)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("most: many", "parameter 'most' must be int, not 'many'. It is declared in 11_koe.ipynb, "
         "12_toinen.ipynb."),
        ("most: 1.5", "parameter 'most' must be int, not '1.5'."),
        ("most: [1, 2]", "parameter 'most' must be int, not ('1', '2')."),
        ("most: {a: 1}", "parameter 'most' must be int, not {'a': '1'}."),
        ("most:", "parameter 'most' must be int, not nothing."),
        ("level: no", "parameter 'level' must be bool, not 'no'. Known: false, true."),
        ("name: null", "parameter 'name' must be str, not nothing."),
        ("mots: 5", "parameter 'mots' is declared by no notebook that is run. Did you mean"),
        ("segment: x", "parameter 'segment' is set by the run itself. Choose by `workbench run"),
        ("language: fi", "parameter 'language' is set by the run itself."),
        ("language: [fi, en]", "parameter 'language' is set by the run itself."),
        ("segmnt: x", "parameter 'segmnt' is declared by no notebook that is run. Known: "),
        ("report_folder: /", "parameter 'report_folder' is set by the run itself."),
        ("most number: 5", "parameter 'most number' is no name. Known: "),
        ("class: 5", "parameter 'class' is no name."),
        ("__builtins__: 5", "parameter '__builtins__' is no name."),
        ('"most = 1; import os #": 5', "parameter 'most = 1; import os #' is no name."),
        (r'"x\nimport os": 5', r"parameter 'x\nimport os' is no name."),
        (r'"\e[2J": 5', r"parameter '\x1b[2J' is no name."),
        ('"": 5', "parameter '' is no name."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", [SETTINGS, SEGMENT])
def test_a_value_that_fits_no_notebook_is_told_with_its_line(
    study_with: Write, name: str, given: str, said: str
) -> None:
    line = STUDY[name].count("\n") + 2
    found = told(study_with, name, given)
    assert [one[: len(f"{name}:{line}: {said}")] for one in found] == [f"{name}:{line}: {said}"]


@pytest.mark.parametrize("given", ["most: 007", "name: NO", "level: false", "name: ''", "most: -1"])
@pytest.mark.parametrize("name", [SETTINGS, SEGMENT])
def test_a_value_that_fits_is_no_problem(study_with: Write, name: str, given: str) -> None:
    assert told(study_with, name, given) == []


def test_a_segment_gives_nothing_to_notebooks_of_the_whole_and_study_yml_does(
    study_with: Write,
) -> None:
    assert told(study_with, SETTINGS, "cards: 4") == []
    assert told(study_with, SEGMENT, "cards: 4") == [
        f"{SEGMENT}:6: parameter 'cards' is declared only by what is run for the whole: "
        "21_whole.ipynb. Write it in parameters/study.yml."
    ]


def test_all_faults_of_notebooks_and_files_come_in_one_pass(study_with: Write) -> None:
    given = "parameters: {most: many}\n"
    root = study_with({name: STUDY[name] + given for name in (SETTINGS, SEGMENT)})
    write(root, "11_koe", PARAMETERS + "\nx = 1")
    write(root, "21_whole", "")
    places = [(str(p.path), p.line) for p in parameter_problems(load(root))]
    assert places == [
        ("notebooks/11_koe.ipynb", 1), ("notebooks/21_whole.ipynb", 1),
        ("notebooks/21_whole.ipynb", 1), (SEGMENT, 5), (SETTINGS, 12),
    ]  # fmt: skip


def test_a_name_is_not_called_undeclared_while_a_notebook_cannot_be_read(study_with: Write) -> None:
    root = study_with({SEGMENT: STUDY[SEGMENT] + "parameters: {most: 5}\n"})
    write(root, "11_koe", PARAMETERS)
    path = root / "notebooks/11_koe.ipynb"
    path.write_text("{", encoding="utf-8")
    assert [p.path.name for p in parameter_problems(load(root))] == ["11_koe.ipynb"]


def test_a_name_as_long_as_a_book_is_told_in_a_line(study_with: Write) -> None:
    (said,) = told(study_with, SETTINGS, f'? "{"most " * 200_000}"\n  : 5')
    assert len(said) < 300


def test_a_study_without_notebooks_and_values_has_no_problem(study_with: Write) -> None:
    assert parameter_problems(load(study_with())) == []


def test_the_example_gives_its_notebooks_what_they_declare() -> None:
    assert parameter_problems(load(ROOT)) == []
