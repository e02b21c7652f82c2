"""The benchmark measures only what agrees, and goes on without what it cannot have."""

import matplotlib
import pytest

from tools.bench import run as bench
from tools.bench import work as bench_work


@pytest.fixture(scope="module")
def float_loops():
    return bench_work.agree(bench_work.Loops())


OURS = ["ours", "ours, with dot", "ours, compiled", "ours, arrays", "ours, arrays compiled",
        "NumPy by hand"]


@pytest.mark.parametrize("name", OURS)
def test_our_engines_and_numpy_agree_with_loops_over_floats(name, float_loops):
    answer = bench_work.agree(bench_work.make(name))
    assert len(answer["gradients"]) == 337
    assert bench.disagreement(answer, float_loops) is None


def test_a_wrong_gradient_is_found_and_named(float_loops):
    wrong = bench_work.agree(bench_work.Loops())
    wrong["gradients"][5] *= 1 + 1e-6
    assert bench.disagreement(wrong, float_loops).startswith("gradients: ")


def test_a_wrong_loss_or_none_at_all_is_found(float_loops):
    for loss in (1.0, float("nan")):
        wrong = float_loops | {"losses": [loss, *float_loops["losses"][1:]]}
        assert bench.disagreement(wrong, float_loops).startswith("losses: ")


def test_an_engine_that_disagrees_is_left_out(monkeypatch, capsys):
    class Worker:
        def __init__(self, name):
            self.name = name

        def ask(self, command):
            return {"losses": [2.0 if self.name == "broken" else 1.0]}

        def close(self):
            pass

    monkeypatch.setattr(bench, "Worker", Worker)
    assert [worker.name for worker in bench.agreed(["ours", "broken"], {})] == ["ours"]
    assert "broken is left out, it disagrees: losses: 2.0" in capsys.readouterr().err


@pytest.mark.thorough
def test_a_peer_that_cannot_be_installed_is_named_and_the_rest_runs(tmp_path, capsys):
    missing = bench.install({"nothing": "not a requirement"}, tmp_path)
    assert list(missing) == ["nothing"] and "ERROR" in missing["nothing"]
    bench.PACKAGE["a peer"] = "nothing"
    try:
        kept = bench.agreed(["a peer", "float loops"], missing)
    finally:
        del bench.PACKAGE["a peer"]
    for worker in kept:
        worker.close()
    assert [worker.name for worker in kept] == ["float loops"]
    assert "a peer is missing: ERROR" in capsys.readouterr().err


def test_a_process_that_fails_is_reported_by_its_last_word():
    worker = bench.Worker("no such engine")
    with pytest.raises(bench.Missing, match="KeyError: 'no such engine'"):
        worker.ask("agree")


def test_ratios_are_taken_within_a_round():
    times = {"slow": [1.0, 10.0, 4.0], "fast": [0.5, 5.0, 1.0]}
    assert bench.ratio(times, "slow", "fast") == 2.0
    assert list(bench.time_table("step", times))[2:] == [
        "| slow | 4,000 | 1 |", "| fast | 1,000 | 2 |"]
    assert [bench.figure(x) for x in (0.06912, 67.83, 128.4, 14823.0)] == [
        "0.0691", "67.8", "128", "14,800"]


@pytest.mark.thorough
def test_the_step_that_is_timed_leaves_the_network_as_it_was():
    for name in OURS:
        engine = bench_work.make(name)
        assert engine.step(0.0) == engine.step(0.0) == engine.step() != engine.step()


class Steady:
    """A worker that takes a microsecond for each point, and one more if it is not ours."""

    def __init__(self, name):
        self.name = name

    def ask(self, command, *size):
        command, n, *_ = f"{command} {' '.join(map(str, size))}".split()
        return 0 if command == "leak" else int(n) * (1e-6 if self.name == "ours, arrays" else 2e-6)

    def close(self):
        pass


def test_the_table_of_arrays_compares_with_the_step_by_hand():
    workers = [Steady("ours, arrays"), Steady("NumPy by hand")]
    assert list(bench.batch_table(workers))[2:] == [
        "| ours, arrays | 0.1 | 0.5 | 1 | 0.5 | 10 | 0.5 | 0 |",
        "| NumPy by hand | 0.2 | 1 | 2 | 1 | 20 | 1 | 0 |"]


def test_growth_is_drawn_with_a_line_for_each_engine(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "Worker", Steady)
    monkeypatch.setitem(matplotlib.rcParams, "svg.fonttype", "none")  # text as text
    bench.draw_growth(["ours, arrays", "jax.jit"], tmp_path / "build" / "growth.svg")
    picture = (tmp_path / "build" / "growth.svg").read_text(encoding="utf-8")
    for text in ("ours, arrays", "jax.jit", "1,000,000", "microseconds per point"):
        assert f">{text}</text>" in picture


def test_a_chain_is_as_deep_as_the_engine_survives(monkeypatch):
    monkeypatch.setattr(bench, "DEPTHS", [10, 2_000])
    assert bench.depth_of("ours") == 2_000


@pytest.mark.thorough
def test_memory_and_growth_are_measured():
    worker = bench.Worker("ours")
    size, growth = worker.ask("bytes"), worker.ask("growth", 1000, "off")
    worker.close()
    assert 100 < size < 300 and growth > 0


@pytest.mark.thorough
def test_the_table_of_hunts_names_what_is_found_and_what_holds():
    rows = {name: steps for name, steps, _ in (
        row.strip("| ").split(" | ") for row in list(bench.hunt_table(tries=1))[2:])}
    assert all(int(rows[name]) <= 3 for name in [*"ABCDE", "notebook 8"])
    assert {rows[name] for name in ("notebook 9", "notebook 10", "the finished engine")} == {
        "none found"}
