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


def report(folder, quiet=True, **limits):
    """The lessons, the notebooks that are in none of them, and the files that are no notebooks.

    quiet: without a bar that shows how far it is, and a line for each notebook that is done.
    limits: as for Setting.
    """
    course = Course()
    notebooks, others = collect(folder, course)
    known = [each for each in notebooks if not each.problem]
    with tempfile.TemporaryDirectory(prefix="report-") as package, \
            tqdm(total=len(known), unit="notebook", disable=quiet) as bar:
        copy_package(Path(package))
        setting = Setting(package, **limits)

        def run(notebook):
            outcome = answers(notebook, course.exercises(notebook.number), setting)
            if not quiet:
                bar.write(f"{outcome.seconds:6.1f} s  {notebook.path}")
            bar.update()
            return outcome

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = list(pool.map(run, known))
    rows = [(each.number, (each.student, outcome))
            for each, outcome in zip(known, outcomes, strict=True)]
    lessons = [pages.Lesson(number, title, course.exercises(number),
                            [row for each, row in rows if each == number])
               for number, title in course.titles.items()]
    return ([lesson for lesson in lessons if lesson.rows],
            [each for each in notebooks if each.problem], others)


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
    lessons, problems, others = report(Path(folder), quiet=False)
    write(lessons, problems, others)
    print(pages.as_text(lessons, problems, others))
    seconds, count = time.monotonic() - began, sum(len(lesson.rows) for lesson in lessons)
    print(f"{pages.many(count, 'notebook')} in {seconds:.0f} s, "
          f"{seconds / max(count, 1):.1f} s for each. Written to build/report/: "
          "report.txt, report.csv, and report.html to print.")


if __name__ == "__main__":
    main(*sys.argv[1:])
