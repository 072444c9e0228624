"""Salience × experience: who brings a thing up, and how they fared; never called importance."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from workbench.base.languages import LANGUAGES

Write = Callable[..., Path]


def test_people_who_bring_it_up_and_of_them_those_who_fared_badly(study_with: Write) -> None:
    result = wb.salience(wb.load(study_with()), "en")
    assert [(r.code, sorted(r.people), sorted(r.bad)) for r in result.raised] == [
        ("saavutettavuus", ["E01", "E02", "E03"], ["E01", "E03"]),
        ("kohteliaisuus", ["E01"], []),
    ]
    assert list(result.table.iloc[0]) == ["Access", "3/3", "2/3"]


def test_it_is_said_not_to_be_importance(study_with: Write) -> None:
    study = wb.load(study_with())
    for language, told in zip(LANGUAGES, ("tärkeä", "how important", "viktig"), strict=True):
        result = wb.salience(study, language)
        assert told in result.caption
        assert not any(told in column for column in result.table.columns)


def test_each_point_carries_its_n(study_with: Write) -> None:
    (points,) = wb.salience(wb.load(study_with())).chart().data
    assert list(points.customdata) == ["Saavutettavuus (2/3)", "Kohteliaisuus (0/1)"]
    assert (list(points.x), [round(y, 3) for y in points.y]) == ([3, 1], [0.667, 0])
