"""Deep graphs in the hands of Python: copied, pickled and freed without nesting.

Python copies and pickles a value by calling itself for each operand, and a chain of a few hundred
operations is too deep for that. Here a graph is a flat list, operands before results.
"""

import copyreg
import sys

from micrograd.engine import Value, new, topological_order


def flat(value):
    """How `copy` and `pickle` store a Value: a leaf as Python does, a result with its graph.

    The leaves stay the same objects for all that is copied or pickled together, such as a loss
    and its model; results that two such roots share become separate ones.
    """
    order = topological_order(value)
    if not order:
        return value.__reduce_ex__(2)
    place = {value: i for i, value in enumerate(order)}
    return unflat, ([(type(v), v.data, v.grad, v.label, v._op, v._local_derivatives,
                      [place.get(operand, operand) for operand in v._prev]) for v in order],)


def unflat(rows):
    """The last of the values that `flat` stored."""
    values = []
    for kind, data, grad, label, op, local_derivatives, operands in rows:
        out = new(kind)
        out.data, out.grad, out.label, out._op = data, grad, label, op
        out._local_derivatives = local_derivatives
        out._prev = tuple(v if isinstance(v, Value) else values[v] for v in operands)
        values.append(out)
    return values[-1]


copyreg.pickle(Value, flat)


def unlink(value):
    """Let go of a dropped value's operands one after the other, not one inside the other."""
    fresh = object()
    stack, alone = list(value._prev), sys.getrefcount(fresh)  # 1 or 2: it depends on the Python
    value._prev = ()
    while stack:
        operand = stack.pop()
        if sys.getrefcount(operand) == alone:  # nobody else has it
            stack.extend(operand._prev)
            operand._prev = ()


if sys.platform == "emscripten":  # in a browser, about 2,500 values inside one another overflow
    Value.__del__ = unlink        # the stack of WebAssembly; elsewhere Python sees to it itself
