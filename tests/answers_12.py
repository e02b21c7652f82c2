"""Answers to the exercises of notebook 12: right, wrong, and not begun."""

from micrograd import nn


def count(nin, nouts):
    total = 0
    for neurons in nouts:
        total += neurons * nin + neurons
        nin = neurons
    return total


def counted(weight, first=0):
    def parameters_of(nin, nouts):
        sizes = list(zip([nin, *nouts], nouts, strict=False))[first:]
        return sum(weight(k, n) for k, n in sizes)
    return parameters_of


def last_layer(nin, nouts):
    for neurons in nouts:
        total = neurons * (nin + 1)
        nin = neurons
    return total


def block(call, parameters=lambda self: self.layer.parameters(), base=nn.Module):
    class Residual(base):
        def __init__(self, layer):
            self.layer = layer

        def __call__(self, x):
            return call(self.layer, x)
    if parameters:
        Residual.parameters = parameters
    return Residual


class Listed(nn.Module):
    def __init__(self, layer):
        self.layer = layer
        self.parameters = layer.parameters()

    def __call__(self, x):
        return add(self.layer, x)


class Other(nn.Module):
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, numbers):
        out = self.inner(numbers)
        return [out[i] + numbers[i] for i in range(len(numbers))]

    def parameters(self):
        return [p for neuron in self.inner.neurons for p in (neuron.b, *neuron.w)]


def add(layer, x):
    return [a + b for a, b in zip(x, layer(x), strict=True)]


def write_over(layer, x):
    for i, out in enumerate(layer(x)):
        x[i] = x[i] + out
    return x


def write_over_the_numbers(layer, x):
    for value, out in zip(x, layer(x), strict=True):
        value.data += out.data
    return list(x)


def halves(**changed):
    """The nine numbers of 12.m, of which some are changed: `at6=2.0` changes the seventh."""
    return [changed.get(f"at{i}", 0.5) for i in range(9)]


RIGHT = {
    "12.m": [(halves(at6=1.0),), (tuple(halves(at7=-3)),), (halves(at7=0),)],
    "12.1": [(count,), (lambda nin, nouts: len(nn.MLP(nin, nouts).parameters()),)],
    "12.2": [([1, -1, 0, -1, 1, 0, 1, 1, 0],), ((-2.0, 2.0, 0, 4, -4, 0, 0.5, 0.25, 0),)],
    "12.3": [(block(add),), (Other,)],
}
WRONG = {
    "12.m": [
        ((halves(at0=1.0),), "Leave the first two rows equal"),
        ((halves(at8=0.0),), "no gradient depends on it"),
        ((halves(at2=1.0, at5=1.0),), "2 numbers are not 0.5 any more"),
        ((halves(at0=1.0, at6=1.0, at7=2.0),), "3 numbers are not 0.5"),
        (([0.5, 1.0],), "expected 9 numbers, got 2"),
        ((halves(at6="1"),), "holds a real number"),
    ],
    "12.1": [
        ((counted(lambda k, n: k * n),), "The biases are missing"),
        ((counted(lambda k, n: k * n + 1),), "one bias for each layer"),
        ((lambda nin, nouts: sum(n * (nin + 1) for n in nouts),), "You give each layer"),
        ((counted(lambda k, n: n * (k + 1), 1),), "The first layer is missing"),
        ((lambda nin, nouts: nouts[0] * (nin + 1),), "first layer alone"),
        ((last_layer,), "Add each layer to `total`"),
        ((lambda nin, nouts: sum(nouts),), "You count the neurons"),
        ((lambda nin, nouts: nin,), "For each layer: neurons times"),
    ],
    "12.2": [
        (([1, -1, 0, 0, 0, 0, 1, 1, 0],), "right where x1 is the larger"),
        (([0, 0, 0, -1, 1, 0, 1, 1, 0],), "right where x2 is the larger"),
        (([1, -1, 0, -1, 1, 0, -1, -1, 0],), "The sign"),
        (([1, -1, 0, -1, 1, 0, 1, -1, 0],), "should add them up"),
        (([1, 1, 0, -1, -1, 0, 1, 1, 0],), "absolute value of the sum"),
        (([1, -1, 0, 1, -1, 0, 1, 1, 0],), "see to the same case"),
        (([1, -1, -1, 1, 0, 0, 1, 1, 0],), "neuron by neuron"),
        (([1, -1, 7, 1, -1, 0, -1, 2, 7],), "got 7, expected 10"),
        (([1, -1, -1, 1, 1, 1],), "expected 9 numbers, got 6"),
        (([1, -1, 0, "-1", 1, 0, 1, 1, 0],), "holds a real number"),
    ],
    "12.3": [
        ((block(lambda layer, x: x + layer(x)),), "one behind the other"),
        ((block(lambda layer, x: [v + o for v in x for o in layer(x)]),), "inside the other"),
        ((block(lambda layer, x: [[v + o for v in x] for o in layer(x)]),), "holds lists"),
        ((block(lambda layer, x: (v + o for v, o in zip(x, layer(x), strict=True))),),
         "Put it into `list(...)`"),
        ((block(write_over),), "written over the list"),
        ((block(write_over_the_numbers),), "Leave their `data` alone"),
        ((block(lambda layer, x: layer(x)),), "not added yet"),
        ((block(lambda layer, x: [2 * v for v in x]),), "at the same place"),
        ((block(add, None),), "an empty list"),
        ((block(add, lambda self: [self.layer.parameters()]),), "just as it is"),
        ((block(add, lambda self: self.layer.neurons[0].parameters()),), "the layer's own"),
        ((block(add, lambda self: None),), "parameters() gave nothing back"),
        ((block(add, lambda self: self.inner.parameters()),), "parameters() stopped with"),
        ((Listed,), "parameters is a list here"),
        ((block(add, base=object),), "no Module yet"),
        ((block(lambda layer, x: [v.data + o.data for v, o in zip(x, layer(x), strict=True)]),),
         "no gradient gets through"),
        ((block(lambda layer, x: [v + o.data for v, o in zip(x, layer(x), strict=True)]),),
         "Leave the layer's outputs as they are"),
        ((block(lambda layer, x: [v.data + o for v, o in zip(x, layer(x), strict=True)]),),
         "Two paths lead"),
        ((block(lambda layer, x: [layer(x)[0] + v for v in x[:1]]),), "inside the loop"),
        ((block(lambda layer, x: add(layer, x)[:2]),), "expected one of 3."),
        ((Other(nn.Layer(2, 2)),), "expected the class itself"),
    ],
}
OPEN = {
    "12.m": (halves(),),
    "12.1": (lambda nin, nouts: ...,),
    "12.2": ([1.0, -1.0, 0.0, ..., ..., ..., ..., ..., ...],),
    "12.3": (block(lambda layer, x: ..., None),),
}
