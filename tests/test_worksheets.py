"""What worksheets, quizzes and answer sheets promise."""

import re
import shutil

import pytest

from micrograd.graph import trace
from tools.classroom import blanks
from tools.classroom.blanks import BLANKS, LINE
from tools.classroom.quiz import quiz
from tools.course import notebook_paths, number, read

pytest.importorskip("playwright", reason="`make worksheets` installs it")
pytest.importorskip("pypdf", reason="`make worksheets` installs it")
from pypdf import PdfReader

from tools.classroom import worksheets
from tools.decks import browser, paper
from tools.decks.check_paper import faults_of_pages
from tools.decks.votes import votes

PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def text_of(sheet):
    return "\n".join(cell.source for cell in sheet.cells)


@every_notebook
def test_a_worksheet_asks_every_prediction_and_exercise_and_answers_none(path):
    text = text_of(worksheets.worksheet(path, 10, 20)).replace(worksheets.NO_BREAK, " ")
    notebook = read(path)
    for vote in votes(notebook):
        assert vote.question in text and all(option in text for option in vote.options)
        assert not any(why in text for why in vote.why)
    named = re.findall(r"^### (Exercise [\d.]+)", "\n".join(c.source for c in notebook.cells), re.M)
    assert re.findall(r"^### (Exercise [\d.]+)", text, re.M) == named != []
    assert ("check(" not in text and "___" in text) or "data:image" in text


def test_short_options_stand_side_by_side_and_no_line_ends_in_one():
    [*_, options] = worksheets.asked(1, quiz("03")[3]).source.splitlines()
    assert "a,\u00a0s,\u00a0c,\u00a0f" in options and "&emsp;" in options and ", " not in options


def test_an_answer_sheet_has_all_the_code_down_to_the_check():
    answer = [each for each in worksheets.solved(read(worksheets.SOLUTIONS / PATHS[9].name))
              if "10.4" in each]
    assert re.findall(r"^def (on_\w)", answer[0], re.M) == ["on_a", "on_b", "on_c", "on_d", "on_e"]
    assert len(answer) == answer[0].count('check("10.4"') == 1


@every_notebook
def test_an_answer_sheet_answers_all_of_it(path):
    text = text_of(worksheets.answer_sheet(path))
    for i, vote in enumerate([*votes(read(path)), *quiz(number(path))]):
        assert f". {vote.right}** · {vote.question}" in text, i
        assert all(why in text for why in vote.why)
    exercises = worksheets.exercises(read(path))
    for heading in re.findall(r"^### (Exercise [\d.]+)", "\n".join(exercises), re.M):
        assert f"### {heading}\n\n```python\n" in text


@every_notebook
def test_what_is_to_be_filled_in_has_room_and_the_answer_sheet_has_none_left(path):
    what_to_do, blank, filled = BLANKS[number(path)]()
    assert what_to_do.endswith(":") and blank != filled
    drawn = "data:image" in blank
    texts = [" ".join(words_of(each)) if drawn else each for each in (blank, filled)]
    assert LINE in texts[0] and LINE not in texts[1] and "?" not in texts[1]


def words_of(picture):
    from base64 import b64decode
    found = re.findall(r"base64,([^\"]+)", picture)
    return [word for each in found for word in re.findall(r"<text[^>]*>([^<]+)",
                                                          b64decode(each).decode())]


def test_the_gradients_of_a_class_without_a_backward_pass_are_the_right_ones():
    a, b = blanks.leaves(blanks.step_07.Value, a=2.0, b=-3.0)
    c = a * b
    root = blanks.by_hand((c + a).tanh() * c)
    grads = [value.grad for value in trace(root)[0]]
    assert grads[-1] == 1.0
    a9, b9 = blanks.leaves(blanks.step_09.Value, a=2.0, b=-3.0)
    c9 = a9 * b9
    right = (c9 + a9).tanh() * c9
    right.backward()
    assert grads == pytest.approx([value.grad for value in trace(right)[0]])


@pytest.mark.browser
@pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)), reason="there is no Chromium")
def test_every_worksheet_fits_on_its_pages(tmp_path):
    with paper.press() as printed:
        for path in PATHS:  # or it exits with the name of one that does not
            worksheets.print_worksheet(printed, path, tmp_path / "sheet.pdf")


@pytest.mark.browser
@pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)), reason="there is no Chromium")
def test_a_printed_worksheet_has_two_pages_a_quiz_one_and_nothing_is_torn(tmp_path):
    path = PATHS[4]
    with paper.press() as printed:
        worksheets.print_worksheet(printed, path, tmp_path / "sheet.pdf")
        printed(worksheets.quiz_sheet(path), tmp_path / "quiz.pdf")
        printed(worksheets.answer_sheet(path), tmp_path / "answers.pdf")
    pages = PdfReader(tmp_path / "sheet.pdf").pages
    assert len(pages) == 2 and len(PdfReader(tmp_path / "quiz.pdf").pages) == 1
    assert re.match(r"Name\s+Date\s", pages[0].extract_text())
    assert pages[0].extract_text().count(LINE) == 7  # a gradient for each value
    for name, sheet in (("quiz", worksheets.quiz_sheet), ("answers", worksheets.answer_sheet)):
        assert faults_of_pages(tmp_path / f"{name}.pdf", sheet(path)) == []


@pytest.mark.browser
@pytest.mark.skipif(not any(map(shutil.which, browser.BROWSERS)), reason="there is no Chromium")
def test_a_worksheet_that_does_not_fit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(worksheets, "SIZES", [(30, 90)])
    with paper.press() as printed, pytest.raises(SystemExit, match="does not fit on 2 pages"):
        worksheets.print_worksheet(printed, PATHS[4], tmp_path / "sheet.pdf")
