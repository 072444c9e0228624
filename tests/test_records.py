"""Dataclasses are the form of a file: their hints convert, refuse and point."""

import pickle
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from workbench.base.problems import Problem
from workbench.base.records import Label, Link, Place, Prose, Reader, Verbatim, When
from workbench.base.strict_yaml import parse

PATH = Path("a.yml")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Wheel:
    place: Place
    spokes: int


@dataclass(frozen=True, kw_only=True)
class Bicycle:
    id: str
    place: Place
    name: Label
    colour: Colour = Colour.RED
    weight: float | None = None
    ours: bool = False
    made: When | None = None
    maker: Link | None = None
    tags: tuple[str, ...] = ()
    wheels: tuple[Wheel, ...] = ()
    note: Prose | None = None
    bell: Verbatim | None = None
    extras: dict[Link, object] = field(default_factory=dict)


def read(text: str, languages: tuple[str, ...] = ("fi",)) -> tuple[Any, list[Problem]]:
    root, problems = parse(text, PATH)
    return Reader(PATH, problems, languages).record(Bicycle, root, id="b"), problems


def told(text: str, languages: tuple[str, ...] = ("fi",)) -> list[str]:
    return [str(p) for p in read(text, languages)[1]]


def test_values_are_converted_by_the_type_of_their_field() -> None:
    bicycle, problems = read(
        "name: Jopo\ncolour: blue\nweight: 14.5\nours: true\nmade: 1965-05\nmaker: tunturi\n"
        "tags: [vanha, kaupunki]\nwheels:\n  - spokes: 36\n  - {spokes: 32}\n"
    )
    assert problems == []
    assert (bicycle.colour, bicycle.weight, bicycle.ours) == (Colour.BLUE, 14.5, True)
    assert (bicycle.made, bicycle.tags) == ("1965-05", ("vanha", "kaupunki"))
    assert [w.spokes for w in bicycle.wheels] == [36, 32]
    assert bicycle.name.say("fi") == "Jopo"


def test_a_text_is_trimmed_unless_it_is_wanted_to_the_letter() -> None:
    bicycle, _ = read('name: Jopo\nbell: " kilin "\ntags: [" vanha "]\n')
    assert (bicycle.bell, bicycle.tags) == (" kilin ", ("vanha",))


def test_a_value_of_no_type_stays_as_it_stands_and_its_key_knows_its_line() -> None:
    bicycle, problems = read(
        "name: Jopo\nextras:\n  a: 007\n  b: ~\n  c: 'null'\n  d: [NO, '']\n  e: {f: ' 1e3 '}\n"
    )
    assert problems == []
    assert bicycle.extras == {
        "a": "007", "b": None, "c": "null", "d": ("NO", ""), "e": {"f": " 1e3 "}
    }  # fmt: skip
    assert [key.place.line for key in bicycle.extras] == [3, 4, 5, 6, 7]


def test_links_and_records_know_where_they_stand() -> None:
    bicycle, _ = read("name: Jopo\nmaker: tunturi\nwheels:\n  - spokes: 36\n  - spokes: 32\n")
    assert bicycle.maker.place == Place(PATH, 2)
    assert [w.place.line for w in bicycle.wheels] == [4, 5]


def test_what_may_be_unknown_is_none_and_a_quoted_null_is_a_word() -> None:
    assert read("name: Jopo\nweight: null\n")[0].weight is None
    assert read("name: Jopo\nweight:\n")[0].weight is None
    assert read('name: Jopo\ntags: ["null"]\n')[0].tags == ("null",)


def test_one_value_serves_for_a_list_of_one() -> None:
    assert read("name: Jopo\ntags: vanha\n")[0].tags == ("vanha",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour: reed", "a.yml:2: 'colour' cannot be 'reed'. Did you mean 'red'?"),
        ("colour: 3", "a.yml:2: 'colour' cannot be '3'. Known: blue, red."),
        ("weight: raskas", "a.yml:2: 'weight': 'raskas' is not a number."),
        ("weight: nan", "a.yml:2: 'weight': 'nan' is not a number."),
        ("weight: 1e999", "a.yml:2: 'weight': '1e999' is not a number."),
        ("ours: yes", "a.yml:2: 'ours': 'yes' is not true or false. Write true."),
        ("ours: ei", "a.yml:2: 'ours': 'ei' is not true or false. Write false."),
        ("made: 2010-02-30", "a.yml:2: 'made': '2010-02-30' is not a date. Write 2010, 2010-03"),
        ("made: 3.2010", "a.yml:2: 'made': '3.2010' is not a date. Write 2010, 2010-03 or"),
        ("tags: {a: b}", "a.yml:2: 'tags' must be a list. Put `- ` before each item."),
        ("ours: [true]", "a.yml:2: 'ours' must be one value, not several."),
        ("colour:", "a.yml:2: 'colour' is empty. Write a value or remove the line."),
        ("wheels: [{spoke: 3}]", "a.yml:2: unknown key 'spoke' in wheel. Did you mean 'spokes'?"),
        ("colur: red", "a.yml:2: unknown key 'colur' in bicycle. Did you mean 'colour'?"),
        ("note: [a]", "a.yml:2: 'note' must be a text."),
    ],
)
def test_what_does_not_fit_is_told_with_line_and_remedy(line: str, said: str) -> None:
    assert told(f"name: Jopo\n{line}\n")[0].startswith(said)


def test_a_missing_field_gives_no_record_and_all_problems_at_once() -> None:
    bicycle, problems = read("colour: reed\nweight: raskas\n")
    assert bicycle is None
    assert [str(p) for p in problems][-1] == "a.yml:1: 'name' is missing in bicycle. Add `name: …`."
    assert len(problems) == 3


def test_a_wrong_optional_value_costs_only_itself() -> None:
    bicycle, problems = read("name: Jopo\ncolour: reed\n")
    assert (bicycle.colour, len(problems)) == (Colour.RED, 1)


def test_a_label_must_exist_in_every_language_and_prose_may_not() -> None:
    languages = ("fi", "sv")
    assert told("name: {fi: Jopo, sv: Jopo}\nnote: {fi: Vanha}\n", languages) == []
    assert told("name: {fi: Jopo}\n", languages) == [
        "a.yml:1: 'name' is not given in sv. Add sv: …."
    ]
    assert told("name: Jopo\n", languages) == [
        "a.yml:1: 'name' needs a text for each language. Write name: {fi: …, sv: …}."
    ]
    assert told("name: {fi: Jopo, sv: ''}\n", languages) == [
        "a.yml:1: 'name' has no text in 'sv'. Write it between quotation marks."
    ]
    assert told("name: {fi: Jopo, sv: Jopo, se: Jopo}\n", languages) == [
        "a.yml:1: 'name' has no language 'se'. Known: fi, sv."
    ]


def test_a_language_the_study_dropped_may_stand_in_its_labels() -> None:
    assert told("name: {fi: Jopo, en: Jopo, sv: Jopo}\n", ("en",)) == []


def test_a_text_not_given_in_a_language_is_said_in_the_first_there_is() -> None:
    prose = Prose({"fi": "Vanha"})
    assert (prose.say("sv"), Prose({}).say("fi")) == ("Vanha", "")


def test_a_table_gives_each_record_its_key_and_line() -> None:
    root, problems = parse("a: {name: Yksi}\nb:\n  name: Kaksi\nc: kolme\n", PATH)
    table = Reader(PATH, problems, ("fi",)).table(Bicycle, root)
    assert [(b.id, b.place.line) for b in table.values()] == [("a", 1), ("b", 2)]
    assert [str(p) for p in problems] == ["a.yml:4: expected `key: value` lines for bicycle."]


def test_a_whole_number_beyond_all_reckoning_is_told_and_stops_nothing() -> None:
    @dataclass(frozen=True)
    class Counted:
        count: int

    problems: list[Problem] = []
    root, _ = parse(f"count: 1{'0' * 400}\n", Path("a.yml"))
    assert Reader(Path("a.yml"), problems).record(Counted, root) is None
    assert "is not a number" in problems[0].message


def test_a_link_sent_to_another_process_knows_where_it_was_written() -> None:
    link = Link("tunturi", Place(PATH, 3))
    sent = pickle.loads(pickle.dumps(link))
    assert (sent, sent.place) == (link, link.place)
