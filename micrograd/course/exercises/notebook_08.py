"""Checks for the exercises of notebook 8, The automatic backward pass."""

import math
from random import Random

from micrograd.course.exercises import (
    NUDGED,
    NotAttempted,
    Wrong,
    ask,
    compare,
    exercise,
    near,
    pristine,
    shown,
)
from micrograd.course.exercises.gradients import (
    OPERANDS,
    apply_operation,
    backward_step,
    compare_data,
    draw,
)

SEED = 8
OPERANDS_OF = {"p": ("v", "c"), "q": ("v", "z"), "v": ("a", "b"), "L": ("p", "q")}


@exercise("8.m")
def rebuilt(answer):
    """A function of a weight: the gradient of x in tanh(x * w + b), x = 2, b = 7, w that weight."""
    if isinstance(answer, type):
        raise Wrong(f"that is the class `{answer.__name__}`. Hand in the function of this cell, "
                    "`gradient_of_x`.")
    weights = [-3.25, -3.125, -3.75]
    got = [ask(answer, weight) for weight in weights]
    if any(isinstance(getattr(each, "data", None), float) for each in got):
        raise Wrong(f"it gave back {shown(got[0])}. Let it give back the number `x.grad`.")
    if near(got, [slope_at(weight, -3.0) for weight in weights]):
        raise NotAttempted  # the slope of the old neuron, times the new weight
    mistakes = [
        (lambda w: slope_at(-3.0, -3.0), "That is the gradient of the old neuron: the weight was "
                                         "changed after the backward pass, or not at all."),
        (lambda w: 0.0, "Nothing has reached x: the gradient was read before the backward pass."),
    ]
    compare(lambda w: got[weights.index(w)], lambda w: slope_at(w, w), [(w,) for w in weights],
            mistakes, "Move only the line that changes the weight.")


def slope_at(weight, built_with):
    """What the closures leave in x: the weight as it is now, and as it was when o was built."""
    return weight * (1 - math.tanh(2 * built_with + 7) ** 2)


@exercise("8.1")
def order(answer):
    """A list of the eight names in a topological order, with z first and q before p."""
    if not isinstance(answer, list | tuple):
        raise Wrong(f"got {shown(answer)}, expected a list of names, such as [\"a\", \"b\"].")
    if any(name is ... for name in answer):
        if len(answer) <= 2:
            raise NotAttempted
        raise Wrong("the three dots are still there. All eight names stand in the list.")
    names = {*OPERANDS_OF, *"abcz"}
    for name in answer:
        if not isinstance(name, str) or name not in names:
            raise Wrong(f"{shown(name)} is none of the eight values: {', '.join(sorted(names))}.")
        if answer.count(name) > 1:
            raise Wrong(f"{name!r} stands in it {answer.count(name)} times. Each value starts "
                        "once, however many uses it has.")
    missing = sorted(names - {*answer})
    if missing:
        leaf = missing[0] not in OPERANDS_OF
        raise Wrong(f"{missing[0]!r} is missing. " + ("A leaf is a value, too." if leaf else
                    "Every value is in the line-up, also those in between."))
    _compare_positions(list(answer))
    if answer[0] != "z":
        raise Wrong(f"this is a topological order, but it begins with {answer[0]!r}. `z` is a "
                    "leaf, so nothing has to stand to the left of it.")
    if answer.index("p") < answer.index("q"):
        raise Wrong("this is a topological order, but 'p' stands before 'q'. Neither is an operand "
                    "of the other: which values does `q` have to wait for?")


def _compare_positions(answer):
    at = answer.index
    wrong = [(operand, result) for result, operands in OPERANDS_OF.items() for operand in operands
             if at(operand) > at(result)]
    if len(wrong) == sum(map(len, OPERANDS_OF.values())):
        raise Wrong("every operand stands to the right of its results. That is the order in which "
                    "the backward pass walks; the topological order is the reverse of it.")
    if wrong:
        operand, result = wrong[0]
        raise Wrong(f"{operand!r} stands to the right of {result!r}, of which it is an operand. "
                    f"So {operand!r} would take its backward step before {result!r} has given it "
                    "its gradient.")


FORGOTTEN = ("That is the local derivative alone. Multiply it by the upstream gradient, "
             "`out.grad`.")


def judge(answer, name, count, forward, local, mistakes, slips=()):
    """Check an operation of the class: its result, and what its backward step does.

    answer: the method as a function, or a class that has it. count: how many operands it has.
    forward, local: the right result and its local derivatives, for numbers. mistakes: pairs of
    functions of the same numbers and of the upstream gradient, which give mistaken gradients,
    and the hint for it. slips: pairs of a function that gives a wrong result, and its hint.
    """
    answer = getattr(answer, name, None) if isinstance(answer, type) else answer
    rng = Random(SEED)
    Value = pristine("step_08")
    seen = []
    for _ in range(4):
        *x, upstream = draw(rng, count + 1)
        operands = tuple(Value(number) for number in x)
        out = apply_operation(answer, *operands)
        compare_data(out, forward(*x), operands, [(slip(*x), why) for slip, why in slips])
        seen.append((x, upstream, backward_step(out, operands, upstream)))
    if count == 2:
        _check_for_untouched(seen, local)
    for x, upstream, got in seen:
        right = [slope * upstream for slope in local(*x)]
        for i, (mine, expected) in enumerate(zip(got, right, strict=True)):
            if not near(mine, expected):
                which = OPERANDS[i]
                raise Wrong(f"for {', '.join(map(shown, x))} and out.grad = {shown(upstream)} the "
                            f"step left {which}.grad = {shown(mine)}, expected {shown(expected)}. "
                            f"{_hint(i, seen, local, mistakes)}")


def _check_for_untouched(seen, local):
    """Raise Wrong if one operand got no gradient, and the other one not the right one."""
    for used, left in ((0, 1), (1, 0)):
        untouched = all(near(got[left], 0) for _, _, got in seen)
        if untouched and not all(near(got[used], local(*x)[used] * upstream)
                                 for x, upstream, got in seen):
            raise Wrong(f"the step left `{OPERANDS[left]}.grad` at 0: it was never set. Did both "
                        f"lines assign to `{OPERANDS[used]}.grad`?")


def _hint(i, seen, local, mistakes):
    def fits(mistaken):
        return all(near(got[i], mistaken(*x, upstream)[i]) for x, upstream, got in seen)

    if fits(lambda *x: local(*x[:-1])):
        return FORGOTTEN
    if all(near(got[i], local(*x)[i] * upstream, 1e-4) for x, upstream, got in seen):
        return NUDGED
    if fits(lambda *x: [slope + x[-1] for slope in local(*x[:-1])]):
        return "Local derivative and `out.grad` are multiplied, not added."
    if all(near(got[i], 0) for _, _, got in seen):
        return "The step did not set it. Each operand gets a gradient of its own."
    return next((why for mistaken, why in mistakes if fits(mistaken)),
                "Nudge that operand alone: how far does the result move?")


@exercise("8.2", untested="a value that is subtracted from itself: what is its gradient?")
def subtract(answer):
    """A method: a function of two values that gives their difference, with a backward step."""
    judge(answer, "__sub__", 2, lambda a, b: a - b, lambda a, b: (1, -1),
          [(lambda a, b, g: (-g, g), "The sign is the wrong way round: push the second operand "
            "up, and the difference goes down."),
           (lambda a, b, g: (b * g, a * g), "That is the rule for a product."),
           (lambda a, b, g: (b * g, -a * g), "That is like the rule for a product. The "
            "difference moves as fast as an operand, whatever their values."),
           (lambda a, b, g: (a * g, -b * g), "No value belongs in here: the difference moves as "
            "fast as an operand, whatever their values.")],
          [(lambda a, b: b - a, "Operands have changed places: it is self - other."),
           (lambda a, b: a + b, "That is the sum.")])


def sigmoid_of(n):
    return 1 / (1 + math.exp(-n))


def sigmoid_slope(n):
    return sigmoid_of(n) * (1 - sigmoid_of(n))


@exercise("8.3", untested="operands so far out that exp overflows: try -1000")
def sigmoid(answer):
    """A method: a function of one value that gives its sigmoid, with a backward step."""
    s = sigmoid_of
    judge(answer, "sigmoid", 1, s, lambda n: (sigmoid_slope(n),),
          [(lambda n, g: (n * (1 - n) * g,), "In s * (1 - s) the s is the output. You put in the "
            "input: take `out.data`, not `self.data`."),
           (lambda n, g: ((1 - s(n) ** 2) * g,), "That is the rule for tanh. A sigmoid has "
            "s * (1 - s)."),
           (lambda n, g: (s(n) * g,), "You multiplied by the output, not by the slope."),
           (lambda n, g: ((1 - s(n)) * g,), "That is 1 - s alone. The local derivative has a "
            "second factor."),
           (lambda n, g: (sigmoid_slope(n) * s(n),), "You put `out.data` where `out.grad` belongs, "
            "at the end."),
           (lambda n, g: (s(n) - s(n) * g,), "Parentheses are missing, around 1 - s."),
           (lambda n, g: (-sigmoid_slope(n) * g,), "The curve rises, so its slope is positive."),
           (lambda n, g: (s(s(n)) * (1 - s(s(n))) * g,), "The sigmoid was applied twice: "
            "`out.data` is the output already."),
           (lambda n, g: (g * (1 - g),), "You put `out.grad` where `out.data` belongs: the local "
            "derivative is made of the output.")],
          [(math.tanh, "That is tanh."),
           (lambda n: 1 + math.exp(-n), "The whole of 1 + exp(-n) stands below the line: it needs "
            "parentheses."),
           (lambda n: 1 - s(n), "The curve falls. Mind the sign in "
                                          "the exponent."),
           (sigmoid_slope, "That is the slope; the result is the curve itself.")])


@exercise("8.4", untested="two operands that are both 0: what should their gradients be?")
def length(answer):
    """A method: a function of two values that gives sqrt(a**2 + b**2), with a backward step."""
    r = math.hypot
    judge(answer, "length", 2, r, lambda a, b: (a / r(a, b), b / r(a, b)),
          [(lambda a, b, g: (2 * a * g, 2 * b * g), "That is the slope of a**2 + b**2. The square "
            "root after it has a slope, too."),
           (lambda a, b, g: (a * g, b * g), "The slope of the root is 1 / (2 r). The 2 is there, "
            "the r is missing."),
           (lambda a, b, g: (g / (2 * r(a, b)),) * 2, "That is the slope of the root alone. "
            "Multiply by the slope of what stands under it."),
           (lambda a, b, g: (a * g / (2 * r(a, b)), b * g / (2 * r(a, b))), "It is half of what "
            "it should be. The slope of a**2 is 2 a."),
           (lambda a, b, g: (2 * a * g / r(a, b), 2 * b * g / r(a, b)), "It is twice what it "
            "should be. The slope of a root is 1 / (2 r)."),
           (lambda a, b, g: (b * g / r(a, b), a * g / r(a, b)), "The operands have changed "
            "places: each has its own value above the line."),
           (lambda a, b, g: (abs(a) * g / r(a, b), abs(b) * g / r(a, b)), "The size is right. "
            "For a negative operand the arrow gets shorter when it goes up: mind the sign."),
           (lambda a, b, g: (r(a, b) / a * g, r(a, b) / b * g), "The fraction is upside down."),
           (lambda a, b, g: (a * g / r(a, b) ** 2, b * g / r(a, b) ** 2), "You divided by the "
            "square of the length. The length itself is `out.data`.")],
          [(lambda a, b: a * a + b * b, "The square root is missing."),
           (lambda a, b: abs(a) + abs(b), "It is the root of the sum, not the sum of the roots.")])
