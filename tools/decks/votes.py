"""Predictions as votes of a class: a question, and options A to D.

The wrong options are the answers that `micrograd/course/predictions.py` expects beside the right
one, and each comes with what is said to it there. Where a notebook offers options of its own, they
keep their letters; others stand in an order that depends on nothing but their texts.
"""

import hashlib
import re
from typing import NamedTuple

from micrograd.course.guesses import Labels, Numbers, Options
from micrograd.course.predict import find

MOST = 4  # options
PREDICT = "**Predict.**"
REVEAL = re.compile(r'\breveal\(\s*"([^"]+)"')
WRITE = re.compile(r"(?:,? and write|\s+Write) (?:a|the) [^.]*(?:\.\d[^.]*)*(?P<stop>\.)(?=\s|$)")
OPTION = re.compile(r"(?:^|(?<=\s))([A-D]): ")


class Vote(NamedTuple):
    """A question for a class; all its texts are Markdown.

    name: as in `predictions.py`. question: with what is said before it, without its options.
    options: their texts, A first. right: the letter of the right one. why: what is said to each.
    """

    name: str
    question: str
    options: tuple
    right: str
    why: tuple

    @property
    def letters(self):
        return "ABCD"[:len(self.options)]


def votes(notebook):
    """The votes of a notebook, in the order of its cells."""
    return [vote_on(question, cell)
            for question, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
            if is_prediction(cell)]


def is_prediction(cell):
    return "predict" in cell.metadata.get("tags", []) and bool(REVEAL.search(cell.source))


def vote_on(question, cell):
    """The vote that a prediction cell and the cell with its question come to."""
    name = REVEAL.search(cell.source)[1]
    prediction = find(name)
    asked, offered = parted(question.source)
    if isinstance(prediction, Options):
        texts = offered or tuple(prediction.options.values())
        right, *_ = prediction.replies
        why = tuple(said(prediction, letter) for letter in prediction.options)
        return Vote(name, asked, texts, right, why)
    right, *wrong = different(prediction)
    answers = sorted([right, *wrong[:MOST - 1]], key=lambda answer: shuffled(name, answer))
    return Vote(name, asked, tuple(text_of(prediction, answer) for answer in answers),
                "ABCD"[answers.index(right)],
                tuple(said(prediction, answer) for answer in answers))


def parted(markdown):
    """The question without its heading, without what to write, and without its options; and these.

    What follows the last option stays in the question.
    """
    text = re.sub(r"^#+ .*\n+", "", markdown).replace(f"{PREDICT} ", "")
    text = WRITE.sub(lambda found: "." if "and write" in found[0] else "", text).strip()
    before, *parts = OPTION.split(text)
    if not parts:
        return text, ()
    *options, last = parts[1::2]
    last, after = re.match(r"(.*?[.?])(?=\s|$)(.*)", last, re.S).groups()
    before = before.strip()
    stem = before if before.endswith((".", "?", ":")) else f"{before} …"
    options = tuple(re.sub(r"(?:,? or|[.,?])$", "", each.strip()) for each in (*options, last))
    return f"{stem}{after}".strip(), options


def different(prediction):
    """The expected answers, the right one first, without those that would read the same.

    Labels in another order are the same answer, unless an order is asked for.
    """
    seen = {}
    for answer in prediction.replies:
        unordered = isinstance(prediction, Labels) and prediction.count is None
        seen.setdefault(frozenset(answer) if unordered else text_of(prediction, answer), answer)
    return list(seen.values())


def said(prediction, answer):
    """What is said to an answer, in which `o**2` is a power and no beginning of bold letters."""
    return prediction.replies[answer].replace("**", r"\*\*")


def shuffled(name, answer):
    return hashlib.sha256(f"{name}: {answer}".encode()).digest()


def text_of(prediction, answer):
    """An answer as it is read out: `6 and -4`, `a, b`, `none`; rows of numbers as they are."""
    if not isinstance(prediction, Labels | Numbers):
        return prediction.show(answer)
    plain = prediction.show(answer).replace("'", "")[1:-1]
    if "[" in plain:
        return f"[{plain}]"
    *others, last = plain.split(", ")
    if not last:
        return "none"
    return f"{others[0]} and {last}" if len(others) == 1 else ", ".join([*others, last])
