"""Exit quiz for notebook 15, The graph as a program."""

import re

from micrograd import Value
from micrograd.compile import compile
from micrograd.steps.step_08 import Value as Value8
from tools.classroom.quiz import ask


def terms():
    a, b = Value(2.0, label="a"), Value(3.0, label="b")
    source = compile((a * b) * (a + a), [a, b]).source
    line = re.search(r"^ *a_grad = (.+)$", source, re.M)[1]
    return len(re.split(r" [+-] ", line))


def branching(x):
    return x * x if x.data > 0 else x * -1


def branch(numbers):
    x = Value(3.0)
    return compile(branching(x), [x])(*numbers)[0]


def moved(Value):
    a, b = Value(2.0), Value(4.0)
    L = a * b
    a.data = 5.0
    L.backward()
    return b.grad


def formula(a, b, c, f):
    return (a * b + c) * f


def program(*place):
    leaves = [Value(x) for x in (2.0, -3.0, 10.0, -2.0)]
    return compile(formula(*leaves), leaves)(*place)


BUILT, NEW = (2.0, -3.0, 10.0, -2.0), (1.0, 2.0, 3.0, 4.0)
L_TEXT = ("The graph of $L = (a \\cdot b + c) \\cdot f$ was built with 2, -3, 10 and -2, where $L$ "
          "is -8, and compiled. We call the program with 1, 2, 3 and 4.")

QUESTIONS = [
    ask("15.q1", "How many terms are added up in the line `a_grad =` of the program for "
        "`(a * b) * (a + a)`?",
        (terms(), "One for each use of `a`."),
        (1, "It is one line, but with a share for each use."),
        (2, "`a + a` uses `a` twice."),
        (4, "`b` is a leaf of its own, and has a line of its own.")),
    ask("15.q2", "A function gives `x * x` where `x.data` is positive, and `-x` otherwise. Its "
        "graph was built at 3, and compiled. What does the program give for -4?",
        (branch([-4.0]), "The `if` was decided when the graph was built."),
        (branching(Value(-4.0)).data, "That needs the other branch, which the program has never "
                                      "seen."),
        (branch([3.0]), "That is the number for 3. The program computes anew."),
        ("an error", "It runs, and says nothing.")),
    ask("15.q3", "With the finished engine, `L = a * b` is built with `a` at 2 and `b` at 4. Then "
        "`a.data = 5.0` and `L.backward()`. What is `b.grad`?",
        (moved(Value), "The local derivatives were computed when `L` was built."),
        (moved(Value8), "Closures that read `a` late would give that, and mix old and new."),
        (4.0, "That is the value of `b`."),
        (5.0 * 4.0, "That is the product at the new place.")),
    ask("15.q4", f"{L_TEXT} What number does it give for $L$?",
        (program(*NEW)[0], "(2 + 3) times 4: a program computes anew."),
        (program(*BUILT)[0],
         "That was the old place. The program takes its numbers from the call."),
        (NEW[0] + NEW[1] * NEW[2] * NEW[3],
         "The operations are those of the graph: a product, a sum, a product."),
        ("an error", "A program works for all numbers.")),
    ask("15.q5", f"{L_TEXT} What gradient does it give for `f`?",
        (program(*NEW)[1][3], "`f` is multiplied by 2 + 3."),
        (program(*BUILT)[1][3], "That was the old place."),
        (program(*NEW)[0], "That is the value of $L$."),
        (1.0, "That is the gradient of $L$ itself.")),
]
