"""Set up the course's own environment, `.venv`, where it is missing, old, half made or moved.

Kept free of newer syntax, so that an old Python can read it and say what is wrong. Whatever goes
wrong ends in one line that says what to do; what pip said stands in `.venv/pip.log`.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
WHEELS = os.path.join(ROOT, "wheels")  # packages, where they are not to come from a network
LOG = os.path.join(VENV, "pip.log")
OLDEST = (3, 11)

# For whom a command installs what: each group is pinned in a file of its own.
GROUPS = {
    "learners": "requirements.txt",
    "tests": "tests/requirements.txt",
    "upkeep": "tools/requirements.txt",
    "browser": "tools/decks/requirements.txt",
    "site": "tools/site/requirements.txt",
    "hub": "tools/hub/requirements.txt",
}
LAB_SETTINGS = os.path.join(ROOT, "tools", "lab", "settings.json")

# What pip says when something outside the course is at fault, and what to do about it.
TROUBLES = [
    (r"Errno 28|No space left|not enough space",
     "The disk is full: the course needs about 600 MB. Make room, then run this again."),
    (r"Errno 13|Permission denied|Access is denied",
     "This folder, or something in its .venv, cannot be written to: copy the course to where you "
     "may write, without .venv, then run this again there."),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError",
     "pip does not trust the network's certificate: ask whoever runs the network for it, set "
     "PIP_CERT to its file, then run this again."),
    (r"connection|Connection|resolution|timed out|Proxy|Network is unreachable|No matching distr",
     "pip could not fetch its packages: connect to the network (or set a proxy), then run this "
     "again."),
]


def set_up(groups):
    """Make the environment ready for these groups of GROUPS; quick where it already is.

    Exits with one line that says what to do where that cannot be had.
    """
    try:
        if not (stamped("learners").startswith(ROOT + "\n") and starts()):
            make_environment()
        for group in groups:
            if stamped(group) != wanted(group):
                install(group)
    except OSError as error:
        sys.exit(advice("Errno %s %s" % (error.errno, error)))
    except KeyboardInterrupt:
        sys.exit("\nSetting up was interrupted: the next call starts it over.")


def stamp(group):
    """The file that says for what a group was installed."""
    return os.path.join(VENV, "ready", group)


def wanted(group):
    """What the stamp must say: where the course lies, and what the group's pins are."""
    digest = hashlib.sha256()
    for name in (GROUPS[group], "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return "%s\n%s\n" % (ROOT, digest.hexdigest())


def stamped(group):
    """What the stamp says, or nothing."""
    try:
        with open(stamp(group), encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return ""


def starts():
    """Whether the environment's Python starts and finds its packages: not after an upgrade."""
    try:
        return subprocess.call([PYTHON, "-Ic", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment():
    """Make .venv anew, with this Python."""
    if sys.version_info < OLDEST:
        sys.exit(
            "The course needs Python %d.%d or newer, and this is %d.%d: install a newer one, then "
            "run make PYTHON=python3.11 (or its name on your system)."
            % (OLDEST + tuple(sys.version_info[:2])))
    try:
        import ensurepip  # noqa: F401  # Debian and Ubuntu leave it out of python3
        import venv
    except ImportError:
        sys.exit("Python's venv module is missing: install it, then run this again "
                 "(Debian, Ubuntu: apt install python3-venv).")
    if os.path.exists(VENV):
        say("Starting over with .venv: it is half made, or the course has been moved.")
        shutil.rmtree(VENV)
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError as error:
        sys.exit(advice(str(error.output)))


def install(group):
    """Install what a group pins, over what is there."""
    say("Setting up .venv for %s, once: this takes a minute or so." % group)
    if os.path.exists(stamp(group)):
        os.remove(stamp(group))  # if this is interrupted, the next call starts over
    pip = [PYTHON, "-Im", "pip", "--disable-pip-version-check", "--no-input", "install",
           "--progress-bar=off", "--no-compile", "--requirement", GROUPS[group]]
    if os.path.isdir(WHEELS):
        pip += ["--no-index", "--find-links", WHEELS]
    with open(LOG, "w", encoding="utf-8") as log:
        failed = subprocess.call(pip, cwd=ROOT, env=for_pip(), stdout=log,
                                 stderr=subprocess.STDOUT)
    if failed:
        with open(LOG, encoding="utf-8", errors="replace") as log:
            sys.exit(advice(log.read()))
    if group == "learners":
        finish_lab()
    os.makedirs(os.path.dirname(stamp(group)), exist_ok=True)
    with open(stamp(group), "w", encoding="utf-8") as file:
        file.write(wanted(group))


def for_pip():
    """The user's environment, without what would lead pip out of .venv."""
    astray = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(astray)}
    kept.update(PIP_USER="0", LC_ALL="C.UTF-8")  # so that TROUBLES are told in English
    return kept


def finish_lab():
    """Settings of JupyterLab's, and matplotlib's list of fonts, which takes it seconds to make."""
    settings = os.path.join(VENV, "share", "jupyter", "lab", "settings")
    os.makedirs(settings, exist_ok=True)
    shutil.copy(LAB_SETTINGS, os.path.join(settings, "overrides.json"))
    subprocess.call([PYTHON, "-c", "import matplotlib.font_manager"], cwd=ROOT,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def advice(said):
    """One line that says what to do, for what pip or the system said."""
    if os.path.isdir(WHEELS) and "No matching distr" in said:
        return ("The folder wheels lacks a package for this system and Python %d.%d: make it with "
                "this Python, or remove it and connect to the network, then run this again."
                % tuple(sys.version_info[:2]))
    for pattern, what_to_do in TROUBLES:
        if re.search(pattern, said):
            return what_to_do
    last = [line for line in said.splitlines() if line.strip()][-1:]
    return ("Setting up failed, see .venv/pip.log: %s Delete the folder .venv and run this again."
            % "".join(last))


def say(text):
    print(text, flush=True)
