"""Run a collected notebook in a process of its own, and note what comes of each exercise."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from tools.course import ROOT
from tools.report import mistakes
from tools.report.child import NAMES
from tools.report.collect import printable

SECONDS = 20  # of processor time for a cell, or for a check; the longest of the course takes 1 to 2
PATIENCE = 120  # seconds by the clock without a word from the process
MEGABYTES = 2048
TIMES = 5  # as long, all its cells and checks together
STARTS = 6  # of one notebook; each but the first leaves out what ended or held the last one

RIGHT, WRONG, OPEN, MISSING, TROUBLE = "right", "wrong", "not attempted", "missing", "see note"
WEIGHT = [MISSING, OPEN, TROUBLE, WRONG, RIGHT]  # the best answer counts, of equals the last


@dataclass
class Result:
    """What came of an exercise; why: the reply of the check, or what went wrong."""

    kind: str
    why: str = ""
    mistake: str = ""  # the same for the same mistake


@dataclass
class Outcome:
    """What came of a notebook: results by exercise, guesses by prediction, notes, seconds."""

    results: dict
    guesses: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    seconds: float = 0.0

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)

    def found(self, exercise, result):
        if WEIGHT.index(result.kind) >= WEIGHT.index(self.results[exercise].kind):
            self.results[exercise] = result


class Setting:
    """What all the processes share: a copy of the package, and matplotlib's list of fonts."""

    def __init__(self, package, seconds=SECONDS, patience=PATIENCE):
        import matplotlib.font_manager  # makes the list where there is none

        self.package, self.seconds, self.patience = str(package), seconds, patience
        self.fonts = sorted(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))

    def environment(self, home):
        """An environment that tells a process nothing of the user's."""
        kept = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC", "LD_LIBRARY_PATH")
        return {name: os.environ[name] for name in kept if name in os.environ} | {
            "HOME": home, "USERPROFILE": home, "TMPDIR": home, "TEMP": home, "TMP": home,
            "IPYTHONDIR": os.path.join(home, ".ipython"), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1",
            "MPLBACKEND": "agg", "MPLCONFIGDIR": self.with_fonts(home),
            "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
            "MICROGRAD_DOT": "system", "PATH": "",  # so that no time goes into drawings
            "PYTHONPATH": os.pathsep.join([self.package, str(ROOT)])}

    def with_fonts(self, home):
        """A folder for matplotlib, which takes seconds to make a list of fonts of its own."""
        folder = Path(home, "matplotlib")
        folder.mkdir()
        for path in self.fonts:
            shutil.copy(path, folder)
        return str(folder)

    def readable(self):
        """The folders a notebook may read from: Python's own, the package, fonts and time zones."""
        return [self.package, sys.prefix, sys.base_prefix, "/usr/share", "/usr/lib"]


def answers(notebook, exercises, setting):
    """The Outcome of a collected notebook."""
    began = time.monotonic()
    outcome = Outcome({name: Result(MISSING, "no cell checks it") for name in exercises})
    try:
        run_to_the_end(notebook, exercises, setting, outcome)
    except Exception as error:  # one notebook must not take the report on all others with it
        outcome.note(f"the report failed here, with {one_line(repr(error))}")
    for name, is_right in notebook.saved.items():
        if is_right and name in exercises and outcome.results[name].kind != RIGHT:
            outcome.note(f"{name}: its saved output says Right, run afresh it is not")
    outcome.seconds = time.monotonic() - began
    return outcome


def run_to_the_end(notebook, exercises, setting, outcome):
    """Run a notebook, and again without the cell that ended or held it, until all is run."""
    skipped = []
    for _ in range(STARTS):
        last, how = run(notebook, exercises, setting, skipped, outcome)
        if last == "done":
            break
        blame(last, how, notebook, outcome)
        skipped.append(last)
    else:
        outcome.note(f"given up after {STARTS} starts: the cells behind were not reached")


def run(notebook, exercises, setting, skipped, outcome):
    """Run the cells once, into the outcome; who is to blame for the end, and what end it was.

    That is what was begun last, or the first cell that left a thread behind.
    """
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="report-", ignore_cleanup_errors=True) as home:
        process = subprocess.Popen(
            [sys.executable, "-sPB", "-c", "from tools.report.child import main; main()"],
            cwd=home, env=setting.environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True)
        held = []

        def end():
            held.append(True)
            kill(process)

        limit = started(setting.patience * TIMES, end)
        watch = started(setting.patience, end)
        try:
            hand_over(process, {
                "token": token, "root": str(ROOT), "cells": notebook.cells, "skipped": skipped,
                "known": exercises, "seconds": setting.seconds, "times": TIMES,
                "megabytes": MEGABYTES, "readable": setting.readable()})
            last, left = "start", []
            for kind, *what in lines(process.stdout, token):
                watch.cancel()
                watch = started(setting.patience, end)
                last = what[0] if kind == "begin" else "done" if kind == "done" else last
                left += what if kind == "left" else []
                if kind != "reach" or last not in notebook.ours:
                    take(kind, what, notebook.number, outcome)
        finally:
            watch.cancel()
            limit.cancel()
            kill(process)
            process.stdout.close()
        blamed = left[0] if left and last != "done" else last
        return blamed, "held" if held else process.wait()


def started(seconds, function):
    timer = Timer(seconds, function)
    timer.daemon = True
    timer.start()
    return timer


def hand_over(process, task):
    try:
        with process.stdin as stdin:
            stdin.write(json.dumps(task).encode())
    except OSError:
        pass  # it has ended: what it said will tell


def kill(process):
    """End a process and all that it has started."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        pass  # it has ended
    process.wait()


def lines(stream, token):
    """The lines of a report that begin with the token, and nothing else that comes."""
    for line in iter(lambda: stream.readline(1 << 16), b""):
        text = line.decode(errors="replace")
        if text.startswith(token):
            try:
                yield json.loads(text.removeprefix(token))
            except ValueError:
                continue  # cut short


def take(kind, what, number, outcome):
    """Note one line of a report."""
    if kind == "verdict":
        exercise, how, text = what
        if exercise in outcome.results:
            outcome.found(exercise, RESULTS[how](number, one_line(text)))
    elif kind == "guess":
        name, result, said = what
        outcome.guesses[name] = result, one_line(said)
    elif kind == "changed":
        cell, names = what
        outcome.note(f"code cell {cell + 1} changed the checks ({one_line(', '.join(names))}); "
                     "they were put right again")
    elif kind == "reach":
        outcome.note(f"tried to {what[0]}, and was kept from it")


def one_line(text):
    return printable(" ".join(text.split()))


def said(number, text):
    if mistakes.is_right(text):
        return Result(RIGHT)
    if mistakes.is_open(text):
        return Result(OPEN)
    reason = mistakes.reason(text)
    return Result(WRONG, reason, mistakes.key(number, reason))


def stopped(number, text):
    return Result(WRONG, f"its cell stops with {text}", f"stops with {text.partition(':')[0]}")


RESULTS = {
    "said": said,
    "stopped": stopped,
    "changed": lambda number, text: Result(TROUBLE, f"its answer changes the check ({text})"),
    "replaced": lambda number, text: Result(
        TROUBLE, "its cell does not call the course's check: it is replaced, or left out"),
}


def blame(last, how, notebook, outcome):
    """Note that the piece of work which was begun last ended the process, or held it."""
    held = how == "held" or how == -getattr(signal, "SIGXCPU", 0)
    why = "does not end" if held else "ends Python or makes it crash"
    kind, _, name = last.partition(" ")
    if kind == "check":
        outcome.found(name, Result(TROUBLE, f"its answer {why}"))
    elif kind == "cell":
        asked = [each for each in NAMES.findall(notebook.cells[int(name)])
                 if each in outcome.results]
        for each in asked:
            outcome.found(each, Result(TROUBLE, f"its cell {why}"))
        if not asked:
            outcome.note(f"code cell {int(name) + 1} {why}, and was left out")
    else:
        outcome.note("its process could not be started")
