"""The ladder of priorities: a rung decides where those above are level; leave-outs are exact."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.conftest import STUDY
from tests.environment import ROOT
from workbench.care.claims import Effort, Grade, Horizon
from workbench.findings.priorities import RUNGS, Rungs, _first_difference, _Ladder, _ranks
from workbench.study import Unknown

Write = Callable[..., Path]
ACTIONS = "parameters/care/actions.yml"
FINDINGS = "parameters/care/findings.yml"
NEEDS = "parameters/care/needs.yml"
T01 = STUDY[ACTIONS]


def action(name: str, *changes: tuple[str, str]) -> str:
    text = T01.replace("T01:", f"{name}:")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def order(folder: Path) -> list[tuple[str, int, str]]:
    rows = wb.priorities(wb.load(folder)).rows
    return [(s.action.id, s.rank, s.decided) for s in rows]


def test_every_rung_is_read_from_the_files(study_with: Write) -> None:
    """E01 expected access and waited; of three supervisors in two base segments, one speaks up."""
    (standing,) = wb.priorities(wb.load(study_with())).rows
    assert standing.rungs == Rungs(False, Grade.CONTESTED, 1, 2, Horizon.MONTHS, Effort.SMALL)
    assert standing.of == 3


def test_the_table_says_every_rung_in_words(study_with: Write) -> None:
    table = wb.priorities(wb.load(study_with())).table
    assert list(table.iloc[0]) == [
        1, "T01 Julkaistaan nimet.", "F01", "", "ristiriitainen", "1/3", 2, "kuukausissa",
        "päiviä", "", "1", "3/3", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "decided"),
    [
        ((("needs: [N01]", "basis: law\n  reference: KVTES"),), "urgent"),
        ((("needs: [N01]", "needs: [N02]"),), "grade"),
        ((("horizon: months", "horizon: next-encounter"),), "horizon"),
        ((("effort: S", "effort: M"), ("horizon: months", "horizon: next-encounter")), "horizon"),
    ],
)
def test_the_first_rung_that_differs_decides(
    study_with: Write, first: tuple[tuple[str, str], ...], decided: str
) -> None:
    strong = STUDY[FINDINGS].replace("F01:", "F02:").replace("  counter: [h02/2", "  note: [h02/2")
    strong = strong.replace("  note: [h02/2 saavutettavuus]\n", "")
    need = STUDY[NEEDS].replace("N01:", "N02:").replace("F01", "F02")
    folder = study_with(
        {
            ACTIONS: T01 + action("T02", *first),
            FINDINGS: STUDY[FINDINGS] + strong,
            NEEDS: STUDY[NEEDS] + need,
        }
    )
    assert order(folder) == [("T02", 1, decided), ("T01", 2, "")]


def test_security_makes_an_action_urgent_by_its_need_and_what_cannot_wait_by_its_words(
    study_with: Write,
) -> None:
    book = STUDY["parameters/codebook/laatutekijat.yml"]
    for name, new in (("NEED.3", "DET.08"), ("DET.04.2", "DET.08.2")):
        changed = book.replace(f"ref: {name}\n", f"ref: {new}\n")
        folder = study_with({"parameters/codebook/laatutekijat.yml": changed})
        (standing,) = wb.priorities(wb.load(folder)).rows
        assert standing.rungs.urgent, new


def test_equal_actions_share_a_rank_and_the_next_one_skips(study_with: Write) -> None:
    folder = study_with({ACTIONS: T01 + action("T02") + action("T03", ("effort: S", "effort: L"))})
    assert order(folder) == [("T01", 1, "tie"), ("T02", 1, "effort"), ("T03", 3, "")]


def test_what_is_done_or_rejected_and_findings_in_draft_are_left_out(study_with: Write) -> None:
    done = T01 + action("T02", ("effort: S", "status: done\n  effort: S"))
    draft = STUDY[FINDINGS] + "  state: draft\n"
    (standing,) = wb.priorities(wb.load(study_with({ACTIONS: done, FINDINGS: draft}))).rows
    assert (standing.rungs.grade, standing.findings, standing.of) == (None, (), 0)


def by_hand(rank: int) -> tuple[str, str]:
    own = f"priority: {{rank: {rank}, reason: Johto sopi., by: TK, date: 2010-06}}\n  effort: S"
    return "effort: S", own


def test_a_rank_set_by_hand_holds_and_tells_the_ladder_s(study_with: Write) -> None:
    large = [action(f"T0{n}", ("effort: S", "effort: M")) for n in (2, 3)]
    folder = study_with({ACTIONS: action("T01", by_hand(2)) + "".join(large)})
    assert order(folder) == [("T02", 1, "manual"), ("T01", 2, "manual"), ("T03", 3, "")]
    table = wb.priorities(wb.load(folder), "en").table
    assert table.iloc[1, -1] == "Johto sopi. (TK 2010-06; the ladder would give rank 1)"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (*by_hand(3), ":7: T01 cannot stand at rank 3. There are 2 actions; write a rank from 1"),
        (*by_hand(0), ":7: T01 cannot stand at rank 0."),
        ("effort: S", "priority: {rank: 1, by: TK, date: 2010}\n  effort: S",
         ":7: 'reason' is missing in override. Add `reason: …`."),
        ("effort: S", "priority: {rank: eka, reason: x, by: TK, date: 2010}\n  effort: S",
         ":7: 'rank': 'eka' is not a number."),
    ],
)  # fmt: skip
def test_a_broken_rank_is_told_with_its_line(
    study_with: Write, old: str, new: str, said: str
) -> None:
    folder = study_with({ACTIONS: action("T01", (old, new)) + action("T02")})
    problems = [str(p) for p in wb.load(folder).problems]
    assert any(p.startswith(ACTIONS + said) for p in problems), problems


def test_one_rank_for_two_actions_is_told(study_with: Write) -> None:
    folder = study_with({ACTIONS: action("T01", by_hand(1)) + action("T02", by_hand(1))})
    (problem,) = wb.load(folder).problems
    assert problem.message == "T02 is put at rank 1, where T01 stands."


def test_another_rule_is_refused(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no rule of priority 'lexicographic_v2'"):
        wb.priorities(wb.load(study_with()), rule="lexicographic_v2")


def test_without_a_person_the_grade_falls_as_if_they_had_not_spoken(study_with: Write) -> None:
    """Two for and one against: contested; without her, repeated; without one for it, single."""
    ladder = _Ladder(wb.load(study_with()))
    climbed = [ladder.climb(p)["T01"] for p in ("E01", "E02", "E03")]
    assert [(r.grade, r.unmet) for r in climbed] == [
        (Grade.SINGLE, 0), (Grade.REPEATED, 1), (Grade.SINGLE, 1),
    ]  # fmt: skip


def test_leaving_the_only_voice_out_leaves_no_words(study_with: Write) -> None:
    one = STUDY[FINDINGS].replace("h01/2 odotusaika, ", "").replace("  counter: [h02/2", "  #")
    ladder = _Ladder(wb.load(study_with({FINDINGS: one})))
    assert ladder.climb("E03")["T01"].grade is None


@pytest.mark.parametrize(("person", "document"), [("E01", "h01"), ("E02", "h02"), ("E03", "h03")])
def test_a_leave_out_is_the_study_without_that_person_s_interview(
    study_with: Write, person: str, document: str
) -> None:
    ladder = _Ladder(wb.load(study_with()))
    gone = {f"interviews/{document}{end}": None for end in (".md", ".aino.tsv", ".eero.tsv")}
    folder = study_with()
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    assert _Ladder(wb.load(folder)).climb() == ladder.climb(person)


@pytest.mark.campaign
def test_every_leave_out_of_the_example_is_the_example_without_that_person(tmp_path: Path) -> None:
    import shutil

    ladder = _Ladder(wb.load(ROOT))
    names = ("interviews", "observations", "parameters")
    for person in sorted(ladder.heard):
        for name in names:
            shutil.copytree(ROOT / name, tmp_path / person / name)
        for path in (tmp_path / person / "interviews").glob("*.md"):
            if f"informant: {person}\n" in path.read_text(encoding="utf-8"):
                for own in path.parent.glob(f"{path.stem}.*"):
                    own.unlink()
        left = _Ladder(wb.load(tmp_path / person)).climb()
        assert left == ladder.climb(person), person


def rungs() -> st.SearchStrategy[Rungs]:
    grades = st.sampled_from([*Grade, None])
    number = st.integers(0, 3)
    return st.builds(
        Rungs, st.booleans(), grades, number, number, st.sampled_from(Horizon),
        st.sampled_from(Effort),
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(rungs(), min_size=1, max_size=8))
def test_ranks_are_those_of_competition_and_the_order_of_input_changes_nothing(
    found: list[Rungs],
) -> None:
    climbed = {str(n): r for n, r in enumerate(found)}
    ranks = _ranks(climbed)
    assert all(ranks[n] == 1 + sum(o.key < r.key for o in found) for n, r in climbed.items())
    assert _ranks(dict(reversed(climbed.items()))) == ranks


def test_grades_stand_broad_repeated_contested_single() -> None:
    def key(grade: Grade | None) -> tuple[int, ...]:
        return Rungs(False, grade, 0, 0, Horizon.YEARS, Effort.LARGE).key

    strong = [Grade.BROAD, Grade.REPEATED, Grade.CONTESTED, Grade.SINGLE, None]
    assert sorted(strong, key=key) == strong


def test_no_rung_below_outweighs_one_above() -> None:
    best = Rungs(True, Grade.BROAD, 9, 9, Horizon.NEXT_ENCOUNTER, Effort.SMALL)
    worst = Rungs(False, None, 0, 0, Horizon.YEARS, Effort.LARGE)
    values = [(getattr(best, r), getattr(worst, r)) for r in RUNGS]
    for n, rung in enumerate(RUNGS):
        up = Rungs(*[b if k == n else w if k > n else b for k, (b, w) in enumerate(values)])
        down = Rungs(*[w if k == n else b for k, (b, w) in enumerate(values)])
        assert up.key < down.key, rung
        assert _first_difference(*[[getattr(x, r) for r in RUNGS] for x in (up, down)]) == rung


def test_a_segment_ranks_what_concerns_it(study_with: Write) -> None:
    text = STUDY[FINDINGS].replace("[esimiehet]", "[esimiehet-koulu]")
    text = text.replace(", h03/1 saavutettavuus", "")
    study = wb.load(study_with({FINDINGS: text}))
    assert len(wb.priorities(study.where(segment="esimiehet-koulu")).rows) == 1
    empty = wb.priorities(study.where(segment="esimiehet-tori"))
    assert (empty.rows, len(empty.table)) == ((), 0)
