"""Exit quiz for notebook 8, The automatic backward pass."""

import math

from micrograd.graph import trace
from micrograd.steps.step_08 import Value
from tools.classroom.faults import LeftToRight, gradients
from tools.classroom.quiz import Healthy, ask

N = math.atanh(0.5)


def after_one_step(seed):
    n = Value(N)
    o = n.tanh()
    o.grad = seed
    o._backward()
    return round(n.grad, 6) + 0.0


def sum_of_products(x, w, b):
    return x * w + b


def steps_from(value):
    return 1 + sum(map(steps_from, value._prev))


def paths_to_leaves(value):
    return sum(map(paths_to_leaves, value._prev)) or 1


doubled = Value(1.0)
for _ in range(3):
    doubled = doubled + doubled

OPERANDS = {"d": "ab", "e": "cd", "f": "de"}
LISTS = ("a b c d e f", "a b c e d f", "c a b d e f", "a c b d e f")


def is_topological(names):
    at = names.split().index
    return all(at(operand) < at(result) for result, operands in OPERANDS.items()
               for operand in operands)


(unordered,) = (names for names in LISTS if not is_topological(names))


def after_the_change(build_again, read_late):
    x, w = Value(2.0), Value(3.0)
    p = x * w
    w.data = 5.0
    if build_again:
        p = x * w
    if not read_late:
        w.data = 3.0
    p.backward()
    return p.data, x.grad


QUESTIONS = [
    ask("8.q1", "`o = n.tanh()`, and `o` is 0.5, where tanh has the slope 0.75. We call "
        "`o._backward()`, and nothing else. What is `n.grad`?",
        (after_one_step(0.0), "The step multiplies by `o.grad`, and nobody has set that to 1."),
        (after_one_step(1.0), "It would be, if `o.grad` were 1. Nobody has set it yet."),
        (1.0, "That is what `o.grad` should be."),
        (0.25, "That is the square of `o`.")),
    ask("8.q2", "`n = x * w + b`, with `x` at 3 and `w` at 2. We set `n.grad = 1.0` and call each "
        "value's `_backward()` once, from left to right, `n` last. What is `x.grad`?",
        (gradients(LeftToRight, sum_of_products, (3.0, 2.0, 1.0))[0],
         "The product took its step before anything had arrived in it."),
        (gradients(Healthy, sum_of_products, (3.0, 2.0, 1.0))[0],
         "That is the right gradient, which takes the other direction."),
        (3.0, "That is the value of `x`, and what `w` should get."),
        (1.0, "That is what arrives in the product, but too late.")),
    ask("8.q3", "A value is added to itself, the result to itself, and that result to itself: four "
        "values. A function takes a value's step and then calls itself for each operand. How many "
        "steps does it take?",
        (steps_from(doubled), "1, then 2, 4 and 8: one for each path from the root."),
        (len(trace(doubled)[0]), "That is one for each value. It comes by once for each path."),
        (len(trace(doubled)[1]), "Those are the edges: two for each operation."),
        (paths_to_leaves(doubled), "Those are the steps of the leaf alone.")),
    ask("8.q4", "`d = a * b`, `e = c + d` and `f = d * e`. Which of these is *no* topological "
        "order?",
        (f"`{unordered}`", "`e` has `d` as an operand, and stands to the left of it."),
        *((f"`{names}`", "Each value stands to the right of its operands.")
          for names in LISTS if names != unordered)),
    ask("8.q5", "`p = x * w`, with `x` at 2 and `w` at 3. Then `w.data = 5.0` and `p.backward()`. "
        "What are `p.data` and `x.grad`?",
        (after_the_change(False, True),
         "`p` was computed once. The closure reads `w` when called."),
        (after_the_change(True, True), "`backward` computes no value again."),
        (after_the_change(False, False), "A closure does not keep the number. It reads it late."),
        (after_the_change(True, False), "It is the other way round.")),
]
