"""Machines: coders that are nobody are compared like anybody, and neither count nor witness."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage
from workbench.coding.machines import MODEL, NotMine, write_codings
from workbench.findings.disagreements import disagreements
from workbench.loading import load

Write = Callable[..., Path]
SETTINGS = "parameters/study.yml"
NAMED = STUDY[SETTINGS] + "assistant: {coder: kone}\n"
BY_MODEL = """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo\tmodel\tconfidence
2\t25\t49\tsaavutettavuus\tkoettu -\tMä jonotin puoli tuntia,\tSyy.\tm\t0.80
"""
FILE = "interviews/h01.kone.tsv"


def made(document: str = "h01", memo: str = "Syy.") -> Coding:
    passage = Passage(document, 2, 0, 7, "Pitäis ")
    place = Place(Path("x"), 1)
    return Coding(passage, "odotusaika", "kone", place, memo=memo, extra=((MODEL, "m"),))


def test_the_assistant_s_codings_do_not_count_and_come_last(study_with: Write) -> None:
    without = load(study_with({SETTINGS: NAMED})).counting
    study = load(study_with({SETTINGS: NAMED, FILE: BY_MODEL}))
    assert study.problems == ()
    assert study.coders == ("aino", "eero", "kone")
    assert study.counting == without
    assert [c.coder for c in study.where(coder="kone").counting] == ["kone"]


def test_they_count_where_nobody_coded_if_study_yml_names_the_coder(study_with: Write) -> None:
    changes = {
        SETTINGS: NAMED, "interviews/h03.aino.tsv": None, "parameters/care/findings.yml": None,
        "parameters/care/needs.yml": None, "parameters/care/actions.yml": None,
        "parameters/care/plans/esimiehet.yml": None,
        "interviews/h03.kone.tsv": STUDY["interviews/h03.aino.tsv"],
    }  # fmt: skip
    assert "h03" not in {c.document for c in load(study_with(changes)).counting}
    changes[SETTINGS] = NAMED.replace("eero]", "eero, kone]")
    assert {c.coder for c in load(study_with(changes)).counting if c.document == "h03"} == {"kone"}


def test_they_are_no_evidence(study_with: Write) -> None:
    cited = STUDY["parameters/care/findings.yml"].replace("[h01/2 odotus", "[h03/1 odotus")
    rows = STUDY["interviews/h03.aino.tsv"].replace("saavutettavuus", "odotusaika")
    changes = {"parameters/care/findings.yml": cited, "interviews/h03.kone.tsv": rows}
    problems = load(study_with({**changes, SETTINGS: NAMED})).problems
    assert "odotusaika" in " ".join(p.message for p in problems)
    people = NAMED.replace("eero]", "eero, kone]").replace("[aino", "[kone, aino")
    assert load(study_with({**changes, SETTINGS: people})).problems == ()


def test_they_are_compared_like_anybody_s(study_with: Write) -> None:
    study = load(study_with({SETTINGS: NAMED, FILE: BY_MODEL}))
    assert disagreements(study, coders=("eero", "kone"), documents=["h01"]).same == 1
    apart = disagreements(study, coders=("aino", "kone"), documents=["h01"]).points
    assert [p.how for p in apart] == ["missing", "code", "missing"]


def test_a_model_s_codings_do_not_become_a_person_s_when_it_is_dropped(study_with: Write) -> None:
    for settings in (STUDY[SETTINGS], STUDY[SETTINGS].replace("coders: [aino, eero]\n", "")):
        problems = load(study_with({SETTINGS: settings, FILE: BY_MODEL})).problems
        assert [str(p) for p in problems] == [
            "interviews/h01.kone.tsv:1: a model made these codings, and they would count. "
            "Write `assistant: {coder: kone}` in study.yml; it asks nobody anything."
        ]


def test_codes_the_assistant_may_use_must_exist(study_with: Write) -> None:
    settings = NAMED.replace("kone}", "kone, codes: [laatutekijat, odotusaik]}")
    problems = load(study_with({SETTINGS: settings})).problems
    assert [p.message for p in problems] == ["no code or tree 'odotusaik'."]
    assert problems[0].hint == "Did you mean 'odotusaika'?"


def test_what_is_found_again_gives_way_and_the_rest_stays(study_with: Write) -> None:
    study = load(study_with({SETTINGS: NAMED, FILE: BY_MODEL}))
    documents = study.documents.values()
    paths = write_codings(documents, "kone", MODEL, [made()], lambda _: False, ())
    assert [p.name for p in paths] == ["h01.kone.tsv"]
    assert (study.folder / FILE).read_text(encoding="utf-8").count("\n") == 3
    write_codings(documents, "kone", MODEL, [made(memo="Toinen.")], lambda c: True, ())
    text = (study.folder / FILE).read_text(encoding="utf-8")
    assert "Toinen." in text
    assert "Syy." not in text
    assert not write_codings(documents, "kone", MODEL, [made(memo="Toinen.")], lambda c: True, ())


def test_a_line_that_no_machine_made_stops_all_writing(study_with: Write) -> None:
    mine = BY_MODEL.replace("\tm\t0.80", "\t\t")
    study = load(study_with({SETTINGS: NAMED, "interviews/h02.kone.tsv": mine}))
    with pytest.raises(NotMine, match=r"h02.kone.tsv:2: this line was not made by a model"):
        write_codings(study.documents.values(), "kone", MODEL, [made()], lambda _: True, ())
    assert not (study.folder / FILE).exists()
