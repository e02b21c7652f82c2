"""Build a deck of slides from every notebook, and an index of them, into build/slides/.

What goes on a slide is told by each cell's metadata, under `slideshow`:

    slide_type  slide, subslide (the same idea, carried on below), fragment (appears at the next key
                press), notes (Markdown that the teacher says), skip
    output      fragment or subslide: the cell's output appears later than its code, or without it
    notes       what the teacher says and asks, which the notebook itself does not show

A deck opens from a file or from a web server, and needs no network.
"""

import base64
import html
import math
import re
import shutil
import sys
from copy import deepcopy
from pathlib import Path

import jinja2
from nbconvert.exporters import SlidesExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from micrograd.dot import image
from tools.course import ROOT, minutes, notebook_paths, number, read, title

HERE = Path(__file__).resolve().parent
DECKS = ROOT / "build" / "slides"
ROLES = ("slide", "subslide", "fragment", "notes", "skip")
MOST_LINES = 22  # of the class on one slide
WIDEST = 1370  # pixels; shrunk to the slide's width, a wider drawing has text under 14 pixels
POINTS = 0.75  # a pixel in points


def role(cell):
    """The cell's role. Raises ValueError if it is none of those that there are."""
    found = cell.metadata.get("slideshow", {}).get("slide_type")
    if found not in ROLES:
        raise ValueError(f"expected one of the slide roles {', '.join(ROLES)}, got {found!r} "
                         f"for the cell {cell.source[:60]!r}")
    return found


def slides_of(notebook):
    """The notebook as its slides need it.

    Classes and large drawings are split, and what is said about a slide is in one place.
    Raises ValueError if a cell was not executed or has no role.
    """
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.execution_count is None:
            raise ValueError(f"not executed, run `make notebooks` (cell {cell.source[:60]!r})")
        cells += parts_of(deepcopy(cell))
    metadata = notebook.metadata | {"title": title(notebook)}
    return new_notebook(cells=list(with_notes_together(cells)), metadata=metadata)


def parts_of(cell):
    """The cell itself, or the cells that show it in parts, or none."""
    later = cell.metadata.get("slideshow", {}).get("output")
    if role(cell) == "skip" and not later:
        return []
    if cell.cell_type == "markdown":
        cell.source = for_decks(cell.source)
        return [cell]
    spread_flipbooks(cell, in_presses=True)
    if "step" in cell.metadata.get("tags", []):
        return [part_of(cell, role(cell) if i == 0 else "subslide", source)
                for i, source in enumerate(parts_of_class(cell.source))]
    groups = parts_of_outputs(cell.outputs)
    later = "subslide" if len(groups) > 1 else later
    if not later:
        return [cell]
    parts = [part_of(cell, role(cell), cell.source),
             *(part_of(cell, later, outputs=outputs) for outputs in groups)]
    return [part for part in parts if role(part) != "skip"]


def part_of(cell, role, source="", outputs=None):
    """A copy of a code cell that shows only this source, or only these outputs."""
    part = new_code_cell(source, outputs=outputs or [], metadata=deepcopy(cell.metadata))
    part.metadata.slideshow.slide_type = role
    if not source:
        part.metadata.transient = {"remove_source": True}  # nbconvert's way to hide it
        if cell.metadata.slideshow.slide_type != "skip":
            part.metadata.slideshow.pop("notes", None)  # they go with the source, where it is shown
    return part


def parts_of_class(source):
    """Split the source of a class between its methods into parts that fit on a slide."""
    parts = []
    for method in re.split(r"\n\n+(?= {0,4}\S)", source):
        if parts and len(f"{parts[-1]}\n\n{method}".splitlines()) <= MOST_LINES:
            parts[-1] += f"\n\n{method}"
        else:
            parts.append(method)
    return parts


def parts_of_outputs(outputs):
    """The outputs in one list; or, if one is a drawing too wide for a slide, a list per part."""
    for output in outputs:
        found = re.search(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)">',
                          output.get("data", {}).get("text/html", ""))
        drawing = base64.b64decode(found[2]).decode() if found else ""
        size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="[^"]*"', drawing)
        if size and float(size[1]) / POINTS > WIDEST:
            parts = parts_of_drawing(drawing, size)
            return [[new_output("display_data", {"text/html": image(
                part, f"{html.unescape(found[1])} Part {i + 1} of {len(parts)}.")})]
                for i, part in enumerate(parts)]
    return [outputs]


def parts_of_drawing(drawing, size, overlap=30):
    """Cut a wide SVG from left to right. Neighbours share a strip, so that no box is lost."""
    width, height = float(size[1]), float(size[2])
    count = math.ceil(width / POINTS / (WIDEST - 100))
    step = width / count + overlap
    lefts = [i * (width - step) / (count - 1) for i in range(count)]
    return [drawing.replace(size[0], f'width="{step}pt" height="{height}pt" '
                                     f'viewBox="{left} 0 {step} {height}"', 1) for left in lefts]


def spread_flipbooks(cell, in_presses=False):
    """Change the flipbooks among the outputs of a code cell into pages for a deck or for paper."""
    for output in cell.outputs:
        page = output.get("data", {}).get("text/html", "")
        if '<div class="flipbook">' in page:
            output.data["text/html"] = spread_out(page, in_presses)


def spread_out(page, in_presses):
    """All the pages of a flipbook side by side; or one upon the other, each with a key press."""
    found = re.findall(r"<summary>(.*?)</summary>(<img [^>]*>)?</details>", page, re.S)
    figures = [f"<figure{' class=fragment' if in_presses and i else ''}>{picture}"
               f"<figcaption>{sentence}</figcaption></figure>"
               for i, (sentence, picture) in enumerate(found)]
    columns = min(math.ceil(math.sqrt(len(found))), 5)
    size = f"--columns: {columns}; --rows: {math.ceil(len(found) / columns)}"
    return f'<div class="flipbook" style="{size}">{"".join(figures)}</div>'


def for_decks(markdown):
    """Links between notebooks lead from deck to deck; what has no deck is left as text."""
    markdown = markdown.replace("](../images/", "](images/")  # nbconvert embeds what is below
    markdown = re.sub(r"\[([^\]]+)\]\((?!https?:|images/)[^)]*/[^)]*\)", r"\1", markdown)
    return re.sub(r"\((\d\d_\w+)\.ipynb\)", r"(\1.html)", markdown)


def with_notes_together(cells):
    """Put all that is said about a slide into one cell behind the slide's first."""
    groups = []
    for cell in cells:
        if role(cell) in ("slide", "subslide") or not groups:
            groups.append([])
        groups[-1].append(cell)
    for first, *rest in groups:
        said = [first.metadata.slideshow.get("notes", "")]
        said += [cell.source if role(cell) == "notes" else cell.metadata.slideshow.get("notes", "")
                 for cell in rest]
        yield first
        if any(said):
            text = "\n\n".join(filter(None, said))
            yield new_markdown_cell(text, metadata={"slideshow": {"slide_type": "notes"}})
        yield from (cell for cell in rest if role(cell) != "notes")


def with_new_lines_marked(highlighted):
    """Let the lines marked `# new` stand out from the others, if there are any."""
    mark = '<span class="c1"># new</span>'
    if mark not in highlighted:
        return highlighted
    before, code, after = re.split(r"(?<=<pre>)|(?=</pre>)", highlighted)
    lines = [f'<span class="{"new" if mark in line else "old"}">{line.replace(mark, "").rstrip()}'
             f"</span>" for line in code.strip("\n").split("\n")]
    return before + "\n".join(lines) + after


def exporter(template="index.html.j2"):
    return SlidesExporter(
        template_name="deck", template_file=template, extra_template_basedirs=[str(HERE)],
        embed_images=True, exclude_anchor_links=True, exclude_input_prompt=True,
        exclude_output_prompt=True, filters={"with_new_lines_marked": with_new_lines_marked})


def build(folder=DECKS, notebooks=ROOT / "notebooks"):
    """Write the decks, the index and what they share. Exits with a message if one cannot be."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "deck" / "assets", folder / "assets")
    export, decks, takes = exporter(), [], minutes(notebooks / "README.md")
    for path in notebook_paths(notebooks):
        try:
            slides = slides_of(read(path))
        except ValueError as problem:
            sys.exit(f"{path.name}: {problem}")
        write_page(export, slides, path, folder / f"{path.stem}.html")
        decks.append((path.stem, slides.metadata.title, takes[number(path)]))
    contents = jinja2.Template((HERE / "deck" / "contents.html.j2").read_text(encoding="utf-8"))
    page = contents.render(decks=decks)
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    print("To present, open", folder / "index.html")


def write_page(export, notebook, source, target):
    """Write a notebook as a page, its pictures in it; `source` says where they are."""
    resources = {"metadata": {"path": str(source.parent.parent)}}
    page, _ = export.from_notebook_node(notebook, resources)
    target.write_text(page, encoding="utf-8", newline="\n")
    print(f"{target.stem}: {len(page) / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    build(*(Path(argument) for argument in sys.argv[1:]))
