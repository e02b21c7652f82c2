"""Derivatives by nudging: slow, approximate, and so simple that one can trust them.

They check the gradients that the chain rule gives.
"""

from math import ulp
from numbers import Real
from typing import NamedTuple


def numerical_gradient(f, *args):
    """Nudge each argument both ways and see how much the result moves: the central difference

        df/dx ~ (f(x + h) - f(x - h)) / (2 h),

    whose error shrinks with h**2 (a Taylor expansion of f on both sides of x shows it).

    f: a function of as many arguments as there are args. args: where to measure, numbers or
    values; f is called with fresh ones of the same kind and gives back a number or a value.
    Returns a tuple: the derivative of f with respect to each argument.
    """
    return tuple(_slope(f, args, i).central for i in range(len(args)))


def gradcheck(f, *args, got=None, tolerance=1e-6):
    """Compare gradients with central differences.

    f, args: as for numerical_gradient. got: the gradients to check, one number per argument; left
    out, they are computed: f is called with fresh values, its result's backward() runs, and each
    argument's grad is read. tolerance: how far off it may be, as a fraction of the central
    difference, beside the difference's own error, which two steps of different size show.
    Returns the gradients that were checked, as a tuple.
    Raises AssertionError, with arguments, got and expected, if they disagree; ValueError if
    `got` does not give one gradient per argument, or if f has a corner there, and so no gradient;
    TypeError if the gradients are to be computed and args are not values with a backward(), or if
    an argument is more than one number.
    """
    got = _backward_gradients(f, args) if got is None else tuple(got)
    if len(got) != len(args):
        raise ValueError(f"got {len(got)} gradients for {len(args)} arguments: give one for each")
    for i, mine in enumerate(got):
        slope = _slope(f, args, i)
        label = getattr(args[i], "label", "")
        place = f"argument {i + 1}{f' ({label})' if label else ''} of {tuple(map(_number, args))}"
        if slope.corner:
            raise ValueError(f"no gradient to compare with for {place}: f has a corner there, with "
                             f"slope {slope.left:.6g} on the left and {slope.right:.6g} on the "
                             f"right; check at a place beside it")
        if not abs(mine - slope.central) <= tolerance * abs(slope.central) + 10 * slope.error:
            raise AssertionError(
                f"wrong gradient for {place}: got {mine}, expected {slope.central}")
    return got


class _Slope(NamedTuple):
    central: float
    left: float
    right: float
    error: float  # of central, an estimate
    corner: bool


def _slope(f, args, i):
    """The slope along argument i, by a step of 1e-5 or of 1e-5 times its size, as fits better."""
    size = abs(_number(args[i]))
    found, failure = [], None
    for h in sorted({1e-5, 1e-5 * size or 1e-5}, reverse=True):
        try:
            slope = _slope_by_step(f, args, i, h)
        except (ArithmeticError, ValueError) as error:  # beyond the end of f's domain, perhaps
            failure = error
            continue
        if slope.error <= 1e-7 * abs(slope.central):
            return slope
        found.append(slope)
    if not found:
        raise failure
    return min(found, key=lambda slope: slope.error)


def _slope_by_step(f, args, i, h):
    """Measure with the step h, and with half of it: what changes between the two is error."""
    def at(nudge):
        return _number(f(*[_fresh(arg, nudge if j == i else 0.0) for j, arg in enumerate(args)]))

    right, left, here, near_right, near_left = map(at, (h, -h, 0.0, h / 2, -h / 2))
    central, halved = (right - left) / (2 * h), (near_right - near_left) / h
    rounding = ulp(max(map(abs, (right, left)))) / h
    slopes = (here - left) / h, (right - here) / h
    bend, halved_bend = slopes[1] - slopes[0], (near_right - 2 * here + near_left) / (h / 2)
    smallest = max(100 * rounding, 1e-3 * max(map(abs, slopes)))
    corner = abs(halved_bend) > 0.9 * abs(bend) > smallest  # where f is smooth, it halves
    return _Slope(central, *slopes, abs(central - halved) + rounding, corner)


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
    number = x if isinstance(x, Real) else getattr(x, "data", None)  # NumPy's have a `data` as well
    if not isinstance(number, Real):
        raise TypeError(f"nudging moves one number at a time, and this is {type(x).__name__} "
                        f"{x!r:.60}: make a function of single numbers or Values")
    return float(number)
