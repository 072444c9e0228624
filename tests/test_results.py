"""A result shows itself in Jupyter, escaped, and has a chart where there is one."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.conftest import STUDY
from workbench.findings.results import NoChart

Write = Callable[..., Path]


def test_a_result_shows_its_caption_and_its_table(study_with: Write) -> None:
    shown = wb.counts(wb.load(study_with()), "en")._repr_html_()
    assert shown.startswith("<p>How many of 3 people speak of it")
    assert "<td>Access</td>" in shown


def test_as_text_a_result_is_its_caption_and_its_table_and_no_words(study_with: Write) -> None:
    shown = repr(wb.counts(wb.load(study_with()), "en"))
    assert shown.startswith("How many of 3 people speak of it")
    assert "3/3" in shown
    assert "Linja oli taas varattu" not in shown


def test_markup_in_a_label_stays_text(study_with: Write) -> None:
    book = STUDY["parameters/codebook/laatutekijat.yml"].replace("Saavutettavuus", "<b>S</b>")
    study = wb.load(study_with({"parameters/codebook/laatutekijat.yml": book}))
    assert "&lt;b&gt;S&lt;/b&gt;" in wb.counts(study)._repr_html_()


def test_a_result_without_a_chart_says_which_have_one(study_with: Write) -> None:
    with pytest.raises(
        NoChart,
        match="With a chart: Absence, Agreement, Balance, Blueprint, Clusters, CoOccurrence",
    ):
        wb.documents(wb.load(study_with())).chart()
