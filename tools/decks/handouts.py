"""Print notebooks, slides, solutions and the teacher's guide as PDF, into build/handouts/.

    05_chain_rule.pdf         to give out before class: a box beneath each prediction, no answers
    05_chain_rule_after.pdf   what the notebook folds: what came out, prediction by prediction
    05_chain_rule_slides.pdf  the deck, a slide on each page
    teacher/                  the solutions and the guide

What is wrong with a handout, such as an answer in it or a cell torn apart, is told at the end.
"""

import ast
import re
import sys
from copy import deepcopy
from itertools import chain

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from micrograd.course.guesses import Options
from micrograd.course.predict import NO_GUESS, PREDICTIONS
from tools.course import GUIDE, ROOT, notebook_paths, read, read_text, title
from tools.decks.browser import browser, open_page
from tools.decks.build import DECKS, for_decks, parts_of_outputs, spread_flipbooks
from tools.decks.check_paper import faults_of_pages
from tools.decks.paper import NAME_LINE, pages, press, sheet

HANDOUTS = ROOT / "build" / "handouts"
SOLUTIONS = ROOT / "notebooks" / "solutions"
PLUMBING = {"guess", "reveal", "micrograd.course"}  # works only where a cell can be run


def before_class(notebook):
    """The notebook to be given out beforehand: what is asked, and not what came out."""
    cells, count = [], 0
    for cell in on_paper(notebook):
        folded = cell.metadata.get("jupyter", {})
        if is_prediction(cell):
            count += 1
            box = guess_box(question_of(cell), f"Prediction {count}")
            code = without_plumbing(cell.source)
            cells += [as_code(cell, code)] * bool(code) + [new_markdown_cell(box)]
        elif "exercise" in cell.metadata.get("tags", []):
            cells += [as_code(cell, cell.source), new_markdown_cell(room(25))]
        elif not folded.get("source_hidden"):
            cells.append(as_code(cell, cell.source) if folded.get("outputs_hidden") else cell)
    cells[0].source = NAME_LINE + cells[0].source
    return pages(title(notebook), cells)


def after_class(notebook):
    """What `before_class` leaves out: of each prediction what was asked, and what came out."""
    cells, asked, count = [new_markdown_cell(f"# {title(notebook)}: what came out")], "", 0
    for cell in on_paper(notebook):
        if is_prediction(cell):
            count += 1
            cells += [new_markdown_cell(f"## Prediction {count}\n\n{asked}"), answered(cell)]
        elif cell.metadata.get("jupyter") or (count and cells[-1].source.endswith(":")):
            cells.append(cell)
        if cell.cell_type == "markdown" and "**Predict.**" in cell.source:
            asked = cell.source[cell.source.index("**Predict.**"):]
    return pages(title(notebook), cells)


def answered(cell):
    """A prediction without what asks, and with what came out."""
    cell.source = without_plumbing(cell.source)
    for output in cell.outputs:
        if "text" in output:
            output.text = output.text.removeprefix(f"{NO_GUESS}\n")
    return cell


def on_paper(notebook):
    """The cells for a long page: wide drawings in parts, links as text, and no tests."""
    for cell in map(deepcopy, notebook.cells):
        if "links" in cell.metadata.get("tags", []) or cell.source.startswith("assert "):
            continue
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\[([^\]]+)\]\(\d\d_\w+\.html\)", r"\1", for_decks(cell.source))
        else:
            spread_flipbooks(cell)
            cell.outputs = list(chain(*parts_of_outputs(cell.outputs)))
        yield cell


def is_prediction(cell):
    return "predict" in cell.metadata.get("tags", [])


def question_of(cell):
    """What a cell asks for, as in `PREDICTIONS`."""
    return PREDICTIONS[re.search(r'reveal\(\s*"([^"]+)"', cell.source)[1]]


def without_plumbing(source):
    """The code of a prediction without what asks and answers."""
    lines = source.splitlines()
    for statement in reversed(ast.parse(source).body):
        names = {getattr(each, "id", getattr(each, "module", None)) for each in ast.walk(statement)}
        if names & PLUMBING:
            del lines[statement.lineno - 1:statement.end_lineno]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def as_code(cell, source):
    """The cell with this source, and nothing of what came out."""
    return NotebookNode(cell | {"source": source, "outputs": []})


def guess_box(question, name):
    """Room for a guess and, after talking to one's neighbours, for another one."""
    letters = question.options if isinstance(question, Options) else ""
    choice = "".join(f'<span class="tick">{letter}</span>' for letter in letters)
    return (f'<div class="guess"><b>{name}</b><span>My guess {choice}</span>'
            f"<span>After talking {choice}</span></div>")


def room(millimetres):
    return f'<div class="room" style="height: {millimetres}mm"></div>'


def solutions(notebook):
    return pages(title(notebook), list(on_paper(notebook)))


def guide():
    """The teacher's guide; each notebook's part begins on a page of its own."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", read_text(GUIDE))
    return sheet(re.match(r"# (.+)", text)[1], *re.split(r"^(?=### \d\d\. )", text, flags=re.M))


def print_deck(chromium, path, folder=HANDOUTS):
    """Print a deck, a slide on each page."""
    page = open_page(chromium, DECKS / f"{path.stem}.html", "print-pdf")
    page.pdf(path=folder / f"{path.stem}_slides.pdf", prefer_css_page_size=True,
             print_background=True, tagged=True, outline=True)
    page.close()


def print_all(printed, folder=HANDOUTS):
    """Print all but the decks. Yields the faults that are seen on the pages."""
    for path in notebook_paths():
        notebook = read(path)
        for make, ending in ((before_class, ""), (after_class, "_after")):
            yield from printed_without_faults(printed, make(notebook),
                                              folder / f"{path.stem}{ending}.pdf")
        yield from printed_without_faults(printed, solutions(read(SOLUTIONS / path.name)),
                                          folder / "teacher" / f"{path.stem}_solutions.pdf")
    yield from printed_without_faults(printed, guide(), folder / "teacher" / "guide.pdf")


def printed_without_faults(printed, notebook, target):
    printed(notebook, target)
    return [f"{target.name}: {fault}" for fault in faults_of_pages(target, notebook)]


if __name__ == "__main__":
    HANDOUTS.mkdir(parents=True, exist_ok=True)
    with press() as printed:
        faults = list(print_all(printed))
    with browser() as chromium:
        for path in notebook_paths():
            print_deck(chromium, path)
    print("The handouts are in", HANDOUTS)
    sys.exit("\n".join(faults) or None)
