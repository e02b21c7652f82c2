"""Try the hub as a class would: all log in at once, fetch the course and run notebooks.

Says for each learner how long it took, how much memory they held, and whether the outputs are the
stored ones; ends with 1 if one of them is not.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests
from jupyter_kernel_client import JupyterKernelClient
from nbconvert.preprocessors import CoalesceStreamsPreprocessor
from nbformat import from_dict

from tools.course import code_cells, notebook_paths, number, read
from tools.hub.proxy import free_ports
from tools.notebooks.execute import PATIENCE, without_paths
from tools.notebooks.stable import differences

CONFIG = Path(__file__).with_name("jupyterhub_config.py")
PASSWORD = "upstream times local"
NOTEBOOKS = ("01", "09", "13")
LEARNERS = 3


@contextmanager
def hub(folder):
    """A hub that keeps its files in a folder: its process, its address, and the class's link.

    Exits with what the hub said if it does not start.
    """
    address = f"http://127.0.0.1:{free_ports(1)[0]}"
    log = folder / "log"
    with open(log, "w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "--config", CONFIG],
            stdout=out, stderr=subprocess.STDOUT,
            env=os.environ | {"MICROGRAD_PASSWORD": PASSWORD, "MICROGRAD_HUB": str(folder),
                              "MICROGRAD_ADDRESS": address})
    try:
        while not answers(address):
            if process.poll() is not None:
                sys.exit(f"The hub did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.2)
        link = re.search(r"git-pull\?\S+", log.read_text(encoding="utf-8"))[0]
        yield process, address, link
    finally:
        process.terminate()
        process.wait()


def answers(address):
    try:
        return requests.get(f"{address}/hub/health").ok
    except requests.ConnectionError:
        return False


class Learner:
    """Somebody with a browser: logs in, starts a server, fetches the course, runs notebooks."""

    def __init__(self, hub, address, name, home):
        self.hub, self.name, self.home = psutil.Process(hub.pid), name, home
        self.api, self.server = f"{address}/hub/api/users/{name}", f"{address}/user/{name}"
        who = {"username": name, "password": PASSWORD}
        log_in(f"{address}/hub/login?next=/hub/home", who)
        self.token = answered(requests.post(f"{self.api}/tokens", json={"auth": who}))["token"]
        self.headers = {"Authorization": f"token {self.token}"}

    def start(self):
        """Start a server and wait for it. Raises RuntimeError if it ends instead."""
        requests.post(f"{self.api}/server", headers=self.headers).raise_for_status()
        while not (server := self.servers().get("", {})).get("ready"):
            if not server:
                raise RuntimeError(f"The server of {self.name} did not start.")
            time.sleep(0.5)

    def servers(self):
        return answered(requests.get(self.api, headers=self.headers))["servers"]

    def fetch(self, link):
        """Do what the page behind the class's link does. Raises RuntimeError if it fails."""
        pull = link.replace("git-pull", "git-pull/api", 1)
        answer = requests.get(f"{self.server}/{pull}", headers=self.headers)
        if '"finished"' not in answer.text:
            raise RuntimeError(f"{self.name} could not fetch the course:\n{answer.text}")

    def run(self, path):
        """Execute a notebook: what its outputs changed from the stored ones to, and the bytes."""
        notebook = read(path)
        stored = [cell.outputs for cell in code_cells(notebook)]
        kernel = JupyterKernelClient(  # in the headers: a hub takes no token in an address
            server_url=self.server, token=self.token, headers=self.headers,
            client_kwargs={"timeout": PATIENCE})
        kernel.start(path="course/notebooks", timeout=PATIENCE)
        for cell in code_cells(notebook):
            cell.outputs = self.outputs(kernel, cell.source)
            CoalesceStreamsPreprocessor().preprocess_cell(cell, {}, 0)
        held = self.memory()
        kernel.stop(timeout=PATIENCE)
        made = [cell.outputs for cell in code_cells(notebook)]
        return differences(stored, made, number(path)), held

    def outputs(self, kernel, source):
        outputs = kernel.execute(source, stop_on_error=False, timeout=PATIENCE)["outputs"]
        return [without_paths(from_dict(output), self.home / "course", self.home)
                for output in outputs]

    def memory(self):
        """The bytes that this learner's processes hold, shared ones in equal parts."""
        return sum(held(process, self.name) for process in self.hub.children(recursive=True))


def held(process, name):
    """The bytes that a process holds, if it is this learner's and still runs."""
    try:
        mine = process.environ().get("JUPYTERHUB_USER") == name
        return process.memory_full_info().pss if mine else 0
    except psutil.NoSuchProcess:
        return 0


def log_in(page, who):
    """What the form on the hub's first page does; a name that is new is known from then on."""
    with requests.Session() as browser:
        browser.get(page).raise_for_status()
        browser.post(page, data=who | {"_xsrf": browser.cookies["_xsrf"]}).raise_for_status()


def answered(response):
    response.raise_for_status()
    return response.json()


def attend(learner, link, paths):
    """One learner's lesson: how many seconds and bytes it took, and what differed."""
    began = time.monotonic()
    learner.start()
    learner.fetch(link)
    came = time.monotonic()
    results = [learner.run(path) for path in paths]
    differ = [text for texts, _ in results for text in texts]
    return came - began, time.monotonic() - came, max(held for _, held in results), differ


def main(count=LEARNERS):
    """Let that many learners come at once, and print a line for each of them."""
    paths = [path for path in notebook_paths() if number(path) in NOTEBOOKS]
    with tempfile.TemporaryDirectory() as folder, hub(Path(folder)) as (process, address, link), \
            ThreadPoolExecutor(count) as pool:
        names = [f"learner{i:02}" for i in range(1, count + 1)]
        learners = [Learner(process, address, name, Path(folder) / "homes" / name)
                    for name in names]
        print(f"{count} learners, notebooks {', '.join(NOTEBOOKS)}\n"
              "            ready after   ran for   memory")
        lessons = [pool.submit(attend, learner, link, paths) for learner in learners]
        wrong = [report(name, lesson) for name, lesson in zip(names, lessons, strict=True)]
    sys.exit(any(wrong))


def report(name, lesson):
    """Print a learner's line, when their lesson is over; say whether anything went wrong."""
    if error := lesson.exception():
        print(f"{name}  {type(error).__name__}: {error}", flush=True)
        return True
    came, ran, held, differ = lesson.result()
    print(f"{name}  {came:9.0f} s {ran:7.0f} s {held / 2**20:5.0f} MB  "
          + ("\n".join(["differs from what is stored:", *differ]) if differ else "as stored"))
    return bool(differ)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
