"""Run one of the course's commands: python3 tools/run.py test

The Makefile calls this, and so can who has no make. Each command says for whom it needs which
packages, which are installed first where they are missing, and in which environment it runs:

ours    an environment of the course's own making, so that what is stored or compared depends on
        the notebooks and the pins alone, not on anybody's settings, folder, language or terminal
yours   the user's own, without what would put another package in the place of the course's
"""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tools.set_up import BIN, PYTHON, ROOT, VENV, set_up

HOME = os.path.join(VENV, "home")  # where `ours` keeps what programs write into a home folder

# Of the user's environment, what a program needs to run at all or to reach the network.
KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR", "TMPDIR", "TEMP", "TMP",
        "LD_LIBRARY_PATH", "LD_PRELOAD", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE")


def ours(user):
    """An environment that is the same on every machine, from the user's, a dictionary."""
    kept = {name: user[name] for name in user if name.upper() in KEPT}
    return dict(
        kept, PATH=path(user), HOME=HOME, USERPROFILE=HOME, APPDATA=HOME, LOCALAPPDATA=HOME,
        LANG="C.UTF-8", LC_ALL="C.UTF-8", TZ="UTC", COLUMNS="80", LINES="24",
        PYTHONPATH=ROOT, PYTHONUTF8="1", PYTHONNOUSERSITE="1", OPENBLAS_NUM_THREADS="1")


def yours(user):
    """The user's environment, without what would lead Python or a server out of the course.

    JupyterLab's own settings, a theme or a shortcut, stay; a server's configuration does not, since
    another folder or address would hide the course.
    """
    astray = ("PYTHON", "VIRTUAL_ENV", "CONDA", "JUPYTER_CONFIG_PATH")
    kept = {name: user[name] for name in user if not name.startswith(astray)}
    home = user.get("HOME") or user.get("USERPROFILE", "")
    if not os.access(home, os.W_OK):
        print("Your home folder cannot be written to: settings are kept in .venv/home.")
        home = HOME
    theirs = user.get("JUPYTER_CONFIG_DIR", os.path.join(home, ".jupyter"))
    settings = os.path.join(theirs, "lab", "user-settings")
    kept.setdefault("JUPYTERLAB_SETTINGS_DIR", settings)
    return dict(kept, PATH=path(user), HOME=home, USERPROFILE=home, VIRTUAL_ENV=VENV,
                PYTHONPATH=ROOT,  # for a kernel of the user's own, which may have another
                JUPYTER_CONFIG_DIR=os.path.join(HOME, ".jupyter"))


def path(user):
    return BIN + os.pathsep + user.get("PATH", os.defpath)


# The packages, the environment, and what Python is asked to run, one after the other.
HUB = ["-m", "jupyterhub", "--config=" + os.path.join("tools", "hub", "jupyterhub_config.py")]
LAB = ["-m", "jupyter", "lab", "--config=" + os.path.join("tools", "lab", "server.py")]
COMMANDS = {
    "lab": (["learners"], yours, [LAB]),
    "test": (["learners", "tests"], ours, [["-m", "pytest"]]),
    "check": (["learners", "tests", "upkeep"], ours,
              [["-m", "pytest", "-m", "thorough", "tests"], ["-m", "tools.notebooks.check"]]),
    "notebooks": (["learners"], ours, [["-m", "tools.notebooks.execute"],
                                       ["-m", "tools.decks.guide"]]),
    "steps": (["learners"], ours, [["-m", "tools.notebooks.write_steps"]]),
    "images": (["learners"], ours, [["-m", "tools.notebooks.draw_images"]]),
    "slides": (["learners"], ours, [["-m", "tools.decks.build"]]),
    "slides-check": (["learners", "tests", "browser"], ours,
                     [["-m", "tools.decks.build"], ["-m", "tools.decks.check"],
                      ["-m", "pytest", "-m", "browser", "tests"]]),
    "handouts": (["learners", "browser"], ours,
                 [["-m", "tools.decks.build"], ["-m", "tools.decks.handouts"]]),
    "site": (["learners", "site"], ours, [["-m", "tools.site.build"]]),
    "site-check": (["learners", "tests", "browser", "site"], ours,
                   [["-m", "tools.site.build"], ["-m", "tools.site.check"]]),
    "report": (["learners"], ours, [["-m", "tools.report.run"]]),
    "worksheets": (["learners", "browser"], ours, [["-m", "tools.classroom.worksheets"]]),
    "class": (["learners", "browser"], ours, [["-m", "tools.classroom.bundle"]]),
    "wheels": (["learners"], yours, [["-m", "tools.wheels"]]),
    "lint": (["learners", "upkeep"], ours, [["-m", "ruff", "check", "."]]),
    "bench": (["learners", "upkeep"], yours, [["-m", "tools.bench.run"]]),
    "requirements": (["learners", "upkeep"], yours, [["-m", "tools.pin"]]),
    "hub": (["learners", "hub"], yours, [HUB]),
    "hub-check": (["learners", "hub"], yours, [["-m", "tools.hub.check"]]),
    "colab": (["learners"], ours, [["-m", "tools.notebooks.colab"]]),
    "vendor": (["learners"], yours, [["-m", "tools.decks.fetch_vendor"]]),
}


def main(name, *more):
    """Run a command of COMMANDS; ends as its program does. more: arguments for the last program."""
    groups, environment, programs = COMMANDS[name]
    set_up(groups)
    os.makedirs(HOME, exist_ok=True)
    os.chdir(ROOT)
    settings = environment(os.environ)
    as_root = ["--allow-root"] if name == "lab" and getattr(os, "getuid", lambda: 1)() == 0 else []
    for program in programs[:-1]:
        if subprocess.call([PYTHON] + program, env=settings):
            sys.exit(1)
    replace_this_process([PYTHON] + programs[-1] + as_root + list(more), settings)


def replace_this_process(program, settings):
    """So that Ctrl-C and other signals reach the program itself."""
    if os.name == "nt":  # there, `exec` gives the terminal back before the program has ended
        sys.exit(subprocess.call(program, env=settings))
    os.execve(program[0], program, settings)


if __name__ == "__main__":
    if sys.argv[1:2] == [] or sys.argv[1] not in COMMANDS:
        sys.exit("Say which of these to run: " + ", ".join(COMMANDS))
    main(*sys.argv[1:])
