"""The report on a class: as text, as CSV, and as an HTML page that prints on one sheet of A4."""

import csv
import html
import io
import re
from collections import Counter
from dataclasses import dataclass

from micrograd.course.predict import find, sentence
from tools.report.answers import MISSING, OPEN, RIGHT, TROUBLE, WRONG

SIGNS = {RIGHT: "+", OPEN: ".", MISSING: "-", TROUBLE: "!"}
LEGEND = "+ right   . not attempted   a, b, … wrong, as listed   - no such cell   ! see the notes"
SHOWN = 6  # at least, of the mistakes, the notes and the guesses, on the page that is printed
ROWS = 36  # of students there, one below the other


@dataclass
class Mistake:
    """A mistake that some students share; sign: its letter in the table."""

    exercise: str
    sign: str
    students: list
    example: str  # what the check said to the first of them


class Lesson:
    """All the notebooks of one lesson, as rows (student, outcome), and what they have in common."""

    def __init__(self, number, title, exercises, rows):
        self.number, self.title = number, title
        self.exercises, self.rows = exercises, rows
        self.mistakes = []
        for name in exercises:
            self.mistakes += mistakes_of(name, rows)
        self.mistakes.sort(key=lambda each: -len(each.students))
        self.signs = {(student, each.exercise): each.sign
                      for each in self.mistakes for student in each.students}

    def sign(self, student, outcome, exercise):
        return self.signs.get((student, exercise)) or SIGNS[outcome.results[exercise].kind]

    def right(self, exercise):
        return sum(outcome.results[exercise].kind == RIGHT for _, outcome in self.rows)

    def notes(self):
        """Lines on what a sign can't say."""
        for student, outcome in self.rows:
            troubles = [f"{name}: {result.why}" for name, result in outcome.results.items()
                        if result.kind == TROUBLE]
            if troubles or outcome.notes:
                yield f"{student}: {'; '.join(troubles + outcome.notes)}."

    def guesses(self):
        """For each prediction that somebody answered: how many were right, and the commonest wrong.

        Yields texts, in the order of the notebook.
        """
        made = {}
        for _, outcome in self.rows:
            for name, (result, said) in outcome.guesses.items():
                made.setdefault(name, []).append((result, said))
        for name in sorted(made, key=order):
            answered = [each for each in made[name] if each[0] != "open"]
            wrong = Counter(said for result, said in answered if result == "wrong")
            if answered:
                line = f"{name}: {len(answered) - wrong.total()} of {len(answered)} right"
                for said, times in wrong.most_common(1):
                    line += f"; {times} said {said}{reply(name, said)}"
                yield line


def order(name):
    from micrograd.course.predictions import PREDICTIONS
    return list(PREDICTIONS).index(name)


def reply(name, said):
    """What the course says to this wrong guess, if it is one that it knows."""
    question = find(name)
    right = next(iter(question.replies))
    known = {question.show(question.read(each)): each for each in question.replies}
    return f" ({sentence(question.replies, known[said], right)})" if said in known else ""


def mistakes_of(exercise, rows):
    """The mistakes in an exercise, the most common first, each with a letter of its own."""
    made = {}
    for student, outcome in rows:
        result = outcome.results[exercise]
        if result.kind == WRONG:
            made.setdefault(result.mistake, []).append((student, result.why))
    ranked = sorted(made.values(), key=lambda each: -len(each))
    return [Mistake(exercise, letters(i), [student for student, _ in each], each[0][1])
            for i, each in enumerate(ranked)]


def letters(i):
    """a to z, then aa, ab and so on."""
    before, last = divmod(i, 26)
    return (letters(before - 1) if before else "") + "abcdefghijklmnopqrstuvwxyz"[last]


def as_text(lessons, problems, others):
    return "\n\n".join([*map(text_of, lessons), *apart(problems, others)]) + "\n"


def text_of(lesson):
    width = max([len(student) for student, _ in lesson.rows] + [5])
    lines = [f"{lesson.title}: {many(len(lesson.rows), 'notebook')}", ""]

    def line(name, cells):
        lines.append(f"{name:{width}} " + "".join(f"{cell:>6}" for cell in cells))

    line("", lesson.exercises)
    for student, outcome in lesson.rows:
        line(student, [lesson.sign(student, outcome, each) for each in lesson.exercises])
    line("right", [lesson.right(each) for each in lesson.exercises])
    lines += ["", LEGEND]
    lines += block("The most common mistakes", map(mistake_line, lesson.mistakes))
    lines += block("Notes", lesson.notes())
    lines += block("Guesses", lesson.guesses())
    return "\n".join(lines)


def mistake_line(each):
    return f"{each.exercise} {each.sign}, {many(len(each.students), 'student')}: {each.example}"


def block(heading, lines):
    lines = list(lines)
    return ["", heading, *(f"  {line}" for line in lines)] if lines else []


def apart(problems, others):
    """Texts on the files that are in no table."""
    if problems:
        yield "\n".join(["Not in a table", *(f"  {each.path}: {each.problem}"
                                             for each in problems)])
    if others:
        yield "\n".join(["No notebooks", *(f"  {path}" for path in others)])


def many(count, thing):
    return f"{count} {thing}{'' if count == 1 else 's'}"


def as_csv(lessons, problems):
    """One line for each student and exercise, and for each file that is in no table."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(["student", "notebook", "exercise", "result", "mistake", "said"])
    for lesson in lessons:
        for student, outcome in lesson.rows:
            for exercise, result in outcome.results.items():
                sign = lesson.signs.get((student, exercise), "")
                write(map(harmless, [student, lesson.number, exercise, result.kind,
                                     sign and f"{exercise} {sign}", result.why]))
            for note in outcome.notes:
                write(map(harmless, [student, lesson.number, "", "note", "", note]))
    for each in problems:
        write(map(harmless, [each.student, "", "", "not in a table", "", each.problem]))
    return out.getvalue()


def harmless(cell):
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell


def as_page(lessons, problems, others):
    """One HTML document; each lesson begins a sheet of its own."""
    sheets = [sheet(lesson) for lesson in lessons]
    rest = "\n".join(f"<pre>{html.escape(text)}</pre>" for text in apart(problems, others))
    return PAGE.format(sheets="\n".join(sheets) + f"\n<section>{rest}</section>" * bool(rest))


def sheet(lesson):
    parts = [lesson.rows[i:i + ROWS] for i in range(0, len(lesson.rows), ROWS)]
    tables = "".join(table(lesson, part) for part in parts)
    notes, guesses = list(lesson.notes()), list(lesson.guesses())
    room = 3 * SHOWN - len(notes[:SHOWN]) - len(guesses[:SHOWN])
    lists = "".join([
        listed("The most common mistakes", list(map(mistake_line, lesson.mistakes)), room),
        listed("Notes", notes), listed("Guesses", guesses)])
    size = "few" if len(parts) == 1 else "many"
    return (f'<section class="{size}"><h1>{html.escape(lesson.title)}</h1>'
            f"<p>{many(len(lesson.rows), 'notebook')}.   {LEGEND}</p>"
            f"<main>{tables}<div>{lists}</div></main></section>")


def table(lesson, rows):
    """Some of the students; the last line counts, over all of them, who got each exercise right."""
    head = "".join(f"<th>{each}</th>" for each in lesson.exercises)
    right = "".join(f"<th>{lesson.right(each)}</th>" for each in lesson.exercises)
    return (f"<table><tr><th></th>{head}</tr>{table_rows(lesson, rows)}"
            f"<tr><th>right</th>{right}</tr></table>")


def table_rows(lesson, rows):
    return "".join(
        f"<tr><td>{html.escape(student)}</td>" + "".join(
            f'<td class="{outcome.results[each].kind.replace(" ", "-")}">'
            f"{lesson.sign(student, outcome, each)}</td>" for each in lesson.exercises) + "</tr>"
        for student, outcome in rows)


def listed(heading, lines, most=SHOWN):
    shown = "".join(f"<li>{in_html(line)}</li>" for line in lines[:most])
    more = f"<li>… and {len(lines) - most} more, see report.txt</li>" * (len(lines) > most)
    return f"<h2>{heading}</h2><ul>{shown}{more}</ul>" * bool(lines)


def in_html(line):
    """A line whose beginning, up to the first comma or colon, names what it is about."""
    text = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(line))
    text = re.sub(r"(?<!\w)\*(\w+)\*(?!\w)", r"<em>\1</em>", text)
    return re.sub("^[^,:]+", r"<b>\g<0></b>", text)


PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Report on a class</title>
<style>
@page {{ size: A4; margin: 12mm; }}
body {{ font: 8.5pt/1.25 sans-serif; color: #111; background: #fff; max-width: 186mm;
        margin: 1em auto; }}
section + section {{ break-before: page; }}
h1 {{ font-size: 14pt; margin: 0; }}
h2 {{ font-size: 10pt; margin: 0 0 .2em; }}
p {{ margin: .3em 0 .6em; white-space: pre-wrap; }}
main {{ display: flex; flex-wrap: wrap; gap: 3mm; align-items: start; }}
main > div {{ flex: 1 1 80mm; }}
.many main {{ font-size: 7pt; }}
.many main > div {{ flex-basis: 100%; }}
table {{ border-collapse: collapse; }}
td, th {{ border: .2mm solid #999; padding: 0 1.2mm; text-align: center; }}
td:first-child {{ text-align: left; max-width: 36mm; overflow: hidden; white-space: nowrap;
                  text-overflow: ellipsis; }}
.many td:first-child {{ max-width: 19mm; }}
.many li {{ -webkit-line-clamp: 2; margin: 0; }}
.right {{ background: #d8efd8; }}
.wrong {{ background: #f8d9c4; }}
.see-note {{ background: #f3c6d8; font-weight: bold; }}
ul {{ margin: 0 0 .8em; padding: 0; list-style: none; }}
li {{ margin-bottom: .3em; overflow: hidden; overflow-wrap: anywhere; display: -webkit-box;
      -webkit-line-clamp: 3; -webkit-box-orient: vertical; }}
code {{ font-size: 95%; }}
pre {{ white-space: pre-wrap; font: inherit; }}
@media print {{ body {{ margin: 0; }} }}
</style>
{sheets}
"""
