"""Predictions: the learner says what a cell will show, before it shows it."""

from micrograd.course.guesses import Unreadable, agrees, brief, is_cut_off
from micrograd.course.predictions import PREDICTIONS
from micrograd.course.words import in_lines

A, B, C, D = "ABCD"  # so that an option can be named without quotation marks
error = "error"

NO_GUESS = "No guess yet. Put yours in place of the three dots, and run this cell."


def reveal(name, guess, answer):
    """Print what came out beside the guess, and what is to be said to this guess.

    name: that of the prediction, as in `predictions.py`. guess: what stands in place of `...`.
    answer: what came out, or a function without arguments that gives it; if that stops with an
    error, the answer is "error". Raises ValueError if there is no such prediction, and Unreadable,
    which says so without a traceback, if the guess cannot be used: then no later line of the cell
    shows the answer.
    """
    print(in_lines(reply(name, guess, answer)))


def reply(name, guess, answer):
    """What `reveal` prints, or raises."""
    question = find(name)
    answer = question.read(outcome(answer) if callable(answer) else answer)
    it_is = f"It is {question.show(answer)}"
    try:
        if is_open(guess):
            return f"{NO_GUESS}\n{it_is}."
        said = question.read(guess)
    except Exception as caught:  # there is no end to what a guess can be
        why = caught if isinstance(caught, Unreadable) else f"{brief(guess)} cannot be read."
        raise Unreadable(f"{why} Write {question.asked}, and run this cell again.") from None
    verdict = (f"{it_is}, as you said." if agrees(said, answer) else
               f"You said {question.show(said)}. {it_is}.")
    return f"{verdict} {sentence(question.replies, said, answer)}".strip()


def find(name):
    if name in PREDICTIONS:
        return PREDICTIONS[name]
    notebook = str(name).partition(".")[0]
    known = [each for each in PREDICTIONS if each.partition(".")[0] == notebook]
    raise ValueError(f"there is no prediction {name!r}; this notebook has "
                     f"{', '.join(known) or 'none'}")


def outcome(function):
    try:
        return function()
    except Exception:
        return "error"


def is_open(guess):
    """Whether the three dots are still there, or some of them."""
    return guess is None or guess is ... or (
        isinstance(guess, list | tuple) and any(part is ... for part in guess))


def sentence(replies, said, answer):
    """What is said to a guess: its own sentence, or the reason of the right answer.

    Nothing is said where another answer came out than is expected: somebody has changed the cell.
    """
    right, reason = next(iter(replies.items()))
    if not agrees(right, answer):
        return ""
    return next((own for known, own in replies.items()
                 if agrees(said, known) or is_cut_off(said, known)), reason)
