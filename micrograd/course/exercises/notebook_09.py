"""The checks of notebook 09: paths through a graph, and the bug that shows at shared values."""

from numbers import Real
from random import Random

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask,
    compare,
    exercise,
    hints_for,
    listed,
    near,
    pristine,
    require_function,
    shown,
)
from micrograd.graph import trace
from micrograd.numeric import numerical_gradient
from micrograd.steps.step_09 import Value


def numbers(rng, how_many):
    return tuple(rng.choice((-1, 1)) * rng.randint(11, 59) / 10 for _ in range(how_many))


A, B = -2.0, 3.0  # what is given


@exercise("9.m")
def paths_cancel(a, b):
    """Numbers for a and b, one of them changed, whose two paths to (a * b) * (a + b) cancel."""
    for number in (a, b):
        if not isinstance(number, Real) or not abs(number) < 1e9:
            raise Wrong(f"got {shown(number)}, expected a number, such as 7.0.")
    if (a, b) == (A, B):
        raise NotAttempted
    if a != A and b != B:
        raise Wrong(f"both numbers are changed. Leave a at {shown(A)}, or b at {shown(B)}.")
    product, total = b * (a + b), a * b
    if near(product, 0) and near(total, 0):
        raise Wrong("the gradient is 0, but because neither path contributes anything. Find a "
                    "number for which both do.")
    if not near(product, -total):
        raise Wrong(f"the path through d contributes {shown(product)}, the one through e "
                    f"{shown(total)}, so the gradient of a is {shown(product + total)}.")


@exercise("9.1")
def two_paths(function):
    """A function of a, b, c that lists what each path from a to L = (a*b + c) * a contributes."""
    compare_contributions(
        function, lambda a, b, c: [b * a, a * b + c], [numbers(Random(i), 3) for i in range(3)],
        [(lambda a, b, c: [b * a, a * b],
          "The last product multiplies a by the whole sum; you left out c."),
         (lambda a, b, c: [b * a, a],
          "The local derivative of a product is the other operand's value, not the own one."),
         (lambda a, b, c: [b * a, 1.0], "A product passes on the other operand's value, not 1."),
         (lambda a, b, c: [b * a, (a * b + c) * a],
          "That is L itself, not its local derivative with respect to a.")])


def one_wrong(i, wrong):
    """What the three paths of 9.2 give where the one numbered i is wrong."""
    def mistaken(a, b):
        v = a * b
        s = v + a
        paths = [b * v, v, b * s]
        paths[i] = wrong(a, b, v, s)
        return paths
    return mistaken


WRONG_FACTORS = [  # a path: 0 by v and the sum, 1 by the sum, 2 by v
    (0, lambda a, b, v, s: b,
     "The path by v and the sum ends in the last product, whose factor is v."),
    (0, lambda a, b, v, s: b * s,
     "The path by v and the sum ends with v, the other operand of the last product, not with the "
     "sum itself."),
    (0, lambda a, b, v, s: v,
     "The path by v and the sum begins with one more local derivative: dv/da is b."),
    (0, lambda a, b, v, s: a * v,
     "The path by v and the sum begins with dv/da, and that is b, not a."),
    (1, lambda a, b, v, s: 1.0,
     "The path by the sum alone goes on: the last product contributes a factor, v."),
    (1, lambda a, b, v, s: s,
     "The path by the sum alone has the factor v at the end, the other operand of the last "
     "product, not v + a itself."),
    (1, lambda a, b, v, s: a, "On the path by the sum alone, the sum contributes 1, not a."),
    (1, lambda a, b, v, s: a * v,
     "On the path by the sum alone, the first local derivative is 1, as for every sum, not a."),
    (2, lambda a, b, v, s: b,
     "The path by v alone ends in the last product, whose factor there is the sum, v + a."),
    (2, lambda a, b, v, s: b * v,
     "The path by v alone ends with v + a, the other operand of the last product, not with v."),
    (2, lambda a, b, v, s: s, "The path by v alone begins with dv/da, which is b."),
    (2, lambda a, b, v, s: a * s, "The path by v alone begins with dv/da: that is b, not a."),
]


@exercise("9.2", untested="b, which has two paths: list what they contribute as well")
def three_paths(function):
    """A function of a, b that lists what each path from a to f = (v + a) * v, v = a * b, gives."""
    compare_contributions(
        function, lambda a, b: [b * a * b, a * b, b * (a * b + a)],
        [numbers(Random(i), 2) for i in range(3)],
        [(lambda a, b: [b * a * b, b * (a * b + a)],
          "One path is missing: a is also an operand of the sum, with no product in between."),
         (lambda a, b: [b * a * b, a * b],
          "One path is missing: v is also an operand of the last product."),
         (lambda a, b: [a * b, b * (a * b + a)],
          "One path is missing: v is also an operand of the sum."),
         (lambda a, b: [a * b, a * b, a * b + a],
          "The paths through v begin with one more local derivative, dv/da."),
         (lambda a, b: [b * (a * b + a), b * (a * b + a), a * b + a],
          "A product passes on the other operand's value: v to the sum, and the sum to v."),
         (lambda a, b: [b, 1.0, b * (a * b + a)],
          "Both paths through the sum go on into the last product, with the factor v."),
         (lambda a, b: [b * a * b + a * b, b * (a * b + a)],
          "Two paths are added up in one number: give each of the three its own."),
         (lambda a, b: [2 * b * a * b, a * b],
          "Two paths lead through v, and you took them for equal. Give each its own number: the "
          "one by v alone ends with v + a, not with v."),
         (lambda a, b: [b * a * b, a * b, b * a * b, b * a],
          "One path is split in two: the one by v alone has the factor v + a. Leave it together."),
         (lambda a, b: [2 * b * a * b + 2 * a * b],
          "That is the sum of all the paths. Give each its own number."),
         *((one_wrong(i, wrong), why) for i, wrong, why in WRONG_FACTORS)],
        "Follow each arrow from a up to f, and multiply the local derivatives on the way.")


def compare_contributions(function, expected, inputs, mistakes, hint=""):
    """Compare lists of numbers, in whatever order the learner's function gives them."""
    answers = {x: contributions(function, x) for x in inputs}
    compare(lambda *x: answers[x], lambda *x: in_any_order(expected(*x), answers[x]), inputs,
            [(lambda *x, f=f: in_any_order(f(*x), answers[x]), why) for f, why in mistakes],
            hint or "Multiply the local derivatives along each path.")


def in_any_order(numbers, answer):
    """The answer itself if it holds these numbers in some order, else the numbers."""
    return answer if near(sorted(answer), sorted(numbers)) else numbers


def contributions(function, x):
    answer = ask(function, *x)
    if isinstance(answer, Real):
        raise Wrong(f"for {listed(x)} got one number, {shown(answer)}. Give a list with the "
                    f"contribution of each path, before they are added up.")
    if not isinstance(answer, list | tuple):
        raise Wrong(f"for {listed(x)} got {shown(answer)}, expected a list of numbers.")
    if any(part is ... or part is None for part in answer):
        raise NotAttempted
    if not all(isinstance(part, Real) for part in answer):
        raise Wrong(f"for {listed(x)} got {shown(answer)}, expected a list of plain numbers.")
    return answer


@exercise("9.3", untested="how many operations yours has: with fewer than two it cannot be done")
def only_inside(function):
    """A function of values a, b, each used once, that the engine of notebook 8 gets wrong."""
    Overwriting = pristine("step_08")  # the notebook changes the methods of the one it imports
    for x in [numbers(Random(i), 2) for i in range(5)]:
        a, b = Overwriting(x[0], label="a"), Overwriting(x[1], label="b")
        root = ask(function, a, b)
        if not isinstance(root, Overwriting):
            if hasattr(root, "_prev"):
                raise Wrong(OTHER_LEAF)
            raise Wrong(f"for a, b = {listed(x)} got {shown(root)}, expected a value. Give back "
                        f"the root of the expression; its backward pass is run by the check.")
        require_single_uses(root, a, b)
        root.backward()
        got = [a.grad, b.grad]
        expected = list(numerical_gradient(lambda *v: ask(function, *v), Overwriting(x[0]),
                                           Overwriting(x[1])))
        if any(abs(g - e) > 1e-5 * max(1, abs(e)) for g, e in zip(got, expected, strict=True)):
            return
    raise Wrong(f"for a, b = {listed(x)} the engine of notebook 8 got {shown(got)}, and that is "
                f"right. {hint_for(root)}")


OTHER_LEAF = "the expression has another leaf than a and b. Make it of these two alone."


def require_single_uses(root, a, b):
    values, edges = trace(root)
    if any(not value._prev and value not in (a, b) for value in values):
        raise Wrong(OTHER_LEAF)
    for name, leaf in (("a", a), ("b", b)):
        uses = sum(operand is leaf for operand, _ in edges)
        if uses == 0 and leaf is not root:  # where it is the root, the other leaf is missing
            raise Wrong(f"{name} is used 0 times, expected once. Let {name} into the expression "
                        f"as well, for example with `+ {name}`.")
        if uses > 1:
            raise Wrong(f"{name} is used {uses} times, expected once. Give the result of an "
                        f"operation a name, and use that instead.")


def hint_for(root):
    operands = [operand for operand, _ in trace(root)[1]]
    if len(set(operands)) == len(operands):
        return "Each value is used once here, so there is nothing to write over."
    return "A value is used twice, but what is written over does no harm here."


def chain_of_doublings(a, n):
    for _ in range(n):
        a = a + a
    return a


def random_sums(a, rng):
    values = [a, Value(1.0)]
    for _ in range(6):
        values.append(rng.choice(values) + rng.choice(values))
    return values[-1] + a


def graphs(rng):
    """A description, the leaf, the root, and the number of paths between them."""
    a, b = Value(2.0), Value(3.0)
    yield "a and the root a * b", a, a * b, 1
    yield "a and the root (a * b) * (a + b)", a, (a * b) * (a + b), 2
    yield "a and the root a + a", a, a + a, 2
    yield "a and the root b * b, where a does not occur", a, b * b, 0
    yield "b and the root a * a + b", b, a * a + b, 1
    v = a * b
    yield "a and the root (v + a) * v with v = a * b", a, (v + a) * v, 3
    yield "v, an inner value, and the root (v + a) * v", v, (v + a) * v, 2
    yield "a and the root tanh(a * b)", a, (a * b).tanh(), 1
    yield "a and the root tanh(a) + a", a, a.tanh() + a, 2
    n = rng.randint(4, 7)
    yield f"a and the end of {n} doublings", a, chain_of_doublings(a, n), 2**n
    for _ in range(3):
        a = Value(1.0)
        root = random_sums(a, rng)
        root.backward()  # each local derivative of a sum is 1, so the gradient counts the paths
        yield "a and the root of a random graph of sums", a, root, round(a.grad)
    yield "a and the root a", a, a, 1
    yield "v, an inner value, and the root v", v, v, 1


COUNTING = [  # how one counts where the value is not the root, and what to say if that is wrong
    (lambda value, root: sum(operand is value for operand, _ in trace(root)[1]),
     "Count on from every use: from `v` there are two arrows up, and each makes a path of its own. "
     "If your walk has a `seen` set, it goes through `v` only once; if you count the uses of "
     "`value`, go on from each of them up to the root."),
    (lambda value, root: count(value, root),
     "From a value to itself there is one path, of no arrows at all."),
    (lambda value, root: count(value, root, set),
     "The two arrows of a + a are two paths. Go through all operands in `_prev`, without a set."),
    (lambda value, root: everywhere(root),
     "That counts the paths from all leaves together. Only those from the one value count."),
    (lambda value, root: reached(value, root, lambda one: not one._prev),
     "A leaf other than `value` ends no path that began at `value`: give back 0 there."),
    (lambda value, root: reached(value, root, lambda one: one.data == value.data),
     "Another value with the same number is not the same value. Compare with `is`."),
    (lambda value, root: 0,
     "A count that never finds anything lacks its start: how many paths lead from a value to "
     "itself? (The root is the second argument.)"),
    (lambda value, root: int(value in trace(root)[0]),
     "That says whether there is a path at all. Add up the counts of all operands."),
]


def count(value, root, operands=tuple):
    if root is value:
        return 1
    return sum(count(value, operand, operands) for operand in operands(root._prev))


def reached(value, root, also):
    if root is value or also(root):
        return 1
    return sum(reached(value, operand, also) for operand in root._prev)


def everywhere(root):
    return sum(map(everywhere, root._prev)) if root._prev else 1


@exercise("9.4", untested="how long it takes: try thirty doublings")
def count_paths(function):
    """A function of a value and a root that says how many paths lead from the one to the other."""
    cases = list(graphs(Random(9)))
    answers = [counted(function, *case[:3]) for case in cases]
    for (text, *_, expected), got in zip(cases, answers, strict=True):
        if not near(got, expected):
            apart = [(answer, ends) for answer, (_, *ends, _) in zip(answers, cases, strict=True)
                     if ends[0] is not ends[1]]
            hints = hints_for(*zip(*apart, strict=True), COUNTING)
            hint = "A path to the root arrives through one of the root's operands."
            raise Wrong(f"for {text} got {shown(got)}, expected {expected}. {(*hints, hint)[0]}")


def counted(function, text, value, root):
    require_function(function)
    try:
        return ask(lambda *_: function(value, root))
    except Wrong as wrong:
        problem = str(wrong).removeprefix("for  ")
        if "RecursionError" in problem:
            problem = "it called itself without end. Each call must go on to an operand."
        elif "IndexError" in problem or "unpack" in problem:
            problem += (" A leaf has no operands, and an operation such as tanh has one: go "
                        "through all that are in `_prev`, with a loop.")
        raise Wrong(f"for {text} {problem}") from None
