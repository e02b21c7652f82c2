"""Each prediction makes a vote with options A to D, the same on each machine."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from micrograd.course.guesses import Options
from micrograd.course.predict import find
from micrograd.course.predictions import PREDICTIONS
from tools.course import notebook_paths, read
from tools.decks.votes import votes

VOTES = {vote.name: vote for path in notebook_paths() for vote in votes(read(path))}
every_vote = pytest.mark.parametrize("vote", VOTES.values(), ids=VOTES)


def vote(question, name):
    cell = new_code_cell(f'guess = ...\nreveal("{name}", guess, 1)', metadata={"tags": ["predict"]})
    return votes(new_notebook(cells=[new_markdown_cell(question), cell]))[0]


def test_each_prediction_makes_a_vote_in_order():
    assert list(VOTES) == list(PREDICTIONS)


@every_vote
def test_a_vote_has_two_to_four_options_and_says_why_to_each(vote):
    assert 2 <= len(set(vote.options)) == len(vote.options) == len(vote.why) <= 4
    assert "" not in vote.options + vote.why
    right, *_ = find(vote.name).replies.values()
    assert dict(zip(vote.letters, vote.why, strict=True))[vote.right].replace("\\", "") == right


@every_vote
def test_a_question_is_left_without_its_options_and_without_what_to_write(vote):
    assert not re.search(r"\*\*Predict|Write a|\b[A-D]: |^#", vote.question, re.M)
    assert vote.question.endswith((".", "?", ":", "…"))


@every_vote
def test_options_of_the_notebook_keep_their_letters(vote):
    prediction = find(vote.name)
    if isinstance(prediction, Options):
        plain = [re.sub(r"[`$*]", "", option) for option in vote.options]
        assert all(map(str.__contains__, plain, prediction.options.values()))


def test_no_letter_is_right_too_often():
    right = [each.right for each in VOTES.values()]
    assert max(map(right.count, "ABC")) <= len(right) / 2


def test_what_is_said_before_and_after_the_options_stays():
    one = vote("## Far out\n\nIt is large.\n\n**Predict.** What comes? A: 1. B: a bit less, or "
               "C: an error.\n\nThink of 355.", "7.far-out")
    assert one.question == "It is large.\n\nWhat comes?\n\nThink of 355."
    assert one.options == ("1", "a bit less", "an error")
    assert vote("**Predict.** Is it A: up or B: down?", "13.batches").question == "Is it …"


def test_other_answers_are_written_as_they_are_read_out():
    assert set(vote("**Predict.** Which? Write a list.", "6.still-zero").options) == {
        "w2", "x2", "none", "x2 and w2"}
    asked = vote("**Predict.** Which? Write a list, such as [7, -0.5].", "6.slope").question
    assert asked == "Which?"
    assert "6 and -4" in vote("**Predict.** Which?", "5.product").options
    assert "[[1, 1], [1, 1], [1, 1]]" in vote("**Predict.** Which?", "14.bias").options
    assert "an error" in vote("**Predict.** Which?", "2.plus-one").options
