"""`Value` as notebook 10_decomposed_tanh leaves it.

Written by `make steps` from that notebook's cell tagged `step`: change it there.
"""

import math

def operation(data, operands, op, local_derivatives):  # new
    out = Value(data, operands, op)  # new
    def _backward():  # new
        for operand, local_derivative in zip(operands, local_derivatives):  # new
            operand.grad += local_derivative * out.grad  # new
    out._backward = _backward  # new
    return out  # new

class Value:
    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = tuple(_children)
        self._op = _op
        self.label = label

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)  # new
        return operation(self.data + other.data, (self, other), "+", (1.0, 1.0))  # new
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)  # new
        return operation(self.data * other.data, (self, other), "*", (other.data, self.data))  # new
    def __pow__(self, k):  # new
        return operation(self.data**k, (self,), f"**{k}", (k * self.data ** (k - 1),))  # new

    def exp(self):  # new
        result = math.exp(self.data)  # new
        return operation(result, (self,), "exp", (result,))  # new
    def tanh(self):
        result = math.tanh(self.data)  # new
        return operation(result, (self,), "tanh", (1 - result**2,))  # new

    def __neg__(self): return self * -1  # new
    def __radd__(self, other): return self + other  # new
    def __sub__(self, other): return self + (-other)  # new
    def __rsub__(self, other): return other + (-self)  # new
    def __rmul__(self, other): return self * other  # new
    def __truediv__(self, other): return self * other**-1  # new
    def __rtruediv__(self, other): return other * self**-1  # new

    def backward(self):
        order, seen = [], set()
        def visit(value):
            if value not in seen:
                seen.add(value)
                for operand in value._prev:
                    visit(operand)
                order.append(value)
        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            value._backward()
