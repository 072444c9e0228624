"""Summaries of the framework matrix: what each informant says of a theme, a file for each theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.base.records import Link, Place, Prose, Reader
from workbench.base.strict_yaml import Mapping as MappingNode

UNWRITTEN = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an informant (`id`) says of a theme, in a sentence or two of the analyst's.

    `cites` names all passages that it sums up, `words` is the fingerprint of their words and
    facets when it was written (`care.framework.fingerprint`).
    """

    id: str
    place: Place
    summary: Prose
    cites: tuple[Link, ...]
    words: str = ""

    @property
    def written(self) -> bool:
        """Tell whether somebody has put words where a draft has three dots."""
        return UNWRITTEN not in self.summary.values()


@dataclass(frozen=True, slots=True)
class Theme:
    """A column of the framework matrix: a code, and a summary for each informant."""

    code: Link
    place: Place
    people: Mapping[str, Summary] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theme:
    code: Link
    place: Place


def read_theme(root: MappingNode, reader: Reader) -> Theme | None:
    """Read a file of `summaries/`: `code`, and `people` with a summary each."""
    own = {key: node for key, node in root.items.items() if key != "people"}
    head = reader.record(_Theme, MappingNode(own, 1, root.lines))
    node = root.items.get("people")
    people = reader.table(Summary, node) if node is not None else {}
    return Theme(head.code, head.place, people) if head else None
