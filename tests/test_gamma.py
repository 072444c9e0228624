"""Gamma: exact disorders of published continua, its printed range, and what must hold for any."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.findings import gamma as module
from workbench.findings.gamma import TooManyUnits, Unit, Weights, apart, disorder, gamma

PUBLISHED = json.loads(Path(__file__).with_name("published_agreement.json").read_text("utf-8"))
SPANS = {e["id"]: e for e in PUBLISHED["examples"] if e["kind"] == "gamma_spans"}
(PAIRS,) = (e["pairs"] for e in PUBLISHED["examples"] if e["kind"] == "gamma_distance")
WEIGHTS = {
    "alpha3_beta1": Weights(3, 1),
    "alpha1_beta1": Weights(1, 1),
    "position_only": Weights(1, 0),
    "given": Weights(3, 1, 0.5),
}
UNITS = st.lists(
    st.builds(lambda at, long, code: Unit(at, at + long, code),
              st.integers(0, 40), st.integers(1, 9), st.sampled_from("ab")),
    max_size=4,
)  # fmt: skip


def coders(example: dict[str, Any]) -> list[list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for coder, *unit in example["spans"]:
        code, start, end = unit
        found.setdefault(coder, []).append(Unit(start, end, code))
    return list(found.values())


def between(example: dict[str, Any]) -> Any:
    if "category_distance" not in example:
        return module.unlike
    order, table = example["category_order"], example["category_distance"]
    return lambda a, b: table[order.index(a)][order.index(b)]


@pytest.mark.parametrize("name", SPANS)
def test_published_continua_have_exactly_their_disorder(name: str) -> None:
    example = SPANS[name]
    for kind, wanted in example["exact"].items():
        found = disorder(coders(example), WEIGHTS[kind], between(example))
        assert found == pytest.approx(wanted, abs=2e-6), kind


def test_nine_published_continua_are_covered() -> None:
    assert len(SPANS) == 9


@pytest.mark.parametrize("pair", PAIRS)
def test_two_spans_lie_as_far_apart_as_printed(pair: dict[str, Any]) -> None:
    found = apart(Unit(*pair["a"], "x"), Unit(*pair["b"], "x"))
    assert found == pytest.approx(pair["computed"], abs=1e-5)
    assert found == pytest.approx(pair["printed"], rel=0.02, abs=0.05)


def test_stretching_both_spans_alike_changes_nothing() -> None:
    short = apart(Unit(0, 7, "x"), Unit(0, 10, "x"))
    assert apart(Unit(0, 21, "x"), Unit(0, 30, "x")) == pytest.approx(short)


def test_gamma_of_the_papers_three_coders_lies_in_the_printed_range() -> None:
    example = SPANS["gamma_AlexPaulSuzan"]
    low, high = example["printed"]["gamma_range"]
    found = gamma([coders(example)], draws=300)
    assert found is not None
    assert low <= found <= high


def test_the_same_seed_gives_the_same_gamma() -> None:
    example = [coders(SPANS["gamma_example_figure10"])]
    assert gamma(example, draws=5, seed=3) == gamma(example, draws=5, seed=3)
    assert gamma(example, draws=5, seed=3) != gamma(example, draws=5, seed=4)


def test_coders_who_agree_in_everything_have_gamma_one() -> None:
    own = [Unit(0, 5, "a"), Unit(9, 12, "b")]
    assert gamma([[own, own]]) == pytest.approx(1)


def test_where_nothing_was_coded_there_is_no_gamma() -> None:
    assert gamma([[[], []]]) is None


@settings(max_examples=30, deadline=None)
@given(UNITS, UNITS)
def test_who_is_named_first_changes_nothing(one: list[Unit], other: list[Unit]) -> None:
    assert disorder([one, other]) == pytest.approx(disorder([other, one]))


@settings(max_examples=30, deadline=None)
@given(UNITS, UNITS)
def test_no_alignment_costs_more_than_leaving_every_unit_alone(
    one: list[Unit], other: list[Unit]
) -> None:
    assert 0 <= disorder([one, other]) <= 2 + 1e-9


def test_too_many_units_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    with pytest.raises(TooManyUnits, match="two coders at a time"):
        disorder([[Unit(0, 1, "a")], [Unit(0, 1, "a")]])
