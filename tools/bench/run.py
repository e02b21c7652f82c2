"""Measure our engines side by side with others, and with the same step written by hand.

Each engine works in a process of its own (tools/bench/work.py). First all of them must agree on
losses and gradients; then they take turns, in an order drawn anew for each round, with Python's
garbage collector as it is by default. The table gives medians of processor time, and ratios as
medians of the ratios within a round. All work on one core, with one thread. build/growth.svg shows
how the cost of a step of the array engines grows with the points and with the layers' width.
"""

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from importlib import import_module, metadata
from pathlib import Path

from micrograd import Value
from micrograd.course import EXHIBITS, hunt
from tools.bench.work import PACKAGE, PEERS

INSTALL = {"micrograd": "micrograd==0.1.0", "minigrad": "minigrad==0.0.6",
           "autograd": "autograd==1.9.1", "torch": "torch==2.13.0", "jax": "jax==0.10.2"}
ARRAYS = ["torch tensors", "jax.jit", "ours, arrays", "ours, arrays compiled", "NumPy by hand"]
ENGINES = ["micrograd 0.1.0", "minigrad (C)", "autograd", "torch scalars", "ours",
           "ours, with dot", "float loops", "ours, compiled", *ARRAYS]
VALUES = ["micrograd 0.1.0", "minigrad (C)", "torch scalars", "ours"]  # each number a node
DEPTHS = [500, 5_000, 50_000, 1_000_000]
SIZES = [1_000, 10_000, 100_000, 1_000_000]
ROUNDS = 11
POINTS = [100, 1_000, 10_000]             # of the table for arrays
MORE_POINTS = [100, 1_000, 10_000, 100_000, 1_000_000]  # of the plot: at width 16,
WIDTHS = [8, 16, 32, 64, 128, 256]                      # and at 1,000 points
GROWTH = Path(__file__).resolve().parents[2] / "build" / "growth.svg"
# One thread each. And glibc keeps freed memory: else it depends on what was freed last whether
# it is given back to the system after a step and fetched again in the next, by any engine.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
               "JAX_PLATFORMS": "cpu", "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
               "MALLOC_TRIM_THRESHOLD_": str(2**32), "MALLOC_MMAP_THRESHOLD_": str(2**32)}


class Missing(Exception):
    """An engine that cannot be measured here; the message says why."""


class Worker:
    """An engine in its own process."""

    def __init__(self, name):
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.work", name], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | ENVIRONMENT,
        )

    def ask(self, *command):
        """Send a command and return the answer. Raises Missing if the process has failed."""
        try:
            print(*command, file=self.process.stdin, flush=True)
            return json.loads(self.process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError):
            _, errors = self.process.communicate()
            last = (errors.strip().splitlines() or ["it ended without a word"])[-1]
            raise Missing(last) from None

    def close(self):
        self.process.communicate()


def install(peers=INSTALL, folder=PEERS):
    """Install each peer into a folder of its own; return why each missing one is missing."""
    missing = {}
    for name, requirement in peers.items():
        marker = folder / name / f".{requirement}"
        if not marker.exists():
            say(f"installing {requirement}")
            result = subprocess.run(
                [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder / name,
                 requirement], capture_output=True, text=True)
            if result.returncode:
                errors = [line for line in result.stderr.splitlines() if "ERROR" in line]
                missing[name] = (errors or ["pip failed"])[-1]
                continue
            marker.touch()
    return missing


def disagreement(answer, expected, tolerance=1e-9):
    """What an engine's answer differs in from the expected one, or None."""
    for what in answer.keys() & expected.keys():
        for mine, theirs in zip(answer[what], expected[what], strict=True):
            if not abs(mine - theirs) <= tolerance * max(1.0, abs(theirs)):
                return f"{what}: {mine} where the float loops or our engine have {theirs}"
    return None


def agreed(names, missing):
    """Start a worker for each engine and keep those that agree on losses and gradients."""
    expected = {}
    for reference in ("ours", "float loops"):  # written independently of each other
        worker = Worker(reference)
        answer = worker.ask("agree")
        worker.close()
        if expected and disagreement(answer, expected):
            sys.exit(f"our engine disagrees with the float loops: {disagreement(answer, expected)}")
        expected = answer | expected
    workers = []
    for name in names:
        if PACKAGE.get(name) in missing:
            say(f"{name} is missing: {missing[PACKAGE[name]]}")
            continue
        worker = Worker(name)
        try:
            wrong = disagreement(worker.ask("agree"), expected)
        except Missing as reason:
            say(f"{name} is missing: {reason}")
            continue
        if wrong:
            say(f"{name} is left out, it disagrees: {wrong}")
            worker.close()
            continue
        workers.append(worker)
    return workers


def require_agreement(workers, n):
    """Stop unless engines of arrays agree on n points as well."""
    expected = workers[-1].ask("agree", n)
    for worker in workers[:-1]:
        if wrong := disagreement(worker.ask("agree", n), expected):
            sys.exit(f"{worker.name} disagrees on {n:,} points: {wrong}")


def rounds(workers, command, count=ROUNDS, seed=0):
    """Let all workers run a command in turns; return the seconds of each, round by round."""
    shuffled, times = random.Random(seed), {worker.name: [] for worker in workers}
    for number in range(count):
        say(f"{command}: round {number + 1} of {count}")
        for worker in shuffled.sample(workers, len(workers)):
            times[worker.name].append(worker.ask(command))
    return times


def ratio(times, slow, fast):
    """How many times as long `slow` takes as `fast`: the median over the rounds."""
    return statistics.median(a / b for a, b in zip(times[slow], times[fast], strict=True))


def time_table(title, times):
    """Lines of a Markdown table: milliseconds, and speed compared with micrograd's."""
    base = "micrograd 0.1.0" if "micrograd 0.1.0" in times else next(iter(times))
    yield f"| {title} | ms | times as fast as {base} |"
    yield "|---|---:|---:|"
    for name, each in times.items():
        faster = ratio(times, base, name)
        yield f"| {name} | {figure(statistics.median(each) * 1e3)} | {figure(faster)} |"


def figure(x):
    """A positive number with three significant digits, without an exponent."""
    return f"{float(f'{x:.3g}'):,.0f}" if x >= 100 else f"{x:.3g}"


def batch_table(workers):
    """Lines of a Markdown table: the step of the array engines, as multiples of the one by hand."""
    title = " | ".join(f"{n:,} points, ms | times by hand" for n in POINTS)
    yield f"| training step on | {title} | bytes it leaves behind |"
    yield "|---|" + "---:|" * (2 * len(POINTS) + 1)
    times = {n: rounds(workers, f"step {n}") for n in POINTS}
    for worker in workers:
        cells = [f"{figure(statistics.median(each[worker.name]) * 1e3)} | "
                 f"{figure(ratio(each, worker.name, 'NumPy by hand'))}" for each in times.values()]
        yield f"| {worker.name} | {' | '.join(cells)} | {worker.ask('leak 1000'):,.0f} |"


def draw_growth(names, path=GROWTH):
    """Draw what a step costs: for each point, by their number, and as a whole, by the width."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.5), layout="constrained")
    for name in names:
        say(f"growth with points and width: {name}")
        worker = Worker(name)  # one at a time, since a million points take gigabytes
        style = {"label": name, "marker": "o", "markersize": 4,
                 "linewidth": 2.5 if name.startswith("ours") else 1.2}
        left.plot(MORE_POINTS, [1e6 * quickest(worker, n, 16) / n for n in MORE_POINTS], **style)
        right.plot(WIDTHS, [1e3 * quickest(worker, 1_000, width) for width in WIDTHS], **style)
        worker.close()
    left.set(title="by the number of points, layers of width 16", xlabel="points",
             ylabel="microseconds per point")
    right.set(title="by the width of the layers, 1,000 points", xlabel="width",
              ylabel="milliseconds")
    for axes, x in ((left, MORE_POINTS), (right, WIDTHS)):
        axes.set(xscale="log", yscale="log", xticks=x, xticklabels=[f"{n:,}" for n in x])
        axes.yaxis.set_major_locator(plt.LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter("{x:g}")
        axes.minorticks_off()
        axes.grid(color="0.9")
    figure.suptitle("Time for a training step")
    left.legend(frameon=False)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path)
    plt.close(figure)


def quickest(worker, *size):
    return min(worker.ask("step", *size) for _ in range(3))


def depth_of(name):
    """The longest chain of those tried that an engine survives."""
    deepest = 0
    for depth in DEPTHS:
        run = subprocess.run([sys.executable, "-m", "tools.bench.work", name, "deep", str(depth)],
                             capture_output=True)
        if run.returncode:
            break
        deepest = depth
    return deepest


def import_time(module, folder, tries=5):
    """Seconds that importing a module adds to starting Python: the median of a few tries."""
    def start(code):
        begin = time.perf_counter()
        path = f"import sys; sys.path.insert(0, {str(folder)!r}); " if folder else ""
        subprocess.run([sys.executable, "-c", path + code], check=True, capture_output=True)
        return time.perf_counter() - begin
    start(f"import {module}")  # once to compile it
    return statistics.median(start(f"import {module}") - start("pass") for _ in range(tries))


def size_table(workers):
    """Lines of a Markdown table: depth, memory, and time to import."""
    yield "| engine | deepest chain tried that works | bytes per value | import, ms |"
    yield "|---|---:|---:|---:|"
    for worker in workers:
        name, package = worker.name, PACKAGE.get(worker.name)
        say(f"depth, memory and import: {name}")
        loaded = import_time(package or "micrograd", PEERS / package if package else None)
        size = worker.ask("bytes")
        yield f"| {name} | {depth_of(name):,} | {size:.0f} | {loaded * 1e3:.0f} |"


def growth_table():
    """Lines of a Markdown table: nanoseconds per value of our engine, by size."""
    yield "| values | ns per value, collector off | on |"
    yield "|---:|---:|---:|"
    for n in SIZES:
        say(f"growth: {n:,} values")
        times = []
        for collector in ("off", "on"):
            worker = Worker("ours")
            worker.ask("growth", 1_000, collector)
            tries = [worker.ask("growth", n, collector) for _ in range(3)]
            times.append(statistics.median(tries))
            worker.close()
        yield f"| {n:,} | {times[0]:,.0f} | {times[1]:,.0f} |"


def hunt_table(tries=3):
    """Lines of a Markdown table: how long `hunt` takes, for what it finds and for what holds."""
    hunted = EXHIBITS | {f"notebook {int(n)}": import_module(f"micrograd.steps.step_{n}").Value
                         for n in ("08", "09", "10")} | {"the finished engine": Value}
    yield "| hunt in | operations of the find | ms |"
    yield "|---|---:|---:|"
    for name, engine in hunted.items():
        say(f"hunt: {name}")
        passes, times = 2 if name == "B" else 1, []  # B is right until the second pass
        for _ in range(tries):
            begin = time.process_time()
            found = hunt(engine, expressions=2000, passes=passes)
            times.append(time.process_time() - begin)
        steps = getattr(found, "steps", "none found")
        yield f"| {name} | {steps} | {figure(statistics.median(times) * 1e3)} |"


def machine():
    """What the figures were measured on, in one line."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        names = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text()
                 .splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    peers = ", ".join(requirement.replace("==", " ") for requirement in INSTALL.values())
    return (f"{model}, {os.cpu_count()} cores, {platform.system()}; Python "
            f"{platform.python_version()}, NumPy {metadata.version('numpy')}; {peers}.")


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    missing = install()
    workers = agreed(ENGINES, missing)
    values = [worker for worker in workers if worker.name in VALUES]
    arrays = [worker for worker in workers if worker.name in ARRAYS]
    for n in POINTS[1:]:
        require_agreement(arrays, n)
    steps = rounds(workers, "moons")
    expressions = rounds(values, "expression")
    print(machine(), end="\n\n")
    for table in (time_table("training step of 337 parameters on 100 points", steps),
                  time_table("expression of 10,000 operations, forward and backward", expressions),
                  batch_table(arrays), size_table(values), growth_table(), hunt_table()):
        print(*table, sep="\n", end="\n\n")
    for worker in workers:
        worker.close()
    draw_growth([worker.name for worker in arrays])
    say(f"the plot of growth is in {GROWTH}")


if __name__ == "__main__":
    main()
