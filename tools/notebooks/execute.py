"""Write the links between the notebooks, then execute them and the solutions in place.

Outputs that differ from the stored ones only in addresses in memory, or beyond the digits that all
math libraries agree on, keep their stored form, so that executing again changes no byte.
"""

import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.course import ROOT, code_cells, notebook_paths, number, read, read_text, title
from tools.notebooks.stable import agree
from tools.run import ours

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
PATIENCE = 1800  # seconds, against a cell that never ends; no cell takes a tenth of a minute


def run(path, links=None):
    """Write the links, if any, into one notebook, execute it and save it.

    Raises CellExecutionError if a cell fails that is not tagged `raises-exception`; the file is
    then left as it was.
    """
    stored, fresh = read(path), read(path)
    if links:
        write_links(fresh, links)
    NotebookClient(
        fresh, timeout=PATIENCE, startup_timeout=PATIENCE, kernel_name="python3",
        record_timing=False, resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],
        coalesce_streams=True,  # of a progress bar, keep what is left on the screen at the end
    ).execute(env=ours(os.environ))
    fresh.metadata = nbformat.from_dict(METADATA)
    for cell in code_cells(fresh):
        cell.outputs = [without_paths(output, ROOT, Path.home()) for output in cell.outputs]
    keep_what_agrees(stored, fresh, number(path))
    text = nbformat.writes(nbformat.from_dict(fresh)) + "\n"
    if text != read_text(path):
        path.write_text(text, encoding="utf-8", newline="\n")


def keep_what_agrees(stored, fresh, notebook):
    """Give the fresh notebook the stored outputs, where all of them agree with the fresh ones."""
    before, after = ([cell.outputs for cell in code_cells(each)] for each in (stored, fresh))
    if agree(before, after, notebook):
        for outputs, cell in zip(before, code_cells(fresh), strict=True):
            cell.outputs = outputs


def links_for(paths):
    """For each notebook, the line that leads to its neighbours and to the contents."""
    titles = [title(read(path)) for path in paths]
    for i, path in enumerate(paths):
        parts = ["[Contents](../README.md#contents)"]
        if i > 0:
            parts.insert(0, f"[← {titles[i - 1]}]({paths[i - 1].name})")
        if i + 1 < len(paths):
            parts.append(f"[{titles[i + 1]} →]({paths[i + 1].name})")
        yield path, " · ".join(parts)


def write_links(notebook, line):
    """Put the line below the title and at the end, in cells tagged `links`."""
    cells = [c for c in notebook.cells if "links" not in c.metadata.get("tags", [])]
    for position, place in ((1, "top"), (len(cells) + 1, "end")):
        metadata = {"tags": ["links"], "slideshow": {"slide_type": "skip"}}
        cell = nbformat.v4.new_markdown_cell(line, metadata=metadata)
        cell.id = f"links-{place}"
        cells.insert(position, cell)
    notebook.cells = cells


def without_paths(output, root, home):
    """A traceback shows where the course lies on this machine; keep the part inside the course.

    IPython writes `~` for a home folder that the course lies in.
    """
    if output.output_type == "error":
        places = [str(root)]
        if root.is_relative_to(home):
            places.append(os.path.join("~", root.relative_to(home)))
        here = re.compile(f"(?:{'|'.join(map(re.escape, places))})[/\\\\]([^\\s:]*)")
        output.traceback = [here.sub(lambda found: found[1].replace("\\", "/"), line)
                            for line in output.traceback]
    return output


def run_all(folder):
    """Execute the notebooks in a folder, and their solutions, on all cores.

    Exits with the traceback if a cell fails.
    """
    solutions = [(path, None) for path in notebook_paths(folder / "solutions")]
    jobs = [*links_for(notebook_paths(folder)), *solutions]
    with ProcessPoolExecutor() as pool:
        started = [(path, pool.submit(run, path, line)) for path, line in jobs]
        for path, job in started:
            try:
                job.result()
            except CellExecutionError as error:
                pool.shutdown(cancel_futures=True)
                sys.exit(f"\n{path.name} stopped: {error.ename}: {error.evalue}\n{error.traceback}")
            print(number(path), end=" ", flush=True)
    print("done")


if __name__ == "__main__":
    run_all(*(Path(argument) for argument in sys.argv[1:] or [ROOT / "notebooks"]))
