"""Predictions: the learner says what a cell will show, before it shows it."""

import math
from numbers import Real


def reveal(guess, answer):
    """Print the answer beside the guess, and whether the guess was right.

    guess: what stands in place of `...`: a number, a text, or a list of them; "+", "-" or "0" is a
    guess at the sign of a number. answer: a number, a text, or a list of them.
    Counts must agree exactly, other numbers within 1 per cent, texts whatever their case.
    """
    if guess is ... or guess is None:
        print(f"It is {answer} (no guess yet).")
    elif agrees(guess, answer):
        print(f"It is {answer}, as you said.")
    else:
        print(f"It is {answer}. You said {guess}.")


def agrees(guess, answer):
    if isinstance(answer, list | tuple):
        return (isinstance(guess, list | tuple) and len(guess) == len(answer)
                and all(map(agrees, guess, answer)))
    if isinstance(answer, Real):
        if guess in ("+", "-", "0"):
            return guess == ("+" if answer > 0 else "-" if answer < 0 else "0")
        tolerance = 0.0 if isinstance(answer, int) else abs(answer) / 100
        return abs(number(guess) - answer) <= tolerance
    return str(guess).strip().lower() == str(answer).lower()


def number(guess):
    try:
        return float(guess)
    except (TypeError, ValueError):
        return math.nan
