"""Decisions: recorded with reason and rejected words, agreed codings written, changes told."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import STUDY, write_study
from workbench.base.files import Changed
from workbench.base.records import Place
from workbench.care.claims import Citation
from workbench.coding.adjudication import Adjudication, CannotDecide
from workbench.coding.codings import Coding, Passage
from workbench.coding.comparison import How
from workbench.coding.decisions import (
    Decision,
    Decisions,
    format_decisions,
    parse_decisions,
)
from workbench.loading import load
from workbench.teamwork import adjudicate, settle

Write = Callable[..., Path]
EERO = "interviews/h01.eero.tsv"
DECISIONS = "interviews/h01.decisions.yml"
AGREED = "interviews/h01.sovittu.tsv"
COURTESY = "Ystävällisiä ne kyllä on aina."
WHY = "Jonotus on odotusaikaa: alakoodi on tarkempi."


@pytest.fixture
def folder(study_with: Write) -> Path:
    """Aino and Eero differ on a code ([2] 25–49); Aino coded two passages alone."""
    return study_with()


def table_of(folder: Path) -> Adjudication:
    return adjudicate(load(folder), "h01", "TK")


def decide_all(folder: Path, take: str = "aino") -> Adjudication:
    table = table_of(folder)
    for point in table.left:
        table.decide(point, take, WHY, "2010-05-20")
    return table


def warnings(folder: Path) -> list[str]:
    return [str(p) for p in load(folder).problems]


def test_a_decision_keeps_both_quotes_the_reason_who_and_when(folder: Path) -> None:
    table = table_of(folder)
    (point,) = (p for p in table.left if p.how is How.CODE)
    table.decide(point, "aino", WHY, "2010-05-20")
    text = (folder / DECISIONS).read_text(encoding="utf-8")
    words = 'facets: "koettu -", quote: "Mä jonotin puoli tuntia,"'
    assert text.split("\n") == [
        "coders: [aino, eero]",
        "decisions:",
        "",
        "- turn: 2",
        f'  reason: "{WHY}"',
        "  by: TK",
        "  date: 2010-05-20",
        "  judged:",
        f"  - {{coder: aino, start: 25, end: 49, code: odotusaika, {words}, memo: seuraa}}",
        f"  - {{coder: eero, start: 25, end: 49, code: saavutettavuus, {words}}}",
        "  agreed:",
        f"  - {{start: 25, end: 49, code: odotusaika, {words}, memo: seuraa}}",
        "",
    ]


def test_the_agreed_file_is_written_when_nothing_is_left_to_decide(folder: Path) -> None:
    table = table_of(folder)
    for point in table.left[:-1]:
        table.decide(point, "aino", WHY)
    assert not (folder / AGREED).exists()
    table.decide(table.left[0], "none", WHY)
    agreed = (folder / AGREED).read_text(encoding="utf-8").splitlines()
    mine = STUDY["interviews/h01.aino.tsv"].splitlines()
    assert agreed == mine[:-1]


def test_what_the_coders_judged_alike_is_agreed_without_a_decision(study_with: Write) -> None:
    folder = study_with({EERO: STUDY["interviews/h01.aino.tsv"].replace("seuraa", "soittaa")})
    assert settle(load(folder), ["h01"]) == {"h01": 0}
    lines = (folder / AGREED).read_text(encoding="utf-8").splitlines()
    assert lines[2].endswith("Mä jonotin puoli tuntia,\tseuraa / soittaa")
    assert not (folder / DECISIONS).exists()


def test_agreed_codings_count_first(folder: Path) -> None:
    decide_all(folder, "eero")
    study = load(folder)
    assert study.problems == ()
    assert study.coders == ("sovittu", "aino", "eero")
    assert [c.code for c in study.counting if c.document == "h01"] == ["saavutettavuus"]


def test_agreed_words_are_quoted_before_those_of_a_single_coder(folder: Path) -> None:
    decide_all(folder)
    witness = load(folder).witness
    assert witness.passages(Citation("h01", 2, "odotusaika"))[0].coder == "sovittu"


def test_the_agreed_coder_may_have_another_name(folder: Path) -> None:
    path = folder / "parameters/study.yml"
    path.write_text(path.read_text("utf-8") + "agreed: yhdessa\n", "utf-8")
    decide_all(folder)
    assert (folder / "interviews/h01.yhdessa.tsv").exists()
    assert load(folder).problems == ()


def test_no_decision_without_a_reason_or_a_name(folder: Path) -> None:
    table = table_of(folder)
    with pytest.raises(CannotDecide, match="reason"):
        table.decide(table.left[0], "aino", "  ")
    table.by = ""
    with pytest.raises(CannotDecide, match="who decided"):
        table.decide(table.left[0], "aino", WHY)
    assert not (folder / DECISIONS).exists()


def test_a_coder_who_is_not_compared_cannot_be_taken(folder: Path) -> None:
    table = table_of(folder)
    with pytest.raises(CannotDecide, match="Did you mean 'aino'"):
        table.decide(table.left[0], "ainoo", WHY)


def test_both_of_two_codes_stand_and_of_one_code_the_words_are_joined(study_with: Write) -> None:
    header = STUDY[EERO].splitlines()[0]
    rows = (
        "2\t25\t63\todotusaika\tkoettu +\tMä jonotin puoli tuntia, ihan turhaan.\t\n"
        f"3\t0\t30\tsaavutettavuus\t\t{COURTESY}\t\n"
    )
    folder = study_with({EERO: f"{header}\n{rows}"})
    decide_all(folder, "both")
    agreed = {(c.passage.quote, c.code): c for c in load(folder).codings if c.coder == "sovittu"}
    joined = agreed["Mä jonotin puoli tuntia, ihan turhaan.", "odotusaika"]
    assert joined.facets == {"koettu", "-", "+"}
    on_courtesy = {code for quote, code in agreed if quote == COURTESY}
    assert on_courtesy == {"kohteliaisuus", "saavutettavuus"}


def test_a_third_solution_takes_its_words_from_the_document(folder: Path) -> None:
    table = table_of(folder)
    (point,) = (p for p in table.left if p.how is How.CODE)
    passage = Passage("h01", 2, 28, 35, "muuta")
    other = replace(point.codings[0], passage=passage, code="kohteliaisuus", facets=frozenset("+"))
    made = table.decide(point, [other], WHY)
    assert [c.passage.quote for c in made.agreed] == ["jonotin"]
    with pytest.raises(CannotDecide, match="Did you mean 'kohteliaisuus'"):
        table.decide(point, [replace(other, code="kohteliaisus")], WHY)
    with pytest.raises(CannotDecide, match="no words"):
        table.decide(point, [other.at(replace(passage, start=900, end=901), other.standing)], WHY)


def test_blanks_at_the_ends_of_a_third_solution_are_left_out(folder: Path) -> None:
    table = table_of(folder)
    (point,) = (p for p in table.left if p.how is How.CODE)
    passage = Passage("h01", 2, 27, 36, "")
    made = table.decide(point, [replace(point.codings[0], passage=passage)], WHY)
    assert [(c.passage.start, c.passage.quote) for c in made.agreed] == [(28, "jonotin")]


def test_a_retired_code_is_taken_only_where_a_coder_gave_it(folder: Path) -> None:
    book = folder / "parameters/codebook/laatutekijat.yml"
    gone = "definition: Käytös.\n    retired: 2010-05-01"
    book.write_text(book.read_text("utf-8").replace("definition: Käytös.", gone), "utf-8")
    table = table_of(folder)
    first, _, last = table.left
    theirs = last.codings[0]
    assert theirs.code == "kohteliaisuus"
    table.decide(last, [theirs], WHY)
    with pytest.raises(CannotDecide, match="'kohteliaisuus' is retired"):
        table.decide(first, [replace(first.codings[0], code="kohteliaisuus")], WHY)


def made(folder: Path) -> list[tuple[str, ...]]:
    """Return the codes that were agreed, decision by decision, as the file has them."""
    kept = load(folder).decisions
    return [tuple(c.code for c in d.agreed) for d in kept["h01"].made] if kept else []


def test_decisions_are_undone_and_redone_in_the_file(folder: Path) -> None:
    table = table_of(folder)
    first, middle, _ = table.left
    table.decide(first, "aino", WHY)
    table.decide(middle, "eero", WHY)
    table.reopen(first)
    files = [(folder / DECISIONS).read_bytes()]
    for left in ((2, 1), (1, 2), (0, 3)):
        assert table.undo()
        assert table.steps == left
        files.append((folder / DECISIONS).read_bytes())
    assert (table.undo(), made(folder)) == (False, [])
    for before in reversed(files[:-1]):
        assert table.redo()
        assert (folder / DECISIONS).read_bytes() == before
    assert (table.redo(), made(folder)) == (False, [("saavutettavuus",)])


def test_a_new_decision_ends_what_could_be_redone(folder: Path) -> None:
    table = table_of(folder)
    table.decide(table.left[0], "aino", WHY)
    table.undo()
    table.decide(table.left[-1], "none", WHY)
    assert table.steps == (1, 0)
    assert made(folder) == [()]


def test_redoing_the_last_decision_writes_the_agreed_file_again(folder: Path) -> None:
    table = decide_all(folder)
    table.undo()
    assert "was agreed before 1" in warnings(folder)[0]
    table.redo()
    assert warnings(folder) == []


@pytest.mark.parametrize("name", [EERO, DECISIONS])
def test_undo_is_refused_when_a_file_has_changed_underneath(folder: Path, name: str) -> None:
    table = table_of(folder)
    table.decide(table.left[0], "aino", WHY)
    path = folder / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    before = (folder / DECISIONS).read_bytes()
    with pytest.raises(CannotDecide, match="Somebody has changed the decisions or codings of h01"):
        table.undo()
    assert (folder / DECISIONS).read_bytes() == before
    assert table.steps == (0, 0)


def test_deciding_anew_replaces_the_decision_and_the_agreed_coding(folder: Path) -> None:
    table = decide_all(folder)
    (point,) = (p for p in table.disagreements if p.how is How.CODE)
    table.decide(point, "eero", "Tarkistettiin koodikirjasta.")
    assert len(table.decisions.made) == 3
    assert "2\t25\t49\tsaavutettavuus" in (folder / AGREED).read_text("utf-8")
    assert warnings(folder) == []


def test_settling_again_changes_nothing(folder: Path) -> None:
    decide_all(folder)
    before = {p: p.stat().st_mtime_ns for p in (folder / DECISIONS, folder / AGREED)}
    assert settle(load(folder), ["h01"]) == {"h01": 0}
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_a_reopened_point_leaves_the_agreed_file_and_is_told(folder: Path) -> None:
    table = decide_all(folder)
    kept = (folder / AGREED).read_bytes()
    table.reopen(table.disagreements[0])
    assert (folder / AGREED).read_bytes() == kept
    (told,) = warnings(folder)
    assert told.startswith(f"{AGREED}:1: warning: was agreed before 1 of the disagreements")
    assert settle(load(folder), ["h01"]) == {"h01": 1}


def test_a_decision_whose_basis_has_changed_is_told_with_its_line(folder: Path) -> None:
    decide_all(folder)
    rows = STUDY[EERO].replace("saavutettavuus", "kohteliaisuus")
    (folder / EERO).write_text(rows, encoding="utf-8")
    (told,) = warnings(folder)
    line = (folder / DECISIONS).read_text("utf-8").split("\n").index("- turn: 2", 6) + 1
    assert told.startswith(f"{DECISIONS}:{line}: warning: somebody changed a coding")


def test_deciding_what_has_changed_takes_the_place_of_the_old_decision(folder: Path) -> None:
    decide_all(folder)
    (folder / EERO).write_text(STUDY[EERO].replace("saavutettavuus", "kohteliaisuus"), "utf-8")
    table = table_of(folder)
    (point,) = table.left
    table.decide(point, "aino", WHY)
    assert len(table.decisions.made) == 3
    assert warnings(folder) == []


def test_codings_changed_behind_the_adjudicators_back_are_not_decided_on(folder: Path) -> None:
    table = table_of(folder)
    (point,) = (p for p in table.left if p.how is How.CODE)
    (folder / EERO).write_text(STUDY[EERO].replace("saavutettavuus", "kohteliaisuus"), "utf-8")
    with pytest.raises(CannotDecide, match="changed the codings"):
        table.decide(point, "aino", WHY)
    assert not (folder / DECISIONS).exists()
    assert "kohteliaisuus" in {c.code for p in table.left for c in p.of("eero")}


def test_an_agreed_file_corrected_by_hand_is_told(folder: Path) -> None:
    decide_all(folder)
    path = folder / AGREED
    path.write_text(path.read_text("utf-8").replace("odotusaika", "kohteliaisuus"), "utf-8")
    (told,) = warnings(folder)
    assert "is not what the coders' files and the decisions give" in told


def test_two_decisions_for_the_same_coding_make_one_with_the_facets_of_both(folder: Path) -> None:
    table = table_of(folder)
    first, middle, last = table.left
    for point, facets in ((first, "+"), (middle, "koettu"), (last, "-")):
        words = last if point is last else middle
        other = replace(words.codings[0], code="kohteliaisuus", facets=frozenset([facets]))
        table.decide(point, [other], WHY)
    assert [c.facets for c in load(folder).codings if c.coder == "sovittu"] == [
        {"+", "koettu"},
        {"-"},
    ]


def test_deciding_one_place_anew_keeps_the_record_of_another_that_has_changed(folder: Path) -> None:
    decide_all(folder)
    (folder / EERO).write_text(STUDY[EERO].replace("saavutettavuus", "kohteliaisuus"), "utf-8")
    path = folder / "interviews/h01.aino.tsv"
    path.write_text(path.read_text("utf-8").replace("koettu +", "koettu"), "utf-8")
    table = table_of(folder)
    (point,) = (p for p in table.left if p.how is How.CODE)
    table.decide(point, "aino", WHY)
    (told,) = warnings(folder)
    assert "somebody changed a coding" in told


def test_a_decision_on_nothing_is_a_fault(folder: Path) -> None:
    empty = "{turn: 2, reason: a, by: TK, date: 2010, judged: [], agreed: []}"
    text = f"coders: [aino, eero]\ndecisions:\n- {empty}\n"
    (folder / DECISIONS).write_text(text, "utf-8")
    assert warnings(folder) == [f"{DECISIONS}:3: nothing is `judged` in this decision. Remove it."]


def test_decisions_follow_their_words_in_an_edited_transcript(folder: Path) -> None:
    decide_all(folder)
    path = folder / "interviews/h01.md"
    path.write_text(path.read_text("utf-8").replace("Mä jonotin", "No niin. Mä jonotin"), "utf-8")
    assert {p.path.name for p in load(folder).problems} == {
        "h01.aino.tsv", "h01.eero.tsv", "h01.sovittu.tsv",
    }  # fmt: skip
    assert all("moved from" in told for told in warnings(folder))


def test_decisions_on_a_document_that_is_not_there_are_told(folder: Path) -> None:
    decide_all(folder)
    (folder / DECISIONS).rename(folder / "interviews/h0l.decisions.yml")
    assert "decisions on 'h0l', a document that is not there. Did you mean" in warnings(folder)[0]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("coder: eero", "coder: ero"), "no coder 'ero' under coders. Did you mean 'eero'?"),
        (("start: 25", "start: -25"), "start is -25, before the turn."),
        (('  reason: "Jonotus', '  raeson: "Jonotus'), "Did you mean 'reason'?"),
        (("coders: [aino, eero]", "coders: [aino, eero"), "h01.decisions.yml:"),
    ],
)
def test_a_fault_in_the_file_is_told_and_nothing_is_decided_over_it(
    folder: Path, wrong: tuple[str, str], told: str
) -> None:
    decide_all(folder)
    path = folder / DECISIONS
    path.write_text(path.read_text("utf-8").replace(*wrong), "utf-8")
    assert any(told in problem for problem in warnings(folder))
    with pytest.raises(CannotDecide, match="Mend the file first"):
        table_of(folder)


def test_other_coders_than_those_of_the_decisions_cannot_decide(folder: Path) -> None:
    decide_all(folder)
    rows = STUDY[EERO].replace("25", "26").replace("Mä", "ä")
    (folder / "interviews/h01.liisa.tsv").write_text(rows, "utf-8")
    table = adjudicate(load(folder), "h01", "TK", ["aino", "liisa"])
    with pytest.raises(CannotDecide, match="between aino, eero"):
        table.decide(table.left[0], "aino", WHY)


def test_a_file_somebody_else_has_written_is_not_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = table_of(folder)
    point = table.left[0]
    monkeypatch.setattr(table, "refresh", lambda: None)
    table_of(folder).decide(table.left[-1], "none", "Toinen ehti ensin.")
    with pytest.raises(Changed):
        table.decide(point, "aino", WHY)
    assert "Toinen ehti ensin." in (folder / DECISIONS).read_text("utf-8")


def test_decisions_on_different_documents_and_places_merge_in_git(tmp_path: Path) -> None:
    """Two adjudicators decide on turns apart; both files stay whole and both decisions stand."""
    folder = write_study(tmp_path / "study")

    def git(*arguments: str) -> int:
        who = ("-c", "user.name=koe", "-c", "user.email=koe@invalid")
        return subprocess.run(["git", *who, *arguments], cwd=folder, check=False,
                              capture_output=True).returncode  # fmt: skip

    table = table_of(folder)
    first, middle, last = table.left
    table.decide(middle, "aino", WHY, "2010-05-20")
    git("init", "-q", "-b", "main"), git("add", "-A"), git("commit", "-qm", "alku")  # type: ignore[func-returns-value]
    for branch, point in (("yksi", first), ("kaksi", last)):
        git("checkout", "-q", "-b", branch, "main")
        table_of(folder).decide(point, "aino", branch, "2010-05-21")
        git("add", "-A"), git("commit", "-qm", branch)  # type: ignore[func-returns-value]
    assert git("merge", "-q", "--no-edit", "yksi") == 0
    assert {d.reason for d in load(folder).decisions["h01"].made} == {"yksi", WHY, "kaksi"}
    assert settle(load(folder), ["h01"]) == {"h01": 0}


def test_a_quote_with_blanks_at_its_ends_is_decided_like_any_other(study_with: Write) -> None:
    rows = STUDY[EERO].replace("\t49\t", "\t50\t").replace("tuntia,", "tuntia, ")
    folder = study_with({EERO: rows})
    decide_all(folder, "eero")
    assert warnings(folder) == []
    assert table_of(folder).left == ()


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
codes = st.sampled_from(["a-ä", "null", "1", "#x", "a:b"])
facets = st.sets(st.sampled_from(["+", "-", "koettu", "~"])).map(frozenset)
lines = st.builds(
    lambda coder, start, quote, code, facets, memo: Coding(
        Passage("h01", 2, start, start + 3, quote), code, coder, Place(Path("d"), 1), facets, memo
    ),
    st.sampled_from(["aino", "eero"]), st.integers(0, 99), words, codes, facets,
    st.just("") | words.map(str.strip),
)  # fmt: skip


@given(st.lists(lines, min_size=1, max_size=3), st.lists(lines, max_size=2), words.map(str.strip))
def test_whatever_is_written_is_read_back_the_same(
    judged: list[Coding], agreed: list[Coding], reason: str
) -> None:
    path = Path("d.yml")
    kept = tuple(replace(c, coder="sovittu") for c in agreed)
    decision = Decision(tuple(judged), kept, reason, "TK", "2010-05-20", Place(path, 1))
    text = format_decisions(Decisions(("aino", "eero"), (decision,)))
    back, problems = parse_decisions(text, path, "h01", "sovittu")
    assert problems == []
    assert back.made[0].basis == decision.basis
    assert [(c.passage.quote, c.memo) for c in back.made[0].judged] == [
        (c.passage.quote, c.memo) for c in judged
    ]
    assert back.made[0].reason == reason


def test_writing_a_whole_study_of_decisions_leaves_coders_files_alone(folder: Path) -> None:
    paths = [folder / EERO, folder / "interviews/h01.aino.tsv", folder / "interviews/h01.md"]
    before = [p.read_bytes() for p in paths]
    decide_all(folder)
    assert [p.read_bytes() for p in paths] == before
