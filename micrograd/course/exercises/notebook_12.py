"""The checks of notebook 12: networks."""

import random

from micrograd.course.exercises import NotAttempted, Wrong, ask, compare, exercise, near, shown
from micrograd.engine import Value
from micrograd.nn import MLP, Layer, Module

source = random.Random(12)
NETWORKS = [(2, [3]), (3, [5, 1]), (4, [6, 2, 3])]
NETWORKS += [(source.randint(2, 9), [source.randint(2, 9) for _ in range(3)]) for _ in range(3)]
PLACES = [tuple(round(source.uniform(-3.0, 3.0), 2) for _ in range(2)) for _ in range(8)]
PLACES += [(far, -far) for size in (5.0, 50.0, 1e3, 1e6) for far in (size, -size)]


def steps(nin, nouts):
    return list(zip([nin, *nouts], nouts, strict=False))


@exercise("12.m")
def told_apart(numbers):
    """numbers: the nine parameters of MLP(2, [2, 1]), each 0.5 but one, with which the two neurons
    of the first layer get different gradients, though their own parameters are the same."""
    model = with_parameters(numbers, "tanh")
    numbers = [p.data for p in model.parameters()]
    changed = [i for i, number in enumerate(numbers) if number != 0.5]
    if not changed:
        raise NotAttempted
    if len(changed) > 1:
        raise Wrong(f"{len(changed)} numbers are not 0.5 any more. One is enough.")
    if changed[0] < 6:
        raise Wrong("the two neurons get different gradients, but now their own numbers differ, "
                    "too. Leave the first two rows equal: what else is there to tell them apart?")
    if changed[0] == 8:
        raise Wrong("the gradients are still the same. The last bias moves the output, and no "
                    "gradient depends on it.")


@exercise("12.1")
def parameters_of(answer):
    """answer: a function of nin and nouts; gives the number of parameters of MLP(nin, nouts)."""
    compare(
        (lambda nin, nouts: answer(nin, list(nouts))) if callable(answer) else answer,
        lambda nin, nouts: sum(n * (k + 1) for k, n in steps(nin, nouts)),
        NETWORKS,
        [(lambda nin, nouts: sum(n * k for k, n in steps(nin, nouts)),
          "The biases are missing: each neuron has one."),
         (lambda nin, nouts: sum(n * k + 1 for k, n in steps(nin, nouts)),
          "You count one bias for each layer. Each neuron has its own."),
         (lambda nin, nouts: sum(n * (nin + 1) for n in nouts),
          "You give each layer the inputs of the network. From the second layer on, the inputs "
          "are the outputs of the layer before."),
         (lambda nin, nouts: sum(n * (k + 1) for k, n in steps(nin, nouts)[1:]),
          "The first layer is missing. Its inputs are those of the network."),
         (lambda nin, nouts: nouts[0] * (nin + 1), "That is the first layer alone."),
         (lambda nin, nouts: nouts[-1] * ([nin, *nouts][-2] + 1),
          "That is the last layer alone. Add each layer to `total`."),
         (lambda nin, nouts: sum(nouts), "You count the neurons. Each has several parameters.")],
        "For each layer: neurons times (inputs + 1). Then the next layer's inputs are this "
        "layer's neurons.")


@exercise("12.2")
def distance_of_two(numbers):
    """numbers: the nine parameters of MLP(2, [2, 1]), in the order of its parameters(), with
    which it computes abs(x1 - x2)."""
    model = with_parameters(numbers, "relu")
    compare(
        lambda a, b: model([a, b]).data, lambda a, b: abs(a - b), PLACES,
        [(lambda a, b: max(a - b, 0.0), "It is right where x1 is the larger one, and 0 elsewhere. "
                                        "Let the second neuron see to the other case."),
         (lambda a, b: max(b - a, 0.0), "It is right where x2 is the larger one, and 0 elsewhere. "
                                        "Let the other neuron see to that case."),
         (lambda a, b: -abs(a - b), "The sign: what goes into the last neuron is never negative, "
                                    "and its weights decide about the sign."),
         (lambda a, b: a - b, "The last neuron subtracts one case from the other. It should add "
                              "them up: only one of them is ever above 0."),
         (lambda a, b: b - a, "The last neuron subtracts one case from the other. It should add "
                              "both: only one of them is ever above 0."),
         (lambda a, b: abs(a + b), "That is the absolute value of the sum. In each neuron, the "
                                   "two weights need opposite signs."),
         (lambda a, b: 2 * max(a - b, 0.0), "Both neurons see to the same case, where x1 is the "
                                            "larger one. Turn the signs of the second.")],
        "One relu for x1 - x2, one for x2 - x1, and the last neuron adds them. The numbers come "
        "neuron by neuron: w1, w2, bias. No bias is needed, so each is 0.")


def with_parameters(numbers, activation):
    """MLP(2, [2, 1]) with these nine numbers as its parameters."""
    try:
        numbers = [x.data if isinstance(x, Value) else x for x in numbers]
    except TypeError:
        raise Wrong(f"expected a list of numbers, got {shown(numbers)}.") from None
    if any(x is ... or x is None for x in numbers):
        raise NotAttempted
    if len(numbers) != 9:
        raise Wrong(f"expected 9 numbers, got {len(numbers)}: two weights and a bias for each of "
                    f"the three neurons.")
    model = MLP(2, [2, 1], activation)
    try:
        for parameter, number in zip(model.parameters(), numbers, strict=True):
            parameter.data = Value(number).data
    except (TypeError, ValueError) as error:
        raise Wrong(f"{error}.") from None
    return model


@exercise("12.3", untested="a layer of one neuron, which gives no list: what does yours do?")
def residual(answer):
    """answer: a Module made from a layer with as many neurons as inputs. Called, it gives the list
    of input plus output, number by number; its parameters are those of the layer."""
    if isinstance(answer, Module):
        raise Wrong("expected the class itself, got one of its objects. Give its name, without "
                    "calling it.")
    for size in (3, 2):  # with 3, no two of the lengths that check_list tells apart agree
        layer = Layer(size, size, activation="tanh", seed=size)
        check_module(ask(answer, layer), layer, random.Random(size), size)


def check_module(module, layer, source, size):
    numbers = [round(source.uniform(-1.0, 1.0), 2) for _ in range(size)]
    inputs = [Value(x) for x in numbers]
    handed_over = list(inputs)
    out = ask(module, handed_over)
    if handed_over != inputs:
        raise Wrong(f"for the inputs {shown(numbers)}, the call has written over the list that it "
                    f"was given. Who calls it may need that once more, as the layer does. Make a "
                    f"new list.")
    if [x.data for x in inputs] != numbers:
        raise Wrong(f"the inputs were {shown(numbers)}, and are {shown([x.data for x in inputs])} "
                    f"after the call. Leave their `data` alone: a + makes a new value.")
    check_list(out, numbers, [o.data for o in layer(numbers)])
    check_parameters(module, layer)
    weights = [source.uniform(0.5, 1.5) for _ in range(size)]
    check_gradients(out, inputs, layer, weights)


def check_list(out, numbers, of_layer):
    here = f"for the inputs {shown(numbers)}"
    size = len(numbers)
    if not isinstance(out, list | tuple):
        hint = " Put it into `list(...)`." if hasattr(out, "__next__") else ""
        raise Wrong(f"{here} got {shown(out)}, expected a list of {size} values.{hint}")
    if any(x is ... or x is None for x in out):
        raise NotAttempted
    if len(out) == 2 * size:
        raise Wrong(f"{here} got a list of {2 * size}, expected {size}. A + between two lists puts "
                    f"one behind the other. Add number by number, with zip.")
    if len(out) == size * size:
        raise Wrong(f"{here} got a list of {len(out)}, expected {size}. One loop inside the other "
                    f"pairs every input with every output. Pair them with zip, in one loop.")
    if any(isinstance(x, list | tuple) for x in out):
        raise Wrong(f"{here} got a list that holds lists, expected {size} values. Pair inputs and "
                    f"outputs with zip, in one loop, and make one sum of each pair.")
    if len(out) != size:
        hint = " Is there a `return`, or a new list, inside the loop?" if len(out) == 1 else ""
        raise Wrong(f"{here} got a list of {len(out)}, expected one of {size}.{hint}")
    if not all(isinstance(x, Value) for x in out):
        raise Wrong(f"{here} the list holds {shown(out[0])}, expected values. Numbers taken out "
                    f"with `data` have no operands, and no gradient gets through.")
    got, expected = [x.data for x in out], [a + b for a, b in zip(numbers, of_layer, strict=True)]
    if not near(got, expected):
        hint = "Each output of the layer plus the input at the same place."
        if near(got, of_layer):
            hint = "That is what the layer gives. The inputs are not added yet."
        raise Wrong(f"{here} got {shown(got)}, expected {shown(expected)}. {hint}")


def check_parameters(module, layer):
    got, expected = parameters_given(module), layer.parameters()
    if not isinstance(got, list | tuple):
        raise Wrong(f"parameters() gives {shown(got)}, expected the list of the layer's values.")
    if not got:
        raise Wrong("parameters() gives an empty list, as Module's own does. Training would not "
                    "find the weights of the layer: hand on what its parameters() gives.")
    if not all(isinstance(p, Value) for p in got):
        raise Wrong(f"parameters() gives a list that begins with {shown(got[0]):.40}, expected "
                    f"values. Hand on the layer's own list, just as it is.")
    if set(got) != set(expected) or len(got) != len(expected):
        raise Wrong(f"parameters() gives {len(got)} values, expected the layer's own "
                    f"{len(expected)}, each once.")
    if not isinstance(module, Module):
        raise Wrong("it is no Module yet, and so has no zero_grad(). Begin with "
                    "`class Residual(nn.Module):`.")


def parameters_given(module):
    """What its parameters() gives."""
    method = getattr(module, "parameters", None)
    if isinstance(method, list | tuple):
        raise Wrong(f"parameters is a {type(method).__name__} here, expected a method. Write "
                    f"`def parameters(self):`, and give the list back from there.")
    if not callable(method):
        raise Wrong("it has no parameters(). Begin with `class Residual(nn.Module):`.")
    try:
        return ask(method)
    except Wrong as wrong:  # "for", then the inputs, of which there are none, then "it"
        raise Wrong(f"parameters(){str(wrong).removeprefix('for  it')}") from None


def check_gradients(out, inputs, layer, weights):
    leaves = [*inputs, *layer.parameters()]
    got = gradients(out, leaves, weights)
    expected = gradients([o + x for o, x in zip(layer(inputs), inputs, strict=True)], leaves,
                         weights)
    size = len(inputs)
    if not near(got[size:], expected[size:]):
        raise Wrong("the values are right, but the layer's parameters get other gradients than "
                    "they should. Leave the layer's outputs as they are, without `data`.")
    if not near(got, expected):
        raise Wrong(f"the values are right, but the inputs have the gradients {shown(got[:size])}, "
                    f"expected {shown(expected[:size])}. Two paths lead from each input to the "
                    f"result, one through the layer, one past it. Leave the inputs as they are, "
                    f"without `data`.")


def gradients(out, leaves, weights):
    for leaf in leaves:
        leaf.grad = 0.0
    try:
        sum(w * o for w, o in zip(weights, out, strict=True)).backward()
    except Exception as error:
        raise Wrong(f"backward() stopped with {type(error).__name__}: {error}.") from None
    return [leaf.grad for leaf in leaves]
