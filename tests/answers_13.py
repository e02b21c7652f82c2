"""Answers to the exercises of notebook 13: right, wrong, and not begun."""

import math

from micrograd import Value


def descent(step, zero=True):
    def descend(start, learning_rate, steps):
        p = Value(start)
        for _ in range(steps):
            loss = (p - 3) ** 2
            if zero:
                p.grad = 0.0
            loss.backward()
            p.data = step(p, learning_rate)
        return p.data
    return descend


def with_gradient_of_loss(start, learning_rate, steps):
    p = Value(start)
    for _ in range(steps):
        loss = (p - 3) ** 2
        p.grad = 0.0
        loss.backward()
        p.data = p.data - learning_rate * loss.grad
    return p.data


def too_early(start, learning_rate, steps):
    p = Value(start)
    for _ in range(steps):
        ((p - 3) ** 2).backward()
        p.grad = 0.0
        p.data -= learning_rate * p.grad
    return p.data


def rebinding(start, learning_rate, steps):
    p = Value(start)
    for _ in range(steps):
        loss = (p - 3) ** 2
        loss.backward()
        p = p - learning_rate * p.grad
    return p.data


def built_once(zero):
    def descend(start, learning_rate, steps):
        p = Value(start)
        loss = (p - 3) ** 2
        for _ in range(steps):
            if zero:
                p.grad = 0.0
            loss.backward()
            p.data -= learning_rate * p.grad
        return p.data
    return descend


def zeroed_at_the_end(start, learning_rate, steps):
    p = Value(start)
    for _ in range(steps):
        ((p - 3) ** 2).backward()
        p.data -= learning_rate * p.grad
        p.grad = 0.0
    return p.data


def new_values(start, learning_rate, steps):
    p = Value(start)
    for _ in range(steps):
        loss = (p - 3) ** 2
        loss.backward()
        p = Value(p.data - learning_rate * p.grad)
    return p


def in_parts(divisor, zero_each=False, zero_first=True, backward=True):
    def gradients(model, parts):
        points = sum(map(len, parts))
        if zero_first:
            model.zero_grad()
        for part in parts:
            if zero_each:
                model.zero_grad()
            loss = sum((1 - y * model(x)).relu() for x, y in part) / divisor(points, part, parts)
            if backward:
                loss.backward()
        return [p.grad for p in model.parameters()]
    return gradients


def after_the_loop(model, parts):
    model.zero_grad()
    for part in parts:
        loss = average_loss(model, part)
    loss.backward()
    return [p.grad for p in model.parameters()]


def average_loss(model, part):
    return sum((1 - y * model(x)).relu() for x, y in part) / len(part)


def by_share(model, parts):
    points = sum(map(len, parts))
    model.zero_grad()
    for part in parts:
        (average_loss(model, part) * (len(part) / points)).backward()
    return [p.grad for p in model.parameters()]


def one_graph(model, parts):
    pairs = [pair for part in parts for pair in part]
    model.zero_grad()
    (sum((1 - y * model(x)).relu() for x, y in pairs) / len(pairs)).backward()
    return tuple(p.grad for p in model.parameters())


def twice(model, parts):
    points = sum(map(len, parts))
    model.zero_grad()
    for part in parts:
        loss = average_loss(model, part) * (len(part) / points)
        loss.backward()
        loss.backward()
    return [p.grad for p in model.parameters()]


def running_total(model, parts):
    points = sum(map(len, parts))
    model.zero_grad()
    total = 0.0
    for part in parts:
        total = total + average_loss(model, part) * (len(part) / points)
        total.backward()
    return [p.grad for p in model.parameters()]


def with_step(model, parts):
    gradients = one_graph(model, parts)
    for p in model.parameters():
        p.data -= 0.1 * p.grad
    return gradients


def by_points(points, part, parts):
    return points


def log_sum(scores):
    return sum(s.exp() for s in scores).log()


def with_largest_as_value(right, scores):
    top = max(scores, key=lambda s: s.data)
    return log_sum([s - top for s in scores]) - (scores[right] - top)


def shifted(right, scores, by=None):
    top = max(s.data for s in scores) if by is None else by
    return log_sum([s - top for s in scores]) + top - scores[right]


def share(right, scores, top=0.0):
    powers = [(s - top).exp() for s in scores]
    return powers[right] / sum(powers)


def log_of_share(right, scores, small=0.0):
    return -(share(right, scores, max(s.data for s in scores)) + small).log()


def descent_on_square(rate, slope=2.0, start=None, steps=4):
    def places(p):
        p = p if start is None else start
        found = [p]
        for _ in range(steps):
            p = p - rate * slope * p
            found.append(p)
        return found
    return places


RIGHT = {
    "13.m": [(descent_on_square(0.5),), (descent_on_square(0.1, 10),)],
    "13.1": [(descent(lambda p, rate: p.data - rate * p.grad),), (new_values,),
             (zeroed_at_the_end,),
             (lambda start, rate, steps: 3 + (start - 3) * (1 - 2 * rate) ** steps,)],
    "13.2": [(lambda label, score: (1 + (-label * score).exp()).log(),),
             (lambda y, s: -(y * s).sigmoid().log(),),
             (lambda y, s: (1 + 1 / (s * y).exp()).log(),)],
    "13.3": [(by_share,), (in_parts(by_points),), (one_graph,)],
    "13.4": [(shifted,), (with_largest_as_value,)],
}
WRONG = {
    "13.m": [
        ((descent_on_square(1.0),), "twice as long as it should be"),
        ((descent_on_square(0.0),), "has not moved"),
        ((descent_on_square(-0.1),), "Leave the minus"),
        ((descent_on_square(0.1, start=0.0),), "begins at the bottom"),
        ((descent_on_square(0.1, steps=40),), "the number of steps"),
        ((descent_on_square(0.25),), "Where should the gradient"),
        ((lambda p: p,), "expected the list of the places"),
        ((lambda p: [p],), "got [1]"),
    ],
    "13.1": [
        ((descent(lambda p, rate: p.data - rate * p.grad, zero=False),), "earlier steps are still"),
        ((descent(lambda p, rate: p.data + rate * p.grad),), "The gradient shows the way up"),
        ((descent(lambda p, rate: p.data + rate * p.grad, zero=False),), "away from 3, and the"),
        ((descent(lambda p, rate: p.data - p.grad),), "The learning rate is missing"),
        ((with_gradient_of_loss,), "The gradient of p is missing"),
        ((descent(lambda p, rate: p - rate * p.grad),), "p.data has become a Value"),
        ((lambda start, rate, steps: math.exp(Value(start)),), "must be real number, not Value."),
        ((descent(lambda p, rate: -rate * p.grad),), "That is the step alone"),
        ((rebinding,), "p is no leaf any more"),
        ((built_once(True),), "Build it anew in each step"),
        ((too_early,), "Set it to zero before backward()"),
        ((lambda start, rate, steps: 3.0,), "One step is"),
    ],
    "13.2": [
        ((lambda y, s: (1 + (y * s).exp()).log(),), "turned round"),
        ((lambda y, s: (1 + (-s).exp()).log(),), "the label 1 only"),
        ((lambda y, s: (1 + s.exp()).log(),), "the label -1 only"),
        ((lambda y, s: 1 + (-y * s).exp(),), "The logarithm is missing"),
        ((lambda y, s: (-y * s).exp().log(),), "The 1 is missing"),
        ((lambda y, s: (-y * s).sigmoid(),), "stays between 0 and 1"),
        ((lambda y, s: (y * s).sigmoid().log(),), "never below 0"),
        ((lambda y, s: (1 - y * s).relu(),), "hinge loss"),
        ((lambda y, s: (y - s) ** 2,), "Multiply label and score"),
        ((lambda y, s: Value(math.log(1 + math.exp(-y * s.data))),), "Do not take its `data`"),
        ((lambda y, s: math.log(1 + math.exp(-y * s.data)),), "expected a Value"),
        ((lambda y, s: math.log(1 + math.exp(-y * s)),), "methods of its own"),
    ],
    "13.3": [
        ((in_parts(lambda points, part, parts: 1),), "gradient of the sum"),
        ((in_parts(lambda points, part, parts: len(part)),), "You add up the averages"),
        ((in_parts(lambda points, part, parts: len(part) * len(parts)),), "a small part"),
        ((in_parts(lambda points, part, parts: len(part) * points),), "Multiply by that"),
        ((in_parts(by_points, zero_each=True),), "set to zero before each part"),
        ((after_the_loop,), "backward() runs only once, after the loop"),
        ((in_parts(by_points, zero_first=False),), "that were there before"),
        ((in_parts(by_points, backward=False),), "No gradient arrives"),
        ((lambda model, parts: [p.grad for p in model.parameters()],), "of the earlier step"),
        ((twice,), "Does backward() run twice"),
        ((running_total,), "The first parts are in it several times"),
        ((with_step,), "moved the parameters"),
        ((lambda model, parts: [0.5] * 13,), "Each point adds to the loss"),
        ((lambda model, parts: model.parameters(),), "each a number"),
        ((lambda model, parts: [0.5],), "got 1 gradients"),
    ],
    "13.4": [
        ((share,), "That is the share itself"),
        ((lambda r, s: share(r, s).log(),), "The sign: a share is below 1"),
        ((lambda r, s: log_sum(s),), "is to be taken away"),
        ((lambda r, s: shifted(r, s) - max(x.data for x in s),), "but not from the right score"),
        ((lambda r, s: shifted(r, s) + max(x.data for x in s),), "but not in the sum"),
        ((lambda r, s: shifted(0, s),), "You take the first"),
        ((lambda r, s: shifted(r - 1, s),), "count from 0"),
        ((lambda r, s: log_sum(s[:r] + s[r + 1:]) - s[r],), "the right score counts as well"),
        ((lambda r, s: 1 - share(r, s),), "A logarithm is missing"),
        ((lambda r, s: -s[r],), "The sum of all the powers"),
        ((lambda r, s: (1 - s[r]).relu(),), "divided by the sum of all"),
        ((lambda r, s: Value(shifted(r, s).data),), "Only the number that is subtracted"),
        ((lambda r, s: log_sum(s) - s[r].data,), "from where it stands alone"),
        ((lambda r, s: Value(log_sum(s).data) - s[r],), "Nothing comes back from the sum"),
        ((lambda r, s: shifted(r, s).data,), "expected a Value"),
        ((lambda r, s: log_sum([x - max(s) for x in s]),), "Compare their `data`"),
        ((lambda r, s: log_sum(s) - s[r],), "one number is subtracted from all scores"),
        ((lambda r, s: log_sum([x - s[r] for x in s]),), "for 2, [1000, 0, -1000] it stopped"),
        ((lambda r, s: shifted(r, s, by=700),), "Subtract the largest of the scores"),
        ((log_of_share,), "a difference of two"),
        ((lambda r, s: log_of_share(r, s, 1e-15),), "hides that it has become 0"),
    ],
}
OPEN = {
    "13.m": (descent_on_square(0.1),),
    "13.1": (descent(lambda p, rate: ...),),
    "13.2": (lambda label, score: ...,),
    "13.3": (lambda model, parts: ...,),
    "13.4": (lambda right, scores: ...,),
}
