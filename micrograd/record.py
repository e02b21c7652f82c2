"""NumPy calls written down: what runs on a `Traced` array is a program for others of its shape."""

import operator

import numpy as np

TOTAL = np.add.reduce
VIEWS = {np.matrix_transpose: "{}.mT", np.reshape: "{}.reshape({})"}  # of an array, not a copy


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """Stands in for an array while the engine runs: NumPy hands all calls on it to `record`.

    value: the array. tape: the results of all calls so far, so that none is made twice.
    function, args, options: the call that gave it; no function for an argument of the program.
    """

    def __init__(self, value, tape, function=None, args=(), options=()):
        self.value, self.tape = value, tape
        self.function, self.args, self.options = function, args, options
        self.shape, self.ndim, self.size = np.shape(value), np.ndim(value), np.size(value)

    def record(self, function, *args, **options):
        """The result of a call: computed at once, for its shape, and written down."""
        key = (function, *map(identity, args), *options.items())
        if key not in self.tape:
            value = function(*map(value_of, args), **options)
            self.tape[key] = Traced(value, self.tape, function, args, options)
        return self.tape[key]

    def __array_ufunc__(self, ufunc, method, *args, **options):  # `self + x`, `np.exp(self)`
        if (ufunc, method) == (np.add, "reduce"):  # `np.add.reduce(self, axis)`
            keepdims = {"keepdims": True} if options.get("keepdims") else {}
            return self.record(TOTAL, self, options["axis"], **keepdims)
        if method != "__call__":
            return NotImplemented  # NumPy raises its TypeError
        if is_elementwise(ufunc):
            args = [simplified(x, args) for x in args]
        unit = {np.add: 0.0, np.multiply: 1.0}.get(ufunc)
        if unit in [x for x in args if isinstance(x, float)] and self.value.dtype == float:
            return self
        return self.record(ufunc, *args, **options)

    def __array_function__(self, function, types, args, options):  # `np.where(self, x, y)`
        if function is np.expand_dims:
            return self.reshape(function(self.value, *args[1:]).shape)
        return self.record(function, *args, **options)

    def __pow__(self, other):  # np.power may round in another way
        return self.record(operator.pow, self, other)

    def reshape(self, shape):
        return self if shape == self.shape else self.record(np.reshape, self, shape)

    @property
    def mT(self):
        return self.record(np.matrix_transpose, self)


def value_of(x):
    return x.value if isinstance(x, Traced) else x


def identity(x):
    """What tells an argument from others: a number by its digits, an array by being the same."""
    if is_uniform(x):
        return np.shape(x), str(np.ravel(x)[0])
    return id(x) if isinstance(x, Traced | np.ndarray) else str(x)


def is_uniform(x):
    """Whether x is an array with one number in all places; 0.0 and -0.0 are two."""
    if not isinstance(x, np.ndarray) or x.size == 0:
        return False
    first = x.flat[0]
    return bool(((x == first) & (np.signbit(x) == np.signbit(first))).all())


def simplified(x, operands):
    """x; a constant that is the same everywhere as a number, unless it gives the result its shape.

    Truth values become floats here, and once: NumPy's way of doing so in passing takes longer.
    """
    if isinstance(x, Traced):
        return x.record(np.astype, x, float) if x.shape and x.value.dtype == bool else x
    shape = np.broadcast_shapes(*(np.shape(value_of(y)) for y in operands if y is not x))
    needed = np.broadcast_shapes(np.shape(x), shape) != shape
    return float(np.ravel(x)[0]) if is_uniform(np.asarray(x)) and not needed else x


def is_elementwise(function):
    return isinstance(function, np.ufunc) and function.signature is None


def owner(x):
    """x, or what it is a view of."""
    while isinstance(x, Traced) and x.function in VIEWS:
        x = x.args[0]
    return x
