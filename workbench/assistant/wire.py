"""The one place that talks to a network: a request to the endpoint a user named, and its reply."""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from dataclasses import dataclass
from threading import Timer
from urllib.parse import urlsplit

from workbench.base.problems import WorkbenchError, visible

LONGEST = 2_000_000
"""Bytes of a reply; more are not read."""
AGAIN = frozenset({408, 429, 500, 502, 503, 504, 529})
"""Answers after which asking again may help."""


class NoReply(WorkbenchError):
    """The endpoint did not answer, or not in time, or without end."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} {why}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the text, and the seconds the endpoint asked to be left alone."""

    status: int
    text: str
    wait: float | None = None

    @property
    def fault(self) -> str:
        """Return why this is no answer, or nothing; a redirect is none, since nobody chose it."""
        if self.status == http.client.OK:
            return ""
        why = http.client.responses.get(self.status, "")
        if self.status // 100 == 3:
            return f"it answered {self.status} {why}; no redirect is followed. Correct the `url`."
        said = visible(" ".join(self.text.split())[:200])
        return f"it answered {self.status} {why}: {said}".rstrip(": ")


def post(url: str, body: bytes, key: str = "", seconds: float = 120.0) -> Reply:
    """Send `body` to `url` and return the reply, whatever its status.

    The connection goes straight to that host, by no proxy, and follows no redirect. Raises
    `NoReply` if there is no whole reply after `seconds`, or it is longer than `LONGEST`.
    """
    parts = urlsplit(url)
    host, path = parts.hostname or "", f"{parts.path.rstrip('/')}/chat/completions"
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(host, parts.port, timeout=seconds)
    headers = {"Content-Type": "application/json", "User-Agent": "workbench", "Connection": "close"}
    headers |= {"Authorization": f"Bearer {key}"} if key else {}
    late = time.monotonic() + seconds
    watch = None
    try:
        connection.connect()
        watch = _hang_up_after(seconds, connection.sock)
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        data = response.read(LONGEST + 1)
        whole = time.monotonic() < late
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= late or isinstance(error, TimeoutError):
            raise NoReply(parts.netloc, f"did not answer within {seconds:g} seconds.") from None
        why = type(error).__name__ if not str(error) else visible(str(error))[:200]
        raise NoReply(parts.netloc, f"could not be reached: {why}.") from None
    finally:
        if watch:
            watch.cancel()
        connection.close()
    if not whole:
        raise NoReply(parts.netloc, f"did not answer within {seconds:g} seconds.")
    if len(data) > LONGEST:
        raise NoReply(parts.netloc, f"answered with more than {LONGEST} bytes.")
    text = data.decode("utf-8", errors="replace")
    text = text.replace(key, "[key]") if key else text
    return Reply(response.status, text, _seconds(response.getheader("Retry-After", "")))


def _hang_up_after(seconds: float, line: socket.socket) -> Timer:
    """End a reply that comes drop by drop: a time-out counts each drop anew."""

    def hang_up() -> None:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = Timer(seconds, hang_up)
    watch.daemon = True
    watch.start()
    return watch


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
