"""Exit quiz for notebook 11, The finished engine."""

from micrograd import Value
from micrograd.graph import trace
from micrograd.steps.step_08 import Value as Value8
from micrograd.steps.step_10 import Value as Value10
from tools.classroom.quiz import ask


def after_two_passes(Value):
    a = Value(1.0)
    b = a * 3 if Value is not Value8 else a * Value(3.0)
    c = b + b
    for _ in range(2):
        c.backward()
    return a.grad


def outcome(Value):
    try:
        return f"`{(Value('3') + Value('4')).data}`"
    except TypeError:
        return "an error"


def operations_in(n, bias):
    xs, ws = [Value(1.0) for _ in range(n)], [Value(1.0) for _ in range(n)]
    root = xs[0] * ws[0]
    for x, w in zip(xs[1:], ws[1:], strict=True):
        root = root + x * w
    root = root + Value(1.0) if bias else root
    return sum(1 for value in trace(root)[0] if value._prev)


def gated(gate):
    a, b = Value(2.0), Value(-3.0)
    product = a * b
    (gate(product) + a).backward()
    return a.grad


N = 12  # inputs
QUESTIONS = [
    ask("11.q1", "`b = a * 3` and `c = b + b`. With the finished engine we call `c.backward()` "
        "twice. What is in `a.grad`?",
        (after_two_passes(Value), "6 from each pass: a leaf adds up, what lies in between starts "
                                  "afresh."),
        (after_two_passes(Value10), "That is step 10, in which `b` keeps its gradient as well."),
        (after_two_passes(Value) / 2, "A leaf keeps what an earlier pass has left."),
        (after_two_passes(Value8), "`b` is used twice, and both uses count.")),
    ask("11.q2", "What does the finished engine make of `Value(\"3\") + Value(\"4\")`?",
        (outcome(Value), "It says at once that a text is no number."),
        (outcome(Value10), "That is step 10, which looks at nothing."),
        ("`7`", "Nobody has made numbers of the texts."),
        ("`0`", "It does not guess.")),
    ask("11.q3", "A neuron with four inputs and a bias is written out with `*` and `+`. How many "
        "operations are in its graph?",
        (operations_in(4, bias=True), "Four products, three sums to join them, one for the bias."),
        (operations_in(4, bias=False), "The bias has to be added, too."),
        (4 + 1, "A sum of many terms takes one operation for each `+`."),
        (1, "That is `dot`, which makes one operation of it.")),
    ask("11.q4", f"We want the derivatives with respect to {N} inputs. How many runs does the "
        "forward mode take, with dual numbers?",
        (N, "A run carries the slope for one input."),
        (1, "A dual number carries one slope. One run for all is the reverse mode."),
        (N + 1, "That is the nudge, with one run for the number without a nudge."),
        (2 * N, "That is the nudge both ways.")),
    ask("11.q5", "`f = (a * b).relu() + a`, with `a` at 2 and `b` at -3. What is the gradient of "
        "`a`?",
        (gated(Value.relu), "The product is negative, so relu hands nothing back. The other path "
                            "gives 1."),
        (gated(lambda product: product), "The product is negative: relu lets nothing through."),
        (gated(lambda product: product) - gated(Value.relu), "That is the path that relu has "
                                                             "closed. The other one is open."),
        (0, "One path is closed, and the other one is open.")),
]
