"""The checks of notebook 13: descent, losses, and batches in parts."""

import random
from math import exp, log
from numbers import Real

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask,
    compare,
    exercise,
    listed,
    near,
    require_function,
    shown,
)
from micrograd.course.exercises.values import (
    compare_values_and_gradients,
    noting_passes,
    two_places,
)
from micrograd.engine import Value
from micrograd.graph import trace
from micrograd.nn import MLP

draw = two_places(13)
DESCENTS = [(draw(-5, 5), draw(0.05, 0.4), steps) for steps in (1, 2, 3, 5)]
SCORES = [(label, draw(-3, 3)) for label in (1.0, -1.0) * 3]
NEAR = [(place, tuple(draw(-2, 2) for _ in range(count)))
        for place, count in ((0, 3), (2, 3), (1, 2), (3, 5))]
FAR = [(0, (1000.0, 0.0, -1000.0)), (2, (1000.0, 0.0, -1000.0)), (1, (-1000.0, -1001.0, -1002.0)),
       (1, (4000.0, 4001.0))]


def walk(step):
    """Where a descent ends, each step of which is step(p, gradient, sum of gradients, rate)."""
    def descend(start, rate, steps):
        p, so_far = start, 0.0
        for _ in range(steps):
            gradient = 2 * (p - 3)
            so_far += gradient
            p = step(p, gradient, so_far, rate)
        return p
    return descend


@exercise("13.m")
def at_the_bottom(answer):
    """answer: a function of a start; gives the list of the places of a descent on p**2. The second
    of them is to be 0."""
    got = {start: first_two(answer, start) for start, in STARTS}
    compare(lambda start: got[start], lambda start: [start, 0.0], STARTS, [
        (lambda start: [start, start], "It has not moved. A larger step leads further."),
        (lambda start: [start, -start], "It is on the other side, as high up as before: that step "
                                        "was twice as long as it should be."),
        (lambda start: [0.0, 0.0], "It begins at the bottom. Let it begin where it is told to, "
                                   "and change how long the step is."),
        (lambda start: [start, 1.2 * start], "It goes uphill. Leave the minus, and change how "
                                             "long the step is.")],
        "Where should the gradient times the learning rate lead, from p?")


STARTS = [(1.0,), (-3.0,), (0.7,)]


def first_two(answer, start):
    places = ask(answer, start)
    if not isinstance(places, list | tuple) or len(places) < 2:
        raise Wrong(f"expected the list of the places, got {shown(places)}. Change nothing but "
                    f"one number.")
    if near(places[1], 0.8 * start):
        if len(places) != 5:
            raise Wrong("the number of steps is another one, but each is as long as before.")
        raise NotAttempted
    return list(places[:2])


@exercise("13.1", untested="learning rates above 1: try 1.1")
def descend(answer):
    """answer: a function of start, learning_rate and steps; gives the number at which gradient
    descent on (p - 3)**2 arrives."""
    try:
        check_arrival(answer)
    except Wrong as wrong:
        first_step = str(wrong).startswith(f"for {listed(DESCENTS[0])} ")
        if "not Value" in str(wrong) and not first_step:  # a later step met what an earlier left
            raise Wrong(f"{wrong} p.data has become a Value. It must stay a number: compute it "
                        f"from p.data and p.grad.") from None
        raise


def check_arrival(answer):
    def number(*x):
        p = answer(*x)
        return p.data if isinstance(p, Value) else p
    compare(
        number if callable(answer) else answer,
        walk(lambda p, g, s, rate: p - rate * g), DESCENTS,
        [(lambda start, rate, steps: start - rate * 2 * (start - 3) * steps, BUILT_ONCE),
         (lambda start, rate, steps: start - rate * (start - 3) * steps * (steps + 1), BUILT_ONCE),
         (walk(lambda p, g, s, rate: p - rate * s),
          "The gradients of earlier steps are still there, and the new one is added to them. Set "
          "the gradient to zero before each backward pass."),
         (walk(lambda p, g, s, rate: p + rate * g),
          "That goes uphill, away from 3. The gradient shows the way up."),
         (walk(lambda p, g, s, rate: p + rate * s),
          "That goes uphill, away from 3, and the gradients of earlier steps are still there."),
         (walk(lambda p, g, s, rate: p - g), "The learning rate is missing."),
         (walk(lambda p, g, s, rate: p - rate), "The gradient of p is missing: each step is as "
                                                "long as any other, and always goes to the left."),
         (walk(lambda p, g, s, rate: -rate * g), "That is the step alone. It starts from where p "
                                                 "stands: take it away from p.data."),
         (walk(lambda p, g, s, rate: p), "p has not moved. If you set the gradient to zero after "
                                         "backward(), the step finds 0. Set it to zero before "
                                         "backward().")],
        "One step is p.data minus the learning rate times p.grad.")
    with noting_passes(lambda root: len(trace(root)[0])) as sizes:
        number(*DESCENTS[-1])
    if len({*sizes}) > 1:
        raise Wrong(f"the number is right, but p is no leaf any more: the graph of the loss grows "
                    f"with each step, from {sizes[0]} values to {sizes[-1]}. Leave p as it is, and "
                    f"change the number in it, p.data.")


BUILT_ONCE = ("The loss is built once, before the loop, and its gradient stays that of the start. "
              "Build it anew in each step.")


@exercise("13.2", untested="scores so large that exp overflows: try the label -1 and the score "
                           "1000")
def logistic_loss(answer):
    """answer: a function of a label (1 or -1) and a score, a Value; gives the Value
    log(1 + exp(-label * score))."""
    compare_values_and_gradients(
        answer, lambda y, s: log(1 + exp(-y * s)), lambda y, s: [-y / (1 + exp(y * s))],
        SCORES, fixed=1,
        value_mistakes=[
            (lambda y, s: log(1 + exp(y * s)), "The loss grows as the score gets better: the sign "
                                               "in the exponent is turned round."),
            (lambda y, s: log(1 + exp(-s)), "That is right for the label 1 only. The label belongs "
                                            "into the exponent."),
            (lambda y, s: log(1 + exp(s)), "That is right for the label -1 only. The label belongs "
                                           "into the exponent, too."),
            (lambda y, s: 1 + exp(-y * s), "The logarithm is missing."),
            (lambda y, s: -y * s, "The 1 is missing: without it, log and exp undo each other."),
            (lambda y, s: 1 / (1 + exp(y * s)), "That stays between 0 and 1. The loss is the "
                                                "logarithm of what stands below the line."),
            (lambda y, s: -log(1 + exp(-y * s)), "The sign: this loss is never below 0."),
            (lambda y, s: max(0.0, 1 - y * s), "That is the hinge loss of the notebook."),
        ],
        value_hint="Multiply label and score, turn the sign, then exp, plus 1, log.",
        mistakes=[(lambda y, s: [0.0], "Nothing comes back to the score. Do not take its `data`: "
                                       "compute with the value, and its own exp() and log().")],
        hint="Build the loss from operations of the score itself. Each brings its own local "
             "derivative.")


@exercise("13.3")
def gradients_in_parts(answer):
    """answer: a function of a model and parts, a list of lists of pairs (inputs, label); gives the
    list of the gradients of the average hinge loss of all pairs, in the order of parameters()."""
    for sizes in ((4, 2), (3, 3), (1, 2, 4)):
        source = random.Random(sizes[0])
        model = MLP(2, [3, 1], activation="tanh", seed=source)
        points = iter([([source.uniform(-1, 1), source.uniform(-1, 1)], source.choice((1.0, -1.0)))
                       for _ in range(sum(sizes))])
        parts = [[next(points) for _ in range(size)] for size in sizes]
        check_parts(answer, model, parts, [source.uniform(-1, 1) for _ in model.parameters()])


def check_parts(answer, model, parts, old):
    """old: the gradients that an earlier step has left."""
    sums = [part_gradients(model, part) for part in parts]
    sizes, start = [len(part) for part in parts], [p.data for p in model.parameters()]
    for p, gradient in zip(model.parameters(), old, strict=True):
        p.grad = gradient
    require_function(answer)
    got = ask(lambda *_: answer(model, parts), sizes)
    got = got.tolist() if hasattr(got, "tolist") else got
    if not isinstance(got, list | tuple) or not all(isinstance(g, Real) for g in got):
        raise Wrong(f"got {shown(got):.60}, expected a list of gradients, each a number.")
    if len(got) != len(start):
        raise Wrong(f"got {len(got)} gradients, expected one for each of {len(start)} parameters.")
    if [p.data for p in model.parameters()] != start:
        raise Wrong("the function has moved the parameters. It should only find the gradients: "
                    "the step comes afterwards, once.")
    expected = weighted(sums, [1 / sum(sizes)] * len(sizes))
    if not near(got, expected):
        raise Wrong(f"with parts of {', '.join(map(str, sizes[:-1]))} and {sizes[-1]} points the "
                    f"gradients begin with {shown(got[0])}, expected {shown(expected[0])}. "
                    f"{why(got, sums, sizes, old)}")


def part_gradients(model, part):
    """The gradients of the sum of the part's losses."""
    model.zero_grad()
    sum((1 - label * model(x)).relu() for x, label in part).backward()
    return [p.grad for p in model.parameters()]


def weighted(sums, weights):
    return [sum(w * g for w, g in zip(weights, gradients, strict=True))
            for gradients in zip(*sums, strict=True)]


def why(got, sums, sizes, old):
    points, n = sum(sizes), len(sizes)
    right = weighted(sums, [1 / points] * n)
    if near(got, [2 * g for g in right]):
        return "It is twice what it should be. Does backward() run twice for the same part?"
    if near(got, weighted(sums, [(n - i) / points for i in range(n)])):
        return ("The first parts are in it several times. Where the losses are added up in the "
                "loop, backward() comes once, after it; else call it for each part's own loss.")
    ones, shares, averages = [1.0] * n, [1 / points] * n, [1 / size for size in sizes]
    averaged = [w / n for w in averages]
    for weights, hint in (
        (ones, "That is the gradient of the sum. Divide by the number of all points."),
        (averages, "You add up the averages of the parts. Each part should count by its share of "
                   "the points, len(part) of all."),
        (averaged, "That is the average of the parts' averages, in which a point of a small part "
                   "counts for more. A part should count by its share of the points."),
        ([w / points for w in averages],
         "An average has been divided by len(part) already. Multiply by that, before you divide "
         "by the number of all points."),
    ):
        if near(got, weighted(sums, weights)):
            return hint
    without_old = [g - o for g, o in zip(got, old, strict=True)]
    for weights in (ones, shares, averages, averaged):
        last = [0.0] * (n - 1) + weights[-1:]
        if near(got, weighted(sums, last)):
            return ("Only the last part is in it. Either the gradients are set to zero before each "
                    "part (once, before the first, is right), or backward() runs only once, after "
                    "the loop (each part needs its own).")
        if near(without_old, weighted(sums, weights)):
            return ("They contain the gradients that were there before. Set those to zero, once, "
                    "before the first part.")
    if near(got, old):
        return ("These are the gradients of the earlier step. Nothing has set them to zero, and "
                "nothing has run backward().")
    if not any(got):
        return "No gradient arrives: nothing has run backward() since they were set to zero."
    return ("Each point adds to the loss (1 - label * model(x)).relu(), divided by the number of "
            "all points.")


@exercise("13.4")
def softmax_loss(answer):
    """answer: a function of the place of the right score and the list of scores, Values; gives the
    Value -log(share of the right one) for the shares that softmax makes of them."""
    try:
        check_shares(answer)
    except Wrong as wrong:
        if "not supported between" in str(wrong):
            raise Wrong(f"{wrong} Values are not compared. Compare their `data`.") from None
        raise
    try:
        compare_values_and_gradients(answer, minus_log_share, share_minus_one, FAR, fixed=1)
    except Wrong as wrong:
        wrong = str(wrong).strip()
        raise Wrong(f"for small scores it is right, but {wrong} {why_far(wrong)}") from None


def check_shares(answer):
    compare_values_and_gradients(
        answer, minus_log_share, share_minus_one, NEAR, fixed=1,
        value_mistakes=[
            (lambda r, s: exp(-minus_log_share(r, s)),
             "That is the share itself, the softmax. The loss is minus its logarithm."),
            (lambda r, s: -minus_log_share(r, s),
             "The sign: a share is below 1, its logarithm below 0, and the loss above."),
            (lambda r, s: minus_log_share(r, s) + s[r],
             "That is the logarithm of the sum. The score of the right one is to be taken away."),
            (lambda r, s: minus_log_share(r, s) - max(s),
             "The largest score is taken away in the sum, but not from the right score."),
            (lambda r, s: minus_log_share(r, s) + max(s),
             "The largest score is taken away from the right score, but not in the sum."),
            (lambda r, s: minus_log_share(0, s), "Which score is the right one? You take the "
                                                 "first, whatever the place."),
            (lambda r, s: minus_log_share(r - 1, s), "The places count from 0, as in a list."),
            (lambda r, s: log(sum(exp(x) for i, x in enumerate(s) if i != r)) - s[r],
             "In the sum the right score counts as well."),
            (lambda r, s: 1 - exp(-minus_log_share(r, s)), "A logarithm is missing."),
            (lambda r, s: -s[r], "The sum of all the powers is missing."),
        ],
        value_hint="The share of one is its power of e, divided by the sum of all. The loss is "
                   "minus the log of that.",
        mistakes=[(lambda r, s: [0.0] * len(s), "Nothing comes back to the scores. Only the number "
                                                "that is subtracted from all may be `data`."),
                  (lambda r, s: [g + (i == r) for i, g in enumerate(share_minus_one(r, s))],
                   "Nothing comes back to the right score from where it stands alone. Do not take "
                   "its `data`."),
                  (lambda r, s: [-(i == r) for i in range(len(s))],
                   "Nothing comes back from the sum. Do not take the `data` of what is in it.")],
        hint="Build the loss from operations of the scores.")


def minus_log_share(right, scores):
    top = max(scores)
    return log(sum(exp(x - top) for x in scores)) + top - scores[right]


def share_minus_one(right, scores):
    return [exp(-minus_log_share(i, scores)) - (i == right) for i in range(len(scores))]


def why_far(wrong):
    if "exp of" in wrong:
        return "The shares stay the same if one number is subtracted from all scores."
    if "log of 0.0" in wrong:
        return ("So small a number is 0 for a float. Subtract the largest of the scores, and "
                "write the log of a quotient as a difference of two.")
    return "A number that is added to a share hides that it has become 0."
