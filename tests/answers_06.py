"""Right, wrong and open answers to the exercises of notebook 6."""

from micrograd.numeric import numerical_gradient
from micrograd.steps.step_04 import Value


def labelled(formula, label="n"):
    def answer(*leaves):
        n = formula(*leaves)
        n.label = label
        return n
    return answer


def in_steps(x1, x2, x3, w1, w2, w3, b):
    products = w3 * x3 + w2 * x2 + w1 * x1
    n = b + products
    n.label = "n"
    return n


def labels_itself(x1, x2, x3, w1, w2, w3, b):
    n = x1 * w1 + x2 * w2 + x3 * w3 + b
    n.label = n
    return n


def from_data(x1, x2, x3, w1, w2, w3, b):
    return Value(x1.data * w1.data + x2.data * w2.data + x3.data * w3.data + b.data, label="n")


def as_number(x1, x2, x3, w1, w2, w3, b):
    return x1.data * w1.data + x2.data * w2.data + x3.data * w3.data + b.data


def nudged(x1, x2, w1, w2, b, g):
    return numerical_gradient(lambda x1, x2, w1, w2, b: g * (x1 * w1 + x2 * w2 + b),
                              x1, x2, w1, w2, b)


def one_straight_line(x, w, b, v, c):
    return v * w * x + v * b + c


def with_sum(x1, x2, x3, w1, w2, w3, b):
    return sum([x1 * w1, x2 * w2, x3 * w3, b])


def from_values(x, w, b, v, c):
    return 1.0, w.data * x.data + b.data, v.data, v.data * x.data, v.data * w.data


def into_grad(x, w, b, v, c):
    c.grad = 1.0


def second(*wrong):
    """The right answer to 6.3, but the parts in `wrong`, functions of the five inputs."""
    def answer(x, w, b, v, c):
        right = [1.0, w * x + b, v, v * x, v * w]
        return [r if f is None else f(x, w, b, v, c) for r, f in zip(right, wrong, strict=True)]
    return answer


RIGHT = {
    "6.m": [(2.0, 5.0, -3.0, 1.0, 6.7), (2, -3.5, -3, 1, 6.7)],
    "6.1": [(in_steps,), (labelled(lambda x1, x2, x3, w1, w2, w3, b:
                                   x1 * w1 + (x2 * w2 + (x3 * w3 + b))),)],
    "6.2": [(lambda x1, x2, w1, w2, b, g: (g * w1, g * w2, x1 * g, x2 * g, g),)],
    "6.3": [(lambda x, w, b, v, c: (1.0, w * x + b, v, v * x, v * w),)],
}

WRONG = {
    "6.m": [((2.0, 0.0, -3.0, 10.0, 6.7), "by its input, not by itself"),
            ((2.0, 2.0, -3.0, 1.0, 6.7), "go further, past"),
            ((2.0, 3.0, -3.0, 1.0, 6.7), "[-3, 1, 2, 3, 1]. This is the right number"),
            ((2.0, 0.0, -3.0, 1.0, 100.0), "into none of the five"),
            ((2.0, 0.0, 0.0, 1.0, 6.7), "[0, 1, 2, 0, 1]. The gradient of `w2` is still 0"),
            ((9.0, 0.0, -3.0, 1.0, 6.7), "[-3, 1, 9, 0, 1]. The gradient of `w2` is still 0"),
            ((2.0, 5.0, -3.0, 5.0, 6.7), "2 numbers are changed, x2 and w2"),
            ((2.0, float("nan"), -3.0, 1.0, 6.7), "nan"),
            ((2.0, "5", -3.0, 1.0, 6.7), "expected 5 numbers")],
    "6.1": [((labelled(lambda x1, x2, x3, w1, w2, w3, b: x1 * w1 + x2 * w2 + x3 * w3),),
             "The bias is missing"),
            ((labelled(lambda x1, x2, x3, w1, w2, w3, b: x1 * w1 + x2 * w2 + b),),
             "The third product is missing"),
            ((labelled(lambda x1, x2, x3, w1, w2, w3, b: (x1 * w1 + x2 * w2 + x3 * w3) * b),),
             "added, not multiplied"),
            ((labelled(lambda x1, x2, x3, w1, w2, w3, b: x1 + x2 + x3 + w1 + w2 + w3 + b),),
             "before anything is added"),
            ((labels_itself,), "A label is a text"),
            ((labelled(in_steps, ""),), "Set it before"),
            ((from_data,), "cannot be reached"),
            ((as_number,), "expected a `Value`"),
            ((lambda *leaves: Value(in_steps(*leaves), label="n"),), "a value already"),
            ((with_sum,), "begins with the number 0")],
    "6.2": [((nudged,), "as a nudge comes"),
            ((lambda x1, x2, w1, w2, b, g: (w1, w2, x1, x2, 1.0),), "n is not the root here"),
            ((lambda x1, x2, w1, w2, b, g: (g * x1, g * x2, g * w1, g * w2, g),),
             "In a product, the upstream"),
            ((lambda x1, x2, w1, w2, b, g: (g * w1, g * w2, g * x1, g * x2, g * b),),
             "In a sum, the local derivative is 1"),
            ((lambda x1, x2, w1, w2, b, g: (g, g, g, g, g),), "like a sum"),
            ((lambda x1, x2, w1, w2, b, g: (g + w1, g + w2, g + x1, g + x2, g),), "not added"),
            ((lambda x1, x2, w1, w2, b, g: (1, 2, 3, 4),), "expected 5 numbers"),
            ((lambda x1, x2, w1, w2, b, g: (g * w1, g * w2, g * x1, ..., g),),
             "still there for the gradient of w2"),
            ((lambda x1, x2, w1, w2, b, g: (g * w1, ..., g * x1, ... * g, g),),
             "a line calculates with them")],
    "6.3": [((lambda *x: numerical_gradient(one_straight_line, *x)[::-1],), "as a nudge comes"),
            ((second(None, None, lambda *x: 1, None, None),), "The first neuron is not the end"),
            ((second(None, lambda x, w, b, v, c: x, None, None, None),), "not by x"),
            ((second(None, lambda x, w, b, v, c: w * x, None, None, None),), "has a bias, too"),
            ((second(lambda x, w, b, v, c: c, None, None, None, None),), "the bias itself"),
            ((second(None, None, None, lambda x, w, b, v, c: v * w, None),), "In a product"),
            ((second(None, None, None, None, lambda x, w, b, v, c: v + w),), "in a row multiply"),
            ((lambda x, w, b, v, c: (v * w, v * x, v, w * x + b, 1.0),),
             "the order is c, v, b, w, x"),
            ((from_values,), "leave out `.data`"),
            ((into_grad,), "a name of its own"),
            ((lambda x, w, b, v, c: (1.0, w * x + b, v, 3 * v * x, v * w),), "Go from the root")],
}

OPEN = {"6.m": (2.0, 0.0, -3.0, 1.0, 6.7),
        "6.1": (lambda *leaves: ...,), "6.2": (lambda *x: (..., ..., ..., ..., ...),),
        "6.3": (lambda *x: ...,)}
