"""The page of a segment's year, its handbook chapters, and the calendar beside it."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import vobject

import workbench as wb
from tests.environment import ROOT
from tests.test_clock import CLOCK, PAY, event
from tests.test_clock_checks import CHANNELS, CONTACT
from workbench.reports.handbook import handbook
from workbench.reports.year import YearPage
from workbench.study import Study

Write = Callable[..., Path]
CLOSING = event("V02", "deadline", "V01 - 5 business days", more="  lead: 3\n")
ONCE = event("V03", "meeting", "03-17", more="  what: {fi: Tule, en: Come along}\n")


@pytest.fixture(scope="module")
def example() -> Study:
    return wb.load(ROOT)


def page(write: Write, *events: str, language: str = "en") -> YearPage:
    study = wb.load(write({CLOCK: "".join(events)}))
    return wb.annual_clock(study.where(segment="esimiehet"), language)


def test_pay_days_and_deadlines_stand_month_by_month_beside_one_another(study_with: Write) -> None:
    body = page(study_with, PAY, CLOSING).body
    row = body.split('<th scope="row">May</th>')[1].split("</tr>")[0]
    assert row.index("Thu\N{NO-BREAK SPACE}6\N{NO-BREAK SPACE}May") < row.index("14")


def test_what_happens_once_is_told_in_its_month_with_what_to_do_and_why(study_with: Write) -> None:
    body = page(study_with, PAY, ONCE).body
    march = body.split("<h3>March</h3>")[1].split("</section>")[0]
    told = ("Event V03", "Come along", "own handler", "meeting", "handbook-en.html#N01")
    assert [text for text in told if text not in march] == []


def test_what_repeats_is_told_once_with_all_its_days(study_with: Write) -> None:
    body = page(study_with, PAY, CLOSING).body
    repeats = body.split('id="often"')[1]
    assert repeats.count("Event V02") == 1
    assert "3 days before" in repeats
    assert "All days (12)" in repeats


def test_the_ring_is_sound_svg_that_says_what_it_shows(study_with: Write) -> None:
    body = page(study_with, PAY, ONCE).body
    svg = str(body).split('<figure class="ring">')[1].split("</svg>")[0] + "</svg>"
    root = ElementTree.fromstring(svg)
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert root[0].text == "Supervisors: the year 2010 as a ring"
    marks = [g for g in root[2] if g.tag == "g"]
    assert len(marks) == 13


def test_the_page_links_to_its_calendar_and_writes_it_beside(
    study_with: Write, tmp_path: Path
) -> None:
    made = page(study_with, PAY, CLOSING)
    made.save(tmp_path)
    assert 'href="year-esimiehet-en.ics"' in made.body
    data = (tmp_path / "year-esimiehet-en.ics").read_bytes()
    assert data == made.calendar
    assert len(vobject.readOne(data.decode()).vevent_list) == 24
    page(study_with, PAY).save(tmp_path)
    assert len(vobject.readOne((tmp_path / "year-esimiehet-en.ics").read_text()).vevent_list) == 12


def test_an_empty_folder_name_writes_nothing(
    study_with: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page(study_with, PAY)
    monkeypatch.chdir(tmp_path)
    made.save("")
    assert list(tmp_path.rglob("year*")) == []


def test_a_segment_without_a_clock_says_so(study_with: Write) -> None:
    assert "There is no annual clock for this segment yet." in page(study_with).body


def test_a_title_cannot_become_markup(study_with: Write) -> None:
    bad = ONCE.replace("en: Event V03", "en: '<b>x</b></svg>'")
    body = page(study_with, PAY, bad).body
    assert "<b>x" not in body
    assert "&lt;b&gt;x&lt;/b&gt;&lt;/svg&gt;" in body


def test_every_event_of_every_segment_stands_on_its_page(example: Study) -> None:
    for segment in example.segments.all:
        view = example.where(segment=segment)
        body = wb.annual_clock(view).body
        for name in {o.event.id for o in wb.year(view).days}:
            assert body.count(f'id="{name}"') == 1


def test_the_handbook_lists_the_whole_year_and_its_load(study_with: Write) -> None:
    inner = event("V04", "task", "06-01", "")
    body = handbook(wb.load(study_with({CLOCK: PAY + ONCE + inner})), "en").body
    chapter = body.split('<h2 id="clock">')[1].split("</section>")[0]
    assert all(f"Event {name}" in chapter for name in ("V01", "V03", "V04"))
    assert "the service&#39;s own work" in chapter
    assert "The weeks" not in chapter
    assert chapter.count('class="week"') == 53


def test_the_handbook_gives_each_contact_its_agenda_and_each_segment_its_contacts(
    study_with: Write,
) -> None:
    files = {"parameters/care/channels.yml": CHANNELS, "parameters/care/contacts.yml": CONTACT}
    body = handbook(wb.load(study_with(files)), "en").body
    chapter = body.split('<h2 id="cooperation">')[1].split("</section>")[0]
    assert "<li>Dates</li>" in chapter
    assert '<a href="#YP01">Visit</a> (1)' in chapter
    assert "No reason is written down." in chapter


def test_a_handbook_without_a_clock_and_contacts_says_so(study_with: Write) -> None:
    body = handbook(wb.load(study_with()), "en").body
    assert "No contacts are planned yet." in body
    assert "There is no annual clock" in body
