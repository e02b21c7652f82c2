"""The checks of notebook 15: programs."""

import random
import sys
from contextlib import contextmanager
from math import sqrt, tanh
from numbers import Real

from micrograd.compile import FORMULAS, compile
from micrograd.course.exercises import (
    TEXT,
    NotAttempted,
    Wrong,
    ask,
    compare,
    exercise,
    listed,
    near,
    shown,
)
from micrograd.course.exercises.values import compare_values_and_gradients
from micrograd.engine import Value, operation
from micrograd.graph import trace

source = random.Random(15)
POSITIVE = [tuple(round(source.uniform(*ends), 2) for ends in ((0.3, 6), (-3, 3)))
            for _ in range(4)]
CLIPPED = [(round(x, 2),) for x in (source.uniform(0.1, 0.9), source.uniform(1.2, 4),
                                    source.uniform(-4, -0.2), source.uniform(0.1, 0.9))]
STEPS = [tuple(round(source.uniform(-1.5, 1.5), 2) for _ in range(3)) for _ in range(5)]


@exercise("15.m")
def three_terms(z, x, y):
    """z, x, y: (x * y) * (x + y) and its leaves, of which one letter is changed so that the
    program adds up three terms for y's gradient."""
    if not all(isinstance(each, Value) for each in (z, x, y)):
        raise Wrong(f"`z` is {shown(z)}, expected an expression of the Values x and y.")
    if spelled(z, x, y) == "((x*y)*(x+y))":
        if (x.data, y.data) == (-2.0, 3.0):
            raise NotAttempted
        raise Wrong("other numbers leave the program as it is. Change a letter of the expression.")
    operands = [operand for value in trace(z)[0] for operand in value._prev]
    uses = operands.count(x), operands.count(y)
    if uses[1] != 3 or not uses[0]:
        hints = {2: "That is a term for each use, as before: another operation changes the terms, "
                    "but not how many there are.",
                 1: "Now it is the line of `x_grad` that has three terms.",
                 3: "But `x` is not in the expression any more.",
                 4: "Two letters are changed."}
        hint = hints.get(uses[1] if sum(uses) in (3, 4) else None, "There is a term for each use.")
        times = {0: "not used", 1: "used once", 2: "used twice"}
        raise Wrong(f"`y` is {times.get(uses[1], f'used {uses[1]} times')}. {hint}")
    if sum(uses) != 4:
        raise Wrong("`y` is used three times, so the line has three terms. But something has come "
                    "or gone. Leave the expression as long as it was, and change a letter in it.")


def spelled(value, x, y):
    """A graph of x and y in brackets, with None for what else is in it."""
    if not value._prev:
        return {x: "x", y: "y"}.get(value)
    return f"({value._op.join(str(spelled(operand, x, y)) for operand in value._prev)})"


@exercise("15.1")
def formulas(result, share):
    """result, share: the two texts of FORMULAS for a square root: the result, in terms of {a}, and
    the operand's share of the gradient, in terms of {a}, {out} and {g}."""
    for name, text in (("result", result), ("share", share)):
        if not isinstance(text, str):
            raise Wrong(f"the {name} is {shown(text)}, expected a text in quotation marks.")
        if "..." in text:
            raise NotAttempted
    program = program_of(result, share)
    answers = {x: run(program, x) for x in POSITIVE}
    compare(lambda *x: answers[x][0], lambda a, w: sqrt(a) * w, POSITIVE, [],
            "In these programs the value is sqrt(a) * w. Its first line comes from your result.")
    try:
        compare(lambda *x: answers[x][1], lambda a, w: w / 2 / sqrt(a), POSITIVE, SLIPS,
                "Upstream gradient {g}, times the local derivative from exercise 11.1.")
    except Wrong as wrong:
        raise Wrong(f"the value of sqrt(a) * w is right, but not a_grad: {wrong}") from None


SLIPS = [
    (lambda a, w: 1 / 2 / sqrt(a), "The local derivative is right. The share is that times the "
                                   "upstream gradient, {g}."),
    (lambda a, w: w / 2 / a, "You divide by the input, {a}. The square root belongs there, and "
                             "that is {out}."),
    (lambda a, w: w / sqrt(a), "The factor 1/2 is missing."),
    (lambda a, w: w * sqrt(a) / 2, "{out} belongs below the line, in brackets: Python reads / "
                                   "and * from left to right."),
    (lambda a, w: w * 2 * sqrt(a), "That is multiplied where it should be divided."),
    (lambda a, w: -w / 2 / sqrt(a), "The sign: a square root grows with its operand."),
    (lambda a, w: w, "The local derivative is missing."),
]


def program_of(result, share):
    """The program for sqrt(a) * w, with the learner's texts in the table."""
    a, w = Value(4.0, label="a"), Value(3.0, label="w")
    out = operation(2.0, (a,), "sqrt", (0.25,)) * w
    before = FORMULAS.get("sqrt")
    FORMULAS["sqrt"] = result, share
    try:
        return compile(out, [a, w])
    except SyntaxError as error:
        raise Wrong(f"{result!r} and {share!r} make a line that Python cannot read: {error.msg}."
                    ) from None
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise Wrong(f"{error!r:.60} in {result!r} and {share!r}: between the braces stands one of "
                    f"a, out and g, and nothing else.") from None
    finally:
        if before is None:
            del FORMULAS["sqrt"]
        else:
            FORMULAS["sqrt"] = before


def run(program, numbers):
    """The value and the first gradient."""
    try:
        value, gradients = program(*numbers)
    except NameError as error:
        raise Wrong(f"the program stopped with NameError: {error}. Names go between braces, {{a}}, "
                    f"{{out}}, {{g}}, and only a few functions are known: use a power.") from None
    except Exception as error:
        raise Wrong(f"for {listed(numbers)} the program stopped with {type(error).__name__}: "
                    f"{error}.") from None
    return value, gradients[0]


def clipped(x):
    return min(max(x, 0.0), 1.0)


def inside(x):
    return [1.0 if 0 < x < 1 else 0.0]


@exercise("15.2")
def clip(answer):
    """answer: a function of a Value; gives it back between 0 and 1, else the nearer of the two,
    using operations only, so that its program is right for every number."""
    made = []  # pairs of an input and what the answer makes of it

    def noting(x):
        made.append((x.data, answer(x)))
        return made[-1][1]

    try:
        check_clipped(noting if callable(answer) else answer)
    except Wrong as wrong:
        if made and isinstance(made[-1][1], Real):
            raise Wrong(f"for {shown(made[-1][0])} got {shown(made[-1][1])}, expected a Value, "
                        f"made from x by operations. An `if`, `min` or `data` decides when the "
                        f"graph is made: use relu.") from None
        if "not supported between" in str(wrong) or "and 'bool'" in str(wrong):
            raise Wrong(f"{wrong} `min` and comparisons decide when the graph is made, like `if`: "
                        f"use relu.") from None
        raise
    programs = {start: program_made_at(start, answer) for (start,) in CLIPPED}
    for start, program in programs.items():
        for (place,) in CLIPPED:
            value, gradient = run(program, (place,))
            if not near([value, gradient], [clipped(place), *inside(place)]):
                raise Wrong(f"the program made at {start:g} gives {shown(value)} for {place:g}, "
                            f"expected {shown(clipped(place))}. {DECIDES}")
    for start in (20.0, -20.0, 1e3, -1e3, 1e9, -1e9):
        if program_made_at(start, answer).source != programs[CLIPPED[0][0]].source:
            raise Wrong(f"made at {start:g}, the program is another one than at "
                        f"{CLIPPED[0][0]:g}. {DECIDES}")


DECIDES = ("Something decides when the graph is made, an `if`, say, or `data`. Use operations "
           "only.")


def check_clipped(answer):
    compare_values_and_gradients(
        answer, clipped, inside, CLIPPED,
        value_mistakes=[
            (lambda x: max(x, 0.0), "The upper end is missing: above 1 it should stay at 1."),
            (lambda x: min(x, 1.0), "The lower end is missing: below 0 it should stay at 0."),
            (lambda x: max(1 - x, 0.0), "That falls from 1 to 0 where it should rise from 0 to 1."),
            (lambda x: 1 - clipped(x), "That falls from 1 to 0 where it should rise from 0 to 1."),
            (lambda x: max(x, 0.0) + max(x - 1, 0.0), "Above 1 it gets steeper. The second relu "
                                                      "should take back what the first adds."),
            (lambda x: max(x, 0.0) - max(x, 0.0), "Both relus have their corner at 0. That of the "
                                                  "second belongs at 1."),
            (lambda x: x, "It goes on below 0 and above 1."),
            (lambda x: max(x - 1, 0.0), "That has its corner at 1. Begin with one that has it "
                                        "at 0."),
        ],
        value_hint="One relu bends at 0. A second one, moved to the right by 1, can take back "
                   "what the first adds from there on.",
        mistakes=[(lambda x: [0.0], "No gradient comes back. Do not take the `data`.")],
        hint="Between 0 and 1 the slope is 1, outside it is 0.")


def program_made_at(start, answer):
    x = Value(start)
    root = ask(lambda _: answer(x), start)
    try:
        return compile(root, [x])
    except ValueError:
        raise Wrong(f"made at {start:g}, the result does not contain x, so its program could not "
                    f"follow it. An `if` decides when the graph is made: use relu.") from None


def two_steps(w, x1, x2):
    h = tanh(w * x1)
    return h, tanh(w * h + x2)


@exercise("15.3")
def shared_weight(answer):
    """answer: a function of w, x1 and x2; gives out = tanh(w * h + x2) with h = tanh(w * x1),
    and the list of its gradients with respect to w, x1 and x2, all without a Value."""
    with noting_calls() as called:
        answers = {x: split(ask(answer, *x)) for x in STEPS}
    if called:
        raise Wrong(f"here `{called[0]}` did the work. Write the lines yourself, from plain "
                    "numbers: one for each value, then one for each gradient.")
    compare(lambda *x: answers[x][0], lambda *x: two_steps(*x)[1], STEPS,
            [(lambda *x: two_steps(*x)[0], "That is h, the first of the two steps.")],
            "The value is tanh(w * h + x2), with h = tanh(w * x1).")
    try:
        compare(lambda *x: answers[x][1], lambda *x: backward(*x), STEPS, MISTAKES,
                where_to_begin(answers))
    except Wrong as wrong:
        raise Wrong(f"the value is right, but not the gradients: {wrong}") from None


def where_to_begin(answers):
    """A hint for the first gradient on the way back that is wrong."""
    right = [all(near(gradients[i], backward(*x)[i]) for x, (_, gradients) in answers.items())
             for i in range(3)]
    if not right[2]:
        return ("Begin at the end: x2 goes into the outer tanh, and nothing else lies between it "
                "and out.")
    if not right[1]:
        return ("That of x2 is right. Go on from there, one line for each value: through the "
                "product to h, through the inner tanh, and through the other product to x1.")
    return "Those of x1 and x2 are right. w is used twice: each use brings a share of its own."


@contextmanager
def noting_calls():
    """The list of the package's modules whose functions are called inside, but for the course."""
    called, before = [], sys.getprofile()

    def note(frame, event, _):
        module = frame.f_globals.get("__name__") or ""
        if event == "call" and module.startswith("micrograd.") and ".course" not in module:
            called.append(module)
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


def split(answer):
    if not isinstance(answer, list | tuple) or len(answer) != 2:
        raise Wrong(f"got {shown(answer):.60}, expected two things: the value, and the list of "
                    f"three gradients.")
    value, gradients = answer
    if value is ... or gradients is ... or gradients is None:
        raise NotAttempted
    gradients = gradients.tolist() if hasattr(gradients, "tolist") else gradients
    if not isinstance(gradients, list | tuple) or len(gradients) != 3:
        raise Wrong(f"got the gradients {shown(gradients):.60}, expected a list of three: for w, "
                    f"x1 and x2.")
    if any(g is ... or g is None for g in gradients):
        raise NotAttempted
    for part in (value, *gradients):
        if isinstance(part, Value):
            raise Wrong(f"expected a plain number, got a Value: {shown(part)}. Compute with w, x1 "
                        f"and x2 as they come, and with tanh of `math`.")
        if not isinstance(part, Real):
            hint = TEXT if isinstance(part, str) else "No gradient is a list of its own."
            raise Wrong(f"expected the value and three gradients, each a plain number, got "
                        f"{shown(part):.60}. {hint}")
    return value, list(gradients)


def backward(w, x1, x2, last=1, first=1, outer=1, inner=1, through_w=1):
    """The gradients, in which the parts of the chain rule with an exponent 0 are left out."""
    h, out = two_steps(w, x1, x2)
    s_grad = (1 - out**2) ** outer
    h_grad = s_grad * w**through_w
    r_grad = h_grad * (1 - h**2) ** inner
    return [last * s_grad * h + first * r_grad * x1, r_grad * w, s_grad]


def without(**parts):
    return lambda *x: backward(*x, **parts)


def order_of(*places):
    return lambda *x: [backward(*x)[i] for i in places]


def with_inputs(w, x1, x2):
    """As `backward`, with 1 - input**2 in place of 1 - output**2."""
    h, _ = two_steps(w, x1, x2)
    s_grad = 1 - (w * h + x2) ** 2
    r_grad = s_grad * w * (1 - (w * x1) ** 2)
    return [s_grad * h + r_grad * x1, r_grad * w, s_grad]


def x1_by_one_w(w, x1, x2):
    of_w, of_x1, of_x2 = backward(w, x1, x2)
    return [of_w, of_x1 / w, of_x2]


def multiplied(w, x1, x2):
    """As `backward`, with the product of the two shares of w in place of their sum."""
    shares = [backward(w, x1, x2, **{part: 0})[0] for part in ("last", "first")]
    return [shares[0] * shares[1], *backward(w, x1, x2)[1:]]


MISTAKES = [
    (multiplied, "The two shares of w are added, not multiplied."),
    (without(first=0), "w has only the share of its second use. It is used in h as well: add up "
                       "both."),
    (without(last=0), "w has only the share of its first use, through h. It is used in out as "
                      "well: add up both."),
    (without(outer=0), "The outer tanh has a local derivative, too: 1 - out**2."),
    (without(inner=0), "The way back to w and x1 leads through the inner tanh, and its local "
                       "derivative, 1 - h**2, is missing."),
    (without(outer=0, inner=0), "Both tanh have a local derivative, 1 - output**2, and both are "
                                "missing."),
    (without(through_w=0), "On the way from out to h the factor w is missing: in w * h, the local "
                           "derivative with respect to h is w."),
    (lambda *x: [-g for g in backward(*x)], "The signs are turned round: no rule here has a "
                                            "minus in front."),
    (x1_by_one_w, "On the way from out to x1 the factor w stands twice, once for each step."),
    (lambda *x: [*backward(*x)[:2], 1.0], "x2 goes into a tanh as well: its gradient is not 1."),
    (with_inputs, "The local derivative of tanh is 1 - output**2. You put in what goes into it."),
    (order_of(1, 2, 0), "The gradients are right, the order is not: first w, then x1, then x2."),
    (order_of(2, 1, 0), "The gradients are right, but in the reverse order: w comes first."),
]
