"""`watch`: the pass that is shown is the pass that was run, and it is told truly."""

import importlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from micrograd.array import Array
from micrograd.course import EXHIBITS, Healthy, watch
from micrograd.course.recorder import TooManyTurns, recording
from micrograd.engine import Value as Finished
from micrograd.graph import trace

STEPS = {name: importlib.import_module(f"micrograd.steps.step_{name}").Value
         for name in ("08", "09", "10")}
ENGINES = STEPS | EXHIBITS | {"Healthy": Healthy, "finished": Finished}
RIGHT = ("09", "10", "Healthy", "finished")
every_engine = pytest.mark.parametrize("Value", ENGINES.values(), ids=ENGINES)
right_engines = pytest.mark.parametrize("Value", [ENGINES[name] for name in RIGHT], ids=RIGHT)


def leaf(Value, number, label):
    value = Value(number)
    value.label = label
    return value


# A graph by its recipe: for each operation its name and the places of its operands in the list.
recipes = st.lists(st.tuples(st.sampled_from(["+", "*", "tanh"]), st.integers(0, 20),
                             st.integers(0, 20)), max_size=8)


def built(Value, recipe):
    values = [leaf(Value, number, label) for number, label in ((0.5, "a"), (-1.5, "b"), (2.0, "c"))]
    for op, i, j in recipe:
        left, right = values[i % len(values)], values[j % len(values)]
        values.append(left.tanh() if op == "tanh" else left + right if op == "+" else left * right)
    return values[-1]


def gradients(root):
    return [value.grad for value in trace(root)[0]]


@every_engine
@settings(max_examples=20, deadline=None)
@given(recipe=recipes, passes=st.integers(1, 2))
def test_the_recorded_pass_leaves_what_backward_leaves(Value, recipe, passes):
    plain, watched = built(Value, recipe), built(Value, recipe)
    for _ in range(passes):
        plain.backward()
        with recording(trace(watched)[0]) as recorder:
            watched.backward()
    assert gradients(watched) == gradients(plain)
    assert list(recorder.grads.values()) == gradients(plain)


@every_engine
def test_watching_leaves_values_and_class_as_backward_does(Value):
    plain, watched = (built(Value, [("*", 0, 1), ("+", 3, 0)]) for _ in range(2))
    before = dict(vars(Value))
    plain.backward()
    watch(watched)
    assert gradients(watched) == gradients(plain)
    assert dict(vars(Value)) == before
    for value, other in zip(trace(watched)[0], trace(plain)[0], strict=True):
        assert type(value) is type(other) is Value
        assert list(getattr(value, "__dict__", ())) == list(getattr(other, "__dict__", ()))


@right_engines
@settings(max_examples=20, deadline=None)
@given(recipe=recipes)
def test_the_products_add_up_to_the_gradients_where_the_engine_is_right(Value, recipe):
    root = built(Value, recipe)
    values, _ = trace(root)
    with recording(values) as recorder:
        root.backward()
    got = dict.fromkeys(values, 0.0)
    got[root] = 1.0
    for turn in recorder.turns:
        for write in turn.writes if turn.value is not None else ():
            assert write.added and not write.lost
            got[write.value] += write.contribution
    assert list(got.values()) == pytest.approx(gradients(root))


@right_engines
def test_of_a_right_engine_the_last_page_says_so(Value):
    film = watch(built(Value, [("*", 0, 1), ("+", 3, 0), ("*", 4, 3), ("tanh", 5, 0)]))
    assert re.match(r"The pass is over\. The nudge agrees: a has .*, b has .*\.|"
                    r"The pass is over\. The nudge agrees: a has .* and b has ", film.sentences[-1])


def twice(Value):
    a = leaf(Value, 3.0, "a")
    b = a + a
    b.label = "b"
    return b


def test_an_overwritten_gradient_is_lost_in_words_and_in_the_drawing():
    film = watch(twice(STEPS["08"]))
    assert film.sentences == [
        "The pass starts at b, whose gradient is set to 1: db/db = 1.",
        "b takes its turn, with the gradient 1. a gets 1 × 1 = 1. a gets 1 × 1 = 1 in place of the "
        "1 it had, which is lost.",
        "The pass is over, and wrong: a has 1, where the nudge says 2. a has lost 1."]
    svg, alt, _ = film.pages[1]
    assert ">grad 1 (1 lost)<" in svg and "a 3, gradient 1 (1 lost)" in alt


def test_an_added_gradient_says_what_it_was_added_to():
    assert watch(twice(STEPS["09"])).sentences[1:] == [
        "b takes its turn, with the gradient 1. a gets 1 × 1 = 1. a gets 1 × 1 = 1 more: "
        "1 + 1 = 2.",
        "The pass is over. The nudge agrees: a has 2."]


def naive(value):
    value._backward()
    for operand in value._prev:
        naive(operand)


def test_an_engine_without_closures_may_overwrite_as_well():
    v, c, z = leaf(Finished, 3.0, "v"), leaf(Finished, 10.0, "c"), leaf(Finished, 2.0, "z")
    w = v + 1.0
    w.label = "w"
    first, second = w * z, w * c
    root = first + second

    def too_early(root):
        for value in (root, first, w, second):
            upstream = value.grad
            for operand, local in zip(value._prev, value._local_derivatives, strict=True):
                operand.grad = local * upstream

    told = " ".join(watch(root, walk=too_early).sentences)
    assert "w gets 1 × 10 = 10 in place of the 2 it had, which is lost. w has had its turn" in told


def c_and_d_twice(Value):
    a, b = leaf(Value, 2.0, "a"), leaf(Value, 3.0, "b")
    c, d = a + b, a * b
    c.label, d.label = "c", "d"
    return (c + d) + (c * d)


def test_why_29_is_wrong_and_25_right():
    wrong = watch(c_and_d_twice(STEPS["09"]), walk=naive).sentences
    assert wrong[3].startswith("c takes its turn, with the gradient 1. This is early: c * d will "
                               "still send c its part.")
    assert ("c takes its turn, with the gradient 1 + 6 = 7. It has had a turn before and passed on "
            "1; that is still in it and goes out once more.") in wrong[6]
    assert wrong[-1] == (
        "The pass is over, and wrong: a has 29, where the nudge says 25; b has 22, where the nudge "
        "says 19. c has passed on 1 + 7 = 8, and its gradient is 7. d has passed on 1 + 6 = 7, and "
        "its gradient is 6.")
    right = watch(c_and_d_twice(STEPS["09"])).sentences
    assert right[-1] == "The pass is over. The nudge agrees: a has 25 and b has 19."
    assert not any("early" in said or "before" in said for said in right)


CAUSES = {
    "08": "has lost", "A": "has lost", "B": "earlier pass", "C": "passes nothing on",
    "D": "nothing sets the gradient", "E": "This is early",
}


@pytest.mark.parametrize("name", CAUSES)
def test_of_a_broken_engine_the_pages_say_what_is_wrong(name):
    Value = ENGINES[name]
    a, b = leaf(Value, 2.0, "a"), leaf(Value, 3.0, "b")
    root = (a * b + a) * (a * b) if name == "08" else (a * b + a) ** 2 * b
    if name == "E":
        c = a * b
        root = (c + a) ** 2 * c
    film = watch(root)
    film = watch(root) if name == "B" else film
    assert "and wrong: a has" in film.sentences[-1]
    assert CAUSES[name] in " ".join(film.sentences)


def gradients_told(sentence):
    """The gradient that each of a, b and c has at the end of a sentence, as text."""
    told = {}
    for part in re.split(r"\.(?: |$)", sentence):
        if gets := re.fullmatch("([abc]) gets (.*)", part):
            told[gets[1]] = gets[2].partition(" in place of")[0].rpartition("= ")[2]
    return told


@pytest.mark.parametrize("Value", [STEPS["08"], STEPS["09"], EXHIBITS["E"], Finished])
@settings(max_examples=10, deadline=None)
@given(recipe=recipes)
def test_the_drawing_of_a_page_says_what_its_sentence_says(Value, recipe):
    for svg, alt, sentence in watch(built(Value, recipe)).pages:
        for name, gradient in gradients_told(sentence).items():
            assert re.search(rf"(^|; ){name} \S+, gradient {re.escape(gradient)}[ ,;.]", alt)
            assert re.search(rf">{name}</text>.*?>grad {re.escape(gradient)}[ <]", svg)


def test_each_turn_marks_its_value_and_puts_the_local_derivatives_on_its_arrows():
    svg, alt, said = watch(c_and_d_twice(STEPS["09"])).pages[4]
    assert said.startswith("d takes its turn, with the gradient 5 + 1 = 6. a gets 6 × 3 = 18.")
    assert "d 6, gradient 6, whose turn it is" in alt and "a 2, gradient 18, just changed" in alt
    assert ">×3<" in svg and ">×2<" in svg and ">5<" in svg and ">1<" in svg


def test_a_share_that_is_the_whole_gradient_is_not_shown_again_on_its_arrow():
    a, b, c = (STEPS["09"](x) for x in (5.0, 7.0, 3.0))
    svg, _, said = watch(a * b + c).pages[2]
    assert said.startswith("5 * 7 takes its turn, with the gradient 1. 5 gets 1 × 7 = 7.")
    assert ">×7<" in svg and ">1<" not in svg


def test_a_gradient_that_is_not_yet_there_is_a_question_mark():
    _, alt, _ = watch(twice(STEPS["09"])).pages[0]
    assert alt == "a 3, gradient ?; b 6, gradient 1, just changed."


def test_all_pages_have_the_same_layout():
    film = watch(c_and_d_twice(STEPS["09"]), walk=naive, ask=True, forward=True)
    assert len({re.search(r'viewBox="[^"]*"', svg)[0] for svg, _, _ in film.pages}) == 1


def test_the_learner_is_asked_before_it_is_shown():
    film = watch(twice(STEPS["09"]), ask=True)
    assert film.sentences[1] == "b takes its turn, with the gradient 1. What does it pass on to a?"
    assert "gradient ?" in film.pages[1][1] and "gradient 2" in film.pages[2][1]


def test_the_forward_pass_may_come_first():
    film = watch(c_and_d_twice(STEPS["09"]), forward=True)
    assert film.sentences[0] == "Forwards: a = 2 and b = 3 give c = 5."
    assert "c 5," in film.pages[0][1] and "d ?," in film.pages[0][1]
    assert film.sentences[5].startswith("The pass starts")


def test_one_value_alone_and_a_class_typed_into_a_notebook():
    class Mine(STEPS["09"]):
        def sin(self):
            return Mine(0.0, (self,), "sin of mine")

    assert watch(Mine(3.0)).sentences[-1] == "The pass is over. The nudge agrees: the root has 1."
    assert watch(Mine(3.0).sin()).sentences[1:] == [
        "The root takes its turn, with the gradient 1. It passes nothing on.",
        "The pass is over. Not nudged: 3, because the operation 'sin of mine' has no method of "
        "that name to compute it again."]


def test_a_step_that_writes_where_it_has_no_business_is_told():
    root, stranger = twice(STEPS["09"]), leaf(STEPS["09"], 7.0, "d")
    both = root + stranger
    right = root._backward

    def meddling():
        right()
        stranger.grad += 5.0

    root._backward = meddling
    assert watch(both).sentences[-2:] == [
        "b takes its turn, with the gradient 1. a gets 1 × 1 = 1. a gets 1 × 1 = 1 more: "
        "1 + 1 = 2. d gets 1 × 5 = 5 more: 1 + 5 = 6.",
        "The pass is over, and wrong: d has 6, where the nudge says 1. The nudge agrees: a has 2."]


def test_gradients_may_be_written_by_hand():
    root = twice(importlib.import_module("micrograd.steps.step_04").Value)

    def by_hand(b):
        b._prev[0].grad = 1.0
        b._prev[0].grad += 1.0

    assert watch(root, walk=by_hand).sentences == [
        "The pass starts at b, whose gradient is set to 1: db/db = 1.", "a gets 1.",
        "a gets 1 more: 1 + 1 = 2.", "The pass is over. The nudge agrees: a has 2."]


def test_a_turn_in_the_midst_of_another_is_told_apart():
    class Deep(STEPS["09"]):
        def __add__(self, other):
            out = Deep(self.data + other.data, (self, other), "+")

            def _backward():
                for operand in (self, other):
                    operand.grad += out.grad
                    operand._backward()
            out._backward = _backward
            return out

        def backward(self):
            self.grad = 1.0
            self._backward()

    a, b = leaf(Deep, 3.0, "a"), leaf(Deep, 4.0, "b")
    c = a + b
    c.label = "c"
    assert watch(c + a).sentences[1:4] == [
        "The root takes its turn, with the gradient 1. c gets 1 × 1 = 1.",
        "c takes its turn, with the gradient 1. a gets 1 × 1 = 1.",
        "c goes on with its turn, with the gradient 1. b gets 1 × 1 = 1."]


def test_a_pass_says_what_it_sets_back():
    root = built(Finished, [("*", 0, 1), ("+", 3, 0)])
    root.backward()
    assert watch(root).sentences[1].startswith("Set back to 0: a * b (was 1) and the root (was 1).")


def test_numbers_changed_after_the_forward_pass_are_not_compared():
    root = twice(STEPS["09"])
    root._prev[0].data = 5.0
    assert "numbers in the graph were changed after it was computed" in watch(root).sentences[-1]


def test_where_a_curve_has_a_bend_nobody_is_wrong():
    root = (Finished(0.0, label="x") + 0.0).relu()
    assert "Not nudged: x and 0, because the curve has a bend there" in watch(root).sentences[-1]


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match="starts from a Value"):
        watch(3.0)
    with pytest.raises(TypeError, match=r"has none: add it, or pass walk="):
        watch(importlib.import_module("micrograd.steps.step_07").Value(1.0))
    with pytest.raises(TypeError, match="hold one number each"):
        watch(Array([1.0, 2.0]))


def test_an_engine_that_raises_half_way_shows_its_pages_first(capsys):
    root = c_and_d_twice(STEPS["09"])

    def broken():
        raise KeyError("no such thing")

    root._prev[0]._backward = broken
    with pytest.raises(KeyError, match="no such thing") as raised:
        watch(root)
    assert raised.value.args == ("no such thing",)
    told = capsys.readouterr().out
    assert "2. The root takes its turn" in told
    assert told.rstrip().endswith("Here the pass stopped: KeyError: 'no such thing'")
    assert all(type(value) is STEPS["09"] for value in trace(root)[0])


def long(Value, turns):
    root = leaf(Value, 1.0, "x")
    for _ in range(turns):
        root = root + 1.0
    return root


@pytest.mark.thorough
def test_a_long_pass_is_told_in_words_and_nothing_is_left_out():
    film = watch(long(Finished, 3000))
    assert film.sentences[0] == ("3000 turns of 6001 values, told in words: they are too many to "
                                 "be drawn.")
    assert sum("takes its turn" in said for said in film.sentences) == 3000
    assert "a graph of 6001 values takes too long" in film.sentences[-1]
    assert "<img" not in film.html()


def test_a_graph_too_deep_for_the_engine_shows_its_error(capsys):
    with pytest.raises(RecursionError):
        watch(long(STEPS["10"], 3000))
    assert "Here the pass stopped: RecursionError" in capsys.readouterr().out


@pytest.mark.thorough
def test_a_walk_without_end_is_stopped(capsys):
    root = leaf(STEPS["09"], 1.0, "x")
    for _ in range(40):
        root = root + root
    with pytest.raises(TooManyTurns, match="10000 turns for 41 values, and no end"):
        watch(root, walk=naive)
    assert "Here the pass stopped" in capsys.readouterr().out
