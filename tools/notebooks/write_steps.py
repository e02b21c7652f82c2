"""Write micrograd/steps/step_NN.py from the cell tagged `step` of each notebook that has one."""

import os
import sys
from pathlib import Path

from tools.course import ROOT, notebook_paths, number, read, tagged

HEADER = '''"""`Value` as notebook {name} leaves it.

Written by `make steps` from that notebook's cell tagged `step`: change it there.
"""

'''


def write_steps(folder):
    """Write one module per notebook that changes the class; remove modules nothing stands for.

    folder: where to write them. Returns the paths written.
    """
    written = []
    for path in notebook_paths():
        for cell in tagged(read(path), "step"):
            module = folder / f"step_{number(path)}.py"
            text = HEADER.format(name=path.stem) + cell.source.strip() + "\n"
            module.write_text(text, encoding="utf-8", newline="\n")
            written.append(module)
    for stale in set(folder.glob("step_*.py")) - set(written):
        stale.unlink()
    return written


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "micrograd" / "steps"
    for module in write_steps(folder):
        print("wrote", os.path.relpath(module))
