"""Figures in a notebook: with alt text, once, and with the same bytes every time."""

import os
import re
import subprocess
import sys

from matplotlib import pyplot as plt

from micrograd.course.plot import show
from tools.course import ROOT


def picture(alt="A line from 1 to 2."):
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    return show(figure, alt)


def test_a_figure_becomes_an_image_with_alt_text():
    page = picture()._repr_html_()
    assert re.fullmatch(
        r'<img alt="A line from 1 to 2\." src="data:image/svg\+xml;base64,[\w+/=]+">', page
    )


def test_quotation_marks_in_an_alt_text_do_no_harm():
    assert 'alt="&quot;&gt;&lt;script&gt;" src' in picture('"><script>')._repr_html_()


def test_where_there_are_no_pictures_the_words_are_shown():
    assert repr(picture()) == "<A line from 1 to 2.>"


def test_the_figure_is_closed_so_that_it_is_not_shown_twice():
    before = plt.get_fignums()
    picture()
    assert plt.get_fignums() == before


def test_the_same_figure_gives_the_same_bytes():
    assert picture().svg == picture().svg


def test_text_is_drawn_as_outlines_on_a_light_card_that_does_not_glare():
    assert "<text" not in picture().svg
    assert "fill: #ffffff" not in picture().svg
    assert re.search(r'<svg[^>]*>\s*<rect width="100%" height="100%" rx="12" ', picture().svg)


def test_where_looking_for_fonts_takes_long_the_notebook_stays_as_it_is(tmp_path):
    """Thirty learners with new homes start at once, and matplotlib would say so after 5 seconds."""
    code = ("import threading, types\n"
            "threading.Timer = lambda seconds, say: types.SimpleNamespace(start=say, cancel=list)\n"
            "from micrograd.course import films; films.pyplot()")
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                         env=os.environ | {"MPLCONFIGDIR": str(tmp_path)})
    assert run.stderr == ""
    assert list(tmp_path.glob("fontlist*"))
