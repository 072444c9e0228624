"""What the care model's files already know of a segment is shown from there."""

from collections.abc import Callable
from pathlib import Path

from workbench import load
from workbench.practice.known import Known, known

Write = Callable[..., Path]
CARE = {
    "units": "yksikko: {label: {fi: Koulun palkat, en: School pay}, serves: [esimiehet-koulu]}\n",
    "customers": "koulu: {label: {fi: K, en: S}, segment: esimiehet-koulu, source: s. 20}\n",
    "areas": "ovtes: {label: {fi: OVTES, en: Teachers}, kind: agreement}\n"
    "lukuvuosi: {label: {fi: Lukuvuosi, en: School year}, kind: sector}\n",
    "systems": "lomake: {label: {fi: Lomake, en: Form}, side: interface, owner: kasittelija, "
    "use: {fi: K, en: U}, needs: [N01]}\n",
    "channels": "tiski: {label: {fi: Tiski, en: Desk}, level: personal, fits: [personal], "
    "owner: kasittelija, uses: {fi: K, en: U}, needs: [N01]}\n",
    "encounters": "neuvo: {label: {fi: N, en: A}, demand: personal, channels: [tiski], "
    "needs: [N01], activities: [{what: {fi: A, en: A}, actor: system, system: lomake}]}\n",
    "relationships": "koulu: {label: {fi: K, en: S}, customer: koulu, unit: yksikko, "
    "phase: established, areas: [ovtes, lukuvuosi], needs: [N01], "
    "volumes: [{encounter: neuvo, count: null, source: ei laskettu}]}\n",
}
FILES = {f"parameters/care/{name}.yml": text for name, text in CARE.items()}
SCHOOL = Known(("School pay",), ("Teachers",), ("Desk",), ("Form",))


def test_unit_agreements_channels_and_systems_come_from_the_relationships(
    study_with: Write,
) -> None:
    assert known(load(study_with(FILES)), "esimiehet-koulu", "en") == SCHOOL


def test_a_rollup_has_what_its_segments_have(study_with: Write) -> None:
    assert known(load(study_with(FILES)), "esimiehet", "en") == SCHOOL


def test_a_segment_without_customers_has_what_the_wider_group_has(study_with: Write) -> None:
    assert known(load(study_with(FILES)), "esimiehet-tori", "en") == SCHOOL


def test_what_no_file_says_is_empty(study_with: Write) -> None:
    assert known(load(study_with()), "esimiehet", "en") == Known((), (), (), ())
