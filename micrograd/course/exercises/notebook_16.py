"""The checks of notebook 16: second derivatives."""

from numbers import Real

from micrograd.compile import compile
from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask,
    compare,
    exercise,
    near,
    require_function,
    shown,
)
from micrograd.course.exercises.values import build, noting_passes, two_places
from micrograd.engine import Value

draw = two_places(16)
PAIRS = [(draw(1.2, 3), draw(-3, -1.2)), (draw(-5, -3.2), draw(0.3, 0.9)),
         (draw(3.2, 5), draw(1, 3))]
STEPS = [(draw(-2, 2), sign * draw(3, 6), bend * draw(0.3, 2.5))
         for sign in (1, -1) for bend in (1, -1)]
DIRECTIONS = [(1.0, -2.0, 0.5), (0.0, 1.0, 0.0), (-0.75, 0.25, 3.0)]


@exercise("16.m")
def bends_at_two(answer):
    """answer: the function x**3 - 3 * x**2 of a Value, with one number changed so that its second
    derivative passes through 0 at 2."""
    before, here, after = (curvature(answer, x) for x in (1.9, 2.0, 2.1))
    if near([before, here, after], [5.4, 6.0, 6.6]):
        raise NotAttempted
    if not near(here, 0.0):
        raise Wrong(f"at 2 the curvature is {shown(here)}, expected 0. "
                    f"{bend_hint(before, here, after)}")
    if not before < 0 < after:
        raise Wrong(f"at 2 the curvature is 0, but it does not go there from below 0 to above: at "
                    f"1.9 it is {shown(before)}, at 2.1 {shown(after)}.")


def bend_hint(before, here, after):
    if near([before, here, after], [17.4, 18.0, 18.6]):
        return "Leave the minus."
    rise = (after - before) / 0.2
    if near(after - here, here - before) and rise > 0 and here / rise > 1:
        place = round(2 - here / rise, 3)
        return f"That has moved it to the other side: it is 0 at {shown(place)}."
    return "Take the second derivative on paper, and see where it is 0."


def curvature(f, x):
    root, leaves = build(f, (x,))
    slope = compile(root, leaves)(*leaves)[1][0]
    return compile(slope, leaves)(x)[1][0]


@exercise("16.1")
def table(answer):
    """answer: a function of two numbers; gives the two rows of the Hessian of a * b**2."""
    rows = {pair: rows_of(answer, pair) for pair in PAIRS}
    compare(lambda *pair: rows[pair], lambda a, b: [[0.0, 2 * b], [2 * b, 2 * a]], PAIRS, [
        (lambda a, b: [[0.0, 2 * b], [2 * a, 2 * b]],
         "The first row is right. In the second the two have changed places: first comes how the "
         "gradient of b responds to a."),
        (lambda a, b: [[2 * b, 0.0], [2 * b, 2 * a]],
         "The second row is right. In the first the two have changed places."),
        (lambda a, b: [[2 * a, 2 * b], [2 * b, 0.0]],
         "The rows are in the wrong order: the first belongs to the gradient of a."),
        (lambda a, b: [[0.0, 2 * b], [2 * b, 2.0]],
         "In the last place the gradient 2 a b is differentiated with respect to b, and 2 a is "
         "left."),
        (lambda a, b: [[0.0, b], [b, 2 * a]], "The derivative of b squared is 2 b."),
        (lambda a, b: [[0.0, 2 * b], [2 * b, a]], "The gradient of b is 2 a b. Its 2 is lost."),
        (lambda a, b: [[1.0, 2 * b], [2 * b, 2 * a]],
         "The gradient of a is b squared. a does not come into it, so it responds by 0."),
        (lambda a, b: [[b * b, 2 * b], [2 * b, 2 * a]],
         "In the first place is the gradient of a itself. How does it respond to a?"),
        (lambda a, b: [[b * b, 2 * a * b], [b * b, 2 * a * b]],
         "Those are the gradients. Each of them is differentiated once more."),
        (lambda a, b: [[0.0, 0.0], [0.0, 2 * a]],
         "The gradient of a is b squared, and it responds to b. So does that of b to a."),
    ], "The gradients are b squared and 2 a b. Each makes a row: its derivatives with respect to "
       "a, then b.")


def rows_of(answer, pair):
    rows = ask(answer, *pair)
    rows = rows.tolist() if hasattr(rows, "tolist") else rows
    if any(number is ... for row in rows if isinstance(row, list | tuple) for number in row):
        raise NotAttempted
    if not isinstance(rows, list | tuple) or not all(
            isinstance(row, list | tuple) and len(row) == 2 and all(
                isinstance(number, Real) for number in row) for row in rows) or len(rows) != 2:
        raise Wrong(f"got {shown(rows):.60}, expected two rows of two numbers, in brackets each.")
    return [list(row) for row in rows]


@exercise("16.2", untested="a curvature of 0, where the parabola is a straight line. How far would "
                           "you go there?")
def downhill(answer):
    """answer: a function of p, slope and curvature, all numbers; gives the place of a step as long
    as Newton's, against the slope."""
    compare(answer, lambda p, s, c: p - s / abs(c), STEPS, [
        (lambda p, s, c: p - s / c, "That is Newton's own step, which climbs if the curvature is "
                                    "negative."),
        (lambda p, s, c: p + s / c, "That climbs in a valley now, where the curvature is "
                                    "positive."),
        (lambda p, s, c: p + s / abs(c), "That goes uphill everywhere. The slope shows the way "
                                         "up."),
        (lambda p, s, c: p - abs(s / c), "That always goes to the left. Which way is down depends "
                                         "on the sign of the slope: keep it."),
        (lambda p, s, c: p - abs(s) / c, "You take away the sign of the slope, which says which "
                                         "way is down. The other sign is in the way."),
        (lambda p, s, c: p - s if c < 0 else p - s / c, "On a hill that step has another length "
                                                        "than Newton's."),
        (lambda p, s, c: p if c < 0 else p - s / c, "On a hill that does not move at all."),
        (lambda p, s, c: -s / abs(c), "That is the step alone. It starts from p."),
        (lambda p, s, c: p - s * abs(c), "You multiply by the curvature: the more a curve bends, "
                                         "the shorter should be the step."),
        (lambda p, s, c: p - c / s, "The slope belongs above the line."),
    ], "Newton's step is slope / curvature, and its sign is what has to be put right.")


def expression(a, b, c):
    return ((a * b + c).tanh() * b + a * c) * a


@exercise("16.3")
def one_pass(answer):
    """answer: a function of a root, its leaves and a direction, a number for each leaf; gives the
    list of the Hessian's rows, each times its number and added up, by one backward pass."""
    require_function(answer)
    for direction in DIRECTIONS:
        leaves = [Value(x) for x in (0.5, -1.5, 0.25)]
        check_direction(answer, expression(*leaves), leaves, direction)


def check_direction(answer, root, leaves, direction):
    rows = hessian(root, leaves)
    expected, old = mixed(rows, direction), [0.25, 3.0, -1.0]
    for leaf, grad in zip(leaves, old, strict=True):  # as earlier passes may have left them
        leaf.grad = grad
    with noting_passes(lambda root: root) as passes:
        got = ask(lambda *_: answer(root, leaves, list(direction)), direction)
    got = got.tolist() if hasattr(got, "tolist") else got
    if not isinstance(got, list | tuple) or len(got) != 3 or not all(
            isinstance(x, Real) for x in got):
        raise Wrong(f"got {shown(got):.60}, expected a list of three numbers, one per leaf.")
    if not near(got, expected):
        raise Wrong(f"for the direction {shown(direction)} got {shown(got)}, expected "
                    f"{shown(expected)}. {why(got, root, leaves, rows, direction, old)}")
    if len(passes) > 1:
        raise Wrong(f"the numbers are right, but it took {len(passes)} backward passes. Add up "
                    f"first, and walk back from the sum.")


def hessian(root, leaves):
    rows = []
    for gradient in compile(root, leaves)(*leaves)[1]:
        for leaf in leaves:
            leaf.grad = 0.0
        gradient.backward()
        rows.append([leaf.grad for leaf in leaves])
    return rows


def mixed(rows, direction):
    return [sum(row[i] * d for row, d in zip(rows, direction, strict=True))
            for i in range(len(rows))]


def why(got, root, leaves, rows, direction, old):
    first = [g.data for g in compile(root, leaves)(*leaves)[1]]
    without_old = [g - o for g, o in zip(got, old, strict=True)]
    ones = mixed(rows, [1.0] * 3)
    for found, hint in (
        (old, "Those are the old gradients of the leaves: nothing has walked back."),
        (first, "Those are the gradients of root. Walk back from their sum, not from root."),
        ([g * d for g, d in zip(first, direction, strict=True)],
         "Those are the gradients times the direction, before they are added up and "
         "differentiated."),
        (ones, "The direction does not come in: multiply each gradient by its number in it."),
        ([s * d for s, d in zip(ones, direction, strict=True)],
         "The direction comes in after the pass. Multiply before you add up."),
    ):
        if near(got, found):
            return hint
    if near(without_old, mixed(rows, direction)) or near(without_old, first):
        return "They contain the gradients that the leaves held before. Set those to zero first."
    if not any(got):
        return "Nothing has come back to the leaves. Keep the gradients as Values: no `data`."
    return "The sum is gradient times number for each pair of `gradients` and `direction`."
