"""What the decks promise. That they fit a projector is `make slides-check`'s to say."""

import re
from itertools import pairwise

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from micrograd.dot import image
from tools.course import ROOT, guide_sections, minutes, notebook_paths, number, read, title
from tools.decks import build as slides
from tools.decks.build import (
    ROLES,
    build,
    kind,
    parts_of_class,
    role,
    slides_of,
)
from tools.decks.pictures import around_film, best_cut, parts_of_drawing, parts_of_outputs

PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def decks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build") / "slides"
    build(folder)
    return folder


def markdown(source, kind="slide", **more):
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": kind, **more}})


def code(source, printed="", kind="fragment", tags=(), **more):
    outputs = [new_output("stream", text=printed)] if printed else []
    return new_code_cell(source, outputs=outputs, execution_count=1,
                         metadata={"slideshow": {"slide_type": kind, **more}, "tags": list(tags)})


def shown(*cells):
    """The cells of a deck as pairs of role and source, without the headings that are repeated."""
    deck = slides_of(new_notebook(cells=[markdown("# 1. Title"), *cells]))
    return [(kind(cell), cell.source) for cell in deck.cells if "box" not in cell.metadata][1:]


@every_notebook
def test_every_cell_has_its_role(path):
    assert {role(cell) for cell in read(path).cells} <= set(ROLES)
    assert role(read(path).cells[0]) == "slide"


@every_notebook
def test_most_slides_come_with_notes(path):
    cells = slides_of(read(path)).cells
    kinds = [kind(cell) for cell in cells]
    answers = sum("data-answer" in cell.metadata.get("box", {}) for cell in cells) / 2
    slides = kinds.count("slide") + kinds.count("subslide") - answers  # which speak for themselves
    assert kinds.count("notes") >= slides / 2


@every_notebook
def test_an_answer_to_be_predicted_appears_after_its_code(path):
    for cell in read(path).cells:
        if "reveal(" in cell.source and "No guess yet" in str(cell.get("outputs")):
            assert cell.metadata.slideshow.get("output") or role(cell) == "skip", cell.source


def test_a_cell_without_a_role_is_refused():
    with pytest.raises(ValueError, match=r"slide, subslide, fragment, notes, skip, got '-'"):
        shown(markdown("text", "-"))
    with pytest.raises(ValueError, match=r"got None for the cell 'text'"):
        shown(new_markdown_cell("text"))


def test_what_is_skipped_is_left_out_and_what_is_said_is_put_together():
    assert shown(
        markdown("# shown", notes="Ask."), markdown("left out", "skip"), markdown("said", "notes"),
        code("1 + 1", notes="Expect 2."), markdown("# next", "subslide"),
    ) == [("slide", "# shown"), ("notes", "Ask.\n\nsaid\n\nExpect 2."), ("fragment", "1 + 1"),
          ("subslide", "# next")]


def test_an_output_may_come_later_than_its_code():
    assert shown(code("f()", "2", output="fragment")) == [("fragment", "f()"), ("fragment", "")]
    assert shown(code("f()", "2", output="subslide"))[1:] == [("fragment", "")]
    assert shown(code("f()", "2")) == [("fragment", "f()")]
    alone = code("f()", "2", "skip", output="fragment", notes="Look.")
    assert shown(markdown("# shown"), alone)[1:] == [("notes", "Look."), ("fragment", "")]


def test_a_sentence_stands_on_the_slide_of_what_it_leads_to():
    said = "**So.** It is 1.0 here. After that, `f` gives 2:"
    assert shown(code("f(1)", "1"), markdown(said, "fragment"), code("f(2)", kind="subslide")) == [
        ("fragment", "f(1)"), ("fragment", "**So.** It is 1.0 here."),
        ("-", "After that, `f` gives 2:"), ("fragment", "f(2)")]
    full = code("f(2)\n" * 20, kind="subslide")
    assert shown(code("f(1)"), markdown(said, "fragment"), full)[1] == ("fragment", said)


@every_notebook
def test_no_sentence_leads_to_nothing(path):
    cells = [cell for cell in slides_of(read(path)).cells if kind(cell) != "notes"]
    for cell, following in pairwise(cells):
        if cell.cell_type == "markdown" and cell.source.endswith(":"):
            assert following.cell_type == "code" or "box" in following.metadata, cell.source


def test_a_class_is_split_between_its_methods():
    methods = [f"    def m{i}(self):\n" + "        pass\n" * 8 for i in range(5)]
    source = "class Value:\n\n" + "\n".join(methods).rstrip()
    parts = parts_of_class(source)
    assert "\n\n".join(parts) == source
    assert [part.count("def m") for part in parts] == [2, 2, 1]
    assert len(shown(code(source, kind="slide", tags=["step"]))) == 3


def test_only_the_new_lines_of_a_class_stand_out():
    html = '<pre><b>old</b>\n<b>added</b>  <span class="c1"># new</span>\n</pre>'
    assert slides.with_new_lines_marked(html) == (
        '<pre><span class="old"><b>old</b></span>\n<span class="new"><b>added</b></span></pre>')
    assert slides.with_new_lines_marked("<pre>x</pre>") == "<pre>x</pre>"


def test_a_drawing_too_wide_for_a_slide_is_cut_without_losing_anything():
    drawing = '<svg width="1600pt" height="300pt"\n viewBox="0.00 0.00 1600.00 300.00">boxes</svg>'
    output = new_output("display_data", {"text/html": image(drawing, "A graph.")})
    (first,), (second,) = parts_of_outputs([output])
    assert 'alt="A graph. Part 1 of 2."' in first["data"]["text/html"]
    assert 'alt="A graph. Part 2 of 2."' in second["data"]["text/html"]
    left, right = parts_of_drawing(drawing)
    assert 'viewBox="0 0 800 300"' in left and 'viewBox="800 0 800 300"' in right
    assert parts_of_outputs([output | {"data": {"text/html": "<p>"}}])[0][0]["data"]


def test_a_drawing_is_cut_between_its_boxes():
    boxes = ('<g transform="translate(4 9)"><path d="M0,-9V-2H700zM0"/><path d="M760,-9V-2H900z"/>'
             '<ellipse cx="950" cy="-9" rx="18" ry="18"/></g>')
    assert best_cut(boxes, 800) == 724 and round(best_cut(boxes, 930)) == 915
    assert best_cut("", 800) == 800


def test_links_lead_from_deck_to_deck_or_become_text():
    assert slides.for_decks("[a](05_chain_rule.ipynb) [b](solutions/05_x.ipynb) [c](../README.md)"
                            " ![d](../images/d.svg) [e](https://example.org/x)") == (
        "[a](05_chain_rule.html) b c ![d](images/d.svg) [e](https://example.org/x)")


def test_a_notebook_that_was_not_executed_is_refused_by_name(tmp_path):
    (tmp_path / "notebooks").mkdir()
    notebook = read(PATHS[0])
    next(cell for cell in notebook.cells if cell.cell_type == "code").execution_count = None
    nbformat.write(notebook, tmp_path / "notebooks" / PATHS[0].name)
    guide = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    (tmp_path / "notebooks" / "README.md").write_text(guide, encoding="utf-8")
    with pytest.raises(SystemExit, match=rf"{PATHS[0].name}: not executed, run `make notebooks`"):
        build(tmp_path / "slides", tmp_path / "notebooks")


def test_the_index_lists_all_decks_in_order_with_titles_and_minutes(decks):
    page = (decks / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r'<a href="(\w+)\.html">([^<]+)</a></td><td>(\d+)<', page)
    assert rows == [(path.stem, title(read(path)), str(minutes()[number(path)])) for path in PATHS]


def test_a_deck_needs_nothing_from_outside_and_is_small(decks):
    for path in decks.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        used = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]{,40})', page)
        for source in used:
            assert source.startswith("data:image/") or (decks / source).is_file(), source
        assert len(page) <= 1.5e6


def test_the_assets_come_with_their_licences():
    vendor = ROOT / "tools" / "decks" / "deck" / "assets" / "vendor"
    assert "Permission is hereby granted" in (vendor / "reveal.LICENSE").read_text()
    assert "Apache License" in (vendor / "mathjax.LICENSE").read_text()


def test_notes_are_asides_and_nothing_else_is(decks):
    for path in PATHS:
        page = (decks / f"{path.stem}.html").read_text(encoding="utf-8")
        notes = [cell for cell in slides_of(read(path)).cells if kind(cell) == "notes"]
        assert page.count('<aside class="notes">') == page.count("<aside") == len(notes)
        without = re.sub(r"<aside.*?</aside>", "", page, flags=re.S)
        for cell in read(path).cells:
            for line in cell.metadata.slideshow.get("notes", "").splitlines():
                plain = re.split(r"[*`$_&<>\"'\[]", line)
                longest = max(plain, key=len).strip()
                assert len(longest) < 25 or longest not in without


def test_a_picture_is_built_up_between_its_texts():
    before, film, after = around_film("Two.\n\n![Paths.](images/paths.svg)\n\nSo it is.")
    assert (before, after) == ("Two.", "So it is.")
    pages = re.findall(r"<figure( class=fragment)?><img alt=\"Paths.\" src=\"([^\"]*)", film)
    assert [kind for kind, _ in pages] == ["", *3 * [" class=fragment"]]
    hidden = [page.count("press-") - page.count("id='press-") for _, page in pages]
    assert hidden == sorted(hidden, reverse=True) and hidden[-1] == 0
    assert around_film("![x](images/tanh.svg)") == ("![x](images/tanh.svg)", "", "")


@every_notebook
def test_the_slides_take_the_minutes_of_the_guide(path):
    cells = slides_of(read(path), guide_sections()[number(path)]).cells
    seconds = [cell.metadata.slideshow.data["timing"] for cell in cells
               if kind(cell) in ("slide", "subslide")]
    assert min(seconds) > 0 and sum(seconds) == pytest.approx(45 * 60, abs=len(seconds))
