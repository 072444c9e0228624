"""Nine codes on the number keys: a key means one code until a tenth needs it."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from workbench.lab.bar import Bar, usual
from workbench.loading import load

Write = Callable[..., Path]


def test_a_code_keeps_its_number_until_a_tenth_needs_one() -> None:
    bar = Bar(["a"], list("bcdefghi"))
    bar.take("h")
    bar.take("x")
    assert (bar.codes, bar.active) == (list("abcdefghx"), "x")
    bar.take("y")
    bar.take("z")
    assert bar.codes == list("abcdezyhx")


def test_a_pinned_code_never_yields_its_number() -> None:
    bar = Bar("abcdefghi", [])
    bar.take("x")
    assert bar.told() == {"bar": list("abcdefghi"), "active": "x"}


def test_the_code_used_longest_ago_yields_first() -> None:
    bar = Bar([], "abcdefghi")
    for code in "bcdefghiax":
        bar.take(code)
    assert bar.codes == list("axcdefghi")


def test_a_short_bar_grows_in_the_order_of_use() -> None:
    bar = Bar([], "ab")
    bar.take("c")
    bar.take("a")
    assert bar.codes == list("abc")


def test_the_usual_codes_are_those_given_most_and_not_retired(study_with: Write) -> None:
    said = STUDY["interviews/h02.aino.tsv"].replace("saavutettavuus", "kohteliaisuus")
    book = STUDY["parameters/codebook/laatutekijat.yml"].replace(
        "definition: Jonotus.", "definition: Jonotus.\n        retired: 2026-01-01"
    )
    changes = {
        "interviews/h01.aino.tsv": None,
        "interviews/h02.aino.tsv": said,
        "parameters/codebook/laatutekijat.yml": book,
    }
    study = load(study_with(changes))
    assert usual(study, "aino") == ["saavutettavuus", "kohteliaisuus", "nimetty-yhteyshenkilö"]
    assert usual(study, "eero") == ["saavutettavuus"]
