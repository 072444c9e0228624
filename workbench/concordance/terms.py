"""Key terms: the words by which a segment's people speak unlike the others, counted by people.

Who uses a word at all is counted, not how often, after the text dispersion of Egbert & Biber 2019
(Incorporating text dispersion into keyword analyses, doi 10.3366/cor.2019.0162): tokens follow
whoever talks most. Words are ranked by the difference of two shares, x of the segment's n people
minus y of the other m. A log-ratio would put the rarest words first, and with a handful of people
these say least.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.base.files import read
from workbench.base.languages import words
from workbench.base.lemmas import Word, plain
from workbench.base.strict_yaml import Scalar, parse
from workbench.concordance.corpus import Corpus
from workbench.concordance.kwic import analysers
from workbench.findings.results import Result
from workbench.material.documents import Document, Turn
from workbench.material.informants import Side
from workbench.material.pseudonyms import PLACE, parse_names
from workbench.study import Study, Unknown, segment_of

Flags = NDArray[np.bool_]
_STOPWORDS = Path(__file__).parents[1] / "base" / "stopwords.yml"
_MARK = re.compile(r"\[[^\]]*\]")
"""What stands in a transcript for something else: a name taken out, a noise."""
_SHORTEST = 2


@functools.cache
def stopwords() -> dict[str, frozenset[str]]:
    """Return for each language the base forms that are no key terms."""
    root, problems = parse(_STOPWORDS.read_text(encoding="utf-8"), _STOPWORDS)
    assert not problems, problems
    items = ((k, v) for k, v in root.items.items() if isinstance(v, Scalar))
    return {language: frozenset(node.value.split()) for language, node in items}


@dataclass(frozen=True)
class Lexicon:
    """Who uses which of `words` in which document: `said` is voices × words.

    A voice is a person in a document. Words are base forms without names and stop words, in
    alphabetical order.
    """

    voices: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    said: Flags

    @classmethod
    def of(cls, study: Study) -> Lexicon:
        """Read what the customers of a view say, in all their documents, coded or not."""
        turns = [
            ((document.author(turn), document.id), turn.text, document.language)
            for document in study.documents.values()
            for turn in document.turns.values()
            if _customer(study, document, turn)
        ]
        voices = tuple(sorted({voice for voice, _, _ in turns}))
        texts = (_MARK.sub(lambda m: " " * len(m[0]), text) for _, text, _ in turns)
        corpus = Corpus.of(texts, [language for _, _, language in turns])
        number, known = _lemmas(study, corpus)
        row = {voice: n for n, voice in enumerate(voices)}
        voice_of = np.array([row[voice] for voice, _, _ in turns], np.intp)
        word = number[corpus.ids]
        said = np.zeros((len(voices), len(known)), bool)
        said[voice_of[corpus.turn_of[word >= 0]], word[word >= 0]] = True
        return cls(voices, known, said)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Return everybody who speaks, in alphabetical order."""
        return tuple(sorted({person for person, _ in self.voices}))

    @cached_property
    def used(self) -> Flags:
        """Return people × words: who uses a word in any document."""
        row = {person: n for n, person in enumerate(self.people)}
        used = np.zeros((len(self.people), len(self.words)), bool)
        for (person, _), own in zip(self.voices, self.said, strict=True):
            used[row[person]] |= own
        return used

    def documents(self, people: frozenset[str], n: int) -> int:
        """Return in how many documents one of `people` uses the word of this number."""
        there = np.flatnonzero(self.said[:, n])
        return len({self.voices[v][1] for v in there if self.voices[v][0] in people})


def _customer(study: Study, document: Document, turn: Turn) -> bool:
    person = study.informants.get(document.author(turn))
    return person is not None and person.side is Side.CUSTOMER


def _lemmas(study: Study, corpus: Corpus) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the number of each form's word (-1 for a form that is left out), and the words."""
    readers = analysers(study, {language for language, _ in corpus.forms})
    by_language = {
        x: readers[x].words(form for language, form in corpus.forms if language == x)
        for x in readers
    }
    read = [by_language[language][form] for language, form in corpus.forms]
    chosen = _chosen(read)
    listed, named = _listed(study), _named(corpus, chosen)
    stop = stopwords()
    kept = [
        lemma if len(lemma) >= _SHORTEST and not any(c.isdigit() for c in lemma)
        and lemma not in named and not word.lemmas & (stop.get(language, frozenset()) | listed)
        and plain(form) not in stop.get(language, frozenset())
        else ""
        for (language, form), lemma, word in zip(corpus.forms, chosen, read, strict=True)
    ]  # fmt: skip
    known = tuple(sorted({lemma for lemma in kept if lemma}))
    number = {lemma: n for n, lemma in enumerate(known)}
    return np.array([number.get(lemma, -1) for lemma in kept], np.int64), known


def _chosen(read: Iterable[Word]) -> list[str]:
    """Return one base form for each form: of several, the one that most other forms share."""
    forms = list(read)
    weight: dict[str, float] = {}
    for word in forms:
        for lemma in word.lemmas:
            weight[lemma] = weight.get(lemma, 0) + 1 / len(word.lemmas)
    return [max(sorted(w.lemmas), key=weight.__getitem__, default="") for w in forms]


def _named(corpus: Corpus, chosen: list[str]) -> frozenset[str]:
    """Return the words that are written with a capital, within sentences, as often as without."""
    inner = np.ones(len(corpus.ids), bool)
    inner[corpus.begins[:-1][np.diff(corpus.begins) > 0]] = False
    within = np.bincount(corpus.ids[inner], minlength=len(corpus.forms))
    everywhere = np.bincount(corpus.ids, minlength=len(corpus.forms))
    small, capital = dict[str, int](), dict[str, int]()
    for (_, form), lemma, inside, often in zip(
        corpus.forms, chosen, within.tolist(), everywhere.tolist(), strict=True
    ):
        if form[0].isupper():
            capital[lemma] = capital.get(lemma, 0) + inside
        else:
            small[lemma] = small.get(lemma, 0) + often
    return frozenset(x for x in chosen if capital.get(x, 0) >= max(small.get(x, 0), 1)
                     or x not in small)  # fmt: skip


def _listed(study: Study) -> frozenset[str]:
    """Return the words of the names that must not be seen, if the study has a list of them."""
    path = (study.whole or study).folder / PLACE
    if not path.exists():
        return frozenset()
    names, _ = parse_names(read(path)[0].content, path)
    entries = (*names.people, *names.places, *names.organisations)
    return frozenset(plain(part) for entry in entries for part in entry.split())


@dataclass(frozen=True, slots=True)
class Term:
    """A word with the people who use it: `inside` the segment and `outside`; and documents."""

    word: str
    inside: int
    outside: int
    documents: int


@dataclass(frozen=True, repr=False)
class Terms(Result):
    """The key terms of a segment, the clearest first; `of` and `others` are people interviewed."""

    segment: str
    terms: tuple[Term, ...]
    of: int
    others: int

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each word: people of the segment, of the others, documents."""
        say = words(self.language)
        keys = ("word", "inside", "outside", "documents")
        rows = [
            (t.word, f"{t.inside}/{self.of}", f"{t.outside}/{self.others}", t.documents)
            for t in self.terms
        ]
        return pd.DataFrame(rows, columns=[say(f"terms_{key}") for key in keys])


def terms(
    study: Study,
    language: str = "fi",
    *,
    segment: str = "",
    most: int = 20,
    least: int = 3,
    drawn: int = 500,
    seed: int = 1,
) -> Terms:
    """List the words that more of a segment's people use than of the other customers.

    Give a segment, or a view of one. Only words that at least `least` of its people use are told,
    and only if it and the others have `privacy: quote` people each; two is the fewest `least`, as
    nobody's own word is a key term. Raises `Unknown` for a segment that is not there and
    `WorkbenchError` for none.
    """
    name = segment or segment_of(study).id
    whole = study if segment else study.whole or study
    if name not in whole.segments:
        raise Unknown("segment", name, whole.segments.all)
    lexicon = _lexicon(whole)
    inside = np.array([p in whole.segments.people[name] for p in lexicon.people], bool)
    of, others = int(inside.sum()), int((~inside).sum())
    say, quote = words(language), whole.settings.privacy.quote
    label = whole.segments[name].label.say(language)
    if min(of, others) < max(quote, 1):
        caption = say("terms_few", segment=label, n=of, m=others, least=quote)
        return Terms(caption, language, name, (), of, others)
    fewest = max(least, 2)
    apart = _apart(lexicon.used, inside[None], fewest)[0]
    found = [n for n in np.lexsort((lexicon.words, -apart.round(9))) if apart[n] > 0]
    random = np.random.default_rng(seed).permuted(np.tile(inside, (drawn, 1)), axis=1)
    tops = _apart(lexicon.used, random, fewest).max(axis=1, initial=0)
    caption = say("terms_caption", segment=label, n=of, m=others, least=fewest)
    if found:
        as_clear = int((tops >= apart[found[0]] - 1e-6).sum())
        caption = f"{caption} {say('terms_drawn', n=as_clear, drawn=drawn, seed=seed)}"
    made = tuple(_term(lexicon, inside, int(n)) for n in found[: most or None])
    return Terms(caption, language, name, made, of, others)


def _lexicon(study: Study) -> Lexicon:
    made = study.derived.get(Lexicon)
    if not isinstance(made, Lexicon):
        made = study.derived[Lexicon] = Lexicon.of(study)
    return made


def _apart(used: Flags, inside: Flags, least: int) -> NDArray[np.float64]:
    """Return for each grouping how much larger a share uses each word inside than outside.

    `inside` is groupings × people; a word of fewer than `least` people inside has 0.
    """
    numbers = used.astype(np.float32)
    own = inside.astype(np.float32) @ numbers
    rest = numbers.sum(axis=0) - own
    size = inside.sum(axis=1, keepdims=True)
    gap = own / size - rest / (inside.shape[1] - size)
    return np.where(own >= least, gap, 0).astype(np.float64)


def _term(lexicon: Lexicon, inside: Flags, n: int) -> Term:
    used = lexicon.used[:, n]
    theirs = frozenset(p for p, own in zip(lexicon.people, inside, strict=True) if own)
    own, rest = int((used & inside).sum()), int((used & ~inside).sum())
    return Term(lexicon.words[n], own, rest, lexicon.documents(theirs, n))


__all__ = ["Lexicon", "Term", "Terms", "stopwords", "terms"]
