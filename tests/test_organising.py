"""The handbook's chapters on organising and competence: models, reasons and areas; no handler."""

from tests.environment import ROOT
from tests.staff import finding, model, staffed
from workbench import load
from workbench.care.handlers import Change, Sharing, Topic
from workbench.reports.chapters.organising import by_topic, verdicts
from workbench.reports.handbook import CHAPTERS, _written
from workbench.reports.numbers import Numbers, Sheet
from workbench.reports.pages import HANDBOOK, setting


def test_findings_of_one_reason_stand_together_and_changes_come_first() -> None:
    judged = model("m", Sharing.PAIR, {"F1": Change.SAME, "F2": Change.WORSE})
    study = staffed(finding("F1"), finding("F2"), finding("F3"), judged)
    told = [(v.change, [f.id for f in v.findings]) for v in verdicts(judged, study)]
    assert told == [(Change.WORSE, ["F2"]), (Change.OPEN, ["F3"]), (Change.SAME, ["F1"])]


def test_the_pair_says_what_is_done_in_every_situation() -> None:
    pair = load(ROOT).care.models["pari"]
    assert [topic for topic, _ in by_topic(pair)] == list(Topic)


def written(key: str) -> str:
    """Return one chapter of the example's handbook in English."""
    study = load(ROOT)
    chapter = next(c for c in CHAPTERS if c.key == key)
    sheet = Sheet(Numbers({}, {}, {}))
    return str(_written(chapter, study, "en", sheet, setting(HANDBOOK, study, "en")))


def test_the_chapter_answers_what_one_counter_would_mend_and_harm() -> None:
    body = written("organising")
    counter = body[body.rindex("One counter and named experts</h4>") :]
    assert counter.index("change-better") < counter.index("change-worse")
    assert 'href="#F05"' in counter and "Rests on" in counter


def test_the_chapter_on_competence_names_every_area_and_how_many_must_hold_it() -> None:
    body = written("competence")
    areas = load(ROOT).care.areas.values()
    for area in areas:
        assert area.label.say("en").replace("'", "&#39;") in body
    assert body.count('data-head="Holders at least"') == len(areas)
