"""The one small language of search and of autocode rules: words, phrases, and how they combine.

    palkka              the word or a part of a compound: palkanlaskennassa, tuntipalkkaa
    =palkka             the word itself, in any form
    "yksi luukku"       these words one after the other; "yksi luukku"~3: up to 3 words between
    /ongelm|vaikeu/     a regular expression, looked for inside each word form
    a ~5 b              at most 5 words between, in either order; ~sentence (~lause), ~turn (~vuoro)
    AND OR NOT ( )      also & | !
    speaker:E03 segment:esimiehet code:odotusaika     in a search, first or last: where to look

Pure: text in, a tree out. Which words match is for `workbench.search` to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.problems import WorkbenchError


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its base form; unless `exact` also where it is a part of a compound."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that stands somewhere in a word form."""

    source: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words by their base forms, in this order, at most `gap` other words between two of them."""

    words: tuple[str, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """Two things near one another: at most `words` between (None: any number) in one `scope`."""

    left: Query
    right: Query
    scope: str = "turn"
    words: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Where this is not."""

    part: Query


Query = Word | Pattern | Phrase | Near | And | Or | Not
SCOPES = {"sentence": "sentence", "lause": "sentence", "turn": "turn", "vuoro": "turn"}
PLACES = {"speaker": "speaker", "puhuja": "speaker", "segment": "segment", "ryhmä": "segment",
          "code": "code", "koodi": "code"}  # fmt: skip
DEPTH = 100
_OPERATORS = {"AND": "&", "OR": "|", "NOT": "!", "&": "&", "|": "|", "!": "!"}
_QUOTES = str.maketrans("“”„«»", '"""""')
_TOKEN = re.compile(
    r"""\s*(?:(?P<sign>[()&|!])|(?P<near>~\w*)|(?P<phrase>"[^"]*"(?:~\d+)?)"""
    r"""|(?P<pattern>/(?:\\.|[^/\\])+/)|(?P<word>=?[^\s()&|!~"/=]+))"""
)
_PLACE = rf"(?P<field>{'|'.join(PLACES)}):(?P<name>[^\s()&|!~\"/=]+)"
_FIRST = re.compile(rf"\s*{_PLACE}(?:\s+(?:AND\b|&)|(?=\s|$))")
_LAST = re.compile(rf"(?:\bAND\b|&|(?<=\S)(?<!\bNOT)(?<!\bOR)(?<![!|(])(?=\s))\s*{_PLACE}\s*$")


class BadQuery(WorkbenchError):
    """A query or rule cannot be read; `where` is the place in it, counted from 1."""

    def __init__(self, text: str, where: int, message: str, hint: str) -> None:
        self.where, self.message, self.hint = where, message, hint
        super().__init__(f"{text} – at character {where}: {message} {hint}")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse_query(text: str) -> Query:
    """Read a query; raises `BadQuery` with place and hint."""
    query = _read(text)
    if not finds(query):
        hint = "Write what to find before it: palkka NOT loma."
        raise BadQuery(text, 1, "this only says what is not meant.", hint)
    return query


def narrowed(text: str) -> tuple[str, dict[str, str]]:
    """Part a search into what to find and where to look: `speaker`, `segment`, `code`.

    What is taken out leaves blanks, so that places in the rest stay. Raises `BadQuery` if one of
    them is asked for twice.
    """
    text = whole = unicodedata.normalize("NFC", text)
    where: dict[str, str] = {}
    while found := _FIRST.match(text) or _LAST.search(text):
        field = PLACES[found["field"]]
        if field in where:
            told = f"'{found['field']}:' stands here twice."
            raise BadQuery(whole, found.start("field") + 1, told, "Ask for one after the other.")
        where[field] = found["name"]
        text = f"{text[: found.start()]}{' ' * len(found[0])}{text[found.end() :]}"
    return text, where


def parse_rules(rules: Iterable[str]) -> Query | None:
    """Read the rules of one code as a query; one that begins with NOT excludes from all others.

    Returns nothing where no rule finds anything. Raises `BadQuery` for a rule that cannot be read.
    """
    read = [_read(rule) for rule in rules]
    found = tuple(q for q in read if finds(q))
    barred = tuple(q for q in read if not finds(q))
    if not found:
        return None
    wanted = found[0] if len(found) == 1 else Or(found)
    return And((wanted, *barred)) if barred else wanted


def check_rule(rule: str) -> None:
    """Raise `BadQuery` if `rule` cannot stand in a codebook."""
    _read(rule)


def finds(query: Query) -> bool:
    """Tell whether a query says what to find, rather than only what is not meant."""
    if isinstance(query, And):
        return any(map(finds, query.parts))
    if isinstance(query, Or):
        return all(map(finds, query.parts))
    return not isinstance(query, Not)


def leaves(query: Query) -> tuple[Query, ...]:
    """Return what a query looks for: its words, patterns, phrases and nears, without the NOTs."""
    if isinstance(query, And | Or):
        return tuple(leaf for part in query.parts for leaf in leaves(part))
    return () if isinstance(query, Not) else (query,)


def _read(text: str) -> Query:
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    query = _Reader(text, list(_tokens(text))).whole()
    if leaves(query) and not finds(query):
        hint = "Write palkka NOT loma, or leave the NOT out."
        raise BadQuery(text, 1, "OR with NOT finds nearly everything.", hint)
    return query


def _tokens(text: str) -> Iterable[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _unreadable(text, at + len(text[at:]) - len(text[at:].lstrip()))
        word = match[match.lastgroup]
        sign = match.lastgroup == "sign" or word in _OPERATORS
        kind = _OPERATORS.get(word, word) if sign else match.lastgroup
        yield _Token(kind, word, match.start(match.lastgroup) + 1)
        at = match.end()


def _unreadable(text: str, at: int) -> BadQuery:
    message, hint = {
        '"': ("this quotation mark is never closed.", 'Close it: "yksi luukku".'),
        "/": ("this regular expression is never closed.", "Close it: /palk/."),
        "=": ("a word must follow =.", "Write it without a blank: =palkka."),
    }.get(text[at], (f"'{text[at]}' is not understood.", 'Put text in quotation marks: "…".'))
    return BadQuery(text, at + 1, message, hint)


class _Reader:
    """Recursive descent; OR binds loosest, then AND, NOT, and nearness tightest."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text, self.tokens, self.n = text, tokens, 0

    def fail(self, message: str, hint: str, token: _Token | None = None) -> BadQuery:
        at = token.at if token else len(self.text.rstrip()) + 1
        return BadQuery(self.text, at, message, hint)

    @property
    def next(self) -> _Token | None:
        return self.tokens[self.n] if self.n < len(self.tokens) else None

    def take(self, *kinds: str) -> _Token | None:
        token = self.next
        if token is None or token.kind not in kinds:
            return None
        self.n += 1
        return token

    def whole(self) -> Query:
        if not self.tokens:
            raise self.fail("there is nothing to find.", "Write a word: palkka.")
        if sum(token.kind in ("(", "!") for token in self.tokens) > DEPTH:
            raise self.fail(f"more than {DEPTH} parentheses and NOTs.", "Write several rules.")
        query = self.any()
        if token := self.next:
            raise self.stray(token)
        return query

    def stray(self, token: _Token) -> BadQuery:
        if token.kind == ")":
            return self.fail("this parenthesis was never opened.", "Remove it.", token)
        hint = 'Put AND or OR between, or write a phrase: "yksi luukku".'
        return self.fail(f"'{token.text}' follows without AND or OR.", hint, token)

    def any(self) -> Query:
        parts = [self.all()]
        while self.take("|"):
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all(self) -> Query:
        parts = [self.unary()]
        while self.take("&") or (self.next and self.next.kind == "!"):
            parts.append(self.unary())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def unary(self) -> Query:
        if self.take("!"):
            part = self.unary()
            return part.part if isinstance(part, Not) else Not(part)
        return self.near()

    def near(self) -> Query:
        query = self.atom()
        while sign := self.take("near"):
            scope, words = self.distance(sign)
            query = Near(self.placed(query, sign), self.placed(self.atom(), sign), scope, words)
        return query

    def distance(self, sign: _Token) -> tuple[str, int | None]:
        told = sign.text[1:]
        if told in SCOPES:
            return SCOPES[told], None
        if told.isdecimal():
            return "turn", int(told)
        hint = "Write ~5, ~sentence or ~turn between two words."
        raise self.fail(f"'{sign.text}' is no distance.", hint, sign)

    def placed(self, query: Query, sign: _Token) -> Query:
        if any(isinstance(part, And | Not) for part in _within(query)):
            hint = "Put words, phrases, or (a OR b) on both sides of it."
            raise self.fail(f"'{sign.text}' cannot stand beside AND or NOT.", hint, sign)
        return query

    def atom(self) -> Query:
        if opened := self.take("("):
            query = self.any()
            if not self.take(")"):
                if self.next:
                    raise self.stray(self.next)
                raise self.fail("this parenthesis is never closed.", "Write ).", opened)
            return query
        if word := self.take("word"):
            if word.text.partition(":")[0] in PLACES and ":" in word.text:
                hint = (
                    "In a search put it first or last, without NOT or OR; a rule looks everywhere."
                )
                raise self.fail(f"'{word.text}' says where to look.", hint, word)
            return Word(word.text.lstrip("="), word.text.startswith("="))
        if pattern := self.take("pattern"):
            return self.pattern(pattern)
        if phrase := self.take("phrase"):
            return self.phrase(phrase)
        what = f"before '{self.next.text}'" if self.next else "at the end"
        raise self.fail(f"a word is missing {what}.", "Write a word there.", self.next)

    def pattern(self, token: _Token) -> Pattern:
        source = token.text[1:-1]
        try:
            re.compile(source)
        except re.error as error:
            message = f"the regular expression is wrong: {error.msg}."
            at = _Token(token.kind, token.text, token.at + 1 + (error.pos or 0))
            raise self.fail(
                message, "Mend it, or put \\ before a sign that is meant.", at
            ) from None
        return Pattern(source)

    def phrase(self, token: _Token) -> Query:
        words, _, gap = token.text[1:].rpartition('"')
        if not words.split():
            raise self.fail("the phrase is empty.", 'Write words in it: "yksi luukku".', token)
        if len(words.split()) == 1:
            return Word(words.strip(), exact=True)
        return Phrase(tuple(words.split()), int(gap[1:] or 0))


def _within(query: Query) -> Iterable[Query]:
    yield query
    if isinstance(query, And | Or):
        for part in query.parts:
            yield from _within(part)
