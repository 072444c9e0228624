"""The uses of a profile: every one of them filled or says what it needs, nothing told twice."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CARD, STUDY
from tests.sources import ALL
from tests.test_pages import HOSTILE, Structure
from workbench.care.claims import Status
from workbench.loading import load
from workbench.reports.numbers import Sheet, numbers
from workbench.reports.pages import profile
from workbench.reports.privacy import gate
from workbench.reports.uses import (
    Grouping,
    Highlights,
    Satisfaction,
    grouping,
    highlights,
    satisfaction,
)
from workbench.study import Study

Write = Callable[..., Path]
USES = ("problems", "keep", "manage", "value", "tell",
        "goals", "contact", "content", "channels", "messages", "care", "needs",
        "offer")  # fmt: skip
MARKET = """\
F04:
  statement: {fi: Torilla ei vastata., en: No answer at the market.}
  type: problem
  segments: [esimiehet]
  evidence: [h03/1 saavutettavuus]
"""
FINDINGS = (
    STUDY["parameters/care/findings.yml"]
    + """\
F02:
  statement: {fi: Ystävällinen palvelu., en: A kind service.}
  type: strength
  segments: [esimiehet]
  evidence: [h01/3 kohteliaisuus]
F03:
  statement: {fi: Aina sama ihminen., en: Always the same person.}
  type: expectation
  segments: [esimiehet]
  evidence: [h02/3 nimetty-yhteyshenkilö]
"""
    + MARKET
)
NEEDS = STUDY["parameters/care/needs.yml"].replace("[F01]", "[F01, F03]")
CROSS = """\
label: {fi: Uudet, en: New}
level: cross
parent: esimiehet
rule: {sector: koulu}
population: {value: null, source: ei tiedossa}
"""
DIMENSIONS = """\
label: {fi: Ulottuvuus, en: Dimension}
kind: facet
codes:
  tekninen: {ref: DIM.T, label: {fi: Mitä, en: What}, definition: tulos}
  toiminnallinen: {ref: DIM.F, label: {fi: Miten, en: How}, definition: tapa}
"""


def told(study: Study, segment: str = "esimiehet") -> tuple[Satisfaction, Grouping]:
    assert study.problems == ()
    view = study.where(segment=segment)
    shown, sheet = gate(view).study, Sheet(numbers(view))
    return satisfaction(shown, sheet, "fi"), grouping(view, shown, sheet, "fi")


def top(study: Study, segment: str = "esimiehet") -> Highlights:
    return highlights(study.where(segment=segment), *told(study, segment), "fi")


def sections(study: Study, segment: str = "esimiehet") -> dict[str, str]:
    body = profile(study.where(segment=segment)).body
    found = re.findall(
        r'<section class="use" aria-labelledby="use-(\w+)">(.*?)</section>', body, re.S
    )
    return dict(found)


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in STUDY[name]
    return {name: STUDY[name].replace(old, new)}


def test_a_profile_has_the_five_uses_and_the_eight_in_their_order(study_with: Write) -> None:
    assert tuple(sections(load(study_with()))) == USES


def test_a_use_without_material_says_so_and_what_is_needed(study_with: Write) -> None:
    care = {name: None for name in STUDY if "/care/" in name}
    tsv = {name: None for name in STUDY if name.endswith(".tsv")}
    found = sections(load(study_with({**care, **tsv})))
    missing = [found[use].count("<strong>Ei aineistoa.</strong>") for use in USES]
    assert missing == [2, 1, 2, 3, 2, 1, 2, 2, 2, 1, 2, 3, 2]  # one for each part of a use
    assert "Tarvitaan suunnitelma, jossa on toimenpiteet" in found["goals"]


def test_a_use_with_material_does_not_say_that_there_is_none(study_with: Write) -> None:
    found = sections(load(study_with({"parameters/care/cards/palkka.yml": CARD, **ALL})))
    assert "Ei aineistoa" not in found["goals"]
    assert found["problems"].count("Ei aineistoa") == 0
    assert found["manage"].count("Ei aineistoa") == 0
    assert (
        found["value"].count("Ei aineistoa") == 2
    )  # nobody expects, nobody was asked what matters
    assert "Lupaus" in found["offer"]


def test_a_finding_stands_under_one_use_and_once_on_the_page(study_with: Write) -> None:
    study = load(study_with({"parameters/care/findings.yml": FINDINGS,
                             "parameters/care/needs.yml": NEEDS}))  # fmt: skip
    used, _ = told(study)
    names = [[c.finding.id for c in claims] for claims in (used.problems, used.keep, used.value)]
    assert names == [["F01", "F04"], ["F02"], ["F03"]]
    body = profile(study.where(segment="esimiehet")).body
    assert [body.count(f'<li id="{name}"') for name in ("F01", "F02", "F03", "F04")] == [1, 1, 1, 1]


def test_a_finding_says_what_it_is_used_for(study_with: Write) -> None:
    study = load(study_with({"parameters/care/findings.yml": FINDINGS,
                             "parameters/care/needs.yml": NEEDS}))  # fmt: skip
    body = profile(study.where(segment="esimiehet"), "en").body
    assert [body.count(f'<span class="tag">{tag}</span>') for tag in ("to mend", "to keep")] == [
        2,
        1,
    ]


def test_the_strongest_evidence_comes_first(study_with: Write) -> None:
    name = "parameters/care/findings.yml"
    used, _ = told(load(study_with({name: MARKET + STUDY[name]})))
    order = [(c.finding.id, c.grade) for c in used.problems]
    assert order == [("F01", "contested"), ("F04", "single")]


def test_what_nobody_of_the_group_says_itself_comes_last(study_with: Write) -> None:
    own = MARKET.replace("F04", "F05").replace("h03/1 saavutettavuus", "h01/2 odotusaika")
    name = "parameters/care/findings.yml"
    study = load(study_with({name: MARKET + own + STUDY[name]}))
    used, _ = told(study, "esimiehet-koulu")
    order = [(c.finding.id, c.grade, c.own) for c in used.problems]
    assert order == [("F01", "contested", 1), ("F05", "single", 1), ("F04", "single", 0)]


def test_the_top_says_the_strongest_problem_strength_and_first_action(study_with: Write) -> None:
    found = top(load(study_with({"parameters/care/findings.yml": FINDINGS,
                                 "parameters/care/needs.yml": NEEDS})))  # fmt: skip
    assert found.problem is not None and found.problem.finding.id == "F01"
    assert found.strength is not None and found.strength.finding.id == "F02"
    assert found.step is not None
    assert (found.step.action.id, found.step.owner) == ("T01", "oma käsittelijä")


def test_the_top_leaves_out_what_has_no_proof(study_with: Write) -> None:
    found = top(load(study_with()))
    assert (found.strength, found.gap) == (None, None)
    without = load(study_with({"parameters/care/parties.yml": "esimies: {}\n"}))
    view = without.where(segment="esimiehet")
    sheet = Sheet(numbers(view))
    parts = satisfaction(view, sheet, "fi"), grouping(view, view, sheet, "fi")
    assert highlights(view, *parts, "fi").step is None


@pytest.mark.parametrize("status", [Status.DONE, Status.REJECTED])
def test_the_first_action_is_one_still_to_do(study_with: Write, status: Status) -> None:
    name = "parameters/care/actions.yml"
    over = changed(name, "  horizon: months\n", f"  horizon: months\n  status: {status}\n")
    second = over[name] + over[name].replace("T01:", "T02:").replace(
        f"status: {status}", "status: ongoing"
    )
    plan = changed("parameters/care/plans/esimiehet.yml", "[T01]", "[T01, T02]")
    found = top(load(study_with({name: second, **plan})))
    assert found.step is not None and found.step.action.id == "T02"


def test_where_most_were_let_down_is_told_only_where_the_number_is(study_with: Write) -> None:
    one = top(load(study_with()))
    assert one.unmet is not None
    assert (one.unmet.label, one.unmet.unmet.number, one.unmet.unmet.of) == ("Saavutettavuus", 1, 3)
    hiding = changed("parameters/study.yml", "cell: 1", "cell: 3")
    hidden = load(study_with(hiding))
    assert told(hidden)[1].unmet != ()
    assert top(hidden).unmet is None


def test_the_widest_gap_of_a_survey_stands_at_the_top(study_with: Write) -> None:
    exact = changed("parameters/study.yml", "cell: 1", "cell: 1, exact: 2")
    found = top(load(study_with({**ALL, **exact})))
    assert found.gap == ("Saavutettavuus", "koettu − odotettu: 3,50 − 5,00 = −1,50")


def test_actions_that_answer_an_expectation_are_to_be_told(study_with: Write) -> None:
    _, plain = told(load(study_with()))
    assert plain.messages == ()
    _, found = told(load(study_with({"parameters/care/findings.yml": FINDINGS,
                                     "parameters/care/needs.yml": NEEDS})))  # fmt: skip
    assert [(s.action.id, s.owner) for s in found.messages] == [("T01", "oma käsittelijä")]


def test_a_segment_names_the_groups_that_cut_through_it(study_with: Write) -> None:
    study = load(study_with({"parameters/segments/uudet.yml": CROSS}))
    cut = {name: [s.id for s in told(study, name)[1].crossing] for name in study.segments.all}
    assert cut == {
        "esimiehet": ["uudet"],
        "esimiehet-koulu": ["uudet"],
        "esimiehet-tori": ["uudet"],
        "uudet": ["esimiehet-koulu", "esimiehet-tori"],
    }


def test_a_right_result_in_a_wrong_way_is_one_quote_of_one_turn(study_with: Write) -> None:
    both = STUDY["interviews/h02.aino.tsv"].replace(
        "2\t0\t48\tsaavutettavuus\tkoettu +\tMulla on oma ihminen jolle soitan, ja se vastaa.\t",
        "2\t0\t33\tsaavutettavuus\tkoettu - toiminnallinen\tMulla on oma ihminen jolle soitan\t\n"
        "2\t38\t48\tkohteliaisuus\tkoettu + tekninen\tse vastaa.\t",
    )
    care = {name: None for name in STUDY if "/care/" in name}
    study = load(study_with({"parameters/codebook/ulottuvuus.yml": DIMENSIONS,
                             "interviews/h02.aino.tsv": both, **care}))  # fmt: skip
    _, found = told(study)
    assert [q.words for q in found.wrong_way] == [
        "Mulla on oma ihminen jolle soitan […] se vastaa."
    ]
    assert found.outcomes is not None
    assert {way: c.number for way, c in found.outcomes.items()} == {
        ("TONE.P", "TONE.P"): 0, ("TONE.P", "TONE.N"): 1,
        ("TONE.N", "TONE.P"): 0, ("TONE.N", "TONE.N"): 0,
    }  # fmt: skip


def test_each_right_result_stands_with_the_way_of_its_own_turn(study_with: Write) -> None:
    rows = [
        "2\t0\t5\tkohteliaisuus\tkoettu + tekninen\tMulla\t",
        "2\t9\t12\tsaavutettavuus\tkoettu - toiminnallinen\toma\t",
        "3\t0\t5\tkohteliaisuus\tkoettu + tekninen\tSaisi\t",
        "3\t6\t10\tsaavutettavuus\tkoettu - toiminnallinen\tolla\t",
    ]
    head = STUDY["interviews/h02.aino.tsv"].split("\n")[0]
    care = {name: None for name in STUDY if "/care/" in name}
    share = changed("parameters/study.yml", "cell: 1", "cell: 1, share: 1")
    study = load(study_with({
        "parameters/codebook/ulottuvuus.yml": DIMENSIONS, **care, **share,
        "interviews/h02.aino.tsv": "\n".join([head, *rows, ""]),
    }))  # fmt: skip
    _, found = told(study)
    assert [q.words for q in found.wrong_way] == ["Mulla […] oma", "Saisi […] olla"]


def test_where_nobody_tells_of_outcome_and_process_there_is_no_table_of_them(
    study_with: Write,
) -> None:
    _, found = told(load(study_with()))
    assert (found.outcomes, found.wrong_way) == (None, ())


def test_of_a_segment_too_small_at_every_level_only_its_own_facts_are_told(
    study_with: Write,
) -> None:
    many = changed("parameters/study.yml", "quote: 2", "quote: 9")
    used, found = told(load(study_with(many)))
    assert used == Satisfaction()
    assert (found.codes, found.quality, found.unmet, found.needs) == (None, None, (), ())
    assert [s.action.id for s in found.actions] == ["T01"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_counted_material_change_no_element(study_with: Write, words: str) -> None:
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')

    def page(name: str) -> str:
        files = {
            file: str(text)
            .replace("{fi: Koe,", f'{{fi: "{name}",')
            .replace("fi: Puhelin", f'fi: "{name}"')
            for file, text in ALL.items()
        }
        files["interviews/h01.aino.tsv"] = STUDY["interviews/h01.aino.tsv"].replace(
            "koettu -", "koettu - puhelin neuvonta"
        )
        study = load(study_with(files))
        assert study.problems == ()
        return profile(study.where(segment="esimiehet")).frame

    attacked = page(quoted)
    assert Structure(attacked).tags == Structure(page("sanoja")).tags
    assert "".join(Structure(attacked).words).count(words) >= 4
