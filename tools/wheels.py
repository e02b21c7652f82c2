"""Fetch the packages that the notebooks need, for machines without a network, into wheels/.

python3 tools/run.py wheels       for the Python that runs this
python3 tools/run.py wheels 3.12  for another

For Linux, Windows and macOS on the usual processors. Setting up looks for the packages in `wheels/`
where there is such a folder, and nowhere else.
"""

import os
import subprocess
import sys
import tempfile

from packaging.requirements import Requirement

from tools.set_up import GROUPS, ROOT, WHEELS

BACKEND = "flit_core"  # with which pip installs the course's own package
# What markers ask, and the names under which packages offer their wheels, the most portable first.
SYSTEMS = {
    "linux": ({"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix",
               "platform_machine": "x86_64"},
              ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")),
    "windows": ({"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
                 "platform_machine": "AMD64"}, ("win_amd64",)),
    "mac": ({"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix",
             "platform_machine": "arm64"}, ("macosx_14_0_arm64", "macosx_11_0_arm64")),
}


def pins(system, python):
    """The pinned packages that a system needs, as pip takes them."""
    environment = SYSTEMS[system][0] | {
        "python_version": python, "python_full_version": f"{python}.0",
        "implementation_name": "cpython", "platform_python_implementation": "CPython"}
    with open(os.path.join(ROOT, GROUPS["learners"]), encoding="utf-8") as file:
        lines = [line.strip() for line in file if "==" in line and not line.startswith("#")]
    wanted = [Requirement(line) for line in lines]
    return [f"{each.name}{each.specifier}" for each in wanted
            if each.marker is None or each.marker.evaluate(environment)] + [BACKEND]


def fetch(system, python):
    """Fetch a system's packages. Exits with pip's own last line if one cannot be had."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
        file.write("\n".join(pins(system, python)))
    platforms = [f"--platform={name}" for name in SYSTEMS[system][1]]
    pip = [sys.executable, "-Im", "pip", "--disable-pip-version-check", "download", "--quiet",
           "--no-deps", "--only-binary=:all:", "--implementation=cp", f"--python-version={python}",
           *platforms, f"--dest={WHEELS}", f"--requirement={file.name}"]
    done = subprocess.run(pip, stderr=subprocess.PIPE, text=True, check=False)
    os.remove(file.name)
    if done.returncode:
        sys.exit(f"Not all packages for {system} could be fetched: "
                 f"{done.stderr.strip().splitlines()[-1]}")
    print(f"The packages for {system} with Python {python} are in {WHEELS}", flush=True)


def main(python=f"{sys.version_info[0]}.{sys.version_info[1]}"):
    for system in SYSTEMS:
        fetch(system, python)


if __name__ == "__main__":
    main(*sys.argv[1:])
