"""A sequence of pictures with a sentence each, to be turned page by page like a flipbook.

What a notebook stores works everywhere a notebook is shown: with scripts as one picture with
buttons, keys and a slider; without them as a list of pages that open; as plain text, the sentences.
"""

import functools
import html
import re
from pathlib import Path
from urllib.parse import quote

from micrograd.course.plot import show
from micrograd.dot import NotDrawn
from micrograd.svg import printable

KEPT = " '/:;=,!()*+@$-._~?&"  # what may stand in a data address as it is, quotation marks apart


class flipbook:  # lower case, because it is used like a function: `flipbook(pages)`
    """Pages to be turned, as the result of a notebook cell.

    pages: a list of pairs (picture, sentence). A picture is what `draw_dot` or `show` returns, a
    matplotlib figure (which is closed), SVG as text, a function that returns one of these, or None
    for a page of words alone. Where there is nothing to draw with, all pages are of words alone,
    and a line says why.
    The same pages give the same bytes. Raises TypeError for a picture that is none of these,
    ValueError if there are no pages.
    """

    def __init__(self, pages):
        pages, self.reason = list(pages), ""
        if not pages:
            raise ValueError("a flipbook has at least one page: give pairs (picture, sentence)")
        try:
            self.pages = [(*svg_and_alt(picture, said), said) for picture, said in pages]
        except NotDrawn as reason:
            self.pages = [(None, said, said) for _, said in pages]
            self.reason = str(reason)

    @property
    def sentences(self):
        return [sentence for _, _, sentence in self.pages]

    def __repr__(self):
        lines = [f"{i}. {sentence}" for i, sentence in enumerate(self.sentences, 1)]
        return "\n".join(filter(None, [*lines, self.reason]))

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        return {"text/plain": repr(self), "text/html": self.html()}

    def html(self):
        parts = [details(*page, first=i == 0) for i, page in enumerate(self.pages)]
        parts += [f"<p>{html.escape(self.reason)}</p>"] if self.reason else []
        parts += [f"<style>\n{beside('flipbook.css')}</style>",
                  f"<script>\n{beside('flipbook.js')}</script>"]
        first = f"Pages of this film: {len(self.pages)}"  # all that JupyterLab shows when folded
        return "\n".join([first, '<div class="flipbook">', *parts, "</div>"])


def details(svg, alt, sentence, first):
    """A page for where no script runs: its sentence, which opens its picture."""
    return (f"<details{' open' if first else ''}><summary>{html.escape(printable(sentence))}"
            f"</summary>{image(svg, alt) if svg else ''}</details>")


def svg_and_alt(picture, sentence):
    """The picture as SVG text, and what it shows in words: its own words, or else the sentence."""
    if callable(picture):
        picture = picture()
    if picture is None or isinstance(picture, str):
        return picture, sentence
    if hasattr(picture, "savefig"):
        picture = show(picture, sentence)
    if isinstance(picture, show):
        return picture.svg, picture.alt
    if hasattr(picture, "pipe"):
        return picture.pipe(encoding="utf-8"), picture.description
    raise TypeError(f"a page is a picture and a sentence, and this is no picture: {picture!r:.60}; "
                    f"give what draw_dot returns, a matplotlib figure, SVG as text, or None")


def image(svg, alt):
    """An HTML image of a drawing, as short as it can be: characters instead of base64."""
    address = html.escape(quote(small(svg), safe=KEPT), quote=False)
    return f'<img alt="{html.escape(printable(alt))}" src="data:image/svg+xml,{address}">'


def small(svg):
    """The same drawing without what an image does not show: comments, titles, unused ids."""
    svg = re.sub(r"<[?!][^>]*>|<(title|metadata)>.*?</\1>| role=\"img\"| aria-label=\"[^\"]*\"", "",
                 svg, flags=re.S)
    svg = re.sub(r' id="([^"]*)"', lambda found: found[0] if f"#{found[1]}" in svg else "", svg)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").replace(" />", "/>").strip()
    svg = svg.replace("'", "&#39;")
    return re.sub(r"<[^>]*>", lambda tag: tag[0].replace('"', "'"), svg)


@functools.cache
def beside(name):
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
