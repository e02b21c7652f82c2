"""`nudge` and the films: the engine's own numbers, page by page."""

import math
import re

import pytest

from micrograd.course import nudge
from micrograd.course.films import arcs, by_hand, secants, tangents, visits
from micrograd.engine import Value as Finished
from micrograd.graph import trace
from micrograd.steps.step_03 import Value as Labelled
from micrograd.steps.step_04 import Value as ByHand
from micrograd.steps.step_09 import Value


def example(Value, a=2.0):
    a, b, c, f = (Value(number, label=label)
                  for number, label in ((a, "a"), (-3.0, "b"), (10.0, "c"), (-2.0, "f")))
    L = (a * b + c) * f
    L.label = "L"
    return L, a


def test_beside_the_gradient_stands_how_far_the_root_has_moved():
    film = nudge(*example(Value), steps=(1.0, -0.001))
    assert film.sentences == [
        "L is -8, with a at 2. The gradient of a is 6.",
        "h = 1: a goes to 3, L goes from -8 to -2, and ΔL/h is 6. The gradient of a is 6.",
        "h = -0.001: a goes to 1.999, L goes from -8 to -8.006, and ΔL/h is 6. The gradient of a "
        "is 6."]
    assert ">grad 6 (ΔL/h 6)<" in film.pages[1][0] and ">data -2<" in film.pages[1][0]


def test_the_smaller_the_step_the_closer_to_the_gradient():
    x = Finished(3.0, label="x")
    film = nudge(x**2, x, steps=(1.0, 0.1, 0.001))
    assert [re.search(r"/h is (\S+)\.", said)[1] for said in film.sentences[1:]] == [
        "7", "6.1", "6.001"]


def test_nothing_of_the_graph_changes():
    L, a = example(Value)
    a.grad = 99.0
    nudge(L, a)
    assert (a.data, a.grad, L.data, L.grad) == (2.0, 99.0, -8.0, 0.0)


def test_a_class_without_gradients_can_be_nudged_as_well():
    film = nudge(*example(Labelled), steps=(1.0,))
    assert film.sentences[1] == "h = 1: a goes to 3, L goes from -8 to -2, and ΔL/h is 6."


def test_a_gradient_that_was_set_by_hand_is_shown_and_one_that_is_still_0_is_unknown():
    L, a = example(ByHand)
    L.grad = 1.0
    film = nudge(L, a, steps=(1.0,))
    assert film.sentences[0] == "L is -8, with a at 2. The gradient of a is not known yet."
    assert ">grad ? (ΔL/h 6)<" in film.pages[1][0]
    a.grad = 6.0
    film = nudge(L, a, steps=(1.0,))
    assert film.sentences[0] == "L is -8, with a at 2. The gradient of a is 6."
    assert film.pages[0][0].count(">grad ?<") == 5 and ">grad 1<" in film.pages[0][0]


def test_what_cannot_be_computed_after_a_step_is_said():
    x = Finished(0.5, label="x")
    film = nudge(x.log(), x, steps=(0.5, -1.0))
    assert film.sentences[2].startswith("h = -1: with x at -0.5, the graph cannot be computed. "
                                        "ValueError: log of")
    assert len(film.pages) == 3


def test_only_a_leaf_of_the_graph_is_nudged():
    L, a = example(Value)
    for wrong in (L, Value(2.0)):
        with pytest.raises(ValueError, match="nudge moves a leaf that the root was computed from"):
            nudge(L, wrong)
    with pytest.raises(ValueError, match="a step of 0"):
        nudge(L, a, steps=(0.0,))
    with pytest.raises(TypeError, match="starts from a Value"):
        nudge(8.0, a)
    with pytest.raises(ValueError, match="'sinus' has no method"):
        nudge(Value(1.0, (a,), "sinus"), a)


def sizes(film):
    return {re.search(r'viewBox="[^"]*"', svg)[0] for svg, _, _ in film.pages}


@pytest.mark.thorough
def test_the_secant_comes_to_the_tangent():
    film = secants(lambda x: 3 * x**2 - 4 * x + 5, 3.0, steps=(1.0, 0.001))
    assert film.sentences == ["h = 1: the line through the curve at 3 and at 4 has the slope 17.",
                              "h = 0.001: the line through the curve at 3 and at 3.001 has the "
                              "slope 14.003."]


@pytest.mark.thorough
def test_a_tangent_runs_along_a_curve():
    film = tangents(math.tanh, lambda n: 1 - math.tanh(n) ** 2, (-2.0, 0.0, 2.0), "n")
    assert film.sentences[1] == "n = 0: the curve is at 0, and its slope there is 1."
    assert len({svg for svg, _, _ in film.pages}) == 3
    assert len(sizes(film)) == 1


def test_visit_has_a_stack_and_a_growing_list():
    a = Value(2.0, label="a")
    b = a * a
    b.label = "b"
    assert visits(b).sentences == [
        "visit(b) begins. Open calls: b. List: none.",
        "visit(a) begins. Open calls: b, a. List: none.",
        "visit(a) ends and appends it. Open calls: b. List: a.",
        "a has been visited already. Open calls: b. List: a.",
        "visit(b) ends and appends it. Open calls: none. List: a, b."]


def test_the_arcs_lead_from_what_is_there_already():
    film = arcs(example(Value)[0])
    assert film.sentences[0] == "a takes place 1 in the line."
    assert film.sentences[-1] == "L takes place 7 in the line, behind (a * b) + c and f."
    assert len(sizes(film)) == 1


def set_by_hand(L):
    values = trace(L)[0]
    L.grad = 1.0
    for value in reversed(values):
        for operand in value._prev:
            left, right = value._prev
            other = right if operand is left else left
            operand.grad = value.grad * (1.0 if value._op == "+" else other.data)
    return values


def test_gradients_set_by_hand_come_in_from_the_root():
    L, a = example(ByHand)
    set_by_hand(L)
    film = by_hand(L)
    assert [re.findall(r"gets (\S+) × (\S+) = (\S+)\.", said) for said in film.sentences] == [
        [], [("1", "-2", "-2"), ("1", "4", "4")], [("-2", "1", "-2"), ("-2", "1", "-2")],
        [("-2", "-3", "6"), ("-2", "2", "-4")], []]
    assert film.sentences[-1].endswith("The nudge agrees: a has 6, b has -4, c has -2 and f has 4.")
    assert [page.count(">grad ?<") for page, _, _ in film.pages] == [6, 4, 2, 0, 0]
    assert L.grad == 1.0 and a.grad == 6.0


def test_a_wrong_gradient_set_by_hand_is_found():
    L, a = example(ByHand)
    set_by_hand(L)
    a.grad = -3.0
    assert "a has -3, where the nudge says 6" in by_hand(L).sentences[-1]


def test_what_is_not_set_yet_stays_unknown():
    L, _ = example(ByHand)
    L.grad = 1.0
    L._prev[0].grad = -2.0
    film = by_hand(L)
    assert len(film.pages) == 2 and film.pages[-1][0].count(">grad ?<") == 5


def test_what_cannot_be_told_afterwards_is_refused():
    a = ByHand(3.0, label="a")
    L, _ = example(ByHand)
    with pytest.raises(ValueError, match="come in from L, which has none yet: set its `grad`"):
        by_hand(L)
    with pytest.raises(ValueError, match="a is used twice"):
        by_hand(a + a)
    with pytest.raises(TypeError, match="starts from a Value"):
        by_hand(1.0)
