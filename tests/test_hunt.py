"""hunt: broken engines are caught by small expressions, right ones are held and told on what."""

import importlib
import math
import subprocess
import sys

import answers_08
import answers_10
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd.course import EXHIBITS, Healthy, hunt
from micrograd.course.exercises import pristine
from micrograd.course.expressions import OPERATIONS, all_of, written
from micrograd.course.hunt import Find, Held
from micrograd.engine import Value as Finished
from micrograd.graph import trace

STEP_08, STEP_09, STEP_10 = (
    importlib.import_module(f"micrograd.steps.step_{n}").Value for n in ("08", "09", "10"))
PASSES = {"B": 2}  # stale gradients are left by an earlier pass


def caught(Value, **options):
    found = hunt(Value, **options)
    assert isinstance(found, Find) and found.steps <= 3, found
    return found


def test_printed_it_stands_in_lines_that_end_at_spaces():
    for outcome in (hunt(STEP_08), hunt(Finished, expressions=0)):
        lines = str(outcome).splitlines()
        assert max(map(len, lines)) <= 84 and " ".join(lines) == repr(outcome)


def test_notebook_8_is_caught_by_the_smallest_case_of_all():
    assert repr(hunt(STEP_08)) == (
        "The smallest expression found on which Value is wrong: "
        "b = a + a at a = 1: a.grad is 1.0, the nudge says 2.0.")


SMALLEST = {"A": "b = a + a at a = 1", "B": "b = a - a at a = 1", "C": "b = a ** 2 at a = 1",
            "D": "b = a + a at a = 1", "E": "b = a + a; c = a + b; d = c + b at a = 1"}


@pytest.mark.parametrize("name", EXHIBITS)
def test_every_exhibit_of_the_museum_is_caught(name):
    assert SMALLEST[name] in repr(caught(EXHIBITS[name], passes=PASSES.get(name, 1)))


@pytest.mark.thorough
@pytest.mark.parametrize("Value", [STEP_09, STEP_10, Finished, Healthy])
def test_a_right_engine_survives_a_long_hunt(Value):
    held = hunt(Value, expressions=2000)
    assert isinstance(held, Held) and held.count > 1900
    assert "every gradient agreed with the nudge" in repr(held)


@pytest.mark.thorough
@pytest.mark.parametrize("Value", [Healthy, Finished])
def test_an_engine_that_clears_its_inner_gradients_survives_a_second_pass(Value):
    assert isinstance(hunt(Value, expressions=200, passes=3), Held)


@pytest.mark.parametrize("Value", [STEP_09, STEP_10])
def test_notebooks_9_and_10_leave_stale_gradients_as_they_say(Value):
    assert "in the next pass over the same graph" in caught(Value, passes=2).complaint


def patched(method, function):
    """Notebook 9's class with one method more, as an exercise adds it."""
    Value = pristine("step_09")
    answers_08.Value = Value  # its answers make values of what is called so
    setattr(Value, method, function)
    return Value


@pytest.fixture
def bank(monkeypatch):
    monkeypatch.setattr(answers_08, "Value", STEP_08)  # and set back after the test
    return answers_08


@pytest.mark.parametrize("number, method", [("8.2", "__sub__"), ("8.3", "sigmoid")])
def test_every_wrong_operation_of_notebook_8s_exercises_is_caught(bank, number, method):
    for (answer,), _ in bank.WRONG[number]:
        assert {"__sub__": " - ", "sigmoid": ".sigmoid()"}[method] in repr(
            caught(patched(method, answer)))


@pytest.mark.parametrize("method", ["__sub__", "sigmoid"])
def test_right_operations_of_notebook_8_that_accumulate_are_held(bank, method):
    Value = patched(method, getattr(bank.Accumulating, method))
    assert isinstance(hunt(Value, expressions=100), Held)


def classes(answers, method):
    """The classes among notebook 10's answers, and its functions of a value as methods of one."""
    made = (answer if isinstance(answer, type) else type("Value", (STEP_10,), {method: answer})
            for answer, in answers if callable(answer))
    return [each for each in made if hasattr(each, method)]


@pytest.mark.parametrize("number, method", [("10.1", "sin"), ("10.2", "log")])
def test_every_wrong_class_of_notebook_10s_exercises_is_caught(number, method):
    broken = classes([answer for answer, _ in answers_10.WRONG[number]], method)
    assert len(broken) >= 7
    for Value in broken:
        assert method in repr(caught(Value))


@pytest.mark.thorough
@pytest.mark.parametrize("number, method", [("10.1", "sin"), ("10.2", "log")])
def test_every_right_class_of_notebook_10s_exercises_is_held(number, method):
    for Value in classes(answers_10.RIGHT[number], method):
        assert isinstance(hunt(Value, expressions=100), Held)


def times(attribute, factor):
    """A way to break a method: what it hands to `operation` as the local derivatives, scaled."""
    def broken(self, *others):
        out = getattr(Healthy, attribute)(self, *others)
        right = out._backward

        def _backward():
            out.grad *= factor
            right()
            out.grad /= factor
        out._backward = _backward
        return out
    return {attribute: broken}


def forgets_one_operand(self, other):
    other = other if isinstance(other, Healthy) else type(self)(other)
    return self.operation(self.data * other.data, (self, other), "*", (other.data, 0.0))


def keeps_the_largest(self, contribution):
    self.grad = max(self.grad, contribution)


def upwards(self):
    return Healthy.order(self)[::-1]


def only_twice(self, contribution):
    self.uses = getattr(self, "uses", 0) + 1
    self.grad += contribution if self.uses <= 2 else 0.0


def skips_small_ones(self):
    for value in Healthy.order(self):
        if abs(value.grad) > 0.25:
            value._backward()


MUTANTS = {
    "a local derivative twice too large": times("tanh", 2.0),
    "a sign turned round": times("exp", -1.0),
    "a power off by one per mille": times("__pow__", 1.001),
    "an operand forgotten": {"__mul__": forgets_one_operand},
    "the largest contribution only": {"receive": keeps_the_largest},
    "the leaves first": {"order": upwards},
    "seeded with the root's number": {"seed": lambda self: setattr(self, "grad", self.data)},
    "the seed added to what is there": {
        "seed": lambda self: setattr(self, "grad", self.grad + 1.0)},
    "no third contribution": {"receive": only_twice},
    "all contributions positive": {
        "receive": lambda self, x: setattr(self, "grad", self.grad + abs(x))},
    "a difference the wrong way round": {"__sub__": lambda self, other: other + (-self)},
    "a quotient that drops the numerator": {"__truediv__": lambda self, other: other**-1},
    "a second minus sign": {"__neg__": lambda self, extra: self * -1},
    "small gradients skipped": {"backward": lambda self: (
        setattr(self, "grad", 1.0), skips_small_ones(self))},
    "exponential of a number": {"exp": lambda self: math.exp(self.data)},
}


@pytest.mark.parametrize("fault", MUTANTS)
def test_the_healthy_engine_broken_in_another_way_is_caught(fault):
    caught(type("Mutant", (Healthy,), MUTANTS[fault]), passes=2)


@given(st.sampled_from(["__add__", "__mul__", "__pow__", "exp", "tanh"]),
       st.floats(-3, 3).filter(lambda factor: abs(factor - 1) > 0.01))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_wrong_local_derivative_is_caught_by_one_operation(method, factor):
    assert caught(type("Mutant", (Healthy,), times(method, factor))).steps == 1


def test_a_fault_that_only_long_expressions_show_is_cut_down_to_what_it_needs():
    def tanh(self):
        out = Healthy.tanh(self)
        if self._op == "+" and self._prev[1]._op == "tanh":
            out._backward = lambda: None
        return out

    found = caught(type("Mutant", (Healthy,), {"tanh": tanh}))
    assert "b = a.tanh(); c = b + b; d = c.tanh() at a = 1: a.grad is 0.0" in repr(found)


class Slotted:
    """As a learner may type it: one operation, named attributes, its results of its own class."""

    __slots__ = ("_backward", "_prev", "data", "grad")

    def __init__(self, data, operands=()):
        self.data, self.grad, self._prev = data, 0.0, operands
        self._backward = lambda: None

    def relu(self):
        print("relu is called")
        out = Slotted(max(0.0, self.data), (self,))

        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out

    def backward(self):
        self.grad, value = 1.0, self
        while value._prev:
            value._backward()
            value, = value._prev


def test_a_class_with_one_operation_no_labels_and_prints_is_hunted_in_silence(capsys):
    held = hunt(Slotted)
    assert capsys.readouterr().out == ""
    assert repr(held).startswith("Slotted held on 8 expressions of up to 8 operations (relu): ")
    assert "Not tried: + * ** -x exp log sqrt sin cos tanh sigmoid - /; leaves" in repr(held)


def relu_without_zero(self):
    out = Slotted(max(0.0, self.data), (self,))
    out._backward = lambda: setattr(self, "grad", out.grad)
    return out


def test_a_point_on_each_side_of_zero_is_tried():
    Leaky = type("Leaky", (Slotted,), {"relu": relu_without_zero})
    assert "b = a.relu() at a = -1.5: a.grad is 1.0, the nudge says 0.0" in repr(caught(Leaky))


def test_only_what_a_class_has_is_tried():
    step_09, finished = (repr(hunt(Value, expressions=0)) for Value in (STEP_09, Finished))
    assert "Not tried: ** -x exp" in step_09
    assert "x + 2, x * 2, 2 + x, 2 * x;" in step_09  # numbers come in notebook 10
    assert "Not tried: sqrt sin cos; leaves beyond 3; results beyond 100; a second" in finished


RAISING = [
    ("__neg__", lambda self, other: self * -1, "b = -a at a = 1: it raises TypeError: "),
    ("__radd__", lambda self, other: self.data + other.grad,
     "b = 2 + a at a = 1: it raises AttributeError: 'int' object has no attribute 'grad'."),
    ("exp", lambda self: math.exp(self.data),
     "b = a.exp() at a = 1: b is 2.7183, expected a value."),
    ("tanh", lambda self: None, "b = a.tanh() at a = 1: b is None, expected a value."),
    ("__sub__", lambda self, other: self + other, "b = a - a at a = 1: b.data is 2.0, expected 0."),
    ("seed", lambda self: setattr(self, "grad", None), "b = a + a at a = 1: it raises TypeError"),
    ("receive", lambda self, x: setattr(self, "grad", "1"),
     "a.grad is 1.0, the nudge says 2.0."),
    ("receive", lambda self, x: setattr(self, "grad", [x]), "a.grad is [1.0], expected a number."),
]


@pytest.mark.parametrize("method, function, said", RAISING)
def test_what_raises_on_honest_numbers_or_makes_no_value_is_a_find(method, function, said):
    found = caught(type("Value", (Healthy,), {method: function}))
    assert said in repr(found)
    assert "<p>" in found._repr_mimebundle_()["text/html"]


def test_an_error_message_has_no_address_and_no_markup_in_it():
    def exp(self):
        raise ValueError(f"no exp of {object()}")

    found = hunt(type("Value", (Healthy,), {"exp": exp}))
    assert repr(found).endswith("it raises ValueError: no exp of <object object>.")
    assert found._repr_mimebundle_()["text/html"].endswith("no exp of &lt;object object&gt;.</p>")


@pytest.mark.parametrize("number", ["02", "03", "04", "07"])
def test_a_class_without_a_backward_pass_has_its_numbers_compared(number):
    Value = pristine(f"step_{number}")
    assert "it has no backward(), so there are no gradients to compare" in repr(
        hunt(Value, expressions=100))
    Value.__mul__ = lambda self, other: Value(self.data + other.data)
    assert "b = a * a at a = 1: b.data is 2.0, expected 1.0" in repr(hunt(Value))


def test_a_find_has_its_root_and_leaves_fresh_for_another_pass():
    found = hunt(STEP_08)
    assert [leaf.grad for leaf in found.leaves] == [0.0] and found.root.grad == 0.0
    assert trace(found.root)[0] == [*found.leaves, found.root]
    assert [value.label for value in trace(found.root)[0]] == ["a", "b"]
    found.root.backward()
    assert found.leaves[0].grad == 1.0


def test_a_find_shows_its_sentence_and_the_graph_with_the_wrong_gradient():
    bundle = hunt(STEP_08)._repr_mimebundle_()
    assert bundle["text/plain"] == repr(hunt(STEP_08))
    assert bundle["text/html"].startswith(
        f"The hunt is over.\n<p>{bundle['text/plain']}</p><img alt=")
    assert "a, data 1.0000, grad 1.0000" in bundle["text/html"]


def test_to_draw_a_find_leaves_its_root_as_it_was():
    found = hunt(STEP_08)
    assert found._repr_mimebundle_() == found._repr_mimebundle_()
    assert found.root.grad == found.leaves[0].grad == 0.0


def test_all_small_expressions_are_there_once_and_name_their_leaves_in_order():
    plus, exp = (each for each in OPERATIONS if each.text in ("{} + {}", "{}.exp()"))
    made = [written(each) for length in (1, 2) for leaves in (1, 2)
            for each in all_of([plus, exp], length, leaves)]
    assert made[:3] == ["b = a + a", "b = a.exp()", "c = a + b"]
    assert made[3:] == [
        "b = a + a; c = a + b", "b = a + a; c = b + a", "b = a + a; c = b + b",
        "b = a + a; c = b.exp()", "b = a.exp(); c = a + b", "b = a.exp(); c = b + a",
        "b = a.exp(); c = b + b", "b = a.exp(); c = b.exp()",
        "c = a + a; d = b + c", "c = a + a; d = c + b", "c = a + b; d = a + c",
        "c = a + b; d = b + c", "c = a + b; d = c + a", "c = a + b; d = c + b",
        "c = a + b; d = c + c", "c = a + b; d = c.exp()", "c = a.exp(); d = b + c",
        "c = a.exp(); d = c + b"]


def test_a_find_in_a_class_that_cannot_be_drawn_is_told_in_words():
    class Value(STEP_08):
        def __init__(self, data, operands=(), op=""):
            super().__init__(data, operands, op)
            self._prev = {*operands}

    class Other(Value):
        def __add__(self, other):
            out = Other(self.data + other.data, (self, other))
            out._backward = lambda: None
            return out

    assert "<img" not in caught(Other)._repr_mimebundle_()["text/html"]


def test_a_gradient_off_by_little_is_shown_with_digits_enough():
    Value = type("Value", (Healthy,), times("tanh", 1.0006))
    assert "a.grad is 0.4202, the nudge says 0.42." in repr(hunt(Value))
    Value = type("Value", (Healthy,), times("tanh", 1.00011))
    assert "a.grad is 0.42002054, the nudge says 0.41997434." in repr(hunt(Value))


PROGRAM = """
import random, decimal, fractions, statistics  # noqa
random.seed()
from micrograd.course import EXHIBITS, hunt
from micrograd.engine import Value
print([hunt(each, 300, passes=2) for each in (*EXHIBITS.values(), Value)])
"""


@pytest.mark.thorough
def test_every_process_gives_the_same_answer():
    said = {subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True,
                           check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": sys.path[0]}
                           ).stdout for seed in ("1", "2")}
    assert len(said) == 1 and "b = a + a" in said.pop()


@pytest.mark.parametrize("given, said", [
    (3.0, "hunt takes a class, got 3.0: give its name alone"),
    (Finished(1.0), r"hunt takes a class, got Value\(data=1.0"),
    (int, r"int\(1.0\) made no value with its number in `data`"),
    (type("Two", (), {"__init__": lambda self, x, y: None}), r"Two\(1.0\) made no value"),
    (type("Text", (), {"__init__": lambda self, x: setattr(self, "data", "1")}), "made no value"),
    (pristine("step_01"), r"Value has no operations: expected some of \+ \* \*\*"),
])
def test_what_cannot_be_hunted_is_refused_in_one_sentence(given, said):
    with pytest.raises(TypeError, match=said):
        hunt(given)


def test_no_pass_at_all_is_refused():
    with pytest.raises(ValueError, match="passes is 0: expected 1 or more"):
        hunt(Finished, passes=0)
