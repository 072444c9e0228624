"""The verbs of the codebook: shown before they are done, asked, and readable afterwards."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from tests.test_merge import git
from workbench.cli import main
from workbench.loading import load

Write = Callable[..., Path]


def call(*arguments: object, answer: str = "") -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=answer)


def test_a_dry_run_shows_the_diff_and_writes_nothing(study_with: Write) -> None:
    folder = study_with()
    result = call("code", "rename", "odotusaika", "jono", "--study", folder, "--dry-run")
    assert "+      jono:" in result.output
    assert result.output.endswith("Nothing was written.\n")
    assert "odotusaika" in load(folder).codebook


def test_without_a_yes_nothing_is_written(study_with: Write) -> None:
    folder = study_with()
    asked = ("code", "merge", "odotusaika", "--into", "kohteliaisuus", "--study", folder)
    assert "Nothing was written." in call(*asked, answer="n\n").output
    assert "Write 5 files? [y/N]: y" in call(*asked, answer="y\n").output
    assert "odotusaika" not in load(folder).codebook


def test_a_misspelt_code_is_one_sentence(study_with: Write) -> None:
    result = call("code", "retire", "odotusaik", "--study", study_with(), "--yes")
    assert (result.exit_code, result.output) == (
        1,
        "Error: The codebook has no 'odotusaik'. Did you mean 'odotusaika'?\n",
    )


def test_split_list_decide_and_the_history(study_with: Write, tmp_path: Path) -> None:
    folder = study_with()
    into = ("--into", "jono", "--into", "linja")
    call(
        "code", "split", "odotusaika", *into, "--study", folder, "--yes", "--reason", "kaksi asiaa"
    )
    filled = call("recode", folder, "--tsv").output.replace("odotusaika\t\t", "odotusaika\tjono\t")
    (tmp_path / "list.tsv").write_text(filled, encoding="utf-8")
    assert "2 codings wait." in call("recode", folder).output
    done = call("recode", folder, "--from", tmp_path / "list.tsv", "--yes")
    assert "2 recoded" in done.output
    assert call("recode", folder).output == "0 codings wait.\n"
    assert (
        "split odotusaika → jono, linja: 2 codings (kaksi asiaa)"
        in call("codebook", "history", folder).output
    )


def test_redefine_reads_texts_by_language(study_with: Write) -> None:
    folder = study_with()
    words = ("--definition", "Uusi.", "--definition", "en=New: a.", "--use-when", "a=b")
    assert call("code", "redefine", "odotusaika", *words, "--study", folder, "--yes").exit_code == 0
    code = load(folder).codebook["odotusaika"]
    assert (code.definition, code.use_when) == ({"fi": "Uusi.", "en": "New: a."}, {"fi": "a=b"})


def test_move_wants_one_place(study_with: Write) -> None:
    folder = study_with()
    assert call("code", "move", "odotusaika", "--study", folder).exit_code == 2
    move = ("code", "move", "odotusaika", "--to-tree", "laatutekijat", "--study", folder, "--yes")
    assert "under saavutettavuus: 7 → 5" in call(*move).output


def test_follow_and_resume_say_what_there_is_to_do(study_with: Write) -> None:
    folder = study_with()
    assert "No coding is behind" in call("code", "follow", folder).output
    assert call("code", "resume", folder).output == "0 problems in the study.\n"


def test_a_diff_against_git_names_the_codings(study_with: Write) -> None:
    folder = study_with()
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "start")):
        git(folder, *arguments)
    call("code", "merge", "odotusaika", "--into", "kohteliaisuus", "--study", folder, "--yes")
    output = call("codebook", "diff", "HEAD", "--study", folder, "--codings").output
    assert "2 of 9 codings would fall differently." in output
    assert "o01.aino [1] 5–22 'Jonossa seitsemän': odotusaika → kohteliaisuus" in output
