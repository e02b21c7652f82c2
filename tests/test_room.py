"""What a class sees of a notebook: votes, and no plumbing."""

from itertools import pairwise

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.course import notebook_paths, outputs_text, read
from tools.decks.build import kind, slides_of, with_new_lines_marked
from tools.decks.plumbing import rounded, without_docstrings, without_plumbing
from tools.decks.room import for_a_room, for_listeners

every_notebook = pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)
OPEN = "No guess yet. Put yours in place of the three dots, and run this cell.\nIt is -2.\n"


def seen(source, printed="", tags=(), elsewhere=""):
    """The source and what it printed, as a class sees them."""
    outputs = [new_output("stream", text=printed)] if printed else []
    cell = new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})
    without_plumbing(cell, elsewhere)
    return cell.source, "".join(output.text for output in cell.outputs)


def predicted(source, printed=OPEN, elsewhere=""):
    return seen(f"from micrograd.course import A, B, reveal\n\nguess = ...  # A or B\n\n{source}",
                printed, ["predict"], elsewhere)


def test_a_prediction_leaves_its_answer():
    assert predicted('reveal("5.nudge-c", guess, f(2.0))') == ("f(2.0)", "-2.0")
    assert predicted('x = 2.0\nreveal("5.nudge-c", guess, lambda: f(x))') == (
        "x = 2.0\n\nf(x)", "-2")
    assert predicted('reveal("5.nudge-c", guess, lambda: (f("a") + 1) - 3)')[0] == (
        '(f("a") + 1) - 3')


@pytest.mark.parametrize(("code", "shown", "printed"), [
    ("a.data", "-28", "-28.0"), ("len(d._prev)", "2", "2"), ("round(f(x), 6)", "3", "3.0"),
    ("(f(h) - f(0)) / h", "[2, 0.5]", "[2.0, 0.5]"), ("str((a + b).data)", "34", "34"),
    ("[each.grad for each in xs]", "['w2', 1]", "['w2', 1.0]")])
def test_an_answer_is_shown_as_its_code_prints_it(code, shown, printed):
    assert predicted(f'reveal("5.nudge-c", guess, {code})', OPEN.replace("-2", shown)) == (
        code, printed)


def test_a_prediction_leaves_no_grading():
    graded = 'steps = f()\nreveal("8.steps", guess, "A" if steps == 11 else "B")'
    assert predicted(graded) == ("", "")
    assert predicted(f"{graded}\nprint(steps)", OPEN + "11\n") == (
        "steps = f()\nprint(steps)", "11")
    found = 'near = min(3, 4)\nreveal("8.steps", guess, near)\nprint(5)'
    assert predicted(found, OPEN + "5\n") == ("print(5)", "5")
    assert predicted(found, OPEN + "5\n", elsewhere="near") == ("near = min(3, 4)\nprint(5)", "5")


def test_a_prediction_that_is_stored_with_a_guess_is_refused():
    with pytest.raises(ValueError, match="run `make notebooks`"):
        predicted('reveal("5.nudge-c", guess, f(2.0))', "You said 1. It is -2.")


def test_an_exercise_leaves_what_is_to_be_changed():
    start = "from micrograd.course import check, hint\n\n"
    assert seen(f'{start}def f(x):\n    return ...\n\ncheck("1.1", f)', "Not attempted yet",
                ["exercise"]) == ("def f(x):\n    return ...", "")
    assert seen(f'{start}check("9.m", -2.0, 3.0)  # a and b', "Not changed", ["exercise"]) == (
        "-2.0, 3.0  # a and b", "")


def test_a_call_that_only_shows_a_picture_gives_way_to_it():
    assert seen("from micrograd.course import films\n\nfilms.visits(L)")[0] == ""
    assert seen("draw_dot(L)")[0] == ""
    assert seen("a = Value(2.0)\ndraw_dot(a)")[0] == "a = Value(2.0)\ndraw_dot(a)"
    assert seen('print("The graph:")\nprint("engine:", 1)', "The graph:\nengine: 1\n") == (
        'print("engine:", 1)', "engine: 1\n")


def test_a_call_that_shows_a_source_leaves_what_it_shows_the_source_of():
    start = "from micrograd.course import source\n\n"
    assert seen(f"{start}from micrograd import nn\n\nsource(nn.MLP)")[0] == ""
    assert seen(f"{start}program = compile(y, [x])\nsource(program.source)")[0] == (
        "program = compile(y, [x])")


def test_a_cell_whose_point_is_its_syntax_stays():
    assert seen("a +", tags=["raises-exception"])[0] == "a +"


@pytest.mark.parametrize(("noise", "number"), [
    ("0.4999999999999998", "0.5"), ("[-1.9999999999988916, 4.0]", "[-2.0, 4.0]"),
    ("0.6043677771171636", "0.604368"), ("1.6e-08", "1.6e-08"), ("6.8813", "6.8813")])
def test_floats_are_rounded(noise, number):
    assert rounded(noise) == number


def test_floats_stay_where_rounding_is_the_subject():
    assert seen("x", "0.4999999999999998", ["digits"])[1] == "0.4999999999999998"


def test_docstrings_are_left_out():
    source = 'def f(x):\n    """Twice.\n\n    x: any.\n    """\n\n    return 2 * x  # so'
    output = new_output("display_data", {
        "text/markdown": f"<div>\n\n```python\n{source}\n```\n\n</div>"})
    without_docstrings(output)
    assert output.data["text/markdown"] == (
        "```python\ndef f(x):\n    return 2 * x  # so\n```")
    assert output.data["text/plain"] == "def f(x):\n    return 2 * x  # so"


def deck(*cells):
    return slides_of(new_notebook(cells=[text("# 1. Title"), *cells])).cells[1:]


def text(source, role="slide", **more):
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": role, **more}})


def code(source, printed="", **metadata):
    return new_code_cell(source, execution_count=1, outputs=[new_output("stream", text=printed)],
                         metadata={"slideshow": {"slide_type": "fragment", "notes": "Expect 1."},
                                   **metadata})


def test_a_prediction_becomes_a_vote_and_then_its_answer():
    cells = deck(text("## Nudge\n\n**Predict.** What is it? Write a number.", notes="Ask."),
                 code('guess = ...\nreveal("5.nudge-c", guess, f(2.0))', OPEN, tags=["predict"]),
                 text("**What came out.**\nIt fell.", "fragment"))
    assert [cell.source for cell in cells if "box" not in cell.metadata] == [
        "## Nudge\n\nWhat is it?", cells[1].source, "f(2.0)", "", "It fell."]
    assert cells[1].source.startswith("Ask.\n\nExpect 1.\n\n**Right:** A.")
    boxes = [(cell.metadata.box["class"], kind(cell)) for cell in cells if "box" in cell.metadata]
    assert boxes == [("vote", "-"), ("again", "fragment"), ("continued", "subslide"),
                     ("asked", "-"), ("right", "-"), ("tempting", "fragment"),
                     ("continued", "subslide")]
    right, tempting = (cell for cell in cells if "data-answer" in cell.metadata.get("box", {}))
    assert right.source.startswith("**A: -2.** `c` moves `d`")
    assert tempting.source.startswith("- **B: 2.** The size")


def test_a_vote_shows_again_the_code_that_it_is_about():
    cells = deck(text("## Code"), code("f(2.0)", "4.0"),
                 text("**Predict.** What is it? A: 1. B: 2. C: 3.", "subslide", see="code"),
                 code('guess = ...\nreveal("7.far-out", guess, "A")', OPEN, tags=["predict"]))
    first, again = [cell for cell in cells if cell.source == "f(2.0)"]
    assert (kind(first), kind(again)) == ("fragment", "-")
    assert again.outputs == first.outputs
    assert cells[cells.index(again) - 1].metadata.box["class"] == "vote"


def test_an_answer_repeats_the_question_without_what_stands_around_it():
    cells = deck(text("Far out.\n\n**Predict.** What is it? A: 1. B: 2. C: 3.\n\nThink."),
                 code('guess = ...\nreveal("7.far-out", guess, "A")', OPEN, tags=["predict"]))
    asked = [cell.source for cell in cells if cell.metadata.get("box", {}).get("class") == "asked"]
    assert asked == ["What is it?"]


@pytest.mark.parametrize(("see", "again"), [
    ("def f", "def f(x):\n    return x"), ("tanh.svg", "![The curve.](images/tanh.svg)")])
def test_a_question_shows_again_what_it_is_about(see, again):
    def cells(see):
        return deck(text("The curve:\n\n![The curve.](../images/tanh.svg)"),
                    code("def f(x):\n    return x"), code("f(1)", "1"),
                    text("**Predict.** What is it? Write a number.", see=see),
                    code('guess = ...\nreveal("5.nudge-c", guess, f(2.0))', OPEN,
                         tags=["predict"]))
    about = next(two for one, two in pairwise(cells(see))
                 if "data-vote" in one.metadata.get("box", {}))
    assert (kind(about), about.source) == ("-", again)
    with pytest.raises(ValueError, match="a question is about 'nothing'"):
        cells("nothing")


def test_a_text_and_an_answer_show_a_picture_again():
    picture = new_output("display_data", {"text/html": '<img alt="x" src="x.svg">'})
    pages = "".join(f'<details><summary>{n}</summary><img alt="{n}"></details>' for n in (1, 2))
    film = new_output("display_data", {"text/html": f'<div class="flipbook">{pages}</div>'})
    drawn = code("draw_dot(L)")
    drawn.outputs = [picture, film]
    vote = [text("**Predict.** What is it? Write a number.", see="picture"),
            code('guess = ...\nreveal("5.nudge-c", guess, f(2.0))', OPEN, tags=["predict"])]
    cells = deck(text("## One"), drawn, *vote, text("So it ends:", see="film"))
    again = {i: cell.outputs[0].data["text/html"] for i, cell in enumerate(cells)
             if kind(cell) == "-" and cell.get("outputs") and not cell.source}
    assert [*again.values()] == ['<img alt="x" src="x.svg">'] * 2 + ['<img alt="2">']
    before = [cells[i - 1] for i in again]
    assert [cell.metadata.get("box", {}).get("class") for cell in before] == ["vote", "right", None]


def test_an_answer_may_do_without_its_code():
    skipped = code('guess = ...\nreveal("5.nudge-c", guess, f(2.0))', OPEN, tags=["predict"])
    skipped.metadata.slideshow.slide_type = "skip"
    cells = deck(text("**Predict.** What is it? Write a number."), skipped,
                 text("It fell:", "fragment"), code("g()", "1"))
    assert "f(2.0)" not in [cell.source for cell in cells]
    assert [kind(cell) for cell in cells if cell.source in ("It fell:", "g()")] == ["-", "fragment"]


def test_a_slide_without_a_heading_continues_the_one_before():
    picture = "![x](../images/tanh.svg)"
    cells = deck(text(f"## One\n\n{picture}"), text(picture), text("## Two"))
    assert [cell.source for cell in cells if cell.metadata.get("box")] == ["## One"]


def test_keys_of_a_notebook_are_not_named():
    assert for_listeners("It swings. Run the cell and press *Next*:") == (
        "It swings:")
    assert for_listeners("with `# new` where it is; lines are marked `# new`") == (
        "marked where it is; lines are marked")
    assert for_listeners("Press *Next* or drag the slider, and watch it:") == "Watch it:"
    assert for_listeners("What now? Turn the pages, and watch `a`:") == "What now? Watch `a`:"


def test_a_short_text_alone_joins_its_neighbour():
    cells = deck(text("## One"), code("f()", "1"), text("So it is.", "subslide"))
    assert [kind(cell) for cell in cells] == ["slide", "notes", "fragment", "fragment"]


def test_a_text_stays_with_what_it_announces():
    cells = deck(text("## One"), code("f()", "1"), text("And now:", "subslide"),
                 code("g()", "2"))
    assert [cell.source for cell in cells if kind(cell) in ("slide", "subslide")] == [
        "## One", "## One"]
    assert "And now:" in [cell.source for cell in cells[-4:]]


def test_a_text_is_alone_even_if_something_is_said_to_it():
    cells = deck(text("## One"), text("Only the teacher says this.", "notes"),
                 text("Here it is:", "subslide"), code("f()", "1"))
    assert [cell.source for cell in cells if kind(cell) in ("slide", "subslide")] == ["## One"]


def test_the_divider_before_the_exercises_is_left_out():
    assert [cell.source for cell in deck(text("## Exercises\n\nReplace the dots."), text("### 1.1"))
            ] == ["### 1.1"]


def test_only_new_lines_stand_out_and_none_if_all_are_new():
    mark = '  <span class="c1"># new</span>'
    html = f"<pre>old\none{mark}\n\ntwo{mark}\n</pre>"
    assert with_new_lines_marked(html) == (
        '<pre><span class="old">old</span>\n<span class="new">one</span>\n'
        '<span class="new"></span>\n<span class="new">two</span></pre>')
    assert "class" not in with_new_lines_marked(f"<pre>one{mark}\n\ntwo{mark}\n</pre>")


def printed_by(cell):
    """What a cell shows in letters: a film has its words in the picture's place."""
    cell.outputs = [output for output in cell.get("outputs", [])
                    if "text/html" not in output.get("data", {})]
    return outputs_text(cell)


@every_notebook
def test_no_plumbing_is_left(path):
    cells = [cell for cell in for_a_room(read(path).cells)
             if cell.metadata.slideshow.slide_type not in ("skip", "notes")]
    shown = "\n".join(cell.source + printed_by(cell) for cell in cells)
    for plumbing in ("reveal(", "guess =", "No guess yet", "Not attempted", "Not changed yet",
                     "hint(", "What came out.", "*Next*", "micrograd.course import", "(click)",
                     "`# new`"):
        assert plumbing not in shown
