"""What the exit quizzes promise."""

import pytest

from micrograd.course.museum import Healthy
from tools.classroom import faults
from tools.classroom.quiz import ask, ask_engines, quiz
from tools.course import notebook_paths, number

NUMBERS = [number(path) for path in notebook_paths()]
ENGINES = [each for each in vars(faults).values()
           if isinstance(each, type) and each.__module__ == faults.__name__]


@pytest.mark.parametrize("lesson", NUMBERS)
def test_every_notebook_has_five_questions_with_one_right_answer_each(lesson):
    questions = quiz(lesson)
    assert [each.name for each in questions] == [f"{int(lesson)}.q{i}" for i in range(1, 6)]
    for each in questions:
        assert 3 <= len(each.options) == len(set(each.options)) == len(each.why) <= 4
        assert each.right in each.letters
        assert not each.question.startswith("```")  # its number stands before it
        assert not {"", "-0"} & set(each.options)
        assert each.question.strip()[-1] in "?`)" and all(why[-1] in ".?" for why in each.why)


def test_the_place_of_the_right_answer_says_nothing():
    rights = [each.right for lesson in NUMBERS for each in quiz(lesson)]
    for letter in "ABCD":
        assert len(rights) / 10 <= rights.count(letter) <= len(rights) / 2


@pytest.mark.parametrize("engine", ENGINES, ids=lambda each: each.__name__)
def test_every_faulty_engine_computes_the_right_numbers_and_a_wrong_gradient(engine):
    def everything(a, b):
        c = a * b
        d = c + a
        return ((d * c).tanh() - (a * b).exp() + a**3) * (c + d)

    right, wrong = (everything(kind(0.5), kind(0.25)).data for kind in (Healthy, engine))
    assert right == wrong
    found = faults.gradients(engine, everything, (0.5, 0.25))
    assert found != faults.gradients(Healthy, everything, (0.5, 0.25))
    assert engine.told.endswith(".")


def test_two_answers_that_are_the_same_are_refused():
    with pytest.raises(ValueError, match=r"1\.q1: two of the answers are the same: 1, 1"):
        ask("1.q1", "?", (1, "Yes."), (1.0, "No."))
    with pytest.raises(ValueError, match="the same"):
        ask_engines("1.q1", "?", lambda a, b: a + b, (1.0, 2.0), 0, "Yes.", faults.OwnValue)


def test_numbers_stand_in_order_and_texts_always_in_the_same():
    question = ask("1.q1", "?", (2, "Right."), (-1, "Left."), (3, "Wrong."))
    assert question.options == ("-1", "2", "3") and question.right == "B"
    assert question.why == ("Left.", "Right.", "Wrong.")
    texts = ("1.q2", "?", ("an error", "Yes."), (1, "No."), ("nothing", "No."))
    assert ask(*texts) == ask(*texts)


def test_a_root_may_have_another_gradient_than_one():
    def product(a, b):
        return a * b
    assert faults.gradients(Healthy, product, (2.0, 5.0), upstream=-3.0) == (-15.0, -6.0)
    assert faults.gradients(faults.LocalAlone, product, (2.0, 5.0), upstream=-3.0) == (5.0, 2.0)
