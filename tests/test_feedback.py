"""Direct feedback: items with sort, date, codes and sender; quoted only where the giver agreed."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.sources import ALL, FEEDBACK, HERE, ITEMS, LANGUAGES, SEGMENTS, TABLE, VOCABULARY
from workbench.base.problems import WorkbenchError
from workbench.material.counted import Mark
from workbench.material.feedback import Feedback, parse_feedback

Write = Callable[..., Path]


def feedback(form: str = FEEDBACK, table: str = ITEMS) -> tuple[Feedback | None, list[str]]:
    found, problems = parse_feedback(form, HERE, table, TABLE, LANGUAGES, VOCABULARY, SEGMENTS)
    return found, [str(p) for p in problems]


def test_an_item_has_its_sort_date_codes_and_sender() -> None:
    found, problems = feedback()
    assert problems == []
    assert found is not None
    first = found.rows[0]
    assert (first.sender, first.date, first.sort, first.line) == (
        "P1", "2010-02-01", "complaint", 2,
    )  # fmt: skip
    assert first.marks == (Mark("odotusaika", frozenset({"koettu", "-"})),)


def test_only_who_agreed_is_quoted() -> None:
    found, _ = feedback()
    assert found is not None
    assert [m.quote for m in found.rows] == [True, False, True, False]
    without, _ = feedback(FEEDBACK.replace("quote: lainata\n", ""))
    assert without is not None
    assert not any(m.quote for m in without.rows)


def test_feedback_may_come_from_anybody() -> None:
    found, problems = feedback()
    assert problems == []
    assert found is not None
    assert (found.rows[2].sender, found.rows[2].group.segment) == ("", "")


def test_half_known_senders_are_a_warning() -> None:
    _, problems = feedback(table=ITEMS.replace("P3,esimies,tori", "P3,esimies,"))
    assert len(problems) == 1
    assert problems[0].startswith("k.csv:5: warning: must belong to one base segment")


def test_a_sender_of_two_segments_would_count_twice_and_is_told() -> None:
    _, problems = feedback(table=ITEMS.replace("P3,", "P1,"))
    assert problems == [
        "k.csv:5: warning: P1 belongs to esimiehet-tori here and to esimiehet-koulu on line 2. "
        "Mend one of them."
    ]


def test_a_sort_that_nothing_explains_is_told_once() -> None:
    found, problems = feedback(table=ITEMS.replace("moite", "moitet"))
    assert problems == ["k.csv:2: laji: nothing says what 'moitet' is. Did you mean 'moite'?"]
    assert found is not None
    assert found.rows[0].sort == ""


def test_a_sort_that_does_not_exist_is_told_in_the_description() -> None:
    _, problems = feedback(FEEDBACK.replace("complaint", "complain"))
    assert problems == ["k.yml:8: no type of feedback 'complain'. Did you mean 'complaint'?"]


def test_columns_may_stand_for_codes_and_a_column_for_a_facet_of_all() -> None:
    form = FEEDBACK.replace("codes: koodit\n", "") + (
        "marks: {jono: odotusaika, linja: odotusaika, käytös: kohteliaisuus}\n"
        'facets: {column: tunne, values: {"1": "+", "5": koettu -}}\n'
    )
    table = (
        "tunnus,rooli,toimiala,pvm,laji,palaute,lainata,jono,linja,käytös,tunne\n"
        "P1,esimies,koulu,2010-02,moite,a,,1,1,1,5\nP1,esimies,koulu,2010-02,moite,b,,,,1,\n"
    )
    found, problems = feedback(form, table)
    assert problems == []
    assert found is not None
    bad = frozenset({"koettu", "-"})
    assert [m.marks for m in found.rows] == [
        (Mark("odotusaika", bad), Mark("kohteliaisuus", bad)), (Mark("kohteliaisuus"),),
    ]  # fmt: skip


def test_a_day_that_does_not_exist_is_told() -> None:
    _, problems = feedback(table=ITEMS.replace("2010-02-01", "2010-02-30"))
    assert problems == [
        "k.csv:2: pvm: '2010-02-30' is not a date. Dates here are written as iso; see `date_form`."
    ]


def counted(study_with: Write, by: str) -> dict[str, tuple[int, int]]:
    rows = wb.feedback(wb.load(study_with(ALL)), "en", by=by).rows
    return {key: (tally.items, len(tally.people)) for key, _, tally in rows}


def test_items_and_known_people_are_counted_by_code_and_the_codes_above(study_with: Write) -> None:
    assert counted(study_with, "code") == {
        "saavutettavuus": (3, 2), "kohteliaisuus": (1, 1), "odotusaika": (1, 1),
    }  # fmt: skip


def test_items_are_counted_by_segment_month_and_sort(study_with: Write) -> None:
    assert counted(study_with, "segment") == {
        "esimiehet-koulu": (2, 1), "esimiehet-tori": (1, 1), "": (1, 0),
    }  # fmt: skip
    assert counted(study_with, "month") == {"2010-02": (1, 1), "2010-03": (2, 1), "2010-04": (1, 1)}
    assert counted(study_with, "sort") == {"thanks": (1, 1), "complaint": (3, 2)}


def test_an_item_coded_twice_below_a_code_counts_once_under_it(study_with: Write) -> None:
    table = ITEMS.replace("odotusaika koettu -", "odotusaika koettu -; saavutettavuus koettu +")
    study = wb.load(study_with({**ALL, "observations/palaute.csv": table}))
    tallies = {key: tally for key, _, tally in wb.feedback(study).rows}
    assert tallies["saavutettavuus"].items == 3
    assert tallies["saavutettavuus"].facets["+"] == 1
    assert tallies["odotusaika"].facets["+"] == 0


def test_the_caption_says_whose_it_is_and_that_it_is_kept_apart(study_with: Write) -> None:
    result = wb.feedback(wb.load(study_with(ALL)), "en")
    assert result.caption.startswith("Trial: 4 items, 2 known senders.")
    assert "The senders of 1 items are not known." in result.caption
    assert "never added to interviews" in result.caption
    assert list(result.table.iloc[0]) == ["Access", 3, 2, 0, 3, 0, 3]


def test_interviews_are_counted_the_same_with_and_without_feedback(study_with: Write) -> None:
    assert wb.counts(wb.load(study_with())).rows == wb.counts(wb.load(study_with(ALL))).rows


def test_feedback_is_counted_by_what_there_is(study_with: Write) -> None:
    with pytest.raises(WorkbenchError, match="by code, segment, month, sort, not by 'mood'"):
        wb.feedback(wb.load(study_with(ALL)), by="mood")


def test_bars_of_each_sort_differ_by_pattern(study_with: Write) -> None:
    thanks, complaints = wb.feedback(wb.load(study_with(ALL)), by="segment").chart().data
    assert (list(thanks.x), list(complaints.x)) == ([1, 0, 0], [1, 1, 1])
    assert thanks.marker.pattern.shape != complaints.marker.pattern.shape
