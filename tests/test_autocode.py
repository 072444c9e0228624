"""Codings by rules: seen first, written as `auto`'s own, and never counted above people."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.coding.machines import NotMine
from workbench.coding.query import BadQuery
from workbench.concordance import autocode as module
from workbench.concordance.autocode import NoRules, Preview, autocode
from workbench.concordance.kwic import Index
from workbench.loading import load
from workbench.revision.queue import recoding_queue
from workbench.study import Study, Unknown

Write = Callable[..., Path]
BOOK = "parameters/codebook/laatutekijat.yml"
RULES = (
    STUDY[BOOK]
    .replace(
        "definition: Jonotus.",
        "definition: Jonotus.\n        auto: [jonottaa, '\"puoli tunti\"', jono]",
    )
    .replace(
        "definition: Käytös.",
        "definition: Käytös.\n    auto: [ystävällinen, NOT kyllä, sama]",
    )
)


@pytest.fixture
def study(study_with: Write) -> Study:
    return load(study_with({BOOK: RULES}))


def found(preview: Preview) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.code, f.hit.sentence.quote, f.rules) for f in preview.found]


def test_a_passage_is_the_sentence_with_the_hits_and_names_its_rules(study: Study) -> None:
    assert found(autocode(study)) == [
        ("odotusaika", "Mä jonotin puoli tuntia, ihan turhaan.", ("jonottaa", '"puoli tunti"')),
        ("odotusaika", "9.00 Jonossa seitsemän.", ("jono",)),
        ("kohteliaisuus", "Saisi olla aina se sama.", ("sama",)),
    ]


@pytest.mark.parametrize("segment", [None, "esimiehet-koulu"])
def test_workers_find_the_same_passages_in_the_same_order(
    study_with: Write, monkeypatch: pytest.MonkeyPatch, segment: str | None
) -> None:
    monkeypatch.setattr(module, "TOGETHER", 1)
    note = STUDY["observations/o01.md"].replace("soittaja1", "E03").replace("Viimein", "Jonosta")
    note = note.replace("role: esimies", "role: esimies\nsector: koulu")
    study = load(study_with({BOOK: RULES, "observations/o01.md": note}))
    view = study.where(segment=segment) if segment else study
    with ProcessPoolExecutor(2) as pool:
        given = autocode(view, executor=pool)
    alone = autocode(view)
    assert (given.found, given.caption) == (alone.found, alone.caption)
    assert given.found[0].hit.codes == ("odotusaika", "saavutettavuus")
    assert ("E03" in [f.hit.speaker for f in given.found]) == (segment is None)


def test_an_index_is_searched_here_though_there_are_workers(study: Study) -> None:
    with ThreadPoolExecutor() as pool:
        pool.shutdown()
        index = Index(study, informants_only=True)
        assert autocode(index, executor=pool).found == autocode(study).found


def test_nothing_is_written_before_it_is_asked_for(study: Study) -> None:
    before = sorted(study.folder.rglob("*.tsv"))
    assert len(autocode(study).table) == 3
    assert sorted(p for p in study.folder.rglob("*.tsv") if "build" not in p.parts) == before


def test_what_is_written_is_sound_and_says_rule_and_analyser(study: Study) -> None:
    paths = autocode(study).write()
    assert [p.name for p in paths] == ["h01.auto.tsv", "h02.auto.tsv", "o01.auto.tsv"]
    again = load(study.folder)
    assert again.problems == ()
    own = again.where(coder="auto").codings
    assert [c.passage.quote for c in own][:1] == ["Mä jonotin puoli tuntia, ihan turhaan."]
    extra = dict(own[0].extra)
    assert extra["rule"] == 'jonottaa | "puoli tunti"'
    assert extra["analyser"].startswith("fi: ")


def test_a_rule_judges_by_the_present_meaning_of_its_code(study_with: Write) -> None:
    book = RULES.replace("definition: Jonotus.", "definition: Jonotus.\n        meaning: 2")
    study = load(study_with({BOOK: book}))
    autocode(study, ["odotusaika"]).write()
    waiting = recoding_queue(load(study.folder))
    assert [item for item in waiting if item.coding.coder == "auto"] == []


def test_writing_again_changes_nothing(study: Study) -> None:
    autocode(study).write()
    assert autocode(load(study.folder)).write() == []


def test_only_the_codes_asked_for_are_replaced(study: Study) -> None:
    autocode(study).write()
    changed = autocode(load(study.folder), rules={"odotusaika": ["tunti"]}).write()
    assert [p.name for p in changed] == ["h01.auto.tsv", "o01.auto.tsv"]
    left = load(study.folder).where(coder="auto").codings
    assert {(c.document, c.code) for c in left} == {("h01", "odotusaika"), ("h02", "kohteliaisuus")}


def test_a_file_that_somebody_coded_by_hand_is_not_replaced(study: Study) -> None:
    mine = study.folder / "interviews/h02.auto.tsv"
    mine.write_text(STUDY["interviews/h02.aino.tsv"], encoding="utf-8")
    with pytest.raises(NotMine, match=r"h02.auto.tsv:2: this line was not made by a rule"):
        autocode(load(study.folder)).write()
    assert not (study.folder / "interviews/h01.auto.tsv").exists()


def test_an_interviewer_s_words_are_not_coded(study: Study) -> None:
    assert found(autocode(study, rules={"odotusaika": ["miten | sinä"]})) == []


def test_people_count_before_auto(study: Study) -> None:
    counted = study.counting
    autocode(study, rules={"odotusaika": ["olla | vastata | jonottaa"]}).write()
    again = load(study.folder)
    assert again.coders == ("aino", "eero", "auto")
    assert again.counting == counted
    assert {c.coder for c in again.where(coder="auto").counting} == {"auto"}


def test_auto_counts_where_nobody_coded_only_if_the_study_says_so(study_with: Write) -> None:
    changes = {BOOK: RULES, "interviews/h02.aino.tsv": None, "parameters/care/findings.yml": None,
               "parameters/care/needs.yml": None, "parameters/care/actions.yml": None,
               "parameters/care/plans/esimiehet.yml": None}  # fmt: skip
    folder = study_with(changes)
    autocode(load(folder)).write()
    assert "h02" not in {c.document for c in load(folder).counting}
    settings = folder / "parameters/study.yml"
    settings.write_text(STUDY["parameters/study.yml"].replace("eero]", "eero, auto]"))
    assert {c.coder for c in load(folder).counting if c.document == "h02"} == {"auto"}


def test_a_rule_s_coding_is_no_evidence(study_with: Write) -> None:
    findings = STUDY["parameters/care/findings.yml"].replace(
        "[h01/2 odotusaika,", "[h02/3 kohteliaisuus,"
    )
    folder = study_with({BOOK: RULES, "parameters/care/findings.yml": findings})
    autocode(load(folder)).write()
    assert "kohteliaisuus" in " ".join(p.message for p in load(folder).problems)


def test_misuse_is_told(study: Study) -> None:
    with pytest.raises(NoRules, match="'saavutettavuus' has no rules"):
        autocode(study, ["saavutettavuus"])
    with pytest.raises(Unknown, match="Did you mean 'odotusaika'"):
        autocode(study, ["odotusaik"])
    with pytest.raises(BadQuery):
        autocode(study, rules={"odotusaika": ["a b"]})
    with pytest.raises(BadQuery):
        autocode(study, rules={"odotusaika": ["NOT a"]})


def test_a_codebook_without_rules_is_told(study_with: Write) -> None:
    with pytest.raises(NoRules, match="The codebook has no rules"):
        autocode(load(study_with()))
