"""The source of the finished code, in colour: what a notebook shows when it opens the package."""

import inspect
import textwrap


class source:  # lower case, because it is used like a function: `source(Value.backward)`
    """The source of functions, methods or classes as the result of a notebook cell.

    objects: what to show, one below the other; a text is source already. It stands in a fenced
    block of Markdown, which JupyterLab and the slides colour as they colour a cell. Raises
    TypeError for what has no source in Python, such as `len`.
    """

    def __init__(self, *objects):
        sources = (each if isinstance(each, str) else textwrap.dedent(inspect.getsource(each))
                   for each in objects)
        self.text = "\n\n".join(text.rstrip() for text in sources)

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return f"```python\n{self.text}\n```"
