"""A proposal moves few relationships, says what each breaks, and leaves the unknown alone."""

import math

import workbench as wb
from tests.staff import SERVED, encounter, handler, relationship, staffed
from workbench.study import Study

CALL = encounter("soitto", SERVED)


def office(**more: object) -> Study:
    """Return K1 with 300 hours of work in 200, and K2 with room, who stands in for `a`."""
    relations = [relationship(n, ["x"], {"soitto": 200}) for n in "abc"]
    return staffed(
        CALL,
        *relations,
        handler("K1", "abc", skills={"x": 2}, hours=200),
        handler("K2", backup="a", skills={"x": 2}, hours=300),
        *more.values(),
    )


def test_the_overload_is_moved_to_whoever_has_room_and_skill() -> None:
    result = wb.rebalancing(office(), price=40, language="en")
    (move,) = (m for m in result.moves if m.role == "primary")
    assert (move.was, move.becomes, move.hours, move.gain) == ("K1", "K2", 100, 100)
    assert (result.serving.today, result.serving.after) == (100, 0)


def test_a_price_above_what_it_saves_moves_nobody() -> None:
    assert all(m.role == "backup" for m in wb.rebalancing(office(), price=101).moves)
    assert not any(m.was for m in wb.rebalancing(office(), price=math.inf).moves)


def test_whoever_does_not_hold_the_areas_gets_nothing_whatever_the_room() -> None:
    relations = [relationship(n, ["x"], {"soitto": 200}) for n in "abc"]
    novice = handler("K0", skills={"x": 1}, hours=9000)
    alone = handler("K1", "abc", skills={"x": 2}, hours=200)
    result = wb.rebalancing(staffed(CALL, *relations, novice, alone))
    assert (result.moves, result.serving.after, result.left) == ((), 100, 300)


def test_relationships_without_a_backup_get_one_and_nothing_is_broken() -> None:
    result = wb.rebalancing(office(), price=math.inf, language="en")
    assert {(m.relationship, m.was, m.becomes) for m in result.moves} == {
        ("b", None, "K2"), ("c", None, "K2"),
    }  # fmt: skip
    assert set(result.table["What it breaks"]) == {"nothing: there was no backup who would hold"}


def test_a_backup_who_is_away_with_the_handler_is_none() -> None:
    july = [("2010-07-05", "2010-07-09")]
    study = staffed(
        CALL,
        relationship("a", volumes={"soitto": 20}),
        handler("K1", "a", away=july),
        handler("K2", backup="a", away=july),
        handler("K3"),
    )
    (move,) = wb.rebalancing(study).moves
    assert (move.role, move.was, move.becomes) == ("backup", None, "K3")


def test_what_is_not_known_stays_where_it_is_and_is_named() -> None:
    unknown = handler("K3", hours=None, skills={"x": 3})
    result = wb.rebalancing(office(unknown=unknown), language="en")
    assert result.left_out == ("K3",)
    assert "not known: K3" in result.caption
    assert "K3" not in {m.becomes for m in result.moves}


def test_a_backup_who_holds_stays_though_the_load_is_not_known() -> None:
    study = staffed(
        CALL,
        relationship("a", volumes={"soitto": 20}),
        handler("K1", "a"),
        handler("K2", backup="a", fixed=None),
        handler("K3"),
    )
    result = wb.rebalancing(study)
    assert (result.moves, result.bare, result.left) == ((), 0, 0)


def test_the_table_says_whether_the_customer_begins_from_nothing() -> None:
    moves = wb.rebalancing(office(), price=40, language="en").table
    told = dict(
        zip(moves["Relationship"] + " " + moves["Role"], moves["What it breaks"], strict=True)
    )
    (breaks,) = (text for key, text in told.items() if key.endswith("own handler"))
    assert breaks.startswith("the customer loses K1; K2 ")
