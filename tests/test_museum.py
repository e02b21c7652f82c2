"""The museum of broken engines: each exhibit fails its own experiment and passes the others'."""

import pytest

from micrograd.course.museum import EXHIBITS, Healthy
from micrograd.engine import Value as Finished
from micrograd.numeric import gradcheck
from micrograd.steps.step_10 import Value as Step10


def backward(root):
    root.grad = 1.0  # by hand, for the exhibit that does not do it
    root.backward()


def a_value_twice_in_one_sum(Value):
    a = Value(3.0)
    backward(a + a)
    return [a.grad]


def a_second_pass(Value):
    a = Value(3.0)
    b = a * 2
    c = b * 5
    for _ in range(2):
        a.grad = 0.0
        backward(c)
    return [a.grad, b.grad]


def a_quotient(Value):
    a, b = Value(6.0), Value(2.0)
    backward(a / b)
    return [a.grad, b.grad]


def a_pass_without_help(Value):
    a, b = Value(2.0), Value(3.0)
    (a * b).backward()
    return [a.grad, b.grad]


def an_inner_value_whose_last_use_counts_for_nothing(Value):
    a, b = Value(2.0), Value(-3.0)
    v = a * b
    backward(v * 10 + v * 0)
    return [a.grad, b.grad]


EXPERIMENTS = {  # the exhibit that fails it -> the experiment, and what is right
    "A": (a_value_twice_in_one_sum, [2.0]),
    "B": (a_second_pass, [10.0, 5.0]),
    "C": (a_quotient, [0.5, -1.5]),
    "D": (a_pass_without_help, [3.0, 2.0]),
    "E": (an_inner_value_whose_last_use_counts_for_nothing, [-30.0, 20.0]),
}


@pytest.mark.parametrize("meant_for", EXPERIMENTS)
@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibit_fails_its_own_experiment_and_no_other(name, meant_for):
    experiment, right = EXPERIMENTS[meant_for]
    assert (experiment(EXHIBITS[name]) == right) == (name != meant_for)


@pytest.mark.parametrize("meant_for", EXPERIMENTS)
@pytest.mark.parametrize("engine", [Healthy, Finished])
def test_the_healthy_engine_and_the_finished_one_pass_every_experiment(engine, meant_for):
    experiment, right = EXPERIMENTS[meant_for]
    assert experiment(engine) == right


def test_the_healthy_engine_agrees_with_step_10_and_with_the_nudge():
    def everything(a, b):
        v = (2 * a - b) / (b**2 + 1)
        return v * v - (1 - a).exp() + 1 / (3 + b) + (-a).tanh() * b

    got = gradcheck(everything, Healthy(0.5), Healthy(-1.5))
    assert got == gradcheck(everything, Step10(0.5), Step10(-1.5))


@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibit_computes_right_numbers_and_keeps_its_class(name):
    a = EXHIBITS[name](0.5)
    root = 1 - (2 / a).tanh() + a.exp() * a**2
    right = Healthy(0.5)
    assert root.data == (1 - (2 / right).tanh() + right.exp() * right**2).data
    assert type(root) is EXHIBITS[name]


@pytest.mark.parametrize("name", EXHIBITS)
def test_an_exhibits_help_does_not_tell_its_fault(name):
    assert EXHIBITS[name].__name__ == name and EXHIBITS[name].__doc__ is None
