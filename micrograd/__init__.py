"""A tiny automatic-differentiation engine, grown step by step in the notebooks.

micrograd.steps    the class `Value` as each notebook of the first part leaves it
micrograd.engine   the finished `Value`, also as `from micrograd import Value`
micrograd.nn       neurons, layers and networks made of values
micrograd.array    the same idea on NumPy arrays
micrograd.compile  an expression graph turned into a program, one of arrays into one for NumPy
micrograd.graph    `trace` and `draw_dot`: what a value was made from, and a drawing of it
micrograd.numeric  `numerical_gradient` and `gradcheck`: derivatives by nudging, to check against
micrograd.deep     copies, pickles and frees graphs of any depth
micrograd.course   what helps to learn it: predictions, the checks of the exercises, a museum

Importing this package loads the standard library only; the modules load what they need.
"""

from importlib import import_module

from micrograd import deep as deep  # for what it does to copies and pickles
from micrograd.engine import Value

__all__ = ["Value"]
HOME = {"MLP": "nn", "Layer": "nn", "Neuron": "nn", "Module": "nn", "Array": "array",
        "draw_dot": "graph", "trace": "graph", "operation": "engine",
        "gradcheck": "numeric", "numerical_gradient": "numeric"}


def __getattr__(name):  # so that `from micrograd import MLP` finds it as well
    if name not in HOME:
        raise AttributeError(f"micrograd has no {name!r}: it has {', '.join(['Value', *HOME])} "
                             f"and the modules that help(micrograd) lists")
    return getattr(import_module(f"micrograd.{HOME[name]}"), name)
