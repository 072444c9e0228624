"""Several files written as one: all or none, also when somebody interferes or the process dies."""

import os
from pathlib import Path

import pytest

from workbench.base import edits, files
from workbench.base.edits import (
    Edit,
    HalfWritten,
    NothingWritten,
    diff,
    finish,
    unfinished,
    write_all,
)
from workbench.base.files import Text, read

NAMES = ("a.txt", "b.txt", "c.txt")


@pytest.fixture
def change(tmp_path: Path) -> tuple[list[Edit], Path]:
    for name in NAMES:
        (tmp_path / name).write_text(f"old {name}\n")
    planned = [Edit(read(tmp_path / name)[0], f"new {name}\n") for name in NAMES]
    return [*planned, Edit(Text(tmp_path / "d.txt", ""), "new d.txt\n")], tmp_path / ".change.json"


def contents(folder: Path) -> set[str]:
    return {path.read_text().split()[0] for path in folder.glob("?.txt")}


def test_all_files_are_written_and_the_journal_is_gone(change: tuple[list[Edit], Path]) -> None:
    planned, journal = change
    write_all(planned, journal)
    assert contents(journal.parent) == {"new"}
    assert sorted(p.name for p in journal.parent.glob("*")) == [*NAMES, "d.txt"]


def test_the_diff_names_new_files_and_every_changed_line(change: tuple[list[Edit], Path]) -> None:
    planned, journal = change
    text = diff(planned, journal.parent)
    assert "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-old a.txt\n+new a.txt\n" in text
    assert "--- /dev/null\n+++ b/d.txt\n" in text


def test_one_changed_file_stops_all(change: tuple[list[Edit], Path]) -> None:
    planned, journal = change
    (journal.parent / "c.txt").write_text("theirs")
    with pytest.raises(NothingWritten, match=r"c\.txt: somebody changed this file"):
        write_all(planned, journal)
    assert contents(journal.parent) == {"old", "theirs"}
    assert sorted(p.name for p in journal.parent.iterdir()) == list(NAMES)


def test_a_change_in_the_very_moment_puts_back_what_was_written(
    change: tuple[list[Edit], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    planned, journal = change
    meddle(monkeypatch, lambda: (journal.parent / "c.txt").write_text("theirs"))
    with pytest.raises(NothingWritten, match="No other file was changed"):
        write_all(planned, journal)
    assert contents(journal.parent) == {"old", "theirs"}
    assert not journal.exists()


def test_what_cannot_be_put_back_is_named(
    change: tuple[list[Edit], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    planned, journal = change

    def both() -> None:
        (journal.parent / "c.txt").write_text("theirs")
        (journal.parent / "a.txt").write_text("theirs too")

    meddle(monkeypatch, both)
    with pytest.raises(HalfWritten, match=r"could not be put back: .*a\.txt\."):
        write_all(planned, journal)


def meddle(monkeypatch: pytest.MonkeyPatch, act: object) -> None:
    """Let somebody act between the writing of the second and the third file."""
    real = edits.write

    def write(text: Text, content: str) -> Text:
        if text.path.name == "c.txt" and content.startswith("new"):
            act()  # type: ignore[operator]
        return real(text, content)

    monkeypatch.setattr(edits, "write", write)


@pytest.mark.parametrize("after", range(5))
def test_a_killed_change_is_told_and_finished(
    change: tuple[list[Edit], Path], after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is the first file written; then the process dies after `after` more."""
    planned, journal = change
    if not (child := os.fork()):
        left = [after + 1]
        real = files.replace

        def replace(path: Path, data: bytes) -> None:
            if not left[0]:
                os._exit(0)
            left[0] -= 1
            real(path, data)

        files.replace = replace
        try:
            write_all(planned, journal)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    if after < 4:
        assert f"{after} of 4 are written" in str(unfinished(journal)[0])
        with pytest.raises(NothingWritten, match="workbench code resume"):
            write_all(planned, journal)
    assert finish(journal) == []
    assert contents(journal.parent) == {"new"}
    assert unfinished(journal) == []


def test_finishing_leaves_what_somebody_changed_since(change: tuple[list[Edit], Path]) -> None:
    planned, journal = change
    files.write(Text(journal, ""), edits._written(planned, journal.parent))
    (journal.parent / "b.txt").write_text("theirs")
    assert finish(journal) == [journal.parent / "b.txt"]
    assert contents(journal.parent) == {"new", "theirs"}
    assert [p.read_text() for p in journal.parent.glob("b.txt.refused-*")] == ["new b.txt\n"]
