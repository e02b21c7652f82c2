"""What the course adds to the Python that runs in a browser: an extension of IPython's.

Drawings: viz.js, Graphviz for browsers, becomes what `micrograd.dot` finds as `js.viz`.
Packages: what an import does not find is fetched from the site, if the site has it.
Errors: a cell tagged `raises-exception` shows its error and does not stop those after it, as in
JupyterLab; the kernel of JupyterLite does not know that tag. An error goes by its name alone.
"""

import importlib
import sys
import warnings
from importlib.machinery import PathFinder
from pathlib import Path

import js
import pyodide_js
from pyodide.ffi import can_run_sync, run_sync


def load_ipython_extension(shell):
    """Called by IPython. shell: the one that runs a notebook's cells."""
    sys.path.sort(key=lambda place: place == "")  # every look into the learner's folder is slow
    warnings.filterwarnings("ignore", "tqdm:disabling monitor")  # it has no thread to watch from
    shell._showtraceback = keeper(shell)
    shell.kernel.run = runner(shell.kernel, shell.kernel.run)


def keeper(shell):
    def keep(kind, error, traceback):
        shell._last_traceback = {
            "ename": kind.__name__, "evalue": str(error), "traceback": traceback}
    return keep


def runner(kernel, run):
    async def run_and_go_on(code):
        if not hasattr(js, "viz"):
            await get_ready()
        reply = await run(code)
        return shown(reply) if reply["status"] == "error" and announced(kernel) else reply
    return run_and_go_on


async def get_ready():
    """Before the first cell."""
    js.eval(Path(__file__).with_name("viz.js").read_text(encoding="utf-8"))
    js.viz = await js.Viz.instance()
    if can_run_sync():
        sys.meta_path.append(FromTheSite)
    else:  # a browser in which Python cannot wait for a file in the middle of an import
        await pyodide_js.loadPackage(list(pyodide_js.lockfile.packages.object_keys()))


class FromTheSite:
    """Finds a module by fetching the package that it is in; asked when all others have not."""

    def find_spec(name, path=None, target=None):
        if path is None:
            run_sync(pyodide_js.loadPackagesFromImports(f"import {name}"))
            importlib.invalidate_caches()
            return PathFinder.find_spec(name)


def announced(kernel):
    """Whether the cell that runs is tagged as one that fails."""
    return "raises-exception" in kernel.get_parent()["metadata"].get("tags", [])


def shown(reply):
    """Show an error where JupyterLab shows it, and reply as if there were none."""
    print("\n".join(reply["traceback"]), file=sys.stderr)
    return {"status": "ok", "payload": reply["payload"]}
