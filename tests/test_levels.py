"""Actions by level: whose task each is, from management to system (R38)."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.conftest import STUDY

Write = Callable[..., Path]
PARTIES = "parameters/care/parties.yml"
LEVELLED = STUDY[PARTIES].replace("side: provider}", "side: provider, level: handler}")


def test_an_action_is_counted_at_the_level_of_its_owner(study_with: Write) -> None:
    table = wb.actions_by_level(wb.load(study_with({PARTIES: LEVELLED})), "en").table
    assert table.to_numpy().tolist() == [
        ["management", 0, ""], ["team", 0, ""], ["handler", 1, "T01"],
        ["customer", 0, ""], ["system", 0, ""],
    ]  # fmt: skip


def test_an_owner_without_a_level_is_told_and_not_left_out(study_with: Write) -> None:
    table = wb.actions_by_level(wb.load(study_with()), "en").table
    assert table.to_numpy().tolist()[-1] == ["level missing", 1, "T01"]


def test_a_view_counts_the_actions_of_its_plan(study_with: Write) -> None:
    actions = STUDY["parameters/care/actions.yml"]
    two = actions + actions.replace("T01", "T02")
    study = wb.load(study_with({"parameters/care/actions.yml": two, PARTIES: LEVELLED}))
    assert wb.actions_by_level(study).table.iloc[:, 1].sum() == 2
    assert wb.actions_by_level(study.where(segment="esimiehet-koulu")).table.iloc[:, 1].sum() == 1


def test_the_picture_has_a_bar_for_every_level_also_an_empty_one(study_with: Write) -> None:
    (bars,) = wb.actions_by_level(wb.load(study_with({PARTIES: LEVELLED})), "en").chart().data
    assert list(bars.x) == [0, 0, 1, 0, 0]
    assert list(bars.y)[2] == "handler"
