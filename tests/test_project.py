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
from tools.run import COMMANDS
from tools.set_up import GROUPS

README = read_text(ROOT / "README.md")
MAKEFILE = read_text(ROOT / "Makefile")
PIN = re.compile(r"^([a-z0-9-]+)==([^\s;]+)", re.M)
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
    asked = {"lint", "check", "elsewhere", "slides", "slides-check", "site", "site-check", "test"}
    assert asked <= targets <= set(TARGETS)


def test_every_command_of_the_makefile_can_be_run_without_make():
    assert set(COMMANDS) == set(TARGETS) - {"help", "clean", "elsewhere"}


@pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None,
                    reason="only in a git checkout can one tell what belongs to the project")
def test_the_top_level_is_as_promised():
    whoever = "safe.directory=*"  # git asks who owns a folder before it tells what is in it
    tracked = run("git", "-c", whoever, "ls-files", check=True).stdout.splitlines()
    assert tracked and {path.split("/")[0] for path in tracked} <= {
        "README.md", "Makefile", "requirements.txt", "pyproject.toml", "notebooks", "micrograd",
        "images", "tools", "tests", ".ci", ".gitignore", ".binder", ".devcontainer",
    }


def test_the_package_is_ours_and_not_another_of_the_same_name():
    assert micrograd.__file__ == str(ROOT / "micrograd" / "__init__.py")


def test_importing_the_package_loads_the_standard_library_only():
    program = "import sys, micrograd, micrograd.graph, micrograd.numeric; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in run(sys.executable, "-c", program).stdout.split()}
    assert not loaded & {"numpy", "matplotlib", "graphviz", "wasmtime", "IPython"}


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_of_packages_is_pinned_in_a_file_of_its_own(group):
    requirements = read_text(ROOT / GROUPS[group])
    pinned = dict(PIN.findall(requirements))
    asked = tomllib.loads(read_text(ROOT / "pyproject.toml"))["dependency-groups"][group]
    for requirement in asked:
        name = re.match(r"[a-z0-9-]+", requirement)[0]
        version = requirement.partition("==")[2]
        assert name in pinned
        assert not version or pinned[name] == version
    loose = [line for line in requirements.splitlines()
             if re.match(r"[^#]", line) and "==" not in line]
    assert loose == (["-e ."] if group == "learners" else [])


def test_the_groups_agree_on_what_they_share():
    pins = {}
    for name in GROUPS.values():
        for package, version in PIN.findall(read_text(ROOT / name)):
            assert pins.setdefault(package, version) == version, package


def test_the_engine_itself_needs_no_package():
    assert tomllib.loads(read_text(ROOT / "pyproject.toml"))["project"]["dependencies"] == []


def test_every_dependency_has_its_reason():
    groups = read_text(ROOT / "pyproject.toml").split("[dependency-groups]")[1].split("\n[")[0]
    lines = [line for line in groups.splitlines() if line.startswith("    ")]
    assert len(lines) > 20
    for line in lines:
        assert re.search(r'",\s+# \w.{10,}', line), line


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
