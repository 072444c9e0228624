"""Encounters in their channels: what fits, what was counted, and where the fallbacks lead."""

from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.desks_and_lines import CHANNELS, ENCOUNTERS, SERVICE
from workbench.care.channels import fallbacks
from workbench.practice.channels import ChannelFit

Write = Callable[..., Path]
ACCEPTED = "  accepted: [{encounter: soitto, why: {fi: ei muuta, en: nothing else}}]\n"


def fit(write: Write, encounters: str = ENCOUNTERS, channels: str = CHANNELS) -> ChannelFit:
    changed = {
        "parameters/care/encounters.yml": encounters,
        "parameters/care/channels.yml": channels,
    }
    return wb.channel_fit(wb.load(write({**SERVICE, **changed})), "en")


def test_what_needs_the_level_a_channel_fits_is_no_misfit(study_with: Write) -> None:
    found = fit(study_with)
    assert list(found.table["Does it fit"]) == ["fits", "fits"]
    assert found.misfits.empty


def test_the_list_of_misfits_follows_the_demand_of_an_encounter(study_with: Write) -> None:
    found = fit(study_with, ENCOUNTERS.replace("demand: remote", "demand: personal"))
    assert list(found.misfits.iloc[:, 2]) == ["Phone", "Mail"]
    assert found.caption.startswith("Encounters in their channels: 2.")


def test_an_accepted_misfit_stays_in_the_list_with_its_reason(study_with: Write) -> None:
    personal = ENCOUNTERS.replace("demand: remote", "demand: personal")
    mail = CHANNELS.replace("  facet: puhelin\n", f"  facet: puhelin\n{ACCEPTED}")
    found = fit(study_with, personal, mail)
    assert list(found.misfits["Does it fit"]) == [
        "does not fit, accepted: nothing else", "does not fit",
    ]  # fmt: skip


def test_counted_encounters_are_those_of_both_codes_and_views_count_their_own(
    study_with: Write,
) -> None:
    study = wb.load(study_with(SERVICE))
    assert [u.counted.value for u in wb.channel_fit(study).uses if u.counted] == [200, 30]
    market = wb.channel_fit(study.where(segment="esimiehet-tori"))
    assert [u.counted.value if u.counted else None for u in market.uses] == [None, 30]


def test_what_relationships_say_stands_beside_with_what_nobody_knows(study_with: Write) -> None:
    assert list(fit(study_with).table.iloc[:, 6]) == ["100 (not known: 1 of 2)"] * 2


def test_a_matrix_tells_fit_and_kinds_for_each_level_of_demand(study_with: Write) -> None:
    assert list(fit(study_with).matrix["Phone"]) == ["–", "–", "fits: 1", "–"]


def test_fallbacks_are_followed_until_they_end_or_go_round(study_with: Write) -> None:
    care = wb.load(study_with(SERVICE)).care
    assert fallbacks("puhelin", care.channels) == ("puhelin",)
    names = {"puhelin": "posti", "posti": "puhelin"}
    text = CHANNELS
    for name, other in names.items():
        text = text.replace(f"{name}:\n", f"{name}:\n  fallback: {other}\n", 1)
    round_ = wb.load(study_with({**SERVICE, "parameters/care/channels.yml": text})).care
    assert fallbacks("puhelin", round_.channels) == ("puhelin", "posti", "puhelin")
