"""The finished scalar engine: a `Value` is a number that remembers how it was computed.

It knows the operation, the operands, and for each operand the local derivative: how fast the
result moves when that operand alone does. All of it is known when the result is, so `backward`
is one loop that applies the chain rule, and no operation needs a function of its own for it.
No value points to one that was computed from it: without reference cycles, a graph is freed as
soon as its root is dropped.
"""

import math
import operator
from math import isfinite
from numbers import Real

BY_NUMPY = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul,
            "divide": operator.truediv, "power": operator.pow}
new = object.__new__
NEAR_0 = "see where it comes from, or add a small number"
HOW_HERE = ("make an operation of your own by micrograd.engine.operation(data, operands, op, "
            "local_derivatives), with a number for each operand in place of a closure")


class Value:
    """A number in an expression graph.

    data: the number, a float. grad: the derivative of the root with respect to it, once the root's
    `backward` has run. label: a name, for drawings and error messages. _op: the operation that
    computed it, "" for a leaf. _prev: its operands, in order, () for a leaf. _local_derivatives: a
    float for each operand, known from the forward pass on: after a change of `data`, compute anew.

    A plain number beside an operator becomes a leaf; anything else gets Python's own TypeError.
    Result and local derivatives are finite: where one would be infinite or NaN (not a number), the
    operation raises an error that names its operands. Gradients are not checked: beyond the largest
    float they are infinite or NaN, and the next operation on a leaf that a step made so says it.
    """

    __slots__ = ("_local_derivatives", "_op", "_prev", "data", "grad", "label")

    def __init__(self, data, label="", op=""):
        """Make a leaf.

        data: a finite real number, NumPy's included, kept as a float. label: a str.
        Raises TypeError for anything else, a bool included, ValueError for NaN and infinity.
        """
        if op or not isinstance(label, str):  # as the lecture adds an operation
            raise TypeError(f"a label is a str, got {label!r:.60}: write label='a'; {HOW_HERE}")
        self.data = as_float(data)
        self.grad = 0.0
        self.label = label
        self._op = ""
        self._prev = self._local_derivatives = ()

    def __repr__(self):
        label = f", label={self.label!r}" if self.label else ""
        return f"Value(data={self.data}, grad={self.grad}{label})"

    def __add__(self, other):  # self + other
        if not isinstance(other, Value):
            return with_number(operator.add, self, other)
        return result(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __sub__(self, other):  # self - other
        if not isinstance(other, Value):
            return with_number(operator.sub, self, other)
        return result(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __mul__(self, other):  # self * other
        if not isinstance(other, Value):
            return with_number(operator.mul, self, other)
        return result(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __truediv__(self, other):  # self / other
        """d(a/b)/da = 1/b and d(a/b)/db = -a/b**2. Raises ZeroDivisionError if b is 0."""
        if not isinstance(other, Value):
            return with_number(operator.truediv, self, other)
        a, b = self.data, other.data
        if b == 0:
            raise ZeroDivisionError(complaint("/", (self, other), "a divisor other than 0", NEAR_0))
        return operation(a / b, (self, other), "/", (1 / b, -a / b / b))

    def __pow__(self, other):  # self ** other
        """d(x**n)/dx = n x**(n-1), and for x > 0 also d(x**n)/dn = x**n log(x).

        Where x is 0 or less, and log(x) does not exist, n counts as a constant: its local
        derivative is 0. Raises ValueError if x < 0 and n is not whole, ZeroDivisionError if x is 0
        and n < 1, except for x**0, which is 1 everywhere: there x**n or its slope is infinite.
        """
        if not isinstance(other, Value):
            return with_number(operator.pow, self, other)
        x, n = self.data, other.data
        if x < 0 and n % 1:
            raise ValueError(complaint("**", (self, other), "a whole exponent for a negative base",
                                       "make the base positive, or round the exponent"))
        if x == 0 and n < 1 and n != 0:
            expected = "0, or 1 and more, as the exponent of 0, for a finite slope"
            raise ZeroDivisionError(complaint("**", (self, other), expected, NEAR_0))
        try:
            power, slope = x**n, slope_in_base(x, n)
        except OverflowError:
            power = slope = math.inf
        return operation(power, (self, other), "**", (slope, slope_in_exponent(x, power)))

    def __neg__(self):  # -self
        return result(-self.data, (self,), "neg", (-1.0,))

    def __radd__(self, other): return with_number(operator.add, other, self)  # other + self
    def __rsub__(self, other): return with_number(operator.sub, other, self)  # other - self
    def __rmul__(self, other): return with_number(operator.mul, other, self)  # other * self
    def __rtruediv__(self, other): return with_number(operator.truediv, other, self)  # other / self
    def __rpow__(self, other): return with_number(operator.pow, other, self)  # other ** self

    def __array_ufunc__(self, ufunc, method, *operands, **_):
        """NumPy asks here: its numbers calculate with values, its arrays and functions do not."""
        apply = BY_NUMPY.get(ufunc.__name__) if method == "__call__" else None
        out = with_number(apply, *operands) if apply else NotImplemented
        if out is NotImplemented:
            raise TypeError(f"NumPy's {ufunc.__name__} does not take a Value: write a.exp() for "
                            f"np.exp(a), and calculate with an array's numbers one by one")
        return out

    def _no_closure(self, *_):
        raise AttributeError(f"a Value has no _backward: {HOW_HERE}")
    _backward = property(_no_closure, _no_closure)

    def exp(self):
        """e to the power of self: its own derivative. Raises OverflowError."""
        try:
            power = math.exp(self.data)
        except OverflowError:
            raise OverflowError(complaint("exp", (self,), "an operand below 709.78",
                                          "scale it down, or subtract a number")) from None
        return result(power, (self,), "exp", (power,))

    def log(self):
        """The natural logarithm; d log(x)/dx = 1/x. Raises ValueError if x is 0 or less."""
        if self.data <= 0:
            raise ValueError(complaint("log", (self,), "an operand above 0", NEAR_0))
        return operation(math.log(self.data), (self,), "log", (1 / self.data,))

    def tanh(self):
        """The hyperbolic tangent t, which never overflows; dt/dx = 1 - t**2."""
        t = math.tanh(self.data)
        return result(t, (self,), "tanh", (1 - t * t,))

    def sigmoid(self):
        """s = 1 / (1 + exp(-x)), and exp(x) / (1 + exp(x)) for x < 0: exp never overflows.

        ds/dx = s (1 - s) = e / (1 + e)**2 with e = exp(-|x|), which loses no digits on either side.
        """
        e = math.exp(-abs(self.data))
        s = (1.0 if self.data > 0 else e) / (1 + e)
        return result(s, (self,), "sigmoid", (e / (1 + e) ** 2,))

    def relu(self):
        """x where it is positive, else 0; the derivative is 1 or 0, and 0 at 0."""
        x = self.data
        return result(0.0 if x < 0 else x, (self,), "relu", (1.0,) if x > 0 else (0.0,))

    def backward(self):
        """Compute the derivative of self with respect to every value it was computed from.

        It is added to the grad of a leaf, so that a second call doubles it; other values, self
        included, start from zero in each call.
        """
        order = topological_order(self)
        for value in order:
            value.grad = 0.0
        self.grad += 1.0
        for value in reversed(order):
            upstream = value.grad
            if upstream:  # a zero, as behind a relu at rest, changes nothing
                for operand, local in zip(value._prev, value._local_derivatives):
                    operand.grad += local * upstream  # the chain rule

    def zero_grad(self):
        """Set the gradients of self and of every value it was computed from to zero."""
        self.grad = 0.0
        for value in topological_order(self):
            for operand in value._prev:
                operand.grad = 0.0


def dot(weights, inputs, bias):
    """bias + w1 x1 + w2 x2 + ... as one operation, "dot": the sum inside a neuron.

    weights, inputs: lists of the same length. bias: one more. Each of them is a Value or a plain
    number, which becomes a leaf; make an input of several dots a Value once, for all of them.
    Returns a Value with the operands (*weights, *inputs, bias), equal to the last digit to the sum
    written out with + and *. Raises ValueError if the lengths differ, TypeError for no number.
    """
    if len(weights) != len(inputs):
        raise ValueError(f"dot of {len(weights)} weights and {len(inputs)} inputs: "
                         f"expected one input for each weight; pass lists of the same length")
    bias = as_value(bias)
    w, x, total = [], [], bias.data
    for weight, value in zip(weights, inputs):  # of equal length, as checked above
        if not isinstance(weight, Value) or not isinstance(value, Value):
            return dot(list(map(as_value, weights)), list(map(as_value, inputs)), bias)
        a, b = weight.data, value.data
        w.append(a)
        x.append(b)
        total += a * b
    return result(total, (*weights, *inputs, bias), "dot", (*x, *w, 1.0))  # of w: x, of x: w


def operation(data, operands, op, local_derivatives):
    """The value computed from operands; local_derivatives has a float for each of them, else
    ValueError is raised, and OverflowError where one of them, or data, is not finite."""
    if len(operands) != len(local_derivatives):
        raise ValueError(f"{op} has {len(operands)} operands and {len(local_derivatives)} local "
                         f"derivatives: give one for each operand, in the same order")
    if not all(map(isfinite, local_derivatives)):
        raise OverflowError(complaint(op, operands, "result and slopes below 1.8e308",
                                      "move the operands away from 0, or scale them down"))
    return result(data, operands, op, local_derivatives)


def result(data, operands, op, local_derivatives):  # `operation`, if they are sure to be right
    if not isfinite(data):
        raise OverflowError(complaint(op, operands, f"a finite result, got {data}",
                                      "scale the operands down, or lower the learning rate"))
    out = new(operands[0].__class__)  # maybe a subclass; __init__ checks what is known here
    out.data = data
    out.grad = 0.0
    out.label = ""
    out._op = op
    out._prev = operands
    out._local_derivatives = local_derivatives
    return out


def topological_order(root):
    """List root and what it was computed from, without leaves, operands before results."""
    order, seen, stack = [], set(), [root] if root._prev else []
    while stack:  # not recursion: a graph may be deeper than Python allows calls
        value = stack.pop()
        if value is None:  # the operands of the value below are all in order
            order.append(stack.pop())
        elif value not in seen:
            seen.add(value)
            stack.append(value)
            stack.append(None)
            for operand in value._prev:
                if operand._prev and operand not in seen:
                    stack.append(operand)
    return order


def slope_in_base(x, n):  # d(x**n)/dx, which may overflow; n = 0 is flat, also at x = 0
    return n * x ** (n - 1) if n else 0.0


def slope_in_exponent(x, power):  # d(x**n)/dn; a constant where x has no logarithm
    return power * math.log(x) if x > 0 else 0.0


def with_number(apply, left, right):
    """Apply a binary operator after a plain number among its operands has become a leaf."""
    try:
        left, right = as_value(left, right), as_value(right, left)
    except TypeError:
        return NotImplemented  # now Python raises its TypeError for the operator
    return apply(left, right)


def as_value(x, beside=None):
    """x itself if it is a Value, else a leaf, of the class of a value beside it, or TypeError."""
    if isinstance(x, Value):
        return x
    leaf = new(type(beside) if isinstance(beside, Value) else Value)
    Value.__init__(leaf, x)  # not the subclass's own, which may want other arguments
    return leaf


def as_float(x):
    """The real number x as a finite float; raises TypeError or ValueError."""
    if not isinstance(x, float) and (isinstance(x, bool) or not isinstance(x, int | Real)):
        raise TypeError(f"a Value holds a real number, got {type(x).__name__} {x!r:.60}: pass an "
                        f"int or a float (of a list or an array, each number by itself)")
    try:
        number = float(x)
    except OverflowError:
        number = math.inf
    if not isfinite(number):
        raise ValueError(f"a Value holds a finite number, got one that is {number} as a float: "
                         f"see where it comes from, and keep it below 1.8e308")
    return number


def complaint(op, operands, expected, remedy):
    """An error message that names the operation and its operands, or the largest of many."""
    named, rest = operands, ""
    if len(operands) > 7:
        named = sorted(operands, key=lambda v: abs(v.data), reverse=True)[:7]
        rest = f" and {len(operands) - 7} more"
    names = ", ".join(f"{v.label}={v.data}" if v.label else str(v.data) for v in named)
    if not all(isfinite(v.data) for v in operands):
        remedy = "an operand was set to infinity or NaN: if by a step, look at the gradients"
    return f"{op} of {names}{rest}: expected {expected}; {remedy}"
