"""A finished expression graph as a program: straight-line Python, forward and backward."""

import builtins
import keyword
from collections import Counter, defaultdict
from types import FunctionType
from unicodedata import normalize

import numpy as np

from micrograd.array import numbers
from micrograd.engine import Value
from micrograd.graph import trace

# For each operation: the result, then each operand's share of the gradient. a and b are the
# operands, out is the result, g its gradient; n is a whole number. For "dot" see `formulas`.
FORMULAS = {
    "+": ("{a} + {b}", "{g}", "{g}"),
    "-": ("{a} - {b}", "{g}", "-{g}"),
    "*": ("{a} * {b}", "{g} * {b}", "{g} * {a}"),
    "/": ("{a} / {b}", "{g} / {b}", "-{g} * {out} / {b}"),
    "**n": ("{a}**{b}", "{g} * {b} * {a}**({b} - 1)", ""),
    "**": ("pow({a}, {b})", "{g} * {b} * pow({a}, {b} - 1)", "{g} * {out} * log({a})"),
    "neg": ("-{a}", "-{g}"),
    "exp": ("exp({a})", "{g} * {out}"),
    "log": ("log({a})", "{g} / {a}"),
    "tanh": ("tanh({a})", "{g} * (1 - {out}**2)"),
    "sigmoid": ("exp(({a} - abs({a})) / 2) / (1 + exp(-abs({a})))", "{g} * {out} * (1 - {out})"),
    "relu": ("{a} * ({a} > 0)", "{g} * ({a} > 0)"),
}
FUNCTIONS = ("exp", "log", "pow", "tanh")  # of math for floats, of NumPy for columns


def compile(root, inputs):
    """Turn a Value's graph into a function that computes the value and its gradients afresh.

    inputs: the leaves that become f's arguments; other leaves become constants. Returns f, where
    f(*numbers) is the value and a list of its gradients, one per input; for NumPy columns of one
    shape, both have a row per sample. f.source is the program: the operations in this graph, even
    where a Python `if` would now choose others. f raises what `math` raises; NumPy warns. compile
    raises ValueError for an unknown operation, and for inputs that aren't leaves or come twice.
    """
    source, scope = write(root, inputs), {}
    exec(source, scope)
    on_floats = scope.pop("value_and_gradients")
    on_columns = FunctionType(on_floats.__code__, scope | {f: getattr(np, f) for f in FUNCTIONS})

    def program(*args):
        args = [float(x) if isinstance(x, (int, float)) else numbers(x) for x in args]
        shapes = {x.shape for x in args if isinstance(x, np.ndarray)}
        if len(shapes) > 1:
            raise ValueError(f"columns must have one shape, and these have {sorted(shapes)}")
        value, gradients = (on_columns if shapes else on_floats)(*args)
        for shape in shapes:  # a gradient that is the same in every row is still a number
            gradients = [g if isinstance(g, np.ndarray) else np.full(shape, g) for g in gradients]
        return value, gradients
    program.source = source
    return program


def write(root, inputs):
    """The source of value_and_gradients: a line for each value, then for each gradient."""
    values = dict.fromkeys(trace(root)[0])
    for x, times in Counter(inputs).items():
        if times > 1 or x not in values or x._prev or not isinstance(x, Value):
            raise ValueError(f"inputs are leaves of the root's graph, each given once; check {x!r}")
    taken = Counter({*keyword.kwlist, *dir(builtins), *FUNCTIONS})
    name = {x: unused(x.label or f"p{i}", taken) for i, x in enumerate(inputs, start=1)}
    lines = [f"def value_and_gradients({', '.join(name.values())}):"]
    steps, active = {}, set(inputs)
    for i, value in enumerate(values, start=1):
        if active.isdisjoint(value._prev):  # no operand depends on an input: a constant,
            name.setdefault(value, repr(float(value.data)).removesuffix(".0"))  # or an input
            continue
        active.add(value)
        name[value] = unused(value.label or f"v{i}", taken)
        terms, steps[value] = formulas(value, name)
        lines.append(f"    {name[value]} = {total(terms)}")
    lines.append("")
    shares = defaultdict(list, {root: ["1.0"]})
    for value in (*reversed(steps), *inputs):
        lines.append(f"    {name[value]}_grad = {total(shares[value])}")
        for operand, share in zip(value._prev, steps.get(value, ()), strict=True):
            shares[operand].append(share)
    lines.append(f"    return {name[root]}, [{', '.join(f'{name[x]}_grad' for x in inputs)}]\n")
    body = "\n".join(lines)
    used = ", ".join(f for f in FUNCTIONS if f"{f}(" in body)
    return f"from math import {used}\n\n{body}" if used else body


def formulas(value, name):
    """The terms that add up to a value, and each operand's share of its gradient."""
    out, g, operands = name[value], f"{name[value]}_grad", [name[v] for v in value._prev]
    if value._op == "dot":
        n = len(operands) // 2
        weights, xs, bias = operands[:n], operands[n:-1], operands[-1]
        return [*map("{}*{}".format, weights, xs), bias], [*(f"{g} * {v}" for v in xs + weights), g]
    a, b = operands[0], operands[-1]
    op = "**n" if value._op == "**" and b.lstrip("-").isdigit() else value._op
    if op not in FORMULAS:
        raise ValueError(f"the program knows {', '.join(FORMULAS)} and dot, but not {op!r}")
    result, *shares = (text.format(a=a, b=b, out=out, g=g) for text in FORMULAS[op])
    return [result], shares


def total(terms):  # a thousand nested `+` are too many for Python, a long list is not
    plus = " + ".join(terms).replace("+ -", "- ")
    return plus if len(terms) <= 100 else f"sum([{', '.join(terms)}])"


def unused(label, taken):
    """A name close to the label that Python takes, and free together with its `_grad`."""
    base = "".join(c if f"_{c}".isidentifier() else "_" for c in normalize("NFKC", label))
    base = name = base if base.isidentifier() else f"_{base}"
    while name in taken or f"{name}_grad" in taken:
        taken[base] += 1
        name = f"{base}_{taken[base]}"
    taken.update((name, f"{name}_grad"))
    return name
