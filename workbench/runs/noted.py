"""Records and tables that note what of them is read, and a digest of what anything tells.

A twin of a record holds none of its fields: the first look at one finds nothing, asks the record,
is noted, and stays, so that every further look is as quick as ever. A table notes which of its
keys were asked for. Each has an address, the way to it from the study. What is noted is an aspect:
a tuple of its sort and of what was asked for.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.base.records import Place, Prose

Address = tuple[str, ...]
"""The way from a study to a thing in it: names of fields and keys of tables."""
Aspect = tuple[Any, ...]
FIELD, KEY, KEYS, ITEM, CALL = ".", "?", "*", "[", "!"
"""Sorts of aspects: a field, whether there is a key, all keys, what a key holds, a question."""
ALL = "*"
"""Stands for every language."""
PLAIN = (type(None), bool, int, float, bytes, Path)


class Notes:
    """What was read: aspects of things by their address, and in which languages texts were."""

    def __init__(self) -> None:
        self.read: dict[Address, set[Aspect]] = defaultdict(set)
        self.languages: set[str] = set()
        self.places = False
        self._listening = True
        self._twins: dict[int, Any] = {}
        self._held: dict[int, tuple[Address, Any, dict[str, Any]]] = {}

    def note(self, address: Address, *aspect: Any) -> None:
        """Note that an aspect of a thing was read."""
        self.read[address].add(aspect)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Do not note in which languages texts are read: not a page reads them."""
        before, self._listening = self._listening, False
        try:
            yield
        finally:
            self._listening = before

    def twin(self, record: Any, address: Address) -> None:
        """Make a record like this one that notes what is read of it."""
        kind = type(record)
        if "__getattr__" not in kind.__dict__:
            kind.__getattr__ = self._first()
        twin = self._twins[id(record)] = object.__new__(kind)
        self._held[id(twin)] = address, record, {}

    def give(self, record: Any, **given: Any) -> None:
        """Let fields of a record's twin be what notes by itself what is read of it."""
        self._held[id(self._twins[id(record)])][2].update(given)

    def twins(self, value: Any) -> Any:
        """Return a record, or a list of records, as those that note."""
        if isinstance(value, (list, tuple)):
            return type(value)(map(self.twins, value))
        return self._twins.get(id(value), value)

    def _first(self) -> Callable[[Any, str], Any]:
        """Return what a record does that is asked for a field it does not hold."""

        def first(twin: Any, name: str) -> Any:
            if id(twin) not in self._held or name not in twin.__dataclass_fields__:
                raise AttributeError(f"'{type(twin).__name__}' has no '{name}'")
            address, record, given = self._held[id(twin)]
            if name in given:
                value = given[name]
            else:
                value = getattr(record, name)
                self.note(address, FIELD, name)
            object.__setattr__(twin, name, value)
            return value

        return first

    def watch_texts(self) -> None:
        """Note from now on in which languages texts are read, and whether places are."""
        inner: dict[str, Callable[..., Any]] = {
            name: getattr(Prose, name) for name in ("__getitem__", "__iter__", "__repr__", "say")
        }

        def noting(name: str) -> Callable[..., Any]:
            def read(text: Prose, *language: str) -> Any:
                if self._listening:
                    known = language and language[0] in text._texts
                    self.languages.add(language[0] if known else ALL)
                return inner[name](text, *language)

            return read

        def place(name: str) -> property:
            slot = Place.__dict__[name]

            def read(self_: Place) -> Any:
                self.places |= self._listening
                return slot.__get__(self_)

            return property(read, slot.__set__)

        for name in inner:
            setattr(Prose, name, noting(name))
        for name in ("path", "line"):
            setattr(Place, name, place(name))


class NotedTable(dict[Any, Any]):
    """A table that notes which of its keys are asked for; with `values`, what they hold too."""

    def __init__(
        self, notes: Notes, address: Address, table: Mapping[Any, Any], values: bool = False
    ) -> None:
        super().__init__(table)
        self.plain, self.notes, self.address, self.own = table, notes, address, values

    def _asked(self, key: Any) -> None:
        held = self.own and dict.__contains__(self, key)
        self.notes.note(self.address, ITEM if held else KEY, key)

    def _listed(self, values: bool = True) -> None:
        self.notes.note(self.address, KEYS)
        if self.own and values:
            for key in dict.__iter__(self):
                self._asked(key)

    def __getitem__(self, key: Any) -> Any:
        self._asked(key)
        return super().__getitem__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what stands under a key."""
        self._asked(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._asked(key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[Any]:
        self._listed(values=False)
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        self._listed(values=False)
        return super().__reversed__()

    def __len__(self) -> int:
        self._listed(values=False)
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._listed()
        return super().__eq__(other)

    __hash__ = None

    def __repr__(self) -> str:
        self._listed()
        return super().__repr__()

    def keys(self) -> Any:
        """Return all keys."""
        self._listed(values=False)
        return super().keys()

    def values(self) -> Any:
        """Return all that is held."""
        self._listed()
        return super().values()

    def items(self) -> Any:
        """Return all keys with what they hold."""
        self._listed()
        return super().items()

    def copy(self) -> dict[Any, Any]:
        """Return a table that notes nothing."""
        return dict(self.items())

    def __or__(self, other: Any) -> Any:
        return self.copy() | other

    def __ror__(self, other: Any) -> Any:
        return other | self.copy()


def digest(
    value: object,
    known: Mapping[int, Address],
    languages: Iterable[str] = (ALL,),
    places: bool = True,
) -> str:
    """Return a digest of what a value tells; a `known` thing in it is told by its address alone.

    Of texts only `languages` count, and where things were written only with `places`. Raises
    `TypeError` for what has no lasting form.
    """
    told: list[str] = []
    chosen = set(languages)

    def tell(value: Any) -> None:
        if id(value) in known:
            told.append(f"@{'/'.join(known[id(value)])}")
        elif isinstance(value, str):
            told.append(f"{len(value)}:{value}")
        elif isinstance(value, PLAIN):
            told.append(repr(value))
        elif isinstance(value, Place):
            told.append(f"{value.path}:{value.line}" if places else "")
        elif isinstance(value, Prose):
            texts = value._texts
            tell({k: texts[k] for k in texts if ALL in chosen or k in chosen})
        elif isinstance(value, (set, frozenset)):
            told.append(f"set {sorted(digest(held, known, chosen, places) for held in value)}")
        else:
            told.append(type(value).__name__)
            for held in _parts(value):
                tell(held)
            told.append("end")

    tell(value)
    return hashlib.blake2b("\0".join(told).encode(), digest_size=10).hexdigest()


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, (list, tuple)):
        return value
    if isinstance(value, Mapping):
        items = dict.items(value) if isinstance(value, dict) else value.items()
        return (part for item in items for part in item)
    if dataclasses.is_dataclass(value):
        return (getattr(value, field.name) for field in dataclasses.fields(value))
    raise TypeError(f"{type(value).__name__} has no lasting form")
