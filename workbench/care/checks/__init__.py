"""What a part of the care model must hold beyond its links and its basis: a file a part."""

from __future__ import annotations

from collections.abc import Callable

from workbench.base.problems import Problem
from workbench.care.balance import Witness
from workbench.care.checks.cards import check_cards
from workbench.care.checks.plans import check_plans
from workbench.care.model import Care

CHECKS: tuple[Callable[[Care, Witness], list[Problem]], ...] = (check_cards, check_plans)
