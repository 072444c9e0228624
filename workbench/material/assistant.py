"""The assistant of study.yml: a language model that may be asked to code, and within what bounds.

Without it nothing is ever sent. Here it is only read and proved; what talks to it is the room
`assistant`.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from workbench.base.records import Link, Reader
from workbench.base.strict_yaml import Mapping, Node, Scalar
from workbench.material.documents import ID

VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""An environment variable's name, with a _ in it: no key of any service looks so."""
_SECRET = re.compile("key|token|secret|password|avain|salasana", re.IGNORECASE)
_KEY_HINT = (
    "Put the key into an environment variable and write only its name: `key_in: MY_API_KEY`. "
    "A key that was ever saved in a file is known to others: have it replaced."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """One more coder that is a language model behind an OpenAI-compatible endpoint.

    `key_in` names the environment variable that holds the key. `codes` are codes or trees it may
    use, all unless named; `keep` are names that need no mark. `requests` and `characters` are the
    most that one run sends; `seconds` is the longest wait for one answer. `schema` asks for
    answers by JSON schema. Without `url` and `model` it is off, and `coder` still no person.
    """

    coder: str
    url: str = ""
    model: str = ""
    key_in: str = ""
    codes: tuple[Link, ...] = ()
    keep: tuple[str, ...] = ()
    schema: bool = True
    temperature: float | None = None
    requests: int = 50
    characters: int = 500_000
    seconds: float = 120.0

    @property
    def on(self) -> bool:
        """Tell whether there is somebody to ask."""
        return bool(self.url and self.model)

    @property
    def host(self) -> str:
        """Return where requests go: host and, if it is given, port."""
        return urlsplit(self.url).netloc


def read_assistant(node: Node, reader: Reader) -> Assistant | None:
    """Return the assistant that stands in `node`; a fault in how it is reached turns it off."""
    if not isinstance(node, Mapping):
        reader.add(node.line, "`assistant` must hold `coder: …`, `url: …` and `model: …`.")
        return None
    before = len(reader.problems)
    secret = [k for k in node.items if _SECRET.search(k) and k != "key_in"]
    for name in secret:
        reader.add(node.lines[name], "a key may not stand in a file.", _KEY_HINT)
    own = {k: v for k, v in node.items.items() if k not in (*secret, "key_in")}
    found = reader.record(Assistant, Mapping(own, node.line, node.lines), key_in=_key(node, reader))
    if found is None:
        return None
    if not ID.fullmatch(found.coder):
        reader.add(_line(node, "coder"), f"'{found.coder}' cannot be a coder.", "Use a–z, 0–9, -.")
        return None
    if found.url and (fault := _fault(found.url)):
        reader.add(_line(node, "url"), *fault)
    if not found.model.isprintable():
        reader.add(_line(node, "model"), "the model's name must stand on one line.")
    for name in ("requests", "characters", "seconds"):
        if getattr(found, name) <= 0:
            reader.add(_line(node, name), f"'{name}' must be above 0.")
    return found if len(reader.problems) == before else replace(found, url="")


def _key(node: Mapping, reader: Reader) -> str:
    """Return the name of the variable that holds the key; what looks like a key is not repeated."""
    given = node.items.get("key_in")
    if given is None or (isinstance(given, Scalar) and VARIABLE.fullmatch(given.value)):
        return given.value if isinstance(given, Scalar) else ""
    message = "this is no name of an environment variable; it may be the key itself."
    reader.add(_line(node, "key_in"), message, _KEY_HINT)
    return ""


def _fault(url: str) -> tuple[str, str] | None:
    """Return what is wrong with an endpoint's address, and what to do; the address is not told."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or port == 0 or not re.fullmatch(r"[!-~]+", url) or "\\" in url:
        return "this is no address.", "Write it as https://HOST/v1."
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        message = "the address may hold no user, password or question mark."
        return message, f"Write it as https://HOST/v1. {_KEY_HINT}"
    if parts.scheme == "http" and not local(host):
        return "http: goes only to this machine.", "Write https: for every other host."
    if parts.scheme not in ("http", "https"):
        return "this is no address.", "Write it as https://HOST/v1."
    return None


def local(host: str) -> bool:
    """Tell whether `host` is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _line(node: Mapping, name: str) -> int:
    return node.lines.get(name, node.line)
