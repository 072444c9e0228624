"""Codings as columns of numbers: what belongs to what, and different members counted once."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import STUDY
from tests.environment import ROOT
from workbench import load
from workbench.findings import columns as module
from workbench.findings.columns import Columns, columns, distinct, every, narrowed
from workbench.findings.counts import voices
from workbench.study import Study, Unknown

Write = Callable[..., Path]
PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 6)), max_size=60)


@pytest.fixture(scope="module")
def example() -> Study:
    return load(ROOT)


def test_columns_number_people_documents_and_turns_in_the_order_of_the_material(
    study_with: Write,
) -> None:
    cols = columns(load(study_with()))
    first = cols.codings[0]
    assert (cols.codes[cols.code[0]], cols.people[cols.person[0]]) == ("saavutettavuus", "E01")
    assert (cols.turn[0], cols.last[0], first.passage.turn) == (1, 2, 2)


def test_columns_are_made_once_for_a_view(study_with: Write) -> None:
    study = load(study_with())
    assert columns(study) is columns(study)
    assert columns(study.where(kind="interview")) is not columns(study)


def test_below_a_code_are_its_own_codings_and_those_under_it(study_with: Write) -> None:
    cols = columns(load(study_with()))
    found = {
        c.code for c, kept in zip(cols.codings, cols.below("saavutettavuus"), strict=True) if kept
    }
    assert found == {"saavutettavuus", "odotusaika"}


def test_an_unknown_code_or_facet_is_told_with_the_near_miss(study_with: Write) -> None:
    cols = columns(load(study_with()))
    with pytest.raises(Unknown, match="Did you mean 'koettu'"):
        cols.having(["koetu"])
    with pytest.raises(Unknown, match="Did you mean 'saavutettavuus'"):
        cols.below("saavutettavus")


@given(PAIRS)
def test_members_are_counted_once_and_nobody_not_at_all(pairs: list[tuple[int, int]]) -> None:
    cell, member = (np.array([p[n] for p in pairs], dtype=np.int64) for n in (0, 1))
    want = [len({m for c, m in pairs if c == n and m >= 0}) for n in range(5)]
    assert distinct(cell, member, 5, 7).tolist() == want


@given(PAIRS)
def test_many_cells_are_counted_by_sorting_alike(pairs: list[tuple[int, int]]) -> None:
    cell, member = (np.array([p[n] for p in pairs], dtype=np.int64) for n in (0, 1))
    marked = distinct(cell, member, 5, 7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MOST", 0)
        assert distinct(cell, member, 5, 7).tolist() == marked.tolist()


def test_below_a_code_at_the_bottom_is_itself(study_with: Write) -> None:
    cols = columns(load(study_with()))
    kept = cols.below("odotusaika")
    assert {c.code for c, here in zip(cols.codings, kept, strict=True) if here} == {"odotusaika"}


@pytest.mark.parametrize("segment", ["", "esimiehet", "palkansaajat-opetus", "tuntipalkkaiset"])
@pytest.mark.parametrize("given", [{}, {"side": "provider"}, {"kind": "observation"}])
@pytest.mark.parametrize("coder", ["", "aino", "eero", "sovittu"])
def test_a_narrowed_view_is_the_one_made_anew_with_the_same_columns(
    example: Study, segment: str, given: dict[str, str], coder: str
) -> None:
    wanted = {**given, "segment": segment, "coder": coder}
    wanted = {name: value for name, value in wanted.items() if value}
    view, anew = narrowed(example, **wanted), example.where(**wanted)
    assert (view.codings, view.documents, view.informants) == (
        anew.codings,
        anew.documents,
        anew.informants,
    )
    for cut, made in ((columns(view), Columns.of(anew, anew.counting)), (every(view), every(anew))):
        assert cut.codings == made.codings
        for name in ("codes", "people", "documents", "facets"):
            assert getattr(cut, name) == getattr(made, name)
        for name in ("code", "person", "document", "start", "end", "angles"):
            assert np.array_equal(getattr(cut, name), getattr(made, name))
        order = [np.argsort(cols.turn, kind="stable") for cols in (cut, made)]
        assert np.array_equal(*order)
        assert np.array_equal(cut.last - cut.turn, made.last - made.turn)
    assert voices(view) == voices(anew)


def test_lost_codings_and_unknown_codes_are_no_rows_of_a_narrowed_view(study_with: Write) -> None:
    more = "2\t0\t4\todotusaika\t\tpoissa\t\n3\t0\t3\tvanha\t\tYst\t\n"
    said = STUDY["interviews/h01.aino.tsv"] + more
    study = load(study_with({"interviews/h01.aino.tsv": said}))
    view = narrowed(study, segment="esimiehet-koulu")
    assert len(view.codings) == 8
    assert [len(cols.codings) for cols in (every(view), columns(view))] == [6, 5]


def test_a_view_is_narrowed_further_and_what_is_unknown_is_refused(example: Study) -> None:
    view = narrowed(example.where(segment="esimiehet"), kind="interview", coder="eero")
    assert (
        view.codings == example.where(segment="esimiehet", kind="interview", coder="eero").codings
    )
    assert columns(view).codings == every(view).codings
    with pytest.raises(Unknown, match="no segment 'esimiehe'"):
        narrowed(example, segment="esimiehe")


def test_of_people_who_speak_in_one_document_only_those_of_the_view_are_rows(
    study_with: Write,
) -> None:
    note = STUDY["observations/o01.md"].replace("[soittaja1]", "[E01, E03]\nsector: tori")
    note = note.replace("[2] soittaja1:", "[2] E01:") + "\n[3] E03: Ei vastaa.\n"
    said = STUDY["observations/o01.aino.tsv"] + "3\t0\t10\tkohteliaisuus\t\tEi vastaa\t\n"
    changes: dict[str, str | None] = {
        "observations/o01.md": note,
        "observations/o01.aino.tsv": said,
    }
    study = load(study_with(changes))
    view = narrowed(study, segment="esimiehet-tori", kind="observation")
    assert [c.passage.turn for c in columns(view).codings] == [1, 3]
    assert [c.passage.turn for c in every(view).codings] == [1, 3]
