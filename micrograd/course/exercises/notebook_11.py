"""The checks of notebook 11: new operations, each with its local derivatives."""

import random
from math import exp, log, sqrt

from micrograd.course.exercises import NotAttempted, exercise
from micrograd.course.exercises.values import (
    compare_values_and_gradients,
    one_operation,
    value_and_gradients,
)

source = random.Random(12)
POSITIVE = [(round(source.uniform(0.3, 6.0), 2),) for _ in range(4)]
ANY = [(round(source.uniform(-3.0, 3.0), 2),) for _ in range(5)]
PAIRS = [tuple(tuple(round(source.uniform(-3.0, 3.0), 2) for _ in range(n)) for _ in "ab")
         for n in (1, 2, 4)]
MOVED = "That moves the corner. Change the slope to the left of it."


@exercise("11.m")
def leaky_relu(answer):
    """answer: a function of a Value; gives a relu that has the slope 0.1 below 0, one operation."""
    inputs = [(-2.0,), (-0.5,), (-0.05,), (0.05,), (0.7,), (3.0,)]
    found = {x: value_and_gradients(answer, x) for x in inputs}
    if all(found[x] == (max(x[0], 0), [float(x[0] > 0)]) for x in inputs):
        raise NotAttempted
    one_operation(answer, inputs[0])
    compare_values_and_gradients(
        answer, lambda x: x if x > 0 else 0.1 * x, lambda x: [1.0 if x > 0 else 0.1], inputs,
        value_mistakes=[
            (lambda x: 0.1 * x if x > 0 else 0.0, "You changed the slope on the other side."),
            (lambda x: x if x > 0 else -0.1 * x, "The sign: below 0 the slope is 0.1, not -0.1."),
            (lambda x: x if x > 0.1 else 0.0, MOVED), (lambda x: x if x > -0.1 else 0.0, MOVED),
            (lambda x: x, "That lets all of it through, and a tenth is wanted."),
        ],
        value_hint="Where x is negative, the slope is a tenth, so the result is a tenth of x.",
        hint="Change `slope` itself, which serves for the result and for the local derivative.")


@exercise("11.1", untested="an operand of 0: what becomes of the slope there?")
def square_root(answer):
    """answer: a function of a Value; gives its square root, a Value made by one operation."""
    one_operation(answer, POSITIVE[0])
    compare_values_and_gradients(
        answer, sqrt, lambda x: [0.5 / sqrt(x)], POSITIVE,
        value_hint="The result is the square root of x.data.",
        mistakes=[
            (lambda x: [0.5 / x], "You divide by the input. The square root itself belongs there, "
                                  "and that is the output."),
            (lambda x: [1 / sqrt(x)], "The exponent 1/2 comes down as a factor; it is missing."),
            (lambda x: [0.5 * sqrt(x)], "The exponent goes down by one, to -1/2, so the square "
                                        "root belongs below the line."),
            (lambda x: [2 * sqrt(x)], "That is one over the right number: it says how fast the "
                                      "operand moves with the result. Turn it over."),
            (lambda x: [-0.5 / sqrt(x)], "The sign: a square root grows with its operand."),
            (lambda x: [sqrt(x)], "That is the value in place of the slope."),
        ],
        hint="Write the square root as x to the power of 1/2 and use the rule for powers.")


def slope(x):
    return 1 / (1 + exp(-x))


def softplus_of(x):
    return log(1 + exp(x))


@exercise("11.2", untested="operands so large that exp overflows: try 1000")
def softplus(answer):
    """answer: a function of a Value; gives log(1 + exp(x)), a Value made by one operation."""
    one_operation(answer, ANY[0])
    compare_values_and_gradients(
        answer, softplus_of, lambda x: [slope(x)], ANY,
        value_mistakes=[
            (lambda x: log(1 + exp(-x)), "The exponent is x, not -x."),
            (lambda x: 1 + exp(x), "The logarithm is missing."),
        ],
        value_hint="The result is math.log(1 + math.exp(x.data)).",
        mistakes=[
            (lambda x: [1 / (1 + exp(x))], "That is the derivative of the logarithm alone. What is "
                                           "inside moves as well: multiply by its derivative."),
            (lambda x: [exp(x)], "That is the derivative of the inside. The logarithm around it "
                                 "contributes a factor, one over the inside."),
            (lambda x: [slope(softplus_of(x))], "The formula is right, but you put in the output. "
                                                "It wants the input."),
            (lambda x: [softplus_of(x)], "That is the value in place of the slope."),
            (lambda x: [-slope(x)], "The sign: the result grows with its operand."),
            (lambda x: [slope(x) * (1 - slope(x))], "That is the derivative of the sigmoid. Here "
                                                    "the sigmoid itself is the derivative."),
        ],
        hint="Use the chain rule: one over the inside, times the derivative of the inside.")


def distance(a, b):
    return sum(d * d for d in differences(a, b))


def differences(a, b):
    return [x - y for x, y in zip(a, b, strict=True)]


def pattern(left, right):
    """Gradients where each difference d gives left * d for a and right * d for b."""
    return lambda a, b: [k * d for k in (left, right) for d in differences(a, b)]


@exercise("11.3")
def squared_distance(answer):
    """answer: a function of two lists of Values, of the same length; gives the sum of the squared
    differences, a Value made by one operation."""
    one_operation(answer, PAIRS[1])
    compare_values_and_gradients(
        answer, distance, pattern(2, -2), PAIRS,
        value_mistakes=[
            (lambda a, b: sum(differences(a, b)), "The differences are not squared."),
            (lambda a, b: distance(a, b) ** 0.5, "No square root: the sum of the squares itself."),
        ],
        value_hint="Square each difference, and add up the squares.",
        mistakes=[
            (pattern(2, 2), "The gradients for the second list have the wrong sign: b stands "
                            "behind a minus, and its inner derivative is -1."),
            (pattern(1, -1), "The exponent 2 comes down as a factor, and it is missing."),
            (pattern(-2, 2), "All signs are turned round: where a is above b and grows, the "
                             "distance grows."),
            (pattern(2, 0), "Nothing comes back to the second list. It moves the result as well."),
        ],
        hint="For each a it is 2 (a - b), for each b the negative of that. Each local derivative "
             "stands at the place of its operand.")
