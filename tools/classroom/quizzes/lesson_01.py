"""Exit quiz for notebook 1, The skeleton of a Value."""

from copy import copy

from tools.classroom.quiz import ask


def square(x):
    return x**2


def slope(f, x, h):
    return (f(x + h) - f(x)) / h


class Value:
    def __init__(self, data):
        self.data = data


def after_renaming(second_of):
    first = Value(2.0)
    second = second_of(first)
    second.data = 5.0
    return first.data


QUESTIONS = [
    ask("1.q1", "The curve is $f(x) = x^2$. We go from $x = 2$ up by a step of 0.5. What is the "
        "slope between the two points?",
        (slope(square, 2, 0.5), "f goes from 4 to 6.25, and that is divided by the step."),
        (2 * 2, "That is the slope at the point 2. Between the points the curve gets steeper."),
        (square(2.5) - square(2), "That is how far f moves. It is divided by the step."),
        (square(2.5), "That is the height of the curve at the second point.")),
    ask("1.q2", "Which number do the slopes of $f(x) = x^3$ at $x = 2$ come close to, as the step "
        "gets smaller?",
        (round(slope(lambda x: x**3, 2, 1e-6), 3), "The derivative is $3x^2$."),
        (2**3, "That is the height of the curve there."),
        (3 * 2, "The exponent comes down, and the power goes down by 1 and not away."),
        (2**2, "The exponent comes down as a factor.")),
    ask("1.q3", "At some place the slope of a curve is -3. From there $x$ goes up by 0.1. About "
        "how far does $f$ move?",
        (-3 * 0.1, "The slope, times the step."),
        (3 * 0.1, "The slope is negative: when $x$ goes up, $f$ goes down."),
        (-3, "That would be for a step of 1."),
        (-3 / 0.1, "The slope is movement divided by step, so the movement is slope times step.")),
    ask("1.q4", "A class has `__init__`, which stores `data`, and no `__repr__`. What does "
        "`print(Value(2.0))` show?",
        ("the name of the class and a place in memory", "That is all Python knows of it."),
        ("`Value(data=2.0)`", "Somebody has to write that text: in `__repr__`."),
        ("`2.0`", "Nobody has told Python that the number is what matters."),
        ("nothing", "`print` always finds some text.")),
    ask("1.q5", "What is `first.data` in the end?\n\n```python\nfirst = Value(2.0)\n"
        "second = first\nsecond.data = 5.0\n```",
        (after_renaming(lambda first: first), "Both names belong to one and the same object."),
        (after_renaming(copy), "That would be so for a copy. `second` is another name only."),
        (2.0 + 5.0, "Nothing is added here."),
        ("an error", "An attribute may be changed.")),
]
