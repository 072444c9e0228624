"""A graph in columns: nothing overlaps, no line runs behind a box, the same every time."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.reports.layers import layout, route, svg_path

HALF = 0.4


@st.composite
def graphs(draw: st.DrawFn) -> tuple[nx.DiGraph, dict[str, int]]:
    names = [f"n{k}" for k in range(draw(st.integers(1, 9)))]
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names))
    graph.add_edges_from(p for p in draw(st.lists(pairs, max_size=14)) if p[0] != p[1])
    return graph, {name: draw(st.integers(0, 4)) for name in names}


@given(graphs())
def test_boxes_of_a_column_never_overlap(drawn: tuple[nx.DiGraph, dict[str, int]]) -> None:
    plan = layout(*drawn)
    for name, (x, y) in plan.nodes.items():
        assert x == drawn[1][name]
        assert y + 1e-9 >= 0.5 and y <= plan.height - 0.5 + 1e-9
        near = [v for other, (u, v) in plan.nodes.items() if other != name and u == x]
        assert all(abs(v - y) >= 1 - 1e-9 for v in near)


@given(graphs())
def test_a_line_passes_no_column_through_a_box(drawn: tuple[nx.DiGraph, dict[str, int]]) -> None:
    plan = layout(*drawn)
    for points in plan.edges.values():
        for x, y in points[1:-1]:
            boxes = [v for u, v in plan.nodes.values() if u == x]
            assert all(abs(v - y) > 0.5 for v in boxes)


@given(graphs())
def test_each_end_of_a_line_has_its_own_place_on_its_box(
    drawn: tuple[nx.DiGraph, dict[str, int]],
) -> None:
    plan = layout(*drawn)
    ends = [
        (round(end[0], 6), round(end[1], 6))
        for points in plan.edges.values()
        for end in (route(points, HALF)[0][0], route(points, HALF)[0][-1])
    ]
    assert len(set(ends)) == len(ends)


def test_the_same_graph_is_laid_out_alike() -> None:
    graph = nx.DiGraph([("a", "c"), ("b", "c"), ("c", "d"), ("a", "d")])
    column = {"a": 0, "b": 0, "c": 1, "d": 2}
    assert layout(graph, column) == layout(graph, column)


def test_lines_that_need_not_cross_do_not() -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from("abxy")
    graph.add_edges_from([("a", "y"), ("b", "x")])
    plan = layout(graph, {"a": 0, "b": 0, "x": 1, "y": 1})
    assert (plan.nodes["a"][1] < plan.nodes["b"][1]) == (plan.nodes["y"][1] < plan.nodes["x"][1])


@pytest.mark.parametrize(("points", "way"), [
    ([(0, 1), (1, 2)], 1), ([(2, 1), (1, 1), (0, 2)], -1), ([(1, 0), (1, 3)], -1),
])  # fmt: skip
def test_a_line_points_where_it_goes(points: list[tuple[float, float]], way: int) -> None:
    curve, pointed = route(points, HALF)
    assert pointed == way
    assert len(curve) % 3 == 1
    assert curve[-1] == (points[-1][0] - way * HALF, points[-1][1])


def test_a_line_within_a_column_stays_in_the_gap_before_the_next() -> None:
    (_, out, _, _), _ = route([(0, 0), (0, 8)], HALF)
    farthest = HALF + 0.75 * (out[0] - HALF)
    assert HALF < farthest < 1 - HALF


def test_a_path_is_written_in_the_units_of_the_picture() -> None:
    assert svg_path([(0, 0), (1, 0), (1, 1), (2, 1)], 10, 5) == (
        "M0.00,0.00 C10.00,0.00 10.00,5.00 20.00,5.00"
    )
