"""A finished expression graph as a program: straight-line Python, forward and backward."""

import builtins
import keyword
import operator
from collections import Counter, defaultdict
from numbers import Real
from types import FunctionType

from micrograd.array import Array, np, numbers, slope_in_base, slope_in_exponent
from micrograd.compile_arrays import compile_arrays
from micrograd.engine import Value, as_float, as_value, topological_order
from micrograd.graph import trace
from micrograd.names import unused

# For each operation: the result, then each operand's share of the gradient, the upstream gradient
# times the engine's local derivative. a and b are the operands, out is the result, g its gradient;
# n is a whole number, not 0. For "dot" see `formulas`.
FORMULAS = {
    "+": ("{a} + {b}", "{g}", "{g}"),
    "-": ("{a} - {b}", "{g}", "-{g}"),
    "*": ("{a} * {b}", "{g} * {b}", "{g} * {a}"),
    "/": ("{a} / {b}", "{g} * (1 / {b})", "{g} * (-{out} / {b})"),
    "**n": ("{a}**{b}", "{g} * ({b} * {a}**({b} - 1))", ""),
    "**": ("pow({a}, {b})", "{g} * slope_in_base({a}, {b})",
           "{g} * slope_in_exponent({a}, {out})"),
    "neg": ("-{a}", "-{g}"),
    "exp": ("exp({a})", "{g} * {out}"),
    "log": ("log({a})", "{g} * (1 / {a})"),
    "tanh": ("tanh({a})", "{g} * (1 - {out} * {out})"),
    "sigmoid": ("exp(min({a}, 0.0)) / (1 + exp(-abs({a})))",
                "{g} * (exp(-abs({a})) / (1 + exp(-abs({a})))**2)"),
    "relu": ("max({a}, 0.0)", "{g} * step({a})"),
}
# The functions in them: where those for floats come from, those for columns, and those for Values,
# which make a graph of the gradient. There abs and min are smooth on the side where the value is,
# and slope_in_base is the one for floats.
MODULES = {"math": ("exp", "log", "pow", "tanh"),
           "micrograd.engine": ("slope_in_base", "slope_in_exponent"),
           "micrograd.compile": ("step",)}
FOR_COLUMNS = {"exp": np.exp, "log": np.log, "pow": np.pow, "tanh": np.tanh, "max": np.maximum,
               "min": np.minimum, "slope_in_base": slope_in_base,
               "slope_in_exponent": slope_in_exponent, "step": lambda x: x > 0}
FOR_VALUES = {
    "exp": lambda x: as_value(x).exp(), "log": Value.log, "tanh": Value.tanh, "pow": operator.pow,
    "max": lambda x, zero: x.relu(), "min": lambda x, zero: x if x.data < 0 else zero,
    "abs": lambda x: -x if x.data < 0 else x, "step": lambda x: step(x.data),
    "slope_in_exponent": lambda x, out: out * as_value(x).log() if as_value(x).data > 0 else 0.0,
}
AT_ONCE = 100  # so many terms stand on a line: a thousand nested `+` are too many for Python


def step(x): return 1.0 if x > 0 else 0.0  # relu's slope


def compile(root, inputs, batch=()):
    """Turn a Value's graph into a function that computes the value and its gradients afresh.

    inputs: the leaves that become f's arguments; batch: further ones, for which no gradient is
    computed; other leaves become constants. Returns f, where f(*inputs, *batch) is the value and a
    list of its gradients, one per input, with all the digits of the engine's. For NumPy columns of
    one shape, both have a row per sample; for Values, both are Values, and the gradient a graph
    that can be differentiated again. f.source is the program: the operations in this graph, even
    where a Python `if` would now choose others. Where the engine refuses a number or a result, f
    raises what Python raises or gives inf or nan; NumPy warns. compile raises ValueError for an
    unknown operation, and for leaves that aren't in the graph or come twice. An Array's graph
    becomes a program for arrays: see `micrograd.compile_arrays`.
    """
    if isinstance(root, Array):
        return compile_arrays(root, inputs, batch)
    source, scope = write(root, list(inputs), batch), {}
    exec(source, scope)
    on_floats = scope.pop("value_and_gradients")
    on_columns = FunctionType(on_floats.__code__, FOR_COLUMNS)
    on_values = FunctionType(on_floats.__code__, scope | FOR_VALUES)

    def program(*args):
        if any(isinstance(x, Value) for x in args):
            value, gradients = on_values(*map(as_value, args))
            return value, [as_value(g) for g in gradients]
        args = [as_float(x) if isinstance(x, float | Real) else as_column(x) for x in args]
        shapes = {x.shape for x in args if isinstance(x, np.ndarray)}
        if len(shapes) > 1:
            raise ValueError(f"columns must have one shape, and these have {sorted(shapes)}")
        value, gradients = (on_columns if shapes else on_floats)(*args)
        if shapes:
            return value, columns(gradients, *shapes)
        return value, [0.0 + g for g in gradients]  # as in the engine, never -0.0
    program.source = source
    return program


def as_column(x):
    column = numbers(x)
    return column if column.shape else as_float(column)


def columns(gradients, shape):
    """An array for each gradient: some are one number for all rows, some one array for several."""
    own = {}
    for g in gradients:
        if id(g) in own or not isinstance(g, np.ndarray):
            g = np.full(shape, g)
        own[id(g)] = g
    return list(own.values())


def write(root, inputs, batch):
    """The source of value_and_gradients: a line for each value, then for each gradient."""
    values = dict.fromkeys(trace(root)[0])
    arguments = [*inputs, *batch]
    for x, times in Counter(arguments).items():
        if times > 1 or x not in values or x._prev:
            raise ValueError(f"inputs are leaves of the root's graph, each given once; check {x!r}")
    taken = Counter({*keyword.kwlist, *dir(builtins), *FOR_COLUMNS})
    name = {x: unused(x.label or f"p{i}", taken) for i, x in enumerate(arguments, start=1)}
    lines = [f"def value_and_gradients({', '.join(name.values())}):"]
    steps, active, learning = {}, set(arguments), set(inputs)
    for i, value in enumerate(values, start=1):
        if active.isdisjoint(value._prev):  # no operand depends on an input: a constant,
            name.setdefault(value, constant(value.data))  # or an input
            continue
        active.add(value)
        if not learning.isdisjoint(value._prev):
            learning.add(value)
        name[value] = unused(value.label or f"v{i}", taken)
        terms, steps[value] = formulas(value, name)
        lines += total(name[value], terms)
    lines.append("")
    shares = defaultdict(list, {root: ["1.0"]})
    backwards = [value for value in reversed(topological_order(root)) if value in learning]
    for value in (*backwards, *inputs):
        lines += total(f"{name[value]}_grad", shares[value])
        for operand, share in zip(value._prev, steps.get(value, ()), strict=True):
            shares[operand].append(share)
    lines.append(f"    return {name[root]}, [{', '.join(f'{name[x]}_grad' for x in inputs)}]\n")
    body = "\n".join(lines)
    used = {module: [f for f in functions if f"{f}(" in body]
            for module, functions in MODULES.items()}
    imports = [f"from {module} import {', '.join(used[module])}" for module in used if used[module]]
    return "\n".join([*imports, "", body] if imports else [body])


def formulas(value, name):
    """The terms that add up to a value, and each operand's share of its gradient."""
    out, g, operands = name[value], f"{name[value]}_grad", [name[v] for v in value._prev]
    if value._op == "dot":
        n = len(operands) // 2
        weights, xs, bias = operands[:n], operands[n:-1], operands[-1]
        return [bias, *map("{}*{}".format, weights, xs)], [*(f"{g} * {v}" for v in xs + weights), g]
    a, b = operands[0], operands[-1]
    op = "**n" if value._op == "**" and b.lstrip("-").isdigit() and b.strip("-0") else value._op
    if op not in FORMULAS:
        raise ValueError(f"the program knows {', '.join(FORMULAS)} and dot, but not {op!r}")
    result, *shares = (text.format(a=a, b=b, out=out, g=g) for text in FORMULAS[op])
    return [result], shares


def constant(number):
    text = repr(as_float(number))
    return text if text == "-0.0" else text.removesuffix(".0")


def total(name, terms):
    """The lines that add up the terms, from left to right."""
    parts = [terms[i:i + AT_ONCE] for i in range(0, len(terms), AT_ONCE)]
    for part in parts[1:]:
        part.insert(0, name)
    return [f"    {name} = {' + '.join(part).replace('+ -', '- ')}" for part in parts]
