"""Films for a class, of what a notebook does without one."""

from micrograd.course import watch
from micrograd.steps.step_08 import Value


def calls_by_hand():
    """The six calls with which notebook 8 carries the gradients of its neuron back."""
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(6.8813735870195432, label="b")
    x1w1, x2w2 = x1 * w1, x2 * w2
    x1w1x2w2 = x1w1 + x2w2
    n = x1w1x2w2 + b
    o = n.tanh()
    n.label, o.label = "n", "o"

    def calls(root):
        for value in (root, n, b, x1w1x2w2, x1w1, x2w2):
            value._backward()

    return watch(o, walk=calls)
