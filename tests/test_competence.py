"""The competence matrix counts who can stand in alone."""

import workbench as wb
from tests.staff import area, handler, relationship, staffed

STUDY = staffed(
    area("x"),
    area("y", least=1),
    relationship("a", ["x"]),
    relationship("b", ["x", "y"]),
    handler("K1", skills={"x": 3, "y": 2}),
    handler("K2", skills={"x": 1}),
)


def test_only_level_two_and_above_holds_an_area() -> None:
    result = wb.competence(STUDY)
    assert [result.holders(a) for a in result.areas] == [("K1",), ("K1",)]
    assert [a.id for a in result.short] == ["x"]


def test_the_table_has_a_column_for_each_handler_and_the_least_beside() -> None:
    table = wb.competence(STUDY, "en").table
    assert list(table["K2"]) == [1, 0]
    assert list(table["Holders / at least"]) == ["1/2", "1/1"]
    assert list(table["Relationships that ask for it"]) == [2, 1]


def test_the_caption_names_the_areas_too_few_hold() -> None:
    assert wb.competence(STUDY, "en").caption.endswith("(level 2 or above): Alue x.")
