"""Finnish word forms: base forms and compound parts from whichever analyser is installed."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from workbench.base.files import read
from workbench.base.records import Reader
from workbench.base.strict_yaml import parse

GUESSED = 4.0
"""From this weight on an analyser guesses: it does not know the word."""
_SHORTENED = re.compile("([slt]|ii)$")
"""Ends of spoken forms that also look like a compound: puhelimes is puhelimessa, not puhe|limes."""
_DATA = Path(__file__).with_name("finnish.yml")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form: its base form cut at compound boundaries, and how sure that is."""

    segments: tuple[str, ...]
    weight: float = 0.0
    noun: bool = True

    @property
    def lemma(self) -> str:
        """Return the base form."""
        return "".join(self.segments)


Engine = Callable[[str], list[Reading]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    spoken: dict[str, str]
    compounds: tuple[str, ...]


@functools.cache
def _data() -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    node, problems = parse(read(_DATA)[0].content, _DATA)
    data = Reader(_DATA, problems).record(_Data, node)
    assert data is not None and not problems, problems
    cut = [tuple(word.split("|")) for word in data.compounds]
    return {k: v.split() for k, v in data.spoken.items()}, {"".join(c): c for c in cut}


def _native() -> Engine:
    voikko = importlib.import_module("libvoikko").Voikko("fi")

    def read_form(form: str) -> list[Reading]:
        return [
            reading
            for a in voikko.analyze(form)
            for reading in _voikko(
                _cut(form, a["BASEFORM"], a["STRUCTURE"]), a["CLASS"],
                a["FSTOUTPUT"] if "PARTICIPLE" in a else "",
            )
        ]  # fmt: skip

    return read_form


def _cut(form: str, lemma: str, structure: str) -> tuple[str, ...]:
    """Cut a base form where Voikko's structure of the form (`=pppppp=ppppppppp`) has its joints."""
    lengths = [len(part) for part in structure.split("=")[1:-1]]
    segments, at = [], 0
    for length in lengths:
        segments.append(form[at : at + length])
        at += length
    return (*segments, lemma[at:]) if lemma[:at].casefold() == form[:at] else (lemma,)


def _pyvoikko() -> Engine:
    analyse = importlib.import_module("pyvoikko").analyse

    def read_form(form: str) -> list[Reading]:
        found: list[Reading] = []
        for a in analyse(form):
            parts = a.COMPOUND_PARTS or [a]
            segments = (*(p.FORM for p in parts[:-1]), parts[-1].BASEFORM)
            found += _voikko(segments, a.CLASS, a.FSTOUTPUT if a.PARTICIPLE else "")
        return found

    return read_form


def _voikko(segments: tuple[str, ...], kind: str, participle_of: str) -> Iterator[Reading]:
    """Yield Voikko's reading; a participle is also read as its verb, which Voikko only hints at."""
    yield Reading(segments, noun=kind != "teonsana")
    if verbs := re.findall(r"\[Xp\]([^\[]+)\[X\]", participle_of):
        yield Reading((*segments[:-1], verbs[-1]), noun=False)


def _pypykko() -> Engine:
    analyze = importlib.import_module("pypykko.utils").analyze

    def read_form(form: str) -> list[Reading]:
        found = analyze(form, only_best=False)
        best = found[0].weight
        kept = [a for a in found if a.weight == best or best >= GUESSED]
        return [Reading(tuple(a.lemma.split("|")), a.weight, a.pos != "verb") for a in kept]

    return read_form


def _simplemma() -> Engine:
    package = importlib.import_module("simplemma")

    def read_form(form: str) -> list[Reading]:
        known = package.is_known(form, lang="fi")
        lemma = package.lemmatize(form, lang="fi")
        return [Reading((lemma,), 0.0 if known or lemma != form else GUESSED)]

    return read_form


_ENGINES = (
    ("libvoikko", _native),
    ("pyvoikko", _pyvoikko),
    ("pypykko", _pypykko),
    ("simplemma", _simplemma),
)
"""In order of choice. simplemma knows no compounds and is the last resort."""


def chosen() -> tuple[str, Callable[[], Engine]]:
    """Return name with version of the best analysers installed, and what starts them.

    What Voikko does not know pypykko is asked.
    """
    there = [(module, start) for module, start in _ENGINES if find_spec(module)]
    used = there[: 2 if "voikko" in there[0][0] else 1]
    name = " + ".join(f"{module} {_version(module)}" for module, _ in used)
    return name, lambda: _in_turn([start() for _, start in used])


def _in_turn(engines: list[Engine]) -> Engine:
    return lambda form: next((found for ask in engines if (found := ask(form))), [])


def _version(module: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow, and no check needs it

    try:
        return version(module)
    except PackageNotFoundError:
        return "of the system"


@functools.lru_cache(100_000)
def as_name(form: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the base forms of `form`, written as it stands, as a proper name and as other words.

    A noun spelt like the name is no other word: so are most surnames. Both are empty where the
    dictionary does not know the form.
    """
    analyze = importlib.import_module("pypykko.utils").analyze
    sure = [a for a in analyze(form, only_best=False) if a.weight < GUESSED]
    names = frozenset(_plain(a.lemma) for a in sure if a.pos == "proper")
    others = ((_plain(a.lemma), a.pos) for a in sure if a.pos != "proper")
    return names, frozenset(x for x, pos in others if not (pos == "noun" and x in names))


class Finnish:
    """Reads Finnish forms with one engine; `whole` are compounds that must not be split."""

    def __init__(self, engine: Engine, whole: frozenset[str] = frozenset()) -> None:
        self._engine = functools.lru_cache(maxsize=100_000)(engine)
        self._whole = whole
        self._spoken, self._compounds = _data()

    def read(self, form: str) -> tuple[set[str], set[str]]:
        """Return base forms of a lower-case `form`, and the compound parts in it."""
        lemmas, parts = set[str](), set[str]()
        for piece in self._spoken.get(form, [form]):
            for reading in self._readings(piece):
                segments = self._compounds.get(reading.lemma, reading.segments)
                lemmas.add(_plain(reading.lemma))
                parts |= self._runs(self._kept_whole(segments))
        return lemmas, parts - lemmas

    def _readings(self, form: str) -> list[Reading]:
        head, hyphen, tail = form.rpartition("-")
        if hyphen and head and tail:
            before = tuple(f"{piece}-" for piece in head.split("-"))
            return [Reading((*before, *r.segments), r.weight) for r in self._readings(tail)]
        found = self._engine(form)
        weight = min((r.weight for r in found), default=GUESSED)
        doubtful = weight >= GUESSED or (weight > 0 and _SHORTENED.search(form))
        if doubtful and (repaired := self._repaired(form, weight)):
            found = repaired
        return found if weight < GUESSED else [*found, Reading((form,), GUESSED)]

    def _repaired(self, form: str, weight: float) -> list[Reading]:
        """Return the readings of the written form a spoken one stands for, if that is surer."""
        stems = list(dict.fromkeys(mended(form)))
        found = self._surest([*written(form), *stems])
        if weight >= GUESSED and (not found or found[0].weight > 0):
            twice = self._surest([full for stem in stems for full in written(stem)])
            found = min(found, twice, key=lambda rs: rs[0].weight if rs else GUESSED)
        return found if found and found[0].weight < min(weight, GUESSED) else []

    def _surest(self, forms: list[str]) -> list[Reading]:
        found = [r for form in dict.fromkeys(forms) for r in self._engine(form)]
        surest = min((r.weight for r in found), default=GUESSED)
        return [r for r in found if r.weight == surest]

    def _kept_whole(self, segments: tuple[str, ...]) -> tuple[str, ...]:
        for length in range(len(segments), 1, -1):
            for start in range(len(segments) - length + 1):
                if "".join(segments[start : start + length]) in self._whole:
                    kept = "".join(segments[start : start + length])
                    return (*segments[:start], kept, *segments[start + length :])
        return segments

    def _runs(self, segments: tuple[str, ...]) -> set[str]:
        """Return every run of neighbouring parts as a base form: esi|mies|työ has esimies."""
        last = len(segments)
        found = set()
        for start in range(last):
            for end in range(start + 1, last + 1):
                if end - start == last:
                    continue
                before, part = "".join(segments[start : end - 1]), segments[end - 1]
                lemmas = [part] if end == last else self._of_part(part)
                found |= {_plain(before + lemma) for lemma in lemmas}
        return {term for term in found if len(term) > 1}

    def _of_part(self, part: str) -> list[str]:
        """Return the base form of a part that is not the last: palkan → palkka, nais → nainen."""
        part = part.rstrip("-")
        if part.endswith("s"):
            full = f"{part[:-1]}nen"
            if any(r.lemma == full and r.weight == 0 for r in self._engine(full)):
                return [full]
        sure = [r for r in self._engine(part) if r.weight < GUESSED and r.noun]
        same = [r for r in sure if r.lemma == part]
        return list({r.lemma for r in same or sure}) or [part]


def _plain(lemma: str) -> str:
    return lemma.replace("|", "").casefold()


def written(form: str) -> Iterator[str]:
    """Yield forms with the ending that is cut short in speech: puhelimes → puhelimessa."""
    back = max(map(form.rfind, "aou"))
    a = "ä" if max(map(form.rfind, "äöy")) > back or back < 0 else "a"
    for ending, full in (
        ("l", f"ll{a}"), ("lt", f"lt{a}"), ("s", f"ss{a}"), ("s", "si"), ("st", f"st{a}"),
        ("t", f"t{a}"), ("is", "isi"), ("ks", "ksi"), ("ii", f"i{a}"), ("oo", "oa"),
        ("oo", "aa"), ("oo", "ee"), ("öö", "öä"), ("öö", "ee"), ("öö", "ää"), ("uu", "ua"),
        ("yy", "yä"), ("ee", f"e{a}"), ("ee", f"{a}{a}"), ("nu", "nut"), ("ny", "nyt"),
        ("lu", "lut"), ("ly", "lyt"), ("su", "sut"), ("sy", "syt"), ("ru", "rut"),
        ("ry", "ryt"), ("ki", "kin"), ("u", "ui"), ("y", "yi"), ("o", "oi"),
    ):  # fmt: skip
        if form.endswith(ending):
            yield form.removesuffix(ending) + full


_MENDED = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"(?<=h)(?=[aeiouyäö])", "d"), (r"(?<=[aeiouyäö])j(?=[aeiouyäö])", "d"),
        (r"(?<=[uy])v(?=[aeiouyäö])", "d"), (r"(?<=..[aeouyäö])(?=[snt])", "i"),
        (r"([hjklmnprstv])\1(?=[aeiouyäö]{2})", r"\1"),
        (r"(?<=([aeiouyäö])[lrhn])\1(?=[hjkmpvstg])", ""), ("tt", "ts"), ("iä", "ää"),
        ("ua", "aa"), ("ee", "ea"), ("ee", "eä"), ("(?<=[aäoö])is", "isi"),
    )
)  # fmt: skip


def mended(form: str) -> Iterator[str]:
    """Yield forms whose stem is written: yhestä → yhdestä, kirjottaa → kirjoittaa.

    The rules are lost d and i, and the doubled consonants and glide vowels of the eastern
    dialects; who asks keeps what a dictionary knows.
    """
    for pattern, full in _MENDED:
        for match in pattern.finditer(form):
            yield form[: match.start()] + match.expand(full) + form[match.end() :]
