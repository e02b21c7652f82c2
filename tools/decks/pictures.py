"""Pictures as a slide needs them: films with a page for each key press, wide drawings in parts."""

import base64
import html
import itertools
import math
import re

from nbformat.v4 import new_output

from micrograd.course.flipbook import image as short_image
from micrograd.dot import image
from tools.course import ROOT, read_text

WIDEST = 1370  # pixels; shrunk to the slide's width, a wider drawing has letters under 14 pixels
POINTS = 0.75  # a pixel in points
PICTURE = re.compile(r"!\[([^\]]*)\]\((images/\w+\.svg)\)")
PRESS = re.compile(r'id="(press-(\d+)-\d+)"')  # what `draw_images.at_press` writes


def around_film(markdown):
    """The text before a picture that is built up, the film of it, and the text after it.

    Without such a picture: the text, and nothing twice.
    """
    for found in PICTURE.finditer(markdown):
        drawing = read_text(ROOT / found[2])
        if PRESS.search(drawing):
            film = built_up(drawing, found[1])
            return markdown[:found.start()].rstrip(), film, markdown[found.end():].lstrip()
    return markdown, "", ""


def built_up(drawing, alt):
    """A drawing as a film: each page shows what the one before did, and more."""
    parts = PRESS.findall(drawing)
    pages = []
    for press in sorted({int(number) for _, number in parts}):
        later = ",".join(f"#{part}" for part, number in parts if int(number) > press)
        hidden = f"<style>{later}{{display:none}}</style></svg>" if later else "</svg>"
        pages.append((short_image(drawing.replace("</svg>", hidden), alt), ""))
    return film_of(pages, in_presses=True)


def parts_of_outputs(outputs):
    """The outputs in one list; or, if one is a drawing too wide for a slide, a list per part."""
    for output in outputs:
        found = re.search(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)">',
                          output.get("data", {}).get("text/html", ""))
        drawing = base64.b64decode(found[2]).decode() if found else ""
        parts = parts_of_drawing(drawing)
        if len(parts) > 1:
            return [[new_output("display_data", {"text/html": image(
                part, f"{html.unescape(found[1])} Part {i + 1} of {len(parts)}.")})]
                for i, part in enumerate(parts)]
    return [outputs]


def parts_of_drawing(drawing, widest=WIDEST):
    """An SVG in a list; a wider one, in pixels, in parts, cut between its boxes where possible."""
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="[^"]*"', drawing)
    if not size or float(size[1]) / POINTS <= widest:
        return [drawing]
    width, height = float(size[1]), float(size[2])
    count = math.ceil(width / POINTS / (widest - 100))
    cuts = [0.0, *(best_cut(drawing, width * i / count) for i in range(1, count)), width]
    return [drawing.replace(size[0], f'width="{right - left:g}pt" height="{height:g}pt" '
                                     f'viewBox="{left:g} 0 {right - left:g} {height:g}"', 1)
            for left, right in itertools.pairwise(cuts)]


def best_cut(drawing, ideal):
    """Where to cut: in the gap between boxes that is nearest to the ideal place.

    On the left of it, since the head of an arrow is on the right.
    """
    shift = float((re.search(r"translate\(([-\d.]+)", drawing) or [0, 0])[1])
    boxes = [(float(left) + shift, float(right) + shift)
             for left, right in re.findall(r'd="M([-\d.]+),[^"H]*H([-\d.]+)', drawing)]
    boxes += [(float(cx) + shift - float(rx), float(cx) + shift + float(rx))
              for cx, rx in re.findall(r'cx="([-\d.]+)"[^>]* rx="([-\d.]+)"', drawing)]
    gaps, end = [], 0.0
    for left, right in sorted(boxes):
        if left > end > 0:
            gaps.append((left + 2 * end) / 3)
        end = max(end, right)
    return min(gaps, key=lambda gap: abs(gap - ideal), default=ideal)


def spread_flipbooks(cell, in_presses=False):
    """Change the flipbooks among the outputs of a code cell into pages for a deck or for paper."""
    for output in cell.outputs:
        page = output.get("data", {}).get("text/html", "")
        if '<div class="flipbook">' in page:
            output.data["text/html"] = spread_out(page, in_presses)


def spread_out(page, in_presses):
    """All the pages of a flipbook side by side; or one upon the other, each with a key press."""
    found = re.findall(r"<summary>(.*?)</summary>(<img [^>]*>)?</details>", page, re.S)
    return film_of([(picture, sentence) for sentence, picture in found], in_presses)


def film_of(found, in_presses):
    """Pairs of picture and sentence as a film."""
    figures = [f"<figure{' class=fragment' if in_presses and i else ''}>{picture}"
               f"{sentence and f'<figcaption>{sentence}</figcaption>'}</figure>"
               for i, (picture, sentence) in enumerate(found)]
    columns = min(math.ceil(math.sqrt(len(found))), 5)
    size = f"--columns: {columns}; --rows: {math.ceil(len(found) / columns)}"
    return f'<div class="flipbook" style="{size}">{"".join(figures)}</div>'


