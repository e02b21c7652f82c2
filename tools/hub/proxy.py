"""JupyterHub's proxy, which is a program for Node."""

import os
import shutil
import subprocess
import sys

from tools.course import ROOT

PACKAGE = "configurable-http-proxy@5.3.0"
FOLDER = ROOT / ".venv" / "hub"


def proxy():
    """The proxy's program; fetched with npm where it is missing. Exits if there is no npm."""
    program = FOLDER / "node_modules" / ".bin" / "configurable-http-proxy"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("The hub needs Node and its npm (Debian, Ubuntu: apt install npm).")
        os.makedirs(FOLDER, exist_ok=True)
        if subprocess.call([npm, "install", "--silent", "--prefix", FOLDER, PACKAGE]):
            sys.exit(f"npm could not fetch {PACKAGE}: is there a network?")
    return str(program)
