"""Exit quiz for notebook 16, Differentiating the derivative."""

from micrograd import Value
from micrograd.compile import compile
from tools.classroom.quiz import ask


def slope_and_curvature(f, place):
    x = Value(place)
    slope = compile(f(x), [x])(x)[1][0]
    slope.backward()
    return slope.data, x.grad


def newton(f, place):
    slope, curvature = slope_and_curvature(f, place)
    return place - slope / curvature


def row_of_a(a, b):
    leaves = [Value(a), Value(b)]
    gradient = compile(leaves[0] * leaves[0] * leaves[1], leaves)(*leaves)[1][0]
    for leaf in leaves:
        leaf.grad = 0.0
    gradient.backward()
    return tuple(leaf.grad for leaf in leaves), gradient.data


def cube(x):
    return x**3


def parabola(p):
    return (p - 5) ** 2


def hill(p):
    return 3 - p**2


slope, curvature = slope_and_curvature(cube, 4.0)
steep, bend = slope_and_curvature(parabola, 9.0)
row, first = row_of_a(2.0, 3.0)
N = 50  # parameters

QUESTIONS = [
    ask("16.q1", "What is the second derivative of $x^3$ at $x = 4$?",
        (curvature, "$6x$."),
        (slope, "That is the first derivative, $3x^2$."),
        (4.0**3, "That is the value."),
        (6.0, "That is the third derivative.")),
    ask("16.q2", "The loss is $(p - 5)^2$. At $p = 9$ its slope is 8 and its curvature 2. Where "
        "does one step of Newton's method lead?",
        (newton(parabola, 9.0), "9, less 8 / 2: the bottom, in one step."),
        (9.0 - steep, "The slope is divided by the curvature."),
        (9.0 + steep / bend, "The step goes against the slope."),
        (9.0 - steep * bend, "The slope is divided by the curvature, not multiplied.")),
    ask("16.q3", "$f = a^2 b$, with `a` at 2 and `b` at 3. The gradient of `a` is $2ab = 12$. What "
        "are its derivatives with respect to `a` and `b`?",
        (row, "2 b and 2 a."),
        (row[::-1], "2 b is the derivative with respect to `a`."),
        ((first, 4.0), "Those are the gradients themselves."),
        ((row[0], 0.0), "The gradient of `a` has `b` in it, too.")),
    ask("16.q4", f"A network has {N} parameters. How many backward passes does the table of all "
        "its second derivatives take?",
        (N, "One for each row."),
        (1, "A pass begins at one gradient, and gives one row."),
        (N * N, "Those are the numbers in the table. A pass gives a row of them."),
        (N - 1, "The last row is needed, too.")),
    ask("16.q5", "The curve $3 - p^2$ has its top at 0. From $p = 1$ we take a step of Newton's "
        "method. Where does it lead?",
        (newton(hill, 1.0), "To the top: it looks for a slope of 0."),
        (1.0 + 1.0, "Downhill it would be. But the curvature is negative, too."),
        (1.0 - slope_and_curvature(hill, 1.0)[0], "The slope is divided by the curvature."),
        (1.0, "The slope is -2 there, so the step is not 0.")),
]
