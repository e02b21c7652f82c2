"""JupyterHub's proxy, which is a program for Node, and the ports that a hub needs."""

import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from urllib.parse import urlsplit

from tools.course import ROOT

PACKAGE = "configurable-http-proxy@5.3.0"
FOLDER = ROOT / ".venv" / "hub"


def proxy():
    """The proxy's program; fetched with npm where it is missing. Exits if there is no Node."""
    npm = shutil.which("npm")
    if not (npm and shutil.which("node")):
        sys.exit("The hub needs Node and its npm (Debian, Ubuntu: apt install npm).")
    program = FOLDER / "node_modules" / ".bin" / "configurable-http-proxy"
    if not program.exists():
        os.makedirs(FOLDER, exist_ok=True)
        if subprocess.call([npm, "install", "--silent", "--prefix", FOLDER, PACKAGE]):
            sys.exit(f"npm could not fetch {PACKAGE}: is there a network?")
    return str(program)


def free_ports(count):
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in taken]


def free(address):
    """An address as it is, if a program can listen there. Exits if not."""
    place = urlsplit(address)
    try:
        socket.create_server((place.hostname, place.port)).close()
    except OSError as error:
        sys.exit(f"The hub cannot listen at {address} ({os.strerror(error.errno)}): stop what runs "
                 "there, or name another address, MICROGRAD_ADDRESS=http://127.0.0.1:8010")
    return address
