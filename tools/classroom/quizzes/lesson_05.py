"""Exit quiz for notebook 5, The chain rule."""

from micrograd.numeric import numerical_gradient
from tools.classroom.faults import LocalAlone, OwnValue, ProductAsSum, SumAsProduct, gradients
from tools.classroom.quiz import Healthy, ask, ask_engines

NUMBERS = (3.0, 2.0, -1.0, 4.0)
L_TEXT = ("$L = (a \\cdot b + c) \\cdot f$, with $a = 3$, $b = 2$, $c = -1$ and $f = 4$. So "
          "$e = a \\cdot b$ is 6, $d = e + c$ is 5 and $L$ is 20.")


def formula(a, b, c, f):
    return (a * b + c) * f


def gears(x):
    return (5 * x) ** 2


a_grad = gradients(Healthy, formula, NUMBERS)[0]

QUESTIONS = [
    ask("5.q1", "$y = 5x$ and $z = y^2$. What is $\\mathrm{d}z/\\mathrm{d}x$ at $x = 3$, where "
        "`y` is 15?",
        (round(numerical_gradient(gears, 3.0)[0], 4), "The square has slope 30 there. Times 5."),
        (2 * 15, "That is the second gear alone. The first is five times as fast as x."),
        (2 * 15 + 5, "The speeds of two gears are multiplied, not added."),
        (15**2, "That is the value of z.")),
    ask_engines("5.q2", f"{L_TEXT} What is the gradient of `a`?", formula, NUMBERS, 0,
                "`e.grad` is 4, times the value of `b`.", OwnValue, LocalAlone, SumAsProduct),
    ask_engines("5.q3", f"{L_TEXT} What is the gradient of `c`?", formula, NUMBERS, 2,
                "`d.grad` is 4, and a sum hands it on unchanged.",
                LocalAlone, SumAsProduct, OwnValue),
    ask_engines("5.q4", "In $e = a \\cdot b$, `a` is 2, `b` is 5, and `e.grad` is -3. What are "
                "`a.grad` and `b.grad`?", lambda a, b: a * b, (2.0, 5.0), (0, 1),
                "Upstream gradient times the value of the other operand.",
                OwnValue, LocalAlone, ProductAsSum, upstream=-3.0),
    ask("5.q5", f"{L_TEXT} The gradient of `a` is 8. We move `a` alone, by a tenth of its "
        "gradient. How far does $L$ move?",
        (round(formula(3.0 + 0.1 * a_grad, *NUMBERS[1:]) - formula(*NUMBERS), 6),
         "`a` moves by 0.8, and $L$ eight times as far."),
        (0.1 * a_grad, "That is how far `a` moves. $L$ moves eight times as far."),
        (a_grad, "That is how fast it moves, for each unit of `a`."),
        (a_grad**2, "`a` does not move by its whole gradient, but by a tenth of it.")),
]
