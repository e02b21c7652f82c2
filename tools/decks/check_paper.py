"""What is wrong with a printed notebook, read from its PDF."""

import base64
import html
import re
import unicodedata
from urllib.parse import unquote

from pypdf import PdfReader

TALL = 40  # lines; a cell with more may be broken in two
TAG = r"<[^>]+>"
DRAWING = r'src="data:image/svg\+xml(;base64)?,([^"]+)"'


def faults_of_pages(pdf, notebook):
    """What a reader of the pages would stumble on, as a list of sentences.

    pdf: the file. notebook: what was printed, as `paper.pages` makes it.
    """
    texts = [page.extract_text() for page in PdfReader(pdf).pages]
    title = notebook.metadata.title
    footers = [squeezed(f"{title} {i} / {len(texts)}") for i in range(1, len(texts) + 1)]
    bodies = [squeezed(text).removesuffix(footer)
              for text, footer in zip(texts, footers, strict=True)]
    return [*(f"page {i} has no footer with title and page"
              for i, (text, footer) in enumerate(zip(texts, footers, strict=True), 1)
              if footer not in squeezed(text)),
            *torn_sentences(bodies, notebook), *torn_cells(bodies, notebook)]


def torn_sentences(bodies, notebook):
    """Pages that end in a colon. Formulas and pictures have no text, so they do not count."""
    source = "\n\n".join(cell.source for cell in notebook.cells)
    before_pictures = {ending(text) for text in re.findall(r"(.*):\s*(?:\$\$|!\[)", source)}
    for i, body in enumerate(bodies[:-1], 1):
        if body.endswith(":") and ending(body) not in before_pictures:
            yield f"page {i} ends in a colon, and what it announces is overleaf"


def ending(text):
    return re.sub(r"\$[^$]*\$|[^a-z]", "", text.lower())[-8:]


def torn_cells(bodies, notebook):
    """Cells whose output does not begin on the page of their code, nor a short one end there."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or len(cell.source.splitlines()) > TALL:
            continue
        printed = printed_text(cell.outputs[0]) if cell.outputs else ""
        source = cell.source.replace("# new", "")
        shown = source + (printed if len(printed.splitlines()) <= TALL else printed[:200])
        if not any(squeezed(shown) in body for body in bodies):
            yield f"a cell is torn apart, or not there: {cell.source[:60]!r}"


def printed_text(output):
    """The text of an output as it stands on paper; of a drawing the first word, of a plot none."""
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    page = output.get("data", {}).get("text/html", "")
    if not page:
        return output.get("text", "") or output.get("data", {}).get("text/plain", "")
    above = html.unescape(re.sub(TAG, "", page.partition("<img")[0]))
    drawing = re.search(DRAWING, page)
    if above.strip() or not drawing:
        return above
    code, text = drawing.groups()
    words = re.search(r"<text[^>]*>([^<]+)",
                      base64.b64decode(text).decode() if code else unquote(text))
    return words[1] if words else ""


def squeezed(text):
    """Without white space, and with the letters of ligatures apart."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
