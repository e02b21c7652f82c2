"""Checks for the exercises of notebook 7, tanh, one operation."""

import math
from itertools import permutations
from random import Random

from micrograd.course.exercises import Wrong, compare, exercise, near, shown
from micrograd.course.exercises.gradients import (
    apply_operation,
    compare_data,
    compare_parts,
    draw,
    exact_gradients,
)
from micrograd.course.exercises.notebook_04 import one_changed
from micrograd.course.exercises.notebook_06 import START
from micrograd.numeric import numerical_gradient
from micrograd.steps.step_07 import Value

SEED = 7


def slope(f):
    return lambda x: numerical_gradient(f, x)[0]


@exercise("7.m")
def no_longer_saturated(*numbers):
    """numbers: x1, x2, w1, w2 and b, one of them changed so that w1's gradient is above 1."""
    leaves, changed = one_changed(numbers, START | {"b": 16.0})
    x1, x2, w1, w2, b = leaves.values()
    n = x1 * w1 + x2 * w2 + b
    gradient = x1 * (1 - math.tanh(n) ** 2)
    if not gradient > 1.0 or near(gradient, 1.0):
        why = ("`w2` is multiplied by 0, so n is where it was." if changed == "w2" else
               "Too far: now it is saturated on the other side." if n < -3 else
               "The curve is steep around n = 0. Which way is that?" if n > 3 else
               "The curve is steep there. Bring n still nearer to 0.")
        raise Wrong(f"n is {shown(n)}, and w1's gradient is {shown(round(gradient, 4))}. {why}")


@exercise("7.1")
def slope_of_steep_tanh(function):
    """A function of n that gives the derivative of tanh(3 * n) with respect to n."""
    rng = Random(SEED)
    inputs = [(round(rng.uniform(-0.7, 0.7), 2),) for _ in range(5)]

    def o(n):
        return math.tanh(3 * n)
    compare(
        function, lambda n: exact_gradients(lambda n: (n * 3).tanh())(n)[0], inputs,
        [(lambda n: 1 - o(n) ** 2, "That is the slope of tanh alone. The step from n to 3 n has a "
          "slope, too."),
         (lambda n: 3 * (1 - n**2), "In 1 - o**2 the o is the output, and you put in the input."),
         (lambda n: 1 - n**2, "In 1 - o**2 the o is the output, and you put in the input; and the "
          "step from n to 3 n has a slope, too."),
         (lambda n: 3 * (1 - (3 * n) ** 2), "You put in 3 n, the input of tanh. In 1 - o**2 the o "
          "is its output."),
         (lambda n: 1 - (3 * o(n)) ** 2, "The 3 does not belong to o. The chain rule multiplies "
          "the whole slope of tanh by it."),
         (lambda n: 1 - 3 * o(n) ** 2, "The 3 multiplies the whole slope: 1 - o**2 needs "
          "parentheses."),
         (lambda n: 3 - o(n) ** 2, "The 3 multiplies the whole slope: 1 - o**2 needs "
          "parentheses."),
         (lambda n: 3 + 1 - o(n) ** 2, "The slopes of two steps multiply; you added them."),
         (lambda n: (1 - o(n) ** 2) / 3, "3 n moves three times as fast as n, not a third: "
          "multiply."),
         (lambda n: 3 * (1 - o(n)), "The output is squared before it is taken from 1."),
         (o, "That is the output itself. The slope of the curve there is asked for."),
         (lambda n: 3 * (1 + o(n) ** 2), "No slope of tanh is above 1: mind the sign."),
         (lambda n: 3 * (o(n) ** 2 - 1), "The curve rises everywhere, so its slope is never "
          "negative."),
         (lambda n: 3 * (1 - math.tanh(n) ** 2), "What goes into tanh is 3 n, and o is its output "
          "already."),
         (lambda n: 3 * (1 - math.tanh(o(n)) ** 2), "o is the output already: no second tanh.")],
        "Two steps: from n to 3 n, and tanh. Find the slope of each, and multiply.")


def sigmoid_at(n):
    return 1 / (1 + math.exp(-n))


@exercise("7.2")
def slope_of_sigmoid(function):
    """A function of the output s of a sigmoid that gives its local derivative there."""
    rng = Random(SEED)
    inputs = [(round(rng.uniform(0.05, 0.95), 2),) for _ in range(5)]
    compare(
        function, lambda s: s * (1 - s), inputs,
        [(lambda s: 1 - s**2, "That is the rule for tanh. This is another curve, so derive "
          "another rule."),
         (lambda s: -s * (1 - s), "The curve rises, so its slope is positive. The derivative of "
          "u = exp(-n) is -u: its minus sign is lost on the way."),
         (lambda s: slope(sigmoid_at)(s), "You took s for the input. It is the output already, "
          "as o is in 1 - o**2."),
         (sigmoid_at, "That is the curve itself, at s. Its slope is asked for, and s is the "
          "output already."),
         (lambda s: s**2, "That is 1 / (1 + u)**2. The chain rule multiplies it by the "
          "derivative of u."),
         (lambda s: -(s**2), "That is -1 / (1 + u)**2. The chain rule multiplies it by the "
          "derivative of u."),
         (lambda s: s, "That is the output itself. Its slope is asked for."),
         (lambda s: 1 - s, "That is u / (1 + u). One factor is still missing.")],
        "Write u = exp(-n), so that s = 1 / (1 + u) and u = 1/s - 1.")


@exercise("7.3", untested="n below about -20: does your form still tell its outputs from 0?")
def sigmoid(answer):
    """A method: a function of one value that gives the value of its sigmoid."""
    answer = getattr(answer, "sigmoid", None) if isinstance(answer, type) else answer
    rng = Random(SEED)
    numbers = (*draw(rng, 3), -15.0, 1000.0, -1000.0)
    for number in numbers:
        operand = Value(number)
        try:
            out = apply_operation(answer, operand)
        except Wrong as wrong:
            elsewhere = any(_remembers(answer, other) for other in numbers)
            raise Wrong(_with_hint(str(wrong), number, elsewhere)) from None
        e = math.exp(-abs(number))
        right = (1.0 if number > 0 else e) / (1 + e)
        compare_data(out, right, (operand,), [
            (math.tanh(number), "That is tanh."),
            (1 - right, "The curve falls. Mind the sign in the exponent."),
            (right * (1 - right), "That is the slope; the result of the operation is the curve "
             "itself.")])


def _remembers(answer, number):
    try:
        return bool(apply_operation(answer, Value(number)))
    except Wrong:
        return False


def _with_hint(problem, number, elsewhere):
    """elsewhere: whether for another number the result does remember its operand."""
    if "does not remember" in problem and elsewhere:
        return (f"for {shown(number)} the result does not remember its operand, so no gradient "
                "could ever reach it. Every `return` needs `(self,)` after the number.")
    if "OverflowError" in problem:
        return (f"for {shown(number)} it stopped with an OverflowError, as the formula of tanh did "
                "at 355. For a negative n exp(n) is small, for a positive one exp(-n): find a "
                "form that needs only the small one.")
    return problem


def with_slope(of_n):
    """The gradients where the slope of the activation is of_n(n)."""
    def gradients(x1, x2, w1, w2, b):
        g = of_n(x1 * w1 + x2 * w2 + b)
        return g * w1, g * w2, g * x1, g * x2, g
    return gradients


@exercise("7.4", untested="a sum of exactly 0, where the two halves of the curve meet: try it")
def softsign(function):
    """A function of x1, x2, w1, w2, b that gives their gradients; the root is softsign's output."""
    rng = Random(SEED)
    names = ("x1", "x2", "w1", "w2", "b")
    slopes = (
        (lambda n: 1, "The gradients end at the sum n. Multiply by the local derivative of the "
         "activation, which stands between n and the root."),
        (lambda n: 1 / (1 + abs(n)), "The |n| in the denominator moves with n, too: the quotient "
         "rule gives a square."),
        (lambda n: 1 / (1 + n) ** 2, "For a positive sum this is right. For a negative one the "
         "curve is n / (1 - n): derive it as well."),
        (lambda n: 1 / (1 + abs(n / (1 + abs(n)))) ** 2, "You put the output where the input "
         "belongs: 1 / (1 + |n|)**2 needs n."),
        (lambda n: (1 - abs(n)) ** 2, "You put the input where the output belongs: "
         "(1 - |o|)**2 needs o."),
        (lambda n: 1 - (n / (1 + abs(n))) ** 2, "1 - o**2 is the rule for tanh. This is another "
         "curve, so derive another rule."),
        (lambda n: 1 - math.tanh(n) ** 2, "That is the slope of tanh. This is another curve, so "
         "derive another rule."),
        (lambda n: (1 if n > 0 else -1) / (1 + abs(n)) ** 2, "The curve rises on both sides, so "
         "its slope is never negative."),
        (lambda n: n / (1 + abs(n)), "You multiplied by the output of the activation, not by "
         "its slope."))
    mistakes = {"": _choose}
    for i, name in enumerate(names):
        mistakes[f"the gradient of {name}"] = [
            (lambda *x, i=i, of_n=of_n: with_slope(of_n)(*x)[i], why) for of_n, why in slopes]
    for i, j in ((0, 2), (1, 3), (2, 0), (3, 1)):  # a factor, and the other one
        mistakes[f"the gradient of {names[i]}"] += [
            (lambda *x, j=j: _right(*x)[j], "Weight and input have changed places: each gets the "
             "*other* one as its factor.")]
    compare_parts(function, [f"the gradient of {name}" for name in names], _right, names,
                  [tuple(x / 2 for x in draw(rng, 5)) for _ in range(6)], mistakes)


def _right(*x):
    return with_slope(lambda n: 1 / (1 + abs(n)) ** 2)(*x)


def _choose(hints, x, answers):
    """The hint for an answer of five numbers; hints: those that fit its first wrong number."""
    if _in_another_order(answers):
        return "These are the right five numbers in another order: it is x1, x2, w1, w2, b."
    if hints:
        return hints[0]
    if _right_but_for_the_slope(answers):
        x1, x2, w1, w2, b = x
        return ("From n back to the leaves all is right. It is do/dn that is wrong, and b's "
                f"gradient shows it: at n = {shown(x1 * w1 + x2 * w2 + b)} you have "
                f"{shown(answers[x][-1])}, expected {shown(_right(*x)[-1])}.")
    return "Find the gradient of n first. From there on it is the neuron of notebook 6."


SWAPS = ((2, 3, 0, 1, 4), (2, 1, 0, 3, 4), (0, 3, 2, 1, 4))  # weight and input, which have a hint


def _in_another_order(answers):
    pairs = [(answer, _right(*x)) for x, answer in answers.items()]
    return any(all(near(answer, [right[i] for i in order]) for answer, right in pairs)
               for order in permutations(range(5)) if order not in SWAPS)


def _right_but_for_the_slope(answers):
    return any(answer[-1] for answer in answers.values()) and all(
        near(answer[:4], [factor * answer[-1] for factor in (w1, w2, x1, x2)])
        for (x1, x2, w1, w2, _), answer in answers.items())
