"""Source in a notebook: as it stands in the file, from its own left edge, in a coloured block."""

import re

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

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
    assert f"\n\n```python\n{shown!r}\n```\n\n" in shown._repr_markdown_()


def test_an_export_to_html_shows_it_in_colour_and_in_the_font_of_code():
    output = new_output("display_data", {"text/markdown": source(operation)._repr_markdown_()})
    notebook = new_notebook(cells=[new_code_cell(outputs=[output])])
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    assert re.search(r'<div style="font-family: [^"]*monospace\)">\s*<div class="highlight"><pre>',
                     page)


def test_a_text_is_shown_as_it_is_beside_the_source_of_what_has_one():
    assert repr(source("x = 1\n", "  y = 2", Value.__neg__)).splitlines()[:4] == [
        "x = 1", "", "  y = 2", ""]


def test_what_has_no_source_is_refused():
    with pytest.raises(TypeError, match="builtin"):
        source(len)
