"""What the project promises as a whole: its commands, its layout, its package, its pictures."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

import micrograd
from tools.course import ROOT, read_text

README = read_text(ROOT / "README.md")
MAKEFILE = read_text(ROOT / "Makefile")
TARGETS = re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.M)


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, **options)


def test_the_readme_names_every_command_and_no_other():
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert named == set(TARGETS) - {"help"}


@pytest.mark.skipif(shutil.which("make") is None, reason="the course can be used without make")
def test_make_alone_lists_every_command_with_one_line():
    lines = run("make", "--no-print-directory").stdout.splitlines()
    assert [line.split()[1] for line in lines] == TARGETS
    assert all(len(line.split(maxsplit=2)[2]) > 10 for line in lines)


def test_ci_calls_the_commands_of_the_readme():
    called = re.findall(r"^ *make ([a-z -]+)", read_text(ROOT / ".ci" / "run"), re.M)
    targets = {target for line in called for target in line.split()}
    assert {"lint", "slides", "slides-check", "test"} <= targets <= set(TARGETS)


@pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None,
                    reason="only in a git checkout can one tell what belongs to the project")
def test_the_top_level_is_as_promised():
    tracked = run("git", "ls-files", check=True).stdout.splitlines()
    assert tracked and {path.split("/")[0] for path in tracked} <= {
        "README.md", "Makefile", "requirements.txt", "pyproject.toml", "notebooks", "micrograd",
        "images", "tools", "tests", ".ci", ".gitignore",
    }


def test_the_package_is_ours_and_not_another_of_the_same_name():
    assert micrograd.__file__ == str(ROOT / "micrograd" / "__init__.py")


def test_importing_the_package_loads_the_standard_library_only():
    program = "import sys, micrograd, micrograd.graph, micrograd.numeric; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in run(sys.executable, "-c", program).stdout.split()}
    assert not loaded & {"numpy", "matplotlib", "graphviz", "wasmtime", "IPython"}


def test_requirements_pin_what_pyproject_asks_for_and_install_the_package():
    requirements = read_text(ROOT / "requirements.txt")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", requirements, re.M))
    project = tomllib.loads(read_text(ROOT / "pyproject.toml"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    for requirement in asked:
        name, _, version = requirement.partition("==")
        name = re.match(r"[a-z-]+", name)[0]
        assert name in pinned
        assert not version or pinned[name] == version
    lines = requirements.splitlines()
    assert lines[-1] == "-e ."
    assert [line for line in lines if re.match(r"\w", line) and "==" not in line] == []


def test_every_dependency_has_its_reason():
    text = read_text(ROOT / "pyproject.toml")
    for block in re.findall(r"(?:dependencies|dev|browser) = \[\n(.*?)\n\]", text, re.S):
        for line in block.splitlines():
            assert re.search(r'",\s+# \w.{10,}', line), line


@pytest.mark.parametrize(
    ("pretend", "says"),
    [("sys.version_info = (3, 10, 4)", "needs Python 3.11 or newer, and this is 3.10"),
     ("sys.modules['ensurepip'] = None", "apt install python3-venv"),
     ("sys.modules['venv'] = None", "apt install python3-venv")],
)
def test_a_python_that_cannot_set_up_the_course_is_told_in_one_line(pretend, says):
    program = f"import runpy, sys; {pretend}; runpy.run_path('tools/check_python.py')"
    result = run(sys.executable, "-c", program)
    assert result.returncode == 1
    assert says in result.stderr and len(result.stderr.splitlines()) == 1


def test_this_python_can_set_up_the_course():
    assert run(sys.executable, "tools/check_python.py").returncode == 0


def test_drawing_the_pictures_again_changes_no_byte(tmp_path):
    run(sys.executable, "-m", "tools.notebooks.draw_images", tmp_path, check=True)
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert drawn == {path.name: path.read_bytes() for path in (ROOT / "images").iterdir()}


# Each room may use those before it, and none behind it.
ROOMS = ["micrograd", "micrograd.course", "tools", "tests"]


def room(module):
    """The innermost room that a module lies in, or None for a module of somebody else's."""
    return max((each for each in ROOMS if f"{module}.".startswith(f"{each}.")), key=len,
               default=None)


def imports(path):
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(read_text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("top", ["micrograd", "tools"])
def test_no_import_runs_upwards(top):
    paths = sorted((ROOT / top).rglob("*.py"))
    assert paths
    for path in paths:
        here = room(".".join(path.relative_to(ROOT).with_suffix("").parts))
        above = [name for name in imports(path)
                 if room(name) and ROOMS.index(room(name)) > ROOMS.index(here)]
        assert above == [], f"{path.relative_to(ROOT)} imports {above}"
