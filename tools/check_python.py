"""Say in one line what to install if this Python cannot set up the course.

Kept free of newer syntax, so that an old Python can read it and say so.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The course needs Python 3.11 or newer, and this is %d.%d: install a newer one, "
        "then run make PYTHON=python3.11 (or its name on your system)." % sys.version_info[:2]
    )

try:
    import ensurepip  # noqa: F401  # Debian and Ubuntu leave it out of python3
    import venv  # noqa: F401
except ImportError:
    sys.exit("Python's venv module is missing: install it, then run make again "
             "(Debian, Ubuntu: apt install python3-venv).")
