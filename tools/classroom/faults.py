"""Engines with one fault each, whose wrong gradients are the wrong answers of the quizzes.

`told` says to whoever has chosen such an answer what they took for what. The museum's exhibits do
the same to notebook 10; these are the mistakes that are made on paper.
"""

import math

from micrograd.course import museum
from micrograd.course.museum import Healthy


class Overwrites(museum.A):
    told = "One contribution has replaced the other. They add up."


class Unseeded(museum.D):
    told = "Nothing arrives, unless the root has been given its gradient, 1."


class FirstMet(museum.E):
    told = "A value has taken its turn before all of its gradient had arrived."


class LeftToRight(Healthy):
    told = "From left to right every gradient is passed on before it has arrived."

    def order(self):
        return super().order()[::-1]


class EachTime(Healthy):
    told = "What was passed on once is in there a second time."

    def backward(self):
        self.grad = 1.0
        self.walk()

    def walk(self):
        self._backward()
        for operand in self._prev:
            operand.walk()


class LocalAlone(Healthy):
    told = "That is the local derivative alone. It is multiplied by the upstream gradient."

    def operation(self, data, operands, op, local_derivatives):
        out = type(self)(data, operands, op)

        def _backward():
            for operand, local_derivative in zip(operands, local_derivatives, strict=True):
                operand.receive(local_derivative)
        out._backward = _backward
        return out


class OwnValue(Healthy):
    told = "In a product each operand has got its own value, in place of the other one's."

    def __mul__(self, other):
        other = other if isinstance(other, Healthy) else type(self)(other)
        return self.operation(self.data * other.data, (self, other), "*", (self.data, other.data))


class ProductAsSum(Healthy):
    told = "That would be right if all products were sums."

    def __mul__(self, other):
        other = other if isinstance(other, Healthy) else type(self)(other)
        return self.operation(self.data * other.data, (self, other), "*", (1.0, 1.0))


class SumAsProduct(Healthy):
    told = "A sum hands its gradient on unchanged. That is the rule of the product."

    def __add__(self, other):
        other = other if isinstance(other, Healthy) else type(self)(other)
        return self.operation(self.data + other.data, (self, other), "+", (other.data, self.data))


class SignLost(Healthy):
    told = "The size is right. When what is subtracted goes up, the difference goes down."

    def __sub__(self, other):
        other = other if isinstance(other, Healthy) else type(self)(other)
        return self.operation(self.data - other.data, (self, other), "-", (1.0, 1.0))


class TanhForgotten(Healthy):
    told = "On its way back the gradient passes through tanh, and is multiplied by its slope."

    def tanh(self):
        return self.operation(math.tanh(self.data), (self,), "tanh", (1.0,))


class TanhOfInput(Healthy):
    told = "The slope of tanh is 1 less the square of its output. Here it is the input's."

    def tanh(self):
        return self.operation(math.tanh(self.data), (self,), "tanh", (1 - self.data**2,))


class TanhUnsquared(Healthy):
    told = "1 less the output: the square is missing."

    def tanh(self):
        result = math.tanh(self.data)
        return self.operation(result, (self,), "tanh", (1 - result,))


class PowerKept(Healthy):
    told = "The exponent comes down as a factor, and it goes down by 1 as well."

    def __pow__(self, k):
        return self.operation(self.data**k, (self,), f"**{k}", (k * self.data**k,))


class PowerDropped(Healthy):
    told = "The exponent has gone down by 1. It also comes down, as a factor."

    def __pow__(self, k):
        return self.operation(self.data**k, (self,), f"**{k}", (self.data ** (k - 1),))


class ExpAsPower(Healthy):
    told = "That is the rule for powers. The slope of exp is its own value."

    def exp(self):
        x = self.data
        return self.operation(math.exp(x), (self,), "exp", (x * math.exp(x - 1),))


def gradients(engine, expression, numbers, upstream=None):
    """The gradients that an engine finds for the leaves of an expression, rounded for the eye.

    upstream: the gradient of the root, in place of the one that the engine gives it.
    """
    leaves = [engine(x) for x in numbers]
    root = expression(*leaves)
    if upstream is not None:
        root.seed = lambda: setattr(root, "grad", upstream)
    root.backward()
    return tuple(round(leaf.grad, 6) + 0.0 for leaf in leaves)
