"""study.yml: what is missing has a default; languages must be ones the workbench speaks."""

from pathlib import Path

import pytest

from workbench.material.settings import Grades, Privacy, parse_settings

PATH = Path("study.yml")
TITLE = "title: {fi: Koe, en: Trial}\nlanguages: [fi, en]\n"


def test_what_is_missing_takes_the_default() -> None:
    settings, problems = parse_settings("", PATH)
    assert (problems, settings.privacy) == ([], Privacy(quote=5, share=1 / 3))
    assert settings.title.say("fi") == "Tutkimus"


def test_the_values_of_attributes_are_labels_in_every_language() -> None:
    text = TITLE + "attributes:\n  role:\n    esimies: {fi: esimies, en: supervisor}\n"
    settings, problems = parse_settings(text, PATH)
    assert problems == []
    assert settings.attributes["role"]["esimies"].say("en") == "supervisor"
    _, problems = parse_settings(text.replace(", en: supervisor", ""), PATH)
    assert [str(p) for p in problems] == ["study.yml:5: 'esimies' is not given in en. Add en: …."]


def test_a_language_without_words_is_told() -> None:
    _, problems = parse_settings("title: {de: Versuch}\nlanguages: [de]\n", PATH)
    assert [str(p) for p in problems] == ["study.yml:2: no words in 'de'. Known: en, fi, sv."]


def test_thresholds_and_coders_are_read_with_their_types() -> None:
    text = TITLE + "coders: [aino, eero]\nprivacy: {quote: 3, share: 0.5}\n"
    settings, problems = parse_settings(text, PATH)
    assert (problems, settings.privacy) == ([], Privacy(3, 0.5))
    assert settings.coders == ("aino", "eero")
    assert settings.agreed == "sovittu"


def test_parameters_of_runs_are_kept_as_they_stand_with_their_lines() -> None:
    settings, problems = parse_settings(TITLE + "parameters:\n  most: 5\n  note: NO\n", PATH)
    assert problems == []
    assert settings.parameters == {"most": "5", "note": "NO"}
    assert [name.place.line for name in settings.parameters] == [4, 5]


def test_a_misspelt_threshold_does_not_fall_back_in_silence() -> None:
    _, problems = parse_settings(TITLE + "privacy: {qoute: 3}\n", PATH)
    assert [str(p) for p in problems] == [
        "study.yml:3: unknown key 'qoute' in privacy. Did you mean 'quote'?"
    ]


def test_where_grades_begin_is_data() -> None:
    settings, problems = parse_settings(TITLE + "grades: {broad: 5, contested: 0.25}\n", PATH)
    assert (problems, settings.grades) == ([], Grades(repeated=2, broad=5, contested=0.25))


@pytest.mark.parametrize("own", ["{broad: 1}", "{repeated: 1}", "{repeated: 4}", "{contested: 0}"])
def test_grades_that_cannot_be_told_apart_are_refused(own: str) -> None:
    settings, problems = parse_settings(f"{TITLE}grades: {own}\n", PATH)
    assert settings.grades == Grades()
    assert [str(p) for p in problems] == [
        "study.yml:3: these grades cannot be told apart. "
        "Let 2 ≤ repeated ≤ broad, and contested be above 0."
    ]


def test_a_threshold_of_two_hides_nothing_and_is_taken_as_three() -> None:
    settings, problems = parse_settings(TITLE + "privacy: {cell: 2}\n", PATH)
    assert [str(p) for p in problems] == [
        "study.yml:3: `cell: 2` hides nothing: fewer than two, and not none, is one. "
        "Write 3 or more, or 1 to show every number."
    ]
    assert settings.privacy.cell == 3
