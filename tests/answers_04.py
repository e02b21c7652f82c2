"""Right, wrong and open answers to the exercises of notebook 04."""

from micrograd.numeric import gradcheck, numerical_gradient


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


def by_gradcheck(f, x, claimed, tolerance=0.001):
    try:
        gradcheck(f, x, got=[claimed], tolerance=tolerance)
    except AssertionError:
        return False
    return True


def slope(f, x):
    return numerical_gradient(f, x)[0]


RIGHT = {
    "4.1": [(central,), (mean_of_both_sides,)],
    "4.2": [(on_the_graph,), (lambda a, b, c: [1, c * a, b + a],),
            (lambda a, b, c: (1, *numerical_gradient(lambda s, t: s * t, a + b, a * c)),)],
    "4.3": [(near_enough,), (by_gradcheck,),
            (lambda f, x, claimed, tolerance=0.001:
             slope(f, x) - tolerance < claimed < slope(f, x) + tolerance,)],
    "4.4": [(lambda x, b: (2 * x + b, x),), (lambda x, b: [x + (x + b), x],),
            (lambda x, b: numerical_gradient(lambda x, b: x * x + b * x, x, b),)],
}
WRONG = {
    "4.1": [
        ((lambda f, x, h: (f(x + h) - f(x - h)) / h,), "it is two steps"),
        ((lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,), "parentheses around 2 * h"),
        ((lambda f, x, h: f(x + h) - f(x - h),), "how far f moves"),
        ((lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),), "right minus left"),
        ((lambda f, x, h: (f(x + h) - f(x)) / h,), "one way only"),
        ((lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),), "add the two"),
        ((lambda f, x: x,), "TypeError"),
        ((4.0,), "expected a function"),
    ],
    "4.2": [
        ((lambda a, b, c: (1, a + b, a * c),), "got its own value"),
        ((lambda a, b, c: ((a + b) * a * c, a * c, a + b),), "first is the value of P"),
        ((lambda a, b, c: (0.0, a * c, a + b),), "leaves P as it is"),
        ((lambda a, b, c: ((a + b) * a * c, a + b, a * c),), "values of P, s and t"),
        ((lambda a, b, c: (1, 1, 1),), "if s and t were added"),
        ((lambda a, b, c: (1, c, 1),), "past s and t"),
        ((lambda a, b, c: (1, -a * c, -a - b),), "signs of the last two"),
        ((lambda a, b, c: (1, a * c),), "Begin with the root"),
    ],
    "4.3": [
        ((lambda f, x, claimed: True,), "believes every claim"),
        ((lambda f, x, claimed: (f(x + 0.001) - f(x)) / 0.001 == claimed,), "never quite equal"),
        ((lambda f, x, claimed: slope(f, x) - claimed < 0.001,), "one direction only"),
        ((lambda f, x, claimed: abs(slope(f, x) - claimed) > 0.001,), "other way round"),
        ((lambda f, x, claimed: abs(slope(f, x) - claimed) < 0.5,), "Use the tolerance"),
        ((lambda f, x, claimed: abs(abs(slope(f, x)) - abs(claimed)) < 0.001,), "its negative"),
        ((lambda f, x, claimed: abs(slope(f, x) - claimed),), "expected True or False"),
        ((lambda f, x: True,), "TypeError"),
    ],
    "4.4": [
        ((lambda x, b: (x, x),), "through the sum only"),
        ((lambda x, b: (x + b, x),), "right factor only"),
        ((lambda x, b: (2 * x + b, 1),), "then multiplied"),
        ((lambda x, b: (2 * x + b, x + b),), "dy/db is off"),
        ((lambda x, b: (2 * x, x),), "b is lost"),
        ((lambda x, b: (x * x + b * x, x),), "first is the value of y"),
        ((lambda x, b: (x, 2 * x + b),), "changed places"),
        ((lambda x, b: (1, 1),), "slopes of the sum alone"),
        ((lambda x, b: 2 * x + b,), "let h become 0"),
    ],
}
OPEN = {"4.1": (lambda f, x, h: ...,), "4.2": (lambda a, b, c: ...,),
        "4.3": (lambda f, x, claimed, tolerance=0.001: ...,), "4.4": (lambda x, b: ...,)}
