"""Who codes what: assignments, blind coding, and what is left to do."""

from pathlib import Path

from tests.conftest import STUDY
from workbench.base.problems import Problem
from workbench.coding.work import Work, check_work, parse_work, released, tasks
from workbench.loading import load

PATH = Path("parameters/work.yml")
WORK = """\
# who codes what
assignments:
  - documents: [h01, h02]
    coders: [aino, eero]
    blind: true
    note: neljännes kahdesti
  - documents: h03
    coders: aino
released:
  h01: 2010-05-12  # Leena
"""


def read(text: str) -> Work:
    work, problems = parse_work(text, PATH)
    assert problems == []
    return work


def checked(text: str) -> list[Problem]:
    return check_work(read(text), PATH, text, ["h01", "h02", "h03"], ["aino", "eero"])


def test_an_assignment_says_who_codes_what_and_whether_blind() -> None:
    work = read(WORK)
    assert work.coders("h02") == ("aino", "eero")
    assert work.coders("h03") == ("aino",)
    assert [work.sealed(d) for d in ("h01", "h02", "h03")] == [False, True, False]


def test_blind_anywhere_is_blind() -> None:
    more = "  - {documents: [h03], coders: [eero], blind: true}\n"
    assert read(WORK.replace("released:", f"{more}released:")).sealed("h03")


def test_an_unknown_document_and_coder_are_told_with_line_and_near_miss() -> None:
    first, second = checked(WORK.replace("h01, h02", "h01, h22").replace("eero", "ero"))
    assert str(first).startswith(f"{PATH}:3: there is no document 'h22' to code. Did you mean")
    assert str(second) == f"{PATH}:4: no coder 'ero' in study.yml. Did you mean 'eero'?"


def test_a_release_of_what_is_not_blind_is_told() -> None:
    (problem,) = checked(WORK + "  h03: 2010-05\n")
    assert problem.line == 11
    assert "'h03' is released but no assignment has it coded blind" in problem.message


def test_a_word_that_is_no_date_is_a_fault() -> None:
    _, problems = parse_work(WORK.replace("2010-05-12", "kyllä"), PATH)
    assert [p.line for p in problems] == [10]


def test_what_is_left_is_turns_without_a_coding_of_ones_own(study_with: object) -> None:
    study = load(study_with())  # type: ignore[operator]
    found = {(t.document, t.coder): t for t in tasks(read(WORK), study.documents, study.codings)}
    assert found["h01", "aino"].left == ()
    assert found["h01", "eero"].left == (3,), "the interviewer's turn [1] is nobody's task"
    assert (found["h02", "eero"].codings, found["h02", "eero"].left) == (0, (2, 3))
    assert found["h02", "eero"].sealed


def test_a_release_adds_one_line_and_keeps_the_rest() -> None:
    assert released(WORK, PATH, ["h02"], "2010-06-01") == WORK + "  h02: 2010-06-01\n"


def test_a_release_stands_after_those_there_are() -> None:
    text = WORK + "  h02: 2010-06\n"
    assert released(text, PATH, ["h03"], "2010-07") == text + "  h03: 2010-07\n"


def test_the_first_release_starts_the_list() -> None:
    text = WORK[: WORK.index("released:")]
    assert released(text, PATH, ["h01"], "2010-06") == text + "released:\n  h01: 2010-06\n"


def test_the_study_reads_work_yml_and_checks_it(study_with: object) -> None:
    study = load(study_with({"parameters/work.yml": WORK.replace("eero", "ero")}))  # type: ignore[operator]
    assert study.work.sealed("h02")
    assert [str(p) for p in study.problems] == [
        "parameters/work.yml:4: no coder 'ero' in study.yml. Did you mean 'eero'?"
    ]
    assert "coders: [aino, eero]" in STUDY["parameters/study.yml"]
