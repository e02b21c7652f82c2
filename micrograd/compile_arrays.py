"""A finished graph of arrays as a program: straight-line NumPy, forward and backward.

There is no table of formulas here. The array engine runs once more, on stand-ins for the arrays
(`micrograd.record`), and every NumPy call in its operations and its rules is written down. Shapes
are known then, so whatever depends on nothing but shapes and constants is done beforehand. The
program writes its results into buffers that it keeps, and uses one again as soon as it can.
"""

import builtins
import keyword
import operator
import re
from collections import Counter, defaultdict

import numpy as np

from micrograd.array import Array, numbers
from micrograd.engine import topological_order
from micrograd.names import unused
from micrograd.record import TOTAL, VIEWS, Traced, identity, is_elementwise, owner, value_of

ARRAY, FLOAT = np.ndarray, np.dtype(float)
NOT_FINITE = ("nan", "inf", "-inf")
SPOKEN = {"0.0": "zeros", "1.0": "ones"}  # constants whose names say what is in them
SYMBOLS = {np.add: "+", np.subtract: "-", np.multiply: "*", np.divide: "/", np.greater: ">",
           operator.pow: "**"}  # for results that are a single number


def compile_arrays(root, inputs, batch=()):
    """Turn an Array's graph into a function that computes the value and its gradients afresh.

    root: an Array that holds a single number. inputs: the leaves that become f's arguments; batch:
    further ones, for which no gradient is computed; other leaves become constants. Returns f,
    where f(*inputs, *batch) is the value and a list of its gradients, one per input, all of them
    new arrays. f.source is the program. It has buffers, so f must not run twice at the same time.
    f raises ValueError for an array of another shape than the leaf had. compile_arrays raises it
    for inputs that aren't leaves or come twice, and for a root that holds more than one number.
    """
    inputs, batch = list(inputs), list(batch)
    require_leaves(root, [*inputs, *batch])
    tape = {}
    twins = {x: stand_in(x, tape, x in batch) for x in (*inputs, *batch)}
    rebuild(root, twins)
    twin = twins.get(root, root)
    twin.backward()
    results = [twin.data, *(twins[x].grad for x in inputs)]
    steps = needed(results, tape)
    taken = Counter({*keyword.kwlist, *dir(builtins), *imports(steps)})
    name = names(steps, twins, taken)
    arguments = {name[id(twins[x].data)]: x.data.shape for x in (*inputs, *batch)}
    expected = list(arguments.items())
    source, scope = write(steps, results, arguments, name, taken)
    tape.clear()  # it and the steps refer to each other
    exec(source, scope)
    run = scope.pop("value_and_gradients")

    def program(*args):
        if len(args) == len(expected):  # otherwise Python says which are missing
            args = [x if type(x) is ARRAY and x.dtype is FLOAT and x.shape == shape != ()
                    else fitting(x, name, shape)
                    for x, (name, shape) in zip(args, expected, strict=True)]
        return run(*args)
    program.source = source
    return program


def require_leaves(root, inputs):
    leaves = {root, *(v for node in topological_order(root) for v in node._prev)}
    for x, times in Counter(inputs).items():
        if times > 1 or x not in leaves or x._prev:
            raise ValueError(f"inputs are leaves of the root's graph, each given once; check {x!r}")


def stand_in(leaf, tape, constant):
    twin = Array(0.0, _op="constant" if constant else "")
    twin.data = Traced(leaf.data, tape)
    return twin


def rebuild(root, twins):
    """Compute the graph again from the inputs' twins; what does not depend on them is constant."""
    constants = {}
    for node in topological_order(root):
        if twins.keys().isdisjoint(node._prev):
            continue
        for v in node._prev:
            if v not in twins:
                constants.setdefault(v, Array(v.data, _op="constant"))
        operands = tuple(twins.get(v) or constants[v] for v in node._prev)
        out, *rules = node._compute(*(v.data for v in operands))
        twins[node] = Array(out, operands, node._op, rules)


def needed(results, tape):
    """The steps that lead to the results, in order."""
    found, stack = set(), list(results)
    while stack:
        x = stack.pop()
        if isinstance(x, Traced) and id(x) not in found:
            found.add(id(x))
            stack.extend(x.args)
    return [step for step in tape.values() if id(step) in found]


def names(steps, twins, taken):
    """A name for every argument and step: its Array's label, or a number."""
    name = {}
    for i, (node, twin) in enumerate(twins.items(), start=1):
        own = unused(node.label or f"{'v' if node._prev else 'p'}{i}", taken)
        name.setdefault(id(twin.data), own)
        name.setdefault(id(twin.grad), f"{own}_grad")
    for step in steps:
        if step.function in VIEWS:
            first, *rest = step.args
            name[id(step)] = VIEWS[step.function].format(name[id(first)], *rest)
        elif id(step) not in name:
            name[id(step)] = unused(f"t{len(name) + 1}", taken)
    return name


def imports(steps):
    """The names of the NumPy functions in the program."""
    functions = {step.function for step in steps} - {np.dot, *VIEWS}
    return sorted({"array", "empty", "float64", "full",
                   *(function_name(f).split(".")[0] for f in functions)})


def function_name(function):
    return "add.reduce" if function is TOTAL else function.__name__


def write(steps, results, arguments, name, taken):
    """The source of value_and_gradients, and the constants that it needs."""
    constants, buffer, shapes = {}, *buffers(steps, results, taken)

    def text(x):
        if isinstance(x, Traced):
            return name[id(x)]
        if isinstance(x, np.ndarray) or str(x) in NOT_FINITE:
            known = identity(x)
            if known not in constants:
                constants[known] = unused(word_for(known, len(constants) + 1), taken), x
            return constants[known][0]
        return repr(float(x)) if isinstance(x, float) else repr(x)

    def call(step):
        args = [text(beside_arrays(x, step)) for x in step.args]
        if step.function is operator.pow or (step.shape == () and step.function in SYMBOLS):
            return f" {SYMBOLS[step.function]} ".join(args)
        if id(step) in buffer:
            args.append(f"out={buffer[id(step)]}")
        args += [f"{option}={x!r}" for option, x in step.options.items()]
        called = function_name(step.function)
        if step.function is np.dot:  # as a method it is quicker
            called = f"{args.pop(0)}.dot"
        return f"{called}({', '.join(args)})"

    def result(i, x):  # a new array in any case
        is_new = isinstance(x, Traced) and x.function not in (None, *VIEWS)
        is_first = all(x is not y for y in results[:i])
        if np.shape(value_of(x)) == ():
            return text(x) if isinstance(x, Traced) else f"float64({text(x)})"
        return text(x) if is_new and is_first else f"array({text(x)})"

    lines = []
    for step in steps:
        if step.function is np.astype:
            lines.append(f"{text(step)} = {buffer[id(step)]}")
            lines.append(f"{text(step)}[...] = {text(step.args[0])}")
        elif step.function not in VIEWS:
            lines.append(f"{text(step)} = {call(step)}")
    value, *gradients = [result(i, x) for i, x in enumerate(results)]
    lines.append(f"return {value}, [{', '.join(gradients)}]")
    head = [f"{b} = empty({shape}, {dtype})" for b, (shape, dtype) in shapes.items()]
    head += [definition(c, x, known) for known, (c, x) in constants.items()]
    head += ["", f"def value_and_gradients({', '.join(arguments)}):"]
    source = "\n    ".join(["\n".join(head), *lines]) + "\n"
    used = [f for f in imports(steps) if re.search(rf"\b{f}(\.reduce)?\(", source)]
    first = f"from numpy import {', '.join(used)}\n\n" if used else ""
    return first + source, dict(constants.values())


def beside_arrays(x, step):
    """A number x as an array made beforehand, with which NumPy is quicker; for the maximum, where
    the difference is large, one of the result's shape."""
    if not isinstance(x, float) or step.shape == () or not is_elementwise(step.function):
        return x
    return np.full(step.shape if step.function is np.maximum else (), x)


def word_for(known, count):
    """A name for a constant, from its identity: one that says what is in it, if that is 0 or 1."""
    shape, digits = known if isinstance(known, tuple) else ((), "")
    word = SPOKEN.get(digits, f"constant{count}")
    return word if shape else word.removesuffix("s")


def definition(name, constant, known):
    """The line of the program that makes a constant, or says what it is; known: its identity."""
    if not isinstance(known, tuple) or known[1] in NOT_FINITE:
        return f"# {name} is an array of shape {np.shape(constant)}"
    shape, number = known
    return f"{name} = full({shape}, {number})" if shape else f"{name} = array({number})"


def buffers(steps, results, taken):
    """For each step the buffer it writes to, and the buffers' shapes and types.

    A buffer is free again after the last use of what is in it; an elementwise operation may even
    write over its own operand.
    """
    last = {id(owner(x)): i for i, step in enumerate(steps) for x in step.args}
    kept = {id(owner(x)) for x in results}
    buffer, kinds, free = {}, {}, defaultdict(list)

    def release(i, step):
        for x in dict.fromkeys(id(owner(x)) for x in step.args):
            if last[x] == i and x in buffer:
                free[kinds[buffer[x]]].append(buffer[x])

    for i, step in enumerate(steps):
        if is_elementwise(step.function):
            release(i, step)
        if id(step) not in kept and step.shape and has_out(step.function):
            kind = step.shape, step.value.dtype.name.rstrip('64')
            if not free[kind]:
                free[kind].append(unused(f"buffer{len(kinds) + 1}", taken))
                kinds[free[kind][0]] = kind
            buffer[id(step)] = free[kind].pop()
        if not is_elementwise(step.function):
            release(i, step)
    return buffer, kinds


def has_out(function):
    return isinstance(function, np.ufunc) or function in (TOTAL, np.dot, np.astype)


def fitting(x, name, shape):
    """x as an array of this shape."""
    x = numbers(x)
    if x.shape != shape:
        raise ValueError(f"{name} has shape {x.shape}, and the program is one for {shape}: "
                         f"compile the graph of an array of the new shape")
    return x
