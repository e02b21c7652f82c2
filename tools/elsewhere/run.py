"""Run the course where a stranger might: make elsewhere, or python3 tools/elsewhere/run.py PLACE

awkward   (left out, this one) in a copy below HOME, in a folder with a space and an umlaut, for an
          ordinary user, with a Turkish locale, a narrow terminal, another time zone, hostile
          settings of matplotlib, IPython and Jupyter, another `micrograd` on PYTHONPATH, and the
          files that editors and file managers leave about
load      the same beside eight endless loops for every core
math      the same with a math library whose last digits differ (needs a C compiler)
bookworm, trixie, testing: the suite of a Debian, bare, by debootstrap (as root, on Debian)

PLACE may be followed by what make is asked for there, instead of `test`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COURSE = "my course é"
NOBODY = 54321  # the id of an ordinary user whom nobody is
SYSTEM = "/usr/local/bin:/usr/bin:/bin"

# What a user may have in their home folder, from paths to texts.
FILES = {
    ".config/matplotlib/matplotlibrc": "lines.linewidth: 9\nsvg.fonttype: none\nfont.size: 30\n",
    ".ipython/profile_default/ipython_config.py":
        "c.InteractiveShell.xmode = 'Minimal'\nc.InteractiveShell.colors = 'NoColor'\n"
        "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    ".ipython/profile_default/startup/first.py": "import math\nx = 5\n",
    ".jupyter/jupyter_server_config.py": "c.ServerApp.root_dir = '/'\n",
    "other/micrograd/__init__.py": "raise ImportError('this is not the micrograd of the course')\n",
    f"{COURSE}/images/.DS_Store": "",
    f"{COURSE}/notebooks/.DS_Store": "",
    f"{COURSE}/notebooks/Untitled.ipynb": "this is no notebook",
    f"{COURSE}/notebooks/01_value_skeleton-Copy1.ipynb": "this is no notebook",
    f"{COURSE}/notebooks/.ipynb_checkpoints/01_value_skeleton-checkpoint.ipynb": "nor is this",
}
SETTINGS = {
    "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE", "TZ": "Asia/Kolkata", "COLUMNS": "50",
    "PYTHONHASHSEED": "7", "PYTHONOPTIMIZE": "1", "PYTHONWARNINGS": "error", "PIP_USER": "1",
    "NO_COLOR": "1", "MPLBACKEND": "pdf", "VIRTUAL_ENV": "/nowhere", "CONDA_PREFIX": "/nowhere",
}


def copy_course(folder):
    """Copy the course as it stands, without what was built or left about here."""
    shutil.copytree(ROOT, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(
        ".git", ".venv", ".bench", "build", "__pycache__", ".*_c*", ".hypothesis"))


def is_root():
    return hasattr(os, "getuid") and os.getuid() == 0


def ordinary(folder):
    """Hand a folder to an ordinary user: how to start a process as that user, if root is asking."""
    if not is_root():
        return {}
    subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def awkward(*command, **more):
    """Ask make for a command in an awkward place. Returns its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "Büro")
        copy_course(home / COURSE)
        for name, text in FILES.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, encoding="utf-8")
        os.chmod(folder, 0o755)
        settings = {"HOME": str(home), "PYTHONPATH": str(home / "other"), **turkish(folder)}
        if is_root():  # whose own programs an ordinary user may not run
            settings["PATH"] = SYSTEM
        return subprocess.call(["make", *command], cwd=home / COURSE, **ordinary(folder),
                               env=os.environ | SETTINGS | settings | more)


def turkish(folder):
    """Make a locale in which i is no capital I, if this system has what it takes."""
    if not shutil.which("localedef"):
        print("There is no localedef here: the locale is only named, not there.")
        return {}
    subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", Path(folder, "tr_TR.UTF-8")],
                   check=False, capture_output=True)
    return {"LOCPATH": folder}


def load(*command):
    """The same on a machine that has much else to do."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
             for _ in range(8 * os.cpu_count())]
    try:
        return awkward(*command)
    finally:
        for loop in loops:
            loop.kill()


def math(*command):
    """The same with another math library."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "other_math.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-fno-builtin", "-O1", "-o", library,
                        HERE / "other_math.c", "-ldl"], check=True)
        os.chmod(folder, 0o755)
        return awkward(*command, LD_PRELOAD=str(library))


def debian(suite, *command):
    """On a bare Debian of this name, as an ordinary user in that user's home."""
    system = Path("/var/tmp") / f"micrograd-{suite}"
    if not (system / "home" / "anna").exists():
        shutil.rmtree(system, ignore_errors=True)
        subprocess.run(["debootstrap", "--variant=minbase", "--include=python3,python3-venv,make,"
                        "ca-certificates", suite, system], check=True)
        copy_certificates(system)
        subprocess.run(["chroot", system, "useradd", "--create-home", "anna"], check=True)
    shutil.rmtree(system / "home" / "anna" / "course", ignore_errors=True)
    copy_course(system / "home" / "anna" / "course")
    inside = f"cd ~/course && make {' '.join(command)}"
    return subprocess.call(
        ["unshare", "--mount", "sh", "-ec",  # what it mounts ends with it
         'mount --rbind /dev "$1/dev"; mount -t proc proc "$1/proc"; '
         'chroot "$1" sh -c "chown -R anna ~anna"; exec chroot "$1" su - anna -c "$2"',
         "sh", system, inside], env={"PATH": f"{SYSTEM}:/usr/sbin:/sbin"})


def copy_certificates(system):
    """Let the bare system trust what this one trusts, and find names where this one does."""
    for name in ("etc/resolv.conf", "etc/hosts"):
        shutil.copy(Path("/", name), system / name)
    shutil.copytree("/usr/local/share/ca-certificates",
                    system / "usr/local/share/ca-certificates", dirs_exist_ok=True)
    subprocess.run(["chroot", system, "update-ca-certificates"], check=True)


PLACES = {"awkward": awkward, "load": load, "math": math}


def main(place="awkward", *command):
    go = PLACES.get(place) or (lambda *asked: debian(place, *asked))
    sys.exit(go(*(command or ("test",))))


if __name__ == "__main__":
    main(*sys.argv[1:])
