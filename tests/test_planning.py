"""Plans become changes: every coding accounted for, texts proved, evidence brought along."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.coding.booktext import CannotEdit
from workbench.loading import load
from workbench.revision.asking import Note
from workbench.revision.changes import CannotChange, FateKind, apply
from workbench.revision.verbs import merge, redefine, rename, split

Write = Callable[..., Path]
BOOK = "parameters/codebook/laatutekijat.yml"


def test_every_coding_has_one_fate_or_is_untouched(study_with: Write) -> None:
    study = load(study_with())
    change = merge(study, ["odotusaika"], "kohteliaisuus")
    assert len({f.before.place for f in change.fates}) == len(change.fates) == 3
    assert change.untouched + len(change.fates) == len(study.codings)
    assert [f.kind for f in change.fates].count(FateKind.RECODED) == 2


def test_further_columns_of_codings_that_fall_together_are_kept(study_with: Write) -> None:
    head, *rows = STUDY["interviews/h01.aino.tsv"].strip("\n").split("\n")
    rows.append("2\t25\t49\tsaavutettavuus\t\tMä jonotin puoli tuntia,\t")
    marked = zip(rows, ["1", "2", "3", "4"], strict=True)
    text = "\n".join([f"{head}\tsure", *(f"{row}\t{n}" for row, n in marked), ""])
    study = apply(
        merge(load(study_with({"interviews/h01.aino.tsv": text})), ["odotusaika"], "saavutettavuus")
    )
    found = [c.extra for c in study.codings if c.coder == "aino" and c.passage.start == 25]
    assert found == [(("sure", "4 | 2"),)]


def test_moved_words_that_fall_together_are_one_coding(study_with: Write) -> None:
    """Both codings stand on the same words; one line still has the old offsets."""
    late = "2\t20\t44\tsaavutettavuus\t\tMä jonotin puoli tuntia,\t\n"
    folder = study_with({"interviews/h01.aino.tsv": STUDY["interviews/h01.aino.tsv"] + late})
    change = merge(load(folder), ["odotusaika"], "saavutettavuus")
    assert [f.kind for f in change.fates].count(FateKind.TOGETHER) == 2
    assert len(apply(change).codings) == 9


def test_other_words_at_the_same_offsets_stop_a_merge(study_with: Write) -> None:
    late = "2\t25\t49\tsaavutettavuus\t\tYstävällisiä ne kyllä on\t\n"
    folder = study_with({"interviews/h01.aino.tsv": STUDY["interviews/h01.aino.tsv"] + late})
    with pytest.raises(CannotChange, match=r"two codings at \[2\] 25–49 would both be"):
        merge(load(folder), ["odotusaika"], "saavutettavuus")


def test_a_book_that_cannot_be_edited_as_text_is_left(study_with: Write) -> None:
    tree = (
        "label: {fi: Laatu, en: Quality}\ncodes:\n"
        "  saavutettavuus: {label: {fi: S, en: A}, definition: x, codes: {\n"
        "    odotusaika: {label: {fi: O, en: W}, definition: y}}}\n"
        "  kohteliaisuus: {label: {fi: K, en: C}, definition: z}\n"
    )
    folder = study_with({BOOK: tree})
    with pytest.raises(CannotEdit, match=r"on lines of its own|Give each code its own line"):
        merge(load(folder), ["odotusaika"], "kohteliaisuus")
    assert (folder / BOOK).read_text(encoding="utf-8") == tree


def test_evidence_names_every_code_its_words_have_now(study_with: Write) -> None:
    more = "2\t0\t24\todotusaika\todotettu\tPitäis päästä heti läpi.\t\n"
    folder = study_with({"interviews/h01.aino.tsv": STUDY["interviews/h01.aino.tsv"] + more})
    change = split(
        load(folder), "odotusaika", ["jono", "toive"], {"koettu": "jono", "odotettu": "toive"}
    )
    evidence = apply(change).care.findings["F01"].evidence
    assert evidence == ("h01/2 jono", "h01/2 toive", "h03/1 saavutettavuus")


def test_a_notebook_that_names_the_code_is_told(study_with: Write) -> None:
    folder = study_with({"notebooks/01.ipynb": '{"cells": ["counts(code=\\"odotusaika\\")"]}'})
    change = rename(load(folder), "odotusaika", "jonotus")
    assert change.notes == ("notebooks/01.ipynb names 'odotusaika'; write 'jonotus' there.",)


def test_the_history_grows_at_its_end(study_with: Write) -> None:
    study = apply(redefine(load(study_with()), "odotusaika", note=Note(date="2026-10-01")))
    before = (study.folder / "parameters/codebook/history.tsv").read_text(encoding="utf-8")
    study = apply(rename(study, "odotusaika", "jono", note=Note(date="2026-10-02")))
    after = (study.folder / "parameters/codebook/history.tsv").read_text(encoding="utf-8")
    assert after == before + "2026-10-02\trename\todotusaika\tjono\t2\t\t\t\n"
