"""Try the website in Chromium where there is no network, only the machine itself."""

import os
import shutil
import sys

# In a network of its own, which has nothing but the machine itself.
CUT_OFF = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "-"]
TESTS = [sys.executable, "-m", "pytest", "-m", "site", "--dist=worksteal", "tests/test_site.py"]

if __name__ == "__main__":
    for program in ("unshare", "ip"):
        if not shutil.which(program):
            sys.exit(f"The website is tried without a network, for which {program} is needed: "
                     f"install it (Debian, Ubuntu: apt install util-linux iproute2).")
    os.execvp(CUT_OFF[0], CUT_OFF + TESTS + sys.argv[1:])
