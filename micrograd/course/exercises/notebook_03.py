"""Checks of notebook 03: what the graph of an expression holds."""

import re
from numbers import Real
from random import Random

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask_with_hints,
    compare,
    exercise,
    shown,
)
from micrograd.graph import trace
from micrograd.steps.step_03 import Value

SEED = 3


@exercise("3.m")
def one_leaf_less(answer):
    """answer: a function of a, b, c, f, (a * b + c) * f with one of the letters changed."""
    given = dict(zip("abcf", (2.0, -3.0, 10.0, -2.0), strict=True))
    root = ask_with_hints(answer, [Value(x, label=label) for label, x in given.items()], {
        "NameError": "The letters to choose from are a, b, c and f."})
    if not isinstance(root, Value):
        raise Wrong(f"got {shown(root)}, expected a value. Change a letter, and nothing else.")
    got, start = formula(root), "(((a * b) + c) * f)"
    if got == start:
        raise NotAttempted
    letters = re.findall(r"\w+", got)
    found = f"the graph is {got}, with {len(set(letters))} leaves."
    if not set(letters) <= set(given):
        raise Wrong(f"{found} Take one of a, b, c and f.")
    if re.sub(r"\w+", "", got) != re.sub(r"\w+", "", start):
        raise Wrong(f"{found} Its operations have changed. Change one letter, and nothing else.")
    if sum(new != old for new, old in zip(letters, "abcf", strict=True)) > 1:
        raise Wrong(f"{found} More than one letter has changed.")


@exercise("3.1")
def leaves(answer):
    """answer: a function of a root. Returns a list of the leaves of its graph, each once."""
    rng = Random(SEED)
    for root in (unlabelled(), twice(), random_graph(rng, 4), random_graph(rng, 7),
                 Value(3.0, label="a")):
        values, edges = trace(root)
        got = ask_with_hints(answer, (root,), {
            "'list' object has no attribute": "`trace` gives back two lists, the values and the "
                                              "edges. Take the first: values, edges = trace(root)."
        })
        if not isinstance(got, list | tuple | set):
            raise Wrong(f"{where(root)} got {shown(got)}, expected a list of values.")
        got, right = list(got), [value for value in values if not value._prev]
        if got and all(isinstance(x, str) for x in got):
            raise Wrong(f"{where(root)} got texts, {shown(got)}. List the values, not their names.")
        if got and all(isinstance(x, Real) for x in got):
            raise Wrong(f"{where(root)} got numbers. List the values themselves, not the numbers "
                        "in them.")
        if sorted(map(id, got)) != sorted(map(id, right)):
            raise Wrong(f"{where(root)} got {names(got)}, expected {names(right)}. "
                        f"{why_not_leaves(got, values, edges)}")


def why_not_leaves(got, values, edges):
    ids, results = set(map(id, got)), [value for value in values if value._prev]
    if not got:
        return ("None was found. The `_prev` of a leaf is an empty tuple: that is neither None nor "
                "an empty list.")
    if len(ids) < len(got):
        return "A leaf is listed more than once. How often it is used does not matter here."
    if ids == {id(value) for value in values}:
        return "Those are all the values. Leave out the ones that have operands."
    if ids == {id(value) for value in results}:
        return "Those are the results. A leaf is a value without operands."
    if ids == {id(operand) for operand, _ in edges}:
        return "Those are all that are used by a result. Some of them are results themselves."
    if ids == {id(value) for value in values if value.label and not value._prev}:
        return "A leaf may have no label. Ask each value for its operands only."
    if ids == {id(operand) for operand in values[-1]._prev}:
        return "Those are the root's own operands. Look at all the values."
    if ids == {id(value) for value in values if value.label}:
        return "A result may have a label too, and a leaf may have none. Look at the operands."
    return "A leaf is a value whose `_prev` is empty."


@exercise("3.2")
def counts(answer):
    """answer: a function of n. Returns the number of values and of edges after n doublings."""
    tree = "You count x anew for each use. It is one value with one box, however often it is used."
    inputs = [(n,) for n in (1, *Random(SEED).sample(range(3, 12), 3))]
    compare(answer, lambda n: [n + 1, 2 * n], inputs, [
        (lambda n: [2 ** (n + 1) - 1, 2 ** (n + 1) - 2], tree),
        (lambda n: [2 ** (n + 1) - 1, 2 * n], tree),
        (lambda n: [2**n, 2 * n], tree),
        (lambda n: [n + 1, n], "Each use of an operand is an edge, and x + x uses x twice."),
        (lambda n: [n, 2 * n], "The leaf that all begins with is a value as well."),
        (lambda n: [n, n], "Two things are missing: the leaf that all begins with, and the second "
         "use of x in x + x."),
        (lambda n: [2 * n + 1, 2 * n],
         "x + x makes one value, not two. The ellipses of a drawing are not values."),
        (lambda n: [2 * n, n + 1], "The two have changed places: values first, then edges."),
    ], "Draw it for n = 1, then for n = 2, and count.")


@exercise("3.3")
def written(answer):
    """answer: a function of a root. Returns its expression as text, with leaves by their labels."""
    a, b, c = (Value(x, label=label) for x, label in ((2.0, "a"), (-3.0, "b"), (10.0, "c")))
    e = b + c
    e.label = "e"
    rng = Random(SEED)
    for root in (a, a * b + c, a + b, b * a, e * a, a * e, random_graph(rng, 5),
                 random_graph(rng, 6)):
        got = ask_with_hints(answer, (root,), WRITTEN_STOPS)
        if not isinstance(got, str):
            raise Wrong(f"{where(root)} got {shown(got)}, expected a text.")
        if without_spaces(got) != without_spaces(formula(root)):
            raise Wrong(f"{where(root)} got {got[:60]!r}. {why_not_written(got, root)}")


WRITTEN_STOPS = {  # a piece of the message -> why
    "RecursionError": "It never ends. What should it do for a leaf, before it calls itself?",
    **dict.fromkeys(("unpack", "IndexError"), "A leaf has no operands: see to that case first."),
    **dict.fromkeys(("concatenate", "expected str", "no attribute 'data'"),
                    "Text can only be joined to text. Call the function for the operands too."),
}


def why_not_written(got, root):
    right, names = formula(root), re.findall(r"\w+", got)
    flat = [re.sub(r"[() ]", "", text) for text in (got, right)]
    results = {value.label for value in trace(root)[0] if value._prev and value.label}
    if "Value(" in got:
        return "That is how a value shows itself. A leaf is written by its label."
    if any(name in results for name in names):
        return "That has the label of a result in it. Only leaves are written by their labels."
    if any(name.isdigit() for name in names):
        return "That has numbers in it. A leaf is written by its label, not by its data."
    if flat[0] == one_level(root) != flat[1]:
        return ("An operand may itself be a result, here one without a label. Call `written` on "
                "each operand in place of taking its label.")
    if not names:
        return f"Expected {right!r}. A leaf is written by its label."
    if without_spaces(f"({got})") == without_spaces(right):
        return f"Expected {right!r}. The outermost operation has parentheses as well."
    if flat[0] == flat[1] and got.count("(") > right.count("("):
        return f"Expected {right!r}. A leaf needs no parentheses, only an operation does."
    if flat[0] == flat[1]:
        return f"Expected {right!r}. Put parentheses around each operation."
    if re.sub(r"[+*]", "+", flat[0]) == re.sub(r"[+*]", "+", flat[1]):
        return f"Expected {right!r}. Which operation it is stands in `_op`."
    if without_spaces(got) == without_spaces(formula(root, mirrored=True)):
        return f"Expected {right!r}. The operands stand in `_prev` in the order they were written."
    return f"Expected {right!r}. Write the left operand, the operation and the right operand."


def formula(root, mirrored=False):
    if not root._prev:
        return root.label or f"{root.data:g}"
    left, right = (formula(operand, mirrored) for operand in root._prev)
    return f"({right} {root._op} {left})" if mirrored else f"({left} {root._op} {right})"


def one_level(root):
    """A root's operation with the labels of its operands, also where they are results."""
    return root._op.join(operand.label for operand in root._prev)


def without_spaces(text):
    return "".join(text.split())


def twice():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    e = a * b
    e.label = "e"
    return e + a


def unlabelled():
    d = Value(2.0) * Value(0.0, label="b")
    d.label = "d"
    return d


def random_graph(rng, operations):
    """A graph over four leaves in which each result is used by the next."""
    known = [Value(rng.randrange(-9, 9) / 2, label=label) for label in "abcf"]
    result = known[0]
    for _ in range(operations):
        operands = [result, rng.choice(known)]
        rng.shuffle(operands)
        result = operands[0] + operands[1] if rng.random() < 0.5 else operands[0] * operands[1]
        known.append(result)
    return result


def where(root):
    return f"for the graph of {formula(root)[:60]}"


def names(values):
    return [label_of(value) for value in values]


def label_of(value):
    return getattr(value, "label", "") or shown(value)
