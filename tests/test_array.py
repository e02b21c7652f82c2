"""The array engine: its gradients against central differences and against the scalar engine."""

import copy
import copyreg
import gc
import itertools
import operator
import pickle
import runpy
import sys
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays, mutually_broadcastable_shapes

from micrograd import Value
from micrograd.array import Array, binary, broadcastable, multipliable, unbroadcast
from micrograd.deep import unlink, unnested
from micrograd.graph import trace

BINARY = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow]
UNARY = {
    "neg": (operator.neg, np.negative),
    "exp": (Array.exp, np.exp),
    "log": (Array.log, np.log),
    "tanh": (Array.tanh, np.tanh),
    "relu": (Array.relu, lambda x: np.where(x > 0, x, 0)),
}


def numbers(low=0.5, high=2.0):
    return st.floats(low, high, allow_subnormal=False)


def check_gradients(f, *data):
    """Compare f's gradients with central differences of sum(w * f), for some uneven weights w."""
    def loss(*operands):
        out = f(*operands)
        shape = out.data.shape
        return (out * np.linspace(1, 2, max(1, out.data.size)).reshape(shape)).sum()

    leaves = [Array(x) for x in data]
    loss(*leaves).backward()
    for i, leaf in enumerate(leaves):
        expected = np.zeros(leaf.data.shape)
        for index in np.ndindex(leaf.data.shape):
            results = []
            for h in (1e-6, -1e-6):
                nudged = [np.array(x, dtype=float) for x in data]
                nudged[i][index] += h
                results.append(loss(*(Array(x) for x in nudged)).data)
            expected[index] = (results[0] - results[1]) / 2e-6
        assert np.shape(leaf.grad) == leaf.data.shape
        np.testing.assert_allclose(leaf.grad, expected, rtol=1e-6, atol=1e-6)


# Gradients against central differences


@st.composite
def pairs_that_broadcast(draw):
    shapes = draw(mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3))
    return [draw(arrays(float, shape, elements=numbers())) for shape in shapes.input_shapes]


@pytest.mark.parametrize("op", BINARY)
@given(operands=pairs_that_broadcast())
def test_binary_operations_on_any_shapes_that_broadcast(op, operands):
    a, b = operands
    np.testing.assert_allclose(op(Array(a), Array(b)).data, op(a, b), rtol=1e-15)
    check_gradients(op, a, b)


@pytest.mark.parametrize("name", UNARY)
@given(x=arrays(float, st.sampled_from([(), (3,), (2, 3)]), elements=numbers()))
def test_unary_operations(name, x):
    ours, numpys = UNARY[name]
    np.testing.assert_array_equal(ours(Array(x)).data, numpys(x))
    check_gradients(ours, x)


def test_operations_at_negative_numbers():
    x = np.array([-2.0, -0.5, 0.5])
    cube, inverse_square, reciprocal = (lambda a: a ** 3), (lambda a: a ** -2), (lambda a: 2 / a)
    for f in (Array.exp, Array.tanh, Array.relu, cube, inverse_square, reciprocal):
        check_gradients(f, x)


@pytest.mark.parametrize("shapes", [
    ((2, 3), (3, 4)), ((1, 1), (1, 1)), ((4, 1), (1, 4)),
    ((5, 2, 3), (3, 4)), ((2, 3), (5, 3, 4)), ((5, 2, 3), (5, 3, 4)), ((1, 2, 3), (5, 3, 4)),
    ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((5, 2, 3), (3,)), ((3,), (5, 3, 4)),
], ids=str)
def test_matrix_product_also_of_vectors_and_stacks(shapes):
    rng = np.random.default_rng(0)
    a, b = (rng.normal(size=shape) for shape in shapes)
    np.testing.assert_array_equal((Array(a) @ Array(b)).data, a @ b)
    check_gradients(operator.matmul, a, b)


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("axis", [None, 0, 1, -1, (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("name", ["sum", "mean"])
def test_sum_and_mean_along_any_axes(name, axis, keepdims):
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    out = getattr(Array(x), name)(axis, keepdims=keepdims)
    expected = getattr(x, name)(axis=axis, keepdims=keepdims)
    assert out.data.shape == expected.shape
    np.testing.assert_allclose(out.data, expected, rtol=1e-14)
    check_gradients(lambda a: getattr(a, name)(axis, keepdims), x)


@pytest.mark.parametrize("axis", [0, (0,)])
def test_the_mean_over_an_empty_axis_is_that_of_numpy(axis):
    assert Array(np.ones((2, 0))).mean(axis).data.shape == (0,)
    with pytest.warns(RuntimeWarning):
        assert np.isnan(Array(np.ones((0, 2))).mean(axis).data).tolist() == [True, True]


@pytest.mark.parametrize(("used", "shape"), [
    ((2, 3), (3,)), ((2, 3), (1, 3)), ((2, 3), (2, 1)), ((2, 3), (1, 1)), ((2, 3), (1,)),
    ((2, 3), ()), ((3, 3), (1, 3)), ((1, 3), (3,)), ((0, 3), (3,)), ((4, 2, 3), (3,)),
    ((4, 2, 3), (2, 3)),
    ((4, 2, 3), (2, 1)), ((4, 2, 3), (4, 1, 3)), ((3,), ()), ((3,), (1,)), ((1,), ())], ids=str)
def test_after_broadcasting_every_entry_gets_the_sum_over_its_uses(used, shape):
    gradient = np.random.default_rng(0).normal(size=used)
    entry = np.broadcast_to(np.arange(np.prod(shape, dtype=int)).reshape(shape), used)
    expected = [gradient[entry == i].sum() for i in range(np.prod(shape, dtype=int))]
    got = unbroadcast(gradient, shape)
    assert got.shape == shape
    np.testing.assert_allclose(got.ravel(), expected, rtol=1e-12)


def test_sum_and_mean_keep_no_axes_unless_told():
    x = Array(np.ones((2, 3)))
    assert x.sum().data.shape == x.mean().data.shape == ()
    assert x.sum(0).data.shape == x.mean(0).data.shape == (3,)


@pytest.mark.parametrize("constant", [2, 2.0, np.float64(2), np.array([[1.0], [2.0]]), [1.0, 2.0]])
@pytest.mark.parametrize("op", BINARY)
def test_a_constant_on_either_side(op, constant):
    x = np.array([[1.0, 2.0], [3.0, 0.5]])
    check_gradients(lambda a: op(a, constant), x)
    check_gradients(lambda a: op(constant, a), x)
    np.testing.assert_array_equal(op(constant, Array(x)).data, op(np.array(constant), x))


def test_a_constant_matrix_on_either_side():
    x, constant = np.array([[1.0, 2.0], [3.0, 0.5]]), np.array([[1.0, -1.0], [2.0, 5.0]])
    check_gradients(lambda a: a @ constant, x)
    check_gradients(lambda a: constant @ a, x)


def test_powers_are_flat_where_their_formula_has_no_value():
    x, n = Array([0.0, 0.0, -2.0, np.inf]), Array([0.0, 2.0, 2.0, 0.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (x ** n).sum().backward()
    assert x.grad.tolist() == [0.0, 0.0, -4.0, 0.0]
    assert n.grad.tolist() == [0.0, 0.0, 0.0, np.inf]


def test_relu_has_slope_zero_at_zero():
    x = Array([-1.0, 0.0, 2.0])
    x.relu().sum().backward()
    assert x.grad.tolist() == [0.0, 0.0, 1.0]


# The same numbers as the scalar engine


@given(st.lists(st.sampled_from(["+", "-", "*", "/", "**", "tanh", "exp", "relu", "neg", "log"]),
                min_size=1, max_size=8),
       st.lists(numbers(-2.0, 2.0), min_size=2, max_size=2))
def test_elementwise_expressions_equal_the_scalar_engine(ops, start):
    def run(a, b):
        pool = [a, b]
        for op in ops:
            x, y = pool[-1], pool[-2]
            pool.append({
                "+": lambda x=x, y=y: x + y,
                "-": lambda x=x, y=y: 1 - y - x,
                "*": lambda x=x, y=y: x.tanh() * y,
                "/": lambda x=x, y=y: x / (y * y + 1),
                "**": lambda x=x, y=y: (y * y + 1) ** x.tanh() - 2 ** y.tanh(),
                "tanh": lambda x=x: x.tanh(),
                "exp": lambda x=x: x.tanh().exp(),
                "relu": lambda x=x: x.relu(),
                "neg": lambda x=x: -x,
                "log": lambda x=x: (x * x + 1).log(),
            }[op]())
        return pool[-1] + a * b

    a, b = (Array([[x, 0.5], [1.0, x]]) for x in start)
    out = run(a, b)
    out.sum().backward()
    for i in np.ndindex(2, 2):
        p, q = Value(a.data[i]), Value(b.data[i])
        scalar = run(p, q)
        scalar.backward()
        expected = (scalar.data, p.grad, q.grad)
        assert (out.data[i], a.grad[i], b.grad[i]) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def moons(seed=0, n=100):
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, np.pi, n)
    y = np.where(np.arange(n) < n // 2, -1.0, 1.0)
    x = np.c_[np.where(y < 0, np.cos(angle), 1 - np.cos(angle)),
              np.where(y < 0, np.sin(angle), 0.5 - np.sin(angle))]
    return x + rng.normal(0, 0.1, x.shape), y[:, None]


def network(seed=0):
    rng = np.random.default_rng(seed)
    return [Array(rng.uniform(-1, 1, shape))
            for shape in ((2, 16), (16,), (16, 16), (16,), (16, 1), (1,))]


def scores(parameters, x):
    w1, b1, w2, b2, w3, b3 = parameters
    return ((x @ w1 + b1).relu() @ w2 + b2).relu() @ w3 + b3


def max_margin(parameters, x, y):
    margin_loss = (1 - y * scores(parameters, x)).relu().mean()
    return margin_loss + 1e-4 * sum((p * p).sum() for p in parameters)


def test_a_network_equals_the_scalar_engine():
    x, y = moons(n=6)
    parameters = network()
    loss = max_margin(parameters, x, y)
    loss.backward()

    w1, b1, w2, b2, w3, b3 = ([Value(v) for v in p.data.ravel()] for p in parameters)
    def layer(row, w, b):
        return [sum((xi * w[i * len(b) + j] for i, xi in enumerate(row)), bj)
                for j, bj in enumerate(b)]
    total = Value(0.0)
    for row, yi in zip(x.tolist(), y.ravel().tolist(), strict=True):
        h = [v.relu() for v in layer(row, w1, b1)]
        h = [v.relu() for v in layer(h, w2, b2)]
        total = total + (1 - yi * layer(h, w3, b3)[0]).relu() / 6
    scalars = [*w1, *b1, *w2, *b2, *w3, *b3]
    total = total + 1e-4 * sum(p * p for p in scalars)
    total.backward()

    assert loss.data == pytest.approx(total.data, rel=1e-12)
    ours = np.concatenate([p.grad.ravel() for p in parameters])
    np.testing.assert_allclose(ours, [p.grad for p in scalars], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_training_tells_the_moons_apart(seed):
    x, y = moons(seed)
    parameters = network(seed)
    for _ in range(400):
        loss = max_margin(parameters, x, y)
        loss.zero_grad()
        loss.backward()
        for p in parameters:
            p.data -= 0.2 * p.grad
    assert (np.sign(scores(parameters, x).data) == y).all()


# backward and zero_grad


def test_an_array_used_twice_gets_both_gradients():
    a = Array([3.0, 4.0])
    (a + a).sum().backward()
    assert a.grad.tolist() == [2.0, 2.0]


def test_leaves_accumulate_and_inner_nodes_start_afresh():
    a = Array([1.0, 2.0])
    inner = 3 * a
    root = (inner * inner).sum()
    for calls in (1, 2, 3):
        root.backward()
        assert a.grad.tolist() == [18.0 * calls, 36.0 * calls]
        assert inner.grad.tolist() == [6.0, 12.0]
        assert root.grad == 1.0


def test_a_leaf_that_is_the_root_accumulates_too():
    a = Array(5.0)
    a.backward()
    assert a.grad == 1.0
    a.backward()
    assert a.grad == 2.0


def test_a_node_shared_by_two_roots():
    a = Array(3.0)
    inner = a * a
    (2 * inner).backward()
    (5 * inner).backward()
    assert a.grad == 42.0


def test_zero_grad_reaches_everything_the_root_came_from():
    a, b = Array([1.0, 2.0]), Array(3.0)
    inner = a * b
    root = inner.sum()
    root.backward()
    root.zero_grad()
    assert [node.grad for node in (a, b, inner, root)] == [0.0] * 4
    root.backward()
    assert a.grad.tolist() == [3.0, 3.0]


def test_an_array_that_was_not_reached_has_gradient_zero():
    a, b = Array([1.0, 2.0]), Array([1.0, 2.0])
    a.sum().backward()
    assert b.grad == 0.0


def test_any_shape_with_one_number_can_be_the_root():
    a = Array([[2.0]])
    (a * a).backward()
    assert a.grad.tolist() == [[4.0]]


def test_changing_one_gradient_in_place_leaves_the_others_alone():
    a, b, c = Array([1.0, 2.0]), Array([1.0, 2.0]), Array([[1.0, 2.0]])
    (a + b + c).sum().backward()
    a.grad *= 100
    b.grad *= 10
    assert (b.grad.tolist(), c.grad.tolist()) == ([10.0, 10.0], [[1.0, 1.0]])


def test_constants_get_no_gradient():
    x, w = np.ones((4, 3)), Array(np.ones((3, 2)))
    out = x @ w
    out.sum().backward()
    constant, operand = out._prev
    assert operand is w and constant.grad == 0.0


# Data


def test_data_is_copied_as_float64():
    for data in ([1, 2], np.array([1, 2]), np.array([1.0, 2.0]), np.array([True, True])):
        a = Array(data)
        assert a.data.dtype == np.float64
        a.data += 1
        if isinstance(data, np.ndarray):
            assert 3 not in data


def test_infinity_and_nan_are_data_as_in_numpy():
    assert Array([np.inf, 1.0]).data.tolist() == [np.inf, 1.0]
    assert Array(np.inf).data == np.inf and np.isnan(Array([[np.nan]]).data).all()


def test_a_constant_is_copied():
    x, a = np.array([1.0, 2.0]), Array([3.0, 4.0])
    out = (x * a).sum()
    x[:] = 0
    out.backward()
    assert a.grad.tolist() == [1.0, 2.0]


def test_a_number_has_no_axes():
    assert Array(3).data.shape == (3 * Array(3)).data.shape == ()


def test_repr_shows_the_data():
    assert repr(Array(1.5)) == "Array(1.5)"
    assert repr(Array([[1, 2], [3, 4]])) == "Array([[1., 2.],\n       [3., 4.]])"
    assert repr(Array([1.0, 2.0]).sum()) == "Array(3.)"


def test_the_graph_can_be_traced():
    a, b = Array(1.0), Array(2.0)
    root = -(a * b + 1)
    values, edges = trace(root)
    assert [v._op for v in values] == ["", "", "*", "constant", "+", "neg"]
    assert edges[0] == (a, values[2])


def test_operations_are_named_as_in_the_scalar_engine():
    a = Array([[2.0]])
    results = [a + a, a - a, a * a, a / a, a ** a, a @ a, -a]
    assert [r._op for r in results] == ["+", "-", "*", "/", "**", "@", "neg"]
    results = [a.exp(), a.log(), a.tanh(), a.relu(), a.sum()]
    assert [r._op for r in results] == ["exp", "log", "tanh", "relu", "sum"]


def test_a_misspelt_attribute_is_refused():
    with pytest.raises(AttributeError):
        Array(1.0).date = 2.0


def test_division_by_zero_warns_as_numpy_does():
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert (Array([1.0]) / 0).data.tolist() == [np.inf]


@pytest.mark.parametrize("number", [
    Fraction(1, 2), 2, 2**70, np.float32(0.5), np.int64(3)], ids=str)
def test_what_a_value_takes_as_a_number_an_array_takes_too(number):
    for data in (number, [number, number]):
        assert Array(data).data.tolist() == np.full(np.shape(data), Value(number).data).tolist()
    assert (Array(1.0) * number).data == (Value(1.0) * number).data


# Errors


ALL_SHAPES = [shape for axes in range(4) for shape in itertools.product((1, 2, 3), repeat=axes)]


@pytest.mark.parametrize(("fit", "by_numpy"), [
    (broadcastable, np.add), (multipliable, np.matmul)], ids=["entry by entry", "matrices"])
def test_a_rules_own_error_is_taken_for_one_about_shapes_where_numpy_has_one(fit, by_numpy):
    def compute(a, b):
        raise ValueError("b must be positive")

    method, _ = binary("?", compute, fit)
    for a, b in itertools.product(map(np.ones, ALL_SHAPES), repeat=2):
        with pytest.raises(ValueError) as raised:
            method(Array(a), Array(b))
        try:
            by_numpy(a, b)
        except ValueError:
            assert "do not fit" in str(raised.value)
        else:
            assert str(raised.value) == "b must be positive"


SHAPES = "sizes, compared from the last axis back, must be equal or 1"
MATRICES = ("the left one needs as many columns as the right one has rows; "
            "one axis is a row on the left and a column on the right")


@pytest.mark.parametrize(("f", "error", "message"), [
    (lambda: Array([1, 2]) + Array([1, 2, 3]), ValueError,
     f"the shapes in (2,) + (3,) do not fit: {SHAPES}"),
    (lambda: np.ones((2, 3)) - Array([1, 2]), ValueError,
     f"the shapes in (2, 3) - (2,) do not fit: {SHAPES}"),
    (lambda: Array([1, 2]) * np.ones(3), ValueError,
     f"the shapes in (2,) * (3,) do not fit: {SHAPES}"),
    (lambda: Array([1, 2]) / np.ones(3), ValueError,
     f"the shapes in (2,) / (3,) do not fit: {SHAPES}"),
    (lambda: Array([1, 2]) ** np.ones(3), ValueError,
     f"the shapes in (2,) ** (3,) do not fit: {SHAPES}"),
    (lambda: np.ones((100, 3)) @ Array(np.ones((2, 16))), ValueError,
     f"the shapes in (100, 3) @ (2, 16) do not fit: {MATRICES}"),
    (lambda: Array(np.ones((2, 2))) @ [1, 2, 3], ValueError,
     f"the shapes in (2, 2) @ (3,) do not fit: {MATRICES}"),
    (lambda: [1, 2, 3] @ Array(np.ones((2, 2))), ValueError,
     f"the shapes in (3,) @ (2, 2) do not fit: {MATRICES}"),
    (lambda: np.ones((2, 4, 3)) @ Array(np.ones((3, 3, 5))), ValueError,
     f"the shapes in (2, 4, 3) @ (3, 3, 5) do not fit: {MATRICES}"),
    (lambda: Array([1, 2]) @ 3, ValueError, f"the shapes in (2,) @ () do not fit: {MATRICES}"),
    (lambda: Array(3) @ Array([1, 2]), ValueError,
     f"the shapes in () @ (2,) do not fit: {MATRICES}"),
    (lambda: Array(1) @ Array(1), ValueError, f"the shapes in () @ () do not fit: {MATRICES}"),
    (lambda: Array([1.0, 2.0]).backward(), ValueError,
     "backward() starts from a single number and this Array has shape (2,): "
     "take its sum() or mean() first"),
    (lambda: Array("1"), TypeError, "expected a real number or an array of real numbers, got '1'"),
    (lambda: Array(None), TypeError,
     "expected a real number or an array of real numbers, got None"),
    (lambda: Array(10**400), ValueError, "a Value holds a finite number, got one that is inf as a "
     "float: see where it comes from, and keep it below 1.8e308"),
    (lambda: Array(1j), TypeError, "expected a real number or an array of real numbers, got 1j"),
    (lambda: Array([1, "a"]), TypeError,
     "expected a real number or an array of real numbers, got [1, 'a']"),
    (lambda: Array(np.array([1, None])), TypeError,
     "expected a real number or an array of real numbers, got array([1, None], dtype=object)"),
    (lambda: Array(Array(1.0)), TypeError,
     "expected a real number or an array of real numbers, got Array(1.)"),
    (lambda: Array([[1, 2], [3]]), ValueError,
     "the rows of an array need equal lengths, got [[1, 2], [3]]"),
    (lambda: Array(1) + "a", TypeError,
     "expected a real number or an array of real numbers, got 'a'"),
    (lambda: None * Array(1), TypeError,
     "expected a real number or an array of real numbers, got None"),
    (lambda: Array(1) * Value(2.0), TypeError,
     "expected a real number or an array of real numbers, got Value(data=2.0, grad=0.0)"),
    (lambda: Array([1, 2]).sum(axis=1), ValueError,
     "axis 1 is out of bounds for array of dimension 1"),
])
def test_errors_say_what_is_wrong(f, error, message):
    with pytest.raises(error) as raised:
        f()
    assert str(raised.value) == message


def test_without_numpy_arrays_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(ModuleNotFoundError) as raised:
        runpy.run_path(sys.modules[Array.__module__].__file__)
    assert str(raised.value) == "Arrays need the package numpy. Say: pip install numpy"


def test_a_failed_backward_leaves_no_trace():
    a = Array([1.0, 2.0])
    with pytest.raises(ValueError, match="single number"):
        (2 * a).backward()
    assert a.grad == 0.0


# Memory


def test_a_dropped_graph_leaves_nothing_for_the_collector():
    x, y = moons()
    parameters = network()
    gc.collect()
    gc.disable()
    try:
        max_margin(parameters, x, y).backward()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_deep_graph_can_be_copied_with_its_leaves():
    a = Array([1.0, 2.0], label="a")
    root = a
    for _ in range(5_000):
        root = root + a
    same, leaf = copy.deepcopy((root.sum(), a))
    same.backward()
    assert (leaf.grad.tolist(), leaf.label, a.grad) == ([5_001.0, 5_001.0], "a", 0.0)


def test_leaves_can_be_stored_and_results_say_why_not():
    a = Array([1.0, 2.0], label="a")
    same = pickle.loads(pickle.dumps(a))
    assert (same.data.tolist(), same.label, same._prev) == ([1.0, 2.0], "a", ())
    with pytest.raises((pickle.PicklingError, AttributeError), match="lambda"):
        pickle.dumps(a + a)


def test_in_a_browser_arrays_are_freed_one_after_the_other(monkeypatch):
    freed = []

    class Noted(Array):
        def __del__(self):
            freed.append(len(self._prev))

    root = chain = Array(0.0)
    for _ in range(3):  # results are plain Arrays, so that these are put between
        link = Noted(1.0)
        link._prev = (chain,)
        chain = link
    root._prev, chain, link = (chain,), None, None
    unlink(root)
    assert freed == [0, 0, 0]
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert unnested(Noted).__del__ is unlink


def test_arrays_and_values_have_the_same_way_with_depth():
    assert copyreg.dispatch_table[Array] is copyreg.dispatch_table[Value]


@pytest.mark.thorough
def test_a_chain_of_a_hundred_thousand_operations():
    a = Array([1.0, 2.0])
    out = a
    for _ in range(100_000):
        out = out + a
    out.sum().backward()
    assert a.grad.tolist() == [100_001.0, 100_001.0]


def test_a_value_that_was_refused_has_nothing_to_let_go_of():
    unlink(Value.__new__(Value))  # as Python does it in a browser, after Value("3")
