"""Flipbooks of what the lessons explain with a curve or a walk: for any curve, and any graph."""

from micrograd.course.flipbook import flipbook
from micrograd.course.watch import listed, names, near, short
from micrograd.graph import Marks, drawings, trace

CURVE, TOUCH, GREY = "#3B7DD8", "#C2570C", "#808080"
SIZE = (4.6, 3.0)  # of a figure, in inches


def secants(f, x, steps=(1.0, 0.5, 0.2, 0.1, 0.01, 0.001)):
    """The secant of a curve that swings into its tangent, as h becomes smaller from page to page.

    f: a function of a number. x: where. steps: the values of h.
    """
    left, right = x - 1.5, x + 1.5

    def page(h):
        slope = (f(x + h) - f(x)) / h
        figure, axes = canvas()
        plot(axes, f, left, right)
        axes.axline((x, f(x)), slope=slope, color=TOUCH)
        axes.plot([x, x + h], [f(x), f(x + h)], "o", color=TOUCH)
        return figure, (f"h = {short(h)}: the line through the curve at {short(x)} and at "
                        f"{short(x + h)} has the slope {near(slope)}.")

    return flipbook([page(h) for h in steps])


def tangents(f, slope, points, name="x"):
    """A point that runs along a curve with its tangent, and the slope as a curve below.

    f, slope: functions of a number. points: where, from page to page. name: what the points are.
    """
    left, right = min(points), max(points)

    def page(x):
        figure, (above, below) = canvas(2)
        plot(above, f, left, right)
        above.axline((x, f(x)), slope=slope(x), color=TOUCH)
        above.plot([x], [f(x)], "o", color=TOUCH)
        plot(below, slope, left, right)
        below.plot([x], [slope(x)], "o", color=TOUCH)
        below.set_ylabel("slope")
        return figure, (f"{name} = {short(x)}: the curve is at {near(f(x))}, and its slope there "
                        f"is {near(slope(x))}.")

    return flipbook([page(x) for x in points])


def visits(root):
    """How `visit` walks a graph: whose calls are open, and how the list grows.

    root: a value. Each page is one call, or one value that is appended when its call ends.
    """
    values, _ = trace(root)
    called = names(values)
    number = {value: f"v{i}" for i, value in enumerate(values)}
    calls, done, pages = [], [], []

    def page(said):
        roles = {number[value]: "changed" for value in done}
        roles |= {number[value]: "upstream" for value in calls}
        if calls:
            roles[number[calls[-1]]] = "turn"
        pages.append((Marks(roles=roles), f"{said} Open calls: {joined(calls)}. "
                                          f"List: {joined(done)}."))

    def joined(some):
        return ", ".join(called[value] for value in some) or "none yet"

    def visit(value):
        calls.append(value)
        page(f"visit({called[value]}) begins.")
        for operand in value._prev:
            if operand in done:
                page(f"{called[operand]} has been visited already.")
            else:
                visit(operand)
        calls.pop()
        done.append(value)
        page(f"visit({called[value]}) ends and appends it.")

    visit(root)
    pictures = drawings(root, [marks for marks, _ in pages])
    return flipbook(zip(pictures, (said for _, said in pages), strict=True))


def arcs(root):
    """The values of a graph lined up in topological order, with an arc from operand to result.

    root: a value. Each page appends one value. Every arc leads to the right.
    """
    values, _ = trace(root)
    called = names(values)
    place = {value: i for i, value in enumerate(values)}

    def page(last):
        figure, axes = canvas(axis=False, size=(0.9 * len(values), 1.6))
        for i, value in enumerate(values[:last + 1]):
            axes.text(i, 0, called[value], ha="center", va="center", fontsize=9,
                      bbox={"boxstyle": "round", "facecolor": "#FAFAFA",
                            "edgecolor": TOUCH if i == last else GREY})
            for operand in value._prev:
                axes.annotate("", (i, 0.2), (place[operand], 0.2), arrowprops={
                    "arrowstyle": "->", "color": TOUCH if i == last else GREY,
                    "connectionstyle": "arc3,rad=-0.4"})
        axes.set(xlim=(-0.7, len(values) - 0.3), ylim=(-0.3, 1.7))
        value, operands = values[last], list(dict.fromkeys(values[last]._prev))
        said = f"{last + 1}: {called[value]}"
        if operands:
            said += f", behind {listed(called[each] for each in operands)}"
        return figure, f"{said}."

    return flipbook([page(last) for last in range(len(values))])


def canvas(rows=1, axis=True, size=SIZE):
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(rows, figsize=size, layout="constrained", squeeze=False)
    for each in axes.flat:
        each.axis(axis)
        each.locator_params(nbins=5)
        each.spines[["top", "right"]].set_visible(False)
    return figure, axes[0, 0] if rows == 1 else axes[:, 0]


def plot(axes, f, left, right, points=61):
    xs = [left + (right - left) * i / (points - 1) for i in range(points)]
    ys = [f(x) for x in xs]
    space = 0.1 * (max(ys) - min(ys))
    axes.plot(xs, ys, color=CURVE)
    axes.set(xlim=(left, right), ylim=(min(ys) - space, max(ys) + space))
