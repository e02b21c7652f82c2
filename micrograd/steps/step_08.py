"""`Value` as notebook 08_auto_backward leaves it.

Written by `make steps` from that notebook's cell tagged `step`: change it there.
"""

import math

class Value:
    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None  # new
        self._prev = tuple(_children)
        self._op = _op
        self.label = label

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        out = Value(self.data + other.data, (self, other), "+")  # new

        def _backward():  # new
            self.grad = 1.0 * out.grad  # new
            other.grad = 1.0 * out.grad  # new
        out._backward = _backward  # new
        return out  # new

    def __mul__(self, other):
        out = Value(self.data * other.data, (self, other), "*")  # new

        def _backward():  # new
            self.grad = other.data * out.grad  # new
            other.grad = self.data * out.grad  # new
        out._backward = _backward  # new
        return out  # new

    def tanh(self):
        out = Value(math.tanh(self.data), (self,), "tanh")  # new

        def _backward():  # new
            self.grad = (1 - out.data**2) * out.grad  # new
        out._backward = _backward  # new
        return out  # new

    def backward(self):  # new
        order, seen = [], set()  # new

        def visit(value):  # new
            if value not in seen:  # new
                seen.add(value)  # new
                for operand in value._prev:  # new
                    visit(operand)  # new
                order.append(value)  # new
        visit(self)  # new
        self.grad = 1.0  # new
        for value in reversed(order):  # new
            value._backward()  # new
