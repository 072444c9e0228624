"""A survey is its answers on the scale and who was asked; what cannot be is told by its line."""

from tests.sources import ANSWERS, SURVEY
from tests.test_counted import survey
from workbench.material.counted import Mark
from workbench.material.surveys import Asks, Said


def test_only_given_answers_are_answers() -> None:
    found, problems = survey()
    assert problems == []
    assert found is not None
    assert [r.answers for r in found.rows] == [
        {"s_o": 5, "s_k": 3, "k_k": 4}, {"s_o": 4, "k_k": 2}, {"s_o": 5, "s_k": 4},
    ]  # fmt: skip
    assert [q.id for q in found.form.asking(Asks.EXPERIENCED)] == ["s_k", "k_k"]


def test_an_open_answer_comes_with_its_codes() -> None:
    found, _ = survey()
    assert found is not None
    coded = Mark("odotusaika", frozenset({"koettu", "-"}))
    assert found.rows[0].said == {"avoin": Said("Jono\non pitkä", (coded,))}


def test_a_reversed_item_is_turned() -> None:
    form = SURVEY.replace("{code: kohteliaisuus,", "{code: kohteliaisuus, reversed: true,")
    found, _ = survey(form)
    assert found is not None
    assert [r.answers.get("k_k") for r in found.rows] == [2, 4, None]


def test_answers_off_the_scale_or_between_its_steps_are_told_and_not_counted() -> None:
    table = ANSWERS.replace("V1,esimies,koulu,5,3", "V1,esimies,koulu,99,3.5")
    found, problems = survey(table=table)
    assert problems == [
        "k.csv:2: s_o: 99 is not on the scale 1–5. Mend it, or name it under `missing`.",
        "k.csv:2: s_k: 3.5 is between the steps of the scale. Mend it, or name it under `missing`.",
    ]
    assert found is not None
    assert found.rows[0].answers == {"k_k": 4}


def test_what_means_no_answer_is_none_only_when_the_description_says_so() -> None:
    table = ANSWERS.replace("V1,esimies,koulu,5,3", "V1,esimies,koulu,99,-")
    found, problems = survey(SURVEY + 'missing: ["99", "-"]\n', table)
    assert problems == []
    assert found is not None
    assert found.rows[0].answers == {"k_k": 4}


def test_somebody_may_be_called_as_what_means_no_answer() -> None:
    found, problems = survey(SURVEY + "missing: [V2]\n")
    assert problems == []
    assert found is not None
    assert [r.id for r in found.rows] == ["V1", "V2", "V3"]


def test_who_answers_twice_is_told_and_counts_once() -> None:
    found, problems = survey(table=ANSWERS + "V1,esimies,koulu,1,1,1,,\n")
    assert problems == [
        "k.csv:6: 'V1' answered on line 2 too. This answer was left out; keep one of them."
    ]
    assert found is not None
    assert [r.id for r in found.rows] == ["V1", "V2", "V3"]


def test_an_answer_of_nobody_is_told() -> None:
    _, problems = survey(table=ANSWERS + ",esimies,koulu,1,1,1,,\n")
    assert problems == ["k.csv:6: names no respondent. Give a pseudonym in 'tunnus'."]


def test_more_answers_than_invited_are_told_where_the_number_stands() -> None:
    _, problems = survey(SURVEY.replace("esimiehet-koulu: 10", "esimiehet-koulu: 1"))
    assert problems == [
        "k.yml:8: 2 answers from 'esimiehet-koulu', where 1 were invited. "
        "Mend the number or the respondents' attributes."
    ]


def test_only_base_segments_are_invited() -> None:
    _, problems = survey(
        SURVEY.replace("esimiehet-tori: 4", "esimiehet-tor: 4, esimiehet-tori: null")
    )
    assert problems == [
        "k.yml:8: no base segment 'esimiehet-tor' was invited. Did you mean 'esimiehet-tori'?"
    ]


def test_a_second_header_row_is_one_fault_and_not_one_for_each_item() -> None:
    head, rows = ANSWERS.split("\n", 1)
    found, problems = survey(table=f"{head}\nRespondent,,,Hope,Felt,Courtesy,Else,\n{rows}")
    assert len(problems) == 1
    assert problems[0].startswith("k.csv:2: no item has a number here: a second header row?")
    assert found is not None
    assert [r.id for r in found.rows] == ["V1", "V2", "V3"]


def test_an_item_about_nothing_is_told() -> None:
    _, problems = survey(SURVEY.replace("{code: kohteliaisuus, asks: exp", "{asks: exp"))
    assert problems == ["k.yml:12: 'k_k' says no code. Add `code:`, or `asks: overall`."]


def test_a_scale_without_steps_is_told() -> None:
    _, problems = survey(SURVEY.replace("low: 1", "low: 5"))
    assert "k.yml:1: the scale from 5 to 5 has no steps. Write the lower end as `low`." in problems
