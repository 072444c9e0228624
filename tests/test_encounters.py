"""Encounter counts: numbers nobody counted stay unknown; channels and kinds are the codebook's."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.sources import ALL, ENCOUNTERS, HERE, LANGUAGES, MONTHS, SEGMENTS, TABLE, VOCABULARY
from workbench.findings.encounters import Sum
from workbench.material.encounters import Encounters, check_encounters, parse_encounters

Write = Callable[..., Path]


def encounters(table: str = MONTHS) -> tuple[Encounters | None, list[str]]:
    found, problems = parse_encounters(
        ENCOUNTERS, HERE, table, TABLE, LANGUAGES, VOCABULARY, SEGMENTS
    )
    return found, [str(p) for p in problems]


def test_what_nobody_counted_stays_unknown() -> None:
    found, problems = encounters(MONTHS.replace("30,90", ",90"))
    assert problems == []
    assert found is not None
    assert [(r.count, r.minutes) for r in found.rows] == [(120, 600), (80, None), (None, 90)]


def test_half_an_encounter_and_minutes_below_nothing_are_told() -> None:
    _, problems = encounters(MONTHS.replace("120,600", "120.5,-3"))
    assert [p.split(" Mend")[0] for p in problems] == [
        "k.csv:2: määrä: 120.5 is no count.", "k.csv:2: minuutit: -3 are no minutes.",
    ]  # fmt: skip


def test_an_encounter_needs_people_of_a_base_segment() -> None:
    _, problems = encounters(MONTHS.replace("esimies,tori", ","))
    assert problems == [
        "k.csv:4: must belong to one base segment but belongs to none (no attributes). "
        "Change the attributes or the rules in parameters/segments/."
    ]


def test_the_same_line_twice_is_a_warning() -> None:
    _, problems = encounters(MONTHS + "esimies,tori,2010-01,sähköposti,neuvonta,30,90\n")
    assert len(problems) == 1
    assert problems[0].startswith("k.csv:5: warning: the same group, month, channel and encounter")


def test_channels_and_kinds_that_are_not_in_the_codebook_are_told_once() -> None:
    found, _ = encounters()
    assert found is not None
    problems = check_encounters(found, ["puhelmi", "sähköposti"], ["neuvonta"])
    assert [str(p) for p in problems] == [
        "k.csv:2: no channel 'puhelin' in the codebook. Did you mean 'puhelmi'?"
    ]


def test_sums_keep_what_is_unknown_apart(study_with: Write) -> None:
    result = wb.encounters(wb.load(study_with(ALL)), "en")
    assert [(c.segment, c.channel, c.count, c.minutes) for c in result.cells] == [
        ("esimiehet-koulu", "puhelin", Sum(200), Sum(600, 1)),
        ("esimiehet-koulu", "", Sum(200), Sum(600, 1)),
        ("esimiehet-tori", "sähköposti", Sum(30), Sum(90)),
        ("esimiehet-tori", "", Sum(30), Sum(90)),
        ("", "", Sum(230), Sum(690, 1)),
    ]
    assert list(result.table.iloc[0])[3:] == ["200", "600 + 1 rows unknown"]
    assert "unknown and not nothing" in result.caption


def test_what_nobody_counted_has_no_sum() -> None:
    assert Sum.of([None, None]) == Sum(None, 2)
    assert Sum.of([]) == Sum(None, 0)


def test_base_segments_add_up_to_their_roll_up(study_with: Write) -> None:
    result = wb.encounters(wb.load(study_with(ALL)).where(segment="esimiehet"), "en")
    base = [c for c in result.cells[:-1] if not c.channel]
    whole = result.cells[-1]
    assert whole.segment == "esimiehet"
    assert whole.count.value == sum(c.count.value or 0 for c in base) == 230
    assert whole.minutes.unknown == sum(c.minutes.unknown for c in base) == 1


def test_a_bar_for_each_segment_parted_by_channel(study_with: Write) -> None:
    phone, mail = wb.encounters(wb.load(study_with(ALL))).chart().data
    assert (list(phone.x), list(mail.x)) == ([200, None], [None, 30])
    assert (phone.name, mail.name) == ("Puhelin", "Sähköposti")
