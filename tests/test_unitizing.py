"""Alpha for spans: printed examples, and what must hold for any spans."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.findings.unitizing import Disagreement, alpha_u, merged, unitized

PUBLISHED = json.loads(Path(__file__).with_name("published_agreement.json").read_text("utf-8"))
SPANS = {e["id"]: e for e in PUBLISHED["examples"] if e["kind"] == "unitizing_spans"}
(PAIRS,) = (e["pairs"] for e in PUBLISHED["examples"] if e["kind"] == "unitizing_distance")


def parts(example: dict[str, Any], *, continuous: bool = False) -> dict[str, Disagreement]:
    zero = example["continuum"]["start"]

    def of(category: str, coder: str) -> list[tuple[int, int]]:
        return [
            (s["start"] - zero, s["end"] - zero)
            for s in example["spans"]
            if (s["category"], s["coder"]) == (category, coder)
        ]

    return {
        name: unitized(
            {coder: of(name, coder) for coder in example["coders"]},
            example["continuum"]["length"],
            continuous=continuous,
        )
        for name in sorted({s["category"] for s in example["spans"]})
    }


@pytest.mark.parametrize("name", SPANS)
def test_published_spans_give_the_exact_values(name: str) -> None:
    example = SPANS[name]
    found, fine = parts(example), parts(example, continuous=True)
    ours: dict[str, float | None] = {"alpha_u": alpha_u(found.values())}
    for code, part in found.items():
        end = f"_{code}" if len(found) > 1 else ""
        ours |= {f"Do{end}": part.observed, f"De{end}": part.expected, f"alpha_u{end}": part.alpha}
        ours |= {"De_L24": part.expected, "alpha_u_L24": part.alpha}
        ours |= {"De_limit": fine[code].expected, "alpha_u_limit": fine[code].alpha}
    wanted = {k: v for k, v in example["exact"].items() if k in ours}
    assert len(wanted) >= 3
    assert {k: ours[k] for k in wanted} == pytest.approx(wanted, abs=2e-6)


@pytest.mark.parametrize("pair", [p for p in PAIRS if "gap" not in (p["a"][2], p["b"][2])])
def test_two_spans_lie_as_far_apart_as_printed(pair: dict[str, Any]) -> None:
    (a, long, _), (b, wide, _) = pair["a"], pair["b"]
    found = unitized({"x": [(a, a + long)], "y": [(b, b + wide)]}, 1000)
    assert found.observed * 1000**2 == pytest.approx(pair["distance"])


def test_nobody_coded_anything_has_no_alpha() -> None:
    assert unitized({"a": [], "b": []}, 100).alpha is None


def test_one_who_coded_nothing_does_not_agree() -> None:
    found = unitized({"a": [(10, 30), (50, 60)], "b": []}, 100).alpha
    assert found is not None
    assert found < 0


def test_overlapping_spans_of_a_coder_count_once_and_touching_ones_stay_two() -> None:
    assert merged([(5, 9), (0, 3), (8, 12), (12, 14)]) == [(0, 3), (5, 12), (12, 14)]


spans = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=6
)


@given(spans, spans)
def test_coders_change_places_freely_and_the_same_spans_agree_wholly(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    forth, back = unitized({"a": one, "b": two}, 60), unitized({"a": two, "b": one}, 60)
    assert (forth.observed, forth.expected) == pytest.approx((back.observed, back.expected))
    same = unitized({"a": one, "b": one}, 60)
    assert same.observed == 0
    assert same.alpha in (None, 1.0)


def test_documents_weigh_by_their_length() -> None:
    short, long = Disagreement(0.1, 0.2, 10), Disagreement(0.1, 0.4, 100)
    assert alpha_u([short, long]) == pytest.approx(
        1 - (0.1 * 100 + 0.1 * 10_000) / (0.2 * 100 + 0.4 * 10_000)
    )
