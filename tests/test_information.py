"""Customer information in tables: needs, the superfluous, classes, viewers, states."""

import dataclasses
import functools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.environment import ROOT
from tests.test_information_check import CLASSES, ITEM, SYSTEMS
from workbench.base.records import Link, Place
from workbench.care.information import Frequency, Item, Needed
from workbench.practice.trails import trails
from workbench.study import Study, Unknown

Write = Callable[..., Path]
HERE = Place(Path("information.yml"), 1)
PARTIES = ("kasittelija", "esimies", "palkansaaja")


@functools.cache
def example() -> Study:
    return wb.load(ROOT)


@pytest.fixture
def study(study_with: Write) -> Study:
    second = ITEM.replace("TI01", "TI02").replace("perus}", "muu}").replace("daily", "never")
    third = ITEM.replace("TI01", "TI03").replace("[kasittelija]}", "[esimies]}")
    files = {"classifications": CLASSES, "systems": SYSTEMS, "information": ITEM + second + third}
    return wb.load(study_with({f"parameters/care/{n}.yml": t for n, t in files.items()}))


def with_items(study: Study, items: dict[str, Item]) -> Study:
    care = dataclasses.replace(study.care, information=items)
    return dataclasses.replace(study, care=care)


def link(name: str) -> Link:
    return Link(name, HERE)


@st.composite
def some_items(draw: st.DrawFn, base: Item) -> dict[str, Item]:
    some = st.lists(st.sampled_from(PARTIES).map(link), max_size=2).map(tuple)
    made = {}
    for n in range(draw(st.integers(0, 8))):
        classes = {
            "hellman3": link(draw(st.sampled_from(["perustieto", "tapahtumatieto"]))),
            "hellman4": link(draw(st.sampled_from(["tulostieto", "ennustetieto"]))),
        }
        needed = Needed(place=HERE, **{frequency: draw(some) for frequency in Frequency})
        made[f"TI{n:02}"] = dataclasses.replace(
            base, id=f"TI{n:02}", classes=classes, needed=needed, collected=draw(st.booleans())
        )
    return made


def test_the_matrix_says_how_often_each_party_needs_each_item(study: Study) -> None:
    matrix = wb.needs_matrix(study, "en")
    assert list(matrix.table.columns) == ["Id", "Name", "own handler", "supervisor"]
    assert matrix.table.iloc[0].tolist() == ["TI01", "Name", "daily", ""]
    assert matrix.table.iloc[1].tolist() == ["TI02", "Name", "never", ""]
    assert matrix.table.iloc[2].tolist() == ["TI03", "Name", "", "daily"]
    assert matrix.unneeded == ("TI02",)


def test_superfluous_is_what_nobody_needs_and_a_missing_decision_is_said(study: Study) -> None:
    found = wb.superfluous(study, "en")
    assert found.table.values.tolist() == [["TI02", "Name", "own handler", "undecided", ""]]
    assert found.caption.endswith("1/3.")


def test_a_class_nobody_is_in_is_shown_as_empty(study: Study) -> None:
    only = with_items(study, {"TI01": study.care.information["TI01"]})
    table = wb.by_class(only, "kaksi", "en").table
    assert table.values.tolist() == [["basic", 1, "Name"], ["other", 0, ""]]


def test_an_unknown_classification_is_refused(study: Study) -> None:
    with pytest.raises(Unknown, match="hellman"):
        wb.by_class(study, "hellman5")


def test_who_needs_a_personal_item_and_may_not_see_it_is_named(study: Study) -> None:
    table = wb.who_may_see(study, "en").table.set_index("Id")
    assert table.loc["TI03", "Needs it but may not see it"] == "supervisor"
    assert table.loc["TI01", "Needs it but may not see it"] == ""


def test_an_open_item_is_for_everybody_and_an_internal_one_for_the_service(study: Study) -> None:
    item = study.care.information["TI01"]
    made = {
        s: dataclasses.replace(item, id=s, sensitivity=type(item.sensitivity)(s), view_right=())
        for s in ("open", "internal", "personal")
    }
    seen = wb.who_may_see(with_items(study, made), "en").table.set_index("Id")["Who may see"]
    assert seen.to_dict() == {
        "personal": "not laid down", "internal": "everybody in HR services", "open": "everybody",
    }  # fmt: skip


def test_the_state_of_an_item_has_the_words_it_is_read_from(study: Study) -> None:
    item = study.care.information["TI01"]
    said = (link("h01/2 odotusaika"), link("h03/1 saavutettavuus"))
    states = wb.item_states(with_items(study, {"TI01": dataclasses.replace(item, said=said)}), "en")
    row = states.table.iloc[0]
    assert row["People"] == 2
    assert row["Words"] == "Mä jonotin puoli tuntia, | Linja oli taas varattu."


def test_the_example_drops_what_nobody_needs_each_with_its_reason() -> None:
    table = wb.superfluous(example()).table
    assert set(table["Tunnus"]) == {"TI30", "TI31", "TI33"}
    assert all(table["Päätös"]) and all(table["Syy"])


def test_the_example_has_thirty_items_and_its_totals_agree() -> None:
    three, four = (wb.by_class(example(), name) for name in ("hellman3", "hellman4"))
    assert three.total == four.total == len(example().care.information) >= 30


def test_what_the_example_says_of_a_state_somebody_said() -> None:
    states = wb.item_states(example())
    heard = [i for i in states.items.values() if i.said]
    assert len(heard) >= 15
    assert all(states.people(item) or item.said for item in heard)


def test_words_that_tell_a_state_and_are_no_items_yet_are_listed() -> None:
    unread = set(wb.item_states(example()).unread["Missä"])
    assert "h34/26 tieto-hajallaan" in unread
    assert "h08/8 tieto-vanhentunut" not in unread
    assert "h10/18 tiedon-käyttöoikeus" not in unread


def test_a_trail_leads_from_words_to_the_item_whose_state_they_tell() -> None:
    grounds = set(trails(example()).predecessors(("information", "TI01")))
    assert grounds == {
        ("words", "h08/8 tieto-vanhentunut"), ("words", "h06/24 tieto-vanhentunut"),
        ("needs", "N45"),
    }  # fmt: skip


@settings(deadline=None)
@given(data=st.data())
def test_both_classifications_hold_every_item_once(data: st.DataObject) -> None:
    base = example().care.information["TI01"]
    study = with_items(example(), data.draw(some_items(base)))
    three, four = (wb.by_class(study, name) for name in ("hellman3", "hellman4"))
    assert three.total == four.total == len(study.care.information)
    ids = sorted(item.id for items in three.classes.values() for item in items)
    assert ids == sorted(study.care.information)


@settings(deadline=None)
@given(data=st.data())
def test_superfluous_is_as_its_definition_says(data: st.DataObject) -> None:
    items = data.draw(some_items(example().care.information["TI01"]))
    asked = data.draw(st.sets(st.sampled_from(["TI00", "TI01", "TI02", "TI03"])))
    strategy = dataclasses.make_dataclass("Strategy", ["information"])(tuple(asked))
    care = dataclasses.replace(
        example().care, information=items, strategies={"esimiehet": strategy}
    )
    study = dataclasses.replace(example(), care=care)
    expected = set()
    for name, item in items.items():
        wants = [p for p in PARTIES for f in ("daily", "monthly", "yearly")
                 if p in getattr(item.needed, f)]  # fmt: skip
        if item.collected and name not in asked and not wants:
            expected.add(name)
    assert {item.id for item in wb.superfluous(study).found} == expected
