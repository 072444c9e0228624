"""Counts are of people; parents hold what their children hold."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from workbench.findings.counts import could_have_said, counts, documents, tally
from workbench.loading import load

Write = Callable[..., Path]


def test_a_talkative_person_counts_once(study_with: Write) -> None:
    more = STUDY["interviews/h03.aino.tsv"] + "1\t0\t5\tsaavutettavuus\t\tLinja\t\n"
    found = tally(load(study_with({"interviews/h03.aino.tsv": more})))
    assert found["saavutettavuus"].people == {"E01", "E02", "E03"}
    assert len(found["saavutettavuus"].passages) == 7


def test_a_parent_is_the_union_of_itself_and_its_children(study_with: Write) -> None:
    study = load(study_with())
    found = tally(study)
    below = study.codebook.below("saavutettavuus")
    own = {study.speaker(c) for c in study.counting if c.code in below} - {""}
    assert found["saavutettavuus"].people == own
    assert found["odotusaika"].people < found["saavutettavuus"].people


def test_an_observation_counts_as_a_document_not_as_a_person(study_with: Write) -> None:
    observed = load(study_with()).where(kind="observation")
    found = tally(observed)["odotusaika"]
    assert (found.people, found.documents) == (set(), {"o01"})


PROTOCOL = {
    "observations/o02.md": """\
---
id: o02
kind: observation
date: 2010-05
informant: E02
language: fi
---
[1] E02 jonottaa puhelimessa.
""",
    "observations/o02.aino.tsv": """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
1\t4\t12\todotusaika\t\tjonottaa\t
""",
    "interviews/h02.aino.tsv": None,
}


def test_a_note_about_an_informant_is_not_something_they_said(study_with: Write) -> None:
    study = load(study_with(PROTOCOL))
    found = tally(study)["odotusaika"]
    assert "o02" in found.documents
    assert "E02" not in found.people
    assert "E02" not in could_have_said(study)


def test_below_the_line_stand_those_who_could_have_said_it(study_with: Write) -> None:
    study = load(study_with({"interviews/h03.aino.tsv": None}))
    assert could_have_said(study) == {"E01", "E02"}


def test_the_table_says_people_of_people(study_with: Write) -> None:
    table = counts(load(study_with()), "en").table
    assert list(table.columns) == ["Code tree", "Code", "People", "Documents", "Passages"]
    assert list(table.iloc[0]) == ["Quality", "Access", "3/3", 4, 6]


def test_order_of_files_does_not_change_a_count(study_with: Write) -> None:
    study = load(study_with())
    found = tally(study, reversed(study.counting))
    assert {c: t.people for c, t in found.items()} == {c: t.people for c, t in tally(study).items()}


def test_documents_are_listed_once_for_each_coder(study_with: Write) -> None:
    result = documents(load(study_with()), "en")
    assert result.caption == "The material has 4 documents and 4 informants."
    assert list(result.table["Coder"]) == ["aino", "eero", "aino", "aino", "aino"]


def test_in_a_coder_s_view_could_have_said_it_who_speaks_where_that_coder_coded(
    study_with: Write,
) -> None:
    assert could_have_said(load(study_with()).where(coder="eero")) == {"E01"}


def test_whose_only_codings_are_lost_has_not_heard_anybody(study_with: Callable[..., Path]) -> None:
    lost = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n2\t0\t9\tkohteliaisuus\t\tei missään\t\n"
    study = load(study_with({"interviews/h01.eero.tsv": lost}))
    assert could_have_said(study.where(coder="eero")) == frozenset()
    assert could_have_said(study.where(coder="aino")) == {"E01", "E02", "E03"}
