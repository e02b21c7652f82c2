"""What is printed: nothing given away, nothing torn apart. Looks at PDFs, so it needs Chromium."""

import re
import shutil

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from micrograd.course.predictions import PREDICTIONS
from tools.course import notebook_paths, number, outputs_text, read

pytest.importorskip("playwright", reason="`make slides-check` installs it")
pytest.importorskip("pypdf", reason="`make slides-check` installs it")
from pypdf import PdfReader

from tools.decks import browser, handouts, paper
from tools.decks.check_paper import faults_of_pages, squeezed

PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
needs_chromium = [pytest.mark.browser,
                  pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)),
                                     reason="there is no Chromium")]


@every_notebook
def test_a_handout_asks_every_prediction_and_answers_none(path):
    cells = handouts.before_class(read(path)).cells
    assert not any(cell.get("outputs") for cell in cells
                   if "predict" in cell.metadata.get("tags", []))
    pages = squeezed("\n".join(cell.source + outputs_text(cell) for cell in cells))
    questions = {name: question for name, question in PREDICTIONS.items()
                 if name.partition(".")[0] == str(int(number(path)))}
    assert pages.count('<divclass="guess">') == len(questions)
    assert "Noguessyet" not in pages and "Notattemptedyet" not in pages
    lesson = pages.partition("##Whatwehave")[0]  # the summary may say it in the same words
    for question in questions.values():
        assert squeezed(next(iter(question.replies.values()))) not in lesson
    for cell in read(path).cells:
        if cell.metadata.get("jupyter", {}).get("source_hidden"):
            assert squeezed(cell.source) not in pages, cell.source


@every_notebook
def test_what_a_handout_leaves_out_is_printed_for_afterwards(path):
    pages = squeezed("\n".join(cell.source + outputs_text(cell)
                               for cell in handouts.after_class(read(path)).cells))
    for cell in handouts.on_paper(read(path)):
        if cell.metadata.get("jupyter", {}).get("source_hidden"):
            assert squeezed(cell.source) in pages, cell.source
    for question in handouts.questions_of(read(path)):
        assert squeezed(handouts.answer_to(question)) in pages


@every_notebook
def test_what_a_handout_announces_is_there(path):
    cells = handouts.before_class(read(path)).cells
    for cell, following in zip(cells, [*cells[1:], new_markdown_cell()], strict=True):
        assert not cell.source.endswith(":") or following.cell_type == "code", cell.source[-60:]


def test_of_a_folded_cell_what_is_shown_is_printed_and_of_a_solution_no_link():
    cells = handouts.before_class(read(PATHS[13])).cells
    [listing] = [cell for cell in cells if cell.cell_type == "code" and not cell.source]
    assert "__mul__" in outputs_text(listing)
    assert handouts.without_announcement("So it is. Twice, a:\n\nb: c.") == (
        "So it is. Twice, a:\n\nb: c.")
    assert handouts.without_announcement("It is. See `x.y`.\n\nFolded:") == "It is. See `x.y`."
    for path in PATHS:
        solved = handouts.solutions(read(handouts.SOLUTIONS / path.name))
        assert "Back to" not in "".join(cell.source for cell in solved.cells)


@pytest.fixture(scope="module")
def printed():
    with paper.press() as printing:
        yield printing


@pytest.fixture
def faults(printed, tmp_path):
    """The faults of a page made of these cells."""
    def found(*cells, spoilt=lambda notebook: None, title="1. Title"):
        notebook = paper.pages(title, cells)
        printed(notebook, tmp_path / "page.pdf")
        spoilt(notebook)
        return faults_of_pages(tmp_path / "page.pdf", notebook)
    return found


def text(lines):
    return new_markdown_cell("\n\n".join(["A line."] * lines))


def cell(lines, printed="It is 2.", **more):
    return new_code_cell("\n".join(f"x = {i}" for i in range(lines)), execution_count=1,
                         outputs=[new_output("stream", text=printed)], **more)


def test_of_the_numbers_in_a_file_only_their_order_is_kept():
    first, second = (b"/ID (node%08d) /ID (node%08d) /ModDate (D:2026%010d)" % each
                     for each in ((436, 439, 1), (17, 20, 2)))
    assert paper.without_chance(first) == paper.without_chance(second) != first
    assert len(paper.without_chance(first)) == len(first)


class TestOnPaper:
    pytestmark = needs_chromium

    @pytest.mark.parametrize("lines", (27, 30, 32, 34))
    def test_nothing_is_torn_apart_wherever_the_page_ends(self, faults, lines):
        assert faults(text(lines), new_markdown_cell("It says:"), cell(6), text(30),
                      new_markdown_cell("## Heading\n\nFirst:\n\n- one\n- two"), cell(3)) == []

    def test_a_cell_that_is_torn_apart_is_found(self, faults, monkeypatch):
        def carelessly(*args, **more):
            page = browser.open_page(*args, **more)
            page.add_style_tag(content="* { break-inside: auto !important; "
                                       "break-after: auto !important }")
            return page
        monkeypatch.setattr(paper, "open_page", carelessly)
        found = [faults(text(lines), new_markdown_cell("It says:"), cell(12))
                 for lines in range(29, 36)]
        assert any("torn apart" in fault for each in found for fault in each)
        assert any("ends in a colon" in fault for each in found for fault in each)

    def test_an_output_that_is_missing_and_a_wrong_footer_are_found(self, faults):
        def other(notebook):
            notebook.cells[0].outputs[0].text = "It is 3."
            notebook.metadata.title = "Another"
        found = faults(cell(3), spoilt=other)
        assert found[0] == "page 1 has no footer with title and page"
        assert "torn apart, or not there" in found[1]

    def test_a_cell_taller_than_a_page_is_broken_and_that_is_no_fault(self, faults):
        assert faults(cell(90), text(3)) == []

    def test_a_cell_a_little_taller_than_a_page_is_set_smaller(self, printed, tmp_path):
        printed(paper.pages("1. Title", [new_markdown_cell("## The class"), cell(63)]),
                tmp_path / "page.pdf")
        [page] = PdfReader(tmp_path / "page.pdf").pages
        assert "x = 62" in page.extract_text()

    def test_no_page_is_printed_for_a_few_lines(self, printed, tmp_path):
        counts = []
        for lines in range(26, 36):
            printed(paper.sheet("1. Title", "# Title", "A line.\n\n" * lines),
                    tmp_path / "page.pdf")
            counts.append(paper.length((tmp_path / "page.pdf").read_bytes()))
        assert len(set(counts)) > 1 and not any(
            count == 2 and left < 5 for count, left in counts), counts

    def test_each_lesson_has_a_page_of_the_guide(self, printed, tmp_path):
        printed(handouts.guide(), tmp_path / "page.pdf")
        texts = [page.extract_text() for page in PdfReader(tmp_path / "page.pdf").pages]
        first, *lessons = [text for text in texts if re.match(r"\d\d\. ", text)]
        assert texts[-len(PATHS):] == [first, *lessons] and len(lessons) == len(PATHS) - 1
        assert not re.search(r"The notebooks\s*Teacher", texts[-len(PATHS) - 1])

    @pytest.mark.parametrize("path", [PATHS[4], PATHS[7]], ids=lambda path: path.stem)
    def test_a_lesson_has_no_fault_and_room_for_a_name(self, printed, tmp_path, path):
        for make in (handouts.before_class, handouts.after_class):
            notebook = make(read(path))
            printed(notebook, tmp_path / "page.pdf")
            assert faults_of_pages(tmp_path / "page.pdf", notebook) == []
        printed(handouts.before_class(read(path)), tmp_path / "page.pdf")
        texts = [page.extract_text() for page in PdfReader(tmp_path / "page.pdf").pages]
        assert re.match(r"Name\s+Date\s", texts[0])
        assert squeezed("".join(texts)).count("MyguessAftertalking") >= 2
        assert "What came out" not in "".join(texts) and "No guess yet" not in "".join(texts)

    def test_the_same_page_gives_the_same_bytes(self, printed, tmp_path):
        """Also where it has a table, whose heads Chromium numbers as it happens to come to them."""
        table = "| | with respect to a | with respect to b |\n|---|---|---|\n| $x^2$ | 1 | 2 |"
        files = set()
        for _ in range(6):
            printed(paper.sheet("1. Title", "# Once more", "A line.\n\n" * 20, table),
                    tmp_path / "page.pdf")
            files.add((tmp_path / "page.pdf").read_bytes())
        assert len(files) == 1
