"""Exercises and their checks: `check("4.1", answer)` says whether an answer is right.

The checks of notebook NN stand in `notebook_NN.py`, each a function that takes the learner's answer
and raises Wrong or NotAttempted, or returns if it found nothing wrong.
"""

import math
import runpy
from importlib import import_module
from importlib.util import find_spec
from numbers import Real

EXERCISES = {}  # number of the exercise -> its check, and what that does not test


class Wrong(Exception):
    """An answer that is not right; the message says for which input, and gives a hint."""


class NotAttempted(Exception):
    """An exercise that stands as it was given."""


def exercise(number, untested):
    """Make a function the check of an exercise; `untested` says what it does not test."""
    def register(function):
        EXERCISES[number] = function, untested
        return function
    return register


def check(number, *answers):
    """Print in one or two sentences whether the answers to an exercise are right.

    number: as in the notebook, "4.1". Raises ValueError if there is no such exercise.
    """
    print(verdict(number, *answers))


def verdict(number, *answers):
    """What `check` prints."""
    judge, untested = find(number)
    if any(answer is ... or answer is None for answer in answers):
        return NOT_ATTEMPTED
    try:
        judge(*answers)
    except NotAttempted:
        return NOT_ATTEMPTED
    except Wrong as wrong:
        return f"Not yet: {wrong}"
    except Exception as error:  # there is no end to what an answer can be
        return (f"Not yet: the check could not read this answer ({type(error).__name__}). "
                "See in the exercise what it should be.")
    return f"Right. Not tested: {untested}."


NOT_ATTEMPTED = "Not attempted yet: put your answer in place of the three dots."


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
        raise Wrong(f"for {listed(inputs)} it stopped with {problem}.") from None
    if answer is ... or (isinstance(answer, list | tuple) and any(part is ... for part in answer)):
        raise NotAttempted
    if answer is None:
        raise Wrong(f"for {listed(inputs)} it gave nothing back. Is its `return` missing?")
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
    answers = [ask(function, *x) for x in inputs]
    for x, got in zip(inputs, answers, strict=True):
        if not near(got, expected(*x)):
            hints = hints_for(answers, inputs, mistakes)
            raise Wrong(f"for {listed(x)} got {shown(got)}, expected {shown(expected(*x))}. "
                        f"{(*hints, hint)[0]}")


def near(got, expected):
    """Whether two numbers, or two lists of numbers, agree but for rounding."""
    if isinstance(expected, list | tuple):
        return (isinstance(got, list | tuple) and len(got) == len(expected)
                and all(map(near, got, expected)))
    return (isinstance(got, Real) and math.isclose(got, expected, rel_tol=1e-6, abs_tol=1e-9))


def hints_for(answers, inputs, mistakes, agree=near):
    """The hints for those mistakes that give just these answers; mistakes: as for `compare`."""
    return [why for mistaken, why in mistakes
            if all(agree(answer, mistaken(*x))
                   for x, answer in zip(inputs, answers, strict=True))]


def listed(inputs):
    return ", ".join(shown(x) for x in inputs)


def shown(x):
    """A number with six digits, a list of such numbers, or anything else as it shows itself."""
    if isinstance(x, list | tuple):
        return f"[{listed(x)}]"
    return f"{x:.6g}" if isinstance(x, Real) else f"{x!r:.60}"
