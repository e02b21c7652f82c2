"""Find the notebooks in a folder, read them without trust, and tell whose and which they are."""

import json
import os
import re
from collections import Counter
from dataclasses import dataclass, field

from micrograd.course.exercises import EXERCISES, find
from tools.course import code_cells, notebook_paths, number, read, title
from tools.report.child import NAMES

LARGEST = 30 << 20  # bytes of a notebook that is still read
MOODLE = re.compile(r"_\d+_assignsubmission_\w*$")


@dataclass
class Notebook:
    """A collected notebook: where it lies, whose it is, to which of the course's it belongs."""

    path: str  # below the folder
    student: str = ""
    number: str = ""  # "05", or nothing where `problem` says why
    problem: str = ""
    cells: list = field(default_factory=list)  # the sources of its code cells
    ours: set = field(default_factory=set)  # "cell 3" and so on: those that stand in the course
    saved: dict = field(default_factory=dict)  # by exercise, whether its outputs say Right


class Unreadable(Exception):
    """A file that is no notebook; the message says why."""


class Course:
    """The notebooks of the course: their titles, cells and exercises."""

    def __init__(self):
        self.titles, self.ids, self.stems, self.sources = {}, {}, {}, set()
        for path in notebook_paths():
            notebook = read(path)
            self.titles[number(path)] = title(notebook)
            self.ids[number(path)] = {cell.id for cell in notebook.cells}
            self.stems[number(path)] = path.stem
            self.sources.update(cell.source for cell in code_cells(notebook))

    def exercises(self, number):
        """The exercises of a notebook, in order."""
        try:
            find(f"{int(number)}.1")
        except ValueError:
            return []
        return [name for name in EXERCISES if name.partition(".")[0] == str(int(number))]

    def belongs_to(self, cells):
        """The number of the course's notebook that a collected one was, or nothing.

        cells: of any kind. The exercises decide, then the title, then the cells' ids.
        """
        asked = Counter(name.partition(".")[0].zfill(2) for cell in code(cells)
                        for name in NAMES.findall(source(cell))
                        if name in self.exercises(name.partition(".")[0]))
        if asked and any("micrograd" in source(cell) for cell in code(cells)):
            return asked.most_common(1)[0][0]
        for cell in cells:
            for each, heading in self.titles.items():
                if cell.get("cell_type") == "markdown" and f"# {heading}" in source(cell):
                    return each
        ids = {str(cell.get("id")) for cell in cells}
        shared = {each: len(ids & known) for each, known in self.ids.items()}
        likeliest = max(shared, key=shared.get)
        return likeliest if shared[likeliest] > 2 else ""


def collect(folder, course):
    """The notebooks in a folder, as a list of Notebook, and what else lies in it, as paths."""
    found, others = [], []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "__MACOSX")) for part in parts) or is_looked_into(path):
            continue
        (found if path.suffix.lower() == ".ipynb" else others).append(path)
    notebooks = [look_at(path, folder, course) for path in found]
    name_apart(notebooks)
    return notebooks, [printable(path.relative_to(folder).as_posix()) for path in others]


def is_looked_into(path):
    """Whether this is a folder whose files are found: not a link to one, nor one that is locked."""
    return path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK)


def look_at(path, folder, course):
    notebook = Notebook(printable(path.relative_to(folder).as_posix()),
                        student(path.relative_to(folder), course))
    try:
        understand(notebook, cells_of(path), course)
    except Unreadable as why:
        notebook.problem = f"cannot be read: {why}"
    return notebook


def understand(notebook, cells, course):
    """Note what is in the cells of a notebook, and to which of the course's it belongs."""
    notebook.number = course.belongs_to(cells)
    if not notebook.number:
        notebook.problem = "is no notebook of this course"
    notebook.cells = [source(cell) for cell in code(cells)]
    notebook.ours = {f"cell {i}" for i, text in enumerate(notebook.cells)
                     if text in course.sources}
    for cell in code(cells):
        for name in NAMES.findall(source(cell)):
            notebook.saved[name] = "Right." in json.dumps(cell.get("outputs"))


def cells_of(path):
    """The cells of a notebook file, each a dictionary. Raises Unreadable."""
    try:
        if path.is_symlink() or not path.is_file():
            raise Unreadable("it is no file, but a link or a device")
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST >> 20} MB")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unreadable(error.strerror) from None
    except (ValueError, RecursionError):
        raise Unreadable("it is not JSON, or only a part of it") from None
    cells = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("it has no cells")
    return [cell for cell in cells if isinstance(cell, dict)]


def code(cells):
    return [cell for cell in cells if cell.get("cell_type") == "code"]


def source(cell):
    """The source of a cell, which a file may give as one text or as a list of lines."""
    lines = cell.get("source", "")
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines)


def student(path, course):
    """Whose notebook this is, by its path: what is left without the notebook's own name."""
    rest = path.stem
    for stem in course.stems.values():
        rest = rest.replace(stem, "")
    folders = [MOODLE.sub("", part) for part in path.parent.parts]
    name = " ".join([*folders, rest.strip(" _-.")]).strip()
    return printable(name or path.stem)


def name_apart(notebooks):
    """Whoever handed in one notebook twice is named with the path of each."""
    times = Counter((each.student, each.number) for each in notebooks)
    for each in notebooks:
        if times[each.student, each.number] > 1:
            each.student = each.path


def printable(text):
    """Without what would move the cursor, turn the writing round or break a line."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
