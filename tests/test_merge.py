"""Two coders' work merges in git: no conflict, nothing lost, nothing twice."""

import random
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import write_study
from workbench.base.files import read, write
from workbench.coding.codings import Coding, format_codings, parse_codings, sidecar
from workbench.coding.desk import Desk
from workbench.coding.history import HEADER
from workbench.loading import load
from workbench.revision.asking import Note
from workbench.revision.changes import apply
from workbench.revision.queue import decide, recoding_queue
from workbench.revision.verbs import redefine

DOCUMENTS = ("h01", "h02", "h03", "o01")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=koe", "-c", "user.email=koe@invalid")
    return subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=False, capture_output=True, text=True
    )


def work(folder: Path, coder: str, chance: random.Random) -> set[tuple[object, ...]]:
    """Add and delete codings of `coder` at random; return what the coder meant to have."""
    study = load(folder)
    meant = set[tuple[object, ...]]()
    for name in DOCUMENTS:
        document = study.documents[name]
        path = sidecar(document.path, coder)
        text = read(path)[0]
        codings, _ = parse_codings(text.content, path, name, coder) if path.exists() else ([], [])
        for _ in range(chance.randrange(1, 9)):
            turn = chance.choice(list(document.turns.values()))
            start = chance.randrange(len(turn.text) - 1)
            end = chance.randrange(start + 1, len(turn.text) + 1)
            quote = turn.text[start:end]
            if not quote.strip():
                continue
            code = chance.choice(list(study.codebook.content))
            line = f"turn\tstart\tend\tcode\tfacets\tquote\tmemo\n{turn.number}\t{start}\t{end}\t"
            (more,), _ = parse_codings(f"{line}{code}\t\t{quote}\t\n", path, name, coder)
            if all((c.passage, c.code) != (more.passage, more.code) for c in codings):
                codings.append(more)
        if codings and chance.random() < 0.4:
            codings.pop(chance.randrange(len(codings)))
        write(text, format_codings(codings))
        meant |= judgements(codings, coder)
    return meant


def judgements(codings: Iterable[Coding], coder: str) -> set[tuple[object, ...]]:
    return {(c.passage, c.code, c.memo) for c in codings if c.coder == coder}


def history(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    write_study(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "start")
    made = {}
    for coder in ("aino", "eero"):
        git(folder, "checkout", "-q", "-b", coder, "main")
        for _ in range(chance.randrange(1, 4)):
            made[coder] = work(folder, coder, chance)
            git(folder, "add", "-A")
            git(folder, "commit", "-qm", coder)
    git(folder, "checkout", "-q", "main")
    for coder in made:
        merged = git(folder, "merge", "-q", "--no-edit", coder)
        assert merged.returncode == 0, merged.stdout
    study = load(folder)
    assert [p for p in study.problems if p.level == "error" and "care" not in str(p.path)] == []
    for coder, expected in made.items():
        assert judgements(study.codings, coder) == expected
        assert len([c for c in study.codings if c.coder == coder]) == len(expected)


@pytest.mark.parametrize("seed", range(20))
def test_two_coders_histories_merge_without_conflict_or_loss(tmp_path: Path, seed: int) -> None:
    history(tmp_path / "study", seed)


def redefined(folder: Path, branch: str, text: str, words: str) -> None:
    """On a branch of their own, somebody redefines courtesy and codes `words` so."""
    git(folder, "checkout", "-q", "-b", branch, "main")
    note = Note(who=branch, reason=text)
    apply(redefine(load(folder), "kohteliaisuus", {"definition": {"fi": text}}, note))
    study = load(folder)
    turn = study.documents["h02"].turns[2].text
    desk = Desk(study.documents["h02"], branch, study.codebook)
    desk.code(2, turn.index(words), turn.index(words) + len(words), "kohteliaisuus")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", branch)


@pytest.fixture
def forked(tmp_path: Path) -> Path:
    """Aino and Eero redefine the same code in two branches; Aino's text is kept in the merge."""
    folder = write_study(tmp_path / "study")
    (folder / ".gitattributes").write_text("parameters/codebook/history.tsv merge=union\n")
    (folder / "parameters/codebook/history.tsv").write_text(HEADER, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "start")
    redefined(folder, "aino", "Tapa puhua.", "oma ihminen")
    redefined(folder, "eero", "Tervehtiminen.", "jolle soitan")
    git(folder, "checkout", "-q", "main")
    assert git(folder, "merge", "-q", "--no-edit", "aino").returncode == 0
    assert git(folder, "merge", "-q", "--no-edit", "-X", "ours", "eero").returncode == 0
    return folder


def waits(folder: Path) -> set[str]:
    return {w.coding.passage.quote for w in recoding_queue(load(folder))}


def test_a_code_redefined_in_two_branches_is_an_error_with_its_line_and_remedy(
    forked: Path,
) -> None:
    (told,) = (p for p in load(forked).problems if p.level == "error")
    line = (forked / told.path).read_text("utf-8").split("\n").index("  kohteliaisuus:") + 1
    assert (told.path.name, told.line) == ("laatutekijat.yml", line)
    assert "meaning 2 of 'kohteliaisuus' was given to it in two branches" in told.message
    assert "its 2 codings" in told.message
    assert "`workbench code redefine kohteliaisuus`" in told.hint


def test_its_remedy_lets_the_codings_of_both_branches_wait_until_confirmed(forked: Path) -> None:
    both = {"oma ihminen", "jolle soitan"}
    assert waits(forked) == {"Ystävällisiä ne kyllä on aina."}
    apply(redefine(load(forked), "kohteliaisuus"))
    assert waits(forked) > both
    assert [p for p in load(forked).problems if p.level == "error"] == []
    queue = recoding_queue(load(forked))
    apply(decide(load(forked), [w.become("kohteliaisuus") for w in queue]))
    assert waits(forked) == set()
    assert "kohteliaisuus:3" in (forked / "interviews/h02.eero.tsv").read_text("utf-8")


def test_a_redefinition_in_one_branch_only_is_no_error(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "study")
    for text in ("Tapa puhua.", "Tervehtiminen."):
        apply(redefine(load(folder), "kohteliaisuus", {"definition": {"fi": text}}))
    assert [p for p in load(folder).problems if p.level == "error"] == []
    assert load(folder).codebook["kohteliaisuus"].meaning == 3


def test_one_shared_file_would_conflict(tmp_path: Path) -> None:
    """The control: the same two additions in one file do not merge."""
    git(tmp_path, "init", "-q", "-b", "main")
    for branch, line in (("main", "a\n"), ("aino", "a\nb\n"), ("eero", "a\nc\n")):
        if branch != "main":
            git(tmp_path, "checkout", "-q", "-b", branch, "main")
        (tmp_path / "codings.tsv").write_text(line)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", branch)
    assert git(tmp_path, "merge", "aino").returncode != 0
