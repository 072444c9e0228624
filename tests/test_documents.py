"""Transcripts: turns are named by number, words stay letter for letter, faults have lines."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.problems import Problem
from workbench.base.records import Label
from workbench.material.documents import Document, Kind, parse_document
from workbench.material.informants import Side

VOCABULARY = {"role": {"esimies": Label({"fi": "esimies"})}}
HEAD = "---\nid: h01\nkind: interview\ndate: 2010-03\nlanguage: fi\ninformant: E01\n---\n"
NOTE = (
    "---\nid: h01\nkind: observation\ndate: 2010-03\nlanguage: fi\nobserver: TK\n"
    "speakers: [soittaja1]\nside: customer\nrole: esimies\n---\n"
)
FAMILY = "👩‍👩‍👧‍👦"


def read(text: str) -> tuple[Document, list[Problem]]:
    document, problems = parse_document(text, Path("interviews/h01.md"), VOCABULARY)
    assert document is not None, problems
    return document, problems


def told(text: str) -> list[str]:
    return [str(p) for p in parse_document(text, Path("h01.md"), VOCABULARY)[1]]


def test_a_turn_has_number_speaker_words_line_and_heading() -> None:
    document, problems = read(f"{HEAD}## Alku\n\n[1] E01: Hei.\n\n[7] E01: Moi\ntaas.\n")
    assert problems == []
    assert [(t.number, t.speaker, t.text, t.line) for t in document.turns.values()] == [
        (1, "E01", "Hei.", 10), (7, "E01", "Moi\ntaas.", 12),
    ]  # fmt: skip
    assert {t.heading for t in document.turns.values()} == {"Alku"}


def test_a_colon_makes_a_speaker_only_of_whom_the_front_matter_names() -> None:
    document, problems = read(f"{HEAD}[1] E01: Ohje: lue tämä.\n\n[2] Niin: en tiedä.\n")
    assert problems == []
    assert [(t.speaker, t.text) for t in document.turns.values()] == [
        ("E01", "Ohje: lue tämä."), ("", "Niin: en tiedä."),
    ]  # fmt: skip


def test_a_speaker_label_nobody_named_is_told() -> None:
    (problem,) = told(f"{HEAD}[1] E10: Hei.\n")
    assert problem == (
        "h01.md:8: 'E10' is no speaker of this document. Did you mean 'E01'? "
        "Name it in the front matter under `speakers`."
    )


def test_an_observation_s_lines_without_a_speaker_are_notes_and_no_words() -> None:
    document, _ = read(f"{NOTE}[1] 9.00 Jonossa seitsemän.\n\n[2] soittaja1: Vihdoin.\n")
    note, said = document.turns.values()
    assert (document.kind, document.side) == (Kind.OBSERVATION, Side.CUSTOMER)
    assert document.attributes == {"role": ("esimies",)}
    assert (document.verbatim(note), document.verbatim(said)) == (False, True)
    assert document.author(said) == "soittaja1"


@pytest.mark.parametrize(
    "words",
    [
        "Ääliö älä lyö",
        f"perhe {FAMILY} tuli",
        "a\u2029b",
        "tab\tulaattori",
        "[nauraa] joo",
        "a\xa0b",
    ],
)
def test_words_stay_code_point_for_code_point(words: str) -> None:
    document, problems = read(f"{HEAD}[1] E01: {words}\n")
    assert (document.turns[1].text, problems) == (words, [])


@given(
    st.lists(
        st.text(
            st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"),
            min_size=1,
        ).filter(lambda s: s == s.rstrip() and not s.startswith(("E01:", "#", "["))),
        min_size=1,
        max_size=5,
    )
)
def test_every_text_comes_back_as_it_was_written(texts: list[str]) -> None:
    body = "\n\n".join(f"[{n}] E01: {t}" for n, t in enumerate(texts, 1))
    document, _ = read(HEAD + body)
    assert [t.text for t in document.turns.values()] == texts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1] Hei.\n", "h01.md:1: the front matter is missing."),
        ("---\nid: h01\n", "h01.md:1: the front matter is missing."),
        (HEAD.replace("id: h01", "id: h02") + "[1] Hei.\n",
         "h01.md:2: the id 'h02' is not the file's name 'h01'."),
        (HEAD.replace("informant: E01\n", "") + "[1] Hei.\n",
         "h01.md:2: an interview needs an informant. Add `informant: E01`."),
        (HEAD.replace("2010-03", "keväällä") + "[1] Hei.\n",
         "h01.md:4: 'date': 'keväällä' is not a date."),
        (HEAD.replace("kind: interview", "kind: inteview") + "[1] Hei.\n",
         "h01.md:3: 'kind' cannot be 'inteview'. Did you mean 'interview'?"),
        (HEAD.replace("language", "langauge") + "[1] Hei.\n",
         "h01.md:5: no attribute 'langauge' in study.yml. Did you mean 'language'?"),
        (HEAD.replace("informant: E01", "informant: E01\nspeakers: [H]")
         + "[1] H: Hei.\n", "h01.md:6: the informant 'E01' speaks no turn. Call the speaker so"),
        (HEAD + "Hei.\n", "h01.md:8: this text has no turn number. Begin it with `[1] `, say."),
        (HEAD, "h01.md:7: there are no turns. Write the first as `[1] TK: …`."),
        (HEAD + "[2] Hei.\n[2] Moi.\n", "h01.md:9: turn [2] stands twice (first on line 8). "
         "Give one of them a free number, such as [3]."),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(text: str, said: str) -> None:
    assert told(text)[0].startswith(said)


def test_a_repeated_turn_keeps_the_first_words() -> None:
    document, _ = read(f"{HEAD}[2] Hei.\n[2] Moi.\n[3] Jaa.\n")
    assert {n: t.text for n, t in document.turns.items()} == {2: "Hei.", 3: "Jaa."}


def test_words_are_counted_without_numbers_and_speakers() -> None:
    assert read(f"{HEAD}[1] E01: Yksi kaksi.\n\n[2] E01: kolme\n")[0].words == 3
