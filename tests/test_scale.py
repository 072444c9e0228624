"""Public figures beside one's own: a check of scale, and nothing without a number of payees."""

import pytest

import workbench as wb
from tests.staff import staffed
from workbench.practice.scale import person_years


@pytest.mark.parametrize(("per", "years"), [(8445, 16.6), (10549, 13.3), (4930, 28.4)])
def test_person_years_of_vantaas_staff_of_2021_by_three_public_figures(
    per: int, years: float
) -> None:
    assert person_years(11671, per) == pytest.approx(years, abs=0.05)


def test_without_a_number_of_payees_nothing_is_computed() -> None:
    result = wb.payslips(staffed(), language="en")
    assert set(result.table["Person-years for these payees"]) == {""}
    assert "no norm" in result.caption and "not given" in result.caption
