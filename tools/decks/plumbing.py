"""Code cells as a class sees them: without what is there for a learner at a keyboard only.

Gone are guesses and how they are read, checks of exercises, imports of the course's own helpers,
and the call that drew what stands right below it.
"""

import ast
import re
from types import SimpleNamespace

from nbformat.v4 import new_output

from micrograd.course.predict import NO_GUESS

FILMS = "films."  # what such calls show is of interest, and neither they nor what they need
SOURCE = "source"  # nor is this call, but what stands before it
PICTURES = ("draw_dot", "graph.draw_dot", "watch", "nudge")  # nor are these, if they stand alone
GRADES = {"A", "B", "C", "D", "yes", "no", "error", "?"}
NOISE = re.compile(r"-?\b\d+\.\d{10,}(?:e[-+]\d+)?\b")
FLOATS = re.compile(r"\.(?:data|grad)\b|\d\.\d|\bround\(| / ")  # code whose numbers are floats


def without_plumbing(cell, elsewhere=""):
    """Change a code cell into what a class sees of it; its source may be empty afterwards.

    elsewhere: the source of the notebook's other cells, whose names are to stay.
    """
    tags = cell.metadata.get("tags", [])
    steps = statements(cell.source)
    if steps is None:
        return
    steps = [step for step in steps if not is_plumbing(step.node)]
    if "exercise" in tags:
        steps, cell.outputs = without_check(steps), []
    if "predict" in tags:
        steps = without_grading(cell, steps, elsewhere)
    steps = without_labels(cell, steps)
    steps = without_show(steps)
    if "predict" in tags and not cell.outputs:
        steps = []
    source = "\n".join(step.text for step in steps).strip("\n")
    cell.source = re.sub(r"\A# [^\n]*\(click\)\n|\n(?=\n\n)", "", source)
    for output in cell.outputs:
        without_docstrings(output)
        if "digits" not in tags:
            round_off(output)


def statements(source):
    """The source in statements, each with the empty lines and comments before it; or None."""
    try:
        nodes = ast.parse(source).body
    except SyntaxError:  # which may be the point of the cell
        return None
    lines, ends = source.splitlines(), [0, *(node.end_lineno for node in nodes)]
    return [SimpleNamespace(node=node, text="\n".join(lines[start:node.end_lineno]))
            for start, node in zip(ends, nodes, strict=False)]


def is_plumbing(node):
    return ((isinstance(node, ast.ImportFrom) and node.module == "micrograd.course")
            or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "guess"))


def called(node):
    """The name of the function that a statement calls, or nothing."""
    call = node.value if isinstance(node, ast.Expr) else None
    return ast.unparse(call.func) if isinstance(call, ast.Call) else ""


def without_check(steps):
    """An exercise without its check; if that is all there is, the numbers it was given."""
    kept = [step for step in steps if called(step.node) != "check"]
    if kept:
        return kept
    *_, check = steps
    given = ", ".join(map(ast.unparse, check.node.value.args[1:]))
    comment = re.search(r"  #.*$", check.text)
    return [SimpleNamespace(node=check.node, text=given + (comment[0] if comment else ""))]


def without_grading(cell, steps, elsewhere):
    """A prediction's statements without `reveal`, which leaves the answer if nothing else does."""
    i = next(i for i, step in enumerate(steps) if called(step.node) == "reveal")
    answer, text = steps[i].node.value.args[2], cell.outputs[0].text
    first, it_is, rest = (text + "\n\n").split("\n", 2)
    if first != NO_GUESS:
        raise ValueError(f"a prediction is stored with a guess: run `make notebooks` ({text:.60})")
    cell.outputs[0].text = rest.rstrip("\n")
    cell.outputs = [output for output in cell.outputs if output.get("text") != ""]
    after = steps[i + 1:]
    shows = any(isinstance(step.node, ast.Expr) or "print(" in step.text for step in after)
    steps = steps[:i] + after
    if not shows and not grades(answer):
        answer = answer.body if isinstance(answer, ast.Lambda | ast.IfExp) else answer
        source = ast.get_source_segment(cell.source, answer)
        steps.append(SimpleNamespace(node=ast.Expr(answer), text=f"\n{source}"))
        shown = re.sub(r"^It is (?:[A-D]: )?(.*)\.$", r"\1", it_is)
        cell.outputs = [new_output("stream", text=printed(shown, steps[-1].text))]
    return without_unused(steps, elsewhere)


def printed(shown, code):
    """An answer as code prints it, if that shows that its numbers are floats: 3.0 for 3."""
    if not FLOATS.search(code) or code.lstrip().startswith("str("):
        return shown
    return re.sub(r"(?<![\w.'])\d+(?![\w.'])", r"\g<0>.0", shown)


def grades(answer):
    return any(isinstance(node, ast.Constant) and isinstance(node.value, str)
               and node.value in GRADES for node in ast.walk(answer))


def without_unused(steps, elsewhere):
    """Without what only the grading has used."""
    while True:
        kept = [step for step in steps if not bound(step.node) or any(
            re.search(rf"\b{name}\b", other) for name in bound(step.node)
            for other in [elsewhere, *(each.text for each in steps if each is not step)])]
        if len(kept) == len(steps):
            return steps
        steps = kept


def bound(node):
    """The names that a statement gives a meaning to, if it does nothing else."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(each.asname or each.name).partition(".")[0] for each in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else []
    if any(isinstance(part, ast.Attribute | ast.Subscript)
           for target in targets for part in ast.walk(target)):
        return []
    return [part.id for target in targets for part in ast.walk(target)
            if isinstance(part, ast.Name) and part.id != "_"]


def without_labels(cell, steps):
    """Without `print("n.grad:")`, which names what a folded output holds."""
    labels = [step for step in steps if called(step.node) == "print"
              and [*map(type, step.node.value.args)] == [ast.Constant]
              and str(step.node.value.args[0].value).endswith(":")]
    for step in labels:
        line = f"{step.node.value.args[0].value}\n"
        for output in cell.outputs:
            if output.output_type == "stream":
                output.text = output.text.replace(line, "", 1)
    cell.outputs = [output for output in cell.outputs
                    if output.output_type != "stream" or output.text]
    return [step for step in steps if step not in labels]


def without_show(steps):
    """Without a last statement that only shows what stands right below it, a picture or a source.

    Imports alone are not worth a look either.
    """
    *before, last = steps or [None]
    name = called(last.node) if last else ""
    alone = all(isinstance(step.node, ast.Import | ast.ImportFrom) for step in before)
    if name.startswith(FILMS) or (alone and name in (SOURCE, *PICTURES)):
        return []
    return before if name == SOURCE else steps


def without_docstrings(output):
    """Take the docstrings out of a source that a cell shows in colour."""
    shown = output.get("data", {}).get("text/markdown", "")
    fenced = re.search(r"```python\n(.*)\n```", shown, re.S)
    if not fenced:
        return
    lines = fenced[1].splitlines()
    for node in ast.walk(ast.parse(fenced[1])):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            first = node.body[0]
            end = first.end_lineno + (lines[first.end_lineno:first.end_lineno + 1] == [""])
            lines[first.lineno - 1:end] = [None] * (end - first.lineno + 1)
    source = "\n".join(line for line in lines if line is not None)
    output.data |= {"text/markdown": f"```python\n{source}\n```", "text/plain": source}


def round_off(output):
    """Round what no one would read aloud: 0.4999999999999998 to 0.5."""
    if output.output_type == "stream":
        output.text = rounded(output.text)
    elif "text/plain" in output.get("data", {}):
        output.data["text/plain"] = rounded(output.data["text/plain"])


def rounded(text):
    return NOISE.sub(lambda number: str(float(f"{float(number[0]):.6g}")), text)
