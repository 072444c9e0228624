"""Base forms and compound parts of word forms: Finnish first, Swedish and English beside it."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from workbench.base import finnish
from workbench.base.files import read
from workbench.base.problems import Problem
from workbench.base.records import Reader
from workbench.base.strict_yaml import parse

RULES = "1"
"""Version of our own rules and word lists; it stands in every stored result."""
_OTHERS = ("sv", "en")


@dataclass(frozen=True, slots=True)
class Word:
    """What a form may be: `lemmas` of the whole, and `parts` if it is a compound."""

    lemmas: frozenset[str]
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """A study's own words: forms with their base forms, and compounds that stay whole."""

    forms: dict[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()


def parse_words(text: str, path: Path) -> tuple[OwnWords, list[Problem]]:
    """Read a study's words: `forms: {esmies: esimies}` and `whole: [esimies]`; pure."""
    node, problems = parse(text, path)
    reader = Reader(path, problems)
    own = reader.record(OwnWords, node)
    forms = node.items.get("forms")
    for form, lemma in own.forms.items() if own else ():
        if len(form.split()) != 1 or len(lemma.split()) != 1:
            line = getattr(forms, "lines", {}).get(form, 1)
            reader.add(line, f"'{form}: {lemma}' must be one word each.", "Write form: base form.")
    return own or OwnWords(), problems


def plain(form: str) -> str:
    """Return a form as analysers compare it: NFC, no case, no case ending after a colon."""
    return unicodedata.normalize("NFC", form).casefold().partition(":")[0].strip("-’'") or form


class Analyser:
    """Base forms in one language, each distinct form looked up once.

    `name` says which analyser in which version, and belongs beside every stored result. With a
    `cache` folder what was found is kept there for the next time; the folder may be deleted.
    """

    def __init__(
        self, language: str, own: OwnWords | None = None, cache: Path | None = None
    ) -> None:
        own = own or OwnWords()
        self.language = language
        self._own = {plain(form): plain(lemma) for form, lemma in own.forms.items()}
        self.name, self._start = _engine(language, frozenset(map(plain, own.whole)))
        self._known: dict[str, Word] = {}
        self._cache = cache / f"{language}-{self._key(own)}.tsv" if cache else None
        if self._cache:
            self._known.update(_stored(self._cache))

    def _key(self, own: OwnWords) -> str:
        sources = [Path(__file__), Path(finnish.__file__), Path(finnish.__file__[:-3] + ".yml")]
        told = "\n".join([self.name, *sorted(own.whole), *(s.read_text("utf-8") for s in sources)])
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def words(self, forms: Iterable[str]) -> dict[str, Word]:
        """Return what each form may be."""
        wanted = {form: plain(form) for form in forms}
        new = set(wanted.values()) - self._known.keys()
        if new:
            look_up = self._started
            found = {form: look_up(form) for form in sorted(new)}
            self._known.update(found)
            if self._cache:
                _store(self._cache, found)
        return {form: self._owned(key) for form, key in wanted.items()}

    def word(self, form: str) -> Word:
        """Return what one form may be."""
        return self.words([form])[form]

    def base(self, query: str) -> frozenset[str]:
        """Return the base forms that a query means: itself if it is one."""
        lemmas = self.word(query).lemmas
        return frozenset({plain(query)}) if plain(query) in lemmas else lemmas

    def _owned(self, form: str) -> Word:
        if form not in self._own:
            return self._known[form]
        lemma = self._own[form]
        if lemma not in self._known:
            self._known[lemma] = self._started(lemma)
        return Word(frozenset({lemma}), self._known[lemma].parts)

    @functools.cached_property
    def _started(self) -> Callable[[str], Word]:
        return self._start()


def _engine(
    language: str, whole: frozenset[str]
) -> tuple[str, Callable[[], Callable[[str], Word]]]:
    if language == "fi":
        name, start = finnish.chosen()

        def begin() -> Callable[[str], Word]:
            reader = finnish.Finnish(start(), whole)
            return lambda form: Word(*map(frozenset, reader.read(form)))

        return f"{name}, rules {RULES}", begin
    if language in _OTHERS:
        from importlib.metadata import version  # slow to import, and not needed by a check

        return f"simplemma {version('simplemma')}, rules {RULES}", lambda: _simplemma(language)
    return f"none, rules {RULES}", lambda: lambda form: Word(frozenset({form}))


def _simplemma(language: str) -> Callable[[str], Word]:
    from simplemma import lemmatize

    def look_up(form: str) -> Word:
        pieces = [lemmatize(piece, lang=language).casefold() for piece in form.split("-")]
        whole = form[: len(form) - len(form.rpartition("-")[2])] + pieces[-1]
        return Word(frozenset({whole}), frozenset(pieces) - {whole})

    return look_up


def _stored(path: Path) -> dict[str, Word]:
    """Read what was found before; a line cut short by a crash lacks its last field."""
    if not path.exists():
        return {}
    lines = (line.split("\t") for line in read(path)[0].content.split("\n"))
    return {
        cells[0]: Word(frozenset(cells[1].split()), frozenset(cells[2].split()))
        for cells in lines
        if len(cells) == 4
    }


def _store(path: Path, found: dict[str, Word]) -> None:
    """Put what is new at the end; a cache that cannot be written is done without."""
    lines = (
        f"{form}\t{' '.join(sorted(word.lemmas))}\t{' '.join(sorted(word.parts))}\t\n"
        for form, word in found.items()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("".join(lines))
    except OSError:
        return
