"""Checks for the exercises of notebook 6, A neuron."""

from random import Random

from micrograd.course.exercises import NotAttempted, Wrong, ask_with_hints, exercise, near, shown
from micrograd.course.exercises.gradients import (
    compare_parts,
    draw,
    exact_gradients,
    named,
)
from micrograd.course.exercises.notebook_04 import one_changed
from micrograd.graph import trace
from micrograd.steps.step_04 import Value

SEED = 6
THREE = ("x1", "x2", "x3", "w1", "w2", "w3", "b")
START = {"x1": 2.0, "x2": 0.0, "w1": -3.0, "w2": 1.0, "b": 6.7}


@exercise("6.m")
def w2_matters_most(*numbers):
    """numbers: x1, x2, w1, w2 and b, one of them changed so that w2 matters most."""
    leaves, changed = one_changed(numbers, START)
    x1, x2, w1, w2, _ = leaves.values()
    gradients = {"x1": w1, "x2": w2, "w1": x1, "w2": x2, "b": 1.0}
    if not all(abs(gradients[name]) < abs(x2) for name in gradients if name != "w2"):
        why = {"x2": "This is the right number to change: go further, past the gradient of `x1`.",
               "w2": "A push of `w2` is multiplied by its input, not by itself.",
               "b": "The bias goes into none of the five gradients."}
        raise Wrong(f"the gradients of x1, x2, w1, w2 and b are {shown([*gradients.values()])}. "
                    f"{why.get(changed, 'The gradient of `w2` is still 0.')}")


@exercise("6.1", untested="the labels of the values in between: draw it, and see")
def three_inputs(function):
    """A function of x1, x2, x3, w1, w2, w3, b (values) that gives their weighted sum, labelled."""
    rng = Random(SEED)
    for _ in range(4):
        x = draw(rng, 7)
        leaves = [Value(number, label=name) for number, name in zip(x, THREE, strict=True)]
        n = ask_with_hints(function, leaves, {
            "'int' and 'Value'": "Python's `sum` begins with the number 0, and our class cannot "
                                 "add a value to a number: use `+` between the values."})
        if not isinstance(n, Value):
            raise Wrong(f"got {shown(n)}, expected a `Value`. Add and multiply the values "
                        "themselves, not their `.data`.")
        if isinstance(n.data, Value):
            raise Wrong(f"the `data` of the result is {shown(n.data)}, expected a number. The sum "
                        "is a value already: do not hand it to `Value`.")
        _compare_sum(n.data, x)
        _compare_leaves(n, leaves)
        if n.label is ...:
            raise NotAttempted
        if n.label != "n":
            raise Wrong(f"the sum is right, but its label is {shown(n.label)}, expected 'n'. "
                        + ("A label is a text, in quotation marks." if isinstance(n.label, Value)
                           else "Set it before you return the value."))


def weighted_sum(x1, x2, x3, w1, w2, w3, b):
    return x1 * w1 + x2 * w2 + x3 * w3 + b


def _compare_sum(got, x):
    x1, x2, x3, w1, w2, w3, b = x
    right = weighted_sum(*x)
    mistakes = (
        (right - b, "The bias is missing."),
        (right - b - x3 * w3, "The third product and the bias are missing."),
        (right - x3 * w3, "The third product is missing."),
        ((right - b) * b, "The bias is added, not multiplied."),
        (sum(x), "Each input is multiplied by its weight before anything is added."),
        ((x1 + x2 + x3) * (w1 + w2 + w3) + b, "Each input has a weight of its own."),
    )
    if not near(got, right):
        hints = (*(why for wrong, why in mistakes if near(got, wrong)),
                 "Each input times its own weight, all added up, and the bias.")
        raise Wrong(f"for {named(THREE, x)} got {shown(got)}, expected {shown(right)}. {hints[0]}")


def _compare_leaves(n, leaves):
    values, _ = trace(n)
    lost = [leaf.label for leaf in leaves if leaf not in values]
    if lost:
        raise Wrong(f"the number is right, but {', '.join(lost)} cannot be reached from the result "
                    "by way of `_prev`. Add and multiply the values themselves, not their `.data`.")


FLAT = "In a sum, the local derivative is 1: it gets the upstream gradient as it is."
UPSTREAM = "n is not the root here: multiply by its gradient."
OTHER = ("In a product, the upstream gradient is multiplied by the *other* operand: a weight gets "
         "its input, an input its weight.")


@exercise("6.2")
def one_neuron(function):
    """A function of x1, x2, w1, w2, b and n_grad that gives the gradients of the first five."""
    rng = Random(SEED)
    names = ("x1", "x2", "w1", "w2", "b")
    right = (lambda x1, x2, w1, w2, b, g: (g * w1, g * w2, g * x1, g * x2, g))
    mistakes = {"": "The gradient of n, times the local derivative.",
                "the gradient of b": ((lambda *x: 1, UPSTREAM),
                                      (lambda x1, x2, w1, w2, b, g: b * g, FLAT),
                                      (lambda x1, x2, w1, w2, b, g: b, FLAT))}
    for i, j in ((0, 2), (1, 3), (2, 0), (3, 1)):  # a factor, and the other one
        mistakes[f"the gradient of {names[i]}"] = (
            (lambda *x, j=j: x[j], UPSTREAM), (lambda *x, i=i: x[i] * x[5], OTHER),
            (lambda *x, i=i: x[i], OTHER), (lambda *x: x[5], "You treated the product like a sum. "
                                            + OTHER),
            (lambda *x: 1, "You treated the product like a sum. " + OTHER),
            (lambda *x, j=j: x[j] + x[5], "Upstream gradient and local derivative are multiplied, "
             "not added."))
    compare_parts(function, [f"the gradient of {name}" for name in names], right,
                  (*names, "n_grad"), [draw(rng, 6) for _ in range(4)], mistakes)


def two_in_a_row(x, w, b, v, c):
    return v * (w * x + b) + c


@exercise("6.3")
def two_neurons(function):
    """A function of x, w, b, v, c that gives the gradients of v * (w * x + b) + c, c's first."""
    rng = Random(SEED)
    through = "The first neuron is not the end of it: its sum is multiplied by v on the way to m."
    enters = "v is multiplied by what comes out of the first neuron, not by x."
    compare_parts(
        function, [f"the gradient of {name}" for name in "cvbwx"],
        lambda *x: exact_gradients(two_in_a_row)(*x)[::-1], "xwbvc",
        [draw(rng, 5) for _ in range(4)],
        {"the gradient of c": ((lambda x, w, b, v, c: c, "That is the bias itself. " + FLAT),
                               (lambda x, w, b, v, c: v * w, "That is the gradient of x: the "
                                "order is c, v, b, w, x.")),
         "the gradient of v": ((lambda x, w, b, v, c: x, enters),
                               (lambda x, w, b, v, c: w * x, "The first neuron has a bias, too."),
                               (lambda x, w, b, v, c: v, "That is the weight itself. " + enters)),
         "the gradient of b": ((lambda *x: 1, through),
                               (lambda x, w, b, v, c: b * v, FLAT)),
         "the gradient of w": ((lambda x, w, b, v, c: x, through),
                               (lambda x, w, b, v, c: w * v, OTHER)),
         "the gradient of x": ((lambda x, w, b, v, c: w, through),
                               (lambda x, w, b, v, c: x * v, OTHER),
                               (lambda x, w, b, v, c: v + w, "Slopes in a row multiply.")),
         "": "Go from the root m back to the left, one operation at a time."})
