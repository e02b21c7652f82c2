"""Shows a matplotlib figure in a notebook together with the words that say what it shows."""

import io

from micrograd.dot import image
from micrograd.svg import on_card


class show:  # lower case, because it is used like a function: `show(figure, alt)`
    """A figure as the result of a notebook cell, sharp at any size and with an alt text.

    figure: a matplotlib figure, which is closed, so that the notebook does not show it twice.
    alt: what it shows, in a sentence or two, for readers who cannot see it.
    The same figure gives the same bytes. It stands on a light card, on dark pages too.
    """

    def __init__(self, figure, alt):
        import matplotlib
        from matplotlib import pyplot

        drawing = io.StringIO()
        for axes in figure.axes:
            axes.set_facecolor("none")
        with matplotlib.rc_context({"svg.hashsalt": "micrograd", "svg.fonttype": "path"}):
            figure.savefig(drawing, format="svg", facecolor="none", bbox_inches="tight",
                           pad_inches=0.15, metadata={"Date": None, "Creator": None})
        pyplot.close(figure)
        self.svg, self.alt = on_card(drawing.getvalue()), alt

    def __repr__(self):
        return f"<{self.alt}>"

    def _repr_html_(self):
        return image(self.svg, self.alt)
