"""`make lab`: the notebooks find in JupyterLab what lies beside their folder."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from ipykernel.ipkernel import IPythonKernel

from tools.course import ROOT
from tools.lab.contents import Contents

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


def test_the_python_that_opens_a_notebook_leaves_no_mark_in_its_file(tmp_path):
    stored = (ROOT / "notebooks" / "01_value_skeleton.ipynb").read_bytes()
    (tmp_path / "lesson.ipynb").write_bytes(stored)
    files = Contents(root_dir=str(tmp_path))
    opened = asyncio.run(files.get("lesson.ipynb"))
    assert opened["content"]["metadata"]["language_info"] == IPythonKernel.language_info
    asyncio.run(files.save(opened, "lesson.ipynb"))
    assert (tmp_path / "lesson.ipynb").read_bytes() == stored


def test_other_files_and_folders_are_served_as_they_are(tmp_path):
    (tmp_path / "text.md").write_text("# Text")
    files = Contents(root_dir=str(tmp_path))
    assert asyncio.run(files.get("text.md"))["content"] == "# Text"
    assert [file["name"] for file in asyncio.run(files.get(""))["content"]] == ["text.md"]


@pytest.mark.browser
def test_a_notebook_that_was_only_opened_is_not_marked_as_changed(lab):
    pytest.importorskip("playwright", reason="`make slides-check` installs it")
    from tools.decks import browser

    address, token = lab
    with browser.browser() as running:
        page = running.new_page()
        page.goto(f"{address}/lab/tree/notebooks/05_chain_rule.ipynb?token={token}")
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        page.wait_for_timeout(2_000)  # enough for the mark where something is entered
        assert page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0
