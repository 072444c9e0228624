"""What a field points at is read from its type, and a walk finds every record in a record."""

from pathlib import Path

from workbench.base.records import Label, Link, Place
from workbench.care.claims import Grounded
from workbench.care.handlers import Handler
from workbench.care.links import kinds, links, within
from workbench.care.plans import AccountPlan, Line, Nature, Responsibility
from workbench.care.relationships import Phase

HERE = Place(Path("plan.yml"), 1)


def link(name: str) -> Link:
    return Link(name, HERE)


def line(need: str) -> Line:
    return Line(place=HERE, text=Label({"fi": "x"}), needs=(link(need),))


PLAN = AccountPlan(
    id="esimiehet",
    place=HERE,
    starting_information=(line("N01"),),
    relationship=Nature(
        place=HERE,
        phase=Phase.STARTING,
        value_customer=line("N02"),
        value_provider=line("N03"),
    ),
    responsibilities=(
        Responsibility(
            place=HERE,
            task=Label({"fi": "t"}),
            responsible=(link("esimies"), link("pari")),
            accountable=link("esimies"),
            needs=(link("N04"),),
        ),
    ),
    development=(link("T01"),),
    follow_up="2010-10",  # type: ignore[arg-type]
)


def test_a_field_s_type_says_what_its_links_name() -> None:
    assert kinds(PLAN)["development"] == "action"
    assert kinds(PLAN.responsibilities[0])["responsible"] == "party"
    assert "follow_up" not in kinds(PLAN)


def test_every_link_of_a_record_is_found_however_deep_it_stands() -> None:
    found = sorted(f"{kind} {name}" for kind, name in links(PLAN))
    assert found == [
        "action T01",
        "need N01",
        "need N02",
        "need N03",
        "need N04",
        "party esimies",
        "party esimies",
        "party pari",
    ]


def test_a_walk_yields_the_records_of_a_class_and_the_record_itself() -> None:
    needs = [x.needs[0] for x in within(PLAN, Grounded)]
    assert needs == ["N01", "N02", "N03", "N04"]
    assert next(iter(within(PLAN, AccountPlan))) is PLAN


def test_a_walk_goes_through_mappings_and_yields_no_places() -> None:
    handler = Handler(id="K01", place=HERE, unit=link("soster"), source=Label({"fi": "x"}))
    assert list(within({"K01": handler}, Handler)) == [handler]
    assert list(within(handler, Place)) == []
