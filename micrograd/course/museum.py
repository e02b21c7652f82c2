"""A museum of broken engines: five classes, each with one fault, under names that do not tell.

Notebook 10 asks for experiments that tell them apart. What is wrong with an exhibit stands in the
comments below, so whoever wants to find out for themselves should not read on.
"""

import math

from micrograd.steps.step_10 import Value


class Healthy(Value):
    """Step 10's Value, with the parts of a backward pass as methods of their own.

    A result is of the same class as its operands. The inner values' gradients are cleared before
    each pass, so a second pass over a graph adds to its leaves what the first one added.
    """

    def operation(self, data, operands, op, local_derivatives):
        out = type(self)(data, operands, op)

        def _backward():
            for operand, local_derivative in zip(operands, local_derivatives, strict=True):
                operand.receive(local_derivative * out.grad)
        out._backward = _backward
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else type(self)(other)
        return self.operation(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else type(self)(other)
        return self.operation(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __pow__(self, k):
        return self.operation(self.data**k, (self,), f"**{k}", (k * self.data ** (k - 1),))

    def exp(self):
        result = math.exp(self.data)
        return self.operation(result, (self,), "exp", (result,))

    def tanh(self):
        result = math.tanh(self.data)
        return self.operation(result, (self,), "tanh", (1 - result**2,))

    def backward(self):
        order = self.order()
        self.clear(order[1:])
        self.seed()
        for value in order:
            value._backward()

    def receive(self, contribution):
        self.grad += contribution

    def order(self):
        """The root first, and each value after all the values that use it."""
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for operand in value._prev:
                    visit(operand)
                order.append(value)
        visit(self)
        return order[::-1]

    def clear(self, values):
        for value in values:
            if value._prev:
                value.grad = 0.0

    def seed(self):
        self.grad = 1.0


class A(Healthy):
    def receive(self, contribution):
        self.grad = contribution  # `=` for `+=`


class B(Healthy):
    def clear(self, values):
        pass  # stale gradients: what an earlier pass left in the inner values is passed on again


class C(Healthy):
    def __pow__(self, k):
        return type(self)(self.data**k, (self,), f"**{k}")  # a lost closure


class D(Healthy):
    def seed(self):
        pass  # an unseeded root


class E(Healthy):
    def order(self):  # the wrong order: a value takes its turn when its first use has been met
        order, stack = [], [self]
        while stack:
            value = stack.pop()
            if value not in order:
                order.append(value)
                stack.extend(value._prev)
        return order


EXHIBITS = {"A": A, "B": B, "C": C, "D": D, "E": E}
