"""Flipbooks of what the lessons explain with a curve or a walk: for any curve, and any graph."""

import logging

from micrograd.course.flipbook import flipbook
from micrograd.course.recorder import Recorder, Turn, Write
from micrograd.course.story import Story
from micrograd.course.words import listed, names, near, short
from micrograd.dot import NotDrawn
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

        def draw():
            figure, axes = canvas()
            plot(axes, f, left, right)
            axes.axline((x, f(x)), slope=slope, color=TOUCH)
            axes.plot([x, x + h], [f(x), f(x + h)], "o", color=TOUCH)
            return figure

        return draw, (f"h = {short(h)}: the line through the curve at {short(x)} and at "
                      f"{short(x + h)} has the slope {near(slope)}.")

    return flipbook([page(h) for h in steps])


def tangents(f, slope, points, name="x", drawn="", below="slope"):
    """A point that runs along a curve with its tangent, and the slope as a curve below.

    f, slope: functions of a number. points: where, from page to page. name: what the points are.
    drawn, below: what the two curves are called at their axes.
    """
    left, right = min(points), max(points)

    def page(x):
        def draw():
            figure, (above, under) = canvas(2)
            plot(above, f, left, right)
            above.axline((x, f(x)), slope=slope(x), color=TOUCH)
            above.plot([x], [f(x)], "o", color=TOUCH)
            above.set_ylabel(drawn)
            plot(under, slope, left, right)
            under.plot([x], [slope(x)], "o", color=TOUCH)
            under.set_ylabel(below)
            return figure

        return draw, (f"{name} = {short(x)}: the {drawn or 'curve'} is at {near(f(x))}, and its "
                      f"slope there is {near(slope(x))}.")

    return flipbook([page(x) for x in points])


def parabolas(f, derivatives, places, name="p"):
    """The parabola that fits a curve at one place after another, and its bottom or top.

    f: a function of a number. derivatives: one that gives its slope and its curvature. places:
    where, from page to page. name: what the places are.
    """
    left, right = min(places) - 0.75, max(places) + 0.75
    fits = [(p, f(p), *derivatives(p)) for p in places]
    heights = [f(left), f(right), *(y for _, y, _, _ in fits),
               *(y - slope**2 / curvature / 2 for _, y, slope, curvature in fits)]
    space = 0.1 * (max(heights) - min(heights))

    def page(p, y, slope, curvature):
        way = slope / curvature
        figure, axes = canvas()
        plot(axes, lambda x: y + slope * (x - p) + curvature / 2 * (x - p)**2, left, right, TOUCH)
        plot(axes, f, left, right)
        axes.plot([p], [y], "o", color=CURVE)
        axes.plot([p - way], [y - slope * way / 2], "o", color=TOUCH, markerfacecolor="white")
        axes.legend(["parabola", "curve", "from here", "to here"], frameon=False)
        axes.set(xlabel=name, ylim=(min(heights) - space, max(heights) + space))
        p, slope, bend, end = (short(round(x, 4)) for x in (p, slope, curvature, p - way))
        return figure, (f"{name} = {p}: the slope is {slope}, the curvature {bend}. The parabola "
                        f"with both has its {'bottom' if curvature > 0 else 'top'} at {end}.")

    return flipbook([page(*fit) for fit in fits])


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
        return ", ".join(called[value] for value in some) or "none"

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
    wide = 0.5 + 0.12 * max(map(len, called.values()))  # inches for a value; so are all below
    place = {value: wide * (i + 0.5) for i, value in enumerate(values)}
    size = (wide * len(values), 0.7 + 0.16 * wide * len(values))

    def page(last):
        def draw():
            figure, axes = sheet(size)
            for value in values[:last + 1]:
                colour = TOUCH if value is values[last] else GREY
                axes.text(place[value], 0.2, called[value], ha="center", va="center", fontsize=13,
                          bbox={"boxstyle": "round", "facecolor": "#FAFAFA", "edgecolor": colour})
                for operand in value._prev:
                    axes.annotate("", (place[value], 0.4), (place[operand], 0.4), arrowprops={
                        "arrowstyle": "->", "color": colour, "connectionstyle": "arc3,rad=-0.3"})
            return figure

        operands = dict.fromkeys(values[last]._prev)
        behind = f", behind {listed(called[each] for each in operands)}" if operands else ""
        return draw, f"{called[values[last]]} takes place {last + 1} in the line{behind}."

    return flipbook([page(last) for last in range(len(values))])


def pyplot():
    """matplotlib's, which may have to look for fonts first, and would say so in red if that took
    long. Raises NotDrawn where it is not installed.
    """
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    try:
        from matplotlib import pyplot
    except ImportError:
        raise NotDrawn("matplotlib is not here to draw these pages.") from None
    return pyplot


def sheet(size):
    """A figure of this size in inches, to draw on in inches."""
    figure = pyplot().figure(figsize=size)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, size[0]), ylim=(0, size[1]))
    axes.axis("off")
    axes.plot([0, size[0]], [0, size[1]], alpha=0)  # so that all of it is kept
    return figure, axes


def canvas(rows=1):
    figure, axes = pyplot().subplots(rows, figsize=SIZE, layout="constrained", squeeze=False)
    for each in axes.flat:
        each.locator_params(nbins=5)
        each.spines[["top", "right"]].set_visible(False)
    return figure, axes[0, 0] if rows == 1 else axes[:, 0]


def plot(axes, f, left, right, colour=CURVE, points=61):
    xs = [left + (right - left) * i / (points - 1) for i in range(points)]
    ys = [f(x) for x in xs]
    space = 0.1 * (max(ys) - min(ys))
    axes.plot(xs, ys, color=colour)
    axes.set(xlim=(left, right), ylim=(min(ys) - space, max(ys) + space))


def by_hand(root):
    """How gradients that were set by hand came in, from the root back to the leaves.

    root: a value, in whose graph each value is used once. Each page is one operation: what its
    result's gradient, times the local derivative, gives to each operand. A gradient that is still
    0.0 counts as unknown and shows as `?`; if none is, the last page compares with the nudge.
    Raises TypeError if root is not a value, ValueError if a value is used twice, or the root has
    no gradient yet.
    """
    story, grads = Story(root, ask=False), {}
    for value in story.values:
        if len(story.users[value]) > 1:
            raise ValueError(f"{story.names[value]} is used twice, so its gradient has two parts "
                             f"that cannot be told apart afterwards: see `watch`")
        grads[value] = getattr(value, "grad", 0.0)
    if not grads[root]:
        raise ValueError(f"the gradients come in from {story.names[root]}, which has none yet: "
                         f"set its `grad` to 1.0 first")
    recorder = Recorder(story.values)
    recorder.before = story.grads = dict.fromkeys(grads, 0.0)
    recorder.turns = [Turn(None, 0.0, [Write(root, 0.0, grads[root], added=False)])]
    recorder.turns += [Turn(value, grads[value], writes) for value in reversed(story.values)
                       if (writes := [Write(operand, 0.0, grads[operand], added=False)
                                      for operand in value._prev if grads[operand]])]
    story.backward(recorder)
    if all(grads.values()):
        story.compare()
    return story.flipbook()
