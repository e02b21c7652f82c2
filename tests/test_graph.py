"""The expression graph: what `trace` lists, what `draw_dot` draws, with and without `dot`."""

import html
import re
import subprocess
import sys

import graphviz
import pytest
from hypothesis import given
from hypothesis import strategies as st

from micrograd import dot, engine
from micrograd.graph import describe, draw_dot, trace
from micrograd.steps.step_01 import Value as ValueWithoutMemory
from micrograd.steps.step_03 import Value as ValueWithoutGrad
from micrograd.steps.step_10 import Value


def L():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    c, f = Value(10.0, label="c"), Value(-2.0, label="f")
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    root = d * f
    root.label = "L"
    return root


def texts(drawing):
    """The texts that a reader sees in the drawing, in the order of the SVG."""
    svg = drawing.pipe(encoding="utf-8")
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_values_come_after_their_operands_and_the_root_comes_last():
    values, _ = trace(L())
    assert [value.label for value in values] == ["a", "b", "e", "c", "d", "f", "L"]


def test_a_shared_value_is_listed_once_with_an_edge_for_each_use():
    a = Value(3.0)
    values, edges = trace(a + a)
    assert values[0] is a and len(values) == 2
    assert [operand for operand, _ in edges] == [a, a]


def test_edges_keep_the_order_of_the_operands():
    _, edges = trace(L())
    pairs = [(operand.label, result.label) for operand, result in edges]
    assert pairs == [("a", "e"), ("b", "e"), ("e", "d"), ("c", "d"), ("d", "L"), ("f", "L")]


def test_a_chain_far_deeper_than_pythons_recursion_limit_can_be_listed():
    root = Value(0.0)
    for _ in range(50_000):
        root = root + 1
    assert len(trace(root)[0]) == 100_001


def test_the_drawing_has_a_box_for_each_value_and_an_ellipse_for_each_operation():
    source = draw_dot(L()).source
    assert source.count("shape=record") == 7
    assert re.findall(r"o\d \[label=\"?([^\"\]]+)", source) == ["*", "+", "*"]
    assert 'label="L | data -8.0000 | grad 0.0000"' in source


def test_arrows_lead_from_operands_to_operation_and_from_operation_to_result():
    arrows = re.findall(r"\w+ -> \w+", draw_dot(L()).source)
    assert sorted(arrows) == sorted([
        "v0 -> o2", "v1 -> o2", "o2 -> v2",
        "v2 -> o4", "v3 -> o4", "o4 -> v4",
        "v4 -> o6", "v5 -> o6", "o6 -> v6",
    ])


def test_the_drawing_runs_from_left_to_right_in_a_font_that_fits_its_boxes():
    source = draw_dot(L()).source
    assert re.search(r"graph \[.*\bbgcolor=white\b.*\brankdir=LR\b", source)
    assert re.search(r"node \[.*\bfontname=Courier\b", source)


def test_a_value_used_twice_by_one_operation_gets_two_arrows():
    a = Value(3.0)
    assert draw_dot(a + a).source.count("v0 -> o1") == 2


def test_what_a_stage_has_not_got_is_left_out():
    value = ValueWithoutGrad(2.0, label="a")
    assert 'label="a | data 2.0000"' in draw_dot(value).source
    assert 'label="data 2.0000 | grad 0.0000"' in draw_dot(Value(2.0)).source


@pytest.mark.parametrize(
    ("data", "shown"),
    [(0.0, "0.0000"), (-2.5, "-2.5000"), (1e-7, "1e-07"), (1e9, "1e+09"), (1 / 3, "0.3333"),
     (123456.0, "123456.0000"), (1e-4, "0.0001"), (9.9e-5, "9.9e-05"), (1e6, "1e+06"),
     (float("inf"), "inf"), (7, "7.0000"), ("text", "text")],
)
def test_numbers_are_shown_to_four_decimals_or_four_digits(data, shown):
    assert texts(draw_dot(ValueWithoutGrad(data))) == [f"data {shown}"]


def test_the_same_graph_gives_the_same_bytes_in_every_process():
    program = (
        "from micrograd.steps.step_10 import Value; from micrograd.graph import draw_dot\n"
        "a = Value(2.0, label='a'); print(draw_dot((a + a) * a.tanh()).pipe(encoding='utf-8'))"
    )
    runs = {subprocess.check_output([sys.executable, "-c", program]) for _ in range(3)}
    assert len(runs) == 1


# A box collapses a run of spaces, as HTML does, and trims them at the ends; text that no font
# shows (control characters, lone surrogates) has no place in a label.
labels = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Cf")), min_size=1
)


@given(labels)
def test_any_label_is_drawn_as_it_is_written(label):
    assert texts(draw_dot(ValueWithoutGrad(1.0, label=label))) == [label, "data 1.0000"]


@given(labels)
def test_any_operation_is_drawn_as_it_is_written(op):
    root = ValueWithoutGrad(1.0, (ValueWithoutGrad(2.0),), op)
    assert sorted(texts(draw_dot(root))) == sorted([op, "data 1.0000", "data 2.0000"])


@pytest.mark.parametrize("label", ["{x}", "x | y", "<p>", r"a\b", r"\n", "x_{1}", "ä → ∇", "&amp;"])
def test_what_means_something_to_graphviz_is_drawn_as_it_is_written(label):
    root = ValueWithoutGrad(1.0, (ValueWithoutGrad(2.0),), _op=label, label=label)
    assert texts(draw_dot(root)).count(label) == 2


def test_a_description_names_the_root_the_size_and_every_value():
    assert describe(L()) == (
        "Expression graph of L = d * f, data -8.0000, grad 0.0000: 7 values, 3 operations: "
        "a, data 2.0000, grad 0.0000; b, data -3.0000, grad 0.0000; "
        "e = a * b, data -6.0000, grad 0.0000; c, data 10.0000, grad 0.0000; "
        "d = e + c, data 4.0000, grad 0.0000; f, data -2.0000, grad 0.0000; "
        "L = d * f, data -8.0000, grad 0.0000."
    )


def test_a_description_of_unlabelled_values_falls_back_on_their_data():
    assert describe(Value(1.0)) == (
        "Expression graph of data 1.0000, grad 0.0000: 1 value, 0 operations: "
        "data 1.0000, grad 0.0000."
    )
    assert "tanh(0.5000), data 0.4621" in describe(Value(0.5).tanh())
    assert "dot(2.0000, 3.0000, 1.0000), data 7.0000" in describe(engine.dot([2.0], [3.0], 1.0))


def test_a_description_of_a_large_graph_gives_its_size_only():
    thirty = sum((Value(1.0) for _ in range(14)), Value(1.0).tanh())
    assert describe(thirty).count(";") == 29
    assert describe(thirty.tanh()).endswith("31 values, 16 operations.")


def test_a_notebook_gets_text_svg_and_an_image_with_alt_text():
    drawing = draw_dot(L())
    bundle = drawing._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/svg+xml", "text/html"}
    assert bundle["text/plain"] == f"<{describe(L())}>"
    assert f'<img alt="{describe(L())}" src="data:image/svg+xml;base64,' in bundle["text/html"]
    assert bundle["image/svg+xml"].startswith('<svg role="img" aria-label="Expression graph of L')


def test_alt_text_is_safe_inside_html():
    bundle = draw_dot(Value(1.0, label='"><script>'))._repr_mimebundle_()
    assert "<script>" not in bundle["text/html"] + bundle["image/svg+xml"]


def test_the_background_is_opaque_so_that_a_dark_page_does_not_swallow_the_drawing():
    assert 'fill="white"' in draw_dot(L()).pipe(encoding="utf-8")


@pytest.mark.parametrize(
    ("root", "named"),
    [(3.0, "float: 3.0"), (None, "NoneType: None"), ([Value(1.0)], "list: [Value(data=1.0)]"),
     ("L", "str: 'L'"), (ValueWithoutMemory(2.0), "tuple `_prev`")],
)
@pytest.mark.parametrize("function", [trace, draw_dot, describe])
def test_anything_but_a_value_with_a_memory_is_refused_by_name(function, root, named):
    with pytest.raises(TypeError, match=re.escape(named)):
        function(root)


def test_a_leaf_is_a_graph_of_one_value():
    a = Value(1.0)
    assert trace(a) == ([a], [])


def test_more_values_than_the_limit_are_refused_with_the_way_out():
    root = sum(Value(1.0) for _ in range(200))
    with pytest.raises(ValueError, match=r"401 values and draw_dot draws at most 300.*limit=401"):
        draw_dot(root)
    assert draw_dot(root, limit=401).source.count("shape=record") == 401


def test_a_drawing_is_still_a_graphviz_digraph():
    drawing = draw_dot(L())
    assert isinstance(drawing, graphviz.Digraph)
    drawing.attr(label="with a title")
    assert "with a title" in texts(drawing)


def test_render_writes_source_and_svg_without_the_dot_program(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    written = draw_dot(L()).render(tmp_path / "graph")
    assert written == str(tmp_path / "graph.svg")
    assert (tmp_path / "graph").read_text(encoding="utf-8").startswith("digraph")
    assert "</svg>" in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_render_can_clean_up_the_source(tmp_path):
    draw_dot(L()).render(tmp_path / "graph", cleanup=True)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.svg"]


@pytest.fixture
def fake_dot(tmp_path, monkeypatch):
    """A `dot` program on an otherwise empty PATH, which leaves a mark in what it draws."""
    program = tmp_path / "dot"
    program.write_text(f"#!{sys.executable}\nprint('<?xml?><svg >drawn by the system</svg>')\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_dot(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_embedded(monkeypatch):
    def fail():
        raise ImportError("no wasmtime here")
    monkeypatch.setattr(dot, "_load", fail)


def test_the_embedded_graphviz_draws_even_where_there_is_a_dot_program(fake_dot):
    assert "drawn by the system" not in draw_dot(L()).pipe(encoding="utf-8")


def test_the_system_draws_when_it_is_asked_to(fake_dot, monkeypatch):
    monkeypatch.setenv("MICROGRAD_DOT", "system")
    assert "drawn by the system" in draw_dot(L()).pipe(encoding="utf-8")


def test_the_system_draws_where_the_embedded_graphviz_cannot_be_imported(fake_dot, no_embedded):
    assert "drawn by the system" in draw_dot(L()).pipe(encoding="utf-8")


def test_with_no_graphviz_at_all_a_notebook_shows_the_text_and_what_to_install(
    no_dot, no_embedded
):
    bundle = draw_dot(L())._repr_mimebundle_()
    assert set(bundle) == {"text/plain"}
    assert describe(L()) in bundle["text/plain"]
    assert "apt install graphviz" in bundle["text/plain"]


def test_formats_that_need_the_dot_program_say_so(no_dot, tmp_path):
    with pytest.raises(dot.GraphvizMissing, match="install the `dot` program"):
        draw_dot(L()).pipe(format="png")
    with pytest.raises(dot.GraphvizMissing, match="install the `dot` program"):
        draw_dot(L()).render(tmp_path / "graph", format="png")


def test_an_unknown_engine_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("MICROGRAD_DOT", "neato")
    with pytest.raises(ValueError, match="'neato': expected 'embedded' or 'system'"):
        draw_dot(L()).pipe()
