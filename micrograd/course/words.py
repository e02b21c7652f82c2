"""Names for values and numbers as one says them, and lines for what the course says."""

import re
import textwrap


def in_lines(text, width=84):
    """A text in lines that end at spaces, but not inside `code`: JupyterLab ends them anywhere."""
    kept = re.sub("`[^`]*`", lambda code: code[0].replace(" ", "\xa0"), text)
    lines = [textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
             for line in kept.splitlines()]
    return "\n".join(lines).replace("\xa0", " ")

def names(values):
    """A name for each value, all different: its label, or how it was made, or its number."""
    found, taken = {}, {}
    for value in values:
        name = str(getattr(value, "label", "") or "") or made_from(value, found)
        taken[name] = taken.get(name, 0) + 1
        found[value] = f"{name} ({taken[name]})" if taken[name] > 1 else name
    return found


def made_from(value, found, longest=12):
    operation = getattr(value, "_op", "")
    operands = [found.get(each, "itself") for each in value._prev]
    if not operands:
        return short(value.data)
    if any(len(each) > longest for each in operands):
        return f"the {operation} of {short(value.data)}"
    if len(operands) == 2:
        return f" {operation} ".join(f"({each})" if " " in each else each for each in operands)
    return f"{operation}({', '.join(operands)})"


def short(x):
    """A number as one would say it: six digits, and no more zeros than it needs."""
    if not isinstance(x, int | float):
        return str(x)
    return f"{x + 0.0:.6g}" if x else "0"


def capital(name):
    """A name at the beginning of a sentence; a label stays as it is."""
    return name.replace("the ", "The ", 1) if name.startswith("the ") else name


def near(x):
    """A number that a nudge gave, without the digits that come from the nudge itself."""
    return short(round(x, 6))


def listed(names):
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
