"""Right, wrong and open answers to the exercises of notebook 04."""

import numpy as np

from micrograd.numeric import gradcheck, numerical_gradient
from micrograd.steps.step_04 import Value


def central(f, x, h):
    right = f(x + h)
    left = f(x - h)
    return (right - left) / (2 * h)


def mean_of_both_sides(f, x, h):
    return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2


def on_the_graph(a, b, c):
    s, t = a + b, a * c
    return 1.0, t, s


def near_enough(f, x, claimed, tolerance=0.001):
    h = 1e-4
    return abs(central(f, x, h) - claimed) < tolerance


def nothing_handed_in(a, b, c):
    return 1.0, t, s  # noqa: F821


def slope(f, x):
    return numerical_gradient(f, x)[0]


def claims_got(f, x, claimed, tolerance=0.001):
    return gradcheck(f, x, got=claimed)


def nudged(x, b, h=0.001):
    def y(x):
        return (x + b) * x
    return (y(x + h) - y(x)) / h, x


def says_nothing_else(f, x, claimed, tolerance=0.001):
    if near_enough(f, x, claimed, tolerance):
        return True


RIGHT = {
    "4.m": [(2.0, -3.0, 10.0, -5.0), (2, -3, 7, -2), (3.0, -3.0, 10.0, -2.0),
            (2.0, -3.0, 10.0, 4.5)],
    "4.1": [(on_the_graph,), (lambda a, b, c: [1, c * a, b + a],),
            (lambda a, b, c: np.array([1.0, a * c, a + b]),)],
    "4.2": [(lambda x, b: (2 * x + b, x),), (lambda x, b: [x + (x + b), x],)],
    "4.3": [(central,), (mean_of_both_sides,)],
    "4.4": [(near_enough,),
            (lambda f, x, claimed, tolerance=0.001:
             tolerance**2 > (numerical_gradient(f, x)[0] - claimed) ** 2,),
            (lambda f, x, claimed, tolerance=0.001:
             slope(f, x) - tolerance < claimed < slope(f, x) + tolerance,)],
}
WRONG = {
    "4.m": [
        ((2.0, -3.0, 10.0, -4.0), "Now they matter equally"),
        ((2.0, -3.0, 20.0, -2.0), "`f` still matters more"),
        ((2.0, -3.0, 7.0, -5.0), "2 numbers are changed, c and f"),
        ((2.0, -3.0, 10.0, "-5.0"), "expected 4 numbers"),
        ((-5.0,), "a, b, c, f, got [-5]"),
    ],
    "4.1": [
        ((lambda a, b, c: (1, a + b, a * c),), "got its own value"),
        ((lambda a, b, c: ((a + b) * a * c, a * c, a + b),), "first is the value of P"),
        ((lambda a, b, c: (0.0, a * c, a + b),), "leaves P as it is"),
        ((lambda a, b, c: ((a + b) * a * c, a + b, a * c),), "values of P, s and t"),
        ((lambda a, b, c: (1, 1, 1),), "if s and t were added"),
        ((lambda a, b, c: (1, c, 1),), "past s and t"),
        ((lambda a, b, c: (1, -a * c, -a - b),), "signs of the last two"),
        ((lambda a, b, c: (1, b, c),), "Begin with the root"),
        ((lambda a, b, c: (1, a * c),), "expected three numbers"),
        ((nothing_handed_in,), "not handed in"),
        ((lambda a, b, c: (1, *numerical_gradient(lambda s, t: s * t, a + b, a * c)),),
         "as a nudge comes"),
        ((lambda a, b, c: "1, a*c, a+b",), "that is a text"),
        ((lambda a, b, c: (1, Value(a * c), Value(a + b)),), "Plain numbers"),
    ],
    "4.2": [
        ((lambda x, b: (x, x),), "through the sum only"),
        ((lambda x, b: (x + b, x),), "right factor only"),
        ((lambda x, b: (2 * x + b, 1),), "then multiplied"),
        ((lambda x, b: (2 * x + b, x + b),), "if the right factor moved"),
        ((lambda x, b: (2 * x + b, 2 * x),), "only the left factor moves"),
        ((lambda x, b: (x + (x + b) * x, x),), "the first part is right"),
        ((lambda x, b: (3 * x, x),), "both factors move"),
        ((lambda x, b: (2 * x, x),), "b is lost"),
        ((lambda x, b: (x * x + b * x, x),), "first is the value of y"),
        ((lambda x, b: (x, 2 * x + b),), "changed places"),
        ((lambda x, b: (1, 1),), "slopes of the sum alone"),
        ((lambda x, b: (b, b),), "let h become 0"),
        ((lambda x, b: 2 * x + b,), "expected two numbers"),
        ((lambda x, b: numerical_gradient(lambda x, b: x * x + b * x, x, b),), "as a nudge comes"),
        ((nudged,), "In dy/dx an h is left over"),
        ((lambda x, b, h=0.001: (2 * x + b, x + h),), "In dy/db an h is left over"),
        ((lambda x, b: ["2*x + b", "x"],), "that is a text"),
    ],
    "4.3": [
        ((lambda f, x, h: (f(x + h) - f(x - h)) / h,), "it is two steps"),
        ((lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,), "parentheses around 2 * h"),
        ((lambda f, x, h: f(x + h) - f(x - h),), "how far f moves"),
        ((lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),), "right minus left"),
        ((lambda f, x, h: (f(x + h) - f(x)) / h,), "one way only"),
        ((lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),), "add the two"),
        ((lambda f, x, h: (f(x + 0.001) - f(x - 0.001)) / 0.002,), "change with the step"),
        ((lambda f, x, h: slope(f, x),), "Use the h that is handed in"),
        ((lambda f, x, h: ((x + h)**2 - (x - h)**2) / (2 * h),), "right for x**2 only"),
        ((lambda f, x, h: numerical_gradient(f, x),), "got a tuple of one"),
        ((lambda f, x: x,), "TypeError"),
        ((4.0,), "expected a function"),
    ],
    "4.4": [
        ((lambda f, x, c, t: True,), "believes every claim"),
        ((lambda f, x, c, t: (f(x + 0.001) - f(x)) / 0.001 == c,), "never quite equal"),
        ((lambda f, x, c, t: slope(f, x) == c,), "nothing but the very slope"),
        ((lambda f, x, c, t: slope(f, x) - c < t,), "pass that is too large"),
        ((lambda f, x, c, t: c - slope(f, x) < t,), "pass that is too small"),
        ((lambda f, x, c, t: abs(slope(f, x) - c) > t,), "other way round"),
        ((lambda f, x, c, t: abs(slope(f, x) - c) < 0.001,), "does not depend on the tolerance"),
        ((lambda f, x, c, t: (slope(f, x) - c) ** 2 < t,), "square of the difference"),
        ((lambda f, x, c, t: abs(slope(f, x) - c) < t * abs(slope(f, x)),), "a fraction of"),
        ((lambda f, x, c, t: abs(abs(slope(f, x)) - abs(c)) < t,), "its negative"),
        ((lambda f, x, c, t: abs(f(x) - c) < t,), "f(x), the value"),
        ((lambda f, x, c, t: abs(2 * x - c) < t,), "slope of x**2 only"),
        ((lambda f, x, c, t: abs((f(x + 1e-4) - f(x - 1e-4)) / 1e-4 - c) < t,), "twice too large"),
        ((lambda f, x, c, t: abs((f(x + 1e-5) - f(x)) / 2e-5 - c) < t,), "half as large"),
        ((lambda f, x, c, t: abs((f(x + 1e-17) - f(x)) / 1e-17 - c) < t,), "always 0"),
        ((lambda f, x, c, t: abs((f(x + 0.001) - f(x)) / 0.001 - c) < t,), "go both ways"),
        ((lambda f, x, c, t: abs(central(f, x, 1e-14) - c) < t,), "rounding spoils it"),
        ((lambda f, x, c, t: abs(f(x + 0.001) - f(x) - c) < t,), "with the movement of f"),
        ((lambda f, x, c, t: abs(f(x) / x - c) < t,), "divided by the step"),
        ((claims_got,), "raises an AssertionError"),
        ((says_nothing_else,), "for a claim that is off"),
        ((lambda f, x, c, t: abs(slope(f, x) - c) < 5 * t,), "further off"),
        ((lambda f, x, c, t: abs(numerical_gradient(f, x) - c) < t,), "gives a tuple"),
        ((lambda f, x, c, t: abs(slope(f, x) - c),), "expected True or False"),
        ((lambda f, x: True,), "TypeError"),
    ],
}
OPEN = {"4.m": (2.0, -3.0, 10.0, -2.0), "4.1": (lambda a, b, c: ...,),
        "4.2": (lambda x, b: ...,), "4.3": (lambda f, x, h: ...,),
        "4.4": (lambda f, x, claimed, tolerance=0.001: ...,)}
