"""The handbook's chapters of rules and channels: a rule is a sentence, a channel a row of marks."""

import re
from collections.abc import Callable
from pathlib import Path

import workbench as wb
from tests.desks_and_lines import ENCOUNTERS, SERVICE
from workbench.practice.channels import channel_fit
from workbench.reports.chapters.channels import drawing
from workbench.reports.handbook import handbook

Write = Callable[..., Path]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_a_rule_reads_as_one_sentence_under_its_own_anchor(study_with: Write) -> None:
    body = handbook(wb.load(study_with(SERVICE)), "fi").body
    article = body.split('<article class="rule" id="PS-Y-01"')[1].split("</article>")[0]
    assert "Kun puhelin soi, käsittelijä vastaa – heti." in words_of(article)
    assert "Johdon päätös: päätös" in words_of(article)


def test_a_channel_is_marked_at_its_level_where_it_fits_and_where_it_does_not(
    study_with: Write,
) -> None:
    personal = ENCOUNTERS.replace("demand: remote", "demand: personal")
    files = {**SERVICE, "parameters/care/encounters.yml": personal}
    rows = drawing(channel_fit(wb.load(study_with(files))), "fi").rows
    assert [(m.kind, m.n) for m in rows[0].marks] == [("level", 0), ("misfit", 1)]


def test_the_table_under_the_picture_says_the_same(study_with: Write) -> None:
    body = handbook(wb.load(study_with(SERVICE)), "en").body
    table = body.split('<svg class="fits"')[1].split("<tbody>")[1].split("</tbody>")[0]
    assert words_of(table) == "Phone––fits: 1–Mail––fits: 1–"
