"""What a part of the care model must hold beyond its links and its basis: a file a part."""

from __future__ import annotations

from collections.abc import Callable

from workbench.base.problems import Problem
from workbench.care.balance import Witness
from workbench.care.checks.cards import check_cards
from workbench.care.checks.channels import check_channels
from workbench.care.checks.clock import check_clock, check_contacts
from workbench.care.checks.handlers import check_handlers
from workbench.care.checks.information import check_information
from workbench.care.checks.organisation import check_organisation
from workbench.care.checks.plans import check_plans
from workbench.care.checks.project import check_project
from workbench.care.checks.relationships import check_relationships
from workbench.care.checks.rules import check_rules
from workbench.care.checks.strategies import check_strategies
from workbench.care.model import Care

CHECKS: tuple[Callable[[Care, Witness], list[Problem]], ...] = (
    check_cards,
    check_channels,
    check_clock,
    check_contacts,
    check_handlers,
    check_information,
    check_organisation,
    check_plans,
    check_project,
    check_relationships,
    check_rules,
    check_strategies,
)
"""Each is given the care model and the material that bears witness."""
