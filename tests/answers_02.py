"""Right, wrong and open answers to the exercises of notebook 02."""

from functools import reduce

from micrograd.steps.step_02 import Value


def in_three_lines(x, y, u, v):
    left = x.__mul__(y)
    right = u.__mul__(v)
    return left.__add__(right)


def changes_itself(self, other):
    self.data -= other.data
    return self


def with_a_loop(xs, ws):
    total = xs[0] * ws[0]
    for i in range(1, len(xs)):
        total = total + xs[i] * ws[i]
    return total


def returns_in_the_loop(xs, ws):
    for x, w in zip(xs, ws, strict=True):
        total = Value(0.0) + x * w
        return total


def returns_after_the_second(xs, ws):
    total = xs[0] * ws[0]
    for x, w in zip(xs[1:], ws[1:], strict=True):
        total = total + x * w
        return total


def begins_with_zero(xs, ws):
    total = 0
    for x, w in zip(xs, ws, strict=True):
        total = x * w + total
    return total


def takes_out(xs, ws):
    total = xs.pop(0) * ws[0]
    for x, w in zip(xs, ws[1:], strict=True):
        total = total + x * w
    return total


def keeps_the_last(xs, ws):
    for x, w in zip(xs, ws, strict=True):
        total = x * w
    return total


def begins_twice(xs, ws):
    total = xs[0] * ws[0]
    for x, w in zip(xs, ws, strict=True):
        total = total + x * w
    return total


def changes_the_first(xs, ws):
    total = xs[0]
    total.data = sum(x.data * w.data for x, w in zip(xs, ws, strict=True))
    return total


def products(xs, ws):
    return [x * w for x, w in zip(xs, ws, strict=True)]


def added_up(values):
    return reduce(lambda a, b: a + b, values)


RIGHT = {
    "2.m": [(lambda a, b, c: a.__mul__(b.__add__(c)),), (lambda x, y, z: x.__mul__(y.__add__(z)),)],
    "2.1": [(lambda a, b, c, d: a.__mul__(b).__add__(c.__mul__(d)),), (in_three_lines,)],
    "2.2": [(lambda self, other: Value(self.data - other.data),),
            (lambda u, v: u + Value(-1.0) * v,)],
    "2.3": [(with_a_loop,), (lambda xs, ws: sum(products(xs, ws), Value(0.0)),),
            (lambda xs, ws: added_up(products(xs, ws)),),
            (lambda xs, ws: Value(sum(x.data * w.data for x, w in zip(xs, ws, strict=True))),)],
}
WRONG = {
    "2.m": [
        ((lambda a, b, c: a.__add__(b).__mul__(c),), "(a + b) * c. Leave the two names"),
        ((lambda a, b, c: a.__add__(b.__mul__(c)),), "a + b * c. Leave the two names"),
        ((lambda a, b, c: b.__add__(c).__mul__(a),), "Leave the letters"),
        ((lambda a, b, c: a.__mul__(b),), "The sum is gone"),
        ((lambda a, b, c: a.__mul__(c).__add__(b),), "where does its parenthesis close"),
        ((lambda a, b, c: a.__mul__(b.__add__)(c),), "goes right before its"),
        ((lambda a, b, c: a * (b + c),), "with an operator in it"),
        ((lambda a, b, c: "a.__mul__(b.__add__(c))",), "without quotes"),
    ],
    "2.1": [
        ((lambda a, b, c, d: a.__mul__(b).__add__(c).__mul__(d),), "(a * b + c) * d"),
        ((lambda a, b, c, d: c.__mul__(d).__add__(a.__mul__(b)),), "c * d + a * b"),
        ((lambda a, b, c, d: a.__mul__(b).__add__(d.__mul__(c)),), "factors have changed"),
        ((lambda a, b, c, d: a.__mul__(b.__add__(c.__mul__(d))),), "a * (b + c * d)"),
        ((lambda a, b, c, d: a.__mul__(b.__add__(c).__mul__(d)),), "not b's"),
        ((lambda a, b, c, d: a.__add__(b).__mul__(c.__add__(d)),), "(a + b) * (c + d)"),
        ((lambda a, b, c, d: a * b + c * d,), "with an operator in it"),
        ((lambda a, b, c, d: a.data * b.data + c.data * d.data,), "without `.data`"),
        ((lambda a, b, c, d: a.__mul__(b).__add__(c),), "second product is missing"),
        ((lambda a, b, c, d: a.__mul__(b),), "first product alone"),
        ((lambda a, b, c, d: "a.__mul__(b).__add__(c.__mul__(d))",), "without quotes"),
        ((lambda a, b, c, d: c,), "the other is handed to it"),
        ((lambda a, b: a,), "TypeError"),
    ],
    "2.2": [
        ((lambda self, other: Value(other.data - self.data),), "other minus self"),
        ((lambda self, other: self.data - other.data,), "Wrap the number"),
        ((lambda self, other: Value(self.data - other),), "the number in it, `other.data`"),
        ((lambda self, other: Value(self - other),), "very method you are writing"),
        ((lambda self, other: self + -1 * other,), "does not know how to multiply a value"),
        ((lambda self, other: self + other * -1,), "Inside, a plain number met a value"),
        ((lambda self, other: self + -other,), "no minus of its own yet"),
        ((changes_itself,), "leave the operands alone"),
        ((lambda self, other: Value(abs(self.data - other.data)),), "Leave out `abs`"),
        ((lambda self, other: Value(self.data + other.data),), "the sum"),
        ((lambda self, other: Value(self.data),), "Take other's number"),
        ((lambda self, other: Value(self),), "not the values"),
        ((lambda self: self,), "TypeError"),
    ],
    "2.3": [
        ((lambda xs, ws: sum(products(xs, ws)),), "'int' and 'Value'"),
        ((begins_with_zero,), "You begin with the number 0"),
        ((returns_after_the_second,), "Or does it stand inside the loop"),
        ((takes_out,), "the list xs was changed"),
        ((lambda xs, ws: sum(x.data * w.data for x, w in zip(xs, ws, strict=True)),), "Wrap"),
        ((lambda xs, ws: added_up(xs) * added_up(ws),), "Every x is multiplied by every w"),
        ((returns_in_the_loop,), "a `return` inside the loop"),
        ((keeps_the_last,), "replaces the sum"),
        ((begins_twice,), "twice"),
        ((changes_the_first,), "leave the operands alone"),
        ((products,), "Add the products up"),
        ((lambda xs, ws: Value(with_a_loop(xs, ws)),), "is a value already"),
        ((lambda xs, ws: Value(xs),), "not the values"),
        ((lambda xs, ws: added_up(xs),), "no effect"),
        ((lambda xs, ws: added_up([Value(1.0), *products(xs, ws)]),), "1 too much"),
        (([1.0],), "expected a function"),
    ],
}
OPEN = {"2.m": (lambda a, b, c: a.__mul__(b).__add__(c),),
        "2.1": (lambda a, b, c, d: ...,), "2.2": (lambda self, other: ...,),
        "2.3": (lambda xs, ws: ...,)}
