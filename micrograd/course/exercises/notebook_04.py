"""Checks of notebook 04: nudges, and gradients on a graph by hand."""

import re
from numbers import Real
from random import Random

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask,
    compare,
    exercise,
    given,
    plain,
    shown,
)
from micrograd.course.exercises.notebook_01 import CURVES
from micrograd.numeric import numerical_gradient

SEED = 4
TOLERANCES = 0.001, 0.05
OFF = 0.0, *(sign * size for size in (0.0005, 0.002, 0.025, 0.1, 0.3, 1.0) for sign in (1, -1))

# How a claim c about a slope s may be misjudged, where y is f(x) and t the tolerance; and a hint.
MISJUDGED = (
    (lambda s, c, t, x, y: True, "It believes every claim."),
    (lambda s, c, t, x, y: abs(s - c) >= t,
     "It says True where it should say False, and the other way round."),
    (lambda s, c, t, x, y: s - c < t, "It lets every claim pass that is too large. "
     "A difference may be negative: take its size, with abs."),
    (lambda s, c, t, x, y: c - s < t, "It lets every claim pass that is too small. "
     "A difference may be negative: take its size, with abs."),
    (lambda s, c, t, x, y: (s - c) ** 2 < t,
     "You compare the square of the difference. Compare its size, with abs."),
    *((lambda s, c, t, x, y, k=k: abs(s - c) < k,
       "The judgement does not depend on the tolerance. Use the one that is handed in.")
      for k in (0.001, 0.01, 0.05, 0.2, 0.5)),
    (lambda s, c, t, x, y: abs(s - c) < t * abs(s),
     "You allow a fraction of the slope. The tolerance is how far the claim may be off."),
    (lambda s, c, t, x, y: abs(abs(s) - abs(c)) < t,
     "A slope and its negative are not the same: compare the slopes, not their sizes."),
    (lambda s, c, t, x, y: abs(y - c) < t,
     "You compare the claim with f(x), the value. Compare it with the slope there."),
    (lambda s, c, t, x, y: abs(2 * x - c) < t,
     "2 * x is the slope of x**2 only. Measure the slope of the f that is handed in."),
    (lambda s, c, t, x, y: abs(2 * s - c) < t, "The slope you measure is twice too large. "
     "From x - h to x + h it is two steps: divide by 2 * h."),
    (lambda s, c, t, x, y: abs(s / 2 - c) < t,
     "The slope you measure is half as large as it is. Divide by how far x moves."),
    *((lambda s, c, t, x, y, h=h: abs(s * h - c) < t, "You compare the claim with the movement of "
       "f. The slope is the movement divided by the step.") for h in (0.1, 0.01, 0.001)),
    (lambda s, c, t, x, y: abs(c) < t, "The slope you measure is always 0, or nearly. Is the "
     "movement divided by the step? Or is the step so tiny that x + h is x?"),
)


START = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}  # the leaves of L = (a * b + c) * f


@exercise("4.m")
def d_matters_more(*numbers):
    """numbers: a, b, c and f, one of them changed so that d matters more than f."""
    leaves, _ = one_changed(numbers)
    d, f = leaves["a"] * leaves["b"] + leaves["c"], leaves["f"]
    if abs(f) <= abs(d):
        verdict = "Now they matter equally" if abs(f) == abs(d) else "`f` still matters more"
        raise Wrong(f"`d` is {shown(d)} and `f` is {shown(f)}, so the gradient of `d` is "
                    f"{shown(f)} and that of `f` is {shown(d)}. {verdict}.")


def one_changed(numbers, start=START):
    """The numbers of the leaves by name, and the name of the one that was changed from start."""
    if len(numbers) != len(start) or not all(isinstance(each, Real) for each in numbers):
        raise Wrong(f"expected {len(start)} numbers, for {', '.join(start)}, got "
                    f"{shown(numbers)}.")
    leaves = dict(zip(start, numbers, strict=True))
    changed = [name for name in start if leaves[name] != start[name]]
    if not changed:
        raise NotAttempted
    if len(changed) > 1:
        raise Wrong(f"{len(changed)} numbers are changed, {', '.join(changed[:-1])} and "
                    f"{changed[-1]}. Change one of {shown([*start.values()])}.")
    return leaves, changed[0]


@exercise("4.1")
def last_operation(answer):
    """answer: a function of a, b and c. Returns dP/dP, dP/ds and dP/dt for P = s * t."""
    inputs = random_numbers(3)
    try:
        expect_numbers(answer, inputs[0], "three numbers, for P, s and t")
    except Wrong as wrong:
        hint = ("s and t are not handed in: write them with a, b and c."
                if re.search("name '[st]' is not defined", str(wrong)) else "")
        raise Wrong(f"{wrong} {hint}".strip()) from None
    compare(answer, lambda a, b, c: [1, a * c, a + b], inputs, [
        (lambda a, b, c: [1, a + b, a * c],
         "Each factor has got its own value. Its gradient is the value of the other factor."),
        (lambda a, b, c: [(a + b) * a * c, a * c, a + b],
         "The first is the value of P. How fast does P go up when P itself is pushed?"),
        (lambda a, b, c: [0, a * c, a + b],
         "The first would mean that a push of P leaves P as it is."),
        (lambda a, b, c: [(a + b) * a * c, a + b, a * c],
         "Those are the values of P, s and t, not their gradients."),
        (lambda a, b, c: [1, 1, 1],
         "The last two would be right if s and t were added. They are multiplied."),
        (lambda a, b, c: [1, c, 1], "You went past s and t to their operands. "
         "Push s itself, with t held still: how far does P move?"),
        (lambda a, b, c: [1, -a * c, -a - b],
         "The signs of the last two are wrong. Nudge s and see which way P moves."),
    ], "Begin with the root. Then push one factor and hold the other still.")


@exercise("4.2")
def used_twice(answer):
    """answer: a function of x and b. Returns dy/dx and dy/db for y = (x + b) * x."""
    inputs = random_numbers(2)
    expect_numbers(answer, inputs[0], "two numbers, dy/dx and dy/db")
    compare(answer, lambda x, b: [2 * x + b, x], inputs, [
        *((lambda x, b, h=h: [2 * x + b + h, answer(x, b)[1]], "In dy/dx an h is left over. "
           "What remains when it becomes 0?") for h in STEPS_OF_NUDGES),
        *((lambda x, b, h=h: [2 * x + b, x + h], "In dy/db an h is left over. Push b alone: the "
           "right factor, x, stays as it is.") for h in STEPS_OF_NUDGES),
        (lambda x, b: [x, x], "For dy/dx you followed x through the sum only. "
         "It is the right factor as well, and moves there too."),
        (lambda x, b: [x + b, x], "For dy/dx you pushed the right factor only. "
         "The x inside the sum is the same x, and moves too."),
        (lambda x, b: [2 * x + b, 1], "dy/db is 1 for the sum alone. The sum is then multiplied."),
        (lambda x, b: [2 * x + b, x + b],
         "dy/db would be x + b if the right factor moved, and not the left one."),
        (lambda x, b: [2 * x, x], "In dy/dx the b is lost. Multiply the brackets out once more."),
        (lambda x, b: [x * x + b * x, x], "The first is the value of y, not its gradient."),
        (lambda x, b: [x, 2 * x + b], "The two have changed places: dy/dx first, then dy/db."),
        (lambda x, b: [(x + b) * x, (x + b) * x], "Both are the value of y, not its gradients."),
        (lambda x, b: [1, 1], "Those are slopes of the sum alone. It is multiplied by x."),
        (lambda x, b: [x + (x + b) * x, x], "In dy/dx the first part is right. For the second, "
         "push the right factor: it moves by h, and not by x times h."),
        (lambda x, b: [2 * x + b, answer(x, b)[1]],
         "dy/dx is right. For dy/db push b alone: only the left factor moves."),
        (lambda x, b: [answer(x, b)[0], x],
         "dy/db is right. For dy/dx both factors move: write x + h for both of them."),
    ], "Write x + h for every x, subtract y, divide by h, and let h become 0.")


@exercise("4.3")
def central(answer):
    """answer: a function of a function f, a place x and a step h. Returns the central difference.
    """
    rng = Random(SEED)
    inputs = [(f, x, round(rng.uniform(0.1, 0.9), 2)) for f in CURVES for x in (1.5, -2.0)]
    first = ask(answer, *inputs[0])
    if isinstance(first, list | tuple):
        raise Wrong(f"expected a number, got a {type(first).__name__} of "
                    f"{'one' if len(first) == 1 else len(first)}.")
    compare(answer, lambda f, x, h: moved(f, x, h) / (2 * h), inputs, [
        (lambda f, x, h: moved(f, x, h) / h,
         "From x - h to x + h it is two steps, and you divide by one."),
        (lambda f, x, h: moved(f, x, h) / 2 * h,
         "Python divides by 2 and multiplies by h. Put parentheses around 2 * h."),
        (moved, "That is how far f moves. Divide it by how far x moves."),
        (lambda f, x, h: moved(f, x, h) / 2, "Divide by the whole way from x - h to x + h."),
        (lambda f, x, h: -moved(f, x, h) / (2 * h), "The sign is wrong: right minus left."),
        (lambda f, x, h: (f(x + h) - f(x)) / h,
         "That nudges one way only. Take the slope from the left point to the right one."),
        (lambda f, x, h: (f(x) - f(x - h)) / h,
         "That nudges one way only. Take the slope from the left point to the right one."),
        (lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),
         "You add the two values of f. How far is it from one to the other?"),
        (lambda f, x, h: 2 * x, "That is right for x**2 only. Use the f that is handed in."),
        (lambda f, x, h: answer(f, x, h / 2),
         "It does not change with the step. Use the h that is handed in."),
    ], "Divide how far f moves by how far x moves, from the left point to the right one.")


def moved(f, x, h):
    return f(x + h) - f(x - h)


@exercise("4.4")
def agrees(answer):
    """answer: a function of f, x, a claimed slope and a tolerance. Returns whether the slope is
    off by less than that."""
    rng = Random(SEED)
    places = [(CURVES[0], 0.0), *((f, round(rng.uniform(*span), 2)) for f in CURVES
                                  for span in ((1.2, 2.8), (-2.8, -1.2)))]
    judged = [(f, claim, truth(answer, f, claim)) for f, x in places for claim in claims(f, x)]
    for f, claim, said in judged:
        s, c, t, x, _ = claim
        if said != (abs(s - c) < t):
            raise Wrong(f"for {f} at {shown(x)}, where the slope is {shown(s)}, the claim "
                        f"{shown(c)} got {said}, with tolerance {t}. {why_misjudged(judged)}")


def claims(f, x):
    """Claims about the slope of f at x that are clearly right or wrong, for two tolerances."""
    s, y = numerical_gradient(f, x)[0], f(x)
    claimed = [*(s + off for off in OFF), -s, 2 * s, s / 2, y, 2 * x, 0.0]
    return [(s, c, t, x, y) for t in TOLERANCES for c in claimed
            if not 0.6 * t < abs(s - c) < 1.4 * t]


def truth(answer, f, claim):
    s, c, t, x, _ = claim
    try:
        said = ask(answer, f, x, c, t)
    except Wrong as wrong:
        if "gave nothing back" in str(wrong) and abs(s - c) > t:
            raise Wrong("it gave nothing back for a claim that is off. What should it return "
                        "then?") from None
        hint = ("`numerical_gradient` gives a tuple, with one derivative for each argument: take "
                "the first, with [0]." if "'tuple'" in str(wrong) else
                "`gradcheck` wants a list of claims, one for each argument, and raises an "
                "AssertionError in place of saying False. Measure the slope yourself, and compare."
                if "not iterable" in str(wrong) or "AssertionError" in str(wrong) else
                "A slope is divided by the step, not by x or by the claim: those may be 0. And if "
                "the step is too tiny, x + h is x." if "ZeroDivision" in str(wrong) else "")
        raise Wrong(f"{wrong} {hint}".strip()) from None
    if type(said).__name__ not in ("bool", "bool_"):  # Python's own, or NumPy's
        raise Wrong(f"got {shown(said)}, expected True or False. Compare with the tolerance.")
    return bool(said)


def why_misjudged(judged):
    for mistaken, hint in MISJUDGED:
        if all(said == mistaken(*claim) for _, claim, said in judged):
            return hint
    if any(all(said == (abs((f(x + h) - f(x)) / h - c) < t) for f, (_, c, t, x, _), said in judged)
           for h in STEPS_OF_NUDGES):
        return "A nudge to one side is off where the curve bends. Does yours go both ways?"
    if not any(said for _, _, said in judged):
        return ("It believes no claim, not even the right one. A measured slope is never quite "
                "equal to it: nudge both ways by a small step, and allow for the tolerance.")
    if not any(said and abs(s - c) > 1e-4 for _, (s, c, _, _, _), said in judged):
        return ("It believes nothing but the very slope. How far a claim may be off is said by "
                "the tolerance.")
    if any(abs(s - c) < t for _, (s, c, t, _, _), said in judged if not said):
        return ("It refuses claims that are near enough. Does it measure like `central` in 4.3, "
                "with a step that is small, yet not so tiny that rounding spoils it?")
    return "It believes claims that are further off than the tolerance."


STEPS_OF_NUDGES = (0.1, 0.01, 0.001, 1e-4, 1e-5, -0.1, -0.01, -0.001, -1e-4, -1e-5)


def random_numbers(count):
    """Inputs for a function of `count` numbers, none of them near 0 or near another."""
    rng = Random(SEED)
    return [tuple(rng.choice((-1, 1)) * round(rng.uniform(k - 0.4, k + 0.4), 2)
                  for k in range(1, 3 * count, 3))
            for _ in range(4)]


def expect_numbers(answer, inputs, expected):
    """Raise Wrong if the answer to these inputs is not a list of that many numbers."""
    got, count = plain(ask(answer, *inputs)), {"two": 2, "three": 3}[expected.split()[0]]
    if isinstance(got, str) or (isinstance(got, list | tuple) and
                                any(isinstance(part, str) for part in got)):
        raise Wrong(f"for {given(answer, inputs)} got {shown(got)}, and that is a text. Leave out "
                    "the quotation marks.")
    if not isinstance(got, list | tuple) or len(got) != count:
        raise Wrong(f"for {given(answer, inputs)} got {shown(got)}, expected {expected}.")
    if any(isinstance(getattr(part, "data", None), float | int) for part in got):
        raise Wrong(f"for {given(answer, inputs)} got {shown(got)}, with objects of a class in it, "
                    "such as Value. Plain numbers are wanted.")
