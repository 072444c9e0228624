"""Parameters of a notebook: declared and typed in its own cell, and every value held to that.

Papermill only warns of an unknown parameter, and writes the *key* into the notebook as code. So
only names that the notebook declares, with values of the declared type, are ever passed on.
"""

from __future__ import annotations

import ast
import keyword
import math
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbench.base.problems import near_miss

PLAIN: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
FORMS = "str, int, float, bool, list[str], Literal['a', 'b'], and any of them `| None`"
"""The types a parameter may have, as a person writes them."""
SHOWN = 60
"""Letters of a value that are shown: more would hide the fault."""
_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_UNFIT = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter: `name: form = default`.

    `form` is its type as it stands in the cell, `kind` the class of its values (a list holds
    texts), of which only `choices` are allowed if there are any, and None if it is `optional`.
    """

    name: str
    form: str
    kind: type
    default: object
    choices: tuple[str, ...] = ()
    optional: bool = False

    def taken(self, value: object) -> tuple[object, str]:
        """Return `value` as the declared type, and what is wrong with it: nothing if it fits.

        A text is converted where it plainly says the type. What fits arrives in the notebook
        exactly so; numbers must be finite, since a notebook that holds others is not JSON.
        """
        if value is None:
            fit = None if self.optional else _UNFIT
        elif (fit := _fit(self.kind, value)) is _UNFIT and self.optional and value == "null":
            fit = None
        if fit is not _UNFIT and (fit is None or not self.choices or fit in self.choices):
            return fit, ""
        known = ("true", "false") if self.kind is bool else self.choices
        hint = near_miss(value, known) if isinstance(value, str) else ""
        said = "nothing" if value is None else shown(value)
        return None, f"must be {_cut(self.form)}, not {said}. {hint}".strip()


_HINT = f"Write only lines such as `segment: str = 'esimiehet'`; types are {FORMS}."


class Fault(NamedTuple):
    """What is wrong with a line of a parameters cell, counted from 1."""

    line: int
    message: str
    hint: str


def shown(value: object) -> str:
    """Return a value as Python writes it, its middle left out if it is long."""
    return _cut(repr(value))


def _cut(said: str) -> str:
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 10]}…{said[-10:]}"


def nameable(name: str) -> bool:
    """Tell whether a parameter may be called so: a Python name that means nothing else there."""
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")


def declarations(source: str) -> tuple[dict[str, Parameter], list[Fault]]:
    """Read a parameters cell: what it declares, and every line that declares nothing; pure."""
    found: dict[str, Parameter] = {}
    faults: list[Fault] = []
    try:
        lines = ast.parse(source).body
    except SyntaxError as error:
        why = f"this is not plain Python: {error.msg}."
        return {}, [Fault(error.lineno or 1, why, _HINT)]
    except (ValueError, RecursionError, MemoryError):
        return {}, [Fault(1, "this nests too deep, or is no text.", _HINT)]
    imported = False
    for one in lines:
        said = ast.get_source_segment(source, one) or ""
        match one:
            case ast.ImportFrom("typing", [ast.alias("Literal", None)], 0):
                imported = True
                continue
            case ast.AnnAssign(ast.Name(name), form, value, 1):
                written = ast.get_source_segment(source, form) or ""
                parameter, why, hint = _declared(name, written, form, value)
                if name in found:
                    why, hint = f"'{name}' is declared twice.", "Remove one of the lines."
                elif parameter and parameter.choices and not imported:
                    why = "nothing called Literal is imported in this cell."
                    hint = "Write `from typing import Literal` as its first line."
                elif parameter:
                    found[name] = parameter
            case _:
                why, hint = f"{shown(said)} declares no typed parameter.", _HINT
        if why:
            faults.append(Fault(one.lineno, why, hint))
    return found, faults


def _declared(
    name: str, written: str, form: ast.expr, default: ast.expr | None
) -> tuple[Parameter | None, str, str]:
    """Return the parameter a line declares; else what is wrong with it, and what to do."""
    if not nameable(name):
        return None, f"{shown(name)} cannot be the name of a parameter.", "Choose another."
    if (blank := _blank(name, written, form)) is None:
        return None, f"the type of '{name}' cannot be {shown(written)}.", f"Types are {FORMS}."
    if default is None:
        return None, f"'{name}' has no default.", f"Write `{name}: {written} = …`."
    hint = "A default is a plain value that stands there, such as 'a', 5 or True."
    try:
        value = ast.literal_eval(default)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None, f"the default of '{name}' is not a plain value.", hint
    fit, why = blank.taken(value)
    if not why and type(fit) is not type(value) and type(value) is not int:
        why = f"must be {written}, not {shown(value)}."
    if why:
        return None, f"the default of '{name}' {why}", hint
    return replace(blank, default=fit), "", ""


def _blank(name: str, written: str, form: ast.expr) -> Parameter | None:
    """Return a parameter without its default; None if no parameter may have such a type."""
    optional = False
    match form:
        case ast.BinOp(left, ast.BitOr(), ast.Constant(None)):
            form, optional = left, True
    match form:
        case ast.Name(kind) if kind in PLAIN:
            return Parameter(name, written, PLAIN[kind], None, optional=optional)
        case ast.Subscript(ast.Name("list"), ast.Name("str")):
            return Parameter(name, written, list, None, optional=optional)
        case ast.Subscript(ast.Name("Literal"), inner):
            nodes = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            said = [node.value for node in nodes if isinstance(node, ast.Constant)]
            choices = tuple(value for value in said if isinstance(value, str))
            if choices and len(choices) == len(nodes):
                return Parameter(name, written, str, None, choices, optional)
    return None


def _fit(kind: type, value: object) -> object:
    """Return `value` as a `kind`, or a mark that it cannot be one."""
    try:
        if kind is list:
            items = value if isinstance(value, (list, tuple)) else (value,)
            fits = [_fit(str, item) for item in items]
            return fits if _UNFIT not in fits else _UNFIT
        if kind is str:
            if isinstance(value, str):
                value.encode()  # half a character cannot be written into a notebook
                return str(value)
        elif kind is bool:
            return value if type(value) is bool else {"true": True, "false": False}[value]  # type: ignore[index]
        else:
            numbers = (int,) if kind is int else (int, float)
            said = str(value) if type(value) in numbers else value
            if isinstance(said, str) and (_WHOLE if kind is int else _NUMBER).fullmatch(said):
                number = kind(said)
                return number if kind is int or math.isfinite(number) else _UNFIT
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    return _UNFIT
