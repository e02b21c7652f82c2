"""The finished scalar engine: a `Value` is a number that remembers how it was computed.

It knows the operation, the operands, and for each operand the local derivative: how fast the
result moves when that operand alone does. All of it is known when the result is, so `backward`
is one loop that applies the chain rule, and no operation needs a function of its own for it.

No value points to one that was computed from it. A graph therefore has no reference cycles: when
its root is dropped, Python frees it at once, without the garbage collector.
"""

import math
import operator
from math import isfinite
from numbers import Real

REAL = (float, int, Real)  # Real includes the other two, but takes longer to recognise them
new = object.__new__
MOST_NAMED = 7  # an error message names this many operands


class Value:
    """A number in an expression graph.

    data: the number, a float. grad: the derivative of the root with respect to it, once the root's
    `backward` has run. label: a name, for drawings and error messages. _op: the operation that
    computed it, "" for a leaf. _prev: its operands, in order, () for a leaf. _local_derivatives: a
    float for each operand, known from the forward pass on: after a change of `data`, compute anew.

    A plain number beside an operator becomes a leaf; anything else gets Python's own TypeError.
    A result is finite: an operation that would give infinity or NaN (not a number) raises an error
    that names its operands. Gradients are not checked, and may overflow to infinity.
    """

    __slots__ = ("_local_derivatives", "_op", "_prev", "data", "grad", "label")
    __array_ufunc__ = None  # NumPy's numbers leave `number * value` to the value

    def __init__(self, data, label=""):
        """Make a leaf.

        data: a finite real number, NumPy's included, kept as a float. label: a str.
        Raises TypeError for anything else, a bool included, and ValueError for NaN, infinity, and
        an int beyond the largest float.
        """
        if not isinstance(label, str):
            raise TypeError(f"a label is a str, got {label!r:.60}: write for example label='a'")
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
        return operation(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __sub__(self, other):  # self - other
        if not isinstance(other, Value):
            return with_number(operator.sub, self, other)
        return operation(self.data - other.data, (self, other), "-", (1.0, -1.0))

    def __mul__(self, other):  # self * other
        if not isinstance(other, Value):
            return with_number(operator.mul, self, other)
        return operation(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __truediv__(self, other):  # self / other
        """d(a/b)/da = 1/b and d(a/b)/db = -a/b**2. Raises ZeroDivisionError if b is 0."""
        if not isinstance(other, Value):
            return with_number(operator.truediv, self, other)
        a, b = self.data, other.data
        if b == 0:
            raise ZeroDivisionError(complaint("/", (self, other), "a divisor other than 0",
                                              "see where it comes from, or add a small number"))
        return operation(a / b, (self, other), "/", (1 / b, -a / b / b))

    def __pow__(self, other):  # self ** other
        """d(x**n)/dx = n x**(n-1), and for x > 0 also d(x**n)/dn = x**n log(x).

        Where x is 0 or less, and log(x) does not exist, n counts as a constant: its local
        derivative is 0. Raises ValueError if x < 0 and n is not whole, ZeroDivisionError if x is 0
        and n < 0, OverflowError if x**n or its slope is beyond the largest float.
        """
        if not isinstance(other, Value):
            return with_number(operator.pow, self, other)
        x, n = self.data, other.data
        if x < 0 and n % 1:
            raise ValueError(complaint("**", (self, other), "a whole exponent for a negative base",
                                       "make the base positive, or round the exponent"))
        if x == 0 and n < 0:
            raise ZeroDivisionError(complaint("**", (self, other), "an exponent of 0 or more for 0",
                                              "see where the 0 comes from, or add a small number"))
        try:
            power = x**n
            slope = slope_of_power(x, n)
        except OverflowError:
            raise OverflowError(complaint("**", (self, other), "result and slope below 1.8e308",
                                          "scale base or exponent down")) from None
        return operation(power, (self, other), "**", (slope, power * math.log(x) if x > 0 else 0.0))

    def __neg__(self):  # -self
        return operation(-self.data, (self,), "neg", (-1.0,))

    def __radd__(self, other): return with_number(operator.add, other, self)  # other + self
    def __rsub__(self, other): return with_number(operator.sub, other, self)  # other - self
    def __rmul__(self, other): return with_number(operator.mul, other, self)  # other * self
    def __rtruediv__(self, other): return with_number(operator.truediv, other, self)  # other / self
    def __rpow__(self, other): return with_number(operator.pow, other, self)  # other ** self

    def exp(self):
        """e to the power of self: its own derivative. Raises OverflowError."""
        try:
            power = math.exp(self.data)
        except OverflowError:
            raise OverflowError(complaint("exp", (self,), "an operand below 709.78",
                                          "scale it down, or subtract a number")) from None
        return operation(power, (self,), "exp", (power,))

    def log(self):
        """The natural logarithm; d log(x)/dx = 1/x. Raises ValueError if x is 0 or less."""
        if self.data <= 0:
            raise ValueError(complaint("log", (self,), "an operand above 0",
                                       "see where it comes from, or add a small number"))
        return operation(math.log(self.data), (self,), "log", (1 / self.data,))

    def tanh(self):
        """The hyperbolic tangent t, which never overflows; dt/dx = 1 - t**2."""
        t = math.tanh(self.data)
        return operation(t, (self,), "tanh", (1 - t * t,))

    def sigmoid(self):
        """s = 1 / (1 + exp(-x)); ds/dx = s (1 - s).

        For x < 0 this is exp(x) / (1 + exp(x)): exp gets -|x|, and never overflows.
        """
        e = math.exp(-abs(self.data))
        s = (1.0 if self.data > 0 else e) / (1 + e)
        return operation(s, (self,), "sigmoid", (s * (1 - s),))

    def relu(self):
        """x where it is positive, else 0; the derivative is 1 or 0, and 0 at 0."""
        x = self.data
        return operation(0.0 if x < 0 else x, (self,), "relu", (1.0,) if x > 0 else (0.0,))

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
    return operation(total, (*weights, *inputs, bias), "dot", (*x, *w, 1.0))  # of w: x, of x: w


def operation(data, operands, op, local_derivatives):
    """The value computed from operands; local_derivatives has a float for each of them.

    Raises OverflowError if data is infinite or NaN.
    """
    if not isfinite(data):
        raise OverflowError(complaint(op, operands, f"a finite result, got {data}",
                                      "scale the operands down, or lower the learning rate"))
    out = new(Value)  # not __init__, which checks what is known here
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


def slope_of_power(x, n):
    """d(x**n)/dx: a constant (n = 0) is flat, and at x = 0 a root (0 < n < 1) vertical.

    Raises OverflowError if it is beyond the largest float.
    """
    if n == 0:
        return 0.0
    if x == 0 and n < 1:
        return math.inf
    slope = n * x ** (n - 1)
    if math.isinf(slope):
        raise OverflowError
    return slope


def with_number(apply, left, right):
    """Apply a binary operator after a plain number among its operands has become a leaf."""
    try:
        left, right = as_value(left), as_value(right)
    except TypeError:
        return NotImplemented  # now Python raises its TypeError for the operator
    return apply(left, right)


def as_value(x):
    """x itself if it is a Value, else a leaf made from it; raises as Value(x) does."""
    return x if isinstance(x, Value) else Value(x)


def as_float(x):
    """The real number x as a finite float; raises TypeError or ValueError."""
    if isinstance(x, bool) or not isinstance(x, REAL):
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
    named = operands
    if len(operands) > MOST_NAMED:
        named = sorted(operands, key=lambda v: abs(v.data), reverse=True)[:MOST_NAMED]
    names = ", ".join(f"{v.label}={v.data}" if v.label else str(v.data) for v in named)
    rest = f" and {len(operands) - len(named)} more" if named is not operands else ""
    return f"{op} of {names}{rest}: expected {expected}; {remedy}"
