"""Plain text comes in with its speakers, headings and every word; nothing is overwritten."""

from pathlib import Path

import pytest

from workbench.material.documents import Kind, parse_document
from workbench.material.importing import (
    CannotImport,
    import_text,
    slug,
    speakers_in,
    transcript,
)

TALK = """\
BACKGROUND

I: How long have you worked here?
P7: Ten years. Note: not in this team.

I: And before?
P7: Elsewhere.

Warning: loud noise.
"""


def brought_in(tmp_path: Path, text: str = TALK, name: str = "Talk P7.txt", **more: str) -> Path:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    options = {"date": "2023", "informant": r"P\d+", "language": "en", **more}
    (imported,) = import_text([source], tmp_path / "study", **options)  # type: ignore[arg-type]
    return imported.path


def test_who_speaks_twice_is_a_speaker_and_once_is_text() -> None:
    assert speakers_in(TALK) == ("I", "P7")


def test_an_imported_file_is_a_sound_transcript_with_every_word(tmp_path: Path) -> None:
    path = brought_in(tmp_path)
    document, problems = parse_document(path.read_text(encoding="utf-8"), path, {})
    assert problems == []
    assert document is not None
    assert (document.id, document.kind, document.informant) == ("Talk-P7", Kind.INTERVIEW, "P7")
    assert [(t.speaker, t.text) for t in document.turns.values()] == [
        ("I", "How long have you worked here?"),
        ("P7", "Ten years. Note: not in this team."),
        ("I", "And before?"),
        ("P7", "Elsewhere."),
        ("", "Warning: loud noise."),
    ]
    assert {t.heading for t in document.turns.values()} == {"BACKGROUND"}


def test_lines_that_follow_without_a_blank_one_are_the_same_speaker_s(tmp_path: Path) -> None:
    text = (
        "I: Mitä sitten\ntapahtui?\nP7: Odotin.\nJa odotin.\n[3] kertaa.\n\nHiljaisuus.\nI: Niin.\n"
    )
    path = brought_in(tmp_path, text)
    document, problems = parse_document(path.read_text(encoding="utf-8"), path, {})
    assert document is not None
    assert [(t.speaker, t.text) for t in document.turns.values()] == [
        ("I", "Mitä sitten\ntapahtui?"), ("P7", "Odotin.\nJa odotin."), ("", "[3] kertaa."),
        ("", "Hiljaisuus."), ("I", "Niin."),
    ]  # fmt: skip
    assert problems == []


def test_a_list_mark_below_a_speaker_s_line_is_a_note_and_not_their_words(tmp_path: Path) -> None:
    path = brought_in(tmp_path, "P7: Luen\nJiran.\n- Mielenkiintoista.\n- kuva-aiheinen\n")
    document, _ = parse_document(path.read_text(encoding="utf-8"), path, {})
    assert document is not None
    assert [(t.speaker, t.text) for t in document.turns.values()] == [
        ("P7", "Luen\nJiran."), ("", "- Mielenkiintoista."), ("", "- kuva-aiheinen"),
    ]  # fmt: skip


def test_a_label_of_the_text_can_be_given_its_name(tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    source.write_text("H: Miten menee?\nEsimies: Hyvin.\n", encoding="utf-8")
    names = {"H": "TK", "Esimies": "E01"}
    (made,) = import_text([source], tmp_path, date="2010", informant="E01", names=names)
    document, problems = parse_document(made.path.read_text(encoding="utf-8"), made.path, {})
    assert problems == []
    assert document is not None
    assert [t.speaker for t in document.turns.values()] == ["TK", "E01"]


def test_an_observation_goes_to_its_own_folder(tmp_path: Path) -> None:
    assert brought_in(tmp_path, kind="observation").parent.name == "observations"


def test_no_word_is_lost_or_changed() -> None:
    made = transcript(TALK, id="a", kind=Kind.INTERVIEW, date="2023", language="en")
    body = made.split("---\n", 2)[2]
    assert sorted(set(TALK.split()) - set(body.split())) == []


def test_who_speaks_in_one_file_is_a_speaker_in_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "P1.txt").write_text("I: Mitä?\nP1: Joo.\nI: Entä?\n", encoding="utf-8")
    (tmp_path / "P2.txt").write_text("I: Miten?\nP2: Niin.\n", encoding="utf-8")
    files = [tmp_path / "P1.txt", tmp_path / "P2.txt"]
    first, second = import_text(files, tmp_path / "study", date="2023", informant=r"P\d")
    assert (first.speakers, second.speakers) == (("I", "P1"), ("I", "P2"))
    assert "[1] I: Miten?" in second.path.read_text(encoding="utf-8")
    assert "speakers: [I]" in second.path.read_text(encoding="utf-8")


def test_a_paragraph_between_speakers_that_names_nobody_is_noted(tmp_path: Path) -> None:
    source = tmp_path / "P7.txt"
    talk = "LOPUKSI\n\nI: Niin?\n\nP7: Joo.\n\nSe vei viikon.\n\nI: Entä?\n\nMUUTA\n\nOvi kävi.\n"
    source.write_text(talk, encoding="utf-8")
    (made,) = import_text([source], tmp_path, date="2023", informant="P7")
    assert [(n.line, n.message, n.hint) for n in made.notes] == [
        (16, "turn [3] names no speaker.", "If P7 goes on speaking, begin it with `P7: `."),
    ]


@pytest.mark.parametrize(
    ("informant", "date", "why"),
    [
        (r"X\d", "2023", r"its name holds no informant like 'X\\d'."),
        (r"P(\d", "2023", "is no pattern: missing \\)"),
        (r"P\d", "202x", "'202x' is not a date. Write 2010, 2010-03"),
    ],
)
def test_what_no_transcript_could_hold_is_refused_and_nothing_written(
    tmp_path: Path, informant: str, date: str, why: str
) -> None:
    with pytest.raises(CannotImport, match=why):
        brought_in(tmp_path, informant=informant, date=date)
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xe4iti\n", "byte 0 \\(0xe4\\) is not UTF-8."),
        (b" \n\n", "it holds no words."),
        (b"PK\x03\x04\x00\x00", "holds a NUL character."),
    ],
)
def test_what_is_no_text_is_refused_and_nothing_written(
    tmp_path: Path, data: bytes, why: str
) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(data)
    with pytest.raises(CannotImport, match=f"{why}.*Nothing was brought in"):
        import_text([source], tmp_path / "study", date="2023")
    assert not (tmp_path / "study").exists()


def test_a_file_that_cannot_come_in_keeps_out_those_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sanoja.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xe4iti\n")
    (tmp_path / "a.md").write_text("Muuta.\n", encoding="utf-8")
    for second in ("b.txt", "a.md"):
        with pytest.raises(CannotImport):
            import_text([tmp_path / "a.txt", tmp_path / second], tmp_path / "study", date="2023")
        assert not (tmp_path / "study").exists()


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = brought_in(tmp_path)
    before = path.read_bytes()
    with pytest.raises(CannotImport, match="is there already; rename the file first"):
        brought_in(tmp_path, "Muuta.\n")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Äiti ja isä", "Aiti-ja-isa"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", "document"),
        ("x" * 99, "x" * 64),
        ("--a--", "a"),
    ],
)
def test_a_file_s_name_becomes_a_safe_id(name: str, made: str) -> None:
    assert slug(name) == made
