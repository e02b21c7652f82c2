"""`Value` as notebook 01_value_skeleton leaves it.

Written by `make steps` from that notebook's cell tagged `step`: change it there.
"""

class Value:
    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return f"Value(data={self.data})"
