"""The framework matrix: people by themes, drafted, renewed and shown so that one can read it."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbench as wb
from tests.conftest import STUDY
from tests.test_summaries import PATH, theme
from workbench.coding.booktext import CannotEdit
from workbench.revision.changes import apply
from workbench.revision.verbs import rename
from workbench.study import Unknown

Write = Callable[..., Path]
MORE = STUDY["interviews/h01.aino.tsv"].replace("kohteliaisuus", "saavutettavuus")


def test_people_stand_by_segment_beside_their_summary_and_its_places(study_with: Write) -> None:
    found = wb.framework(wb.load(study_with({PATH: theme(study_with())})))
    assert [list(row) for row in found.table.itertuples(index=False)] == [
        ["Koulun esimiehet", "E01", "Jonotti puoli tuntia. (h01/2)"],
        ["Koulun esimiehet", "E02", "kirjoittamatta (h02/2)"],
        ["Torin esimiehet", "E03", "kirjoittamatta (h03/1)"],
    ]
    assert "Vain tutkijoille" in found.caption


def test_who_says_nothing_of_a_theme_has_an_empty_cell(study_with: Write) -> None:
    found = wb.framework(wb.load(study_with()), codes=["kohteliaisuus"])
    assert list(found.table.iloc[:, 2]) == ["kirjoittamatta (h01/3)", "", ""]


def test_a_view_shows_its_own_people(study_with: Write) -> None:
    view = wb.load(study_with({PATH: theme(study_with())})).where(segment="esimiehet-tori")
    assert list(wb.framework(view).table.iloc[:, 1]) == ["E03"]


def test_what_is_behind_is_marked_and_counted(study_with: Write) -> None:
    folder = study_with({PATH: theme(study_with()), "interviews/h01.aino.tsv": MORE})
    found = wb.framework(wb.load(folder), "en")
    assert [str(c) for cell in found.stale for c in cell.behind.new] == ["h01/3 saavutettavuus"]  # type: ignore[union-attr]
    assert found.table.iloc[0, 2] == "⚠ Jonotti puoli tuntia. (h01/2)"
    assert found.caption.endswith("Behind their passages (⚠): 1.")


def test_the_page_keeps_its_head_in_sight_and_counts_people(study_with: Write) -> None:
    shown = wb.framework(wb.load(study_with({PATH: theme(study_with())})))._repr_html_()
    assert "position:sticky;top:0" in shown
    assert "<th scope=rowgroup>Koulun esimiehet</th><td>2/2</td>" in shown


def test_markup_in_a_summary_stays_text(study_with: Write) -> None:
    text = theme(study_with()).replace("Jonotti", "<script>Jonotti")
    shown = wb.framework(wb.load(study_with({PATH: text})))._repr_html_()
    assert "&lt;script&gt;Jonotti puoli tuntia.<small>(h01/2)</small>" in shown


def test_an_unknown_code_is_told(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no code 'yhteys'"):
        wb.framework(wb.load(study_with()), codes=["yhteys"])


def test_a_draft_has_the_quotes_as_comments_and_holds_once_written(study_with: Write) -> None:
    folder = study_with()
    assert wb.draft_summaries(wb.load(folder), "saavutettavuus") == ("E01", "E02", "E03")
    text = (folder / PATH).read_text(encoding="utf-8")
    assert text.startswith(
        "code: saavutettavuus\npeople:\n  E01:\n"
        "    # h01/2 Mä jonotin puoli tuntia,\n    # h01/2 Pitäis päästä heti läpi.\n"
        "    summary: …\n    cites: [h01/2 odotusaika, h01/2 saavutettavuus]\n    words: "
    )
    (folder / PATH).write_text(text.replace("…", "Sanottua."), encoding="utf-8")
    study = wb.load(folder)
    assert study.problems == ()
    assert wb.framework(study).unwritten == ()


def test_a_draft_adds_who_is_missing_and_touches_nothing_else(study_with: Write) -> None:
    old = "# omat\n" + theme(study_with())
    folder = study_with({PATH: old})
    assert wb.draft_summaries(wb.load(folder), "saavutettavuus") == ("E02", "E03")
    assert (folder / PATH).read_text(encoding="utf-8").startswith(old + "  E02:\n")
    assert wb.draft_summaries(wb.load(folder), "saavutettavuus") == ()


def test_a_file_for_a_code_with_dots_has_a_plain_name(study_with: Write) -> None:
    folder = study_with()
    wb.draft_summaries(wb.load(folder), "nimetty-yhteyshenkilö")
    assert (folder / "parameters/care/summaries/nimetty-yhteyshenkilo.yml").exists()


def test_a_code_with_a_path_in_its_name_writes_among_the_summaries(study_with: Write) -> None:
    names = ("parameters/codebook/laatutekijat.yml", "interviews/h02.aino.tsv",
             "parameters/care/needs.yml")  # fmt: skip
    odd = {name: STUDY[name].replace("nimetty-yhteyshenkilö", "../yhteys") for name in names}
    folder = study_with(odd)
    wb.draft_summaries(wb.load(folder), "../yhteys")
    assert (folder / "parameters/care/summaries/---yhteys.yml").exists()
    assert wb.load(folder).problems == ()


def test_a_renewed_summary_stands_for_the_words_as_they_are_now(study_with: Write) -> None:
    old = theme(study_with()) + "    # loppu\n"
    folder = study_with({PATH: old, "interviews/h01.aino.tsv": MORE})
    wb.renew_summaries(wb.load(folder), "saavutettavuus", ["E01"])
    text = (folder / PATH).read_text(encoding="utf-8")
    assert wb.load(folder).problems == ()
    assert "h01/3 saavutettavuus]" in text
    assert [new for new, was in zip(text.splitlines(), old.splitlines(), strict=True)
            if new != was] == text.splitlines()[4:6]  # fmt: skip


def test_who_has_no_summary_cannot_be_renewed(study_with: Write) -> None:
    study = wb.load(study_with({PATH: theme(study_with())}))
    with pytest.raises(Unknown, match="no summary of 'E02'"):
        wb.renew_summaries(study, "saavutettavuus", ["E02"])
    with pytest.raises(Unknown, match="no summary of 'kohteliaisuus'"):
        wb.renew_summaries(study, "kohteliaisuus", ["E01"])


def test_a_summary_in_braces_is_left_as_it_is(study_with: Write) -> None:
    text = "code: saavutettavuus\npeople:\n  E01: {summary: Jonotti., cites: []}\n"
    folder = study_with({PATH: text})
    with pytest.raises(CannotEdit, match="Write 'E01' on lines of its own"):
        wb.renew_summaries(wb.load(folder), "saavutettavuus", ["E01"])
    assert (folder / PATH).read_text(encoding="utf-8") == text


def test_summaries_follow_a_renamed_code(study_with: Write) -> None:
    folder = study_with({PATH: theme(study_with())})
    apply(rename(wb.load(folder), "saavutettavuus", "yhteys"))
    study = wb.load(folder)
    assert study.problems == ()
    assert wb.framework(study).codes == ("yhteys",)


def test_no_report_shows_the_matrix() -> None:
    pages = Path(wb.__file__).parent / "reports"
    texts = (
        p.read_text(encoding="utf-8") for p in pages.rglob("*") if p.suffix in (".py", ".html")
    )
    assert not any("summaries" in text or "findings.framework" in text for text in texts)


def test_a_file_that_cannot_be_read_whole_is_not_written_to(study_with: Write) -> None:
    text = theme(study_with()).replace("    words:", "    sanat:")
    folder = study_with({PATH: text})
    with pytest.raises(CannotEdit, match="unknown key 'sanat'"):
        wb.draft_summaries(wb.load(folder), "saavutettavuus")
    assert (folder / PATH).read_text(encoding="utf-8") == text
