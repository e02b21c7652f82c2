"""What the teacher's guide promises for each notebook."""

import ast
import re

import pytest

from tools.course import (
    GUIDE,
    ROOT,
    guide_sections,
    minutes,
    notebook_paths,
    number,
    read,
    read_text,
    title,
)
from tools.decks.guide import with_numbers

SECTIONS = guide_sections()
PATHS = notebook_paths()
ROW = re.compile(r"^\| (\d+) \| (?!\*\*Total).* \| (\d+) \| \S+ \|$", re.M)
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_it_has_a_section_for_each_notebook_in_order():
    assert list(SECTIONS) == [number(path) for path in PATHS]


@every_notebook
def test_the_minutes_add_up_to_a_class(path):
    short, long = zip(*ROW.findall(SECTIONS[number(path)]), strict=True)
    assert sum(map(int, short)) == minutes()[number(path)] == 45
    assert sum(map(int, long)) == 90
    assert "\n| 45 | **Total** | | 90 | |\n" in SECTIONS[number(path)]


@every_notebook
def test_each_cut_says_how_many_minutes_it_saves(path):
    cuts = SECTIONS[number(path)].partition("**When time is short.**")[2].partition(" Keep ")[0]
    assert re.search(r"\(\d+ minutes?", cuts)


@every_notebook
def test_the_last_row_closes_the_lesson(path):
    *_, last = re.findall(r"^\| \d+ \| (?!\*\*Total)([^|]+) \|", SECTIONS[number(path)], re.M)
    assert last.startswith("What we have")


def test_the_rows_say_which_slides_are_theirs():
    guide = read_text(GUIDE)
    assert with_numbers(guide) == guide, "run python -m tools.decks.guide"
    assert "|  |" not in guide.replace("| **Total** | |", ""), "a row without slides"


@every_notebook
def test_it_says_what_a_teacher_needs(path):
    section = SECTIONS[number(path)]
    assert title(read(path)).partition(". ")[2] in section.splitlines()[0]
    for part in ("Goal", "Before", "Where they get stuck", "Questions for the class", "Type live",
                 "When time is short"):
        assert f"**{part}.**" in section, part
    questions = re.findall(r"^\d\. .*", section, re.M)
    assert len(questions) == 3
    assert all("*Right:*" in each and "*You will hear:*" in each for each in questions)


@every_notebook
def test_the_sections_it_times_are_in_the_notebook(path):
    headings = {re.sub(r"[`*$]", "", heading) for cell in read(path).cells
                for heading in re.findall(r"^#+ (.+)", cell.source, re.M)}
    timed = re.findall(r"^\| \d+ \| (?!\*\*Total)([^|]+?) \|", SECTIONS[number(path)], re.M)
    assert "Exercises" in timed
    for name in timed:
        assert any(re.sub(r"[`*$]", "", name) in heading for heading in headings), name


def test_what_setting_up_is_said_to_say_it_says():
    table = read_text(GUIDE).split("| It says |")[1].split("\n\n")[0]
    quoted = [part.strip() for line in re.findall(r"^\| \*(.+?)\* \|", table, re.M)
              for part in line.split("…")]
    texts = [node.value.replace("%d.%d or newer", "3.11 or newer")
             for node in ast.walk(ast.parse(read_text(ROOT / "tools" / "set_up.py")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert len(quoted) > 7
    for part in quoted:
        assert any(part in text for text in texts), part
