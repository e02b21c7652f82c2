"""Write the links between the notebooks, then execute them and the solutions in place.

Outputs that differ from the stored ones only in addresses in memory keep their stored form, so
executing again changes no byte.
"""

import json
import os
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.course import ROOT, code_cells, notebook_paths, number, read, read_text, title

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# In the repr of an object that has no repr of its own: `<Value object at 0x7f3a...>`.
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


def run(path, links=None):
    """Write the links, if any, into one notebook, execute it and save it.

    Raises CellExecutionError if a cell fails that is not tagged `raises-exception`; the file is
    then left as it was.
    """
    stored, fresh = read(path), read(path)
    if links:
        write_links(fresh, links)
    NotebookClient(
        fresh, timeout=120, kernel_name="python3", record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],
        coalesce_streams=True,  # of a progress bar, keep what is left on the screen at the end
    ).execute()
    fresh.metadata = nbformat.from_dict(METADATA)
    before, after = code_cells(stored), code_cells(fresh)
    for cell in after:
        cell.outputs = [without_paths(output) for output in cell.outputs]
    if same_but_for_addresses([c.outputs for c in before], [c.outputs for c in after]):
        for old, cell in zip(before, after, strict=True):
            cell.outputs = old.outputs
    text = nbformat.writes(nbformat.from_dict(fresh)) + "\n"
    if text != read_text(path):
        path.write_text(text, encoding="utf-8", newline="\n")


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


def without_paths(output):
    """A traceback shows where the course lies on this machine; keep the part inside the course."""
    if output.output_type == "error":
        output.traceback = [line.replace(f"{ROOT}{os.sep}", "") for line in output.traceback]
    return output


def same_but_for_addresses(outputs, others):
    """Whether two lists of outputs differ in nothing but addresses in memory.

    What had one address must have one address in both.
    """
    return numbered(outputs) == numbered(others)


def numbered(outputs):
    """The outputs as text, their addresses replaced by numbers in the order of appearance."""
    found = {}
    return ADDRESS.sub(lambda address: f"ADDRESS {found.setdefault(address[0], len(found))}",
                       json.dumps(outputs, sort_keys=True))


def main(folder=ROOT / "notebooks"):
    solutions = [(path, None) for path in notebook_paths(folder / "solutions")]
    for path, line in [*links_for(notebook_paths(folder)), *solutions]:
        print(number(path), end=" ", flush=True)
        try:
            run(path, line)
        except CellExecutionError as error:
            sys.exit(f"\n{path.name} stopped: {error.ename}: {error.evalue}\n{error.traceback}")
    print("done")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
