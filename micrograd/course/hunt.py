"""Look for the smallest expression on which an engine is wrong.

First come all expressions of one and two operations, then those of three that add and multiply,
then longer ones, made up at random and cut down. They are the same on every machine.
"""

import contextlib
import html
import io
import re
from typing import NamedTuple

from micrograd.course.expressions import (
    LARGEST,
    LONGEST,
    NAMES,
    OPERATIONS,
    POINTS,
    candidates,
    lacking,
    on_numbers,
    smaller_ones,
    symbols,
    written,
)
from micrograd.course.words import in_lines
from micrograd.graph import draw_dot
from micrograd.numeric import numerical_gradient

RELATIVE, ABSOLUTE = 1e-4, 1e-6  # how far off the nudge a gradient may be


class Fault(Exception):
    """What a class got wrong, as a part of a sentence."""


def hunt(Value, expressions=1000, passes=1):
    """Look for the smallest expression on which a class of values is wrong, and say what it is.

    Value: a class, called with a number, that has some of OPERATIONS. expressions: how
    many longer ones to make up after all the small ones. passes: how often backward() runs over
    each graph; before each pass, the gradients of the leaves are set to zero.
    Returns a Find, which has the `root` and the `leaves` of that expression, or a Held if there is
    none. A class without backward() has only its numbers compared. The answer is always the same.
    Raises TypeError if Value is not a class, makes no values, or has none of the operations,
    ValueError if passes is less than 1.
    """
    if passes < 1:
        raise ValueError(f"passes is {passes}: expected 1 or more runs of backward()")
    engine = Engine(Value, operations_of(Value), passes if has(Value, "backward") else 0)
    return search(engine, expressions)


class Engine(NamedTuple):
    Value: type
    operations: list
    passes: int


class Find:
    """An expression on which a class is wrong; it shows itself as a sentence and a drawing.

    root, leaves: its values, before any backward pass; None and () if it cannot be built.
    complaint: what is wrong, in words. steps: how many operations the expression has.
    """

    def __init__(self, engine, expression, numbers, complaint):
        self._engine, self._expression, self._numbers = engine, expression, numbers
        self.complaint, self.steps = complaint, len(expression[1])
        self.root, self.leaves = self._built()

    def _built(self):
        try:
            row = values(self._engine.Value, self._expression, self._numbers)
        except Exception:  # there is no end to what a learner's class can raise
            return None, ()
        return row[-1], tuple(row[:self._expression[0]])

    def __repr__(self):
        where = ", ".join(f"{name} = {x:g}" for name, x in zip(NAMES, self._numbers, strict=False))
        return (f"The smallest expression found on which {self._engine.Value.__name__} is wrong: "
                f"{written(self._expression)} at {where}: {self.complaint}.")

    def __str__(self):
        return in_lines(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        root, leaves = self._built()
        drawing = ""
        with contextlib.suppress(Exception), silence():  # what went wrong, the sentence says
            for _ in range(self._engine.passes):
                one_pass(root, leaves)
        with contextlib.suppress(TypeError):  # it keeps no operands, or not in a tuple
            drawing = draw_dot(root)._repr_mimebundle_().get("text/html", "")
        return {"text/plain": repr(self), "text/html": in_html(self) + drawing}


class Held(NamedTuple):
    """That a class was right, as a sentence that says on what."""

    engine: Engine
    count: int

    def __repr__(self):
        Value, operations, passes = self.engine
        untried = [each for each in (
            lacking(operations), f"leaves beyond {max(map(max, POINTS)):g}",
            f"results beyond {LARGEST:g}",
            "a second backward() over the same graph (passes=2)" if passes == 1 else "") if each]
        return (f"{Value.__name__} held on {self.count:,} expressions of up to {LONGEST} "
                f"operations ({symbols(operations)}): {COMPARED[min(passes, 1)]} right. "
                f"Not tried: {'; '.join(untried)}.")

    def __str__(self):
        return in_lines(repr(self))

    def _repr_html_(self):  # JupyterLab breaks lines of plain text within words
        return in_html(self)


def in_html(outcome):
    """The sentence as a paragraph, after a line that is all JupyterLab shows where it is folded."""
    return f"The hunt is over.\n<p>{html.escape(repr(outcome))}</p>"


COMPARED = ("it has no backward(), so there are no gradients to compare, but every number was",
            "every gradient agreed with the nudge, and every number was")


def search(engine, expressions):
    held = set()
    with silence():
        for expression, numbers in candidates(engine.operations, expressions):
            outcome = complaint(engine, expression, numbers)
            if outcome:
                return Find(engine, *cut_down(engine, expression, numbers))
            if outcome is not None:
                held.add(expression)
    return Held(engine, len(held))


def cut_down(engine, expression, numbers):
    """The expression, its numbers and what is wrong, after all that can be left out is left out."""
    for smaller, fewer in smaller_ones(expression, numbers):
        if complaint(engine, smaller, fewer):
            return cut_down(engine, smaller, fewer)
    return expression, numbers, complaint(engine, expression, numbers)


def complaint(engine, expression, numbers):
    """What the engine gets wrong there, "" if nothing, None if the nudge is no judge there."""
    try:
        right = on_numbers(expression, numbers)
        nudges = numerical_gradient(lambda *x: on_numbers(expression, x)[-1], *numbers)
    except (ArithmeticError, ValueError):
        return None
    try:
        row = values(engine.Value, expression, numbers)
        compare("data", row, right, "expected")
        for i in range(engine.passes):
            one_pass(row[-1], row[:len(numbers)])
            compare("grad", row[:len(numbers)], nudges, "the nudge says", AGAIN if i else "")
    except Fault as fault:
        return str(fault)
    except Exception as error:  # there is no end to what a learner's class can raise
        said = re.sub(r" at 0x[0-9a-fA-F]+", "", f"{type(error).__name__}: {error}")
        return f"it raises {said}".rstrip(".: ")
    return ""


AGAIN = "in the next pass over the same graph, its leaves' gradients set to 0 before, "


def compare(attribute, row, right, judge, when=""):
    """Raise Fault, with each value whose data or grad is not right."""
    found = []
    for name, value, expected in zip(NAMES, row, right, strict=False):
        got = getattr(value, attribute, None)
        try:
            close = abs(float(got) - expected) <= ABSOLUTE + RELATIVE * abs(expected)
        except (TypeError, ValueError):
            raise Fault(f"{when}{name}.{attribute} is {got!r:.60}, expected a number") from None
        if not close:
            got, expected = apart(got, expected)
            found.append(f"{name}.{attribute} is {got}, {judge} {expected}")
    if found:
        raise Fault(when + "; ".join(found))


def values(Value, expression, numbers):
    """All values of the expression, made by the class, with their names for labels."""
    row = [Value(x) for x in numbers]
    for operation, places in expression[1]:
        row.append(operation.on_values(Value)(*(row[place] for place in places)))
        if not hasattr(row[-1], "data"):
            got = round(row[-1], 4) if isinstance(row[-1], float) else row[-1]
            raise Fault(f"{NAMES[len(row) - 1]} is {got!r:.60}, expected a value")
    for value, name in zip(row, NAMES, strict=False):
        with contextlib.suppress(AttributeError):  # a class with __slots__ may have no labels
            value.label = name
    return row


def one_pass(root, leaves):
    for leaf in leaves:
        leaf.grad = 0.0
    root.backward()


def apart(got, expected):
    """Both numbers, rounded for every math library to give the same, but not to the same text."""
    for digits in 4, 8:
        pair = [round(float(x), digits) + 0.0 for x in (got, expected)]
        if pair[0] != pair[1]:
            break
    return pair


def operations_of(Value):
    """The operations that a class has.

    Where one way to use a method works and another raises, as `a + 2` in notebook 8, the second
    is one that the class has not got. Where none works, the class is wrong.
    """
    if not isinstance(Value, type):
        raise TypeError(f"hunt takes a class, got {Value!r:.60}: give its name alone, hunt(Value)")
    try:
        Value(1.0).data + 1.0
    except Exception as error:
        raise TypeError(f"{Value.__name__}(1.0) made no value with its number in `data` "
                        f"({type(error).__name__}: {error}): hunt takes a class like that of "
                        f"notebook 2") from None
    defined = [each for each in OPERATIONS if has(Value, each.method)]
    if not defined:
        raise TypeError(f"{Value.__name__} has no operations: expected some of "
                        f"{symbols(OPERATIONS)}")
    with silence():
        working = [each for each in defined if works(Value, each)]
    methods = {each.method for each in working}
    return [each for each in defined if each in working or each.method not in methods]


def has(Value, method):
    return callable(getattr(Value, method, None))


def works(Value, operation):
    expression = 1, ((operation, (0,) * operation.text.count("{}")),)
    try:
        values(Value, expression, (1.5,))
    except Exception:
        return False
    return True


def silence():
    """Keep what a learner's methods print out of the notebook: they are called thousands of times.
    """
    return contextlib.redirect_stdout(io.StringIO())
