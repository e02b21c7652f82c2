"""Print every notebook and every deck of slides as a PDF, into build/handouts/."""

import re
from copy import deepcopy
from itertools import chain

from nbformat.v4 import new_notebook

from tools.course import ROOT, notebook_paths, read, title
from tools.decks.browser import browser, open_page
from tools.decks.build import (
    DECKS,
    exporter,
    for_decks,
    parts_of_outputs,
    spread_flipbooks,
    write_page,
)

HANDOUTS = ROOT / "build" / "handouts"
PAGE_NUMBERS = ('<div style="width: 100%; text-align: center; font: 8pt sans-serif">'
                '<span class="pageNumber"></span> / <span class="totalPages"></span></div>')


def page_of(notebook):
    """All of a notebook for one long page: wide drawings in parts, links as text."""
    cells = [deepcopy(cell) for cell in notebook.cells
             if "links" not in cell.metadata.get("tags", [])]
    for cell in cells:
        cell.metadata.slideshow = {}  # what is said in class is not printed
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\[([^\]]+)\]\(\d\d_\w+\.html\)", r"\1", for_decks(cell.source))
        else:
            spread_flipbooks(cell)
            cell.outputs = list(chain(*parts_of_outputs(cell.outputs)))
    return new_notebook(cells=cells, metadata=notebook.metadata | {"title": title(notebook)})


def print_notebook(chromium, export, path, folder=HANDOUTS):
    """Print a notebook on A4, with numbered pages, and an outline made from its headings."""
    page_file = DECKS / f"{path.stem}_handout.html"  # beside the assets that it needs
    write_page(export, page_of(read(path)), path, page_file)
    page = open_page(chromium, page_file)
    page.pdf(path=folder / f"{path.stem}.pdf", format="A4", prefer_css_page_size=True,
             print_background=True, tagged=True, outline=True, display_header_footer=True,
             header_template="<span></span>", footer_template=PAGE_NUMBERS)
    page.close()
    page_file.unlink()


def print_deck(chromium, path, folder=HANDOUTS):
    """Print a deck, a slide on each page."""
    page = open_page(chromium, DECKS / f"{path.stem}.html", "print-pdf")
    page.pdf(path=folder / f"{path.stem}_slides.pdf", prefer_css_page_size=True,
             print_background=True, tagged=True, outline=True)
    page.close()


if __name__ == "__main__":
    HANDOUTS.mkdir(parents=True, exist_ok=True)
    with browser() as chromium:
        export = exporter("handout.html.j2")
        for path in notebook_paths():
            print_notebook(chromium, export, path)
            print_deck(chromium, path)
    print("The handouts are in", HANDOUTS)
