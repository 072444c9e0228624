"""Segments: rules put every customer into exactly one base segment; roll-ups hold them all."""

from pathlib import Path

import pytest

from workbench.base.records import Label, Place
from workbench.material.informants import Informant, Side
from workbench.material.segments import Segments, arrange, parse_segment

VOCABULARY = {
    "role": {v: Label({"fi": v}) for v in ("esimies", "palkansaaja")},
    "sector": {v: Label({"fi": v}) for v in ("koulu", "tori")},
}
HEAD = "label: Ryhmä\npopulation: {value: null, source: ei tiedossa}\n"
FILES = {
    "uudet": "level: cross\nrule: {sector: koulu}\nparent: esimiehet\n",
    "esimiehet-koulu": "level: base\nparent: esimiehet\nrule: {role: esimies, sector: koulu}\n",
    "esimiehet-tori": "level: base\nparent: esimiehet\nrule: {role: esimies, sector: tori}\n",
    "esimiehet": "level: rollup\n",
}


def person(name: str, side: Side = Side.CUSTOMER, **attributes: str) -> Informant:
    found = {key: (value,) for key, value in attributes.items()}
    return Informant(name, side, Place(Path("informants.yml"), 3), attributes=found)


PEOPLE = [
    person("E01", role="esimies", sector="koulu"),
    person("E02", role="esimies", sector="tori"),
    person("S01", Side.PROVIDER, role="esimies", sector="tori"),
]


def arranged(
    files: dict[str, str] = FILES, people: list[Informant] = PEOPLE
) -> tuple[Segments, list[str]]:
    problems, segments = [], {}
    for name, text in files.items():
        segment, found = parse_segment(HEAD + text, Path(f"{name}.yml"), ("fi",), VOCABULARY)
        assert segment is not None
        segments[name] = segment
        problems += found
    whole, found = arrange(segments, {p.id: p for p in people})
    return whole, [str(p) for p in problems + found]


def test_rules_put_customers_into_segments_and_leave_the_provider_out() -> None:
    segments, problems = arranged()
    assert problems == []
    assert segments.people == {
        "esimiehet": {"E01", "E02"}, "esimiehet-koulu": {"E01"},
        "esimiehet-tori": {"E02"}, "uudet": {"E01"},
    }  # fmt: skip
    assert segments.base_of("E02") == "esimiehet-tori"
    assert segments.base_of("S01") == ""


def test_roll_ups_come_first_then_base_then_cross() -> None:
    assert [s.id for s in arranged()[0]] == [
        "esimiehet", "esimiehet-koulu", "esimiehet-tori", "uudet",
    ]  # fmt: skip


def test_a_cross_segment_adds_nobody_to_its_parent() -> None:
    files = {**FILES, "uudet": FILES["uudet"].replace("koulu", "koulu, role: palkansaaja")}
    extra = person("P01", role="palkansaaja", sector="koulu")
    segments, problems = arranged(files, [*PEOPLE, extra])
    assert segments.people["uudet"] == {"P01"}
    assert "P01" not in segments.people["esimiehet"]
    assert problems[0].startswith("informants.yml:3: P01 must belong to one base segment but")


def test_who_fits_two_base_segments_is_a_problem() -> None:
    files = {**FILES, "kaikki": "level: base\nrule: {role: esimies}\n"}
    _, problems = arranged(files, PEOPLE[:1])
    assert problems == [
        "informants.yml:3: E01 must belong to one base segment but belongs to 2: "
        "esimiehet-koulu, kaikki. Change the informant's attributes or the rules in "
        "parameters/segments/."
    ]


def test_parents_and_kin_are_found_upwards_and_downwards() -> None:
    segments, _ = arranged()
    assert segments.holding("esimiehet-koulu") == ("esimiehet-koulu", "esimiehet")
    assert segments.kin("esimiehet-koulu") == {"esimiehet-koulu", "esimiehet"}
    assert segments.kin("esimiehet") == set(FILES)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a": "level: base\nrule: {role: esimies}\nparent: esimihet\n",
          "esimiehet": "level: rollup\n"},
         "a.yml:5: no segment 'esimihet'. Did you mean 'esimiehet'?"),
        ({"a": "level: base\n"}, "a.yml:1: a segment needs a rule. Add `rule: {role: …}`."),
        ({"a": "level: base\nrule: {role: esimis}\n"}, "a.yml:4: 'role' cannot be 'esimis'."),
        ({"a": "level: rollup\nparent: b\n", "b": "level: rollup\nparent: a\n"},
         "a.yml:4: 'a' is above itself: a ▸ b ▸ a. Remove one `parent` of these."),
        ({"a": "level: rollup\nparameters: 5\n"},
         "a.yml:4: 'parameters' must hold `key: value` lines."),
        ({"a": "level: rollup\nparameters:\n  most: 5\n  most: 6\n"},
         "a.yml:6: the key 'most' stands twice (first on line 5). Keep one of them."),
        ({"a": "level: roolup\nrule: {role: esimies}\n"}, ""),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_line(files: dict[str, str], said: str) -> None:
    if said:
        assert any(p.startswith(said) for p in arranged(files, [])[1])
    else:
        segment, problems = parse_segment(HEAD + files["a"], Path("a.yml"), ("fi",), VOCABULARY)
        assert segment is None
        assert "Did you mean 'rollup'?" in str(problems[0])


def test_an_unknown_number_stays_unknown_with_its_source() -> None:
    segments, _ = arranged()
    assert segments["esimiehet"].population.value is None
    assert segments["esimiehet"].population.source.say("fi") == "ei tiedossa"


def test_parameters_of_runs_are_kept_as_they_stand_with_their_lines() -> None:
    files = {**FILES, "esimiehet": "level: rollup\nparameters: {most: 007, codes: [a, b]}\n"}
    segments, problems = arranged(files)
    assert problems == []
    assert segments["esimiehet"].parameters == {"most": "007", "codes": ("a", "b")}
    places = [name.place for name in segments["esimiehet"].parameters]
    assert places == [Place(Path("esimiehet.yml"), 4)] * 2
    assert segments["uudet"].parameters == {}


def test_a_loop_of_parents_is_told_where_it_is_and_the_other_segments_stand() -> None:
    files = {**FILES, "esimiehet": "level: rollup\nparent: esimiehet-tori\n"}
    segments, problems = arranged(files)
    assert [p.split(": ")[0] for p in problems] == ["esimiehet.yml:4", "esimiehet-tori.yml:4"]
    assert segments.people["esimiehet-koulu"] == {"E01"}
    assert segments.holding("esimiehet-tori") == ("esimiehet-tori",)
