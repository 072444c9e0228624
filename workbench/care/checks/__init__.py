"""What a part of the care model must hold beyond its links and its basis: a file a part."""

from __future__ import annotations

from collections.abc import Callable

from workbench.base.problems import Problem
from workbench.care.balance import Witness
from workbench.care.checks.project import check_project
from workbench.care.model import Care

CHECKS: tuple[Callable[[Care, Witness], list[Problem]], ...] = (check_project,)
