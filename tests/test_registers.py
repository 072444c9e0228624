"""Any file of the care model as a table, in the words of its language."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import load
from workbench.care.model import FOLDERS, TABLES
from workbench.practice.registers import register
from workbench.study import Unknown

Write = Callable[..., Path]
LAW = """\
  reference: {fi: Laki 1, en: Act 1}
  basis: law
"""


def test_a_record_is_a_row_and_what_it_names_is_said_by_its_label(study_with: Write) -> None:
    table = register(load(study_with()), "actions", "en").table
    assert list(table["Owner"]) == ["own handler"]
    assert list(table["Rests on"]) == ["N01"]


def test_a_choice_is_said_in_the_language_of_the_table(study_with: Write) -> None:
    study = load(study_with())
    assert list(register(study, "actions", "fi").table["Työmäärä"]) == ["päiviä"]
    assert list(register(study, "parties", "en").table["Side"]) == ["Provider", "Customers"]


def test_what_nobody_has_filled_in_has_no_column(study_with: Write) -> None:
    assert "Goals" not in register(load(study_with()), "actions", "en").table


def test_a_line_of_law_says_which(study_with: Write) -> None:
    path = "parameters/care/actions.yml"
    folder = study_with()
    text = (folder / path).read_text(encoding="utf-8").replace("  needs: [N01]\n", LAW)
    (folder / path).write_text(text, encoding="utf-8")
    (said,) = register(load(folder), "actions", "en").table["Rests on"]
    assert said == "Based on law or agreement: Act 1"


def test_a_view_shows_what_is_for_its_segment_and_those_above(study_with: Write) -> None:
    card = (
        "name: {{fi: K, en: {0}}}\npromise: {{fi: L, en: P}}\nsegments: [{0}]\n"
        "when: {{fi: A, en: A}}\ninputs: []\nresult: {{fi: P, en: P}}\n"
        "contact: {{fi: O, en: O}}\nowner: kasittelija\nreview: 2011-01\nneeds: [N01]\n"
    )
    every = ("esimiehet", "esimiehet-koulu", "esimiehet-tori")
    files = {f"parameters/care/cards/{n}.yml": card.format(n) for n in every}
    view = load(study_with(files)).where(segment="esimiehet-koulu")
    names = register(view, "cards", "en").table["Name"]
    assert set(names) == {"esimiehet", "esimiehet-koulu"}


@pytest.mark.parametrize("name", [*TABLES, *FOLDERS])
def test_every_file_has_its_register_with_words_in_every_language(
    study_with: Write, name: str
) -> None:
    study = load(study_with())
    assert register(study, name, "fi").caption != register(study, name, "sv").caption


def test_a_file_the_care_model_does_not_know_gets_the_near_miss(study_with: Write) -> None:
    with pytest.raises(Unknown, match="Did you mean 'rules'"):
        register(load(study_with()), "ruls")
