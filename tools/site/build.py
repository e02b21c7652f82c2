"""Build the course as a website, into build/site/: pages to read, decks, and notebooks that run.

Sphinx makes the pages, with MyST-NB and the Sphinx Book Theme; JupyterLite runs the notebooks. The
folder can be copied to any web server, and nothing in it asks for anything from elsewhere.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from tools.course import (
    GUIDE,
    ROOT,
    code_cells,
    notebook_paths,
    notebooks_and_solutions,
    number,
    read,
    read_text,
)
from tools.decks import build as decks
from tools.site.fetch import fetch
from tools.site.live import LONG_AGO, STORAGE, build_live

HERE = Path(__file__).resolve().parent
SITE = ROOT / "build" / "site"
MATHJAX = ROOT / "tools" / "decks" / "deck" / "assets" / "vendor" / "tex-svg-full.js"
FIRST_WITH_ARRAYS = "13"

RUN = """\
<p class="run" data-path="{path}" data-storage="{storage}">
<a class="button" href="{up}live/notebooks/index.html?path={path}">Run this notebook</a>
<small>In this browser, with nothing to install. What you change stays here.</small></p>
"""
READ = """\
<p class="run"><small>This notebook is here to read, not to run: it needs NumPy, which could not be
had when the site was built.</small></p>
"""
TOCTREE = """\
```{{toctree}}
:hidden:
:caption: {caption}
{entries}
```
"""


def build(folder=SITE):
    """Write the site into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    parts = fetch()
    with tempfile.TemporaryDirectory() as temporary:
        course, live = Path(temporary, "course"), Path(temporary, "live")
        copy_course(course)
        edition = f"course-{digest(course)}"
        shutil.copytree(course, live / edition)
        make_ready(course, parts, edition)
        run_sphinx(course, folder)
        if parts:
            build_live(parts, live, folder / "live")
    decks.build(folder / "slides")
    print("The site is in", folder)


def copy_course(folder):
    """Copy what a learner is to have in the browser: the notebooks, and the files they show."""
    shutil.copytree(ROOT / "images", folder / "images")
    for path in notebooks_and_solutions():
        notebook, target = read(path), folder / path.relative_to(ROOT)
        code = "\n".join(cell.source for cell in code_cells(notebook))
        for name in re.findall(r'Path\("\.\./([\w/.]+)"\)', code):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        for cell in notebook.cells:
            if "links" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace("[Contents](../README.md#contents) · ", "")
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)


def digest(folder):
    """A few letters that change whenever a file in the folder does."""
    total = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        total.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return total.hexdigest()[:8]


def make_ready(folder, parts, edition):
    """Turn a copy of the course into what Sphinx makes pages of."""
    shutil.copytree(HERE / "pages", folder, dirs_exist_ok=True)
    shutil.copy(MATHJAX, folder / "look")
    shutil.copy(ROOT / "README.md", folder)
    shutil.copy(GUIDE, folder / "notebooks")
    for path in notebooks_and_solutions():
        target = folder / path.relative_to(ROOT)
        runs = parts and (parts.arrays or number(path) < FIRST_WITH_ARRAYS)
        nbformat.write(page_of(read(path), run_line(path, edition) if runs else READ), target)
    (folder / "index.md").write_text(front_page(folder / "index.md", edition if parts else None),
                                     encoding="utf-8")


def run_line(path, edition):
    inside = path.relative_to(ROOT)
    return RUN.format(up="../" * len(inside.parent.parts), storage=STORAGE,
                      path=f"{edition}/{inside.as_posix()}")


def page_of(notebook, line):
    """The notebook as a page shows it: with this line below its title, and answers folded."""
    notebook.cells = [cell for cell in notebook.cells
                      if "links" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        hidden = cell.metadata.get("jupyter", {})
        tags = cell.metadata.setdefault("tags", [])
        if cell.cell_type == "markdown":
            cell.source = folded(cell.source) if hidden else cell.source
            continue
        tags += [f"hide-{what}" for what in ("input", "output")
                 if hidden.get(f"{'source' if what == 'input' else 'outputs'}_hidden")]
    first, title, rest = re.split(r"^(# .+\n?)", notebook.cells[0].source, maxsplit=1, flags=re.M)
    notebook.cells[0].source = f"{first}{title}\n{line}\n{rest}"
    return notebook


def folded(markdown):
    """Markdown that opens when its first line, in bold letters, is clicked."""
    found = re.match(r"\*\*([^*\n]+)\*\*\n", markdown)
    summary, text = (found[1], markdown[found.end():]) if found else ("What came out.", markdown)
    summary = re.sub(r"`([^`]+)`", r"<code>\1</code>", summary)
    return (f'<details class="answer"><summary>{summary}</summary>\n\n{text}\n\n</details>')


def front_page(template, edition):
    readme = read_text(ROOT / "README.md")
    contents = section(readme, "Contents")
    first = notebook_paths()[0].stem
    live = ("On every page one button opens the same notebook in this browser, ready to be changed "
            "and run. It is kept in the browser that you work in; *File*, *Download* gives it to "
            "you as a file." if edition else "")
    return read_text(template).format(
        count=len(notebook_paths()), first=first, live=live, contents=contents,
        credit="## Credit\n\n" + section(readme, "Credit"), toctrees=toctrees(contents))


def section(markdown, heading):
    return re.search(rf"^## {heading}\n\n(.*?)(?=^## |\Z)", markdown, re.M | re.S)[1].strip()


def toctrees(contents):
    """The sidebar: a list for each table of the contents, then what else there is."""
    parts = re.findall(r"(?:^\|.*\n?)+", contents, re.M)
    lists = [re.findall(r"\((notebooks/\d\d_\w+)\.ipynb\)", part) for part in parts]
    solutions = [f"notebooks/solutions/{path.stem}" for path in notebook_paths()]
    captions = ["The class grows", "The finished engine"]
    named = [*zip(captions, lists, strict=True),
             ("More", ["Teacher's guide <notebooks/README>", "About the project <README>"]),
             ("Solutions", solutions)]
    return "\n".join(TOCTREE.format(caption=caption, entries="\n".join(entries))
                     for caption, entries in named)


def run_sphinx(source, target):
    """Exits with what Sphinx says if a link leads nowhere, or anything else is amiss."""
    settings = os.environ | {"SOURCE_DATE_EPOCH": str(LONG_AGO)}
    with tempfile.TemporaryDirectory() as cache:
        failed = subprocess.call(
            [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--jobs=auto",
             "--doctree-dir", cache, source, target], env=settings)
    if failed:
        sys.exit("Sphinx could not make the pages.")
    (target / ".buildinfo").unlink()
    (target / "objects.inv").unlink()
    for unused in [*target.rglob("*.map"), target / "_sources"]:
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink()


if __name__ == "__main__":
    build(*(Path(argument) for argument in sys.argv[1:]))
