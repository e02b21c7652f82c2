"""`Value` as notebook 03_labels leaves it.

Written by `make steps` from that notebook's cell tagged `step`: change it there.
"""

class Value:
    def __init__(self, data, _children=(), _op="", label=""):  # new
        self.data = data
        self._prev = tuple(_children)  # new
        self._op = _op  # new
        self.label = label  # new

    def __repr__(self):
        return f"Value(data={self.data})"

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), "+")  # new

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), "*")  # new
