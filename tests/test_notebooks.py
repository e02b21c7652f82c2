"""What every notebook promises, besides that its outputs are what running it gives (nbval)."""

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

import pytest
from nbformat.v4 import new_output

from tools.course import (
    GUIDE,
    ROOT,
    code_cells,
    notebook_paths,
    number,
    outputs_text,
    read,
    read_text,
    tagged,
    title,
)
from tools.notebooks import check
from tools.notebooks.check import differing
from tools.notebooks.execute import links_for, without_paths
from tools.notebooks.stable import FIRST_WITH_MATH, FLOAT, agree, rounded

PATHS = notebook_paths()
SOLUTIONS = notebook_paths(ROOT / "notebooks" / "solutions")
NOTEBOOKS = {path.stem: read(path) for path in PATHS}
every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]+)\)")

# The slips in the notes that the course puts right: the notebook that does, and what it says.
SLIPS = {
    1: ("04_manual_gradients", "$dL/dd$ and $dL/df$"),
    2: ("03_labels", "`set`"),
    3: ("06_neuron", "`n.label = n`"),
    4: ("07_tanh", "`import math`"),
    5: ("07_tanh", "overflows from 355"),
    6: ("08_auto_backward", "is not indented"),
    7: ("10_decomposed_tanh", "`out.grad`"),
    8: ("10_decomposed_tanh", "`__neg__`"),
    9: ("10_decomposed_tanh", "`__rsub__` and `__rtruediv__`"),
    10: ("08_auto_backward", "`b` is a leaf"),
    11: ("08_auto_backward", "recursive sort"),
    12: ("09_accumulation_bug", "second `backward()`"),
    13: ("09_accumulation_bug", "`e._backward()`"),
    14: ("03_labels", "`id`"),
}

AMERICAN = r"\b(color|behavior|center|gray|favor|neighbor|optimiz|initializ|visualiz|analyz)"


def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_the_notebooks_are_numbered_without_gaps():
    assert [number(path) for path in PATHS] == [f"{i + 1:02}" for i in range(len(PATHS))]


@every_notebook
def test_it_was_executed_once_from_top_to_bottom(name):
    cells = code_cells(NOTEBOOKS[name])
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.source.strip() for cell in cells), "an empty cell"


@every_notebook
def test_it_fails_where_it_says_so_and_nowhere_else(name):
    for cell in code_cells(NOTEBOOKS[name]):
        fails = any(output.output_type == "error" for output in cell.outputs)
        assert fails == ("raises-exception" in cell.metadata.get("tags", [])), cell.source


@every_notebook
def test_no_cell_is_hidden_from_nbval(name):
    for cell in NOTEBOOKS[name].cells:
        tags = cell.metadata.get("tags", [])
        known = {"step", "links", "raises-exception", "predict", "exercise",
                 "digits"}  # whose rounding is the subject, so that a deck leaves it alone
        assert {tag for tag in tags if not re.match(r"misconception-\d+$", tag)} <= known, tags
        assert "NBVAL" not in cell.source


@every_notebook
def test_its_prose_is_in_british_spelling(name):
    assert not re.search(AMERICAN, "\n".join(prose(NOTEBOOKS[name])), re.I)


@every_notebook
def test_it_changes_the_class_in_one_cell_at_most(name):
    assert len(tagged(NOTEBOOKS[name], "step")) <= 1


@every_notebook
def test_it_takes_up_the_class_where_the_last_change_left_it(name):
    steps = [number(path) for path in PATHS if tagged(NOTEBOOKS[path.stem], "step")]
    last = max((step for step in steps if step < name[:2]), default=None)
    source = "\n".join(cell.source for cell in code_cells(NOTEBOOKS[name])
                       if "exercise" not in cell.metadata.get("tags", []))
    used = re.findall(r"from micrograd\.steps\.step_(\d\d) import Value", source)
    is_part_one = not last or int(name[:2]) <= int(steps[-1]) + 1  # 11 looks back at step 10
    assert used == ([last] if last and is_part_one else [])


@every_notebook
def test_it_opens_with_title_and_aim_and_checks_itself_before_it_closes(name):
    notebook = NOTEBOOKS[name]
    first = notebook.cells[0].source
    assert re.match(rf"# {int(name[:2])}\. \S", first)
    assert "**Aim:**" in first
    assert "## What we have" in "".join(prose(notebook))
    assert any(re.search(r"^(assert|    assert|gradcheck)", cell.source, re.M)
               for cell in code_cells(notebook))
    for cell in code_cells(notebook):  # what nobody is to read is folded
        asserts = re.search(r"^ *assert", cell.source, re.M)
        if asserts and cell.metadata.slideshow.slide_type == "skip":
            assert cell.metadata.jupyter.source_hidden and cell.source.startswith("# What ")


@every_notebook
def test_code_cells_are_small(name):
    for cell in code_cells(NOTEBOOKS[name]):
        if "step" not in cell.metadata.get("tags", []):
            assert len(cell.source.splitlines()) <= 12, cell.source


def line_when_folded(cell):
    """What JupyterLab shows of folded outputs: the first line of the richest form of the first."""
    output = cell.outputs[0]
    data = output.get("data", {})
    forms = [output.get("text"), output.get("evalue"), data.get("text/html"),
             data.get("image/svg+xml"), data.get("text/markdown"), data.get("text/plain")]
    return next(filter(None, forms)).strip().splitlines()[0]


@every_notebook
def test_the_first_line_of_a_folded_output_tells_nothing(name):
    for cell in code_cells(NOTEBOOKS[name]):
        if cell.metadata.get("jupyter", {}).get("outputs_hidden"):
            line = line_when_folded(cell)
            assert re.fullmatch(r"Pages of this film: \d+", line) or not re.search(
                r"<|(?<!\w)[-+]?\d|^[A-D]$", line), line


@every_notebook
def test_there_is_text_between_any_three_code_cells(name):
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in NOTEBOOKS[name].cells)
    assert "ccc" not in kinds


@every_notebook
def test_its_links_lead_to_its_neighbours_and_to_the_contents(name):
    links = {path.stem: line for path, line in links_for(PATHS)}
    cells = tagged(NOTEBOOKS[name], "links")
    assert [cell.source for cell in cells] == [links[name]] * 2, "run `make notebooks`"
    assert NOTEBOOKS[name].cells[1] == cells[0] and NOTEBOOKS[name].cells[-1] == cells[1]


def test_the_links_carry_the_titles():
    lines = dict(links_for(PATHS))
    first, second, third = PATHS[:3]
    assert f"[{title(read(second))} →]({second.name})" in lines[first]
    assert "←" not in lines[first] and "→" not in lines[PATHS[-1]]
    assert f"[← {title(read(first))}]({first.name})" in lines[second]
    assert third.name in lines[second]


PAGES = ["README.md", "notebooks/README.md",
         *(str(path.relative_to(ROOT)) for path in [*PATHS, *SOLUTIONS])]


def page(name):
    """The folder and the Markdown text of a notebook, of a README or of the guide."""
    path = ROOT / name
    text = read_text(path) if path.suffix == ".md" else "\n".join(prose(read(path)))
    return path.parent, text


def anchors(markdown):
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", markdown, re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_resolve(name):
    folder, text = page(name)
    for _, target in LINK.findall(text):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = folder / path if path else ROOT / name
        assert file.exists(), target
        assert not anchor or anchor in anchors(read_text(file)), target


@pytest.mark.parametrize("name", PAGES)
def test_pictures_are_there_and_say_what_they_show(name):
    folder, text = page(name)
    assert "<img" not in text
    for alt, target in PICTURE.findall(text):
        assert (folder / target).resolve().is_relative_to(ROOT / "images"), target
        assert (folder / target).is_file(), target
        assert len(alt.split()) >= 8, f"{target}: the alt text does not say what it shows"


def test_every_picture_is_shown_in_a_notebook():
    shown = {target.rpartition("/")[2] for notebook in NOTEBOOKS.values()
             for text in prose(notebook) for _, target in PICTURE.findall(text)}
    assert shown == {path.name for path in (ROOT / "images").glob("*.svg")}


@every_notebook
def test_drawings_have_alt_text(name):
    for cell in code_cells(NOTEBOOKS[name]):
        for output in cell.outputs:
            page = output.get("data", {}).get("text/html", "")
            assert page.count("<img ") == len(re.findall(r'<img alt="[^"]{20,}"', page))
            assert "image/png" not in output.get("data", {})


@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_of_the_notes_is_named_in_the_notebook_that_puts_it_right(slip):
    name, says = SLIPS[slip]
    closing = next(text for text in prose(NOTEBOOKS[name]) if "**Where the notes slip.**" in text)
    entries = re.split(r"(?=Slip \d+)", closing)
    assert any(re.match(rf"Slip {slip}\b", entry) and says in entry for entry in entries)


def test_the_guide_lists_every_slip_with_its_notebook():
    rows = re.findall(r"^\| (\d+) \| \[\d\d\]\((\w+)\.ipynb\) \|", read_text(GUIDE), re.M)
    assert rows == [(str(slip), name) for slip, (name, _) in SLIPS.items()]


@every_notebook
def test_slips_are_named_in_the_box_at_the_end_and_nowhere_before(name):
    for text in prose(NOTEBOOKS[name]):
        assert "**Where the notes slip.**" in text or not re.search(r"(?i)\bslip \d", text)


def numbers_in(text):
    return [float(match) for match in re.findall(r"(?<![\w.])-?\d+\.\d+(?:e[+-]?\d+)?", text)]


@every_notebook
def test_every_number_in_the_prose_is_printed_by_a_cell_or_stands_in_one(name):
    notebook = NOTEBOOKS[name]
    known = [x for cell in code_cells(notebook)
             for x in numbers_in(cell.source + "\n" + outputs_text(cell))]
    for text in prose(notebook):
        text = re.sub(r"^# \d+\.", "", PICTURE.sub("", text))  # a picture computes its own
        for match in re.findall(r"(?<![\w.])[-−]?\d+\.\d+", text):
            places = len(match.partition(".")[2])
            value = float(match.replace("−", "-"))
            assert any(round(abs(x), places) == abs(value) for x in known), f"{match} in: {text}"


@every_notebook
def test_it_holds_no_path_of_the_machine_it_was_made_on(name):
    text = read_text(ROOT / "notebooks" / f"{name}.ipynb")
    assert not re.search(r"(?<![\w.:/])/(home|root|tmp|usr|work|Users|opt)/", text)
    assert NOTEBOOKS[name].metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python",
                       "name": "python3"},
        "language_info": {"name": "python"},
    }


ANNAS = PurePosixPath("/anna")
COURSE = ANNAS / "my course"


@pytest.mark.parametrize("seen", [f"{COURSE}/micrograd/engine.py:5",
                                  "~/my course/micrograd/engine.py:5"])
def test_a_traceback_keeps_the_part_of_a_path_inside_the_course(seen):
    error = new_output("error", ename="E", evalue="e", traceback=[f"File {seen}, in f"])
    shown = without_paths(error, COURSE, ANNAS).traceback
    assert shown == ["File micrograd/engine.py:5, in f"]


def test_a_traceback_is_the_same_on_windows():
    seen = "C:\\course\\micrograd\\engine.py:5"
    error = new_output("error", ename="E", evalue="e", traceback=[f"File {seen}, in f"])
    shown = without_paths(error, PureWindowsPath("C:/course"), PureWindowsPath("C:/Users/anna"))
    assert shown.traceback == ["File micrograd/engine.py:5, in f"]


def shown_at(*places):
    return [{"output_type": "stream", "text": f"<object at {place}>"} for place in places]


@pytest.mark.parametrize("one, two", [("0x7f00aa11", "0x7f00bb22"),
                                      ("0x7f00aa11", "0x000001F2A3B4C5D0")])
def test_addresses_may_differ_but_not_which_of_them_are_the_same(one, two):
    stored = shown_at(one, one)
    assert agree(stored, shown_at(two, two), "01")
    assert not agree(stored, shown_at(two, one), "01")
    assert not agree(stored, shown_at(one), "01")


def printed(number):
    return [{"output_type": "stream", "text": f"o = {number}, and more"}]


@pytest.mark.parametrize("one, two", [(0.7071067811865476, 0.7071067811865475),
                                      (0.5, 0.4999999999999998), (-1.5000000000000002, -1.5)])
def test_last_digits_may_differ_where_a_math_library_made_them_and_nowhere_else(one, two):
    assert agree(printed(one), printed(two), "07")
    assert not agree(printed(one), printed(two), "05")
    assert not agree(printed(one), printed(two + 1e-11), "07")


@every_notebook
def test_twelve_digits_of_its_numbers_are_far_from_being_rounded_the_other_way(name):
    if name[:2] < FIRST_WITH_MATH:
        pytest.skip("compared to the last digit: + - * / are the same everywhere")
    for cell in code_cells(NOTEBOOKS[name]):
        for found in re.finditer(FLOAT, outputs_text(cell)):
            number = float(found[0])
            nudged = {rounded([repr(number * (1 + k * sys.float_info.epsilon))])
                      for k in range(-4, 5)}
            assert len(nudged) == 1, found[0]


def test_copies_and_notebooks_of_the_readers_own_are_not_the_courses(tmp_path):
    for stray in ("01_one.ipynb", "01_one-Copy1.ipynb", "Untitled.ipynb", "._01_one.ipynb",
                  "01_one (1).ipynb", ".DS_Store"):
        (tmp_path / stray).touch()
    (tmp_path / ".ipynb_checkpoints").mkdir()
    assert [path.name for path in notebook_paths(tmp_path)] == ["01_one.ipynb"]


def test_every_cell_of_a_notebook_and_then_of_its_solutions_is_a_test():
    command = [sys.executable, "-m", "pytest", "-n0", "--collect-only", "-q", PATHS[0]]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    cells, solutions = (len(code_cells(read(paths[0]))) for paths in (PATHS, SOLUTIONS))
    assert re.findall("::(.+)", said) == [
        *(f"Cell {i}" for i in range(cells)), *(f"Solutions, cell {i}" for i in range(solutions))]


def test_a_file_that_is_not_as_stored_is_named(tmp_path):
    for folder in ("fresh", "stored"):
        (tmp_path / folder / "below").mkdir(parents=True)
        (tmp_path / folder / "same.svg").write_text("same")
        (tmp_path / folder / "below" / "changed.svg").write_text(folder)
        (tmp_path / folder / f"only_{folder}.svg").touch()
    assert differing(tmp_path / "fresh", tmp_path / "stored", ["**/*.svg"]) == [
        str(Path("below", "changed.svg")), "only_fresh.svg", "only_stored.svg"]


def test_a_checkpoint_of_jupyterlab_is_not_taken_for_a_stored_notebook():
    compared = next(patterns for make, *patterns in check.STORED if make is check.notebooks)
    assert len(compared) == 2 * len(NOTEBOOKS)
    assert not any("*" in pattern or "checkpoint" in pattern for pattern in compared)
