"""`make lab`: the notebooks find in JupyterLab what lies beside their folder."""

import json
import os
import re
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tools.course import ROOT

# What a user may have set for a server of their own.
THEIRS = """
c.ServerApp.root_dir = "/"
c.ServerApp.preferred_dir = "/"
c.ServerApp.base_url = "/elsewhere/"
c.IdentityProvider.token = ""
c.LabApp.default_url = "/lab/tree/elsewhere"
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that `make lab` started for a user with settings, and its token.

    Fails with what Jupyter said if it does not start.
    """
    home = tmp_path_factory.mktemp("home")
    (home / ".jupyter").mkdir()
    for name in ("jupyter_server_config.py", "jupyter_lab_config.py"):
        (home / ".jupyter" / name).write_text(THEIRS)
    theirs = os.environ | {"HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(home)}
    server = subprocess.Popen(
        [sys.executable, "-Es", ROOT / "tools" / "run.py", "lab", "--no-browser",
         "--ServerApp.port=0"],
        env=theirs, stderr=subprocess.PIPE, text=True)
    said = []
    for line in server.stderr:
        said.append(line)
        found = re.search(r"(http://localhost:\d+)/\S*\?token=(\w+)", line)
        if found:
            break
    else:
        pytest.fail("".join(said))
    address, token = found.groups()
    wait_until_it_answers(server, f"{address}/api")
    yield address, token
    server.terminate()
    server.communicate()


def wait_until_it_answers(server, address):
    """It prints its address a moment before it listens there."""
    while server.poll() is None:
        try:
            return urlopen(address).close()
        except URLError:
            time.sleep(0.1)
    pytest.fail("JupyterLab ended")


def test_it_opens_at_the_first_notebook(lab):
    address, token = lab
    with urlopen(f"{address}/?token={token}") as page:
        opened = page.url.partition("?")[0]
    assert opened == f"{address}/lab/tree/notebooks/01_value_skeleton.ipynb"


@pytest.mark.parametrize("path", ["images/expression_graph.svg", "README.md",
                                  "notebooks/solutions/01_value_skeleton.ipynb"])
def test_it_serves_what_the_notebooks_show_and_link_to(lab, path):
    address, token = lab
    with urlopen(f"{address}/api/contents/{path}?content=0&token={token}") as answer:
        assert json.load(answer)["path"] == path


def test_nobody_comes_in_without_the_token(lab):
    with pytest.raises(HTTPError, match="403"):
        urlopen(f"{lab[0]}/api/contents/README.md")
