"""What a class sees of a notebook: the same cells, with votes in place of predictions."""

import re
from copy import deepcopy

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tools.decks import films
from tools.decks.plumbing import without_plumbing
from tools.decks.votes import PREDICT, is_prediction, parted, vote_on

OPENINGS = re.compile(r"\A\*\*What came out\.\*\*\n+")
NEW = re.compile(r"(?:marked|with) `# new`")  # of lines that a slide marks with a colour
TURN = re.compile(r"(?:Press \*Next\*(?: or drag the slider)?|Turn the pages)"
                  r"(?:, and|:| to see how;?)? (.)", re.S)
RUN_AND_PRESS = re.compile(r"\. Run the cell and press \*Next\*")
SHARES = "Under 30 % right: explain. 30 to 70 %: neighbours talk, second vote. Over 70 %: go on."
AGAIN = "Talk to your neighbour. Then vote again."
CARRIED_ON = "-"  # nbconvert's name for the role of a cell that appears with the one above


def for_a_room(cells):
    """The cells of a notebook as a class sees them, copied. Cells that are skipped stay so."""
    cells, seen, last = deepcopy(cells), [], {}
    sources = [cell.source if cell.cell_type == "code" else "" for cell in cells]
    for i, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            cell.source = for_listeners(cell.source)
            following = cells[i + 1:i + 2]
            again = seen_again(cell, seen, last)
            if following and is_prediction(following[0]):
                seen += ballot(cell, following[0], again)
            elif not is_divider(cell):
                seen += [cell, *again]
            elif following:
                following[0].metadata.section = "Exercises"
            continue
        prediction = is_prediction(cell)
        if prediction:
            seen += answer(cells[i - 1], cell, again)
        without_plumbing(cell, "\n".join(sources[:i] + sources[i + 1:]))
        if prediction:
            cell.metadata.slideshow.pop("notes", None)  # they are with the question
            follow(cell, cells[i + 1:])
        if cell.source or cell.outputs:
            last |= pictures_of(cell) | {"code": repeated(cell)}
            seen.append(cell)
        if "film" in cell.metadata.slideshow:
            seen.append(shown(getattr(films, cell.metadata.slideshow.film)().html(), "subslide"))
            last |= pictures_of(seen[-1])
    return seen


def pictures_of(cell):
    """A cell with the last picture of a cell, and one with the last page of its film, by `see`."""
    pages = [output.get("data", {}).get("text/html", "") for output in cell.outputs]
    return {"film" if "flipbook" in page else "picture":
            shown(re.findall("<img [^>]*>", page)[-1], CARRIED_ON)
            for page in pages if "<img" in page}


def seen_again(cell, seen, last):
    """What a cell asks to be shown with it once more, in a list.

    seen: the cells so far. last: of these, the last picture, film and code, if there are any.
    """
    part = cell.metadata.slideshow.get("see")
    if not part:
        return []
    if part in last:
        return [repeated(last[part])]
    found = next((each for each in reversed(seen) if part in each.source), None)
    if found is None:
        raise ValueError(f"a question is about {part!r}, and no cell before it holds that")
    if found.cell_type == "code":
        return [repeated(found)]
    pictures = re.findall(r"!\[[^\]]*\]\([^)]*\)", found.source)
    return [text(next(each for each in pictures if part in each), {"slide_type": CARRIED_ON})]


def shown(html, role):
    """A cell that shows a page of HTML."""
    return new_code_cell("", outputs=[new_output("display_data", {"text/html": html})],
                         metadata={"slideshow": {"slide_type": role}})


def repeated(cell):
    """A copy of a cell, all at once and without what is said of it."""
    if cell.cell_type == "markdown":
        return text(cell.source, {"slide_type": CARRIED_ON})
    return new_code_cell(cell.source, outputs=deepcopy(cell.outputs), execution_count=1,
                         metadata={"slideshow": {"slide_type": CARRIED_ON}})


def for_listeners(markdown):
    """A text without what it says to those who have the keys at hand."""
    markdown = RUN_AND_PRESS.sub("", OPENINGS.sub("", markdown))
    return NEW.sub("marked", TURN.sub(lambda found: found[1].upper(), markdown))


def is_divider(cell):
    """Whether a cell only says how to work on the exercises at a keyboard."""
    return cell.source.startswith("## Exercises\n")


def ballot(question, prediction, again):
    """The question, its options, what has to be looked at again, and the call for another vote."""
    vote = vote_on(question, prediction)
    headings = re.findall(r"^#+ .*", question.source, re.M)
    slideshow = deepcopy(question.metadata.slideshow)
    if slideshow.slide_type not in ("slide", "subslide"):
        slideshow.slide_type = "subslide"
    said = [slideshow.get("notes"), prediction.metadata.slideshow.get("notes"),
            f"**Right:** {vote.right}. {SHARES}"]
    slideshow.notes = "\n\n".join(filter(None, said))
    yield text("\n\n".join([*headings, vote.question]), slideshow)
    options = "\n".join(f"1. {option}" for option in vote.options)
    yield text(options, {"slide_type": CARRIED_ON}, {"class": "vote", "data-vote": vote.name})
    yield from again
    yield text(AGAIN, {"slide_type": "fragment"}, {"class": "again"})


def answer(question, prediction, again):
    """What is right and why, beside its picture, and at the next press why the others tempt."""
    vote = vote_on(question, prediction)
    lines = {letter: f"**{letter}: {option}.** {why}" for letter, option, why
             in zip(vote.letters, vote.options, vote.why, strict=True)}
    asked = next(part for part in question.source.split("\n\n") if PREDICT in part)
    yield text(parted(asked)[0], {"slide_type": "subslide"}, {"class": "asked"})
    yield text(lines.pop(vote.right), {"slide_type": CARRIED_ON},
               {"class": "right", "data-answer": vote.name})
    yield from (repeated(each) for each in again if each.cell_type == "markdown" or not each.source)
    yield text("\n".join(f"- {line}" for line in lines.values()), {"slide_type": "fragment"},
               {"class": "tempting", "data-answer": vote.name})


def follow(cell, rest):
    """What shows the answer gets a slide of its own, or else what is said of it does."""
    slideshow = cell.metadata.slideshow
    if slideshow.slide_type == "skip":
        cell.source, cell.outputs = "", []
    if cell.source:
        slideshow.slide_type, slideshow.output = "subslide", "fragment"
    elif cell.outputs:
        slideshow.slide_type = "subslide"
    elif rest and rest[0].metadata.slideshow.slide_type == "fragment":
        rest[0].metadata.slideshow.slide_type = "subslide"


def text(markdown, slideshow, box=None):
    """A cell of text; box: the attributes of a box around it."""
    return new_markdown_cell(markdown, metadata={"slideshow": slideshow} | (
        {"box": box} if box else {}))
