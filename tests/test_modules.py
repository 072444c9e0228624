"""A widget's module is one file for the browser, whatever it is made of."""

import re

import pytest

from workbench.lab.coder import Coder
from workbench.lab.comparing import Comparing
from workbench.lab.hits import Hits
from workbench.lab.modules import style

WIDGETS = [Coder, Comparing, Hits]


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_module_defines_what_it_uses_once_and_loads_nothing(widget: type) -> None:
    text = str(widget._esm)  # type: ignore[attr-defined]
    defined = re.findall(r"^(?:function|class|const|let) (\w+)", text, re.MULTILINE)
    assert sorted(set(defined)) == sorted(defined)
    assert len(re.findall(r"^function element\(", text, re.MULTILINE)) == 1
    assert len(re.findall(r"^export default ", text, re.MULTILINE)) == 1
    assert not re.search(r"^import |https?://", text, re.MULTILINE)


def test_a_style_sheet_begins_with_what_all_widgets_share() -> None:
    text = style("coder.css")
    assert text.index("--mark:") < text.index(".wb-coder .turn")
