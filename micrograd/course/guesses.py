"""How a guess is read: as a number, as a list of numbers or labels, as one of several options.

Each kind of question has `replies`, a dictionary from the answers that are expected to what is said
to them, the right one first; `asked`, which says what to write; `read`, which brings a guess into
the form of the answers or raises Unreadable; and `show`, the text of an answer.
"""

import math
from numbers import Real

from micrograd.course.words import in_lines


class Unreadable(Exception):
    """A guess that is no answer to the question; the message says why, and is all that is shown."""

    def _render_traceback_(self):
        return in_lines(str(self)).splitlines()


class Number:
    """Asks for a number; with `error`, the answer may also be "error"."""

    def __init__(self, replies, error=False):
        self.replies = replies
        self.error = error
        self.asked = "a number, such as 7 or -0.5" + (", or error" if error else "")

    def read(self, guess):
        if self.error and text_of(guess) == "error":
            return "error"
        return number(guess)

    def show(self, answer):
        return "an error" if answer == "error" else shown(answer)


class Numbers:
    """Asks for a list of numbers; count: how many, or None if one must not be told.

    Where one of the replies is to a list of rows, a guess may be such a list, too.
    """

    def __init__(self, replies, count=None):
        self.replies = replies
        self.count = count
        self.rows = any(isinstance(part, tuple) for answer in replies for part in answer)
        self.asked = ("a list of numbers, such as [7, -0.5], or [] for none" if count is None else
                      f"a list of {count} numbers, such as {list(range(7, 7 + count))}")

    def read(self, guess):
        return tuple(tuple(map(number, part)) if self.rows and isinstance(part, list | tuple)
                     else number(part) for part in parts_of(guess, self.count))

    def show(self, answer):
        return shown(answer)


class Labels:
    """Asks for a list of labels; count: as for Numbers."""

    def __init__(self, replies, count=None):
        self.replies = replies
        self.count = count
        self.asked = ('a list of labels, such as ["x", "y"], or [] for none' if count is None else
                      f'a list of {count} labels, in the form ["x", "y", ...]')

    def read(self, guess):
        return tuple(map(label, parts_of(guess, self.count)))

    def show(self, answer):
        return str(list(answer))


class Options:
    """Asks for one of several options, by its letter or its text.

    right: the letter of the right one. options: pairs of an option's text and what is said to it.
    """

    def __init__(self, right, *options):
        texts, said = zip(*options, strict=True)
        self.options = dict(zip("ABCD", texts, strict=False))
        replies = dict(zip("ABCD", said, strict=False))
        self.replies = {right: replies[right]} | replies
        *others, last = self.options
        self.asked = f"{', '.join(others)} or {last}"

    def read(self, guess):
        for letter, text in self.options.items():
            if text_of(guess) in (letter.lower(), text.lower(), text.lower().removeprefix("an ")):
                return letter
        raise Unreadable(f"{brief(guess)} is none of the options.")

    def show(self, answer):
        return f"{answer}: {self.options[answer]}"


def agrees(said, answer):
    """Whether two answers are the same: whole numbers exactly, others but for rounding."""
    if isinstance(answer, tuple):
        return (isinstance(said, tuple) and len(said) == len(answer)
                and all(map(agrees, said, answer)))
    if isinstance(answer, float) and isinstance(said, Real):
        return math.isclose(said, answer, rel_tol=1e-6, abs_tol=1e-6)
    return said == answer


def is_cut_off(said, known):
    """Whether a guess is a known answer with fewer digits, such as 2.7 or 2.718 for 2.718281828."""
    if not (isinstance(said, float) and isinstance(known, float)) or said.is_integer():
        return False
    places = len(str(said).partition(".")[2])
    return round(known, places) == said


def number(guess):
    if isinstance(guess, bool) or not isinstance(guess, Real | str):
        raise Unreadable(f"{brief(guess)} is no number.")
    try:
        as_float = float(guess)
    except ValueError:
        raise Unreadable(f"{brief(guess)} is no number.") from None
    except OverflowError:
        raise Unreadable(f"{brief(guess)} is larger than any answer here.") from None
    if not math.isfinite(as_float):
        raise Unreadable(f"{brief(guess)} is no number.")
    return guess if isinstance(guess, int) else as_float


def label(guess):
    if not isinstance(guess, str):
        raise Unreadable(f"{brief(guess)} is no label, which is a text in quotation marks.")
    return guess.strip()


def parts_of(guess, count):
    parts = guess.tolist() if hasattr(guess, "tolist") else guess
    if not isinstance(parts, list | tuple):
        raise Unreadable(f"{brief(guess)} is no list.")
    if count not in (None, len(parts)):
        raise Unreadable(f"That is a list of {len(parts)}.")
    return parts


def text_of(guess):
    return guess.strip().lower() if isinstance(guess, str) else None


def shown(x):
    """A number rounded for the eye: six digits, without a minus before 0; or a list of them."""
    if isinstance(x, tuple):
        return f"[{', '.join(map(shown, x))}]"
    return str(x) if isinstance(x, int) else f"{x + 0.0:.6g}"


def brief(guess):
    """What a guess looks like, cut off where it gets long, whatever it is."""
    try:
        text = repr(guess)
    except Exception:  # an object may refuse to show itself, or be too long to be shown
        return f"This {type(guess).__name__}"
    return text if len(text) <= 40 else f"{text[:37]}..."
