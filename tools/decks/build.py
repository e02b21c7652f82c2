"""Build a deck of slides from every notebook, and an index of them, into build/slides/.

What goes on a slide is told by each cell's metadata, under `slideshow`:

    slide_type  slide, subslide (the same idea, carried on below), fragment (appears at the next key
                press), notes (Markdown that the teacher says), skip
    output      fragment or subslide: the cell's output appears later than its code, or without it
    film        a function of films.py, whose film follows the cell
    see         with a text: `picture`, `code` or `film`, the last one (of a film, its last page) is
                shown again with it; or a part of a code, or of a picture's name, for the last that
                holds it
    notes       what the teacher says and asks, which the notebook itself does not show

A deck opens from a file or from a web server, and needs no network.
"""

import math
import re
import shutil
import sys
from copy import deepcopy
from itertools import chain, pairwise
from pathlib import Path

import jinja2
from nbconvert.exporters import SlidesExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.course import ROOT, guide_sections, minutes, notebook_paths, number, read, title
from tools.decks.pace import pace
from tools.decks.pictures import around_film, parts_of_outputs, spread_flipbooks
from tools.decks.room import CARRIED_ON, for_a_room, shown, text

HERE = Path(__file__).resolve().parent
DECKS = ROOT / "build" / "slides"
ROLES = ("slide", "subslide", "fragment", "notes", "skip")
MOST_LINES = 22  # of the class on one slide
ROOM = 620  # pixels below a slide's heading
SENTENCE = re.compile(r"[.?!](?:\*\*)?\s+(?=[A-Z`$*])")  # what is between two


def role(cell):
    """The cell's role. Raises ValueError if it is none of those that there are."""
    found = cell.metadata.get("slideshow", {}).get("slide_type")
    if found not in ROLES:
        raise ValueError(f"expected one of the slide roles {', '.join(ROLES)}, got {found!r} "
                         f"for the cell {cell.source[:60]!r}")
    return found


def kind(cell):
    """The role of a cell of a deck, which may be to carry on what is above."""
    return cell.metadata.slideshow.slide_type


def slides_of(notebook, guide=""):
    """The notebook as its slides need it.

    Classes and large drawings are split, each slide has a heading, and what is said about it is in
    one place. guide: what the teacher's guide says of the notebook, if the slides are to be timed.
    Raises ValueError if a cell was not executed or has no role.
    """
    for cell in notebook.cells:
        role(cell)
        if cell.cell_type == "code" and cell.execution_count is None:
            raise ValueError(f"not executed, run `make notebooks` (cell {cell.source[:60]!r})")
    parts = chain.from_iterable(map(parts_of, for_a_room(notebook.cells)))
    slides = list(with_headings(led_to(joined(grouped(parts)))))
    for slide, seconds in zip(slides, pace(slides, guide), strict=False):
        slide[0].metadata.slideshow.data = {"timing": seconds}
    metadata = notebook.metadata | {"title": title(notebook)}
    return new_notebook(cells=[*chain(*map(with_notes_together, slides))], metadata=metadata)


def parts_of(cell):
    """The cell itself, or the cells that show it in parts, or none."""
    later = cell.metadata.get("slideshow", {}).get("output")
    if kind(cell) == "skip" and not later:
        return []
    if cell.cell_type == "markdown":
        cell.source = for_decks(cell.source)
        return parts_of_text(cell)
    spread_flipbooks(cell, in_presses=True)
    if "step" in cell.metadata.get("tags", []):
        return [part_of(cell, kind(cell) if i == 0 else "subslide", source)
                for i, source in enumerate(parts_of_class(cell.source))]
    groups = parts_of_outputs(cell.outputs)
    later = "subslide" if len(groups) > 1 else later
    if not cell.source or kind(cell) == "skip":
        first = kind(cell) if kind(cell) in ("slide", "subslide") else later or kind(cell)
        return [part_of(cell, first if i == 0 else later, outputs=outputs, noted=i == 0)
                for i, outputs in enumerate(groups)]
    if not later:
        return [cell]
    parts = [part_of(cell, kind(cell), cell.source),
             *(part_of(cell, later, outputs=outputs, noted=False) for outputs in groups)]
    return [part for part in parts if kind(part) != "skip"]


def parts_of_text(cell):
    """A text cut around a picture that is built up, or the whole of it."""
    before, film, after = around_film(cell.source)
    if not film:
        return [cell]
    cell.source = before
    rest = [text(after, {"slide_type": "fragment"})] if after else []
    return [cell, shown(film, CARRIED_ON), *rest]


def part_of(cell, role, source="", outputs=None, noted=True):
    """A copy of a code cell that shows only this source, or only these outputs."""
    part = new_code_cell(source, outputs=outputs or [], metadata=deepcopy(cell.metadata))
    part.metadata.slideshow.slide_type = role
    if not source:
        part.metadata.transient = {"remove_source": True}  # nbconvert's way to hide it
    if not noted:
        part.metadata.slideshow.pop("notes", None)
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


def for_decks(markdown):
    """Links between notebooks lead from deck to deck; what has no deck is left as text."""
    markdown = markdown.replace("](../images/", "](images/")  # nbconvert embeds what is below
    markdown = re.sub(r"\[([^\]]+)\]\((?!https?:|images/)[^)]*/[^)]*\)", r"\1", markdown)
    return re.sub(r"\((\d\d_\w+)\.ipynb\)", r"(\1.html)", markdown)


def grouped(cells):
    """The cells of each slide."""
    slides = []
    for cell in cells:
        if kind(cell) in ("slide", "subslide") or not slides:
            slides.append([])
        slides[-1].append(cell)
    return slides


def joined(slides):
    """Let what stands alone on a slide, a short text or a picture, join the slide before it."""
    together = []
    for slide in slides:
        before = together[-1] if together else []
        if before and may_join(before, slide):
            at_once = lone_text(before) and is_vote(slide)
            slide[0].metadata.slideshow.slide_type = CARRIED_ON if at_once else "fragment"
            before += slide
        else:
            together.append(slide)
    return together


def may_join(before, slide):
    """Whether two slides make one: one is a lone text, the other goes on, and there is room.

    A text that ends in a colon stays with what it announces.
    """
    follows = lone_text(slide) and not lone_text(slide).endswith(":")
    lone = lone_text(before) or follows or is_lone_picture(slide)
    goes_on = not headings(slide[0]) and not is_vote(before)
    return lone and goes_on and sum(map(height, [*before, *slide])) <= ROOM


def led_to(slides):
    """Let a sentence that ends in a colon stand on the slide of what it leads to."""
    for before, slide in pairwise(slides):
        *_, last = (i for i, cell in enumerate(before) if kind(cell) != "notes")
        cut = start_of_lead(before[last].source) if before[last].cell_type == "markdown" else None
        stays_alone = last == 0 and (cut == 0 or not headings(before[0]))
        if cut is None or stays_alone or headings(slide[0]) or is_vote(slide):
            continue
        lead = new_markdown_cell(before[last].source[cut:],
                                 metadata={"slideshow": {"slide_type": kind(slide[0])}})
        if sum(map(height, [lead, *slide])) <= ROOM:
            before[last].source = before[last].source[:cut].rstrip()
            slide[0].metadata.slideshow.slide_type = "fragment"
            slide.insert(0, lead)
    return slides


def start_of_lead(text):
    """Where a text's last sentence starts, if a colon ends it; or None."""
    if not text.endswith(":"):
        return None
    *_, start = (0, *(found.end() for found in SENTENCE.finditer(text)))
    return start


def is_vote(slide):
    return any("data-vote" in cell.metadata.get("box", {}) for cell in slide)


def lone_text(slide):
    """The text of a slide that shows nothing else, or an empty one."""
    shown = [cell for cell in slide if kind(cell) != "notes"]
    alone = [cell.cell_type for cell in shown] == ["markdown"] and "![" not in shown[0].source
    return shown[0].source if alone else ""


def is_lone_picture(slide):
    return len(slide) == 1 and slide[0].cell_type == "code" and not slide[0].source


def height(cell):
    """About how many pixels of a slide a cell takes up; a picture takes what is left to it."""
    if kind(cell) == "notes":
        return 0
    if cell.cell_type == "markdown":
        lines = sum(math.ceil(len(line) / 80) for line in cell.source.splitlines())
        return (40 * lines + 14 * cell.source.count("\n\n") + 90 * (cell.source.count("$$") // 2)
                + 400 * cell.source.count("![") + 20)
    printed = [str(output.get("text") or output.get("data", {}).get("text/plain", ""))
               for output in cell.outputs]
    pictures = sum("<img" in output.get("data", {}).get("text/html", "") for output in cell.outputs)
    picture = 150 if kind(cell) == CARRIED_ON else 400  # beside the options of a vote, or below
    return picture * pictures + sum(30 * len(each.splitlines()) + 26 for each in (
        [cell.source] if cell.source else []) + ([] if pictures else printed))


def with_headings(slides):
    """Let a slide without a heading continue the one before."""
    heading = ""
    for slide in slides:
        own = [found for cell in slide for found in headings(cell)]
        if not own and kind(slide[0]) in ("slide", "subslide"):
            slide = [continued(heading, slide[0]), *slide]
        heading = own[-1] if own else heading
        yield slide


def headings(cell):
    return re.findall(r"^#+ (.+)", cell.source, re.M) if cell.cell_type == "markdown" else []


def continued(heading, cell):
    """A cell with a heading, in which what was the first cell of a slide goes on."""
    first = new_markdown_cell(f"## {heading}", metadata={
        "box": {"class": "continued"}, "slideshow": {"slide_type": kind(cell)}})
    cell.metadata.slideshow.slide_type = CARRIED_ON
    return first


def with_notes_together(slide):
    """Put all that is said about a slide into one cell behind the slide's first."""
    first, *rest = slide
    said = [cell.source if kind(cell) == "notes" else
            cell.metadata.slideshow.get("notes", "") for cell in slide]
    yield first
    if any(said):
        text = "\n\n".join(filter(None, said))
        yield new_markdown_cell(text, metadata={"slideshow": {"slide_type": "notes"}})
    yield from (cell for cell in rest if kind(cell) != "notes")


def with_new_lines_marked(highlighted):
    """Let the lines marked `# new` stand out from the others, if there are any."""
    mark = '<span class="c1"># new</span>'
    if mark not in highlighted:
        return highlighted
    before, code, after = re.split(r"(?<=<pre>)|(?=</pre>)", highlighted)
    lines = code.strip("\n").split("\n")
    new = [mark in line for line in lines]
    for i in range(1, len(lines) - 1):  # an empty line between new ones is no gap
        new[i] |= new[i - 1] and new[i + 1] and not re.sub(r"<[^>]*>", "", lines[i]).strip()
    if all(new):
        return highlighted.replace(mark, "")
    marked = "\n".join(f'<span class="{"new" if here else "old"}">'
                       f'{line.replace(mark, "").rstrip()}</span>'
                       for line, here in zip(lines, new, strict=True))
    return before + marked + after


def exporter(template="index.html.j2"):
    return SlidesExporter(
        template_name="deck", template_file=template, extra_template_basedirs=[str(HERE)],
        embed_images=True, exclude_anchor_links=True, exclude_input_prompt=True,
        exclude_output_prompt=True, filters={"with_new_lines_marked": with_new_lines_marked})


def build(folder=DECKS, notebooks=ROOT / "notebooks"):
    """Write the decks, the index and what they share. Exits with a message if one cannot be."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "deck" / "assets", folder / "assets")
    export, takes = exporter(), minutes(notebooks / "README.md")
    guide, paths = guide_sections(notebooks / "README.md"), notebook_paths(notebooks)
    names = [(path.stem, title(read(path))) for path in paths]
    for path, before, after in zip(paths, [None, *names], [*names[1:], None], strict=False):
        try:
            slides = slides_of(read(path), guide[number(path)])
        except ValueError as problem:
            sys.exit(f"{path.name}: {problem}")
        write_page(export, slides, path, folder / f"{path.stem}.html", before=before, after=after)
    decks = [(*name, takes[number(path)]) for name, path in zip(names, paths, strict=True)]
    contents = jinja2.Template((HERE / "deck" / "contents.html.j2").read_text(encoding="utf-8"))
    page = contents.render(decks=decks)
    (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
    print("To present, open", folder / "index.html")


def write_page(export, notebook, source, target, **more):
    """Write a notebook as a page, its pictures in it; `source` says where they are.

    more: what the template needs besides.
    """
    resources = {"metadata": {"path": str(source.parent.parent)}, **more}
    page, _ = export.from_notebook_node(notebook, resources)
    target.write_text(page, encoding="utf-8", newline="\n")
    print(f"{target.stem}: {len(page) / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    build(*(Path(argument) for argument in sys.argv[1:]))
