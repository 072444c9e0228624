"""Files of coders that are nobody: only what a machine wrote is replaced, and only by a machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from workbench.base.files import Text, read, write
from workbench.base.problems import WorkbenchError
from workbench.base.records import Place
from workbench.coding.codings import Coding, format_codings, parse_codings, sidecar
from workbench.material.documents import Document

RULE, MODEL = "rule", "model"
"""The columns that say which rule, or which model, made a line."""


class NotMine(WorkbenchError):
    """A machine's file holds codings that no machine made; nothing was written."""

    def __init__(self, place: Place, coder: str, maker: str) -> None:
        super().__init__(
            f"{place.path}:{place.line}: this line was not made by a {maker}. "
            f"Rename the file to a person's name; `{coder}` is none."
        )


def write_codings(
    documents: Iterable[Document],
    coder: str,
    maker: str,
    made: Iterable[Coding],
    again: Callable[[Coding], bool],
    facets: Iterable[str],
) -> list[Path]:
    """Write `made` as a machine's codings and return the files that changed.

    Of what its files hold, what is found `again` gives way and the rest stays. Each line must
    have something in the column `maker`; else `NotMine` is raised before any file is written.
    """
    new, order, changed = list(made), tuple(facets), []
    texts = {d.id: _own_file(sidecar(d.path, coder), coder, maker) for d in documents}
    for document, (text, kept) in texts.items():
        own = [c for c in new if c.document == document]
        content = format_codings([*(c for c in kept if not again(c)), *own], order)
        if content != text.content and (own or text.digest):
            write(text, content)
            changed.append(text.path)
    return changed


def _own_file(path: Path, coder: str, maker: str) -> tuple[Text, list[Coding]]:
    if not path.exists():
        return Text(path, ""), []
    text, _ = read(path)
    document = path.name.removesuffix(f".{coder}.tsv")
    codings, problems = parse_codings(text.content, path, document, coder)
    by_hand = [c.place for c in codings if not dict(c.extra).get(maker)]
    by_hand += [Place(p.path, p.line) for p in problems]
    if by_hand:
        raise NotMine(min(by_hand), coder, maker)
    return text, codings
