"""The text of a Word document, a paragraph on a line; what it looks like is left behind."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError)
_AS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class NotWord(Exception):
    """The file is no Word document that can be read."""


def paragraphs(path: Path, most: int) -> str:
    """Return the text of a `.docx`, one line for each paragraph and line break.

    After ECMA-376, part 1: text stands in `w:t`; deleted words of tracked changes (`w:delText`),
    comments and footnotes are left out. Raises `NotWord` for what is none, holds more than `most`
    bytes of text, or declares a document type, which Word never does.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_PART).file_size > most:
                raise NotWord("its text is too large.")
            data = archive.read(_PART)
        if b"<!DOCTYPE" in data:
            raise NotWord("its text declares a document type.")
        root = ElementTree.fromstring(data)  # noqa: S314  # no document type, so no entities
    except (*_BROKEN, KeyError, RuntimeError) as error:
        raise NotWord(f"it is no Word document ({error}).") from None
    return "".join(_text(root)).removeprefix("\n")


def _text(node: ElementTree.Element) -> Iterator[str]:
    """Yield the words below a node; not recursive, since a file may nest as deep as it likes."""
    stack = [node]
    while stack:
        here = stack.pop()
        if here.tag == f"{_W}p":
            yield "\n"
        if here.tag == f"{_W}t":
            yield here.text or ""
        yield _AS.get(here.tag, "")
        if here.tag != _FALLBACK:
            stack.extend(reversed(here))
