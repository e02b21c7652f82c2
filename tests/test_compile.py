"""Compiled graphs: their source, and their numbers against the scalar engine's."""

import gc
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd import Value
from micrograd.compile import compile
from micrograd.engine import dot
from micrograd.nn import MLP


def labelled(**numbers):
    return [Value(number, label) for label, number in numbers.items()]


def product_and_sum():
    """The graph of L = (a * b + c) * f, with all its labels."""
    a, b, c, f = labelled(a=2.0, b=-3.0, c=10.0, f=-2.0)
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    L = d * f
    L.label = "L"
    return L, [a, b, c, f]


def neuron():
    x1, x2, w1, w2, b = labelled(x1=2.0, x2=0.0, w1=-3.0, w2=1.0, b=6.8813735870195432)
    n = dot([w1, w2], [x1, x2], b)
    n.label = "n"
    o = n.tanh()
    o.label = "o"
    return o, [x1, x2, w1, w2, b]


# The source


def test_the_source_reads_like_the_derivation_by_hand():
    assert compile(*product_and_sum()).source == """\
def value_and_gradients(a, b, c, f):
    e = a * b
    d = e + c
    L = d * f

    L_grad = 1.0
    d_grad = L_grad * f
    e_grad = d_grad
    a_grad = e_grad * b
    b_grad = e_grad * a
    c_grad = d_grad
    f_grad = L_grad * d
    return L, [a_grad, b_grad, c_grad, f_grad]
"""


def test_the_source_of_a_neuron():
    assert compile(*neuron()).source == """\
from math import tanh

def value_and_gradients(x1, x2, w1, w2, b):
    n = b + w1*x1 + w2*x2
    o = tanh(n)

    o_grad = 1.0
    n_grad = o_grad * (1 - o * o)
    x1_grad = n_grad * w1
    x2_grad = n_grad * w2
    w1_grad = n_grad * x1
    w2_grad = n_grad * x2
    b_grad = n_grad
    return o, [x1_grad, x2_grad, w1_grad, w2_grad, b_grad]
"""


def test_the_contributions_of_all_uses_stand_on_one_line():
    a, b = labelled(a=3.0, b=2.0)
    source = compile(a * a - a / b + b, [a, b]).source
    assert "    a_grad = v2_grad * a + v2_grad * a + v4_grad * (1 / b)\n" in source
    assert "    b_grad = v6_grad + v4_grad * (-v4 / b)\n" in source
    assert "    b_grad = v4_grad * v3 - v3_grad\n" in compile((a - b) * b, [a, b]).source


def test_whole_powers_follow_the_power_rule_and_others_are_left_to_pow():
    x, n = labelled(x=3.0, n=1.5)
    for f, result, gradient in (
        (lambda: x ** 2, "x**2", "(2 * x**(2 - 1))"),
        (lambda: x ** -1, "x**-1", "(-1 * x**(-1 - 1))"),
        (lambda: x ** 0, "pow(x, 0)", "slope_in_base(x, 0)"),
        (lambda: x ** 0.5, "pow(x, 0.5)", "slope_in_base(x, 0.5)"),
        (lambda: x ** n, "pow(x, n)", "slope_in_base(x, n)"),
    ):
        source = compile(f(), [x, n] if "n" in result else [x]).source
        assert f" = {result}\n" in source
        assert f"    x_grad = v3_grad * {gradient}\n" in source


def test_leaves_that_are_not_inputs_become_constants():
    L, (a, _, _, _) = product_and_sum()
    assert compile(L, [a]).source == """\
def value_and_gradients(a):
    e = a * -3
    d = e + 10
    L = d * -2

    L_grad = 1.0
    d_grad = L_grad * -2
    e_grad = d_grad
    a_grad = e_grad * -3
    return L, [a_grad]
"""


def test_operations_on_constants_alone_are_done_beforehand():
    a, b = labelled(a=2.0, b=-0.1)
    program = compile(a + (b * b).exp() * 3, [a])
    assert f"    v7 = a + {math.exp(0.1**2) * 3!r}\n" in program.source
    assert program(5.0)[0] == 5.0 + math.exp(0.1**2) * 3


@pytest.mark.parametrize("constant", [0.1, -0.1, 1e300, -1e-300, 1e16, 12345678.0, -0.5, 3, -3, 0])
def test_constants_keep_every_digit(constant):
    a = Value(7.0, "a")
    for f in (lambda x: x * constant, lambda x: constant - x, lambda x: x - constant):
        program = compile(f(a), [a])
        assert program(7.0)[0] == f(a).data


def test_a_constant_may_have_come_from_a_step_with_numpys_numbers():
    a, b = labelled(a=3.0, b=0.0)
    b.data -= np.float64(0.5)
    assert "    v3 = a * -0.5\n" in compile(a * b, [a]).source


def test_the_source_runs_on_its_own():
    a, b = labelled(a=0.5, b=1.5)
    root = (a.exp() * b.log()).tanh() ** 2 + a ** b + b.sigmoid() * a.relu()
    program = compile(root, [a, b])
    namespace = {}
    exec(program.source, namespace)
    assert namespace["value_and_gradients"](0.5, 1.5) == program(0.5, 1.5)


# Names


def names(*labels):
    """The names of the inputs with these labels."""
    inputs = [Value(1.0, label) for label in labels]
    program = compile(sum(inputs), inputs)
    assert program(*range(len(labels)))[0] == sum(range(len(labels)))
    arguments, _, _ = program.source.partition(")")
    return arguments.removeprefix("def value_and_gradients(").split(", ")


@pytest.mark.parametrize(("label", "name"), [
    ("w1", "w1"), ("α", "α"), ("my loss", "my_loss"), ("a+b*c", "a_b_c"), ("2nd", "_2nd"),
    ("lambda", "lambda_2"), ("None", "None_2"), ("sum", "sum_2"), ("__debug__", "__debug___2"),
    ("exp", "exp_2"), ("ﬁ", "fi"), ("x²", "x2"), ("{|}<>", "_____"), ("a\nb", "a_b"), ("", "p1"),
])
def test_labels_become_names(label, name):
    assert names(label) == [name]


def test_names_are_unique_even_with_their_gradients():
    assert names("a", "a", "a") == ["a", "a_2", "a_3"]
    assert names("a", "a_2", "a") == ["a", "a_2", "a_3"]
    assert names("a", "a_grad") == ["a", "a_grad_2"]
    assert names("a_grad", "a") == ["a_grad", "a_1"]
    assert names("ﬁ", "fi") == ["fi", "fi_2"]
    assert names("", "p1", "") == ["p1", "p1_2", "p3"]


@given(st.lists(st.text(max_size=8) | st.sampled_from(["a", "a_grad", "a_2", "v2"]), min_size=1))
def test_any_labels_compile(labels):
    assert len(set(names(*labels))) == len(labels)


def test_operations_without_a_label_are_numbered():
    a, b = labelled(v3=2.0, b=3.0)
    source = compile((a + b).tanh(), [a, b]).source
    assert "    v3_2 = v3 + b\n    v4 = tanh(v3_2)\n" in source


# Numbers


BUILD = {
    "+": lambda x, y, z: x + y,
    "-": lambda x, y, z: x - y,
    "*": lambda x, y, z: x.tanh() * y,
    "/": lambda x, y, z: x / (y * y + 1),
    "neg": lambda x, y, z: -x,
    "exp": lambda x, y, z: x.tanh().exp(),
    "log": lambda x, y, z: (x * x + 0.5).log(),
    "tanh": lambda x, y, z: x.tanh(),
    "sigmoid": lambda x, y, z: x.sigmoid(),
    "relu": lambda x, y, z: x.relu(),
    "square": lambda x, y, z: x.tanh() ** 2,
    "cube": lambda x, y, z: x.tanh() ** 3,
    "reciprocal": lambda x, y, z: (x * x + 1) ** -1,
    "root": lambda x, y, z: (x * x + 1) ** 0.5,
    "power": lambda x, y, z: (x * x + 1) ** y.tanh(),
    "power of a number": lambda x, y, z: 2 ** x.tanh(),
    "number": lambda x, y, z: 1 - 2.5 * x,
    "dot": lambda x, y, z: dot([x.tanh(), y.tanh(), 0.5], [y, z, x], z),
    "dot of one": lambda x, y, z: dot([x.sigmoid()], [x], 1.0),
}
DRAFTS = st.lists(
    st.tuples(st.sampled_from(list(BUILD)), *[st.integers(0, 30)] * 3), min_size=1, max_size=12)
SAMPLES = st.lists(st.tuples(*[st.floats(-2, 2)] * 3), min_size=1, max_size=4)


def draw_graph(draft, numbers):
    """A graph with three leaves, in which every operation's result is used."""
    leaves = [Value(x, label) for x, label in zip(numbers, "abc", strict=True)]
    pool = list(leaves)
    for op, *indices in draft:
        pool.append(BUILD[op](*(pool[i % len(pool)] for i in indices)))
    return sum(pool), leaves


def engine(draft, numbers):
    root, leaves = draw_graph(draft, numbers)
    root.backward()
    return root.data, [leaf.grad for leaf in leaves]


@pytest.mark.parametrize("op", BUILD)
def test_each_operation_equals_the_engine(op):
    for numbers in ((0.5, 1.5, -2.0), (-0.7, -0.2, 1.0), (0.0, 0.0, 0.0)):
        draft = [(op, 0, 1, 2)]
        root, leaves = draw_graph(draft, numbers)
        value, gradients = compile(root, leaves)(*numbers)
        expected = engine(draft, numbers)
        assert value == pytest.approx(expected[0], rel=1e-14)
        assert gradients == pytest.approx(expected[1], rel=1e-14)


@given(DRAFTS, SAMPLES)
def test_random_graphs_equal_the_engine_on_floats_and_on_columns(draft, samples):
    root, leaves = draw_graph(draft, samples[0])
    program = compile(root, leaves)
    expected = [engine(draft, sample) for sample in samples]
    scale = max(1, *(abs(x) for value, gradients in expected for x in (value, *gradients)))
    for sample, (value, gradients) in zip(samples, expected, strict=True):
        got, got_gradients = program(*sample)
        assert type(got) is float
        assert [got, *got_gradients] == pytest.approx([value, *gradients], abs=1e-9 * scale)
    value, gradients = program(*np.array(samples).T)
    columns = np.array([value, *gradients])
    rows = [[value, *gradients] for value, gradients in expected]
    np.testing.assert_allclose(columns.T, rows, atol=1e-9 * scale, rtol=0)


@given(DRAFTS, st.tuples(*[st.floats(-2, 2)] * 3), st.sets(st.integers(0, 2), min_size=1))
def test_any_choice_of_inputs_gives_the_same_gradients(draft, numbers, chosen):
    root, leaves = draw_graph(draft, numbers)
    value, gradients = compile(root, leaves)(*numbers)
    got, got_gradients = compile(root, [leaves[i] for i in chosen])(*(numbers[i] for i in chosen))
    assert got == pytest.approx(value)
    assert got_gradients == pytest.approx([gradients[i] for i in chosen])


def test_sigmoid_and_tanh_never_overflow():
    x = Value(0.0, "x")
    for f, limits in ((Value.sigmoid, (0.0, 1.0)), (Value.tanh, (-1.0, 1.0))):
        program = compile(f(x), [x])
        assert (program(-1000.0), program(1000.0)) == tuple((y, [0.0]) for y in limits)
        assert program(np.array([-1000.0, 1000.0]))[0].tolist() == list(limits)


def test_relu_chooses_anew_for_every_row():
    x = Value(-1.0, "x")
    value, (gradient,) = compile(x.relu(), [x])(np.array([-1.0, 0.0, 2.0]))
    assert (value.tolist(), gradient.tolist()) == ([0.0, 0.0, 2.0], [0.0, 0.0, 1.0])


def test_an_if_on_data_is_not_in_the_program():
    def absolute(x):
        return -x if x.data < 0 else x * 1

    x = Value(3.0, "x")
    assert compile(absolute(x), [x])(-3.0) == (-3.0, [1.0])


def test_a_root_that_is_a_leaf():
    a = Value(2.0, "a")
    assert compile(a, [a])(5.0) == (5.0, [1.0])


def test_without_inputs_the_program_is_a_constant():
    a = Value(2.0, "a")
    assert compile(a * 3, [])() == (6.0, [])


def test_ints_and_numpy_numbers_count_as_floats():
    program = compile(*product_and_sum())
    for numbers in ((2, -3, 10, -2), np.array([2, -3, 10, -2]), np.float32([2, -3, 10, -2])):
        assert program(*numbers) == (-8.0, [6.0, -4.0, -2.0, 4.0])
    value, gradients = program(2, -3, 10, -2)
    assert {type(x) for x in (value, *gradients)} == {float}


def test_an_array_without_axes_is_a_number():
    x = Value(2.0, "x")
    program = compile(x * x, [x])
    value, gradients = program(np.array(3.0))
    assert (value, gradients, type(value)) == (9.0, [6.0], float)
    with pytest.raises(ValueError, match="finite"):
        program(np.array(math.inf))


def test_columns_of_ints_and_lists_count_as_floats():
    x = Value(2.0, "x")
    program = compile(x ** -2, [x])
    for column in (np.array([1, 2]), [1, 2]):
        assert program(column)[0].tolist() == [1.0, 0.25]


def test_columns_and_numbers_can_be_mixed():
    value, gradients = compile(*product_and_sum())(np.array([2.0, 1.0]), -3.0, 10.0, -2.0)
    assert value.tolist() == [-8.0, -14.0]
    assert [g.tolist() for g in gradients] == [[6, 6], [-4, -2], [-2, -2], [4, 7]]


@pytest.mark.parametrize("shape", [(3,), (3, 1), (1,), (2, 3)])
def test_results_have_the_shape_of_the_columns(shape):
    a, b = labelled(a=1.0, b=2.0)
    value, gradients = compile(a + 2 * b, [a, b])(np.ones(shape), 5.0)
    assert value.shape == gradients[0].shape == gradients[1].shape == shape
    assert gradients[1].tolist() == np.full(shape, 2.0).tolist()


def test_a_batch_runs_through_the_network_of_one_sample():
    model = MLP(2, [4, 3, 1], seed=1)
    parameters = model.parameters()
    rng = np.random.default_rng(0)
    x1, x2 = rng.normal(size=(2, 20)).tolist()
    y = rng.choice([-1.0, 1.0], 20).tolist()

    def loss(x1, x2, y):
        return (1 - y * model([x1, x2])).relu()

    total = sum(map(loss, map(Value, x1), map(Value, x2), y)) / len(y)
    total.backward()

    sample = labelled(x1=1.0, x2=1.0, y=1.0)
    program = compile(loss(*sample), [*parameters, *sample])
    value, gradients = program(*(p.data for p in parameters), *map(np.array, (x1, x2, y)))
    assert value.mean() == pytest.approx(total.data, rel=1e-12)
    expected = [p.grad for p in parameters]
    assert [g.mean() for g in gradients[:-3]] == pytest.approx(expected, rel=1e-9, abs=1e-12)


# Values in place of numbers


def test_a_program_runs_on_values_and_gives_a_graph_of_the_gradient():
    x = Value(2.0, "x")
    program = compile(x ** 3, [x])
    value, (slope,) = program(x)
    assert (value.data, [slope.data]) == program(2.0) == (8.0, [12.0])
    slope.backward()
    assert x.grad == 12.0  # 6x


@given(DRAFTS, st.tuples(*[st.floats(-2, 2)] * 3))
@settings(deadline=None)
def test_on_values_a_program_computes_the_same_numbers(draft, numbers):
    root, leaves = draw_graph(draft, numbers)
    program = compile(root, leaves)
    value, gradients = program(*numbers)
    as_values, gradients_as_values = program(*map(Value, numbers))
    assert as_values.data == pytest.approx(value, rel=1e-12)
    assert [g.data for g in gradients_as_values] == pytest.approx(gradients, rel=1e-9, abs=1e-12)


def test_on_values_the_value_and_all_gradients_are_values():
    a, b = labelled(a=2.0, b=3.0)
    for root, inputs in ((a, [a]), (a + b, [a, b]), (a - b, [a, b]), (a ** 0, [a])):
        value, gradients = compile(root, inputs)(*inputs)
        assert {type(x) for x in (value, *gradients)} == {Value}


@pytest.mark.parametrize("op", BUILD)
@pytest.mark.parametrize("numbers", [(0.5, 1.5, -2.0), (-0.7, -0.2, 1.0), (0.0, 0.0, 0.0),
                                     (-1000.0, 3.0, 2.0)])
def test_on_values_the_value_has_a_graph_with_the_same_gradients(op, numbers):
    leaves = [Value(x) for x in numbers]
    program = compile(BUILD[op](*leaves) + 0 * sum(leaves), leaves)
    value, gradients = program(*leaves)
    value.backward()
    assert [leaf.grad for leaf in leaves] == pytest.approx([g.data for g in gradients], rel=1e-14)


@pytest.mark.parametrize("numbers", [(-2.0, 3.0), (-0.5, 2.0), (0.0, 2.0), (0.5, 2.0), (0.5, 0.0)])
def test_on_values_powers_have_the_numbers_of_floats(numbers):
    leaves = labelled(x=1.0, n=1.0)
    program = compile(leaves[0] ** leaves[1], leaves)
    value, gradients = program(*map(Value, numbers))
    assert (value.data, [g.data for g in gradients]) == program(*numbers)


def test_a_constant_power_of_zero_is_flat_also_at_zero():
    x = Value(0.0)
    value, (slope,) = compile(x ** 0, [x])(x)
    assert (value.data, slope.data) == (1.0, 0.0)


def test_second_derivatives_of_a_power_at_exponent_zero():
    log = math.log(2.0)
    expected = [[0.0, 0.5], [0.5, log * log]]  # d2/dx dn of x**n is x**(n - 1) (1 + n log x)
    assert hessian(lambda x, n: x ** n, (2.0, 0.0)) == [pytest.approx(row) for row in expected]


def hessian(f, numbers):
    """All second derivatives of f: each gradient's graph is walked backwards in its turn."""
    inputs = [Value(x) for x in numbers]
    _, gradients = compile(f(*inputs), inputs)(*inputs)
    rows = []
    for gradient in gradients:
        for x in inputs:
            x.grad = 0.0
        gradient.backward()
        rows.append([x.grad for x in inputs])
    return rows


def small_network(tanh):
    """The squared error of a network with a hidden layer of two, as a function of its weights."""
    def loss(a, b, c, d, e, f, g):
        error = 0.0
        for x, y in ((0.5, 1.0), (-1.0, 0.3), (2.0, -0.7)):
            hidden = [tanh(a * x + b), tanh(c * x + d)]
            error = error + (e * hidden[0] + f * hidden[1] + g - y) ** 2
        return error
    return loss


WEIGHTS = (0.3, -0.2, 0.8, 0.1, -0.5, 0.9, 0.05)


def test_the_hessian_of_a_network_against_autograd():
    import autograd
    import autograd.numpy as anp

    ours = hessian(small_network(Value.tanh), WEIGHTS)
    loss = small_network(anp.tanh)
    theirs = autograd.hessian(lambda w: loss(*w))(np.array(WEIGHTS))
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-13)


def test_the_hessian_against_central_differences_of_gradients():
    f = small_network(Value.tanh)
    inputs = [Value(x) for x in WEIGHTS]
    program, h = compile(f(*inputs), inputs), 1e-5
    for i, row in enumerate(hessian(f, WEIGHTS)):
        plus, minus = ([w + s * h * (i == j) for j, w in enumerate(WEIGHTS)] for s in (1, -1))
        slopes = np.subtract(program(*plus)[1], program(*minus)[1]) / (2 * h)
        np.testing.assert_allclose(row, slopes, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("op", ["/", "exp", "log", "tanh", "sigmoid", "square", "cube", "root",
                                "reciprocal", "power", "power of a number", "dot"])
def test_second_derivatives_of_each_operation(op):
    def f(x, y, z):
        return (BUILD[op](x, y, z) + 0.25 * x * y * z).tanh()

    numbers, h = (0.5, 1.5, -2.0), 1e-5
    inputs = [Value(x) for x in numbers]
    program = compile(f(*inputs), inputs)
    for i, row in enumerate(hessian(f, numbers)):
        plus, minus = ([x + s * h * (i == j) for j, x in enumerate(numbers)] for s in (1, -1))
        slopes = np.subtract(program(*plus)[1], program(*minus)[1]) / (2 * h)
        np.testing.assert_allclose(row, slopes, rtol=1e-6, atol=1e-8)


def test_relu_is_flat_on_both_sides_so_its_second_derivative_is_zero():
    assert hessian(lambda x, y: (x * y).relu(), (2.0, 3.0)) == [[0.0, 1.0], [1.0, 0.0]]
    assert hessian(lambda x, y: (x * y).relu(), (-2.0, 3.0)) == [[0.0, 0.0], [0.0, 0.0]]


def test_third_derivatives():
    x = Value(2.0)
    slope = compile(x ** 4, [x])(x)[1][0]
    curvature = compile(slope, [x])(x)[1][0]
    assert (slope.data, curvature.data) == (32.0, 48.0)
    assert compile(curvature, [x])(2.0) == (48.0, [48.0])


def test_newtons_method_solves_least_squares_in_one_step():
    points = ((0.0, 1.0), (1.0, 2.5), (2.0, 3.0), (3.0, 5.5))

    def loss(a, b):
        return sum((a * x + b - y) ** 2 for x, y in points) / len(points)

    a, b = Value(0.0), Value(0.0)
    program = compile(loss(a, b), [a, b])
    _, gradient = program(0.0, 0.0)
    newton = -np.linalg.solve(hessian(loss, (0.0, 0.0)), gradient)
    best = np.polyfit(*zip(*points, strict=True), 1)
    np.testing.assert_allclose(newton, best, rtol=1e-12)
    descent = np.zeros(2)
    for _ in range(20):
        descent = descent - 0.1 * np.array(program(*descent)[1])
    assert abs(descent - best).max() > 0.01


class Dual:
    """A number with its rate of change: derivatives forwards, in one pass per input."""

    def __init__(self, data, rate=0.0): self.data, self.rate = data, rate
    def __add__(self, b): return Dual(self.data + b.data, self.rate + b.rate)
    def __sub__(self, b): return Dual(self.data - b.data, self.rate - b.rate)
    def __mul__(self, b): return Dual(self.data * b.data, self.rate * b.data + self.data * b.rate)
    def tanh(self):
        t = math.tanh(self.data)
        return Dual(t, (1 - t * t) * self.rate)


def test_dual_numbers_agree():
    def f(a, b, c):
        return ((a * b + c).tanh() - a * c).tanh() * b

    numbers = (0.5, -1.5, 0.25)
    inputs = [Value(x) for x in numbers]
    _, gradients = compile(f(*inputs), inputs)(*numbers)
    for i, gradient in enumerate(gradients):
        assert f(*(Dual(x, float(i == j)) for j, x in enumerate(numbers))).rate == \
            pytest.approx(gradient, rel=1e-15)


def test_a_batch_gets_no_gradient():
    L, inputs = product_and_sum()
    source = compile(L, inputs[:2], batch=inputs[2:]).source
    assert "def value_and_gradients(a, b, c, f):" in source
    assert "c_grad" not in source and "f_grad" not in source
    assert compile(L, inputs[:2], inputs[2:])(2.0, -3.0, 10.0, -2.0) == (-8.0, [6.0, -4.0])
    e = L._prev[0]._prev[0]  # a * b, which nothing is learned from
    assert "e_grad" not in compile(L, inputs[2:], inputs[:2]).source and e.label == "e"


# Size


@pytest.mark.thorough
def test_a_chain_of_thirty_thousand_operations():
    a, b = labelled(a=1.0, b=0.999)
    root = a
    for _ in range(30_000):
        root = root * b
    root.backward()
    assert compile(root, [a, b])(1.0, 0.999) == (root.data, pytest.approx([a.grad, b.grad]))


@pytest.mark.parametrize("n", [98, 99, 100, 101, 5000])
def test_a_wide_dot_and_a_value_with_many_uses(n):
    a = Value(2.0, "a")
    numbers = [1 / (i + 3) for i in range(n)]  # the digits of their sum depend on the order
    weights = [Value(x) for x in numbers]
    root = dot(weights, [a] * n, 1.0)
    root.backward()
    program = compile(root, [a, *weights])
    assert program(2.0, *numbers) == (root.data, [a.grad] + [2.0] * n)
    value, gradients = program(np.array([2.0, 3.0]), *numbers)
    assert value.tolist() == [root.data, pytest.approx(3 * sum(numbers) + 1)]
    assert gradients[0].tolist() == [a.grad, a.grad]


def test_a_dropped_program_leaves_nothing_for_the_collector():
    L, inputs = product_and_sum()
    gc.collect()
    gc.disable()
    try:
        compile(L, inputs)(1.0, 2.0, 3.0, 4.0)
        assert gc.collect() == 0
    finally:
        gc.enable()


# Errors


def inputs_of(f):
    L, inputs = product_and_sum()
    return lambda: compile(L, f(L, inputs))


NOT_LEAVES = "inputs are leaves of the root's graph, each given once; check "


@pytest.mark.parametrize(("f", "error", "message"), [
    (inputs_of(lambda L, inputs: [Value(2.0, "a")]), ValueError,
     NOT_LEAVES + "Value(data=2.0, grad=0.0, label='a')"),
    (inputs_of(lambda L, inputs: [inputs[0], L]), ValueError,
     NOT_LEAVES + "Value(data=-8.0, grad=0.0, label='L')"),
    (inputs_of(lambda L, inputs: [*inputs, inputs[0]]), ValueError,
     NOT_LEAVES + "Value(data=2.0, grad=0.0, label='a')"),
    (inputs_of(lambda L, inputs: [2.0]), ValueError, NOT_LEAVES + "2.0"),
    (inputs_of(lambda L, inputs: ["a"]), ValueError, NOT_LEAVES + "'a'"),
    (inputs_of(lambda L, inputs: inputs[0]), TypeError, "'Value' object is not iterable"),
    (lambda: compile(*product_and_sum())(1.0, 2.0, Value(3.0), np.ones(2)), TypeError,
     "a Value holds a real number, got ndarray array([1., 1.]): pass an int or a float (of a list "
     "or an array, each number by itself)"),
    (lambda: compile(3.0, []), TypeError,
     "an expression graph starts from a Value, and this is float: 3.0"),
    (lambda: compile(*product_and_sum())(1.0, 2.0, 3.0), TypeError,
     "value_and_gradients() missing 1 required positional argument: 'f'"),
    (lambda: compile(*product_and_sum())(1.0, 2.0, 3.0, "4"), TypeError,
     "expected a real number or an array of real numbers, got '4'"),
    (lambda: compile(*product_and_sum())(np.ones(2), np.ones((2, 1)), 3.0, 4.0), ValueError,
     "columns must have one shape, and these have [(2,), (2, 1)]"),
])
def test_errors_say_what_is_wrong(f, error, message):
    with pytest.raises(error) as raised:
        f()
    assert str(raised.value) == message


def test_an_unknown_operation_is_refused():
    a = Value(2.0, "a")
    root = a * 3
    root._op = "gamma"
    with pytest.raises(ValueError) as raised:
        compile(root, [a])
    assert str(raised.value) == (
        "the program knows +, -, *, /, **n, **, neg, exp, log, tanh, sigmoid, relu and dot, "
        "but not 'gamma'")


@pytest.mark.parametrize(("f", "argument", "error"), [
    (lambda x: 1 / x, 0.0, ZeroDivisionError),
    (lambda x: x.log(), 0.0, ValueError),
    (lambda x: x ** 0.5, -1.0, ValueError),
    (lambda x: x.exp(), 1000.0, OverflowError),
])
def test_floats_raise_where_there_is_no_result(f, argument, error):
    x = Value(1.0, "x")
    program = compile(f(x), [x])
    with pytest.raises(error):
        program(argument)
    with pytest.warns(RuntimeWarning):
        program(np.array([argument]))
