"""Citations and the words a claim may use."""

import pytest

from workbench.care.claims import Citation, Effort, Grade, parse_citation


def test_a_citation_is_document_turn_and_code() -> None:
    cited = parse_citation("h03/2 nimetty-yhteyshenkilö")
    assert cited == Citation("h03", 2, "nimetty-yhteyshenkilö")


@pytest.mark.parametrize(
    "text",
    ["h03", "h03/2", "h03:2 koodi", "h03/kaksi koodi", "h03/2 a b", f"h03/{'9' * 5000} koodi"],
)
def test_what_has_another_form_is_no_citation(text: str) -> None:
    assert parse_citation(text) is None


def test_grades_are_ordered_from_weak_to_strong() -> None:
    assert [g.value for g in Grade][:3] == ["single", "repeated", "broad"]
    assert [e.value for e in Effort] == ["S", "M", "L"]
