"""Networks: what they compute, where their parameters are, and that they learn."""

import copy
import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from micrograd import Value
from micrograd.engine import topological_order
from micrograd.nn import MLP, Layer, Module, Neuron
from micrograd.numeric import gradcheck

moderate = st.floats(-3, 3)


def numbers(parameters):
    return [parameter.data for parameter in parameters]


# What they compute

@given(st.lists(moderate, min_size=3, max_size=3))
def test_a_neuron_is_the_activation_of_the_weighted_sum(x):
    functions = {"relu": lambda n: max(n, 0.0), "tanh": math.tanh,
                 "sigmoid": lambda n: 1 / (1 + math.exp(-n))}
    for activation, of_number in functions.items():
        neuron = Neuron(3, activation=activation, seed=1)
        neuron.b.data = 0.5
        n = 0.5 + sum(w.data * number for w, number in zip(neuron.w, x, strict=True))
        assert neuron(x).data == pytest.approx(of_number(n), abs=1e-12)
        assert neuron(x)._op == activation


def test_a_linear_neuron_leaves_the_activation_out():
    neuron = Neuron(1, nonlin=False)
    neuron.w[0].data, neuron.b.data = 2.0, -10.0
    assert neuron([3.0]).data == -4.0
    assert neuron([3.0])._op == "dot"


def test_relu_is_the_activation_unless_another_is_chosen():
    for model in (Neuron(2), Layer(2, 1), MLP(2, [1, 1]).layers[0]):
        assert model([1.0, 2.0])._op == "relu"
    for model in (Neuron(2, True, "tanh"), Layer(2, 1, True, "tanh"),
                  MLP(2, [1, 1], "tanh").layers[0]):
        assert model([1.0, 2.0])._op == "tanh"


def test_a_layer_gives_a_list_of_outputs_or_the_only_one():
    layer, single = Layer(2, 3, seed=1), Layer(2, 1, seed=1)
    x = [Value(1.0), Value(-2.0)]
    assert [out.data for out in layer(x)] == [neuron(x).data for neuron in layer.neurons]
    assert single(x).data == single.neurons[0](x).data


def test_a_layer_makes_each_number_one_leaf_for_all_its_neurons():
    one, two = Layer(2, 2, nonlin=False)([3.0, 4])
    assert one._prev[2:4] == two._prev[2:4]
    assert numbers(one._prev[2:4]) == [3.0, 4.0]


def test_a_network_is_its_layers_one_after_the_other_the_last_one_linear():
    model = MLP(2, [3, 3, 2], seed=1)
    x = [0.5, -1.0]
    first, second, last = model.layers
    assert numbers(model(x)) == numbers(last(second(first(x))))
    assert [layer.neurons[0].nonlin for layer in model.layers] == [True, True, False]
    assert [out._op for out in model(x)] == ["dot", "dot"]


def test_a_layer_of_one_neuron_may_stand_anywhere_in_a_network():
    model = MLP(1, [1, 1, 1], "tanh", seed=1)
    assert isinstance(model([0.5]), Value)
    assert model(Value(0.5)).data == model([0.5]).data


@pytest.mark.parametrize("number", [2, 2.0, np.float64(2)])
def test_a_single_number_stands_for_a_list_of_one(number):
    for model in (Layer(1, 3, seed=1), MLP(1, [3, 1], seed=1)):
        assert str(model(number)) == str(model([number])) == str(model(Value(2.0)))


@pytest.mark.parametrize("x", [
    [1, -2], (1.0, -2.0), [Value(1.0), -2], np.array([1.0, -2.0]), np.array([1, -2])],
    ids=["ints", "tuple", "mixed", "floats in NumPy", "ints in NumPy"])
def test_inputs_may_be_values_or_numbers(x):
    for model in (Neuron(2, seed=1), Layer(2, 1, seed=1), MLP(2, [1], seed=1)):
        assert model(x).data == model([Value(1.0), Value(-2.0)]).data


@given(st.lists(moderate, min_size=2, max_size=2), st.sampled_from(["tanh", "sigmoid"]))
def test_a_network_has_the_gradients_that_nudging_shows(x, activation):
    model = MLP(2, [2, 1], activation, seed=3)
    parameters = model.parameters()

    def loss(*moved):
        twin = copy.deepcopy(model)
        for parameter, number in zip(twin.parameters(), moved, strict=True):
            parameter.data = number
        return (twin(x) - 1) ** 2

    ((model(x) - 1) ** 2).backward()
    got = [parameter.grad for parameter in parameters]
    gradcheck(loss, *numbers(parameters), got=got, tolerance=1e-5)


# Parameters

def test_the_parameters_are_all_weights_and_biases_in_order():
    model = MLP(2, [3, 1])
    expected = []
    for layer in model.layers:
        for neuron in layer.neurons:
            assert neuron.parameters() == [*neuron.w, neuron.b]
            expected += [*neuron.w, neuron.b]
        assert layer.parameters() == expected[-len(layer.parameters()):]
    assert model.parameters() == expected
    assert len(set(expected)) == 3 * (2 + 1) + 1 * (3 + 1)
    assert len(MLP(2, [16, 16, 1]).parameters()) == len(MLP(2, (16, 16, 1)).parameters()) == 337
    assert Module().parameters() == []


def test_zero_grad_clears_the_parameters():
    model = MLP(2, [2, 1], "tanh", seed=1)
    model([1.0, 2.0]).backward()
    assert all(parameter.grad for parameter in model.parameters())
    model.zero_grad()
    assert [parameter.grad for parameter in model.parameters()] == [0.0] * 9
    Module().zero_grad()


def test_weights_start_between_minus_one_and_one_and_biases_at_zero():
    neuron = Neuron(500, seed=1)
    assert -1 <= min(numbers(neuron.w)) < -0.9 and 0.9 < max(numbers(neuron.w)) <= 1
    assert neuron.b.data == 0.0


# Seeds

def test_the_same_seed_gives_the_same_network_and_another_seed_another():
    for make in (lambda seed: Neuron(3, seed=seed), lambda seed: Layer(3, 2, seed=seed),
                 lambda seed: MLP(3, [2, 1], seed=seed)):
        one, same, other = (numbers(make(seed).parameters()) for seed in (1, 1, 2))
        assert one == same != other
        weights = [number for number in one if number]
        assert len(set(weights)) == len(weights)  # no two weights of a network start alike


def test_a_seed_may_be_a_number_of_numpy():
    assert numbers(MLP(2, [1], seed=np.int64(3)).parameters()) == numbers(
        MLP(2, [1], seed=3).parameters())


def test_a_seed_leaves_pythons_own_generator_alone():
    random.seed(5)
    expected = random.random()
    random.seed(5)
    MLP(2, [2, 1], seed=1)
    assert random.random() == expected


def test_without_a_seed_weights_come_from_pythons_own_generator_in_order():
    for make in (lambda: Neuron(2), lambda: Layer(2, 1), lambda: MLP(2, [1])):
        random.seed(5)
        expected = [random.uniform(-1, 1), random.uniform(-1, 1), 0.0]
        random.seed(5)
        assert numbers(make().parameters()) == expected


def test_a_generator_may_be_shared():
    source = random.Random(5)
    one, two = Neuron(2, seed=source), Neuron(2, seed=source)
    assert numbers(Layer(2, 2, seed=5).parameters()) == numbers(one.parameters() + two.parameters())


# repr and errors

def test_a_network_says_its_shape_and_how_many_parameters_it_has():
    model = MLP(2, [16, 1], "tanh")
    assert repr(model) == "MLP of [Layer(2 -> 16, tanh), Layer(16 -> 1, linear)], 65 parameters"
    assert repr(Neuron(3)) == "Neuron(3, relu)"
    assert repr(Neuron(3, nonlin=False, activation="tanh")) == "Neuron(3, linear)"


LENGTHS = "expected one input for each weight; pass lists of the same length"
NOUTS = "nouts lists the number of neurons of each layer, as in [16, 16, 1], got"


@pytest.mark.parametrize(("act", "message"), [
    (lambda: MLP(3, [2, 1])([1.0, 2.0]), f"dot of 3 weights and 2 inputs: {LENGTHS}"),
    (lambda: Layer(2, 2)([1.0, 2.0, 3.0]), f"dot of 2 weights and 3 inputs: {LENGTHS}"),
    (lambda: Neuron(2)([1.0]), f"dot of 2 weights and 1 inputs: {LENGTHS}"),
    (lambda: Neuron(0), "the number of inputs is whole and at least 1, got 0"),
    (lambda: MLP(-1, [2]), "the number of inputs is whole and at least 1, got -1"),
    (lambda: Neuron(2.0), "the number of inputs is whole and at least 1, got 2.0"),
    (lambda: Layer(2, 0), "the number of neurons is whole and at least 1, got 0"),
    (lambda: MLP(2, [3, "1"]), "the number of neurons is whole and at least 1, got '1'"),
    (lambda: MLP(2, 3), f"{NOUTS} 3"),
    (lambda: MLP(2, []), f"{NOUTS} []"),
    (lambda: MLP(2, "1" * 99), f"{NOUTS} '{'1' * 59}"),
    (lambda: Neuron("1" * 99),
     f"the number of inputs is whole and at least 1, got '{'1' * 59}"),
    (lambda: Neuron(2, activation="rleu"),
     "there is no activation 'rleu': choose one of relu, tanh, sigmoid"),
])
def test_a_wrong_size_or_name_gets_an_error_that_says_so(act, message):
    with pytest.raises(ValueError) as caught:
        act()
    assert str(caught.value) == message


def test_what_is_no_number_is_refused_as_an_input():
    with pytest.raises(TypeError, match="got str 'x'"):
        MLP(2, [1])(["x", 1.0])


# Learning

def train(model, data, steps, rate):
    """Gradient descent on the mean squared error; returns the loss before each step."""
    losses = []
    for _ in range(steps):
        loss = sum((model(x) - y) ** 2 for x, y in data) / len(data)
        model.zero_grad()
        loss.backward()
        for parameter in model.parameters():
            parameter.data -= rate * parameter.grad
        losses.append(loss.data)
    return losses


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_small_network_learns_exclusive_or(activation, seed):
    data = [([x, y], 1.0 if x != y else -1.0) for x in (-1, 1) for y in (-1, 1)]
    model = MLP(2, [6, 1], activation, seed=seed)
    losses = train(model, data, 400, 0.15)
    assert losses[-1] < 0.1 < losses[0]
    assert all((model(x).data > 0) == (y > 0) for x, y in data)


def test_a_network_of_the_public_micrograd_is_the_same_sum_of_products():
    random.seed(1337)
    model = MLP(2, [4, 1])
    random.seed(1337)
    inputs = [Value(0.5), Value(-1.5)]
    written_out = inputs
    for nin, nout in [(2, 4), (4, 1)]:
        neurons = [([Value(random.uniform(-1, 1)) for _ in range(nin)], Value(0))
                   for _ in range(nout)]
        written_out = [sum((w * x for w, x in zip(ws, written_out, strict=True)), b)
                       for ws, b in neurons]
        if nout > 1:
            written_out = [out.relu() for out in written_out]
    assert model(inputs).data == written_out[0].data
    assert len(topological_order(model(inputs))) == 4 * 2 + 1


def moons():
    rng = np.random.default_rng(0)
    angle = rng.uniform(0, np.pi, 50)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    points = np.concatenate([upper, lower]) + rng.normal(0, 0.1, (100, 2))
    return points.tolist(), [1.0] * 50 + [-1.0] * 50


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_network_learns_the_moons_from_several_starts(seed):
    """Written with the calls of the public micrograd: sum, relu, zero_grad, p.data, p.grad."""
    model, (points, labels) = MLP(2, [16, 16, 1], seed=seed), moons()
    for _ in range(150):
        scores = [model(list(map(Value, point))) for point in points]
        right = sum((s.data > 0) == (y > 0) for s, y in zip(scores, labels, strict=True))
        if right == 100:
            return
        losses = [(1 + -y * s).relu() for s, y in zip(scores, labels, strict=True)]
        loss = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in model.parameters())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data -= 0.5 * p.grad
    pytest.fail(f"{right} of 100 points after 150 steps")


@pytest.mark.parametrize("attempt", [lambda: Neuron(True), lambda: Layer(2, True),
                                     lambda: MLP(2, [True])])
def test_a_bool_is_no_number_of_anything(attempt):
    with pytest.raises(ValueError, match="whole and at least 1, got True"):
        attempt()
