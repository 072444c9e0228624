"""The verbs of the codebook on the small study: what each does to book, codings and evidence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.coding.recoding import Decision
from workbench.loading import load
from workbench.revision.asking import Note
from workbench.revision.changes import CannotChange, Change, FateKind, apply
from workbench.revision.verbs import merge, move, redefine, rename, retire, split
from workbench.study import Study

Write = Callable[..., Path]
NOTE = Note(date="2026-10-01", reason="koe", who="aino")
BOOK = "parameters/codebook/laatutekijat.yml"
BOTH = STUDY["interviews/h01.aino.tsv"] + (
    "2\t25\t49\tsaavutettavuus\tkoettu puhelin\tMä jonotin puoli tuntia,\tkaksi\n"
)


def codes(study: Study) -> list[str]:
    return sorted(c.code for c in study.codings)


def lines(change: Change) -> set[str]:
    """Return the changed lines of the diff, but not those of the history."""
    found = change.diff.partition("--- /dev/null")[0].split("\n")
    return {x for x in found if x[:1] in ("+", "-") and x[:3] not in ("+++", "---")}


def test_rename_changes_the_id_everywhere_and_nothing_else(study_with: Write) -> None:
    tree = STUDY[BOOK].replace("Käytös.", '"Käytös. Jono → odotusaika"')
    change = rename(load(study_with({BOOK: tree})), "odotusaika", "jonotus", note=NOTE)
    assert lines(change) == {
        "-      odotusaika:", "+      jonotus:",
        '-    definition: "Käytös. Jono → odotusaika"', '+    definition: "Käytös. Jono → jonotus"',
        "-2\t25\t49\todotusaika\tkoettu -\tMä jonotin puoli tuntia,\tseuraa",
        "+2\t25\t49\tjonotus\tkoettu -\tMä jonotin puoli tuntia,\tseuraa",
        "-1\t5\t22\todotusaika\tkoettu -\tJonossa seitsemän\t",
        "+1\t5\t22\tjonotus\tkoettu -\tJonossa seitsemän\t",
        "-  evidence: [h01/2 odotusaika, h03/1 saavutettavuus]",
        "+  evidence: [h01/2 jonotus, h03/1 saavutettavuus]",
    }  # fmt: skip
    study = apply(change)
    assert study.problems == ()
    assert study.codebook["jonotus"].parent == "saavutettavuus"
    assert study.history.entries[0].codings == 2


def test_rename_of_a_parent_a_facet_and_a_needs_code(study_with: Write) -> None:
    study = load(study_with())
    for old, new in (("saavutettavuus", "yhteys"), ("-", "moite"), ("nimetty-yhteyshenkilö", "n")):
        study = apply(rename(study, old, new, {"en": "New"}, NOTE))
    assert study.problems == ()
    assert study.codebook.path("odotusaika") == ("odotusaika", "yhteys")
    assert dict(study.codebook["moite"].label) == {"fi": "Huono", "en": "New"}
    assert sum("moite" in c.facets for c in study.codings) == 5
    assert study.care.needs["N01"].code == "n"


def test_merge_lets_codings_of_the_same_words_fall_together(study_with: Write) -> None:
    facet = STUDY["parameters/codebook/nakokulma.yml"] + (
        "  puhelin: {label: {fi: Puhelin, en: Phone}, definition: p}\n"
    )
    folder = study_with(
        {"interviews/h01.aino.tsv": BOTH, "parameters/codebook/nakokulma.yml": facet}
    )
    change = merge(load(folder), ["odotusaika"], "saavutettavuus", NOTE)
    kinds = [f.kind for f in change.fates]
    assert kinds.count(FateKind.TOGETHER) == 2
    study = apply(change)
    (one,) = (c for c in study.codings if c.coder == "aino" and c.passage.start == 25)
    assert one.facets == {"koettu", "puhelin", "-"}
    assert one.memo == "kaksi\nseuraa"
    assert study.problems == ()
    assert study.care.findings["F01"].evidence == ("h01/2 saavutettavuus", "h03/1 saavutettavuus")
    assert "definition: Jonotus." in study.history.entries[0].was
    assert "odotusaika" not in study.codebook


def test_merge_takes_the_codes_below_along(study_with: Write) -> None:
    study = apply(merge(load(study_with()), ["saavutettavuus"], "kohteliaisuus", NOTE))
    assert study.codebook["odotusaika"].parent == "kohteliaisuus"
    assert codes(study).count("kohteliaisuus") == 6
    assert [p for p in study.problems if p.level == "error"] == []


def test_merge_of_codings_that_wait_leaves_them_waiting(study_with: Write) -> None:
    study = apply(redefine(load(study_with()), "odotusaika", note=NOTE))
    study = apply(merge(study, ["odotusaika"], "saavutettavuus", NOTE))
    assert [str(p).split(": ", 2)[2] for p in study.problems] == [
        "2 codings of 'saavutettavuus' were made before its meaning changed. "
        "See them with `workbench recode`."
    ]


def test_split_by_facet_and_by_decision_leaves_the_rest_to_be_decided(study_with: Write) -> None:
    chosen = Decision("h01", "eero", 2, 25, 49, "saavutettavuus", "linja")
    by = {"odotettu": "läpi", "+": "linja"}
    change = split(load(study_with()), "saavutettavuus", ["läpi", "linja"], by, [chosen], NOTE)
    assert sorted(f.kind for f in change.fates) == [FateKind.RECODED] * 3 + [FateKind.OPEN] * 2
    study = apply(change)
    assert codes(study).count("saavutettavuus") == 2
    assert study.codebook["saavutettavuus"].into == ("läpi", "linja")
    assert str(study.codebook["saavutettavuus"].retired) == "2026-10-01"
    assert [c.id for c in study.codebook.tree("laatutekijat")][2:4] == ["läpi", "linja"]
    assert study.care.findings["F01"].counter == ("h02/2 linja",)
    assert ["wait to be put under läpi or linja" in str(p) for p in study.problems] == [True]


def test_a_code_that_splits_off_a_part_stays(study_with: Write) -> None:
    study = apply(
        split(load(study_with()), "saavutettavuus", ["saavutettavuus", "linja"], note=NOTE)
    )
    assert study.codebook["saavutettavuus"].meaning == 2
    assert study.codebook["saavutettavuus"].retired is None
    assert "were made before its meaning changed" in str(study.problems[0])


def test_move_changes_what_counts_under_the_codes_above(study_with: Write) -> None:
    change = move(load(study_with()), "odotusaika", under="kohteliaisuus", note=NOTE)
    assert change.counts == (("saavutettavuus", 7, 5), ("kohteliaisuus", 1, 3))
    assert {f.kind for f in change.fates} == {FateKind.KEPT}
    study = apply(change)
    assert study.problems == ()
    assert study.codebook["odotusaika"].parent == "kohteliaisuus"
    assert apply(move(study, "odotusaika", tree="laatutekijat")).codebook["odotusaika"].parent == ""


def test_move_to_another_tree_takes_the_codes_below_along(study_with: Write) -> None:
    folder = study_with({"parameters/codebook/muut.yml": "label: {fi: M, en: O}\ncodes: {}\n"})
    study = apply(move(load(folder), "saavutettavuus", tree="muut", note=NOTE))
    assert [c.id for c in study.codebook.tree("muut")] == ["saavutettavuus", "odotusaika"]
    assert study.problems == ()


def test_redefine_changes_the_text_and_lets_the_codings_wait(study_with: Write) -> None:
    texts = {"definition": {"fi": 'Saako "heti".'}, "not_when": {"en": "x → odotusaika"}}
    change = redefine(load(study_with()), "saavutettavuus", texts, NOTE)
    assert lines(change) == {
        "-    definition: Saako yhteyden.", '+    definition: "Saako \\"heti\\"."',
        '+    not_when: {en: "x → odotusaika"}', "+    meaning: 2",
    }  # fmt: skip
    study = apply(change)
    assert study.codebook["saavutettavuus"].definition == {"fi": 'Saako "heti".'}
    assert study.history.entries[0].was == "definition: Saako yhteyden."
    assert study.history.entries[0].codings == 5


def test_retire_keeps_the_codings_counted_and_refuses_further_changes(study_with: Write) -> None:
    study = apply(retire(load(study_with()), "odotusaika", NOTE))
    assert study.problems == ()
    assert sum(c.code == "odotusaika" for c in study.counting) == 2
    with pytest.raises(CannotChange, match="'odotusaika' is retired since 2026-10-01"):
        merge(study, ["kohteliaisuus"], "odotusaika")


@pytest.mark.parametrize(
    ("verb", "arguments", "said"),
    [
        (rename, ("odotusaik", "x"), "Did you mean 'odotusaika'"),
        (rename, ("odotusaika", "kohteliaisuus"), "has 'kohteliaisuus' already"),
        (rename, ("odotusaika", "kaksi sanaa"), "cannot be a code"),
        (merge, (["saavutettavuus"], "odotusaika"), "stands below it"),
        (merge, (["odotusaika"], "koettu"), "not of one kind"),
        (split, ("odotusaika", ["x"]), "two codes or more"),
        (split, ("odotusaika", ["x", "y"], {"koettu": "z"}), "'z' is none of x, y"),
        (move, ("saavutettavuus", "odotusaika"), "stands below it"),
        (move, ("odotusaika", "saavutettavuus"), "stands there already"),
        (move, ("odotusaika", "", "nakokulma"), "not of one kind"),
        (move, ("odotusaika", "", "nakokulm"), "Did you mean 'nakokulma'"),
        (redefine, ("odotusaika", {"definition": {"fi": "Jonotus."}}), "says that already"),
        (redefine, ("odotusaika", {"ref": {"fi": "x"}}), "cannot be redefined"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(
    study_with: Write, verb: Callable[..., Change], arguments: tuple[object, ...], said: str
) -> None:
    with pytest.raises(CannotChange, match=said):
        verb(load(study_with()), *arguments)
