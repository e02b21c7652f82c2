"""Draw the course's pictures: python -m tools.notebooks.draw_images [folder]

Writes every picture as an SVG to `images/`, or to the folder given. Each run writes the same
bytes: text is stored as outlines of matplotlib's own font, and ids and metadata are fixed.
"""

import io
import itertools
import math
import sys
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from micrograd.graph import draw_dot
from micrograd.steps.step_10 import Value
from micrograd.svg import CARD, on_card

IMAGES = Path(__file__).resolve().parent.parent.parent / "images"

# One meaning per colour, as in the graphs; each is readable as text on the card and on white.
BLUE, PALE_BLUE = "#1D4F91", "#DCE9FA"  # values, the forward pass
ORANGE, PALE_ORANGE = "#A84200", "#FFE4CF"  # slopes and gradients, the backward pass
GREEN = "#00593F"  # a second line or path beside the orange one, always dashed
GREY = "#595959"  # helper lines and captions
INK = "#222222"  # a result that belongs to more than one colour

# A picture is 8 inches (576 points) wide, so shown 720 pixels wide a point is 1.25 pixels.
# Sub- and superscripts have 0.7 of their text's size: text that has them is never SMALL.
WIDTH = 8.0
SMALL, NORMAL, LARGE, FORMULA = 14, 17, 21, 26
THIN, THICK = 2.0, 3.5
RADIUS = 0.36  # of a node, in inches

STYLE = {
    "font.family": "DejaVu Sans",
    "mathtext.fontset": "dejavusans",
    "lines.linewidth": THIN,
    "svg.fonttype": "path",
    "svg.hashsalt": "micrograd",
}


# Building blocks. Positions are (x, y) in inches from the bottom left corner.


def canvas(height):
    """A blank picture and the axes that cover it, measured in inches."""
    figure = Figure(figsize=(WIDTH, height), facecolor="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    return figure, axes


def write(axes, at, text, colour=GREY, size=NORMAL, **options):
    """Text centred on a point, unless the options align it otherwise."""
    options = {"ha": "center", "va": "center"} | options
    axes.text(*at, text, color=colour, fontsize=size, **options)


def node(axes, at, text, fill=PALE_BLUE):
    """A value: a circle with its name."""
    axes.add_patch(Circle(at, RADIUS, facecolor=fill, edgecolor=BLUE, linewidth=THIN))
    write(axes, at, text, BLUE, LARGE)


def box(axes, at, text, width=0.8, height=0.72, fill="white"):
    """A box with round corners: an operation (white), or a value with its formula (pale)."""
    corner = (at[0] - width / 2, at[1] - height / 2)
    shape = FancyBboxPatch(corner, width, height, boxstyle="round,pad=0,rounding_size=0.15")
    shape.set(facecolor=fill, edgecolor=BLUE, linewidth=THIN)
    axes.add_patch(shape)
    write(axes, at, text, BLUE)


def arrow(axes, start, end, colour=BLUE, gaps=(0, 0), bend=0.0, width=THIN):
    """An arrow that leaves a gap (inches) free at either end; a positive bend curves it up."""
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=0.5,head_width=0.25",
            connectionstyle=f"arc3,rad={-bend}",
            mutation_scale=20,
            shrinkA=72 * gaps[0],
            shrinkB=72 * gaps[1] + 2,
            color=colour,
            linewidth=width,
            zorder=0,  # below the boxes, so that an arrow may start under one
        )
    )


def dashed_arrow(axes, start, end):
    """A dashed line that ends in a solid arrow: dashes would tear the head's outline."""
    start, end = np.array(start), np.array(end)
    neck = end - 0.3 * (end - start) / np.linalg.norm(end - start)
    axes.plot(*zip(start, neck, strict=True), color=GREEN, lw=THICK, ls="--", zorder=0)
    arrow(axes, neck, end, GREEN, width=THICK)


def at_press(axes, number):
    """Let what was drawn since the last call appear on a slide with this picture of its film."""
    for i, artist in enumerate([*axes.patches, *axes.lines, *axes.texts]):
        if artist.get_gid() is None:
            artist.set_gid(f"press-{number}-{i}")


# The derivative: secants that turn into the tangent.


def derivative():
    """The slope of a secant of x**2 goes to the slope of the tangent as h shrinks."""
    figure, page = canvas(4.5)
    x = 1
    for left, h in ((0.015, 1.0), (0.515, 0.2)):
        secant_panel(figure.add_axes((left, 0.13, 0.475, 0.7)), x, h)
    limit = f"as $h$ goes to 0, the secant turns into the tangent: $f'({x}) = {2 * x}$"
    write(page, (4, 0.35), limit, ORANGE)
    return figure


def secant_panel(axes, x, h):
    """The curve of x**2 with its tangent at x and the secant through x and x + h."""
    low, high = x**2, (x + h) ** 2
    rise, tangent_slope = high - low, 2 * x
    rise_and_run(axes, x, h, low, high)
    xs, ends = np.linspace(-0.3, 2.15, 99), np.array([x - 0.33, x + 1.25])
    axes.plot(xs, xs**2, color=BLUE, lw=THICK)
    write(axes, (2.32, 4.4), "$f(x) = x^2$", BLUE, ha="left")
    for slope, name, colour, line in (
        (rise / h, "secant", GREEN, "--"),
        (tangent_slope, "tangent", ORANGE, "-"),
    ):
        ys = low + slope * (ends - x)
        axes.plot(ends, ys, color=colour, ls=line, label=f"{name}, slope {slope:g}")
    axes.plot([x, x + h], [low, high], "o", color=BLUE, markersize=9)
    axes.set(xlim=(-0.6, 3.4), ylim=(-0.7, 5.0))
    axes.axis("off")
    axes.legend(
        loc="upper left",
        bbox_to_anchor=(0, 0.96),
        frameon=False,
        fontsize=SMALL,
        handlelength=1.3,
        borderpad=0,
        labelcolor="linecolor",
    )
    ratio = rf"$\dfrac{{f(x+h) - f(x)}}{{h}} = \dfrac{{{rise:g}}}{{{h:g}}} = {rise / h:g}$"
    axes.set_title(ratio, color=GREEN, fontsize=NORMAL)


def rise_and_run(axes, x, h, low, high):
    """The grey lines below a secant: the axis, the run h and the rise f(x+h) - f(x)."""
    axes.plot([-0.6, 3.4], [0, 0], [x, x + h, x + h], [low, low, high], color=GREY)
    axes.plot([x, x], [0, low], [x + h, x + h], [0, low], color=GREY, ls=":")
    write(axes, (x + h / 2, low - 0.35), "$h$", size=SMALL)
    write(axes, (x + h + 0.07, (low + high) / 2), "$f(x+h) - f(x)$", size=SMALL, ha="left")
    write(axes, (x + 0.05, -0.4), f"$x = {x}$", size=SMALL, ha="right")
    write(axes, (x + h - 0.04, -0.4), "$x + h$", size=SMALL, ha="left")


# The chain rule.

CHAIN_Y = 3.3
X, Y, Z = (0.85, CHAIN_Y), (3.9, CHAIN_Y), (6.95, CHAIN_Y)


def leibniz(top, bottom):
    """A derivative in Leibniz notation, without the dollar signs around it."""
    return rf"\dfrac{{\mathrm{{d}}{top}}}{{\mathrm{{d}}{bottom}}}"


def chain_rule_plates():
    """x, y = 4x, z = y**2 at x = 1: slopes 4 and 8, together 32, in both notations."""
    figure, axes = canvas(4.7)
    x, slope_of_y = 1, 4
    y = slope_of_y * x
    slope_of_z = 2 * y
    for at, text, width in ((X, f"$x = {x}$", 1.2), (Y, f"$y = 4x = {y}$", 1.7),
                            (Z, f"$z = y^2 = {y * y}$", 1.8)):
        box(axes, at, text, width, fill=PALE_BLUE)
    arrow(axes, (1.45, CHAIN_Y), (3.05, CHAIN_Y))
    arrow(axes, (4.75, CHAIN_Y), (6.05, CHAIN_Y))
    at_press(axes, 1)
    write(axes, (2.2, 3.68), f"slope {slope_of_y}", ORANGE)
    at_press(axes, 2)
    write(axes, (5.38, 3.68), f"slope {slope_of_z}", ORANGE)
    at_press(axes, 3)
    arrow(axes, (X[0], 2.9), (Z[0], 2.9), ORANGE, bend=-0.12)
    whole = slope_of_z * slope_of_y
    write(axes, (4, 2.15), f"slope {whole}", ORANGE)
    for left, rule in ((2.1, (leibniz("z", "x"), leibniz("z", "y"), leibniz("y", "x"))),
                       (5.9, (r"(f \circ g)'(x)", "f'(g(x))", "g'(x)"))):
        total, outer, inner = rule
        write(axes, (left, 1.3), rf"${total} = {outer} \cdot {inner}$", ORANGE, NORMAL)
        write(axes, (left, 0.45), rf"${whole} = {slope_of_z} \cdot {slope_of_y}$", ORANGE, NORMAL)
    at_press(axes, 4)
    return figure


# The neuron and its activation.


def neuron():
    """Inputs times weights, plus the bias, through tanh."""
    figure, axes = canvas(4.25)
    body, activation, output, bias = (4.55, 2.2), (6.3, 2.2), (7.5, 2.2), (4.55, 0.6)
    for i, y in ((1, 3.0), (2, 1.4)):
        node(axes, (0.6, y), f"$x_{i}$")
        arrow(axes, (0.6, y), (1.9, y), gaps=(RADIUS, 0.45))
        box(axes, (1.9, y), rf"$\times\, w_{i}$", width=0.9)
        arrow(axes, (2.35, y), (3.6, body[1] + (y - body[1]) / 3))
        write(axes, (3.05, y + 0.05), f"$x_{i} w_{i}$", BLUE)
    box(axes, body, "$n = x_1 w_1$\n$+\\; x_2 w_2 + b$", width=1.9, height=1.3, fill=PALE_BLUE)
    node(axes, bias, "$b$")
    arrow(axes, bias, body, gaps=(RADIUS, 0.65))
    box(axes, activation, "tanh", width=0.96)
    arrow(axes, body, activation, gaps=(0.95, 0.48))
    node(axes, output, "$o$")
    arrow(axes, activation, output, gaps=(0.48, RADIUS))
    for x, name in (
        (0.6, "inputs"),
        (1.9, "weights"),
        (3.05, "products"),
        (body[0], "sum"),
        (activation[0], "activation"),
        (output[0], "output"),
    ):
        write(axes, (x, 3.85), name, size=SMALL)
    write(axes, (5.05, bias[1]), "bias", size=SMALL, ha="left")
    return figure


def tanh():
    """The curve of tanh with three of the course's points and the slope at one of them."""
    figure = Figure(figsize=(WIDTH, 4.25), facecolor="none")
    axes = figure.add_axes((0.1, 0.15, 0.86, 0.81), facecolor="none")
    for asymptote in (-1, 1):
        axes.axhline(asymptote, color=GREY, ls=":")
    ns = np.linspace(-4, 4, 161)
    axes.plot(ns, np.tanh(ns), color=BLUE, lw=THICK)
    at = math.asinh(1)
    o = math.tanh(at)
    slope, ends = 1 - o**2, np.array([at - 1.3, at + 1.0])
    axes.plot(ends, o + slope * (ends - at), color=ORANGE)
    write(axes, (1.6, 1.22), f"slope {slope:g}", ORANGE, ha="right")
    mark(axes, 0.7, "0.7", 2, (-0.5, 0.78), "right")
    mark(axes, at, f"{at:.4f}", 4, (1.4, 0.3), "left")
    mark(axes, 2.0, "2", 2, (2.4, 0.65), "left")
    grey_axes(axes)
    return figure


def grey_axes(axes):
    """The frame of the tanh curve: two axes with few ticks."""
    axes.set(xlim=(-4.1, 4.1), ylim=(-1.25, 1.42), xticks=range(-4, 5), yticks=(-1, 0, 1))
    axes.tick_params(labelsize=SMALL, colors=GREY, width=THIN, length=6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set(color=GREY, linewidth=THIN)
    axes.set_xlabel("$n$", fontsize=NORMAL, color=BLUE)
    axes.set_ylabel(r"$o = \tanh n$", fontsize=NORMAL, color=BLUE)


def mark(axes, n, name, digits, label_at, side):
    """A point of the tanh curve, with a line to its label."""
    o = math.tanh(n)
    axes.plot([n, label_at[0]], [o, label_at[1]], color=GREY)
    axes.plot(n, o, "o", color=BLUE, markersize=10)
    text = rf"$n = {name} \;\to\; {o:.{digits}f}$"
    write(axes, label_at, text, BLUE, SMALL, ha=side, bbox={"color": CARD, "pad": 2})


START, DOUBLE, POWER = (0.65, 1.6), (1.95, 1.6), (3.25, 1.6)
MINUS, PLUS, DIVIDE, END = (4.8, 2.4), (4.8, 0.8), (6.2, 1.6), (7.4, 1.6)


def tanh_formula():
    """The formula of tanh, and its five steps in the order they happen."""
    figure, axes = canvas(4.5)
    write(axes, (4, 3.85), r"$\tanh n = \dfrac{e^{2n} - 1}{e^{2n} + 1}$", BLUE, FORMULA)
    node(axes, START, "$n$")
    node(axes, END, "$o$")
    operations = {
        DOUBLE: r"\times\,2",
        POWER: r"\exp",
        MINUS: r"-\,1",
        PLUS: r"+\,1",
        DIVIDE: r"\div",
    }
    for number, (at, operation) in enumerate(operations.items(), 1):
        box(axes, at, f"${operation}$")
        write(axes, (at[0], at[1] + 0.54), f"step {number}", size=SMALL)
    step_arrows(axes)
    step_results(axes, n=math.asinh(1))
    return figure


def step_arrows(axes):
    """Arrows from the right edge of each step to the left edge of the next."""
    for before, after in itertools.chain(
        itertools.pairwise((START, DOUBLE, POWER, MINUS, DIVIDE, END)),
        itertools.pairwise((POWER, PLUS, DIVIDE)),
    ):
        lean = 0.2 * (after[1] - before[1])
        arrow(axes, (before[0] + 0.4, before[1] + lean), (after[0] - 0.4, after[1] - lean))


def step_results(axes, n):
    """Below each step what it makes of n."""
    e = math.exp(2 * n)
    o = (e - 1) / (e + 1)
    results = {START: n, DOUBLE: 2 * n, POWER: e, MINUS: e - 1, PLUS: e + 1, END: o}
    for at, value in results.items():
        write(axes, (at[0], at[1] - 0.54), f"{value:.4f}", BLUE, SMALL)


# Graphs: values in topological order, and a value used twice.

FORMULAS = {"v": ("a", r"\cdot", "b"), "p": ("v", r"\cdot", "c"), "q": ("v", r"\cdot", "z"),
            "L": ("p", "+", "q")}


def topological(name):
    """The values that `name` is made of, operands first, and then `name` itself."""
    operands = FORMULAS.get(name, ())[::2]
    earlier = [value for operand in operands for value in topological(operand)]
    return list(dict.fromkeys([*earlier, name]))  # each value once


def topological_order():
    """The eight values of L = v * c + v * z, v = a * b, on a line, operands first."""
    figure, axes = canvas(4.2)
    write(axes, (4, 3.8), "operands first: every arrow points to the right", BLUE)
    place = {name: (0.62 + 0.965 * i, 2.55) for i, name in enumerate(topological("L"))}
    for number, (name, at) in enumerate(place.items(), 1):
        node(axes, at, f"${name}$", fill=PALE_BLUE if name in FORMULAS else "white")
        write(axes, (at[0], 1.98), str(number))
    for name, (left, operation, right) in FORMULAS.items():
        for operand in (left, right):
            start, end = place[operand], place[name]
            bend = 0.55 if end[0] - start[0] > 1.2 else 0
            waits = operand == "v"
            arrow(axes, start, end, ORANGE if waits else BLUE, gaps=(RADIUS, RADIUS), bend=bend,
                  width=THICK if waits else THIN)
            at_press(axes, {"p": 2, "q": 3}[name] if waits else 1)
        formula = f"${name} = {left} {operation} {right}$"
        write(axes, (place[name][0], 1.55), formula, BLUE, SMALL)
    at_press(axes, 1)
    arrow(axes, (7.5, 1.1), (0.5, 1.1), ORANGE, width=THICK)
    write(axes, (4, 0.72), "the backward pass walks this line from right to left:", ORANGE, SMALL)
    write(axes, (4, 0.35), "$v$ waits until both its arrows have been walked", ORANGE, NORMAL)
    at_press(axes, 4)
    return figure


A, B = -2, 3
D, E = A * B, A + B  # f = D * E


def paths():
    """A value used twice: its gradient is the sum over both paths."""
    figure, axes = canvas(4.5)
    at_a, at_b, at_d, at_e, at_f = (0.9, 2.9), (2.7, 2.9), (4.25, 3.9), (4.25, 1.9), (6.85, 2.9)
    for at, text, width in (
        (at_a, f"$a = {A}$", 1.2),
        (at_b, f"$b = {B}$", 1.0),
        (at_d, f"$d = ab = {D}$", 1.75),
        (at_e, f"$e = a + b = {E}$", 1.75),
        (at_f, f"$f = de = {D * E}$", 1.75),
    ):
        box(axes, at, text, width, fill=PALE_BLUE)
    arrow(axes, at_b, (3.85, 3.54), GREY)
    arrow(axes, at_b, (3.85, 2.26), GREY)
    at_press(axes, 1)
    via_d, via_e = path_over_d(axes), path_over_e(axes)
    total = f"{slope('f', 'a')}$ = {via_d} + ({via_e}) = {via_d + via_e}$"
    write(axes, (4, 0.45), total, INK, LARGE)
    at_press(axes, 4)
    return figure


def path_over_d(axes):
    """The local derivatives along this path, and their product, which is returned."""
    arrow(axes, (0.9, 3.2), (3.37, 3.9), ORANGE, width=THICK)
    arrow(axes, (5.0, 3.9), (6.45, 3.27), ORANGE, width=THICK)
    write(axes, (1.6, 3.9), f"{slope('d', 'a')}$ = b = {B}$", ORANGE)
    write(axes, (6.75, 3.9), f"{slope('f', 'd')}$ = e = {E}$", ORANGE)
    write(axes, (2.2, 1.1), rf"via $d$:  ${B} \cdot {E} = {B * E}$", ORANGE)
    at_press(axes, 2)
    return B * E


def path_over_e(axes):
    """The same for the other path."""
    dashed_arrow(axes, (0.9, 2.6), (3.37, 1.9))
    dashed_arrow(axes, (5.0, 1.9), (6.45, 2.53))
    write(axes, (1.6, 1.9), f"{slope('e', 'a')}$ = 1$", GREEN)
    write(axes, (6.75, 1.9), f"{slope('f', 'e')}$ = d = {D}$", GREEN)
    write(axes, (5.8, 1.1), rf"via $e$:  $1 \cdot ({D}) = {D}$", GREEN)
    at_press(axes, 3)
    return D


def slope(top, bottom):
    """A derivative in Leibniz notation on one line, ready to write."""
    return rf"$\mathrm{{d}}{top}/\mathrm{{d}}{bottom}$"


# What a lesson says in words at first: closures, a neuron's plane, errors, stacks, shapes.


def closure():
    """`+` makes `out` and its `_backward`, which keeps hold of three values and runs later."""
    figure, axes = canvas(4.0)
    write(axes, (2.1, 3.6), "built in __add__, run later", BLUE)
    box(axes, (2.1, 2.9), "out", 1.2, fill=PALE_BLUE)
    lines = "self.grad = 1.0 * out.grad\nother.grad = 1.0 * out.grad"
    box(axes, (2.1, 1.2), lines, 3.9, 1.0, PALE_ORANGE)
    arrow(axes, (2.1, 2.54), (2.1, 1.72), ORANGE)
    write(axes, (2.2, 2.13), "._backward", ORANGE, ha="left")
    write(axes, (2.1, 0.4), "a function without parameters", ORANGE, SMALL)
    for name, value, y in (("self", "$a$", 2.9), ("other", "$b$", 1.75), ("out", "$a + b$", 0.6)):
        box(axes, (6.9, y), value, 1.3, fill=PALE_BLUE)
        arrow(axes, (4.07, 1.2), (6.23, y), GREEN, bend=0)
        at = (5.25, 1.2 + (y - 1.2) * (5.25 - 4.07) / (6.23 - 4.07))
        write(axes, at, name, GREEN, bbox={"color": CARD, "pad": 3})
    write(axes, (6.3, 3.6), "what it remembers", GREEN)
    return figure


W1, W2, BIAS = -3.0, 1.0, 6.7


def neuron_plane():
    """n = w1 x1 + w2 x2 + b over the plane of the inputs: lines of equal n, 4 apart."""
    figure = Figure(figsize=(WIDTH, 4.6), facecolor="none")
    axes = figure.add_axes((0.1, 0.16, 0.86, 0.72))
    x1, x2 = np.meshgrid(np.linspace(0, 5, 41), np.linspace(-4, 4, 41))
    axes.contourf(x1, x2, W1 * x1 + W2 * x2 + BIAS, (0, 12), colors=[PALE_BLUE])
    ends = np.array([-4, 4])
    for n, x2 in ((8, 3.2), (4, 3.2), (0, 3.2), (-4, 3.2), (-8, -1.2)):
        axes.plot((W2 * ends + BIAS - n) / -W1, ends, color=GREY if n else INK,
                  lw=THIN if n else THICK)
        write(axes, ((W2 * x2 + BIAS - n) / -W1, x2), f"${n}$", INK,
              bbox={"color": PALE_BLUE if n > 0 else "white", "pad": 2})
    write(axes, (2.05, 1.6), "$n > 0$", BLUE)
    write(axes, (3.2, 0.5), "$n < 0$", BLUE)
    axes.plot(2, 0, "o", color=BLUE, markersize=10)
    write(axes, (1.88, 0), "$n = 0.7$", BLUE, ha="right")
    axes.set(xlim=(0, 5), ylim=(-4, 4))
    axes.tick_params(labelsize=SMALL, colors=GREY)
    axes.set_xlabel("$x_1$", fontsize=NORMAL, color=BLUE)
    axes.set_ylabel("$x_2$", fontsize=NORMAL, color=BLUE)
    axes.set_title(r"$n = -3\,x_1 + x_2 + 6.7$", fontsize=NORMAL, color=BLUE)
    return figure


def two_neurons():
    """One neuron behind another: a straight line, and what tanh between them makes of it."""
    figure = Figure(figsize=(WIDTH, 3.8), facecolor="none")
    x = np.linspace(0, 4.5, 181)
    n = -3 * x + 6.7
    for i, (y, title) in enumerate(((5 * n + 1, "$5\\,n + 1$"),
                                    (5 * np.tanh(n) + 1, r"$5\,\tanh n + 1$"))):
        axes = figure.add_axes((0.08 + 0.5 * i, 0.19, 0.4, 0.65), facecolor="none")
        axes.plot(x, y, color=BLUE, lw=THICK)
        axes.tick_params(labelsize=SMALL, colors=GREY)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set(color=GREY, linewidth=THIN)
        axes.set_xlabel("$x$", fontsize=NORMAL, color=BLUE)
        axes.set_title(title, fontsize=NORMAL, color=BLUE)
    return figure


def step_size():
    """The error of both differences for x**3 at 3, as h shrinks: down, then up again."""
    figure = Figure(figsize=(WIDTH, 4.6), facecolor="none")
    axes = figure.add_axes((0.13, 0.16, 0.83, 0.78), facecolor="none")
    steps = [10 ** (-n / 4) for n in range(57)]
    one_sided = [abs(((3 + h) ** 3 - 27) / h - 27) for h in steps]
    central = [abs(((3 + h) ** 3 - (3 - h) ** 3) / (2 * h) - 27) for h in steps]
    for errors, colour, style, name in ((one_sided, GREEN, "--", "one-sided"),
                                        (central, ORANGE, "-", "central")):
        axes.loglog(steps, [error or 1e-15 for error in errors], color=colour, ls=style, label=name)
    axes.set(xlim=(2, 5e-15), ylim=(1e-13, 100))
    write(axes, (1e-2, 3e-13), "$h$ too large:\nthe curve bends", size=SMALL, va="bottom")
    write(axes, (1e-12, 3e-13), "$h$ too small:\ndigits are lost", size=SMALL, va="bottom")
    axes.legend(loc="upper center", frameon=False, fontsize=NORMAL, labelcolor="linecolor")
    axes.tick_params(labelsize=SMALL, colors=GREY)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("$h$, smaller to the right", fontsize=NORMAL, color=GREY)
    axes.set_ylabel("error of the slope of $x^3$ at 3", fontsize=NORMAL, color=GREY)
    return figure


def stack_states():
    """The loop of `topological_order` on L = p + q: its stack and its list after every turn."""
    figure, axes = canvas(4.6)
    write(axes, (4, 4.25), "the stack after every turn of the loop (● is the marker None)", BLUE)
    for turn, (stack, order) in enumerate(stack_turns("L")):
        x = 0.6 + 0.83 * turn
        for height, name in enumerate(stack):
            text = "●" if name is None else f"${name}$"
            box(axes, (x, 1.35 + 0.37 * height), text, 0.6, 0.34, PALE_BLUE if name else "white")
        write(axes, (x, 0.9), str(turn), size=SMALL)
        write(axes, (x, 0.45), " ".join(f"${name}$" for name in order) or "–", ORANGE, SMALL)
    write(axes, (4, 0.13), "the list order: operands before results", ORANGE, SMALL)
    return figure


def stack_turns(root):
    """Pairs (stack, order), before the first turn and after each: as in micrograd.engine."""
    order, seen, stack = [], set(), [root]
    turns = [(list(stack), list(order))]
    while stack:
        value = stack.pop()
        if value is None:
            order.append(stack.pop())
        elif value not in seen:
            seen.add(value)
            stack += [value, None]
            stack += [operand for operand in FORMULAS[value][::2]
                      if operand in FORMULAS and operand not in seen]
        turns.append((list(stack), list(order)))
    return turns


def broadcasting():
    """A row of two biases added to three rows, and its gradient: the sum over its uses."""
    figure, axes = canvas(4.3)
    write(axes, (4, 3.95), "forward: the row is used three times", BLUE)
    cells(axes, (0.35, 3.4), ((1, 2), (3, 4), (5, 6)), PALE_BLUE, BLUE)
    write(axes, (2.1, 2.8), "+", BLUE, LARGE)
    cells(axes, (2.45, 3.4), ((10, 20),), PALE_BLUE, BLUE)
    cells(axes, (2.45, 2.8), ((10, 20), (10, 20)), "white", GREY)
    write(axes, (4.2, 2.8), "=", BLUE, LARGE)
    cells(axes, (4.55, 3.4), ((11, 22), (13, 24), (15, 26)), PALE_BLUE, BLUE)
    at_press(axes, 1)
    write(axes, (6.1, 2.8), "upstream:", ORANGE, SMALL, ha="left")
    cells(axes, (6.15, 2.5), ((1, 1), (1, 1), (1, 1)), PALE_ORANGE, ORANGE)
    at_press(axes, 2)
    write(axes, (4, 0.35), "backward: the three contributions are summed", ORANGE)
    cells(axes, (2.45, 1.3), ((3, 3),), PALE_ORANGE, ORANGE)
    write(axes, (2.3, 1.0), "gradient of the row:", ORANGE, SMALL, ha="right")
    arrow(axes, (6.05, 1.3), (4.0, 1.0), ORANGE, width=THICK)
    at_press(axes, 3)
    return figure


def cells(axes, corner, rows, fill, colour):
    """An array: a grid of numbers, from its upper left corner."""
    for i, row in enumerate(rows):
        for j, number in enumerate(row):
            x, y = corner[0] + 0.72 * j, corner[1] - 0.6 * (i + 1)
            axes.add_patch(Rectangle((x, y), 0.72, 0.6, facecolor=fill, edgecolor=colour, lw=THIN))
            write(axes, (x + 0.36, y + 0.3), str(number), colour)


def expression_graph():
    """L = (a * b + c) * f as the notebooks draw it, before the backward pass. Returns SVG text."""
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    c, f = Value(10.0, label="c"), Value(-2.0, label="f")
    e = a * b
    d = e + c
    L = d * f
    e.label, d.label, L.label = "e", "d", "L"
    return draw_dot(L).pipe(encoding="utf-8") + "\n"


PICTURES = (
    derivative,
    chain_rule_plates,
    neuron,
    tanh,
    tanh_formula,
    topological_order,
    paths,
    closure,
    neuron_plane,
    two_neurons,
    step_size,
    stack_states,
    broadcasting,
)


def svg(figure):
    """A matplotlib figure as SVG text with neither date nor version in it."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return on_card(text.getvalue())


def main(folder=IMAGES):
    """Draw all pictures into a folder."""
    matplotlib.rcdefaults()  # whatever a reader's own matplotlibrc says
    matplotlib.rcParams.update(STYLE)
    pictures = {picture.__name__: svg(picture()) for picture in PICTURES}
    pictures["expression_graph"] = expression_graph()
    for name, text in pictures.items():
        (folder / f"{name}.svg").write_text(text, encoding="utf-8", newline="\n")
        print("wrote", f"{name}.svg")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
