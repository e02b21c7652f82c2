"""Checks of notebook 02: operators are method calls."""

from random import Random

from micrograd.course.exercises import (
    NotAttempted,
    Wrong,
    ask_with_hints,
    compare,
    exercise,
    shown,
)
from micrograd.steps.step_02 import Value

SEED = 2


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


@exercise("2.m")
def moved(answer):
    """answer: a function of three values. Returns a * (b + c), made by calls of their methods."""
    got = written(answer, "abc")
    if got == "a.__mul__(b).__add__(c)":
        raise NotAttempted
    hints = {
        "a.__add__(b).__mul__(c)": "That is (a + b) * c. Leave the two names where they are.",
        "a.__add__(b.__mul__(c))": "That is a + b * c. Leave the two names where they are.",
        "b.__add__(c).__mul__(a)": "That is (b + c) * a. Leave the letters where they are.",
        "a.__mul__(b)": "The sum is gone. Only a parenthesis moves, and all the rest stays.",
    }
    if got != "a.__mul__(b.__add__(c))":
        hint = "What `__mul__` gets has to be the whole sum: where does its parenthesis close?"
        raise Wrong(f"you wrote {got:.60}. {hints.get(got, hint)}")


@exercise("2.1")
def written_out(answer):
    """answer: a function of four values. Returns a * b + c * d, made by calls of their methods."""
    got = written(answer, "abcd")
    hints = {
        "a.__mul__(b).__add__(c).__mul__(d)":
            "That is (a * b + c) * d. The second product has to be made before the sum.",
        "c.__mul__(d).__add__(a.__mul__(b))": "That is c * d + a * b. Here a * b stands to the "
            "left of the +, so it is the method of that product which is called.",
        "a.__mul__(b.__add__(c.__mul__(d)))":
            "That is a * (b + c * d). Close the parentheses of the first call after b.",
        "a.__mul__(b.__add__(c).__mul__(d))":
            "That is a * ((b + c) * d). The `__add__` is that of the product a * b, not b's.",
        "a.__add__(b).__mul__(c.__add__(d))":
            "The two methods have changed places: that is (a + b) * (c + d).",
        "a.__mul__(b).__add__(c)": "Only c is added. The second product is missing.",
        "a.__mul__(b)": "That is the first product alone.",
        **dict.fromkeys(("b.__mul__(a).__add__(c.__mul__(d))", "a.__mul__(b).__add__(d.__mul__(c))",
                         "b.__mul__(a).__add__(d.__mul__(c))"),
                        "In a product the factors have changed places. The method that is called "
                        "is that of the factor to the left of the *."),
    }
    if got != "a.__mul__(b).__add__(c.__mul__(d))":
        hint = "One product has an `__add__` that is called, and the other is handed to it."
        raise Wrong(f"you wrote {got:.60}. {hints.get(got, hint)}")


def written(answer, names):
    """What a function does with operands of these names, as text: calls without any operator."""
    got = ask_with_hints(answer, map(Written, names), {
        "attribute 'data'": "Write the calls on the values themselves, without `.data`.",
        "not callable": "That calls a result. A method's name goes right before its parentheses: "
                        "`.__add__(...)`."})
    if not isinstance(got, Written):
        raise Wrong(f"expected the result of calls on {' and '.join(names)}, got {shown(got)}. "
                    "Return the calls themselves"
                    f"{', without quotes' if isinstance(got, str) else ''}.")
    if " " in repr(got):
        raise Wrong(f"you wrote {got}, with an operator in it. Write its method's call instead.")
    return repr(got)


SUBTRACT_STOPS = {  # a piece of the message -> why
    "-: 'float' and 'Value'": "`self.data` is a number, but `other` is still a value. Subtract the "
                              "number in it, `other.data`.",
    "*: 'int' and 'Value'": "-1 is a number, and a number does not know how to multiply a value. "
                            "Subtract their numbers, which are in `.data`.",
    "*: 'Value' and 'int'": "A value can only be multiplied by a value here. Subtract their "
                            "numbers, which are in `.data`.",
    "attribute 'data'": "Inside, a plain number met a value. Subtract their numbers, which are in "
                        "`.data`.",
    "bad operand type for unary -": "A value has no minus of its own yet. Subtract their numbers, "
                                    "which are in `.data`.",
    "unsupported operand": "`self - other` asks for the very method you are writing. Subtract "
                           "their numbers, which are in `.data`.",
}


@exercise("2.2", untested="numbers as operands: try a - 1")
def subtract(answer):
    """answer: a function of two values, `__sub__`. Returns a new value, self minus other."""
    pairs = random_pairs(Random(SEED), 4)
    numbers = [sorted(pair, reverse=i % 2 == 0) for i, pair in enumerate(pairs)]
    for x, y in numbers:
        a, b = Value(x), Value(y)
        got = ask_with_hints(answer, (a, b), SUBTRACT_STOPS)
        left_alone((a, b), (x, y))
        number_of(got, f"for {a} and {b}")
    compare(lambda x, y: answer(Value(x), Value(y)).data, lambda x, y: x - y, numbers, [
        (lambda x, y: y - x, "That is other minus self."),
        (lambda x, y: abs(x - y), "The difference may be negative. Leave out `abs`."),
        (lambda x, y: x + y, "That is the sum."),
        (lambda x, y: x * y, "That is the product."),
    ], "Take other's number away from self's.")


BEGINS_WITH_A_NUMBER = ("You begin with the number 0, as `sum` does by itself, and a number and a "
                        "value cannot be added. Begin with a value: Value(0.0), or the first "
                        "product.")
WEIGHTED_SUM_STOPS = {  # a piece of the message -> why
    "'int' and 'Value'": BEGINS_WITH_A_NUMBER,
    "'float' and 'Value'": BEGINS_WITH_A_NUMBER,
    "'int' object has no attribute 'data'": BEGINS_WITH_A_NUMBER,
    "'float' object has no attribute 'data'": BEGINS_WITH_A_NUMBER,
    "gave nothing back": "Or does it stand inside the loop? Here the loop may have nothing to do.",
}


@exercise("2.3", untested="empty lists: what should come out?")
def weighted_sum(answer):
    """answer: a function of two lists of values. Returns the value x1*w1 + x2*w2 + ..."""
    rng = Random(SEED)
    numbers = [[tuple(pair) for pair in random_pairs(rng, length)] for length in (3, 1, 5)]
    inputs = [tuple(map(list, zip(*pairs, strict=True))) for pairs in numbers]
    for xs, ws in inputs:
        given = as_values(xs), as_values(ws)
        before = list(map(list, given))
        got = ask_with_hints(answer, given, WEIGHTED_SUM_STOPS)
        for name, now, then in zip(("xs", "ws"), given, before, strict=True):
            if now != then:
                raise Wrong(f"the list {name} was changed. It may be needed again: read from it, "
                            "and leave it as it was.")
        left_alone([*given[0], *given[1]], [*xs, *ws])
        if isinstance(got, list | tuple):
            raise Wrong(f"got {len(got)} values for {len(xs)} pairs, expected a single one. "
                        "Add the products up.")
        number_of(got, f"for {len(xs)} pairs", "The sum of values is a value already. Return it "
                  "as it is, without `Value(...)` around it.")

    compare(lambda xs, ws: answer(as_values(xs), as_values(ws)).data, dot, inputs, [
        (lambda xs, ws: sum(xs) * sum(ws),
         "Every x is multiplied by every w, or, which comes to the same, by their sum. Multiply "
         "pair by pair: the first x by the first w only, and so on."),
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


def random_pairs(rng, length):
    return [[n / 4 + 0.1 for n in rng.sample(range(-40, 40), 2)] for _ in range(length)]


def as_values(numbers):
    return [Value(x) for x in numbers]


COMBINE = "Combine the numbers in `.data`, not the values."


def left_alone(values, numbers):
    for value, x in zip(values, numbers, strict=True):
        if value.data != x:
            raise Wrong(f"an operand was changed, from {shown(x)} to {shown(value.data)}. "
                        "Make a new value and leave the operands alone.")


def number_of(got, where, if_wrapped=COMBINE):
    """The number in a value; `if_wrapped` is the hint for a value inside another value."""
    number = getattr(got, "data", None)
    if isinstance(got, int | float) or number is None:
        raise Wrong(f"{where} got {shown(got)}, expected a value. Wrap the number: Value(...).")
    if not isinstance(number, int | float):
        wrapped = isinstance(getattr(number, "data", None), int | float)
        raise Wrong(f"{where} got a value whose data is {shown(number)}, expected a number. "
                    f"{if_wrapped if wrapped else COMBINE}")
    return number
