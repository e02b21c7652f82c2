"""Exit quiz for notebook 7, tanh, one operation."""

import math

from tools.classroom.faults import OwnValue, TanhForgotten, TanhOfInput
from tools.classroom.quiz import ask, ask_engines

X, W = math.atanh(0.5) / 2, 2.0


def slope(n):
    return 1 - math.tanh(n) ** 2


def formula(n):
    return (math.exp(2 * n) - 1) / (math.exp(2 * n) + 1)


def outcome(function, n):
    try:
        return function(n)
    except OverflowError:
        return "an error"


places = (0.0, 1.0, -2.0, 10.0)

QUESTIONS = [
    ask("7.q1", "The output of a tanh is 0.6. What is its local derivative there?",
        (round(1 - 0.6**2, 6), "1 less the square of the output."),
        (1 - 0.6, "The square is missing."),
        (round(0.6**2, 6), "1 less this."),
        (round(slope(0.6), 6), "0.6 is the output already. It must not go through tanh again.")),
    ask_engines("7.q2", "$o = \\tanh(x \\cdot w)$, with `w` at 2 and `x` so that `o` is 0.5. What "
                "is the gradient of `x`? (The input of tanh is about 0.549, and `x` half of it.)",
                lambda x, w: (x * w).tanh(), (X, W), 0,
                "The slope of tanh is 0.75, times the weight.",
                TanhForgotten, TanhOfInput, OwnValue),
    ask("7.q3", "At which of these inputs does tanh hand the largest part of the gradient back?",
        (max(places, key=slope), "The curve is steepest at 0."),
        (1.0, "The curve is flatter there than at 0."),
        (min(places), "What counts is how steep the curve is, on either side."),
        (max(places), "The output is large there, but the curve is flat.")),
    ask("7.q4", "What does `math.tanh(1000.0)` give?",
        (outcome(math.tanh, 1000.0), "As near to 1 as makes no difference to a float."),
        (outcome(formula, 1000.0), "The formula with e to the power of 2000 would. tanh does not "
                                   "use it."),
        (1000.0, "tanh squashes: its results lie between -1 and 1."),
        (slope(1000.0), "That is the slope out there.")),
    ask("7.q5", "The sigmoid has the local derivative $s (1 - s)$, where $s$ is its output. What "
        "is it where the output is 0.8?",
        (round(0.8 * (1 - 0.8), 6), "0.8 times 0.2."),
        (round(1 - 0.8**2, 6), "That is the rule of tanh."),
        (0.8, "That is the output itself."),
        (round(1 - 0.8, 6), "The other factor is missing, the output.")),
]
