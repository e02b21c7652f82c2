"""What the predictions promise, and that every misconception on the list is met."""

import ast
import os
import re
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from rerun_predictions import name_in

from micrograd import Value
from micrograd.course.guesses import Unreadable
from micrograd.course.predict import NO_GUESS, PREDICTIONS, B, reply, reveal
from micrograd.course.words import in_lines
from tools.course import ROOT, notebook_paths, number, outputs_text, read

PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)

# What learners get wrong; where it is met, and a piece of the cell that refutes it.
MISCONCEPTIONS = {
    # going down from the root without an order is enough
    1: [("09_accumulation_bug", "Recursion alone is not enough")],
    # the only trouble with recursion is its depth
    2: [("11_finished_engine", "Only the depth is recursion's own")],
    # `+=` is for addition
    3: [("09_accumulation_bug", "`+=` is not about addition")],
    # adding up within a pass and from pass to pass are one thing
    4: [("09_accumulation_bug", "two different things")],
    # every value has to be set to zero before the next pass
    5: [("13_training", "Not every node has to be zeroed")],
    # a `backward` that zeroes first would be the cure
    6: [("13_training", "is not the fix")],
    # the local derivative of exp or tanh is computed from the input
    7: [("07_tanh", "it uses the **output**"), ("10_decomposed_tanh", "its output, not its input")],
    # a smaller step gives a better derivative
    8: [("04_manual_gradients", "not always a better one")],
    # backpropagation is training
    9: [("13_training", "Backpropagation is not training")],
    # `backward` computes values again, or changes them
    10: [("08_auto_backward", "computes no value again")],
    # drawing a graph finds its gradients; a gradient of 0 means that it is missing
    11: [("04_manual_gradients", "Drawing finds no gradients"),
         ("06_neuron", "it can be the right answer")],
    # the circles are values; `a + a` has one operand
    12: [("03_labels", "`a + a` has two operands"), ("03_labels", "ellipses are not values")],
    # `sum` begins with the first value
    13: [("10_decomposed_tanh", "with the number 0")],
    # a large gradient means important, a gradient of 0 means done
    14: [("07_tanh", "does not mean that a weight is done"),
         ("13_training", "does not mean that the work is done")],
    # tanh has to be one operation
    15: [("10_decomposed_tanh", "need not be one operation")],
    # gradients that agreed once prove the engine right
    16: [("09_accumulation_bug", "prove nothing about the others")],
}


def predictions(path):
    """The places of a notebook's predictions, its cells, and the names of the predictions."""
    cells = read(path).cells
    places = [i for i, cell in enumerate(cells) if "predict" in cell.metadata.get("tags", [])]
    return places, cells, [name_in(cells[i]) for i in places]


@every_notebook
def test_it_asks_for_three_predictions_each_in_the_cell_that_reveals(path):
    places, cells, names = predictions(path)
    assert len(places) >= 3
    here = str(int(number(path)))
    assert names == [name for name in PREDICTIONS if name.partition(".")[0] == here]
    for i in places:
        assert "**Predict.**" in cells[i - 1].source
        source = cells[i].source
        assert re.search(r"^guess = \.\.\.  # .*, in place of the three dots$", source, re.M)
        assert source.count("reveal(") == source.count("guess = ") == 1
    assert "guess" not in "".join(cell.source for i, cell in enumerate(cells)
                                  if i not in places and cell.cell_type == "code")


@every_notebook
def test_the_answer_is_folded_and_its_first_line_gives_nothing_away(path):
    places, cells, _ = predictions(path)
    for i in places:
        assert cells[i].metadata.jupyter == {"outputs_hidden": True}
        assert outputs_text(cells[i]).startswith(NO_GUESS + "\nIt is ")
        following = cells[i + 1]
        assert following.metadata.get("jupyter", {}).get("source_hidden"), following.source
        neutral = "# " if following.cell_type == "code" else "**What came out.**\n"
        assert following.source.startswith(neutral)


@every_notebook
def test_the_options_stand_in_the_question_in_the_words_of_the_reply(path):
    places, cells, names = predictions(path)
    for i, name in zip(places, names, strict=True):
        asked = re.sub(r"[`$*]", "", cells[i - 1].source)
        for letter, text in getattr(PREDICTIONS[name], "options", {}).items():
            assert f"{letter}: {text}" in asked, name


@every_notebook
def test_no_answer_is_typed_in(path):
    places, cells, _ = predictions(path)
    for i in places:
        call = next(node for node in ast.walk(ast.parse(cells[i].source))
                    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reveal")
        assert any(isinstance(node, ast.Name | ast.Call) for node in ast.walk(call.args[2]))


@pytest.mark.thorough
@every_notebook
def test_each_prediction_can_be_run_again_with_any_guess_in_any_order(path):
    result = subprocess.run(
        [sys.executable, ROOT / "tests" / "rerun_predictions.py", path], cwd=path.parent,
        capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"})
    assert result.returncode == 0, result.stderr[-1000:]
    assert result.stdout == ""


@pytest.mark.parametrize("number", range(1, 17))
def test_every_misconception_is_met(number):
    for name, says in MISCONCEPTIONS[number]:
        path = next(path for path in PATHS if path.stem == name)
        cells = read(path).cells
        refuting = [i for i, cell in enumerate(cells)
                    if f"misconception-{number}" in cell.metadata.get("tags", [])]
        assert any(says in cells[i].source for i in refuting), says
        before = cells[max(0, refuting[0] - 12):refuting[0] + 1]
        assert any("**Predict.**" in cell.source for cell in before), "nobody was asked before"


def test_no_tag_names_a_misconception_that_is_not_on_the_list():
    found = {(int(tag.removeprefix("misconception-")), path.stem) for path in PATHS
             for cell in read(path).cells for tag in cell.metadata.get("tags", [])
             if tag.startswith("misconception-")}
    listed = {(number, name) for number, met in MISCONCEPTIONS.items() for name, _ in met}
    assert found == listed


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"no prediction '1.none'; this notebook has 1.secant, "):
        reveal("1.none", ..., 1.0)
    with pytest.raises(ValueError, match=r"no prediction 'none'; this notebook has none"):
        reveal("none", ..., 1.0)


@pytest.mark.parametrize("name", PREDICTIONS)
def test_each_expected_answer_can_be_given_and_has_a_sentence(name):
    question = PREDICTIONS[name]
    right = next(iter(question.replies))
    for answer, own in question.replies.items():
        assert question.read(answer) == answer
        said = reply(name, answer, right)
        assert said.endswith(f". {own}") and re.search("[.?]$", own), own
        assert ("as you said" in said) == (answer == right)


@pytest.mark.parametrize("guess", [..., None, [..., ...], [1, ...]])
def test_without_a_guess_a_neutral_line_comes_first(guess, capsys):
    reveal("5.product", guess, [6.0, -4.0])
    assert capsys.readouterr().out == f"{NO_GUESS}\nIt is [6, -4].\n"


@pytest.mark.parametrize("name, guess, answer, says", [
    ("1.limit", 2, 2.0, "It is 2, as you said. The rise shrinks"),
    ("1.limit", "2.0", 2.0, "It is 2, as you said."),
    ("1.limit", 2.02, 2.0, "You said 2.02. It is 2. The rise shrinks"),
    ("1.limit", Fraction(1, 3), 2.0, "You said 0.333333. It is 2."),
    ("4.root", 1, 1.000000000000334, "It is 1, as you said. Push L by h"),
    ("8.first-step", 0, -0.0, "It is 0, as you said."),
    ("10.exp-slope", 2.72, 1.0, "You said 2.72. It is 1. That is the slope at 1."),
    ("10.exp-slope", 2.75, 1.0, "You said 2.75. It is 1. The slope of the exponential"),
    ("4.nudge-f", 0.0, 4.0, "You said 0. It is 4. `f` is multiplied by 4"),
    ("11.runs", 336, 337, "You said 336. It is 337."),
    ("11.runs", 337.00001, 337, "You said 337. It is 337."),
    ("2.attached", " Error ", -1.0, "You said an error. It is -1. In notebook 1"),
    ("5.product", (-3, 2.0), [6.0, -4.0], "You said [-3, 2]. It is [6, -4]. Those are the local"),
    ("5.product", np.array([6, -4]), [6.0, -4.0], "It is [6, -4], as you said."),
    ("14.bias", np.ones((3, 2)), [3.0, 3.0], "You said [[1, 1], [1, 1], [1, 1]]. It is [3, 3]. "
                                             "That is the upstream gradient."),
    ("14.bias", [1, 1, 1], [3.0, 3.0], "You said [1, 1, 1]. It is [3, 3]. Each number of"),
    ("6.still-zero", [], ["w2"], "You said []. It is ['w2']. A 0.0 can be"),
    ("7.far-out", "c", "C", "It is C: an error, as you said."),
    ("7.far-out", "Exactly 1", "C", "You said A: exactly 1. It is C: an error. That is right"),
    ("7.far-out", B, lambda: 1 / 0, "You said B: a number a little below 1. It is C: an error."),
])
def test_a_guess_gets_the_sentence_that_fits_it(name, guess, answer, says):
    assert reply(name, guess, answer).startswith(says)


def test_where_something_else_came_out_than_expected_no_sentence_is_said():
    assert reply("1.secant", 3, 5.0) == "You said 3. It is 5."


class Broken:
    def __getattribute__(self, name):
        raise RuntimeError("broken on purpose")

    def __repr__(self):
        raise RuntimeError("broken on purpose")


ODD = ["?", "", float("nan"), float("inf"), 10**400, 10**5000, True, 1j, object(), Broken(), Broken,
       {}, {...}, Value(2.0), np.ones(3), np.ones((2, 2)), np.array(2.0), [[]], [None, 1], b"A"]


@pytest.mark.parametrize("name", [
    "1.secant", "2.attached", "5.product", "6.still-zero", "7.far-out"])
def test_to_what_is_no_answer_it_says_what_to_write(name):
    right = next(iter(PREDICTIONS[name].replies))
    for odd in ODD:
        with pytest.raises(Unreadable) as why:
            reply(name, odd, right)
        said = str(why.value)
        assert f" Write {PREDICTIONS[name].asked}, and run this cell again." in said, odd
        assert "It is" not in said and len(said) < 200


@pytest.mark.parametrize("name, guess, says", [
    ("1.secant", "+", "'+' is no number. Write a number, such as"),
    ("7.far-out", 1, "1 is none of the options. Write A, B or C, and"),
    ("5.product", 6, "6 is no list. Write a list of 2 numbers, such as [7, 8]"),
    ("5.product", [6], "That is a list of 1. Write a list of 2 numbers"),
    ("6.still-zero", [0.0], "0.0 is no label, which is a text in quotation marks. Write a list"),
])
def test_it_says_what_is_wrong_with_a_guess_of_another_kind(name, guess, says):
    with pytest.raises(Unreadable, match=f"^{re.escape(says)}"):
        reply(name, guess, next(iter(PREDICTIONS[name].replies)))


def test_after_a_guess_that_cannot_be_used_nothing_else_of_the_cell_is_shown(
        tmp_path, capsys):
    result = InteractiveShell(ipython_dir=str(tmp_path)).run_cell(
        'from micrograd.course import reveal\nreveal("1.print", "fail", "B")\nprint("the answer")')
    assert isinstance(result.error_in_exec, Unreadable)
    assert capsys.readouterr().out == ("'fail' is none of the options. Write A or B, and run this "
                                       "cell again.\n")


def test_a_reply_is_in_lines_that_end_at_spaces(capsys):
    reveal("7.input-or-output", "A", "B")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1 and all(40 < len(line) <= 84 for line in lines[:-1])
    assert " ".join(lines) == reply("7.input-or-output", "A", "B")
    assert in_lines(f"{'so ' * 26}`a * b + c`").endswith("so\n`a * b + c`")
