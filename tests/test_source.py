"""Source in a notebook: as it stands in the file, from its own left edge, in a coloured block."""

import pytest

from micrograd import Value
from micrograd.course import source
from micrograd.engine import operation


def test_it_is_shown_from_its_own_left_edge_and_one_below_the_other():
    lines = repr(source(Value.__neg__, operation)).splitlines()
    assert lines[0] == "def __neg__(self):  # -self"
    assert lines[1].startswith("    return ") and lines[2] == ""
    assert lines[3].startswith("def operation(")


def test_a_notebook_colours_it():
    shown = source(operation)
    assert shown._repr_markdown_() == f"```python\n{shown!r}\n```"


def test_a_text_is_shown_as_it_is_beside_the_source_of_what_has_one():
    assert repr(source("x = 1\n", "  y = 2", Value.__neg__)).splitlines()[:4] == [
        "x = 1", "", "  y = 2", ""]


def test_what_has_no_source_is_refused():
    with pytest.raises(TypeError, match="builtin"):
        source(len)
