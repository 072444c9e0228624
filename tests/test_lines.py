"""A feedback table of any length is counted in parts, and its parts add up to the whole."""

import functools
import random
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from tests.conftest import STUDY, write_study
from tests.sources import ALL, FEEDBACK, ITEMS
from workbench.base.problems import WorkbenchError
from workbench.coding.codebook import Codebook
from workbench.concordance import lines
from workbench.concordance.autocode import NoRules
from workbench.concordance.lines import BadTable, feedback_lines
from workbench.findings.feedback import FeedbackCounts, Tallies, tallied
from workbench.material.counted import Group, Mark
from workbench.material.feedback import Message, Sort
from workbench.study import Study

Write = Callable[..., Path]
BOOK = "parameters/codebook/laatutekijat.yml"
RULES = {
    BOOK: STUDY[BOOK].replace("Jonotus.", "Jonotus.\n        auto: [jono]").replace(
        "Käytös.", "Käytös.\n    auto: [ystävällinen, linja]"
    )
}  # fmt: skip
CODES = ("saavutettavuus", "odotusaika", "kohteliaisuus", "muu")
SIDES = ("esimiehet-koulu", "esimiehet-tori", "")
MESSAGES = st.lists(
    st.builds(
        Message,
        line=st.just(1),
        group=st.builds(Group, segment=st.sampled_from(SIDES)),
        text=st.just(""),
        sender=st.sampled_from(["", "P1", "P2", "P3"]),
        date=st.sampled_from(["", "2010-02", "2010-02-03", "2010-03"]),
        sort=st.sampled_from([*Sort, ""]),
        marks=st.lists(
            st.builds(Mark, st.sampled_from(CODES), st.frozensets(st.sampled_from("+-"))),
            max_size=3,
        ).map(tuple),
    ),
    max_size=12,
)


@pytest.fixture
def study(study_with: Write) -> Study:
    return wb.load(study_with({**ALL, **RULES}))


def beside(study: Study, table: str = ITEMS, form: str = FEEDBACK) -> Path:
    """Write a table and its description where `load` does not look."""
    folder = study.folder.parent / "iso"
    folder.mkdir(exist_ok=True)
    (folder / "palaute.yml").write_text(form, encoding="utf-8")
    (folder / "palaute.csv").write_text(table, encoding="utf-8")
    return folder / "palaute.csv"


def same(one: FeedbackCounts, other: FeedbackCounts) -> bool:
    return (one.caption, one.rows, one.whole) == (other.caption, other.rows, other.whole)


@functools.cache
def book() -> Codebook:
    with tempfile.TemporaryDirectory() as folder:
        return wb.load(write_study(Path(folder))).codebook


@given(
    messages=MESSAGES,
    cut=st.integers(0, 12),
    by=st.sampled_from(["code", "segment", "month", "sort"]),
)
def test_the_tallies_of_parts_add_up_to_those_of_the_whole(
    messages: list[Message], cut: int, by: str
) -> None:
    parts = Tallies()
    for part in (messages[:cut], messages[cut:]):
        parts += tallied(book(), by, "palaute", part)
    assert parts == tallied(book(), by, "palaute", messages)


@pytest.mark.parametrize("by", ["code", "segment", "month", "sort"])
def test_a_table_outside_counts_as_if_it_were_in_the_study(study: Study, by: str) -> None:
    assert same(feedback_lines(study, beside(study), "en", by=by), wb.feedback(study, "en", by=by))


def many(dice: random.Random) -> str:
    """Return a table of some items, whose texts hold line ends and quotation marks."""
    head, *items = ITEMS.splitlines()
    texts = ['"Jono\non ""pitkä"""', "Linja poikki", '"Puoli ""tuntia\n\njonossa"', 'hän sanoi "ei']
    made = [dice.choice(items) for _ in range(dice.randint(0, 30))]
    rows = [
        ",".join((*row.split(",")[:5], dice.choice(texts), *row.rsplit(",", 2)[1:])) for row in made
    ]
    return "\n".join([head, *rows]) + dice.choice(["", "\n", "\n\n"])


def test_a_table_cut_anywhere_counts_as_the_whole(
    study_with: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(6)
    for _ in range(40):
        table = many(dice)
        study = wb.load(study_with({**ALL, "observations/palaute.csv": table}))
        monkeypatch.setattr(lines, "TOGETHER", dice.randint(1, 7))
        for by in ("code", "segment"):
            assert same(
                feedback_lines(study, beside(study, table), by=by), wb.feedback(study, by=by)
            )


def test_blank_lines_before_the_header_are_no_table(study: Study) -> None:
    assert same(feedback_lines(study, beside(study, f"\n\n{ITEMS}")), wb.feedback(study))


def test_workers_count_what_is_counted_here(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "TOGETHER", 1)
    table = beside(study)
    alone = feedback_lines(study, table, auto=True)
    with ThreadPoolExecutor(2) as pool:
        assert same(feedback_lines(study, table, auto=True, executor=pool), alone)


def test_rules_code_what_nobody_coded_and_the_caption_says_so(study: Study) -> None:
    by_rules = feedback_lines(study, beside(study), "en", auto=True)
    assert {key: tally.items for key, _, tally in by_rules.rows} == {
        "kohteliaisuus": 3, "odotusaika": 1, "saavutettavuus": 1,
    }  # fmt: skip
    assert "The codes were given by rules of the codebook, by nobody (fi: " in by_rules.caption


def test_rules_are_read_in_the_language_of_each_item(study: Study) -> None:
    table = ITEMS.replace(",lainata\n", ",lainata,kieli\n")
    table = "\n".join(f"{row},sv" if n else row for n, row in enumerate(table.splitlines()))
    found = feedback_lines(study, beside(study, table, f"{FEEDBACK}language: kieli\n"), auto=True)
    assert "(sv: simplemma" in found.caption


def test_a_view_counts_only_its_segment(study: Study) -> None:
    view, table = study.where(segment="esimiehet-koulu"), beside(study)
    assert same(feedback_lines(view, table), wb.feedback(view))
    provider = beside(study, form=f"{FEEDBACK}side: provider\n")
    assert feedback_lines(view, provider).whole.items == 0


def test_rows_left_out_by_the_description_are_told(study: Study) -> None:
    form = f"{FEEDBACK}where: {{lainata: [kyllä]}}\n"
    told = feedback_lines(study, beside(study, form=form), "en")
    assert "2 rows are left out by the description." in told.caption


def test_a_fault_in_a_line_is_told_with_its_line_in_the_table(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "TOGETHER", 1)
    table = beside(study, ITEMS.replace("2010-04", "2010-13"))
    told = [str(p) for p in feedback_lines(study, table).problems]
    assert told == [
        f"{table}:5: pvm: '2010-13' is not a date. Dates here are written as iso; see `date_form`."
    ]


@pytest.mark.parametrize(
    ("table", "form", "told"),
    [
        (
            ITEMS + 'P4,esimies,tori,2010-04,moite,"Linja',
            FEEDBACK,
            r"csv:6: a quotation mark opens",
        ),
        ("", FEEDBACK, r"csv:1: holds no table"),
        (ITEMS, FEEDBACK.replace("feedback", "survey"), r"yml:1: describes no feedback"),
        (ITEMS, FEEDBACK.replace("text: palaute\n", ""), r"yml:1: 'text' is missing"),
        (ITEMS, "kind: [feedback", r"yml:"),
    ],
)
def test_what_cannot_be_read_to_its_end_is_refused(
    study: Study, table: str, form: str, told: str
) -> None:
    with pytest.raises(BadTable, match=told):
        feedback_lines(study, beside(study, table, form))


def test_a_table_that_is_not_there_or_not_utf_8_is_refused(study: Study) -> None:
    table = beside(study)
    table.write_bytes(ITEMS.encode("latin-1"))
    with pytest.raises(BadTable, match="is not UTF-8"):
        feedback_lines(study, table)
    table.unlink()
    with pytest.raises(BadTable, match="cannot be read: No such file"):
        feedback_lines(study, table)


def test_what_cannot_be_counted_is_refused_before_the_work(study_with: Write) -> None:
    study = wb.load(study_with(ALL))
    with pytest.raises(WorkbenchError, match="by code, segment, month, sort, not by 'mood'"):
        feedback_lines(study, beside(study), by="mood")
    with pytest.raises(NoRules):
        feedback_lines(study, beside(study), auto=True)
