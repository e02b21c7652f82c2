"""Neurons, layers and networks: their shapes, their parameters, and that they learn."""

import math
import random

import numpy as np
import pytest

from micrograd import Value, nn
from micrograd.engine import dot
from micrograd.numeric import gradcheck


def data(values):
    return [value.data for value in values]


def test_a_neuron_is_an_activation_of_a_weighted_sum():
    neuron = nn.Neuron(3, activation="tanh", seed=1)
    x = [0.5, -1.0, 2.0]
    expected = math.tanh(sum(w * v for w, v in zip(data(neuron.w), x, strict=True)))
    assert neuron(x).data == pytest.approx(expected, rel=1e-12)
    assert neuron(list(map(Value, x))).data == neuron(x).data
    assert neuron.parameters() == [*neuron.w, neuron.b]
    assert all(-1 <= w <= 1 for w in data(neuron.w)) and neuron.b.data == 0.0


@pytest.mark.parametrize(("activation", "op"), [("relu", "relu"), ("tanh", "tanh"),
                                                ("sigmoid", "sigmoid")])
def test_the_activation_can_be_chosen_and_left_out(activation, op):
    assert nn.Neuron(2, activation=activation, seed=1)([1.0, 2.0])._op == op
    assert nn.Neuron(2, nonlin=False, activation=activation, seed=1)([1.0, 2.0])._op == "dot"
    model = nn.MLP(2, [3, 1], activation=activation, seed=1)
    assert [layer.neurons[0].kind() for layer in model.layers] == [activation, "linear"]


def test_relu_is_the_activation_if_none_is_chosen():
    assert nn.Neuron(2)([1.0, 2.0])._op == "relu"
    assert nn.MLP(1, [1, 1]).layers[0].neurons[0].kind() == "relu"


def test_a_layer_gives_a_list_and_the_output_itself_if_there_is_one():
    x = [1.0, -1.0]
    three, one = nn.Layer(2, 3, seed=1), nn.Layer(2, 1, nonlin=False, seed=1)
    assert [out.data for out in three(x)] == [neuron(x).data for neuron in three.neurons]
    assert isinstance(one(x), Value) and one(x)._op == "dot"
    assert three.parameters() == [p for neuron in three.neurons for p in neuron.parameters()]


def test_a_number_becomes_one_leaf_for_all_neurons_of_a_layer():
    outs = nn.Layer(2, 3, nonlin=False, seed=1)([1.0, 2.0])
    assert len({out._prev[2:4] for out in outs}) == 1


def test_layers_of_one_neuron_may_follow_each_other():
    assert isinstance(nn.MLP(1, [1, 1, 2], seed=1)([1.0]), list)


@pytest.mark.parametrize(("nin", "nouts", "count"),
                         [(2, [16, 16, 1], 337), (3, [4, 4, 1], 41), (1, [1], 2)])
def test_every_weight_and_bias_is_a_parameter(nin, nouts, count):
    model = nn.MLP(nin, nouts, seed=1)
    assert len(model.parameters()) == len(set(model.parameters())) == count
    assert f"{count} parameters" in repr(model)
    outs = model([0.5] * nin)
    outs = outs if isinstance(outs, list) else [outs]
    assert len(outs) == nouts[-1]


def test_a_network_is_its_layers_one_after_the_other():
    model = nn.MLP(2, [3, 2], seed=1)
    x = [1.0, -2.0]
    assert data(model(x)) == data(model.layers[1](model.layers[0](x)))


def test_a_seed_gives_the_same_network_and_no_seed_follows_pythons():
    assert data(nn.MLP(2, [3, 1], seed=7).parameters()) == data(
        nn.MLP(2, [3, 1], seed=7).parameters())
    assert data(nn.MLP(2, [3, 1], seed=7).parameters()) != data(
        nn.MLP(2, [3, 1], seed=8).parameters())
    networks = []
    for _ in range(2):
        random.seed(3)
        networks.append(data(nn.MLP(2, [3, 1]).parameters()))
    assert networks[0] == networks[1]


def test_neurons_of_one_layer_start_differently():
    first, second = nn.Layer(2, 2, seed=1).neurons
    assert data(first.w) != data(second.w)


def test_reprs_say_what_there_is():
    assert repr(nn.Neuron(2, activation="tanh")) == "Neuron(2, tanh)"
    assert repr(nn.Neuron(2, nonlin=False)) == "Neuron(2, linear)"
    assert repr(nn.Layer(2, 3)) == "Layer(2 -> 3, relu)"
    assert repr(nn.MLP(2, [3, 1])) == (
        "MLP of [Layer(2 -> 3, relu), Layer(3 -> 1, linear)], 13 parameters")


def test_zero_grad_sets_all_parameters_back():
    model = nn.MLP(2, [3, 1], activation="tanh", seed=1)
    model([1.0, 2.0]).backward()
    assert all(p.grad for p in model.parameters())
    model.zero_grad()
    assert not any(p.grad for p in model.parameters())


def test_a_module_without_parameters_has_none():
    assert nn.Module().parameters() == []


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_networks_gradients_agree_with_central_differences(activation):
    model = nn.MLP(2, [3, 2, 1], activation=activation, seed=2)

    def score(*numbers):
        for p, number in zip(model.parameters(), numbers, strict=True):
            p.data = number
        return model([0.5, -1.5])

    start = data(model.parameters())
    score(*start).backward()
    gradients = [p.grad for p in model.parameters()]
    gradcheck(lambda *numbers: score(*numbers).data, *start, got=gradients)


@pytest.mark.parametrize(
    ("attempt", "says"),
    [(lambda: nn.Neuron(2)([1.0]), "dot of 2 weights and 1 inputs"),
     (lambda: nn.MLP(3, [2, 1])([1.0, 2.0]), "dot of 3 weights and 2 inputs"),
     (lambda: nn.Neuron(0), "the number of inputs is whole and at least 1, got 0"),
     (lambda: nn.Neuron(1.5), "the number of inputs is whole and at least 1, got 1.5"),
     (lambda: nn.Layer(2, 0), "the number of neurons is whole and at least 1, got 0"),
     (lambda: nn.MLP(2, []), "nouts lists the number of neurons of each layer"),
     (lambda: nn.MLP(2, 3), "as in [16, 16, 1], got 3"),
     (lambda: nn.Neuron(2, activation="step"), "no activation 'step': choose one of relu, tanh")],
)
def test_what_is_refused_is_named(attempt, says):
    with pytest.raises(ValueError) as caught:
        attempt()
    assert says in str(caught.value)


def moons():
    rng = np.random.default_rng(0)
    angle = rng.uniform(0, np.pi, 50)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    points = np.concatenate([upper, lower]) + rng.normal(0, 0.1, (100, 2))
    return points.tolist(), [1.0] * 50 + [-1.0] * 50


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_network_learns_the_moons_from_several_starts(seed):
    """Written with the calls of the public micrograd: sum, relu, zero_grad, p.data, p.grad."""
    model, (points, labels) = nn.MLP(2, [16, 16, 1], seed=seed), moons()
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


def test_dot_takes_what_a_neuron_hands_it():
    neuron = nn.Neuron(2, nonlin=False, seed=1)
    assert neuron([1.0, 2.0]).data == dot(neuron.w, [1.0, 2.0], neuron.b).data
