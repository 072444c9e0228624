"""Interfaces ranked by the people who tell of them."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.desks_and_lines import SERVICE

Write = Callable[..., Path]
INTERFACES = """\
tiski: {label: {fi: Tiski, en: Desk}, direct: true, owner: kasittelija}
puhelin:
  label: {fi: Puhelin, en: Phone}
  direct: true
  owner: kasittelija
  findings: [F01]
  rules: [PS-Y-01]
"""


def test_people_behind_the_findings_rank_an_interface_not_passages(study_with: Write) -> None:
    files = {**SERVICE, "parameters/care/interfaces.yml": INTERFACES}
    found = wb.interfaces(wb.load(study_with(files)), "en")
    rows = [list(row) for row in found.table.itertuples(index=False)]
    assert rows[0] == ["Phone", "yes", "3/3", "F01", "PS-Y-01"]
    assert rows[1] == ["Desk", "yes", "0/3", "–", "–"]


def test_a_view_counts_only_its_own_people(study_with: Write) -> None:
    files = {**SERVICE, "parameters/care/interfaces.yml": INTERFACES}
    view = wb.load(study_with(files)).where(segment="esimiehet-tori")
    assert wb.interfaces(view).touches[0].people == {"E03"}
