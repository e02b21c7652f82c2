"""What a class has answered: `make report FOLDER=…` looks at collected notebooks.

Nothing that a notebook says of itself is believed. Its outputs are not read; its code cells run
afresh, from top to bottom, in a process of its own, and what they hand to `check` is judged there
by the course's own checks, which are put right before each judgement and compared after it.

collect     finds the notebooks, and tells whose they are and to which of the course's they belong
answers     runs a notebook in its process, and again without the cell that ended or held it
child       what happens in that process; seal and fence keep it honest
mistakes    which mistake the words of a check are about
pages       the report: as text, as CSV, as a page to print

What this does not protect against. The code that is judged and the check that judges it share a
process, and Python can keep nothing from code that is set on finding it. A fence is no wall: it
stops answers that open another's file, start a program or speak to the network in the ways Python
knows of, and holds off endless loops and floods of memory (on Windows only the clock is watched,
and there is no limit to the memory); it does not stop somebody who studies it, or calls C. Nor can
a check tell an answer that was understood from one that was copied. Whoever expects malice runs the
report as a user who has nothing to lose.
"""
