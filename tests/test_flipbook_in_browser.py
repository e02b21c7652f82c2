"""A flipbook in Chromium: in JupyterLab, trusted and not, in a deck, in an HTML export, printed.

Needs Chromium and what `make slides-check` installs.
"""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from micrograd.course import watch
from micrograd.steps.step_08 import Value
from tests.test_lab import wait_until_it_answers
from tools.course import ROOT
from tools.decks import build as slides

pytest.importorskip("playwright", reason="`make slides-check` installs it")
from axe_playwright_python.base import AXE_SCRIPT

from tools.decks import browser

pytestmark = [pytest.mark.browser,
              pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)),
                                 reason="there is no Chromium")]


def film():
    a = Value(3.0, label="a")
    b = a + a
    b.label = "b"
    c = b * a
    c.label = "c"
    return watch(c)


SENTENCES = film().sentences
LAST = len(SENTENCES)


def notebook():
    """Two flipbooks, with text around them, so that a cell that moves is noticed."""
    outputs = [new_output("execute_result", film()._repr_mimebundle_(), execution_count=1)]
    slide = {"slideshow": {"slide_type": "slide"}}
    cells = [new_markdown_cell("# 1. Two flipbooks", metadata=slide)]
    for i in range(2):
        cells += [new_code_cell(f"watch({i})", outputs=outputs, execution_count=1, metadata=slide),
                  new_markdown_cell(f"## Behind {i}", metadata=slide)]
    return new_notebook(cells=cells, metadata={"kernelspec": {
        "name": "python3", "display_name": "Python 3", "language": "python"}})


@pytest.fixture(scope="module")
def chromium():
    with browser.browser() as running:
        yield running


# In an HTML export, and what is the same wherever scripts run


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    page, _ = HTMLExporter().from_notebook_node(notebook())
    page = re.sub(r'<script src="https[^>]*></script>', "", page)  # nbconvert's, not ours
    path = tmp_path_factory.mktemp("export") / "export.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(params=["light", "dark"])
def page(chromium, exported, request):
    opened = chromium.new_page(color_scheme=request.param)
    faults = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(exported.as_uri())
    if request.param == "dark":
        opened.add_style_tag(content="body { --jp-content-font-color1: #eee; color: #eee; "
                                     "background: #111 !important }")
    yield opened
    opened.close()
    assert faults == []


def shown(book):
    """The sentence of the page that a flipbook shows, and that its picture is there, alone."""
    figures = book.locator("figure").all()
    seen = [figure for figure in figures if figure.is_visible()]
    assert len(seen) == 1
    assert seen[0].locator("img").evaluate("image => image.naturalWidth") > 0
    return seen[0].locator("figcaption").text_content()


def test_keys_turn_the_pages_both_ways(page):
    book = page.locator(".flipbook").first
    assert shown(book) == SENTENCES[0]
    assert page.get_by_text("Pages of this film").count() == 0  # that is for where it is folded up
    for control in ("Next →", "← Back"):
        book.get_by_role("button", name=control).focus()
        for key, number in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("End", LAST),
                            ("ArrowRight", LAST), ("Home", 1), ("ArrowLeft", 1)):
            page.keyboard.press(key)
            assert shown(book) == SENTENCES[number - 1], key


def test_buttons_and_slider_turn_the_pages(page):
    book = page.locator(".flipbook").first
    for name, number in (("Next →", 2), ("Next →", 3), ("← Back", 2)):
        book.get_by_role("button", name=name).click()
        assert shown(book) == SENTENCES[number - 1]
    slider = book.get_by_role("slider", name="Page")
    slider.fill(str(LAST))
    assert shown(book) == SENTENCES[-1]
    assert slider.get_attribute("aria-valuetext") == f"{LAST} of {LAST}"
    slider.press("ArrowLeft")
    assert shown(book) == SENTENCES[-2]
    slider.press("Home")
    assert shown(book) == SENTENCES[0]


def test_two_flipbooks_do_not_disturb_each_other(page):
    first, second = page.locator(".flipbook").all()
    first.get_by_role("button", name="Next →").click()
    second.get_by_role("slider").press("End")
    assert (shown(first), shown(second)) == (SENTENCES[1], SENTENCES[-1])


def test_play_goes_to_the_last_page_and_pause_stops_it(chromium, exported):
    page = chromium.new_page()
    page.clock.install()
    page.goto(exported.as_uri())
    book = page.locator(".flipbook").first
    book.get_by_role("button", name="Play").click()
    page.clock.run_for(2600)
    assert shown(book) == SENTENCES[1]
    book.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    assert shown(book) == SENTENCES[1]
    book.get_by_role("button", name="Play").click()
    page.clock.run_for(60_000)
    assert shown(book) == SENTENCES[-1]
    assert book.get_by_role("button", name="Play").is_visible()
    page.close()


def test_nothing_plays_for_those_who_want_less_motion(chromium, exported):
    page = chromium.new_page(reduced_motion="reduce")
    page.goto(exported.as_uri())
    assert not page.locator(".flipbook button", has_text="Play").first.is_visible()
    page.close()


def test_the_sentence_is_announced_and_the_focus_is_seen(page):
    book = page.locator(".flipbook").first
    spoken = book.locator("[aria-live=polite]")
    assert spoken.text_content() == ""
    button = book.get_by_role("button", name="Next →")
    page.keyboard.press("Tab")  # from now on the focus is the keyboard's
    button.focus()
    page.keyboard.press("Enter")
    assert spoken.text_content() == SENTENCES[1]
    assert button.evaluate("button => getComputedStyle(button).outlineWidth") == "3px"


def test_axe_has_nothing_to_say(page):
    page.evaluate(AXE_SCRIPT)
    for control in ("Home", "End"):
        page.locator(".flipbook").first.get_by_role("slider").press(control)
        answer = page.evaluate("axe.run('.flipbook')")
        assert [rule["id"] for rule in answer["violations"]] == []


def test_on_paper_all_pages_are_side_by_side(page):
    page.emulate_media(media="print")
    book = page.locator(".flipbook").first
    figures = book.locator("figure").all()
    assert all(figure.is_visible() for figure in figures)
    assert not book.get_by_role("button").first.is_visible()
    boxes = [figure.bounding_box() for figure in figures]
    assert len({(box["x"], box["y"]) for box in boxes}) == LAST
    assert len({box["y"] for box in boxes}) < LAST


def test_without_scripts_the_pages_open_one_by_one(chromium, exported):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(exported.as_uri())
    book = page.locator(".flipbook").first
    assert book.locator("summary").all_text_contents() == SENTENCES
    seen = [each.is_visible() for each in book.locator("img").all()]
    assert seen == [True, *[False] * (LAST - 1)]
    book.locator("summary").nth(2).click()
    assert book.locator("img").nth(2).is_visible()
    page.close()


# In a deck


@pytest.fixture(scope="module")
def deck(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    (root / "notebooks").mkdir()
    nbformat.write(notebook(), root / "notebooks" / "01_films.ipynb")
    (root / "notebooks" / "README.md").write_text("### 01. Title\n\n| 45 | **Total** | |\n")
    slides.build(root / "slides", root / "notebooks")
    return root / "slides" / "01_films.html"


def on_slide(page):
    """The sentences that are seen on the slide."""
    captions = page.locator("section.present .flipbook figcaption").all()
    return [each.text_content() for each in captions if each.is_visible()]


def test_a_deck_turns_a_page_with_each_press_both_ways(chromium, deck):
    page = browser.open_page(chromium, deck)
    page.keyboard.press("Space")
    forwards = []
    for _ in SENTENCES:
        forwards += on_slide(page)
        page.keyboard.press("Space")
    assert forwards == SENTENCES
    assert on_slide(page) == []  # the slide behind
    backwards = []
    for _ in SENTENCES:
        page.keyboard.press("ArrowLeft")
        backwards += on_slide(page)
    assert backwards == SENTENCES[::-1]
    page.close()


def test_one_may_jump_to_a_slide_and_its_flipbook_begins(chromium, deck):
    page = browser.open_page(chromium, deck)
    page.evaluate("Reveal.slide(1, 0, 0)")  # the second film, which has joined the text before it
    assert on_slide(page) == SENTENCES[:1]
    page.evaluate("Reveal.slide(0, 0, 2)")
    assert on_slide(page) == SENTENCES[2:3]
    page.close()


def test_a_printed_deck_has_all_pages_on_the_slide(chromium, deck):
    page = browser.open_page(chromium, deck, "print-pdf")
    seen = [each for each in page.locator(".flipbook figcaption").all() if each.is_visible()]
    assert [each.text_content() for each in seen] == SENTENCES * 2
    places = [each.bounding_box() for each in seen[:LAST]]
    assert len({(place["x"], place["y"]) for place in places}) == LAST
    page.close()


# In JupyterLab


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab with the notebook twice: `trusted` and, as cloned, `fresh`."""
    root = tmp_path_factory.mktemp("lab")
    own = {f"JUPYTER_{name}_DIR": str(root / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {"PATH": os.environ["PATH"], "HOME": str(root), "PYTHONPATH": str(ROOT)}
    for name in ("trusted", "fresh"):
        nbformat.write(notebook(), root / f"{name}.ipynb")
    subprocess.run([sys.executable, "-m", "jupyter", "trust", root / "trusted.ipynb"], env=own,
                   check=True, capture_output=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root",
         "--ServerApp.port=0", "--IdentityProvider.token=here",
         f"--ServerApp.root_dir={root}"],
        env=own, stderr=subprocess.PIPE, text=True)
    found = next(filter(None, (re.search(r"(http://[\w.]+:\d+)/\S*\?token=", line)
                               for line in server.stderr)))
    wait_until_it_answers(server, f"{found[1]}/api")
    yield found[1]
    server.terminate()
    server.communicate()


def open_in_lab(chromium, lab, name):
    page = chromium.new_page(viewport={"width": 1200, "height": 1400})
    page.goto(f"{lab}/lab/workspaces/{name}/tree/{name}.ipynb?token=here")
    page.locator(".jp-Notebook .flipbook").nth(1).wait_for(timeout=120_000)
    return page


def cells(page):
    """The cells that JupyterLab shows, and which of them is the active one."""
    return page.evaluate("""() => [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map(
        (cell) => [cell.className.includes("jp-mod-active"),
                   cell.querySelector(".jp-Editor, .jp-RenderedMarkdown")?.textContent])""")


KEYS = ["d", "d", "a", "b", "x", "z", "m", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", " ",
        "Enter", "Home", "End", "j", "k"]


def test_in_jupyterlab_a_trusted_flipbook_keeps_its_keys(chromium, lab):
    page = open_in_lab(chromium, lab, "trusted")
    book = page.locator(".flipbook").first
    assert shown(book) == SENTENCES[0]
    assert page.get_by_text("Pages of this film").count() == 0
    book.get_by_role("button", name="Next →").click()
    assert shown(book) == SENTENCES[1]
    before = cells(page)
    for control in [*book.get_by_role("button").all(), book.get_by_role("slider")]:
        control.focus()
        for key in KEYS:
            page.keyboard.press(key)
        assert control.evaluate("control => control === document.activeElement")
    assert cells(page) == before
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert shown(book) == SENTENCES[1]
    assert shown(page.locator(".flipbook").nth(1)) == SENTENCES[0]
    page.close()


def test_in_jupyterlab_an_untrusted_flipbook_opens_page_by_page(chromium, lab):
    page = open_in_lab(chromium, lab, "fresh")
    book = page.locator(".flipbook").first
    assert page.locator(".flipbook button").count() == 0
    assert book.locator("summary").all_text_contents() == SENTENCES
    assert book.locator("img").first.is_visible()
    book.locator("summary").nth(2).click()
    picture = book.locator("img").nth(2)
    assert picture.is_visible() and picture.evaluate("image => image.naturalWidth") > 0
    page.close()
