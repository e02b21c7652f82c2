"""A tiny automatic-differentiation engine, grown step by step in the notebooks.

micrograd.steps    the class `Value` as each notebook of the first part leaves it
micrograd.engine   the finished `Value`, also as `from micrograd import Value`
micrograd.nn       neurons, layers and networks made of values
micrograd.array    the same idea on NumPy arrays
micrograd.compile  an expression graph turned into a program
micrograd.graph    `trace` and `draw_dot`: what a value was made from, and a drawing of it
micrograd.numeric  `numerical_gradient` and `gradcheck`: derivatives by nudging, to check against
micrograd.course   what helps to learn it: predictions, the checks of the exercises, a museum

Importing this package loads the standard library only; the modules load what they need.
"""

from micrograd.engine import Value

__all__ = ["Value"]
