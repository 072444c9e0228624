"""What the provider believes customers expect, beside what customers say."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from workbench import load
from workbench.findings.beliefs import beliefs
from workbench.study import Study

Write = Callable[..., Path]
PROVIDER = {
    "interviews/h09.md": """\
---
id: h09
kind: interview
date: 2010-03
informant: S01
language: fi
---
[1] S01: Ne odottaa että vastataan samana päivänä. Ja ystävällisyyttä.
""",
    "interviews/h09.aino.tsv": (
        "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n"
        "1\t0\t41\tsaavutettavuus\todotettu\tNe odottaa että vastataan samana päivänä.\t\n"
        "1\t42\t61\tkohteliaisuus\todotettu\tJa ystävällisyyttä.\t\n"
    ),
}


def told(study: Study) -> dict[str, str]:
    return {b.code: b.heard for b in beliefs(study).rows}


def test_customers_words_and_the_provider_s_stand_beside_each_other(study_with: Write) -> None:
    table = beliefs(load(study_with(PROVIDER)), "en").table
    assert list(table.iloc[0]) == [
        "Access", "both", "Pitäis päästä heti läpi. (h01/2)",
        "Ne odottaa että vastataan samana päivänä. (h09/1)",
    ]  # fmt: skip


def test_a_belief_no_customer_shares_is_told(study_with: Write) -> None:
    assert told(load(study_with(PROVIDER)))["kohteliaisuus"] == "provider"


def test_what_nobody_expects_is_told_too(study_with: Write) -> None:
    assert told(load(study_with()))["kohteliaisuus"] == "nobody"


def test_experience_is_no_expectation(study_with: Write) -> None:
    (access, _) = beliefs(load(study_with())).rows
    assert [c.passage.quote for c in access.customers] == ["Pitäis päästä heti läpi."]


def test_what_is_said_of_a_code_below_belongs_to_its_determinant(study_with: Write) -> None:
    rows = STUDY["interviews/h01.aino.tsv"].replace("odotusaika\tkoettu -", "odotusaika\todotettu")
    (access, _) = beliefs(load(study_with({"interviews/h01.aino.tsv": rows}))).rows
    assert [c.code for c in access.customers] == ["saavutettavuus", "odotusaika"]
