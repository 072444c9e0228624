"""Negative cases: which passages speak against a finding, and that somebody has looked at them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench import load
from workbench.care.negatives import Answer, cases

Write = Callable[..., Path]
PATH = "parameters/care/findings.yml"
OWN = STUDY[PATH]
OPEN = OWN.replace("  counter: [h02/2 saavutettavuus]\n", "")
LOOKED = "  state: published\n  seen:\n    - {by: aino, date: 2010-05-20, passages: [%s]}\n"
HEAD = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n"
NOTE = HEAD + "1\t0\t23\t%s\tkoettu %s\tLinja oli taas varattu.\t\n"


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in load(folder).problems]


def found(folder: Path) -> dict[str, Answer]:
    study = load(folder)
    return {str(c.citation): c.answer for c in cases(study.care.findings["F01"], study.witness)}


def test_praise_of_the_same_code_speaks_against_a_problem(study_with: Write) -> None:
    assert found(study_with({PATH: OPEN})) == {"h02/2 saavutettavuus": Answer.OPEN}


def test_praise_of_a_code_below_speaks_against_it_too(study_with: Write) -> None:
    changes = {
        PATH: OPEN.replace("[h01/2 odotusaika, h03/1", "[h01/2"),
    }
    sheet = STUDY["interviews/h02.aino.tsv"].replace("\tsaavutettavuus", "\todotusaika")
    folder = study_with({**changes, "interviews/h02.aino.tsv": sheet})
    assert found(folder) == {"h02/2 odotusaika": Answer.OPEN}


def test_praise_of_a_code_above_or_beside_does_not(study_with: Write) -> None:
    only_below = OPEN.replace(", h03/1 saavutettavuus", "")
    assert found(study_with({PATH: only_below})) == {}


def test_what_another_segment_says_does_not_speak_against_it(study_with: Write) -> None:
    market = OPEN.replace("h01/2 odotusaika, ", "").replace("[esimiehet]", "[esimiehet-tori]")
    assert found(study_with({PATH: market})) == {}


def test_blame_speaks_against_a_strength(study_with: Write) -> None:
    strength = OPEN.replace("type: problem", "type: strength")
    assert found(study_with({PATH: strength})) == dict.fromkeys(
        ["h01/2 saavutettavuus", "h03/1 saavutettavuus", "o01/2 saavutettavuus",
         "h01/2 odotusaika", "o01/1 odotusaika"],
        Answer.OPEN,
    )  # fmt: skip


def test_against_an_expectation_speaks_the_tone_its_own_words_have_not(study_with: Write) -> None:
    hope = OPEN.replace("type: problem", "type: expectation")
    assert found(study_with({PATH: hope})) == {"h02/2 saavutettavuus": Answer.OPEN}


def test_against_a_wish_without_a_tone_either_tone_may_speak(study_with: Write) -> None:
    wish = OPEN.replace("type: problem", "type: expectation")
    wish = wish.replace("h01/2 odotusaika, h03/1 saavutettavuus", "h02/3 nimetty-yhteyshenkilö")
    sheet = NOTE % ("nimetty-yhteyshenkilö", "-")
    folder = study_with({PATH: wish, "interviews/h03.aino.tsv": sheet})
    assert found(folder) == {"h03/1 nimetty-yhteyshenkilö": Answer.OPEN}


def test_against_a_contradiction_told_in_both_tones_either_may_speak(study_with: Write) -> None:
    mixed = OPEN.replace("type: problem", "type: contradiction")
    mixed = mixed.replace("h01/2 odotusaika", "h02/2 saavutettavuus")
    assert {"h01/2 odotusaika", "h02/2 saavutettavuus"} <= set(found(study_with({PATH: mixed})))


def test_what_was_seen_is_answered_with_its_reason(study_with: Write) -> None:
    seen = LOOKED.replace("%s]", "h02/2 saavutettavuus], why: Muu asia.") % ()
    study = load(study_with({PATH: OPEN + seen}))
    (case,) = cases(study.care.findings["F01"], study.witness)
    assert (case.answer, case.why) == (Answer.SEEN, "Muu asia.")


def test_a_passage_cited_from_elsewhere_is_a_case_with_all_its_codings(study_with: Write) -> None:
    text = OPEN + "  counter: [h01/3 kohteliaisuus]\n"
    study = load(study_with({PATH: text}))
    first = cases(study.care.findings["F01"], study.witness)[0]
    assert first.answer is Answer.COUNTER
    assert [c.passage.quote for c in first.passages] == ["Ystävällisiä ne kyllä on aina."]


@pytest.mark.parametrize("state", ["draft", "supported"])
def test_before_it_is_challenged_a_finding_obliges_nobody(study_with: Write, state: str) -> None:
    draft = [p for p in told(study_with({PATH: OPEN + f"  state: {state}\n"})) if PATH in p]
    assert draft == []


@pytest.mark.parametrize("state", ["challenged", "published"])
def test_nobody_looked_is_an_error_with_the_way_out(study_with: Write, state: str) -> None:
    assert told(study_with({PATH: OWN + f"  state: {state}\n"})) == [
        f"{PATH}:1: F01 is {state}, but nobody has looked at what is opposite. "
        "Read `workbench counter F01`, then add `--seen NAME`."
    ]


def test_a_finding_whose_cases_are_all_answered_is_published(study_with: Write) -> None:
    assert told(study_with({PATH: OWN + LOOKED.replace(", passages: [%s]", "")})) == []
    assert told(study_with({PATH: OPEN + LOOKED % "h02/2 saavutettavuus"})) == []


def test_what_came_since_is_told_by_place(study_with: Write) -> None:
    folder = study_with(
        {
            PATH: OPEN + LOOKED % "h02/2 saavutettavuus",
            "interviews/h03.aino.tsv": (NOTE % ("saavutettavuus", "-"))
            + "1\t0\t5\todotusaika\tkoettu +\tLinja\t\n",
        }
    )
    assert told(folder) == [
        f"{PATH}:1: warning: F01 is published, but 1 opposite passage came since: h03/1 "
        "odotusaika. Read `workbench counter F01`; cite them as `counter` or add `--seen`."
    ]


def test_more_than_five_are_counted_and_five_named(study_with: Write) -> None:
    turns = "".join(f"[{n}] E03: Hyvin pääsi läpi.\n\n" for n in range(2, 10))
    rows = "".join(f"{n}\t0\t5\tsaavutettavuus\tkoettu +\tHyvin\t\n" for n in range(2, 10))
    text = STUDY["interviews/h03.md"] + "\n" + turns
    sheet = (NOTE % ("saavutettavuus", "-")) + rows
    changes = {"interviews/h03.md": text, "interviews/h03.aino.tsv": sheet}
    (problem,) = told(study_with({**changes, PATH: OPEN + LOOKED % "h02/2 saavutettavuus"}))
    assert "8 opposite passages came since: h03/2" in problem
    assert problem.count("saavutettavuus") == 5
    assert "…" in problem


def test_a_seen_passage_that_is_not_there_is_told_where_it_stands(study_with: Write) -> None:
    text = OPEN + LOOKED % "h02/2 saavutettavuus, h02/9 saavutettavuus"
    assert told(study_with({PATH: text})) == [
        f"{PATH}:8: warning: 'h02/9 saavutettavuus': h02 has no turn [9]. Its turns end at [3]. "
        "If its coding is gone, take it out of `seen`."
    ]


def test_a_seen_passage_in_another_form_is_an_error(study_with: Write) -> None:
    text = OWN + LOOKED % "h02:2 saavutettavuus"
    assert told(study_with({PATH: text})) == [
        f"{PATH}:9: 'h02:2 saavutettavuus' is no passage. "
        "Write document/turn and code, such as `h03/2 saavutettavuus`."
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  state: publised\n", ":7: 'state' cannot be 'publised'. Did you mean 'published'?"),
        ("  seen: {date: 2010-05-20}\n", ":7: 'by' is missing in seen. Add `by: …`."),
        ("  seen: {by: aino, date: eilen}\n", ":7: 'date': 'eilen' is not a date."),
        ("  seen: {by: aino, date: 2010, who: x}\n", ":7: unknown key 'who' in seen."),
    ],
)
def test_a_broken_state_or_look_is_told_with_its_line(
    study_with: Write, line: str, said: str
) -> None:
    assert any(p.startswith(PATH + said) for p in told(study_with({PATH: OWN + line})))


def test_a_study_without_tones_has_no_opposite_passages(study_with: Write) -> None:
    book = STUDY["parameters/codebook/nakokulma.yml"].replace("ref: TONE.", "ref: SAVY.")
    folder = study_with({PATH: OPEN, "parameters/codebook/nakokulma.yml": book})
    assert found(folder) == {}


def test_a_provider_s_finding_is_held_against_the_provider_s_words(study_with: Write) -> None:
    note = STUDY["observations/o01.md"].replace("side: customer\nrole: esimies", "side: provider")
    rows = STUDY["observations/o01.aino.tsv"].replace("2\t0\t23\tsaavutettavuus\tkoettu -",
                                                      "2\t0\t23\todotusaika\tkoettu +")  # fmt: skip
    own = OPEN.replace("segments: [esimiehet]", "side: provider")
    own = own.replace("h01/2 odotusaika, h03/1 saavutettavuus", "o01/1 odotusaika")
    customer = STUDY["interviews/h02.aino.tsv"].replace("\tsaavutettavuus", "\todotusaika")
    folder = study_with(
        {
            PATH: own,
            "observations/o01.md": note,
            "observations/o01.aino.tsv": rows,
            "interviews/h02.aino.tsv": customer,
        }
    )
    assert found(folder) == {"o01/2 odotusaika": Answer.OPEN}


def test_a_need_on_drafts_alone_is_told(study_with: Write) -> None:
    assert told(study_with({PATH: OWN + "  state: draft\n"})) == [
        "parameters/care/needs.yml:1: warning: N01 rests on drafts only. "
        "Prove F01 and let it be `state: supported`."
    ]


def test_a_draft_waits_for_no_action(study_with: Write) -> None:
    other = STUDY["parameters/care/actions.yml"].replace(
        "needs: [N01]", "basis: law\n  reference: KVTES"
    )
    folder = study_with({"parameters/care/actions.yml": other, PATH: OWN + "  state: draft\n"})
    assert not any("no action answers it" in p for p in told(folder))
