"""How long each slide takes, and which slides belong to which row of the teacher's guide."""

import re

ROW = re.compile(r"^\| (\d+) \| (?!\*\*Total)([^|]+?) \|", re.M)


def rows(guide):
    """The rows of a notebook's table in the teacher's guide: pairs of minutes and section."""
    return [(int(minutes), plain(section)) for minutes, section in ROW.findall(guide)]


def plain(text):
    return re.sub(r"[`*$]", "", text)


def slides_by_row(slides, guide):
    """For each row of the guide, the numbers of its slides, from 1 on.

    slides: lists of cells. A row begins where a heading below the title holds its text, and the
    first row with the first slide.
    """
    names = [name for _, name in rows(guide)]
    found, row = [[] for _ in names], 0
    for i, slide in enumerate(slides, 1):
        row = next((later for later in range(row, len(names)) if begins(slide, names[later])), row)
        found[row].append(i)
    return found


def begins(slide, name):
    return any(name in plain(heading) for cell in slide
               if cell.cell_type == "markdown" and "box" not in cell.metadata
               for heading in [*re.findall(r"^##+ (.+)", cell.source, re.M),
                               cell.metadata.get("section", "")])


def pace(slides, guide):
    """The seconds for each slide: its share of its row's minutes; none without a guide."""
    if not rows(guide):
        return []
    return [round(60 * minutes / len(numbers)) for (minutes, _), numbers
            in zip(rows(guide), slides_by_row(slides, guide), strict=True) for _ in numbers]
