"""What helps to learn the engine, beside the engine itself: a notebook imports it from here.

reveal      compares a guess with what came out; A, B, C, D and error are answers to it
check       says whether the answer to an exercise is right
hint        helps with an exercise, in three steps
hunt        looks for the smallest expression on which an engine is wrong
watch       what the backward pass of any engine does, page by page
nudge       one leaf moves, and the graph with it, page by page
films       a module: secants, tangents, parabolas, visits, arcs, gradients set by hand
flipbook    any pictures with a sentence each, to be turned page by page
source      the code of the package, in colour
show        a matplotlib figure together with the words that say what it shows
EXHIBITS    five broken engines, to be told apart, and Healthy, the one they were broken from

The engine knows nothing of this package. Importing it loads the engine and `graphviz`.
"""

from micrograd.needed import whole

whole()

from micrograd.course.exercises import check, hint
from micrograd.course.flipbook import flipbook
from micrograd.course.hunt import hunt
from micrograd.course.museum import EXHIBITS, Healthy
from micrograd.course.nudge import nudge
from micrograd.course.plot import show
from micrograd.course.predict import A, B, C, D, error, reveal
from micrograd.course.source import source
from micrograd.course.watch import watch

__all__ = ["EXHIBITS", "A", "B", "C", "D", "Healthy", "check", "error", "flipbook", "hint", "hunt",
           "nudge", "reveal", "show", "source", "watch"]
