"""Blank forms: what must be filled in stands open, what may in comments."""

from workbench.care.claims import Action
from workbench.care.forms import form
from workbench.care.plans import AccountPlan
from workbench.care.rules import ServiceRule


def lines(cls: type, name: str = "X1") -> list[str]:
    return [line.strip() for line in form(cls, ("fi", "sv"), name).split("\n")]


def test_a_text_is_asked_for_in_the_languages_of_the_study_only() -> None:
    assert "must: {fi: …, sv: …}" in lines(ServiceRule)


def test_what_may_be_left_out_stands_in_comments_below_what_must_not() -> None:
    found = lines(ServiceRule)
    assert found.index("actor: …  # the id of a party") < found.index("# exception: {fi: …, sv: …}")
    assert "actor: …  # the id of a party" in found


def test_the_choices_of_a_field_and_what_a_link_names_stand_beside_it() -> None:
    assert "set: general  # general | supervisors | payees" in lines(ServiceRule)
    assert "# actions: […]  # the id of an action" in lines(ServiceRule)


def test_whatever_must_rest_on_something_asks_for_it() -> None:
    assert lines(Action).count("needs: […]  # the id of a need") == 1


def test_records_in_a_record_are_laid_out_in_it() -> None:
    text = form(AccountPlan, ("fi",))
    assert "starting_information:\n  - text: {fi: …}\n    needs: […]" in text
    assert "relationship:\n  phase: starting" in text


def test_the_head_says_what_the_record_is() -> None:
    assert lines(Action)[0].startswith("# What will be done, by whom")
