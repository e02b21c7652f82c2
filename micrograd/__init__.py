"""A tiny automatic-differentiation engine, grown step by step in the notebooks.

micrograd.steps    the class `Value` as each notebook leaves it
micrograd.graph    `trace` and `draw_dot`: what a value was made from, and a drawing of it
micrograd.numeric  `numerical_gradient` and `gradcheck`: derivatives by nudging, to check against

Importing this package loads the standard library only; the modules load what they need.
"""
