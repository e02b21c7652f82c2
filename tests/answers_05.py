"""Right, wrong and open answers to the exercises of notebook 5."""

from micrograd.numeric import numerical_gradient
from micrograd.steps.step_04 import Value


def slopes_by_name(x):
    y = 3 * x
    return 3, 2 * y, 2 * y * 3


def nudged(a, b, c, d):
    return list(numerical_gradient(lambda a, b, c, d: a * (b + c * d), a, b, c, d))


def by_hand(a, b, c, d, f):
    p = b * c
    q = a + p
    r = d + f
    L = q * r
    L.grad = 1.0
    q.grad, r.grad = L.grad * r.data, L.grad * q.data
    a.grad = p.grad = q.grad
    d.grad = f.grad = r.grad
    b.grad, c.grad = p.grad * c.data, p.grad * b.data
    return L


def leaves_only(a, b, c, d, f):
    right = f.data + d.data
    a.grad = right
    b.grad, c.grad = right * c.data, right * b.data
    d.grad = f.grad = c.data * b.data + a.data
    return (f + d) * (c * b + a)


def other_form(a, b, c, d, f):
    right = f + d
    product = c * b
    left = product + a
    L = right * left
    for value, grad in ((L, 1), (right, left.data), (left, right.data), (product, right.data),
                        (f, left.data), (d, left.data), (a, right.data),
                        (c, right.data * b.data), (b, right.data * c.data)):
        value.grad = grad
    return L


def spoilt(spoil):
    """The right answer, with something spoilt afterwards."""
    def answer(a, b, c, d, f):
        L = by_hand(a, b, c, d, f)
        spoil(L, a, b, c, d, f)
        return L
    return answer


def no_seed(L, a, b, c, d, f):
    for value in (L, *L._prev, a, b, c, d, f):
        value.grad = 0.0


def value_as_grad(L, a, b, c, d, f):
    d.grad = f.grad = L._prev[0]


def local_only(L, a, b, c, d, f):
    a.grad = 1.0


def own_value(L, a, b, c, d, f):
    b.grad = a.grad * b.data


def like_a_sum(L, a, b, c, d, f):
    b.grad = c.grad = a.grad


def plus_multiplies(L, a, b, c, d, f):
    d.grad = L._prev[1].grad * f.data


def arbitrary_in_between(L, a, b, c, d, f):
    L._prev[0]._prev[1].grad = 99.0


def one_left_open(L, a, b, c, d, f):
    c.grad = ...


def grad_times_value(a, b, c, d, f):
    L = (a + b * c) * (d + f)
    a.grad = 1.0 * L._prev[1]
    return L


def one_blank_left(a, b, c, d):
    b_grad, e_grad = a, ...
    return b + c * d, b_grad, e_grad * d, e_grad * c


RIGHT = {
    "5.m": [(4.0, -3.0, 10.0, -2.0), (9, -3, 10, -2)],
    "5.1": [(slopes_by_name,), (lambda x: [3.0, 6 * x, 18 * x],)],
    "5.2": [(lambda a, b, c, d: (b + c * d, a, a * d, a * c),)],
    "5.3": [(by_hand,), (other_form,)],
}

WRONG = {
    "5.m": [((2.0, -5.0, 10.0, -2.0), "is multiplied by `a`, not by `b`"),
            ((2.0, -1.0, 10.0, -2.0), "`b` has overtaken `a`, but `d` has grown as well, to 8"),
            ((2.0, -3.0, 20.0, -2.0), "`c` goes into the gradient of `f` alone"),
            ((2.0, -3.0, 10.0, -20.0), "multiplies the gradients of a, b and c alike"),
            ((-4.0, -3.0, 10.0, -2.0), "`d` has grown as well, to 22"),
            ((2.5, -3.0, 10.0, -2.0), "a little further"),
            ((3.0, -3.0, 10.0, -2.0), "`a` matters just as much"),
            ((4.0, -2.0, 10.0, -2.0), "2 numbers are changed, a and b"),
            (("a", -3.0, 10.0, -2.0), "expected 4 numbers")],
    "5.1": [((lambda x: (3, 2 * x, 6 * x),), "what comes into the second step is y"),
            ((lambda x: (3, 3 * x, 9 * x),), "The slope of y**2 is 2 y"),
            ((lambda x: (3, 6 * x, 3 + 6 * x),), "you added them"),
            ((lambda x: (3, 6 * x, 6 * x),), "multiply by dy/dx"),
            ((lambda x: (3, 9 * x**2, 27 * x**2),), "That is the value z"),
            ((lambda x: (3, 12, 36),), "Nudge x"),
            ((lambda x: 18 * x,), "expected 3 numbers"),
            ((lambda x: (3, 6 * x, ...),), "are still there for dz/dx"),
            ((lambda: (3, 6, 18),), "it stopped with TypeError"),
            (("18 x",), "expected a function")],
    "5.2": [((nudged,), "as a nudge comes"),
            ((lambda a, b, c, d: (b + c * d, 1.0, d, c),), "a local derivative alone"),
            ((lambda a, b, c, d: (b + c * d, a * c * d, a * d, a * c),), "A plus hands"),
            ((lambda a, b, c, d: (b + c * d, a, a * c, a * d),), "the *other* operand"),
            ((lambda a, b, c, d: (b + c * d, a, a, a),), "like a sum"),
            ((lambda a, b, c, d: (b + c * d, a, a + d, a + c),), "not added"),
            ((lambda a, b, c, d: (b + c * d, -a, a * d, a * c),), "the sign is not"),
            ((lambda a, b, c, d: (b + c * d, a, 7.0, a * c),), "Name the operation"),
            ((lambda a, b, c, d: (b + c * d, a, "d", a * c),), "expected a number"),
            ((lambda a, b, c, d: (b + c * d, ..., a * d, a * c),), "there for the gradient of b"),
            ((one_blank_left,), "a line calculates with them"),
            ((lambda a, b, c, d: (b.data + c.data, a, a, a),), "leave out `.data`")],
    "5.3": [((spoilt(no_seed),), "It is the root"),
            ((leaves_only,), "The leaves are right, but the root"),
            ((spoilt(arbitrary_in_between),), "(b * c) is 99, expected"),
            ((spoilt(one_left_open),), "still there for the gradient of c"),
            ((spoilt(value_as_grad),), "take `.data` of the operand"),
            ((spoilt(local_only),), "a local derivative alone"),
            ((spoilt(own_value),), "the *other* operand"),
            ((spoilt(like_a_sum),), "like a sum"),
            ((spoilt(plus_multiplies),), "A plus hands"),
            ((grad_times_value,), "A gradient is a number"),
            ((lambda a, b, c, d, f: (a + b * c) * d + f,), "Look at the forward pass"),
            ((lambda a, b, c, d, f: 7.0,), "which you return at the end"),
            ((lambda a, b, c, d, f: Value(
                (a.data + b.data * c.data) * (d.data + f.data)),), "does not remember a, b")],
}


def gears(x):
    return 3, ..., ...


def gradients(a, b, c, d):
    return b + c * d, ..., ..., ...


OPEN = {"5.m": (2.0, -3.0, 10.0, -2.0), "5.1": (gears,), "5.2": (gradients,),
        "5.3": (lambda a, b, c, d, f: ...,)}
