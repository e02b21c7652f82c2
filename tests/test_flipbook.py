"""Flipbooks: what a notebook stores, for browsers, for pages without scripts, and as text."""

import html
import json
import re
import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from matplotlib import pyplot as plt

from micrograd.course import films, flipbook, show, watch
from micrograd.graph import draw_dot
from micrograd.steps.step_09 import Value
from tools.course import ROOT
from tools.decks.pictures import spread_out

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title>' \
      '<text id="a" font-family="\'A B\'">it\'s 100 % &lt;b&gt; #1 "q" é</text></svg>'


def images(film):
    """The alt texts and the drawings of a flipbook, as a browser sees them."""
    found = re.findall(r'<img alt="([^"]*)" src="data:image/svg\+xml,([^"]*)">', film.html())
    return [(html.unescape(alt), unquote(html.unescape(data))) for alt, data in found]


def test_the_text_of_a_flipbook_is_its_sentences():
    film = flipbook([(SVG, "First."), (None, "Then.")])
    assert repr(film) == "1. First.\n2. Then."
    assert film._repr_mimebundle_()["text/plain"] == repr(film)


def test_every_page_has_its_sentence_and_its_picture_with_an_alt_text():
    page = flipbook([(SVG, "a < b"), (SVG, 'say "b"')]).html()
    assert re.findall(r"<summary>(.*?)</summary><img alt=\"(.*?)\" src", page) == [
        ("a &lt; b", "a &lt; b"), ("say &quot;b&quot;", "say &quot;b&quot;")]


def test_the_first_page_is_open_where_no_script_runs():
    assert re.findall(r"<details( open)?>", flipbook([(SVG, "a")] * 3).html()) == [" open", "", ""]


def test_folded_up_it_says_how_many_pages_it_has():
    """JupyterLab then shows the first line of the HTML, whatever it is."""
    assert flipbook([(SVG, "a")] * 3).html().splitlines()[0] == "Pages of this film: 3"


def test_a_drawing_comes_through_unharmed():
    (_, drawing), = images(flipbook([(SVG, "a")]))
    root = ElementTree.fromstring(drawing)
    assert [each.get("font-family") for each in root] == ["'A B'"]
    assert [each.text for each in root] == ['it\'s 100 % <b> #1 "q" é']


def test_ids_that_a_drawing_refers_to_are_kept():
    svg = '<svg><path id="p"/><g id="q"/><use href="#p"/></svg>'
    (_, drawing), = images(flipbook([(svg, "a")]))
    assert "id='p'" in drawing and "id='q'" not in drawing


def test_a_picture_may_be_a_drawing_a_figure_or_what_show_returns():
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    before = plt.get_fignums()
    drawing = draw_dot(Value(1.0))
    film = flipbook([(drawing, "a"), (figure, "A line."), (show(plt.figure(), "Empty."), "c")])
    assert [alt for alt, _ in images(film)] == [drawing.description, "A line.", "Empty."]
    for _, drawing in images(film):
        ElementTree.fromstring(drawing)
    assert len(plt.get_fignums()) < len(before)


def test_what_is_no_picture_is_refused():
    with pytest.raises(TypeError, match=r"no picture: 3; give what draw_dot returns"):
        flipbook([(3, "a")])
    with pytest.raises(ValueError, match="at least one page"):
        flipbook([])


def test_without_anything_to_draw_with_the_sentences_are_still_there(monkeypatch):
    monkeypatch.setenv("MICROGRAD_DOT", "system")
    monkeypatch.setenv("PATH", "")
    film = watch(Value(1.0) + Value(2.0))
    assert len(film.sentences) == 3 and "<img" not in film.html()
    assert "install" in repr(film).splitlines()[-1] and "install" in film.html()


def test_odd_characters_come_out_readable():
    a = Value(1.0, label="a\0<b>")
    page = watch(a + a).html()
    assert "\0" not in page and "&lt;b&gt;" in page


def neuron():
    def leaf(number, label):
        return Value(number, label=label)

    x1, x2, w1, w2 = leaf(2.0, "x1"), leaf(0.0, "x2"), leaf(-3.0, "w1"), leaf(1.0, "w2")
    return ((x1 * w1 + x2 * w2) + leaf(6.8813735870195432, "b")).tanh()


def test_ten_pages_of_ten_values_stay_small():
    film = watch(neuron(), ask=True)
    pages = flipbook([(svg, sentence) for svg, _, sentence in film.pages[:10]])
    assert len(film.pages) >= 10
    assert len(json.dumps(pages._repr_mimebundle_())) < 150_000


@pytest.mark.thorough
def test_the_same_pages_give_the_same_bytes_in_every_process():
    program = ("from tests.test_flipbook import neuron, watch; import hashlib; "
               "print(hashlib.sha256(watch(neuron()).html().encode()).hexdigest())")
    assert len({subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, text=True,
                               capture_output=True).stdout for _ in range(2)}) == 1


@pytest.mark.parametrize("sign, end", [(1, "bottom"), (-1, "top")])
def test_the_parabola_that_fits_a_parabola_ends_where_that_does(sign, end):
    film = films.parabolas(lambda p: sign * (p - 3) ** 2,
                           lambda p: (2 * sign * (p - 3), 2 * sign), [10.0])
    assert film.sentences == [f"p = 10: the slope is {14 * sign}, the curvature {2 * sign}. The "
                              f"parabola with both has its {end} at 3."]


def test_every_control_asks_jupyterlab_for_its_keys():
    script = flipbook([(SVG, "a")]).html()
    assert script.count("data-lm-suppress-shortcuts") == 1
    assert len(re.findall(r"= control\(", script)) == len(
        re.findall(r"\(\"(?:button|input)\"", script)) == 4


def test_in_a_deck_all_pages_but_the_first_are_fragments():
    page = spread_out(flipbook([(SVG, "a"), (None, "b"), (SVG, "c")]).html(), in_presses=True)
    assert re.findall(r"<figure( class=fragment)?>(<img)?", page) == [
        ("", "<img"), (" class=fragment", ""), (" class=fragment", "<img")]
    assert re.findall("<figcaption>(.*?)</figcaption>", page) == ["a", "b", "c"]
    assert "<script" not in page and "<style" not in page


def test_on_paper_no_page_is_a_fragment():
    page = spread_out(flipbook([(SVG, "a"), (SVG, "b")]).html(), in_presses=False)
    assert page.count("<figure>") == 2


def test_films_that_matplotlib_draws_are_told_in_words_where_there_is_none(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    told = repr(films.secants(lambda x: x**2, 1.0, steps=(1.0, 0.5))).splitlines()
    assert told[0].startswith("1. h = 1: ") and told[-1].startswith("matplotlib is not here")
