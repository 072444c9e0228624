"""The codes on the number keys of a widget, and which of them is in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from workbench.study import Study

KEYS = 9


class Bar:
    """The codes on the number keys: each keeps its key until a tenth one needs it."""

    def __init__(self, pinned: Iterable[str], usual: Iterable[str]) -> None:
        kept = list(dict.fromkeys(pinned))
        self.pinned = frozenset(kept[:KEYS])
        self.codes = list(dict.fromkeys([*kept, *usual]))[:KEYS]
        self.active = ""
        self._lately = list(self.codes)
        """Used last first."""

    def take(self, code: str) -> None:
        """Make a code the active one; without a key it takes the one of the code unused longest."""
        self.active = code
        if code not in self.codes:
            if len(self.codes) < KEYS:
                self.codes.append(code)
            elif yields := [c for c in self._lately if c in self.codes and c not in self.pinned]:
                self.codes[self.codes.index(yields[-1])] = code
        self._lately = [code, *(c for c in self._lately if c != code)]

    def told(self) -> dict[str, object]:
        """Return the codes in the order of their keys, and the active one."""
        return {"bar": list(self.codes), "active": self.active}


def usual(study: Study, coder: str) -> list[str]:
    """Return the codes a coder has given most often, first the most common."""
    given = Counter(c.code for c in study.codings if c.coder == coder)
    content = study.codebook.content
    return [
        code for code, _ in given.most_common() if code in content and not content[code].retired
    ]
