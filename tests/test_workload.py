"""The load of handlers, how evenly it lies, and what is missing to know it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from tests.staff import SERVED, encounter, handler, relationship, staffed
from workbench.practice.workload import fairness

CALL = encounter("soitto", SERVED)


def busy(**counts: int | None) -> list[object]:
    return [CALL, *(relationship(name, volumes={"soitto": n}) for name, n in counts.items())]


def test_utilisation_is_load_per_working_hours() -> None:
    study = staffed(*busy(a=1000, b=400), handler("K1", primary="ab", hours=1000, fixed=100))
    (row,) = wb.workload(study).rows
    assert row.work.hours == 500 + 200 + 100
    assert row.utilisation == 0.8
    assert list(wb.workload(study, "en").table.loc[0, ["Load, h", "Utilisation"]]) == [800, "80 %"]


def test_an_unknown_figure_leaves_the_load_open_and_says_which_it_is() -> None:
    study = staffed(*busy(a=10, b=None), handler("K1", primary="ab", hours=None))
    result = wb.workload(study, "en")
    assert result.rows[0].work.hours is None
    assert list(result.missing["Missing figure"]) == [
        "count a year: Kohtaaminen soitto (Asiakkuus b)",
        "working hours a year: K1",
    ]
    assert "known" in result.caption and result.caption.startswith("The load of 0 of 1")


def test_the_backed_share_counts_hours_and_not_relationships() -> None:
    study = staffed(
        *busy(a=300, b=100), handler("K1", primary="ab"), handler("K2", backup="a")
    )  # fmt: skip
    row = wb.workload(study).rows[0]
    assert (row.backed, row.safe, row.own) == (0.75, 1, 2)


def test_evenness_of_four_handlers_worked_out_by_hand() -> None:
    even = fairness([0.5, 1.0, 1.0, 1.5])
    assert even is not None
    assert even.peak == 1.5
    assert even.jain == pytest.approx(4.0**2 / (4 * 4.5))


def test_jains_index_is_k_per_n_where_k_share_everything_evenly() -> None:
    some = fairness([1.0, 1.0, 0.0, 0.0, 0.0])
    assert some is not None and some.jain == pytest.approx(2 / 5)
    assert fairness([1.0]) is None


@given(st.lists(st.floats(0.01, 10), min_size=2, max_size=12), st.floats(0.1, 9))
def test_evenness_does_not_depend_on_the_unit(loads: list[float], factor: float) -> None:
    one, other = fairness(loads), fairness([factor * x for x in loads])
    assert one is not None and other is not None
    assert (one.peak, one.jain) == pytest.approx((other.peak, other.jain))
    assert 1 / len(loads) <= one.jain <= 1 + 1e-9
