"""Build the course as a website, into build/site/: pages to read, decks, and notebooks that run.

Sphinx makes the pages, with MyST-NB and the Sphinx Book Theme; JupyterLite runs the notebooks. The
folder can be copied to any web server, and nothing in it asks for anything from elsewhere.
"""

import io
import re
import shutil
import sys
import tempfile
from contextlib import redirect_stdout
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
from tools.notebooks import colab
from tools.site.fetch import NO_ROOM, digest, fetch
from tools.site.live import STORAGE, build_live, call

HERE = Path(__file__).resolve().parent
SITE = ROOT / "build" / "site"
MATHJAX = ROOT / "tools" / "decks" / "deck" / "assets" / "vendor" / "tex-svg-full.js"
FIRST_WITH_ARRAYS = "13"

RUN = """\
<p class="run" data-path="{path}" data-storage="{storage}">
<a class="button" href="{up}live/notebooks/index.html?path={path}">Run this notebook</a>
<small>In this browser, with nothing to install. What you change stays here.</small>{elsewhere}</p>
"""
READ = """\
<p class="run"><small>This notebook is here to read, not to run: {missing} could not be had when the
site was built.</small>{elsewhere}</p>
"""
ELSEWHERE = """\

<small>Or on a server elsewhere: <a href="{colab}">Colab</a>,
<a href="https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/{path}">Binder</a>,
<a href="https://codespaces.new/{repository}">Codespaces</a>.</small>"""
TOCTREE = """\
```{{toctree}}
:hidden:
:caption: {caption}
{entries}
```
"""


def build(folder=SITE, repository=""):
    """Write the site into a folder. What was there goes when all is ready.

    repository: where the course lies on GitHub, as `owner/name`, for links to servers that run it.
    """
    parts = fetch()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        course, live, site = (Path(temporary, name) for name in ("course", "live", "site"))
        copy_course(course)
        edition = f"course-{digest(course)[:8]}"
        shutil.copytree(course, live / edition)
        make_ready(course, parts, edition, repository)
        run_sphinx(course, site)
        if parts:
            build_live(parts, live, site / "live")
        with redirect_stdout(io.StringIO()):  # it would say where they lie, which is not yet true
            decks.build(site / "slides")
        shutil.rmtree(folder, ignore_errors=True)
        site.rename(folder)
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


def make_ready(folder, parts, edition, repository=""):
    """Turn a copy of the course into what Sphinx makes pages of."""
    shutil.copytree(HERE / "pages", folder, dirs_exist_ok=True)
    shutil.copy(MATHJAX, folder / "look")
    readme = re.sub("^# .*", "# About the project", read_text(ROOT / "README.md"), count=1)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    shutil.copy(GUIDE, folder / "notebooks")
    for path in notebooks_and_solutions():
        line = run_line(path, parts, edition, elsewhere(path, repository))
        nbformat.write(page_of(read(path), line), folder / path.relative_to(ROOT))
    (folder / "index.md").write_text(front_page(folder / "index.md", parts), encoding="utf-8")


def run_line(path, parts, edition, elsewhere):
    """The button that opens a notebook, or why there is none; then where else it runs."""
    if not parts:
        return READ.format(missing="what runs notebooks in a browser", elsewhere=elsewhere)
    if not parts.arrays and number(path) >= FIRST_WITH_ARRAYS:
        return READ.format(missing="NumPy, which it needs,", elsewhere=elsewhere)
    inside = path.relative_to(ROOT)
    return RUN.format(up="../" * len(inside.parent.parts), storage=STORAGE,
                      path=f"{edition}/{inside.as_posix()}", elsewhere=elsewhere)


def elsewhere(path, repository):
    """Links to servers that run the notebook from the course's repository, if that is known."""
    return repository and ELSEWHERE.format(
        colab=colab.address(path.relative_to(ROOT / "notebooks").as_posix(), repository),
        repository=repository, path=path.relative_to(ROOT).as_posix())


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


def front_page(template, parts):
    readme = read_text(ROOT / "README.md")
    contents = section(readme, "Contents")
    pages = "every page" if parts and parts.arrays else "the pages of 01 to 12"
    live = (f"On {pages} one button opens the same notebook in this browser, ready to be changed "
            "and run. It is kept in the browser that you work in; *File*, *Download* gives it to "
            "you as a file." if parts else "")
    return read_text(template).format(
        count=len(notebook_paths()), first=notebook_paths()[0].stem, live=live, contents=contents,
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
    with tempfile.TemporaryDirectory() as cache:
        call("Sphinx could not make the pages.", source, "sphinx", "--quiet", "--fail-on-warning",
             "--jobs=auto", "--doctree-dir", cache, source, target)
    (target / ".buildinfo").unlink()
    (target / "objects.inv").unlink()
    for unused in [*target.rglob("*.map"), target / "_sources"]:
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink()
    quote_only_the_text(target / "_static" / "searchtools.js")


def quote_only_the_text(search):
    """Let the search quote from what a page says, without what stands on every page."""
    script = read_text(search)
    script = script.replace("'[role=\"main\"]'", "'article'")
    script = script.replace('".headerlink"', '".headerlink", ".run"')
    search.write_text(script, encoding="utf-8", newline="\n")


def main(repository=""):
    try:
        build(repository=repository and colab.on_github(repository))
    except OSError as error:
        if not NO_ROOM.search(str(error)):
            raise
        sys.exit("The disk is full: the site needs about 400 MB. Make room, then run this again.")


if __name__ == "__main__":
    main(*sys.argv[1:])
