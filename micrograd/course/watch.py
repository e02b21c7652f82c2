"""A backward pass as a flipbook: what the learner's own engine did, one value's turn a page."""

from numbers import Real

from micrograd.course.recorder import recording
from micrograd.course.story import Story
from micrograd.graph import trace


def watch(root, walk=None, ask=False, forward=False):
    """Run the backward pass of the class that made root, and show what it did as a flipbook.

    root: a value. walk: a function to call with the root instead of `root.backward()`; the
    gradient of the root is set to 1.0 before. ask: let each turn be guessed on a page of its own
    before it is shown. forward: begin with the forward pass.
    The pass really runs: afterwards every gradient is what it has left there.
    Raises TypeError if root is not a value or has no `backward`. What the pass itself raises is
    raised again, after the pages so far have been shown.
    """
    values, _ = trace(root)
    if not isinstance(root.data, Real):
        raise TypeError(f"watch shows values that hold one number each, and this one holds "
                        f"{type(root.data).__name__}: take one number of it")
    if walk is None and not hasattr(root, "backward"):
        raise TypeError(f"watch runs root.backward(), and {type(root).__name__} has none: add it, "
                        f"or pass walk=, a function of the root that calls each value's _backward")
    story = Story(root, ask)
    if forward:
        story.forward()
    try:
        with recording(values) as recorder:
            run(root, walk)
    except BaseException as error:
        story.backward(recorder)
        story.stopped(error)
        display(story.flipbook())
        raise
    story.backward(recorder)
    story.compare()
    return story.flipbook()


def run(root, walk):
    if walk is None:
        root.backward()
    else:
        root.grad = 1.0
        walk(root)


def display(film):
    """Show a flipbook now: in a notebook as such, elsewhere its sentences."""
    try:
        from IPython.display import display as show
    except ImportError:
        show = print
    show(film)
