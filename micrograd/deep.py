"""Deep graphs in the hands of Python: copied, pickled and freed without nesting.

Python copies and pickles a value by calling itself for each operand, and a chain of a few hundred
operations is too deep for that. Here a graph is a flat list, operands before results.
"""

import copyreg
import sys

from micrograd.engine import Value, new, topological_order


def flat(value):
    """How `copy` and `pickle` store a value: a leaf as Python does, a result with its graph.

    The leaves stay the same objects for all that is copied or pickled together, such as a loss
    and its model; results that two such roots share become separate ones.
    """
    order = topological_order(value)
    if not order:
        return value.__reduce_ex__(2)
    place = {value: i for i, value in enumerate(order)}
    names = [name for name in type(value).__slots__ if name != "_prev"]
    return unflat, (names, [(type(v), [place.get(operand, operand) for operand in v._prev],
                             [getattr(v, name) for name in names]) for v in order])


def unflat(names, rows):
    """The last of the values that `flat` stored."""
    values = []
    for kind, operands, contents in rows:
        out = new(kind)
        out._prev = tuple(values[v] if isinstance(v, int) else v for v in operands)
        for name, content in zip(names, contents, strict=True):
            setattr(out, name, content)
        values.append(out)
    return values[-1]


def unlink(value):
    """Let go of a dropped value's operands one after the other, not one inside the other."""
    fresh = object()
    stack = list(getattr(value, "_prev", ()))  # a value that was refused has none
    alone = sys.getrefcount(fresh)  # 1 or 2: it depends on the Python
    value._prev = ()
    while stack:
        operand = stack.pop()
        if sys.getrefcount(operand) == alone:  # nobody else has it
            stack.extend(operand._prev)
            operand._prev = ()


def unnested(kind):
    """The class, either Value or Array, with what this module can do for it."""
    copyreg.pickle(kind, flat)
    if sys.platform == "emscripten":  # in a browser, about 2,500 values inside one another
        kind.__del__ = unlink         # overflow the stack; elsewhere Python sees to it itself
    return kind


unnested(Value)
