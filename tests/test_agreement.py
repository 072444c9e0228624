"""Agreement of a study's coders: by code and together, whole documents resampled, honest notes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY, two_codes
from tests.environment import ROOT
from tests.test_work import WORK
from workbench.findings.agreement import Agreement, agreement
from workbench.findings.unitizing import unitized
from workbench.loading import load
from workbench.study import Study, Unknown
from workbench.teamwork import Sealed

Write = Callable[..., Path]
AINO = STUDY["interviews/h01.aino.tsv"]


@pytest.fixture
def study(study_with: Write) -> Study:
    return load(study_with())


def row(found: Agreement, code: str) -> dict[str, object]:
    (one,) = (r for r in found.rows if r.code == code)
    return {"used": dict(one.used), "alpha": one.alpha.value, "never": one.never}


def test_units_are_turns_that_could_be_coded_in_documents_that_several_coded(study: Study) -> None:
    found = agreement(study)
    assert {r.turns for r in found.rows} == {2}
    assert "1 dokumentissa ja 2 puheenvuorossa" in found.caption


def test_a_coder_who_used_a_code_nowhere_is_named_and_agrees_by_chance_only(study: Study) -> None:
    found = agreement(study)
    assert row(found, "odotusaika")["never"] == ("eero",)
    (one,) = (r for r in found.rows if r.code == "odotusaika")
    assert one.kappa.value == pytest.approx(0.0)
    line = found.table[found.table["Koodi"] == "Odotusaika"].iloc[0]
    assert line["Huomaa"] == "eero ei käyttänyt koodia kertaakaan"
    assert (line["aino"], line["eero"]) == (1, 0)


def test_the_same_codings_agree_wholly(study_with: Write) -> None:
    same = {
        "interviews/h01.eero.tsv": AINO,
        "interviews/h02.eero.tsv": STUDY["interviews/h02.aino.tsv"],
    }
    found = agreement(load(study_with(same)))
    together = found.rows[0]
    assert (together.code, together.percent.value) == ("", 1.0)
    assert together.alpha.value == pytest.approx(1.0)
    assert together.spans == found.boundaries == 1.0


def test_a_coder_named_is_compared_even_where_nothing_was_coded(study_with: Write) -> None:
    study = load(
        study_with({"interviews/h02.eero.tsv": "\t".join(AINO.split("\n")[0].split("\t")) + "\n"})
    )
    found = agreement(study, documents=["h02"], coders=["aino", "eero"])
    assert all(r.never == ("eero",) for r in found.rows)
    assert all((r.alpha.value or 0) <= 0 for r in found.rows)


def test_boundaries_are_compared_whatever_the_code(study_with: Write) -> None:
    other = AINO.replace("kohteliaisuus", "nimetty-yhteyshenkilö").replace(
        "\todotusaika", "\tkohteliaisuus"
    )
    found = agreement(load(study_with({"interviews/h01.eero.tsv": other})))
    assert found.boundaries == 1.0
    assert "mitkä sanat ylipäätään koodataan, alfa on 1." in found.caption
    assert found.rows[0].spans is not None
    assert found.rows[0].spans < 1


def test_going_further_down_a_tree_is_no_disagreement_at_its_top(study: Study) -> None:
    below, top = agreement(study), agreement(study, top=True)
    assert {r.code for r in below.rows} >= {"saavutettavuus", "odotusaika"}
    assert "odotusaika" not in {r.code for r in top.rows}
    (one,) = (r for r in top.rows if r.code == "saavutettavuus")
    assert one.never == ()
    assert one.percent.value == 1.0


def test_the_same_offsets_in_another_turn_are_other_words(study_with: Write) -> None:
    head = AINO.split("\n")[0]
    one = f"{head}\n2\t0\t14\tkohteliaisuus\t\tPitäis päästä \t\n".replace("14\tkoh", "13\tkoh")
    two = f"{head}\n3\t0\t13\tkohteliaisuus\t\tYstävällisiä \t\n"
    files = {
        "interviews/h01.aino.tsv": one.replace("päästä \t", "päästä\t"),
        "interviews/h01.eero.tsv": two.replace("13\tkoh", "12\tkoh").replace("siä \t", "siä\t"),
    }
    study = load(study_with(files))
    second, third = (len(study.documents["h01"].turns[n].text) for n in (2, 3))
    by_hand = {"aino": [(0, 13)], "eero": [(second, second + 12)]}
    wanted = unitized(by_hand, second + third).alpha
    assert agreement(study).rows[0].spans == pytest.approx(wanted)


def test_a_coder_is_not_taken_to_have_judged_what_others_were_set_to_compare(
    study_with: Write,
) -> None:
    study = load(
        study_with(
            {
                "interviews/h01.eero.tsv": AINO,
                "interviews/h02.liisa.tsv": STUDY["interviews/h02.aino.tsv"],
            }
        )
    )
    found = agreement(study)
    assert set(found.rows[0].used) == {"aino", "eero", "liisa"}
    assert {r.percent.value for r in found.rows} == {1.0}


def test_a_blind_document_is_left_out_and_refused_by_name(study_with: Write) -> None:
    study = load(
        study_with(
            {"parameters/work.yml": WORK, "interviews/h02.eero.tsv": AINO.split("\n")[0] + "\n"}
        )
    )
    with pytest.raises(Sealed):
        agreement(study, documents=["h02"])
    with pytest.raises(Unknown):
        agreement(study, coders=["liisa"])


def test_the_interval_comes_from_whole_documents_and_a_seed(study_with: Write) -> None:
    folder = two_codes(study_with(), ("odotusaika", "kohteliaisuus"))
    for path in sorted((folder / "interviews").glob("h1*.aino.tsv")):
        lines = path.read_text("utf-8").split("\n")
        less = [line for n, line in enumerate(lines) if n % int(path.name[2] + "3") or not n]
        path.with_name(path.name.replace("aino", "eero")).write_text("\n".join(less), "utf-8")
    one, again = (agreement(load(folder), resamplings=200) for _ in range(2))
    first = one.rows[0].alpha
    assert first == again.rows[0].alpha
    assert first.low is not None and first.value is not None and first.high is not None
    assert first.low < first.value < first.high
    assert agreement(load(folder), resamplings=0).rows[0].alpha.low is None


def test_nothing_to_compare_is_an_empty_table(study_with: Write) -> None:
    found = agreement(load(study_with({"interviews/h01.eero.tsv": None})))
    assert found.rows == ()
    assert found.table.empty


def test_the_example_study_s_coders_agree_fairly_and_say_where_not() -> None:
    found = agreement(load(ROOT), resamplings=100)
    together = found.rows[0]
    assert together.alpha.value is not None
    assert 0.3 < together.alpha.value < 0.6
    assert together.percent.value is not None
    assert together.percent.value > 0.9
    assert any(r.never for r in found.rows)


def test_gamma_judges_the_spans_of_all_documents_at_once(study: Study) -> None:
    found = agreement(study)
    assert [len(own) for own in found.continua[0]] == [3, 1]
    value = found.gamma(draws=10)
    assert value is not None
    assert value < 1


def test_gamma_of_one_coder_s_work_laid_twice_is_one(study_with: Write) -> None:
    study = load(study_with({"interviews/h01.eero.tsv": AINO}))
    assert agreement(study).gamma(draws=5) == pytest.approx(1.0)
