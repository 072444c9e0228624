"""Coefficients of agreement: right to the printed digit, and honest where there is none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from workbench.findings.coefficients import (
    Estimate,
    Judge,
    Ratings,
    Why,
    _tail,
    alpha,
    corrected,
    estimate,
    even_shares,
    fixed_shares,
    gwet,
    interval,
    jaccard,
    linear,
    masi,
    nominal,
    own_shares,
    percent,
    pooled,
    ranks,
    ratio,
)

PUBLISHED = json.loads(Path(__file__).with_name("published_agreement.json").read_text("utf-8"))
EXAMPLES = {e["id"]: e for e in PUBLISHED["examples"]}
EDGES = {e["id"]: e for e in PUBLISHED["edge_cases"]}
WEIGHTS = {"": nominal, "_linear": linear, "_quadratic": interval, "_ordinal": ranks}


def of(judge: Judge, ratings: Ratings, **more: int) -> Estimate:
    return estimate(judge, len(ratings.often), **more)


def units(example: dict[str, Any]) -> list[list[Any]] | None:
    values = example.get("categories", [])
    if example["form"] == "units_by_coders":
        return list(example["units"])
    if example["form"] == "confusion":
        cells = [(i, j, n) for i, row in enumerate(example["table"]) for j, n in enumerate(row)]
        return [[values[i], values[j]] for i, j, n in cells for _ in range(n)]
    if example["form"] == "counts":
        return [
            [v for v, n in zip(values, row, strict=True) for _ in range(n)]
            for row in example["counts"]
        ]
    return None


def computed(r: Ratings, anonymous: bool) -> dict[str, Callable[[], float | None]]:
    """Return how each value is computed; `anonymous` coders have no shares of their own."""
    own = fixed_shares if anonymous else own_shares
    found: dict[str, Callable[[], float | None]] = {
        "po": lambda: of(percent(r), r).value,
        "Pbar": lambda: of(percent(r), r).value,
        "Pe": lambda: of(corrected(r, fixed_shares), r).expected,
        "pe_kappa": lambda: of(corrected(r, own_shares), r).expected,
        "pe_pi": lambda: of(corrected(r, fixed_shares), r).expected,
        "pe_S": lambda: of(corrected(r, even_shares), r).expected,
        "pe_ac1": lambda: of(corrected(r, gwet), r).expected,
        "S": lambda: of(corrected(r, even_shares), r).value,
        "ac1": lambda: of(corrected(r, gwet), r).value,
        "Do": lambda: 1 - of(alpha(r), r).observed,
        "De": lambda: 1 - of(alpha(r), r).expected,
        "Do_alpha": lambda: 1 - of(alpha(r), r).observed,
        "De_alpha": lambda: 1 - of(alpha(r), r).expected,
        "alpha_nominal": lambda: of(alpha(r), r).value,
        "alpha_interval": lambda: of(alpha(r, interval), r).value,
        "alpha_ratio": lambda: of(alpha(r, ratio), r).value,
        "alpha_ordinal": lambda: of(alpha(r, None), r).value,
        "kappa_fixed_marginal_fleiss": lambda: of(corrected(r, fixed_shares), r).value,
        "kappa_free_marginal": lambda: of(corrected(r, even_shares), r).value,
    }
    chances = {
        "kappa": own, "pi": fixed_shares, "ac2": gwet, "fleiss_kappa": fixed_shares,
        "conger_kappa": own_shares, "brennan_prediger": even_shares,
    }  # fmt: skip
    for end, apart in WEIGHTS.items():
        for name, chance in chances.items():
            found[name + end] = lambda c=chance, d=apart: of(corrected(r, c, d), r).value  # type: ignore[misc]
        found.setdefault(f"alpha{end}", lambda d=apart: of(alpha(r, d), r).value)  # type: ignore[misc]
    for value in r.values:
        found[f"alpha_category_{value}"] = lambda v=value: of(alpha(r.only(v)), r).value  # type: ignore[misc]
        found[f"kappa_category_{value}"] = lambda v=value: (
            of(  # type: ignore[misc]
                corrected(r.only(v), fixed_shares), r
            ).value
        )
    return found


RATED = [name for name, e in EXAMPLES.items() if units(e) is not None]


@pytest.mark.parametrize("name", RATED)
def test_published_tables_give_the_exact_values(name: str) -> None:
    example = EXAMPLES[name]
    r = Ratings.of(units(example) or [], values=example.get("categories"))
    ours = computed(r, anonymous=name in ("fleiss_1971", "mieskes_2009"))
    if name.startswith("gwet"):
        ours["alpha_ordinal"] = lambda: of(alpha(r, ranks), r).value
    wanted = {k: v for k, v in example["exact"].items() if k in ours}
    assert wanted
    assert {k: ours[k]() for k in wanted} == pytest.approx(wanted, abs=2e-6)


def test_nearly_all_of_the_published_values_are_covered() -> None:
    covered = {
        (name, key)
        for name in RATED
        for key in computed(
            Ratings.of(units(EXAMPLES[name]) or []), anonymous=False
        ).keys() & EXAMPLES[name]["exact"].keys()
    }  # fmt: skip
    assert len(covered) >= 245


def test_a_table_of_ones_own_distances_may_weigh_values() -> None:
    example = EXAMPLES["artstein_poesio_2008_p568"]
    apart = np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])
    r = Ratings.of(units(example) or [], values=example["categories"])
    assert of(alpha(r, lambda _: apart), r).value == pytest.approx(0.815551, abs=1e-6)
    kappa = of(corrected(r, own_shares, lambda _: apart), r)
    assert kappa.value == pytest.approx(0.816327, abs=1e-6)
    assert 1 - kappa.expected == pytest.approx(0.49)


def test_sets_of_codes_are_compared_by_what_they_share() -> None:
    example = EXAMPLES["set_valued_9_items"]
    sets = [[frozenset(s) for s in unit] for unit in example["units"]]
    values = sorted({s for unit in sets for s in unit}, key=sorted)
    r = Ratings.of(sets, values=values)
    assert of(alpha(r, masi), r).value == pytest.approx(0.273081, abs=1e-6)
    assert of(alpha(r, jaccard), r).value == pytest.approx(0.31562, abs=1e-6)
    assert of(alpha(r), r).value == pytest.approx(0.238806, abs=1e-6)


def edge(name: str) -> Ratings:
    return Ratings.of(EDGES[name]["units"])


def test_a_second_coder_who_coded_nothing_agrees_no_better_than_chance() -> None:
    r = edge("edge_one_coder_coded_nothing")
    assert of(corrected(r, own_shares), r).value == pytest.approx(0.0)
    assert of(corrected(r, fixed_shares), r).value == pytest.approx(-0.176471, abs=1e-6)
    assert of(alpha(r), r).value == pytest.approx(-0.117647, abs=1e-6)


@pytest.mark.parametrize("name", ["edge_all_one_category", "edge_single_unit"])
def test_without_variation_there_is_no_coefficient_but_the_share_that_agreed(name: str) -> None:
    r = edge(name)
    for judge in (alpha(r), corrected(r, own_shares), corrected(r, gwet)):
        found = of(judge, r)
        assert (found.value, found.why) == (None, Why.NO_VARIATION)
    assert of(percent(r), r).value == 1.0


def test_without_a_unit_judged_by_two_there_is_nothing_to_measure() -> None:
    r = edge("edge_no_overlap_of_units")
    for judge in (percent(r), alpha(r), corrected(r, fixed_shares)):
        assert (of(judge, r).value, of(judge, r).why) == (None, Why.NO_PAIR)


def test_one_unit_on_which_two_differ_has_alpha_zero() -> None:
    r = edge("edge_single_unit_disagree")
    assert of(alpha(r), r).value == pytest.approx(0.0)


def test_perfect_agreement_with_variation_is_one() -> None:
    r = edge("edge_perfect_with_variation")
    assert of(alpha(r), r).value == pytest.approx(1.0)
    assert of(corrected(r, own_shares), r).value == pytest.approx(1.0)


table = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3),
    min_size=1,
    max_size=12,
)


@given(table, st.randoms(use_true_random=False))
def test_order_of_units_and_of_coders_and_names_of_values_change_nothing(
    units: list[list[str | None]], dice: Any
) -> None:
    order, coders = list(units), [0, 1, 2]
    dice.shuffle(order)
    dice.shuffle(coders)
    other = {"a": "z", "b": "y", "c": "x", None: None}
    one, two = (
        Ratings.of(rows, values=values)
        for rows, values in (
            (units, "abc"),
            ([[other[row[c]] for c in coders] for row in order], "xyz"),
        )
    )
    for make in (
        percent,
        alpha,
        lambda r: corrected(r, own_shares),
        lambda r: corrected(r, gwet),
        lambda r: corrected(r, fixed_shares),
    ):
        a, b = of(make(one), one), of(make(two), two)
        assert a.why == b.why
        assert a.value == (None if b.value is None else pytest.approx(b.value, abs=1e-9))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_two_coders_kappa_is_what_another_library_says(pairs: list[tuple[str, str]]) -> None:
    r = Ratings.of(pairs, values="abc")
    ours = of(corrected(r, own_shares), r).value
    if ours is None:
        return
    theirs = cohen_kappa_score([a for a, _ in pairs], [b for _, b in pairs])
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_with_two_values_weights_change_nothing() -> None:
    r = Ratings.of([[1, 0], [1, 1], [0, 0], [0, 1], [0, 0]])
    plain = of(corrected(r, own_shares), r).value
    assert of(corrected(r, own_shares, interval), r).value == pytest.approx(plain)
    assert of(corrected(r, gwet, ranks), r).value == pytest.approx(of(corrected(r, gwet), r).value)


def test_codes_are_pooled_by_the_mean_of_what_is_observed_and_expected() -> None:
    one = Ratings.of([[1, 1], [0, 0], [1, 0], [0, 0]])
    two = Ratings.of([[1, 0], [0, 0], [0, 1], [1, 1]])
    parts = [of(corrected(r, own_shares), r) for r in (one, two)]
    observed = sum(p.observed for p in parts) / 2
    expected = sum(p.expected for p in parts) / 2
    both = of(pooled([corrected(r, own_shares) for r in (one, two)]), one)
    assert both.value == pytest.approx((observed - expected) / (1 - expected))
    silent = Ratings.of([[0, 0]] * 4)
    again = of(pooled([corrected(r, own_shares) for r in (one, two, silent)]), one)
    assert again.value == pytest.approx(both.value)


def test_groups_are_resampled_whole_and_the_same_seed_gives_the_same_interval() -> None:
    rows = [[1, 1], [0, 0], [1, 0], [0, 0], [1, 1], [0, 1]] * 5
    apart = Ratings.of(rows)
    whole = Ratings.of(rows, groups=[n // 6 for n in range(30)])
    assert of(alpha(whole), whole).value == pytest.approx(of(alpha(apart), apart).value)
    same = of(alpha(whole), whole, resamplings=200)
    assert (same.low, same.high) == pytest.approx((same.value, same.value))
    found = of(alpha(apart), apart, resamplings=200)
    assert found.low is not None and found.value is not None and found.high is not None
    assert found.low < found.value < found.high
    assert found == of(alpha(apart), apart, resamplings=200)


def test_an_interval_of_one_group_or_of_too_few_values_is_none() -> None:
    one = Ratings.of([[1, 1], [0, 0], [1, 0]], groups=[0, 0, 0])
    assert of(alpha(one), one, resamplings=100).low is None
    rare = Ratings.of([[1, 1]] + [[0, 0]] * 4)
    assert of(alpha(rare), rare, resamplings=100).low is None


@pytest.mark.parametrize(("groups", "tail"), [(12, 0.01076), (30, 0.01875), (100_000, 0.025)])
def test_the_interval_is_wider_the_fewer_documents_there_are(groups: int, tail: float) -> None:
    """Printed t quantiles: 2.20099 for 11 degrees of freedom, 2.04523 for 29."""
    assert _tail(groups) == pytest.approx(tail, abs=1e-4)


def test_sixty_coders_are_told_apart() -> None:
    rows = [[0] * 59 + [last] for last in (0, 1, 2)]
    ratings = Ratings.of(rows, values=[0, 1, 2])
    assert sorted(map(tuple, ratings.patterns)) == sorted(map(tuple, rows))
    assert ratings.often.sum() == 3


@pytest.mark.campaign
@pytest.mark.parametrize(("coders", "truth", "units"), [(2, 0.6, 100), (3, 0.8, 30), (2, 0.4, 12)])
def test_the_interval_holds_the_truth_as_often_as_it_says(
    coders: int, truth: float, units: int
) -> None:
    """With probability `truth` all say what is common, else each draws freely: alpha is `truth`."""
    dice = np.random.default_rng(7)
    rounds = hits = 1500
    for _ in range(rounds):
        sure, common = dice.random((units, 1)) < truth, dice.integers(0, 3, (units, 1))
        said = np.where(sure, common, dice.integers(0, 3, (units, coders)))
        r = Ratings.coded((0, 1, 2), said, np.arange(units))
        found = of(alpha(r), r, resamplings=400, seed=int(dice.integers(10**6)))
        assert found.low is not None and found.high is not None
        hits -= not found.low <= truth <= found.high
    assert 0.93 <= hits / rounds <= 0.97
