"""Names for the variables of a written program: close to the labels, and no two the same."""

from unicodedata import normalize


def unused(label, taken):
    """A name close to the label that Python takes, and free together with its `_grad`."""
    base = "".join(c if f"_{c}".isidentifier() else "_" for c in normalize("NFKC", label))
    base = name = base if base.isidentifier() else f"_{base}"
    while name in taken or f"{name}_grad" in taken:
        taken[base] += 1
        name = f"{base}_{taken[base]}"
    taken.update((name, f"{name}_grad"))
    return name
