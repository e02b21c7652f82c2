"""The expression graph behind a value: a list of it (`trace`), and a drawing (`draw_dot`).

Both work with every `Value` of this course: all they need is `data` and `_prev`, a value's
operands in order. What a value has not got yet (a label, a gradient) is left out.
"""

import html
import re

MOST_VALUES = 300     # a drawing beyond this takes the browser minutes and nobody can read it
MOST_IN_WORDS = 30    # a description spells out every value of a graph up to this size
LAYOUT = {"rankdir": "LR", "ranksep": "0.3", "nodesep": "0.2", "bgcolor": "white"}
FONT = {"fontname": "Courier", "fontsize": "12"}  # monospace text fits its box in every viewer


def trace(root):
    """List what a value was made from.

    root: a value.
    Returns (values, edges): every value once, operands before results, the root last; and a
    pair (operand, result) for every use of an operand, so `a + a` gives two.
    Raises TypeError if root is not a value that remembers its operands.
    """
    _require_value(root)
    values, seen, stack = [], set(), [(root, False)]
    while stack:  # a stack instead of recursion: graphs may be deeper than Python allows calls
        value, operands_done = stack.pop()
        if operands_done:
            values.append(value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((operand, False) for operand in reversed(value._prev))
    return values, [(operand, value) for value in values for operand in value._prev]


def draw_dot(root, limit=MOST_VALUES):
    """Draw the expression graph of a value, from left to right.

    root: a value. limit: the most values to draw.
    Returns a `graphviz.Digraph` that shows itself in a notebook without the `dot` program: a box
    for every value, an ellipse for every operation. The same graph gives the same drawing.
    Raises TypeError if root is not a value that remembers its operands, ValueError if the graph
    has more than `limit` values.
    """
    from micrograd.dot import Drawing  # here, so that `trace` alone does not load graphviz

    values, edges = trace(root)
    if len(values) > limit:
        raise ValueError(
            f"the graph has {len(values)} values and draw_dot draws at most {limit}: "
            f"draw a smaller part of it, or pass limit={len(values)}"
        )
    drawing = Drawing(graph_attr=LAYOUT, node_attr=FONT, format="svg")
    drawing.description = describe(root)
    number = {value: i for i, value in enumerate(values)}
    for value, i in number.items():
        drawing.node(f"v{i}", _record(value), shape="record")
        if value._prev:
            drawing.node(f"o{i}", _escaped(_operation(value)), width="0.5")
            drawing.edge(f"o{i}", f"v{i}")
    for operand, value in edges:
        drawing.edge(f"v{number[operand]}", f"o{number[value]}")
    return drawing


def describe(root):
    """Say in words what `draw_dot` draws: the text for readers who cannot see the drawing.

    root: a value. Returns one line of text.
    Raises TypeError if root is not a value that remembers its operands.
    """
    values, _ = trace(root)
    operations = sum(1 for value in values if value._prev)
    size = f"{_count(len(values), 'value')}, {_count(operations, 'operation')}"
    each = "; ".join(_in_words(value) for value in values)
    return (f"Expression graph of {_in_words(root)}: {size}"
            f"{f': {each}' if len(values) <= MOST_IN_WORDS else ''}.")


def _require_value(root):
    if not hasattr(root, "data") or not isinstance(getattr(root, "_prev", None), tuple):
        memory = " that keeps its operands in a tuple `_prev`" if hasattr(root, "data") else ""
        raise TypeError(
            f"an expression graph starts from a Value{memory}, and this is "
            f"{type(root).__name__}: {root!r}"
        )


def _label(value):
    return str(getattr(value, "label", ""))


def _operation(value):
    return getattr(value, "_op", "")


def _numbers(value):
    """The value's data and gradient as text, without what it has not got."""
    names = [name for name in ("data", "grad") if hasattr(value, name)]
    return [f"{name} {_rounded(getattr(value, name))}" for name in names]


def _rounded(x):
    if not isinstance(x, int | float):
        return str(x)
    return f"{x:.4f}" if x == 0 or 1e-4 <= abs(x) < 1e6 else f"{x:.4g}"


def _record(value):
    """Label and numbers in one box, one above the other, so that wide graphs stay readable."""
    fields = [_label(value), *_numbers(value)] if _label(value) else _numbers(value)
    return " | ".join(_escaped(field) for field in fields)


def _escaped(text):
    """The text so that Graphviz draws it as it is written.

    Graphviz reads names of characters such as `&lt;`, as HTML does; and in a box, \\ { } | mean
    something unless a backslash stands in front.
    """
    return re.sub(r"([\\{}|])", r"\\\1", html.escape(text, quote=False))


def _in_words(value):
    names = [_label(operand) or _rounded(operand.data) for operand in value._prev]
    made = f" {_operation(value)} ".join(names)
    if len(names) != 2 and names:
        made = f"{_operation(value)}({', '.join(names)})"
    name = " = ".join(part for part in (_label(value), made) if part)
    return ", ".join([name, *_numbers(value)] if name else _numbers(value))


def _count(n, what):
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
