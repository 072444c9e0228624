"""The verb `show`: any counted answer of the library on the command line, and every register."""

from __future__ import annotations

import datetime
import inspect
import shutil
import types
import typing
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import workbench as wb
from workbench.base.problems import WorkbenchError, near_miss, visible
from workbench.care.model import FOLDERS, TABLES
from workbench.loading import load
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

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


def line(text: str) -> str:
    """Return a line for a terminal: any blank as a plain one, control characters made visible."""
    return visible("".join(" " if unicodedata.category(c) == "Zs" else c for c in text))


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
        values[key] = _typed(key, value, _hints(function)[key])
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


def _typed(key: str, text: str, hint: Any) -> Any:
    """Return a text as its option's type, of several the first that fits; lists go by commas."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        for kind in arguments:
            if kind is not type(None):
                try:
                    return _typed(key, text, kind)
                except CannotShow:
                    continue
    elif origin is not None and issubclass(origin, Iterable) and not issubclass(origin, Mapping):
        return tuple(_typed(key, part.strip(), arguments[0]) for part in text.split(","))
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


def _part(result: Result, part: str) -> tuple[pd.DataFrame, str]:
    """Return a table of a result and its caption: the first, or that of `coverage.plan`."""
    import pandas as pd

    from workbench.findings.results import Result

    found = getattr(result, part, None) if part else result
    if isinstance(found, Result):
        return found.table, found.caption
    if isinstance(found, pd.DataFrame):
        whole = found if isinstance(found.index, pd.RangeIndex) else found.reset_index()
        heads = (h if isinstance(h, tuple) else (h,) for h in whole.columns)
        return whole.set_axis([" ".join(filter(None, h)) for h in heads], axis=1), result.caption
    kind = type(result)
    known = [name for name in dir(kind) if isinstance(getattr(kind, name), property)]
    raise CannotShow(f"{kind.__name__} has no table '{part}'. {near_miss(part, known)}")


def _printed(frame: pd.DataFrame) -> str:
    """Return a table as text: as it is where it fits the terminal, else row by row."""
    wide = frame.to_string(index=False, na_rep="")
    most = shutil.get_terminal_size((100, 24)).columns
    if all(len(row) <= most for row in wide.split("\n")):
        return wide
    rows = (
        "\n".join(
            f"{heading}: {value}" if n else str(value)
            for n, (heading, value) in enumerate(zip(frame.columns, row, strict=True))
            if str(value).strip() not in ("", "nan", "None")
        )
        for row in frame.itertuples(index=False, name=None)
    )
    return "\n\n".join(rows)


def _list() -> None:
    for name, function in results().items():
        options = " ".join(f"{key}=" for key in options_of(function))
        first = (inspect.getdoc(function) or "").split("\n")[0]
        click.echo(f"{name:<22}{first}{f'  [{options}]' if options else ''}")
    click.echo(f"Registers: {', '.join((*TABLES, *FOLDERS))}")


@click.command()
@click.argument("name", default="")
@click.argument("options", nargs=-1, metavar="[KEY=VALUE]…")
@click.option("--study", "folder", type=click.Path(path_type=Path), default=".", help="The study.")
@click.option("--segment", help="Only the material of this segment.")
@click.option("--language", default="fi", help="The language of the answer.")
@click.option("--csv", "file", type=click.Path(path_type=Path), help="Write the table to FILE.")
def show(
    name: str,
    options: tuple[str, ...],
    folder: Path,
    segment: str | None,
    language: str,
    file: Path | None,
) -> None:
    """Print any counted answer: NAME is a function of the library or a file of the care model.

    Without NAME, list what there is. Options are those of the function; lists go by commas. A
    result with several tables gives each by its name: `coverage.plan`.
    """
    if not name:
        _list()
        return
    study = load(folder)
    view = study.where(segment=segment) if segment else study
    name, _, part = name.partition(".")
    frame, caption = _part(called(view, name, options, language), part)
    if file:
        try:
            frame.to_csv(file, index=False)
        except OSError as error:
            raise CannotShow(f"{file} cannot be written: {error.strerror}.") from None
        click.echo(f"{file}: {len(frame)} rows.", err=True)
    elif len(frame):
        click.echo("\n".join(map(line, _printed(frame).split("\n"))))
    click.echo(line(caption.replace("\n", " ")), err=True)
