"""What every notebook promises, besides that its outputs are what running it gives (nbval)."""

import re
import shutil
import subprocess
import sys
from urllib.parse import unquote

import pytest

from tools.course import (
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
from tools.notebooks.execute import links_for, same_but_for_addresses

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
        known = {"step", "links", "raises-exception", "predict", "exercise"}
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


@every_notebook
def test_code_cells_are_small(name):
    for cell in code_cells(NOTEBOOKS[name]):
        if "step" not in cell.metadata.get("tags", []):
            assert len(cell.source.splitlines()) <= 12, cell.source


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
    assert shown == {path.name for path in (ROOT / "images").iterdir()}


@every_notebook
def test_drawings_have_alt_text(name):
    for cell in code_cells(NOTEBOOKS[name]):
        for output in cell.outputs:
            page = output.get("data", {}).get("text/html", "")
            assert page.count("<img ") == len(re.findall(r'<img alt="[^"]{20,}"', page))
            assert "image/png" not in output.get("data", {})


@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_of_the_notes_is_named_where_it_is_put_right(slip):
    name, says = SLIPS[slip]
    closing = next(text for text in prose(NOTEBOOKS[name]) if "**Where the notes slip.**" in text)
    entries = re.split(r"(?=Slip \d+)", closing)
    assert any(re.match(rf"Slip {slip}\b", entry) and says in entry for entry in entries)
    body = "\n".join(text for text in prose(NOTEBOOKS[name]) if text != closing)
    assert f"slip {slip}" in body, "named at the end, but not where it matters"


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


def test_executing_the_notebooks_again_changes_no_byte(tmp_path):
    copy = tmp_path / "notebooks"
    for folder in ("notebooks", "tools"):  # notebook 14 shows a file from tools
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns(".*"))
    subprocess.run([sys.executable, "-m", "tools.notebooks.execute", copy], check=True, cwd=ROOT)
    for path in PATHS:
        assert (copy / path.name).read_bytes() == path.read_bytes(), path.name


def shown_at(*places):
    return [{"output_type": "stream", "text": f"<object at {place}>"} for place in places]


def test_an_output_that_really_changed_is_not_taken_for_the_stored_one():
    stored = shown_at("0x7f00aa11", "0x7f00aa11")
    assert same_but_for_addresses(stored, shown_at("0x7f00bb22", "0x7f00bb22"))
    assert not same_but_for_addresses(stored, shown_at("0x7f00bb22", "0x7f00cc33"))
    assert not same_but_for_addresses(stored, shown_at("0x7f00aa11"))
