"""The engine on NumPy arrays: a node holds a whole array of numbers instead of one.

The scalar engine keeps a local derivative for each operand. Here it is a rule: a function from
the gradient of the result to the gradient of the operand (a vector-Jacobian product).
Division by zero, overflow and the logarithm of zero follow NumPy: a warning, then inf or nan.
"""

from numbers import Real

from micrograd.deep import unnested
from micrograd.engine import as_float, topological_order
from micrograd.needed import needed

np = needed("numpy", "Arrays", "numpy")


def unary(op, compute):
    """The method for an operation on one Array; compute(a) gives the result and the rule."""
    def method(self):
        out, rule = compute(self.data)
        return Array(out, (self,), op, (rule,), compute)
    return method


def broadcastable(a, b):  # whether these shapes go together in an operation entry by entry
    return all(m == n or 1 in (m, n) for m, n in zip(a[::-1], b[::-1]))


def multipliable(a, b):  # whether they do in a matrix product
    return a and b and a[-1] == b[-2:][0] and broadcastable(a[:-2], b[:-2])


def binary(op, compute, fit=broadcastable,
           needs="sizes, compared from the last axis back, must be equal or 1"):
    """The methods for `self op other` and, reflected, for `other op self`.

    compute(a, b) gives the result and the rules for a and b. fit tells which shapes go together,
    and `needs` says it: others raise ValueError. An `other` that is not made of real numbers
    raises TypeError.
    """
    def method(self, other):
        other = other if isinstance(other, Array) else Array(other, _op="constant")
        try:
            out, for_self, for_other = compute(self.data, other.data)
        except ValueError:
            if fit(self.data.shape, other.data.shape):
                raise  # what compute has to say is about something else
            shapes = f"{self.data.shape} {op} {other.data.shape}"
            raise ValueError(f"the shapes in {shapes} do not fit: {needs}") from None
        return Array(out, (self, other), op, (for_self, for_other), compute)

    return method, lambda self, other: method(Array(other, _op="constant"), self)


def power(a, b):
    """a ** b. It is flat in a where b = 0; where a <= 0 there is no log(a), and b is a constant."""
    out = a ** b
    return out, lambda g: g * slope_in_base(a, b), lambda g: g * slope_in_exponent(a, out)


def slope_in_base(a, b): return b * a ** np.where(b == 0, 0, b - 1)
def slope_in_exponent(a, out): return out * np.log(np.where(a > 0, a, 1))


def matmul(a, b):
    """a @ b. For its rules see M. Giles, "Collected matrix derivative results for forward and
    reverse mode algorithmic differentiation" (2008)."""
    if a.ndim > 1 and b.ndim > 1:  # `dot` is faster, but knows no stacks of matrices
        product = np.dot if a.ndim == b.ndim == 2 else np.matmul
        return product(a, b), lambda g: product(g, b.mT), lambda g: product(a.mT, g)
    row = a if a.ndim > 1 else np.expand_dims(a, 0)
    column = b if b.ndim > 1 else np.expand_dims(b, 1)
    gone = (-2,) * (a.ndim == 1) + (-1,) * (b.ndim == 1)  # the axes that the result hasn't got
    def for_b(g):
        share = row.mT @ np.expand_dims(g, gone)
        return share if b.ndim > 1 else share.reshape(share.shape[:-1])
    return a @ b, lambda g: np.expand_dims(g, gone) @ column.mT, for_b


@unnested
class Array:
    """An array of float64 numbers in an expression graph.

    data: a number, an ndarray or nested lists; it is copied. `grad` is 0.0 until a backward pass
    arrives, then an array of the same shape. A number or an ndarray beside an operator becomes a
    constant, for which no gradient is computed.
    """

    __slots__ = ("_compute", "_op", "_prev", "_rules", "data", "grad", "label")
    __array_ufunc__ = None  # NumPy leaves ndarray * Array to Array.__rmul__

    def __init__(self, data, _prev=(), _op="", _rules=(), _compute=None, label=""):
        self.data = data if _prev else numbers(data)
        self.grad, self.label = 0.0, label
        self._prev, self._op, self._rules, self._compute = _prev, _op, _rules, _compute

    def __repr__(self):
        return f"Array({np.array2string(self.data, separator=', ', prefix='Array(')})"

    __add__, __radd__ = binary("+", lambda a, b: (a + b, lambda g: g, lambda g: g))
    __sub__, __rsub__ = binary("-", lambda a, b: (a - b, lambda g: g, lambda g: -g))
    __mul__, __rmul__ = binary("*", lambda a, b: (a * b, lambda g: g * b, lambda g: g * a))
    __truediv__, __rtruediv__ = binary(
        "/", lambda a, b: (out := a / b, lambda g: g / b, lambda g: g * (-out / b)))
    __pow__, __rpow__ = binary("**", power)
    __matmul__, __rmatmul__ = binary(
        "@", matmul, multipliable, "the left one needs as many columns as the right one has rows; "
        "one axis is a row on the left and a column on the right")
    __neg__ = unary("neg", lambda a: (-a, lambda g: -g))
    exp = unary("exp", lambda a: (out := np.exp(a), lambda g: g * out))
    log = unary("log", lambda a: (np.log(a), lambda g: g / a))
    tanh = unary("tanh", lambda a: (out := np.tanh(a), lambda g: g * (1 - out * out)))
    relu = unary("relu", lambda a: (out := np.maximum(a, 0.0), lambda g: g * (out > 0)))

    def sum(self, axis=None, keepdims=False):
        """The sum of all entries, or along an axis (or several), as in NumPy."""
        def compute(a):
            def rule(g):  # an entry's local derivative is 1, so it gets the gradient of its total
                g = g if axis is None or keepdims else np.expand_dims(g, axis)
                return g + np.zeros(a.shape)
            return np.add.reduce(a, axis, keepdims=keepdims), rule
        return unary("sum", compute)(self)

    def mean(self, axis=None, keepdims=False):
        """The mean of all entries, or along an axis (or several), as in NumPy."""
        total = self.sum(axis, keepdims)
        return total / (self.data.size / max(1, total.data.size))  # of nothing, NumPy has no mean

    def zero_grad(self):
        """Set the gradients of this Array and of all that it was computed from to zero."""
        self.grad = 0.0
        for node in topological_order(self):
            for operand in node._prev:
                operand.grad = 0.0

    def backward(self):
        """Add this Array's gradients to those of the leaves; inner nodes start afresh.

        Raises ValueError unless this Array holds a single number.
        """
        if self.data.size != 1:
            raise ValueError(f"backward() starts from a single number and this Array has shape "
                             f"{self.data.shape}: take its sum() or mean() first")
        order = topological_order(self)
        for node in order:
            node.grad = None
        self.grad = (0.0 if self._prev else self.grad) + np.ones(self.data.shape)
        for node in reversed(order):
            for operand, rule in zip(node._prev, node._rules):
                if operand._op != "constant":
                    gradient = rule(node.grad)
                    if gradient.shape != operand.data.shape:
                        gradient = unbroadcast(gradient, operand.data.shape)
                    # Not `+=`: other nodes may have the same array as their gradient.
                    operand.grad = gradient if operand.grad is None else operand.grad + gradient


def unbroadcast(gradient, shape):
    """Reverse of broadcasting: an entry that was used several times gets the sum over its uses."""
    if gradient.ndim == 2 and gradient.shape[1:] == shape:
        return np.dot(np.ones(gradient.shape[0]), gradient)  # adds up the rows faster than sum(0)
    new = gradient.ndim - len(shape)  # axes that broadcasting put in front
    axes = [i for i, n in enumerate(gradient.shape) if i < new or n != shape[i - new]]
    return np.add.reduce(gradient, tuple(axes)).reshape(shape)


def numbers(x):
    """A copy of x as float64; TypeError or ValueError unless it is made of real numbers."""
    if type(x) in (float, int):
        return np.float64(x if type(x) is float else as_float(x))
    try:
        data = np.asarray(x)
    except ValueError:
        raise ValueError(f"the rows of an array need equal lengths, got {x!r}") from None
    if data.dtype.kind == "O" and all(isinstance(v, Real) for v in data.flat):
        data = np.reshape([as_float(v) for v in data.flat], data.shape)  # fractions, large ints
    if data.dtype.kind not in "fiub":
        raise TypeError(f"expected a real number or an array of real numbers, got {x!r}")
    return data.astype(np.float64)[()]  # [()] makes a number of an array without axes
