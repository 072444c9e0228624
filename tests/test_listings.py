"""Tables of a profile: people in their order, groups beside one another, other counts apart."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import STUDY
from tests.environment import ROOT
from tests.sources import ALL, FACETS
from workbench.loading import load
from workbench.reports.disclosure import Print
from workbench.reports.listings import (
    Cell,
    angles,
    differing,
    figure,
    given,
    in_turn,
    met,
    spoken,
)
from workbench.reports.numbers import Sheet, numbers
from workbench.study import Study

Write = Callable[..., Path]
CODED = {
    "parameters/codebook/kanava.yml": FACETS,
    "interviews/h01.aino.tsv": STUDY["interviews/h01.aino.tsv"]
    .replace("koettu -", "koettu - puhelin")
    .replace("koettu +", "koettu + puhelin neuvonta"),
    "interviews/h03.aino.tsv": STUDY["interviews/h03.aino.tsv"]
    .replace("koettu -", "koettu - puhelin"),
}  # fmt: skip


def seen(study: Study, segment: str = "esimiehet") -> tuple[Study, Sheet]:
    view = study.where(segment=segment)
    return view, Sheet(numbers(view))


def test_printed_numbers_come_by_size_and_hidden_ones_in_the_order_given() -> None:
    known = {"a": Print.SMALL, "b": 6, "c": 0, "d": Print.WITHHELD, "e": 9, "f": 6}
    assert in_turn(known) == ["e", "b", "f", "a", "d"]


def test_a_number_is_printed_with_its_group_or_as_hidden() -> None:
    assert figure(7, 5, "fi", of=9) == "7/9"
    assert figure(7, 5, "fi") == "7"
    assert figure(Print.SMALL, 5, "fi", of=9) == "alle 5"
    assert figure(Print.WITHHELD, 5, "en", of=9) == "number withheld"


def test_what_a_group_speaks_of_is_counted_by_people(study_with: Write) -> None:
    rows = spoken(*seen(load(study_with())), "fi").rows
    assert [(r.label, r.cells) for r in rows] == [
        ("Saavutettavuus", (Cell(3, 3),)),
        ("Odotusaika", (Cell(1, 3),)),
        ("Kohteliaisuus", (Cell(1, 3),)),
        ("Nimetty yhteyshenkilö", (Cell(1, 3),)),
    ]
    assert [q.words for q in rows[2].quotes] == ["Ystävällisiä ne kyllä on aina."]


def test_a_hidden_number_stands_beside_that_of_the_wider_group() -> None:
    study = load(ROOT)
    rows = spoken(*seen(study, "esimiehet-varhaiskasvatus"), "fi").rows
    wider = {r.label: r.cells[0] for r in spoken(*seen(study), "fi").rows}
    beside = {r.label: r.beside for r in rows if isinstance(r.cells[0].number, Print) and r.beside}
    assert beside != {}
    assert {label for label, _ in beside.values()} == {"Kaikki esimiehet"}
    known = [label for label in beside if label in wider]
    assert [beside[label] for label in known] == [
        ("Kaikki esimiehet", wider[label]) for label in known
    ]
    assert all(r.beside is None for r in rows if isinstance(r.cells[0].number, int))


def test_channels_are_counted_by_people_good_and_bad(study_with: Write) -> None:
    found = angles(*seen(load(study_with(CODED))), "fi", "CH.", "encounters_channel", toned=True)
    assert found.heads == ("Kanava", "Haastateltavia", "Myönteinen kokemus", "Kielteinen kokemus")
    assert [(r.label, [c.number for c in r.cells]) for r in found.rows] == [("Puhelin", [2, 1, 2])]


def test_encounters_are_counted_without_a_tone(study_with: Write) -> None:
    found = angles(*seen(load(study_with(CODED))), "en", "ENC.", "encounters_kind")
    assert [(r.label, r.cells) for r in found.rows] == [("Advice", (Cell(1, 3),))]


def test_a_group_is_set_beside_its_parent_where_the_shares_differ_most(study_with: Write) -> None:
    alike = differing(*seen(load(study_with()), "esimiehet-koulu"), "fi")
    assert alike.heads == ("Koodi", "Koulun esimiehet", "Esimiehet")
    assert alike.rows == ()
    third = STUDY["interviews/h03.aino.tsv"] + "1\t0\t5\tkohteliaisuus\tkoettu -\tLinja\t\n"
    second = STUDY["interviews/h02.aino.tsv"] + "2\t0\t5\todotusaika\tkoettu -\tMulla\t\n"
    changed = {"interviews/h02.aino.tsv": second, "interviews/h03.aino.tsv": third}
    found = differing(*seen(load(study_with(changed)), "esimiehet-koulu"), "fi")
    told = [(r.label, r.cells) for r in found.rows]
    assert told == [("Kohteliaisuus", (Cell(1, 2), Cell(2, 3)))]  # and no code below another


def test_a_group_without_any_other_has_nothing_to_differ_from(study_with: Write) -> None:
    assert differing(*seen(load(study_with())), "fi").rows == ()


def test_feedback_is_counted_by_type_and_by_topic(study_with: Write) -> None:
    by_sort, by_code = given(load(study_with(ALL)).where(segment="esimiehet"), "fi")
    assert by_sort.caption.startswith("Koe: 3 palautetta. Palautetta antaa se, joka haluaa;")
    assert by_sort.rows == (("Kiitos", "1"), ("Moite", "2"))
    assert by_code.rows == (("Saavutettavuus", "2"), ("Kohteliaisuus", "1"))


def test_a_group_that_gave_no_feedback_has_no_table_of_it(study_with: Write) -> None:
    assert list(given(load(study_with()).where(segment="esimiehet"), "fi")) == []


def test_encounters_are_summed_by_channel_and_unknown_ones_are_no_zero(study_with: Write) -> None:
    months = str(ALL["observations/kohtaamiset.csv"]).replace("neuvonta,80,", "neuvonta,,")
    changed = {**ALL, "observations/kohtaamiset.csv": months}
    (found,) = met(load(study_with(changed)).where(segment="esimiehet"), "fi")
    assert found.rows == (("Puhelin", "120 + 1 riviä ei tiedossa"), ("Sähköposti", "30"))
