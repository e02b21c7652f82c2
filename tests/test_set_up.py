"""Setting up: quick where all is there, by itself where it is not, and one line where it can't."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tools import run, set_up
from tools.course import ROOT


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course in an empty folder: what it would make and install is listed in `done`."""
    done = []

    def make_environment():
        done.append("environment")
        os.makedirs(set_up.VENV, exist_ok=True)
        for path in Path(set_up.VENV).rglob("ready/*"):
            path.unlink()
        monkeypatch.setattr(set_up, "PYTHON", sys.executable)

    def call(command, **_):
        done.append(command[-1])
        return 0
    for name in set_up.GROUPS.values():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "pyproject.toml").touch()
    place(monkeypatch, tmp_path)
    monkeypatch.setattr(set_up, "make_environment", make_environment)
    monkeypatch.setattr(set_up, "finish_lab", lambda: None)
    monkeypatch.setattr(set_up.subprocess, "call", call)
    monkeypatch.setattr(set_up, "starts", lambda: os.path.exists(set_up.PYTHON))

    def again(*groups):
        done.clear()
        set_up.set_up(groups or ["learners"])
        return list(done)
    return again


def place(monkeypatch, folder):
    """Let the course lie in this folder."""
    monkeypatch.setattr(set_up, "ROOT", str(folder))
    monkeypatch.setattr(set_up, "VENV", str(folder / ".venv"))
    monkeypatch.setattr(set_up, "LOG", str(folder / ".venv" / "pip.log"))


ALL = ["environment", "requirements.txt"]


def test_the_first_call_makes_everything_and_the_next_ones_nothing(course):
    assert course() == ALL
    assert course() == []


def test_a_command_installs_only_what_it_needs(course):
    course()
    assert course("learners", "tests") == ["tests/requirements.txt"]
    assert course("learners", "tests") == []


def test_other_pins_are_installed_over_the_old_ones(course, tmp_path):
    course()
    (tmp_path / "requirements.txt").write_text("newer")
    assert course() == ["requirements.txt"]


def test_what_was_interrupted_starts_over(course, monkeypatch):
    def interrupted(group):
        raise KeyboardInterrupt
    with monkeypatch.context() as patch, pytest.raises(SystemExit, match="starts it over"):
        patch.setattr(set_up, "install", interrupted)
        course()
    assert course() == ALL


def test_an_environment_whose_python_has_gone_is_made_anew(course, monkeypatch, tmp_path):
    course()
    monkeypatch.setattr(set_up, "PYTHON", str(tmp_path / "gone"))
    assert course() == ALL


def test_a_course_that_was_moved_is_set_up_where_it_is_now(course, monkeypatch, tmp_path):
    course()
    moved = tmp_path.with_name("moved")
    tmp_path.rename(moved)
    place(monkeypatch, moved)
    assert course() == ALL


def test_an_environment_that_does_not_start_is_told_from_one_that_does(monkeypatch, tmp_path):
    assert set_up.starts()
    broken = tmp_path / "python"
    monkeypatch.setattr(set_up, "PYTHON", str(broken))
    assert not set_up.starts()
    broken.write_text("no program")
    broken.chmod(0o755)
    assert not set_up.starts()


# What pip or the system said when these things were really the matter.
SAID = {
    "The disk is full": "ERROR: Could not install packages due to an OSError: [Errno 28] No space",
    "connect to the network": "Failed to establish a new connection: [Errno -3] Temporary failure "
                              "in name resolution')': /simple/anyio/\nERROR: No matching "
                              "distribution found for anyio==4.16.0",
    "copy the course to where you may write": "Errno 13 Permission denied: '.venv'",
    "does not trust": "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]",
    "see .venv/pip.log: ERROR: something new": "...\nERROR: something new\n\n",
}


@pytest.mark.parametrize("advice", SAID)
def test_what_goes_wrong_ends_in_one_line_that_says_what_to_do(advice):
    assert advice in set_up.advice(SAID[advice])
    assert len(set_up.advice(SAID[advice]).splitlines()) == 1


@pytest.mark.parametrize(("pretend", "says"), [
    ("sys.version_info = (3, 10, 4)", "needs Python 3.11 or newer, and this is 3.10"),
    ("sys.modules['ensurepip'] = None", "apt install python3-venv"),
    ("sys.modules['venv'] = None", "apt install python3-venv")])
def test_a_python_that_cannot_set_up_the_course_is_told_in_one_line(pretend, says, tmp_path):
    program = (f"import sys; from tools import set_up; set_up.VENV = {str(tmp_path)!r}; {pretend}; "
               "set_up.make_environment()")
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True,
                            text=True)
    assert result.returncode == 1
    assert says in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["set_up.py", "run.py"])
def test_an_old_python_can_read_what_tells_it_that_it_is_old(name):
    text = (ROOT / "tools" / name).read_text(encoding="utf-8")
    compile(text, name, "exec")
    assert not re.search(r"\bf\"|:=|\bmatch |^import annotations", text, re.M)
    assert text.isascii()


def test_pip_is_kept_in_the_environment_whatever_the_user_has_set(monkeypatch):
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    settings = set_up.for_pip()
    assert "elsewhere" not in settings.values()
    assert settings["PIP_USER"] == "0" and settings["PIP_INDEX_URL"] == "kept"


HOSTILE = {"PYTHONPATH": "other", "PYTHONSTARTUP": "other", "MPLCONFIGDIR": "other",
           "MATPLOTLIBRC": "other", "IPYTHONDIR": "other", "JUPYTER_CONFIG_DIR": "other",
           "JUPYTER_PATH": "other", "VIRTUAL_ENV": "other", "CONDA_PREFIX": "other",
           "PYTEST_ADDOPTS": "other", "NO_COLOR": "other", "LC_ALL": "other", "LANG": "other",
           "TZ": "other", "COLUMNS": "other", "PYTHONHASHSEED": "other", "HOME": "other",
           "MICROGRAD_DOT": "other"}


def test_an_environment_of_our_own_takes_nothing_from_the_users_settings():
    settings = run.ours(HOSTILE | {"PATH": "theirs", "https_proxy": "kept", "TMPDIR": "kept"})
    assert "other" not in settings.values()
    assert settings["PATH"] == set_up.BIN + os.pathsep + "theirs"
    assert settings["https_proxy"] == settings["TMPDIR"] == "kept"


def test_the_users_environment_is_theirs_but_for_what_leads_out_of_the_course(tmp_path):
    settings = run.yours(HOSTILE | {"HOME": str(tmp_path), "EDITOR": "theirs"})
    assert settings["EDITOR"] == "theirs" and settings["MPLCONFIGDIR"] == "other"
    assert not {"PYTHONSTARTUP", "CONDA_PREFIX"} & set(settings)
    assert settings["VIRTUAL_ENV"] == set_up.VENV and settings["PYTHONPATH"] == set_up.ROOT
    assert settings["JUPYTERLAB_SETTINGS_DIR"] == os.path.join("other", "lab", "user-settings")


def test_with_a_home_that_cannot_be_written_to_settings_are_kept_in_the_course(capsys):
    nowhere = os.path.join(os.sep, "proc", "no home here")
    assert run.yours({"HOME": nowhere})["HOME"] == run.HOME
    assert "cannot be written to" in capsys.readouterr().out


def test_a_command_that_is_not_there_is_answered_with_those_that_are(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["run.py", "tests"])
    with pytest.raises(SystemExit, match="Say which of these to run: lab, test, check"):
        runpy.run_path(str(ROOT / "tools" / "run.py"), run_name="__main__")
