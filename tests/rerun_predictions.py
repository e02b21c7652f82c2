"""Runs a notebook's code, then each prediction again and again, and prints what went wrong.

Usage: python tests/rerun_predictions.py NOTEBOOK. For `test_predictions.py`, which runs it in a
process of its own: a notebook may change the classes that it imports.
"""

import ast
import contextlib
import io
import re
import sys
from random import Random

from micrograd.course.guesses import Unreadable
from micrograd.course.predict import PREDICTIONS, reply
from micrograd.course.words import in_lines
from tools.course import code_cells, read, tagged

ABSURD = ["'?'", "float('nan')", "10**400", "[[]]", "{}", "object()", "1j", "True",
          "__import__('fractions').Fraction(1, 3)", "__import__('numpy').ones(2)", "lambda: 1",
          "__import__('micrograd').Value(2.0)", "type('X', (), {'__repr__': lambda x: 1/0})()"]


def main(path):
    notebook = read(path)
    names = {"__name__": "__main__", "display": lambda *_: None}
    for cell in code_cells(notebook):
        run(cell, cell.source, names)
    rng = Random(1)
    trials = [(cell, guess) for cell in tagged(notebook, "predict")
              for guess in [*known(cell), *rng.sample(ABSURD, 2)]]
    rng.shuffle(trials)
    for cell, guess in trials:
        used = {name: fingerprint(names[name]) for name in names_in_other(notebook, cell)
                if name in names}
        said = run(cell, re.sub(r"^guess = \.\.\.", lambda _, g=guess: f"guess = {g}", cell.source,
                                flags=re.M), names)
        expected = re.sub("0x[0-9a-f]+", "", what_is_said(cell, guess))
        if not re.sub("0x[0-9a-f]+", "", said).startswith(expected):
            print(f"{name_in(cell)}, guess {guess}: {said!r}, expected {expected!r}")
        for name, before in used.items():
            if fingerprint(names[name]) != before:
                print(f"{name_in(cell)}, guess {guess}: `{name}` was {before}, "
                      f"is {fingerprint(names[name])}, and other cells use it")


def run(cell, source, names):
    """What a cell prints, or says of a guess that cannot be used; any other error ends all."""
    expected = (Exception,) if "raises-exception" in cell.metadata.get("tags", []) else ()
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(*expected):
        try:
            exec(source, names)
        except Unreadable as why:
            return f"{why}\n"
    return out.getvalue()


def name_in(cell):
    return re.search(r'reveal\("([^"]+)"', cell.source)[1]


def known(cell):
    """The guesses that are expected, as they would be typed in."""
    return [repr(list(answer) if isinstance(answer, tuple) else answer)
            for answer in PREDICTIONS[name_in(cell)].replies]


def what_is_said(cell, guess):
    right = next(iter(PREDICTIONS[name_in(cell)].replies))
    try:
        return in_lines(reply(name_in(cell), eval(guess), right)) + "\n"
    except Unreadable as why:
        return f"{why}\n"


def names_in_other(notebook, cell):
    """The names that other cells than this one read."""
    return {node.id for other in code_cells(notebook) if other is not cell
            for node in ast.walk(ast.parse(other.source))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)} - {"guess"}


def fingerprint(x, depth=3):
    """A text that tells whether what a name stands for has changed."""
    if depth and isinstance(x, list | tuple):
        return str([fingerprint(part, depth - 1) for part in x])
    if depth and isinstance(x, dict):
        return fingerprint(list(x.items()), depth)
    if callable(getattr(x, "tolist", None)) and not isinstance(x, type):
        return str(x.tolist())
    if not isinstance(x, type) and hasattr(x, "data"):
        return f"{x.data!r}, grad {getattr(x, 'grad', None)!r}"
    return repr(x) if isinstance(x, int | float | str | None) else type(x).__name__


if __name__ == "__main__":
    main(sys.argv[1])
