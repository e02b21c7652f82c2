"""What the exercises promise: honest checks, hints that fit, solutions that are right.

answers_NN.py holds, for each exercise of notebook NN, right answers in several forms, wrong ones
with a piece of the hint that each must get, and the answer as it stands before anyone has tried.
"""

import os
import re
import subprocess
import sys
from importlib import import_module

import pytest

from micrograd.course.exercises import (
    EXERCISES,
    HINTS,
    NOT_ATTEMPTED,
    ask,
    check,
    got_expected,
    hint,
    near,
    shown,
    still_open,
    verdict,
)
from tools.course import ROOT, code_cells, notebook_paths, number, outputs_text, read, tagged

PATHS = notebook_paths()
SOLUTIONS = notebook_paths(ROOT / "notebooks" / "solutions")
NAME = r'check\("(\d+\.[\dm])"'
BANKS = {number(path): import_module(f"answers_{number(path)}") for path in PATHS}
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def answers(kind):
    return [pytest.param(exercise, each, id=f"{exercise}-{i}") for bank in BANKS.values()
            for exercise, known in getattr(bank, kind).items() for i, each in enumerate(known)]


@pytest.mark.parametrize("exercise, answer", answers("RIGHT"))
def test_a_right_answer_passes_in_any_form(exercise, answer):
    assert re.match(r"Right\.($| Not tested: .*[.?]$)", verdict(exercise, *answer))


@pytest.mark.parametrize("exercise, answer", answers("WRONG"))
def test_a_wrong_answer_is_rejected_with_the_hint_that_fits_it(exercise, answer):
    handed_in, says = answer
    assert verdict(exercise, *handed_in).startswith("Not yet: ")
    assert says in verdict(exercise, *handed_in)


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
            assert verdict(exercise, *handed_in) == still_open(exercise), exercise
            assert verdict(exercise, *(... for _ in handed_in)) == still_open(exercise), exercise


def solution_lines():
    """For each exercise, the expressions that its solutions hand in."""
    found = {}
    for path in SOLUTIONS:
        for cell in code_cells(read(path)):
            for name in re.findall(NAME, cell.source):
                given = re.findall(r"^ +(?:return |\S.* = )(.{6,})$", cell.source, re.M)
                found.setdefault(name, set()).update(given)
    return found


def test_there_are_three_hints_for_each_exercise_and_none_is_the_solution():
    assert HINTS.keys() == {name for bank in BANKS.values() for name in bank.RIGHT}
    solutions = solution_lines()
    for name, hints in HINTS.items():
        assert len(hints) == len(set(hints)) == 3
        for line in solutions.get(name, ()):
            said = re.sub(r"[\s`]", "", " ".join(hints))
            assert line.isidentifier() or re.sub(r"\s", "", line) not in said, (name, line)


def test_a_hint_says_how_to_get_the_next_one(capsys):
    hint("9.3")
    hint("9.3", 2)
    hint("9.3", step=3)
    said = " ".join(capsys.readouterr().out.splitlines())
    first, second, third = HINTS["9.3"]
    assert said == f'{first} (More: hint("9.3", 2)) {second} (More: hint("9.3", 3)) {third}'


def test_a_number_without_quotation_marks_will_do(capsys):
    hint(9.3)
    check(9.3, ...)
    assert " ".join(capsys.readouterr().out.splitlines()) == (
        f'{HINTS["9.3"][0]} (More: hint("9.3", 2)) {still_open("9.3")}')


def test_a_hint_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no hint 4"):
        hint("9.3", 4)
    with pytest.raises(ValueError, match=r"no exercise '9\.9'"):
        hint("9.9")


def test_the_same_answer_gets_the_same_words_each_time():
    for bank in BANKS.values():
        for exercise, known in bank.WRONG.items():
            handed_in = known[0][0]
            assert len({verdict(exercise, *handed_in) for _ in range(3)}) == 1, exercise


def test_the_inputs_are_named_as_the_learner_named_them():
    assert "for g = x**2, place = 1.5, by = 0.21 got" in verdict("1.1", lambda g, place, by: by)
    assert "for x**2, 1.5, 0.21 got" in verdict("1.1", lambda *x: x[2])


def test_numbers_that_look_alike_are_shown_with_all_their_digits():
    assert "got 0.3000000001, expected 0.3." in got_expected(0.3000000001, 0.3)
    assert "got 0.31, expected 0.3." in got_expected(0.31, 0.3)


@pytest.mark.parametrize("exercise, answer, line", [
    ("7.1", lambda n: 3 * (1 - math.tanh(3 * n)), "import math"),  # noqa: F821
    ("8.3", lambda self: Value(0.5), "from micrograd.steps.step_08 import Value"),  # noqa: F821
    ("3.1", lambda root: trace(root)[0], "from micrograd.graph import trace"),  # noqa: F821
    ("13.2", lambda label, score: Value(1.0), "from micrograd.engine import Value"),  # noqa: F821
])
def test_after_a_restart_it_says_which_line_to_run(exercise, answer, line):
    assert verdict(exercise, answer).endswith(f"\nAfter a restart of the kernel, run this line "
                                              f"first:\n{line}")


IN_AN_EMPTY_NAMESPACE = """
import sys
from tools.course import read, tagged
cells = [cell.source for cell in tagged(read(sys.argv[1]), "exercise")]
starts = [[]]
for cell in cells:  # an exercise may stretch over several cells; the last one has its check
    starts[-1].append(cell)
    if "check(" in cell:
        starts.append([])
for cells in starts:
    names = {"__name__": "__main__"}
    for cell in cells:
        exec(cell, names)
"""


@pytest.mark.thorough
@every_notebook
def test_an_untouched_exercise_starts_by_itself_and_is_open(path):
    cells = tagged(read(path), "exercise")
    result = subprocess.run([sys.executable, "-c", IN_AN_EMPTY_NAMESPACE, path], cwd=path.parent,
                            capture_output=True, text=True,
                            env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert result.returncode == 0, result.stderr[-500:]
    names = [name for cell in cells for name in re.findall(NAME, cell.source)]
    assert result.stdout.splitlines() == list(map(still_open, names))
    assert all("from micrograd.course import check, hint\n" in cell.source for cell in cells
               if "check(" in cell.source)


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
def test_before_the_exercises_it_asks_to_change_one_thing(path):
    cells = read(path).cells
    headings = [heading for cell in cells for heading in re.findall(r"^## .+", cell.source, re.M)]
    assert headings.index("## Change one thing") + 1 == headings.index("## Exercises")
    change = next(i for i, cell in enumerate(cells) if "## Change one thing" in cell.source)
    assert f'check("{int(number(path))}.m"' in cells[change + 1].source


@every_notebook
def test_it_has_two_to_four_exercises_each_of_them_open(path):
    cells = tagged(read(path), "exercise")
    asked = [name for cell in cells for name in re.findall(NAME, cell.source)]
    here = int(number(path))
    first, *numbered = asked
    assert first == f"{here}.m"
    assert numbered == [f"{here}.{i + 1}" for i in range(len(numbered))]
    assert 2 <= len(numbered) <= 4
    bank = BANKS[number(path)]
    assert list(bank.RIGHT) == list(bank.WRONG) == list(bank.OPEN) == asked
    assert all(outputs_text(cell).strip() == still_open(name) for cell in cells
               for name in re.findall(NAME, cell.source))


@every_notebook
def test_its_solutions_are_right_and_linked_both_ways(path):
    solution = ROOT / "notebooks" / "solutions" / path.name
    texts = ["\n".join(cell.source for cell in read(each).cells) for each in (path, solution)]
    assert f"](solutions/{path.name})" in texts[0] and f"](../{path.name})" in texts[1]
    checked = {}
    for cell in read(solution).cells:
        for name in re.findall(NAME, cell.source):
            checked[name] = outputs_text(cell)
    assert list(checked) == list(BANKS[number(path)].RIGHT)
    assert all(re.search(r"^Right\.", said, re.M) for said in checked.values())


@every_notebook
def test_its_solutions_use_the_names_of_the_notebook(path):
    call = re.compile(r'^check\("([^"]+)", ([a-z_][a-z0-9_, ]*)\)$', re.M)
    asked, solved = (dict(call.findall("\n".join(cell.source for cell in code_cells(read(each)))))
                     for each in (path, ROOT / "notebooks" / "solutions" / path.name))
    assert asked and asked.items() <= solved.items()


def test_there_is_a_solution_for_every_notebook_and_none_beside():
    assert [path.name for path in SOLUTIONS] == [path.name for path in PATHS]


def test_every_check_belongs_to_an_exercise():
    assert sorted(EXERCISES) == sorted(name for bank in BANKS.values() for name in bank.RIGHT)


def test_an_exercise_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no exercise '4.9'; this notebook has 4.m, 4.1, 4.2"):
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
    assert near(0.1 + 0.2, 0.3) and near([1, 2.0], (1.0, 2)) and near(0.0, 1e-13)
    assert not near(0.3001, 0.3) and not near([1.0], (1.0, 2.0)) and not near("1", 1.0)
    assert shown([1 / 3, "a"]) == "[0.333333, 'a']"
