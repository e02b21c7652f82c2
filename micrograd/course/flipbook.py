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

KEPT = " '/:;=,!()*+@$-._~?&"  # what may stand in a data address as it is, quotation marks apart


class flipbook:  # lower case, because it is used like a function: `flipbook(pages)`
    """Pages to be turned, as the result of a notebook cell.

    pages: a list of pairs (picture, sentence). A picture is what `draw_dot` or `show` returns, a
    matplotlib figure (which is closed), SVG as text, or None for a page of words alone.
    The same pages give the same bytes. Raises TypeError for a picture that is none of these,
    ValueError if there are no pages.
    """

    def __init__(self, pages):
        self.pages = [(*svg_and_alt(picture, sentence), sentence) for picture, sentence in pages]
        if not self.pages:
            raise ValueError("a flipbook has at least one page: give pairs (picture, sentence)")

    @property
    def sentences(self):
        return [sentence for _, _, sentence in self.pages]

    def __repr__(self):
        return "\n".join(f"{i}. {sentence}" for i, sentence in enumerate(self.sentences, 1))

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        return {"text/plain": repr(self), "text/html": self.html()}

    def html(self):
        pages = "\n".join(f"<details{' open' if i == 0 else ''}><summary>{html.escape(sentence)}"
                          f"</summary>{image(svg, alt) if svg else ''}</details>"
                          for i, (svg, alt, sentence) in enumerate(self.pages))
        return (f'<div class="flipbook">\n{pages}\n<style>\n{beside("flipbook.css")}</style>\n'
                f"<script>\n{beside('flipbook.js')}</script>\n</div>")


def svg_and_alt(picture, sentence):
    """The picture as SVG text, and what it shows in words: its own words, or else the sentence."""
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
    return f'<img alt="{html.escape(alt)}" src="data:image/svg+xml,{address}">'


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
