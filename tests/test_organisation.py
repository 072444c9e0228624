"""Checks of units, services, relationships and strategies on a small office."""

from collections.abc import Callable
from pathlib import Path

from tests.offices import OFFICE
from workbench import load

Write = Callable[..., Path]
LABEL = "label: {fi: x, en: x}"
SERVICE = f"""\
palkka:
  {LABEL}
  group: pay
  unit: [kouluyksikko]
  segments: [esimiehet]
  what: {{fi: x, en: x}}
  result: {{fi: x, en: x}}
  needs: [N01]
  quality:
    - determinant: nimetty-yhteyshenkilö
      target: {{fi: x, en: x}}
      measure: {{fi: x, en: x}}
      needs: [N01]
"""
STRATEGY = """\
valid_from: 2010
goals: []
stages: []
role_customer: {text: {fi: x, en: x}, needs: [N01]}
role_provider: {text: {fi: x, en: x}, needs: [N01]}
"""


def told(write: Write, file: str = "", old: str = "", new: str = "") -> list[str]:
    """Return what is said of the office with one edit of a file in parameters/care/."""
    files = dict(OFFICE)
    if file:
        files[f"parameters/care/{file}"] = (
            str(files.get(f"parameters/care/{file}") or "").replace(old, new, 1) if old else new
        )
    own = ("channel 'puhelin'", "system 'j'", "käynti has no activities")
    problems = load(write(files)).problems
    return [p.message for p in problems if not any(words in p.message for words in own)]


def test_a_sound_office_has_nothing_to_tell(study_with: Write) -> None:
    assert told(study_with) == []


def test_a_roll_up_is_served_where_all_below_it_are(study_with: Write) -> None:
    assert told(study_with, "units.yml", ", esimiehet]", "]") == []
    found = told(study_with, "units.yml", "esimiehet-tori, esimiehet]", "]")
    assert "no unit serves 'esimiehet'." in found
    assert "no unit serves 'esimiehet-tori'." in found


def test_a_unit_above_itself_is_told(study_with: Write) -> None:
    found = told(study_with, "units.yml", "serves:", "parent: kouluyksikko, serves:")
    assert found == ["kouluyksikko stands above itself."]


def test_a_target_for_what_is_no_determinant_is_told(study_with: Write) -> None:
    found = told(study_with, "services.yml", new=SERVICE)
    assert "'nimetty-yhteyshenkilö' is no determinant of quality." in found


def test_a_segment_no_unit_of_a_service_serves_is_told(study_with: Write) -> None:
    text = str(OFFICE["parameters/care/units.yml"]).replace(", esimiehet-tori, esimiehet", "")
    both = SERVICE.replace("[esimiehet]", "[esimiehet-koulu, esimiehet-tori]")
    names = ("parameters/care/units.yml", "parameters/care/services.yml")
    files = {**OFFICE, **dict(zip(names, (text, both), strict=True))}
    found = [p.message for p in load(study_with(files)).problems]
    assert "no unit of palkka serves 'esimiehet-tori'." in found
    assert "no unit of palkka serves 'esimiehet-koulu'." not in found


def test_a_count_for_every_year_and_one_for_a_year_are_twice(study_with: Write) -> None:
    more = "count: 100, source: s}\n    - {encounter: soitto, year: 2009, count: 7, source: s}"
    found = told(study_with, "relationships.yml", "count: 100, source: s}", more)
    assert found == ["koulu counts 'soitto' twice."]


def test_counts_of_two_years_stand_beside_one_another(study_with: Write) -> None:
    line = "    - {encounter: soitto, year: 2009, count: 7, source: s}"
    more = f"year: 2010, count: 1, source: s}}\n{line}"
    assert told(study_with, "relationships.yml", "count: 100, source: s}", more) == []


def test_complexity_of_nothing_minutes_below_it_and_a_size_below_it_are_told(
    study_with: Write,
) -> None:
    assert told(study_with, "relationships.yml", "complexity: 2", "complexity: 0") == [
        "koulu cannot have a complexity of 0."
    ]
    assert told(study_with, "encounters.yml", "minutes: 3", "minutes: -3") == ["-3 are no minutes."]
    assert told(study_with, "customers.yml", "source: s}", "size: -1, source: s}") == [
        "koulu cannot be -1 people."
    ]


def test_a_system_needs_no_party(study_with: Write) -> None:
    found = told(
        study_with, "encounters.yml", "actor: system,", "actor: system, party: kasittelija,"
    )
    assert found == ["'kasittelija' is no system."]


def test_what_a_strategy_lacks_is_listed_and_segments_without_one(study_with: Write) -> None:
    found = told(study_with, "strategies/esimiehet.yml", new=STRATEGY)
    parts = ("goals", "stages", "value", "information")
    assert sorted(found) == sorted(
        [f"the strategy of esimiehet has no {part}." for part in parts]
        + ["'esimiehet-koulu' has no strategy.", "'esimiehet-tori' has no strategy."]
    )
