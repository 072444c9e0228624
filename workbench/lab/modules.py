"""What a widget sends to the browser: one plain ES module and one style sheet, joined of parts."""

from pathlib import Path

_HERE = Path(__file__).parent


def module(*names: str) -> str:
    """Return the text of a widget's module; a widget may load no other file, so it is joined."""
    return _joined("element.js", *names)


def style(name: str) -> str:
    """Return a widget's style sheet after the rules that all share."""
    return _joined("widget.css", name)


def _joined(*names: str) -> str:
    return "\n".join((_HERE / part).read_text(encoding="utf-8") for part in names)
