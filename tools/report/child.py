"""The process in which one notebook runs: told what to do on standard input, it reports by line.

It is told the token that begins each line of its report, so that nothing a notebook prints is
taken for one, and goes on to say what it begins, what it found, and that it is done.
"""

import json
import os
import random
import re
import sys
import threading

# The exercises whose check a cell calls.
NAMES = re.compile(r"""^[^#\n]*\bcheck\(\s*["']?(\d+\.\w+)""", re.M)
FOREIGN = ("builtins", "inspect", "math", "numbers", "random", "re", "runpy", "numpy")
MOST = 20  # answers of one cell that are judged


def main():
    """Run a notebook's cells, and judge what they hand in."""
    task = json.load(sys.stdin)
    tell = reporter(task["token"])
    sys.path.remove(task["root"])
    run_cell = quiet_shell()
    work = Work(task, tell, run_cell)
    from tools.report import fence

    start = fence.clock(task["seconds"], task["times"])
    fence.limit(task["megabytes"])
    fence.put_up(task["readable"], [os.getcwd()], lambda what: tell("reach", what))
    for name in [name for name in sys.modules if name.partition(".")[0] == "tools"]:
        del sys.modules[name]
    work.all_cells(start)
    tell("done")
    os._exit(0)  # whatever threads there are


def reporter(token):
    """A function that writes a line of the report, to where nothing else is printed any more."""
    report = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    write, dumps = os.write, json.dumps

    def tell(kind, *what):
        write(report, f"{token}{dumps([kind, *what])}\n".encode())

    return tell


def quiet_shell():
    """IPython's function to run a cell, which shows nothing and keeps no history."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Silent(DisplayHook):
        def __call__(self, result=None):
            pass

    class Shell(InteractiveShell):
        displayhook_class = Silent

        def showtraceback(self, *args, **options):
            pass

        showsyntaxerror = showindentationerror = showtraceback

    shell = Shell.instance(config=Config(HistoryManager={"enabled": False}))
    shell.display_formatter.active_types = []
    random.seed(0)
    return shell.run_cell


class Work:
    """The cells of a notebook, and what of them is still to be judged."""

    def __init__(self, task, tell, run_cell):
        from micrograd import course
        from micrograd.course import exercises, predict
        exercises.find(task["known"][0])  # imports the checks of this notebook

        self.tell, self.run_cell = tell, run_cell
        self.cells, self.skipped, self.known = task["cells"], task["skipped"], task["known"]
        self.verdict, self.predict = exercises.verdict, predict
        self.threads, self.main_thread = threading.enumerate, threading.main_thread()
        self.handed_in = []
        hand_in = self.handed_in.append

        def check(number, *answers):
            hand_in(("check", str(number), answers))

        def reveal(name, guess, answer):
            hand_in(("guess", str(name), guess))

        for function, home in ((check, exercises), (reveal, predict)):
            function.__module__ = home.__name__
            for module in (home, course):
                setattr(module, function.__name__, function)
        ours = [module for name, module in sys.modules.items()
                if name.partition(".")[0] == "micrograd"]
        checks = [module for module in ours if module.__name__.startswith(course.__name__)]
        others = [module for module in ours if module not in checks]
        others += [sys.modules[name] for name in FOREIGN if name in sys.modules]
        from tools.report.seal import Seal
        self.checks, self.others = Seal(checks, strict=True), Seal(others, strict=False)

    def all_cells(self, start):
        for i, source in enumerate(self.cells):
            if f"cell {i}" not in self.skipped:
                start()
                self.tell("begin", f"cell {i}")
                self.cell(i, source)
                for kind, name, answers in self.handed_in[:MOST]:
                    if kind == "guess":
                        self.guess(name, answers)
                    elif name in self.known and f"check {name}" not in self.skipped:
                        start()
                        self.tell("begin", f"check {name}")
                        self.judge(name, answers)

    def cell(self, i, source):
        """Run a cell, and see what it did."""
        self.handed_in.clear()
        stopped = self.error_of(source)
        if any(type(each).__module__ in ("threading", "__main__") for each in self.threads()
               if each is not self.main_thread):  # and none of tqdm's
            self.tell("left", f"cell {i}")
        _, changed = self.checks.mend()
        if changed:
            self.tell("changed", i, changed[:3])
        asked = [name for name in NAMES.findall(source) if name in self.known]
        handed_in = [name for _, name, _ in self.handed_in]
        for name in [name for name in asked if name not in handed_in]:
            self.tell("verdict", name, *(("stopped", stopped) if stopped else ("replaced", "")))

    def error_of(self, source):
        """The error with which a cell stopped, in words, or nothing."""
        try:
            result = self.run_cell(source)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as caught:
            error = caught
        return in_words(error) if error is not None else ""

    def judge(self, name, answers):
        undo, _ = self.others.mend()
        try:
            said = self.verdict(name, *answers)
        except BaseException as error:
            said = f"Not yet: it stopped with {in_words(error)}"
        changed = self.checks.mend()[1] + self.others.mend()[1]
        undo()
        if changed:
            self.tell("verdict", name, "changed", ", ".join(changed[:3]))
        else:
            self.tell("verdict", name, "said", f"{said:.2000}")

    def guess(self, name, guess):
        undo, _ = self.others.mend()
        try:
            self.tell("guess", name, *self.read_guess(name, guess))
        except BaseException:
            pass  # no guess of this course's, or one that can't be read
        self.checks.mend()
        undo()

    def read_guess(self, name, guess):
        """Whether a guess is right, wrong or still open, and what was said, in words."""
        question = self.predict.find(name)
        if self.predict.is_open(guess):
            return "open", ""
        said, right = question.read(guess), next(iter(question.replies))
        result = "right" if self.predict.agrees(said, right) else "wrong"
        return result, f"{question.show(said):.200}"


def in_words(error):
    """An error as text, whatever it is."""
    try:
        return f"{type(error).__name__}: {error}"[:300].partition("\n")[0]
    except BaseException:
        return type(error).__name__
