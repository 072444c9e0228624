"""Parameters are declared and typed in their cell, and arrive in the kernel as they were given."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from tests.notebooks import PARAMETERS, cell, notebook
from workbench.runs.matrix import Run
from workbench.runs.papermill import execute, without_grammars
from workbench.runs.parameters import Fault, declarations, nameable, shown

with without_grammars():
    from papermill.translators import PythonTranslator

TYPED = """\
from typing import Literal
segment: str = "a"  # whose
most: int = 5
share: float = 0.5
quotes: bool = True
codes: list[str] = ["x", "y"]
level: Literal["whole", "segment"] = "whole"
note: str | None = None
limit: float | None = 1
"""
DECLARED, FAULTS = declarations(TYPED)
HOSTILE = [
    "", " ", "'", '"', '"""', "\\", '\\"', "\n", "\r\n", "\t", "\0", "\x1b[2J", "{}", "{segment}",
    "%", "%%bash", "!ls", "what?", "?", "x = 1; import os", "# no", "äöå Ж 漢 🙂 e\u0301",
    "\u2028\u202e\x85", "True", "None", "007", "NO", "1e3", "a" * 100_000,
]  # fmt: skip


def taken(name: str, value: object) -> tuple[object, str]:
    return DECLARED[name].taken(value)


def test_a_cell_declares_parameters_with_types_and_defaults() -> None:
    assert FAULTS == []
    assert {p.name: (p.form, p.default) for p in DECLARED.values()} == {
        "segment": ("str", "a"), "most": ("int", 5), "share": ("float", 0.5),
        "quotes": ("bool", True), "codes": ("list[str]", ["x", "y"]),
        "level": ('Literal["whole", "segment"]', "whole"), "note": ("str | None", None),
        "limit": ("float | None", 1.0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("segment", "007", "007"), ("segment", "NO", "NO"), ("segment", "1e3", "1e3"),
        ("segment", "", ""), ("most", "12", 12), ("most", "-3", -3), ("most", "007", 7),
        ("share", "1", 1.0), ("share", "-.5", -0.5), ("share", "1e-3", 0.001), ("share", 2, 2.0),
        ("quotes", "false", False), ("codes", "z", ["z"]), ("codes", ("z", "w"), ["z", "w"]),
        ("codes", (), []), ("level", "segment", "segment"), ("note", None, None),
        ("note", "null", "null"), ("limit", "null", None), ("limit", "3", 3.0),
        ("most", "9" * 400, int("9" * 400)),
    ],
)  # fmt: skip
def test_a_text_is_taken_as_the_declared_type(name: str, text: object, value: object) -> None:
    found, why = taken(name, text)
    assert (found, why) == (value, "")
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("most", "many"), ("most", 1.5), ("most", True), ("most", "1.0"), ("most", "1_000"),
        ("most", " 7"), ("most", "٣"), ("most", None), ("most", "9" * 5000), ("quotes", "no"),
        ("quotes", 1), ("quotes", ()), ("segment", 7), ("segment", None), ("segment", ("a", "b")),
        ("segment", "\ud800"), ("share", "nan"), ("share", "inf"), ("share", math.nan),
        ("share", -math.inf), ("share", "1e999"), ("share", 10**400), ("codes", ("a", 1)),
        ("codes", {"a": "b"}), ("codes", None), ("level", "other"), ("level", None),
        ("limit", "nil"), ("limit", "nan"), ("most", "null"), ("quotes", ["true"]),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(name: str, value: object) -> None:
    found, why = taken(name, value)
    assert found is None
    assert why.startswith(f"must be {DECLARED[name].form}, not ")


def test_what_is_refused_is_told_with_the_near_miss_and_no_longer_than_a_line() -> None:
    assert taken("level", "segmnt")[1] == (
        "must be Literal[\"whole\", \"segment\"], not 'segmnt'. Did you mean 'segment'?"
    )
    assert taken("quotes", "no")[1] == "must be bool, not 'no'. Known: false, true."
    assert taken("most", None)[1] == "must be int, not nothing."
    assert len(taken("most", "x" * 10**6)[1]) < 100
    long, _ = declarations(f"from typing import Literal\na: Literal['{'x' * 999}'] | None = None")
    assert len(long["a"].taken(5)[1]) < 100
    assert shown("x" * 100) == f"'{'x' * 49}…{'x' * 9}'"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("segment = 'a'", "\"segment = 'a'\" declares no typed parameter."),
        ("import os", "'import os' declares no typed parameter."),
        ("from typing import Any", "'from typing import Any' declares no typed parameter."),
        ("from .typing import Literal", "'from .typing import Literal' declares no typed"),
        ("x.y: int = 1", "'x.y: int = 1' declares no typed parameter."),
        ("(x): int = 1", "'(x): int = 1' declares no typed parameter."),
        ("x: list = []", "the type of 'x' cannot be 'list'."),
        ("x: list[int] = []", "the type of 'x' cannot be 'list[int]'."),
        ("x: Literal[1] = 1", "the type of 'x' cannot be 'Literal[1]'."),
        ("x: Literal[()] = ''", "the type of 'x' cannot be 'Literal[()]'."),
        ("x: int | str = 1", "the type of 'x' cannot be 'int | str'."),
        ("x: int | None | None = 1", "the type of 'x' cannot be 'int | None | None'."),
        ("a: str", "'a' has no default."),
        ("a: str = f()", "the default of 'a' is not a plain value."),
        ("a: str = __import__('os').name", "the default of 'a' is not a plain value."),
        ("a: dict = {}", "the type of 'a' cannot be 'dict'."),
        ("a: int = '5'", "the default of 'a' must be int, not '5'."),
        ("a: float = float('nan')", "the default of 'a' is not a plain value."),
        ("a: float = 1e999", "the default of 'a' must be float, not inf."),
        ("a: int = None", "the default of 'a' must be int, not nothing."),
        ("a: list[str] = 'x'", "the default of 'a' must be list[str], not 'x'."),
        ("a: str = 'x'; a: str = 'y'", "'a' is declared twice."),
        ("a: Literal['x'] = 'x'", "nothing called Literal is imported in this cell."),
        ("__builtins__: str = ''", "'__builtins__' cannot be the name of a parameter."),
        ("%matplotlib inline", "this is not plain Python: invalid syntax."),
        ("class: str = ''", "this is not plain Python: invalid syntax."),
        ("a: str = '\ud800'", "this nests too deep, or is no text."),
        ("a: int = " + "-" * 200_000 + "1", "this nests too deep, or is no text."),
        ("a: int = " + "1 + " * 700 + "1", "the default of 'a' is not a plain value."),
    ],
)
def test_a_line_that_declares_nothing_is_told_with_its_number(source: str, said: str) -> None:
    found, faults = declarations(f"b: int = 1\n\n{source}")
    assert [fault.message[: len(said)] for fault in faults] == [said]
    assert faults[0].hint
    if "too deep" not in said:
        assert faults[0].line == 3
    assert set(found) <= {"a", "b"}


PIECES = ["a", ": ", "int", "str", " = ", "1", "'x'", " | None", "list[str]", "[", "]", "\n", "; "]


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_stands_in_a_cell_is_declared_or_told(source: str) -> None:
    found, faults = declarations(source)
    assert all(fault.hint and fault.line >= 1 for fault in faults)
    for one in found.values():
        assert one.taken(one.default) == (one.default, "")


def test_all_faults_of_a_cell_are_told_and_the_sound_lines_stand() -> None:
    found, faults = declarations("a = 1\nb: int = 2\nc: set = {1}")
    assert list(found) == ["b"]
    assert [fault.line for fault in faults] == [1, 3]
    assert isinstance(faults[0], Fault)


@pytest.mark.parametrize("name", ["", "a b", "a-b", "1a", "class", "None", "__doc__", "a\n", "a;b"])
def test_what_is_no_name_in_python_or_means_something_there_is_no_parameter(name: str) -> None:
    assert not nameable(name)
    assert nameable("määrä")


def arrived(name: str, value: object) -> object:
    """Return what a kernel would have after Papermill's cell."""
    source = PythonTranslator.codify({name: value})
    there: dict[str, object] = {}
    exec(TransformerManager().transform_cell(source), there)
    return there[name]


@settings(deadline=None)
@given(st.text() | st.lists(st.text()) | st.integers() | st.booleans() | st.none())
def test_whatever_is_given_arrives_exactly(value: object) -> None:
    assert arrived("x", value) == value
    assert type(arrived("x", value)) is type(value)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_arrives_exactly(text: str) -> None:
    assert arrived("x", taken("segment", text)[0]) == text
    assert arrived("x", taken("codes", (text, text))[0]) == [text, text]


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-0.0)
@example(5e-324)
def test_a_number_arrives_to_the_last_bit(number: float) -> None:
    for given_ in (number, str(number)):
        found = arrived("x", taken("share", given_)[0])
        assert isinstance(found, float)
        assert found.hex() == number.hex()


@settings(deadline=None)
@given(st.text())
@example("1e5")
@example("+7")
def test_what_is_taken_as_a_number_is_finite_and_what_python_reads(text: str) -> None:
    whole, broken = taken("most", text)[0], taken("share", text)[0]
    assert whole is None or whole == int(text)
    assert broken is None or (broken == float(text) and math.isfinite(broken))


def test_hostile_texts_arrive_in_a_real_kernel_and_nobody_is_warned_of_their_types(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    body = "import json\nprint(json.dumps([segment, note, texts, most, share]))"
    own = "\nnote: str | None = 'x'\ntexts: list[str] = []\nshare: float = 1.0"
    path = tmp_path / "notebooks/11_koe.ipynb"
    path.parent.mkdir()
    path.write_text(notebook(cell(PARAMETERS + own, "parameters"), cell(body)), encoding="utf-8")
    values = {
        "segment": "".join(HOSTILE),
        "note": None,
        "texts": HOSTILE,
        "most": -7,
        "share": -0.0,
    }
    one = Run(path.relative_to(tmp_path), "a", "fi", Path("out.ipynb"), values)
    assert execute(one, tmp_path).error == ""
    cells = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    (printed,) = cells[-1]["outputs"]
    assert json.loads("".join(printed["text"])) == list(values.values())
    assert [record.message for record in caplog.records if record.name == "papermill"] == []
