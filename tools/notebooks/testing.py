"""A plugin of pytest's: how nbval runs and compares the course's notebooks.

A notebook's cells run in one kernel, and after them, in the same kernel, those of its solutions:
they have to be right after all that the notebook has changed. Only the course's own notebooks are
tests, not a copy or a notebook of the reader's beside them.
"""

import os
from collections import defaultdict

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, find_metadata_tags

from tools.course import ROOT, code_cells, notebook_paths, number, read
from tools.notebooks.execute import PATIENCE
from tools.notebooks.stable import patterns
from tools.run import ours

NOTEBOOKS = notebook_paths()
SOLUTIONS = ROOT / "notebooks" / "solutions"

# For all tests and for the kernels that they start, however pytest was called.
os.environ.update(keep := ours(os.environ))
for name in set(os.environ) - set(keep):
    del os.environ[name]


class Notebook(IPyNbFile):
    """A notebook and its solutions, whose code cells are the tests."""

    def setup(self):
        super().setup()
        self.sanitize_patterns = patterns(number(self.path))

    def collect(self):
        for cell in [*super().collect(), *self.solutions()]:
            cell.output_timeout = PATIENCE  # nbval's own is five seconds, whatever the load
            yield cell

    def solutions(self):
        for i, cell in enumerate(code_cells(read(SOLUTIONS / self.path.name))):
            yield IPyNbCell.from_parent(
                self, name=f"Solutions, cell {i}", cell_num=i, cell=cell,
                options=defaultdict(bool, find_metadata_tags(cell.metadata), check=True))


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    collectors = yield
    return [Notebook.from_parent(parent, path=file_path) if isinstance(each, IPyNbFile) else each
            for each in collectors
            if file_path in NOTEBOOKS or not isinstance(each, IPyNbFile)]
