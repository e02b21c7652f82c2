"""Exit quiz for notebook 9, The accumulation bug."""

from micrograd import Value as Finished
from micrograd.steps.step_08 import Value as Value8
from micrograd.steps.step_09 import Value as Value9
from tools.classroom.faults import EachTime, LocalAlone, Overwrites, ProductAsSum, gradients
from tools.classroom.quiz import Healthy, ask, ask_engines


def square(a):
    return a * a


def twice(a, b):
    return (a * b) * (a + b)


def doubled_twice(a, b):
    c = a * b
    d = c + c
    return d + c


def after(passes, Value, fresh=False):
    a = Value(1.0)
    c = None
    for _ in range(passes):
        a = Value(1.0) if fresh else a
        if c is None or fresh:
            b = a + a
            c = b + b
        c.backward()
    return a.grad


PATHS = (2.0 * 5.0, 3.0 * 4.0)

QUESTIONS = [
    ask("9.q1", "`b = a * a`, with `a` at 3. What does the engine of notebook 8, which has `=`, "
        "put into `a.grad`?",
        (gradients(Value8, square, (3.0,))[0],
         "3 for each use, and the second replaces the first."),
        (gradients(Healthy, square, (3.0,))[0], "That is right, and takes `+=`."),
        (3.0**2, "That is the value of `b`."),
        (gradients(ProductAsSum, square, (3.0,))[0], "That is the number of uses.")),
    ask_engines("9.q2", "$f = (a \\cdot b) \\cdot (a + b)$, with `a` at 2 and `b` at 3. What is "
                "the gradient of `a`?", twice, (2.0, 3.0), 0,
                "15 through the product and 6 through the sum.",
                Overwrites, LocalAlone, ProductAsSum),
    ask_engines("9.q3", "`c = a * b`, `d = c + c` and `f = d + c`, with `a` at 1 and `b` at 2. "
                "What is the gradient of `a`?", doubled_twice, (1.0, 2.0), 0,
                "Three paths lead from `c` to `f`, and each is worth `b`.",
                EachTime, Overwrites, ProductAsSum),
    ask("9.q4", "`b = a + a` and `c = b + b`. With the engine of notebook 9 we call `c.backward()` "
        "twice, and set nothing to 0 in between. What is in `a.grad`?",
        (after(2, Value9), "`b` keeps its 2, collects 2 more, and passes on 4, twice."),
        (after(2, Finished), "`b` keeps its own gradient as well, and passes that on once more."),
        (after(2, Value9, fresh=True), "Nothing sets the old gradients back to 0."),
        (after(2, Value8, fresh=True), "That is the engine with `=`, once.")),
    ask("9.q5", "Two paths lead from `a` to `f`. Along the one the local derivatives are 2 and 5, "
        "along the other 3 and 4. What is the gradient of `a`?",
        (sum(PATHS), "Multiply along each path, and add up the paths."),
        (PATHS[0] * PATHS[1], "The paths are added, not multiplied."),
        (max(PATHS), "Both paths count, not only the steeper one."),
        (2.0 + 5.0 + 3.0 + 4.0, "Along a path the local derivatives are multiplied.")),
]
