"""Right, wrong and open answers to the exercises of notebook 8."""

import math

from micrograd.steps.step_08 import Value


def operation(forward, gradients, store=lambda out, step: setattr(out, "_backward", step)):
    """A method: forward takes the numbers; gradients takes the numbers, the result and out.grad."""
    def method(*operands):
        numbers = [operand.data for operand in operands]
        out = Value(forward(*numbers), operands, "op")

        def step():
            grads = gradients(*numbers, out.data, out.grad)
            for operand, grad in zip(operands, grads, strict=True):
                operand.grad = grad
        store(out, step)
        return out
    return method


def difference(gradients, **how):
    return operation(lambda a, b: a - b, gradients, **how)


def sigmoid_of(n):
    return 1 / (1 + math.exp(-n))


def sigmoid(gradients, **how):
    return operation(sigmoid_of, gradients, **how)


def length(gradients, **how):
    return operation(math.hypot, gradients, **how)


def right_minus(a, b, o, g):
    return g, -g


def right_sigmoid(n, s, g):
    return ((1 - s) * s * g,)


def right_length(a, b, r, g):
    return a / r * g, b / r * g


class Accumulating(Value):
    def __sub__(self, other):
        out = Value(self.data - other.data, (self, other), "-")

        def step():
            self.grad += out.grad
            other.grad -= out.grad
        out._backward = step
        return out

    def sigmoid(self):
        out = Value(0.5 + 0.5 * math.tanh(self.data / 2), [self], "sigmoid")
        e = math.exp(-self.data)

        def step():
            self.grad += e / (1 + e) ** 2 * out.grad
        out._backward = step
        return out

    def length(self, other):
        a, b = self.data, other.data
        out = Value((a * a + b * b) ** 0.5, (self, other))

        def step():
            self.grad += a / (a * a + b * b) ** 0.5 * out.grad
            other.grad += b / (a * a + b * b) ** 0.5 * out.grad
        out._backward = step
        return out


def in_the_forward_pass(self, other):
    out = Value(self.data - other.data, (self, other), "-")
    self.grad, other.grad = 1.0, -1.0
    return out


def other_way_round(self, other):
    out = Value(self.data - other.data, (self, other), "-")

    def _backward():
        out.grad = self.grad - other.grad
    out._backward = _backward
    return out


def goes_on_to_its_operand(self):
    out = Value(sigmoid_of(self.data), (self,), "sigmoid")

    def step():
        self.grad = out.data * (1 - out.data) * out.grad
        self._backward()
    out._backward = step
    return out


def no_operands(self):
    return Value(sigmoid_of(self.data))


def never(out, step):
    pass


def called(out, step):
    out._backward = step()


def in_grad(out, step):
    out.grad = step


def half_open(self, other):
    out = Value(self.data - other.data, (self, other), "-")

    def _backward():
        self.grad = out.grad
        other.grad = ...
    out._backward = _backward
    return out


def blank_times_upstream(self, other):
    out = Value(self.data - other.data, (self, other), "-")

    def _backward():
        self.grad = out.grad
        other.grad = ... * out.grad
    out._backward = _backward
    return out


def difference_of_values(self, other):
    return Value(self - other, (self, other), "-")


def steps_with_values(self):
    o = Value(sigmoid_of(self.data), (self,), "sigmoid")

    def _backward():
        self.grad = o * (1 - o) * o.grad
    o._backward = _backward
    return o


def calls_notebook_7(self):
    out = Value(sigmoid_of(self.data), (self,), "sigmoid")

    def _backward():
        self.grad = slope_of_sigmoid(out.data) * out.grad  # noqa: F821
    out._backward = _backward
    return out


def returns_the_gradient(self):
    out = Value(sigmoid_of(self.data), (self,), "sigmoid")
    out._backward = lambda: out.data * (1 - out.data) * out.grad
    return out


def divides_values(self, other):
    r = math.hypot(self.data, other.data)
    out = Value(r, (self, other), "length")

    def _backward():
        self.grad = self / r * out.grad
        other.grad = other / r * out.grad
    out._backward = _backward
    return out


def without_self(self, other):
    out = Value(self.data - other.data, (self, other), "-")

    def _backward():
        grad = out.grad, -out.grad  # noqa: F841
    out._backward = _backward
    return out


def into_the_data(self, other):
    out = Value(self.data - other.data, (self, other), "-")

    def _backward():
        other.data = -out.grad
    out._backward = _backward
    return out


def own_gradient_upstream(self):
    out = Value(sigmoid_of(self.data), (self,), "sigmoid")

    def _backward():
        self.grad = out.data * (1 - out.data) * self.grad
    out._backward = _backward
    return out


def sigmoid_into_the_data(self):
    out = Value(sigmoid_of(self.data), (self,), "sigmoid")

    def _backward():
        self.data = out.data * (1 - out.data) * out.grad
    out._backward = _backward
    return out


def one_operand(self, other):
    return Value(math.hypot(self.data, other.data), (self,), "length")


def only_other(self, other):
    return Value(self.data - other.data, (other,), "-")


def neuron_of(new_weight, built_with):
    x, w, b = Value(2.0), Value(built_with), Value(7.0)
    o = (x * w + b).tanh()
    w.data = new_weight
    o.backward()
    return x.grad


def changed_after_the_pass(new_weight):
    x, w, b = Value(2.0), Value(-3.0), Value(7.0)
    o = (x * w + b).tanh()
    o.backward()
    w.data = new_weight
    return x.grad


def read_before_the_pass(new_weight):
    x = Value(2.0)
    before = x.grad
    (x * Value(new_weight) + Value(7.0)).tanh().backward()
    return before


def with_another_bias(new_weight):
    x, w, b = Value(2.0), Value(new_weight), Value(7.5)
    (x * w + b).tanh().backward()
    return x.grad


RIGHT = {
    "8.m": [(lambda w: neuron_of(w, w),)],
    "8.1": [(["z", "a", "b", "v", "q", "c", "p", "L"],),
            (("z", "c", "b", "a", "v", "q", "p", "L"),)],
    "8.2": [(difference(right_minus),), (Accumulating,)],
    "8.3": [(sigmoid(right_sigmoid),), (Accumulating,), (Accumulating.sigmoid,)],
    "8.4": [(length(right_length),), (Accumulating,), (Accumulating.length,)],
}

WRONG = {
    "8.m": [((changed_after_the_pass,), "the gradient of the old neuron"),
            ((read_before_the_pass,), "Nothing has reached x"),
            ((with_another_bias,), "only the line that changes the weight"),
            ((Value,), "that is the class `Value`"),
            ((lambda w: Value(w),), "give back the number"),
            ((lambda: 1.0,), "TypeError")],
    "8.1": [((["L", "q", "z", "p", "c", "v", "b", "a"],), "the reverse of it"),
            ((["a", "b", "v", "c", "p", "a", "b", "v", "z", "q", "L"],), "starts once"),
            ((["v", "p", "q", "L"],), "A leaf is a value, too"),
            ((["a", "b", "c", "z", "p", "q", "L"],), "also those in between"),
            ((["a", "b", "c", "p", "v", "z", "q", "L"],), "'v' stands to the right of 'p'"),
            ((["a", "b", "e", "d"],), "none of the eight"),
            ((["a", "b", "v", "c", "p", "z", "q", "L"],), "but it begins with 'a'"),
            ((["z", "a", "b", "v", "c", "p", "q", "L"],), "but 'p' stands before 'q'"),
            ((["z", "a", "b", ...],), "are still there"),
            (("abvcpzqL",), "expected a list")],
    "8.2": [((difference(lambda a, b, o, g: (g, g)),), "the difference goes down"),
            ((difference(lambda a, b, o, g: (1.0, -1.0)),), "the local derivative alone"),
            ((difference(lambda a, b, o, g: (b * g, a * g)),), "the rule for a product"),
            ((difference(lambda a, b, o, g: (a * g, -b * g)),), "No value belongs in here"),
            ((difference(lambda a, b, o, g: (g, 0.0)),), "did not set it"),
            ((difference(right_minus, store=never),), "carried nothing back"),
            ((without_self,), "your step ran, but left `self.grad` at 0"),
            ((into_the_data,), "the step changed `other.data`"),
            ((only_other,), "remembers only other: self is an operand too"),
            ((difference(lambda a, b, o, g: (-g, 0.0)),), "lines assign to `self.grad`"),
            ((difference(lambda a, b, o, g: (0.0, g)),), "lines assign to `other.grad`"),
            ((difference(right_minus, store=called),), "without parentheses"),
            ((difference(right_minus, store=in_grad),), "stored in `out.grad`"),
            ((in_the_forward_pass,), "already in the forward pass"),
            ((other_way_round,), "changed `out.grad`"),
            ((operation(lambda a, b: b - a, right_minus),), "it is self - other"),
            ((half_open,), "still there for other.grad"),
            ((blank_times_upstream,), "the backward step calculates with them"),
            ((difference_of_values,), "Calculate with `.data`, not"),
            ((lambda self, other: self.data - other.data,), "the plain number"),
            ((lambda self: Value(1.0),), "TypeError")],
    "8.3": [((sigmoid(lambda n, s, g: (n * (1 - n) * g,)),), "not `self.data`"),
            ((sigmoid(lambda n, s, g: ((1 - s**2) * g,)),), "the rule for tanh"),
            ((sigmoid(lambda n, s, g: (s * (1 - s),)),), "the local derivative alone"),
            ((sigmoid(lambda n, s, g: (s * (1 - s) + g,)),), "not added"),
            ((sigmoid(lambda n, s, g: (-s * (1 - s) * g,)),), "The curve rises"),
            ((sigmoid(lambda n, s, g: (s * g,)),), "by the output, not by the slope"),
            ((sigmoid(lambda n, s, g: ((1 - s) * g,)),), "1 - s alone"),
            ((sigmoid(lambda n, s, g: (s * (1 - s) * s,)),), "where `out.grad` belongs"),
            ((sigmoid(lambda n, s, g: (s * 1 - s * g,)),), "Parentheses are missing"),
            ((sigmoid(lambda n, s, g: ((sigmoid_of(n + 1e-6) - s) / 1e-6 * g,)),),
             "as a nudge comes"),
            ((operation(lambda n: 1 / 1 + math.exp(-n), right_sigmoid),), "needs parentheses"),
            ((sigmoid(right_sigmoid, store=never),), "carried nothing back"),
            ((own_gradient_upstream,), "not `self.grad`, which is still 0"),
            ((sigmoid_into_the_data,), "the step changed `self.data`"),
            ((no_operands,), "does not remember its operands"),
            ((steps_with_values,), "Calculate with `.data` and `.grad`"),
            ((calls_notebook_7,), "has to be written out"),
            ((returns_the_gradient,), "Write it into `self.grad` instead"),
            ((operation(math.tanh, right_sigmoid),), "That is tanh"),
            ((goes_on_to_its_operand,), "also calls the `_backward` of an operand"),
            ((operation(lambda n: 1 / (1 + math.exp(n)), right_sigmoid),), "The curve falls")],
    "8.4": [((length(lambda a, b, r, g: (2 * a * g, 2 * b * g)),), "has a slope, too"),
            ((length(lambda a, b, r, g: (g / (2 * r), g / (2 * r))),), "the root alone"),
            ((length(lambda a, b, r, g: (a * g / (2 * r), b * g / (2 * r))),), "half of what"),
            ((length(lambda a, b, r, g: (2 * a * g / r, 2 * b * g / r)),), "twice what"),
            ((length(lambda a, b, r, g: (b * g / r, a * g / r)),), "changed places"),
            ((length(lambda a, b, r, g: (abs(a) * g / r, abs(b) * g / r)),), "mind the sign"),
            ((length(lambda a, b, r, g: (r / a * g, r / b * g)),), "upside down"),
            ((length(lambda a, b, r, g: (a / r, b / r)),), "the local derivative alone"),
            ((length(lambda a, b, r, g: (g, g)),), "Nudge that operand alone"),
            ((operation(lambda a, b: a * a + b * b, right_length),), "square root is missing"),
            ((lambda self, other: self * self + other * other,), "between the result and its"),
            ((one_operand,), "remembers only self: other is an operand too"),
            ((length(lambda a, b, r, g: (b * g / r, 0.0)),), "`other.grad` at 0: it was never"),
            ((length(lambda a, b, r, g: (0.0, 0.0)),), "your step ran, but left `self.grad`"),
            ((length(right_length, store=never),), "carried nothing back"),
            ((divides_values,), "Calculate with `.data` and `.grad`")],
}


def subtract(self, other):
    out = Value(self.data - other.data, (self, other), "-")

    def _backward():
        self.grad = ...
        other.grad = ...
    out._backward = _backward
    return out


OPEN = {"8.m": (lambda w: neuron_of(w, -3.0),), "8.1": (["a", ...],), "8.2": (subtract,),
        "8.3": (lambda self: ...,), "8.4": (lambda self, other: ...,)}
