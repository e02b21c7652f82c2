"""The checks of notebook 14: arrays, broadcasting, and its way back."""

from functools import partial

import numpy as np

from micrograd.array import Array, binary
from micrograd.course.exercises import NotAttempted, Wrong, exercise, hints_for, require_function

RNG = np.random.default_rng(14)


def draw(*shape):
    return RNG.uniform(-2, 2, shape).round(2)


UPSTREAM = [draw(*shape) for shape in ((2, 3), (3, 4), (5, 2), (1, 4))]
SCALES = [(draw(n, m), draw(m), draw(n, m)) for n, m in ((2, 2), (4, 3), (1, 5), (3, 1))]
PAIRS = [(draw(2, 3), draw(2, 3)), (draw(3, 4), draw(4)), (draw(3, 2), draw(3, 1)),
         (draw(4), draw(2, 4))]


GIVEN = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [10.0, 20.0]


@exercise("14.m")
def used_twice(matrix, bias):
    """matrix, bias: the Arrays of shapes (3, 2) and (2,), of which one is changed so that every
    number of the bias gets the gradient 2 from the sum of matrix + bias."""
    for name, each in (("small", matrix), ("bias", bias)):
        if not isinstance(each, Array):
            raise Wrong(f"`{name}` is {brief(each)}, expected an Array.")
    changed = [not np.array_equal(each.data, given)
               for each, given in zip((matrix, bias), GIVEN, strict=True)]
    if not any(changed):
        raise NotAttempted
    if all(changed):
        raise Wrong("both arrays are changed, and one is enough. Set the other back.")
    gradient = gradient_of_bias(Array(matrix.data), Array(bias.data))
    if not np.all(gradient == 2):
        why = {1: "Nothing is used more than once: here nothing is broadcast.",
               3: "Other numbers change nothing: each is still used in three rows.",
               6: "One number for the whole matrix is used in each of its places."}
        found = gradient.ravel()[0] if gradient.size else None
        raise Wrong(f"the gradient of the bias is {brief(gradient)}. "
                    f"{why.get(found, 'Count the places where each number of the bias is used.')}")


def gradient_of_bias(matrix, bias):
    try:
        (matrix + bias).sum().backward()
    except ValueError as error:
        raise Wrong(f"{error}.") from None
    return np.asarray(bias.grad)


@exercise("14.1")
def column(answer):
    """answer: a function of the upstream gradient, an array of n rows and m columns; gives the
    gradient of the column of n rows and 1 column that was added to each column."""
    compare_arrays(
        "the gradient", partial(run, answer, hints=FIXED), lambda g: g.sum(axis=1, keepdims=True),
        [(g,) for g in UPSTREAM],
        [(lambda g: g.sum(axis=1), "The numbers are right, the shape is not. The operand is a "
                                   "column, and its gradient must be one: keepdims=True."),
         (lambda g: g.sum(axis=0), "You add up over the rows. The column was spread over the "
                                   "columns, so its uses lie side by side in a row."),
         (lambda g: g.sum(axis=0, keepdims=True), "You add up over the rows. The column was used "
                                                  "once in each column: add up along each row."),
         (lambda g: g, "That is the upstream gradient itself. Each number of the column was used "
                       "several times: add up its contributions."),
         (lambda g: g.mean(axis=1, keepdims=True), "That is the average. Contributions of several "
                                                   "uses add up."),
         (lambda g: g.sum(), "That adds up everything. Each number of the column has a gradient "
                             "of its own.")],
        "Number i of the column was used in each place of row i.")


@exercise("14.2")
def scale(answer):
    """answer: a function of a matrix a, a row s and the upstream gradient g; gives a * s, the
    gradient of a, and that of s."""
    three = [run(answer, *inputs) for inputs in SCALES]
    for result in three:
        if not isinstance(result, list | tuple) or len(result) != 3:
            raise Wrong(f"got {brief(result)}, expected three arrays: result, gradient of a, "
                        f"gradient of s.")
        if any(part is ... or part is None for part in result):
            raise NotAttempted
    values, of_a, of_s = zip(*three, strict=True)
    compare_arrays("the result", given(values), lambda a, s, g: a * s, SCALES, [], "It is a * s.")
    compare_arrays(
        "the gradient of a", given(of_a), lambda a, s, g: g * s, SCALES,
        [(lambda a, s, g: g * a, "In a product, the local derivative is the other operand."),
         (lambda a, s, g: g, "The local derivative is missing: the other operand."),
         (lambda a, s, g: s + 0 * a, "The upstream gradient is missing."),
         (lambda a, s, g: (g * s).sum(axis=0), "Nothing is to be added up here: each number of a "
                                               "was used once.")],
        "Upstream gradient times the other operand.")
    compare_arrays(
        "the gradient of s", given(of_s), lambda a, s, g: (g * a).sum(axis=0), SCALES,
        [(lambda a, s, g: g * a, "The products are right, but each number of s was used in every "
                                 "row: add up over the rows."),
         (lambda a, s, g: g.sum(axis=0) * a.sum(axis=0),
          "First multiply, then add up. Each use brings its own product, and a sum of products is "
          "not the product of the sums."),
         (lambda a, s, g: (g * a).mean(axis=0), "That is the average. Contributions add up."),
         (lambda a, s, g: (g * a).sum(), "That adds up everything. Each number of s has a gradient "
                                         "of its own."),
         (lambda a, s, g: (g * a).sum(axis=1), "You add up along the rows. s is a row, used once "
                                               "in every row of a: add up over the rows, axis 0."),
         (lambda a, s, g: g.sum(axis=0), "The local derivative is missing: multiply by a first."),
         (lambda a, s, g: a.sum(axis=0), "The upstream gradient is missing."),
         (lambda a, s, g: (g * s).sum(axis=0), "In a product, the local derivative is the *other* "
                                               "operand. Here that is a."),
         (lambda a, s, g: (g * a).sum(axis=0, keepdims=True),
          "The numbers are right, the shape is not: s has one axis, so its gradient has, too.")],
        "Multiply the upstream gradient by a, number by number, and add up over the rows.")


@exercise("14.3", untested="places where a and b are equal: what should each of them get?")
def larger(answer):
    """answer: a function of two NumPy arrays that gives the larger one in each place, and the two
    rules: functions from the upstream gradient to the gradients of a and of b."""
    for a, b in PAIRS:
        parts = run(answer, a, b, hints=STOPS)
        if not isinstance(parts, list | tuple) or len(parts) != 3:
            raise Wrong(f"got {brief(parts)}, expected three things: the result, the rule for a, "
                        f"and the rule for b.")
        if any(part is ... or part is None for part in parts):
            raise NotAttempted
        if not all(map(callable, parts[1:])):
            raise Wrong("the rules must be functions of the upstream gradient: lambda g: ...")
        g = np.ones(np.broadcast_shapes(a.shape, b.shape))
        for rule in parts[1:]:
            run(rule, g)
    compare_arrays("the result", lambda a, b: run(answer, a, b)[0], np.maximum, PAIRS,
                   [(np.minimum, "That is the smaller one.")], "np.maximum(a, b) would do.")
    for i, name in enumerate("ab"):
        compare_arrays(f"the gradient of {name}", lambda a, b, i=i: back(answer, a, b)[i],
                       lambda a, b, i=i: back(right, a, b)[i], PAIRS,
                       [(lambda a, b, f=f, i=i: back(f, a, b)[i], hint) for f, hint in SLIPS],
                       "Where an operand is the larger one, it gets the upstream gradient, "
                       "elsewhere 0.")


STOPS = (
    ("only integer scalar arrays", "`np.max` looks for the largest number of one array. "
                                   "`np.maximum` compares two, place by place."),
    ("name 'g' is not defined", "The rules must be functions of the upstream gradient: "
                                "lambda g: ..."),
)


def with_rules(rule_a, rule_b):
    return lambda a, b: (np.maximum(a, b), lambda g: rule_a(g, a, b), lambda g: rule_b(g, a, b))


right = with_rules(lambda g, a, b: g * (a > b), lambda g, a, b: g * (a < b))
SLIPS = [
    (with_rules(lambda g, a, b: 1.0 * (a > b), lambda g, a, b: 1.0 * (a < b)),
     "The local derivative is right. Multiply it by the upstream gradient."),
    (with_rules(lambda g, a, b: g * (a < b), lambda g, a, b: g * (a > b)),
     "It gets its gradient in the places where the other operand is the larger one."),
    (with_rules(lambda g, a, b: g + 0 * a, lambda g, a, b: g + 0 * b),
     "It gets the upstream gradient everywhere. Where it is the smaller one, the result does not "
     "move with it."),
    (with_rules(lambda g, a, b: 0 * g, lambda g, a, b: 0 * g), "It gets nothing anywhere."),
    (with_rules(lambda g, a, b: g * a, lambda g, a, b: g * b),
     "The operand itself is not the local derivative. That is 1 or 0."),
    (with_rules(lambda g, a, b: g * b, lambda g, a, b: g * a),
     "That is the rule of the product. Here the local derivative is 1 or 0."),
    (with_rules(lambda g, a, b: g * np.maximum(a, b), lambda g, a, b: g * np.maximum(a, b)),
     "The result is not the local derivative. That is 1 or 0."),
    (with_rules(lambda g, a, b: g * (a > 0), lambda g, a, b: g * (b > 0)),
     "That compares with 0, as relu does. Compare with the other operand."),
]


def back(answer, a, b):
    """The gradients of a weighted sum of the result, after the way back through broadcasting."""
    maximum, _ = binary("max", answer)
    left, right = Array(a), Array(b)
    weights = np.linspace(0.5, 1.5, np.broadcast(a, b).size)
    try:
        out = maximum(left, right)
        (out * weights.reshape(out.data.shape)).sum().backward()
    except Exception as error:
        raise Wrong(f"with {shapes(a, b)} backward() stopped with {type(error).__name__}: "
                    f"{error}.") from None
    return left.grad, right.grad


def run(function, *arrays, hints=()):
    """What the learner's function makes of copies of the arrays.

    hints: pairs of a piece of an error message and the hint for it.
    """
    require_function(function)
    try:
        answer = function(*(array.copy() for array in arrays))
    except Exception as error:
        hint = next((f" {hint}" for piece, hint in (TRUTH, *hints) if piece in str(error)), "")
        raise Wrong(f"with {shapes(*arrays)} it stopped with {type(error).__name__}: {error}."
                    f"{hint}") from None
    if answer is ... or answer is None:
        raise NotAttempted
    return answer


FIXED = [("cannot reshape", "The shape in the exercise is an example: the column has as many rows "
                            "as `g`.")]
TRUTH = ("truth value",
         "An `if` asks once. Here each place decides for itself: a > b is an array.")


def given(answers):
    """A function that gives the answers in turn."""
    answers = iter(answers)
    return lambda *_: next(answers)


def compare_arrays(what, function, expected, cases, mistakes, hint):
    """As `compare`, for arrays: shape and numbers must agree."""
    answers = [as_array(what, function(*inputs)) for inputs in cases]
    for inputs, got in zip(cases, answers, strict=True):
        wanted = expected(*inputs)
        if not same(got, wanted):
            hints = hints_for(answers, cases, mistakes, agree=same)
            raise Wrong(f"{what}, with {shapes(*inputs)}: got {brief(got)}, expected "
                        f"{brief(wanted)}. {(*hints, hint)[0]}")


def same(got, expected):
    return np.shape(got) == np.shape(expected) and np.allclose(got, expected)


def as_array(what, x):
    try:
        return np.asarray(x, dtype=float)
    except (TypeError, ValueError):
        raise Wrong(f"{what}: got {brief(x)}, expected a NumPy array.") from None


def shapes(*arrays):
    names = [str(a.shape) for a in arrays]
    if len(names) == 1:
        return f"the array {brief(arrays[0])}"
    return f"arrays of shapes {', '.join(names[:-1])} and {names[-1]}"


def brief(x):
    """A small array in one line, a larger one by its shape, anything else as it shows itself."""
    if isinstance(x, np.ndarray | np.generic):
        if x.size > 6:
            return f"{x.ravel()[0]:.4g}, ... of shape {x.shape}"
        numbers = np.array2string(x, separator=", ", precision=4, floatmode="maxprec_equal")
        return " ".join(numbers.split()).replace("[ ", "[")
    return " ".join(f"{x!r}".split())[:60]
