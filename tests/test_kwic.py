"""Search in a study: hits in their places, by segment, speaker and code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.coding.query import BadQuery
from workbench.concordance.kwic import Index, UnknownScope, search
from workbench.loading import load
from workbench.study import Study, Unknown

Write = Callable[..., Path]


@pytest.fixture
def study(study_with: Write) -> Study:
    return load(study_with())


def places(study: Study, query: str, **options: str) -> list[str]:
    found = search(study, query, **options)  # type: ignore[arg-type]
    return [f"{h.passage.document}/{h.passage.turn} {h.passage.quote}" for h in found.hits]


def test_a_hit_stands_between_what_is_before_and_after_it(study: Study) -> None:
    (hit,) = search(study, "jonottaa").hits
    assert (hit.left, hit.passage.quote, hit.right) == (
        "Pitäis päästä heti läpi. Mä ", "jonotin", " puoli tuntia, ihan turhaan.",
    )  # fmt: skip
    turn = study.documents["h01"].turns[2].text
    assert turn[hit.passage.start : hit.passage.end] == "jonotin"
    assert hit.sentence.quote == "Mä jonotin puoli tuntia, ihan turhaan."
    assert (hit.speaker, hit.segment, hit.codes) == (
        "E01", "esimiehet-koulu", ("odotusaika", "saavutettavuus"),
    )  # fmt: skip


def test_the_table_has_a_row_for_each_hit_in_the_language_asked(study: Study) -> None:
    table = search(study, "jonottaa", "en").table
    assert list(table["Hit"]) == ["jonotin"]
    assert list(table.columns)[:4] == ["Document", "Turn", "Start", "End"]


def test_the_word_itself_comes_before_compounds(study_with: Write) -> None:
    text = STUDY["interviews/h01.md"].replace("ihan turhaan", "palkkapäivänä palkka myöhässä")
    found = search(load(study_with({"interviews/h01.md": text})), "palkka")
    assert [(h.passage.quote, h.exact) for h in found.hits] == [
        ("palkka", True), ("palkkapäivänä", False),
    ]  # fmt: skip


def test_only_a_segment_s_or_a_speaker_s_words_are_searched(study: Study) -> None:
    assert places(study, "olla", segment="esimiehet-tori") == ["h03/1 oli"]
    assert places(study, "saada | miten", speaker="TK") == ["h01/1 Miten", "h01/1 saat"]
    assert places(study, "päästä", segment="esimiehet-tori") == []


def test_only_words_with_a_code_or_one_below_it(study: Study) -> None:
    assert places(study, "puoli | ystävällinen", code="saavutettavuus") == ["h01/2 puoli"]
    assert places(study, "turhaan | puoli", code="odotusaika") == ["h01/2 puoli"]


def test_and_holds_within_a_sentence_or_a_turn(study: Study) -> None:
    assert places(study, "päästä & jonottaa") == []
    assert places(study, "päästä & jonottaa", within="turn") == ["h01/2 päästä", "h01/2 jonotin"]


def test_a_study_s_own_words_are_heard(study_with: Write) -> None:
    own = "forms: {linja: puhelinlinja}\n"
    study = load(study_with({"parameters/words.yml": own}))
    assert places(study, "puhelinlinja") == ["h03/1 Linja"]


def test_an_index_answers_many_questions(study: Study) -> None:
    index = Index(study)
    assert [len(search(index, q).hits) for q in ("soittaa", "jonottaa")] == [1, 1]
    assert index.analysed_by.startswith("fi: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"segment": "esimihet"}, "Did you mean 'esimiehet'"),
        ({"speaker": "E011"}, "There is no speaker 'E011'"),
        ({"code": "odotus"}, "Did you mean 'odotusaika'"),
    ],
)
def test_what_is_not_there_is_told(study: Study, options: dict[str, str], said: str) -> None:
    with pytest.raises(Unknown, match=said):
        search(study, "a", **options)  # type: ignore[arg-type]


def test_misuse_is_told(study: Study) -> None:
    with pytest.raises(UnknownScope, match="Did you mean 'sentence'"):
        search(study, "a", within="sentences")
    with pytest.raises(BadQuery):
        search(study, "a b")


def test_another_segment_s_informant_is_not_heard_in_an_observation(study_with: Write) -> None:
    note = (
        STUDY["observations/o01.md"]
        .replace("[soittaja1]", "[E03]")
        .replace("soittaja1:", "E03:")
        .replace("role: esimies", "role: esimies\nsector: koulu")
    )
    study = load(study_with({"observations/o01.md": note}))
    assert places(study, "viimein | viimeinkin | vastata", speaker="E03") != []
    assert "o01/2 vastaa" not in places(study, "vastata", segment="esimiehet-koulu")


def test_where_to_look_may_stand_in_the_query(study: Study) -> None:
    assert places(study, "olla segment:esimiehet-tori") == ["h03/1 oli"]
    assert places(study, "puhuja:TK AND saada | miten") == ["h01/1 Miten", "h01/1 saat"]
    assert places(study, "turhaan | puoli koodi:odotusaika") == ["h01/2 puoli"]
    with pytest.raises(Unknown, match="no segment 'esimies'"):
        places(study, "olla segment:esimies")


def test_an_index_hears_what_was_coded_since_in_its_segments_as_well(study: Study) -> None:
    index = Index(study)
    asked = "linja segment:esimiehet-tori code:saavutettavuus"
    assert len(search(index, asked).hits) == 1
    index.coded(c for c in study.codings if c.document != "h03")
    assert len(search(index, asked).hits) == 0
    index.coded(study.codings)
    assert len(search(index, asked).hits) == 1
