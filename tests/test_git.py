"""What git remembers of a file, and that nothing breaks where there is no git."""

from pathlib import Path

import pytest

from tests.edits import git
from workbench.base.git import (
    commit_named,
    commits,
    files_at,
    is_shallow,
    last_commit,
    tags,
    text_at,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with two commits, the first in NFD, and an edit that is not committed."""
    path = tmp_path / "h01.md"
    git(tmp_path, "init", "-q")
    for text in ("a\u0308iti\n", "äiti ja isä\n"):
        path.write_text(text, encoding="utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", "koe")
    path.write_text("muuta\n", encoding="utf-8")
    return path


def test_the_commits_of_a_file_come_newest_first(path: Path) -> None:
    newest, oldest = commits(path)
    assert last_commit(path) == newest != oldest
    assert commits(path, oldest) == [oldest]


def test_a_text_is_read_as_it_was_committed_and_like_any_file(path: Path) -> None:
    assert [text_at(path, c) for c in commits(path)] == ["äiti ja isä\n", "äiti\n"]


def test_bytes_that_were_not_utf8_are_no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    git(path.parent, "commit", "-qam", "koe")
    assert text_at(path, "HEAD") is None


def test_a_file_git_does_not_know_has_no_past(path: Path) -> None:
    other = path.with_name("h02.md")
    other.write_text("x", encoding="utf-8")
    assert (last_commit(other), text_at(other, "HEAD")) == (None, None)


def test_a_folder_without_git_has_no_past(tmp_path: Path) -> None:
    assert last_commit(tmp_path / "h01.md") is None


def test_a_machine_without_git_has_no_past(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert last_commit(path) is None


def test_files_are_read_as_they_were_wherever_their_folder_lies(tmp_path: Path) -> None:
    study = tmp_path / "työ" / "hr"
    (study / "interviews").mkdir(parents=True)
    (study / "interviews" / "h 1 ä.md").write_bytes(b"eka\n\n")
    (study / "interviews" / "tyhjä.md").write_bytes(b"")
    (study / "muu.md").write_text("ei")
    (study / "interviews" / "linkki.md").symlink_to("h 1 ä.md")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "koe")
    (study / "interviews" / "h 1 ä.md").write_text("toka")
    commit = commit_named(study, "HEAD")
    assert commit is not None
    found = files_at(study, commit, ["interviews", "ei-ole"])
    assert found == {"interviews/h 1 ä.md": b"eka\n\n", "interviews/tyhjä.md": b""}


def test_a_name_that_looks_like_an_option_is_no_commit(path: Path) -> None:
    assert commit_named(path.parent, "--help") is None
    assert commit_named(path.parent, "HEAD") == last_commit(path)


def test_files_of_a_commit_git_does_not_know_are_none(path: Path) -> None:
    assert files_at(path.parent, "0" * 40, ["."]) is None
    assert files_at(path.parent, "HEAD", ["nowhere"]) == {}


def test_tags_are_none_where_there_is_no_repository(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git(path.parent, "tag", "r1")
    assert tags(path.parent) == ["r1"]
    assert not is_shallow(path.parent)
    assert tags(tmp_path_factory.mktemp("bare")) is None
