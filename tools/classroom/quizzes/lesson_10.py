"""Exit quiz for notebook 10, tanh in pieces."""

from micrograd.steps.step_09 import Value as Value9
from micrograd.steps.step_10 import Value as Value10
from tools.classroom.faults import (
    ExpAsPower,
    LocalAlone,
    PowerDropped,
    PowerKept,
    ProductAsSum,
    SignLost,
    gradients,
)
from tools.classroom.quiz import Healthy, ask, ask_engines


class Swapping(Value10):
    def __rsub__(self, other):
        return self - other


def outcome(expression, Value):
    try:
        return expression(Value(5.0)).data
    except TypeError:
        return "an error"


class Counted(Value10):
    made = 0

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        Counted.made += 1

    def __add__(self, other):
        other = other if isinstance(other, Value10) else Counted(other)
        return Counted(self.data + other.data, (self, other), "+")


def made_by_sum(n):
    values = [Counted(1.0) for _ in range(n)]
    before = Counted.made
    sum(values)
    return Counted.made - before


QUESTIONS = [
    ask("10.q1", "`a` holds 5. What does `2 - a` hold, with the class of notebook 10?",
        (outcome(lambda a: 2 - a, Value10), "`__rsub__` is called, and the 2 stays on the left."),
        (outcome(lambda a: 2 - a, Swapping), "That is `a - 2`. `__rsub__` may not swap."),
        (outcome(lambda a: 2 - a, Value9), "Without `__rsub__` it would be one."),
        (2.0 + 5.0, "That is the sum.")),
    ask_engines("10.q2", "$c = a / b$, which is made of `a * b**-1`, with `a` at 6 and `b` at 2. "
                "What is the gradient of `b`?", lambda a, b: a * b**-1, (6.0, 2.0), 1,
                "-1 over b squared, times 6.", LocalAlone, PowerKept, PowerDropped),
    ask("10.q3", "$y = e^{2x}$. What is the gradient of `x` at 0?",
        (gradients(Healthy, lambda x, two: (x * two).exp(), (0.0, 2.0))[0],
         "exp has the slope 1 there, and the inner factor is 2."),
        (gradients(ProductAsSum, lambda x, two: (x * two).exp(), (0.0, 2.0))[0],
         "That is the slope of exp there. The factor 2 is missing."),
        (gradients(ExpAsPower, lambda x, two: (x * two).exp(), (0.0, 2.0))[0], ExpAsPower.told),
        (round(Healthy(1.0).exp().data, 6), "That is the slope of exp at 1.")),
    ask_engines("10.q4", "$y = a - a^3$, with `a` at 2. What is the gradient of `a`?",
                lambda a: a - a**3, (2.0,), 0, "1 from the first use, and -12 from the other.",
                SignLost, PowerKept, PowerDropped),
    ask("10.q5", "How many new values does `sum([a, b, c])` make, with the class of notebook 10?",
        (made_by_sum(3), "`sum` begins with the number 0. It becomes a value, and then there are "
                         "three sums."),
        (made_by_sum(3) - 1, "There are three sums, since `sum` begins with 0. And the 0 becomes a "
                             "value, too."),
        (made_by_sum(3) - 2, "`sum` does not begin with `a`, but with the number 0."),
        (made_by_sum(3) - 3, "Each step of the sum makes a value.")),
]
