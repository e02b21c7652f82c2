"""Derivatives by nudging: they find the slope, and they catch a wrong gradient."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from micrograd.array import Array
from micrograd.numeric import gradcheck, numerical_gradient
from micrograd.steps.step_10 import Value

moderate = st.floats(-10, 10)


@given(moderate, moderate)
def test_the_slope_of_a_product_is_the_other_factor(x, y):
    assert numerical_gradient(lambda a, b: a * b, x, y) == pytest.approx((y, x), abs=1e-6)


@given(moderate)
def test_the_central_difference_is_exact_for_a_parabola_but_for_rounding(x):
    assert numerical_gradient(lambda a: a**2, x) == pytest.approx((2 * x,), abs=1e-7)


def test_the_error_of_the_central_difference_is_the_square_of_the_step():
    assert numerical_gradient(lambda x: x**3, 0.0) == pytest.approx((1e-5**2,), rel=1e-9)


@pytest.mark.parametrize("x", [1e-3, 1.0, 1e6, -1e9])
def test_the_step_grows_with_the_number(x):
    assert numerical_gradient(lambda a: a * a / 2, x)[0] == pytest.approx(x, rel=1e-6, abs=1e-6)


def test_numbers_and_values_and_integers_are_measured_alike():
    def f(x):
        return x * x * x

    of_number = numerical_gradient(f, 2.0)
    for same in (2, np.float64(2.0), Value(2.0)):
        assert numerical_gradient(f, same) == of_number


def test_the_arguments_themselves_are_not_moved_but_fresh_leaves_in_their_place():
    a, seen = Value(3.0), []

    def f(fresh):
        seen.append(fresh)
        return fresh * fresh

    numerical_gradient(f, a)
    gradcheck(f, a)
    assert (a.data, a.grad) == (3.0, 0.0)
    assert all(type(one) is Value and one is not a and one._prev == () for one in seen)


def test_no_arguments_have_no_gradient():
    assert numerical_gradient(lambda: 1.0) == ()


def test_right_gradients_are_returned():
    assert gradcheck(lambda a, b: a * b, Value(2.0), Value(5.0)) == (5.0, 2.0)
    assert gradcheck(math.sin, 0.0, got=[1.0]) == (1.0,)


def test_a_wrong_gradient_is_caught_with_arguments_got_and_expected():
    with pytest.raises(AssertionError) as caught:
        gradcheck(lambda a, b: a * b, Value(2.0), Value(5.0, label="b"), got=(5.0, 3.0))
    message = str(caught.value)
    assert message.startswith(
        "wrong gradient for argument 2 (b) of (2.0, 5.0): got 3.0, expected ")
    assert float(message.split()[-1]) == pytest.approx(2.0)


@pytest.mark.parametrize("number", [2.0, 2, np.float64(2.0), Value(2.0)])
def test_an_unlabelled_argument_is_named_by_its_place_and_number(number):
    with pytest.raises(AssertionError, match=r"argument 1 of \(2\.0,\): got -4\.0, expected 4\.0"):
        gradcheck(lambda a: a * a, number, got=(-4.0,))


def test_a_class_with_a_wrong_rule_is_caught():
    class Broken(Value):
        def __mul__(self, other):
            out = Broken(self.data * other.data, (self, other), "*")

            def _backward():
                self.grad += self.data * out.grad  # its own value, not the other's
                other.grad += other.data * out.grad
            out._backward = _backward
            return out

    with pytest.raises(AssertionError, match=r"argument 1 of .*: got 2\.0, expected [45]\."):
        gradcheck(lambda a, b: a * b, Broken(2.0), Broken(5.0))


@pytest.mark.parametrize(
    ("slope", "wrong"),
    [(2.0, 2.0 + 1e-5), (2.0, 2.0 - 1e-5), (0.0, 1.5e-6), (2.0, math.nan), (2.0, math.inf)],
)
def test_a_gradient_off_by_more_than_the_tolerance_is_caught(slope, wrong):
    with pytest.raises(AssertionError):
        gradcheck(lambda a: slope * a, 1.0, got=(wrong,))


@pytest.mark.parametrize(("slope", "off"), [(2.0, 1e-6), (1e6, 0.5), (1e-6, 5e-13), (0.0, 0.0)])
def test_rounding_is_forgiven(slope, off):
    assert gradcheck(lambda a: slope * a, 1.0, got=(slope + off,)) == (slope + off,)


def test_the_tolerance_can_be_widened():
    assert gradcheck(lambda a: 2 * a, 1.0, got=(2.1,), tolerance=0.1) == (2.1,)


def test_one_gradient_is_needed_for_each_argument():
    with pytest.raises(ValueError, match=r"^got 1 gradients for 2 arguments: give one for each"):
        gradcheck(lambda a, b: a * b, 1.0, 2.0, got=(2.0,))


def test_plain_numbers_have_no_gradients_to_compute():
    with pytest.raises(TypeError, match=(
            r"^gradcheck can only compute .*the arguments are \(1\.0,\): pass Values, or .*got=")):
        gradcheck(lambda a: a * a, 1.0)
    with pytest.raises(TypeError, match=r"the arguments are \(.*, 2\.0\): pass Values"):
        gradcheck(lambda a, b: a * b, Value(1.0), 2.0)


# A fair judge

@pytest.mark.parametrize(("f", "x", "slope"), [
    (math.log, 1e-4, 1e4), (math.log, 1e-300, 1e300), (lambda x: 1 / x, 1e-3, -1e6),
    (lambda x: x * 1e-7, 1.0, 1e-7), (lambda x: x**2, 0.0, 0.0), (lambda x: x**3, 0.0, 0.0),
    (lambda x: x**2 + 5, 0.0, 0.0), (lambda x: abs(x)**1.5, 0.0, 0.0),
    (lambda x: 0 * x + 5, 0.3, 0.0), (lambda x: x - 0.3, 0.3, 1.0), (lambda x: x + 1e6, 0.3, 1.0),
    (abs, 1e-9, 1.0), (math.sin, 1e6, math.cos(1e6)), (math.exp, -700.0, math.exp(-700.0)),
    (math.sqrt, 1e-6, 500.0), (lambda x: 1e-9 * math.log(x), 1e-4, 1e-5),
    (lambda x: 1 / max(x, 0.0), 1e-6, -1e12)])
def test_right_gradients_pass_wherever_they_are_measured_and_wrong_ones_do_not(f, x, slope):
    assert gradcheck(f, x, got=(slope,)) == (slope,)
    for wrong in (slope * 1.001 + 1e-8, -slope - 1e-8, slope / 2 - 1e-8):
        with pytest.raises(AssertionError):
            gradcheck(f, x, got=(wrong,))


@pytest.mark.parametrize("x", [1e-4, 2e-3, 0.5])
def test_near_a_pole_as_well_the_tolerance_is_about_a_millionth(x):
    with pytest.raises(AssertionError):
        gradcheck(math.log, x, got=((1 + 2e-5) / x,))


def test_a_zero_is_not_acquitted_for_a_small_slope():
    with pytest.raises(AssertionError, match=r"got 0\.0, expected 1\.0"):
        gradcheck(lambda x: x * 1e-7, 1.0, got=(0.0,))


@pytest.mark.parametrize(("f", "left", "right"), [
    (lambda x: max(x, 0.0), 0, 1), (abs, -1, 1), (lambda x: max(x, 0.0) * 1e-9, 0, 1e-9),
    (lambda x: abs(x) + 5, -1, 1), (lambda x: -abs(x), 1, -1),
    (lambda x: x + 0.05 * abs(x), 0.95, 1.05)],
    ids=["relu", "abs", "a small one", "not at height 0", "a peak", "a blunt one"])
@pytest.mark.parametrize("got", [0.0, 0.5, 1.0, 7.0])
def test_at_a_corner_there_is_no_gradient_to_compare_with(f, left, right, got):
    with pytest.raises(ValueError) as caught:
        gradcheck(f, 0.0, got=(got,))
    assert str(caught.value) == (
        f"no gradient to compare with for argument 1 of (0.0,): f has a corner there, with slope "
        f"{left:.6g} on the left and {right:.6g} on the right; check at a place beside it")


def test_left_and_right_of_a_corner_are_told_apart_below_zero_as_well():
    with pytest.raises(ValueError, match="slope -1 on the left and 1 on the right"):
        gradcheck(lambda x: abs(x + 3), -3.0, got=(0.0,))


@given(st.floats(-1, 1))
def test_steps_of_rounding_are_no_corner(x):
    for f in (lambda x: x + 1e9, lambda x: (x + 8e9) - 7e9):  # the second rounds inside as well
        assert gradcheck(f, x, got=(1.0,)) == (1.0,)


def test_a_bend_below_a_thousandth_of_the_slope_is_no_corner():
    assert gradcheck(lambda x: x + 1e-4 * abs(x), 0.0, got=(1.0,)) == (1.0,)


@pytest.mark.parametrize(("f", "x", "steps"), [
    (lambda x: x * x, 0.3, [1e-5]),                # the larger step is good enough,
    (lambda x: -x * x, 0.3, [1e-5]),
    (lambda x: math.sin(30 * x), 0.3, [1e-5]),
    (lambda x: x * x, 3.0, [3e-5]),
    (math.log, 1e-4, [1e-5, 1e-9]),                # this one is not,
    (lambda x: x + 1e6, 0.0, [1e-5])])             # and beside 0 there is no other
def test_a_second_step_is_tried_only_where_the_larger_one_is_not_good_enough(f, x, steps):
    seen = []

    def noted(moved):
        seen.append(moved)
        return f(moved)

    gradcheck(noted, x, got=numerical_gradient(f, x))
    assert [right - x for right in seen[::5]] == pytest.approx(steps, rel=1e-3)


def test_what_is_no_single_number_is_refused():
    for wrong in (np.array([1.0, 2.0]), [1.0], "1", [1.0] * 1000):
        with pytest.raises(TypeError) as caught:
            gradcheck(lambda x: x, wrong, got=(1.0,))
        assert str(caught.value) == (
            f"nudging moves one number at a time, and this is {type(wrong).__name__} "
            f"{wrong!r:.60}: make a function of single numbers or Values")


def test_an_array_of_one_number_works():
    assert gradcheck(lambda a: a * a, Array(3.0)) == (6.0,)


def test_an_error_of_the_function_itself_comes_through():
    with pytest.raises(ValueError, match=r"domain|positive"):  # Python 3.14 says it anew
        numerical_gradient(math.log, -1.0)
