"""Saturation: new codes counted in the order of dates, and never a verdict without its rule."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import workbench as wb
from tests.conftest import STUDY
from tests.people import example
from workbench.base.languages import LANGUAGES
from workbench.findings.saturation import BadRule, Curve, Flags, Rule, UnknownUnit
from workbench.study import Unknown

Write = Callable[..., Path]
INSECTS = "abcde fghi gjkl jm himn gko bijo adp aghn np ahq afg afpr gikl cjq"
"""Codes a … r of fifteen published interviews (novelqualcodes, MIT licence), named anew."""


def matrix(interviews: str) -> Flags:
    """Return interviews × codes of words whose letters are codes."""
    codes = sorted(set(interviews) - {" "})
    return np.array([[code in word for code in codes] for word in interviews.split()])


def of_new_codes(*new: int) -> Flags:
    """Return interviews of which each has so many codes that nobody had before."""
    ends = np.cumsum(new)
    return np.array([[end - n <= code < end for code in range(ends[-1])]
                     for n, end in zip(new, ends, strict=True)])  # fmt: skip


def test_the_published_series_is_counted_as_it_should_have_been_printed() -> None:
    curve = Curve.of(matrix(INSECTS), Rule())
    assert curve.codes.tolist() == [5, 4, 4, 2, 4, 3, 4, 3, 4, 2, 3, 3, 4, 4, 3]
    assert curve.total.tolist() == [5, 9, 12, 13, 14, 15, 15, 16, 16, 16, 17, 17, 18, 18, 18]


def test_new_information_of_thirteen_real_interviews_passes_the_line_and_leaves_it_again() -> None:
    """The printed ratios and the total of 71 codes leave only this series of new codes."""
    curve = Curve.of(of_new_codes(20, 10, 8, 5, 3, 5, 4, 4, 2, 4, 1, 0, 5), Rule(base=4, run=2))
    assert curve.total[-1] == 71
    assert curve.ratios[5:].round(2).tolist() == [0.19, 0.21, 0.19, 0.14, 0.14, 0.12, 0.02, 0.12]
    assert (curve.first, curve.left) == (11, [12])
    assert curve.fraction(11) == "1/43"


def test_with_a_longer_run_the_same_interviews_never_pass_it() -> None:
    curve = Curve.of(of_new_codes(20, 10, 8, 5, 3, 5, 4, 4, 2, 4, 1, 0, 5), Rule(base=4, run=3))
    assert curve.judged
    assert (curve.first, curve.left) == (None, [])


def test_exactly_the_threshold_is_within_it() -> None:
    cells = of_new_codes(10, 10, 1, 0)
    assert Curve.of(cells, Rule(base=2, run=2, threshold=0.05)).first == 3
    assert Curve.of(cells, Rule(base=2, run=2, threshold=0.049)).first is None


def test_drawn_orders_are_those_of_counting_one_by_one() -> None:
    cells, rule = matrix(INSECTS), Rule(permutations=60)
    curve = Curve.of(cells, rule)
    rows = np.tile(np.arange(15), (60, 1))
    place = np.random.default_rng(rule.seed).permuted(rows, axis=1)
    totals = [[cells[place[n] <= at].any(axis=0).sum() for at in range(15)] for n in range(60)]
    assert curve.low.tolist() == [sorted(column)[2] for column in zip(*totals, strict=True)]
    assert curve.high.tolist() == [sorted(column)[56] for column in zip(*totals, strict=True)]
    passed = [[(t[at] - t[at - 2]) / t[3] <= 0.05 for at in range(5, 15)] for t in totals]
    assert curve.passed[5:].tolist() == [sum(any(p[: n + 1]) for p in passed) for n in range(10)]


@given(arrays(bool, (9, 6)), st.permutations(range(6)))
def test_codes_in_another_order_change_nothing_and_new_codes_sum_to_all(
    cells: Flags, order: list[int]
) -> None:
    one, other = (
        Curve.of(cells, Rule(permutations=20)),
        Curve.of(cells[:, order], Rule(permutations=20)),
    )
    assert one.total.tolist() == other.total.tolist()
    assert one.passed.tolist() == other.passed.tolist()
    assert one.new.sum() == cells.any(axis=0).sum()
    assert (one.low <= one.high).all()


def test_the_same_seed_draws_the_same_orders_and_another_one_others() -> None:
    one, same, other = (Curve.of(matrix(INSECTS), Rule(seed=seed)) for seed in (1, 1, 2))
    assert one.passed.tolist() == same.passed.tolist() != other.passed.tolist()


def test_interviews_stand_by_date_then_id_and_uncoded_ones_stay_out(study_with: Write) -> None:
    later = STUDY["interviews/h01.md"].replace("2010-02", "2010-04")
    none = STUDY["interviews/h03.md"].replace("h03", "h04")
    study = wb.load(study_with({"interviews/h01.md": later, "interviews/h04.md": none}))
    found = wb.saturation(study)
    assert [d.id for d in found.documents] == ["h02", "h03", "h01"]
    assert found.curve.new.tolist() == [2, 0, 2]
    assert "Koodaamatta on 1" in found.caption


def test_observations_are_counted_only_by_document(study_with: Write) -> None:
    study = wb.load(study_with())
    assert len(wb.saturation(study).documents) == 3
    assert len(wb.saturation(study, by="document").documents) == 4


def test_too_few_interviews_are_refused_with_what_it_takes(study_with: Write) -> None:
    found = wb.saturation(wb.load(study_with()))
    assert "niitä on 3, ja arvioon tarvitaan vähintään 6 (pohja 4 + jakso 2)" in found.caption
    assert list(found.table["Uuden tiedon osuus"]) == ["–", "–", "–"]
    assert not found.curve.judged


def test_between_base_and_base_with_run_nothing_is_judged_and_no_order_drawn() -> None:
    curve = Curve.of(matrix("ab bc cd de ef"), Rule(base=4, run=2))
    assert not curve.judged
    assert len(curve.low) == len(curve.passed) == 0


def test_a_base_without_codes_is_refused(study_with: Write) -> None:
    cells = np.zeros((4, 1), bool)
    cells[3] = True
    curve = Curve.of(cells, Rule(base=2, run=1))
    assert (curve.judged, curve.first, curve.fraction(3)) == (False, None, "")
    found = wb.saturation(wb.load(study_with()), base=1, run=1, tree="nakokulma")
    assert "1 ensimmäisessä ei ole yhtään näistä koodeista" in found.caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_always_names_the_rule_and_what_came_after(language: str) -> None:
    caption = wb.saturation(example(), language).caption
    for part in ("Guest", "0.05" if language == "en" else "0,05", "6 (h25)", "14 (h10)"):
        assert part in caption
    assert "saturated" not in caption


def test_of_each_segment_only_what_it_can_carry_is_told() -> None:
    study = example()
    table = wb.saturation_by_segment(study).table.set_index("Asiakasryhmä")
    few = table.loc["Opetustoimen esimiehet"]
    assert few["Haastatteluja"] == 3
    assert few["Uuden tiedon osuus lopussa"] == "–"
    assert few["Huomaa"] == "ei voi arvioida, vähintään 6 haastattelua"
    base = [len(d) for name, d, _ in wb.saturation_by_segment(study).rows
            if name.startswith("esimiehet-")]  # fmt: skip
    assert sum(base) == table.loc["Kaikki esimiehet"]["Haastatteluja"] == 17


def test_a_tree_counts_alone_and_an_unknown_one_is_refused(study_with: Write) -> None:
    study = wb.load(study_with())
    assert wb.saturation(study, tree="laatutekijat").curve.total[-1] == 4
    with pytest.raises(Unknown, match="Did you mean 'laatutekijat'"):
        wb.saturation(study, tree="laatutekija")


def test_a_rule_that_means_nothing_is_refused(study_with: Write) -> None:
    study = wb.load(study_with())
    with pytest.raises(BadRule, match="base 0, run 2"):
        wb.saturation(study, base=0)
    with pytest.raises(UnknownUnit, match="saturation_by_segment"):
        wb.saturation(study, by="segments")


def test_the_figure_has_the_table_s_numbers_and_open_marks_above_the_line() -> None:
    found = wb.saturation(example())
    figure = found.chart()
    bars = next(trace for trace in figure.data if trace.type == "bar")
    marks = figure.data[-1]
    assert list(bars.y) == list(found.curve.new)
    assert [colour == "#ffffff" for colour in marks.marker.color][:8] == [False] + [True] * 7
    assert figure.layout.separators == ", "


def test_a_figure_without_a_judgement_has_no_threshold(study_with: Write) -> None:
    figure = wb.saturation(wb.load(study_with())).chart()
    assert len(figure.layout.shapes) == 0
    assert len(figure.data) == 2
