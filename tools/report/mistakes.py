"""Which mistake the words of a check are about, whatever numbers and names it quotes."""

import ast
import re
from functools import cache

from micrograd.course import exercises
from tools.course import ROOT, read_text

CHECKS = ROOT / "micrograd" / "course" / "exercises"
SHARED = ("__init__", "gradients", "values")


@cache
def sentences(number):
    """The pieces of what the checks of notebook "05" may say, the longest first."""
    pieces = set()
    for name in (*SHARED, f"notebook_{number}"):
        for node in ast.walk(ast.parse(read_text(CHECKS / f"{name}.py"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                pieces.update(part.strip(" ,.:`") for part in re.split(r"\{[^}]*\}", node.value))
    return sorted((piece for piece in pieces if " " in piece), key=lambda each: (-len(each), each))


def key(number, said):
    """What two reasons for the same mistake have in common: the check's own words in them."""
    found = []
    for piece in sentences(number):
        start = said.find(piece)
        span = range(start, start + len(piece))
        if start >= 0 and not any(set(span) & set(other) for other in found):
            found.append(span)
    words = [said[span.start:span.stop] for span in sorted(found, key=lambda span: span.start)]
    error = re.search(r"stopped with (\w+)", said)
    return " … ".join(words + ([error[1]] if error else [])) or re.sub(r"\d\S*", "…", said)


def reason(said):
    """The reply without what stands before and behind it in every reply."""
    said = said.removeprefix("Not yet: ").partition(" After a restart of the kernel")[0]
    return re.sub(r" at 0x[0-9a-fA-F]+", "", said)


def is_right(said):
    return said.startswith("Right.")


def is_open(said):
    return said in (exercises.NOT_ATTEMPTED, exercises.NOT_CHANGED)
