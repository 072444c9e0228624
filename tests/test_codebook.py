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
