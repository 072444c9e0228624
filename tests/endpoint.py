"""A real server on this machine that speaks the chat-completions form, and keeps what it got."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    """One request as it came: path, headers and the bytes of its body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def turns(self) -> list[dict[str, Any]]:
        lines = json.loads(self.body)["messages"][-1]["content"].split("\n")
        return [json.loads(line) for line in lines]


@dataclass
class Says:
    """What the server answers: a status, a body, headers; or drop by drop, or not at all."""

    content: str = '{"codings": []}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    delay: float = 0.0
    drip: float = 0.0

    @property
    def data(self) -> bytes:
        message = {"choices": [{"message": {"role": "assistant", "content": self.content}}]}
        return json.dumps(message).encode() if self.raw is None else self.raw


Answer = Callable[[Got], Says]


class Endpoint:
    """A running server; `got` are all requests so far, `answer` says what comes back.

    `sent` counts the bytes of the last reply that have left.
    """

    def __init__(self, answer: Answer) -> None:
        self.got: list[Got] = []
        self.sent = 0
        self.answer = answer
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(Got(self.path, dict(self.headers), body))
                says = outer.answer(outer.got[-1])
                time.sleep(says.delay)
                self.send_response(says.status)
                for name, value in says.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(says.data)))
                self.end_headers()
                for at in range(0, len(says.data), 1 if says.drip else len(says.data) or 1):
                    self.wfile.write(says.data[at : at + 1] if says.drip else says.data)
                    outer.sent = at + 1 if says.drip else len(says.data)
                    time.sleep(says.drip)

            def do_GET(self) -> None:
                outer.got.append(Got(self.path, dict(self.headers), b""))
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                return

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:
                    return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(answer: Answer = lambda _: Says()) -> Iterator[Endpoint]:
    endpoint = Endpoint(answer)
    try:
        yield endpoint
    finally:
        endpoint.close()


def in_turn(*answers: Says) -> Answer:
    """Return what gives these answers one after the other, the last one for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def codings(*items: object) -> str:
    return json.dumps({"codings": list(items)})


def item(turn: int, quote: str, code: str, **more: object) -> dict[str, object]:
    base = {"facets": [], "reason": "Koska.", "confidence": 0.8}
    return {"turn": turn, "quote": quote, "code": code, **base, **more}
