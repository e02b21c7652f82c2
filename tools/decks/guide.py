"""Write into the tables of the teacher's guide which slides belong to each row."""

import re

from tools.course import GUIDE, guide_sections, notebook_paths, number, read, read_text
from tools.decks.build import kind, slides_of
from tools.decks.pace import slides_by_row

ROW = re.compile(r"^(\| \d+ \| (?!\*\*Total).* \| \d+ \|)[^|\n]*\|$", re.M)


def numbers_of(path, section):
    """For each row of a notebook's table the numbers of its slides, as `3–7`."""
    slides = []
    for cell in slides_of(read(path)).cells:
        if kind(cell) in ("slide", "subslide"):
            slides.append([])
        slides[-1].append(cell)
    return [f"{found[0]}–{found[-1]}" if len(found) > 1 else "".join(map(str, found))
            for found in slides_by_row(slides, section)]


def with_numbers(text, guide=GUIDE):
    """The guide with the numbers of its slides."""
    sections = guide_sections(guide)
    for path in notebook_paths(guide.parent):
        section = sections[number(path)]
        found = iter(numbers_of(path, section))
        text = text.replace(section, ROW.sub(lambda row, found=found: f"{row[1]} {next(found)} |",
                                             section))
    return text


if __name__ == "__main__":
    GUIDE.write_text(with_numbers(read_text(GUIDE)), encoding="utf-8", newline="\n")
    print("The slides are numbered in", GUIDE)
