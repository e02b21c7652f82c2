"""Answers to the exercises of notebook 16: right, wrong, and not begun."""

import numpy as np

from micrograd.compile import compile
from micrograd.engine import Value


def gradients_of(root, leaves):
    return compile(root, leaves)(*leaves)[1]


def walked(total, leaves):
    total.backward()
    return [leaf.grad for leaf in leaves]


def from_the_sum(change=lambda g, v: g * v, zero=True, after=1.0):
    def one_pass(root, leaves, direction):
        if zero:
            for leaf in leaves:
                leaf.grad = 0.0
        gradients = gradients_of(root, leaves)
        found = walked(sum(map(change, gradients, direction)), leaves)
        return found if after == 1.0 else [g * v for g, v in zip(found, direction, strict=True)]
    return one_pass


def by_zero_grad(root, leaves, direction):
    total = Value(0.0)
    for gradient, number in zip(gradients_of(root, leaves), direction, strict=True):
        total = total + number * gradient
    total.zero_grad()
    return tuple(walked(total, leaves))


def by_a_program(root, leaves, direction):
    gradients = gradients_of(root, leaves)
    total = sum(g * v for g, v in zip(gradients, direction, strict=True))
    return [g.data for g in gradients_of(total, leaves)]


def by_rows(root, leaves, direction):
    found = np.zeros(3)
    for gradient, number in zip(gradients_of(root, leaves), direction, strict=True):
        for leaf in leaves:
            leaf.grad = 0.0
        found += number * np.array(walked(gradient, leaves))
    return found


def of_the_root(root, leaves, direction):
    root.zero_grad()
    return walked(root, leaves)


def nothing_walked(root, leaves, direction):
    return [leaf.grad for leaf in leaves]


def as_products(root, leaves, direction):
    return [g.data * v for g, v in zip(gradients_of(root, leaves), direction, strict=True)]


def from_data(root, leaves, direction):
    for leaf in leaves:
        leaf.grad = 0.0
    gradients = gradients_of(root, leaves)
    return walked(Value(sum(g.data * v for g, v in zip(gradients, direction, strict=True))), leaves)


def curve(k, cube=3, square=2):
    return lambda x: x**cube - k * x**square


RIGHT = {
    "16.m": [(curve(6),), (lambda x: x**3 - 6 * x * x,)],
    "16.1": [(lambda a, b: [[0, 2 * b], [2 * b, 2 * a]],),
             (lambda a, b: np.array([[0.0, 2 * b], [2 * b, 2 * a]]),),
             (lambda a, b: ((0.0, b + b), (b + b, a + a)),)],
    "16.2": [(lambda p, slope, curvature: p - slope / abs(curvature),),
             (lambda p, s, c: p + s / c if c < 0 else p - s / c,)],
    "16.3": [(from_the_sum(),), (by_zero_grad,), (by_a_program,)],
}
WRONG = {
    "16.m": [
        ((curve(1.5),), "is 9, expected 0. That has moved it to the other side: it is 0 at 0.5."),
        ((lambda x: 2 * x**3 - 3 * x**2,), "is 18, expected 0. That has moved it"),
        ((curve(3, 4),), "is 42, expected 0. Take"),
        ((curve(3, 3, 1),), "it is 0 at 0."),
        ((curve(-3),), "Leave the minus"),
        ((curve(5),), "on paper"),
        ((lambda x: -(x**3) + 6 * x**2,), "does not go there from below"),
        ((lambda x: x.data**3 - 3 * x.data**2,), "expected a Value"),
    ],
    "16.1": [
        ((lambda a, b: [[0, 2 * b], [2 * a, 2 * b]],), "In the second the two"),
        ((lambda a, b: [[2 * b, 0], [2 * b, 2 * a]],), "In the first the two"),
        ((lambda a, b: [[2 * a, 2 * b], [2 * b, 0]],), "The rows are in the wrong order"),
        ((lambda a, b: [[0, 2 * b], [2 * b, 2]],), "2 a is left"),
        ((lambda a, b: [[0, b], [b, 2 * a]],), "of b squared is 2 b"),
        ((lambda a, b: [[0, 2 * b], [2 * b, a]],), "Its 2 is lost"),
        ((lambda a, b: [[1, 2 * b], [2 * b, 2 * a]],), "so it responds by 0"),
        ((lambda a, b: [[b**2, 2 * b], [2 * b, 2 * a]],), "How does it respond to a?"),
        ((lambda a, b: [[b**2, 2 * a * b], [b**2, 2 * a * b]],), "Those are the gradients"),
        ((lambda a, b: [[0, 0], [0, 2 * a]],), "So does that of b to a"),
        ((lambda a, b: [[1, 2], [3, 4]],), "Each makes a row"),
        ((lambda a, b: [0, 2 * b, 2 * b, 2 * a],), "expected two rows"),
    ],
    "16.2": [
        ((lambda p, s, c: p - s / c,), "Newton's own step"),
        ((lambda p, s, c: p + s / c,), "climbs in a valley now"),
        ((lambda p, s, c: p + s / abs(c),), "uphill everywhere"),
        ((lambda p, s, c: p - abs(s / c),), "always goes to the left"),
        ((lambda p, s, c: p - abs(s) / c,), "take away the sign of the slope"),
        ((lambda p, s, c: p - s if c < 0 else p - s / c,), "another length"),
        ((lambda p, s, c: p if c < 0 else p - s / c,), "does not move at all"),
        ((lambda p, s, c: -s / abs(c),), "the step alone"),
        ((lambda p, s, c: p - s * abs(c),), "You multiply by the curvature"),
        ((lambda p, s, c: p - c / s,), "belongs above the line"),
        ((lambda p, s, c: p - 0.1 * s,), "what has to be put right"),
    ],
    "16.3": [
        ((nothing_walked,), "Those are the old gradients"),
        ((of_the_root,), "not from root"),
        ((as_products,), "before they are added up"),
        ((from_the_sum(lambda g, v: g),), "The direction does not come in"),
        ((from_the_sum(lambda g, v: g, after=2.0),), "after the pass"),
        ((from_the_sum(zero=False),), "held before"),
        ((from_data,), "Nothing has come back"),
        ((from_the_sum(lambda g, v: g * g),), "The sum is gradient times number"),
        ((by_rows,), "it took 3 backward passes"),
        ((lambda root, leaves, direction: sum(direction),), "expected a list of three numbers"),
    ],
}
OPEN = {
    "16.m": (curve(3),),
    "16.1": (lambda a, b: [[..., ...], [..., ...]],),
    "16.2": (lambda p, slope, curvature: ...,),
    "16.3": (lambda root, leaves, direction: ...,),
}
