"""What `make class` hands out: complete, without answers, and at work without the repository."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest

from tools import set_up, wheels
from tools.classroom.bundle import NAME, as_it_begins, class_files, write_all, write_class
from tools.course import ROOT, code_cells, notebook_paths, outputs_text, read, read_text

FILES = class_files()
PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


@every_notebook
def test_a_notebook_is_handed_out_as_it_begins(path):
    begins = nbformat.reads(FILES[f"notebooks/{path.name}"].decode(), as_version=4)
    nbformat.validate(begins)
    whole = read(path)
    assert [cell.id for cell in begins.cells] == [cell.id for cell in whole.cells]
    assert [cell.source for cell in code_cells(begins)] == [
        cell.source for cell in code_cells(whole)]
    assert not any(cell.outputs or cell.execution_count for cell in code_cells(begins))


def test_nothing_that_is_handed_out_solves_an_exercise():
    assert not any("solutions" in path or "answers" in path for path in FILES)
    for path in (ROOT / "notebooks" / "solutions").glob("*.ipynb"):
        for cell in code_cells(read(path)):
            definition = re.match(r"def \w+\(.*\n(?:    .*\n){3,}", cell.source)
            for text in FILES.values():
                assert not definition or definition[0].encode() not in text


def test_all_links_and_pictures_of_the_notebooks_are_handed_out():
    for path, content in FILES.items():
        text = content.decode() if path.endswith(".md") else ""
        if path.endswith(".ipynb"):
            cells = nbformat.reads(content.decode(), as_version=4).cells
            text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        for target, part in re.findall(r"\]\((?!https?:|#)([^)#\s]+)(?:#([^)\s]+))?", text):
            there = os.path.normpath(os.path.join(os.path.dirname(path), target))
            assert there in FILES, (path, target)
            headings = re.findall(r"^#+ (.+)", FILES[there].decode(), re.M) if part else []
            assert not part or part in [each.lower().replace(" ", "-") for each in headings], part


@every_notebook
def test_the_files_that_a_notebook_opens_are_handed_out(path):
    for cell in code_cells(read(path)):
        for target in re.findall(r"""["']\.\./([^"']+)["']""", cell.source):
            assert target in FILES, target


def test_the_archive_has_the_same_bytes_each_time_and_holds_what_the_folder_holds(tmp_path):
    for name in "ab":
        write_class(class_files(), tmp_path / name)
    archives = [tmp_path / name / f"{NAME}.zip" for name in "ab"]
    assert len({hashlib.sha256(each.read_bytes()).hexdigest() for each in archives}) == 1
    archive = zipfile.ZipFile(archives[0])
    assert [each.date_time[0] for each in archive.infolist()] == [1980] * len(FILES)
    for path in FILES:
        assert archive.read(f"{NAME}/{path}") == (tmp_path / "a" / NAME / path).read_bytes()


def test_what_the_readme_tells_to_run_is_there():
    readme = FILES["README.md"].decode()
    assert "python3 start.py" in readme and "start.py" in FILES and "tools/wheels.py" in FILES
    assert readme.count("](notebooks/") == len(PATHS)
    teacher = read_text(ROOT / "tools" / "classroom" / "teacher_readme.md")
    assert f"{NAME}.zip" in teacher and "tools/run.py wheels" in teacher


@pytest.mark.parametrize(("system", "own"), [("linux", "pexpect"), ("windows", "pywinpty"),
                                             ("mac", "appnope")])
def test_wheels_are_fetched_for_each_system_as_its_markers_say(system, own):
    names = {re.split("==", pin)[0].lower() for pin in wheels.pins(system, "3.12")}
    assert own in names and {"numpy", "matplotlib", "wasmtime", "flit_core"} <= names
    others = {"pywinpty", "appnope"} - {own}
    assert not names & others


def test_where_there_are_wheels_no_network_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(set_up, "WHEELS", str(tmp_path))
    monkeypatch.setattr(set_up, "VENV", str(tmp_path / "venv"))
    monkeypatch.setattr(set_up, "LOG", str(tmp_path / "log"))
    calls = []
    monkeypatch.setattr(set_up.subprocess, "call", lambda *args, **more: calls.append(args[0]) or 1)
    with pytest.raises(SystemExit):
        set_up.install("learners")
    assert calls[0][-3:] == ["--no-index", "--find-links", str(tmp_path)]
    assert "The folder wheels lacks a package" in set_up.advice("No matching distribution found")


@pytest.mark.thorough
def test_it_sets_itself_up_and_runs_on_a_machine_that_has_never_seen_the_repository(tmp_path):
    write_class(FILES, tmp_path)
    home = tmp_path / "anybody's höme"
    home.mkdir()
    zipfile.ZipFile(tmp_path / f"{NAME}.zip").extractall(home)
    folder = home / NAME
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    clean |= {"HOME": str(home), "USERPROFILE": str(home)}

    def run(*program):
        done = subprocess.run(program, cwd=folder, env=clean, capture_output=True, text=True,
                              encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    ready = "from tools.set_up import set_up; set_up(['learners'])"
    run(sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {ready}")
    python = folder / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    origin = run(python, "-c", "import micrograd; print(micrograd.__file__)").strip()
    assert origin == str(folder / "micrograd" / "__init__.py")
    for stem in ("05_chain_rule", "08_auto_backward", "09_accumulation_bug", "13_training",
                 "14_arrays"):
        run(python, "-m", "jupyter", "nbconvert", "--to=notebook", "--execute", "--inplace",
            f"notebooks/{stem}.ipynb")
        done = read(folder / "notebooks" / f"{stem}.ipynb")
        said = "\n".join(map(outputs_text, code_cells(done)))
        assert "No guess yet" in said and "Not attempted yet" in said
        course = read(ROOT / "notebooks" / f"{stem}.ipynb")
        stored = "\n".join(map(outputs_text, code_cells(course)))
        assert said.count("It is ") == stored.count("It is ")


def test_a_notebook_that_is_handed_out_keeps_what_its_cells_are_marked_with():
    begins = json.loads(as_it_begins(read(PATHS[4])))
    tags = [tag for cell in begins["cells"] for tag in cell["metadata"].get("tags", [])]
    assert tags.count("predict") == 4 and tags.count("exercise") >= 3


def test_what_is_not_for_the_class_is_kept_apart(tmp_path, monkeypatch):
    pytest.importorskip("playwright", reason="`make class` installs it")
    worksheets = pytest.importorskip("tools.classroom.worksheets")

    def printed(notebook, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(notebook.metadata.title.encode())

    monkeypatch.setattr(worksheets, "print_worksheet", lambda printed, path, target: printed(
        worksheets.worksheet(path, *worksheets.SIZES[0]), target))
    write_all(printed, tmp_path)
    archive = zipfile.ZipFile(tmp_path / f"{NAME}.zip").namelist()
    assert {*archive} - {f"{NAME}/{path}" for path in FILES} == {
        f"{NAME}/worksheets/{path.stem}.pdf" for path in PATHS}
    kept = {path.relative_to(tmp_path / "teacher").as_posix()
            for path in (tmp_path / "teacher").rglob("*") if path.is_file()}
    assert {"README.md", "guide.pdf"} <= kept
    for path in PATHS:
        assert {f"solutions/{path.name}", f"{path.stem}_solutions.pdf", f"{path.stem}_quiz.pdf",
                f"{path.stem}_answers.pdf", f"platform/{path.stem}_quiz.gift",
                f"platform/{path.stem}_votes_qti.zip"} <= kept
