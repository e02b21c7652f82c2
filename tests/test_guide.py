"""What the teacher's guide promises for each notebook."""

import re

import pytest

from tools.course import guide_sections, minutes, notebook_paths, number, read, title

SECTIONS = guide_sections()
PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_it_has_a_section_for_each_notebook_in_order():
    assert list(SECTIONS) == [number(path) for path in PATHS]


@every_notebook
def test_the_minutes_add_up_to_a_class(path):
    parts = re.findall(r"^\| (\d+) \| (?!\*\*Total)", SECTIONS[number(path)], re.M)
    assert sum(map(int, parts)) == minutes()[number(path)]
    assert 45 <= minutes()[number(path)] <= 50


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
