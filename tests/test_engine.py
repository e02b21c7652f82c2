"""The finished engine: right gradients for every operation, and errors that say what to do."""

import copy
import gc
import math
import operator
import pickle
import subprocess
import sys
from fractions import Fraction
from importlib.util import find_spec

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import micrograd
from micrograd import Value
from micrograd.deep import unlink
from micrograd.engine import dot, operation, topological_order
from micrograd.numeric import gradcheck
from micrograd.steps.step_10 import Value as Step10

moderate = st.floats(-3, 3)


def of_numbers_too(name, of_number):
    """The engine's function, for plain numbers as well."""
    def function(x):
        return getattr(x, name)() if isinstance(x, Value) else of_number(x)
    return function


exp = of_numbers_too("exp", math.exp)
log = of_numbers_too("log", math.log)
tanh = of_numbers_too("tanh", math.tanh)
sigmoid = of_numbers_too("sigmoid", lambda x: 1 / (1 + math.exp(-x)))
relu = of_numbers_too("relu", lambda x: max(x, 0.0))


# Every operation, and every way to write it

OPERATIONS = {
    "a + b": (lambda a, b: a + b, (2.0, -3.0)),
    "a + 5": (lambda a: a + 5, (2.0,)),
    "5 + a": (lambda a: 5 + a, (2.0,)),
    "a + a": (lambda a: a + a, (2.0,)),
    "a - b": (lambda a, b: a - b, (2.0, -3.0)),
    "a - 5": (lambda a: a - 5, (2.0,)),
    "5 - a": (lambda a: 5 - a, (2.0,)),
    "a * b": (lambda a, b: a * b, (2.0, -3.0)),
    "a * 5": (lambda a: a * 5, (2.0,)),
    "5 * a": (lambda a: 5 * a, (2.0,)),
    "a * a": (lambda a: a * a, (2.0,)),
    "a / b": (lambda a, b: a / b, (2.0, -3.0)),
    "a / 5": (lambda a: a / 5, (2.0,)),
    "5 / a": (lambda a: 5 / a, (-2.0,)),
    "a ** b": (lambda a, b: a**b, (2.0, -1.5)),
    "a ** b, a < 1": (lambda a, b: a**b, (0.5, -1.5)),
    "a ** 3": (lambda a: a**3, (2.0,)),
    "a ** 2, a < 0": (lambda a: a**2, (-2.0,)),
    "a ** 3, a < 0": (lambda a: a**3, (-2.0,)),
    "a ** -1, a < 0": (lambda a: a**-1, (-2.0,)),
    "a ** 0.5": (lambda a: a**0.5, (2.0,)),
    "a ** 1, a = 0": (lambda a: a**1, (0.0,)),
    "a ** 2, a = 0": (lambda a: a**2, (0.0,)),
    "a ** 0, a = 0": (lambda a: a**0, (0.0,)),
    "a ** 0": (lambda a: a**0, (2.0,)),
    "5 ** a": (lambda a: 5**a, (2.0,)),
    "-a": (lambda a: -a, (2.0,)),
    "exp": (exp, (1.5,)),
    "log": (log, (1.5,)),
    "tanh": (tanh, (0.7,)),
    "sigmoid": (sigmoid, (0.7,)),
    "sigmoid, a < 0": (sigmoid, (-0.7,)),
    "relu, a > 0": (relu, (0.7,)),
    "relu, a < 0": (relu, (-0.7,)),
    "sum": (lambda a, b: sum([a, b, a]), (2.0, -3.0)),
}


@pytest.mark.parametrize(("f", "args"), OPERATIONS.values(), ids=OPERATIONS)
def test_each_operation_gives_the_result_of_plain_numbers(f, args):
    assert f(*map(Value, args)).data == pytest.approx(f(*args), rel=1e-15)


@pytest.mark.parametrize(("f", "args"), OPERATIONS.values(), ids=OPERATIONS)
def test_each_operation_has_the_gradient_that_nudging_shows(f, args):
    gradcheck(f, *map(Value, args), tolerance=1e-9)


@pytest.mark.parametrize(("f", "args"), OPERATIONS.values(), ids=OPERATIONS)
def test_each_result_keeps_a_float_for_each_operand_as_its_local_derivative(f, args):
    for value in topological_order(f(*map(Value, args))):
        assert [type(local) for local in value._local_derivatives] == [float] * len(value._prev)


@pytest.mark.parametrize(("op", "f"), [
    ("+", operator.add), ("-", operator.sub), ("*", operator.mul), ("/", operator.truediv),
    ("**", operator.pow)])
@pytest.mark.parametrize(("left", "right"), [
    (Value(2.0), Value(5.0)), (Value(2.0), 5), (2, Value(5.0))], ids=["a b", "a 5", "2 b"])
def test_an_operator_keeps_its_operands_as_written(op, f, left, right):
    out = f(left, right)
    assert (out._op, out.data) == (op, f(2.0, 5.0))
    assert [operand.data for operand in out._prev] == [2.0, 5.0]
    assert all(kept is given for kept, given in zip(out._prev, (left, right), strict=True)
               if isinstance(given, Value))


def test_a_number_beside_an_operator_becomes_a_leaf():
    number = (2 * Value(3.0))._prev[0]
    assert (number.data, number.label, number._op, number._prev) == (2.0, "", "", ())


@pytest.mark.parametrize("op", ["exp", "log", "tanh", "sigmoid", "relu"])
def test_a_function_keeps_its_operand(op):
    a = Value(2.0, "a")
    out = getattr(a, op)()
    assert (out._op, out._prev, out.label) == (op, (a,), "")


def test_a_negative_keeps_its_operand():
    a = Value(2.0)
    assert ((-a)._op, (-a)._prev) == ("neg", (a,))


def test_assignment_operators_make_new_values():
    a = b = Value(3.0)
    a += 1
    a *= b
    assert (a.data, b.data) == (12.0, 3.0)


# Random expressions: programs in which any line may use the results of any earlier lines

TWO = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / (y * y + 0.5),
    "**": lambda x, y: (x * x + 0.5) ** y,
}
ONE = {
    "neg": lambda x, _: -x,
    "exp": lambda x, lib: lib["exp"](x),
    "log": lambda x, lib: lib["log"](x * x + 0.5),
    "tanh": lambda x, lib: lib["tanh"](x),
    "sigmoid": lambda x, lib: lib["sigmoid"](x),
    "relu": lambda x, lib: lib["relu"](x),
}
OURS = {"exp": exp, "log": log, "tanh": tanh, "sigmoid": sigmoid, "relu": relu}
HIPS = {"exp": anp.exp, "log": anp.log, "tanh": anp.tanh,
        "sigmoid": lambda x: 1 / (1 + anp.exp(-x)), "relu": lambda x: anp.maximum(x, 0.0)}

numbers = st.sampled_from([0.5, 2, -1.5, 3])
places = st.integers(0, 20)
lines = st.one_of(
    st.tuples(st.sampled_from(list(TWO)), places, st.one_of(places, numbers.map(lambda x: (x,)))),
    st.tuples(st.sampled_from(list(TWO)), numbers.map(lambda x: (x,)), places),
    st.tuples(st.sampled_from(list(ONE)), places),
)
programs = st.lists(lines, min_size=1, max_size=9)


def run(program, args, lib):
    """Every result of a program, one per line, and its arguments before them."""
    results = list(args)

    def fetch(place):
        return place[0] if isinstance(place, tuple) else results[-1 - place % len(results)]
    for op, *operands in program:
        x = fetch(operands[0])
        results.append(TWO[op](x, fetch(operands[1])) if op in TWO else ONE[op](x, lib))
    return results


def smooth_enough(program, args):
    """Assume that nudging can measure the program: moderate numbers, none beside relu's corner."""
    try:
        results = run(program, args, OURS)
    except OverflowError:
        assume(False)
    assume(all(abs(x) < 50 for x in results))
    if any(op == "relu" for op, *_ in program):
        assume(all(abs(x) > 1e-3 for x in results))


@given(programs, st.tuples(moderate, moderate, moderate))
def test_random_expressions_have_the_results_of_plain_numbers(program, args):
    smooth_enough(program, args)
    of_numbers = run(program, args, OURS)[-1]
    assert run(program, map(Value, args), OURS)[-1].data == pytest.approx(of_numbers, rel=1e-12)


@given(programs, st.tuples(moderate, moderate, moderate))
def test_random_expressions_have_the_gradients_that_nudging_shows(program, args):
    smooth_enough(program, args)
    values = [Value(x) for x in args]
    run(program, values, OURS)[-1].backward()
    got = [value.grad for value in values]
    assume(all(abs(grad) < 1e3 for grad in got))
    gradcheck(lambda *args: run(program, args, OURS)[-1], *args, got=got, tolerance=1e-4)


@given(programs, st.tuples(moderate, moderate, moderate))
def test_random_expressions_have_the_gradients_of_hips_autograd(program, args):
    smooth_enough(program, args)
    values = [Value(x) for x in args]
    run(program, values, OURS)[-1].backward()
    expected = autograd.grad(lambda args: run(program, args, HIPS)[-1])(list(args))
    for value, gradient in zip(values, expected, strict=True):
        assert value.grad == pytest.approx(float(gradient), rel=1e-9, abs=1e-9)


# dot

pairs = st.integers(0, 5).flatmap(
    lambda n: st.tuples(*[st.lists(moderate, min_size=n, max_size=n)] * 2))


@given(pairs, moderate)
def test_dot_is_the_sum_written_out_to_the_last_digit(pairs, bias):
    weights, inputs = ([Value(x) for x in numbers] for numbers in pairs)
    bias = Value(bias)
    whole, written_out = dot(weights, inputs, bias), bias
    for w, x in zip(weights, inputs, strict=True):
        written_out = written_out + w * x
    assert whole.data == written_out.data
    whole.backward()
    gradients = [value.grad for value in (*weights, *inputs, bias)]
    whole.zero_grad()
    written_out.backward()
    assert gradients == [value.grad for value in (*weights, *inputs, bias)]


def test_dot_is_one_operation_on_weights_inputs_and_bias():
    u, v, x, y, b = map(Value, (2.0, 3.0, 5.0, 7.0, 11.0))
    out = dot([u, v], (x, y), b)
    assert (out.data, out._op, out._prev) == (42.0, "dot", (u, v, x, y, b))
    out.backward()
    assert [value.grad for value in (u, v, x, y, b)] == [5.0, 7.0, 2.0, 3.0, 1.0]


def test_dot_makes_leaves_of_plain_numbers_wherever_they_are():
    w, x, b = Value(2.0), Value(3.0), Value(5.0)
    for weights, inputs, bias in [
        ([w, 2], [3, x], b), ([w, w], [x, x], 5), ([2, 2], [3, 3], 5),
        ([w, w], np.array([3.0, 3.0]), b), ([w, w], (np.float64(3), x), np.int64(5)),
    ]:
        out = dot(weights, inputs, bias)
        assert out.data == 2 * 3 + 2 * 3 + 5
        assert [type(operand) for operand in out._prev] == [Value] * 5
        assert [type(operand.data) for operand in out._prev] == [float] * 5
        given = (*weights, *inputs, bias)
        assert all(kept is one for kept, one in zip(out._prev, given, strict=True)
                   if isinstance(one, Value))


def test_dot_of_a_list_with_itself_is_the_sum_of_squares():
    values = [Value(2.0), Value(-3.0)]
    out = dot(values, values, 0)
    out.backward()
    assert (out.data, [value.grad for value in values]) == (13.0, [4.0, -6.0])


# Where formulas overflow, or have no slope

@pytest.mark.parametrize(("x", "t"), [(400.0, 1.0), (-400.0, -1.0), (1.7e308, 1.0)])
def test_tanh_saturates(x, t):
    a = Value(x)
    a.tanh().backward()
    assert (a.tanh().data, a.grad) == (t, 0.0)


def test_sigmoid_saturates_above_and_stays_accurate_below():
    assert Value(1e308).sigmoid().data == 1.0
    assert Value(-1e308).sigmoid().data == 0.0
    assert Value(0.0).sigmoid().data == 0.5
    assert Value(-50.0).sigmoid().data == pytest.approx(math.exp(-50.0), rel=1e-14)


def test_relu_is_flat_at_zero():
    a = Value(0.0)
    out = a.relu()
    out.backward()
    assert (out.data, a.grad) == (0.0, 0.0)


@pytest.mark.parametrize(("x", "n", "slope"), [
    (0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (0.0, 2.0, 0.0), (-2.0, 3.0, 12.0)])
def test_the_exponent_of_a_base_of_zero_or_less_counts_as_a_constant(x, n, slope):
    base, exponent = Value(x), Value(n)
    (base**exponent).backward()
    assert (base.grad, exponent.grad) == (slope, 0.0)


# backward

def test_gradients_are_zero_before_backward():
    assert (Value(2.0).grad, (Value(2.0) * 3).grad) == (0.0, 0.0)


def test_the_root_has_gradient_one_and_inner_values_have_theirs():
    a, b = Value(2.0), Value(3.0)
    product = a * b
    root = product * product
    root.backward()
    assert (root.grad, product.grad, a.grad, b.grad) == (1.0, 12.0, 36.0, 24.0)


def test_a_second_backward_adds_to_leaves_and_starts_afresh_elsewhere():
    a = Value(2.0)
    inner = a + 3
    root = inner * inner
    for calls in (1, 2, 3):
        root.backward()
        assert (a.grad, inner.grad, root.grad) == (calls * 10.0, 10.0, 1.0)


def test_roots_that_share_values_add_to_the_same_leaves():
    a = Value(3.0)
    shared = a * a
    one, two = shared * 2, shared * shared
    one.backward()
    assert (a.grad, shared.grad) == (12.0, 2.0)
    two.backward()
    assert (a.grad, shared.grad) == (12.0 + 108.0, 18.0)


def test_a_leaf_is_its_own_root():
    a = Value(2.0)
    a.backward()
    a.backward()
    assert a.grad == 2.0


def test_gradients_belong_to_the_forward_pass():
    a, b = Value(2.0), Value(3.0)
    root = a * b
    b.data = 100.0
    root.backward()
    assert a.grad == 3.0


def test_a_value_used_along_many_paths_is_visited_once():
    a = Value(1.0)
    out = a
    for _ in range(60):
        out = out + out  # 2**60 paths lead from the root to the leaf
    out.backward()
    assert a.grad == 2.0**60


def test_zero_grad_clears_the_whole_graph_and_nothing_else():
    a, other = Value(2.0), Value(3.0)
    inner = a * 5
    root = inner.tanh()
    root.backward()
    other.backward()
    root.zero_grad()
    assert (root.grad, inner.grad, inner._prev[1].grad, a.grad) == (0.0, 0.0, 0.0, 0.0)
    assert other.grad == 1.0
    other.zero_grad()
    assert other.grad == 0.0


@given(programs)
def test_topological_order_lists_every_result_once_after_its_operands(program):
    try:
        results = run(program, map(Value, (0.5, 1.5, -1.0)), OURS)
    except ArithmeticError:
        assume(False)
    order = topological_order(results[-1])
    place = {value: i for i, value in enumerate(order)}
    assert order[-1] is results[-1]
    assert len(place) == len(order)
    for value in order:
        assert value._prev
        assert all(place[operand] < place[value] for operand in value._prev if operand._prev)


# Large graphs, and what is left of them

@pytest.mark.thorough
def test_a_chain_of_a_million_operations():
    a, small = Value(0.5), Value(1e-9)
    out = a
    for _ in range(500_000):
        out = -(out + small)
    out.backward()
    assert a.grad == 1.0
    out.zero_grad()
    assert a.grad == 0.0
    del out  # a million values freed in a row


def test_a_dropped_graph_leaves_nothing_for_the_garbage_collector():
    weights = [Value(0.1 * i) for i in range(10)]

    def values():
        return sum(type(thing) is Value for thing in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = values()
        out = dot(weights, [1.0] * 10, 0.5).tanh()
        out = (out * out + 2 / (3 - out) - out**2).exp().log().sigmoid().relu() + sum(weights)
        out.backward()
        with pytest.raises(ValueError, match="log"):
            (out - out).log()
        during = values()
        del out
        assert during > before + 20
        assert values() == before
    finally:
        gc.enable()


# Leaves

@pytest.mark.parametrize("number", [
    2, 2.0, np.float64(2), np.float32(2), np.int64(2), Fraction(2)], ids=lambda x: type(x).__name__)
def test_a_real_number_is_kept_as_a_plain_float(number):
    for value in (Value(number), Value(1.0) + number, number + Value(1.0)):
        assert all(type(leaf.data) is float for leaf in (value, *value._prev))
    assert Value(number).data == 2.0


def test_numpy_numbers_may_stand_on_either_side():
    for number in (np.float64(2), np.int64(2)):
        a = Value(3.0)
        for out, expected in [
            (number + a, 5.0), (number - a, -1.0), (a - number, 1.0), (number * a, 6.0),
            (number / a, 2 / 3), (number**a, 8.0)]:
            assert type(out) is Value
            assert type(out.data) is float
            assert out.data == expected


def test_values_show_data_gradient_and_label():
    a = Value(2, label="a")
    a.backward()
    assert repr(a) == "Value(data=2.0, grad=1.0, label='a')"
    assert repr(Value(-0.5)) == "Value(data=-0.5, grad=0.0)"


def test_the_label_may_be_given_by_place_by_name_or_later():
    a, b, c = Value(1.0, "a"), Value(1.0, label="b"), Value(1.0)
    c.label = "c"
    assert (a.label, b.label, c.label, Value(1.0).label) == ("a", "b", "c", "")


def test_equal_numbers_are_different_values():
    assert Value(1.0) != Value(1.0)
    assert len({Value(1.0), Value(1.0)}) == 2


def test_a_misspelt_attribute_is_an_error():
    with pytest.raises(AttributeError):
        Value(1.0).lable = "a"


@pytest.mark.parametrize("again", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_values_can_be_copied_and_stored(again):
    a = Value(3.0, "a")
    out = again(a * a)
    out.backward()
    assert (out._prev[0].label, out._prev[0].grad, a.grad) == ("a", 6.0, 0.0)
    assert out._prev[0] is out._prev[1]


# Errors

a, b, zero = Value(2.0, "a"), Value(-3.0, "b"), Value(0.0, "zero")
large = Value(1e200, "large")

AWAY = "expected result and slopes below 1.8e308; move the operands away from 0, or scale them down"
OPERATION = ("make an operation of your own by micrograd.engine.operation(data, operands, op, "
             "local_derivatives), with a number for each operand in place of a closure")
NUMPY = ("NumPy's {} does not take a Value: write a.exp() for np.exp(a), and calculate with an "
         "array's numbers one by one")
SMALLER = "scale the operands down, or lower the learning rate"
SOURCE = "see where it comes from, or add a small number"
NOT_REAL = ("a Value holds a real number, got {}: pass an int or a float "
            "(of a list or an array, each number by itself)")
NOT_FINITE = ("a Value holds a finite number, got one that is {} as a float: "
              "see where it comes from, and keep it below 1.8e308")

TEACHING = [
    (lambda: a / zero, ZeroDivisionError,
     f"/ of a=2.0, zero=0.0: expected a divisor other than 0; {SOURCE}"),
    (lambda: 1 / zero, ZeroDivisionError,
     f"/ of 1.0, zero=0.0: expected a divisor other than 0; {SOURCE}"),
    (lambda: a / 0, ZeroDivisionError,
     f"/ of a=2.0, 0.0: expected a divisor other than 0; {SOURCE}"),
    (lambda: b**0.5, ValueError,
     "** of b=-3.0, 0.5: expected a whole exponent for a negative base; "
     "make the base positive, or round the exponent"),
    (lambda: zero**-1, ZeroDivisionError,
     f"** of zero=0.0, -1.0: expected 0, or 1 and more, as the exponent of 0, for a finite slope; "
     f"{SOURCE}"),
    (lambda: zero**0.5, ZeroDivisionError,
     f"** of zero=0.0, 0.5: expected 0, or 1 and more, as the exponent of 0, for a finite slope; "
     f"{SOURCE}"),
    (lambda: 10**large, OverflowError, f"** of 10.0, large=1e+200: {AWAY}"),
    (lambda: Value(1e-200, "small") ** -1.5, OverflowError, f"** of small=1e-200, -1.5: {AWAY}"),
    (lambda: Value(1.7e308) ** 1, OverflowError, f"** of 1.7e+308, 1.0: {AWAY}"),
    (lambda: Value(1e-309) / Value(1e-309), OverflowError, f"/ of 1e-309, 1e-309: {AWAY}"),
    (lambda: Value(5e-324).log(), OverflowError, f"log of 5e-324: {AWAY}"),
    (lambda: operation(6.0, (a, b), "*", (math.nan, 2.0)), OverflowError,
     f"* of a=2.0, b=-3.0: {AWAY}"),
    (lambda: operation(6.0, (a, b), "*", (3.0,)), ValueError,
     "* has 2 operands and 1 local derivatives: give one for each operand, in the same order"),
    (lambda: operation(6.0, (a,), "*", (3.0, 2.0)), ValueError,
     "* has 1 operands and 2 local derivatives: give one for each operand, in the same order"),
    (lambda: large.exp(), OverflowError,
     "exp of large=1e+200: expected an operand below 709.78; scale it down, or subtract a number"),
    (lambda: zero.log(), ValueError, f"log of zero=0.0: expected an operand above 0; {SOURCE}"),
    (lambda: b.log(), ValueError, f"log of b=-3.0: expected an operand above 0; {SOURCE}"),
    (lambda: large * large, OverflowError,
     f"* of large=1e+200, large=1e+200: expected a finite result, got inf; {SMALLER}"),
    (lambda: Value(1.7e308) + 1.7e308, OverflowError,
     f"+ of 1.7e+308, 1.7e+308: expected a finite result, got inf; {SMALLER}"),
    (lambda: Value(-1.7e308) - 1.7e308, OverflowError,
     f"- of -1.7e+308, 1.7e+308: expected a finite result, got -inf; {SMALLER}"),
    (lambda: large / 1e-200, OverflowError, f"/ of large=1e+200, 1e-200: {AWAY}"),
    (lambda: dot([a, a, large], [a, b, large], zero), OverflowError,
     f"dot of a=2.0, a=2.0, large=1e+200, a=2.0, b=-3.0, large=1e+200, zero=0.0: "
     f"expected a finite result, got inf; {SMALLER}"),
    (lambda: dot([a], [a, b], zero), ValueError,
     "dot of 1 weights and 2 inputs: expected one input for each weight; "
     "pass lists of the same length"),
    (lambda: Value("2"), TypeError, NOT_REAL.format("str '2'")),
    (lambda: Value(True), TypeError, NOT_REAL.format("bool True")),
    (lambda: Value(None), TypeError, NOT_REAL.format("NoneType None")),
    (lambda: Value(1j), TypeError, NOT_REAL.format("complex 1j")),
    (lambda: Value(a), TypeError, NOT_REAL.format("Value Value(data=2.0, grad=0.0, label='a')")),
    (lambda: Value([1, 2]), TypeError, NOT_REAL.format("list [1, 2]")),
    (lambda: Value("x" * 1000), TypeError, NOT_REAL.format("str '" + "x" * 59)),
    (lambda: Value(np.array([1.0])), TypeError, NOT_REAL.format("ndarray array([1.])")),
    (lambda: dot([a], [np.array([1.0])], zero), TypeError, NOT_REAL.format("ndarray array([1.])")),
    (lambda: dot(["x"], [a], zero), TypeError, NOT_REAL.format("str 'x'")),
    (lambda: dot([a], [b], "x"), TypeError, NOT_REAL.format("str 'x'")),
    (lambda: Value(math.nan), ValueError, NOT_FINITE.format("nan")),
    (lambda: a + math.inf, ValueError, NOT_FINITE.format("inf")),
    (lambda: a * 10**400, ValueError, NOT_FINITE.format("inf")),
    (lambda: Value(1.0, label=b), TypeError,
     f"a label is a str, got Value(data=-3.0, grad=0.0, label='b'): write label='a'; {OPERATION}"),
    (lambda: Value(0.5, (zero,), "tanh"), TypeError,
     f"a label is a str, got (Value(data=0.0, grad=0.0, label='zero'),): write label='a'; "
     f"{OPERATION}"),
    (lambda: Value(0.5, [zero] * 99), TypeError,
     f"a label is a str, got {[zero] * 99!r:.60}: write label='a'; {OPERATION}"),
    (lambda: Value(0.5, "", "tanh"), TypeError,
     f"a label is a str, got '': write label='a'; {OPERATION}"),
    (lambda: setattr(a, "_backward", print), AttributeError,
     f"a Value has no _backward: {OPERATION}"),
    (lambda: a._backward(), AttributeError, f"a Value has no _backward: {OPERATION}"),
    (lambda: np.exp(a), TypeError, NUMPY.format("exp")),
    (lambda: a * np.array([1.0]), TypeError, NUMPY.format("multiply")),
    (lambda: np.array([1.0]) / a, TypeError, NUMPY.format("divide")),
    (lambda: a - np.bool_(True), TypeError, NUMPY.format("subtract")),
    (lambda: np.add.reduce(a), TypeError, NUMPY.format("add")),
]


@pytest.mark.parametrize(("act", "error", "message"), TEACHING)
def test_an_error_names_operation_operands_what_was_expected_and_what_to_do(act, error, message):
    with pytest.raises(error) as caught:
        act()
    assert (type(caught.value), str(caught.value)) == (error, message)
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_a_leaf_that_was_set_to_nan_is_found_by_the_next_operation():
    w = Value(1.0, "w")
    w.data = math.nan
    for act in (lambda: w * 2, w.exp, w.log, w.tanh, w.sigmoid, w.relu, lambda: -w, lambda: w**2):
        with pytest.raises(OverflowError, match=(
                r"of w=nan.*: expected .*; an operand was set to infinity or NaN: if by a step, "
                r"look at the gradients")):
            act()


def test_of_many_operands_an_error_names_the_largest():
    weights = [Value(float(i), f"w{i}") for i in range(10)]
    weights[3].data = -1e300
    weights[5].label = ""
    with pytest.raises(OverflowError, match=(
            r"^dot of w3=-1e\+300, 1e\+300, w9=9.0, w8=8.0, w7=7.0, w6=6.0, 5.0 and 14 more: ")):
        dot(weights, [0, 0, 0, 1e300, 0, 0, 0, 0, 0, 0], 0)
    with pytest.raises(OverflowError, match=(
            r"^mine of w3=-1e\+300, w7=7\.0, w6=6\.0, 5\.0, w4=4\.0, w2=2\.0, w1=1\.0 and 1 more")):
        operation(math.inf, weights[:8], "mine", (1.0,) * 8)


@pytest.mark.parametrize("f", [
    operator.add, operator.sub, operator.mul, operator.truediv, operator.pow])
@pytest.mark.parametrize("other", [
    "x", None, 1j, True, [1.0], np.array([1.0, 2.0]), np.True_, object()],
    ids=lambda x: type(x).__name__)
def test_an_unsupported_operand_gets_pythons_own_type_error(f, other):
    for left, right in [(a, other), (other, a)]:
        with pytest.raises(TypeError) as caught:
            f(left, right)
        assert "a Value holds" not in str(caught.value)


def test_pythons_own_type_error_names_the_operator_and_both_types():
    with pytest.raises(TypeError, match=r"unsupported operand type\(s\) for -: 'Value' and 'str'"):
        a - "x"
    with pytest.raises(TypeError, match=r"unsupported operand .* for /: 'NoneType' and 'Value'"):
        None / a


# Code written for the public micrograd

def test_code_for_the_public_micrograd_runs_unchanged():
    from micrograd.engine import Value

    x, y = Value(1.5), Value(-0.5)
    u = x * y + y**2 - 3
    u += u * 2 + (-x).relu()
    v = 1 - (u / 4.0) + 2.0 / x
    v += v.relu() * y
    w = (v**3) / (1 + u**2)
    w.backward()

    def same(x, y):
        u = x * y + y**2 - 3
        u = u + u * 2 + anp.maximum(-x, 0.0)
        v = 1 - (u / 4.0) + 2.0 / x
        v = v + anp.maximum(v, 0.0) * y
        return (v**3) / (1 + u**2)

    assert w.data == pytest.approx(same(1.5, -0.5), rel=1e-12)
    assert x.grad == pytest.approx(autograd.grad(same, 0)(1.5, -0.5), rel=1e-12)
    assert y.grad == pytest.approx(autograd.grad(same, 1)(1.5, -0.5), rel=1e-12)


def test_importing_the_engine_loads_the_standard_library_only():
    code = "import sys, micrograd.nn; sys.exit('numpy' in sys.modules or 'graphviz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(
    st.lists(st.tuples(st.sampled_from(["+", "*", "-", "/", "neg", "exp", "tanh", "3-", "1/"]),
                       st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=10),
    st.lists(st.floats(-2, 2), min_size=2, max_size=3),
)
def test_the_engine_agrees_with_the_learners_own_class_of_notebook_10(recipe, numbers):
    rules = {
        "+": lambda a, b: a + b, "*": lambda a, b: a * b, "-": lambda a, b: a - b,
        "/": lambda a, b: a / (b * b + 1), "neg": lambda a, b: -a, "3-": lambda a, b: 3 - a,
        "exp": lambda a, b: a.tanh().exp(), "tanh": lambda a, b: a.tanh(),
        "1/": lambda a, b: 1 / (a * a + 1),
    }
    gradients = []
    for kind in (Value, Step10):
        values = leaves = [kind(x) for x in numbers]
        for op, i, j in recipe:  # any two values made so far, so that inner ones are shared
            values = [*values, rules[op](values[i % len(values)], values[j % len(values)])]
        sum(values).tanh().backward()
        gradients.append([leaf.grad for leaf in leaves])
    assert gradients[0] == pytest.approx(gradients[1], rel=1e-9, abs=1e-12)


def test_a_power_of_zero_is_flat_even_where_the_base_is_tiny():
    a = Value(5e-324)
    out = a**0
    out.backward()
    assert (out.data, a.grad) == (1.0, 0.0)


def test_a_slope_beyond_the_largest_float_is_refused():
    with pytest.raises(OverflowError, match=r"\*\* of 0\.5, -1022\.0: expected"):
        Value(0.5) ** -1022


# Subclasses

class Named(Value):
    def __init__(self, name, number):
        super().__init__(number, name)


def test_results_of_a_subclass_are_of_the_subclass():
    a = Named("a", 2.0)
    results = [a + a, a * 3, 3 * a, 3 - a, a / 3, 3 / a, a**2, 2**a, -a, a.exp(), a.log(), a.tanh(),
               a.sigmoid(), a.relu(), np.float64(2) * a, dot([a], [1.0], 0.0), dot([a], [a], a),
               operation(1.0, (a,), "one", (0.0,))]
    assert {type(result) for result in results} == {Named}
    assert type((3 * a)._prev[0]) is type((a * 3)._prev[1]) is Named
    sum(results).backward()
    assert a.grad != 0.0


def test_beside_a_value_of_another_class_the_first_operand_decides():
    a, b = Named("a", 2.0), Value(3.0)
    assert (type(a * b), type(b * a)) == (Named, Value)


# Graphs of any depth, in the hands of Python

@pytest.mark.parametrize("again", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_graphs_of_any_depth_can_be_copied_and_stored(again):
    a = Value(1.0, "a")
    root, half = a, None
    for i in range(20_000):
        root = root + a
        half = root if i == 10_000 else half
    half.label = "half"
    half.grad = 7.0
    same, leaf = again((root, a))
    same.backward()
    assert (same.data, leaf.grad, a.grad) == (20_001.0, 20_001.0, 0.0)
    order, expected = topological_order(same), topological_order(root)
    assert [(v.label, v._op, v.data) for v in order] == [(v.label, v._op, v.data) for v in expected]
    assert [v.grad for v in again(root)._prev] == [0.0, 0.0]
    assert again(half).grad == 7.0


def test_unlinking_a_dropped_graph_leaves_alone_what_others_still_hold():
    a = Value(2.0)
    kept = a * 3
    root = (kept * kept).tanh() + kept
    topmost = Holder(root)
    del root
    unlink(topmost)
    assert (topmost._prev, kept._prev[0]) == ((), a)
    kept.backward()
    assert a.grad == 3.0


class Holder:
    def __init__(self, operand):
        self._prev = (operand,)


def test_unlinking_frees_what_nobody_else_holds_without_nesting():
    freed = []

    class Noted(Value):
        def __del__(self):
            freed.append(bool(self._prev))

    root = Holder(Noted(1.0).tanh().tanh().tanh())
    unlink(root)
    assert freed == [False] * 4


# What people import from the package itself

def test_the_package_finds_what_stands_in_its_modules():
    from micrograd import MLP, draw_dot
    from micrograd.graph import draw_dot as from_its_home

    assert draw_dot is from_its_home
    assert str(MLP(1, [1])) == "MLP of [Layer(1 -> 1, linear)], 2 parameters"
    for name, home in micrograd.HOME.items():
        assert getattr(micrograd, name).__module__ == f"micrograd.{home}"
        assert find_spec(f"micrograd.{name}") is None, "hides a module of this name"


def test_what_is_in_no_module_gets_an_error_that_says_what_there_is():
    with pytest.raises(AttributeError, match=(
            r"micrograd has no 'Tensor': it has Value, MLP, .* and the modules that "
            r"help\(micrograd\) lists")):
        _ = micrograd.Tensor
