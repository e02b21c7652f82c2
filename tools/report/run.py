"""make report FOLDER=…: see what a class has answered, exercise by exercise.

FOLDER holds the collected notebooks, in folders of any depth, for example one for each student.
The report goes into build/report/. What it believes, and what it does not protect against, stands
in the package's docstring.
"""

import os
import shutil
import sys
import tempfile
import time
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm import tqdm

from tools.course import ROOT
from tools.report import pages
from tools.report.answers import Setting, answers
from tools.report.collect import Course, collect

REPORT = ROOT / "build" / "report"


def report(folder, progress=print, **limits):
    """The lessons, the notebooks that are in none of them, and the files that are no notebooks.

    progress: is told of each notebook that is done. limits: as for Setting.
    """
    course = Course()
    notebooks, others = collect(folder, course)
    known = [each for each in notebooks if not each.problem]
    with tempfile.TemporaryDirectory(prefix="report-") as package:
        copy_package(Path(package))
        setting = Setting(package, **limits)

        def run(notebook):
            outcome = answers(notebook, course.exercises(notebook.number), setting)
            progress(f"{outcome.seconds:6.1f} s  {notebook.path}")
            return outcome

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = list(pool.map(run, known))
    lessons = []
    for number, title in course.titles.items():
        rows = [(each.student, outcome) for each, outcome in zip(known, outcomes, strict=True)
                if each.number == number]
        if rows:
            lessons.append(pages.Lesson(number, title, course.exercises(number), rows))
    return lessons, [each for each in notebooks if each.problem], others


def copy_package(folder):
    """A copy of the package alone, beside which there are no solutions and no answers."""
    shutil.copytree(ROOT / "micrograd", folder / "micrograd")
    compile_dir(folder, quiet=2)


def write(lessons, problems, others, folder=REPORT):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("report.txt", pages.as_text(lessons, problems, others)),
                       ("report.csv", pages.as_csv(lessons, problems)),
                       ("report.html", pages.as_page(lessons, problems, others))):
        (folder / name).write_text(text, encoding="utf-8")


def main(folder=""):
    if not folder or not Path(folder).is_dir():
        sys.exit("Say where the collected notebooks are: make report FOLDER=path/to/them"
                 + (f" ({Path(folder).resolve()} is no folder)." if folder else ""))
    began = time.monotonic()
    count = sum(1 for _ in Path(folder).rglob("*.ipynb"))
    with tqdm(total=count, unit="notebook") as bar:
        def progress(line):
            bar.write(line)
            bar.update()

        found = report(Path(folder), progress)
    write(*found)
    print((REPORT / "report.txt").read_text(encoding="utf-8"))
    seconds = time.monotonic() - began
    print(f"{count} notebooks in {seconds:.0f} s, {seconds / max(count, 1):.1f} s for each, "
          f"{os.cpu_count()} at a time. Written to build/report/: report.txt, report.csv, and "
          "report.html to print.")


if __name__ == "__main__":
    main(*sys.argv[1:])
