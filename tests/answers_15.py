"""Answers to the exercises of notebook 15: right, wrong, and not begun."""

from math import tanh

from micrograd.array import Array
from micrograd.compile import compile
from micrograd.engine import Value
from micrograd.steps import step_10


def with_if(x):
    if x.data < 0:
        return x * 0
    return x if x.data < 1 else x * 0 + 1


def one_above_five(x):
    if x.data > 5:
        return x * 0 + 1
    return x.relu() - (x - 1).relu()


def constant_above(x):
    if x.data < 0:
        return Value(0.0)
    return x if x.data < 1 else Value(1.0)


def steps(w, x1, x2):
    h = tanh(w * x1)
    out = tanh(w * h + x2)
    s_grad = 1.0 * (1 - out**2)
    x2_grad = s_grad
    h_grad = s_grad * w
    r_grad = h_grad * (1 - h**2)
    w_grad = s_grad * h
    w_grad += r_grad * x1
    return out, [w_grad, r_grad * w, x2_grad]


def by_engine(*numbers):
    w, x1, x2 = map(Value, numbers)
    out = ((w * x1).tanh() * w + x2).tanh()
    out.backward()
    return [out.data, (w.grad, x1.grad, x2.grad)]


def by_arrays(*numbers):
    w, x1, x2 = map(Array, numbers)
    out = ((w * x1).tanh() * w + x2).tanh()
    out.backward()
    return [float(out.data), [float(x.grad) for x in (w, x1, x2)]]


def by_step_10(*numbers):
    w, x1, x2 = map(step_10.Value, numbers)
    out = ((w * x1).tanh() * w + x2).tanh()
    out.backward()
    return [out.data, (w.grad, x1.grad, x2.grad)]


LEAVES = [Value(1.0) for _ in range(3)]
PROGRAM = compile(((LEAVES[0] * LEAVES[1]).tanh() * LEAVES[0] + LEAVES[2]).tanh(), LEAVES)


def by_program(*numbers):
    return PROGRAM(*numbers)


def by_nudging(*numbers, h=1e-6):
    def out(w, x1, x2):
        return tanh(w * tanh(w * x1) + x2)

    def moved(i):
        up, down = ([x + (j == i) * by for j, x in enumerate(numbers)] for by in (h, -h))
        return (out(*up) - out(*down)) / (2 * h)
    return out(*numbers), [moved(0), moved(1), moved(2)]


def value_as_result(*numbers):
    w, x1, x2 = map(Value, numbers)
    return ((w * x1).tanh() * w + x2).tanh(), [0.0, 0.0, 0.0]


def from_the_end(w, x1, x2):
    h = tanh(w * x1)
    out = tanh(w * h + x2)
    return [out, tuple(pieces(1 - out**2, 1 - h**2, w, x1, h))]


def changed(change):
    """The right answer with its parts changed: change(w, x1, x2, h, out) gives the gradients."""
    def two_steps(w, x1, x2):
        h = tanh(w * x1)
        out = tanh(w * h + x2)
        return out, change(w, x1, x2, h, out)
    return two_steps


def pieces(s, r, w, x1, h):
    """The gradients, from the local derivatives s of the outer tanh and r of the inner."""
    return [s * h + s * w * r * x1, s * w * r * w, s]


def changed_expression(build, x=-2.0, y=3.0):
    x, y = Value(x, label="x"), Value(y, label="y")
    return build(x, y), x, y


RIGHT = {
    "15.m": [changed_expression(lambda a, b: (b * b) * (a + b)),
             changed_expression(lambda a, b: (a * b) * (b + b))],
    "15.1": [("{a}**0.5", "{g} / (2 * {out})"), ("pow({a}, 0.5)", "0.5 * {g} * {a}**-0.5"),
             ("exp(log({a}) / 2)", "{g} / {out} / 2")],
    "15.2": [(lambda x: x.relu() - (x - 1).relu(),), (lambda x: (1 - (1 - x).relu()).relu(),),
             (lambda x: 1 - (1 - x.relu()).relu(),)],
    "15.3": [(steps,), (from_the_end,)],
}
WRONG = {
    "15.m": [
        (changed_expression(lambda a, b: (a * a) * (a + b)), "the line of `x_grad`"),
        (changed_expression(lambda a, b: (b * b) * (b + b)), "Two letters"),
        (changed_expression(lambda a, b: (a + b) * (a + b)), "as before"),
        (changed_expression(lambda a, b: (a * b) * (a + b) - b), "something has come or gone"),
        (changed_expression(lambda a, b: (b * b) * b), "`x` is not in the expression"),
        (changed_expression(lambda a, b: (a * b) * (a + b), y=5.0), "other numbers"),
        (changed_expression(lambda a, b: a * a * a * a), "`y` is not used"),
        (changed_expression(lambda a, b: 6.0), "expected an expression"),
    ],
    "15.1": [
        (("{a}**0.5", "1 / (2 * {out})"), "times the upstream gradient"),
        (("{a}**0.5", "{g} / (2 * {a})"), "You divide by the input"),
        (("{a}**0.5", "{g} / {out}"), "The factor 1/2 is missing"),
        (("{a}**0.5", "{g} / 2 * {out}"), "from left to right"),
        (("{a}**0.5", "{g} * 2 * {out}"), "multiplied where"),
        (("{a}**0.5", "-{g} / (2 * {out})"), "The sign"),
        (("{a}**0.5", "{g}"), "The local derivative is missing"),
        (("{a}**0.5", "{g} * {a}"), "from exercise 11.1"),
        (("{a}**2", "{g} / (2 * {out})"), "comes from your result"),
        (("{a}**0.5", "g / (2 * out)"), "stopped with NameError"),
        (("{a}**0.5", "{g} / (2 * {output})"), "between the braces"),
        (("{a}**0.5", "{g} / (2 * {out}"), "cannot read"),
        (("{a}**0.5", 0.5), "in quotation marks"),
    ],
    "15.2": [
        ((lambda x: x.relu(),), "The upper end is missing"),
        ((lambda x: 1 - (1 - x).relu(),), "The lower end is missing"),
        ((lambda x: (1 - x).relu() - (-x).relu(),), "That falls"),
        ((lambda x: x.relu() + (x - 1).relu(),), "Above 1 it gets steeper"),
        ((lambda x: x.relu() - x.relu(),), "Both relus have their corner at 0"),
        ((lambda x: x,), "It goes on"),
        ((lambda x: (x - 1).relu(),), "corner at 1"),
        ((lambda x: x.sigmoid(),), "One relu bends at 0"),
        ((with_if,), "gives 4 for 4, expected 1"),
        ((one_above_five,), "made at 20, the program is another one"),
        ((constant_above,), "does not contain x"),
        ((lambda x: Value(min(max(x.data, 0), 1)),), "Do not take the `data`"),
        ((lambda x: min(max(x.data, 0), 1),), "expected a Value, made from x by operations"),
        ((lambda x: x if x.data > 0 else 0,), "An `if`, `min` or `data` decides"),
        ((lambda x: min(max(x, 0), 1),), "`min` and comparisons decide"),
        ((lambda x: x * (0 < x.data < 1),), "when the graph is made, like `if`"),
    ],
    "15.3": [
        ((by_engine,), "`micrograd.engine` did the work"),
        ((by_arrays,), "`micrograd.array` did the work"),
        ((by_step_10,), "`micrograd.steps.step_10` did the work"),
        ((by_program,), "`micrograd.compile` did the work"),
        ((by_nudging,), "as a nudge comes"),
        ((value_as_result,), "expected a plain number, got a Value"),
        ((changed(lambda w, x1, x2, h, out: [(1 - out**2) * h * (1 - out**2) * w * (1 - h**2) * x1,
                                             (1 - out**2) * w * (1 - h**2) * w, 1 - out**2]),),
         "added, not multiplied"),
        ((changed(lambda w, x1, x2, h, out: [(1 - out**2) * h,
                                             (1 - out**2) * w * (1 - h**2) * w, 1 - out**2]),),
         "the share of its second use"),
        ((changed(lambda w, x1, x2, h, out: [(1 - out**2) * w * (1 - h**2) * x1,
                                             (1 - out**2) * w * (1 - h**2) * w, 1 - out**2]),),
         "the share of its first use"),
        ((changed(lambda w, x1, x2, h, out: pieces(1, 1 - h**2, w, x1, h)),), "The outer tanh"),
        ((changed(lambda w, x1, x2, h, out: pieces(1 - out**2, 1, w, x1, h)),), "the inner tanh"),
        ((changed(lambda w, x1, x2, h, out: pieces(1, 1, w, x1, h)),), "both are missing"),
        ((changed(lambda w, x1, x2, h, out: [(1 - out**2) * (h + (1 - h**2) * x1),
                                             (1 - out**2) * (1 - h**2) * w, 1 - out**2]),),
         "the factor w is missing"),
        ((changed(lambda w, x1, x2, h, out: pieces(1 - (w * h + x2) ** 2, 1 - (w * x1) ** 2,
                                                   w, x1, h)),), "what goes into it"),
        ((lambda *x: (steps(*x)[0], steps(*x)[1][::-1]),), "in the reverse order: w"),
        ((lambda *x: (steps(*x)[0], steps(*x)[1][1:] + steps(*x)[1][:1]),), "the order is not"),
        ((lambda *x: (steps(*x)[0], [1.0, 2.0, 3.0]),), "Begin at the end"),
        ((lambda *x: (steps(*x)[0], [1.0, 2.0, steps(*x)[1][2]]),), "That of x2 is right"),
        ((lambda *x: (steps(*x)[0], [1.0, *steps(*x)[1][1:]]),), "Those of x1 and x2 are right"),
        ((lambda *x: (steps(*x)[0], [*steps(*x)[1][:2], 1.0]),), "its gradient is not 1"),
        ((lambda *x: (steps(*x)[0], [-g for g in steps(*x)[1]]),), "The signs are turned round"),
        ((changed(lambda w, x1, x2, h, out: [steps(w, x1, x2)[1][0], (1 - out**2) * (1 - h**2) * w,
                                             1 - out**2]),), "stands twice"),
        ((lambda *x: (steps(*x)[0], [[g] for g in steps(*x)[1]]),), "a list of its own"),
        ((lambda *x: (steps(*x)[0], ["w", "x1", "x2"]),), "Leave out the quotation marks"),
        ((lambda w, x1, x2: (tanh(w * x1), [1.0, 2.0, 3.0]),), "That is h"),
        ((lambda *x: (0.0, [1.0, 2.0, 3.0]),), "The value is tanh"),
        ((lambda *x: steps(*x)[0],), "expected two things"),
        ((lambda *x: (steps(*x)[0], steps(*x)[1][:2]),), "expected a list of three"),
    ],
}
OPEN = {
    "15.m": changed_expression(lambda a, b: (a * b) * (a + b)),
    "15.1": ("{a}**0.5", ...),
    "15.2": (lambda x: ...,),
    "15.3": (lambda w, x1, x2: (..., [..., ..., ...]),),
}
