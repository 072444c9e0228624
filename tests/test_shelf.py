"""A change begins only where every file that names codes can be read whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.loading import load
from workbench.revision.changes import apply
from workbench.revision.shelf import Shelf, Unsafe
from workbench.revision.verbs import rename

Write = Callable[..., Path]
TSV = "interviews/h01.eero.tsv"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (TSV, STUDY[TSV] + "rikki\n", r"h01\.eero\.tsv:3: 1 fields instead of 7"),
        (TSV, STUDY[TSV] + "<<<<<<< HEAD\n", r"h01\.eero\.tsv:3: an unfinished merge"),
        ("parameters/codebook/nakokulma.yml", "label: [", r"nakokulma\.yml:"),
        ("parameters/care/needs.yml", "N01: {code: a, code: b}\n", r"needs\.yml:1: the key 'code'"),
    ],
)
def test_a_file_that_cannot_be_read_whole_stops_the_change(
    study_with: Write, name: str, text: str, said: str
) -> None:
    with pytest.raises(Unsafe, match=said):
        Shelf.of(load(study_with({name: text})))


def test_codings_of_a_document_that_is_not_there_are_taken_along(study_with: Write) -> None:
    folder = study_with({"interviews/h09.aino.tsv": STUDY["interviews/h03.aino.tsv"]})
    apply(rename(load(folder), "saavutettavuus", "yhteys"))
    assert "\tyhteys\t" in (folder / "interviews/h09.aino.tsv").read_text(encoding="utf-8")


def test_other_faults_do_not_stop_a_change(study_with: Write) -> None:
    lost = STUDY["interviews/h03.aino.tsv"].replace("Linja oli taas varattu.", "Sanat ovat poissa.")
    folder = study_with({"interviews/h03.aino.tsv": lost})
    study = apply(rename(load(folder), "saavutettavuus", "yhteys"))
    assert [c.code for c in study.codings if c.document == "h03"] == ["yhteys"]
