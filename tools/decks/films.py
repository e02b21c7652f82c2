"""Films for a class, of what a notebook does without one."""

from micrograd.course import watch
from micrograd.course.films import by_hand
from micrograd.course.flipbook import flipbook
from micrograd.graph import Marks, drawings
from micrograd.steps.step_03 import Value as Value3
from micrograd.steps.step_04 import Value as Value4
from micrograd.steps.step_08 import Value


def product_first():
    """What Python computes for the `a + b * c` of notebook 2, one call after the other."""
    a, b, c = Value3(2.0, label="a"), Value3(-3.0, label="b"), Value3(10.0, label="c")
    total = a + b * c
    data = dict(zip(("v0", "v1", "v2", "v3", "v4"), ("2", "-3", "10", "-30", "-28"), strict=True))
    pictures = drawings(total, [
        Marks(data | {"v3": "?", "v4": "?"}),
        Marks(data | {"v4": "?"}, roles={"v3": "newest"}, lit={"e0", "e1", "r3"}),
        Marks(data, roles={"v4": "newest"}, lit={"e2", "e3", "r4"})])
    said = "Nothing is computed yet.", "b.__mul__(c) gives -30.", "a.__add__ gives 2 - 30 = -28."
    return flipbook(zip(pictures, said, strict=True))


def through_the_plus():
    """How the gradients of notebook 5 came in, up to those of `c` and `e`."""
    a, b, c = Value4(2.0, label="a"), Value4(-3.0, label="b"), Value4(10.0, label="c")
    f = Value4(-2.0, label="f")
    e = a * b
    d = e + c
    L = d * f
    e.label, d.label, L.label = "e", "d", "L"
    L.grad, d.grad, f.grad = 1.0, f.data, d.data
    c.grad = e.grad = d.grad * 1.0
    return by_hand(L)


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
