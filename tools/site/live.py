"""Assemble what runs the notebooks in a browser: JupyterLite, a Python for it, and the course.

Nothing is looked up elsewhere when a notebook is opened: what `fetch.py` got lies in one folder,
with a list of it, `pyodide-lock.json`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from tools.course import ROOT
from tools.site.fetch import ARRAYS, LITE, stop_if_full

HERE = Path(__file__).resolve().parent
CORE = ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"]
HOME = "/lib/python3.13/site-packages/in_browser"
STORAGE = "micrograd, step by step"  # where a browser keeps what learners change
LONG_AGO = 315532800  # the first second that a zip file can name, so that no clock is in the bytes


def build_live(parts, contents, target):
    """Write JupyterLite with its Python.

    parts: what `fetch` returned. contents: a folder, what the learner finds there. target: a folder
    that does not exist yet.
    """
    with tempfile.TemporaryDirectory() as folder:
        lite = Path(folder)
        packages = write_distribution(parts, lite / "static" / "pyodide")
        write_json(lite / "jupyter-lite.json", settings(packages))
        write_json(lite / "overrides.json", {  # light or dark as the system is
            "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True}})
        write_json(lite / "jupyter_lite_config.json", {"LiteBuildConfig": {
            "apps": ["notebooks", "tree", "edit"], "no_sourcemaps": True, "no_libarchive": True,
            "no_unused_shared_packages": True, "contents": [str(contents)],
            "ignore_sys_prefix": ["federated_extensions"], "federated_extensions": [str(LITE)],
            "output_dir": str(target)}})
        call("JupyterLite could not be built.", lite, "jupyterlite_core", "build")


def call(fault, folder, module, *arguments):
    """Run a Python program in a folder. Exits with what it said, and the fault, if it fails.

    Raises OSError if that is for want of room on the disk.
    """
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=folder,
                          env=os.environ | {"SOURCE_DATE_EPOCH": str(LONG_AGO)},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        stop_if_full(done.stdout)
        sys.exit(f"{done.stdout}{fault}")


def settings(packages):
    """JupyterLite's settings. The course and what it computes with are loaded when imported."""
    first = [name for name in packages if name not in (*ARRAYS, "micrograd", "tqdm")]
    kernel = {"disablePyPIFallback": True,
              "loadPyodideOptions": {"packages": first, "env": {"IPYTHONDIR": HOME}}}
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": {
        "appName": "micrograd, step by step", "contentsStorageName": STORAGE,
        # Its line reads "Last Checkpoint: 46 years ago", since no clock is in the bytes.
        "disabledExtensions": ["@jupyter-notebook/notebook-extension:checkpoints"],
        "exposeAppInBrowser": True,  # for the tests
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}}}


def write_distribution(parts, folder):
    """Write a Python for browsers: core, packages, and a list of these, which is returned."""
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copyfile(parts.core / name, folder / name)
    known = json.loads((parts.core / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages = {}
    for wheel in [*parts.wheels, *parts.arrays]:
        shutil.copyfile(wheel, folder / wheel.name)
    for wheel in parts.wheels:
        packages |= entry_of_wheel(wheel)
    packages |= {name: known["packages"][name] for name in ARRAYS if parts.arrays}
    packages |= pack(ROOT / "micrograd", folder)
    packages |= pack(HERE / "in_browser", folder, {"viz.js": parts.viz})
    write_json(folder / "pyodide-lock.json", {"info": known["info"], "packages": packages})
    return packages


def entry_of_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(archive.read(metadata).decode())
    modules = {each.split("/")[0].removesuffix(".py") for each in names if each.endswith(".py")}
    return entry(headers["Name"], wheel, sorted(modules))


def entry(name, path, modules):
    """A package's entry in the list of them."""
    name = name.lower().replace("_", "-")
    return {name: {
        "name": name, "version": "1", "file_name": path.name, "install_dir": "site",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "package_type": "package",
        "imports": modules, "depends": [], "unvendored_tests": False}}


def pack(source, folder, more=None):
    """Pack a Python package of ours, and more files, by their names in it, into a zip file."""
    files = {path.relative_to(source).as_posix(): path for path in source.rglob("*")
             if path.is_file() and path.suffix != ".pyc"} | (more or {})
    target = folder / f"{source.name}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{source.name}/{name}")
            archive.writestr(info, files[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return entry(source.name, target, [source.name])


def write_json(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8",
                    newline="\n")
