"""`make lab`: the notebooks find in JupyterLab what lies beside their folder."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tools.course import ROOT


@pytest.fixture(scope="module")
def lab():
    """The address of a JupyterLab that was started with the command of `make lab`."""
    make = ["make", "--no-print-directory", "--dry-run", "lab"]
    shown = subprocess.run(make, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    _, *arguments = shlex.split(shown.splitlines()[-1])
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter", *arguments, "--no-browser", "--ServerApp.port=0",
         "--IdentityProvider.token=here"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    for line in server.stderr:
        found = re.search(r"(http://[\w.]+:\d+)/\S*\?token=", line)
        if found:
            break
    wait_until_it_answers(found[1])
    yield found[1]
    server.terminate()
    server.communicate()


def wait_until_it_answers(address, seconds=60):
    """It prints its address a moment before it listens there."""
    end = time.monotonic() + seconds
    while True:
        try:
            return urlopen(f"{address}/api").close()
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


pytestmark = pytest.mark.skipif(shutil.which("make") is None,
                                reason="the course can be used without make")


def test_it_opens_at_the_first_notebook(lab):
    with urlopen(f"{lab}/?token=here") as page:
        assert page.url.partition("?")[0] == f"{lab}/lab/tree/notebooks/01_value_skeleton.ipynb"


@pytest.mark.parametrize("path", ["images/expression_graph.svg", "README.md",
                                  "notebooks/solutions/01_value_skeleton.ipynb"])
def test_it_serves_what_the_notebooks_show_and_link_to(lab, path):
    with urlopen(f"{lab}/api/contents/{path}?content=0&token=here") as answer:
        assert json.load(answer)["path"] == path
