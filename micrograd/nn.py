"""Neurons, layers and networks of values, with the call shapes of the public micrograd."""

import random
from itertools import pairwise
from numbers import Integral, Real

from micrograd.engine import Value, as_value, dot

ACTIVATIONS = {"relu": Value.relu, "tanh": Value.tanh, "sigmoid": Value.sigmoid}


class Module:
    """Something with parameters: the values that training changes."""

    def parameters(self):
        """List the parameters."""
        return []

    def zero_grad(self):
        """Set the gradients of all parameters to zero, because `backward` adds to them."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """activation(w1 x1 + w2 x2 + ... + b).

    nin: the number of inputs, at least 1. nonlin: False leaves the activation out. activation:
    "relu", "tanh" or "sigmoid". seed: as in `random_source`.
    The weights w start between -1 and 1, the bias b at 0.
    Raises ValueError for another nin or activation.
    """

    def __init__(self, nin, nonlin=True, activation="relu", seed=None):
        if activation not in ACTIVATIONS:
            raise ValueError(f"there is no activation {activation!r}: "
                             f"choose one of {', '.join(ACTIVATIONS)}")
        source = random_source(seed)
        self.w = [Value(source.uniform(-1, 1)) for _ in range(at_least_one(nin, "inputs"))]
        self.b = Value(0.0)
        self.nonlin = nonlin
        self.activation = activation

    def __call__(self, x):
        """The neuron's output, a Value, for x: a value or number for each input."""
        out = dot(self.w, x, self.b)
        return ACTIVATIONS[self.activation](out) if self.nonlin else out

    def kind(self):
        return self.activation if self.nonlin else "linear"

    def parameters(self):
        return [*self.w, self.b]

    def __repr__(self):
        return f"Neuron({len(self.w)}, {self.kind()})"


class Layer(Module):
    """Neurons side by side, each with all inputs.

    nin: the number of inputs. nout: the number of neurons, at least 1. The rest: as in `Neuron`.
    """

    def __init__(self, nin, nout, nonlin=True, activation="relu", seed=None):
        source = random_source(seed)
        self.neurons = [Neuron(nin, nonlin, activation, source)
                        for _ in range(at_least_one(nout, "neurons"))]

    def __call__(self, x):
        """A list of the neurons' outputs, or the output itself if there is one neuron.

        x: a value or number for each input; one that is no list stands for a list of one. A number
        becomes one leaf for all neurons.
        """
        x = list(map(as_value, [x] if isinstance(x, Value | Real) else x))
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self):
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self):
        neuron = self.neurons[0]
        return f"Layer({len(neuron.w)} -> {len(self.neurons)}, {neuron.kind()})"


class MLP(Module):
    """A multilayer perceptron: layers one after the other, all but the last with activation.

    nin: the number of inputs. nouts: a list with the number of neurons of each layer.
    activation, seed: as in `Neuron`.
    """

    def __init__(self, nin, nouts, activation="relu", seed=None):
        if not isinstance(nouts, list | tuple) or not nouts:
            raise ValueError(f"nouts lists the number of neurons of each layer, as in [16, 16, 1], "
                             f"got {nouts!r:.60}")
        source = random_source(seed)
        last = len(nouts) - 1
        self.layers = [Layer(before, after, i < last, activation, source)
                       for i, (before, after) in enumerate(pairwise([nin, *nouts]))]

    def __call__(self, x):
        """The last layer's output for x, as in `Layer`."""
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self):
        layers = ", ".join(map(str, self.layers))
        return f"MLP of [{layers}], {len(self.parameters())} parameters"


def random_source(seed):
    """Where initial weights come from.

    seed: None for Python's own generator, which `random.seed` starts anew; or something that draws
    with `uniform`, such as a `random.Random`; or a number to start a `random.Random` with.
    """
    if seed is None:
        return random
    if isinstance(seed, Integral):
        seed = int(seed)  # NumPy's integers as well
    return seed if hasattr(seed, "uniform") else random.Random(seed)


def at_least_one(count, what):
    if isinstance(count, bool) or not isinstance(count, Integral) or count < 1:
        raise ValueError(f"the number of {what} is whole and at least 1, got {count!r:.60}")
    return count
