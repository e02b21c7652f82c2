"""The source of the finished code, in colour: what a notebook shows when it opens the package."""

import inspect
import textwrap

IN_THE_FONT_OF_CODE = '<div style="font-family: var(--jp-code-font-family, monospace)">'


class source:  # lower case, because it is used like a function: `source(Value.backward)`
    """The source of functions, methods or classes as the result of a notebook cell.

    objects: what to show, one below the other; a text is source already. It stands in a fenced
    block of Markdown, which JupyterLab and the slides colour as they colour a cell. Around it the
    font is named, which an export to HTML leaves out. Raises TypeError for what has no source in
    Python, such as `len`.
    """

    def __init__(self, *objects):
        sources = (each if isinstance(each, str) else textwrap.dedent(inspect.getsource(each))
                   for each in objects)
        self.text = "\n\n".join(text.rstrip() for text in sources)

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return f"{IN_THE_FONT_OF_CODE}\n\n```python\n{self.text}\n```\n\n</div>"
