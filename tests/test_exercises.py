"""What the exercises promise: honest checks, hints that fit, solutions that are right.

answers_NN.py holds, for each exercise of notebook NN, right answers in several forms, wrong ones
with a piece of the hint that each must get, and the answer as it stands before anyone has tried.
"""

import re
from importlib import import_module

import pytest

from micrograd.course.exercises import EXERCISES, NOT_ATTEMPTED, ask, check, near, shown, verdict
from tools.course import ROOT, notebook_paths, number, outputs_text, read, tagged

PATHS = notebook_paths()
SOLUTIONS = notebook_paths(ROOT / "notebooks" / "solutions")
BANKS = {number(path): import_module(f"answers_{number(path)}") for path in PATHS}
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def answers(kind):
    return [pytest.param(exercise, each, id=f"{exercise}-{i}") for bank in BANKS.values()
            for exercise, known in getattr(bank, kind).items() for i, each in enumerate(known)]


@pytest.mark.parametrize("exercise, answer", answers("RIGHT"))
def test_a_right_answer_passes_in_any_form(exercise, answer):
    assert verdict(exercise, *answer).startswith("Right. Not tested: ")


@pytest.mark.parametrize("exercise, answer", answers("WRONG"))
def test_a_wrong_answer_is_rejected_with_the_hint_that_fits_it(exercise, answer):
    handed_in, hint = answer
    assert verdict(exercise, *handed_in).startswith("Not yet: ")
    assert hint in verdict(exercise, *handed_in)


def test_each_wrong_answer_has_a_hint_of_its_own():
    for bank in BANKS.values():
        for exercise, known in bank.WRONG.items():
            hints = [hint for _, hint in known]
            assert len(hints) >= 3 and len(set(hints)) == len(hints), exercise
            said = {verdict(exercise, *handed_in) for handed_in, _ in known}
            assert len(said) == len(known), exercise


def test_an_answer_that_is_still_open_is_told_so():
    for bank in BANKS.values():
        for exercise, handed_in in bank.OPEN.items():
            assert verdict(exercise, *handed_in) == NOT_ATTEMPTED, exercise
            assert verdict(exercise, *(... for _ in handed_in)) == NOT_ATTEMPTED, exercise


class Broken:
    def __getattr__(self, name):
        raise RuntimeError("broken on purpose")

    def __repr__(self):
        raise RuntimeError("broken on purpose")


ODD = [Broken(), Broken, "text", [], {}, 10**400, float("nan"), True, lambda: 1,
       lambda *_: Broken(), lambda *_: "text", lambda *_: 10**400, lambda *_: float("nan"),
       lambda *_: 1 / 0, lambda *_: [None], int, object()]


@pytest.mark.parametrize("exercise", [each for bank in BANKS.values() for each in bank.OPEN])
def test_no_answer_brings_a_traceback(exercise):
    count = len(BANKS[f"{int(exercise.partition('.')[0]):02}"].OPEN[exercise])
    for odd in ODD:
        assert verdict(exercise, *[odd] * count).startswith("Not ")
    assert verdict(exercise, *[1.0] * (count + 1)).startswith("Not yet: ")


@every_notebook
def test_it_has_two_to_four_exercises_each_of_them_open(path):
    cells = tagged(read(path), "exercise")
    asked = [name for cell in cells for name in re.findall(r'check\("([\d.]+)"', cell.source)]
    assert asked == [f"{int(number(path))}.{i + 1}" for i in range(len(asked))]
    assert 2 <= len(asked) <= 4
    bank = BANKS[number(path)]
    assert list(bank.RIGHT) == list(bank.WRONG) == list(bank.OPEN) == asked
    assert all(outputs_text(cell).strip() == NOT_ATTEMPTED for cell in cells
               if "check(" in cell.source)


@every_notebook
def test_its_solutions_are_right_and_linked_both_ways(path):
    solution = ROOT / "notebooks" / "solutions" / path.name
    texts = ["\n".join(cell.source for cell in read(each).cells) for each in (path, solution)]
    assert f"](solutions/{path.name})" in texts[0] and f"](../{path.name})" in texts[1]
    checked = {}
    for cell in read(solution).cells:
        for name in re.findall(r'check\("([\d.]+)"', cell.source):
            checked[name] = outputs_text(cell)
    assert list(checked) == list(BANKS[number(path)].RIGHT)
    assert all(said.startswith("Right. ") or "\nRight. " in said for said in checked.values())


def test_there_is_a_solution_for_every_notebook_and_none_beside():
    assert [path.name for path in SOLUTIONS] == [path.name for path in PATHS]


def test_every_check_belongs_to_an_exercise():
    assert sorted(EXERCISES) == sorted(name for bank in BANKS.values() for name in bank.RIGHT)


def test_an_exercise_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no exercise '4.9'; this notebook has 4.1, 4.2"):
        check("4.9", 1.0)
    with pytest.raises(ValueError, match=r"no exercise 'four'; this notebook has none"):
        check("four", 1.0)


def test_check_prints_the_verdict(capsys):
    check("4.1", ...)
    assert capsys.readouterr().out == NOT_ATTEMPTED + "\n"


def test_a_function_without_return_is_told_from_one_that_is_open():
    def forgotten(x):
        x + 1

    with pytest.raises(Exception, match="Is its `return` missing"):
        ask(forgotten, 1.0)


def test_numbers_agree_but_for_rounding():
    assert near(0.1 + 0.2, 0.3) and near([1, 2.0], (1.0, 2)) and near(0.0, 1e-12)
    assert not near(0.3001, 0.3) and not near([1.0], (1.0, 2.0)) and not near("1", 1.0)
    assert shown([1 / 3, "a"]) == "[0.333333, 'a']"
