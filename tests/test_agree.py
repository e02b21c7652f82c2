"""One meaning per operation: scalar engine, program on floats, program on columns and array engine
give the same value and the same gradients, at every corner; and all of them the right ones."""

import itertools
import math
import operator
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd import Value
from micrograd.array import Array
from micrograd.compile import compile
from micrograd.engine import dot, topological_order

CORNERS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1e-9, -1e-9, 40.0, -40.0, 800.0,
           -800.0, 1e-200, 1e200, -1e200, 1e308, -1e308, 1e-309, 5e-324, 1 + 2**-52]
REFUSED = (ArithmeticError, ValueError)


def weighted_sum(x, y, z):
    return dot([x, y], [y, z], x) if isinstance(x, Value) else x + x * y + y * z


def sigmoid(x, *_):
    return x.sigmoid() if isinstance(x, Value) else (1 + (x / 2).tanh()) / 2


BUILD = {
    "+": lambda x, y, z: x + y,
    "-": lambda x, y, z: x - y,
    "*": lambda x, y, z: x * y,
    "/": lambda x, y, z: x / y,
    "**": lambda x, y, z: x**y,
    "x + x": lambda x, y, z: x + x,
    "x * x": lambda x, y, z: x * x,
    "x / x": lambda x, y, z: x / x,
    "x ** x": lambda x, y, z: x**x,
    "neg": lambda x, y, z: -x,
    "exp": lambda x, y, z: x.exp(),
    "log": lambda x, y, z: x.log(),
    "tanh": lambda x, y, z: x.tanh(),
    "sigmoid": sigmoid,
    "relu": lambda x, y, z: x.relu(),
    "dot": weighted_sum,
    **{f"x ** {n}": lambda x, y, z, n=n: x**n for n in (-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3)},
    **{f"{c} ** x": lambda x, y, z, c=c: c**x for c in (-2, 0, 0.5, 1, 3)},
    **{f"{c} with x": lambda x, y, z, c=c: (c - x) * c + x / c + c
       for c in (1e308, -1e-300, -3, 0.1)},
    "0 - x": lambda x, y, z: 0 - x,
    "x * -0.0": lambda x, y, z: x * -0.0,
}


def build(draft, leaves):
    """Each step is an operation on any earlier results; the last one is the root."""
    pool = list(leaves)
    for op, *places in draft:
        pool.append(BUILD[op](*(pool[-1 - place % len(pool)] for place in places)))
    return sum(pool[len(leaves):], pool[0] * 0.5 + pool[1] * pool[2]) * 0.7


def by_engine(draft, numbers):
    """The value and the gradients, exact to the sign of a zero; None where the engine refuses."""
    leaves = [Value(x) for x in numbers]
    try:
        root = build(draft, leaves)
    except REFUSED:
        return None
    root.backward()
    return [root.data, *(leaf.grad for leaf in leaves)], root, leaves


def by_arrays(draft, samples):
    leaves = [Array(column) for column in np.array(samples).T]
    root = build(draft, leaves)
    root.sum().backward()
    return np.array([root.data, *(leaf.grad + np.zeros(len(samples)) for leaf in leaves)]).T


def agree(draft, samples):
    """Hold all engines to each other; returns how many of the samples the engine computes."""
    results = [by_engine(draft, sample) for sample in samples]
    known = [i for i, result in enumerate(results) if result]
    if not known:
        return 0
    _, root, leaves = results[known[0]]
    program = compile(root, leaves)
    for i in known:
        value, gradients = program(*samples[i])
        assert exact([value, *gradients]) == exact(results[i][0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of NumPy, in the rows that the engine refuses
        value, gradients = program(*np.array(samples).T)
        rows = np.array([value, *gradients]).T
        arrays = by_arrays(draft, samples)
    for i in known:
        close(rows[i], results[i][0], largest_share(results[i][1]))
        close(arrays[i], results[i][0], largest_share(results[i][1]))
    return len(known)


def exact(numbers):
    return list(map(repr, map(float, numbers)))


def largest_share(root):
    """The largest number that is added up in the graph: where it cancels, its error remains."""
    order = topological_order(root)
    shares = [local * v.grad for v in order for local in v._local_derivatives]
    return max(abs(x) for x in [*shares, *(v.data for v in order)] if not math.isnan(x))


def close(got, expected, scale):
    """NumPy rounds its functions in another way than `math`."""
    for x, y in zip(got, expected, strict=True):
        assert x == y or abs(x - y) <= 1e-12 * scale or not math.isfinite(y)


TRIPLES = st.tuples(*[st.sampled_from(CORNERS) | st.floats(-5, 5)] * 3)
DRAFTS = st.lists(st.tuples(st.sampled_from(list(BUILD)), *[st.integers(0, 30)] * 3),
                  min_size=1, max_size=5)


@pytest.mark.parametrize("op", BUILD)
def test_all_engines_agree_on_each_operation_at_every_corner(op):
    draft = [(op, 2, 1, 0)]
    samples = [(x, y, z) for x in CORNERS for y in CORNERS for z in (0.0, 2.0)]
    assert agree(draft, samples) > 40


@settings(deadline=None)
@given(DRAFTS, st.lists(TRIPLES, min_size=1, max_size=4))
def test_all_engines_agree_on_any_graph_at_any_corner(draft, samples):
    agree(draft, samples)


# The constants and numbers of all kinds

NUMBERS = [2, 2**70, Fraction(1, 3), np.float32(0.1), np.float64(0.1), np.longdouble(0.1),
           np.int64(-3), np.uint8(200)]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda x: type(x).__name__)
def test_all_engines_take_the_same_numbers(number):
    x = Value(1.0)
    program = compile(x * 1, [x])
    assert Value(number).data == Array(number).data == program(number)[0]
    assert program([number, number])[0].tolist() == Array([number, number]).data.tolist()


@pytest.mark.parametrize("wrong", ["2", None, 1j, True, object(), 10**400, math.nan, math.inf],
                         ids=lambda x: type(x).__name__)
def test_a_program_on_floats_refuses_what_a_value_refuses(wrong):
    x = Value(1.0)
    program = compile(x * 1, [x])
    for take in (Value, program):
        with pytest.raises((TypeError, ValueError)):
            take(wrong)


# What compile hands out

def test_inputs_may_come_from_any_iterable():
    a, b = Value(2.0, "a"), Value(5.0, "b")
    for inputs in ([a, b], (a, b), {a: 1, b: 2}, (v for v in [a, b])):
        assert compile(a - b, inputs)(2.0, 5.0) == (-3.0, [1.0, -1.0])


def test_no_two_results_share_an_array_and_none_is_an_argument():
    a, b, c = map(Value, (1.0, 2.0, 3.0))
    columns = [np.array([1.0, 2.0]) for _ in range(3)]
    for root, leaves in (((a + b) * c, [a, b, c]), (a + b, [a, b]), (a, [a])):
        value, gradients = compile(root, leaves)(*columns[:len(leaves)])
        assert len(gradients) == len(leaves)
        arrays = [value, *gradients, *columns]
        for i, one in enumerate(arrays):
            assert not any(np.shares_memory(one, other) for other in arrays[:i])


# Slopes against the truth, in a thousand digits. A slope is right, or the operation is refused
# because the result or a slope is infinite, beyond the largest float, or not there at all.

LARGEST = mpmath.mpf(1.7976931348623157e308)
TRUE = {  # the result, and the slope in each operand
    "/": (lambda a, b: a / b, lambda a, b: 1 / b, lambda a, b: -a / b**2),
    "**": (lambda x, n: x**n,
           lambda x, n: n * x ** (n - 1) if n else mpmath.mpf(0),
           lambda x, n: x**n * mpmath.log(x) if x > 0 else mpmath.mpf(0)),
    "exp": (mpmath.exp, mpmath.exp),
    "log": (lambda x: mpmath.log(x) if x > 0 else mpmath.nan, lambda x: 1 / x),
    "tanh": (mpmath.tanh, lambda x: mpmath.sech(x) ** 2),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)),
                lambda x: 1 / (2 + mpmath.exp(x) + mpmath.exp(-x))),
}
OURS = {"/": operator.truediv, "**": operator.pow, "exp": Value.exp, "log": Value.log,
        "tanh": Value.tanh, "sigmoid": Value.sigmoid}
places = st.sampled_from(CORNERS) | st.floats(-50, 50) | st.floats(1e-320, 1e308)


def truth(op, numbers):
    """Result and slopes as they are; None where one of them is no number that a float can hold."""
    with mpmath.workdps(1000):
        try:
            exact = [f(*map(mpmath.mpf, numbers)) for f in TRUE[op]]
        except ZeroDivisionError:
            return None
        real = all(isinstance(x, mpmath.mpf) and abs(x) <= LARGEST for x in exact)
        return exact if real else None


def check_slopes(op, numbers):
    if op == "**" and numbers[0] < 0 and abs(numbers[1]) > 2**53:
        return  # the exponent is even, and so is the float next to it: n - 1 has no parity
    expected = truth(op, numbers)
    leaves = [Value(x) for x in numbers]
    try:
        out = OURS[op](*leaves)
    except REFUSED:
        tiny = 0 < numbers[0] < 2.3e-308  # x**(n - 1) may overflow there, and n x**(n - 1) not
        assert expected is None or tiny or max(abs(x) for x in expected) > 1e300
        return
    assert expected is not None
    out.backward()
    for got, exact in zip([out.data, *(leaf.grad for leaf in leaves)], expected, strict=True):
        room = 3e-16 if op == "tanh" else 1e-305  # 1 - t**2 is exact as a part of 1
        assert abs(got - exact) <= room + abs(exact) * mpmath.mpf(1e-13)


@pytest.mark.thorough
@settings(deadline=None)
@given(st.sampled_from(["/", "**"]), places, places)
def test_slopes_in_two_operands_are_right_or_refused(op, a, b):
    check_slopes(op, (a, b))


@pytest.mark.thorough
@settings(deadline=None)
@given(st.sampled_from(["exp", "log", "tanh", "sigmoid"]), places)
def test_slopes_in_one_operand_are_right_or_refused(op, x):
    check_slopes(op, (x,))


@pytest.mark.thorough
@pytest.mark.parametrize("op", TRUE)
def test_slopes_at_all_corners_are_right_or_refused(op):
    for numbers in itertools.product(CORNERS, repeat=len(TRUE[op]) - 1):
        check_slopes(op, numbers)


@pytest.mark.parametrize("f", [
    lambda b: b / b, lambda b: b.log(), lambda b: (0 * b) ** 0.5,
    lambda b: ((0 * b) * (0 * b) + (0 * b) * (0 * b)) ** 0.5], ids=["b/b", "log", "root", "length"])
def test_what_has_no_slope_in_floats_is_refused_at_once_and_not_when_nan_has_spread(f):
    with pytest.raises(ArithmeticError):
        f(Value(1e-309))


@pytest.mark.parametrize("x", [36.0, 40.0, 700.0, -36.0, -40.0, -700.0])
def test_the_tails_of_the_sigmoid_keep_all_their_digits(x):
    a = Value(x)
    a.sigmoid().backward()
    assert a.grad == pytest.approx(math.exp(-abs(x)), rel=1e-15)
