"""Service models are compared on the same findings; what nobody judged is open."""

import pytest

import workbench as wb
from tests.environment import ROOT
from tests.staff import area, finding, handler, model, relationship, staffed
from workbench.care.handlers import Change, Sharing
from workbench.study import Study, Unknown

ABLE = {"x": 2}


def office() -> Study:
    """Return three relationships of K1: `a` with an able backup in the unit, `b`, and `c`."""
    return staffed(
        area("x", least=3),
        finding("F1"),
        finding("F2"),
        finding("F3"),
        *(relationship(n, ["x"]) for n in "abc"),
        handler("K1", "ab", skills=ABLE),
        handler("K2", backup="a", skills=ABLE),
        handler("K3", "c", backup="b", unit="muu"),
        *(model(s.value, s, {"F1": Change.BETTER, "F2": Change.WORSE}) for s in Sharing),
    )


def test_what_a_model_does_not_judge_is_open() -> None:
    compared = wb.service_model(office(), "pair", "en").compared
    assert [j.change for j in compared.judged] == [Change.BETTER, Change.WORSE, Change.OPEN]
    assert "not judged" in set(wb.service_model(office(), "pair", "en").table["Why"])


def test_cover_follows_from_who_shares_a_relationship() -> None:
    holds = {c.model.sharing: (c.holds, c.of) for c in wb.service_models(office()).rows}
    assert holds == {
        Sharing.ONE: (0, 3),  # nobody but the handler
        Sharing.PAIR: (1, 3),  # a: K2; b: K3 does not know x
        Sharing.TEAM: (2, 3),  # a and b: K2; K3 is alone in the unit
        Sharing.COUNTER: (3, 3),  # anybody able
    }


def test_skills_that_must_be_held_follow_from_the_same() -> None:
    must = {c.model.sharing: (c.must["x"], c.short["x"]) for c in wb.service_models(office()).rows}
    assert must == {
        Sharing.ONE: (2, 1),  # K1 and K3, who does not hold it
        Sharing.PAIR: (3, 1),  # and K2
        Sharing.TEAM: (3, 1),
        Sharing.COUNTER: (3, 1),  # `least` of the area, of whom K1 and K2 are there
    }


def test_people_behind_findings_are_counted_once() -> None:
    counter = wb.service_model(wb.load(ROOT), "yksi-luukku").compared
    both = {w for j in counter.those(Change.BETTER) for w in j.people}
    assert (
        counter.voices(Change.BETTER)
        == len(both)
        < sum(len(j.people) for j in counter.those(Change.BETTER))
    )


def test_the_example_judges_every_finding_under_every_model() -> None:
    for compared in wb.service_models(wb.load(ROOT)).rows:
        assert all(j.effect for j in compared.judged), compared.model.id


def test_a_model_there_is_not_is_refused() -> None:
    with pytest.raises(Unknown, match="yksi-luukku"):
        wb.service_model(wb.load(ROOT), "yksi-lukku")
