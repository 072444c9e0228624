"""The codebook: trees of codes that stand once, facets apart from content."""

from pathlib import Path

from workbench.coding.codebook import Codebook, assemble, parse_tree

LABEL = "label: {fi: Koodi}, definition: Jotain."
TREE = f"""\
label: Laatu
source: Grönroos 2000
codes:
  saavutettavuus:
    ref: DET.04
    label: Saavutettavuus
    definition: Saako yhteyden.
    codes:
      odotusaika: {{ref: DET.04.2, {LABEL[:-1]}}}
  kohteliaisuus: {{{LABEL[:-1]}}}
"""
FACETS = f"label: Sävy\nkind: facet\ncodes:\n  '+': {{{LABEL[:-1]}}}\n"


def book(**files: str) -> tuple[Codebook, list[str]]:
    trees, problems = [], []
    for name, text in files.items():
        tree, told = parse_tree(text, Path(f"{name}.yml"), ("fi",))
        trees += [tree] if tree else []
        problems += told
    whole, told = assemble(trees)
    return whole, [str(p) for p in problems + told]


def test_codes_stand_in_trees_under_their_parents() -> None:
    whole, problems = book(laatu=TREE, savy=FACETS)
    assert problems == []
    assert [c.id for c in whole.tree("laatu")] == ["saavutettavuus", "odotusaika", "kohteliaisuus"]
    assert whole.path("odotusaika") == ("odotusaika", "saavutettavuus")
    assert whole.below("saavutettavuus") == {"saavutettavuus", "odotusaika"}
    assert whole.trees["laatu"].source == "Grönroos 2000"


def test_facets_and_content_are_apart() -> None:
    whole, _ = book(laatu=TREE, savy=FACETS)
    assert set(whole.facets) == {"+"}
    assert "+" not in whole.content
    assert len(whole) == 4


def test_a_code_is_found_by_its_reference() -> None:
    whole, _ = book(laatu=TREE)
    assert (whole.called("DET.04.2"), whole.called("DET.99")) == ("odotusaika", "")


def test_a_code_in_two_trees_is_told_and_the_first_holds() -> None:
    whole, problems = book(
        laatu=TREE, muut=f"label: Muut\ncodes:\n  odotusaika: {{{LABEL[:-1]}}}\n"
    )
    assert problems == [
        "muut.yml:3: the code 'odotusaika' stands twice (first in laatu.yml). "
        "Give one of them another id."
    ]
    assert whole["odotusaika"].tree == "laatu"


def test_faults_of_a_code_are_told_with_its_line() -> None:
    bad = "  kaksi sanaa: {label: a, definition: b}\n  tyhjä: x\n  puuttuu: {label: a}\n"
    text = f"label: Laatu\ncodes:\n{bad}"
    assert book(laatu=text)[1] == [
        "laatu.yml:3: 'kaksi sanaa' cannot be a code. Use one word; join words with -.",
        "laatu.yml:4: the code 'tyhjä' needs a label and a definition below it.",
        "laatu.yml:5: 'definition' is missing in code. Add `definition: …`.",
    ]


def test_a_bad_parent_leaves_its_children() -> None:
    text = TREE.replace("    definition: Saako yhteyden.\n", "")
    whole, _ = book(laatu=text)
    assert whole["odotusaika"].parent == ""


def test_a_file_without_codes_is_told() -> None:
    assert book(laatu="label: Laatu\n")[1] == [
        "laatu.yml:1: there are no `codes`. Add `codes:` and below it one code."
    ]


ASKING = """\
label: L
codes:
  kiire:
    label: a
    definition: b
    ask: {fi: "Kerro: mitä odotit?", en: "Tell me, what did you expect?"}
  hoppu: {label: a, definition: b}
"""


def test_a_code_has_a_question_that_brings_it_up() -> None:
    whole, problems = book(laatu=ASKING)
    assert problems == []
    assert whole["kiire"].ask is not None
    assert whole["kiire"].ask.say("fi") == "Kerro: mitä odotit?"
    assert whole["hoppu"].ask is None


RULED = "  kiire: {{label: a, definition: b, auto: {}}}\n"


def test_a_code_has_rules_by_which_it_is_found() -> None:
    whole, problems = book(laatu=f"label: L\ncodes:\n{RULED.format('[kiire, NOT loma]')}")
    assert problems == []
    assert whole["kiire"].auto == ("kiire", "NOT loma")


def test_a_rule_that_cannot_be_read_is_told_with_its_line() -> None:
    auto = "\n    - kiire\n    - oma käsittelijä\n"
    text = f"label: L\ncodes:\n  kiire:\n    label: a\n    definition: b\n    auto:{auto}"
    assert book(laatu=text)[1] == [
        "laatu.yml:8: the rule oma käsittelijä cannot be read at character 5: 'käsittelijä' "
        'follows without AND or OR. Put AND or OR between, or write a phrase: "yksi luukku".'
    ]


def test_rules_that_only_exclude_and_rules_of_a_facet_are_told() -> None:
    only = f"label: L\ncodes:\n{RULED.format('[NOT loma]')}"
    facet = f"label: L\nkind: facet\ncodes:\n{RULED.format('[loma]').replace('kiire', 'hoppu')}"
    assert book(laatu=only, savy=facet)[1] == [
        "laatu.yml:3: these rules only exclude. Add a rule that finds something.",
        "savy.yml:4: the facet 'hoppu' cannot have rules. Rules give content codes.",
    ]
