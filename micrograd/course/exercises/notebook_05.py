"""Checks for the exercises of notebook 5, The chain rule."""

from random import Random

from micrograd.course.exercises import Wrong, ask_with_hints, exercise, listed, near, shown
from micrograd.course.exercises.gradients import (
    compare_parts,
    draw,
    exact_gradients,
    named,
    still_open,
)
from micrograd.course.exercises.notebook_04 import one_changed
from micrograd.engine import Value as Finished
from micrograd.graph import trace
from micrograd.steps.step_04 import Value

SEED = 5


@exercise("5.m")
def b_matters_most(*numbers):
    """numbers: a, b, c and f, one of them changed so that b matters most."""
    leaves, changed = one_changed(numbers)
    a, b, c, f = leaves.values()
    d = a * b + c
    gradients = {"a": f * b, "b": f * a, "c": f, "f": d}
    most = max("acf", key=lambda name: abs(gradients[name]))
    if abs(gradients["b"]) <= abs(gradients[most]):
        ahead = abs(gradients["b"]) < abs(gradients[most])
        raise Wrong(f"with a, b, c, f = {listed(leaves.values())} the gradients are "
                    f"{listed(gradients.values())}, and `{most}` matters "
                    f"{'most' if ahead else 'just as much'}. "
                    f"{why_not(changed, gradients)}")


def why_not(changed, gradients):
    """Why b does not matter most after this change."""
    if abs(gradients["b"]) > abs(gradients["a"]):
        return f"`b` has overtaken `a`, but `d` has grown as well, to {shown(gradients['f'])}."
    return {"a": "This is the right number to change: go a little further, or the other way.",
            "b": "A push of `b` is multiplied by `a`, not by `b`.",
            "c": "`c` goes into the gradient of `f` alone.",
            "f": "`f` multiplies the gradients of a, b and c alike."}[changed]


@exercise("5.1")
def gears(function):
    """A function of x that gives dy/dx, dz/dy and dz/dx for y = 3x and z = y**2."""
    rng = Random(SEED)
    compare_parts(
        function, ("dy/dx", "dz/dy", "dz/dx"), lambda x: (3, 6 * x, 18 * x), ("x",),
        [draw(rng, 1) for _ in range(4)],
        {"dz/dy": ((lambda x: 2 * x, "You took the slope at x, but what comes into the second "
                    "step is y: its slope is measured there."),
                   (lambda x: 3 * x, "That is y itself. The slope of y**2 is 2 y."),
                   (lambda x: 9 * x**2, "That is the value z. Its slope is asked for."),
                   (lambda x: 18 * x, "That is how x acts on z already, both steps together. "
                    "Here it is only the step from y to z.")),
         "dz/dx": ((lambda x: 3 + 6 * x, "The slopes of two gears multiply; you added them."),
                   (lambda x: 6 * x, "That is dz/dy alone. The first gear turns as well: "
                    "multiply by dy/dx."),
                   (lambda x: 2 * x, "The slope of the square is measured at y, not at x.")),
         "": "Nudge x by a small number and see how far z moves."}, given=1)


def sums_inside(a, b, c, d):
    return a * (b + c * d)


PRODUCT = "A product multiplies the upstream gradient by the value of the *other* operand."
PLUS = "A plus hands the upstream gradient on, unchanged, to both operands."
CHAIN = "That is a local derivative alone. Multiply it by the upstream gradient."
SIGN = "The size is right, the sign is not. No operation here turns a sign around."


@exercise("5.2")
def graph_with_blanks(function):
    """A function of a, b, c, d that gives the gradients of L = a * (b + c * d), in that order."""
    rng = Random(SEED)
    compare_parts(
        function, [f"the gradient of {name}" for name in "abcd"], exact_gradients(sums_inside),
        "abcd", [draw(rng, 4) for _ in range(4)],
        {"the gradient of a": ((lambda a, b, c, d: a, PRODUCT), (lambda *x: 1, CHAIN)),
         "the gradient of b": ((lambda *x: 1, CHAIN), (lambda a, b, c, d: a * c * d, PLUS),
                               (lambda a, b, c, d: a * b, PLUS),
                               (lambda a, b, c, d: a + 1, "Upstream gradient and local "
                                "derivative are multiplied, not added."),
                               (lambda a, b, c, d: -a, SIGN)),
         "the gradient of c": ((lambda a, b, c, d: d, CHAIN), (lambda a, b, c, d: a * c, PRODUCT),
                               (lambda a, b, c, d: a, "You treated c * d like a sum. " + PRODUCT),
                               (lambda a, b, c, d: a + d, "Upstream gradient and local "
                                "derivative are multiplied, not added."),
                               (lambda a, b, c, d: -a * d, SIGN)),
         "the gradient of d": ((lambda a, b, c, d: c, CHAIN), (lambda a, b, c, d: a * d, PRODUCT),
                               (lambda a, b, c, d: a, "You treated c * d like a sum. " + PRODUCT),
                               (lambda a, b, c, d: -a * c, SIGN)),
         "": "Name the operation to the right of it, its local derivative, and the upstream "
             "gradient, and multiply the last two."}, given=1)


def two_sums(a, b, c, d, f):
    return (a + b * c) * (d + f)


@exercise("5.3", untested="a value that is used twice: what would your lines do with a * a?")
def graph_from_nothing(function):
    """A function of five values that builds (a + b * c) * (d + f), sets all grads, returns it."""
    rng = Random(SEED)
    for _ in range(4):
        x = draw(rng, 5)
        leaves = [Value(number, label=name) for number, name in zip(x, "abcdf", strict=True)]
        root = _root(function, leaves)
        right = two_sums(*x)
        if not near(root.data, right):
            raise Wrong(f"for {named('abcdf', x)} L is {shown(root.data)}, expected "
                        f"{shown(right)}. Look at the forward pass first.")
        _compare_grads(root, leaves, named("abcdf", x))


def _root(function, leaves):
    root = ask_with_hints(function, leaves, dict.fromkeys(
        ("'float' and 'Value'", "no attribute 'data'"),
        "A gradient is a number: multiply it by the `.data` of an operand."))
    if not isinstance(root, Value):
        raise Wrong(f"got {shown(root)}, expected the `Value` L, which you return at the end.")
    lost = [leaf.label for leaf in leaves if leaf not in trace(root)[0]]
    if lost:
        raise Wrong(f"L does not remember {', '.join(lost)}. Build it from the values, not from "
                    "their `.data`.")
    return root


def _compare_grads(root, leaves, inputs):
    values, edges = trace(root)
    still_open([f"the gradient of {_text(value)}" for value in values],
               [value.grad for value in values])
    for value in values:
        if isinstance(value.grad, Value):
            raise Wrong(f"the gradient of {_text(value)} is a `Value`. It should be the number in "
                        "it: take `.data` of the operand.")
    expected = _expected(values)
    leaves_are_right = all(near(leaf.grad, expected[leaf]) for leaf in leaves)
    for value in reversed(values):
        if not near(value.grad, expected[value]):
            above = [result for operand, result in edges if operand is value]
            hint = _hint(value, above)
            if leaves_are_right and near(value.grad, 0.0):
                hint = ("The leaves are right, but the root and the values in between need theirs, "
                        "too.")
            raise Wrong(f"for {inputs} the gradient of {_text(value)} is {shown(value.grad)}, "
                        f"expected {shown(expected[value])}. {hint}")


def _expected(values):
    """The right gradient of each value, from the same graph in the finished engine."""
    twin = {}
    for value in values:
        if not value._prev:
            twin[value] = Finished(value.data)
        else:
            left, right = (twin[operand] for operand in value._prev)
            twin[value] = left + right if value._op == "+" else left * right
    twin[values[-1]].backward()
    return {value: twin[value].grad for value in values}


def _hint(value, above):
    if not above:
        return "It is the root, and a push at the root moves the root by as much."
    result = above[0]
    got, upstream = value.grad, result.grad
    if near(got, 0.0):
        return (f"It was not set, or set before {_text(result)} to its right had its own. Work "
                "from the root back to the leaves.")
    other = next((operand for operand in result._prev if operand is not value), value)
    if result._op == "+":
        return CHAIN if near(got, 1.0) else PLUS
    if near(got, other.data):
        return CHAIN
    if near(got, upstream):
        return f"You treated {_text(result)} like a sum. {PRODUCT}"
    return PRODUCT


def _text(value):
    """The expression a value was computed from, as a text."""
    if not value._prev:
        return str(value.label)
    left, right = map(_text, value._prev)
    return f"({left} {value._op} {right})"
