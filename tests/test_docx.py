"""Words of a Word document come out paragraph by paragraph; what is none is refused."""

import zipfile
from pathlib import Path

import pytest

from workbench.material.docx import NotWord, paragraphs
from workbench.material.importing import CannotImport, import_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        text = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", text)
    return path


def p(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def t(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def test_paragraphs_and_breaks_are_lines_and_deleted_words_are_gone(tmp_path: Path) -> None:
    body = p(t("Mitä "), t("kuuluu?")) + p() + p(t("a"), "<w:br/>", t("b"), "<w:tab/>", t("c"))
    body += f"<w:ins>{p(t('uusi'))}</w:ins>" + p("<w:delText>vanha</w:delText>")
    assert paragraphs(document(tmp_path / "a.docx", body), 10**6) == (
        "Mitä kuuluu?\n\na\nb\tc\nuusi\n"
    )


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    """Word keeps a second copy of it for older versions of itself."""
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f"<mc:Choice>{t('laatikko')}</mc:Choice><mc:Fallback>{t('laatikko')}</mc:Fallback>"
    body = p(f"<mc:AlternateContent {mc}>{twice}</mc:AlternateContent>")
    assert paragraphs(document(tmp_path / "a.docx", body), 10**6) == "laatikko"


def test_a_transcript_of_teams_is_brought_in_with_speakers_and_times(tmp_path: Path) -> None:
    said = (("Matti Meri", "0:03", "Hei."), ("P7", "0:05", "Hei."), ("Matti Meri", "0:09", "No?"),
            ("P7", "1:00:11", "Joo."))  # fmt: skip
    body = "".join(p(t(who), t(f"   {when}"), "<w:br/>", t(words)) for who, when, words in said)
    source = document(tmp_path / "P7.docx", body)
    (made,) = import_text([source], tmp_path, date="2023", informant="P7")
    text = made.path.read_text("utf-8")
    assert "[3 0:00:09] Matti-Meri: No?\n\n[4 1:00:11] P7: Joo.\n" in text


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"Sanoja.", "it is no Word document"), (b"PK\x03\x04", "it is no Word document")],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    source = tmp_path / "P7.docx"
    source.write_bytes(data)
    with pytest.raises(CannotImport, match=why):
        import_text([source], tmp_path, date="2023", informant="P7")
    assert not (tmp_path / "interviews").exists()


def test_what_would_grow_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", p(t("a" * 10**6)))
    assert path.stat().st_size < 10**4
    with pytest.raises(NotWord, match="too large"):
        paragraphs(path, 10**5)


def test_entities_are_refused(tmp_path: Path) -> None:
    head = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with pytest.raises(NotWord, match="document type"):
        paragraphs(document(tmp_path / "a.docx", p(t("&a;")), head), 10**6)


def test_nesting_without_end_does_not_break_it(tmp_path: Path) -> None:
    deep = 10**5
    body = "<w:sdt>" * deep + p(t("syvällä")) + "</w:sdt>" * deep
    assert paragraphs(document(tmp_path / "a.docx", body), 10**8) == "syvällä"
