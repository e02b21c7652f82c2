"""Derivatives by nudging: slow, approximate, and so simple that one can trust them.

They check the gradients that the chain rule gives.
"""

from numbers import Real


def numerical_gradient(f, *args):
    """Nudge each argument both ways and see how much the result moves: the central difference

        df/dx ~ (f(x + h) - f(x - h)) / (2 h),

    whose error shrinks with h**2 (a Taylor expansion of f on both sides of x shows it).

    f: a function of as many arguments as there are args. args: where to measure, numbers or
    values; f is called with fresh ones of the same kind and gives back a number or a value.
    Returns a tuple: the derivative of f with respect to each argument.
    """
    return tuple(_central_difference(f, args, i) for i in range(len(args)))


def _central_difference(f, args, i):
    h = 1e-5 * max(1.0, abs(_number(args[i])))

    def nudged(by):
        moved = [_fresh(arg, by if j == i else 0.0) for j, arg in enumerate(args)]
        return _number(f(*moved))

    return (nudged(h) - nudged(-h)) / (2 * h)


def gradcheck(f, *args, got=None, tolerance=1e-6):
    """Compare gradients with central differences.

    f, args: as for numerical_gradient. got: the gradients to check, one number per argument; left
    out, they are computed: f is called with fresh values, its result's backward() runs, and each
    argument's grad is read. tolerance: how far off it may be, as a fraction of the central
    difference (of 1, if that is smaller).
    Returns the gradients that were checked, as a tuple.
    Raises AssertionError, with arguments, got and expected, if they disagree; ValueError if
    `got` does not give one gradient per argument; TypeError if the gradients are to be computed
    and args are not values with a backward().
    """
    got = _backward_gradients(f, args) if got is None else tuple(got)
    if len(got) != len(args):
        raise ValueError(f"got {len(got)} gradients for {len(args)} arguments: give one for each")
    for i, (mine, nudged) in enumerate(zip(got, numerical_gradient(f, *args), strict=True)):
        if not abs(mine - nudged) <= tolerance * max(1.0, abs(nudged)):
            label = getattr(args[i], "label", "")
            raise AssertionError(
                f"wrong gradient for argument {i + 1}{f' ({label})' if label else ''} "
                f"of {tuple(_number(arg) for arg in args)}: got {mine}, expected {nudged}"
            )
    return got


def _backward_gradients(f, args):
    if not all(hasattr(arg, "backward") for arg in args):
        raise TypeError(
            f"gradcheck can only compute the gradients of values with a backward(), and the "
            f"arguments are {args}: pass Values, or the gradients to check as got=(...)"
        )
    values = [_fresh(arg, 0.0) for arg in args]
    f(*values).backward()
    return tuple(value.grad for value in values)


def _fresh(arg, nudge):
    """A new number or value of the same kind as arg, moved by the nudge."""
    moved = _number(arg) + nudge
    return moved if isinstance(arg, Real) else type(arg)(moved)


def _number(x):
    return float(x if isinstance(x, Real) else x.data)  # NumPy's numbers have a `data` as well
