"""The work that `make bench` measures, done by one engine in a process of its own.

python -m tools.bench.work ENGINE reads one command a line and answers each with a line of JSON:
`agree` gives losses and gradients; `moons` and `expression` give seconds of processor time for
one run; `bytes` the memory of a value; `growth N COLLECTOR` the nanoseconds for each of N values.
Engines of arrays also know `agree N`, `step N WIDTH`, the seconds for a step on N points with
layers of that width, and `leak N`, the bytes by which the process grows in a step.
The step that `moons` repeats is the first one, with the learning rate 0, so that each repetition
finds the network as it was.
python -m tools.bench.work ENGINE deep N exits with 0 if a chain of N operations works.
"""

import functools
import gc
import json
import math
import random
import sys
import time
from itertools import pairwise
from pathlib import Path

PEERS = Path(__file__).resolve().parents[2] / ".bench"  # not in the course's own environment
PACKAGE = {"micrograd 0.1.0": "micrograd", "minigrad (C)": "minigrad", "autograd": "autograd",
           "torch scalars": "torch", "torch tensors": "torch", "jax.jit": "jax"}
SIZES, RATE, L2 = (2, 16, 16, 1), 0.05, 1e-4


def moons(n=100):
    """Two half circles of n / 2 points with a little noise: a list of points and their labels."""
    rng = random.Random(0)
    points, labels = [], []
    for i in range(n):
        angle, side = rng.uniform(0, math.pi), 1.0 if i % 2 else -1.0
        x, y = math.cos(angle), math.sin(angle)
        x, y = (x, y) if side > 0 else (1 - x, 0.5 - y)
        points.append([x + rng.gauss(0, 0.1), y + rng.gauss(0, 0.1)])
        labels.append(side)
    return points, labels


def start(sizes=SIZES):
    """The same initial network for every engine: for each layer, weights[neuron][input], biases."""
    rng = random.Random(1)
    return [([[rng.uniform(-1, 1) for _ in range(n)] for _ in range(m)], [0.0] * m)
            for n, m in pairwise(sizes)]


def numbers(n):
    rng = random.Random(2)
    return [rng.uniform(-1, 1) for _ in range(n)]


def tree(row):
    """Combine n + 1 values by n operations into one, in a tree shallow enough for every engine."""
    plus = False
    while len(row) > 1:
        pairs = list(zip(row[::2], row[1::2], strict=False))
        rest = [row[-1]] if len(row) % 2 else []
        row = [a + b if plus else a * b for a, b in pairs] + rest
        plus = not plus
    return row[0]


class Scalars:
    """The training step as one writes it for an engine of single numbers.

    Every number is made a Value, because minigrad cannot take plain ones.
    """

    def __init__(self, Value):
        self.Value = Value
        self.layers = [([[Value(w) for w in row] for row in weights], [Value(b) for b in biases])
                       for weights, biases in start()]
        self.parameters = [p for weights, biases in self.layers
                           for row, b in zip(weights, biases, strict=True) for p in (*row, b)]
        self.points, self.labels = moons()

    def neuron(self, weights, x, bias):
        return sum((w * v for w, v in zip(weights, x, strict=True)), bias)

    def score(self, point):
        x = [self.Value(v) for v in point]
        for weights, biases in self.layers:
            x = [self.neuron(w, x, b) for w, b in zip(weights, biases, strict=True)]
            x = [self.relu(v) for v in x] if len(x) > 1 else x
        return x[0]

    def loss(self):
        value, one = self.Value, self.Value(1.0)
        losses = [self.relu(one + value(-label) * self.score(point))
                  for point, label in zip(self.points, self.labels, strict=True)]
        squares = [p * p for p in self.parameters]
        return (sum(losses[1:], losses[0]) * value(1 / len(losses))
                + sum(squares[1:], squares[0]) * value(L2))

    def relu(self, v):
        return v.relu()

    def step(self, rate=RATE):
        for p in self.parameters:
            p.grad = 0.0
        loss = self.loss()
        loss.backward()
        for p in self.parameters:
            p.data -= rate * p.grad
        return loss.data

    def gradients(self):
        return [p.grad for p in self.parameters]

    def expression(self, n=10_000):
        leaves = [self.Value(x) for x in numbers(n + 1)]
        root = tree(leaves)
        root.backward()
        return [root.data, leaves[0].grad, leaves[n // 2].grad]

    def chain(self, n):
        x = root = self.Value(1.0)
        for _ in range(n):
            root = root + x
        root.backward()
        return x.grad


class Dots(Scalars):
    """Our engine with `dot`: one operation for each neuron's sum, and for the sums in the loss."""

    def __init__(self, Value):
        from micrograd.engine import dot

        super().__init__(Value)
        self.dot = dot

    def neuron(self, weights, x, bias):
        return self.dot(weights, x, bias)

    def loss(self):
        losses = [(1 - label * self.score(point)).relu()
                  for point, label in zip(self.points, self.labels, strict=True)]
        size = self.dot(self.parameters, self.parameters, 0.0)
        return self.dot(losses, [1 / len(losses)] * len(losses), L2 * size)


class TorchScalars(Scalars):
    """The same step with a PyTorch tensor for each number."""

    def __init__(self):
        import torch

        torch.set_num_threads(1)
        self.torch = torch
        super().__init__(lambda x: torch.tensor(x, dtype=torch.float64, requires_grad=True))

    def relu(self, v):
        return self.torch.relu(v)

    def step(self, rate=RATE):
        for p in self.parameters:
            p.grad = None
        loss = self.loss()
        loss.backward()
        with self.torch.no_grad():
            for p in self.parameters:
                p -= rate * p.grad
        return loss.item()

    def gradients(self):
        return [p.grad.item() for p in self.parameters]

    def expression(self, n=10_000):
        return [float(x) for x in super().expression(n)]


class Autograd(Scalars):
    """HIPS autograd takes a function of plain numbers and gives back one for its gradient."""

    def __init__(self):
        import autograd
        import autograd.numpy as np

        super().__init__(float)
        self.np = np
        self.value_and_gradients = autograd.value_and_grad(self.loss_at)
        self.current = list(self.parameters)

    def relu(self, v):
        return self.np.maximum(0.0, v)

    def loss_at(self, parameters):
        self.parameters, each = parameters, iter(parameters)
        self.layers = []
        for n, m in pairwise(SIZES):
            rows = [[next(each) for _ in range(n + 1)] for _ in range(m)]
            self.layers.append(([row[:-1] for row in rows], [row[-1] for row in rows]))
        return self.loss()

    def step(self, rate=RATE):
        loss, self.latest = self.value_and_gradients(self.current)
        self.current = [p - rate * g
                        for p, g in zip(self.current, self.latest, strict=True)]
        return float(loss)

    def gradients(self):
        return [float(g) for g in self.latest]

    expression = None  # its gradient with respect to 10,000 numbers takes minutes


class Loops:
    """The limit for single numbers: the step written by hand as loops over floats."""

    def __init__(self):
        self.layers, (self.points, self.labels) = start(), moons()

    def step(self, rate=RATE):
        grads = [([[0.0] * len(row) for row in ws], [0.0] * len(bs)) for ws, bs in self.layers]
        loss, n = 0.0, len(self.points)
        for point, label in zip(self.points, self.labels, strict=True):
            rows = [point]
            for k, (weights, biases) in enumerate(self.layers):
                x = rows[-1]
                out = [sum(map(float.__mul__, row, x), b)
                       for row, b in zip(weights, biases, strict=True)]
                rows.append([v if v > 0 else 0.0 for v in out] if k < 2 else out)
            margin = 1 - label * rows[-1][0]
            if margin <= 0:
                continue
            loss += margin / n
            upstream = [-label / n]
            for k in (2, 1, 0):
                (weights, _), (dw, db), x = self.layers[k], grads[k], rows[k]
                back = [0.0] * len(x)
                for j, g in enumerate(upstream):
                    if g:
                        db[j] += g
                        dw[j] = [d + g * v for d, v in zip(dw[j], x, strict=True)]
                        back = [b + g * w for b, w in zip(back, weights[j], strict=True)]
                upstream = [b if v > 0 else 0.0 for b, v in zip(back, x, strict=True)]
        self.latest = []
        for (weights, biases), (dw, db) in zip(self.layers, grads, strict=True):
            for j, row in enumerate(weights):
                loss += L2 * (sum(w * w for w in row) + biases[j] ** 2)
                dw[j] = [d + 2 * L2 * w for d, w in zip(dw[j], row, strict=True)]
                db[j] += 2 * L2 * biases[j]
                self.latest += [*dw[j], db[j]]
                weights[j] = [w - rate * d for w, d in zip(row, dw[j], strict=True)]
                biases[j] -= rate * db[j]
        return loss

    def gradients(self):
        return self.latest


class Matrices:
    """What the array engines share: parameters as matrices, and the order to compare them in.

    n: the number of points. width: of the layers in between.
    """

    def __init__(self, n=100, width=16):
        import numpy as np

        self.np = np
        points, labels = moons(n)
        self.points, self.labels = np.array(points), np.array(labels)
        self.layers = [[np.array(weights).T.copy(), np.array(biases)]
                       for weights, biases in start((2, width, width, 1))]

    def in_order(self, gradients):
        rows = [self.np.vstack([dw, db]).T.ravel() for dw, db in gradients]
        return self.np.concatenate(rows).tolist()


class Numpy(Matrices):
    """The limit for arrays: the step written by hand with NumPy."""

    def step(self, rate=RATE):
        np, (W, b), (V, c), (U, d) = self.np, *self.layers
        x, y = self.points, self.labels.reshape(-1, 1)
        h = np.maximum(x @ W + b, 0)
        k = np.maximum(h @ V + c, 0)
        margins = 1 - (k @ U + d) * y
        g = np.where(margins > 0, -y / len(y), 0.0)
        gk = (g @ U.T) * (k > 0)
        gh = (gk @ V.T) * (h > 0)
        self.latest = [(x.T @ gh + 2 * L2 * W, gh.sum(0) + 2 * L2 * b),
                       (h.T @ gk + 2 * L2 * V, gk.sum(0) + 2 * L2 * c),
                       (k.T @ g + 2 * L2 * U, g.sum(0) + 2 * L2 * d)]
        size = sum((p * p).sum() for layer in self.layers for p in layer)
        loss = np.maximum(margins, 0).mean() + L2 * size
        for layer, gradients in zip(self.layers, self.latest, strict=True):
            for p, gradient in zip(layer, gradients, strict=True):
                p -= rate * gradient
        return float(loss)

    def gradients(self):
        return self.in_order(self.latest)


class Arrays(Matrices):
    """Our array engine, as in notebook 14."""

    def __init__(self, n=100, width=16):
        from micrograd.array import Array

        super().__init__(n, width)
        self.layers = [[Array(p) for p in layer] for layer in self.layers]
        self.labels = self.labels.reshape(-1, 1)
        self.parameters = [p for layer in self.layers for p in layer]

    def loss(self):
        x = self.points
        for weights, biases in self.layers[:-1]:
            x = (x @ weights + biases).relu()
        weights, biases = self.layers[-1]
        margins = 1 - (x @ weights + biases) * self.labels
        return margins.relu().mean() + L2 * sum((p * p).sum() for p in self.parameters)

    def step(self, rate=RATE):
        loss = self.loss()
        for p in self.parameters:
            p.grad = 0.0
        loss.backward()
        for p in self.parameters:
            p.data = p.data - rate * p.grad
        return float(loss.data)

    def gradients(self):
        return self.in_order([(w.grad, b.grad) for w, b in self.layers])


class ArrayProgram(Arrays):
    """Our compiler: the graph of arrays as a NumPy program."""

    def __init__(self, n=100, width=16):
        from micrograd.array import Array
        from micrograd.compile import compile

        super().__init__(n, width)
        self.points, self.labels = batch = [Array(self.points), Array(self.labels)]
        self.program = compile(self.loss(), self.parameters, batch)
        self.parameters = [p.data for p in self.parameters]
        self.batch = [x.data for x in batch]

    def step(self, rate=RATE):
        loss, self.latest = self.program(*self.parameters, *self.batch)
        for p, gradient in zip(self.parameters, self.latest, strict=True):
            p -= rate * gradient
        return float(loss)

    def gradients(self):
        return self.in_order(zip(self.latest[::2], self.latest[1::2], strict=True))


class Jax(Matrices):
    """JAX as it is meant to be used: the whole step compiled, the old parameters given away."""

    def __init__(self, n=100, width=16):
        import jax

        super().__init__(n, width)
        jax.config.update("jax_enable_x64", True)
        self.jax, self.first = jax, self.layers
        self.points, self.labels = map(jax.numpy.array, (self.points, self.labels.reshape(-1, 1)))
        self.layers = [[jax.numpy.array(p) for p in layer] for layer in self.layers]
        self.compiled = jax.jit(self.next, donate_argnums=0)

    def loss(self, layers, x, y):
        relu = self.jax.nn.relu
        (W, b), (V, c), (U, d) = layers
        margins = 1 - (relu(relu(x @ W + b) @ V + c) @ U + d) * y
        size = sum((p * p).sum() for layer in layers for p in layer)
        return relu(margins).mean() + L2 * size

    def next(self, layers, x, y, rate):
        loss, gradients = self.jax.value_and_grad(self.loss)(layers, x, y)
        return self.jax.tree.map(lambda p, g: p - rate * g, layers, gradients), loss

    def step(self, rate=RATE):
        self.layers, loss = self.compiled(self.layers, self.points, self.labels, rate)
        return float(loss)

    def gradients(self):
        return self.in_order(self.jax.grad(self.loss)(self.first, self.points, self.labels))


class Compiled(Matrices):
    """Our compiler: the program of one point's loss, run on columns, as in notebook 15."""

    def __init__(self):
        from micrograd import Value
        from micrograd.compile import compile

        super().__init__()
        scalars = Dots(Value)
        x = [Value(1.0), Value(1.0)]
        label = Value(1.0)
        scalars.Value = lambda v: v if isinstance(v, Value) else Value(v)
        loss = (1 - label * scalars.score(x)).relu()
        self.program = compile(loss, [*x, label, *scalars.parameters])
        self.parameters = self.np.array([p.data for p in scalars.parameters])
        self.columns = [*self.points.T.copy(), self.labels]

    def step(self, rate=RATE):
        losses, gradients = self.program(*self.columns, *self.parameters.tolist())
        loss = losses.mean() + L2 * self.parameters @ self.parameters
        self.latest = self.np.array(gradients[3:]).mean(axis=1) + 2 * L2 * self.parameters
        self.parameters = self.parameters - rate * self.latest
        return float(loss)

    def gradients(self):
        return self.latest.tolist()


class TorchTensors(Matrices):
    """PyTorch as it is meant to be used: the file that notebook 14 shows."""

    def __init__(self, n=100, width=16):
        import torch

        from tools.bench import torch_step

        super().__init__(n, width)
        torch.set_num_threads(1)
        self.torch_step, self.layers = torch_step, torch_step.tensors(self.layers)
        self.points, self.labels = torch.tensor(self.points), torch.tensor(self.labels)

    def step(self, rate=RATE):
        return self.torch_step.step(self.layers, self.points, self.labels, rate)

    def gradients(self):
        return self.in_order([(w.grad, b.grad) for w, b in self.layers])


@functools.cache
def at(name, n, width=16):
    """An engine of arrays for so many points and layers of that width, after its first step."""
    engine = make(name, int(n), int(width))
    engine.step(0.0)
    return engine


def make(name, *size):
    """The engine of this name, its package imported from the peers' own folder."""
    if name in PACKAGE and str(PEERS / PACKAGE[name]) not in sys.path:
        sys.path.insert(0, str(PEERS / PACKAGE[name]))
    if name in ("micrograd 0.1.0", "minigrad (C)", "ours", "ours, with dot"):
        if name == "minigrad (C)":
            from minigrad.engine import Value
        else:
            from micrograd.engine import Value
        source = sys.modules["minigrad" if name == "minigrad (C)" else "micrograd"].__file__
        if source.startswith(str(PEERS)) != (name in PACKAGE):
            raise ImportError(f"{name} came from {source}")
        return Dots(Value) if name == "ours, with dot" else Scalars(Value)
    return {"autograd": Autograd, "torch scalars": TorchScalars, "float loops": Loops,
            "ours, arrays": Arrays, "ours, compiled": Compiled, "torch tensors": TorchTensors,
            "ours, arrays compiled": ArrayProgram, "jax.jit": Jax,
            "NumPy by hand": Numpy}[name](*size)


def seconds(run):
    """Processor time of one run; short ones are repeated for a third of a second."""
    count, begin = 0, time.process_time()
    while count == 0 or time.process_time() - begin < 0.3:
        run()
        count += 1
    return (time.process_time() - begin) / count


def agree(engine):
    """What all engines must agree on: three losses, and the gradients of the first step."""
    losses = [engine.step()]
    gradients = engine.gradients()
    losses += [engine.step(), engine.step()]
    result = {"losses": losses, "gradients": gradients}
    if getattr(engine, "expression", None):
        result["expression"] = engine.expression()
    return result


def growth(engine, n, collector):
    gc.collect()
    gc.enable() if collector == "on" else gc.disable()
    n = int(n)
    begin = time.process_time()
    engine.expression(n // 2)
    nanoseconds = (time.process_time() - begin) / n * 1e9
    gc.enable()
    return nanoseconds


def bytes_per_value(engine, n=100_000):
    """How much the process grows for each of n leaves and n results, the gradients computed."""
    import psutil

    process = psutil.Process()
    engine.expression(1_000)
    gc.collect()
    before = process.memory_info().rss
    root = tree([engine.Value(x) for x in numbers(n + 1)])
    root.backward()
    after = process.memory_info().rss
    del root
    return (after - before) / (2 * n + 1)


def leak(engine, steps=20):
    """How many bytes the process grows by in each step, after the first few."""
    import psutil

    for _ in range(5):
        engine.step()
    before = psutil.Process().memory_info().rss
    for _ in range(steps):
        engine.step()
    return (psutil.Process().memory_info().rss - before) / steps


def main(name, *arguments):
    if arguments:
        engine, n = make(name), int(arguments[1])
        sys.exit(0 if engine.chain(n) == n + 1 else 1)
    engine = make(name)
    commands = {"agree": lambda _, *n: agree(make(name, *map(int, n))), "growth": growth,
                "bytes": bytes_per_value, "leak": lambda _, n: leak(at(name, n)),
                "step": lambda _, *size: seconds(lambda: at(name, *size).step(0.0)),
                "moons": lambda engine: seconds(lambda: engine.step(0.0)),
                "expression": lambda engine: seconds(engine.expression)}
    for line in sys.stdin:
        command, *rest = line.split()
        print(json.dumps(commands[command](engine, *rest)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
