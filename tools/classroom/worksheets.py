"""Print worksheets, quizzes and answer sheets, into build/worksheets/.

    05_chain_rule.pdf                 two pages: the predictions, a graph to fill in, the exercises
    05_chain_rule_quiz.pdf            five questions for the end
    teacher/05_chain_rule_answers.pdf the answers to all of it
    teacher/platform/                 quizzes and votes as GIFT and as QTI packages
"""

import re
import sys
from copy import deepcopy
from itertools import pairwise

from pypdf import PdfReader

from tools.classroom.blanks import BLANKS
from tools.classroom.exchange import gift, qti_package
from tools.classroom.quiz import quiz
from tools.course import ROOT, notebook_paths, number, read, title
from tools.decks.build import for_decks
from tools.decks.paper import NAME_LINE, block, press, sheet
from tools.decks.plumbing import without_plumbing
from tools.decks.votes import votes

WORKSHEETS = ROOT / "build" / "worksheets"
SOLUTIONS = ROOT / "notebooks" / "solutions"
PAGES = 2
ONE_LINE = 70  # letters of all options together
# Of the text, in points, and of the room to write in, in millimetres: the first pair with which a
# worksheet fits is taken.
SIZES = [(10.5, 36), (10.5, 24), (9.5, 20), (9, 15), (8.5, 18), (8.5, 12)]
NO_BREAK = "\u00a0"  # a space at which no line ends
LEGEND = ('<span class="tick again"></span> first guess &emsp; <span class="tick"></span> after '
          "talking &emsp; The code and the pictures that a question points to are in the notebook.")


def worksheet(path, points, millimetres):
    """Two pages for a lesson, if the text, and the room to write in, are small enough."""
    notebook = read(path)
    what_to_do, blank, _ = BLANKS[number(path)]()
    return sheet(
        f"{title(notebook)}: worksheet",
        f"{NAME_LINE}# {title(notebook)}\n\n## Predictions\n\n{LEGEND}\n\n"
        f"<style>body {{ font-size: {points}pt }} .room {{ height: {millimetres}mm }}</style>",
        *(asked(i, vote, again=True) for i, vote in enumerate(votes(notebook), 1)),
        f"## To fill in\n\n{what_to_do}",
        block("blank", blank),
        *exercises(notebook))


def asked(i, vote, again=False):
    """A question with a box at each option; again: with another one for after talking."""
    boxes = '<span class="tick again"></span>' * again + '<span class="tick"></span>'
    options, between = vote.options, "  \n"
    if sum(map(len, options)) < ONE_LINE:
        options, between = [text.replace(" ", NO_BREAK) for text in options], " &emsp;&emsp; "
    options = [f"{boxes}**{letter}**{NO_BREAK * 2}{text}"
               for letter, text in zip(vote.letters, options, strict=True)]
    return block("question", f"**{i}.** {vote.question}\n\n{between.join(options)}")


def exercises(notebook):
    """Each exercise as its text, its code without the check, and room to write in."""
    cells = notebook.cells
    for text, code in pairwise(cells):
        if not text.source.startswith("### Exercise") or code.cell_type != "code":
            continue
        code = deepcopy(code)
        without_plumbing(code)
        yield (f"{for_decks(text.source)}\n\n```python\n{code.source}\n```\n\n"
               '<div class="room"></div>')


def quiz_sheet(path):
    notebook = read(path)
    return sheet(f"{title(notebook)}: quiz", f"{NAME_LINE}# {title(notebook)}: quiz",
                 *(asked(i, each) for i, each in enumerate(quiz(number(path)), 1)))


def answer_sheet(path):
    """What is right on the worksheet and in the quiz, and what is to be said to the rest."""
    notebook = read(path)
    what_to_do, _, filled = BLANKS[number(path)]()
    return sheet(
        f"{title(notebook)}: answers",
        f"# {title(notebook)}: answers\n\n## Predictions\n\n"
        "<style>body { font-size: 9pt }</style>",
        *(answered(i, vote) for i, vote in enumerate(votes(notebook), 1)),
        f"## To fill in\n\n{what_to_do}", block("blank", filled),
        "## Exercises: one way each",
        *solved(read(SOLUTIONS / path.name)), "## Quiz",
        *(answered(i, each) for i, each in enumerate(quiz(number(path)), 1)))


def answered(i, vote):
    """A question with the right letter, and what is said to each option."""
    lines = []
    for letter, text, why in zip(vote.letters, vote.options, vote.why, strict=True):
        bold = "**" * (letter == vote.right)
        lines.append(f"- {bold}{letter}: {text}{bold} · {why}")
    return block("question", f"**{i}. {vote.right}** · {vote.question}\n\n" + "\n".join(lines))


def solved(notebook):
    """The code of each exercise in a notebook of solutions, from its heading down to the check."""
    name, code = None, []
    for cell in notebook.cells:
        heading = re.match(r"##+ (Exercise \d+\.\d)", cell.source)
        if heading:
            name, code = heading[1], []
        elif name and cell.cell_type == "code":
            code.append(cell.source)
            if "check(" in cell.source:
                yield f"### {name}\n\n```python\n" + "\n\n".join(code) + "\n```"
                name = None


def print_all(printed, folder=WORKSHEETS):
    for path in notebook_paths():
        print_worksheet(printed, path, folder / path.with_suffix(".pdf").name)
        printed(quiz_sheet(path), folder / f"{path.stem}_quiz.pdf")
        printed(answer_sheet(path), folder / "teacher" / f"{path.stem}_answers.pdf")
        write_for_platforms(path, folder / "teacher" / "platform")


def write_for_platforms(path, folder):
    """The quiz and the votes of a lesson, each in both formats."""
    notebook = read(path)
    folder.mkdir(parents=True, exist_ok=True)
    for kind, questions in (("quiz", quiz(number(path))), ("votes", votes(notebook))):
        text = gift(questions, f"micrograd/{title(notebook)}: {kind}")
        (folder / f"{path.stem}_{kind}.gift").write_text(text, encoding="utf-8", newline="\n")
        qti_package(folder / f"{path.stem}_{kind}_qti.zip", f"{title(notebook)}: {kind}", questions)


def print_worksheet(printed, path, target):
    """Print a worksheet as large as it fits on its pages. Exits with a message if it does not."""
    for size in SIZES:
        printed(worksheet(path, *size), target)
        if len(PdfReader(target).pages) <= PAGES:
            return
    sys.exit(f"{path.name}: the worksheet does not fit on {PAGES} pages")


if __name__ == "__main__":
    with press() as printed:
        print_all(printed)
    print("The worksheets are in", WORKSHEETS)
