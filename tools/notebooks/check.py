"""Make everything that is stored afresh, in another folder, and compare it byte by byte.

Executes all notebooks and solutions, draws the pictures, writes the steps, and pins the packages
(left out, and said so, where there is no network).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import pin
from tools.course import ROOT, notebooks_and_solutions
from tools.notebooks import draw_images, execute, write_steps


def differing(fresh, stored, patterns):
    """The files that only one of two folders has, or that differ, as sorted paths within them."""
    files = {path.relative_to(folder)
             for folder in (fresh, stored) for pattern in patterns
             for path in folder.glob(pattern)}
    return sorted(str(file) for file in files
                  if not (fresh / file).exists() or not (stored / file).exists()
                  or (fresh / file).read_bytes() != (stored / file).read_bytes())


def notebooks(folder):
    """Execute a copy of the notebooks below a folder, beside what they show of the course."""
    for name in ("notebooks", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*", "__pyc*"))
    execute.run_all(folder / "notebooks")


def images(folder):
    (folder / "images").mkdir()
    draw_images.main(folder / "images")


def steps(folder):
    (folder / "micrograd" / "steps").mkdir(parents=True)
    write_steps.write_steps(folder / "micrograd" / "steps")


def requirements(folder):
    try:
        pin.main(folder)
    except subprocess.CalledProcessError:
        print("left out, the packages could not be looked up.", end=" ")
        for name in pin.FILES.values():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


NOTEBOOKS = [path.relative_to(ROOT).as_posix()  # not JupyterLab's copies and checkpoints of them
             for path in notebooks_and_solutions()]
STORED = [(steps, "micrograd/steps/step_*.py"), (images, "images/*.svg"),
          (requirements, *pin.FILES.values()), (notebooks, *NOTEBOOKS)]


def main():
    found = []
    for make, *patterns in STORED:
        print(f"{make.__name__}:", end=" ", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder))
            changed = differing(Path(folder), ROOT, patterns)
        print(*changed or ["as stored"])
        found += changed
    sys.exit(f"Not as stored: {', '.join(found)}" if found else 0)


if __name__ == "__main__":
    main()
