"""The expression graph behind a value: a list of it (`trace`), and a drawing (`draw_dot`).

Both work with every `Value` of this course: all they need is `data` and `_prev`, a value's
operands in order. What a value has not got yet (a label, a gradient) is left out.
"""

import html
import itertools
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from micrograd.svg import printable

MOST_VALUES = 300     # a drawing beyond this takes the browser minutes and nobody can read it
LONGEST_LABEL = 40    # letters; what is longer ends in "…"
MOST_IN_WORDS = 30    # a description spells out every value of a graph up to this size
LAYOUT = {"rankdir": "LR", "ranksep": "0.3", "nodesep": "0.2",
          "nslimit": "1"}  # how long Graphviz may straighten lines: without it, some take minutes
FONT = {"fontname": "Courier", "fontsize": "12"}  # monospace text fits its box in every viewer

# One meaning per colour, told by the border as well. Text on its own fill has a contrast of 4.5
# and more, lines have 3 and more on a white page and on a dark one.
KINDS = {
    "named": {"fillcolor": "#DCE9FA", "color": "#3B7DD8", "penwidth": "2"},  # a leaf with a label
    "number": {"fillcolor": "#E9E9E9", "color": "#808080", "style": "filled,dashed"},
    "result": {"fillcolor": "#FAFAFA", "color": "#808080"},
}
ROLES = {  # of class "wide", not of another penwidth: that would move the ends of the arrows
    "newest": {"fillcolor": "#FFF6CC", "color": "#A67C00", "class": "wide"},
    "turn": {"fillcolor": "#FFF6CC", "color": "#A67C00", "class": "wide"},
    "upstream": {"color": "#C2570C"},
    "changed": {"color": "#C2570C", "class": "wide"},
    "lost": {"color": "#D32F2F", "style": "filled,dashed", "class": "wide"},
}
OPERATION, LINE = "#FAFAFA", "#808080"
GRADIENT, LOST = "#FFE4CF #8A3600", "#FFD9D9 #9B1C1C"  # fill and text
LIT = {"color": "#C2570C", "fontcolor": "#8A3600", "class": "wide"}


@dataclass(frozen=True)
class Marks:
    """What one page of a flipbook shows on a graph, beyond what its values say.

    Values and arrows go by their ids in the drawing, which follow `trace(root)`: value i is "v0",
    "v1", ...; the arrow from an operand to the operation that uses it, edge i, is "e0", "e1", ...;
    the arrow from the operation to its result, value i, is "r2", ....

    data, grads: texts in place of the numbers of a value, such as "?" or "6.0 lost".
    roles: for a value, one of ROLES: "newest", just computed; "turn", whose turn it is;
    "upstream", where the upstream gradient comes from; "changed", whose gradient has just
    changed; "lost", whose gradient has just been overwritten.
    edges: texts on arrows, such as a local derivative. lit: the arrows that stand out.
    """

    data: Mapping[str, str] = field(default_factory=dict)
    grads: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    edges: Mapping[str, str] = field(default_factory=dict)
    lit: Set[str] = frozenset()


def trace(root):
    """List what a value was made from.

    root: a value.
    Returns (values, edges): every value once, operands before results, the root last; and a
    pair (operand, result) for every use of an operand, so `a + a` gives two.
    Raises TypeError if root is not a value that remembers its operands.
    """
    _require_value(root)
    return _walk(root, lambda value: value._prev)


def _walk(root, operands):
    values, seen, stack = [], set(), [(root, False)]
    while stack:  # a stack instead of recursion: graphs may be deeper than Python allows calls
        value, operands_done = stack.pop()
        if operands_done:
            values.append(value)
        elif id(value) not in seen:
            seen.add(id(value))
            stack.append((value, True))
            stack.extend((operand, False) for operand in reversed(operands(value)))
    return values, [(operand, value) for value in values for operand in operands(value)]


class Expression:
    """A graph as it is drawn: the parts that were folded away or left out are not in it.

    root: a value. stop, fold: as for `draw_dot`.
    """

    def __init__(self, root, stop=(), fold=None):
        _require_value(root)
        self.root = root
        self._stop = {id(value) for value in stop}
        self._fold = {id(result): (name, operands)
                      for name, (*operands, result) in (fold or {}).items()}
        self.values, self.edges = _walk(root, self.operands)
        _require_in(root, itertools.chain(stop, *(fold or {}).values()))
        self.untouched = all(getattr(value, "grad", 0) in (0, None) for value in self.values)

    def operands(self, value):
        if id(value) in self._stop:
            return ()
        return self._fold[id(value)][1] if id(value) in self._fold else value._prev

    def operation(self, value):
        if id(value) in self._fold:
            return self._fold[id(value)][0]
        return printable(str(getattr(value, "_op", "")))

    def kind(self, value):
        """What is known of a value, as a name in KINDS."""
        if value._prev:
            return "result"
        return "named" if _label(value) else "number"

    def numbers(self, value):
        """The value's data and gradient, without what it has not got.

        Before a backward pass every gradient is 0.0, the root's too, which is 1 after one. Then
        none is known yet, and all are shown as `?`.
        """
        numbers = {"data": _rounded(value.data)}
        if hasattr(value, "grad"):
            numbers["grad"] = "?" if self.untouched else _rounded(value.grad)
        return numbers


def draw_dot(root, limit=MOST_VALUES, stop=(), fold=None):
    """Draw the expression graph of a value, from left to right.

    root: a value. limit: the most values to draw.
    stop: values whose own operands are left out: `draw_dot(o, stop=(n,))` begins at n.
    fold: a part of the graph to draw as one operation, by its name, its operands and its result:
    `fold={"tanh": (n, o)}` draws n, an ellipse "tanh", o, however o was computed from n.

    Returns a `graphviz.Digraph` that shows itself in a notebook without the `dot` program: a box
    for every value, an ellipse for every operation. A leaf with a label has a thick blue border,
    one without a dashed grey one, the root a thick yellow one; gradients are orange, and `?` as
    long as no backward pass has been. The same graph gives the same drawing.
    Raises TypeError if root is not a value that remembers its operands, ValueError if the graph
    has more than `limit` values, or if a value in `stop` or `fold` is not in it.
    """
    graph = Expression(root, stop, fold)
    if len(graph.values) > limit:
        raise ValueError(
            f"the graph has {len(graph.values)} values and draw_dot draws at most {limit}: "
            f"draw a smaller part of it, or pass limit={len(graph.values)}"
        )
    return _drawing(graph, Marks(roles={f"v{len(graph.values) - 1}": "newest"}))


def drawings(root, pages):
    """Draw one graph several times, each with its own marks, all with the same layout.

    root: a value. pages: a list of `Marks`.
    Returns a list of drawings as from `draw_dot`. Boxes and arrows are in the same places in all
    of them: there is room for the longest text that any page has there. For that, the source has
    zeros where the numbers come; `pipe` writes the drawing's `texts` in their place.
    Raises TypeError if root is not a value that remembers its operands.
    """
    graph = Expression(root)
    room = {}
    for page in pages:
        for name, texts in _texts(graph, page).items():
            letters = max(map(len, texts)) + 3 * (name[0] != "v")  # some air around an arrow's
            room[name] = max(room.get(name, 0), letters)
    return [_drawing(graph, page, room) for page in pages]


def _drawing(graph, marks, room=None):
    """The drawing of a graph; room: letters to leave free in boxes and on arrows, by their id."""
    from micrograd.dot import Drawing  # here, so that `trace` alone does not load graphviz

    drawing = Drawing(graph_attr=LAYOUT, node_attr=FONT | {"style": "filled"},
                      edge_attr=FONT, format="svg")
    drawing.description = _description(graph)
    texts = _texts(graph, marks)
    if room:
        drawing.texts = {name: texts.get(name, [""]) for name in room}
        texts = {name: ["0" * letters] * len(texts.get(name, "0"))
                 for name, letters in room.items()}
    number = {id(value): i for i, value in enumerate(graph.values)}
    for i, value in enumerate(graph.values):
        drawing.node(f"v{i}", **_box(graph, value, texts[f"v{i}"], marks.roles.get(f"v{i}")))
        if graph.operands(value):
            drawing.node(f"o{i}", _escaped(graph.operation(value)), width="0.5",
                         fillcolor=OPERATION, color=LINE)
            drawing.edge(f"o{i}", f"v{i}", **_arrow(f"r{i}", texts, marks.lit))
    for i, (operand, value) in enumerate(graph.edges):
        drawing.edge(f"v{number[id(operand)]}", f"o{number[id(value)]}",
                     **_arrow(f"e{i}", texts, marks.lit))
    return drawing


def _texts(graph, marks):
    """What stands in every box and on every arrow, by its id."""
    texts = {f"v{i}": _fields(graph, value, f"v{i}", marks)
             for i, value in enumerate(graph.values)}
    return texts | {name: [text] for name, text in marks.edges.items()}


def _fields(graph, value, name, marks):
    shown = graph.numbers(value)
    for what, texts in (("data", marks.data), ("grad", marks.grads)):
        if what in shown and name in texts:
            shown[what] = texts[name]
    label = [_label(value)] if _label(value) else []
    return label + [f"{what} {number}" for what, number in shown.items()]


def _box(graph, value, fields, role):
    """A value as a record: label and numbers one above the other, so that graphs stay narrow."""
    box = {"label": " | ".join(map(_escaped, fields)), "shape": "record"}
    box |= KINDS[graph.kind(value)] | ROLES.get(role, {})
    if hasattr(value, "grad"):
        colours = LOST if role == "lost" else GRADIENT
        box["class"] = f"{box.get('class', '')} last {colours}".strip()
    return box


def _arrow(name, texts, lit):
    arrow = {"id": name} | (LIT if name in lit else {"color": LINE})
    return arrow | ({"label": _escaped(texts[name][0])} if name in texts else {})


def describe(root, stop=(), fold=None):
    """Say in words what `draw_dot` draws: the text for readers who cannot see the drawing.

    root, stop, fold: as for `draw_dot`. Returns one line of text.
    Raises TypeError if root is not a value that remembers its operands.
    """
    return _description(Expression(root, stop, fold))


def _description(graph):
    values = graph.values
    operations = sum(1 for value in values if graph.operands(value))
    size = f"{_count(len(values), 'value')}, {_count(operations, 'operation')}"
    each = "; ".join(_in_words(graph, value) for value in values)
    return (f"Expression graph of {_in_words(graph, graph.root)}: {size}"
            f"{f': {each}' if len(values) <= MOST_IN_WORDS else ''}.")


def _in_words(graph, value):
    operands = graph.operands(value)
    names = [_label(operand) or _rounded(operand.data) for operand in operands]
    made = f" {graph.operation(value)} ".join(names)
    if len(names) != 2 and names:
        made = f"{graph.operation(value)}({', '.join(names)})"
    name = " = ".join(part for part in (_label(value), made) if part)
    numbers = [f"{what} {number}" for what, number in graph.numbers(value).items()]
    return ", ".join([name, *numbers] if name else numbers)


def _require_value(root):
    if not hasattr(root, "data") or not isinstance(getattr(root, "_prev", None), tuple):
        memory = " that keeps its operands in a tuple `_prev`" if hasattr(root, "data") else ""
        raise TypeError(
            f"an expression graph starts from a Value{memory}, and this is "
            f"{type(root).__name__}: {root!r}"
        )


def _require_in(root, wanted):
    known = {id(value) for value in trace(root)[0]}
    for value in wanted:
        if id(value) not in known:
            raise ValueError(
                f"{_name(value)} is not in the graph of {_name(root)}: `stop` and `fold` take "
                f"values from which it was computed"
            )


def _name(value):
    return _label(value) or repr(value)


def _label(value):
    label = printable(str(getattr(value, "label", "")))
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL - 1]}…"


def _rounded(x):
    if not isinstance(x, int | float):
        return str(x)
    return f"{x:.4f}" if x == 0 or 1e-4 <= abs(x) < 1e6 else f"{x:.4g}"


def _escaped(text):
    """The text so that Graphviz draws it as it is written.

    Graphviz reads names of characters such as `&lt;`, as HTML does; and in a box, \\ { } | mean
    something unless a backslash stands in front.
    """
    return re.sub(r"([\\{}|])", r"\\\1", html.escape(text, quote=False))


def _count(n, what):
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
