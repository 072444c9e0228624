"""A document's codings along its text, end to end."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import load
from workbench.findings.portrait import portrait
from workbench.study import Unknown

Write = Callable[..., Path]


def test_stretches_lie_on_the_line_of_all_turns(study_with: Write) -> None:
    study = load(study_with())
    result = portrait(study, "h01")
    first, second, _ = (len(t.text) for t in study.documents["h01"].turns.values())
    assert [(s.start, s.end) for s in result.stretches] == [
        (first, first + 24), (first + 25, first + 49), (first + second, first + second + 30),
    ]  # fmt: skip
    assert result.length == first + second + 30


def test_a_stretch_knows_its_tone(study_with: Write) -> None:
    result = portrait(load(study_with()), "h01")
    assert [s.tone for s in result.stretches] == ["", "TONE.N", "TONE.P"]


def test_a_view_of_a_coder_shows_that_coder_s(study_with: Write) -> None:
    result = portrait(load(study_with()).where(coder="eero"), "h01")
    assert [(s.coder, s.code) for s in result.stretches] == [("eero", "saavutettavuus")]


def test_a_document_that_is_not_there_is_told(study_with: Write) -> None:
    with pytest.raises(Unknown, match="no document 'h99'"):
        portrait(load(study_with()), "h99")
