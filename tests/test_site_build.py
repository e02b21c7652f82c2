"""How the website is built: what is said, and left out, where something cannot be had."""

import errno
import sys
from pathlib import Path

import pytest

from tools.course import ROOT, notebook_paths, number, read
from tools.notebooks import colab
from tools.site import build, fetch

PARTS = fetch.Parts(core=Path("core"), viz=Path("viz.js"), wheels=[], arrays=[Path("numpy.whl")])


def made_ready(folder, parts=PARTS, repository=""):
    """The first cell of every page of a notebook, by its number."""
    build.copy_course(folder)
    build.make_ready(folder, parts, "course-0", repository)
    return {number(path): read(path).cells[0].source
            for path in notebook_paths(folder / "notebooks")}


def test_without_an_address_no_page_leads_to_a_server(tmp_path):
    for first in made_ready(tmp_path / "course").values():
        assert not any(name in first for name in ("colab", "binder", "codespaces"))


def test_with_an_address_every_page_leads_to_what_three_servers_have(tmp_path):
    pages = made_ready(tmp_path / "course", repository="you/micrograd")
    colab.main("https://github.com/you/micrograd", tmp_path / "colab")
    for path in notebook_paths():
        first, inside = pages[number(path)], f"notebooks/{path.name}"
        assert '"https://codespaces.new/you/micrograd"' in first
        assert f'"https://mybinder.org/v2/gh/you/micrograd/HEAD?urlpath=lab/tree/{inside}"' in first
        place = "https://colab.research.google.com/github/you/micrograd/blob/colab/"
        assert f'"{place}{path.name}"' in first
        assert (ROOT / inside).is_file() and (tmp_path / "colab" / path.name).is_file()
    assert (ROOT / ".binder" / "requirements.txt").is_file()
    assert (ROOT / ".devcontainer" / "devcontainer.json").is_file()


def test_an_address_that_is_none_is_refused_before_anything_is_built(monkeypatch):
    monkeypatch.setattr(build, "build", lambda **_: pytest.fail("it was built"))
    with pytest.raises(SystemExit, match="Say where the course lies"):
        build.main("you/micrograd")


@pytest.mark.parametrize(("parts", "runs", "says"), [
    (PARTS, range(1, 17), "every page one button"),
    (PARTS._replace(arrays=[]), range(1, 13), "the pages of 01 to 12 one button"),
    (None, [], "")])
def test_the_pages_say_which_notebooks_run(parts, runs, says, tmp_path):
    pages = made_ready(tmp_path / "course", parts)
    found = {name: first for name, first in pages.items() if "Run this notebook" in first}
    assert [int(name) for name in found] == list(runs)
    for name in pages.keys() - found.keys():
        assert ("NumPy" if parts else "what runs notebooks") in pages[name]
    front = (tmp_path / "course" / "index.md").read_text(encoding="utf-8")
    assert says in front and ("one button" in front) == bool(says)


def test_what_is_damaged_in_the_cache_is_fetched_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "CACHE", tmp_path / "cache")
    fetched = []

    def fill(folder):
        folder.mkdir()
        (folder / "wheel").write_text("as it was")
        fetched.append(folder)

    for _ in range(2):
        wheel = fetch.kept("wheels", fill) / "wheel"
    assert len(fetched) == 1
    wheel.write_text("as it wax")
    assert fetch.kept("wheels", fill) / "wheel" == wheel
    assert len(fetched) == 2 and wheel.read_text() == "as it was"
    assert sorted(path.name for path in fetch.CACHE.iterdir()) == ["wheels", "wheels.sha256"]


def test_what_differs_from_its_pin_is_not_used(tmp_path):
    (tmp_path / "archive").write_text("something else")
    with pytest.raises(fetch.Missing, match="archive is not what was pinned"):
        fetch.check(tmp_path / "archive", "0" * 64)


def failing(message):
    return fetch.run("NumPy", sys.executable, "-c", f"raise SystemExit({message!r})")


@pytest.mark.parametrize(("message", "said"), [
    ("npm error request failed, reason: getaddrinfo EAI_AGAIN\nnpm error A complete log is in x",
     "NumPy cannot be had: there is no network."),
    ("after connection broken by 'x'\nERROR: No matching distribution found",
     "NumPy cannot be had: there is no network."),
    ("npm error 404 Not Found\nnpm error A complete log of this run is in x",
     "NumPy cannot be had: npm error 404 Not Found")])
def test_the_line_says_why_something_cannot_be_had(message, said):
    with pytest.raises(fetch.Missing, match=said):
        failing(message)


def test_without_npm_the_line_says_what_to_install():
    with pytest.raises(fetch.Missing, match="cannot be had: install npm-that-is-not-there"):
        fetch.run("NumPy", "npm-that-is-not-there")


def test_a_full_disk_is_no_reason_for_a_smaller_site(monkeypatch):
    with pytest.raises(OSError) as found:
        failing("OSError: [Errno 28] No space left on device")
    assert found.value.errno == errno.ENOSPC

    def full(**_):
        raise found.value
    monkeypatch.setattr(build, "build", full)
    with pytest.raises(SystemExit, match="The disk is full: the site needs"):
        build.main()


def test_a_site_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the old one")
    monkeypatch.setattr(build, "fetch", lambda: None)
    monkeypatch.setattr(build, "run_sphinx", lambda *_: sys.exit("no pages"))
    with pytest.raises(SystemExit, match="no pages"):
        build.build(site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (site / "index.html").read_text() == "the old one"
