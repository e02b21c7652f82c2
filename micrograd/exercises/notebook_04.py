"""Checks of notebook 04: nudges, and gradients on a graph by hand."""

from random import Random

from micrograd.exercises import Wrong, ask, compare, exercise, shown
from micrograd.exercises.notebook_01 import CURVES
from micrograd.numeric import numerical_gradient

RANDOM = Random(4)
OFF = 0.0, 1.0, -1.0, 0.05, -0.05  # by how much a claimed slope is off


@exercise("4.1", untested="a step of 0")
def central(answer):
    """answer: a function of a function f, a place x and a step h. Returns the central difference.
    """
    inputs = [(f, x, RANDOM.uniform(0.1, 0.9)) for f in CURVES for x in (1.5, -2.0)]
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
    ], "Divide how far f moves by how far x moves, from the left point to the right one.")


def moved(f, x, h):
    return f(x + h) - f(x - h)


@exercise("4.2", untested="the gradients of the leaves")
def last_operation(answer):
    """answer: a function of a, b and c. Returns dP/dP, dP/ds and dP/dt for P = s * t."""
    inputs = random_numbers(3)
    compare(answer, measured_on_the_graph, inputs, [
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


def measured_on_the_graph(a, b, c):
    return [1.0, *numerical_gradient(lambda s, t: s * t, a + b, a * c)]


@exercise("4.3", untested="slopes near a jump, where no small step tells anything")
def agrees(answer):
    """answer: a function of f, x and a claimed slope. Returns whether the slope is about that."""
    for f in CURVES:
        for x in (RANDOM.uniform(1, 3), RANDOM.uniform(-3, -1)):
            slope = numerical_gradient(f, x)[0]
            judged = {off: truth(answer, f, x, slope + off) for off in (*OFF, -2 * slope)}
            for off, said in judged.items():
                if said != (off == 0.0):
                    raise Wrong(f"for {f} at {shown(x)}, where the slope is {shown(slope)}, the "
                                f"claim {shown(slope + off)} got {said}. {why_misjudged(judged)}")


def truth(answer, *inputs):
    said = ask(answer, *inputs)
    if type(said).__name__ not in ("bool", "bool_"):  # Python's own, or NumPy's
        raise Wrong(f"got {shown(said)}, expected True or False. Compare with the tolerance.")
    return bool(said)


def why_misjudged(said):
    if all(said.values()):
        return "It believes every claim."
    if not any(said.values()):
        return ("It believes no claim, not even the right one. A measured slope is never quite "
                "equal to it: nudge both ways by a small step, and allow for the tolerance.")
    if not said[0.0] and said[1.0] and said[-1.0]:
        return "It says True where it should say False, and the other way round."
    if said[-1.0] != said[1.0]:
        return ("It notices an error in one direction only. A difference may be negative: "
                "take its size, with abs.")
    if said[0.0] and not said[1.0] and said[0.05]:
        return "It notices a large error, but not one of a twentieth. Use the tolerance given."
    if any(said[off] for off in said if off not in OFF):
        return "A slope and its negative are not the same: compare the slopes, not their sizes."
    return "Measure the slope, and see how far the claim is from it."


@exercise("4.4", untested="expressions in which a leaf is used more than twice")
def used_twice(answer):
    """answer: a function of x and b. Returns dy/dx and dy/db for y = (x + b) * x."""
    def y(x, b):
        return (x + b) * x

    compare(answer, lambda x, b: list(numerical_gradient(y, x, b)), random_numbers(2), [
        (lambda x, b: [x, x], "For dy/dx you followed x through the sum only. "
         "It is the right factor as well, and moves there too."),
        (lambda x, b: [x + b, x], "For dy/dx you pushed the right factor only. "
         "The x inside the sum is the same x, and moves too."),
        (lambda x, b: [2 * x + b, 1], "dy/db is 1 for the sum alone. The sum is then multiplied."),
        (lambda x, b: [2 * x + b, x + b],
         "dy/db is off: push b in ((x + (b + h)) * x - (x + b) * x) / h. What is left?"),
        (lambda x, b: [2 * x, x], "In dy/dx the b is lost. Multiply the brackets out once more."),
        (lambda x, b: [x * x + b * x, x], "The first is the value of y, not its gradient."),
        (lambda x, b: [x, 2 * x + b], "The two have changed places: dy/dx first, then dy/db."),
        (lambda x, b: [(x + b) * x, (x + b) * x], "Both are the value of y, not its gradients."),
        (lambda x, b: [1, 1], "Those are slopes of the sum alone. It is multiplied by x."),
    ], "Write x + h for every x, subtract y, divide by h, and let h become 0.")


def random_numbers(count):
    """Inputs for a function of `count` numbers, none of them near 0 or near another."""
    return [tuple(RANDOM.choice((-1, 1)) * RANDOM.uniform(k - 0.4, k + 0.4)
                  for k in range(1, 3 * count, 3))
            for _ in range(4)]
