"""Asking the assistant: first what would be sent, then, if somebody says so, the answers.

Nothing goes out that was not laid out for reading before, to the byte, in `build/assistant`. What
was answered is kept there too, so that nobody is asked the same twice.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from workbench.assistant.answers import Judgement, Refusal, items, judged, said
from workbench.assistant.requests import Brief, Request, Withheld, brief, requests, withheld
from workbench.assistant.wire import AGAIN, NoReply, post
from workbench.base.files import Text, read, write
from workbench.base.languages import number, words
from workbench.base.problems import WorkbenchError
from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage, sidecar
from workbench.coding.machines import MODEL, write_codings
from workbench.coding.recoding import under
from workbench.findings.results import Result
from workbench.material.assistant import Assistant
from workbench.material.pseudonyms import PLACE, Names, parse_names
from workbench.study import Study, Unknown

TRIES, LONGEST_PAUSE = 5, 60.0
"""How often one request is sent at most, and seconds between two tries at most."""
CONFIDENCE = "confidence"


class NoAssistant(WorkbenchError):
    """study.yml names no assistant, or one that cannot be asked; nothing was sent."""

    def __init__(self) -> None:
        super().__init__(
            "There is no assistant to ask. Write it in parameters/study.yml, and `workbench check` "
            "proves it: assistant: {coder: kone, url: http://localhost:11434/v1, model: NAME}."
        )


class NotSeen(WorkbenchError):
    """Requests were to be sent that nobody could have read yet; nothing was sent."""

    def __init__(self, count: int, folder: Path) -> None:
        super().__init__(
            f"{count} requests were not laid out for reading yet, or have changed since. See them "
            f"first: `workbench ask` without --send, or .show(), writes them to {folder}."
        )


class CannotAsk(WorkbenchError):
    """Something that is needed to ask is missing or wrong; nothing was sent."""


class _Stopped(Exception):
    """No further request goes out in this run."""


@dataclass(frozen=True, repr=False)
class Preview(Result):
    """What would be sent, and to whom. `.show()` writes it out to be read; `.send()` sends it."""

    study: Study
    assistant: Assistant
    told: Brief
    requests: tuple[Request, ...]
    withheld: dict[str, Withheld]

    @property
    def folder(self) -> Path:
        """Return where requests and answers are kept; it may be deleted."""
        return (self.study.whole or self.study).folder / "build/assistant" / self.assistant.coder

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each request: how much it holds, and how much was replaced in it."""
        say = words(self.language)
        keys = ("document", "ask_request", "ask_turns", "ask_characters", "ask_replaced")
        rows = [
            (r.document, r.name, len(r.asked), len(r.body), len(r.swaps)) for r in self.requests
        ]
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    @property
    def replaced(self) -> pd.DataFrame:
        """Return what was replaced by what, and how often.

        It holds the very names, so it does not belong in a notebook that is saved.
        """
        say = words(self.language)
        keys = ("document", "ask_mark", "ask_words", "ask_times")
        times = Counter((r.document, s.mark, s.words) for r in self.requests for s in r.swaps)
        rows = [(*what, count) for what, count in times.items()]
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def show(self) -> list[Path]:
        """Write every request, as it would be sent to the byte, and return the files."""
        for request in self.requests:
            if not self._seen(request):
                _put(self._file(request, "request"), request.body)
        return [self._file(request, "request") for request in self.requests]

    def send(self, pause: float = 1.0) -> Answered:
        """Send what has not been answered yet and return what of all answers may stand.

        Only requests that `show` wrote go out: else `NotSeen` is raised. Where the endpoint is
        busy or silent it is asked again, after `pause` seconds, then twice as long, or when it
        says. Raises `CannotAsk` without the key; what stops it later is told in the result.
        """
        waiting = [r for r in self.requests if self._kept(r) is None]
        if unseen := sum(not self._seen(r) for r in waiting):
            raise NotSeen(unseen, self.folder)
        purse = _Purse(self.assistant, _key(self.assistant) if waiting else "", pause)
        unreadable, stopped = 0, ""
        try:
            for request in tqdm(waiting, unit="request", disable=None):
                reply = purse.ask(request.body)
                if _readable(reply):
                    _put(self._file(request, "answer"), reply)
                else:
                    unreadable += 1
        except _Stopped as reason:
            stopped = str(reason)
        return self._answered(unreadable, stopped)

    def _answered(self, unreadable: int, stopped: str) -> Answered:
        made: list[Coding] = []
        refused = Counter({Refusal.UNREADABLE: unreadable} if unreadable else {})
        done = [(r, answer) for r in self.requests if (answer := self._kept(r)) is not None]
        for request, answer in done:
            taken, more = judged(answer, request.asked, self.told.codes, self.told.facets)
            made += [self._coding(request, one) for one in taken]
            refused += more
        say = words(self.language)
        caption = say("answered_caption", n=len(made), answers=len(done), of=len(self.requests))
        if refused:
            kinds = (" ".join((say(f"refused_{why}"), str(n))) for why, n in refused.most_common())
            caption += " " + say("answered_refused", n=refused.total(), kinds=", ".join(kinds))
        caption += f" {say('answered_stopped', why=stopped)}" if stopped else ""
        turns = frozenset((r.document, n) for r, _ in done for n in r.asked)
        return Answered(caption, self.language, self, tuple(made), refused, turns, stopped)

    def _coding(self, request: Request, one: Judgement) -> Coding:
        document = self.study.documents[request.document]
        quote = document.turns[one.turn].text[one.start : one.end]
        made = Coding(
            Passage(document.id, one.turn, one.start, one.end, quote),
            one.code,
            self.assistant.coder,
            Place(sidecar(document.path, self.assistant.coder), 1),
            one.facets,
            one.reason,
            ((MODEL, self.assistant.model), (CONFIDENCE, one.confidence)),
        )
        return under(made, self.study.codebook)

    def _file(self, request: Request, kind: str) -> Path:
        return self.folder / f"{request.name}.{kind}.json"

    def _seen(self, request: Request) -> bool:
        path = self._file(request, "request")
        return path.exists() and path.read_bytes() == request.body.encode("utf-8")

    def _kept(self, request: Request) -> str | None:
        path = self._file(request, "answer")
        return said(read(path)[0].content) if path.exists() else None


@dataclass(frozen=True, repr=False)
class Answered(Result):
    """What a model answered and may stand; `.write()` makes it the codings of its coder.

    `refused` counts the items that were not taken, by reason; `stopped` says why some requests
    were not sent, if so.
    """

    preview: Preview
    codings: tuple[Coding, ...]
    refused: Counter[Refusal]
    turns: frozenset[tuple[str, int]]
    stopped: str

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each coding, with the model's reason and how sure it says it is."""
        say = words(self.language)
        keys = ("document", "turn", "code", "facets", "quote", "reason", "ask_confidence")
        rows = [
            (
                c.document, c.passage.turn, c.code, " ".join(sorted(c.facets)), c.passage.quote,
                c.memo, dict(c.extra)[CONFIDENCE],
            )
            for c in self.codings
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=[say(key) for key in keys])

    def write(self) -> list[Path]:
        """Write the codings into the assistant's own files and return those that changed.

        What it said before of the same turns and codes gives way. Raises `NotMine` if a file holds
        codings that no model made.
        """
        study, codes = self.preview.study, self.preview.told.codes
        return write_codings(
            study.documents.values(),
            self.preview.assistant.coder,
            MODEL,
            self.codings,
            lambda c: (c.document, c.passage.turn) in self.turns and c.code in codes,
            study.codebook.facets,
        )


def ask(study: Study, documents: Iterable[str], language: str = "fi") -> Preview:
    """Return what the assistant of study.yml would be sent about `documents`; nothing is sent.

    Left out are documents that are confidential, coded blind and not released, or in which
    somebody has not agreed to be quoted; and always observers' notes and the words of strangers.
    Raises `NoAssistant`, `Unknown` for a document or code the study does not have, and `CannotAsk`
    if the list of names cannot be read or there is no code to ask about.
    """
    assistant = (study.whole or study).settings.assistant
    if assistant is None or not assistant.on:
        raise NoAssistant
    named = list(dict.fromkeys(documents))
    for name in named:
        if name not in study.documents:
            raise Unknown("document", name, study.documents)
    known = {*study.codebook.codes, *study.codebook.trees}
    for code in assistant.codes:
        if code not in known:
            raise Unknown("code or tree", code, known)
    names = _names((study.whole or study).folder / PLACE)
    told = brief(study, assistant, names)
    if not told.codes:
        raise CannotAsk("There is no code to ask about: see `codes` of the assistant in study.yml.")
    kept_back = {n: why for n in named if (why := withheld(study, study.documents[n]))}
    made = tuple(
        request
        for name in named
        if name not in kept_back
        for request in requests(study, study.documents[name], assistant, told, names)
    )
    caption = _caption(language, assistant, made, kept_back)
    return Preview(caption, language, study, assistant, told, made, kept_back)


def _caption(
    language: str,
    assistant: Assistant,
    made: tuple[Request, ...],
    kept_back: dict[str, Withheld],
) -> str:
    say = words(language)
    caption = say(
        "ask_caption",
        n=len(made),
        characters=number(sum(len(r.body) for r in made), language),
        host=assistant.host,
        model=assistant.model,
        replaced=sum(len(r.swaps) for r in made),
    )
    reasons = {why: say(f"withheld_{why}") for why in Withheld}
    left = ", ".join(f"{name} ({reasons[why]})" for name, why in kept_back.items())
    return f"{caption} {say('ask_withheld', names=left)}" if left else caption


def _names(path: Path) -> Names:
    if not path.exists():
        return Names()
    text, problems = read(path)
    names, more = parse_names(text.content, path)
    for problem in problems + more:
        raise CannotAsk(f"{problem} Until the list of names can be read, nothing is sent.")
    return names


def _key(assistant: Assistant) -> str:
    """Return the key; it is never in a message, nor in a file."""
    key = os.environ.get(assistant.key_in, "").strip() if assistant.key_in else ""
    if assistant.key_in and not key:
        raise CannotAsk(f"The environment variable {assistant.key_in} holds no key. Set it first.")
    if not (key.isascii() and (key.isprintable() and " " not in key)):
        raise CannotAsk(f"What {assistant.key_in} holds is no key: it has blanks or odd letters.")
    return key


def _put(path: Path, content: str) -> None:
    write(read(path)[0] if path.exists() else Text(path, ""), content)


def _readable(reply: str) -> bool:
    answer = said(reply)
    return answer is not None and items(answer) is not None


class _Purse:
    """What one run may spend, and the patience to ask again where that may help."""

    def __init__(self, assistant: Assistant, key: str, pause: float) -> None:
        self._assistant, self._key, self._pause = assistant, key, pause
        self._requests, self._characters = assistant.requests, assistant.characters

    def ask(self, body: str) -> str:
        """Return the reply to `body`; raises `_Stopped` if there is none or nothing is left."""
        a, fault = self._assistant, ""
        for again in range(TRIES):
            self._take(body)
            wait: float | None = None
            try:
                reply = post(a.url, body.encode("utf-8"), self._key, a.seconds)
            except NoReply as error:
                fault = str(error)
            else:
                if not reply.fault:
                    return reply.text
                fault, wait = f"{a.host}: {reply.fault}", reply.wait
                if reply.status not in AGAIN:
                    break
            if again + 1 < TRIES:
                longer = self._pause * 2**again if wait is None else wait
                time.sleep(min(longer, LONGEST_PAUSE))
        raise _Stopped(fault)

    def _take(self, body: str) -> None:
        self._requests -= 1
        self._characters -= len(body)
        for left, name in ((self._requests, "requests"), (self._characters, "characters")):
            if left < 0:
                most = getattr(self._assistant, name)
                raise _Stopped(f"{most} {name} is the most study.yml lets one run send.")
