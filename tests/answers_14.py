"""Answers to the exercises of notebook 14: right, wrong, and not begun."""

import numpy as np

from micrograd.array import Array, unbroadcast


def scaled(of_a, of_s, result=lambda a, s, g: a * s):
    return lambda a, s, g: (result(a, s, g), of_a(a, s, g), of_s(a, s, g))


def of_a(a, s, g):
    return g * s


def of_s(a, s, g):
    return (g * a).sum(axis=0)


def scale_by_engine(a, s, g):
    left, right = Array(a), Array(s)
    out = left * right
    (out * g).sum().backward()
    return [out.data, left.grad, right.grad]


def rules(rule_a, rule_b):
    return lambda a, b: (np.maximum(a, b), lambda g: rule_a(g, a, b), lambda g: rule_b(g, a, b))


def where(a, b):
    out = np.where(a > b, a, b)
    return [out, lambda g: np.where(a == out, g, 0), lambda g: np.where(b == out, g, 0)]


def with_if(a, b):
    if a > b:
        return a, lambda g: g, lambda g: 0 * g
    return b, lambda g: 0 * g, lambda g: g


def twisted_shape(a, b):
    return np.maximum(a, b), lambda g: g[:1], lambda g: g


SMALL = Array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
BIAS = Array([10.0, 20.0])

RIGHT = {
    "14.m": [(SMALL, Array([[10.0], [20.0], [30.0]])), (Array([[1.0, 2.0], [3.0, 4.0]]), BIAS),
             (SMALL, Array([[[0.5], [0.5], [0.5]]]))],
    "14.1": [(lambda g: g.sum(axis=1, keepdims=True),), (lambda g: g @ np.ones((g.shape[1], 1)),),
             (lambda g: unbroadcast(g, (len(g), 1)),), (lambda g: [[sum(row)] for row in g],)],
    "14.2": [(scaled(of_a, of_s),), (scale_by_engine,),
             (scaled(of_a, lambda a, s, g: np.einsum("ij,ij->j", a, g)),)],
    "14.3": [(rules(lambda g, a, b: g * (a > b), lambda g, a, b: g * (b > a)),), (where,)],
}
WRONG = {
    "14.m": [
        ((SMALL, Array([2.0, 2.0])), "Other numbers change nothing"),
        ((SMALL, Array([10.0])), "used in each of its places"),
        ((SMALL, Array([[10.0, 20.0], [10.0, 20.0], [10.0, 20.0]])), "nothing is broadcast"),
        ((Array([[1.0, 2.0]] * 4), BIAS), "is [4., 4.]. Count the places"),
        ((Array([[1.0, 2.0]] * 2), Array([1.0, 2.0])), "both arrays are changed"),
        ((SMALL, Array([1.0, 2.0, 3.0])), "do not fit"),
        ((SMALL, [10.0, 20.0]), "`bias` is [10.0, 20.0], expected an Array"),
    ],
    "14.1": [
        ((lambda g: g.sum(axis=1),), "keepdims=True"),
        ((lambda g: g.sum(axis=0),), "its uses lie side by side"),
        ((lambda g: g.sum(axis=0, keepdims=True),), "once in each column"),
        ((lambda g: g,), "the upstream gradient itself"),
        ((lambda g: g.mean(axis=1, keepdims=True),), "That is the average"),
        ((lambda g: g.sum(),), "adds up everything"),
        ((lambda g: g.sum(axis=1).reshape(3, 1),), "as many rows as `g`"),
        ((lambda g: 2 * g,), "in each place of row i"),
        ((lambda g: Array(g),), "expected a NumPy array"),
        ((lambda g: g.sum(axis=2),), "stopped with AxisError"),
    ],
    "14.2": [
        ((scaled(lambda a, s, g: g * a, of_s),), "gradient of a, with"),
        ((scaled(lambda a, s, g: g, of_s),), "derivative is missing: the other operand"),
        ((scaled(of_a, lambda a, s, g: g * a),), "The products are right"),
        ((scaled(of_a, lambda a, s, g: g.sum(0) * a.sum(0)),), "First multiply, then add up"),
        ((scaled(of_a, lambda a, s, g: (g * a).mean(0)),), "That is the average"),
        ((scaled(of_a, lambda a, s, g: (g * a).sum()),), "adds up everything"),
        ((scaled(of_a, lambda a, s, g: (g * a).sum(1)),), "along the rows"),
        ((scaled(of_a, lambda a, s, g: g.sum(0)),), "multiply by a first"),
        ((scaled(of_a, lambda a, s, g: a.sum(0)),), "The upstream gradient is missing"),
        ((scaled(of_a, lambda a, s, g: (g * s).sum(0)),), "Here that is a"),
        ((scaled(of_a, lambda a, s, g: [of_s(a, s, g)]),), "the shape is not"),
        ((scaled(of_a, of_s, lambda a, s, g: a @ s),), "It is a * s"),
        ((lambda a, s, g: a * s,), "expected three arrays"),
    ],
    "14.3": [
        ((rules(lambda g, a, b: 1 * (a > b), lambda g, a, b: 1 * (b > a)),), "Multiply it by"),
        ((rules(lambda g, a, b: g * (a < b), lambda g, a, b: g * (b < a)),), "the other operand"),
        ((rules(lambda g, a, b: g, lambda g, a, b: g),), "everywhere"),
        ((rules(lambda g, a, b: g * (a > b), lambda g, a, b: 0 * g),), "nothing anywhere"),
        ((rules(lambda g, a, b: g * a, lambda g, a, b: g * b),), "The operand itself"),
        ((rules(lambda g, a, b: g * b, lambda g, a, b: g * a),), "the rule of the product"),
        ((rules(lambda g, a, b: g * np.maximum(a, b), lambda g, a, b: g),), "The result is not"),
        ((rules(lambda g, a, b: g * (a > 0), lambda g, a, b: g * (b > 0)),), "as relu does"),
        ((rules(lambda g, a, b: 3 * g, lambda g, a, b: g),), "elsewhere 0"),
        ((lambda a, b: (np.minimum(a, b), lambda g: g, lambda g: g),), "That is the smaller one"),
        ((with_if,), "each place decides for itself"),
        ((lambda a, b: (np.max(a, b), lambda g: g * (a > b), lambda g: g * (b > a)),),
         "`np.maximum` compares two"),
        ((lambda a, b: (np.maximum(a, b), g * (a > b), g * (b > a)),),  # noqa: F821
         "'g' is not defined. The rules must be functions"),
        ((twisted_shape,), "backward() stopped"),
        ((lambda a, b: (np.maximum(a, b), a > b, b > a),), "must be functions"),
        ((lambda a, b: np.maximum(a, b),), "expected three things"),
    ],
}
OPEN = {
    "14.m": (SMALL, BIAS),
    "14.1": (lambda g: ...,),
    "14.2": (lambda a, s, g: ...,),
    "14.3": (lambda a, b: ...,),
}
