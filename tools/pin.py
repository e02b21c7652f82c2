"""Pin what pyproject.toml asks for, group by group, for every system and every Python at once.

A pin that still fits stays as it is; to take newer releases, delete the file first.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.course import ROOT
from tools.set_up import GROUPS

HEADER = "# The group `{}` of pyproject.toml, pinned by `make requirements`.\n"
FILES = GROUPS | {"kernel": "tools/site/kernel.txt"}  # which is not installed: it goes to browsers
HERE = ["--universal", "--python-version=3.11", "--fork-strategy=fewest"]
IN_BROWSERS = ["--python-platform=wasm32-pyodide2025", "--python-version=3.13"]
COURSE = "-e .\n"  # the course's own package, beside what it needs


def pinned(group, before, folder):
    """The lines that pin one group.

    before: the pins so far, which stay where they still fit. folder: holds the pins of the groups
    before this one, which this one shares.
    Raises CalledProcessError if they cannot be resolved, or there is no network.
    """
    output = folder / f"{group}.txt"
    others = [f"--constraint={path}" for path in sorted(folder.glob("*.txt"))]
    where = IN_BROWSERS if group == "kernel" else HERE + others
    output.write_text(before, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", "--group", f"pyproject.toml:{group}",
         "--quiet", "--no-annotate", "--no-header", *where, "--output-file", output],
        cwd=ROOT, check=True)
    return output.read_text(encoding="utf-8")


def main(target=ROOT):
    """Write the pins of every group below a folder."""
    with tempfile.TemporaryDirectory() as folder:
        for group, name in FILES.items():
            stored = ROOT / name
            before = stored.read_text(encoding="utf-8") if stored.exists() else ""
            lines = pinned(group, before.replace(COURSE, ""), Path(folder))
            text = HEADER.format(group) + lines + (COURSE if group == "learners" else "")
            path = Path(target) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
