"""The hub: what it says before it starts, and the files for servers of others."""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
import yaml
from traitlets.config.loader import PyFileConfigLoader

from tools.course import ROOT, read_text
from tools.hub import proxy

HUB = ROOT / "tools" / "hub"
DOCKERFILE = read_text(HUB / "Dockerfile")
VALUES = yaml.safe_load(read_text(HUB / "values.yaml"))["singleuser"]


@pytest.fixture
def address():
    """An address where nothing listens."""
    return f"http://127.0.0.1:{proxy.free_ports(1)[0]}"


@pytest.fixture
def configure(monkeypatch, tmp_path, address):
    """Reads the hub's configuration as JupyterHub does, with these variables."""
    def configure(**variables):
        ours = {"MICROGRAD_HUB": str(tmp_path / "a" / "b"), "MICROGRAD_ADDRESS": address,
                "MICROGRAD_REPOSITORY": "https://example.org/course"}
        for name, value in (ours | variables).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(proxy, "proxy", lambda: "proxy")
        monkeypatch.setattr(shutil, "which", lambda name: name)  # as if git were here
        return PyFileConfigLoader("jupyterhub_config.py", str(HUB)).load_config()
    return configure


def test_the_link_for_the_class_leads_to_where_the_hub_listens(configure, capsys, address):
    assert configure().JupyterHub.bind_url == address
    assert f"class: {address}/hub/user-redirect/git-pull?" in capsys.readouterr().out


def test_no_two_hubs_share_a_port(configure):
    one, other = configure(), configure()
    ports = [one.JupyterHub.hub_bind_url, one.ConfigurableHTTPProxy.api_url,
             other.JupyterHub.hub_bind_url, other.ConfigurableHTTPProxy.api_url]
    assert len(set(ports)) == 4


def test_kernels_listen_on_files_whose_paths_are_short_and_which_go_with_the_server(configure):
    spawner = configure().Spawner
    learner = SimpleNamespace(user=SimpleNamespace(id=1_000_000))
    folder = Path(spawner.environment["JUPYTER_RUNTIME_DIR"](learner))
    assert "--ConnectionFileMixin.transport=ipc" in spawner.args
    assert len(f"{folder}/kernel-{uuid4()}-ipc-5") < 104  # as long as a socket's path may be
    folder.mkdir()
    spawner.post_stop_hook(learner)
    assert not folder.exists()


def test_without_node_there_is_no_hub_even_where_its_proxy_was_fetched(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "node" else name)
    with pytest.raises(SystemExit, match="needs Node and its npm"):
        proxy.proxy()


def test_an_address_that_is_taken_is_refused(configure):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SystemExit, match=f"cannot listen at {address} .*: stop what runs"):
            configure(MICROGRAD_ADDRESS=address)


def test_a_folder_that_cannot_be_written_to_is_refused(configure, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"cannot keep its files in .*file.sub .*MICROGRAD_HUB="):
        configure(MICROGRAD_HUB=str(tmp_path / "file" / "sub"))


def test_a_course_that_is_no_clone_is_refused(configure, monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda path: path.name != ".git")
    with pytest.raises(SystemExit, match="is no clone"):
        configure(MICROGRAD_REPOSITORY=ROOT.as_uri())


def test_the_image_is_built_from_files_that_are_there():
    assert "COPY . /srv/course" in DOCKERFILE
    named = re.findall(r"-r (?:/srv/course/)?(\S+)", DOCKERFILE)
    assert named == ["tools/hub/requirements.txt", "requirements.txt"]
    assert all((ROOT / name).exists() for name in named)
    assert "-e ." not in read_text(ROOT / named[0])  # which is meant from the folder it stands in
    for text in (DOCKERFILE, read_text(HUB / "README.md")):
        assert re.search(r"cd /srv/course && .*pip install .*-r requirements\.txt", text)


def test_what_git_ignores_stays_out_of_the_image():
    left_out = set(read_text(HUB / "Dockerfile.dockerignore").splitlines())
    assert {f"**/{name.rstrip('/')}" for name in read_text(ROOT / ".gitignore").split()} <= left_out


def test_kubernetes_opens_the_first_notebook_in_the_home_of_the_image():
    home = re.search(r"^WORKDIR (\S+)", DOCKERFILE, re.M)[1]
    assert VALUES["storage"]["homeMountPath"] == home
    program, _, _, folder = VALUES["lifecycleHooks"]["postStart"]["exec"]["command"]
    assert program == "gitpuller" and "nbgitpuller==" in read_text(HUB / "requirements.txt")
    first = VALUES["defaultUrl"].removeprefix(f"/lab/tree/{folder}/")
    assert (ROOT / first).exists()


def test_binder_and_codespaces_install_what_learners_need_for_the_python_of_the_image():
    version = read_text(ROOT / ".binder" / "runtime.txt").strip().removeprefix("python-")
    assert read_text(ROOT / ".binder" / "requirements.txt") == "-r ../requirements.txt\n"
    container = json.loads(read_text(ROOT / ".devcontainer" / "devcontainer.json"))
    assert container["image"] == f"python:{version}"
    assert f"FROM python:{version}\n" in DOCKERFILE
    _, *flags, code = shlex.split(container["postCreateCommand"])
    found, call = code.split("; ")
    assert call == "set_up(['learners'])"
    subprocess.run([sys.executable, *flags, found], cwd=ROOT, check=True)
