"""Small expressions of every kind, for the hunt: on numbers, in writing, and which come first.

An expression is a number of leaves and a tuple of steps. A step is an operation and the places of
its operands, counted through the leaves and then the results: `a + a` is (1, ((plus, (0, 0)),)).
"""

import math
import re
from collections.abc import Callable
from itertools import product
from random import Random
from typing import NamedTuple

NAMES = "abcdefghijklmnopqrstuvwxyz"
POINTS = ((1.0, 2.0, 3.0), (-1.5, 0.5, 1.25), (0.75, -0.25, -2.0))  # numbers for the leaves
LARGEST = 100.0  # beyond it, and this near to a pole or a kink, the nudge is no judge
NEAREST = 0.1
LONGEST = 8      # steps


class Operation(NamedTuple):
    """text: with {} for each operand. method: what a class has that knows it."""

    text: str
    method: str
    on_numbers: Callable
    domain: Callable = lambda *x: True

    def on_values(self, Value):
        """A method is called through the class: an operation may return a value of its base."""
        return self.on_numbers if self.method.startswith("__") else getattr(Value, self.method)


def named(name, on_numbers, domain=lambda x: True):
    return Operation(f"{{}}.{name}()", name, on_numbers, domain)


def away_from_zero(*operands):
    return abs(operands[-1]) >= NEAREST


def positive(x, *_):
    return x >= NEAREST


OPERATIONS = (  # what is often made from others comes after them, so that those are blamed first
    Operation("{} + {}", "__add__", lambda x, y: x + y),
    Operation("{} * {}", "__mul__", lambda x, y: x * y),
    Operation("{} ** 2", "__pow__", lambda x: x**2),
    Operation("{} ** -1", "__pow__", lambda x: x**-1, away_from_zero),
    Operation("-{}", "__neg__", lambda x: -x),
    named("exp", math.exp),
    named("log", math.log, positive),
    named("sqrt", math.sqrt, positive),
    named("sin", math.sin),
    named("cos", math.cos),
    named("tanh", math.tanh),
    named("sigmoid", lambda x: 1 / (1 + math.exp(-x))),
    named("relu", lambda x: max(x, 0.0), away_from_zero),
    Operation("{} - {}", "__sub__", lambda x, y: x - y),
    Operation("{} / {}", "__truediv__", lambda x, y: x / y, away_from_zero),
    Operation("{} ** {}", "__pow__", lambda x, y: x**y, positive),
    Operation("{} + 2", "__add__", lambda x: x + 2),
    Operation("{} * 2", "__mul__", lambda x: x * 2),
    Operation("{} - 2", "__sub__", lambda x: x - 2),
    Operation("{} / 2", "__truediv__", lambda x: x / 2),
    Operation("2 + {}", "__radd__", lambda x: 2 + x),
    Operation("2 * {}", "__rmul__", lambda x: 2 * x),
    Operation("2 - {}", "__rsub__", lambda x: 2 - x),
    Operation("2 / {}", "__rtruediv__", lambda x: 2 / x, away_from_zero),
    Operation("2 ** {}", "__rpow__", lambda x: 2**x),
)


def symbols(operations):
    """The operations as `+ * exp`, each symbol once."""
    found = [re.search(r"[a-z]+|^-{}|[-+*/]+", each.text)[0] for each in operations]
    return " ".join(dict.fromkeys(found)).replace("{}", "x")


def lacking(operations):
    """What a class has not got: whole operations by symbol, and ways to use one spelt out."""
    methods = {each.method.replace("__r", "__") for each in operations}
    absent = [each for each in OPERATIONS if each.method.replace("__r", "__") not in methods]
    ways = [each.text.replace("{}", "x", 1).replace("{}", "y") for each in OPERATIONS
            if each not in operations and each not in absent]
    return "; ".join(filter(None, [symbols(absent), ", ".join(ways)]))


def written(expression):
    """`b = a + a; c = b + b`: one result after the other, each with the next letter."""
    leaves, steps = expression
    return "; ".join(f"{name} = {operation.text.format(*(NAMES[place] for place in places))}"
                     for name, (operation, places) in zip(NAMES[leaves:], steps, strict=False))


def on_numbers(expression, numbers):
    """All numbers of the expression. Raises ArithmeticError or ValueError outside its domain."""
    row = list(numbers)
    for operation, places in expression[1]:
        operands = [row[place] for place in places]
        if not operation.domain(*operands):
            raise ValueError("too near to a pole or a kink, or beyond it")
        row.append(operation.on_numbers(*operands))
        if abs(row[-1]) > LARGEST:
            raise OverflowError("too large")
    return row


def candidates(operations, expressions):
    """Pairs of an expression and numbers for its leaves, the small expressions first."""
    few = [each for each in operations if each.text in ("{} + {}", "{} * {}")]
    for length, chosen in (1, operations), (2, operations), (3, few):
        for leaves in 1, 2:
            for expression in all_of(chosen, length, leaves):
                for point in POINTS:
                    yield expression, point[:leaves]
    rng = Random(0)
    for _ in range(expressions):
        expression = made_up(rng, operations)
        yield expression, tuple(rng.choice(rng.choice(POINTS)) for _ in range(expression[0]))


def all_of(operations, length, leaves):
    """Every expression of this length in which each value is used, and a is used before b."""
    def choices(i):
        return [(each, places) for each in operations
                for places in product(range(leaves + i), repeat=each.text.count("{}"))]

    for steps in product(*map(choices, range(length))):
        used = [place for _, places in steps for place in places]
        firsts = [place for place in dict.fromkeys(used) if place < leaves]
        if len({*used}) == leaves + length - 1 and firsts == sorted(firsts):
            yield leaves, steps


def made_up(rng, operations):
    leaves, steps = rng.choice((1, 2, 3)), []
    for i in range(rng.choice(range(3, LONGEST + 1))):
        operation = rng.choice(operations)
        latest = leaves + i - 1
        places = [rng.choice((latest, rng.choice(range(leaves + i))))
                  for _ in range(operation.text.count("{}"))]
        steps.append((operation, tuple(places)))
    return needed(leaves, steps)[0]


def needed(leaves, steps):
    """The expression without what its last result does not need, and the places of its leaves."""
    kept = {leaves + len(steps) - 1}
    for i in reversed(range(len(steps))):
        if leaves + i in kept:
            kept.update(steps[i][1])
    place = {old: new for new, old in enumerate(sorted(kept))}
    first = [old for old in sorted(kept) if old < leaves]
    return (len(first), tuple((operation, tuple(place[each] for each in places))
                              for i, (operation, places) in enumerate(steps)
                              if leaves + i in kept)), first


def smaller_ones(expression, numbers):
    """The expression with a result left out in favour of an operand, or with other numbers."""
    leaves, steps = expression
    for i, (_, operands) in enumerate(steps):
        for operand in operands:
            rest = [(operation, tuple(operand if place == leaves + i else place
                                      for place in places)) for operation, places in steps]
            if i == len(steps) - 1:
                rest = steps[:max(1, operand - leaves + 1)]
            smaller, kept = needed(leaves, rest)
            if len(smaller[1]) < len(steps):
                yield smaller, tuple(numbers[place] for place in kept)
    if numbers != POINTS[0][:leaves]:
        yield expression, POINTS[0][:leaves]
