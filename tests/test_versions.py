"""Two versions of a codebook compared over the codings of the first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_merge import git
from workbench.coding.recoding import Decision
from workbench.loading import load
from workbench.revision.asking import Note
from workbench.revision.changes import apply
from workbench.revision.verbs import merge, move, redefine, rename, retire, split
from workbench.revision.versions import NoVersion, Turned, compare_studies, version
from workbench.study import Study

Write = Callable[..., Path]
NOTE = Note(date="2026-10-01")


def turned(old: Study, new: Study) -> dict[tuple[str, tuple[str, ...]], tuple[str, ...]]:
    return {(c.before, c.after): c.turned for c in compare_studies(old, new).changes}


def test_a_renamed_code_is_not_a_new_one_and_nothing_falls_differently(study_with: Write) -> None:
    old = load(study_with())
    new = apply(rename(old, "saavutettavuus", "yhteys", note=NOTE))
    assert turned(old, new) == {("saavutettavuus", ("yhteys",)): (Turned.RENAMED,)}
    assert compare_studies(old, new).falls == ()


def test_merged_codings_fall_differently(study_with: Write) -> None:
    old = load(study_with())
    new = apply(merge(old, ["odotusaika"], "kohteliaisuus", NOTE))
    found = compare_studies(old, new)
    assert turned(old, new) == {("odotusaika", ("kohteliaisuus",)): (Turned.MERGED,)}
    assert [(f.coding.document, f.after) for f in found.falls] == [
        ("h01", ("kohteliaisuus",)),
        ("o01", ("kohteliaisuus",)),
    ]
    assert (found.changes[0].top_before, found.changes[0].top_after) == (
        "saavutettavuus",
        "kohteliaisuus",
    )


def test_of_a_split_each_coding_tells_where_it_went(study_with: Write) -> None:
    old = load(study_with())
    chosen = [Decision("h01", "aino", 2, 25, 49, "odotusaika", "jono")]
    new = apply(split(old, "odotusaika", ["jono", "linja"], decisions=chosen, note=NOTE))
    found = compare_studies(old, new)
    assert [f.after for f in found.falls] == [("jono",), ("jono", "linja")]
    assert turned(old, new) == {("odotusaika", ("jono", "linja")): (Turned.SPLIT,)}


def test_a_move_takes_the_codings_of_the_codes_below_elsewhere(study_with: Write) -> None:
    old = load(study_with())
    new = apply(move(old, "saavutettavuus", under="kohteliaisuus", note=NOTE))
    assert turned(old, new) == {
        (code, (code,)): (Turned.MOVED,) for code in ("saavutettavuus", "odotusaika")
    }
    assert len(compare_studies(old, new).falls) == 7


def test_redefined_retired_reworded_new_and_gone(study_with: Write) -> None:
    folder = study_with()
    old = load(folder)
    new = apply(retire(redefine_(old), "kohteliaisuus", NOTE))
    book = folder / "parameters/codebook/laatutekijat.yml"
    text = book.read_text(encoding="utf-8").replace("Yksi ihminen.", "Yksi nimi.")
    book.write_text(text.replace("odotusaika:", "jono:"), encoding="utf-8")
    new = load(folder)
    assert turned(old, new) == {
        ("saavutettavuus", ("saavutettavuus",)): (Turned.REDEFINED, Turned.REWORDED),
        ("odotusaika", ()): (Turned.GONE,),
        ("kohteliaisuus", ("kohteliaisuus",)): (Turned.RETIRED,),
        ("nimetty-yhteyshenkilö", ("nimetty-yhteyshenkilö",)): (Turned.REWORDED,),
        ("", ("jono",)): (Turned.NEW,),
    }
    assert len(compare_studies(old, new).falls) == 7


def redefine_(study: Study) -> Study:
    return apply(redefine(study, "saavutettavuus", {"definition": {"fi": "Uusi."}}, NOTE))


def test_the_table_shows_codes_numbers_and_tops(study_with: Write) -> None:
    old = load(study_with())
    new = apply(merge(old, ["odotusaika"], "kohteliaisuus", NOTE))
    assert str(compare_studies(old, new)) == (
        "code        now            what    codings  top before      top now\n"
        "odotusaika  kohteliaisuus  merged  2        saavutettavuus  kohteliaisuus\n"
        "2 of 9 codings would fall differently.\n"
    )


def test_an_older_version_comes_from_git_also_in_a_folder_of_a_repository(
    tmp_path: Path, study_with: Write
) -> None:
    folder = study_with()
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "start")
    new = apply(rename(load(folder), "odotusaika", "jono", note=NOTE))
    old = version(new, "HEAD")
    assert "odotusaika" in old.codebook
    assert len(old.codings) == 9
    for wrong in ("nope", "--output=x"):
        with pytest.raises(NoVersion, match=wrong):
            version(new, wrong)
