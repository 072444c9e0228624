"""All counted material of a study is loaded, proved and narrowed, and is no document."""

from collections.abc import Callable
from pathlib import Path

from tests.sources import ALL, ANSWERS, ITEMS, MONTHS, SURVEY, told
from workbench.loading import load

Write = Callable[..., Path]


def test_a_study_holds_its_counted_material_apart_from_its_documents(study_with: Write) -> None:
    plain, study = load(study_with()), load(study_with(ALL))
    assert told(study) == []
    assert (len(study.surveys["kysely"].rows), len(study.feedback["palaute"].rows)) == (3, 4)
    assert len(study.encounters["kohtaamiset"].rows) == 3
    assert (study.documents, study.codings) == (plain.documents, plain.codings)


def test_a_segment_narrows_it(study_with: Write) -> None:
    here = load(study_with(ALL)).where(segment="esimiehet-koulu")
    assert [r.id for r in here.surveys["kysely"].rows] == ["V1", "V2"]
    assert [m.line for m in here.feedback["palaute"].rows] == [2, 3]
    assert [r.count for r in here.encounters["kohtaamiset"].rows] == [120, 80]


def test_a_side_narrows_it(study_with: Write) -> None:
    study = load(study_with(ALL))
    assert len(study.where(side="customer").surveys["kysely"].rows) == 3
    assert study.where(side="provider").surveys["kysely"].rows == ()
    own = {"observations/kysely.yml": SURVEY + "side: provider\n"}
    study = load(study_with({**ALL, **own}))
    assert len(study.where(side="provider").surveys["kysely"].rows) == 3
    assert study.where(segment="esimiehet").surveys["kysely"].rows == ()


def test_codes_that_are_not_in_the_book_are_told_where_they_stand(study_with: Write) -> None:
    changed = {
        "observations/kysely.yml": SURVEY.replace("code: kohteliaisuus", "code: kohteliasuus"),
        "observations/kysely.csv": ANSWERS.replace("odotusaika koettu", "odotusaikka koetu"),
        "observations/palaute.csv": ITEMS.replace("saavutettavuus", "puhelin"),
    }
    assert told(load(study_with({**ALL, **changed}))) == [
        "observations/kysely.csv:2: no code 'odotusaikka'. Did you mean 'odotusaika'?",
        "observations/kysely.csv:2: no facet 'koetu'. Did you mean 'koettu'?",
        "observations/kysely.yml:12: no code 'kohteliasuus'. Did you mean 'kohteliaisuus'?",
        "observations/palaute.csv:4: no code 'puhelin'. It is a facet: write it after a code.",
    ]


def test_channels_and_kinds_of_encounters_are_those_of_the_codebook(study_with: Write) -> None:
    table = MONTHS.replace("puhelin,neuvonta,120", "neuvonta,puhelin,120")
    assert told(load(study_with({**ALL, "observations/kohtaamiset.csv": table}))) == [
        "observations/kohtaamiset.csv:2: no channel 'neuvonta' in the codebook. "
        "Known: puhelin, sähköposti.",
        "observations/kohtaamiset.csv:2: no encounter 'puhelin' in the codebook. Known: neuvonta.",
    ]


def test_a_table_without_description_and_the_other_way_round_are_told(study_with: Write) -> None:
    changed = {"observations/kysely.yml": None, "observations/palaute.csv": None}
    assert told(load(study_with({**ALL, **changed}))) == [
        "observations/kysely.csv:1: nothing says what this table holds. "
        "Write kysely.yml beside it, or use `workbench import`.",
        "observations/palaute.yml:1: there is no palaute.csv beside this description. "
        "Put the table there, or remove the description.",
    ]


def test_a_kind_that_does_not_exist_is_told(study_with: Write) -> None:
    form = SURVEY.replace("kind: survey", "kind: suvrey")
    assert told(load(study_with({**ALL, "observations/kysely.yml": form}))) == [
        "observations/kysely.yml:1: a table cannot be of the kind 'suvrey'. Did you mean 'survey'?"
    ]


def test_bytes_that_are_no_text_leave_the_whole_source_out(study_with: Write) -> None:
    folder = study_with(ALL)
    path = folder / "observations" / "kysely.csv"
    path.write_bytes(ANSWERS.encode("cp1252"))
    study = load(folder)
    assert study.surveys == {}
    assert told(study) == [
        "observations/kysely.csv:3: byte 83 (0xe4) is not UTF-8. "
        "Save the file as UTF-8; nothing of it was read."
    ]
