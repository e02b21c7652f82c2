"""Notebooks as JupyterLab writes them while they are open, and as the course stores them in files.

JupyterLab enters what its kernel says of its language, the Python version too, into every notebook
it opens, and marks it as changed where that is news. So it is told at once, and nothing is new.
"""

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

STORED = {"name": "python"}
TOLD = IPythonKernel.language_info


class Contents(AsyncLargeFileManager):
    """Files that do not depend on the Python version that opened them."""

    async def get(self, path, content=True, type=None, format=None, require_hash=False):
        model = await super().get(path, content, type, format, require_hash)
        exchange(model, STORED, TOLD)
        return model

    async def save(self, model, path=""):
        exchange(model, TOLD, STORED)
        return await super().save(model, path)


def exchange(model, old, new):
    """Put one description of the language in the place of the other, in a notebook that has it."""
    if model.get("type") == "notebook" and model.get("content"):
        metadata = model["content"]["metadata"]
        if metadata.get("language_info") == old:
            metadata["language_info"] = new
