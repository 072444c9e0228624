"""Points are named where there is room for the names, else numbered; no text lies on another."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_importance import study
from workbench.findings.importance import importance
from workbench.reports.charts.quadrants import _AROUND, _HIGH, _WIDE, _box, _inside, _meet, _places

SPOT = st.tuples(st.floats(0, _WIDE), st.floats(0, _HIGH))


def test_names_stand_beside_their_points_where_there_is_room() -> None:
    assert _places([(280, 100), (280, 300)], ["Luotettavuus", "Saavutettavuus"]) == 2 * [
        "top center"
    ]


def test_a_name_gives_way_to_its_neighbour() -> None:
    assert _places([(280, 200), (300, 203)], ["Luotettavuus", "Saavutettavuus"]) == [
        "middle left", "top center",
    ]  # fmt: skip


def test_where_names_cannot_stand_apart_there_are_none() -> None:
    crowd = [(280 + n, 200 + n) for n in range(8)]
    assert _places(crowd, 8 * ["Asiakkaan ymmärtäminen ja tunteminen"]) is None


@settings(deadline=None)
@given(st.lists(st.tuples(SPOT, st.text("abc", min_size=1, max_size=30)), max_size=12))
def test_placed_names_never_meet_nor_leave_the_field(
    points: list[tuple[tuple[float, float], str]],
) -> None:
    spots, names = [p for p, _ in points], [n for _, n in points]
    places = _places(spots, names) or []
    boxes = [_box(s, n, _AROUND[p]) for s, n, p in zip(spots, names, places, strict=False)]
    assert all(map(_inside, boxes))
    assert not any(_meet(a, b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_four_quadrants_are_named_and_lines_cross_in_the_figure() -> None:
    figure = importance(study(), "en").chart()
    said = [note.text for note in figure.layout.annotations]
    assert {"<i>Concentrate here</i>", "<i>Keep it up</i>", "<i>Low priority</i>",
            "<i>Possible overkill</i>"} <= set(said)  # fmt: skip
    assert [(s.x0, s.y0) for s in figure.layout.shapes] == [(3.5, 0), (0, 3.1666666666666665)]
