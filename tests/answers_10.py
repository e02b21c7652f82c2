"""Answers to the exercises of notebook 10: right, wrong, and not begun."""

import math
from itertools import count

from micrograd.steps.step_10 import Value, operation


def with_sin(local):
    """A class with a sine whose local derivative is local(input, output)."""
    class WithSin(Value):
        def sin(self):
            result = math.sin(self.data)
            return operation(result, (self,), "sin", (local(self.data, result),))
    return WithSin


def fraction(a, b, factor=2):
    """(u - a) / (u + b) with u = exp(factor * n)."""
    def squashed(n):
        u = (factor * n).exp()
        return (u - a) / (u + b)
    return squashed


def sin(self):
    out = type(self)(math.sin(self.data), (self,), "sin")

    def _backward():
        self.grad += math.cos(self.data) * out.grad
    out._backward = _backward
    return out


class SinWithoutComma(Value):
    def sin(self):
        return operation(math.sin(self.data), (self), "sin", (math.cos(self.data),))


def with_log(local, logarithm=math.log):
    class WithLog(Value):
        def log(self):
            result = logarithm(self.data)
            return operation(result, (self,), "log", (local(self.data, result),))
    return WithLog


def by_hand(backward, place="_backward"):
    """A logarithm with a closure of its own: backward(input, output) is a step back."""
    def log(self):
        out = Value(math.log(self.data), (self,), "log")
        setattr(out, place, lambda: backward(self, out))
        return out
    return log


def step(self, out):
    self.grad += out.grad / self.data


def step_without_upstream(self, out):
    self.grad += 1 / self.data


def step_that_sets(self, out):
    self.grad = out.grad / self.data


class LogWithoutComma(Value):
    def log(self):
        return operation(math.log(self.data), (self,), "log", (1 / self.data))


class LogOfAValue(Value):
    def log(self):
        return math.log(self)


class LogOfANumber(Value):
    def log(self):
        return math.log(self.data)


class LogWithoutReturn(Value):
    def log(self):
        operation(math.log(self.data), (self,), "log", (1 / self.data,))


class NotAValue:
    def __init__(self, data):
        self.data = data

    def log(self):
        return self


def seeded(root):
    root.grad = 1.0
    root.backward()


def everything(Value):
    a, b = Value(2.0), Value(3.0)
    v = a * b
    f = (v + 1) * v + a**2
    f.backward()
    f.backward()
    return [a.grad, b.grad]


def many_expressions(Value):
    found = []
    for f in (lambda a: a + a, lambda a: 1 / a, lambda a: (a * 2) * (a * 2)):
        a = Value(4.0)
        f(a).backward()
        found.append(a.grad)
    a = Value(1.0)
    b = a * 1
    f, g = b * 2, b * 5
    f.backward()
    g.backward()
    v = a * 3
    (v * 5 + v * 7).backward()
    return (*found, a.grad)


def plain(Value):
    a, b = Value(2.0), Value(3.0)
    (a * b).backward()
    return [a.grad, b.grad]


def without_a_pass(Value):
    a = Value(2.0)
    a + a
    return [a.grad]


def shared_leaf(Value):
    a = Value(2.0)
    (a + a).backward()
    return [a.grad]


def gives_values(Value):
    a = Value(2.0)
    (a + a).backward()
    return [a]


def without_return(Value):
    a = Value(2.0)
    (a + a).backward()


def gives_text(Value):
    return "a.grad"


def divides_by_a_gradient(Value):
    a = Value(2.0)
    (a * 3).backward()
    return [1 / a.grad]


calls = count()


def differs(Value):
    return [float(next(calls))]


def on_a(Value):
    a = Value(3.0)
    seeded(a + a)
    return [a.grad]


def on_b(Value):
    a = Value(3.0)
    b = a * 2
    c = b * 5
    for _ in range(2):
        a.grad = 0.0
        seeded(c)
    return [a.grad]


def on_c(Value):
    a = Value(3.0)
    seeded(a**2)
    return a.grad


def on_e(Value):
    a, b = Value(2.0), Value(-3.0)
    v = a * b
    seeded(v * 10 + v * 0)
    return [a.grad, b.grad]


def square(Value):
    a = Value(3.0)
    seeded(a * a)
    return (a.grad,)


def two_roots(Value):
    a = Value(3.0)
    b = a * 2
    f, g = b * 5, b * 7
    seeded(f)
    a.grad = 0.0
    seeded(g)
    return [a.grad]


def quotient(Value):
    a, b = Value(6.0), Value(2.0)
    seeded(a / b)
    return [b.grad]


def root_itself(Value):
    a = Value(2.0)
    b = a.tanh()
    b.backward()
    return [b.grad]


def mixed_with_zero(Value):
    a, z = Value(1.5), Value(0.0)
    v = a.exp()
    seeded((v * 1).tanh() + v * z)
    return [a.grad]


def shared_inner(Value):
    a = Value(3.0)
    v = a * 2
    seeded(v * 5 + v * 7)
    return [a.grad]


def twice(Value):
    a = Value(3.0)
    b = a * 2
    c = b * 5
    seeded(c)
    seeded(c)
    return [a.grad]


def second_pass_over_a_square(Value):
    a = Value(3.0)
    c = (a * 2) ** 2 * 5
    for _ in range(2):
        a.grad = 0.0
        seeded(c)
    return [a.grad]


FOUND = {
    "A": (on_a, "overwrites"), "B": (on_b, "stale"), "C": (on_c, "lost"),
    "D": (plain, "unseeded"), "E": (on_e, "order"),
}


def but(**changes):
    return FOUND | changes


RIGHT = {
    "10.m": [(fraction(0, 1),), (lambda n: (2 * n).exp() / ((2 * n).exp() + 1),)],
    "10.1": [(with_sin(lambda x, out: math.cos(x)),), (sin,),
             (with_sin(lambda x, out: math.sin(x + math.pi / 2)),)],
    "10.2": [(with_log(lambda x, out: 1 / x),), (by_hand(step),),
             (with_log(lambda x, out: math.exp(-out)),)],
    "10.3": [(everything,), (many_expressions,)],
    "10.4": [(FOUND,), ({
        "E": [mixed_with_zero, "Order "], "D": [root_itself, "unseeded"], "C": [quotient, "lost"],
        "B": [two_roots, "stale"], "A": [square, "overwrites"]},)],
}

WRONG = {
    "10.m": [
        ((fraction(1, 1, -2),), "far to the left it is 1"),
        ((fraction(1, 1, 1),), "Only how steep"),
        ((fraction(1, 1, 100),), "larger than any float"),
        ((fraction(-1, 1),), "the same everywhere"),
        ((lambda n: 1 / ((2 * n).exp() + 1),), "That is turned round"),
        ((fraction(1, 2),), "far to the left it is -0.5"),
        ((fraction(2, 1),), "far to the left it is -2"),
        ((lambda n: Value(1 / (1 + math.exp(-2 * n.data))),), "has no operands"),
        ((lambda n: (n.data - 0) / (n.data + 1),), "expected a value"),
        ((0.0,), "expected a function"),
    ],
    "10.1": [
        ((with_sin(lambda x, out: out),), "value of the sine"),
        ((with_sin(lambda x, out: -math.cos(x)),), "sign is wrong"),
        ((with_sin(lambda x, out: -out),), "derivative of the cosine"),
        ((with_sin(lambda x, out: math.cos(out)),), "belongs to the input"),
        ((with_sin(lambda x, out: 1.0),), "slope at 0"),
        ((with_sin(lambda x, out: math.sqrt(1 - out**2)),), "how steep it is, whichever way"),
        ((with_sin(lambda x, out: 1 - out**2),), "the slope of tanh"),
        ((with_sin(lambda x, out: Value(x).cos()),), "only the methods that its class has"),
        ((with_sin(lambda x, out: math.cos),), "has to be called"),
        ((with_sin(lambda x, out: 0.5 * x),), "(The expression was x.sin().)"),
        ((with_log(lambda x, out: 1 / x),), "no method `sin`"),
        ((math.cos,), "want a number"),
        ((SinWithoutComma,), "The operands are a tuple"),
        ((with_sin(lambda x, out: {}[x]),), "call sin yourself"),
    ],
    "10.2": [
        ((with_log(lambda x, out: out),), "value of the logarithm"),
        ((with_log(lambda x, out: 1 / out),), "taken at the output"),
        ((with_log(lambda x, out: 1 / Value(x)),), "of `self.data`, not of `self`"),
        ((with_log(lambda x, out: x),), "upside down"),
        ((with_log(lambda x, out: -1 / x),), "sign is wrong"),
        ((with_log(lambda x, out: -1 / x**2),), "derivative of 1/x"),
        ((with_log(lambda x, out: math.exp(x)),), "inverse"),
        ((with_log(lambda x, out: 1 / x, math.log10),), "base 10"),
        ((with_log(lambda x, out: 1 / x, math.log2),), "the value of x.log(), not its gradient"),
        ((with_log(lambda x, out: 2 / x),), "(The expression was x.log().)"),
        ((LogWithoutReturn,), "`return` missing"),
        ((by_hand(step, "grad"),), "out._backward"),
        ((by_hand(step_without_upstream),), "upstream"),
        ((by_hand(step_that_sets),), "use `+=`"),
        ((LogOfAValue,), "self.data"),
        ((LogWithoutComma,), "in `(slope,)`"),
        ((LogOfANumber,), "expected a value"),
        ((NotAValue,), "class NotAValue(Value)"),
        ((math.log(2),), "expected a function"),
    ],
    "10.3": [
        ((plain,), "used more than once"),
        ((without_a_pass,), "the class that it is given"),
        ((shared_leaf,), "not do yet"),
        ((gives_values,), "Give back its gradient"),
        ((without_return,), "Is its `return` missing?"),
        ((gives_text,), "a list of gradients"),
        ((divides_by_a_gradient,), "ZeroDivisionError"),
        ((differs,), "fixed numbers"),
        ((lambda: [1.0],), "one argument"),
        (([1.0],), "expected a function"),
    ],
    "10.4": [
        ((but(A=(shared_leaf, "overwrites")),), "by hand what D leaves out"),
        ((but(E=(shared_inner, "order")),), "contribute 0"),
        ((but(A=(shared_inner, "overwrites")),), "and no inner value"),
        ((but(B=(twice, "stale")),), "between passes"),
        ((but(B=(second_pass_over_a_square, "stale")),), "Leave out an operation"),
        ((but(A=(plain, "overwrites")),), "right in this experiment"),
        ((but(A=(on_a, "order")),), "an inner value is used"),
        ((but(B=(on_b, "overwrites")),), "a + a"),
        ((but(C=(on_c, "unseeded")),), "whatever the expression"),
        ((but(D=(plain, "lost")),), "stands alone"),
        ((but(E=(on_e, "stale")),), "first pass is right"),
        ((but(E=(on_e, "=")),), "one of lost, order"),
        ((but(E=(on_e, ...)),), "Now name its fault"),
        ((but(E=(..., ...)),), "E: not attempted yet"),
        ((but(E="order"),), "expected a pair"),
        ((but(D=(gives_values, "unseeded")),), "[a.grad]"),
        ((but(A=(without_return, "overwrites")),), "Is its `return` missing?"),
        (([on_a, on_b],), "expected a dict"),
    ],
}


class OpenWithSin(Value):
    def sin(self):
        result = math.sin(self.data)
        return operation(result, (self,), "sin", (...,))


class OpenWithLog(Value):
    def log(self):
        return ...


def open_experiment(Value):
    return ...


OPEN = {
    "10.m": (fraction(1, 1),),
    "10.1": (OpenWithSin,),
    "10.2": (OpenWithLog,),
    "10.3": (open_experiment,),
    "10.4": ({name: (open_experiment, ...) for name in "ABCDE"},),
}
