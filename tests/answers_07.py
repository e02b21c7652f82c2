"""Right, wrong and open answers to the exercises of notebook 7."""

import math

from micrograd.steps.step_07 import Value


def steep(n):
    return math.tanh(3 * n)


def changes_itself(self):
    self.data = (1 + math.tanh(self.data / 2)) / 2
    return self


def plain_sigmoid(self):
    return Value(1 / (1 + math.exp(-self.data)), (self,), "sigmoid")


def sigmoid_by_tanh(self):
    return Value((1 + math.tanh(self.data / 2)) / 2, (self,), "sigmoid")


def zero_on_the_left(self):
    return sigmoid_by_tanh(self) if self.data > -10 else Value(0.0, (self,), "sigmoid")


def forgets_far_out(self):
    return Value(0.0) if self.data < -700 else sigmoid_by_tanh(self)


def forgets_on_one_side(self):
    out = sigmoid_by_tanh(self)
    return out if self.data < 0 else Value(out.data)


class WithSigmoid(Value):
    def sigmoid(self):
        if self.data >= 0:
            return Value(1 / (1 + math.exp(-self.data)), (self,), "s")
        return Value(math.exp(self.data) / (1 + math.exp(self.data)), [self], "s")


def softsign(slope, order=(0, 1, 2, 3, 4)):
    """The gradients with the slope, a function of n and o, in the order of the places."""
    def answer(x1, x2, w1, w2, b):
        n = x1 * w1 + x2 * w2 + b
        g = slope(n, n / (1 + abs(n)))
        parts = (g * w1, g * w2, g * x1, g * x2, g)
        return tuple(parts[i] for i in order)
    return answer


def right_slope(n, o):
    return 1 / (1 + abs(n)) ** 2


RIGHT = {
    "7.m": [(2.0, 0.0, -3.0, 1.0, 6.0), (2, 0, -8, 1, 16), (5.0, 0.0, -3.0, 1.0, 16.0),
            (2.0, -10.0, -3.0, 1.0, 16.0)],
    "7.1": [(lambda n: 3 * (1 - math.tanh(3 * n) ** 2),), (lambda n: 3 / math.cosh(3 * n) ** 2,),
            (lambda n: 3 - 3 * math.tanh(3 * n) ** 2,)],
    "7.2": [(lambda s: s * (1 - s),), (lambda s: s - s**2,), (lambda s: (1 / s - 1) * s * s,)],
    "7.3": [(sigmoid_by_tanh,), (WithSigmoid,), (WithSigmoid.sigmoid,)],
    "7.4": [(softsign(right_slope),), (softsign(lambda n, o: (1 - abs(o)) ** 2),)],
}

WRONG = {
    "7.m": [((2.0, 0.0, -3.0, 1.0, 20.0), "Which way is that?"),
            ((2.0, 0.0, -13.0, 1.0, 16.0), "saturated on the other side"),
            ((200.0, 0.0, -3.0, 1.0, 16.0), "n is -584"),
            ((2.0, 0.0, -3.0, -100.0, 16.0), "`w2` is multiplied by 0"),
            ((2.0, 0.0, -3.0, 1.0, 6.8813735870195432), "Bring n still nearer to 0"),
            ((2.0, 0.0, -8.0, 1.0, 6.0), "2 numbers are changed, w1 and b"),
            ((float("nan"), 0.0, -3.0, 1.0, 16.0), "nan"),
            ((2.0, 0.0, -3.0, 1.0, "6"), "expected 5 numbers")],
    "7.1": [((lambda n: 1 - steep(n) ** 2,), "slope of tanh alone"),
            ((lambda n: 3 * (1 - n**2),), "you put in the input."),
            ((lambda n: 1 - n**2,), "you put in the input; and"),
            ((lambda n: 3 * (1 - 9 * n**2),), "the input of tanh"),
            ((lambda n: 1 - (3 * steep(n)) ** 2,), "does not belong to o"),
            ((lambda n: 3 * 1 - steep(n) ** 2,), "needs parentheses"),
            ((lambda n: 4 - steep(n) ** 2,), "you added them"),
            ((lambda n: (1 - steep(n) ** 2) / 3,), "not a third"),
            ((lambda n: 3 * (1 - steep(n)),), "is squared before"),
            ((steep,), "the output itself"),
            ((lambda n: 3 * (1 + steep(n) ** 2),), "mind the sign"),
            ((lambda n: 3 * (steep(n) ** 2 - 1),), "never negative"),
            ((lambda n: 3 * (1 - math.tanh(n) ** 2),), "What goes into tanh is 3 n"),
            ((lambda n: 3 * (1 - math.tanh(steep(n)) ** 2),), "no second tanh"),
            ((lambda n: (steep(n + 1e-6) - steep(n - 1e-6)) / 2e-6,), "as a nudge comes"),
            ((lambda n: 0.5,), "Two steps: from n to 3 n"),
            ((lambda: 0.5,), "TypeError"),
            ((0.5,), "expected a function")],
    "7.2": [((lambda s: 1 - s**2,), "the rule for tanh"),
            ((lambda s: -s * (1 - s),), "its minus sign"),
            ((lambda s: math.exp(-s) / (1 + math.exp(-s)) ** 2,), "You took s for the input"),
            ((lambda s: 1 / (1 + math.exp(-s)),), "the curve itself"),
            ((lambda s: s**2,), "That is 1 / (1 + u)**2"),
            ((lambda s: 1 - s,), "One factor is still missing"),
            ((lambda s: s,), "That is the output itself"),
            ((lambda s: 0.25,), "Write u = exp(-n)")],
    "7.3": [((plain_sigmoid,), "needs only the small one"),
            ((lambda self: Value(sigmoid_by_tanh(self).data, (self), "sigmoid"),), "needs a comma"),
            ((lambda self: Value(sigmoid_by_tanh(self).data),), "does not remember its operands"),
            ((lambda self: sigmoid_by_tanh(self).data,), "the plain number"),
            ((lambda self: Value(math.tanh(self.data), (self,), "tanh"),), "That is tanh"),
            ((lambda self: Value((1 - math.tanh(self.data / 2)) / 2, (self,), "s"),),
             "The curve falls"),
            ((lambda self: Value(1 / (1 + math.exp(self)), (self,), "s"),), "Calculate with `.d"),
            ((lambda self: (self * Value(0.5)).tanh(),), "between the result and its operands"),
            ((forgets_far_out,), "for -1000 the result does not remember its operand, so"),
            ((forgets_on_one_side,), "Every `return` needs `(self,)`"),
            ((zero_on_the_left,), "for -15 the result is 0, expected"),
            ((changes_itself,), "it changed its operand and gave that back"),
            ((lambda self: Value(self.data, (self,), "s"),), "Look at the forward pass")],
    "7.4": [((softsign(lambda n, o: 1.0),), "The gradients end at the sum n"),
            ((softsign(lambda n, o: 1 / (1 + abs(n))),), "the quotient rule gives a square"),
            ((softsign(lambda n, o: 1 / (1 + n) ** 2),), "For a positive sum this is right"),
            ((softsign(lambda n, o: 1 / (1 + abs(o)) ** 2),), "the output where the input"),
            ((softsign(lambda n, o: (1 - abs(n)) ** 2),), "the input where the output"),
            ((softsign(lambda n, o: 1 - o**2),), "the rule for tanh"),
            ((softsign(lambda n, o: math.copysign(right_slope(n, o), n)),), "rises on both sides"),
            ((softsign(lambda n, o: o),), "not by its slope"),
            ((softsign(right_slope, (2, 3, 0, 1, 4)),), "changed places"),
            ((softsign(right_slope, (0, 2, 1, 3, 4)),), "five numbers in another order"),
            ((softsign(right_slope, (2, 0, 3, 1, 4)),), "it is x1, x2, w1, w2, b"),
            ((softsign(lambda n, o: 1 / (1 + n**2)),), "It is do/dn that is wrong"),
            ((softsign(lambda n, o: max(n, 0.0)),), "b's gradient shows it: at n = "),
            ((softsign(right_slope, (4, 4, 4, 4, 4)),), "Find the gradient of n first"),
            ((lambda *x: softsign(right_slope)(*x)[:4],), "expected 5 numbers")],
}

OPEN = {"7.m": (2.0, 0.0, -3.0, 1.0, 16.0),
        "7.1": (lambda n: ...,), "7.2": (lambda s: ...,), "7.3": (lambda self: ...,),
        "7.4": (lambda *x: ...,)}
