"""What the predictions promise, and that every misconception on the list is met."""

import re

import pytest

from micrograd.course.predict import agrees, reveal
from tools.course import code_cells, notebook_paths, outputs_text, read

PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)

# What learners get wrong; where it is met, and a piece of the cell that refutes it.
MISCONCEPTIONS = {
    # going down from the root without an order is enough
    1: [("09_accumulation_bug", "Recursion alone is not enough")],
    # the only trouble with recursion is its depth
    2: [("11_finished_engine", "only one of three problems")],
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


@every_notebook
def test_it_asks_for_three_predictions_before_it_shows_the_answer(path):
    cells = read(path).cells
    guesses = [i for i, cell in enumerate(cells) if "predict" in cell.metadata.get("tags", [])]
    assert len(guesses) >= 3
    for i in guesses:
        assert re.search(r"^guess = \.\.\.  # ", cells[i].source, re.M) and not cells[i].outputs
        assert "**Predict.**" in cells[i - 1].source
        following = cells[i + 1]
        assert "reveal(guess, " in following.source
        assert "(no guess yet)." in outputs_text(following)


@every_notebook
def test_no_answer_is_typed_in(path):
    for cell in code_cells(read(path)):  # an `except` alone may end in a plain letter
        answers = re.findall(r"reveal\(guess, (.*)\)$", cell.source, re.M)
        assert not answers or any(re.search("[a-z]", re.sub(r'"[^"]*"', "", answer))
                                  for answer in answers), cell.source


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


@pytest.mark.parametrize("guess, answer, says", [
    (..., 2.0, "It is 2.0 (no guess yet).\n"),
    (None, "a", "It is a (no guess yet).\n"),
    (2, 2.0, "It is 2.0, as you said.\n"),
    (1, 2.0, "It is 2.0. You said 1.\n"),
])
def test_the_answer_stands_beside_the_guess(guess, answer, says, capsys):
    reveal(guess, answer)
    assert capsys.readouterr().out == says


def test_a_guess_may_be_a_number_a_sign_a_text_or_a_list():
    assert agrees(0.71, 0.7071) and not agrees(0.72, 0.7071) and agrees(0, -0.0)
    assert agrees(2047, 2047) and not agrees(2048, 2047) and agrees("3", 3.0) and agrees(3.0, 3)
    assert agrees("+", 3.0) and agrees("-", -3.0) and agrees("0", -0.0) and not agrees("+", -3.0)
    assert agrees(" B ", "b") and not agrees("a", "b")
    assert agrees(["a", "b"], ("a", "b")) and not agrees(["b", "a"], ("a", "b"))
    assert not agrees(["a"], ("a", "b")) and not agrees("text", 3.0) and not agrees(object(), "a")
