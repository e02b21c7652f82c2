"""A leaf to be nudged: the whole graph moves, computed by the engine that made it."""

from micrograd.course.flipbook import flipbook
from micrograd.course.replay import replay
from micrograd.course.words import capital, names, near, short
from micrograd.graph import Marks, drawings, trace

STEPS = (1.0, 0.5, 0.1, 0.01, 0.001, -0.001, -0.01, -0.1, -0.5, -1.0)


def nudge(root, leaf, steps=STEPS):
    """Move one leaf by each step h, and show as a flipbook how the root moves with it.

    root: a value. leaf: one of the leaves it was computed from. steps: the values of h, none of
    them 0. Beside the leaf's gradient stands how far the root has moved, divided by h. The gradient
    is what `backward` gives on a copy of the graph, or, without `backward`, what the leaf has.
    No value of the graph changes.
    Raises TypeError if root is not a value, ValueError if leaf is not one of its leaves, a step is
    0, or the graph has an operation that cannot be computed again.
    """
    values, _ = trace(root)
    if leaf not in values or leaf._prev:
        raise ValueError(f"nudge moves a leaf that the root was computed from, and this is none of "
                         f"them: {leaf!r:.60}")
    if 0 in steps:
        raise ValueError("a step of 0 moves nothing: give other values of h in steps=")
    try:
        film = Nudges(root, leaf)
    except Exception as error:
        raise ValueError(f"nudge computes the graph anew for each step, and could not: "
                         f"{type(error).__name__}: {error}") from error
    return film.flipbook(steps)


class Nudges:
    def __init__(self, root, leaf):
        self.root, self.leaf = root, leaf
        self.values, self.edges = trace(root)
        self.names = names(self.values)
        self.names[root] = str(getattr(root, "label", "")) or "the root"
        self.ratio = f"Δ{root.label}/h" if getattr(root, "label", "") else "Δ/h"
        self.still = self.moved(0.0)
        self.grads = self.grads_of_copy()

    def moved(self, h):
        """The number in each value of the graph after the leaf has moved by h."""
        moved = type(self.leaf)(self.leaf.data + h)
        return {value: new.data for value, new in replay(self.root, {self.leaf: moved}).items()}

    def grads_of_copy(self):
        """What to show as each value's gradient; without `backward`, one of 0.0 is unknown."""
        copies = replay(self.root, {})
        if hasattr(self.root, "backward"):
            copies[self.root].backward()
            return {value: short(copies[value].grad) for value in self.values}
        return {value: short(value.grad) if value.grad else "?" for value in self.values
                if hasattr(value, "grad")}

    def flipbook(self, steps):
        pages = [self.page(h) for h in (0.0, *steps)]
        pictures = iter(drawings(self.root, [marks for marks, _ in pages if marks]))
        return flipbook([(next(pictures) if marks else None, said) for marks, said in pages])

    def page(self, h):
        name, root = self.names[self.leaf], self.names[self.root]
        try:
            data = self.moved(h)
        except Exception as error:
            return None, (f"h = {short(h)}: with {name} at {short(self.leaf.data + h)}, the graph "
                          f"cannot be computed. {type(error).__name__}: {error}")
        grad = self.grads.get(self.leaf)
        says = {None: "", "?": f" The gradient of {name} is not known yet."}.get(
            grad, f" The gradient of {name} is {grad}.")
        if not h:
            said = f"{capital(root)} is {short(data[self.root])}, with {name} at "
            return self.marks(data, "", ()), f"{said}{short(data[self.leaf])}.{says}"
        ratio = (data[self.root] - self.still[self.root]) / h
        said = (f"h = {short(h)}: {name} goes to {short(data[self.leaf])}, {root} goes from "
                f"{short(self.still[self.root])} to {short(data[self.root])}, and {self.ratio} is "
                f"{near(ratio)}.{says}")
        changed = [value for value in self.values if data[value] != self.still[value]]
        return self.marks(data, f" ({self.ratio} {near(ratio)})", changed), said

    def marks(self, data, ratio, changed):
        number = {value: f"v{i}" for i, value in enumerate(self.values)}
        grads = {number[value]: grad + ratio * (value is self.leaf)
                 for value, grad in self.grads.items()}
        lit = {f"e{i}" for i, (operand, _) in enumerate(self.edges) if operand in changed}
        lit |= {f"r{number[value][1:]}" for value in changed if value._prev}
        return Marks(data={number[value]: short(data[value]) for value in self.values}, grads=grads,
                     roles={number[value]: "changed" for value in changed}, lit=frozenset(lit))
