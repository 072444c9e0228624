"""A file is read whole or not at all, and written only if it is still as it was read."""

import multiprocessing
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from filelock import SoftFileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.base import files
from workbench.base.files import Changed, Locked, Text, read, write
from workbench.base.problems import Level

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), min_size=1, max_size=60
).map(lambda text: unicodedata.normalize("NFC", text))


@given(texts)
@settings(deadline=None)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("round") / "h01.md"
    written = write(Text(path, ""), text)
    assert read(path) == (written, [])
    assert written.content == text


@given(st.lists(texts.map(lambda text: text.replace("\n", "")), min_size=2, max_size=5))
@settings(deadline=None)
def test_a_file_with_crlf_keeps_crlf(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.mktemp("crlf") / "h01.md"
    path.write_bytes("\r\n".join(lines).encode())
    text, _ = read(path)
    assert text.content == "\n".join(lines)
    write(text, text.content + "\nloppu\n")
    assert path.read_bytes() == "\r\n".join([*lines, "loppu", ""]).encode()


def test_a_file_with_plain_line_ends_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"yksi\nkaksi\n")
    text, _ = read(path)
    write(text, text.content + "kolme\n")
    assert path.read_bytes() == b"yksi\nkaksi\nkolme\n"


def test_line_ends_of_old_macs_are_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"yksi\rkaksi\r")
    assert read(path)[0].content == "yksi\nkaksi\n"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xef\xbb\xbftitle: Koe\n")
    text, problems = read(path)
    assert (text.content, problems) == ("title: Koe\n", [])


def test_decomposed_letters_are_read_composed_and_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(unicodedata.normalize("NFD", "ei\npäätös\n").encode())
    text, (problem,) = read(path)
    assert text.content == "ei\npäätös\n"
    assert (problem.line, problem.level) == (2, Level.WARNING)
    assert "decomposed (NFD)" in problem.message


def test_bytes_that_are_not_utf_8_are_told_by_line_and_byte_and_nothing_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("yksi\npäätös\n".encode("latin-1"))
    text, (problem,) = read(path)
    assert text.content == ""
    assert str(problem).startswith(f"{path}:2: byte 6 (0xe4) is not UTF-8. Save the file as UTF-8")


def test_behind_a_byte_order_mark_bytes_are_counted_from_the_start_of_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfyksi\n\xe4iti\n")
    _, (problem,) = read(path)
    assert (problem.line, problem.message) == (2, "byte 8 (0xe4) is not UTF-8.")


def test_a_utf_16_file_is_refused_at_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("hei".encode("utf-16"))
    text, (problem,) = read(path)
    assert text.content == ""
    assert problem.line == 1
    assert "byte 0 (0xf" in problem.message


def test_a_nul_character_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"yksi\nka\0ksi\n")
    (problem,) = read(path)[1]
    assert (problem.line, problem.level) == (2, Level.ERROR)
    assert "NUL" in problem.message


def test_a_file_that_is_not_there_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    text, (problem,) = read(tmp_path / "puuttuu.md")
    assert text.digest == ""
    assert "puuttuu.md:1: cannot be read: " in str(problem)


def test_a_file_changed_by_somebody_is_left_and_the_refused_version_is_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "h01.aino.tsv"
    path.write_bytes(b"luettu\n")
    text, _ = read(path)
    path.write_bytes(b"toisen\n")
    with pytest.raises(Changed) as refused:
        write(text, "oma\n")
    (kept,) = tmp_path.glob("h01.aino.tsv.refused-*")
    assert (path.read_bytes(), kept.read_bytes()) == (b"toisen\n", b"oma\n")
    assert str(kept) in str(refused.value)


def test_a_file_removed_by_somebody_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"luettu\n")
    text, _ = read(path)
    path.unlink()
    with pytest.raises(Changed, match="somebody changed this file"):
        write(text, "oma\n")
    assert not path.exists()


def test_a_new_file_is_not_written_over_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"toisen\n")
    with pytest.raises(Changed):
        write(Text(path, ""), "oma\n")
    assert path.read_bytes() == b"toisen\n"


def test_what_write_returns_can_be_written_again(tmp_path: Path) -> None:
    first = write(Text(tmp_path / "uusi" / "a.md", ""), "yksi\n")
    second = write(first, "yksi\nkaksi\n")
    assert read(second.path)[0] == second
    assert second.path.read_bytes() == b"yksi\nkaksi\n"


def test_writing_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    write(write(Text(tmp_path / "a.md", ""), "yksi\n"), "kaksi\n")
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    text = write(Text(tmp_path / "a.md", ""), "sama\n")
    before = text.path.stat()
    write(text, "sama\n")
    assert (text.path.stat().st_ino, text.path.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )


@posix
@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_the_mode_of_an_existing_file_is_kept(tmp_path: Path, mode: int) -> None:
    text = write(Text(tmp_path / "a.md", ""), "yksi\n")
    text.path.chmod(mode)
    write(text, "kaksi\n")
    assert text.path.stat().st_mode & 0o777 == mode


@posix
def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    text = write(Text(tmp_path / "a.md", ""), "yksi\n")
    assert text.path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def append(path: Path, who: int, times: int) -> None:
    for n in range(times):
        while True:
            text, _ = read(path)
            try:
                write(text, f"{text.content}{who} {n}\n")
                break
            except Changed:
                continue


def test_eight_programs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"alku\n")
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(8, mp_context=spawn) as pool:
        for done in [pool.submit(append, path, who, 5) for who in range(8)]:
            done.result()
    lines = path.read_text().splitlines()
    assert sorted(lines[1:]) == sorted(f"{who} {n}" for who in range(8) for n in range(5))
    assert lines[0] == "alku"


def test_a_file_that_another_program_holds_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.1)
    text = write(Text(tmp_path / "a.md", ""), "yksi\n")
    with SoftFileLock(tmp_path / ".a.md.lock"), pytest.raises(Locked, match="another program"):
        write(text, "kaksi\n")
    assert text.path.read_bytes() == b"yksi\n"


def test_the_lock_of_a_killed_program_does_not_outlive_it(tmp_path: Path) -> None:
    text = write(Text(tmp_path / "a.md", ""), "yksi\n")
    die = (
        "import os, sys, filelock\n"
        "lock = filelock.SoftFileLock(sys.argv[1])\n"
        "lock.acquire()\n"
        "os._exit(9)\n"
    )
    lock = tmp_path / ".a.md.lock"
    subprocess.run([sys.executable, "-c", die, lock], check=False)
    assert lock.exists()
    assert write(text, "kaksi\n").path.read_bytes() == b"kaksi\n"
