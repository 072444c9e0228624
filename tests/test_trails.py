"""What rests on what: one graph from words to rules, read in both directions."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from tests.conftest import STUDY
from tests.environment import ROOT
from workbench import load
from workbench.practice.trails import WORDS, Ambiguous, content, identity, in_order, start, trails
from workbench.study import Study, Unknown

Write = Callable[..., Path]
RULES = "parameters/care/rules.yml"
RULE = """\
PS-E-01:
  set: supervisors
  trigger: {fi: Kun soitat, en: When you call}
  actor: kasittelija
  must: {fi: vastaa, en: answers}
  by_when: {fi: heti, en: at once}
  owner: kasittelija
  valid_from: 2010-09
  actions: [T01]
"""
SCRIPT = """\
soitto:
  situation: {fi: Soitto, en: A call}
  encounter: neuvontapuhelu
  do: [{fi: Vastaa, en: Answer}]
  say: {fi: Hei, en: Hello}
  record: {fi: Syy, en: The reason}
  hand_over: {fi: Ei mitään, en: Nothing}
  rules: [PS-E-01]
  cards: []
"""


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


def behind(study: Study, what: str) -> list[tuple[str, str]]:
    (node,) = start(study, what)
    return in_order(nx.ancestors(trails(study), node))


def test_a_rule_leads_back_over_action_need_and_finding_to_the_words(study_with: Write) -> None:
    study = load(study_with({RULES: RULE}))
    assert behind(study, "PS-E-01") == [
        (WORDS, "h01/2 odotusaika"), (WORDS, "h03/1 saavutettavuus"),
        ("findings", "F01"), ("needs", "N01"), ("actions", "T01"),
    ]  # fmt: skip


def test_a_script_stands_on_its_rules(study_with: Write) -> None:
    study = load(study_with({RULES: RULE, "parameters/care/scripts.yml": SCRIPT}))
    assert ("rules", "PS-E-01") in behind(study, "soitto")
    assert (WORDS, "h01/2 odotusaika") in behind(study, "soitto")


def test_words_against_a_finding_are_no_ground_of_it(study_with: Write) -> None:
    study = load(study_with())
    assert (WORDS, "h02/2 saavutettavuus") not in behind(study, "F01")


def test_words_that_nobody_coded_are_no_ground(study_with: Write) -> None:
    changed = STUDY["parameters/care/findings.yml"].replace("h03/1 saav", "h03/9 saav")
    study = load(study_with({"parameters/care/findings.yml": changed}))
    assert behind(study, "F01") == [(WORDS, "h01/2 odotusaika")]


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("E03", ["h03/1 saavutettavuus"]),
        ("h02", ["h02/2 saavutettavuus", "h02/3 nimetty-yhteyshenkilö"]),
        ("h02/3", ["h02/3 nimetty-yhteyshenkilö"]),
        ("h02/2 saavutettavuus", ["h02/2 saavutettavuus"]),
        ("odotusaika", ["h01/2 odotusaika", "o01/1 odotusaika"]),
    ],
)
def test_a_trail_of_words_begins_with_what_can_be_cited(
    study_with: Write, what: str, found: list[str]
) -> None:
    assert start(load(study_with()), what) == [(WORDS, words) for words in found]


def test_an_id_is_looked_for_in_every_file(study_with: Write) -> None:
    study = load(study_with({RULES: RULE}))
    for what in ("PS-E-01", "rules/PS-E-01"):
        assert start(study, what) == [("rules", "PS-E-01")]
    assert start(study, "plans/esimiehet") == [("plans", "esimiehet")]


def test_an_id_of_two_files_asks_which_is_meant(study_with: Write) -> None:
    study = load(study_with({RULES: RULE.replace("PS-E-01:", "T01:")}))
    with pytest.raises(Ambiguous, match="Name one: actions/T01, rules/T01"):
        start(study, "T01")
    assert identity(("rules", "T01"), study) == "rules/T01"


def test_an_unknown_id_is_told_with_its_near_miss(study_with: Write) -> None:
    with pytest.raises(Unknown, match="Did you mean 'PS-E-01'"):
        start(load(study_with({RULES: RULE})), "PS-E-1")


def test_the_graph_agrees_with_the_care_model_on_every_grounded_line(example: Study) -> None:
    """`Care.behind` walks needs and actions its own way."""
    graph = trails(example)
    lines = list(example.care.grounded())
    assert len(lines) > 100
    for table, key, line in lines:
        found = {n for t, n in nx.ancestors(graph, (table, key)) if t == "findings"}
        assert {f.id for f in example.care.behind(line)} <= found


def test_the_trails_have_no_circle(example: Study) -> None:
    assert nx.is_directed_acyclic_graph(trails(example))


def test_every_thing_of_the_care_model_says_what_it_is_in_every_language(example: Study) -> None:
    for language in example.settings.languages:
        for node in trails(example):
            if node[0] in ("findings", "needs", "actions", "rules", "cards", "clock", "plans"):
                assert content(node, example, language) not in ("", node[1])
