"""A finished graph of arrays as a program: straight-line NumPy, forward and backward.

There is no table of formulas here. The array engine runs once more, on stand-ins for the arrays
(`Traced`), and each NumPy call that it makes, in its operations and in its rules, is written down.
Shapes are known then, so whatever depends on nothing but shapes and constants is done beforehand.
The program writes its results into buffers that it keeps, and uses one again as soon as it can.
"""

import builtins
import keyword
import operator
from collections import Counter, defaultdict

import numpy as np

from micrograd.array import Array, numbers
from micrograd.engine import topological_order
from micrograd.names import unused

TOTAL = np.add.reduce  # what `sum` does
SYMBOLS = {np.add: "+", np.subtract: "-", np.multiply: "*", np.divide: "/", np.greater: ">",
           operator.pow: "**"}  # in place of the function where the result is a single number
VIEWS = {np.matrix_transpose: "{}.mT", np.reshape: "{}.reshape{}",
         np.expand_dims: "expand_dims({}, {})"}  # of what is in a buffer: they need none


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """Stands in for an array while the engine runs: NumPy hands all calls on it to `record`.

    value: the array. tape: the results of all calls so far, so that none is made twice.
    call: the function, its arguments and its options; None for an argument of the program.
    """

    def __init__(self, value, tape, function=None, args=(), options=()):
        self.value, self.tape = value, tape
        self.function, self.args, self.options = function, args, dict(options)
        self.shape, self.ndim, self.size = np.shape(value), np.ndim(value), np.size(value)

    def record(self, function, *args, **options):
        """The result of a call, computed at once and written down."""
        key = (function, *map(identity, args), *options.items())
        if key not in self.tape:
            value = function(*map(value_of, args), **options)
            self.tape[key] = Traced(value, self.tape, function, args, options)
        return self.tape[key]

    def __array_ufunc__(self, ufunc, method, *args, **options):  # `self * x`, `np.exp(self)`
        if ufunc.signature is None:
            args = [floats(number_for(x, args)) for x in args]
        if ufunc is np.add and 0.0 in map(identity, args) or ufunc is np.multiply and 1.0 in map(identity, args):
            return self
        return self.record(ufunc, *args, **options)

    def __array_function__(self, function, types, args, options):  # `np.where(self, x, y)`
        return self.record(function, *args, **options)

    def __pow__(self, other): return self.record(operator.pow, self, other)  # np.power may round
    def __rpow__(self, other): return self.record(operator.pow, other, self)  # in another way
    def reshape(self, shape):
        return self if shape == self.shape else self.record(np.reshape, self, shape)

    def sum(self, axis=None, keepdims=False):
        return self.record(TOTAL, self, axis, **({'keepdims': True} if keepdims else {}))

    @property
    def mT(self): return self.record(np.matrix_transpose, self)


def value_of(x):
    return x.value if isinstance(x, Traced) else x


def identity(x):
    """What tells an argument of a call from others: numbers by value, arrays by being the same."""
    return id(x) if isinstance(x, Traced | np.ndarray) else x


def number_for(x, operands):
    """x; or its number, if x is constant, the same everywhere, and its shape isn't needed."""
    if isinstance(x, Traced):
        return x
    others = [np.shape(value_of(y)) for y in operands if y is not x]
    shape = np.broadcast_shapes(*others)
    first = np.ravel(x)[:1]
    same = first.size and np.broadcast_shapes(shape, np.shape(x)) == shape and np.all(x == first)
    return float(first[0]) if same else x


def floats(x):
    """x; or, if it is made of truth values, the floats that NumPy would turn it into by and by."""
    mask = isinstance(x, Traced) and x.shape and x.value.dtype == bool
    return x.record(np.astype, x, float) if mask else x


def compile_arrays(root, inputs, batch=()):
    """Turn an Array's graph into a function that computes the value and its gradients afresh.

    root: an Array that holds a single number. inputs: the leaves that become f's arguments; batch:
    further ones, for which no gradient is computed; other leaves become constants. Returns f,
    where f(*inputs, *batch) is the value and a list of its gradients, one per input, all of them
    new arrays. f.source is the program. Because of its buffers, f must not run twice at a time.
    f raises ValueError for an array of another shape than the leaf had. compile_arrays raises it
    for inputs that aren't leaves or come twice, and for a root that holds more than one number.
    """
    inputs, batch = list(inputs), list(batch)
    require_leaves(root, [*inputs, *batch])
    tape, twins = {}, {}
    results = run_on_stand_ins(root, inputs, batch, tape, twins)
    steps = needed(results, tape)
    name = names_of(steps, twins)
    source, scope = write(results, steps, name, [twins[x].data for x in (*inputs, *batch)])
    exec(source, scope)
    run = scope.pop("value_and_gradients")
    like = [(name[id(twins[x].data)], x.data.shape) for x in (*inputs, *batch)]

    def program(*args):
        if len(args) == len(like):  # otherwise Python says which are missing
            args = [fitting(x, *of) for x, of in zip(args, like, strict=True)]
        return run(*args)
    program.source = source
    return program


def require_leaves(root, inputs):
    leaves = {root, *(v for node in topological_order(root) for v in node._prev)}
    for x, times in Counter(inputs).items():
        if times > 1 or x not in leaves or x._prev:
            raise ValueError(f"inputs are leaves of the root's graph, each given once; check {x!r}")


def run_on_stand_ins(root, inputs, batch, tape, twins):
    """Run the engine on a Traced for each input: the value and its gradients."""
    constants = {}
    for x in (*inputs, *batch):
        twins[x] = Array(0.0, _op="constant" if x in batch else "")
        twins[x].data = Traced(x.data, tape)
    for node in topological_order(root):
        if any(v in twins for v in node._prev):
            for v in node._prev:
                if v not in twins:
                    constants.setdefault(v, Array(v.data, _op="constant"))
            operands = tuple(twins.get(v) or constants[v] for v in node._prev)
            out, *rules = node._compute(*(v.data for v in operands))
            twins[node] = Array(out, operands, node._op, rules, label=node.label)
    twin = twins.get(root, root)
    twin.backward()
    return [twin.data, *(twins[x].grad for x in inputs)]


def needed(results, tape):
    """The steps that the results depend on, in order."""
    found, stack = set(), list(results)
    while stack:
        x = stack.pop()
        if isinstance(x, Traced) and id(x) not in found:
            found.add(id(x))
            stack.extend(x.args)
    return [step for step in tape.values() if id(step) in found]


def names_of(steps, twins):
    """A name for every step and argument: the label of its Array, or a number."""
    taken = Counter({*keyword.kwlist, *dir(builtins), "array", "empty",
                     *(function_name(step) for step in steps)})
    name = {}
    for i, (node, twin) in enumerate(twins.items(), start=1):
        leaf = not node._prev
        name[id(twin.data)] = unused(node.label or (f"p{i}" if leaf else f"v{i}"), taken)
        name.setdefault(id(twin.grad), name[id(twin.data)] + "_grad")
    for step in steps:
        if id(step) not in name:
            name[id(step)] = unused(f"t{len(name)}", taken)
    return name


def function_name(step):
    return "add" if step.function is TOTAL else step.function.__name__


def write(results, steps, name, arguments):
    constants, scope = {}, {}

    def text(x):
        """What stands for x in the program."""
        if isinstance(x, Traced):
            return VIEWS[x.function].format(*map(text, x.args)) if x.function in VIEWS else name[id(x)]
        if isinstance(x, np.ndarray):
            constants.setdefault(id(x), (f"constant{len(constants) + 1}", x))
            return constants[id(x)][0]
        return repr(float(x)) if isinstance(x, float) and np.isfinite(x) else repr(x)

    buffers, places = buffers_of(steps, results)
    lines = []
    for step in steps:
        if step.function in VIEWS:
            continue
        arguments_ = [text(x) for x in step.args]
        if step.function is np.astype:
            lines += [f"    {text(step)} = {places[id(step)]}", f"    {text(step)}[:] = {arguments_[0]}"]
            continue
        if step.function in SYMBOLS and (not step.shape or step.function is operator.pow):
            call = f" {SYMBOLS[step.function]} ".join(arguments_)
        else:
            options = [f"{k}={v!r}" for k, v in step.options.items()]
            out = [f"out={places[id(step)]}"] if id(step) in places else []
            f = "add.reduce" if step.function is TOTAL else step.function.__name__
            call = f"{f}({', '.join([*arguments_, *out, *options])})"
        lines.append(f"    {text(step)} = {call}")
    returned = []
    for i, r in enumerate(results):
        own = isinstance(r, Traced) and r.function not in (None, *VIEWS) and not any(r is q for q in results[:i])
        returned.append(text(r) if own or not np.shape(value_of(r)) else f"array({text(r)})")
    lines.append(f"    return {returned[0]}, [{', '.join(returned[1:])}]\n")
    imports = sorted({"array", "empty", *(function_name(s) for s in steps if s.function not in (np.astype, np.matrix_transpose, np.reshape, operator.pow))})
    head = [f"from numpy import {', '.join(imports)}", ""]
    head += [f"{b} = empty({shape}{', bool' if dtype == 'bool' else ''})" for b, (shape, dtype) in buffers.items()]
    head += [f"# {c}: an array of shape {x.shape}" for c, x in constants.values()]
    head += ["", f"def value_and_gradients({', '.join(text(x) for x in arguments)}):"]
    return "\n".join(head + lines), {c: x for c, x in constants.values()}


def buffers_of(steps, results):
    """The buffers, and the one that each step writes to: free again after the last use."""
    last = {}
    for i, step in enumerate(steps):
        for x in step.args:
            last[id(owner(x))] = i
    kept = {id(owner(x)) for x in results}
    free, buffers, places = defaultdict(list), {}, {}
    for i, step in enumerate(steps):
        done = {id(owner(x)): 0 for x in step.args if last[id(owner(x))] == i and id(owner(x)) in places}
        kind = (step.shape, str(np.asarray(step.value).dtype))
        def release():
            for x in done:
                free[buffers[places[x]]].append(places[x])
        if is_elementwise(step.function):
            release()
        if step.shape and id(step) not in kept and (isinstance(step.function, np.ufunc) or step.function in (TOTAL, np.astype)):
            if not free[kind]:
                free[kind].append(f"buffer{len(buffers) + 1}")
                buffers[free[kind][0]] = kind
            places[id(step)] = free[kind].pop()
        if not is_elementwise(step.function):
            release()
    return buffers, places


def is_elementwise(function):
    return isinstance(function, np.ufunc) and function.signature is None


def owner(x):
    """x, or the array that it is a view of."""
    while isinstance(x, Traced) and x.function in VIEWS:
        x = x.args[0]
    return x


def fitting(x, name, shape):
    """x as an array of this shape."""
    if type(x) is np.ndarray and x.dtype == np.float64 and x.shape == shape:
        return x
    x = numbers(x)
    if x.shape != shape:
        raise ValueError(f"{name} has shape {x.shape}, and the program was made for {shape}: "
                         f"compile the graph of an array of that shape")
    return x
