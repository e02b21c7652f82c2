"""What of a notebook's outputs counts, on whatever machine it runs.

Three things differ between machines or runs and are not what a notebook is about: addresses in
memory; where the coordinates in a drawing lie (nbval compares what it says in words); and the last
digits of what the system's math library computes.
"""

import json
import re

# In the repr of an object that has no repr of its own; Windows writes it in capitals.
ADDRESS = r"0x[0-9a-fA-F]{6,}"
DRAWINGS = (r"(?s)<svg.*?</svg>", r"data:image/svg\+xml[;,][^\"\s]+")
FLOAT = r"-?\d+\.\d+(?:e[+-]?\d+)?"
DIGITS = 12
# Up to notebook 06 all is + - * /, which IEEE 754 fixes to the last digit; then comes tanh.
FIRST_WITH_MATH = "07"


def rounded(number):
    """A float in a text, as found by FLOAT, with twelve significant digits."""
    return f"{float(number[0]):.{DIGITS}g}"


def patterns(notebook):
    """What to replace before outputs are compared: from regular expressions to texts or functions.

    notebook: its number, "01" to "99".
    """
    same = {drawing: "DRAWING" for drawing in DRAWINGS} | {ADDRESS: "ADDRESS"}
    return same | ({FLOAT: rounded} if notebook >= FIRST_WITH_MATH else {})


def agree(outputs, others, notebook):
    """Whether two lists of outputs differ in nothing but addresses and last digits.

    What had one address must have one address in both. Drawings must be the same to the byte.
    """
    def counts(outputs):
        found = {}
        text = re.sub(ADDRESS, lambda at: f"ADDRESS {found.setdefault(at[0], len(found))}",
                      json.dumps(outputs, sort_keys=True))
        return re.sub(FLOAT, rounded, text) if notebook >= FIRST_WITH_MATH else text
    return counts(outputs) == counts(others)


def differences(outputs, others, notebook):
    """A text for each cell whose outputs differ, with both; none if the two lists agree."""
    if agree(outputs, others, notebook):
        return []
    cells = enumerate(zip(outputs, others, strict=True), start=1)
    return [f"{notebook}, code cell {number}:\n- {one}\n+ {other}" for number, (one, other) in cells
            if not agree(one, other, notebook)] or [f"{notebook}: what has one address in memory"]
