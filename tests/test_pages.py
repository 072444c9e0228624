"""Pages: what they say, what they withhold, and that no text in them can become markup."""

import functools
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import CARD, STUDY
from tests.environment import ROOT
from workbench.loading import load
from workbench.reports.disclosure import Print
from workbench.reports.numbers import numbers
from workbench.reports.pages import NotInLanguage, Page, account_plan, index, profile

Write = Callable[..., Path]
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</details></main><h1>x",
    '" onmouseover="alert(1)', "{{ 7*7 }}", "&lt;b&gt;", "<!--", "]]><svg/onload=alert(1)>",
)  # fmt: skip


class Structure(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def hostile_study(study_with: Write, words: str) -> Path:
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    transcript = STUDY["interviews/h01.md"].replace("Mä jonotin puoli tuntia,", words)
    n = len(words)
    rows = STUDY["interviews/h01.aino.tsv"].replace("\t49\t", f"\t{25 + n}\t")
    return study_with({
        "interviews/h01.md": transcript,
        "interviews/h01.aino.tsv": rows.replace("Mä jonotin puoli tuntia,", words),
        "interviews/h01.eero.tsv": None,
        "parameters/care/findings.yml": STUDY["parameters/care/findings.yml"].replace(
            "Puhelimella ei pääse läpi.", f'"{quoted}"'),
        "parameters/care/actions.yml": STUDY["parameters/care/actions.yml"].replace(
            "Julkaistaan nimet.", f'"{quoted}"'),
        "parameters/segments/esimiehet.yml": STUDY["parameters/segments/esimiehet.yml"].replace(
            "fi: Esimiehet", f'fi: "{quoted}"'),
    })  # fmt: skip


def pages(folder: Path) -> list[str]:
    study = load(folder)
    assert study.problems == ()
    view = study.where(segment="esimiehet")
    return [profile(view).frame, account_plan(view).frame, index(study, "fi").frame]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_no_element_of_any_page(study_with: Write, words: str) -> None:
    plain = [Structure(html).tags for html in pages(hostile_study(study_with, "sanoja"))]
    attacked = pages(hostile_study(study_with, words))
    assert [Structure(html).tags for html in attacked] == plain
    assert all(words in "".join(Structure(html).words) for html in attacked)


def test_the_structure_test_can_fail() -> None:
    assert Structure("<p>a</p>").tags != Structure(f"<p>{HOSTILE[0]}</p>").tags


def test_a_page_asks_for_nothing_from_outside(study_with: Write) -> None:
    for html in pages(study_with()):
        assert re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", html) == []
        assert "<script" not in html
        assert re.findall(r"url\((?!#)", html) == []


def test_a_page_says_its_language_and_its_title(study_with: Write) -> None:
    view = load(study_with()).where(segment="esimiehet")
    html = profile(view, "en").frame
    assert '<html lang="en">' in html
    assert "<title>Supervisors – Segment profile</title>" in html


def test_a_rolled_up_page_says_so(study_with: Write) -> None:
    page = profile(load(study_with()).where(segment="esimiehet-tori"), "en")
    assert "fewer than 2 informants" in page.body
    assert "the wider group: Supervisors (3 people)" in page.body


def test_a_segment_too_small_at_every_level_shows_no_words_and_no_counts(study_with: Write) -> None:
    settings = STUDY["parameters/study.yml"].replace("quote: 2", "quote: 9")
    view = load(study_with({"parameters/study.yml": settings})).where(segment="esimiehet")
    for page in (profile(view), account_plan(view), index(view, "fi")):
        assert "blockquote" not in page.body
        assert "jonotin" not in page.body
    assert 'id="quality"' not in profile(view).body


def test_who_said_it_stands_on_no_page(study_with: Write) -> None:
    for html in pages(study_with()):
        assert re.findall(r"\b(?:E0\d|S0\d|h0\d|o0\d)\b", html) == []


def test_words_without_consent_stay_out(study_with: Write) -> None:
    for html in pages(study_with()):
        assert "Linja oli taas varattu" not in html


def test_a_plan_has_its_four_blocks_and_starts_with_monday(study_with: Write) -> None:
    body = account_plan(load(study_with()).where(segment="esimiehet")).body
    heads = re.findall(r"<h2[^>]*>(?:<span[^>]*>)?([^<]+)", body)
    assert heads == ["Tästä voi aloittaa maanantaina", "A", "B", "C", "D", "Seuranta ja näyttö"]
    assert "Kerää nimet taulukkoon." in body


def test_each_action_opens_to_the_words_behind_it(study_with: Write) -> None:
    body = account_plan(load(study_with()).where(segment="esimiehet")).body
    action = body[body.index('<li id="T01">') :]
    assert action.index("<summary>Miksi?") < action.index("Mä jonotin puoli tuntia,")


def test_an_action_whose_owner_is_not_known_stands_in_the_plan_all_the_same(
    study_with: Write,
) -> None:
    study = load(study_with({"parameters/care/parties.yml": "esimies: {}\n"}))
    body = account_plan(study.where(segment="esimiehet")).body
    assert "<dt>Vastuutaho</dt><dd>ei tiedossa</dd>" in body


def test_a_segment_without_a_plan_gets_its_parent_s_and_says_so(study_with: Write) -> None:
    body = account_plan(load(study_with()).where(segment="esimiehet-koulu"), "en").body
    assert "This is the plan of the wider group: Supervisors." in body


def test_a_plan_tells_how_many_of_those_behind_it_are_the_segment_s_own(study_with: Write) -> None:
    study = load(study_with())
    school = account_plan(study.where(segment="esimiehet-koulu")).body
    assert "haastateltavia 3, joista tästä ryhmästä 2" in school


def test_of_a_segment_too_small_to_show_no_number_of_its_own_is_told(study_with: Write) -> None:
    study = load(study_with())
    for page in (account_plan, profile):
        assert "tästä ryhmästä" not in page(study.where(segment="esimiehet-tori")).body
    market = account_plan(study.where(segment="esimiehet-tori")).body
    assert "haastateltavia 3, joista laajemmasta ryhmästä 3" in market


def test_a_segment_s_own_words_come_first(study_with: Write) -> None:
    study = load(study_with({
        "parameters/informants.yml": STUDY["parameters/informants.yml"].replace("false", "true"),
        "parameters/care/findings.yml": STUDY["parameters/care/findings.yml"].replace(
            "[h01/2 odotusaika, h03/1 saavutettavuus]", "[h03/1 saavutettavuus, h01/2 odotusaika]"),
    }))  # fmt: skip
    school = profile(study.where(segment="esimiehet-koulu")).body
    assert 0 < school.index("Mä jonotin puoli tuntia,") < school.index("Linja oli taas varattu.")
    everyone = profile(study.where(segment="esimiehet")).body
    assert everyone.index("Linja oli taas") < everyone.index("Mä jonotin puoli tuntia,")


def test_a_plan_leaves_out_findings_about_other_people(study_with: Write) -> None:
    second = STUDY["parameters/care/findings.yml"] + (
        "F02:\n  statement: {fi: Torilla on toisin., en: Not at the market.}\n  type: problem\n"
        "  segments: [esimiehet-tori]\n  evidence: [h03/1 saavutettavuus]\n"
    )
    needs = STUDY["parameters/care/needs.yml"].replace("[F01]", "[F01, F02]")
    study = load(study_with({"parameters/care/findings.yml": second,
                             "parameters/care/needs.yml": needs}))  # fmt: skip
    assert "Torilla on toisin." in account_plan(study.where(segment="esimiehet")).body
    assert "Torilla on toisin." not in account_plan(study.where(segment="esimiehet-koulu")).body


def test_a_theme_of_a_profile_opens_to_its_words(study_with: Write) -> None:
    page = profile(load(study_with()).where(segment="esimiehet")).body
    codes = page[page.index('id="codes"') :]
    assert re.search(r"<summary>Kohteliaisuus</summary>.*?Ystävällisiä ne kyllä", codes, re.DOTALL)


def test_a_card_is_promised_to_whom_it_names(study_with: Write) -> None:
    card = CARD.replace("[esimiehet]", "[esimiehet-koulu]")
    study = load(study_with({"parameters/care/cards/palkka.yml": card}))
    assert "Lupaus" in account_plan(study.where(segment="esimiehet-koulu")).body
    assert "Lupaus" not in account_plan(study.where(segment="esimiehet")).body


def test_the_front_page_links_only_to_pages_that_exist(study_with: Write) -> None:
    page = index(load(study_with()), "fi", made={"plan-esimiehet-fi.html"}).body
    assert 'href="plan-esimiehet-fi.html"' in page
    assert 'href="profile-esimiehet-fi.html"' not in page
    assert "ei vielä ajettu" in page


def test_an_unknown_language_is_refused_by_name(study_with: Write) -> None:
    with pytest.raises(NotInLanguage, match="no texts in 'sv'; its languages are fi, en"):
        profile(load(study_with()).where(segment="esimiehet"), "sv")


def test_the_same_study_makes_the_same_page(study_with: Write) -> None:
    assert pages(study_with()) == pages(study_with())


def test_the_first_language_s_index_is_index_html(study_with: Write, tmp_path: Path) -> None:
    study = load(study_with())
    for language in study.settings.languages:
        index(study, language).save(tmp_path)
    assert sorted(p.name for p in tmp_path.glob("*.html")) == ["index-en.html", "index.html"]


def test_a_failed_segment_is_named_on_the_front_page(study_with: Write) -> None:
    assert "esimiehet-tori" in index(load(study_with()), "fi", ["esimiehet-tori"]).body


FINDINGS = "parameters/care/findings.yml"


def test_a_draft_is_on_no_page(study_with: Write) -> None:
    folder = study_with({FINDINGS: STUDY[FINDINGS] + "  state: draft\n"})
    study = load(folder)
    view = study.where(segment="esimiehet")
    for page in (profile(view), account_plan(view), index(study, "fi")):
        assert "Puhelimella ei pääse läpi." not in page.frame, page.file


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("supported", "vastakkaisia katkelmia ei ole"),
        ("challenged", "ei vielä julk"),
    ],
)
def test_what_is_not_published_says_so_wherever_it_stands(
    study_with: Write, state: str, said: str
) -> None:
    seen = "  seen: {by: aino, date: 2010-05-20}\n"
    for page in pages(study_with({FINDINGS: f"{STUDY[FINDINGS]}  state: {state}\n{seen}"})):
        assert said in page


def test_a_published_finding_needs_no_mark(study_with: Write) -> None:
    own = "  state: published\n  seen: {by: aino, date: 2010-05-20}\n"
    for page in pages(study_with({FINDINGS: STUDY[FINDINGS] + own})):
        assert "Puhelimella ei pääse läpi." in page
        assert "katsottu" not in page
        assert "julkaistu" not in page


EXAMPLE = load(ROOT)
HIDES = {"fi": "alle 5", "en": "under 5", "sv": "färre än 5"}


@functools.cache
def example(language: str) -> list[Page]:
    views = [EXAMPLE.where(segment=s.id) for s in EXAMPLE.segments]
    made = [page(view, language) for page in (profile, account_plan) for view in views]
    return [*made, index(EXAMPLE, language)]


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_no_page_of_the_example_prints_a_number_of_one_to_four_people(language: str) -> None:
    people = r"(?:haastateltava|people\b|person|intervju)"
    told = re.compile(
        rf"(?<![\d–-])[1-4](?:/\d{{1,2}}\b| {people})|"
        r"(?:ryhmästä|denna grupp|större gruppen) [1-4]\b|\b[1-4] from (?:this|the wider)|"
        r"(?:kokemus|odotus|experience|expectation|erfarenhet|förväntan) [1-4]\b|"
        r"--v: [1-4]\b|<b>[1-4]</b>|</i>[1-4]<"
    )
    made = example(language)
    assert sum(page.body.count(HIDES[language]) for page in made) > 300
    assert {page.file: told.findall(page.body) for page in made if told.search(page.body)} == {}


def themes(body: str) -> list[tuple[str, str]]:
    """Return the label and the bar, with what stands after it, of each theme of a profile."""
    table = body[body.index('id="codes"') :]
    row = (
        r'<th scope="row">(?:<details><summary>)?([^<]+).*?<i class="((?:bar|unseen)[^<]*</i>[^<]*)'
    )
    return re.findall(row, table[: table.index("</table>")], re.DOTALL)


def test_a_bar_of_a_hidden_number_has_no_length() -> None:
    found = themes(profile(EXAMPLE.where(segment="esimiehet-soster")).body)
    hidden = {bar for _, bar in found if not bar.startswith("bar")}
    assert hidden == {'unseen"></i>alle 5'}


def test_themes_with_hidden_numbers_stand_last_in_the_order_of_the_codebook() -> None:
    found = themes(profile(EXAMPLE.where(segment="esimiehet-soster")).body)
    order = [c.label.say("fi") for c in EXAMPLE.codebook]
    hidden = [order.index(label) for label, bar in found if bar.startswith("unseen")]
    assert (len(hidden) > 3, hidden) == (True, sorted(hidden))
    told = [bar.startswith("bar") for _, bar in found]
    assert told == sorted(told, reverse=True)


def test_beside_a_hidden_number_stands_that_of_the_wider_group() -> None:
    body = profile(EXAMPLE.where(segment="esimiehet-soster")).body
    told = re.findall(r'alle 5<br><span class="quiet">Kaikki esimiehet: (\d+)/17</span>', body)
    assert told
    assert all(int(n) >= 5 for n in told)


def test_a_grade_does_not_tell_one_voice_from_a_few() -> None:
    body = index(EXAMPLE, "fi").body
    assert re.search(r"harvojen kertoma</span>(?: <span[^>]*>[^<]*</span>)* alle 5", body)
    assert not re.search(r"(?:yksittäinen|toistuva)</span> (?:alle|haast)", body)


def test_every_page_tells_at_its_foot_how_it_protects_people() -> None:
    for language, title in (("fi", "Tietosuoja: näin tämä raportti suojaa ihmisiä"),
                            ("en", "Privacy: how this report protects people"),
                            ("sv", "Dataskydd: så skyddar rapporten människor")):  # fmt: skip
        assert all(title in page.frame for page in example(language))


def test_the_foot_counts_the_numbers_hidden_on_its_page() -> None:
    page = profile(EXAMPLE.where(segment="palkansaajat-opetus"))
    foot = page.frame[page.frame.index("<footer>\n<h2") :]
    assert f"tällaisia lukuja on {foot_count(foot)}." in foot
    assert foot_count(foot) > 20
    assert "Syyt: lainaamiseen ei ole lupaa" in foot


def foot_count(foot: str) -> int:
    found = re.search(r"lukuja on (\d+)", foot)
    assert found
    return int(found[1])


def test_the_foot_of_a_rolled_up_page_names_the_wider_group() -> None:
    frame = profile(EXAMPLE.where(segment="uudet-esimiehet")).frame
    assert "Siksi tällä sivulla on laajemman ryhmän aineisto: Kaikki esimiehet." in frame


def test_years_in_the_job_stand_on_no_page_nor_role_and_sector_of_a_speaker() -> None:
    tenures = [label.say("fi") for label in EXAMPLE.settings.attributes["tenure"].values()]
    groups = {s.label.say("fi") for s in EXAMPLE.segments}
    for page in example("fi"):
        assert not [t for t in tenures if re.search(rf"\b{t}\b", page.body)]
        assert set(re.findall(r'<footer lang="fi">([^<]+)', page.body)) <= groups


def test_unmet_expectations_with_a_withheld_number_are_listed_even_if_there_are_none() -> None:
    found = numbers(EXAMPLE)
    hidden = [
        (m, g)
        for (m, g), how in found.prints.items()
        if m.startswith("unmet") and how is Print.WITHHELD
    ]
    assert hidden
    for measure, group in hidden:
        body = profile(EXAMPLE.where(segment=group)).body
        label = EXAMPLE.codebook[measure.removeprefix("unmet of ")].label.say("fi")
        assert f'<summary>{label} <span class="ref">luku piilotettu' in body


def test_every_report_of_a_segment_says_what_the_study_does_not_answer(study_with: Write) -> None:
    limit = "R1:\n  text: {fi: Käyttöönottoa ei tutkita., en: Its taking into use is left out.}\n"
    limit += "  basis: theory\n  reference: {fi: s. 8, en: p. 8}\n"
    view = load(study_with({"parameters/care/limits.yml": limit})).where(segment="esimiehet")
    for page in (profile(view, "en"), account_plan(view, "en")):
        assert "Its taking into use is left out." in page.frame.split("<footer>")[1]
