"""What still identifies somebody in a text, replaced by neutral marks, and the way back.

The list of names (`private/names.yml`, never in git) is the main tool. Beside it, whatever is
written with a capital within a sentence counts as a name, since Finnish writes nothing else so;
and what has the form of an address, a telephone number or another number of a person is replaced
by its form, also where its check digit is wrong: a slip of the pen identifies too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from workbench.base.finnish import as_name
from workbench.base.languages import LANGUAGES, words
from workbench.base.lemmas import Analyser, Word, plain
from workbench.base.problems import Problem
from workbench.base.records import Reader
from workbench.base.strict_yaml import parse

PLACE = Path("private", "names.yml")
_WORD = re.compile(r"[^\W\d_]\w*(?:[-'’:]\w+)*")
_BEFORE = frozenset(".!?…:\"”»–—([«“‘'])-")
"""What stands before a word that has a capital because something begins there."""
_LONGEST_ENDING = 7
_STREET = (
    "(?:katu|kadu|tie|kuja|polku|polu|kaari|kaare|rinne|rintee|raitti|raiti|väylä|aukio|tori|"
    "puisto|ranta|ranna|penger|penkeree|gata|gatan|väg|vägen|gränd|gränden|street|road)"
)
_ENDING = "(?:l?l[aeä]|l?t[aä]|ss[aä]|st[aä]|n|a|ä|[uoe]n|h?[aeiouyäö]n)?"
_FORMS = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("email", r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*"),
        ("link", r"(?:https?://|\bwww\.)\S+"),
        ("person_code", r"(?<!\d)\d{6}\s?[-–+A-FU-Ya-fu-y]\s?\d{3}\s?[0-9A-Za-z](?![^\W\d_]{3})"),
        ("account", r"\b[A-Z]{2}\d{2}(?:[ \xa0]?[A-Z0-9]{4}){2,7}(?:[ \xa0]?[A-Z0-9]{1,3}\b)?"),
        ("address", rf"(?i:\b[\w-]*{_STREET}{_ENDING}) \d+\b(?: ?[A-Za-z]\b)?(?: \d+\b)?"),
        ("address", r"\b(?:PL|PB) ?\d+|\b\d{5}(?= [A-ZÅÄÖ])"),
        ("birthday", r"\b\d{1,2}\. ?\d{1,2}\. ?(?:19|20)\d\d\b"),
        ("phone", r"(?<!\w)\(?(?:\+|00)\d[\d\s()/–-]{5,}\d"),
        ("phone", r"(?<![\w.,])\(?0\d{1,3}\)?[\s–-]?\d{2,}(?:[\s–-]?\d{2,})*"),
        ("phone", r"(?<![\w.,])\d{2,4}[ \xa0]\d{4}(?!\d)"),
        ("number", r"\d{5,}(?:[-–]\d+)*"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names that must not be seen, in their base forms; every word of a person's name counts."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def parse_names(text: str, path: Path) -> tuple[Names, list[Problem]]:
    """Read the list of names: `people: [Maija Virtanen]`, `places:`, `organisations:`; pure."""
    root, problems = parse(text, path)
    return Reader(path, problems).record(Names, root) or Names(), problems


@dataclass(frozen=True, slots=True)
class Swap:
    """Words of a text, code points `[start, end)`, and the mark that stands for them."""

    start: int
    end: int
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with marks instead of what identifies."""

    text: str
    swaps: tuple[Swap, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where `[start, end)` of this text stands in the original; marks count whole."""
        return self._back(start, first=True), self._back(end, first=False)

    def _back(self, at: int, *, first: bool) -> int:
        longer = 0
        for swap in self.swaps:
            begin = swap.start + longer
            if at <= begin:
                break
            if at < begin + len(swap.mark):
                return swap.start if first else swap.end
            longer = begin + len(swap.mark) - swap.end
        return at - longer


@dataclass(frozen=True, slots=True)
class _Mention:
    """A stretch of text that names: what kind of thing, and under which base forms."""

    start: int
    end: int
    kind: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sort:
    """What a word form may be: of a listed `kind`, or a name, surely or as others are heard.

    `keys` are what it is numbered by, and `heard` under what it is known from elsewhere.
    """

    keys: frozenset[str]
    kind: str = ""
    kept: bool = False
    sure: bool = False
    heard: frozenset[str] = frozenset()


class Pseudonyms:
    """Replaces what identifies in texts of one language; `keep` are names that may stand."""

    def __init__(
        self, language: str, names: Names, analyser: Analyser, keep: Iterable[str] = ()
    ) -> None:
        self.language = language
        self._analyser = analyser
        self._keep = frozenset(map(plain, keep))
        self._listed = dict(_listed(names))
        self._stems = {_stem(name): name for name in self._listed}
        self._sorts: dict[str, _Sort] = {}

    def masked(self, texts: Mapping[int, str]) -> dict[int, Masked]:
        """Return the texts of one document; in all of them a name has the same mark."""
        forms = {word for text in texts.values() for word in _WORD.findall(text)}
        read = self._analyser.words(forms - self._sorts.keys())
        self._sorts.update((form, self._sort(form, word)) for form, word in read.items())
        heard = frozenset(k for text in texts.values() for k in self._heard(text))
        numbers: dict[str, dict[str, int]] = defaultdict(dict)
        return {n: self._mask(text, heard, numbers) for n, text in texts.items()}

    def _mask(self, text: str, heard: frozenset[str], numbers: dict[str, dict[str, int]]) -> Masked:
        say = words(self.language if self.language in LANGUAGES else "en")
        swaps, made, last = [], "", 0
        for m in self._mentions(text, heard):
            kind = say(f"mark_{m.kind}")
            mark = f"[{kind} {_number(numbers[m.kind], m.keys)}]"
            made += text[last : m.start] + mark
            swaps.append(Swap(m.start, m.end, text[m.start : m.end], mark))
            last = m.end
        return Masked(made + text[last:], tuple(swaps))

    def _mentions(self, text: str, heard: frozenset[str]) -> list[_Mention]:
        """Return what is to be replaced, in order; names side by side are one."""
        found = _formed(text)
        taken = {at for m in found for at in range(m.start, m.end)}
        named = [m for m in self._named(text, heard) if taken.isdisjoint(range(m.start, m.end))]
        return sorted((*found, *_joined(named, text)), key=lambda m: m.start)

    def _named(self, text: str, heard: frozenset[str]) -> Iterator[_Mention]:
        for match, sort in self._words(text):
            kind = sort.kind
            if not kind and match[0][0].isupper():
                known = sort.sure or heard & sort.heard
                kind = "name" if known or not _begins(match) else ""
            if kind and not sort.kept:
                yield _Mention(match.start(), match.end(), kind, sort.keys)

    def _heard(self, text: str) -> Iterator[str]:
        """Yield names that stand within a sentence: at its beginning they are known by that."""
        for match, sort in self._words(text):
            if match[0][0].isupper() and not _begins(match):
                yield from sort.heard

    def _words(self, text: str) -> Iterator[tuple[re.Match[str], _Sort]]:
        return ((match, self._sorts[match[0]]) for match in _WORD.finditer(text))

    def _sort(self, form: str, read: Word) -> _Sort:
        capital = form[0].isupper()
        names, others = self._as_name(form) if capital else (frozenset[str](), frozenset[str]())
        parts = read.parts if capital or "-" in form else frozenset()
        bases = read.lemmas | names | parts | {plain(form)}
        if bases & self._keep:
            return _Sort(bases, kept=True)
        listed = sorted(bases & self._listed.keys())
        alike = "" if listed else self._alike(plain(form))
        strange = bool(capital or alike) and self._strange(form, read)
        if listed or (alike and (capital or strange)):
            kind, entry = self._listed[listed[0] if listed else alike]
            return _Sort(frozenset({entry}), kind)
        heard = frozenset({plain(form)}) | names if names or not others else frozenset()
        return _Sort(names or bases, sure=bool(names and not others) or strange, heard=heard)

    def _alike(self, word: str) -> str:
        """Return the listed name that `word` may be a case of, though no dictionary knows it."""
        starts = (word[:end] for end in range(len(word), 1, -1))
        name = next((self._stems[start] for start in starts if start in self._stems), "")
        return name if len(word) - len(name) <= _LONGEST_ENDING else ""

    def _strange(self, form: str, read: Word) -> bool:
        """Tell whether no dictionary of the language knows a word, not even as it is spoken."""
        written = (form, *read.lemmas - {plain(form)})
        return self.language == "fi" and not any(any(self._as_name(w)) for w in written)

    def _as_name(self, word: str) -> tuple[frozenset[str], frozenset[str]]:
        if self.language == "fi":
            return as_name(word.partition(":")[0])
        return frozenset(), frozenset()


def _listed(names: Names) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each word of a listed name with its kind and the entry it belongs to."""
    for kind, entries in (
        ("site", names.places),
        ("organisation", names.organisations),
        ("person", names.people),
    ):
        for entry in entries:
            parts = _WORD.findall(entry)
            proper = [p for p in parts if kind == "person" or p[0].isupper()]
            yield from ((plain(part), (kind, f"{kind} {entry}")) for part in proper or parts)


def _begins(match: re.Match[str]) -> bool:
    before = match.string[max(match.start() - 8, 0) : match.start()].rstrip()
    return not before or before[-1] in _BEFORE


def _formed(text: str) -> list[_Mention]:
    """Return what has the form of an identifier; where two forms meet, the first kind's."""
    found: list[_Mention] = []
    for kind, form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if not any(m.start < end and start < m.end for m in found):
                found.append(_Mention(start, end, kind, frozenset({"".join(match[0].split())})))
    return found


def _joined(named: Iterable[_Mention], text: str) -> list[_Mention]:
    found: list[_Mention] = []
    for kind, group in groupby(named, key=lambda m: m.kind):
        for m in group:
            before = found[-1] if found else None
            if before and before.kind == kind and text[before.end : m.start] == " ":
                found[-1] = _Mention(before.start, m.end, kind, before.keys | m.keys)
            else:
                found.append(m)
    return found


def _stem(name: str) -> str:
    """Return what all cases of a name begin with, if no dictionary knows it."""
    if name.endswith("nen"):
        return f"{name[:-3]}s"
    return name if len(name) < 5 else name[:-1]


def _number(known: dict[str, int], keys: frozenset[str]) -> int:
    number = min((known[k] for k in keys if k in known), default=0)
    number = number or max(known.values(), default=0) + 1
    for key in keys:
        known.setdefault(key, number)
    return number


__all__ = ["PLACE", "Masked", "Names", "Pseudonyms", "Swap", "parse_names"]
