"""Fetch the slides' JavaScript, with its licences, into deck/assets/vendor/ (needs npm)."""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent / "deck" / "assets" / "vendor"
PACKAGES = {
    "reveal.js@6.0.2": {"LICENSE": "reveal.LICENSE", "dist/reveal.js": "reveal.js",
                        "dist/reveal.css": "reveal.css", "dist/plugin/notes.js": "notes.js"},
    "mathjax@3.2.2": {"LICENSE": "mathjax.LICENSE", "es5/tex-svg-full.js": "tex-svg-full.js"},
}


def fetch(package, files, vendor=VENDOR):
    """Copy files out of an npm package: a dictionary from paths in it to names in `vendor`."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as contents:
            contents.extractall(folder, filter="data")
        for source, name in files.items():
            shutil.copyfile(Path(folder, "package", source), vendor / name)


if __name__ == "__main__":
    for package, files in PACKAGES.items():
        fetch(package, files)
        print(package, *files.values())
