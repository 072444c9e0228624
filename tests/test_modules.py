"""A widget's module is one file for the browser, whatever it is made of."""

import re

import pytest

from workbench.lab.modules import module


@pytest.mark.parametrize("parts", [["coder.js"], ["choosing.js", "comparing.js"]])
def test_a_module_defines_what_it_uses_once_and_loads_nothing(parts: list[str]) -> None:
    text = module(*parts)
    assert len(re.findall(r"^function element\(", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^export default ", text, re.MULTILINE)) == 1
    assert not re.search(r"^import |https?://", text, re.MULTILINE)
