"""What `make report` promises: it finds what each student of a class knows, and believes nothing.

A class is made of the banks in answers_NN.py: a student's notebook holds the bank as its first
cell, and hands in some of its answers.
"""

import csv
import io
import json
import re
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings, strategies

import micrograd.course.exercises as exercises
from micrograd.course.exercises import verdict
from micrograd.course.predictions import PREDICTIONS
from tools.course import ROOT, code_cells, notebook_paths, read, read_text
from tools.report import mistakes, pages
from tools.report.answers import MISSING, OPEN, RIGHT, TROUBLE, WRONG, Outcome, Result
from tools.report.collect import Course, Unreadable, cells_of, collect
from tools.report.run import main, report
from tools.report.seal import Seal

COURSE = Course()
HERE = ["5.m", "5.1", "5.2", "5.3"]


def answers(number):
    return import_module(f"answers_{number}")


def handed_in(exercise, kind, i=0):
    """The source of a cell that hands in an answer of the bank in the first cell."""
    answer = {"RIGHT": f"RIGHT[{exercise!r}][{i}]", "WRONG": f"WRONG[{exercise!r}][{i}][0]",
              "OPEN": f"OPEN[{exercise!r}]"}[kind]
    return f'from micrograd.course import check\ncheck("{exercise}", *{answer})'


def write(path, *sources, outputs=()):
    """A notebook file of these code cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [{"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source,
              "outputs": list(outputs)} for source in sources]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {},
                                "cells": cells}), encoding="utf-8")


BANK = read_text(ROOT / "tests" / "answers_05.py")
GOOD = {exercise: handed_in(exercise, "RIGHT") for exercise in HERE}


def results(lesson):
    """From each student to the kinds of the results, exercise by exercise."""
    return {student: [result.kind for result in outcome.results.values()]
            for student, outcome in lesson.rows}


# A class whose mistakes are known.

def planted(number):
    """What may be handed in for each exercise, by kind and place in the bank."""
    bank = answers(number)
    return {exercise: [("OPEN", 0), *(("RIGHT", i) for i in range(len(bank.RIGHT[exercise]))),
                       *(("WRONG", i) for i in range(len(bank.WRONG[exercise])))]
            for exercise in bank.RIGHT}


def expected(number, exercise, kind, i):
    """The result that such an answer must come out with."""
    bank = answers(number)
    if kind != "WRONG":
        return {"OPEN": OPEN, "RIGHT": RIGHT}[kind], ""
    return WRONG, mistakes.key(number, mistakes.reason(verdict(exercise,
                                                               *bank.WRONG[exercise][i][0])))


def class_of(folder, number, students=None):
    """Write a class in which each answer of the bank is handed in; who handed in what."""
    choices = planted(number)
    register = {}
    for i in range(students or max(map(len, choices.values())) + 1):
        mine = {exercise: each[i % len(each)] for exercise, each in choices.items()}
        register[f"student {i:02}"] = mine
        write(folder / f"student {i:02}" / f"{COURSE.stems[number]}.ipynb",
              read_text(ROOT / "tests" / f"answers_{number}.py"),
              *(handed_in(exercise, *each) for exercise, each in mine.items()))
    return register


def check_class(folder, number, students=None):
    register = class_of(folder, number, students)
    [lesson], problems, others = report(folder)
    assert (problems, others) == ([], [])
    assert [student for student, _ in lesson.rows] == list(register)
    for student, outcome in lesson.rows:
        assert outcome.notes == [], student
        for exercise, result in outcome.results.items():
            what = register[student][exercise]
            assert (result.kind, result.mistake) == expected(number, exercise, *what), exercise
            if what[0] == "WRONG":
                assert answers(number).WRONG[exercise][what[1]][1] in result.why
    return lesson


def test_a_small_class_is_told_apart(tmp_path):
    lesson = check_class(tmp_path, "05", students=4)
    assert results(lesson)["student 00"] == [OPEN] * 4
    assert results(lesson)["student 01"] == [RIGHT] * 4


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["05", "08", "09", "13"])
def test_every_mistake_that_was_planted_in_a_class_is_found(tmp_path, number):
    check_class(tmp_path, number)


@pytest.mark.thorough
def test_a_notebook_as_it_is_given_is_not_attempted_and_its_solution_is_right(tmp_path):
    for path in notebook_paths():
        for source, name in ((path, "as given"), (path.parent / "solutions" / path.name, "right")):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / path.name).write_bytes(source.read_bytes())
    lessons, problems, others = report(tmp_path)
    assert len(lessons) == len(COURSE.titles) and (problems, others) == ([], [])
    for lesson in lessons:
        count = len(lesson.exercises)
        assert results(lesson) == {"as given": [OPEN] * count, "right": [RIGHT] * count}
        assert list(lesson.notes()) == []


@pytest.mark.thorough
@pytest.mark.parametrize("number", COURSE.titles)
def test_a_mistake_is_known_by_what_the_check_says_of_it(number):
    """Whatever names the learner gave, and in the words that the bank knows it by."""
    for exercise, known in answers(number).WRONG.items():
        for answer, says in known:
            said = verdict(exercise, *answer)
            assert says in mistakes.reason(said) and mistakes.key(number, mistakes.reason(said))
    assert mistakes.is_open(verdict(f"{int(number)}.1", *answers(number).OPEN[f"{int(number)}.1"]))


def test_the_same_mistake_is_one_whatever_the_learner_called_things():
    said = [verdict("1.1", lambda f, x, h: (f(x + h) - f(x)) / x),
            verdict("1.1", lambda g, place, by: (g(place + by) - g(place)) / place),
            verdict("1.1", lambda f, x, h: (f(x) - f(x + h)) / h)]
    keys = [mistakes.key("01", mistakes.reason(each)) for each in said]
    assert said[0] != said[1] and keys[0] == keys[1] != keys[2]


# Notebooks that mean harm, or came to harm. Each ends in a row, and the others are unharmed.

HOSTILE = {
    "endless cell": ["while True:\n    pass", *GOOD.values()],
    "endless answer": [*GOOD.values(), "from micrograd.course import check\n"
                       "def turn(x):\n    while True: pass\n", 'check("5.1", turn)'],
    "endless in place of": [GOOD["5.m"], "from micrograd.course import check\n"
                            "def turn(x):\n    while True: pass\n\n"
                            'check("5.1", turn)', GOOD["5.2"], GOOD["5.3"]],
    "sys exit": ["import sys\nsys.exit()", *GOOD.values()],
    "exit in an exercise": [GOOD["5.m"], 'import sys\nsys.exit()\ncheck("5.1", 1)', GOOD["5.2"],
                            'def f(*x):\n    sys.exit()\ncheck("5.3", f)'],
    "hard exit": ["import os\nos._exit(0)", *GOOD.values()],
    "crash": ["import ctypes\nctypes.string_at(0)", *GOOD.values()],
    "deleted cell": [GOOD["5.m"], GOOD["5.1"], GOOD["5.3"]],
    "syntax error": [GOOD["5.m"], 'def f(x)\n    return x\ncheck("5.1", f)', GOOD["5.2"],
                     GOOD["5.3"]],
    "all memory": [*GOOD.values(), "hog = []\nwhile True:\n    hog.append(bytearray(1 << 28))"],
    "shared memory": [*GOOD.values(), "import mmap\n"
                      "hog = [mmap.mmap(-1, 1 << 30) for _ in range(20)]\nwhile True: pass"],
    "alarm": ["import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.05)",
              "import time\ntime.sleep(0.2)", *GOOD.values()],
    "thread that ends all": ["import os, threading\n"
                             "threading.Timer(0.5, os._exit, [0]).start()",
                             "import time\ntime.sleep(2)", *GOOD.values()],
    "threads": ["import threading, time\nfrom tqdm import tqdm\nlist(tqdm([1, 2]))\n"
                "threading.Thread(target=time.sleep, args=[10**6]).start()", *GOOD.values()],
    "own check": [GOOD["5.m"], 'def check(*_):\n    print("Right.")\n\ncheck("5.1", 1)',
                  GOOD["5.2"], GOOD["5.3"]],
    "patched verdict": ["import micrograd.course.exercises as e\n"
                        'e.verdict = e.check = lambda *_: "Right."',
                        *[handed_in(each, "WRONG") for each in HERE]],
    "patched inside": ["import micrograd.course.exercises as e, math, builtins\n"
                       "e.isinstance = e.near = lambda *_: True\n"
                       "e.EXERCISES.update({name: (print, None) for name in list(e.EXERCISES)})\n"
                       "e.compare.__code__ = (lambda *_, **__: None).__code__\n"
                       "e.ask.__defaults__ = (1,)\n"
                       "math.isclose = builtins.abs = builtins.all = lambda *_, **__: True",
                       *[handed_in(each, "WRONG") for each in HERE]],
    "patched modules": ["import sys, types\n"
                        'for name in list(sys.modules):\n    if "exercises" in name:\n'
                        "        sys.modules[name] = types.ModuleType(name)\n"
                        "        sys.modules[name].check = print",
                        *[handed_in(each, "WRONG") for each in HERE]],
    "patched when asked": [GOOD["5.m"], GOOD["5.2"], GOOD["5.3"], "def f(x):\n"
                           "    import micrograd.course.exercises.gradients as g\n"
                           "    for name in vars(g):\n        if callable(getattr(g, name)):\n"
                           "            setattr(g, name, lambda *_, **__: True)\n"
                           "    return 1, 2, 3",
                           'check("5.1", f)'],
    "patched check": ["from micrograd.course import check\ndef twin(hand_in):\n"
                      "    return lambda *_: hand_in\ncheck.__code__ = twin(0).__code__",
                      *[handed_in(each, "WRONG") for each in HERE]],
    "forged report": ["import os, sys\nfor fd in range(3, 20):\n    try:\n        os.write(fd, "
                      'b\'["verdict", "5.1", "said", "Right."]\\n["done"]\\n\')\n'
                      "    except OSError: pass", *[handed_in(each, "WRONG") for each in HERE]],
    "curious": ["found = []\n"
                "def attempt(function, *arguments):\n"
                "    try: found.append(function(*arguments))\n    except OSError: pass\n",
                "import glob, os, pathlib, shutil, socket, subprocess, ctypes\n"
                "for path in PATHS:\n"
                "    attempt(open, path)\n    attempt(pathlib.Path(path).read_text)\n"
                "    attempt(os.listdir, os.path.dirname(path))\n"
                '    attempt(os.symlink, path, "here")\n    attempt(open, "here")\n'
                "    attempt(shutil.copy, path, '.')\n    attempt(os.remove, path)\n"
                "    attempt(os.rename, path, 'mine')\n    attempt(open, path, 'w')\n",
                "import micrograd\nattempt(open, micrograd.__file__, 'a')\n"
                "attempt(subprocess.run, ['cat', PATHS[0]])\nattempt(os.system, 'true')\n"
                "attempt(os.fork)\nattempt(os.kill, os.getppid(), 9)\n"
                "attempt(ctypes.CDLL, None)\nattempt(ctypes.CDLL, 'libc.so.6')\n"
                "attempt(socket.create_connection, ('127.0.0.1', 9))",
                "import _posixsubprocess, multiprocessing, resource, signal\n"
                "attempt(_posixsubprocess.fork_exec)\nattempt(os.setpriority, 0, os.getppid(), 5)\n"
                "attempt(multiprocessing.get_context('spawn').Process(target=print).start)\n"
                "attempt(os.pidfd_open, os.getppid())\nattempt(signal.pidfd_send_signal, 0, 0)\n"
                "attempt(resource.prlimit, os.getppid(), resource.RLIMIT_CPU)\n"
                "attempt(os.mkfifo, os.path.join(os.path.dirname(PATHS[0]), 'pipe'))\n"
                "attempt(os.mknod, os.path.join(os.path.dirname(PATHS[0]), 'node'))",
                'open("mine.txt", "w").write("a file of my own")',
                GOOD["5.m"], GOOD["5.2"], GOOD["5.3"],
                "from micrograd.course import check\n"
                'check("5.1", *(WRONG["5.1"][0][0] if found else RIGHT["5.1"][0]))'],
}
ALL = [RIGHT] * 4
ENDS = {  # the results, and a piece of the note
    "endless cell": (ALL, "code cell 2 does not end, and was left out"),
    "endless answer": (ALL, ""),
    "endless in place of": ([RIGHT, TROUBLE, RIGHT, RIGHT], "5.1: its answer does not end"),
    "sys exit": (ALL, ""),
    "exit in an exercise": ([RIGHT, WRONG, RIGHT, WRONG], ""),
    "hard exit": (ALL, "code cell 2 ends Python or makes it crash, and was left out"),
    "crash": (ALL, "code cell 2 ends Python or makes it crash, and was left out"),
    "deleted cell": ([RIGHT, RIGHT, MISSING, RIGHT], ""),
    "syntax error": ([RIGHT, WRONG, RIGHT, RIGHT], ""),
    "all memory": (ALL, ""),
    "shared memory": (ALL, ""),
    "alarm": (ALL, ""),
    "thread that ends all": (ALL, "code cell 2 ends Python or makes it crash, and was left out."),
    "threads": (ALL, ""),
    "own check": ([RIGHT, TROUBLE, RIGHT, RIGHT], "does not call the course's check"),
    "patched verdict": ([WRONG] * 4, "code cell 2 changed the checks (check, verdict"),
    "patched inside": ([WRONG] * 4, "code cell 2 changed the checks"),
    "patched modules": ([WRONG] * 4, ""),
    "patched when asked": ([RIGHT, TROUBLE, RIGHT, RIGHT], "5.1: its answer changes the check"),
    "patched check": ([WRONG] * 4, "code cell 2 changed the checks (__code__)"),
    "forged report": ([WRONG] * 4, ""),
    "curious": (ALL, "tried to read a file elsewhere, and was kept from it"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The rows of a class in which only one student means well."""
    folder = tmp_path_factory.mktemp("class")
    others = [str(folder / "honest" / "05_chain_rule.ipynb"), str(ROOT / "README.md"),
              str(ROOT / "notebooks" / "solutions" / "05_chain_rule.ipynb")]
    write(folder / "honest" / "05_chain_rule.ipynb", BANK, *GOOD.values())
    before = [open(path, "rb").read() for path in others]
    for name, cells in HOSTILE.items():
        write(folder / name / "05_chain_rule.ipynb", f"{BANK}\nPATHS = {others}", *cells)
    [lesson], problems, _ = report(folder, seconds=3)
    assert problems == []
    assert [open(path, "rb").read() for path in others] == before
    return lesson


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_notebook_attempts_it_ends_in_a_row(hostile, name):
    kinds, note = ENDS[name]
    assert results(hostile)[name] == kinds
    mine = [line for line in hostile.notes() if line.startswith(f"{name}: ")]
    assert note in "".join(mine) and bool(mine) == bool(note)


@pytest.mark.thorough
def test_the_others_are_unharmed(hostile):
    assert results(hostile)["honest"] == ALL
    assert [student for student, _ in hostile.rows] == sorted([*HOSTILE, "honest"])


@pytest.mark.thorough
def test_who_sleeps_is_woken(tmp_path):
    write(tmp_path / "05_chain_rule.ipynb", BANK, "import time\ntime.sleep(10**6)", *GOOD.values())
    [lesson], _, _ = report(tmp_path, patience=30)
    assert "code cell 2 does not end" in "".join(lesson.notes())
    assert results(lesson)["05_chain_rule"] == ALL


def test_a_right_that_is_only_in_the_outputs_is_not_believed(tmp_path):
    right = {"output_type": "stream", "name": "stdout", "text": "Right.\n"}
    write(tmp_path / "05_chain_rule.ipynb", BANK, handed_in("5.1", "WRONG"), outputs=[right])
    [lesson], _, _ = report(tmp_path)
    assert results(lesson)["05_chain_rule"] == [MISSING, WRONG, MISSING, MISSING]
    assert "5.1: its saved output says Right, run afresh it is not" in "".join(lesson.notes())


# Files that are no notebooks of this course.

BROKEN = {
    "truncated": (b'{"cells": [{"cell_type": "co', "not JSON, or only a part"),
    "empty": (b"", "not JSON"),
    "not JSON": (b"print(1)", "not JSON"),
    "not UTF-8": (b"\xff\xfe{}", "not JSON"),
    "too deep": (b"[" * 100_000, "not JSON"),
    "a list": (b"[]", "it has no cells"),
    "no list of cells": (b'{"cells": 7}', "it has no cells"),
    "strange cells": (b'{"cells": [7, null, {"cell_type": "code", "source": {"a": [1]}}]}',
                      "is no notebook of this course"),
    "another course": (json.dumps({"cells": [
        {"cell_type": "markdown", "source": ["# Sorting"]},
        {"cell_type": "code", "source": ["check('5.1', sorted([2, 1]))"]}]}).encode(),
        "is no notebook of this course"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path, name):
    content, says = BROKEN[name]
    (tmp_path / f"{name}.ipynb").write_bytes(content)
    [notebook], _ = collect(tmp_path, COURSE)
    assert notebook.path == f"{name}.ipynb" and says in notebook.problem


THINGS = strategies.recursive(
    strategies.none() | strategies.integers() | strategies.text() | strategies.just("code"),
    lambda things: strategies.lists(things) | strategies.dictionaries(
        strategies.sampled_from(["cells", "cell_type", "source", "id", "outputs"]), things),
    max_leaves=8)


@settings(max_examples=50)
@given(strategies.lists(THINGS, max_size=4))
def test_whatever_json_there_is_in_a_file_it_gets_a_row(cells):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "any.ipynb").write_text(json.dumps({"cells": cells}))
        [notebook], _ = collect(Path(folder), COURSE)
    assert notebook.problem == "is no notebook of this course"


def test_a_link_and_what_is_too_large_are_not_opened(tmp_path, monkeypatch):
    write(tmp_path / "mine.ipynb", "1")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "mine.ipynb")
    with pytest.raises(Unreadable, match="a link or a device"):
        cells_of(tmp_path / "link.ipynb")
    monkeypatch.setattr("tools.report.collect.LARGEST", 3)
    with pytest.raises(Unreadable, match="larger than"):
        cells_of(tmp_path / "mine.ipynb")


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path, monkeypatch):
    write(tmp_path / "Ada" / "05_chain_rule.ipynb", "1")
    (tmp_path / "Bo").symlink_to(tmp_path / "Ada")
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr("os.access", lambda path, mode: path.name != "locked")
    assert collect(tmp_path, COURSE)[1] == ["Bo", "locked"]


@pytest.mark.parametrize("path, student", [
    ("Ada/05_chain_rule.ipynb", "Ada"),
    ("7b/Ada/05_chain_rule.ipynb", "7b Ada"),
    ("05_chain_rule_ada.ipynb", "ada"),
    ("ada-05_chain_rule.ipynb", "ada"),
    ("Ada L_4711_assignsubmission_file_/05_chain_rule.ipynb", "Ada L"),
    ("05_chain_rule.ipynb", "05_chain_rule"),
    ("A\u202eda\x1b[2J.ipynb", "A?da?[2J"),
])
def test_whose_a_notebook_is_stands_in_its_path(tmp_path, path, student):
    write(tmp_path / path, "1")
    [notebook], _ = collect(tmp_path, COURSE)
    assert notebook.student == student


def test_two_notebooks_of_one_student_are_told_apart_and_nothing_is_lost(tmp_path):
    for name in ("05_chain_rule.ipynb", "_05_chain_rule.ipynb"):
        write(tmp_path / "Ada" / name, "import micrograd", 'check("5.1", 1)')
    write(tmp_path / ".ipynb_checkpoints" / "05_chain_rule.ipynb", "1")
    (tmp_path / "Ada" / "answers.pdf").write_text("")
    notebooks, others = collect(tmp_path, COURSE)
    assert [each.student for each in notebooks] == ["Ada/05_chain_rule.ipynb",
                                                    "Ada/_05_chain_rule.ipynb"]
    assert others == ["Ada/answers.pdf"]


@pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)
def test_a_notebook_is_known_by_its_exercises_its_title_or_its_cells(path):
    cells = list(read(path).cells)
    theory = [cell for cell in cells if "check(" not in cell.source]
    untitled = [cell for cell in theory if not cell.source.startswith("# ")]
    for kept in (code_cells(read(path)), theory, untitled):
        assert COURSE.belongs_to(kept) == path.name[:2]


# What is noted can be put back.

def test_a_seal_finds_and_mends_what_was_changed(monkeypatch):
    seal = Seal([exercises], strict=True)
    near = exercises.near.__code__
    exercises.near.__code__ = (lambda *_: True).__code__
    exercises.verdict, exercises.isinstance = None, None
    exercises.EXERCISES["5.1"] = None
    undo, names = seal.mend()
    assert sorted(names) == ["5.1", "__code__", "isinstance", "verdict"]
    assert exercises.near.__code__ is near and not hasattr(exercises, "isinstance")
    undo()
    assert exercises.verdict is None and exercises.near.__code__ is not near
    seal.mend()
    assert seal.mend()[1] == []


# The report itself.

@pytest.fixture
def lesson():
    wrong = Result(WRONG, "got <7>, expected 8. You added.", "You added")
    rows = [("=Ada & Bo", Outcome({"5.1": wrong, "5.2": Result(RIGHT)},
                                  {"5.nudge-c": ("wrong", "1")})),
            ("Cy", Outcome({"5.1": wrong, "5.2": Result(OPEN)}, {"5.nudge-c": ("right", "-2")})),
            ("Di", Outcome({"5.1": Result(WRONG, "it stops", "stops"), "5.2": Result(MISSING)}))]
    return pages.Lesson("05", "The chain rule", ["5.1", "5.2"], rows)


def test_the_table_gives_the_same_letter_to_the_same_mistake(lesson):
    text = pages.as_text([lesson], [], ["a.pdf"])
    rows = [line.split() for line in text.splitlines()]
    assert [["Cy", "a", "."], ["Di", "b", "-"], ["right", "0", "1"]] == [
        row for row in rows if row[:1] in (["Cy"], ["Di"], ["right"])]
    assert "5.1 a, 2 students: got <7>, expected 8. You added." in text
    assert text.index("5.1 a, 2") < text.index("5.1 b, 1") and "a.pdf" in text


def test_the_guesses_are_told_with_what_the_course_says_to_them(lesson):
    [line] = lesson.guesses()
    assert line.startswith("5.nudge-c: 1 of 2 right; 1 said 1 (")


def test_the_csv_has_a_line_for_each_answer_and_no_formula(lesson):
    [head, *lines] = csv.reader(io.StringIO(pages.as_csv([lesson], [])))
    assert len(lines) == 6 and len(head) == 6
    assert lines[0] == ["'=Ada & Bo", "05", "5.1", WRONG, "5.1 a",
                        "got <7>, expected 8. You added."]


def test_the_page_escapes_what_students_wrote(lesson):
    page = pages.as_page([lesson], [SimpleNamespace(path="<b>", problem="is <i>")], [])
    assert "=Ada &amp; Bo" in page and "got &lt;7&gt;" in page and "&lt;b&gt;" in page
    assert page.count("<section") == page.count("</section>") == 2


@pytest.mark.browser
@pytest.mark.parametrize("students", [36, 100])
def test_a_class_prints_on_one_page(students):
    """However much there is to say."""
    browser = pytest.importorskip("tools.decks.browser", exc_type=ImportError)
    if not any(map(shutil.which, browser.BROWSERS)):
        pytest.skip("there is no Chromium")
    said = "for a = -4 the gradient of c: got 12, expected 22. " * 9
    kinds, names = [RIGHT, WRONG, OPEN, MISSING, TROUBLE], [*HERE, "5.4"]
    rows = [(f"Maximiliane Mustermann-{i}", Outcome(
        {name: Result(kinds[(i + j) % 5], said, str(i % 9)) for j, name in enumerate(names)},
        dict.fromkeys(list(PREDICTIONS)[-8:], ("wrong", "1")), ["And: " + said]))
        for i in range(students)]
    with browser.browser() as chromium:
        page = chromium.new_page()
        page.set_content(pages.as_page([pages.Lesson("05", "The chain rule", names, rows)], [], []))
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_mistakes_beyond_z_have_letters_too():
    assert [pages.letters(i) for i in (0, 25, 26, 701, 702)] == ["a", "z", "aa", "zz", "aaa"]


def test_without_a_folder_it_says_how_to_name_one(tmp_path):
    for folder in ("", str(tmp_path / "nowhere")):
        with pytest.raises(SystemExit, match="make report FOLDER="):
            main(folder)
