"""Exit quizzes: five questions for each notebook, with wrong answers that mistakes have computed.

A question is a vote, with a name such as "5.q1". Those for notebook NN stand in a list `QUESTIONS`
in `quizzes/lesson_NN.py`. Options stand in an order of their own, numbers by size, so that the
place of the right one says nothing.
"""

from importlib import import_module
from random import Random

from micrograd.course.guesses import shown
from micrograd.course.museum import Healthy
from tools.classroom.faults import gradients
from tools.decks.votes import Vote


def ask(name, question, right, *wrong):
    """A question with the pairs of an answer and what is said to it, the right pair first.

    An answer is a number, a tuple of numbers, or a text. Raises ValueError if two are the same.
    """
    answers = [(text_of(answer), answer, why) for answer, why in (right, *wrong)]
    texts = [text for text, _, _ in answers]
    if len(set(texts)) < len(texts):
        raise ValueError(f"{name}: two of the answers are the same: {', '.join(texts)}")
    if any(isinstance(answer, str) for _, answer, _ in answers):
        ordered = Random(name).sample(answers, len(answers))
    else:
        ordered = sorted(answers, key=lambda each: each[1])
    options, _, why = zip(*ordered, strict=True)
    return Vote(name, question, options, "ABCD"[options.index(texts[0])], why)


def ask_engines(name, question, expression, numbers, leaves, why, *faults,
                upstream=None):
    """A question for gradients: the right ones are the healthy engine's, the others faulty ones'.

    leaves: the place of the leaf that is asked for, or a tuple of places. upstream: as for
    `gradients`. Raises ValueError if two engines agree.
    """
    def found(engine):
        all_of_them = gradients(engine, expression, numbers, upstream)
        if isinstance(leaves, tuple):
            return tuple(all_of_them[place] for place in leaves)
        return all_of_them[leaves]
    return ask(name, question, (found(Healthy), why),
               *((found(fault), fault.told) for fault in faults))


def text_of(answer):
    if isinstance(answer, tuple):
        return f"[{', '.join(map(text_of, answer))}]"
    return answer if isinstance(answer, str) else shown(answer)


def quiz(number):
    """The five questions for a notebook, by its number as in its file name, "05"."""
    return import_module(f"tools.classroom.quizzes.lesson_{number}").QUESTIONS
