"""The widget of search hits: what it is told, and in real JupyterLab the TSV on disk each time."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import STUDY, write_study
from tests.lab import Lab
from workbench.coding.query import BadQuery
from workbench.lab.hits import PAGE, Bar, Hits
from workbench.study import Unknown, load

Write = Callable[..., Path]
FAMILY = "👩‍👩‍👧‍👦"
SENTENCE = "Mä jonotin puoli tuntia, ihan turhaan."


def asked(hits: Hits, act: str, *given: object) -> dict[str, object]:
    """Send what a browser would; return the answer."""
    answers: list[dict[str, object]] = []
    hits.send = lambda message, *_: answers.append(message)  # type: ignore[method-assign]
    hits._hear(hits, {"act": act, "with": list(given), "id": 1}, [])
    (answer,) = answers
    return answer


def places(told: dict[str, object]) -> list[object]:
    """Return the places of the hits a view was told of."""
    shown = told["hits"]
    assert isinstance(shown, list)
    return [hit["place"] for hit in shown]


def lines(folder: Path, document: str) -> list[str]:
    text = (folder / f"interviews/{document}.aino.tsv").read_text("utf-8")
    return [line.replace("\t", "|") for line in text.split("\n")[1:-1]]


@pytest.fixture
def hits(study_with: Write) -> Hits:
    return Hits(load(study_with()), "aino", "jonottaa")


def test_a_view_is_told_everything_by_message_and_nothing_is_kept_in_the_state(hits: Hits) -> None:
    told = asked(hits, "hello")
    assert (told["query"], told["total"], places(told)) == ("jonottaa", 1, [["h01", 2, 28, 35]])
    assert SENTENCE in json.dumps(told, ensure_ascii=False)
    state = {k: v for k, v in hits.get_state().items() if k not in ("_esm", "_css")}
    assert "jonotin" not in repr(state)
    assert repr(hits) == "<Hits of aino: 'jonottaa', 1 hits>"


def test_a_hit_is_coded_as_a_word_a_sentence_or_a_turn(hits: Hits) -> None:
    folder = hits.study.folder
    before = lines(folder, "h01")
    for scope in ("word", "sentence", "turn"):
        asked(hits, "code", [["h01", 2, 28, 35]], "kohteliaisuus", scope)
    assert [line for line in lines(folder, "h01") if line not in before] == [
        f"2|0|63|kohteliaisuus||Pitäis päästä heti läpi. {SENTENCE}|",
        f"2|25|63|kohteliaisuus||{SENTENCE}|",
        "2|28|35|kohteliaisuus||jonotin|",
    ]


def test_an_answer_holds_the_codings_made_and_the_turns_as_they_are_now(hits: Hits) -> None:
    answer = asked(hits, "code", [["h01", 2, 28, 35]], "kohteliaisuus", "sentence")
    assert (answer["kind"], answer["made"]) == ("acted", [["h01", 2, 25, 63, "kohteliaisuus"]])
    turns = answer["turns"]
    assert isinstance(turns, dict)
    assert [[c[0][-1], c[1:3]] for c in turns["h01 2"]] == [
        ["saavutettavuus", [0, 24]],
        ["odotusaika", [25, 49]],
        ["kohteliaisuus", [25, 63]],
    ]
    assert answer["active"] == "kohteliaisuus"


def test_hits_in_several_documents_are_one_act_and_one_undo(study_with: Write) -> None:
    hits = Hits(load(study_with()), "aino", "olla")
    folder = hits.study.folder
    before = [lines(folder, d) for d in ("h01", "h02", "h03")]
    every = places(asked(hits, "hello"))
    answer = asked(hits, "code", every, "kohteliaisuus", "sentence")
    assert answer["told"] == "Tallennettu: Kohteliaisuus, katkelmia 3."
    assert [len(lines(folder, d)) for d in ("h01", "h02", "h03")] == [3, 4, 2]
    assert asked(hits, "undo")["told"] == "Kumottu: h02 [2] [3], h03 [1]."
    assert [lines(folder, d) for d in ("h01", "h02", "h03")] == before
    assert asked(hits, "undo")["told"] == "Ei kumottavaa."


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("code", [[["h01", 2, 0, 3]], "odotusaika", "sentence"]),
        ("code", [[["h01", 2, 28, 35]], "odotusaika", "page"]),
        ("code", [[["h01", 2, 28, 35]], "odotus", "sentence"]),
        ("code", [[[{}, None]], 7, []]),
        ("facet", [[["h01", 2]], "koettu"]),
        ("facet", [[["h01", 2, 25, 49, "odotusaika"]], "odotusaika"]),
        ("uncode", [[["h01", 3, 0, 2, "odotusaika"]]]),
        ("take", ["koettu"]),
        ("search", [7]),
        ("more", ["x"]),
        ("send", []),
    ],
)
def test_what_a_view_may_not_ask_is_refused_in_words(
    hits: Hits, act: str, given: list[object]
) -> None:
    before = lines(hits.study.folder, "h01")
    answer = asked(hits, act, *given)
    assert answer["kind"] == "refused"
    assert str(answer["why"]).endswith((".", "?"))
    assert lines(hits.study.folder, "h01") == before


def test_a_bad_query_says_what_is_wrong_and_loses_nothing(hits: Hits) -> None:
    answer = asked(hits, "search", "jonottaa AND")
    assert answer["why"] == (
        "jonottaa AND – at character 13: a word is missing at the end. Write a word there."
    )
    assert answer["where"] == 13
    assert places(asked(hits, "hello")) == [["h01", 2, 28, 35]]
    with pytest.raises(BadQuery):
        Hits(hits.study, "aino", "(")


def test_a_search_by_code_knows_what_was_coded_a_moment_ago(hits: Hits) -> None:
    assert asked(hits, "search", "turhaan code:kohteliaisuus")["total"] == 0
    asked(hits, "search", "turhaan")
    asked(hits, "code", [["h01", 2, 55, 62]], "kohteliaisuus", "word")
    assert asked(hits, "search", "turhaan code:kohteliaisuus")["total"] == 1


def test_what_another_desk_coded_since_is_seen_by_the_next_search(hits: Hits) -> None:
    asked(hits, "hello")
    path = hits.study.folder / "interviews/h01.aino.tsv"
    path.write_text(path.read_text("utf-8") + "3\t0\t12\todotusaika\t\tYstävällisiä\t\n", "utf-8")
    turns = asked(hits, "search", "ystävällinen")["turns"]
    assert isinstance(turns, dict)
    assert [c[0][-1] for c in turns["h01 3"]] == ["odotusaika", "kohteliaisuus"]


def test_a_file_that_cannot_be_read_is_shown_as_far_as_it_can_and_not_coded(
    study_with: Write,
) -> None:
    broken = STUDY["interviews/h01.aino.tsv"] + "2\tx\t\n"
    hits = Hits(load(study_with({"interviews/h01.aino.tsv": broken})), "aino", "jonottaa")
    turns = asked(hits, "hello")["turns"]
    assert isinstance(turns, dict)
    assert len(turns["h01 2"]) == 2
    refused = asked(hits, "code", [["h01", 2, 28, 35]], "kohteliaisuus", "word")
    assert "Mend the file first" in str(refused["why"])


BLIND = "assignments:\n  - {documents: [h01], coders: [aino, eero], blind: true}\n"


def test_others_codings_of_a_blind_document_cannot_be_searched(study_with: Write) -> None:
    asks = "jonotin code:kohteliaisuus"
    said = STUDY["interviews/h01.eero.tsv"].replace("saavutettavuus", "kohteliaisuus")
    theirs: dict[str, str | None] = {"interviews/h01.eero.tsv": said}
    assert len(Hits(load(study_with(theirs)), "aino", asks).hits) == 1
    folder = study_with({**theirs, "parameters/work.yml": BLIND})
    assert len(Hits(load(folder), "aino", asks).hits) == 0
    with pytest.raises(Unknown, match="no coder 'ainu'"):
        Hits(load(folder), "ainu")


def test_thousands_of_hits_come_by_the_page(study_with: Write) -> None:
    said = "Jono oli pitkä. " * 450
    note = STUDY["interviews/h03.md"].replace("Linja oli taas varattu.", said.strip())
    changes = {"interviews/h03.md": note, "interviews/h03.aino.tsv": None}
    hits = Hits(load(study_with(changes)), "aino", "jono speaker:E03")
    first = asked(hits, "hello")
    assert (first["total"], len(places(first))) == (450, PAGE)
    last = asked(hits, "more", 2 * PAGE)
    assert (last["from"], len(places(last))) == (400, 50)


def test_offsets_reach_the_browser_as_it_counts(study_with: Write) -> None:
    note = STUDY["interviews/h03.md"].replace("Linja", f"{FAMILY} Linja")
    changes = {"interviews/h03.md": note, "interviews/h03.aino.tsv": None}
    hits = Hits(load(study_with(changes)), "aino", "linja")
    told = asked(hits, "hello")["hits"]
    assert isinstance(told, list)
    assert told[0]["place"] == ["h03", 1, 8, 13]
    assert told[0]["spans"]["word"] == [12, 17]


def test_a_code_keeps_its_number_until_a_tenth_needs_one() -> None:
    bar = Bar(["a"], list("bcdefghi"))
    bar.take("h")
    bar.take("x")
    assert (bar.codes, bar.active) == (list("abcdefghx"), "x")
    bar.take("y")
    bar.take("z")
    assert bar.codes == list("abcdezyhx")


def test_the_bar_begins_with_the_codes_given_most(hits: Hits) -> None:
    assert hits.bar.codes[0] == "saavutettavuus"
    pinned = Hits(hits.study, "aino", pinned=["kohteliaisuus"])
    assert pinned.bar.codes[:2] == ["kohteliaisuus", "saavutettavuus"]
    with pytest.raises(Unknown, match="no code 'kohteliaisus'"):
        Hits(hits.study, "aino", pinned=["kohteliaisus"])
    told = asked(hits, "take", "nimetty-yhteyshenkilö")
    assert (told["active"], told["turns"]) == ("nimetty-yhteyshenkilö", {})


# ---- in a real browser -----------------------------------------------------------------------

SOURCE = "import workbench as wb\nwb.Hits(wb.load('..'), 'aino', 'olla | jonottaa')"
SHOWS = ".wb-hits .hit"


def started(folder: Path, browser: Browser, app: str) -> Lab:
    return Lab(write_study(folder), browser, SOURCE, SHOWS, app)


@pytest.fixture(scope="module")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = started(tmp_path_factory.mktemp("lab") / "study", browser, "lab")
    yield lab
    lab.close()


@pytest.fixture
def page(lab: Lab) -> Page:
    write_study(lab.folder)
    lab.run(lab.page)
    lab.page.locator(".wb-hits .hits").focus()
    return lab.page


def current(page: Page) -> str:
    return page.locator(".wb-hits .hit.current .where").inner_text().split("\n")[0]


def saved(page: Page, told: str) -> None:
    expect(page.locator(".wb-hits .status")).to_have_text(told)
    page.wait_for_function("document.querySelector('.wb-hits').dataset.waits !== 'true'")


def find(page: Page, query: str) -> None:
    page.get_by_label("Hae aineistosta").fill(query)
    page.keyboard.press("Enter")


@pytest.mark.browser
def test_hits_are_walked_and_a_sentence_coded_with_one_key(page: Page, lab: Lab) -> None:
    rows = page.locator(".wb-hits .hit").all_inner_texts()
    assert len(rows) == 4
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    where = current(page)
    page.keyboard.press("2")
    expect(page.locator(".wb-hits .status")).to_contain_text("Tallennettu: ")
