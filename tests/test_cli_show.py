"""The verb show: any counted answer by its name, options by their type, misuse in a sentence."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import pytest

import workbench as wb
from tests.test_cli_findings import call
from workbench.asked import CannotShow, called, options_of, results, typed
from workbench.cli_show import line

Write = Callable[..., Path]


class Size(StrEnum):
    SMALL = "S"


def test_a_result_is_printed_as_the_library_gives_it(study_with: Write) -> None:
    folder = study_with()
    result = call("show", "quality", "--study", folder, "--language", "en")
    given = wb.quality(wb.load(folder), "en")
    assert result.stdout == given.table.to_string(index=False, na_rep="") + "\n"
    assert result.stderr == given.caption + "\n"


def test_a_segment_limits_the_material(study_with: Write) -> None:
    told = call("show", "counts", "--study", study_with(), "--segment", "esimiehet-koulu")
    assert "2/2" in told.stdout


def test_a_file_of_the_care_model_is_shown_as_its_register(study_with: Write) -> None:
    told = call("show", "actions", "--study", study_with(), "--language", "en").stdout
    assert told.startswith("T01\nWhat: Names are published.\n")


def test_a_wide_row_is_printed_line_by_line_without_what_is_empty(study_with: Write) -> None:
    told = call("show", "actions", "--study", study_with(), "--language", "en").stdout
    assert "Due: 2010-09-01\n" in told
    assert "Reference" not in told


def test_a_value_without_a_name_is_what_must_be_given(study_with: Write) -> None:
    study = wb.load(study_with())
    by_place = called(study, "portrait", ["h01"], "en")
    assert by_place.caption == called(study, "portrait", ["document=h01"], "en").caption


def test_options_take_the_type_of_the_function(study_with: Write) -> None:
    study = wb.load(study_with())
    found = called(study, "crosstab", ["codes=saavutettavuus,kohteliaisuus", "top=true"], "en")
    assert found.table.equals(
        wb.crosstab(study, "en", codes=("saavutettavuus", "kohteliaisuus"), top=True).table
    )


@pytest.mark.parametrize(
    ("hint", "text", "value"),
    [
        (int, "3", 3),
        (float, "0.5", 0.5),
        (bool, "no", False),
        (int | None, "3", 3),
        (str | None, "x", "x"),
        (int | range, "4", 4),
        (Size, "S", Size.SMALL),
        (tuple[str, ...], "a, b", ("a", "b")),
        (tuple[int, ...] | None, "1,2", (1, 2)),
    ],
)
def test_a_text_becomes_what_the_annotation_says(hint: object, text: str, value: object) -> None:
    assert typed("key", text, hint) == value


@pytest.mark.parametrize(("hint", "text"), [(int, "x"), (bool, "perhaps"), (Size, "XL")])
def test_a_text_of_another_type_is_refused(hint: object, text: str) -> None:
    with pytest.raises(CannotShow, match=f"key: '{text}' is not what it takes"):
        typed("key", text, hint)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["qualiti"], "There is no 'qualiti' to show. Did you mean 'quality'?"),
        (["rulez"], "There is no 'rulez' to show. Did you mean 'rules'?"),
        (["crosstab", "facet=koettu"], "'crosstab' takes no 'facet'. Did you mean 'facets'?"),
        (["saturation", "base=x"], "base: 'x' is not what it takes (int)."),
        (["portrait"], "'portrait' needs document: write `workbench show portrait …`."),
        (["quality", "3"], "'3' is too much for 'quality'. quality takes: nothing."),
        (["portrait", "h9"], "There is no document 'h9' in this study."),
    ],
)
def test_misuse_is_one_sentence(study_with: Write, typed: list[str], sentence: str) -> None:
    result = call("show", *typed, "--study", study_with())
    assert (result.exit_code, result.output.startswith(f"Error: {sentence}")) == (1, True)


def test_the_table_is_written_where_it_is_asked_for(study_with: Write, tmp_path: Path) -> None:
    file = tmp_path / "laatu.csv"
    told = call("show", "quality", "--study", study_with(), "--csv", file, "--language", "en")
    assert told.stdout == ""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Determinant,Expectation")
    assert len(lines) == 3
    nowhere = call("show", "quality", "--study", study_with(), "--csv", tmp_path / "no" / "a.csv")
    assert "cannot be written" in nowhere.output


def test_without_a_name_everything_there_is_to_show_is_listed() -> None:
    told = call("show").stdout
    assert "quality  " in told
    assert "[by= tree= codes= top= facets= groups=]" in told
    assert "Registers: findings, needs" in told


def test_a_result_with_several_tables_gives_each_by_its_name(study_with: Write) -> None:
    folder = study_with()
    told = call("show", "crosstab.wide", "--study", folder, "--language", "en")
    assert told.stdout.startswith("Access\nSupervisors People: 3\nSupervisors Documents: 4\n")
    plan = call("show", "coverage.plan", "--study", folder, "--language", "en")
    assert plan.stderr == wb.coverage(wb.load(folder), "en").plan.caption + "\n"
    missing = call("show", "coverage.plam", "--study", folder)
    assert missing.output == "Error: Coverage has no table 'plam'. Did you mean 'plan'?\n"


def test_a_thin_blank_of_a_number_reaches_the_terminal_as_a_blank() -> None:
    assert line("1\xa0234 \u2009 \x1b") == "1 234   \\x1b"


def test_what_counts_is_shown_and_what_sends_or_writes_is_not() -> None:
    known = results()
    assert {"balance", "gaps", "quality", "register", "trace", "search"} <= known.keys()
    assert not {"ask", "run", "Coder", "mark_seen", "account_plan"} & known.keys()
    for function in known.values():
        assert "study" not in options_of(function)
