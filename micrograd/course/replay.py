"""A graph computed once more, from other leaves, by the class that made it."""

import operator

from micrograd.engine import dot
from micrograd.graph import trace
from micrograd.numeric import numerical_gradient

SYMBOLS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
           "**": operator.pow, "neg": operator.neg}
BEND = 1e-6  # within so little, a smooth curve is straight, and one with a bend is not


class CannotReplay(Exception):
    """A graph that cannot be computed again; the message says why."""


def replay(root, leaves):
    """Compute root again with other numbers in some of its leaves.

    root: a value. leaves: a dictionary from a leaf to the value that takes its place.
    Returns a dictionary from each value to the new one. Raises CannotReplay if the class has no
    operator or method for an operation, and what the class itself raises.
    """
    made = dict(leaves)
    for value in trace(root)[0]:
        if value not in made:
            operands = [made[operand] for operand in value._prev]
            made[value] = applied(value, operands) if operands else type(value)(value.data)
    return made


def applied(value, operands):
    """The operation of a value, applied to other operands."""
    op, first = getattr(value, "_op", ""), operands[0]
    if op in SYMBOLS:
        return SYMBOLS[op](*operands)
    if op.startswith("**"):
        return first ** float(op[2:])
    if op == "dot" and hasattr(value, "_local_derivatives"):
        half = len(operands) // 2
        return dot(operands[:half], operands[half:-1], operands[-1])
    if op.isidentifier() and callable(getattr(first, op, None)):
        return getattr(first, op)(*operands[1:])
    raise CannotReplay(f"the operation {op!r} has no method of that name to compute it again")


def nudged_gradient(root, leaf):
    """The derivative of root with respect to one leaf, by nudging it both ways.

    Raises CannotReplay, with the reason, where that is impossible.
    """
    def f(moved):
        return replay(root, {leaf: moved})[root]

    def number(h):
        return f(type(leaf)(leaf.data + h)).data

    h = BEND * max(1.0, abs(leaf.data))
    try:
        still, right, left = number(0.0), number(h), number(-h)
        nudged, = numerical_gradient(f, leaf)
    except CannotReplay:
        raise
    except Exception as error:
        raise CannotReplay(f"computing it again raised {type(error).__name__}: {error}") from error
    if not abs(still - root.data) <= 1e-9 * max(1.0, abs(root.data)):
        raise CannotReplay("numbers in the graph were changed after it was computed")
    if abs(right - 2 * still + left) > 0.01 * h * max(1.0, abs(nudged)):
        raise CannotReplay("the curve has a bend there, and no one slope")
    return nudged
