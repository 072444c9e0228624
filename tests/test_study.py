"""A study loads whatever can be read, and a view has the whole's methods on less material."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.loading import NoStudy, load
from workbench.study import Unknown, status

Write = Callable[..., Path]


def test_a_folder_without_study_yml_is_no_study(tmp_path: Path) -> None:
    with pytest.raises(NoStudy, match="workbench new study"):
        load(tmp_path)


def test_a_segment_s_view_holds_its_people_and_observations_of_them(study_with: Write) -> None:
    study = load(study_with())
    assert sorted(study.where(segment="esimiehet-koulu").documents) == ["h01", "h02"]
    assert sorted(study.where(segment="esimiehet").documents) == ["h01", "h02", "h03", "o01"]


def test_views_combine(study_with: Write) -> None:
    view = load(study_with()).where(segment="esimiehet", kind="interview", coder="eero")
    assert [c.place.path.name for c in view.codings] == ["h01.eero.tsv"]


def test_a_view_keeps_the_problems_of_the_whole(study_with: Write) -> None:
    study = load(study_with({"interviews/h09.aino.tsv": STUDY["interviews/h03.aino.tsv"]}))
    assert study.where(segment="esimiehet-koulu").problems == study.problems
    assert "codings of 'h09'" in str(study.problems[0])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"segment": "esimihet"}, "There is no segment 'esimihet' in this study. Did you mean"),
        ({"coder": "aion"}, "There is no coder 'aion' in this study. Did you mean 'aino'?"),
        ({"side": "customers"}, "There is no side 'customers'"),
        ({"kind": "survey"}, "Known: interview, observation."),
    ],
)
def test_a_view_of_what_is_not_there_names_the_near_miss(
    study_with: Write, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(Unknown, match=said.replace("?", r"\?")):
        load(study_with()).where(**asked)


def test_where_two_coded_a_document_the_first_named_counts(study_with: Write) -> None:
    study = load(study_with())
    assert {c.coder for c in study.counting} == {"aino"}
    assert {c.coder for c in study.where(coder="eero").counting} == {"eero"}


def test_a_lost_coding_is_listed_but_does_not_count(study_with: Write) -> None:
    edited = STUDY["interviews/h03.md"].replace("varattu", "tukossa")
    study = load(study_with({"interviews/h03.md": edited}))
    assert [c.standing for c in study.codings if c.document == "h03"] == ["lost"]
    assert "h03" not in {c.document for c in study.counting}


def test_words_of_a_known_informant_stay_out_of_another_segment_s_view(study_with: Write) -> None:
    note = (
        STUDY["observations/o01.md"]
        .replace("[soittaja1]", "[E03]")
        .replace("soittaja1:", "E03:")
        .replace("role: esimies", "role: esimies\nsector: koulu")
    )
    study = load(study_with({"observations/o01.md": note}))
    view = study.where(segment="esimiehet-koulu")
    assert {(c.document, c.passage.turn) for c in view.codings if c.document == "o01"} == {
        ("o01", 1)
    }


def test_status_lists_uncoded_documents_too(study_with: Write) -> None:
    study = load(study_with({"interviews/h03.aino.tsv": None}))
    rows = {(row.document.id, row.coder): row.codings for row in status(study)}
    assert rows == {("h01", "aino"): 3, ("h01", "eero"): 1, ("h02", "aino"): 2,
                    ("h03", ""): 0, ("o01", "aino"): 2}  # fmt: skip


def test_an_unknown_coder_or_informant_is_told(study_with: Write) -> None:
    study = load(study_with({
        "interviews/h03.aino.tsv": None,
        "interviews/h03.eeero.tsv": STUDY["interviews/h03.aino.tsv"],
        "interviews/h02.md": STUDY["interviews/h02.md"].replace("E02", "E20"),
    }))  # fmt: skip
    told = [str(p) for p in study.problems]
    assert any("no coder 'eeero' in study.yml. Did you mean 'eero'?" in t for t in told)
    assert any("the informant 'E20' is not in parameters/informants.yml" in t for t in told)


def test_an_interview_among_the_observations_is_told(study_with: Write) -> None:
    study = load(study_with({"interviews/h03.md": None, "interviews/h03.aino.tsv": None,
                             "observations/h03.md": STUDY["interviews/h03.md"]}))  # fmt: skip
    assert any("this is an interview among the observations" in str(p) for p in study.problems)


def test_a_fault_in_the_study_s_own_words_is_told(study_with: Write) -> None:
    study = load(study_with({"parameters/words.yml": "form: {esmies: esimies}\n"}))
    assert [str(p) for p in study.problems] == [
        "parameters/words.yml:1: unknown key 'form' in own words. Did you mean 'forms'?"
    ]


@pytest.mark.parametrize(
    ("name", "fault", "said"),
    [
        ("parameters/codebook/nakokulma.yml", "lable: x\n", "unknown key 'lable'"),
        ("parameters/care/needs.yml", "N01: {}\n", "the key 'N01' stands twice"),
    ],
)
def test_decomposed_letters_hide_no_other_fault_of_their_file(
    study_with: Write, name: str, fault: str, said: str
) -> None:
    study = load(study_with({name: f"{STUDY[name]}# a\u0308\n{fault}"}))
    told = [p.message for p in study.problems]
    assert any("decomposed" in t for t in told)
    assert any(said in t for t in told), told


@pytest.mark.parametrize(
    "name",
    [
        "parameters/codebook/laatutekijat.yml",
        "parameters/segments/esimiehet-tori.yml",
        "parameters/care/plans/esimiehet.yml",
    ],
)
def test_a_file_that_is_not_yaml_is_told_once_for_the_whole_file(
    study_with: Write, name: str
) -> None:
    study = load(study_with({name: STUDY[name].replace(": ", ": {", 1)}))
    assert len([p for p in study.problems if str(p.path) == name]) == 1


def test_whose_codings_of_a_document_count_is_the_same_in_every_view(study_with: Write) -> None:
    head = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n"
    talk = STUDY["observations/o01.md"].replace("speakers: [soittaja1]", "speakers: [E01, E03]")
    talk = talk.replace("role: esimies", "role: esimies\nsector: tori")
    talk = talk.replace("soittaja1:", "E01:") + "\n[3] E03: Kiitos.\n"
    study = load(
        study_with(
            {
                "observations/o01.md": talk,
                "observations/o01.aino.tsv": f"{head}2\t0\t9\tkohteliaisuus\t\tViimeinki\t\n",
                "observations/o01.eero.tsv": f"{head}3\t0\t7\tkohteliaisuus\t\tKiitos.\t\n",
            }
        )
    )
    here = study.where(segment="esimiehet-tori")
    assert [c.coder for c in here.codings if c.document == "o01"] == ["eero"]
    assert [c for c in here.counting if c.document == "o01"] == []
    assert {c.coder for c in study.counting if c.document == "o01"} == {"aino"}
