"""The expression graph: what `trace` lists, what `draw_dot` draws, with and without `dot`."""

import html
import os
import re
import subprocess
import sys
import threading
from types import SimpleNamespace
from xml.etree import ElementTree

import graphviz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd import dot, engine
from micrograd.course import EXHIBITS
from micrograd.graph import ROLES, Marks, describe, draw_dot, drawings, trace
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


@pytest.mark.thorough
def test_a_chain_far_deeper_than_pythons_recursion_limit_can_be_listed():
    root = Value(0.0)
    for _ in range(50_000):
        root = root + 1
    assert len(trace(root)[0]) == 100_001


def test_the_drawing_has_a_box_for_each_value_and_an_ellipse_for_each_operation():
    source = draw_dot(L()).source
    assert source.count("shape=record") == 7
    assert re.findall(r"o\d \[label=\"([^\"]+)", source) == ["*", "+", "*"]
    assert 'label="L | data -8.0000 | grad ?"' in source


def test_arrows_lead_from_operands_to_operation_and_from_operation_to_result():
    arrows = re.findall(r"\w+ -> \w+", draw_dot(L()).source)
    assert sorted(arrows) == sorted([
        "v0 -> o2", "v1 -> o2", "o2 -> v2",
        "v2 -> o4", "v3 -> o4", "o4 -> v4",
        "v4 -> o6", "v5 -> o6", "o6 -> v6",
    ])


def test_the_drawing_runs_from_left_to_right_in_a_font_that_fits_its_boxes():
    source = draw_dot(L()).source
    assert re.search(r"graph \[.*\brankdir=LR\b", source)
    assert re.search(r"node \[.*\bfontname=Courier\b", source)


def test_a_value_used_twice_by_one_operation_gets_two_arrows():
    a = Value(3.0)
    assert draw_dot(a + a).source.count("v0 -> o1") == 2


def test_what_a_stage_has_not_got_is_left_out():
    value = ValueWithoutGrad(2.0, label="a")
    assert 'label="a | data 2.0000"' in draw_dot(value).source
    assert 'label="data 2.0000 | grad ?"' in draw_dot(Value(2.0)).source


@pytest.mark.parametrize(
    ("data", "shown"),
    [(0.0, "0.0000"), (-2.5, "-2.5000"), (1e-7, "1e-07"), (1e9, "1e+09"), (1 / 3, "0.3333"),
     (123456.0, "123456.0000"), (1e-4, "0.0001"), (9.9e-5, "9.9e-05"), (1e6, "1e+06"),
     (float("inf"), "inf"), (7, "7.0000"), ("text", "text")],
)
def test_numbers_are_shown_to_four_decimals_or_four_digits(data, shown):
    assert texts(draw_dot(ValueWithoutGrad(data))) == [f"data {shown}"]


@pytest.mark.thorough
def test_the_same_graph_gives_the_same_bytes_in_every_process():
    program = (
        "from micrograd.steps.step_10 import Value; from micrograd.graph import draw_dot\n"
        "a = Value(2.0, label='a'); print(draw_dot((a + a) * a.tanh()).pipe(encoding='utf-8'))"
    )
    runs = {subprocess.check_output([sys.executable, "-c", program]) for _ in range(3)}
    assert len(runs) == 1


# A box collapses a run of spaces, as HTML does, and trims them at the ends.
labels = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Cf")),
    min_size=1, max_size=40,
)


@settings(deadline=None)
@given(labels)
def test_any_label_is_drawn_as_it_is_written(label):
    assert texts(draw_dot(ValueWithoutGrad(1.0, label=label))) == [label, "data 1.0000"]


@settings(deadline=None)
@given(labels)
def test_any_operation_is_drawn_as_it_is_written(op):
    root = ValueWithoutGrad(1.0, (ValueWithoutGrad(2.0),), op)
    assert sorted(texts(draw_dot(root))) == sorted([op, "data 1.0000", "data 2.0000"])


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters=" ", exclude_categories=()), max_size=60))
def test_whatever_a_label_is_made_of_the_drawing_is_well_formed_and_can_be_read(label):
    drawing = draw_dot(ValueWithoutGrad(1.0, (ValueWithoutGrad(2.0),), _op=label, label=label))
    for page in drawing._repr_mimebundle_().values():
        page.encode()
    ElementTree.fromstring(drawing.pipe())
    assert all(text.isprintable() for text in texts(drawing))


@pytest.mark.parametrize(
    ("label", "shown"),
    [("a\x00b", r"a\x00b"), ("\x1b[1m", r"\x1b[1m"), ("two\nlines", r"two\nlines"),
     ("a\tb", r"a\tb"), ("\ud800", r"\ud800"), ("x" * 50, "x" * 39 + "…")],
)
def test_what_no_font_shows_is_written_as_python_writes_it(label, shown):
    assert texts(draw_dot(ValueWithoutGrad(1.0, label=label)))[0] == shown
    assert describe(ValueWithoutGrad(1.0, label=label)).count(shown) == 2


@pytest.mark.parametrize("label", ["{x}", "x | y", "<p>", r"a\b", r"\n", "x_{1}", "ä → ∇", "&amp;"])
def test_what_means_something_to_graphviz_is_drawn_as_it_is_written(label):
    root = ValueWithoutGrad(1.0, (ValueWithoutGrad(2.0),), _op=label, label=label)
    assert texts(draw_dot(root)).count(label) == 2


def test_a_description_names_the_root_the_size_and_every_value():
    assert describe(L()) == (
        "Expression graph of L = d * f, data -8.0000, grad ?: 7 values, 3 operations: "
        "a, data 2.0000, grad ?; b, data -3.0000, grad ?; "
        "e = a * b, data -6.0000, grad ?; c, data 10.0000, grad ?; "
        "d = e + c, data 4.0000, grad ?; f, data -2.0000, grad ?; "
        "L = d * f, data -8.0000, grad ?."
    )


def test_a_description_of_unlabelled_values_falls_back_on_their_data():
    assert describe(Value(1.0)) == (
        "Expression graph of data 1.0000, grad ?: 1 value, 0 operations: "
        "data 1.0000, grad ?."
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


def test_gradients_are_unknown_until_a_backward_pass_has_been():
    root = L()
    assert texts(draw_dot(root)).count("grad ?") == 7
    root.backward()
    assert "grad ?" not in [*texts(draw_dot(root)), describe(root)]


def test_a_gradient_that_is_none_is_unknown():
    a = Value(1.0)
    a.grad = None
    assert "grad ?" in texts(draw_dot(a))


def test_after_a_backward_pass_a_gradient_of_zero_is_a_number():
    x, w = Value(0.0, label="x"), Value(1.0, label="w")
    root = x * w
    root.backward()
    assert "w | data 1.0000 | grad 0.0000" in draw_dot(root).source


def shapes(drawing):
    """Every shape and text of a drawing, each with the fill that lies behind it, if any."""
    behind = {}
    for group in ElementTree.fromstring(drawing.pipe(encoding="utf-8")).iter():
        fill = None
        *shown, last = [child for child in group if "g" != child.tag.split("}")[1]] or [None]
        for child in [*shown, last] if last is not None else []:
            if child.tag.endswith("text"):
                compartment = child is last and group.findall("{*}path")[1:]
                behind[child] = compartment[0].get("fill") if compartment else fill
            else:
                behind[child] = None
                if child.get("fill") != "none" and (fill is None or child.tag.endswith("rect")):
                    fill = child.get("fill")
    return behind


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """As the Web Content Accessibility Guidelines define it, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def every_page():
    """Drawings that use every colour: each kind of value in each role, with and without marks."""
    root = (L() + 1).tanh()
    root.label = "o"
    before = draw_dot(root)
    root.backward()
    names = [f"v{i}" for i in range(len(trace(root)[0]))]
    pages = [Marks(roles=dict.fromkeys(names, role), edges={"e0": "2.0", "r2": "1.0"},
                   lit={"e0"}, grads={"v1": "?"}) for role in ROLES]
    return [before, draw_dot(root), *drawings(root, pages), hand_made()]


def hand_made():
    """What a learner's own `draw_dot` of notebook 3 makes, and a title."""
    tiny = dot.Drawing(graph_attr={"rankdir": "LR", "label": "a title"}, format="svg")
    tiny.node("v0", "a | data 2.0000", shape="record")
    tiny.node("o1", "+")
    tiny.edge("v0", "o1", label="slope")
    return tiny


def test_every_text_stands_on_a_fill_of_its_own_that_it_can_be_read_on():
    for drawing in every_page():
        for shape, fill in shapes(drawing).items():
            if shape.tag.endswith("text"):
                assert contrast(shape.get("fill", "#000000"), fill) >= 4.5, shape.text


@pytest.mark.parametrize("page", ["#ffffff", "#111111"])
def test_every_line_shows_on_a_white_page_and_on_a_dark_one(page):
    for drawing in every_page():
        for shape in shapes(drawing):
            if not shape.tag.endswith(("text", "rect")):
                line = shape.get("stroke", shape.get("fill"))
                assert contrast(line, page) >= 3, line


def test_the_page_shows_through():
    for drawing in every_page():
        assert "white" not in drawing.pipe(encoding="utf-8")


def test_kinds_and_roles_are_told_by_their_borders_as_well():
    borders = {}
    root = L() + 1
    for role in (None, *ROLES):
        page = Marks(roles={"v0": role, "v2": role, "v7": role})
        svg = drawings(root, [page])[0].pipe(encoding="utf-8")
        for name in ("v0", "v2", "v7"):  # a leaf with a label, a result, a leaf without
            box = re.search(rf'id="{name}"><path fill="(\S+)" ([^>]*?) d=', svg)
            borders[name, role] = re.sub(r'stroke="\S+"', "", box[2]), box[1]
    kinds = [borders[name, None][0] for name in ("v0", "v2", "v7")]
    assert len(set(kinds)) == 3
    assert 'stroke-width="4"' in borders["v2", "newest"][0]
    assert "dasharray" in borders["v2", "lost"][0]


def test_the_root_stands_out_as_the_newest_value():
    assert re.search(r"v6 \[.*class=\"?wide", draw_dot(L()).source)


def places(drawing):
    return re.findall(r' (?:points|d|cx|cy|viewBox)="[^"]*"', drawing.pipe(encoding="utf-8"))


marks = st.builds(
    Marks,
    data=st.dictionaries(st.sampled_from(["v0", "v3"]), st.text("0123456789.-?", min_size=1)),
    grads=st.dictionaries(st.sampled_from(["v1", "v6"]), st.text("0.?→ lost", min_size=1)),
    roles=st.dictionaries(st.sampled_from(["v0", "v4"]), st.sampled_from(list(ROLES))),
    edges=st.dictionaries(st.sampled_from(["e0", "r2", "r6"]), st.text("×·1-", min_size=1)),
    lit=st.frozensets(st.sampled_from(["e0", "e5", "r6"])),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(marks, min_size=2, max_size=4))
def test_all_pages_of_a_film_have_the_same_layout(pages):
    assert len({tuple(places(drawing)) for drawing in drawings(L(), pages)}) == 1


def test_a_page_says_what_its_marks_say_in_the_place_they_say():
    blank, page = drawings(L(), [Marks(), Marks(
        data={"v0": "2.5"}, grads={"v3": "6.0 lost"}, edges={"e2": "× 1.0", "r6": "1.0"})])
    assert sorted(set(texts(page)) - set(texts(blank))) == [
        "1.0", "data 2.5", "grad 6.0 lost", "× 1.0"]
    assert not any(set(text) == {"0"} for text in texts(blank) + texts(page))
    svg = page.pipe(encoding="utf-8")
    assert re.search(r'<g id="v3">(?:(?!</g>).)*>c</text>(?:(?!</g>).)*>grad 6.0 lost<', svg)
    assert re.search(r'<g id="e2">(?:(?!</g>).)*>× 1.0<', svg)


def test_ids_in_the_drawing_follow_the_numbers_of_trace():
    root = L()
    values, edges = trace(root)
    svg = draw_dot(root).pipe(encoding="utf-8")
    for i, value in enumerate(values):
        assert re.search(rf'<g id="v{i}">(?:(?!</g>).)*>{value.label}</text>', svg)
    names = {f"v{i}" for i in range(len(values))} | {f"e{i}" for i in range(len(edges))}
    results = {f"{kind}{i}" for kind in "or" for i in (2, 4, 6)}
    assert set(re.findall(r'id="(\w+)"', svg)) == names | results


def test_a_drawing_is_small():
    root = L() * 2 + Value(1.0, label="b")
    root.backward()
    assert len(trace(root)[0]) == 11
    assert len(draw_dot(root).pipe()) < 8800


def neuron():
    """n = x * w + b, and tanh in pieces."""
    x, w, b = Value(2.0, label="x"), Value(-3.0, label="w"), Value(6.5, label="b")
    n = x * w + b
    n.label = "n"
    e = (2 * n).exp()
    o = (e - 1) / (e + 1)
    o.label = "o"
    return n, o


def test_a_part_of_a_graph_folds_into_one_operation_and_opens_again():
    n, o = neuron()
    folded = draw_dot(o, fold={"tanh": (n, o)})
    assert re.findall(r"o\d+ \[label=\"?([^\"\]]+?)[\" ]", folded.source) == ["*", "+", "tanh"]
    assert "7 values, 3 operations" not in describe(o)
    assert "o = tanh(n), data" in describe(o, fold={"tanh": (n, o)})
    assert folded.description == describe(o, fold={"tanh": (n, o)})
    assert texts(draw_dot(o)) == texts(draw_dot(o))


def test_a_fold_of_several_operands_has_an_arrow_from_each():
    n, o = neuron()
    product, b = n._prev
    whole = draw_dot(o, fold={"neuron": (*product._prev, b, o)})
    assert whole.source.count("-> o3") == 3


def test_a_drawing_may_begin_at_a_value_in_the_middle():
    n, o = neuron()
    begun = describe(o, stop=(n,))
    assert "; n, data 0.5000" not in begun and ": n, data 0.5000" in begun
    assert "x" not in texts(draw_dot(o, stop=(n,)))
    assert "o = tanh(n)" in describe(o, stop=(n,), fold={"tanh": (n, o)})


def test_what_is_not_in_the_graph_can_be_neither_folded_nor_stopped_at():
    n, o = neuron()
    stranger = Value(1.0, label="stranger")
    for options in ({"stop": (stranger,)}, {"fold": {"tanh": (stranger, o)}},
                    {"fold": {"tanh": (n, stranger)}}):
        with pytest.raises(ValueError, match="stranger is not in the graph of o"):
            draw_dot(o, **options)


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


def test_render_writes_where_it_is_told_to_without_the_dot_program(tmp_path, no_dot):
    written = draw_dot(L()).render(outfile=tmp_path / "picture.svg", cleanup=True, quiet=True)
    assert written == str(tmp_path / "picture.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["picture.svg"]


def test_view_opens_the_drawing_without_the_dot_program(tmp_path, no_dot, monkeypatch):
    opened = []
    monkeypatch.setattr(dot.Drawing, "_view", lambda self, path, **_: opened.append(path))
    draw_dot(L()).view(tmp_path / "graph", quiet=True)
    assert opened == [tmp_path / "graph.svg"]


@pytest.fixture
def fake_dot(tmp_path, monkeypatch):
    """A `dot` program on an otherwise empty PATH, which leaves a mark in what it draws."""
    if os.name == "nt":
        pytest.skip("the `dot` that is pretended here is a shell script")
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho '<?xml?><svg >drawn by the system</svg>'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_dot(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture(params=[ImportError, OSError, RuntimeError, MemoryError])
def no_embedded(monkeypatch, request):
    def fail():
        raise request.param("no wasmtime here")
    monkeypatch.setattr(dot, "_load", fail)


def test_the_embedded_graphviz_draws_even_where_there_is_a_dot_program(fake_dot):
    assert "drawn by the system" not in draw_dot(L()).pipe(encoding="utf-8")


def pretend_browser(monkeypatch):
    """Let viz.js draw, which always makes the same drawing. Returns a list of what it is asked."""
    asked, drawing = [], dot._embedded("digraph { a }")
    viz = SimpleNamespace(renderString=lambda source, format: asked.append(source) or drawing)
    monkeypatch.setitem(sys.modules, "js", SimpleNamespace(viz=viz))
    monkeypatch.setattr(dot.sys, "platform", "emscripten")
    return asked


def test_in_a_browser_viz_js_draws_the_same_description(monkeypatch):
    expected = dot.svg("digraph { a }")
    asked = pretend_browser(monkeypatch)
    assert dot.svg("digraph { a }") == expected and asked == ["digraph { a }"]


def test_in_a_browser_no_drawing_takes_minutes(monkeypatch):
    asked = pretend_browser(monkeypatch)
    many = sum(map(Value, range(dot.MANY_ARROWS // 2)), Value(0.0))
    draw_dot(many, limit=10**5).pipe()
    assert dot.HASTY in asked.pop()
    most = sum(map(Value, range(dot.MOST_ARROWS // 2)), Value(0.0))
    with pytest.raises(dot.NotDrawn, match="too tangled to be drawn: draw a smaller part"):
        draw_dot(most, limit=10**5).pipe()
    assert asked == []


def test_the_system_draws_when_it_is_asked_to(fake_dot, monkeypatch):
    monkeypatch.setenv("MICROGRAD_DOT", "system")
    assert "drawn by the system" in draw_dot(L()).pipe(encoding="utf-8")


def test_the_system_draws_where_the_embedded_graphviz_cannot_run(fake_dot, no_embedded):
    assert "drawn by the system" in draw_dot(L()).pipe(encoding="utf-8")


def test_with_no_graphviz_at_all_a_notebook_shows_the_text_and_what_to_install(
    no_dot, no_embedded
):
    bundle = draw_dot(L())._repr_mimebundle_()
    assert set(bundle) == {"text/plain"}
    assert describe(L()) in bundle["text/plain"]
    assert "apt install graphviz" in bundle["text/plain"]


def test_formats_that_need_the_dot_program_say_so(no_dot, tmp_path):
    with pytest.raises(dot.NotDrawn, match="install the `dot` program"):
        draw_dot(L()).pipe(format="png")
    with pytest.raises(dot.NotDrawn, match="install the `dot` program"):
        draw_dot(L()).render(tmp_path / "graph", format="png")


def test_an_unknown_engine_is_refused_by_name(monkeypatch):
    monkeypatch.setenv("MICROGRAD_DOT", "neato")
    with pytest.raises(ValueError, match="'neato': expected 'embedded' or 'system'"):
        draw_dot(L()).pipe()


def test_a_graph_that_graphviz_cannot_read_is_told_in_words():
    drawing = dot.Drawing(format="svg")
    drawing.body.append("a -> [")
    drawing.description = "Not much."
    told = drawing._repr_mimebundle_()["text/plain"]
    assert told.startswith("<Not much.>\nGraphviz cannot read the graph")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on the memory of a process")
def test_a_machine_that_limits_addresses_draws_all_the_same():
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9))\n"
        "from micrograd import dot; print(dot.svg('digraph { a -> b }').count('<ellipse'))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                         env={**os.environ, "PATH": ""})
    assert run.stdout == "2\n", run.stderr


def shared(n):
    x = root = Value(1.0)
    for _ in range(n):
        root = root + x
    return root


def powers(n):
    x = root = Value(1.0)
    for _ in range(n):
        root = root * x + 1
    return root


def comb(n):
    return sum((Value(1.0) for _ in range(n)), Value(0.0))


def chain(n):
    root = Value(0.5)
    for _ in range(n):
        root = root.tanh()
    return root


def recurrent(n):
    w, u, state = Value(0.5), Value(0.1), Value(0.0)
    for _ in range(n):
        state = (w * state + u * Value(1.0)).tanh()
    return state


@pytest.mark.thorough
@pytest.mark.parametrize(
    "root", [shared(298), powers(98), comb(149), chain(299), recurrent(58)],
    ids=["shared", "powers", "comb", "chain", "recurrent"],
)
def test_the_heaviest_graphs_below_the_limit_are_drawn(root):
    drawn = draw_dot(root).pipe(encoding="utf-8")  # within a number of steps, not of seconds
    assert 'id="v290"' in drawn and "<ellipse" in drawn


@pytest.mark.thorough
@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_random_graphs_are_drawn(random):
    values = [Value(1.0) for _ in range(5)]
    for _ in range(45):
        values.append(random.choice(values[-20:]) + random.choice(values))
    size = len(trace(values[-1])[0])
    assert draw_dot(values[-1]).pipe(encoding="utf-8").count('id="v') == size


@pytest.fixture
def few_steps(monkeypatch):
    monkeypatch.setattr(dot, "STEPS", 1000)


def test_a_graph_too_tangled_to_be_drawn_is_told_in_words(few_steps):
    bundle = draw_dot(L())._repr_mimebundle_()
    assert bundle == {"text/plain": f"<{describe(L())}>\nThe graph is too tangled to be drawn: "
                                    "draw a smaller part of it."}


@pytest.mark.thorough
def test_where_curves_take_too_long_lines_are_straight(monkeypatch):
    curved = draw_dot(recurrent(20)).pipe()
    monkeypatch.setattr(dot, "STEPS", dot.STEPS // 4)
    straight = draw_dot(recurrent(20)).pipe()
    assert straight.count(b"<g id=") == curved.count(b"<g id=")
    assert len(straight) < len(curved)


@pytest.mark.parametrize("moment", ["before it starts", "while it runs"])
def test_drawing_can_be_interrupted(moment):
    program = (
        "import os, signal, threading\n"
        "from micrograd import dot\n"
        "dot.svg('digraph { a }'); dot.STEPS = 10**15; draw = dot._load().draw; drawn = []\n"
        "def interrupted(source, stopped):\n"
        "    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        f"    {moment == 'before it starts'} and stopped.wait()\n"
        "    drawn.append(draw(source, stopped))\n"
        "dot._load().draw = interrupted\n"
        "edges = ''.join(f'v{i} -> v{i + 1}; v0 -> v{i};' for i in range(250))\n"
        "try: dot.svg('digraph { rankdir=LR;' + edges + '}')\n"
        "except KeyboardInterrupt: print('interrupted', drawn)\n"
        "dot._load().draw = draw; print(dot.svg('digraph { a }').count('<ellipse'))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "interrupted [None]\n1\n", run.stderr


def test_threads_draw_at_the_same_time():
    roots = [powers(10), comb(20), L(), recurrent(4)]
    alone, together = [draw_dot(root).pipe() for root in roots], {}

    def draw(i):
        together[i] = [draw_dot(root).pipe() for root in roots]
    threads = [threading.Thread(target=draw, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == dict.fromkeys(range(4), alone)


@pytest.mark.parametrize("name", EXHIBITS)
def test_every_exhibit_of_the_museum_can_be_drawn(name):
    a = EXHIBITS[name](2.0, label="a")
    assert texts(draw_dot(a * a)).count("grad ?") == 2


def test_values_that_compare_by_their_numbers_are_kept_apart():
    class Comparable(Value):
        __hash__ = None

        def __eq__(self, other):
            return self.data == other.data
    one, other = Comparable(1.0), Comparable(1.0)
    assert len(trace(one + other)[0]) == 3 and draw_dot(one + other).source.count("record") == 3
