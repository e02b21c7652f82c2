"""Right, wrong and open answers to the exercises of notebook 03."""

from micrograd.graph import trace
from micrograd.steps.step_03 import Value


def leaves(root):
    values, _ = trace(root)
    return [value for value in values if not value._prev]


def leaves_by_walking(root):
    if root._prev == ():
        return [root]
    found = []
    for operand in root._prev:
        found += [leaf for leaf in leaves_by_walking(operand) if leaf not in found]
    return found


def leaves_repeated(root):
    return [leaf for operand in root._prev for leaf in leaves_repeated(operand)] or [root]


def counted(n):
    x = Value(1.0)
    for _ in range(n):
        x = x + x
    values, edges = trace(x)
    return len(values), len(edges)


def written(value):
    if not value._prev:
        return value.label
    left, right = value._prev
    return f"({written(left)} {value._op} {written(right)})"


def written_without_calling_itself(root):
    texts = {}
    for value in trace(root)[0]:
        texts[value] = value.label
        if value._op:
            texts[value] = "(" + value._op.join(texts[x] for x in value._prev) + ")"
    return texts[root]


def without_the_outermost(value):
    return written(value)[1:-1] if value._prev else value.label


def writer(leaf, result):
    """A function that writes an expression, made from what it does for a leaf and a result."""
    def write(value):
        return result(value, *map(write, value._prev)) if value._prev else leaf(value)
    return write


def label(value):
    return value.label


def stops_at_labels(value):
    if value.label:
        return value.label
    left, right = value._prev
    return f"({stops_at_labels(left)} {value._op} {stops_at_labels(right)})"


def one_level(value):
    if not value._prev:
        return value.label
    left, right = value._prev
    return f"({left.label} {value._op} {right.label})"


def never_ends(value):
    return f"({never_ends(value)} {value._op})"


def forgets_leaves(value):
    left, right = value._prev
    return f"({forgets_leaves(left)} {value._op} {forgets_leaves(right)})"


def not_called(value):
    return value._prev[0] + value._op + value._prev[1] if value._prev else value.label


RIGHT = {
    "3.m": [(lambda a, b, c, f: (a * b + a) * f,), (lambda a, b, c, f: (a * a + c) * f,),
            (lambda a, b, c, f: (a * b + c) * c,), (lambda w, x, y, z: (z * x + y) * z,)],
    "3.1": [(leaves,), (leaves_by_walking,), (lambda root: set(leaves(root)),)],
    "3.2": [(lambda n: (n + 1, 2 * n),), (lambda n: [1 + n, n + n],), (counted,)],
    "3.3": [(written,), (written_without_calling_itself,)],
}
WRONG = {
    "3.m": [
        ((lambda a, b, c, f: (a * b) * f,), "Its operations have changed"),
        ((lambda a, b, c, f: a * b + c * f,), "with 4 leaves. Its operations have changed"),
        ((lambda a, b, c, f: (a * a + a) * f,), "More than one letter"),
        ((lambda a, b, c, f: (a * b + c) * Value(1.0, label="g"),), "Take one of a, b, c and f"),
        ((lambda a, b, c, f: (a * b + c) * g,), "The letters to choose from"),  # noqa: F821
        ((lambda a, b, c, f: (a.data * b.data + c.data) * f.data,), "expected a value"),
    ],
    "3.1": [
        ((lambda root: trace(root)[0],), "all the values"),
        ((lambda root: [v for v in trace(root)[0] if v._prev],), "Those are the results"),
        ((lambda root: [value.label for value in leaves(root)],), "not their names"),
        ((lambda root: [v.data for v in trace(root)[0] if not v._prev],), "got numbers"),
        ((leaves_repeated,), "more than once"),
        ((lambda root: list(root._prev) or [root],), "root's own operands"),
        ((lambda root: [v for v in trace(root)[0] if v.label] if root._prev else [root],),
         "Look at the operands"),
        ((lambda root: [operand for operand, _ in dict(trace(root)[1]).items()],),
         "used by a result"),
        ((lambda root: [v for v in trace(root)[0] if v.label and not v._prev],),
         "A leaf may have no label"),
        ((lambda root: 3,), "expected a list"),
        ((lambda root: [v for v in trace(root) if not v._prev],), "gives back two lists"),
        ((lambda root: [v for v in trace(root)[0] if v._prev is None],), "neither None nor"),
        ((lambda root: leaves(root)[:1],), "`_prev` is empty"),
        ((lambda root: root.leaves,), "AttributeError"),
    ],
    "3.2": [
        ((lambda n: (2 ** (n + 1) - 1, 2 ** (n + 1) - 2),), "however often"),
        ((lambda n: (n + 1, n),), "uses x twice"),
        ((lambda n: (n, 2 * n),), "begins with is a value"),
        ((lambda n: (n, n),), "Two things are missing"),
        ((lambda n: (2 * n, n + 1),), "changed places"),
        ((lambda n: (2 * n + 1, 2 * n),), "not two"),
        ((lambda n: (4, 6),), "Draw it"),
    ],
    "3.3": [
        ((writer(label, lambda value, x, y: f"{x} {value._op} {y}"),), "parentheses around"),
        ((without_the_outermost,), "The outermost operation"),
        ((writer(lambda v: f"({v.label})" , lambda v, x, y: f"({x} {v._op} {y})"),),
         "A leaf needs no"),
        ((writer(label, lambda value, x, y: f"({y} {value._op} {x})"),), "order they were written"),
        ((writer(label, lambda value, x, y: f"({x} + {y})"),), "stands in `_op`"),
        ((writer(lambda v: str(v.data), lambda v, x, y: f"({x} {v._op} {y})"),), "numbers in it"),
        ((writer(repr, lambda value, x, y: f"({x} {value._op} {y})"),), "shows itself"),
        ((one_level,), "in place of taking its label"),
        ((stops_at_labels,), "label of a result"),
        ((lambda value: value.label,), "A leaf is written by its label"),
        ((never_ends,), "never ends"),
        ((forgets_leaves,), "see to that case first"),
        ((not_called,), "joined to text"),
        ((leaves,), "expected a text"),
    ],
}
OPEN = {"3.m": (lambda a, b, c, f: (a * b + c) * f,),
        "3.1": (lambda root: ...,), "3.2": (lambda n: ...,), "3.3": (lambda value: ...,)}
