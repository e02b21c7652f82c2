"""Exit quiz for notebook 3, Values that remember where they came from."""

from micrograd.graph import trace
from micrograd.steps.step_03 import Value
from tools.classroom.quiz import ask

a, b, c = (Value(number, label=label) for number, label in ((2.0, "a"), (-3.0, "b"), (10.0, "c")))
x = a + b
y = x * x
z = y + a

s = a + b
s.label = "s"
f = c * s
f.label = "f"


def labels(values):
    return "`" + ", ".join(value.label for value in values) + "`"


def root_first(value):
    return [value, *(each for operand in value._prev for each in root_first(operand))]


def second_first(value):
    return [*(each for operand in reversed(value._prev) for each in second_first(operand)), value]


THREE = "`x = a + b`, `y = x * x` and `z = y + a`."
values, edges = trace(z)

QUESTIONS = [
    ask("3.q1", f"{THREE} How many values are in the graph of `z`?",
        (len(values), "Two leaves and three results, each once."),
        (len(edges), "Those are the edges: one for each use of an operand."),
        (2, "Those are the leaves. A result is a value, too."),
        (3, "Those are the results. A leaf is a value, too.")),
    ask("3.q2", f"{THREE} How many edges does `trace(z)` list, one for each use of an operand?",
        (len(edges), "Three operations, with two operands each."),
        (len(set(edges)), "`x * x` uses `x` twice. A set would have lost one of the two."),
        (3, "Those are the operations. Each has two operands."),
        (len(values) + 3, "Those are all the shapes of the picture.")),
    ask("3.q3", f"{THREE} How many operands does `y._prev` hold?",
        (len(y._prev), "One for each use: `x` stands in it twice."),
        (len(set(y._prev)), "A set would keep `x` once. `_prev` is a tuple."),
        (len(trace(y)[0]), "That is the whole graph of `y`. `_prev` holds one step back."),
        (3, "An operation knows its operands, and not its result.")),
    ask("3.q4", "`s = a + b` and `f = c * s`. In which order does `trace(f)` list the values?",
        (labels(trace(f)[0]),
         "Each operand is visited in turn, and written down before its result."),
        (labels(root_first(f)), "That is the order of visiting. A value is written down last."),
        (labels(second_first(f)), "The first operand of `f` is `c`, so it is visited first."),
        (labels([a, b, c, s, f]), "That reads the picture by columns. `visit` writes `c` down "
                                  "before it looks at `s`.")),
    ask("3.q5", "`a = Value(2.0)`. What is `a._prev`?",
        (f"`{a._prev}`", "A leaf was made from no other value."),
        ("`(a,)`", "A value is no operand of itself."),
        ("`(2.0,)`", "That is its `data`. `_prev` holds values."),
        ("an error", "Every value has the attribute; that of a leaf is empty.")),
]
