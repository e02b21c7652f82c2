"""What the checks of notebooks 5 to 8 share: answers made of several gradients, and operations."""

from numbers import Real

from micrograd.course.exercises import (
    NUDGED,
    TEXT,
    NotAttempted,
    Wrong,
    ask,
    ask_with_hints,
    got_expected,
    hints_for,
    in_dots,
    near,
    plain,
    require_function,
    shown,
)
from micrograd.engine import Value
from micrograd.graph import trace

SIZES = (1.5, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5)  # no two mistakes agree on them by accident


def draw(rng, count):
    """Random numbers of different sizes, none of which is 0, 1 or 2."""
    return tuple(rng.choice((-1, 1)) * size for size in rng.sample(SIZES, count))


def named(names, x):
    return ", ".join(f"{name} = {shown(number)}" for name, number in zip(names, x, strict=True))


def exact_gradients(f):
    """A function that gives the gradients of f, as the finished engine computes them."""
    def gradients(*x):
        leaves = [Value(number) for number in x]
        f(*leaves).backward()
        return tuple(leaf.grad for leaf in leaves)
    return gradients


def compare_parts(function, parts, expected, names, inputs, mistakes, given=0):
    """Compare an answer of several numbers, part by part, with the expected one.

    parts: what each number is called. names: what each input is called. mistakes: for a part,
    pairs of a function of the inputs and the hint for those whose answers agree with it; under
    "" the hint where none does, or a function that chooses one: of the hints that fit, the inputs
    at which the answer is wrong, and a dictionary of all the answers. given: how many of the
    numbers stand in the exercise already.
    """
    answers = [_numbers(_ask_for_parts(function, x), parts, given) for x in inputs]
    for i, part in enumerate(parts):
        for x, answer in zip(inputs, answers, strict=True):
            right = expected(*x)[i]
            if not near(answer[i], right):
                nudged = (lambda *x, i=i: expected(*x)[i]), NUDGED
                hints = hints_for([numbers[i] for numbers in answers], inputs,
                                  [nudged, *mistakes.get(part, ())])
                hint = mistakes[""]
                if callable(hint):
                    hint = hint(hints, x, dict(zip(inputs, answers, strict=True)))
                else:
                    hint = (*hints, hint)[0]
                raise Wrong(f"for {named(names, x)}, {part}: {got_expected(answer[i], right)} "
                            f"{hint}")


def _ask_for_parts(function, inputs):
    """As `ask`, but an answer in which some dots are left is handed on as it is."""
    dots_met = []

    def whole(*x):
        try:
            answer = function(*x)
        except TypeError as error:
            dots_met.extend([error] if in_dots(error) else [])
            raise
        return answer if answer is None else [answer]

    require_function(function)
    try:
        return ask_with_hints(whole, inputs, NO_VALUES)[0]
    except NotAttempted:
        if dots_met:
            raise Wrong(f"{DOTS}, and a line calculates with them.") from None
        raise


DOTS = "in one place the three dots are still there"
NO_VALUES = {  # a piece of the message -> why
    "no attribute 'data'": "The arguments are numbers already: leave out `.data`.",
    "no attribute 'grad'": "The arguments are plain numbers and have no `grad`: give each "
                           "gradient a name of its own.",
}


def _numbers(answer, parts, given):
    answer = plain(answer)
    if not isinstance(answer, list | tuple) or len(answer) != len(parts):
        raise Wrong(f"got {shown(answer)}, expected {len(parts)} numbers, separated by commas: "
                    f"{', '.join(parts)}.")
    still_open(parts, answer, given)
    for part, number in zip(parts, answer, strict=True):
        if not isinstance(number, Real):
            hint = f" {TEXT}" if isinstance(number, str) else ""
            raise Wrong(f"got {shown(number)} for {part}, expected a number.{hint}")
    return answer


def still_open(parts, numbers, given=0):
    """Raise NotAttempted if all the numbers but the given ones are dots, Wrong if some are."""
    dots = [part for part, number in zip(parts, numbers, strict=True) if number is ...]
    if dots and len(dots) >= len(parts) - given:
        raise NotAttempted
    if dots:
        raise Wrong(f"the three dots are still there for {' and '.join(dots)}.")


def apply_operation(function, *operands):
    """The value an operation makes, after a look at whether it remembers its operands."""
    try:
        out = ask(function, *operands)
    except Wrong as wrong:
        hint = "Calculate with `.data`, not with the values themselves."
        hint = hint if about_values(wrong) else ""
        if "not iterable" in str(wrong):
            hint = "The operands are a tuple, and one with a single entry needs a comma: `(self,)`."
        raise Wrong(f"{wrong} {hint}".strip()) from None
    if isinstance(out, Real):
        raise Wrong(f"for {_data(operands)} it gave back the plain number {shown(out)}. An "
                    "operation gives back a `Value` that remembers its operands.")
    if not isinstance(getattr(out, "data", None), Real):
        raise Wrong(f"for {_data(operands)} it gave back {shown(out)}, expected a `Value`.")
    if any(out is operand for operand in operands):
        raise Wrong("it changed its operand and gave that back. An operation leaves its operands "
                    "alone, and makes a new `Value`.")
    used = getattr(out, "_prev", ())
    if not isinstance(used, tuple) or {id(v) for v in used} != {id(v) for v in operands}:
        if isinstance(used, tuple) and {*operands} <= {*trace(out)[0]}:
            raise Wrong("there are values between the result and its operands. Make it one "
                        "operation: calculate with their `.data`, and call `Value` once.")
        if isinstance(used, tuple):
            _check_for_one_of_two(used, operands)
        raise Wrong("the result does not remember its operands, so no gradient could ever reach "
                    "them. Hand them to `Value` as a tuple, after the number.")
    return out


def _check_for_one_of_two(used, operands):
    known = [any(v is operand for v in used) for operand in operands]
    if len(known) == 2 and sum(known) == 1 == len(used):
        one, lost = OPERANDS if known[0] else reversed(OPERANDS)
        raise Wrong(f"the result remembers only {one}: {lost} is an operand too, and no gradient "
                    "could reach it. Hand both to `Value`: `(self, other)`.")


CALCULATE = "Calculate with `.data` and `.grad`, not with the values themselves."


def about_values(error):
    """Whether an error comes from calculating with values in place of numbers."""
    return "TypeError" in str(error) and ("'Value'" in str(error) or "not Value" in str(error))


def compare_data(out, expected, operands, mistakes):
    """Compare an operation's result; mistakes: pairs of a wrong result and the hint for it."""
    if not near(out.data, expected):
        hints = [why for wrong, why in mistakes if near(out.data, wrong)]
        raise Wrong(f"for {_data(operands)} the result is {shown(out.data)}, expected "
                    f"{shown(expected)}. {(*hints, 'Look at the forward pass first.')[0]}")


def backward_step(out, operands, upstream):
    """The gradients that a result's backward step carries to its operands."""
    if callable(out.grad):
        raise Wrong("the closure is stored in `out.grad`, where a number belongs, and is never "
                    "called. It belongs in `out._backward`.")
    if any(operand.grad for operand in operands):
        raise Wrong("a gradient changed already in the forward pass. Put the assignments into an "
                    "inner function, which runs later, when `out.grad` has its value.")
    out.grad = upstream
    step = getattr(out, "_backward", None)
    if not callable(step):
        raise Wrong("`out._backward` is not a function. Store the function itself: "
                    "`out._backward = _backward`, without parentheses.")
    data = [operand.data for operand in operands]
    called = []
    for operand in operands:
        operand._backward = lambda: called.append(True)
    answer = _call(step)
    if called:
        raise Wrong("the step also calls the `_backward` of an operand. Each value's step is "
                    "called once, by `backward()`, in the topological order. It only hands its own "
                    "gradient on.")
    grads = [operand.grad for operand in operands]
    still_open([f"{name}.grad" for name in OPERANDS[:len(operands)]], grads)
    if not near(out.grad, upstream):
        raise Wrong("the step changed `out.grad`. The gradient flows from the result to the "
                    "operands, so it is the operands' `grad` that gets a new value.")
    for grad in grads:
        if not isinstance(grad, Real):
            raise Wrong(f"the step left {shown(grad)} in a `grad`, expected a number. In a "
                        "`_backward`, calculate with `.data` and `.grad`.")
    if not any(grads):
        raise Wrong(_why_nothing(out, answer, [name for name, operand, before in zip(
            OPERANDS, operands, data, strict=False) if operand.data != before]))
    return grads


OPERANDS = ("self", "other")


def _why_nothing(out, answer, changed):
    """Why no gradient arrived; answer: what the step returned; changed: whose data it changed."""
    if changed:
        return (f"the step changed `{changed[0]}.data`. The gradient goes into "
                f"`{changed[0]}.grad`.")
    if answer is not None:
        return (f"the backward step returned {shown(answer)} and left the operands as they were. "
                "Write it into `self.grad` instead.")
    if _is_default_step(out):
        return ("the backward step carried nothing back. Define the inner function, and store it "
                "with `out._backward = _backward` before you return `out`.")
    return ("your step ran, but left `self.grad` at 0. It has to assign to `self.grad` (with "
            "`self.`), and the upstream gradient it multiplies by is `out.grad`, not `self.grad`, "
            "which is still 0.")


def _is_default_step(out):
    """Whether a result still has the backward step that every new value begins with."""
    first = getattr(type(out)(0.0), "_backward", None)
    return getattr(out._backward, "__code__", out) is getattr(first, "__code__", None)


def _call(step):
    try:
        return step()
    except Exception as error:
        if in_dots(error):
            raise Wrong(f"{DOTS}, and the backward step calculates with them.") from None
        problem = f"{type(error).__name__}: {error}"
        hint = "It takes no arguments, and needs only what the closure remembers."
        if about_values(problem):
            hint = CALCULATE
        elif type(error) is NameError:
            hint = ("No such name is known here. What a function of another notebook computes has "
                    "to be written out.")
        raise Wrong(f"the backward step stopped with {problem}. {hint}") from None


def _data(operands):
    return ", ".join(shown(operand.data) for operand in operands)
