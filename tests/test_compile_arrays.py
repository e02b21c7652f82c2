"""Compiled graphs of arrays: the same numbers as the array engine, digit for digit."""

import gc
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd import Value
from micrograd.array import Array, binary, unary
from micrograd.compile import compile

BUILD = {
    "+": lambda a, b, axis, keep: a + b,
    "-": lambda a, b, axis, keep: a - b,
    "*": lambda a, b, axis, keep: a * b,
    "/": lambda a, b, axis, keep: a / b,
    "**": lambda a, b, axis, keep: a ** b,
    "square": lambda a, b, axis, keep: a ** 2,
    "root": lambda a, b, axis, keep: a.relu() ** 0.5,
    "@": lambda a, b, axis, keep: a @ b,
    "neg": lambda a, b, axis, keep: -a,
    "exp": lambda a, b, axis, keep: a.tanh().exp(),
    "log": lambda a, b, axis, keep: (a * a + 1).log(),
    "tanh": lambda a, b, axis, keep: a.tanh(),
    "relu": lambda a, b, axis, keep: a.relu(),
    "sum": lambda a, b, axis, keep: a.sum(axis, keep),
    "mean": lambda a, b, axis, keep: a.mean(axis, keep),
    "number": lambda a, b, axis, keep: 1 - 2.5 * a,
    "array": lambda a, b, axis, keep: a * np.array([[1.0], [-2.0]]) - [0.5, 1.0, 2.0],
    "ones": lambda a, b, axis, keep: np.ones((2, 3)) * a + np.zeros((3, 1, 1)),
}
SHAPES = st.sampled_from([(), (1,), (3,), (2, 3), (3, 2), (2, 1), (1, 3), (2, 2, 3), (0, 3)])
DRAFTS = st.lists(st.tuples(st.sampled_from(list(BUILD)), st.integers(0, 30), st.integers(0, 30),
                            st.sampled_from([None, 0, -1, (0, 1)]), st.booleans()),
                  min_size=1, max_size=12)


def draw_graph(draft, leaves):
    """A graph in which every result is used; operations on shapes that do not fit are left out."""
    pool = list(leaves)
    for op, i, j, axis, keep in draft:
        try:
            pool.append(BUILD[op](pool[i % len(pool)], pool[j % len(pool)], axis, keep))
        except (ValueError, ZeroDivisionError):
            pass
    return sum(node.sum() for node in pool)


def engine(build, arrays):
    """The value and the gradients that the array engine computes."""
    leaves = [Array(x) for x in arrays]
    root = build(leaves)
    root.backward()
    return root.data, [leaf.grad for leaf in leaves]


def assert_equal(got, expected):
    value, gradients = got
    np.testing.assert_array_equal(value, expected[0], strict=True)
    for mine, theirs in zip(gradients, expected[1], strict=True):
        np.testing.assert_array_equal(mine, theirs, strict=True)


@settings(deadline=None)
@given(DRAFTS, st.lists(SHAPES, min_size=3, max_size=3), st.integers(0, 2**32 - 1))
def test_random_graphs_equal_the_array_engine_to_the_last_digit(draft, shapes, seed):
    rng = np.random.default_rng(seed)
    batches = [[rng.normal(size=shape) for shape in shapes] for _ in range(2)]
    leaves = [Array(x) for x in batches[0]]
    with np.errstate(all="ignore"):
        program = compile(draw_graph(draft, leaves), leaves)
        for arrays in (*batches, batches[0]):  # the third call finds the buffers full
            assert_equal(program(*arrays), engine(lambda x: draw_graph(draft, x), arrays))


@settings(deadline=None)
@given(DRAFTS, st.lists(SHAPES, min_size=3, max_size=3), st.integers(0, 2**32 - 1),
       st.sets(st.integers(0, 2)), st.sets(st.integers(0, 2)))
def test_any_choice_of_inputs_gives_the_same_gradients(draft, shapes, seed, inputs, batch):
    rng = np.random.default_rng(seed)
    arrays = [rng.normal(size=shape) for shape in shapes]
    leaves = [Array(x) for x in arrays]
    batch = batch - inputs
    with np.errstate(all="ignore"):
        value, gradients = engine(lambda x: draw_graph(draft, x), arrays)
        program = compile(draw_graph(draft, leaves), [leaves[i] for i in inputs],
                          [leaves[i] for i in batch])
        got = program(*(arrays[i] for i in (*inputs, *batch)))
    assert_equal(got, (value, [gradients[i] for i in inputs]))


@pytest.mark.parametrize("build", [
    lambda a: (a.sum(0, keepdims=True) * a).sum(),
    lambda a: (a.mean(1, keepdims=True) - a).tanh().sum(),
    lambda a: (a.sum((0, 1), keepdims=True) / a).sum(), lambda a: (a.sum(1) ** 2).mean()])
def test_sums_along_axes(build):
    a = Array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    x = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -3.0]])
    assert_equal(compile(build(a), [a])(x), engine(lambda leaves: build(*leaves), [x]))


@pytest.mark.parametrize("build", [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: 1 - a * b, lambda a, b: a / b - 2,
    lambda a, b: a ** b, lambda a, b: (a - 1).relu() * b, lambda a, b: -a.exp() * b.log()])
def test_single_numbers(build):
    a, b = Array(2.0), Array(3.0)
    program = compile(build(a, b), [a, b])
    for x, y in ((2.0, 3.0), (0.5, 1.5)):
        value, gradients = program(x, y)
        assert_equal((value, gradients), engine(lambda leaves: build(*leaves), [x, y]))
        assert {type(g) for g in (value, *gradients)} == {np.float64}
    assert not re.search("add|subtract|multiply|divide|power|greater", program.source)


@pytest.mark.parametrize("function", [np.add.accumulate, np.maximum.reduce,
                                      lambda a: np.multiply.outer(a, a)])
def test_a_method_of_numpys_functions_that_cannot_be_written_down_is_refused(function):
    a = Array([1.0, 2.0])
    root = unary("own", lambda a: (function(a), lambda g: g))(a).sum()
    with pytest.raises(TypeError, match="operand type"):
        compile(root, [a])


# A network


def network(rng, n=50):
    """The loss of a small network as a function of its leaves: parameters, points, labels."""
    shapes = {"W": (2, 8), "b": (8,), "V": (8, 1), "c": (1,), "x": (n, 2), "y": (n, 1)}

    def loss(leaves):
        W, b, V, c, x, y = leaves
        margins = 1 - ((x @ W + b).relu() @ V + c) * y
        size = sum((p * p).sum() for p in (W, b, V, c))
        return margins.relu().mean() + 1e-4 * size

    return loss, {name: rng.normal(size=shape) for name, shape in shapes.items()}


def compiled_network(n=50):
    loss, arrays = network(np.random.default_rng(0), n)
    leaves = [Array(x, label=name) for name, x in arrays.items()]
    return loss, list(arrays.values()), compile(loss(leaves), leaves[:4], batch=leaves[4:])


def test_another_batch_of_the_same_shape_runs_through_the_program():
    loss, arrays, program = compiled_network()
    rng = np.random.default_rng(1)
    for _ in range(5):
        arrays = [rng.normal(size=x.shape) for x in arrays]
        value, gradients = engine(loss, arrays)
        assert_equal(program(*arrays), (value, gradients[:4]))


def test_training_with_the_program_is_training_with_the_engine():
    loss, arrays, program = compiled_network()
    mine, theirs = arrays[:4], arrays[:4]
    for _ in range(20):
        value, gradients = program(*mine, *arrays[4:])
        mine = [p - 0.1 * g for p, g in zip(mine, gradients, strict=True)]
        expected, gradients = engine(loss, [*theirs, *arrays[4:]])
        theirs = [p - 0.1 * g for p, g in zip(theirs, gradients[:4], strict=True)]
        assert value == expected


def test_what_a_call_gave_is_not_written_over_by_the_next():
    _, arrays, program = compiled_network()
    value, gradients = program(*arrays)
    kept = value.copy(), [g.copy() for g in gradients]
    program(*(x + 1 for x in arrays))
    assert_equal((value, gradients), kept)


def test_no_gradient_shares_its_memory_with_anything():
    a, b = Array([1.0, 2.0]), Array([3.0, 4.0])
    for root in ((a + b).sum(), (a - b + b).sum(), (a * b + a).sum(), a.sum() * b.sum(),
                 ((a + b).tanh() * a.tanh()).sum(), (a + b).tanh().sum()):
        x, y = np.ones(2), np.ones(2)
        program = compile(root, [a, b])
        arrays = [x, y, *program(x, y)[1], *program(x, y)[1]]
        assert not any(np.shares_memory(p, q) for i, p in enumerate(arrays) for q in arrays[:i])


@pytest.mark.parametrize("order", [1, -1])
def test_a_gradient_that_is_a_view_is_not_written_over_by_later_steps(order):
    rng = np.random.default_rng(0)
    x, w, v = rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(4, 1))

    def loss(leaves):
        w, v = leaves
        return sum([(x @ w).tanh().sum(), (x @ v).tanh().sum(), (v * v).sum()][::order])

    leaves = [Array(w), Array(v)]
    program = compile(loss(leaves), leaves)
    kept = program(w, v)
    assert_equal(kept, engine(loss, [w, v]))
    program(w + 1, v + 1)
    assert_equal(kept, engine(loss, [w, v]))


def test_a_value_or_gradient_that_is_an_argument_or_constant_is_a_new_array():
    a, b, constant = Array([2.0]), Array([3.0]), np.array([5.0])
    x, y = np.array([2.0]), np.array([3.0])
    value, [x_grad, y_grad] = compile((a * b).sum(), [a, b])(x, y)
    same, [slope] = compile(a, [a])(x)
    once, [by_constant] = compile((a * constant).sum(), [a])(x)
    again = compile((a * constant).sum(), [a])
    first, second = again(x)[1][0], again(x)[1][0]
    for result in (x_grad, y_grad, same, slope, by_constant, first):
        result += 100.0
    assert (x.tolist(), y.tolist(), constant.tolist()) == ([2.0], [3.0], [5.0])
    assert (second.tolist(), again(x)[1][0].tolist()) == ([5.0], [5.0])
    assert (value, once) == (6.0, 10.0)


def test_an_array_is_kept_as_long_as_a_view_of_it_is_needed():
    def loss(leaves):
        a, b, c, d = leaves
        inner = a + b  # its transpose is in the gradients of c and d
        return (inner @ (c * 1.5)).tanh().sum() + (inner @ (d * 1.5)).tanh().sum()

    arrays = list(np.random.default_rng(0).normal(size=(4, 3, 3)))
    leaves = [Array(x) for x in arrays]
    assert_equal(compile(loss(leaves), leaves)(*arrays), engine(loss, arrays))


def test_a_gradient_that_is_a_view_of_an_argument_is_a_new_array():
    transposed = unary("T", lambda a: (a.mT, lambda g: g.mT))
    a, b = Array(np.ones((2, 3))), Array(np.ones((3, 2)))
    x, y = np.ones((2, 3)), np.arange(6.0).reshape(3, 2)
    _, [slope, _] = compile((transposed(a) * b).sum(), [a, b])(x, y)
    assert slope.tolist() == y.T.tolist() and not np.shares_memory(slope, y)


def test_a_number_is_an_argument_like_any_other():
    a = Array(2.0)
    program, itself = compile(a * a, [a]), compile(a, [a])
    x = np.array(5.0)
    for argument in (5, 5.0, np.float64(5), x):
        value, [slope] = program(argument)
        assert (value, slope, type(value), type(slope)) == (25.0, 10.0, np.float64, np.float64)
    value, _ = itself(x)
    x[...] = 7.0
    assert value == 5.0


def test_arguments_are_not_written_to():
    _, arrays, program = compiled_network()
    before = [x.copy() for x in arrays]
    for x in arrays:
        x.flags.writeable = False
    program(*arrays)
    for x, y in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(x, y)


def test_memory_stays_flat_from_step_to_step():
    import tracemalloc

    _, arrays, program = compiled_network()
    program(*arrays)
    tracemalloc.start()
    for _ in range(3):
        program(*arrays)
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(100):
        program(*arrays)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 1000


def test_a_dropped_program_leaves_nothing_for_the_collector():
    compiled_network()
    gc.collect()
    gc.disable()
    try:
        compiled_network()
        assert gc.collect() == 0
    finally:
        gc.enable()


# The source


def test_the_source_reads_like_the_derivation_by_hand():
    W, b = Array(np.ones((2, 3)), label="W"), Array(np.ones(3), label="b")
    x = Array(np.ones((5, 2)), label="x")
    h = (x @ W + b).relu()
    h.label = "h"
    assert compile((h * h).mean(), [W, b], batch=[x]).source == """\
from numpy import add, array, empty, full, greater, maximum, multiply

buffer1 = empty((5, 3), float)
buffer2 = empty((5, 3), float)
buffer3 = empty((5, 3), bool)
zeros = full((5, 3), 0.0)
constant2 = array(0.06666666666666667)
zero = array(0.0)
ones = full((5,), 1.0)

def value_and_gradients(W, b, x):
    v4 = x.dot(W, out=buffer1)
    v5 = add(v4, b, out=buffer1)
    h = maximum(v5, zeros, out=buffer1)
    v7 = multiply(h, h, out=buffer2)
    v8 = add.reduce(v7, None)
    v9 = v8 / 15.0
    t18 = multiply(constant2, h, out=buffer2)
    h_grad = add(t18, t18, out=buffer2)
    t19 = greater(h, zero, out=buffer3)
    t20 = buffer1
    t20[...] = t19
    v4_grad = multiply(h_grad, t20, out=buffer1)
    b_grad = ones.dot(v4_grad)
    W_grad = x.mT.dot(v4_grad)
    return v9, [W_grad, b_grad]
"""


def test_what_depends_on_constants_alone_is_done_beforehand():
    a, b = Array([1.0, 2.0], label="a"), Array([3.0, 4.0])
    program = compile((a * (b * b + 1).log()).sum() * 2.0, [a])
    assert "log" not in program.source
    assert "constant1 is an array of shape (2,)" in program.source


def test_truth_values_become_floats_as_in_the_engine():
    larger, _ = binary("larger", lambda a, b: (1.0 * (a > b), lambda g: g * 0.0, lambda g: g * 0.0))
    a, b = Array([1.0, 2.0, 3.0]), Array([2.0, 1.0, 1.0])
    x, y = np.array([3.0, 2.0, 1.0]), np.array([1.0, 2.0, 0.0])
    assert_equal(compile(larger(a, b).sum(), [a, b])(x, y),
                 engine(lambda leaves: larger(*leaves).sum(), [x, y]))


def test_an_axis_put_in_is_a_view_and_no_step():
    a = Array([[1.0, 2.0], [3.0, 4.0]])
    imports, _, program = compile((a.sum(1) ** 2).sum(), [a]).source.partition("\n")
    assert ".reshape(" in program and "expand_dims" not in program and "reshape" not in imports


def test_what_depends_on_no_input_is_not_computed_again():
    calls = []

    def compute(a, b):
        calls.append((a, b))
        return a + b, lambda g: g, lambda g: g

    plus, _ = binary("plus", compute)
    a = Array(4.0)
    assert compile(a * plus(Array(2.0), Array(3.0)), [a])(4.0) == (20.0, [5.0])
    assert calls == [(2.0, 3.0)]


def test_what_no_result_needs_is_not_computed():
    def compute(a):
        slope = np.cos(a)
        return np.sin(a), lambda g: g * slope

    a, b = Array([1.0, 2.0]), Array([3.0, 4.0])
    source = compile((unary("sin", compute)(a) * b).sum(), [b], [a]).source
    assert " sin(" in source and "cos" not in source


def test_a_graph_with_very_many_paths_is_walked_once():
    a = Array([1.0, 2.0])
    root = a
    for _ in range(60):
        root = (root + root) * 0.5
    assert compile(root.sum(), [a])(np.array([3.0, 4.0]))[0] == 7.0


def test_powers_are_written_with_stars_also_of_arrays():
    a = Array([1.0, 2.0], label="a")
    assert " = a ** 3.0\n" in compile((a ** 3).sum(), [a]).source


@pytest.mark.parametrize("x", [np.array([3.0, 4.0]), np.float64(3.0)], ids=["array", "number"])
@pytest.mark.parametrize("constant", [np.inf, -np.inf, np.nan, 0.0, 1.0, -1.0])
def test_constants_that_need_care(constant, x):
    a = Array(x)
    assert_equal(compile((a * constant).sum(), [a])(x),
                 engine(lambda leaves: (leaves[0] * constant).sum(), [x]))


def test_a_batch_gets_no_gradient_and_no_work_for_one():
    _, _, program = compiled_network()
    assert "x_grad" not in program.source and "y_grad" not in program.source
    assert "W.mT" not in program.source
    table, bias = Array(np.ones((3, 2)), label="table"), Array([1.0, 2.0])
    assert "table_grad" not in compile((table + bias).tanh().sum(), [bias], [table]).source


def test_the_same_call_is_not_made_twice():
    a = Array([1.0, 2.0], label="a")
    assert compile((a.tanh() * a.tanh()).sum(), [a]).source.count("tanh(a") == 1


def test_a_call_with_other_options_is_another_call():
    def cumsum(axis):
        def rule(g):
            return np.flip(np.cumsum(np.flip(g, axis), axis=axis), axis)
        return unary("cumsum", lambda a: (np.cumsum(a, axis=axis), rule))

    def loss(leaves):
        return (cumsum(0)(leaves[0]) * cumsum(1)(leaves[0])).sum()

    x = np.array([[1.0, 2.0], [3.0, 5.0]])
    a = Array(x)
    assert_equal(compile(loss([a]), [a])(x), engine(loss, [x]))
    careless = unary("own", lambda a: (np.sin(a, casting="unsafe"), lambda g: g))
    assert "casting='unsafe'" in compile(careless(a).sum(), [a]).source


def test_adding_zero_and_multiplying_by_one_are_no_steps():
    a = Array([1.0, 2.0])
    source = compile((a * 1.0 + 0.0).tanh().sum(), [a]).source
    assert "add(" not in source and source.count("multiply(") == 1  # in the slope of tanh


@pytest.mark.parametrize(("plus", "minus"), [
    (0.0, -0.0), (np.zeros(2), -np.zeros(2)), (np.zeros(2), np.array([0.0, -0.0]))], ids=repr)
def test_zero_and_minus_zero_are_two_constants(plus, minus):
    a = Array([1.0, 1.0])
    with np.errstate(divide="ignore", invalid="ignore"):
        root = (a / plus).tanh().sum() + (a / minus).tanh().sum()
        assert compile(root, [])()[0] == root.data
        assert_equal(compile(root, [a])(np.ones(2)), engine(
            lambda x: (x[0] / plus).tanh().sum() + (x[0] / minus).tanh().sum(), [np.ones(2)]))


def test_buffers_are_used_again():
    a = Array(np.ones(3), label="a")
    root = a
    for _ in range(50):
        root = (root + 1.0) * 0.5
    assert compile(root.sum(), [a]).source.count("empty((3,)") == 1


@pytest.mark.parametrize(("label", "name"), [
    ("W1", "W1"), ("my loss", "my_loss"), ("lambda", "lambda_2"), ("add", "add_2"),
    ("float", "float_2"),
    ("empty", "empty_2"), ("", "p1"), ("buffer1", "buffer1"), ("constant1", "constant1"),
    ("one", "one"), ("zeros", "zeros"), ("dot", "dot")])
def test_labels_become_names(label, name):
    a, x = Array(np.ones(3), label=label), np.full(3, 2.0)
    program = compile((((a + 1.0) * np.arange(3.0)).relu() * a).sum(), [a])
    assert f"value_and_gradients({name}):" in program.source
    assert_equal(program(x), (18.0, [np.array([0.0, 5.0, 10.0])]))
    assert (x == 2.0).all()


# Errors


def graph():
    a, b = Array(np.ones((2, 3)), label="a"), Array(np.ones(3))
    return (a * b).sum(), a, b


@pytest.mark.parametrize(("f", "error", "message"), [
    (lambda root, a, b: compile(root, [a, b])(np.ones((3, 2)), np.ones(3)), ValueError,
     "a has shape (3, 2), and the program is one for (2, 3): compile the graph of an array of the "
     "new shape"),
    (lambda root, a, b: compile(root, [a], [b])(np.ones((2, 3)), 1.0), ValueError,
     "p2 has shape (), and the program is one for (3,): compile the graph of an array of the "
     "new shape"),
    (lambda root, a, b: compile(root, [b], [a])(np.ones(3), np.ones((1, 3))), ValueError,
     "a has shape (1, 3), and the program is one for (2, 3): compile the graph of an array of the "
     "new shape"),
    (lambda root, a, b: compile(root, [a, b])(np.ones((2, 3))), TypeError,
     "value_and_gradients() missing 1 required positional argument: 'p2'"),
    (lambda root, a, b: compile(root, [a])(np.ones((2, 3)), 1.0), TypeError,
     "value_and_gradients() takes 1 positional argument but 2 were given"),
    (lambda root, a, b: compile(root, [a])([["1"] * 3] * 2), TypeError,
     "expected a real number or an array of real numbers, got [['1', '1', '1'], ['1', '1', '1']]"),
    (lambda root, a, b: compile(root, [root]), ValueError,
     "inputs are leaves of the root's graph, each given once; check Array(6.)"),
    (lambda root, a, b: compile(root, [a], [a]), ValueError,
     "inputs are leaves of the root's graph, each given once; check "
     "Array([[1., 1., 1.],\n       [1., 1., 1.]])"),
    (lambda root, a, b: compile(root, [Array(1.0)]), ValueError,
     "inputs are leaves of the root's graph, each given once; check Array(1.)"),
    (lambda root, a, b: compile(root, [Value(1.0)]), ValueError,
     "inputs are leaves of the root's graph, each given once; check Value(data=1.0, grad=0.0)"),
    (lambda root, a, b: compile(a * b, [a]), ValueError,
     "backward() starts from a single number and this Array has shape (2, 3): take its sum() or "
     "mean() first"),
])
def test_errors_say_what_is_wrong(f, error, message):
    with pytest.raises(error) as raised:
        f(*graph())
    assert str(raised.value) == message


def test_inputs_may_be_any_iterable_and_numbers_any_kind():
    root, a, b = graph()
    program = compile(root, (x for x in (a,)), (x for x in (b,)))
    assert program([[1, 2, 3]] * 2, np.float32([1, 1, 1]))[0] == 12.0


def test_an_array_of_whole_numbers_is_taken_as_one_of_floats():
    a = Array([1.0, 2.0])
    value, [slope] = compile((a * a).sum(), [a])(np.array([200, 2], np.uint8))
    assert (value, slope.tolist()) == (40_004.0, [400.0, 4.0])


def test_a_root_that_is_a_leaf_and_one_without_inputs():
    a = Array(2.0)
    assert compile(a, [a])(5.0) == (5.0, [1.0])
    assert compile(a * 3, [])() == (6.0, [])
