"""Any counted answer of the library by its name, with options as texts of their own types."""

from __future__ import annotations

import datetime
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import workbench as wb
from workbench.base.problems import WorkbenchError, near_miss
from workbench.care.model import FOLDERS, TABLES
from workbench.study import Study

if TYPE_CHECKING:
    from workbench.findings.results import Result

Options = Mapping[str, inspect.Parameter]
_GIVEN = ("study", "language")
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class CannotShow(WorkbenchError):
    """Something was asked for that cannot be shown, or with an option that it does not take."""


def results() -> dict[str, Callable[..., Result]]:
    """Return every function of the library that takes a study and gives a `Result`."""
    from workbench.findings.results import Result

    found = {}
    for name in wb.__all__:
        # what writes, sends or opens a widget is imported from other rooms, and stays there
        if wb.room_of(name) in ("findings", "practice", "concordance"):
            function = getattr(wb, name)
            given = _hints(function).get("return") if inspect.isfunction(function) else None
            if isinstance(given, type) and issubclass(given, Result):
                found[name] = function
    return found


def called(study: Study, name: str, texts: Iterable[str], language: str = "fi") -> Result:
    """Return a result by its name, with options as texts: `segment=esimiehet`, or only the value.

    A value without a name is that of the next option that must be given. What is no result but a
    file of the care model is its register. Raises `CannotShow` with the nearest name.
    """
    known = results()
    if name not in known:
        if name not in {**TABLES, **FOLDERS}:
            hint = near_miss(name, {*known, *TABLES, *FOLDERS})
            raise CannotShow(f"There is no '{name}' to show. {hint} See `workbench show`.")
        texts, name = [name, *texts], "register"
    function = known[name]
    return function(study, language=language, **_values(name, function, texts))


def _values(name: str, function: Callable[..., Result], texts: Iterable[str]) -> dict[str, Any]:
    options, values = options_of(function), {}
    needed = [o.name for o in options.values() if o.default is inspect.Parameter.empty]
    for text in texts:
        key, named, value = text.partition("=")
        if not named:
            waiting = [option for option in needed if option not in values]
            if not waiting:
                raise CannotShow(f"'{text}' is too much for '{name}'. {_takes(name, options)}")
            key, value = waiting[0], text
        if key not in options:
            hint = near_miss(key, options) if options else ""
            raise CannotShow(f"'{name}' takes no '{key}'. {hint or _takes(name, options)}")
        values[key] = typed(key, value, _hints(function)[key])
    if missing := [option for option in needed if option not in values]:
        raise CannotShow(f"'{name}' needs {missing[0]}: write `workbench show {name} …`.")
    return values


def options_of(function: Callable[..., Result]) -> Options:
    """Return the options of a result, but for the study and the language."""
    named = inspect.signature(function).parameters
    return {key: option for key, option in named.items() if key not in _GIVEN}


def _takes(name: str, options: Options) -> str:
    return f"{name} takes: {', '.join(options) or 'nothing'}."


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    return typing.get_type_hints(function)


def typed(key: str, text: str, hint: Any) -> Any:
    """Return a text as its option's type, of several the first that fits; lists go by commas."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        for kind in arguments:
            if kind is not type(None):
                try:
                    return typed(key, text, kind)
                except CannotShow:
                    continue
    elif origin is not None and issubclass(origin, Iterable) and not issubclass(origin, Mapping):
        return tuple(typed(key, part.strip(), arguments[0]) for part in text.split(","))
    else:
        try:
            if hint is bool:
                return _TRUTH[text.lower()]
            if hint is datetime.date:
                return datetime.date.fromisoformat(text)
            if hint in (str, int, float, Path) or issubclass(hint, StrEnum):
                return hint(text)
        except (KeyError, ValueError, TypeError):
            pass
    wanted = getattr(hint, "__name__", str(hint))
    raise CannotShow(f"{key}: '{text}' is not what it takes ({wanted}).")
