"""Tables come in from any bytes and separator, told what was taken, both files or none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.base.edits import NothingWritten
from workbench.cli import main
from workbench.loading import load
from workbench.material.importing import CannotImport
from workbench.material.tabling import Tabled, import_table

Write = Callable[..., Path]
FINNISH = (
    "Tunnus;Rooli;Nopeus;Ystävällisyys;Päivä;Sanottavaa\r\n"
    'V1;Esimies;4;5;3.2.2026;"Hyvä; mutta\r\nhidas"\r\n'
    "V2;Palkansaaja;2;1;31.4.2026;=1+1\r\n"
    "V3;Esimies;3;2;14.2.2026;-5 astetta oli\r\n"
    "V4;Esimies;5;2;14.2.2026;ei muuta\r\n"
    ";;;;;\r\n"
)


@pytest.fixture
def bring(study_with: Write, tmp_path: Path) -> Callable[..., Tabled]:
    folder = study_with()

    def bring(data: bytes, name: str = "Kysely 1.csv", **more: str) -> Tabled:
        source = tmp_path / name
        source.write_bytes(data)
        return import_table(source, folder, date="2026", **more)

    return bring


def refused(bring: Callable[..., Tabled], data: bytes) -> str:
    with pytest.raises(CannotImport) as error:
        bring(data)
    folder = Path(str(error.value).split("Kysely 1.csv")[0]) / "study"
    assert not list((folder / "observations").glob("*.csv"))
    assert not list((folder / "observations").glob("K*.yml"))
    return str(error.value).split("Kysely 1.csv: ")[1]


def test_windows_bytes_and_semicolons_become_utf8_and_commas(bring: Callable[..., Tabled]) -> None:
    made = bring(FINNISH.encode("cp1252"))
    assert made.path.read_text(encoding="utf-8").split("\n")[:3] == [
        "Tunnus,Rooli,Nopeus,Ystävällisyys,Päivä,Sanottavaa",
        'V1,Esimies,4,5,3.2.2026,"Hyvä; mutta', 'hidas"',
    ]  # fmt: skip
    assert made.notes[:3] == (
        "read as Windows-1252", "columns parted by `;`", "1 blank rows left out",
    )  # fmt: skip


def test_what_the_columns_hold_is_guessed_into_the_description(
    bring: Callable[..., Tabled],
) -> None:
    form = bring(FINNISH.encode("utf-8-sig")).form.read_text(encoding="utf-8")
    assert "person: Tunnus\n" in form
    assert "date_form: d.m.y\n" in form
    assert "attributes: {role: Rooli}\n" in form
    assert "  role: {Esimies: esimies, Palkansaaja: palkansaaja}\n" in form
    assert "scale: {low: 1, high: 5}  # guessed" in form
    assert '  Nopeus: {code: "?", asks: experienced, text: {fi: Nopeus, en: Nopeus}}\n' in form
    assert "#   Päivä: dates, 4 filled, 3 different\n" in form


def test_the_draft_is_a_description_that_only_lacks_what_it_asks_for(
    bring: Callable[..., Tabled],
) -> None:
    made = bring(FINNISH.encode())
    study = load(made.form.parent.parent)
    assert {p.message for p in study.problems if p.path.suffix == ".yml"} == {"no code '?'."}
    survey = study.surveys["Kysely-1"]
    assert [r.answers["Nopeus"] for r in survey.rows] == [4, 2, 3, 5]
    assert survey.rows[1].said["Sanottavaa"].text == "=1+1"


def test_a_date_that_does_not_exist_and_formulas_are_told(bring: Callable[..., Tabled]) -> None:
    notes = bring(FINNISH.encode()).notes
    assert "line 4, Päivä: '31.4.2026' is no date" in notes
    assert "1 cells look like formulas and are kept as text" in notes


def test_letters_come_in_composed(bring: Callable[..., Tabled]) -> None:
    made = bring("id,a\u0308iti\nV1,a\u0308\nV2,o\u0308\n".encode())
    assert made.path.read_text(encoding="utf-8") == "id,\u00e4iti\nV1,\u00e4\nV2,\u00f6\n"


def test_utf16_with_tabs_and_decimal_commas(bring: Callable[..., Tabled]) -> None:
    made = bring('id\tk\tm\nV1\t4,5\t"a\tb"\nV2\t3\tc\n'.encode("utf-16"))
    assert made.path.read_text(encoding="utf-8") == 'id,k,m\nV1,"4,5",a\tb\nV2,3,c\n'
    assert 'decimal: ","\n' in made.form.read_text(encoding="utf-8")


def test_a_first_line_sep_is_no_header(bring: Callable[..., Tabled]) -> None:
    made = bring(b"sep=;\r\nid;arvo\r\n1;2,5\r\n")
    assert [c.name for c in made.columns] == ["id", "arvo"]


def test_a_second_header_row_becomes_the_questions_words(bring: Callable[..., Tabled]) -> None:
    made = bring(b"id,t1,t2\nResponse,Taste,Clear\nA,1,2\nB,2,3\nC,3,3\n")
    assert (made.rows, made.notes[-1]) == (
        3, "line 2 taken as a second header row, and not as a row",
    )  # fmt: skip
    form = made.form.read_text(encoding="utf-8")
    assert 't1: {code: "?", asks: experienced, text: {fi: Taste, en: Taste}}' in form


def test_merged_header_cells_name_every_column_below_them(bring: Callable[..., Tabled]) -> None:
    made = bring("id,Laatu,,Muu\n,Nopeus,Käytös,Ikä\nA,1,2,30\nB,2,3,40\nC,4,4,50\n".encode())
    assert [c.name for c in made.columns] == [
        "id", "Laatu / Nopeus", "Laatu / Käytös", "Muu / Ikä",
    ]  # fmt: skip


def test_names_that_stand_twice_are_made_different_and_told(bring: Callable[..., Tabled]) -> None:
    made = bring(b"id,laatu,laatu,, laatu\n1,4,5,x,3\n")
    assert [c.name for c in made.columns] == ["id", "laatu", "laatu-2", "column-4", "laatu-3"]
    assert made.notes[-1] == "column 5 ' laatu' is now 'laatu-3'"


def test_rows_of_a_wrong_length_are_refused_with_all_their_lines(
    bring: Callable[..., Tabled],
) -> None:
    assert refused(bring, b'id,a,b\n1,2,3\n2,3\n3,4,5,6\n"4,7,8\n5,1,1\n') == (
        "line 3 has 2 cells instead of 3. line 4 has 4 cells instead of 3. "
        "line 5: a quotation mark opens in the record that begins here and never closes. "
        "Nothing was brought in."
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"a,b\n1,\x00\n", "line 2 holds a NUL character; remove it."),
        (b"PK\x03\x04abc", "it is a workbook of a spreadsheet; save the sheet as CSV."),
        (b"a\x81b", "it is neither UTF-8 nor Windows-1252 text."),
        (b"only words\n", "it holds no table: no `;`, `,`, tab or `|` between columns."),
        (b"", "it holds no table: no `;`, `,`, tab or `|` between columns."),
    ],
)
def test_what_is_no_table_is_refused(bring: Callable[..., Tabled], data: bytes, why: str) -> None:
    assert refused(bring, data) == f"{why} Nothing was brought in."


def test_a_name_that_is_taken_is_refused(bring: Callable[..., Tabled]) -> None:
    made = bring(FINNISH.encode())
    with pytest.raises(CannotImport, match="is there already; rename the file first"):
        bring(b"a,b\n1,2\n")
    made.path.unlink()
    with pytest.raises(CannotImport, match=r"Kysely-1\.yml is there already"):
        bring(b"a,b\n1,2\n")


def test_nothing_is_written_while_another_change_is_unfinished(
    bring: Callable[..., Tabled], study_with: Write
) -> None:
    folder = study_with()
    (folder / "parameters" / ".change.json").write_text("[]\n", encoding="utf-8")
    with pytest.raises(NothingWritten):
        bring(FINNISH.encode())
    assert not (folder / "observations" / "Kysely-1.csv").exists()


def test_feedback_and_encounters_get_descriptions_of_their_kind(
    bring: Callable[..., Tabled],
) -> None:
    data = "pvm;palaute\n2010-02-01;Jonotin taas kauan\n2010-02-03;Kiitos avusta kaikille\n"
    form = bring(data.encode(), "p.csv", kind="feedback").form.read_text(encoding="utf-8")
    assert "kind: feedback\n" in form
    assert "text: palaute\ndate_column: pvm\n" in form
    data = "kk;kanava;laji;n;min\n" + 3 * "2010-01;puhelin;neuvonta;12;600\n"
    form = bring(data.encode(), "e.csv", kind="encounters").form.read_text(encoding="utf-8")
    assert "month: kk\nchannel: kanava\nencounter: laji\ncount: n\nminutes: min\n" in form


def test_the_verb_tells_what_it_took_and_what_is_left_to_do(
    study_with: Write, tmp_path: Path
) -> None:
    source = tmp_path / "k.csv"
    source.write_bytes(FINNISH.encode("cp1252"))
    given = ["import", str(source), "--into", str(study_with()), "--date", "2026"]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0
    assert "k.csv: 4 rows, 6 columns as survey" in result.output
    assert "  read as Windows-1252\n" in result.output
    assert "drafted; mend what was guessed, above all every `?`." in result.output


HOSTILE = {"column\n\u2028name": "a", "# no comment": "b", "'quoted\" : {": "c"}


def test_hostile_names_of_columns_stay_names(bring: Callable[..., Tabled]) -> None:
    names = ",".join('"' + name.replace('"', '""') + '"' for name in ["id", *HOSTILE])
    made = bring(f"{names}\nV1,1,2,3\nV2,2,3,4\nV3,5,5,5\n".encode())
    study = load(made.form.parent.parent)
    assert [p.message for p in study.problems][1:] == 3 * ["no code '?'."]
    assert list(study.surveys["Kysely-1"].form.items)[1:] == ["# no comment", "'quoted\" : {"]
