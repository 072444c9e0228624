"""Encounters with the own handler are counted where somebody counted, and nowhere else."""

import workbench as wb
from tests.staff import SERVED, encounter, handler, relationship, staffed

CALL = encounter("soitto", SERVED)


def test_continuity_is_counted_only_where_both_numbers_are() -> None:
    known = relationship("a", volumes={"soitto": 40}, own={"soitto": 30})
    unknown = relationship("b", volumes={"soitto": 500})
    result = wb.continuity(staffed(CALL, known, unknown), "en")
    assert result.share == 0.75
    assert "30 of the 40" in result.caption
    assert [bool(k.missing) for k in result.rows] == [False, True]


def test_where_nobody_counted_it_says_so() -> None:
    result = wb.continuity(staffed(relationship("a")), "en")
    assert result.share is None
    assert result.caption.startswith("Nobody has counted")
    assert (
        result.table.loc[0, "Missing figure"]
        == "how many encounters met the own handler: Asiakkuus a"
    )


def test_the_bus_factor_is_the_share_of_load_with_a_competent_backup() -> None:
    few, many = (relationship(n, ["x"], {"soitto": c}) for n, c in (("a", 100), ("b", 300)))
    able, unable = handler("K2", backup="a", skills={"x": 2}), handler("K3", backup="b")
    result = wb.continuity(
        staffed(CALL, few, many, handler("K1", primary="ab"), able, unable), "en"
    )
    assert result.safe == (1, 2)
    assert result.bus_factor == 0.25


def test_one_unknown_load_leaves_the_bus_factor_open() -> None:
    assert wb.continuity(staffed(relationship("a"), handler("K2", backup="a"))).bus_factor is None
