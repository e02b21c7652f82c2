"""`make slides-check` finds each fault when one is planted, and none in a deck without.

Needs Chromium and what `make slides-check` installs.
"""

import shutil
from io import BytesIO

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from micrograd.dot import image
from tools.decks import build as slides

pytest.importorskip("playwright", reason="`make slides-check` installs it")
from tools.decks import browser
from tools.decks import check as check_slides

pytestmark = [pytest.mark.browser,
              pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)),
                                 reason="there is no Chromium")]


@pytest.fixture(scope="module")
def chromium():
    with browser.browser() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A deck of four slides, with all that a deck may hold, and no fault."""
    root = tmp_path_factory.mktemp("course")
    (root / "notebooks").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="60pt" ' \
              'viewBox="0 0 300 60"><rect width="300" height="60" fill="#f3f5f8"/>' \
              '<g font-size="12"><text y="30">a box</text></g></svg>'

    def cell(kind, source, role, **more):
        return kind(source, metadata={"slideshow": {"slide_type": role}}, **more)

    notebook = new_notebook(cells=[
        cell(new_markdown_cell, "# 1. Title\n\nA formula: $a_1 \\cdot b$.", "slide"),
        cell(new_markdown_cell, "The teacher alone reads this. Divide by $h$.", "notes"),
        cell(new_markdown_cell, "## Code", "slide"),
        cell(new_code_cell, "f(1)", "fragment", execution_count=1,
             outputs=[new_output("stream", text="printed"), new_output(
                 "display_data", {"text/html": image(drawing, "A box with an a in it.")})]),
        cell(new_markdown_cell, "### Last", "subslide"),
    ])
    nbformat.write(notebook, root / "notebooks" / "01_planted.ipynb")
    (root / "notebooks" / "README.md").write_text(
        "### 01. Title\n\n| 45 | Code | |\n| 45 | **Total** | |\n")
    slides.build(root / "slides", root / "notebooks")
    return root / "slides"


def faults_with(chromium, folder, old, new, look=check_slides.faults_on_slides):
    """The faults found in the deck with one text replaced by another."""
    page = (folder / "01_planted.html").read_text(encoding="utf-8")
    assert old in page
    planted = folder / "planted.html"
    planted.write_text(page.replace(old, new, 1), encoding="utf-8")
    return list(look(chromium, planted))


def test_a_good_deck_has_no_faults(chromium, folder):
    assert check_slides.faults(chromium, folder / "01_planted.html") == []


FAULTS = {
    "too much on a slide": (">printed", ">" + "line\n" * 40, "overflow of"),
    "too wide": ("<p>A formula", '<p style="white-space: nowrap">' + "wide " * 60, "overflow of"),
    "clipped code": ("<pre>printed", '<pre style="width: 40px; overflow: hidden; '
                     'white-space: pre">printed', "clipped: printed"),
    "small text": ("<h3>Last", '<p style="font-size: 17px">small print</p><h3>Last',
                   "text of 17.0 px: small"),
    "a broken line of code": ("<pre>printed", '<pre style="width: 150px">printed far away',
                              "is broken: printed"),
    "a small picture": ("<img alt", '<img style="width: 200px !important" alt',
                        "smaller than it could be: A box"),
    "a gap in new lines": ("<pre>printed", '<pre><span class="new" style="display: inline-block">'
                           "</span>printed", "a gap in what is marked as new"),
    "a mark that a slide does not show": ("<h3>Last</h3>", "<h3>Marked # new</h3>",
                                          "not for a class: # new"),
    "what is not for a class": (">printed", ">No guess yet", "not for a class: No guess yet"),
    "an answer before its vote": ("<h3>Last</h3>", '<h3 data-answer="1.a">Last</h3>',
                                  "the answer is shown before its vote: 1.a"),
    "an answer on its vote": ("<h3>Last</h3>", '<h3 data-vote="1.a"><b data-answer="1.a">Last</b>'
                              "</h3>", "the answer is shown before its vote: 1.a"),
    "a slide without a heading": ("<h3>Last</h3>", "<p>Last</p>", "without a heading"),
    "a number under an arrow": ("</head>", "<style>.slide-number { left: auto !important; right: "
                                "12px !important; bottom: 12px !important }</style></head>",
                                "number is under an arrow"),
    "a line that begins with a comma": (
        "</head>", "<style>mjx-container { display: block !important }</style></head>",
        "a line begins with the . behind a formula"),
    "raw TeX": ("A formula: $a_1", r"A formula: \frac{1}{2} $a_1", "raw TeX: A formula"),
    "TeX without an end": ("\\cdot b$", r"\cdot b", "raw TeX"),
    "a wrong formula": ("a_1", r"\left( a_1", "a formula is wrong"),
    "an unknown command": ("a_1", r"\nosuch{1}", "a formula is wrong"),
    "a blank slide": ("<h3>Last</h3>", "", "blank slide"),
    "a collapsed page": ("</head>", "<style>html, body, main {height: 0 !important; "
                         "min-height: 0 !important; overflow: hidden}</style></head>", "slide"),
    "a missing file": ("<h3>Last", '<img alt="none" src="missing.svg"><h3>Last', "failed request"),
    "a request outside": ("</head>", '<link rel="stylesheet" href="http://example.org/font.css">'
                          "</head>", "outside request: http://example.org"),
    "a script error": ("</body>", "<script>throw new Error('planted')</script></body>",
                       "script error: planted"),
    "grey on grey": ("<h3>Last", '<p style="color: #999">pale</p><h3>Last', "color-contrast"),
    "a picture without a text": ('alt="A box with an a in it."', "", "image-alt"),
    "a heading out of order": ("<h2>Code</h2>", "<h4>Code</h4>", "heading-order"),
    "notes on the projector": ('<aside class="notes">', "<aside>", "notes are on the slide"),
}


ELSEWHERE = {
    "paper without margins": ("</head>", "<style>.reveal-print .reveal .slides section:not("
                              ".a, .b, .c) { padding: 0 !important }</style></head>",
                              "page 1 on paper: no margin"),
    "small text on a phone": ("</head>", "<style>.page p { font-size: 12px !important }"
                              "</style></head>", "phone: text of 12 px"),
    "a page too wide for a phone": ("<h3>Last", '<div style="width: 500px">wide</div><h3>Last',
                                    "phone: the page is 5"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(chromium, folder, fault):
    old, new, says = FAULTS[fault]
    found = faults_with(chromium, folder, old, new)
    assert any(says in each for each in found), found


@pytest.mark.parametrize("fault", ELSEWHERE)
def test_a_planted_fault_is_found_on_paper_and_on_a_phone(chromium, folder, fault):
    old, new, says = ELSEWHERE[fault]
    found = faults_with(chromium, folder, old, new, check_slides.faults_elsewhere)
    assert any(says in each for each in found), found


@pytest.mark.parametrize(("size", "text"), [
    ("width: 250px", "text of 10.0 px: a box"), ("width: 600px", ""),
    ("height: 40px; min-height: 0", "text of 8.0 px: a box")], ids=["narrow", "large", "low"])
def test_small_letters_in_a_picture_are_found(chromium, folder, size, text):
    image = f'<img style="{size} !important" alt'
    found = "".join(faults_with(chromium, folder, "<img alt", image))
    assert text in found and ("text of" in found) == bool(text), found


def test_a_comma_stays_with_its_formula(chromium, folder):
    narrow = "".join(f'<p style="width: {width}px">$a_1 + b$, and $c$; so</p>'
                     for width in range(60, 300, 7))
    found = faults_with(chromium, folder, "<h3>Last", f"{narrow}<h3>Last")
    assert not any("begins with" in each for each in found), found


def test_pictures_are_dark_in_a_dark_room(chromium, folder):
    from matplotlib.image import imread

    def brightness(theme):
        page = browser.open_page(chromium, folder / "01_planted.html", f"theme={theme}#/1/0/1")
        picture = imread(BytesIO(page.locator("img").screenshot()))
        page.close()
        return picture[..., :3].mean()

    assert brightness("light") > 0.8 and brightness("dark") < 0.2


def test_without_chromium_the_check_stops_and_says_what_to_install(monkeypatch):
    monkeypatch.setattr(browser, "BROWSERS", ("no-such-browser",))
    with pytest.raises(SystemExit, match="apt install chromium"), browser.browser():
        pass


def test_the_keys_lead_through_the_deck_and_change_the_theme(chromium, folder):
    page = browser.open_page(chromium, folder / "01_planted.html")
    places = []
    for _ in range(5):
        places.append(page.evaluate(check_slides.PLACE))
        page.keyboard.press("Space")
    assert len(set(places)) == 4  # two slides, a fragment, and the slide below
    back = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(back)
    page.keyboard.press("d")
    assert page.evaluate(back) != light and "theme=dark" in page.url
    page.close()


def test_notes_show_in_the_speakers_view_and_not_on_the_projector(chromium, folder):
    page = browser.open_page(chromium, folder / "01_planted.html")
    assert not page.get_by_text("The teacher alone").is_visible()
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.get_by_text("The teacher alone reads this.").wait_for(timeout=10_000)
    popup.value.close()
    page.close()


def speakers_view(page):
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.get_by_text("The teacher alone reads this.").wait_for(timeout=10_000)
    return popup.value


def test_notes_show_each_formula_once_and_the_pace(chromium, folder):
    page = browser.open_page(chromium, folder / "01_planted.html")
    view = speakers_view(page)
    notes = view.locator(".speaker-controls-notes .value")
    assert "h" in notes.inner_html() and notes.locator("svg").count() == 1
    assert "hh" not in notes.inner_text() and "h" not in notes.inner_text().split("by")[1]
    assert view.get_by_text("Pacing").is_visible()
    view.close()
    page.close()


def test_a_room_gets_dark_from_both_windows(chromium, folder):
    page = browser.open_page(chromium, folder / "01_planted.html")
    view = speakers_view(page)
    view.wait_for_function("frames.length == 2")
    for _ in view.frames[1:]:
        _.wait_for_selector("body[data-typeset=done]", state="attached", timeout=20_000)
    theme = "document.documentElement.dataset.theme"
    for window, expected in (view, "dark"), (page, "light"), (view, "dark"):
        window.bring_to_front()
        window.keyboard.press("d")
        for each in (page, *view.frames[1:]):
            each.wait_for_function(f"{theme} === '{expected}'", timeout=5_000)
    view.close()
    page.close()


def test_the_overview_shows_what_appears_at_a_key_press(chromium, folder):
    page = browser.open_page(chromium, folder / "01_planted.html")
    hidden = page.get_by_text("printed")
    assert page.evaluate("getComputedStyle(document.querySelector('.fragment')).opacity") == "0"
    page.keyboard.press("o")
    assert page.evaluate("getComputedStyle(document.querySelector('.fragment')).opacity") == "1"
    assert hidden.count() == 1
    page.close()


def test_links_lead_to_the_other_decks_where_a_deck_begins_and_ends(chromium, folder):
    page = browser.open_page(chromium, folder / "01_planted.html")
    link = page.get_by_role("link", name="All decks")
    seen = []
    for _ in range(4):
        seen.append(link.is_visible())
        page.keyboard.press("Space")
    assert seen == [True, False, False, True] and link.get_attribute("href") == "index.html"
    page.close()
