"""Nine codes on the number keys: a key means one code until a tenth needs it."""

from collections.abc import Callable
from pathlib import Path

from workbench.lab.bar import Bar, usual
from workbench.study import load

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


def test_a_short_bar_grows_in_the_order_of_use() -> None:
    bar = Bar([], "ab")
    bar.take("c")
    bar.take("a")
    assert bar.codes == list("abc")


def test_the_usual_codes_are_those_given_most_and_not_retired(study_with: Write) -> None:
    study = load(study_with())
    assert usual(study, "aino") == [
        "saavutettavuus", "odotusaika", "kohteliaisuus", "nimetty-yhteyshenkilö",
    ]  # fmt: skip
    assert usual(study, "eero") == ["saavutettavuus"]
