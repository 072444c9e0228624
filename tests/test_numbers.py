"""Which numbers of people the reports print, looked at all together as an attacker would."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from tests.conftest import STUDY
from workbench.loading import load
from workbench.reports.disclosure import Print
from workbench.reports.numbers import EVERYONE, Numbers, Sheet, Table, claimed, numbers, printed
from workbench.study import Study

Write = Callable[..., Path]
EXAMPLE = load(Path(__file__).parents[1])
K = EXAMPLE.settings.privacy.cell


@pytest.fixture(scope="module")
def decided() -> Numbers:
    return numbers(EXAMPLE)


def of_three(study_with: Write) -> Study:
    settings = STUDY["parameters/study.yml"].replace("cell: 1", "cell: 3")
    return load(study_with({"parameters/study.yml": settings}))


def test_a_number_below_the_threshold_is_not_printed(study_with: Write) -> None:
    found = numbers(of_three(study_with))
    assert found.shown("saavutettavuus", "esimiehet") == 3
    assert found.shown("kohteliaisuus", "esimiehet") is Print.SMALL


def test_a_small_number_that_quotes_would_tell_is_withheld(study_with: Write) -> None:
    found = numbers(of_three(study_with))
    assert len(found.counted[claimed("F01")]) == 2
    assert found.shown(claimed("F01"), EVERYONE) is Print.WITHHELD


def test_with_a_threshold_of_one_every_number_is_printed(study_with: Write) -> None:
    found = numbers(load(study_with()))
    assert set(found.prints.values()) == {Print.EXACT}
    assert found.shown("kohteliaisuus", "esimiehet-koulu") == 1


def test_nobody_is_printed_as_none(study_with: Write) -> None:
    assert numbers(of_three(study_with)).shown("aukioloajat", "esimiehet") == 0


def test_what_no_report_prints_is_withheld(study_with: Write) -> None:
    assert numbers(of_three(study_with)).shown("saavutettavuus", EVERYONE) is Print.WITHHELD


def test_it_is_decided_once_for_a_study_and_its_views(study_with: Write) -> None:
    study = load(study_with())
    assert numbers(study.where(segment="esimiehet")) is numbers(study)


def test_a_page_knows_how_many_numbers_it_hid(study_with: Write) -> None:
    sheet = Sheet(numbers(of_three(study_with)))
    for code in ("saavutettavuus", "kohteliaisuus", "odotusaika", "odotusaika"):
        sheet.shown(code, "esimiehet")
    assert (sheet.hidden(Print.SMALL), sheet.hidden(Print.WITHHELD)) == (2, 0)


def test_no_small_number_of_the_example_is_printed(decided: Numbers) -> None:
    shown = [decided.shown(*cell) for cell, how in decided.prints.items() if how is Print.EXACT]
    assert len(shown) > 100
    assert not [n for n in shown if isinstance(n, int) and 0 < n < K]


def test_no_two_printed_numbers_of_the_example_differ_by_a_small_group(decided: Numbers) -> None:
    groups = decided.groups
    pairs = [(a, b) for a, b in permutations(groups, 2) if groups[b] < groups[a]]
    told = [
        (measure, large, small)
        for measure in decided.counted
        for large, small in pairs
        if isinstance(a := decided.shown(measure, large), int)
        and isinstance(b := decided.shown(measure, small), int)
        and a < len(groups[large])
        and 0 < a - b < K
    ]
    assert (len(pairs) > 5, told) == (True, [])


def sure(table: Table, found: Numbers) -> list[tuple[str, str]]:
    """Attack all reports at once with linear programmes: which small numbers come out?"""
    place = {name: n for n, name in enumerate(table.pieces)}

    def row(*signed: tuple[int, frozenset[str]]) -> csr_array:
        at = [(sign, place[p]) for sign, names in signed for p in sorted(names)]
        signs, columns = zip(*at, strict=True)
        return csr_array((signs, ([0] * len(at), columns)), shape=(1, len(place)), dtype=float)

    rows = [row((1, r.few), (-1, r.many)) for r in table.relations]
    most = [0.0] * len(rows)
    for cell, how in found.prints.items():
        n = len(found.counted[cell[0]] & found.groups[cell[1]])
        low, high = {Print.EXACT: (n, n), Print.SMALL: (1, K - 1),
                     Print.WITHHELD: (K if n >= K else 0, 99)}[how]  # fmt: skip
        sums = row((1, table.cells[cell].pieces))
        rows += [sums, -sums]
        most += [high, -low]
    bounds = [(0, p.of) for p in table.pieces.values()]
    rules, out = vstack(rows).tocsr(), []
    tried: list[np.ndarray] = []
    small = [c for c, how in found.prints.items() if how is Print.SMALL]
    for cell in small:
        aim = row((1, table.cells[cell].pieces)).toarray()[0]
        values = np.array(tried) @ aim if tried else np.zeros(1)
        if values.max() - values.min() < 1:
            tried += [linprog(s * aim, rules, most, bounds=bounds).x for s in (1, -1)]
            values = np.array(tried) @ aim
            if np.floor(values.max() + 1e-6) - np.ceil(values.min() - 1e-6) < 1:
                out.append(cell)
    return out


@pytest.mark.campaign
def test_no_small_number_of_the_example_comes_out_of_all_reports_together(
    decided: Numbers,
) -> None:
    assert sure(printed(EXAMPLE), decided) == []


@pytest.mark.campaign
def test_with_small_numbers_hidden_only_some_come_out(decided: Numbers) -> None:
    small = {c: p if p is Print.SMALL else Print.EXACT for c, p in decided.prints.items()}
    assert sure(printed(EXAMPLE), Numbers(decided.counted, decided.groups, small))
