"""Print notebooks, slides, solutions and the teacher's guide as PDF, into build/handouts/.

    05_chain_rule.pdf         to give out before class: a box beneath each prediction, no answers
    05_chain_rule_after.pdf   what the notebook folds: what came out, prediction by prediction
    05_chain_rule_slides.pdf  the deck, a slide on each page
    teacher/                  the solutions and the guide

What is wrong with a handout, such as an answer in it or a cell torn apart, is told at the end.
"""

import re
import sys
from copy import deepcopy
from itertools import chain

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from micrograd.course.guesses import Options
from micrograd.course.predict import find
from tools.course import GUIDE, ROOT, notebook_paths, read, read_text, title
from tools.decks.browser import browser, open_page
from tools.decks.build import DECKS, for_decks, parts_of_outputs, spread_flipbooks, start_of_lead
from tools.decks.check_paper import faults_of_pages
from tools.decks.paper import NAME_LINE, block, pages, pdf_of, press, sheet
from tools.decks.plumbing import without_plumbing
from tools.decks.votes import PREDICT, REVEAL, is_prediction

HANDOUTS = ROOT / "build" / "handouts"
ROOM = '<div class="room" style="height: 25mm"></div>'  # to write in
SOLUTIONS = ROOT / "notebooks" / "solutions"


def before_class(notebook):
    """The notebook to be given out beforehand: what is asked, and not what came out."""
    cells, questions = [], enumerate(questions_of(notebook), 1)
    for cell in on_paper(notebook):
        tags, folded = cell.metadata.get("tags", []), cell.metadata.get("jupyter", {})
        if "predict" in tags:
            box = new_markdown_cell(guess_box(*next(questions)))
            cells += [*unanswered(cell), box]
        elif "exercise" in tags:
            cells += [*unanswered(cell), new_markdown_cell(ROOM)]
        elif not folded.get("source_hidden"):
            cells += unanswered(cell) if folded.get("outputs_hidden") else [cell]
        elif cell.get("outputs") and not folded.get("outputs_hidden"):
            cells.append(without_source(cell))
        else:
            cells[-1].source = without_announcement(cells[-1].source)
    cells[0].source = NAME_LINE + cells[0].source
    return pages(title(notebook), cells)


def after_class(notebook):
    """What `before_class` leaves out: of each prediction what was asked, and what came out."""
    cells, asked = [new_markdown_cell(f"# {title(notebook)}: what came out")], ""
    questions = enumerate(questions_of(notebook), 1)
    for cell in on_paper(notebook):
        if "predict" in cell.metadata.get("tags", []):
            number, question = next(questions)
            cells.append(new_markdown_cell(f"## Prediction {number}\n\n{asked}"))
            cells += [cell] if cell.source else []
            cells.append(new_markdown_cell(answer_to(question)))
        elif cell.metadata.get("jupyter") or (asked and cells[-1].source.endswith(":")):
            cells.append(cell)
        if PREDICT in cell.source:
            asked = cell.source[cell.source.index(PREDICT):]
    return pages(title(notebook), cells)


def answer_to(question):
    """The right answer, and why it is."""
    right, why = next(iter(question.replies.items()))
    return f"**It is {question.show(right)}.** {why}".replace("**2", r"\*\*2")


def on_paper(notebook):
    """The cells for a long page: wide drawings in parts, links as text, no tests, no plumbing."""
    before = ""
    for cell in map(deepcopy, notebook.cells):
        tests = cell.source.startswith("assert ") and not before.endswith(":")
        before = cell.source
        if "links" in cell.metadata.get("tags", []) or tests:
            continue
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\[([^\]]+)\]\(\d\d_\w+\.html\)", r"\1", for_decks(cell.source))
        else:
            if is_prediction(cell):
                without_plumbing(cell, "\n".join(each.source for each in notebook.cells
                                                 if each.id != cell.id))
            spread_flipbooks(cell)
            cell.outputs = list(chain(*parts_of_outputs(cell.outputs)))
        yield cell


def unanswered(cell):
    """The cell without what came out, in a list; or nothing, if nothing is left."""
    return [NotebookNode(cell | {"outputs": []})] if cell.source else []


def without_source(cell):
    """What came out of a cell, alone."""
    return new_code_cell("", outputs=cell.outputs, execution_count=cell.execution_count,
                         metadata={"transient": {"remove_source": True}})


def without_announcement(text):
    """A text without a last sentence that ends in a colon, of which nothing comes."""
    return text[:start_of_lead(text)].rstrip()


def questions_of(notebook):
    """What the predictions ask, as in `PREDICTIONS`, in order."""
    return [find(REVEAL.search(cell.source)[1]) for cell in notebook.cells if is_prediction(cell)]


def guess_box(number, question):
    """Room for a guess and, after talking to one's neighbours, for another one."""
    letters = question.options if isinstance(question, Options) else ""
    choice = "".join(f'<span class="tick">{letter}</span>' for letter in letters)
    return (f'<div class="guess"><b>Prediction {number}</b><span>My guess {choice}</span>'
            f"<span>After talking {choice}</span></div>")


def solutions(notebook):
    cells = list(on_paper(notebook))
    cells[0].source = cells[0].source.partition("\n")[0]  # without the link back
    return pages(title(notebook), cells)


def guide():
    """The teacher's guide; each notebook's part begins on a page of its own."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", read_text(GUIDE))
    first, *parts = re.split(r"^(?=### \d\d\. )", text, flags=re.M)
    first = re.sub(r"\n## [^\n]+\s*\Z", "", first)  # the heading of the parts, alone at an end
    return sheet(re.match(r"# (.+)", text)[1], first, *(block("new-page", part) for part in parts))


def print_deck(chromium, path, folder=HANDOUTS):
    """Print a deck, a slide on each page."""
    page = open_page(chromium, DECKS / f"{path.stem}.html", "print-pdf")
    (folder / f"{path.stem}_slides.pdf").write_bytes(pdf_of(page))
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
