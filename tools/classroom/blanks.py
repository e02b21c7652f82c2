"""What each worksheet gives to fill in: mostly the notebook's expression graph with empty boxes.

`BLANKS` leads from a notebook's number to a function without arguments that gives three texts: what
to do, the blank, and the blank filled in.
"""

import re

from micrograd import Value, graph
from micrograd.compile import compile
from micrograd.dot import image
from micrograd.steps import step_03, step_04, step_07, step_08, step_09, step_10
from tools.decks.pictures import parts_of_drawing

LINE = "_" * 6
WIDEST = 1200  # pixels, of which a page has half
FORWARD = "Fill in the boxes from left to right, then the gradients from right to left:"


def drawn(root, blank):
    """The graph of a root with lines to write on in place of what is to be worked out, and filled.

    blank: "data" for the data of results, "grad" for all gradients, or both of them.
    """
    values, _ = graph.trace(root)
    names = {f"v{i}": value for i, value in enumerate(values)}
    last = f"v{len(values) - 1}"
    results = [name for name, value in names.items() if value._prev]
    marks = graph.Marks(
        data=dict.fromkeys(results, LINE) if "data" in blank else {},
        grads=dict.fromkeys(names, LINE) if "grad" in blank else {}, roles={last: "newest"})
    filled = graph.draw_dot(root)
    return picture(graph.drawings(root, [marks])[0]), picture(filled)


def picture(drawing):
    """A drawing, in parts one below the other where its boxes would be too small to write in."""
    return "\n\n".join(image(part, drawing.description) for part in parts_of_drawing(
        drawing.pipe(encoding="utf-8"), WIDEST))


def labelled(**values):
    for label, value in values.items():
        value.label = label
    return values.values()


def leaves(Value, **numbers):
    return labelled(**{label: Value(number) for label, number in numbers.items()})


def by_hand(root):
    """Leave the right gradients in a graph whose class has no backward pass."""
    values, _ = graph.trace(root)
    finished = {}
    for value in values:
        finished[id(value)] = renewed(value, finished)
    finished[id(root)].backward()
    for value in values:
        value.grad = finished[id(value)].grad
    return root


def renewed(value, finished):
    """The value in the finished engine, made of operands that are there already."""
    operands = [finished[id(operand)] for operand in value._prev]
    if not operands:
        return Value(value.data)
    if value._op == "tanh":
        return operands[0].tanh()
    return operands[0] + operands[1] if value._op == "+" else operands[0] * operands[1]


def slopes():
    rows = [1.0, 0.1, 0.001]
    def table(shown):
        lines = [f"| {h:g} | {shown((2 + h)**2 - 4)} | {shown(((2 + h)**2 - 4) / h)} |"
                 for h in rows]
        head = "| step h | f(2 + h) − f(2) | divided by h |\n|---|---|---|\n"
        return head + "\n".join(lines) + f"\n\nThe slope of $x^2$ at 2: {shown(4.0)}"
    return ("The curve is $f(x) = x^2$, and we stand at $x = 2$. Fill in the table:",
            table(lambda x: LINE), table(lambda x: f"{x:.6g}"))


def in_parentheses():
    a, b, c = leaves(step_03.Value, a=2.0, b=-3.0, c=10.0)
    blank, filled = drawn(a * b + c, ["data"])
    other, other_filled = drawn(a * (b + c), ["data"])
    return ("Which of these is `a * b + c`, and which `a * (b + c)`? Fill in the results:",
            f"{blank}\n\n{other}", f"{filled}\n\n{other_filled}")


def product_chain(Value, blank, task):
    a, b, c, f = leaves(Value, a=2.0, b=-3.0, c=10.0, f=-2.0)
    e = a * b
    d = e + c
    L = d * f
    labelled(e=e, d=d, L=L)
    if "grad" in blank:
        by_hand(L)
    return (task, *drawn(L, blank))


def neuron(Value, bias, activation=False):
    x1, x2, w1, w2, b = leaves(Value, x1=2.0, x2=0.0, w1=-3.0, w2=1.0, b=bias)
    n = x1 * w1 + x2 * w2 + b
    root = n.tanh() if activation else n
    labelled(**({"n": n, "o": root} if activation else {"n": n}))
    by_hand(root)
    return (FORWARD, *drawn(root, ["data", "grad"]))


def shared_product():
    a, b, c, z = leaves(step_08.Value, a=2.0, b=-1.0, c=3.0, z=4.0)
    v = a * b
    p, q = v * c, v * z
    L = p + q
    labelled(v=v, p=p, q=q, L=L)
    by_hand(L)
    _, filled = drawn(L, [])
    return ("Number the values in a topological order, beside their boxes, and fill in:",
            drawn(L, ["data", "grad"])[0], filled)


def two_paths():
    a, b = leaves(step_09.Value, a=-2.0, b=3.0)
    d, e = a * b, a + b
    f = d * e
    labelled(d=d, e=e, f=f)
    f.backward()
    return (FORWARD, *drawn(f, ["data", "grad"]))


def tanh_in_pieces():
    (n,) = leaves(step_10.Value, n=0.0)
    u = (2 * n).exp()
    o = (u - 1) / (u + 1)
    labelled(u=u, o=o)
    o.backward()
    return (FORWARD, *drawn(o, ["data", "grad"]))


def used_three_times():
    a, b = leaves(Value, a=2.0, b=3.0)
    c = a * b
    d = c + a
    f = d * c
    labelled(c=c, d=d, f=f)
    f.backward()
    return (FORWARD, *drawn(f, ["data", "grad"]))


def relu_neuron():
    x1, x2, w1, w2, b = leaves(Value, x1=2.0, x2=-1.0, w1=0.5, w2=-1.0, b=-1.0)
    n = x1 * w1 + x2 * w2 + b
    o = n.relu()
    labelled(n=n, o=o)
    o.backward()
    return (FORWARD, *drawn(o, ["data", "grad"]))


def loss_of_a_point():
    w, x, b = leaves(Value, w=0.5, x=-2.0, b=0.25)
    score = w * x + b
    loss = (1 - score).relu()
    labelled(score=score, loss=loss)
    loss.backward()
    return ("The hinge loss of one point, whose label is 1. " + FORWARD,
            *drawn(loss, ["data", "grad"]))


def shapes():
    rows = [("X", "(5, 3)"), ("W", "(3, 2)"), ("b", "(2,)"), ("X @ W", "(5, 2)"),
            ("X @ W + b", "(5, 2)"), ("(X @ W + b).sum()", "()")]
    def table(shown):
        lines = [f"| `{name}` | {shape if i < 3 else shown(shape)} | {shown(shape)} |"
                 for i, (name, shape) in enumerate(rows)]
        return "| array | its shape | its gradient's shape |\n|---|---|---|\n" + "\n".join(lines)
    return "Fill in the shapes:", table(lambda shape: LINE), table(str)


def program():
    a, b = leaves(Value, a=-2.0, b=3.0)
    source = compile((a * b) * (a + b), [a, b]).source.strip()
    blank = re.sub(r"(?m)^(    v?\w+ = )(?!1\.0)(.+)$", rf"\1{LINE * 4}", source)
    return ("The program for $(a \\cdot b) \\cdot (a + b)$. Fill in its lines:",
            f"```python\n{blank}\n```", f"```python\n{source}\n```")


def hessian():
    def table(shown):
        cells = [[shown("$2b$"), shown("$2a$")], [shown("$2a$"), shown("0")]]
        return ("| | with respect to a | with respect to b |\n|---|---|---|\n" + "\n".join(
            f"| gradient of {name}: {shown(formula)} | {' | '.join(row)} |"
            for name, formula, row in zip("ab", ("$2ab$", "$a^2$"), cells, strict=True)))
    return "$f = a^2 b$. Fill in the gradients, then their derivatives:", table(
        lambda text: LINE), table(str)


BLANKS = {
    "01": slopes,
    "02": in_parentheses,
    "03": lambda: product_chain(step_03.Value, ["data"], "Fill in the results:"),
    "04": lambda: product_chain(step_04.Value, ["grad"], "Fill in the gradients of `L`, `d` and "
                                "`f`. Leave the others for the next notebook:"),
    "05": lambda: product_chain(step_04.Value, ["grad"], "Fill in all the gradients, from right to "
                                "left:"),
    "06": lambda: neuron(step_04.Value, 6.7),
    "07": lambda: neuron(step_07.Value, 6.0, activation=True),
    "08": shared_product,
    "09": two_paths,
    "10": tanh_in_pieces,
    "11": used_three_times,
    "12": relu_neuron,
    "13": loss_of_a_point,
    "14": shapes,
    "15": program,
    "16": hessian,
}
