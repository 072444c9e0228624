"""Plain text comes in with its speakers, headings and every word; nothing is overwritten."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.material import importing
from workbench.material.documents import Kind, parse_document
from workbench.material.importing import (
    CannotImport,
    import_text,
    slug,
    speakers_in,
    transcript,
)
from workbench.material.stamps import pieces

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
    made = transcript(pieces(TALK)[0], id="a", kind=Kind.INTERVIEW, date="2023", language="en")
    body = made.split("---\n", 2)[2]
    assert sorted(set(TALK.split()) - set(body.split())) == []


def turns(tmp_path: Path, text: str, name: str = "P7.txt", **more: str) -> list[tuple[str, ...]]:
    """Return time, speaker and text of the turns that a file becomes."""
    path = brought_in(tmp_path, text, name, **more)
    document, problems = parse_document(path.read_text(encoding="utf-8"), path, {})
    assert problems == []
    assert document is not None
    return [(t.time, t.speaker, t.text) for t in document.turns.values()]


def test_stamps_become_times_and_who_speaks_goes_on(tmp_path: Path) -> None:
    text = """\
#00:00:02-0# I: Missä?
P7: Täällä. [0:00:09] Klo 9:00 alkoi.
[0:00:20] Ja loppui.

12:31 I: Kiitos.
P7: Niin: joo.
"""
    assert turns(tmp_path, text) == [
        ("0:00:02", "I", "Missä?"),
        ("", "P7", "Täällä."),
        ("0:00:09", "P7", "Klo 9:00 alkoi."),
        ("0:00:20", "P7", "Ja loppui."),
        ("0:12:31", "I", "Kiitos."),
        ("", "P7", "Niin: joo."),
    ]


def test_names_above_their_words_become_speakers_of_one_word(tmp_path: Path) -> None:
    text = "Matti Meri   0:03\n\nHei.\nNo niin.\n\nP7   0:05\nHei.\nMatti Meri   0:09\nJoo.\nP7   0:11\nJoo.\n"  # noqa: E501
    assert turns(tmp_path, text) == [
        ("0:00:03", "Matti-Meri", "Hei.\nNo niin."),
        ("0:00:05", "P7", "Hei."),
        ("0:00:09", "Matti-Meri", "Joo."),
        ("0:00:11", "P7", "Joo."),
    ]


CAPTIONS = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Matti Meri>Hei,</v>

00:00:04.000 --> 00:00:06.000
<v Matti Meri>kuuluuko?</v>

01:00:07.500 --> 01:00:08.000
<v P7>Kuuluu.</v>
"""


def test_successive_cues_of_one_speaker_are_one_turn(tmp_path: Path) -> None:
    assert turns(tmp_path, CAPTIONS, "P7.vtt") == [
        ("0:00:01", "Matti-Meri", "Hei, kuuluuko?"),
        ("1:00:07", "P7", "Kuuluu."),
    ]


def test_a_caption_s_speaker_can_be_given_a_name(tmp_path: Path) -> None:
    source = tmp_path / "a.vtt"
    source.write_text(CAPTIONS, encoding="utf-8")
    (made,) = import_text([source], tmp_path, date="2023", informant="E01",
                          names={"P7": "E01", "Matti Meri": "TK"})  # fmt: skip
    text = made.path.read_text("utf-8")
    assert "[1 0:00:01] TK: Hei, kuuluuko?\n\n[2 1:00:07] E01: Kuuluu." in text
    assert "Meri" not in text


def test_a_cue_that_names_nobody_goes_on_behind_one_that_does(tmp_path: Path) -> None:
    said = ("P7: Hei.", "Kuuluuko?", "I: Kuuluu.", "P7: Hyvä.", "I: Niin.")
    text = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{words}\n\n" for n, words in enumerate(said))
    assert turns(tmp_path, text, "P7.vtt")[:2] == [
        ("0:00:00", "P7", "Hei. Kuuluuko?"),
        ("0:00:02", "I", "Kuuluu."),
    ]


def test_captions_that_name_nobody_are_cut_at_sentences_and_pauses(tmp_path: Path) -> None:
    text = "".join(
        f"{n}\n00:00:{a:02},000 --> 00:00:{b:02},000\n{words}\n\n"
        for n, (a, b, words) in enumerate(
            ((1, 2, "No niin"), (2, 3, "joo."), (3, 4, "Ja"), (9, 10, "SITTEN"))
        )
    )
    assert turns(tmp_path, text, "P7.srt") == [
        ("0:00:01", "", "No niin joo."),
        ("0:00:03", "", "Ja"),
        ("0:00:09", "", "SITTEN"),
    ]


def test_what_may_be_a_stamp_and_one_that_begins_nothing_are_noted(tmp_path: Path) -> None:
    source = tmp_path / "P7.txt"
    source.write_text("P7: Joo.\n\n12:31 soitin\nP7: Niin. #00:01:00-0#\n", encoding="utf-8")
    (made,) = import_text([source], tmp_path, date="2023", informant="P7")
    assert [(n.path.name, n.line, n.message) for n in made.notes][:2] == [
        ("P7.txt", 4, "the time stamp 0:01:00 begins no turn and was left out."),
        ("P7.txt", 3, "12:31 was left among the words."),
    ]


def test_a_malformed_caption_is_brought_in_with_a_warning_at_its_line(tmp_path: Path) -> None:
    source = tmp_path / "P7.vtt"
    source.write_text(CAPTIONS.replace("01:00:07.500 -->", "01:00:xx -->"), encoding="utf-8")
    (made,) = import_text([source], tmp_path, date="2023", informant="P7")
    assert [str(n.line) + n.level for n in made.notes] == ["9warning"]
    assert "P7: Kuuluu." in made.path.read_text("utf-8")


def test_without_a_word_on_it_the_study_s_first_language_is_taken(tmp_path: Path) -> None:
    settings = tmp_path / "parameters/study.yml"
    settings.parent.mkdir()
    settings.write_text("title: {sv: Studie}\nlanguages: [sv, fi]\n", encoding="utf-8")
    source = tmp_path / "P7.txt"
    source.write_text("P7: Jo.\n", encoding="utf-8")
    (made,) = import_text([source], tmp_path, date="2023", informant="P7")
    assert (made.kind, made.language) == (Kind.INTERVIEW, "sv")
    assert "language: sv" in made.path.read_text("utf-8")


WORDS = ("joo", "Ai", "NIIN")
line = st.lists(st.sampled_from([*WORDS, "P7:", "I:", "[0:01:07]", "#00:02:03-5#"]), max_size=6)


@given(st.lists(line.map(" ".join), max_size=8))
def test_whatever_stands_where_every_word_is_in_the_transcript(made: list[str]) -> None:
    text = "\n".join(made)
    said = transcript(pieces(text)[0], id="a", kind=Kind.INTERVIEW, date="2023", language="fi",
                      informant="P7", speakers=["I"])  # fmt: skip
    body = re.sub(r"^(\[\d+( [\d:]+)?\]|##) ", "", said.split("---\n", 2)[2], flags=re.MULTILINE)
    for word in WORDS:
        assert body.split().count(word) == text.split().count(word)
    assert "[0:01:07]" not in body
    assert "#00" not in body


@pytest.mark.campaign
def test_a_million_cues_come_in(tmp_path: Path) -> None:
    source = tmp_path / "P7.vtt"
    with source.open("w", encoding="utf-8") as file:
        file.write("WEBVTT\n\n")
        for n in range(10**6):
            time = f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}"
            file.write(f"{time}.000 --> {time}.900\n<v P{n % 7}>sana {n}</v>\n\n")
    (made,) = import_text([source], tmp_path, date="2023", informant="P1")
    assert made.turns == 10**6
    assert f"[{10**6} 277:46:39] P0: sana {10**6 - 1}\n" in made.path.read_text("utf-8")


def test_a_file_larger_than_any_transcript_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGEST", -1)
    with pytest.raises(CannotImport, match="it has 0 MB; a transcript has -1 at most"):
        brought_in(tmp_path)


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


@pytest.mark.parametrize("name", ["vastaukset.csv", "sivu.HTML", "nauhoite.m4a", "koodit.yaml"])
def test_what_is_no_transcript_by_its_ending_is_refused_with_what_to_do(
    tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    source.write_text("Sanoja.\n", encoding="utf-8")
    with pytest.raises(CannotImport, match="is no transcript; save it as plain text"):
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
