"""Every pointer of docs/requirements.md leads somewhere, and every answer in it is given so."""

import functools
import html
import re
import shlex
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

import workbench as wb
from tests.environment import ROOT
from tests.test_cli import commands
from workbench.asked import results
from workbench.care.model import FOLDERS, TABLES
from workbench.cli import main
from workbench.reports.handbook import APPENDICES, CHAPTERS

TEXT = (ROOT / "docs/requirements.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| R\d", line)
]
POINTERS = [(row[0], pointer) for row in ROWS for pointer in re.findall("`([^`]+)`", row[2])]
QUESTIONS = re.split(r"^### ", TEXT, flags=re.M)[1:]


def told(question: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command or page of a question, and the lines it must say."""
    for block in re.findall(r"^```\n([$@] .*?)^```", question, flags=re.M | re.S):
        asked, *lines = block.strip().splitlines()
        yield asked, [line.strip() for line in lines]


ANSWERS = [(q.split(".")[0], *answer) for q in QUESTIONS for answer in told(q)]


@functools.cache
def example() -> wb.Study:
    return wb.load(ROOT)


def answer(asked: str) -> str:
    """Return what a command prints or a page says, as plain text in one line."""
    mark, *words = shlex.split(asked)
    if mark == "$":
        result = CliRunner().invoke(main, words[1:])
        assert result.exit_code == 0, result.output
        return re.sub(r"\s+", " ", result.output)
    name, *segment = words
    study = example().where(segment=segment[0]) if segment else example()
    page = getattr(wb, name.removeprefix("wb."))(study)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.frame)))


def wrong(pointer: str) -> str:
    """Return what is wrong with a pointer, or nothing."""
    if pointer.startswith("wb."):
        return "" if pointer.removeprefix("wb.") in wb.__all__ else "no public function"
    if pointer.startswith("workbench "):
        verb, *more = pointer.removeprefix("workbench ").split()
        known = {*results(), *TABLES, *FOLDERS}
        if verb == "show" and more and more[0] not in known:
            return "nothing to show"
        return "" if verb in commands(main) else "no verb"
    if pointer.startswith("handbook#"):
        keys = {chapter.key for chapter in (*CHAPTERS, *APPENDICES)}
        return "" if pointer.removeprefix("handbook#") in keys else "no chapter"
    name, _, anchor = pointer.partition("#")
    if not (ROOT / name).is_file():
        return "no file"
    heads = re.findall(r"^#+ (.+)$", (ROOT / name).read_text(encoding="utf-8"), flags=re.M)
    anchors = {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}
    return "" if not anchor or anchor in anchors else "no heading"


def test_every_requirement_stands_once_and_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"R{n}" for n in range(1, 85)]


@pytest.mark.parametrize(("requirement", "pointer"), POINTERS)
def test_every_pointer_leads_somewhere(requirement: str, pointer: str) -> None:
    assert wrong(pointer) == "", requirement


@pytest.mark.parametrize(
    ("pointer", "what"),
    [
        ("wb.qualities", "no public function"),
        ("workbench chek", "no verb"),
        ("workbench show qualiti", "nothing to show"),
        ("handbook#preface", "no chapter"),
        ("parameters/care/ruels.yml", "no file"),
        ("docs/files.md#the-fields", "no heading"),
    ],
)
def test_a_pointer_into_nothing_is_seen(pointer: str, what: str) -> None:
    assert wrong(pointer) == what


def test_every_row_works_by_a_pointer_or_says_why_it_is_open() -> None:
    for requirement, _, where, state in ROWS:
        assert state == "works" or re.fullmatch(r"open: .{10,}", state), requirement
        assert "`" in where or state != "works", requirement


def test_fifteen_questions_are_answered() -> None:
    assert [q.split(".")[0] for q in QUESTIONS] == [str(n) for n in range(1, 16)]
    for question in QUESTIONS:
        assert list(told(question)) or "*open*: " in question, question


@pytest.mark.parametrize(("number", "asked", "lines"), ANSWERS)
def test_an_answer_is_what_the_command_prints(
    number: str, asked: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of the answer stands in the output, … stands for anything; none is left out."""
    monkeypatch.chdir(ROOT)
    said = answer(asked)
    assert lines
    for line in lines:
        parts = (re.escape(re.sub(r"\s+", " ", part.strip())) for part in line.split("…"))
        assert re.search(".*?".join(parts), said), f"{number}: {line}\n{said[:2000]}"
