"""When codes get other names, counted material follows: its text stays, only names change."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources import ALL, ANSWERS, FEEDBACK, HERE, ITEMS, SURVEY, told
from tests.test_feedback import feedback
from workbench.loading import load
from workbench.material.renaming import in_cell, in_form, in_table
from workbench.revision.changes import apply
from workbench.revision.queue import follow
from workbench.revision.shelf import Unsafe
from workbench.revision.verbs import merge, rename

Write = Callable[..., Path]
NAMES = {"odotusaika": "jonotus", "saavutettavuus": "jonotus"}


def test_a_cell_gets_the_new_names_and_says_nothing_twice() -> None:
    assert in_cell("odotusaika koettu -;  kohteliaisuus", NAMES) == (
        "jonotus koettu -; kohteliaisuus"
    )
    assert in_cell("odotusaika -; saavutettavuus -", NAMES) == "jonotus -"
    assert in_cell("odotusaikaa;x ", NAMES) == "odotusaikaa;x "


def test_only_columns_of_codes_change_and_quoting_stays() -> None:
    found, _ = feedback()
    assert found is not None
    table = ITEMS.replace("Linja poikki", '"odotusaika\n""oli"", pitkä"')
    assert in_table(table, found.form, NAMES) == table.replace(
        "odotusaika koettu -", "jonotus koettu -"
    ).replace("saavutettavuus koettu -", "jonotus koettu -")


CELL = st.text(st.sampled_from('ab ",;\n'), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_every_other_cell_is_the_same_afterwards(cells: list[tuple[str, str]]) -> None:
    found, _ = feedback()
    assert found is not None
    out = io.StringIO()
    rows = [["x", "koodit", "y"], *([a, "odotusaika; b", b] for a, b in cells)]
    csv.writer(out, lineterminator="\n").writerows(rows)
    now = list(csv.reader(io.StringIO(in_table(out.getvalue(), found.form, NAMES), newline="")))
    assert now == [rows[0], *([a, "jonotus; b", b] for a, b in cells)]


def test_a_description_keeps_its_columns_though_they_are_called_like_codes() -> None:
    form = SURVEY.replace("  s_k: {code", "  saavutettavuus: {code")
    assert in_form(form, HERE, NAMES) == form.replace("code: saavutettavuus", "code: jonotus")


def test_a_description_s_marks_and_facets_follow() -> None:
    form = FEEDBACK + (
        "marks: {odotusaika: odotusaika koettu, Muu: kohteliaisuus}\n"
        'facets: {column: tunne, values: {"+": "+"}}\n'
    )
    now = in_form(form, HERE, {**NAMES, "+": "hyvä"})
    assert "marks: {odotusaika: jonotus koettu, Muu: kohteliaisuus}\n" in now


def test_what_cannot_be_renamed_for_certain_stays() -> None:
    form = SURVEY.replace("text: {fi: Kokemus,", "text: {fi: saavutettavuus,")
    assert in_form(form, HERE, NAMES) == form


def test_a_renamed_code_is_renamed_in_counted_material(study_with: Write) -> None:
    study = load(study_with(ALL))
    apply(rename(study, "odotusaika", "jonotus"))
    after = load(study.folder)
    assert told(after) == []
    assert after.feedback["palaute"].rows[0].marks[0].code == "jonotus"
    assert "jonotus koettu -" in (study.folder / "observations/kysely.csv").read_text("utf-8")


def test_a_late_table_follows_the_codebook(study_with: Write) -> None:
    study = load(study_with(ALL))
    apply(rename(study, "odotusaika", "jonotus"))
    late = study.folder / "observations" / "palaute.csv"
    late.write_text(ITEMS, encoding="utf-8")
    assert (
        "palaute.csv:2: no code 'odotusaika'. It became 'jonotus': `workbench code follow`"
        in (told(load(study.folder))[0])
    )
    apply(follow(load(study.folder)))
    assert told(load(study.folder)) == []


def test_no_code_changes_while_a_table_cannot_be_read(study_with: Write) -> None:
    study = load(study_with({**ALL, "observations/palaute.csv": ITEMS + '"open\n'}))
    with pytest.raises(Unsafe, match="a quotation mark opens in the record that begins here"):
        rename(study, "odotusaika", "jonotus")


def test_merged_codes_are_one_in_counted_material(study_with: Write) -> None:
    study = load(study_with(ALL))
    apply(merge(study, ["odotusaika"], "kohteliaisuus"))
    after = load(study.folder)
    assert told(after) == []
    assert [m.code for row in after.feedback["palaute"].rows for m in row.marks] == [
        "kohteliaisuus", "kohteliaisuus", "saavutettavuus", "saavutettavuus",
    ]  # fmt: skip
    assert ANSWERS.replace("odotusaika", "kohteliaisuus") == (
        study.folder / "observations/kysely.csv"
    ).read_text("utf-8")
