"""Answers to the exercises of notebook 11: right, wrong, and not begun."""

import math

import numpy as np

from micrograd.engine import Value, operation


def root(local):
    """A square root with the local derivative local(input, output)."""
    def sqrt(x):
        result = math.sqrt(x.data)
        return operation(result, (x,), "sqrt", (local(x.data, result),))
    return sqrt


def leaky(below, above=1.0, local=1.0, corner=0.0):
    """A relu with a slope on either side of its corner, its local derivative times `local`."""
    def leaky_relu(x):
        slope = above if x.data > corner else below
        return operation(slope * x.data, (x,), "leaky", (local * slope,))
    return leaky_relu


def soft(local):
    def softplus(x):
        result = math.log(1 + math.exp(x.data))
        return operation(result, (x,), "softplus", (local(x.data, result),))
    return softplus


def stable_softplus(x):
    e = math.exp(-abs(x.data))
    out = max(x.data, 0) + math.log1p(e)
    return operation(out, (x,), "sp", (1 - math.exp(-out),))


def distance(left, right, power=2):
    def squared_distance(a, b):
        d = [p.data - q.data for p, q in zip(a, b, strict=True)]
        local = (*(left * x for x in d), *(right * x for x in d))
        return operation(sum(x**power for x in d), (*a, *b), "distance", local)
    return squared_distance


def interleaved(a, b):
    operands, local = [], []
    for p, q in zip(a, b, strict=True):
        operands += [q, p]
        local += [2 * (q.data - p.data), 2 * (p.data - q.data)]
    total = sum((p.data - q.data) ** 2 for p, q in zip(a, b, strict=True))
    return operation(total, tuple(operands), "d", tuple(local))


def by_numpy(a, b):
    d = np.array([p.data - q.data for p, q in zip(a, b, strict=True)])
    return operation(float(d @ d), (*a, *b), "distance", np.concatenate([2 * d, -2 * d]))


def written_out(a, b):
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True))


def lists_for_operands(a, b):
    d = [p.data - q.data for p, q in zip(a, b, strict=True)]
    local = ([2 * x for x in d], [-2 * x for x in d])
    return operation(sum(x * x for x in d), (a, b), "d", local)


def of_two_places(a, b):
    first, second = (a[i].data - b[i].data for i in (0, 1))
    local = (2 * first, 2 * second, -2 * first, -2 * second)
    return operation(first**2 + second**2, (*a, *b), "d", local)


def half_of_the_derivatives(a, b):
    d = [p.data - q.data for p, q in zip(a, b, strict=True)]
    return operation(sum(x * x for x in d), (*a, *b), "d", tuple(2 * x for x in d))


RIGHT = {
    "11.m": [(leaky(0.1),), (leaky(1 / 10, 1),)],
    "11.1": [(root(lambda x, out: 1 / (2 * out)),), (root(lambda x, out: 0.5 * x**-0.5),)],
    "11.2": [(soft(lambda x, out: 1 / (1 + math.exp(-x))),), (stable_softplus,),
             (soft(lambda x, out: math.exp(x) / (1 + math.exp(x))),)],
    "11.3": [(distance(2, -2),), (interleaved,), (by_numpy,)],
}
WRONG = {
    "11.m": [
        ((leaky(0.0, 0.1),), "on the other side"),
        ((leaky(-0.1),), "not -0.1"),
        ((leaky(1.0),), "all of it through"),
        ((leaky(0.0, corner=0.1),), "moves the corner"),
        ((leaky(0.01),), "so the result is a tenth of x"),
        ((leaky(0.1, 1.0, 2.0),), "Change `slope` itself"),
        ((lambda x: x * (1.0 if x.data > 0 else 0.1),), "must be one operation"),
        ((lambda x: x.data,), "expected a Value"),
    ],
    "11.1": [
        ((root(lambda x, out: 1 / (2 * x)),), "You divide by the input"),
        ((root(lambda x, out: 1 / out),), "comes down as a factor"),
        ((root(lambda x, out: out / 2),), "below the line"),
        ((root(lambda x, out: 2 * out),), "Turn it over"),
        ((root(lambda x, out: -0.5 / out),), "The sign"),
        ((root(lambda x, out: out),), "in place of the slope"),
        ((root(lambda x, out: 7.0),), "rule for powers"),
        ((lambda x: operation(math.sqrt(x.data), x, "sqrt", (1.0,)),), "a comma: (x,)"),
        ((lambda x: operation(math.sqrt(x.data), (x,), "sqrt", 1.0),), "a comma: (number,)"),
        ((lambda x: operation(math.sqrt(x.data), (x,), "sqrt", (1 / (2 * x),)),), "plain numbers"),
        ((lambda x: math.sqrt(x),), "The functions of `math` want a number"),
        ((lambda x: operation(x**0.5, (x,), "sqrt", (1.0,)),), "handed to `operation` is a Value"),
        ((lambda x: math.sqrt(x.data),), "expected a Value"),
        ((lambda x: Value(math.sqrt(x.data)),), "must be one operation"),
        ((3.0,), "expected a function"),
        ((lambda: 1,), "stopped with TypeError"),
    ],
    "11.2": [
        ((soft(lambda x, out: 1 / (1 + math.exp(x))),), "the logarithm alone"),
        ((soft(lambda x, out: math.exp(x)),), "the derivative of the inside"),
        ((soft(lambda x, out: 1 / (1 + math.exp(-out))),), "you put in the output"),
        ((soft(lambda x, out: out),), "in place of the slope"),
        ((soft(lambda x, out: -1 / (1 + math.exp(-x))),), "The sign"),
        ((soft(lambda x, out: 0.5),), "Use the chain rule"),
        ((lambda x: (1 + x.exp()).log(),), "call `operation` once"),
        ((lambda x: operation((1 + x.exp()).log(), (x,), "softplus", (1.0,)),),
         "handed to `operation` is a Value"),
        ((lambda x: operation(math.exp(x), (x,), "s", (1.0,)),), "The functions of `math`"),
        ((lambda x: operation(1 + math.exp(x.data), (x,), "s", (1.0,)),), "logarithm is missing"),
    ],
    "11.3": [
        ((distance(2, 2),), "the second list have the wrong sign"),
        ((distance(1, -1),), "comes down as a factor"),
        ((distance(-2, 2),), "All signs are turned round"),
        ((distance(2, 0),), "Nothing comes back to the second list"),
        ((distance(2, -2, 1),), "not squared"),
        ((distance(3, -5),), "at the place of its operand"),
        ((written_out,), "call `operation` once"),
        ((lambda a, b: operation(written_out(a, b), (*a, *b), "d", (2.0,) * 2 * len(a)),),
         "handed to `operation` is a Value"),
        ((lists_for_operands,), "one flat tuple: (*a, *b)"),
        ((of_two_places,), "of any length"),
        ((half_of_the_derivatives,), "4 operands and 2 local derivatives"),
    ],
}
OPEN = {
    "11.m": (leaky(0.0),),
    "11.1": (root(lambda x, out: ...),),
    "11.2": (lambda x: ...,),
    "11.3": (lambda a, b: ...,),
}
