"""Two rows of letters, each a word: which words are known again, and which an edit can reach."""

import pytest

from workbench.coding.difference import Belief, Difference, Marks

MARKS = Marks(heads=frozenset("¶"), stops=frozenset("."), all=frozenset("¶."))
HEAD, TAIL = "¶ABCDEFG.", "¶HIJKLMN."
OTHERS = "¶kcd.¶lcd.¶ab.¶vcd."
"""What others say: `cd` ends many sentences, `ab` is said elsewhere too."""


def difference(old: str, new: str) -> Difference:
    return Difference(HEAD + OTHERS + old + TAIL, HEAD + OTHERS + new + TAIL, MARKS)


def belief(old: str, new: str, words: str) -> Belief:
    d = difference(old, new)
    i = len(HEAD + OTHERS) + old.index(words)
    run = d.run(i)
    assert run is not None
    assert i + len(words) <= run.end
    return d.belief(i, i + len(words), run)


@pytest.mark.parametrize(
    ("old", "new", "words", "known"),
    [
        ("¶pqr.", "¶pqr.", "pq", Belief.PROVED),
        ("¶pqr.", "¶xyz.¶pqr.", "pqr", Belief.PROVED),
        ("¶pqcdes.", "¶xycdes.", "es", Belief.PROVED),
        ("¶pqcd.", "¶xycd.", "cd", Belief.LIKELY),
        ("¶pqcd.es.", "¶xycd.es.", "cd.e", Belief.LIKELY),
        ("¶es.cdpq.", "¶es.cdxy.", "s.cd", Belief.LIKELY),
        ("¶pqb.es.", "¶pqxby.b.es.", "b", Belief.DOUBTED),
        ("¶pq.ab.es.", "¶pq.ab.ab.es.", "ab.", Belief.DOUBTED),
        ("¶pcdq.", "¶xcdy.", "cd", Belief.DOUBTED),
        ("¶p.¶ab.¶q.", "¶ab.", "ab", Belief.LIKELY),
    ],
    ids=[
        "nothing was edited",
        "a turn was put in before",
        "more was said behind the same end than others say",
        "a sentence may have been replaced by one that ends alike",
        "most of the words may be of the sentence that was replaced",
        "the same before the edit",
        "the same words were put in with the edit",
        "the same words stand twice side by side now",
        "a few words that others say too stand between two edits",
        "a whole turn stands between turns that were taken out",
    ],
)
def test_words_are_known_as_well_as_no_edit_can_reach_them(
    old: str, new: str, words: str, known: Belief
) -> None:
    assert belief(old, new, words) is known


@pytest.mark.parametrize(
    ("old", "put", "at"), [(OTHERS + "¶cd.", "{}xyz.", -3), ("¶cd." + OTHERS, "¶xy.{}", 1)]
)
def test_an_end_of_the_text_proves_nothing_if_something_was_added_there(
    old: str, put: str, at: int
) -> None:
    text = old + TAIL if at > 0 else HEAD + old
    i = at % len(text)
    known = []
    for newer in (text, put.format(text)):
        d = Difference(text, newer, MARKS)
        run = d.run(i)
        assert run is not None
        known.append(d.belief(i, i + 2, run))
    assert known == [Belief.PROVED, Belief.LIKELY]


def test_what_was_carried_elsewhere_is_found_but_needs_more_proof_at_its_ends() -> None:
    old, new = "¶xyPQRSTU.¶efghij.", "¶efghij.¶vwPQRSTU."
    d = difference(old, new)
    at = len(HEAD + OTHERS) + 3
    run = d.run(at)
    assert run is not None
    assert d.new[run.at(at)] == "P"
    assert [belief(old, new, words) for words in ("P", "PQR", "QRS")] == [
        Belief.DOUBTED, Belief.LIKELY, Belief.PROVED,
    ]  # fmt: skip


def test_words_said_twice_are_not_taken_for_carried() -> None:
    d = difference("¶PQRSTU.¶efghijo.", "¶efghijo.¶PQRSTU.¶PQRSTU.")
    assert d.run(len(HEAD + OTHERS) + 1) is None


def test_an_edit_is_cut_where_sentences_are() -> None:
    assert ("mr.", "") in difference("¶pr.mr.", "¶pr.").edits()
    assert ("", "¶mr.") in difference("¶pr.", "¶pr.¶mr.").edits()


@pytest.mark.parametrize(
    ("part", "pieces"),
    [("cd", 1), ("kcd", 2), ("pq.", 2), ("pqrs", 3), ("..", 0), ("p.", 1), ("..p.", 1)],
)
def test_words_are_counted_by_the_pieces_others_say(part: str, pieces: int) -> None:
    assert difference("¶pqrs.", "¶pqrs.").pieces(part, 3) == pieces
