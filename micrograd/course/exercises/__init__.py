"""Exercises and their checks: `check("4.1", answer)` says whether an answer is right.

The checks of notebook NN stand in `notebook_NN.py`, each a function that takes the learner's answer
and raises Wrong or NotAttempted, or returns if it found nothing wrong. `hint("4.1")` helps with an
exercise that is still open; its sentences stand in `hints.py`. "4.m" is the task to change one
thing in code that is given.
"""

import inspect
import math
import re
import runpy
from importlib import import_module
from importlib.util import find_spec
from numbers import Real

from micrograd.course.exercises.hints import HINTS
from micrograd.course.words import in_lines

EXERCISES = {}  # number of the exercise -> its check, and what that does not test, or None


class Wrong(Exception):
    """An answer that is not right; the message says for which input, and gives a hint."""


class NotAttempted(Exception):
    """An exercise that stands as it was given."""


def exercise(number, untested=None):
    """Make a function the check of an exercise; `untested` says what the learner may try next."""
    def register(function):
        EXERCISES[number] = function, untested
        return function
    return register


def check(number, *answers):
    """Print in one or two sentences whether the answers to an exercise are right.

    number: as in the notebook, "4.1". Raises ValueError if there is no such exercise.
    """
    print(in_lines(verdict(number, *answers)))


def verdict(number, *answers):
    """What `check` prints."""
    number = str(number)  # some leave out the quotation marks
    judge, untested = find(number)
    if any(answer is ... or answer is None for answer in answers):
        return still_open(number)
    try:
        judge(*answers)
    except NotAttempted:
        return still_open(number)
    except Wrong as wrong:
        return f"Not yet: {wrong}{after_a_restart(str(wrong), number)}"
    except Exception as error:  # there is no end to what an answer can be
        return (f"Not yet: the check could not read this answer ({type(error).__name__}). "
                "See in the exercise what it should be.")
    if not untested:
        return "Right."
    return f"Right. Not tested: {untested}{'' if untested.endswith('?') else '.'}"


NOT_ATTEMPTED = "Not attempted yet: put your answer in place of the three dots."
NOT_CHANGED = "Not changed yet: change one thing in this cell, and run it."


def still_open(number):
    return NOT_CHANGED if number.endswith(".m") else NOT_ATTEMPTED


def hint(number, step=1):
    """Print one of three hints for an exercise, from a nudge to nearly there.

    number: as for `check`. step: 1, 2 or 3. Raises ValueError if there is no such hint.
    """
    number = str(number)
    find(number)
    if step not in (1, 2, 3):
        raise ValueError(f"there are the hints 1, 2 and 3, and no hint {step!r}")
    more = f' (More: hint("{number}", {step + 1}))' if step < 3 else ""
    print(in_lines(f"{HINTS[number][step - 1]}{more}"))


def after_a_restart(problem, number):
    """The line that brings back a name of the notebook which the learner's function misses."""
    name = re.search(r"name '(\w+)' is not defined", problem)
    notebook = int(number.partition(".")[0])
    lines = IMPORTS | {"Value": f"from micrograd.{VALUE_OF.get(notebook, 'engine')} import Value"}
    if not name or name[1] not in lines:
        return ""
    return f"\nAfter a restart of the kernel, run this line first:\n{lines[name[1]]}"


VALUE_OF = {2: "steps.step_02", 3: "steps.step_03", 4: "steps.step_04", 5: "steps.step_04",
            6: "steps.step_04", 7: "steps.step_07", 8: "steps.step_08", 9: "steps.step_09",
            10: "steps.step_10"}
IMPORTS = {
    "math": "import math",
    "np": "import numpy as np",
    "nn": "from micrograd import nn",
    "operation": "from micrograd.engine import operation",
    "trace": "from micrograd.graph import trace",
    "numerical_gradient": "from micrograd.numeric import numerical_gradient",
    "gradcheck": "from micrograd.numeric import gradcheck",
}


def find(number):
    notebook = str(number).partition(".")[0]
    try:
        import_module(f"micrograd.course.exercises.notebook_{int(notebook):02}")
        return EXERCISES[number]
    except (ValueError, ModuleNotFoundError, KeyError):
        known = [name for name in EXERCISES if name.partition(".")[0] == notebook]
        raise ValueError(f"there is no exercise {number!r}; this notebook has "
                         f"{', '.join(known) or 'none'}") from None


def pristine(step):
    """The class `Value` of a step, "step_08", as it was before a notebook changed its methods."""
    return runpy.run_path(find_spec(f"micrograd.steps.{step}").origin)["Value"]


def require_function(answer):
    """Raise Wrong unless the answer can be called."""
    if not callable(answer):
        raise Wrong(f"expected a function, got {answer!r:.60}. Give its name, uncalled.")


def in_dots(error):
    """Whether an error, or its message, comes from calculating with three dots."""
    return "ellipsis" in str(error).lower()


def ask(function, *inputs):
    """What the learner's function answers for these inputs.

    Raises NotAttempted if the answer or a part of it is still open, and Wrong if the function
    fails or gives nothing back.
    """
    require_function(function)
    try:
        answer = function(*inputs)
    except Exception as error:
        if in_dots(error):
            raise NotAttempted from None
        problem = f"{type(error).__name__}: {error}"
        raise Wrong(f"for {given(function, inputs)} it stopped with {problem}.") from None
    if answer is ... or (isinstance(answer, list | tuple) and any(part is ... for part in answer)):
        raise NotAttempted
    if answer is None:
        raise Wrong(f"for {given(function, inputs)} it gave nothing back. "
                    "Is its `return` missing?")
    return answer


def ask_with_hints(function, inputs, hints):
    """As `ask`; hints: from a piece of what `ask` may say is wrong, to what to say after it."""
    try:
        return ask(function, *inputs)
    except Wrong as wrong:
        fitting = [hint for piece, hint in hints.items() if piece in str(wrong)]
        raise Wrong(" ".join([str(wrong), *fitting[:1]])) from None


def compare(function, expected, inputs, mistakes=(), hint=""):
    """Compare the learner's function with the expected one on several tuples of inputs.

    mistakes: pairs of a function and a hint. Where the learner's answers are not the expected ones
    but all agree with such a function, its hint is given, and otherwise `hint`.
    """
    answers = [plain(ask(function, *x)) for x in inputs]
    mistakes = [(expected, NUDGED), *mistakes]
    for x, got in zip(inputs, answers, strict=True):
        if not near(got, expected(*x)):
            hints = [TEXT] if isinstance(got, str) else hints_for(answers, inputs, mistakes)
            raise Wrong(f"for {given(function, x)} {got_expected(got, expected(*x))} "
                        f"{(*hints, hint)[0]}")


NUDGED = ("That is very near, as a nudge comes, but no more. Write the formula itself, in which "
          "there is no h.")
TEXT = "That is a text. Leave out the quotation marks."


def plain(answer):
    """A NumPy array as a list of numbers, anything else as it is."""
    return answer.tolist() if callable(getattr(answer, "tolist", None)) else answer


def near(got, expected, tolerance=1e-12):
    """Whether two numbers, or two lists of numbers, agree but for rounding."""
    if isinstance(expected, list | tuple):
        return (isinstance(got, list | tuple) and len(got) == len(expected)
                and all(near(*pair, tolerance) for pair in zip(got, expected, strict=True)))
    return (isinstance(got, Real)
            and math.isclose(got, expected, rel_tol=tolerance, abs_tol=tolerance))


def nearly(got, expected):
    """As `near`, but also for numbers that a nudge has found."""
    return near(got, expected, 1e-6)


def hints_for(answers, inputs, mistakes, agree=nearly):
    """The hints for those mistakes that give just these answers; mistakes: as for `compare`."""
    return [why for mistaken, why in mistakes
            if all(agree(answer, mistaken(*x))
                   for x, answer in zip(inputs, answers, strict=True))]


def got_expected(got, expected):
    """Both in words, with as many digits as it takes to tell them apart."""
    texts = shown(got), shown(expected)
    if texts[0] == texts[1]:
        texts = f"{got!r:.60}", f"{expected!r:.60}"
    return "got {}, expected {}.".format(*texts)


def given(function, inputs):
    """The inputs under the names that the learner's function has for them."""
    try:
        names = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        names = []
    if len(names) < len(inputs) or any(name.kind is name.VAR_POSITIONAL for name in names):
        return listed(inputs)
    return ", ".join(f"{name.name} = {shown(x)}" for name, x in zip(names, inputs, strict=False))


def listed(inputs):
    return ", ".join(shown(x) for x in inputs)


def shown(x):
    """A number with six digits, a list of such numbers, or anything else as it shows itself."""
    if isinstance(x, list | tuple):
        return f"[{listed(x)}]"
    return f"{x + 0.0:.6g}" if isinstance(x, Real) else f"{x!r:.60}"
