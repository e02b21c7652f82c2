"""A JupyterHub for a class: one course, read-only, and a copy of its notebooks for everyone.

Everyone's kernel imports the package from the course's own folder, so a learner's copy can be
broken and fetched again. As it stands, for a trial on this machine: any name, one password, and
all homes below one folder. README.md beside this file says what a server changes.
"""

import os
import secrets
import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from tools.hub.proxy import free, free_ports, proxy

c = get_config()  # noqa: F821  # from traitlets, which reads this file
COURSE = Path(__file__).resolve().parents[2]
ADDRESS = os.environ.get("MICROGRAD_ADDRESS", "http://127.0.0.1:8000")
STATE = Path(os.environ.get("MICROGRAD_HUB", Path.home() / "micrograd-hub"))
REPOSITORY = os.environ.get("MICROGRAD_REPOSITORY", COURSE.as_uri())  # what the copies come from
PASSWORD = os.environ.get("MICROGRAD_PASSWORD", secrets.token_urlsafe(8))
PATIENCE = 300  # seconds, for thirty at once on two cores
SECRET = secrets.token_hex(4)
FIRST = "lab/tree/course/notebooks/01_value_skeleton.ipynb"

if REPOSITORY == COURSE.as_uri() and not (COURSE / ".git").exists():
    sys.exit("The course's folder is no clone, so nobody can copy it from there: clone the course, "
             "or say where a clone is, MICROGRAD_REPOSITORY=https://...")
if shutil.which("git") is None:
    sys.exit("The hub hands out the course with git, which is not here: install it.")
try:
    (STATE / "homes").mkdir(parents=True, exist_ok=True)
except OSError as error:
    sys.exit(f"The hub cannot keep its files in {STATE} ({error.strerror}): name another folder, "
             "MICROGRAD_HUB=...")


def sockets(spawner):
    """The folder of one server's kernels.

    They listen on files there: when thirty choose a free port at once, two take the same one. The
    path of such a file has to be short, which a learner's home and a TMPDIR may not be; POSIX has
    /tmp everywhere.
    """
    return f"/tmp/hub{spawner.user.id}-{SECRET}"


own, api = (f"http://127.0.0.1:{port}" for port in free_ports(2))
c.JupyterHub.bind_url = free(ADDRESS)
c.JupyterHub.hub_bind_url = own
c.ConfigurableHTTPProxy.api_url = api
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.ConfigurableHTTPProxy.command = [proxy()]
c.ConfigurableHTTPProxy.log_level = "warn"  # so that the password and the link stay in sight
c.JupyterHub.log_level = "WARN"

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = PASSWORD
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")

c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--ConnectionFileMixin.transport=ipc",
                  "--ServerApp.contents_manager_class=tools.lab.contents.Contents",
                  "--ServerApp.log_level=WARN",
                  f"--MappingKernelManager.kernel_info_timeout={PATIENCE}"]
if os.getuid() == 0:  # as in a container; with local accounts, nobody's server runs as root
    c.Spawner.args += ["--allow-root"]
c.Spawner.default_url = "/lab"
c.Spawner.environment = {
    "PYTHONPATH": str(COURSE),
    "JUPYTER_RUNTIME_DIR": sockets,
    # Git asks who owns a repository before it copies it, and here that is not the learner.
    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
}
c.Spawner.post_stop_hook = lambda spawner: shutil.rmtree(sockets(spawner), ignore_errors=True)
c.Spawner.start_timeout = c.Spawner.http_timeout = PATIENCE

link = urlencode({"repo": REPOSITORY, "targetpath": "course", "urlpath": FIRST})
print(f"The password: {PASSWORD}\n"
      f"The link for the class: {ADDRESS}/hub/user-redirect/git-pull?{link}",
      flush=True)
