"""Put together what a teacher hands out, into build/class/.

    micrograd-course/      the notebooks without outputs, the package, the set-up, the worksheets
    micrograd-course.zip   the same; its bytes depend on nothing but what is in it
    teacher/               solutions, answer sheets, quizzes and the guide
"""

import re
import shutil
import tempfile
from pathlib import Path

import nbformat

from tools.classroom.archive import write_zip
from tools.course import ROOT, notebook_paths, number, read, read_text, title

HERE = Path(__file__).resolve().parent
CLASS = ROOT / "build" / "class"
NAME = "micrograd-course"
AS_THEY_ARE = ("requirements.txt", "images/*.svg", "micrograd/**/*.py", "micrograd/**/*.js",
               "micrograd/**/*.css", "tools/__init__.py", "tools/run.py", "tools/set_up.py",
               "tools/wheels.py", "tools/lab/*", "tools/bench/torch_step.py")
SOLUTIONS = ROOT / "notebooks" / "solutions"


def class_files():
    """What the class gets, but for the worksheets: from paths to bytes."""
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes()
             for pattern in AS_THEY_ARE for path in sorted(ROOT.glob(pattern)) if path.is_file()}
    files |= {f"notebooks/{path.name}": as_it_begins(read(path)) for path in notebook_paths()}
    contents = "\n".join(f"- [{number(path)} {title(read(path)).partition('. ')[2]}]"
                         f"(notebooks/{path.name})" for path in notebook_paths())
    speed = read_text(ROOT / "README.md").partition("## How fast it is\n")[2]
    readme = read_text(HERE / "class_readme.md").replace("{contents}", contents).replace(
        "{speed}", re.search(r"(?:^\|.*\n)+", speed, re.M)[0].strip())
    # the package's own part of it, which is what an installation needs
    project = read_text(ROOT / "pyproject.toml").partition("[dependency-groups]")[0]
    return files | {"README.md": readme.encode(), "pyproject.toml": project.encode(),
                    "start.py": (HERE / "start.py").read_bytes()}


def as_it_begins(notebook):
    """A notebook without outputs, and without links to what the class has not got."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        else:
            cell.source = re.sub(r"\[([^\]]+)\]\(solutions/[^)]*\)", r"\1", cell.source)
    return (nbformat.writes(notebook) + "\n").encode()


def write_class(files, folder=CLASS):
    """Write the class's files as a folder and as an archive."""
    for path, content in files.items():
        target = folder / NAME / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    write_zip(folder / f"{NAME}.zip", {f"{NAME}/{path}": files[path] for path in files})


def write_all(printed, folder=CLASS):
    """Write all of it; printed: as in `paper.press`."""
    from tools.classroom import worksheets  # here, since a class can be put together without them
    from tools.decks import handouts

    shutil.rmtree(folder, ignore_errors=True)
    teacher = folder / "teacher"
    shutil.copytree(SOLUTIONS, teacher / "solutions", ignore=shutil.ignore_patterns(".*"))
    shutil.copy(HERE / "teacher_readme.md", teacher / "README.md")
    printed(handouts.guide(), teacher / "guide.pdf")
    for path in notebook_paths():
        printed(handouts.solutions(read(SOLUTIONS / path.name)),
                teacher / f"{path.stem}_solutions.pdf")
    with tempfile.TemporaryDirectory() as printed_sheets:
        worksheets.print_all(printed, Path(printed_sheets))
        shutil.copytree(Path(printed_sheets, "teacher"), teacher, dirs_exist_ok=True)
        sheets = {path.name: path.read_bytes() for path in Path(printed_sheets).glob("*.pdf")}
    for name in [name for name in sheets if name.endswith("_quiz.pdf")]:
        (teacher / name).write_bytes(sheets.pop(name))
    write_class(class_files() | {f"worksheets/{name}": sheets[name] for name in sheets}, folder)


if __name__ == "__main__":
    from tools.decks.paper import press

    with press() as printed:
        write_all(printed)
    print("What the class gets, and what the teacher keeps, is in", CLASS)
