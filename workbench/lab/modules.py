"""What a widget sends to the browser: one plain ES module, its shared beginning written in."""

from pathlib import Path

_HERE = Path(__file__).parent


def module(*parts: str) -> str:
    """Return the text of a widget's module; a widget may load no other file, so it is joined."""
    return "\n".join((_HERE / part).read_text(encoding="utf-8") for part in ("element.js", *parts))
