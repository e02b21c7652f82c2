"""Print notebooks on A4: with a name line, title and page in the footer, and nothing torn apart."""

import html
import io
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook
from pypdf import PdfReader

from tools.course import GUIDE
from tools.decks.browser import browser, open_page
from tools.decks.build import HERE, exporter, write_page

NAME_LINE = '<div class="name-line"><span>Name</span><span>Date</span></div>\n\n'
FOOTER = """<div style="width: 100%; margin: 0 18mm; display: flex; justify-content: space-between;
font: 8pt sans-serif"><span>{}</span><span><span class="pageNumber"></span> /
<span class="totalPages"></span></span></div>"""
FEW, SMALLER = 12, (0.97, 0.94, 0.91)  # lines that are worth no page; scales
TEXT_AREA = (658, 986)  # of an A4 page, in pixels, so that a script sees heights as on paper
# What Chromium writes into a file by chance: the time, twice, and numbers for the heads of tables.
TIMES = re.compile(rb"(?<=Date \(D:)\d{14}")
NUMBERS = re.compile(rb"(?<=\(node)\d{8}(?=\))")


@contextmanager
def press():
    """A function that prints: printed(notebook, target). Needs Chromium.

    notebook: one whose metadata has a title, for the footer, with pictures as the course's
    notebooks have them. target: the PDF; its folder is made where it is missing.
    """
    with browser() as chromium, tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE / "deck" / "assets", Path(folder, "assets"))
        export = exporter("handout.html.j2")

        def printed(notebook, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            page_file = Path(folder, f"{target.stem}.html")
            write_page(export, notebook, GUIDE, page_file)
            page = open_page(chromium, page_file, size=TEXT_AREA)
            footer = FOOTER.format(html.escape(notebook.metadata.title))
            target.write_bytes(without_a_few_lines_left(
                lambda scale: pdf_of(page, format="A4", display_header_footer=True, scale=scale,
                                     header_template="<span></span>", footer_template=footer)))
            page.close()
        yield printed


def without_a_few_lines_left(pdf_at):
    """The pages as they are; or, if the last one has a few lines only, smaller, so that these fit.

    pdf_at: from a scale to a PDF, in bytes.
    """
    pdf = pdf_at(1)
    count, left = length(pdf)
    if count == 1 or left > FEW:
        return pdf
    return next((each for each in map(pdf_at, SMALLER) if length(each)[0] < count), pdf)


def length(pdf):
    """How many pages there are, and how many lines on the last, the footer among them."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return len(pages), len(pages[-1].extract_text().split("\n"))


def pdf_of(page, **options):
    """A page as PDF, in bytes: the same for the same page.

    Chromium numbers an element when it is first painted or asked for, so all are asked for, in
    order, of a page that has not been painted.
    """
    page.context.new_cdp_session(page).send("DOM.getDocument", {"depth": -1})
    return without_chance(page.pdf(prefer_css_page_size=True, print_background=True, tagged=True,
                                   outline=True, **options))


def without_chance(pdf):
    """The file without its time, and with its numbers counted from 0; as long as it was."""
    ranks = {each: b"%08d" % i for i, each in enumerate(sorted(set(NUMBERS.findall(pdf))))}
    return NUMBERS.sub(lambda found: ranks[found[0]], TIMES.sub(b"20000101000000", pdf))


def sheet(title, *texts):
    """Pages made of Markdown, a cell for each text, or for each of the cells among them."""
    return pages(title, [text if isinstance(text, dict) else new_markdown_cell(text)
                         for text in texts])


def block(kind, text):
    """A cell of Markdown as a block of its own, of a class that `handout.css` knows."""
    return new_markdown_cell(text, metadata={"block": kind})


def pages(title, cells):
    """Cells to be printed under a title, whatever place they have on slides."""
    cells = list(cells)
    for cell in cells:
        cell.metadata.slideshow = {}
    return new_notebook(cells=cells, metadata={"title": title})
