"""The checks of notebook 10: new operations for step 10's Value, and the museum."""

import math
from numbers import Real
from random import Random

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    compare,
    exercise,
    in_dots,
    near,
    require_function,
    shown,
)
from micrograd.course.museum import EXHIBITS, Healthy
from micrograd.steps.step_10 import Value

UPSTREAM = 3.0


@exercise("10.m")
def from_0_to_1(answer):
    """A function of a value: (u - 1) / (u + 1) with u = exp(2 n), one number of it changed."""
    require_function(answer)
    points = (-1.5, -0.3, 0.4, 2.0)
    results = attempted(lambda: [result_of(answer, Value(n)) for n in points], "tanh in pieces")
    got = [out.data for out in results]
    if near(got, [math.tanh(n) for n in points]):
        raise NotAttempted
    if not near(got, [1 / (1 + math.exp(-2 * n)) for n in points]):
        low, high = attempted(lambda: [answer(Value(n)).data for n in (-9.0, 9.0)],
                              "tanh in pieces")
        raise Wrong(f"far to the left it is {shown(round(low, 3))}, far to the right "
                    f"{shown(round(high, 3))}, expected 0 and 1. {ends_hint(low, high)}")
    if not all(out._prev for out in results):
        raise Wrong("the right numbers, but the result has no operands. Leave the rest as it is, "
                    "with operators between values.")


def ends_hint(low, high):
    if near(low, 1, 5e-4) and near(high, 0, 5e-4):
        return "That is turned round. Which number is it that makes the left end -1?"
    if near(low, -1, 5e-4) and near(high, 1, 5e-4):
        return "Only how steep it is has changed."
    if near(low, high, 5e-4):
        return "It is the same everywhere: numerator and denominator are equal."
    return "On the left u is close to 0. What is left of the fraction there?"


@exercise("10.1")
def sine(answer):
    """A subclass of Value with a method sin."""
    check_operation(answer, "sin", math.sin, math.cos, (-3.0, 3.0), [
        (math.sin, "That is the value of the sine, not its derivative."),
        (lambda x: -math.cos(x), "The sign is wrong: from 0 on, the sine rises."),
        (lambda x: -math.sin(x), "That is the derivative of the cosine."),
        (lambda x: math.cos(math.sin(x)),
         "That is taken at the output. The local derivative belongs to the input, `self.data`."),
        (lambda x: 1.0, "That is the slope at 0 only; it changes along the curve."),
        (lambda x: abs(math.cos(x)),
         "That is how steep it is, whichever way it goes. Where the sine falls, its slope is below "
         "0, and the output alone does not know: take the input, `self.data`."),
        (lambda x: math.cos(x) ** 2,
         "1 - result**2 is the slope of tanh. That of the sine comes from the input, `self.data`."),
    ])


@exercise("10.2")
def logarithm(answer):
    """A subclass of Value with a method log."""
    check_operation(answer, "log", math.log, lambda x: 1 / x, (0.3, 5.0), [
        (math.log, "That is the value of the logarithm, not its derivative."),
        (lambda x: 1 / math.log(x),
         "That is taken at the output. Unlike exp, log has a derivative that needs the input."),
        (lambda x: x, "That is upside down."),
        (lambda x: -1 / x, "The sign is wrong: a logarithm rises everywhere."),
        (lambda x: -1 / x**2, "That is the derivative of 1/x, and 1/x itself is wanted."),
        (math.exp, "That is the derivative of exp, the inverse of the logarithm."),
    ], [(math.log10, "`math.log10` is the logarithm to the base 10. The natural one, to the base "
                     "e, is `math.log`.")])


def check_operation(answer, name, value, derivative, interval, mistakes, value_mistakes=()):
    """Compare the values and gradients of a new operation with functions of numbers."""
    make, method = taken_from(answer, name)
    rng = Random(10)
    inputs = [(round(rng.uniform(*interval), 2),) for _ in range(4)]

    def gradient_of(expression):
        def gradient(x):
            leaf = make(x)
            root = expression(leaf, method(leaf))
            root.backward()
            if hasattr(leaf.grad, "_prev"):
                raise Wrong(f"for x = {shown(x)} the gradient is {shown(leaf.grad)}, expected a "
                            "number. Make the local derivative of `self.data`, not of `self`.")
            return leaf.grad
        return gradient

    results = attempted(lambda: {x: result_of(method, make(*x)) for x in inputs}, name)
    compare(lambda x: results[x,].data, value, inputs, value_mistakes,
            f"This compares the value of x.{name}(), not its gradient.")
    for expression, expected, hints, hint in (
        (lambda _, out: out, derivative,
         [*mistakes, (lambda x: 0.0, LOST)], f"(The expression was x.{name}().)"),
        (lambda _, out: out * UPSTREAM, lambda x: UPSTREAM * derivative(x),
         [(derivative, "The upstream gradient, `out.grad`, is not multiplied in.")],
         f"(The expression was x.{name}() * 3.)"),
        (lambda x, out: out + x * UPSTREAM, lambda x: UPSTREAM + derivative(x),
         [(derivative, OVERWRITTEN), (lambda x: UPSTREAM, OVERWRITTEN)],
         f"(The expression was x.{name}() + x * 3.)"),
        (lambda x, _: method(x * UPSTREAM), lambda x: UPSTREAM * derivative(UPSTREAM * x),
         [], f"(The expression was (x * 3).{name}().)"),
    ):
        gradient = gradient_of(expression)
        gradients = attempted(lambda gradient=gradient: {x: gradient(*x) for x in inputs}, name)
        compare(lambda x, gradients=gradients: gradients[x,], expected, inputs, hints, hint)


LOST = ("No gradient arrives. Make the result with `operation`, and its local derivatives without "
        "any `grad`. A closure of your own has to be put into `out._backward`.")
OVERWRITTEN = "Here x is used twice, and one contribution writes over the other: use `+=`."


def taken_from(answer, name):
    """What makes a leaf, and the operation: from a subclass, or from a function of a value."""
    if not isinstance(answer, type):
        require_function(answer)
        return class_made_by(answer), answer
    if not callable(getattr(answer, name, None)):
        raise Wrong(f"the class {answer.__name__} has no method `{name}`.")
    if not callable(getattr(answer, "backward", None)):
        raise Wrong(f"the class {answer.__name__} has no `backward`. Is it made from Value, as in "
                    f"`class {answer.__name__}(Value):`?")
    return answer, getattr(answer, name)


def class_made_by(function):
    """The class of what a function of a value makes: a notebook has a Value of its own."""
    try:
        made = type(function(Value(1.0)))
        made(1.0).backward()
    except Exception:
        return Value
    return made


def result_of(method, value):
    out = method(value)
    if out is ...:
        raise NotAttempted
    if out is None:
        raise Wrong(f"for {shown(value)} it gave nothing back. Is its `return` missing?")
    if not all(hasattr(out, name) for name in ("data", "_prev", "backward")):
        raise Wrong(f"for {shown(value)} got {shown(out)}, expected a value with `data`, operands "
                    f"and `_backward`, as `operation` makes it.")
    return out


def attempted(work, name):
    """What work() gives, where anything that stops it becomes an answer for the learner."""
    try:
        return work()
    except (Wrong, NotAttempted):
        raise
    except Exception as error:
        if in_dots(error):
            raise NotAttempted from None
        hints = [hint for piece, hint in STOPS.items() if piece in str(error)]
        hints += [f"To see in which line, call {name} yourself, with a value of 1.5."]
        raise Wrong(f"it stopped with {type(error).__name__}: {error}. {hints[0]}") from None


STOPS = {  # a piece of the error's message -> what to do
    "real number": "The functions of `math` want a number: `self.data`.",
    "'float' object is not iterable": "The local derivatives are a tuple. With a single one it "
                                      "needs a comma, as in `(slope,)`.",
    "iterable": "The operands are a tuple. With a single one it needs a comma: `(self,)`.",
    "has no attribute": "A value has only the methods that its class has. `math` has more, for "
                        "numbers such as `self.data`.",
    "math range error": "An exponential of that is larger than any float.",
    "builtin_function": "A function has to be called, with `self.data` in brackets after its name.",
}


FAULTS = {  # what an exhibit's fault is called, and how one finds out that another has it not
    "lost": "An operation that forgets to hand on its gradient does so even where it stands alone.",
    "order": "A wrong order shows only where an inner value is used more than once.",
    "overwrites": "An engine that overwrites gets a + a wrong. Try that one.",
    "stale": "Stale gradients are left by an earlier pass, so the first pass is right.",
    "unseeded": "Without a seed every gradient is 0, whatever the expression.",
}
FAULT_OF = {"A": "overwrites", "B": "stale", "C": "lost", "D": "unseeded", "E": "order"}


@exercise("10.3")
def catch_all(experiment):
    """A function of the class Value that lists gradients: those of every exhibit are wrong."""
    expected = expected_of(experiment)
    got = {name: run(experiment, name, engine) for name, engine in EXHIBITS.items()}
    right = [name for name in EXHIBITS if near(got[name], expected)]
    if right:
        caught = ", ".join(name for name in EXHIBITS if name not in right) or "none"
        raise Wrong(f"caught: {caught}. Still in hiding: {', '.join(right)}, with "
                    f"{shown(expected)} as expected. {hint_for(len(EXHIBITS) - len(right))}")


def hint_for(caught):
    if caught == 0:
        return "Does your experiment build its values with the class that it is given?"
    if caught == 1:
        return "What if a value is used more than once?"
    return ("What does your experiment not do yet? Think of every operation, of inner values used "
            "more than once, of a second pass; and read the leaves' gradients.")


@exercise("10.4")
def tell_apart(findings):
    """A dict from the exhibits' names to pairs: an experiment, and the word for the fault."""
    if not isinstance(findings, dict):
        raise Wrong(f"expected a dict from the names of the exhibits to pairs, got "
                    f"{shown(findings)}.")
    reports = {name: report(name, findings.get(name)) for name in EXHIBITS}
    if all(text == OPEN for text in reports.values()):
        raise NotAttempted
    if any(reports.values()):
        done = sum(not text for text in reports.values())
        lines = (f"\n{name}: {text or TOLD_APART}" for name, text in reports.items())
        raise Wrong(f"{done} of {len(reports)} exhibits are done.{''.join(lines)}")


OPEN = "not attempted yet."
TOLD_APART = "told apart, and its fault is named."


def report(name, finding):
    """What is wrong with a finding about an exhibit, or "" if nothing is."""
    if finding is None or finding is ...:
        return OPEN
    if not isinstance(finding, tuple | list) or len(finding) != 2:
        return f"expected a pair, an experiment and a word, got {shown(finding)}."
    experiment, word = finding
    if experiment is ... or experiment is None:
        return OPEN
    try:
        expected = expected_of(experiment)
        got = {other: run(experiment, other, engine) for other, engine in EXHIBITS.items()}
    except NotAttempted:
        return OPEN
    except Wrong as wrong:
        return str(wrong)
    if near(got[name], expected):
        return f"it is right in this experiment: got {shown(expected)}, as expected."
    also = [other for other in EXHIBITS if other != name and not near(got[other], expected)]
    if also:
        return (f"wrong, as it should be, but so is {also[0]}: got {shown(got[also[0]])}, expected "
                f"{shown(expected)}. {how_to_spare(name, also)}")
    return misnamed(name, word)


def how_to_spare(name, also):
    if "D" in also:
        return "Do by hand what D leaves out, and it will be right."
    if name == "A" and "E" in also:
        return "Use a leaf more than once, and no inner value."
    if name == "E" and "A" in also:
        return ("Where a value is used twice, let one of the two uses contribute 0, and try both "
                "ways round.")
    if "C" in also:
        return "Leave out an operation that is not needed here."
    if "A" in also:
        return ("A value that collects more than one contribution betrays A. Set gradients back by "
                "hand between passes, and use no value twice if you can.")
    return "Make the expression smaller, and the passes fewer."


def misnamed(name, word):
    if word is ... or word is None:
        return "told apart. Now name its fault."
    named = word.strip().lower() if isinstance(word, str) else word
    if not isinstance(named, str) or named not in FAULTS:
        return f"told apart. Name its fault with one of {', '.join(FAULTS)}; got {shown(word)}."
    return "" if named == FAULT_OF[name] else f"told apart, but not {named!r}. {FAULTS[named]}"


def expected_of(experiment):
    expected, again = (run(experiment, "the healthy engine", Healthy) for _ in range(2))
    if not near(again, expected):
        raise Wrong(f"two runs with the healthy engine gave {shown(expected)} and {shown(again)}. "
                    f"Make the values inside the experiment, from fixed numbers.")
    return expected


def run(experiment, name, engine):
    """The gradients that the learner's experiment finds with an engine."""
    require_function(experiment)
    try:
        got = experiment(engine)
    except Exception as error:
        if in_dots(error):
            raise NotAttempted from None
        hint = ("Its one argument is the class." if "positional argument" in str(error)
                else "Give back the gradients as they are, in a list.")
        raise Wrong(f"with {name}, the experiment stopped with {type(error).__name__}: {error}. "
                    f"{hint}") from None
    if got is ...:
        raise NotAttempted
    if got is None:
        raise Wrong(f"with {name}, the experiment gave nothing back. Is its `return` missing?")
    got = list(got) if isinstance(got, list | tuple) else [got]
    if any(part is ... or part is None for part in got):
        raise NotAttempted
    if any(hasattr(part, "grad") for part in got):
        raise Wrong("the experiment gives back a value. Give back its gradient, as in [a.grad].")
    if not got or not all(isinstance(part, Real) and math.isfinite(part) for part in got):
        raise Wrong(f"with {name}, got {shown(got)}, expected a list of gradients.")
    return got
