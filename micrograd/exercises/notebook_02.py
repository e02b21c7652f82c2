"""Checks of notebook 02: operators are method calls."""

from random import Random

from micrograd.exercises import Wrong, ask, compare, exercise, near, shown
from micrograd.steps.step_02 import Value

RANDOM = Random(2)


class Written:
    """An operand that writes down how it was made: by an operator, or by calling its method."""

    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Written(f"({self!r} + {other!r})")

    def __mul__(self, other):
        return Written(f"({self!r} * {other!r})")

    def __getattribute__(self, name):
        if name in ("__add__", "__mul__"):
            return lambda other: Written(f"{self!r}.{name}({other!r})")
        return super().__getattribute__(name)

    def __repr__(self):
        return self.text


@exercise("2.1", untested="other expressions than this one")
def written_out(answer):
    """answer: a function of three values. Returns a + b * c, made by calls of their methods."""
    got = ask(answer, *map(Written, "abc"))
    right = "a.__add__(b.__mul__(c))"
    if not isinstance(got, Written):
        raise Wrong(f"expected the result of calls on a, b and c, got {shown(got)}. Return the "
                    f"calls themselves{', without quotes' if isinstance(got, str) else ''}.")
    hints = {
        "a.__add__(b).__mul__(c)": "That is (a + b) * c. Which of the two comes first here?",
        "b.__mul__(c).__add__(a)": "That is b * c + a. Here a stands to the left of the +, "
                                   "so it is a whose method is called.",
        "a.__add__(c.__mul__(b))": "That is a + c * b. Here b stands to the left of the *.",
        "a.__add__(b)": "The product is missing.",
        "a.__mul__(b.__add__(c))": "The two methods have changed places: that is a * (b + c).",
    }
    if " " in repr(got):
        raise Wrong(f"you wrote {got}, with an operator in it. Write its method's call instead.")
    if repr(got) != right:
        raise Wrong(f"you wrote {got!r:.60}. "
                    f"{hints.get(repr(got), 'The product is what has to be handed to __add__.')}")


@exercise("2.2", untested="numbers as operands, such as a - 1")
def subtract(answer):
    """answer: a function of two values, `__sub__`. Returns a new value, self minus other."""
    for x, y in random_pairs():
        a, b = Value(x), Value(y)
        got = ask_for(answer, (a, b), "`self - other` asks for the very method you are writing. "
                      "Subtract their numbers, which are in `.data`.")
        left_alone((a, b), (x, y))
        number = number_of(got, f"for {a} and {b}")
        if not near(number, x - y):
            hint = ("That is other minus self." if near(number, y - x) else
                    "That is the sum." if near(number, x + y) else
                    "That is the product." if near(number, x * y) else
                    "Take other's number away from self's.")
            raise Wrong(f"for {a} and {b} got {shown(number)}, expected {shown(x - y)}. {hint}")


@exercise("2.3", untested="lists of different lengths, and empty ones")
def weighted_sum(answer):
    """answer: a function of two lists of values. Returns the value x1*w1 + x2*w2 + ..."""
    numbers = [[tuple(pair) for pair in random_pairs(length)] for length in (3, 1, 5)]
    inputs = [tuple(map(list, zip(*pairs, strict=True))) for pairs in numbers]
    for xs, ws in inputs:
        given = as_values(xs), as_values(ws)
        got = ask_for(answer, given, "`sum` begins with the number 0, and 0 + a value fails. "
                      "Begin with a value, such as Value(0.0) or the first product.")
        left_alone([*given[0], *given[1]], [*xs, *ws])
        if isinstance(got, list | tuple):
            raise Wrong(f"got {len(got)} values for {len(xs)} pairs, expected a single one. "
                        "Add the products up.")
        number_of(got, f"for {len(xs)} pairs")

    compare(lambda xs, ws: answer(as_values(xs), as_values(ws)).data, dot, inputs, [
        (lambda xs, ws: sum(xs) * sum(ws),
         "You add first and multiply then. Multiply pair by pair, and add the products."),
        (lambda xs, ws: xs[0] * ws[0], "Only the first pair is in it. "
         "Is there a `return` inside the loop?"),
        (lambda xs, ws: xs[-1] * ws[-1],
         "Only the last pair is in it: each product replaces the sum so far."),
        (lambda xs, ws: xs[0] * ws[0] + dot(xs, ws),
         "The first pair is in it twice: as the beginning of the sum, and in the loop."),
        (lambda xs, ws: dot(xs, ws) - xs[-1] * ws[-1], "The last pair is missing."),
        (lambda xs, ws: dot(xs, ws) - xs[0] * ws[0], "The first pair is missing."),
        (lambda xs, ws: sum(xs), "The second list has no effect on it."),
        (lambda xs, ws: dot(xs, ws) + 1.0, "It is 1 too much. With which number does a sum begin?"),
    ], "Multiply the first of xs by the first of ws, and so on, and add the products.")


def dot(xs, ws):
    return sum(x * w for x, w in zip(xs, ws, strict=True))


def random_pairs(length=3):
    return [[RANDOM.randrange(-40, 40) / 4 + 0.1 for _ in range(2)] for _ in range(length)]


def as_values(numbers):
    return [Value(x) for x in numbers]


def ask_for(answer, inputs, hint):
    """`ask`, with a hint for an operation that the values do not have."""
    try:
        return ask(answer, *inputs)
    except Wrong as wrong:
        raise Wrong(f"{wrong} {hint if 'unsupported operand' in str(wrong) else ''}") from None


def left_alone(values, numbers):
    for value, x in zip(values, numbers, strict=True):
        if value.data != x:
            raise Wrong(f"an operand was changed, from {shown(x)} to {shown(value.data)}. "
                        "Make a new value and leave the operands alone.")


def number_of(got, where):
    number = getattr(got, "data", None)
    if isinstance(got, int | float) or number is None:
        raise Wrong(f"{where} got {shown(got)}, expected a value. Wrap the number: Value(...).")
    if not isinstance(number, int | float):
        raise Wrong(f"{where} got a value whose data is {shown(number)}, expected a number. "
                    "Combine the numbers in `.data`, not the values.")
    return number
