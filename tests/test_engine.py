"""The finished engine: right on every operation, at any depth, and clear when it refuses."""

import gc
import math
import operator
import random
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from micrograd import Value
from micrograd.engine import dot, topological_order
from micrograd.graph import trace
from micrograd.numeric import gradcheck
from micrograd.steps.step_10 import Value as Step10

BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
          "**": operator.pow}
UNARY = {"neg": operator.neg, "exp": Value.exp, "log": Value.log, "tanh": Value.tanh,
         "sigmoid": Value.sigmoid, "relu": Value.relu}
PLAIN = {"neg": operator.neg, "exp": math.exp, "log": math.log, "tanh": math.tanh,
         "sigmoid": lambda x: 1 / (1 + math.exp(-x)), "relu": lambda x: max(x, 0.0)}
positive = st.floats(0.2, 4.0)


# Operations


@pytest.mark.parametrize("op", BINARY)
@given(a=positive, b=positive)
def test_an_operator_agrees_with_numbers_and_central_differences(op, a, b):
    apply = BINARY[op]
    assert apply(Value(a), Value(b)).data == apply(a, b)
    gradcheck(apply, Value(a), Value(b), tolerance=1e-5)
    gradcheck(lambda x: apply(x, b), Value(a), tolerance=1e-5)
    gradcheck(lambda x: apply(a, x), Value(b), tolerance=1e-5)


@pytest.mark.parametrize("op", UNARY)
@given(x=positive)
def test_a_function_agrees_with_numbers_and_central_differences(op, x):
    signs = (1,) if op == "log" else (1, -1)
    for sign in signs:
        assert UNARY[op](Value(sign * x)).data == pytest.approx(PLAIN[op](sign * x), rel=1e-12)
        gradcheck(UNARY[op], Value(sign * x), tolerance=1e-5)


@pytest.mark.parametrize("op", BINARY)
def test_an_operator_remembers_its_operands_in_order(op):
    a, b = Value(2.0), Value(3.0)
    out = BINARY[op](a, b)
    assert (out._op, out._prev) == (op, (a, b))
    left, right = BINARY[op](a, 5), BINARY[op](5, a)
    assert left._prev[0] is a and left._prev[1].data == 5.0
    assert right._prev[1] is a and right._prev[0].data == 5.0
    assert BINARY[op](a, a)._prev == (a, a)


@pytest.mark.parametrize("op", UNARY)
def test_a_function_remembers_its_operand(op):
    a = Value(2.0)
    assert (UNARY[op](a)._op, UNARY[op](a)._prev) == (op, (a,))


@pytest.mark.parametrize("number", [2, 2.0, np.float64(2.0), np.int64(2), np.float32(2.0)])
def test_any_real_number_may_stand_on_either_side(number):
    a = Value(8.0)
    for apply in BINARY.values():
        for out in (apply(a, number), apply(number, a)):
            assert isinstance(out, Value) and type(out.data) is float
    assert (number - a).data == -6.0 and (number / a).data == 0.25 and (number**a).data == 256.0


def test_sum_adds_values():
    a, b = Value(2.0), Value(5.0)
    assert sum([a, b, a]).data == 9.0
    gradcheck(lambda a, b: sum([a, b, a]), a, b)


@pytest.mark.parametrize("x", [-1000.0, -40.0, 0.0, 40.0, 1000.0])
def test_tanh_and_sigmoid_never_overflow(x):
    assert Value(x).tanh().data == math.tanh(x)
    s = Value(x).sigmoid()
    s.backward()
    assert 0.0 <= s.data <= 1.0 and s.data == pytest.approx(0.5 + math.tanh(x / 2) / 2, abs=1e-15)


def test_relu_is_flat_at_zero_and_below():
    for x in (0.0, -0.0, -2.0):
        a = Value(x)
        out = a.relu()
        out.backward()
        assert (out.data, a.grad) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("base", "exponent", "power", "slope", "exponent_slope"),
    [(0.0, 0.0, 1.0, 0.0, 0.0), (0.0, 1.0, 0.0, 1.0, 0.0), (0.0, 2.0, 0.0, 0.0, 0.0),
     (0.0, 0.5, 0.0, math.inf, 0.0), (-2.0, 3.0, -8.0, 12.0, 0.0), (-2.0, -1.0, -0.5, -0.25, 0.0),
     (2.0, 3.0, 8.0, 12.0, 8.0 * math.log(2.0)), (1.0, 5.0, 1.0, 5.0, 0.0)],
)
def test_powers_at_the_edges(base, exponent, power, slope, exponent_slope):
    a, n = Value(base), Value(exponent)
    out = a**n
    out.backward()
    assert (out.data, a.grad, n.grad) == (power, slope, exponent_slope)


def written_out(weights, inputs, bias):
    return sum((w * x for w, x in zip(weights, inputs, strict=True)), bias)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), max_size=5), st.floats(-3, 3))
def test_dot_is_the_sum_written_out(pairs, bias):
    n = len(pairs)

    def by(weighted_sum):
        return lambda *v: weighted_sum(v[:n], v[n:-1], v[-1])

    leaves = [Value(w) for w, _ in pairs] + [Value(x) for _, x in pairs] + [Value(bias)]
    assert by(dot)(*leaves).data == by(written_out)(*leaves).data
    assert gradcheck(by(dot), *leaves) == gradcheck(by(written_out), *leaves)


def test_dot_takes_numbers_anywhere_and_a_value_more_than_once():
    gradcheck(lambda a: dot([a, 2.0, 3], [a, a, 4.0], a), Value(1.5))
    gradcheck(lambda a: dot([1.0], [a], 5), Value(1.5))
    a, b, c = Value(1.0), Value(2.0), Value(3.0)
    out = dot([a], [b], c)
    assert (out._op, out._prev, out.data) == ("dot", (a, b, c), 5.0)


# Random expressions: combine any two values made so far, so that inner values are shared.

recipes = st.lists(
    st.tuples(st.sampled_from(["+", "-", "*", "/", "**", "neg", "exp", "log", "tanh", "sigmoid",
                               "relu", "dot", "2**", "3-", "1/"]),
              st.integers(0, 99), st.integers(0, 99)),
    min_size=1, max_size=10,
)


def build(recipe, *leaves):
    values = list(leaves)
    for op, i, j in recipe:
        a, b = values[i % len(values)], values[j % len(values)]
        values.append({
            "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
            "/": lambda a, b: a / (b * b + 1), "**": lambda a, b: (a * a + 1) ** b.tanh(),
            "neg": lambda a, b: -a, "exp": lambda a, b: a.tanh().exp(),
            "log": lambda a, b: (a * a + 1).log(), "tanh": lambda a, b: a.tanh(),
            "sigmoid": lambda a, b: a.sigmoid(), "relu": lambda a, b: (a + 7.3).relu(),
            "dot": lambda a, b: dot([a, b], [b, 0.5], a), "2**": lambda a, b: 2 ** a.tanh(),
            "3-": lambda a, b: 3 - a, "1/": lambda a, b: 1 / (a * a + 1),
        }[op](a, b))
    return sum(values[len(leaves):]).tanh()


@given(recipes, st.lists(st.floats(-2, 2), min_size=2, max_size=3))
def test_random_expressions_agree_with_central_differences(recipe, numbers):
    out = build(recipe, *map(Value, numbers))
    # A central difference sees nothing of a kink, and loses its digits on a steep slope.
    assume(all(abs(v._prev[0].data) > 1e-3 for v in trace(out)[0] if v._op == "relu"))
    assume(all(abs(v.data) < 1e3 for v in trace(out)[0]))
    gradcheck(lambda *leaves: build(recipe, *leaves), *map(Value, numbers), tolerance=1e-4)


@given(recipes, st.lists(st.floats(-2, 2), min_size=2, max_size=3))
def test_random_expressions_agree_with_step_10(recipe, numbers):
    known = [step for step in recipe if step[0] in ("+", "-", "*", "/", "neg", "exp", "tanh",
                                                    "3-", "1/")]
    assume(known)
    ours, theirs = list(map(Value, numbers)), list(map(Step10, numbers))
    build(known, *ours).backward()
    build(known, *theirs).backward()
    assert [v.grad for v in ours] == pytest.approx([v.grad for v in theirs], rel=1e-9, abs=1e-12)


# The backward pass


def test_leaves_accumulate_once_per_call_and_inner_values_start_afresh():
    a = Value(3.0)
    b = a * 1.0
    c = b * 1.0
    for call in (1.0, 2.0, 3.0):
        c.backward()
        assert (a.grad, b.grad, c.grad) == (call, 1.0, 1.0)


def test_a_leaf_may_be_the_root():
    a = Value(3.0)
    a.backward()
    a.backward()
    assert a.grad == 2.0


def test_two_roots_over_the_same_inner_value_do_not_disturb_each_other():
    a = Value(3.0)
    shared = a * a
    (shared * 2).backward()
    (shared * 10).backward()
    assert a.grad == 6.0 * (2 + 10) and shared.grad == 10.0


def test_zero_grad_reaches_everything_the_value_was_computed_from():
    a, b = Value(3.0), Value(4.0)
    inner = a * b
    root = inner.tanh() + inner
    root.backward()
    root.zero_grad()
    assert [value.grad for value in trace(root)[0]] == [0.0] * 5
    a.grad = 5.0
    a.zero_grad()
    assert a.grad == 0.0


def test_backward_leaves_the_data_alone():
    values, _ = trace(build([("dot", 0, 1), ("**", 2, 0), ("relu", 3, 3)], Value(0.5), Value(1.5)))
    before = [value.data for value in values]
    values[-1].backward()
    assert [value.data for value in values] == before


def test_a_chain_of_a_million_operations_works():
    x = root = Value(1.0)
    for _ in range(1_000_000):
        root = root + x
    root.backward()
    assert (root.data, x.grad) == (1_000_001.0, 1_000_001.0)


def test_a_dropped_graph_leaves_nothing_for_the_garbage_collector():
    def train():
        build([("dot", 0, 1), ("**", 2, 0), ("log", 3, 3), ("/", 4, 2)],
              Value(0.5), Value(1.5)).backward()

    train()
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            train()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_value_costs_the_collector_two_objects():
    gc.collect()
    gc.disable()
    try:
        x, before = Value(0.5), len(gc.get_objects())
        root = x
        for _ in range(1_000):
            root = root.tanh()
        gc_objects = len(gc.get_objects()) - before
    finally:
        gc.enable()
    assert gc_objects <= 3.05 * 1_000  # value, operands, and its derivatives until the first look


# What is refused, and how


def test_a_value_has_data_gradient_and_label():
    a = Value(2, label="a")
    assert (a.data, a.grad, a.label, a._prev, a._op) == (2.0, 0.0, "a", (), "")
    assert repr(a) == "Value(data=2.0, grad=0.0, label='a')"
    assert repr(Value(2.0) * 3) == "Value(data=6.0, grad=0.0)"
    with pytest.raises(AttributeError):
        a.grand = 1.0  # a slip of the pen in an attribute's name is noticed


big, zero = Value(1e300, label="big"), Value(0.0, label="zero")
below, half = Value(-2.0, label="below"), Value(0.5, label="half")
ERRORS = [
    (lambda: Value("3"), TypeError, "a Value holds a real number, got str '3'"),
    (lambda: Value(None), TypeError, "got NoneType None"),
    (lambda: Value(True), TypeError, "got bool True"),
    (lambda: Value(1 + 2j), TypeError, "got complex"),
    (lambda: Value([1.0]), TypeError, "got list [1.0]: pass an int or a float"),
    (lambda: Value(Value(1.0)), TypeError, "got Value Value(data=1.0"),
    (lambda: Value(np.ones(2)), TypeError, "got ndarray"),
    (lambda: Value(math.nan), ValueError, "finite number, got one that is nan"),
    (lambda: Value(-math.inf), ValueError, "finite number, got one that is -inf"),
    (lambda: Value(10**400), ValueError, "finite number, got one that is inf"),
    (lambda: Value(1.0, label=3), TypeError, "a label is a str, got 3"),
    (lambda: big / zero, ZeroDivisionError, "/ of big=1e+300, zero=0.0: expected a divisor"),
    (lambda: 1 / zero, ZeroDivisionError, "/ of 1.0, zero=0.0"),
    (lambda: zero**-1, ZeroDivisionError, "** of zero=0.0, -1.0: expected no negative exponent"),
    (lambda: below**half, ValueError, "** of below=-2.0, half=0.5: expected a whole exponent"),
    (lambda: big**2, OverflowError, "** of big=1e+300, 2.0: expected"),
    (lambda: big * big, OverflowError, "* of big=1e+300, big=1e+300: expected a finite result"),
    (lambda: big * 1e8 + big * 1e8, OverflowError, "+ of 1e+308, 1e+308: expected a finite"),
    (lambda: big / 1e-300, OverflowError, "/ of big=1e+300, 1e-300: expected a finite result"),
    (lambda: big.exp(), OverflowError, "exp of big=1e+300: expected an operand below 709.78"),
    (lambda: zero.log(), ValueError, "log of zero=0.0: expected an operand above 0"),
    (lambda: below.log(), ValueError, "log of below=-2.0: expected an operand above 0"),
    (lambda: dot([big], [big], 0.0), OverflowError, "dot of big=1e+300, big=1e+300, 0.0"),
    (lambda: dot([big] * 9, [big] * 9, 1.0), OverflowError, "and 13 more: expected a finite"),
    (lambda: dot([1.0], [1.0, 2.0], 0.0), ValueError, "dot of 1 weights and 2 inputs"),
    (lambda: dot(["w"], [1.0], 0.0), TypeError, "a Value holds a real number, got str 'w'"),
]


@pytest.mark.parametrize(("attempt", "error", "says"), ERRORS)
def test_what_is_refused_is_named(attempt, error, says):
    with pytest.raises(error, match=re.escape(says)):
        attempt()


@pytest.mark.parametrize("other", [None, 1j, True, {}])
@pytest.mark.parametrize("op", BINARY)
def test_an_operand_that_is_no_number_gets_pythons_own_error(op, other):
    for left, right in ((Value(1.0), other), (other, Value(1.0))):
        with pytest.raises(TypeError, match=re.escape(f"unsupported operand type(s) for {op}")):
            BINARY[op](left, right)


@pytest.mark.parametrize("op", BINARY)
def test_text_and_lists_are_no_operands_either(op):
    for other in ("1", [1.0]):
        with pytest.raises(TypeError, match="Value"):
            BINARY[op](Value(1.0), other)


def test_an_array_beside_a_value_gets_pythons_own_error():
    with pytest.raises(TypeError, match="unsupported operand"):
        np.ones(3) * Value(1.0)


def test_operators_may_be_used_in_place():
    def in_place(a, b):
        total = a * b
        total += 3
        total -= b
        total *= a
        total /= b + 4
        total **= 2
        return total

    gradcheck(in_place, Value(1.5), Value(-0.5))
    assert in_place(Value(1.5), Value(-0.5)).data == ((1.5 * -0.5 + 3 + 0.5) * 1.5 / 3.5) ** 2


def test_each_value_is_put_in_order_once_however_many_paths_lead_to_it():
    rng = random.Random(0)
    values = [Value(rng.uniform(-1, 1)) for _ in range(3)]
    for _ in range(500):  # some 2**500 paths
        values.append((rng.choice(values[-5:]) + rng.choice(values[-5:])).tanh())
    order = topological_order(values[-1])
    place = {value: i for i, value in enumerate(order)}
    assert len(order) == len(place) <= 1_000
    assert all(place[o] < place[v] for v in order for o in v._prev if o._prev)
