"""Where the words of an older transcript went in a newer one: what is certain, what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from workbench.coding.codings import Coding, Passage, Standing
from workbench.coding.difference import Belief, Difference, Marks, Run, ahead, behind
from workbench.coding.stream import TOKEN, Stream, everywhere
from workbench.material.documents import Document

ENOUGH = 16
"""Words and marks that are known again where they stand only once, though no older text is."""
SURVIVES = 0.6
"""Likeness of edited words to the coded ones from which they are followed."""
SHOWN = 0.3
"""Likeness from which they are shown as perhaps the ones."""
SIMILAR = 70
"""The same, of 100, for words that are not where the difference leads."""
MOST = 9


class Fate(StrEnum):
    """What became of coded words."""

    EXACT = "exact"
    MOVED = "moved"
    BESIDE = "beside an edit"
    CHANGED = "changed"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one coding: the line in the file, its fate, and the places, best first.

    `said` is the turn in which the words stood, where an older text is known.
    """

    coding: Coding
    fate: Fate
    places: tuple[Passage, ...] = ()
    said: str = ""

    @property
    def sure(self) -> bool:
        """Tell whether the words are the ones that were coded, unedited, in the only place."""
        return self.fate in (Fate.EXACT, Fate.MOVED)

    @property
    def told(self) -> bool:
        """Tell whether the coding follows, or is without a place, unless somebody objects."""
        return self.fate in (Fate.BESIDE, Fate.CHANGED, Fate.GONE)

    @property
    def nowhere(self) -> bool:
        """Tell whether somebody said before that these words are gone."""
        return self.coding.passage.start == self.coding.passage.end

    def followed(self) -> Coding:
        """Return the coding where it goes without asking; an unsure one stays as it is."""
        if self.nowhere or self.fate is Fate.UNSURE:
            return self.coding
        return self.taken() if self.places else self.lost()

    def taken(self, place: Passage | None = None) -> Coding:
        """Return the coding on `place`, or on the best one there is."""
        return self.coding.at(place or self.places[0], Standing.EXACT)

    def lost(self) -> Coding:
        """Return the coding without a place: it stays in the file and does not count."""
        p = self.coding.passage
        nowhere = Passage(p.document, p.turn, p.start, p.start, p.quote)
        return self.coding.at(nowhere, Standing.LOST)


class Alignment:
    """The difference between an older and a newer text of the same document."""

    def __init__(self, old: Document, new: Document) -> None:
        alphabet: dict[str, str] = {}
        self.old, self.new = Stream(old, alphabet), Stream(new, alphabet)
        self.same = _spoken(old) == _spoken(new)
        self._marks = Marks(
            heads=frozenset(x for token, x in alphabet.items() if token[0] == "\n"),
            stops=frozenset(alphabet.get(mark, "") for mark in ".?!…"),
            all=frozenset(x for token, x in alphabet.items() if not token[0].isalnum()),
        )
        self.difference = Difference(self.old.letters, self.new.letters, self._marks)
        self._folded = self._fold(chr(0x100 + len(alphabet)))

    def _fold(self, free: str) -> frozenset[str]:
        """Take what was put for the same words everywhere, `[nimi]` say, for those words."""
        rows = everywhere(self.difference.edits(), self._marks.all)
        if not rows:
            return frozenset()
        put = {new: chr(ord(free) + n) for n, new in enumerate(dict.fromkeys(rows.values()))}
        self.old.fold({**put, **{old: put[new] for old, new in rows.items()}})
        self.new.fold(put)
        self.difference = Difference(self.old.letters, self.new.letters, self._marks)
        return frozenset(put.values())

    def follow(self, coding: Coding) -> Move:
        """Say what became of a coding whose words stood at their offsets in the older text.

        The difference is followed, and what was carried against the order of all. Unedited words
        are certain where no edit can reach them (`Difference.belief`). Words beside an edit, and
        edited ones between others that are certain, are followed and told; words that are not
        left anywhere are told as gone. All others are asked about.
        """
        if self.same:
            return Move(coding, Fate.EXACT, (coding.passage,))
        i, j = self.old.tokens(coding.passage)
        run = self.difference.run(i)
        if run is None or not i < j <= run.end:
            return self._edited(coding, i, j)
        place = self._intact(coding.passage, i, j, run.at(i))
        belief = self.difference.belief(i, j, run)
        if place.quote.split() != coding.passage.quote.split():
            fate = Fate.CHANGED
            belief = belief if self._mostly(i, j, place) else Belief.DOUBTED
        elif belief is Belief.PROVED:
            fate = Fate.EXACT if place == coding.passage else Fate.MOVED
        else:
            fate = Fate.BESIDE
        if belief is not Belief.DOUBTED:
            return Move(coding, fate, (place,))
        return self._unsure(coding, (place, *self._twins(coding.passage, i, j, run.at(i))))

    def _intact(self, p: Passage, i: int, j: int, k: int) -> Passage:
        """Return the place of the same tokens at `k`; part of a word stays a part of it."""
        before, after = p.start - self.old.starts[i], p.end - self.old.ends[j - 1]
        place = self.new.passage(k, k + j - i, before, after)
        same = place.quote.split() == p.quote.split()
        return place if same else self.new.passage(k, k + j - i)

    def _mostly(self, i: int, j: int, place: Passage) -> bool:
        """Tell whether half of the words are left, others being as they are changed everywhere."""
        left = sum(
            self.old.ends[n] - self.old.starts[n]
            for n in range(i, j)
            if self.old.letters[n] not in self._folded
        )
        long = self.old.ends[j - 1] - self.old.starts[i]
        return 2 * left >= max(long, len(place.quote))

    def _edited(self, coding: Coding, i: int, j: int) -> Move:
        p = coding.passage
        places = []
        if i < j and (rest := self._rest(i, j)):
            place, sure = rest
            like = Indel.normalized_similarity(p.quote, place.quote)
            if sure and like >= SURVIVES and len(place.quote) <= 2 * len(p.quote):
                return Move(coding, Fate.CHANGED, (place,))
            places += [place] * (like >= SHOWN)
        parts = () if places else self._parts(p, i, j)
        return self._unsure(
            coding, (*places, *parts, *self._twins(p, i, j), *self._similar(p, i, j))
        )

    def _unsure(self, coding: Coding, places: tuple[Passage, ...]) -> Move:
        apart: list[Passage] = []
        for p in places:
            if not any(p.turn == q.turn and p.start < q.end and q.start < p.end for q in apart):
                apart.append(p)
        return Move(coding, Fate.UNSURE if apart else Fate.GONE, tuple(apart[:MOST]))

    def _rest(self, i: int, j: int) -> tuple[Passage, bool] | None:
        """Return what stands in the place of edited words, and whether both its ends are sure."""
        (low, left), (high, right) = self._begin(i), self._end(j)
        if not low < high or high - low > 2 * (j - i) + 6:
            return None
        begin, end = self.new.first[self.new.turns[low]]
        if not begin <= low < high <= end:
            return None
        kept = [run.at(n) for n in range(i, j) if (run := self.difference.run(n))]
        sure = left and right and kept == sorted(kept) and all(low <= k < high for k in kept)
        return self.new.passage(low, high), sure

    def _begin(self, n: int) -> tuple[int, bool]:
        """Return where the words from an old token on begin now, and whether that is sure."""
        d = self.difference
        if run := d.run(n):
            return run.at(n), self._trusted(run)
        one, two = d.around(n)
        out, put = two.start - one.end, two.there - one.until
        if n == one.end and put >= 0:
            return one.until, self._trusted(one) and put <= 2 * out + 3
        if out == put:
            return one.until + n - one.end, self._trusted(one)
        return two.there, False

    def _end(self, n: int) -> tuple[int, bool]:
        d = self.difference
        if run := d.run(n - 1):
            return run.at(n), self._trusted(run)
        one, two = d.around(n - 1)
        out, put = two.start - one.end, two.there - one.until
        if n == two.start and put >= 0:
            return two.there, self._trusted(two) and put <= 2 * out + 3
        if out == put:
            return one.until + n - one.end, self._trusted(two)
        return one.until, False

    def _trusted(self, run: Run) -> bool:
        d = self.difference
        return run.start == run.end or d.belief(run.start, run.end, run) is not Belief.DOUBTED

    def _parts(self, p: Passage, i: int, j: int) -> list[Passage]:
        """Return what is left of a passage that was taken apart, the longest first."""
        runs = dict.fromkeys(run for n in range(i, j) if (run := self.difference.run(n)))
        ends = [(run.at(max(i, run.start)), run.at(min(j, run.end))) for run in runs]
        parts = [
            self.new.passage(low, high)
            for low, high in ends
            if self.new.turns[low] == self.new.turns[high - 1]
        ]
        long = [part for part in parts if len(part.quote) >= SHOWN * len(p.quote)]
        return sorted(long, key=lambda part: -len(part.quote))

    def _sentence(self, of: Stream, i: int, j: int) -> tuple[int, int]:
        """Return the tokens of the sentences in which some tokens stand."""
        low, high = of.first[of.turns[i]]
        stops = self._marks.stops
        low = next((n for n in range(i, low, -1) if of.letters[n - 1] in stops), low)
        return low, next((n + 1 for n in range(j - 1, high) if of.letters[n] in stops), high)

    def _twins(self, p: Passage, i: int, j: int, but: int = -1) -> Iterator[Passage]:
        """Yield where the same words stand among what is new, with most of their sentence."""
        part, new = self.old.letters[i:j], self.new.letters
        for low, high in self.difference.fresh if part else ():
            at = new.find(part, low, high)
            while at >= 0:
                if at != but and self._in_company(i, j, at):
                    yield self._intact(p, i, j, at)
                at = new.find(part, at + 1, high)

    def _in_company(self, i: int, j: int, k: int) -> bool:
        old, new = self.old.letters, self.new.letters
        low, high = self._sentence(self.old, i, j)
        came = behind(old, i, new, k, i - low) + ahead(old, i, new, k, high - i)
        return 2 * came > high - low

    def _similar(self, p: Passage, i: int, j: int) -> Iterator[Passage]:
        """Yield words like those of a passage where new sentences are like theirs."""
        if i == j:
            return
        sentence = self.old.passage(*self._sentence(self.old, i, j)).quote
        found = []
        for low, high in self._new_stretches():
            text = self.new.passage(low, high)
            like = fuzz.partial_ratio_alignment(p.quote, text.quote, score_cutoff=SIMILAR)
            if like and 2 * len(text.quote) > len(p.quote):
                start, end = text.start + like.dest_start, text.start + like.dest_end
                inside = self.new.tokens(Passage(p.document, text.turn, start, end, ""))
                around = self.new.passage(*self._sentence(self.new, *inside)).quote
                if Indel.normalized_similarity(sentence, around, score_cutoff=SIMILAR / 100):
                    found.append((like.score, self.new.passage(*inside)))
        yield from (place for _, place in sorted(found, key=lambda f: -f[0])[:3])

    def _new_stretches(self) -> Iterator[tuple[int, int]]:
        for low, high in self.difference.fresh:
            for turn in dict.fromkeys(self.new.turns[low:high]):
                begin, end = self.new.first[turn]
                if max(low, begin) < min(high, end):
                    yield max(low, begin), min(high, end)


def well_known(quote: str) -> bool:
    """Tell whether words are enough to be known again where they stand only once."""
    return len(TOKEN.findall(quote)) >= ENOUGH


def _spoken(document: Document) -> list[tuple[int, str]]:
    return [(turn.number, turn.text) for turn in document.turns.values()]
