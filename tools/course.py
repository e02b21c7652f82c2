"""What the scripts and the tests know of the course: where its notebooks are, and their titles."""

import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent


def notebook_paths(folder=ROOT / "notebooks"):
    """The course's notebooks in reading order, without what else a folder may hold.

    JupyterLab's copies, for one, are named `01_value_skeleton-Copy1.ipynb`.
    """
    return sorted(path for path in folder.iterdir()
                  if re.fullmatch(r"\d\d_[a-z_]+\.ipynb", path.name))


def notebooks_and_solutions():
    """The course's notebooks, and their solutions behind them, each in reading order."""
    notebooks = ROOT / "notebooks"
    return notebook_paths(notebooks) + notebook_paths(notebooks / "solutions")


def read_text(path):
    """The text of a file, which is UTF-8 here, whatever the system's own habit."""
    return path.read_text(encoding="utf-8")


def read(path):
    """Read a notebook file and return it as an nbformat notebook."""
    return nbformat.read(path, as_version=4)


def number(path):
    """The notebook's number as it stands in its file name, '01' to '99'."""
    return path.name[:2]


def title(notebook):
    """The text of the notebook's first heading."""
    for cell in notebook.cells:
        heading = re.match(r"# (.+)", cell.source)
        if cell.cell_type == "markdown" and heading:
            return heading[1].strip()
    raise ValueError("the notebook has no `# ` heading to take its title from")


GUIDE = ROOT / "notebooks" / "README.md"


def guide_sections(guide=GUIDE):
    """What the teacher's guide says of each notebook: from its number to the section's text."""
    sections = re.split(r"^### (?=\d\d\. )", read_text(guide), flags=re.M)[1:]
    return {section[:2]: section for section in sections}


def minutes(guide=GUIDE):
    """How long each notebook takes in class: from its number to the total in the guide."""
    return {number: int(re.search(r"^\| (\d+) \| \*\*Total\*\*", section, re.M)[1])
            for number, section in guide_sections(guide).items()}


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag):
    """The cells with this tag, in order."""
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def outputs_text(cell):
    """All that a code cell printed, showed as text or raised, as one string."""
    parts = []
    for output in cell.get("outputs", []):
        parts.append(output.get("text", ""))
        parts.append(output.get("data", {}).get("text/plain", ""))
        parts.append(output.get("evalue", ""))
    return "\n".join(parts)
