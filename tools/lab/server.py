"""How `make lab` starts JupyterLab's server; the user's own file of this kind is not read."""

from pathlib import Path

c = get_config()  # noqa: F821  # from traitlets, which reads this file
c.ServerApp.ip = "localhost"
c.ServerApp.root_dir = str(Path(__file__).resolve().parents[2])  # else images/ is out of reach
c.LabApp.default_url = "/lab/tree/notebooks/01_value_skeleton.ipynb"
c.ServerApp.contents_manager_class = "tools.lab.contents.Contents"
