"""Transcripts edited at random, with every code point's truth kept: where did coded words go?"""

from __future__ import annotations

import random
import subprocess
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import STUDY
from workbench.base.records import Place
from workbench.coding.alignment import Move
from workbench.coding.codings import Coding, Passage, format_codings
from workbench.coding.moves import followed, settle
from workbench.loading import load

FAMILY = "👩‍👩‍👧‍👦"
NAMES = ("Leena", "Markku", "Åsa", "Jean-Pierre", "Päivi")
SHORT = (
    "Joo.",
    "Niin.",
    "Mm.",
    "Joo joo.",
    "En tiedä.",
    "Niin, kyllä.",
    "Ei.",
    f"{FAMILY}!",
    "Hä?",
)
WHO = ("käsittelijä", "palkanlaskija", "esimies", "sijainen", "ohjaaja", *NAMES)
DOES = ("soitti takaisin", "vaihtui taas", "odotti jonossa", "kysyi samaa", "lähetti lomakkeen")
WHEN = ("maanantaina", "puoli tuntia", "viime kuussa", "kolmannen kerran", "aamulla", "joka kerta")
WHY = ("koska järjestelmä heitti ulos", "eikä kukaan tiennyt miksi", f"ja laittoi {FAMILY} perään")
TAIL = ("ihan turhaan", "niin kuin aina", "mikä on ihan hyvä", "ja se siitä", "sanoisin näin")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One code point and its truth: `born` stays with it through every edit."""

    letter: str
    born: int


Sentence = list[Glyph]


@dataclass
class Speech:
    """A turn: its number, who speaks, and its sentences."""

    number: int
    speaker: str
    sentences: list[Sentence]

    @property
    def glyphs(self) -> list[Glyph]:
        space = Glyph(" ", 0)
        return [g for s in self.sentences for g in (space, *s)][1:]


@dataclass
class Script:
    """A transcript under a pen, every code point known by when it was born."""

    name: str
    dice: random.Random
    speeches: list[Speech] = field(default_factory=list)
    born: int = 0

    def sentence(self, text: str = "") -> Sentence:
        d = self.dice
        if not text and d.random() < 0.3:
            text = d.choice(SHORT)
        if not text:
            parts = [d.choice(WHO), d.choice(DOES), d.choice(WHEN)]
            parts += [d.choice(WHY)] * (d.random() < 0.5)
            parts += [d.choice(TAIL)] * (d.random() < 0.5)
            text = " ".join(parts)
            text = f"{text[0].upper()}{text[1:]}."
            text = text if d.random() < 0.97 else text.replace(" ", "\u2029", 1)
        self.born += len(text)
        return [Glyph(c, self.born - n) for n, c in enumerate(text)]

    def speech(self, number: int) -> Speech:
        speaker = "TK" if self.dice.random() < 0.35 else "E01"
        many = self.dice.choice([1, 1, 2, 3, 5])
        return Speech(number, speaker, [self.sentence() for _ in range(many)])

    def edit(self) -> None:
        """Do one edit the way people do it in an editor."""
        here = self.dice.choice(self.speeches)
        self.dice.choice(EDITS)(self, here, self.dice.randrange(len(here.sentences)))

    def insert_turn(self, here: Speech, at: int) -> None:
        free = max(t.number for t in self.speeches) + 1
        self.speeches.insert(self.speeches.index(here), self.speech(free))
        self._renumber(0.5)

    def insert_sentence(self, here: Speech, at: int) -> None:
        here.sentences.insert(at, self.sentence())

    def insert_word(self, here: Speech, at: int) -> None:
        blank = self._blank(here.sentences[at])
        here.sentences[at][blank:blank] = self.sentence(f"{self.dice.choice(WHO + WHEN)} ")

    def delete_turn(self, here: Speech, at: int) -> None:
        if len(self.speeches) > 3:
            self.speeches.remove(here)
            self._renumber(0.3)

    def delete_sentence(self, here: Speech, at: int) -> None:
        if len(here.sentences) > 1:
            here.sentences.pop(at)

    def delete_word(self, here: Speech, at: int) -> None:
        del here.sentences[at][: self._blank(here.sentences[at])]

    def move_turn(self, here: Speech, at: int) -> None:
        self.speeches.remove(here)
        self.speeches.insert(self.dice.randrange(len(self.speeches) + 1), here)
        self._renumber(0.3)

    def move_sentence(self, here: Speech, at: int) -> None:
        if len(here.sentences) > 1:
            moved = here.sentences.pop(at)
            there = self.dice.choice(self.speeches).sentences
            there.insert(self.dice.randrange(len(there) + 1), moved)

    def replace_word(self, here: Speech, at: int) -> None:
        self.delete_word(here, at)
        here.sentences[at][:0] = self.sentence(f"{self.dice.choice(WHO).capitalize()} ")

    def wrap(self, here: Speech, at: int) -> None:
        for sentence in here.sentences:
            for n, g in enumerate(sentence):
                if g.letter in " \n" and self.dice.random() < 0.2:
                    sentence[n] = Glyph("\n" if g.letter == " " else " ", g.born)

    def anonymise(self, here: Speech, at: int) -> None:
        name = self.dice.choice(NAMES)
        for speech in self.speeches:
            speech.sentences = [self._renamed(sentence, name) for sentence in speech.sentences]

    def typo(self, here: Speech, at: int) -> None:
        n = self.dice.randrange(len(here.sentences[at]))
        if here.sentences[at][n].letter.isalpha():
            here.sentences[at][n] = self.sentence(self.dice.choice("aeiouyäö"))[0]

    def _renumber(self, chance: float) -> None:
        if self.dice.random() < chance:
            for n, speech in enumerate(self.speeches, 1):
                speech.number = n

    def _blank(self, sentence: Sentence) -> int:
        return next((n + 1 for n, g in enumerate(sentence[:-1]) if g.letter in " \n"), 0)

    def _renamed(self, sentence: Sentence, name: str) -> Sentence:
        text = "".join(g.letter for g in sentence)
        while (at := text.find(name)) >= 0:
            sentence = [*sentence[:at], *self.sentence("[nimi]"), *sentence[at + len(name) :]]
            text = "".join(g.letter for g in sentence)
        return sentence

    def file(self) -> list[Glyph]:
        """Return the whole file, code point by code point; what is no speech was never born."""
        head = STUDY["interviews/h01.md"].split("\n[1]")[0].replace("h01", self.name)
        out = [Glyph(c, 0) for c in f"{head}\n"]
        for t in self.speeches:
            out += [Glyph(c, 0) for c in f"[{t.number}] {t.speaker}: "]
            out += [*t.glyphs, Glyph("\n", 0), Glyph("\n", 0)]
        return out

    @property
    def text(self) -> str:
        return "".join(g.letter for g in self.file())

    def begins(self) -> dict[int, int]:
        """Return where in the file each turn's words begin."""
        at = len("".join(g.letter for g in self.file()).split("[", 1)[0])
        found = {}
        for t in self.speeches:
            at += len(f"[{t.number}] {t.speaker}: ")
            found[t.number] = at
            at += len(t.glyphs) + 2
        return found

    def turns(self) -> dict[int, list[Glyph]]:
        return {t.number: t.glyphs for t in self.speeches}


def script(name: str, dice: random.Random, turns: int = 60) -> Script:
    made = Script(name, dice)
    made.speeches = [made.speech(n) for n in range(1, turns + 1)]
    made.speeches[0].speaker = "E01"
    return made


def coded(by: Script, many: int, coder: str = "aino") -> list[Coding]:
    """Code at random: sentences, half sentences, a word or two, part of a word, an exclamation."""
    d = by.dice
    made: dict[object, Coding] = {}
    while len(made) < many:
        speech = d.choice(by.speeches)
        text = "".join(g.letter for g in speech.glyphs)
        words = [n for n, c in enumerate(text) if n == 0 or text[n - 1].isspace()]
        first = d.randrange(len(words))
        last = min(len(words), first + d.choice([1, 1, 2, 3, 5, 8, 13])) - 1
        start = words[first]
        end = words[last + 1] - 1 if last + 1 < len(words) else len(text)
        end -= d.random() < 0.1 and end - start > 4
        p = Passage(by.name, speech.number, start, end, text[start:end])
        code = d.choice(["saavutettavuus", "odotusaika"])
        place = Place(Path(f"{by.name}.{coder}.tsv"), 1)
        coding = Coding(p, code, coder, place, memo=f"{len(made)}")
        made.setdefault(coding.key, coding)
    return list(made.values())


EDITS = (
    Script.insert_turn, Script.insert_sentence, Script.insert_word, Script.delete_turn,
    Script.delete_sentence, Script.delete_word, Script.move_turn, Script.move_sentence,
    Script.replace_word, Script.wrap, Script.anonymise, Script.typo,
)  # fmt: skip


def truth(glyphs: list[Glyph]) -> frozenset[int]:
    return frozenset(g.born for g in glyphs if g.born and not g.letter.isspace())


def same(placed: frozenset[int], wanted: frozenset[int]) -> bool:
    """Tell whether these are the coded words or an edited version: half and more of either."""
    both = len(placed & wanted)
    return both > 0 and 2 * both >= len(placed) and 2 * both >= len(wanted)


Key = tuple[str, str]
Table = dict[str, Counter[str]]
OURS = ("ours, with git", "ours, without git")
CONTROLS = ("line numbers", "document offsets", "turn and offsets, no words")
ANEW = "the same anew"
"""The same words, letter for letter, between the same others, put in their stead: no text tells."""
VERDICTS = (
    "right", "told", "told: gone", "told: wrong", "asked: first", "asked: other", "asked: gone",
    "asked: not found", ANEW, "silently wrong",
)  # fmt: skip
"""Told is what was followed, or left without a place, and said so; asked is what waits for an
answer, where the place was offered first, as another, or not at all."""


def campaign(
    folder: Path, seed: int, documents: int = 36, codings: int = 5400, edits: int = 1000
) -> Table:
    """Code, edit and read again; return for each way how many codings met which verdict.

    With git, what is certain or told is taken and what is asked about is answered by one who
    knows the truth; without git the study is only loaded. A coding is silently wrong if it counts,
    nothing is told or asked about it, and its words are not those that were coded.
    """
    dice = random.Random(seed)
    scripts = [script(f"d{n:02}", dice) for n in range(documents)]
    many = [codings // documents + (n < codings % documents) for n in range(documents)]
    by = {s.name: coded(s, n) for s, n in zip(scripts, many, strict=True)}
    born = {
        (s.name, c.memo): truth(s.turns()[c.passage.turn][c.passage.start : c.passage.end])
        for s in scripts
        for c in by[s.name]
    }
    _write(folder, scripts, by)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "koe")
    before = {s.name: Printed(s) for s in scripts}
    for _ in range(edits):
        scripts[min(dice.randrange(documents), dice.randrange(documents))].edit()
    after = {s.name: Printed(s) for s in scripts}
    left = {key: was & truth(after[key[0]].glyphs) for key, was in born.items()}
    first = {
        (name, c.memo): First(before[name], c.passage, born[name, c.memo])
        for name, cs in by.items()
        for c in cs
    }
    _write(folder, scripts, {})
    return {
        OURS[1]: Counter(_verdicts(folder, after, left, {}, first)),
        **{
            way: Counter(
                _control(way, c.passage, before[name], after[name], left[name, c.memo])
                for name in by
                for c in by[name]
            )
            for way in CONTROLS
        },
        OURS[0]: _followed(folder, after, left, first),
    }


@dataclass(frozen=True)
class First:
    """Where a coding stood when it was made, and which words were coded."""

    printed: Printed
    passage: Passage
    words: frozenset[int]


Firsts = dict[Key, First]


class Printed:
    """A script as a file: its code points, where turns and lines begin."""

    def __init__(self, of: Script) -> None:
        self.glyphs = of.file()
        self.begins = of.begins()
        self.turns = of.turns()
        self.lines = [0, *(n + 1 for n, g in enumerate(self.glyphs) if g.letter == "\n")]

        self.row = [g for t in self.turns.values() for g in t if g.born and not g.letter.isspace()]
        self.born = {g.born for g in self.row}

    def words(self, p: Passage) -> frozenset[int]:
        return truth(self.turns[p.turn][p.start : p.end])

    def among(self, p: Passage, others: set[int]) -> tuple[object, ...]:
        """Return which code points known to others stand nearest around words, and all between.

        Where only one is in the words' own turn, a turn put in beside it does not matter.
        """
        words, said = self.words(p), truth(self.turns[p.turn])
        inside = [n for n, g in enumerate(self.row) if g.born in words]
        low, high = inside[0], inside[-1] + 1
        while low and self.row[low - 1].born not in others:
            low -= 1
        while high < len(self.row) and self.row[high].born not in others:
            high += 1
        ends = [g.born for g in (*self.row[low - 1 : low][:low], *self.row[high : high + 1])]
        own = [born for born in ends if born in said]
        if own:
            low = max(low, next(n for n, g in enumerate(self.row) if g.born in said))
            high = min(high, low + sum(g.born in said for g in self.row[low:]))
        letters = "".join(g.letter for g in self.row[low:high])
        return (own or ends, letters, inside[0] - low)


def _followed(
    folder: Path,
    after: dict[str, Printed],
    left: dict[Key, frozenset[int]],
    first: Firsts,
) -> Counter[str]:
    told: dict[Key, str] = {}

    def answer(move: Move) -> Coding:
        key = move.coding.document, move.coding.memo
        there = [same(after[key[0]].words(place), left[key]) for place in move.places]
        if move.told:
            told[key] = _told(there, left[key], first[key].words)
        elif not move.sure:
            told[key] = _offered(there, left[key])
            return move.taken(move.places[there.index(True)]) if any(there) else move.lost()
        return move.followed()

    for document in load(folder).documents.values():
        settle(document, followed(document), answer)
    return Counter(_verdicts(folder, after, left, told, first))


def _told(there: list[bool], left: frozenset[int], were: frozenset[int]) -> str:
    if there:
        return "told" if there[0] else "told: wrong"
    return "told: gone" if 2 * len(left) < len(were) else "told: wrong"


def _offered(there: list[bool], left: frozenset[int]) -> str:
    if any(there):
        return "asked: first" if there[0] else "asked: other"
    return "asked: not found" if left else "asked: gone"


def _verdicts(
    folder: Path,
    after: dict[str, Printed],
    left: dict[Key, frozenset[int]],
    told: dict[Key, str],
    first: Firsts,
) -> Iterator[str]:
    """Judge every coding the study has, by what it counts and what it tells."""
    study = load(folder)
    lines = {(p.path.name, p.line) for p in study.problems}
    counting = {(c.document, c.memo) for c in study.counting}
    assert {(c.document, c.memo) for c in study.codings} == set(left), "a coding was dropped"
    for c in study.codings:
        key = c.document, c.memo
        words = after[c.document].words(c.passage) if key in counting else frozenset()
        if key in told:
            yield told[key]
        elif (c.place.path.name, c.place.line) in lines:
            counts = [same(words, left[key])] if key in counting else []
            yield (
                _told(counts, left[key], first[key].words)
                if counts
                else ("asked: not found" if left[key] else "told: gone")
            )
        else:
            assert key in counting, "a coding was left out silently"
            wrong = ANEW if anew(first[key], after[c.document], c.passage) else "silently wrong"
            yield "right" if same(words, left[key]) else wrong


def anew(first: First, new: Printed, p: Passage) -> bool:
    """Tell whether the coded words stand anew where they stood, between the same old ones."""
    old = first.printed
    here = old.among(first.passage, new.born), new.among(p, old.born)
    return here[0] == here[1]


def _write(folder: Path, scripts: list[Script], by: dict[str, list[Coding]]) -> None:
    for name in ("study.yml", "informants.yml"):
        _put(folder / "parameters" / name, STUDY[f"parameters/{name}"])
    for n, s in enumerate(scripts):
        text = unicodedata.normalize("NFD", s.text) if n % 5 == 0 else s.text
        _put(folder / "interviews" / f"{s.name}.md", text)
        for c in by.get(s.name, [])[:1]:
            _put(folder / "interviews" / c.place.path, format_codings(by[s.name]))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _control(way: str, p: Passage, old: Printed, new: Printed, left: frozenset[int]) -> str:
    """Place a coding the way tools do that keep no words; they tell only a place that is gone."""
    start, end = old.begins[p.turn] + p.start, old.begins[p.turn] + p.end
    if way == "line numbers":
        start, end = _same_line(old, new, start), _same_line(old, new, end)
    elif way != "document offsets":
        start = new.begins.get(p.turn, -1) + p.start
        end = start + p.end - p.start if p.end <= len(new.turns.get(p.turn, [])) else -1
    if not 0 <= start < end <= len(new.glyphs):
        return "told: wrong" if left else "told: gone"
    return "right" if same(truth(new.glyphs[start:end]), left) else "silently wrong"


def _same_line(old: Printed, new: Printed, at: int) -> int:
    line = bisect_right(old.lines, at) - 1
    return new.lines[line] + at - old.lines[line] if line < len(new.lines) else -1


def shown(table: Table) -> str:
    """Return the table as text."""
    head = f"{'':<28}" + "".join(f"{verdict:>17}" for verdict in VERDICTS)
    rows = (
        f"{w:<28}" + "".join(f"{table[w][v]:>17}" for v in VERDICTS) for w in (*OURS, *CONTROLS)
    )
    return "\n".join([head, *rows])


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=koe", "-c", "user.email=koe@invalid")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        sys.stdout.write(shown(campaign(Path(place), int((sys.argv[1:] or ["1"])[0]))) + "\n")
