"""The class as each notebook leaves it: what it can do and what not yet, and the bug in 08."""

import importlib
import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from micrograd.numeric import gradcheck
from tools.course import ROOT, notebook_paths, number, read, read_text, tagged
from tools.notebooks.write_steps import write_steps

STEPS = ["01", "02", "03", "04", "07", "08", "09", "10"]
FOLDER = ROOT / "micrograd" / "steps"


def value_of(step):
    return importlib.import_module(f"micrograd.steps.step_{step}").Value


def tanh(x):
    return x.tanh() if hasattr(x, "tanh") else math.tanh(x)


def exp(x):
    return x.exp() if hasattr(x, "exp") else math.exp(x)


def doubled_twice(a):
    b = a + a
    return b + b


# (the step that can first compute it, the expression, where)
EXPRESSIONS = {
    "sum": ("02", lambda a, b: a + b, (2.0, -3.0)),
    "product": ("02", lambda a, b: a * b, (2.0, -3.0)),
    "L": ("02", lambda a, b, c, f: (a * b + c) * f, (2.0, -3.0, 10.0, -2.0)),
    "weighted sum": ("02", lambda x, y, v, w, b: x * v + y * w + b, (2.0, 0.0, -3.0, 1.0, 6.7)),
    "a used twice in a sum": ("02", lambda a: a + a, (3.0,)),
    "a used twice in a product": ("02", lambda a: a * a, (3.0,)),
    "a and b in two operations": ("02", lambda a, b: (a * b) * (a + b), (-2.0, 3.0)),
    "the same, swapped": ("02", lambda a, b: (a + b) * (a * b), (-2.0, 3.0)),
    "a shared inner value": ("02", doubled_twice, (1.0,)),
    "tanh": ("07", lambda a: tanh(a), (0.7,)),
    "neuron": ("07", lambda x, y, v, w, b: tanh(x * v + y * w + b), (2.0, 0.0, -3.0, 1.0, 6.88)),
    "tanh of tanh": ("07", lambda a: tanh(tanh(a) * a), (1.5,)),
    "number on the right of +": ("10", lambda a: a + 1, (2.0,)),
    "number on the left of +": ("10", lambda a: 1 + a, (2.0,)),
    "number on the right of *": ("10", lambda a: a * 2, (2.0,)),
    "number on the left of *": ("10", lambda a: 2 * a, (2.0,)),
    "negative": ("10", lambda a: -a, (2.0,)),
    "difference": ("10", lambda a, b: a - b, (2.0, 5.0)),
    "number on the right of -": ("10", lambda a: a - 1, (2.0,)),
    "number on the left of -": ("10", lambda a: 1 - a, (2.0,)),
    "quotient": ("10", lambda a, b: a / b, (2.0, 5.0)),
    "number on the right of /": ("10", lambda a: a / 4, (2.0,)),
    "number on the left of /": ("10", lambda a: 4 / a, (2.0,)),
    "power": ("10", lambda a: a**3, (2.0,)),
    "negative power": ("10", lambda a: a**-1.5, (2.0,)),
    "exp": ("10", lambda a: exp(a), (1.0,)),
    "tanh in pieces": ("10", lambda a: (exp(2 * a) - 1) / (exp(2 * a) + 1), (0.8,)),
    "sum of a list": ("10", lambda a, b: sum([a, b, a]), (2.0, 5.0)),
}
# The accumulation bug: step 08 sets gradients where it should add to them.
WRONG_IN_08 = {
    "a used twice in a sum", "a used twice in a product", "a and b in two operations",
    "the same, swapped", "a shared inner value", "tanh of tanh",
}


def cases(steps, knows):
    for name, (first, f, args) in EXPRESSIONS.items():
        for step in steps:
            if (step >= first) == knows:
                wrong = step == "08" and name in WRONG_IN_08
                marks = pytest.mark.xfail(raises=AssertionError, strict=True) if wrong else ()
                yield pytest.param(step, f, args, id=f"{step}: {name}", marks=marks)


@pytest.mark.parametrize(
    ("step", "f", "args"), [pytest.param(*case.values, id=case.id) for case in cases(STEPS, True)]
)
def test_the_forward_pass_agrees_with_plain_numbers(step, f, args):
    assert f(*map(value_of(step), args)).data == pytest.approx(f(*args), rel=1e-12)


@pytest.mark.parametrize(("step", "f", "args"), list(cases(["08", "09", "10"], True)))
def test_the_backward_pass_agrees_with_central_differences(step, f, args):
    gradcheck(f, *map(value_of(step), args))


@pytest.mark.parametrize(("step", "f", "args"), list(cases(STEPS, False)))
def test_what_a_step_cannot_do_yet_fails(step, f, args):
    with pytest.raises((TypeError, AttributeError)):
        f(*map(value_of(step), args))


# What each step brings, as attributes of a value; no step before it has them.
BRINGS = {
    "01": ["data"],
    "02": ["__add__", "__mul__"],
    "03": ["_prev", "_op", "label"],
    "04": ["grad"],
    "07": ["tanh"],
    "08": ["_backward", "backward"],
    "09": [],
    "10": ["exp", "__pow__", "__neg__", "__radd__", "__rmul__", "__sub__", "__rsub__",
           "__truediv__", "__rtruediv__"],
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_has_what_it_and_the_steps_before_bring_and_nothing_more(step):
    value = value_of(step)(1.0)
    for brought_by, names in BRINGS.items():
        for name in names:
            assert hasattr(value, name) == (brought_by <= step), name


def test_every_step_is_listed_here():
    assert sorted(FOLDER.glob("step_*.py")) == [FOLDER / f"step_{step}.py" for step in STEPS]


@pytest.mark.parametrize("step", STEPS)
def test_a_value_shows_its_data(step):
    assert repr(value_of(step)(-3.0)) == "Value(data=-3.0)"


@pytest.mark.parametrize("step", STEPS[2:])
def test_operands_are_kept_in_order_and_as_often_as_they_are_used(step):
    a, b = value_of(step)(1.0), value_of(step)(2.0)
    assert (a * b)._prev == (a, b) and (b + a)._prev == (b, a) and (a + a)._prev == (a, a)
    assert ((a * b)._op, (a + b)._op, a._op, a._prev) == ("*", "+", "", ())


@pytest.mark.parametrize("step", ["08", "09", "10"])
def test_the_neurons_gradients_are_the_ones_found_by_hand(step):
    numbers = (2.0, 0.0, -3.0, 1.0, 6.8813735870195432)
    x1, x2, w1, w2, b = leaves = [value_of(step)(x) for x in numbers]
    o = (x1 * w1 + x2 * w2 + b).tanh()
    o.backward()
    assert o.data == pytest.approx(math.sqrt(0.5))
    assert [leaf.grad for leaf in leaves] == pytest.approx([-1.5, 0.5, 1.0, 0.0, 0.5])


def test_the_bug_in_08_gives_the_two_wrong_answers_of_notebook_09():
    found = []
    for f in (lambda a, b: (a * b) * (a + b), lambda a, b: (a + b) * (a * b)):
        a, b = value_of("08")(-2.0), value_of("08")(3.0)
        f(a, b).backward()
        found.append((a.grad, b.grad))
    assert found == [(3.0, -2.0), (-6.0, -6.0)]


def test_without_the_bug_the_gradients_are_those_of_algebra():
    a, b = value_of("09")(-2.0), value_of("09")(3.0)
    d, e = a * b, a + b
    f = d * e
    f.backward()
    assert [v.grad for v in (f, d, e, a, b)] == [1.0, 1.0, -6.0, -3.0, -8.0]


# Random expressions: start from a few leaves, then combine any two values made so far, so that
# inner values are shared as well.
operations = st.lists(
    st.tuples(st.sampled_from(["+", "*", "-", "/", "tanh", "exp", "neg", "**2"]),
              st.integers(0, 99), st.integers(0, 99)),
    min_size=1, max_size=8,
)


def build(recipe, *leaves):
    values = list(leaves)
    for op, i, j in recipe:
        a, b = values[i % len(values)], values[j % len(values)]
        values.append({
            "+": lambda a, b: a + b, "*": lambda a, b: a * b, "-": lambda a, b: a - b,
            "/": lambda a, b: a / (b * b + 1), "tanh": lambda a, b: a.tanh(),
            "exp": lambda a, b: a.tanh().exp(), "neg": lambda a, b: -a,
            "**2": lambda a, b: a.tanh() ** 2,
        }[op](a, b))
    return values[-1].tanh()


@given(operations, st.lists(st.floats(-2, 2), min_size=2, max_size=3))
def test_step_10_is_right_on_random_expressions(recipe, numbers):
    gradcheck(lambda *leaves: build(recipe, *leaves), *map(value_of("10"), numbers), tolerance=1e-4)


def test_the_committed_steps_are_the_ones_the_notebooks_hold(tmp_path):
    written = write_steps(tmp_path)
    assert [path.name for path in written] == [f"step_{step}.py" for step in STEPS]
    for path in written:
        assert read_text(path) == read_text(FOLDER / path.name), "run `make steps`"


def test_a_step_that_no_notebook_holds_any_more_is_removed(tmp_path):
    (tmp_path / "step_99.py").write_text("")
    write_steps(tmp_path)
    assert not (tmp_path / "step_99.py").exists()


def test_lines_marked_new_are_exactly_those_that_the_last_step_did_not_have():
    before = None
    for path in notebook_paths():
        for cell in tagged(read(path), "step"):
            lines = [line for line in cell.source.splitlines() if line]
            marked = [line.removesuffix("  # new") for line in lines if line.endswith("  # new")]
            after = Counter(line.removesuffix("  # new") for line in lines)
            if before is not None:
                assert Counter(marked) == after - before, path.name
            before = after


def test_a_step_fits_on_the_screen():
    for path in notebook_paths():
        for cell in tagged(read(path), "step"):
            assert len(cell.source.splitlines()) <= 60, number(path)
