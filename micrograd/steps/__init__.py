"""The class `Value` as each notebook leaves it: `step_02` is what notebook 02 ends with.

The modules are written by `make steps` from the cells tagged `step`; edit those instead.
"""

from micrograd.needed import whole

whole()
