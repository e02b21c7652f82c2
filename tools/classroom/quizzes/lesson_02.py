"""Exit quiz for notebook 2, Adding and multiplying values."""

from micrograd.steps.step_02 import Value
from tools.classroom.quiz import ask

A, B, C = 2.0, -3.0, 10.0
NUMBERS = "`a` holds 2, `b` holds -3, `c` holds 10."


class Counted(Value):
    made = 0

    def __init__(self, data):
        super().__init__(data)
        Counted.made += 1

    def __add__(self, other):
        return Counted(self.data + other.data)

    def __mul__(self, other):
        return Counted(self.data * other.data)


def made_by(expression):
    before = Counted.made
    expression(Counted(A), Counted(B), Counted(C))
    return Counted.made - before


class Careless(Value):
    def __add__(self, other):
        return self.data + other.data


def outcome(expression):
    try:
        return expression().data
    except (AttributeError, TypeError):
        return "an error"


QUESTIONS = [
    ask("2.q1", f"{NUMBERS} What does `(a + b) * c` hold?",
        ((A + B) * C, "What is in parentheses comes first."),
        (A + B * C, "That is `a + b * c`, without the parentheses."),
        (A * B + C, "The two operations have changed places."),
        (A * C + B, "Both `a` and `b` are multiplied by `c`.")),
    ask("2.q2", f"{NUMBERS} What does `a.__mul__(b.__add__(c))` hold?",
        (A * (B + C), "`b + c` is worked out first: it is what `a` is multiplied by."),
        (A * B + C, "That is `a.__mul__(b).__add__(c)`."),
        (A + B * C, "The names of the two methods have changed places."),
        ((A + B) * C, "`__add__` belongs to `b`, and its operand is `c`.")),
    ask("2.q3", "We make three values, `a`, `b` and `c`, and then `d = a * b + c`. How many values "
        "have been made in all?",
        (made_by(lambda a, b, c: a * b + c),
         "Each operation makes one: the product is a value too."),
        (4, "The product has no name, but it is a value all the same."),
        (3, "Each operation makes a new value and changes none."),
        (2, "Those are the results. The leaves have been made as well.")),
    ask("2.q4", "`a` holds 2. With the `__add__` of notebook 2, what is `a + 1`?",
        (outcome(lambda: Value(A) + 1), "`__add__` asks the 1 for its `data`."),
        (A + 1, "Nobody has made a value of the 1."),
        (A, "Python does not skip what it cannot do."),
        ("`Value(data=1.0)`", "Nobody has made a value of the 1, and nothing adds 2 to it.")),
    ask("2.q5", f"{NUMBERS} Somebody's `__add__` ends with `return self.data + other.data`, and "
        "`__mul__` is as it should be. What is `(a + b) * c`?",
        (outcome(lambda: (Careless(A) + Careless(B)) * Careless(C)),
         "`a + b` is a plain number now, and does not know how to multiply a value."),
        ((A + B) * C, "The sum would have to be a value for that."),
        (A + B * C, "The parentheses still come first."),
        (A + B, "Python does not skip what it cannot do.")),
]
